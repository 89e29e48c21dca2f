"""The three statements of a ledger, by month and in total, through forms that are data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from recon.ledger.build import Ledger
from recon.ledger.entry import OWN
from recon.statements.basis import Bases, Parts, add, shares
from recon.statements.forms import REFERENCE, Atom, FormLine, Forms
from recon.statements.forms import forms as forms_of

Amounts = list[int | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a statement; minor units, None where it cannot be known.

    Attributes:
        form: number, kind and names.
        opening: balance sheet only: at the period's start.
        amount: closing balance, or the period's flow.
        months: by ``YYYY-MM``: balance at the month's end, or the month's flow.
        shares: weights of *amount* by basis in minor units, none below zero; empty for zero or unknown.
    """

    form: FormLine
    opening: int | None
    amount: int | None
    months: Mapping[str, int | None]
    shares: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statements:
    """Balance sheet, income statement and cash flow; each a tuple of lines, headings included.

    They follow the reference form, whose line numbers checks, need and report know. Where the case chose another
    standard, *other* holds the same books in its lines; ``presented`` is what people are shown.
    """

    balance_sheet: tuple[Line, ...]
    income_statement: tuple[Line, ...]
    cash_flow: tuple[Line, ...]
    other: "Statements | None" = None

    @property
    def presented(self) -> "Statements":
        """The statements of the standard that the case chose."""
        return self.other or self

    def line(self, statement: str, number: int) -> Line:
        """One numbered line of ``balance_sheet``, ``income_statement`` or ``cash_flow``."""
        lines: tuple[Line, ...] = getattr(self, statement)
        return next(line for line in lines if line.form.number == number)


def statements(ledger: Ledger, forms: Forms) -> Statements:
    """The books of *ledger* in the reference form and, where *forms* are others, in those."""
    reference = forms_of(REFERENCE)
    bases = Bases(ledger)
    made = _evaluated(ledger, reference, bases)
    return made if forms == reference else replace(made, other=_evaluated(ledger, forms, bases))


def _evaluated(ledger: Ledger, forms: Forms, bases: Bases) -> Statements:
    sheet = _Sheet(ledger, bases)
    balance = sheet.evaluate(forms.balance_sheet, balance=True)
    sheet.openings = {line.form.number: line for line in balance}
    return Statements(
        balance, sheet.evaluate(forms.income_statement, balance=False), sheet.evaluate(forms.cash_flow, balance=False)
    )


class _Sheet:
    """Evaluates formulas: each value is a list of opening, months…, and the period's total or closing."""

    def __init__(self, ledger: Ledger, bases: Bases) -> None:
        self.ledger, self.bases = ledger, bases
        self.months = ledger.period.months
        self.openings: dict[int, Line] = {}
        self.stands_in: set[int] = set()
        self.settled = bool((ledger.journal["rule"] == "net_change").any())

    def evaluate(self, lines: tuple[FormLine, ...], *, balance: bool) -> tuple[Line, ...]:
        """Every line, those that add up others after what they add."""
        done: dict[int, Amounts] = {}
        parts: dict[int, Parts] = {}
        self.stands_in = set()
        pending = [line for line in lines if line.number]
        while pending:
            ready = [x for x in pending if all(int(a.of) in done for a in x.formula if a.kind == "L")]
            if not ready:
                raise AssertionError([x.number for x in pending])
            for line in ready:
                done[line.number] = self._line(line, done, balance=balance)
                parts[line.number] = self._parts(line, parts, balance=balance)
            pending = [x for x in pending if x.number not in done]
        return tuple(
            self._finished(line, done[line.number], parts[line.number], balance=balance) if line.number
            else Line(line, None, None, {}) for line in lines
        )

    def _finished(self, line: FormLine, values: Amounts, parts: Parts, *, balance: bool) -> Line:
        months = dict(zip(self.months, values[1:-1], strict=True))
        amount = values[-1]
        known = shares(parts) if amount else {}
        return Line(line, values[0] if balance else None, amount, months, known)

    def _parts(self, line: FormLine, done: Mapping[int, Parts], *, balance: bool) -> Parts:
        """The line's closing or flow by basis, with signs."""
        if line.number in self.stands_in:
            figures = [self.ledger.figure(name).parts for name in line.figures("closing" if balance else "")]
            return _summed([(1, {b: Fraction(a) for b, a in parts.items()}) for parts in figures])
        return _summed([(atom.sign, self._known(atom, done, balance=balance)) for atom in line.formula])

    def _known(self, atom: Atom, done: Mapping[int, Parts], *, balance: bool) -> Parts:
        if atom.kind == "L":
            return done[int(atom.of)]
        if atom.kind == "O":
            formula = self.openings[int(atom.of)].form.formula
            return _summed([(a.sign, self.bases.of(a, opening=True, period=False)) for a in formula])
        return self.bases.of(atom, opening=balance, period=True)

    def _line(self, line: FormLine, done: Mapping[int, Amounts], *, balance: bool) -> Amounts:
        total: Amounts = [0] * (len(self.months) + 2)
        for atom in line.formula:
            total = _add(total, atom.sign, self._atom(atom, done, balance=balance))
        if line.figure:
            for place, end in ((0, "opening"), (-1, "closing")):
                if total[place] is None and (balance or place == -1):
                    total[place] = self._stand_in(line.figures(end if balance else ""))
                    if place == -1:
                        self.stands_in.add(line.number)
        return total

    def _stand_in(self, names: tuple[str, ...]) -> int | None:
        """The sum of the figures *names*; None where one is open, or what accounts hold is net of debts on cards."""
        cards = any(code.startswith(OWN["card"]) for code in self.ledger.own.values())
        if cards and any(name.startswith("evidence.") for name in names):
            return None
        values = [self.ledger.value(name) for name in names]
        return None if None in values else sum(v for v in values if v is not None)

    def _atom(self, atom: Atom, done: Mapping[int, Amounts], *, balance: bool) -> Amounts:
        if atom.kind == "L":
            return done[int(atom.of)]
        if atom.kind == "O":
            return self._opening(int(atom.of))
        if atom.kind == "T":
            return self._tagged(int(atom.of))
        sign = -1 if atom.kind in "CP" else 1
        return [None if v is None else sign * v for v in self._account(atom.of, balance=balance)]

    def _opening(self, number: int) -> Amounts:
        """A balance-sheet line at the start of each month, and of the period."""
        line = self.openings[number]
        starts = [line.opening, *line.months.values()][:-1]
        return [None, *starts, line.opening]

    def _tagged(self, number: int) -> Amounts:
        moved = self.ledger.balances.cash.get(number)
        values: Amounts = [0] * (len(self.months) + 1) if moved is None else [int(v) for v in moved]
        if number in self.ledger.open.cash_lines:
            values = [None] * len(values)
        return [*values, None if None in values else sum(v for v in values[1:] if v is not None)]

    def _account(self, code: str, *, balance: bool) -> Amounts:
        opening_open = _touches(code, self.ledger.open.openings)
        moving_open = _touches(code, self.ledger.open.accounts)
        if not balance:
            flows = [int(v) for v in self.ledger.balances.moved(code)]
            return [None] * (len(flows) + 1) if moving_open else [0, *flows[1:], sum(flows[1:])]
        ends = [int(v) for v in self.ledger.balances.balance(code)]
        if opening_open:
            return [None] * (len(ends) + 1)
        if moving_open:
            return [ends[0], *[None] * len(self.months), ends[-1] if self.settled else None]
        return [*ends, ends[-1]]


def _summed(parts: list[tuple[int, Parts]]) -> Parts:
    total: Parts = {}
    for sign, each in parts:
        add(total, each, sign)
    return total


def _touches(code: str, accounts: frozenset[str]) -> bool:
    """Whether a formula's *code* takes in one of *accounts*."""
    return any(account.startswith(code) or code.startswith(f"{account}.") for account in accounts)


def _add(total: Amounts, sign: int, part: Amounts) -> Amounts:
    return [None if a is None or b is None else a + sign * b for a, b in zip(total, part, strict=True)]
