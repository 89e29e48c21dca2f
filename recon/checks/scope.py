"""What expressions of checks and need may name: statement lines, ledger figures, settings and answers of one case."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import msgspec
import pandas as pd

from recon.classify.categories import categories
from recon.core.errors import ReconError
from recon.core.facts import Case, History, Minor, Request, Stated
from recon.core.knowledge import nearest
from recon.core.period import Period
from recon.core.settings import Settings
from recon.core.source import Source
from recon.core.tables import TRANSACTIONS
from recon.events.accounts import OwnAccount
from recon.ledger.adjust import accruals
from recon.ledger.build import Ledger
from recon.ledger.chart import positions
from recon.ledger.control import Figure
from recon.ledger.financed import FINANCED
from recon.statements.book import Statements
from recon.statements.expression import STATEMENT, Value

_YEAR_DAYS, _YEAR_MONTHS = 365, 12
_CASH_LINES = range(1, 20)
_OPERATING = 7
_UNKNOWN_IN, _UNKNOWN_OUT = "2241.09", "1221.09"


@dataclass(frozen=True, slots=True)
class Fact:
    """A named answer: *value* in minor units where *unit* is money; None where nobody said."""

    value: Value
    unit: Literal["money", "number"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Figures of one rebuilt case by the names that expressions use; see ``recon.statements.expression``.

    Attributes:
        ledger, statements: the books.
        answers: every ``[name]`` there is, for programs that give each a cell.
        results: results of the table so far, by name.
    """

    ledger: Ledger
    statements: Statements
    answers: Mapping[str, Fact]
    results: Mapping[str, Value]

    def line(self, form: str, number: int, view: str) -> Value:
        """A line of a statement in minor units; a number that the form has not is an error."""
        try:
            line = self.statements.line(STATEMENT[form], number)
        except StopIteration as slip:
            raise ReconError("unknown_line", Source(), line=f"{form}{number}") from slip
        ends = {"open": line.opening, "close": line.amount}
        if view in ends:
            return None if ends[view] is None else Fraction(ends[view] or 0)
        if line.opening is None or line.amount is None:
            return None
        return Fraction(line.opening + line.amount, 2) if view == "avg" else Fraction(line.amount - line.opening)

    def variable(self, name: str) -> Value:
        """A ledger variable or position in minor units."""
        value = self.ledger.value(name)
        return None if value is None else Fraction(value)

    def answer(self, name: str) -> Value:
        """A setting or named answer."""
        if name not in self.answers:
            raise ReconError("unknown_key", Source(), key=name, nearest=nearest(name, self.answers))
        return self.answers[name].value

    def name(self, name: str) -> Value:
        """Another result of the table."""
        if name not in self.results:
            raise ReconError("unknown_key", Source(), key=name, nearest=nearest(name, self.results))
        return self.results[name]

    def knowing(self, results: Mapping[str, Value]) -> "Scope":
        """The same scope with *results* of the table in hand."""
        return replace(self, results=results)


def scope(
    case: Case, ledger: Ledger, statements: Statements, settings: Settings,
    accounts: Sequence[OwnAccount] = (), transactions: pd.DataFrame | None = None,
) -> Scope:
    """The scope of one case; without *accounts* and *transactions* what they print counts as not printed."""
    rows = TRANSACTIONS.frame() if transactions is None else transactions
    answers = {
        **_settings(settings), **_form("request", Request, case.request), **_form("stated", Stated, case.stated),
        **_form("history", History, case.history), **_period(ledger.period), **_cards(rows),
        **_adjustments(case, ledger), **_printed(ledger, statements, accounts), **_loans(case, ledger),
    }
    return Scope(ledger, statements, answers, {})


def _number(value: Decimal | int | None) -> Fact:
    return Fact(None if value is None else Fraction(value), "number")


def _money(value: int | None) -> Fact:
    return Fact(None if value is None else Fraction(value), "money")


def _settings(settings: Settings) -> dict[str, Fact]:
    numeric = {n: e.value for n, e in settings.entries.items() if not isinstance(e.value, bool | str)}
    return {name: _number(Fraction(str(value))) for name, value in numeric.items()}  # type: ignore[arg-type] # exact


def _form(table: str, kind: type, given: object) -> dict[str, Fact]:
    """Every amount and number that a table of the case form may hold."""
    facts = {}
    for field in msgspec.structs.fields(kind):
        value = getattr(given, field.name) if given is not None else None
        if isinstance(value, str | tuple | dt.date):
            continue
        money = field.type == Minor | None or field.type is Minor
        facts[f"{table}.{field.encode_name}"] = _money(value) if money else _number(value)
    return facts


def _period(period: Period) -> dict[str, Fact]:
    return {
        "period.days": _number((period.end - period.start).days + 1),
        "period.months": _number(len(period.months)),
        "period.years": Fact(years(period), "number"),
    }


def years(period: Period) -> Fraction:
    """The period in years: whole months ÷ 12 where it ends as it began, else its days ÷ 365."""
    after = period.end + dt.timedelta(days=1)
    months = (after.year - period.start.year) * _YEAR_MONTHS + after.month - period.start.month
    if after.day == period.start.day:
        return Fraction(months, _YEAR_MONTHS)
    return Fraction((after - period.start).days, _YEAR_DAYS)


def _cards(transactions: pd.DataFrame) -> dict[str, Fact]:
    """Net money in by cash-flow line on card accounts: their debt is a payable, so these lines moved no cash."""
    rows = transactions[(transactions["set_aside"] == "") & (transactions["account_kind"] == "card")]
    sums = dict.fromkeys(_CASH_LINES, 0)
    for category, amount in zip(rows["category"], rows["amount"], strict=True):
        entry = categories().get(category)
        line = 0 if entry is None else entry.cash_in if amount >= 0 else entry.cash_out
        if line:
            sums[line] += int(amount)
    facts = {f"card.{line}": _money(amount) for line, amount in sums.items()}
    facts["card.not_operating"] = _money(sum(amount for line, amount in sums.items() if line > _OPERATING))
    return facts


def _adjustments(case: Case, ledger: Ledger) -> dict[str, Fact]:
    """Prepaid parts of expenses by category, assets sold, and unexplained money of the period."""
    ends = {at: accruals(case.adjust.accrual, "prepaid", at) for at in ("opening", "closing")}
    facts = {
        f"prepaid.{category}": _money(ends["opening"].get(category, 0) - ends["closing"].get(category, 0))
        for category in ("taxes", "loan_interest")
    }
    sold = [asset for asset in ledger.known.assets if asset.sold_month is not None]
    facts["assets.released"] = _money(sum(asset.released for asset in sold))
    facts["assets.sold_at_cost"] = _money(sum(asset.released + asset.disposed for asset in sold))
    facts["unknown.in"] = _money(-int(ledger.balances.moved(_UNKNOWN_IN)[1:].sum()))
    facts["unknown.out"] = _money(int(ledger.balances.moved(_UNKNOWN_OUT)[1:].sum()))
    return facts


def _loans(case: Case, ledger: Ledger) -> dict[str, Fact]:
    """What the loans still owed cost a month, where the form says it of each; and what of them is no working capital.

    That is what was taken for equipment or a home, by the form or as the books found it (``ledger.financed``).
    """
    owed = [loan.monthly_payment for loan in case.loan if loan.closing != 0]
    known = bool(case.loan) and None not in owed
    found = ledger.figure("loans_drawn.unrecorded").source == FINANCED
    long = [loan.closing or 0 for loan in case.loan
            if loan.use in ("equipment", "home") or (found and loan.use is None and not loan.opening)]
    return {"loans.monthly_payment": _money(sum(p for p in owed if p is not None) if known else None),
            "loans.equipment": _money(sum(long))}


def counted(ledger: Ledger, name: str) -> Figure | None:
    """A position as somebody counted or printed it, also where it gave way; None where it was found or assumed."""
    figure = ledger.solution.stated.get(name, ledger.figure(name))
    known = figure.value is not None and not figure.equation and not figure.source.startswith("rule:")
    return figure if known else None


def balance(ledger: Ledger, account: str, column: int) -> int:
    """Debit balance of exactly one account after *column* of the months; 0 is the opening, −1 the closing."""
    if account not in ledger.balances.accounts:
        return 0
    return int(ledger.balances.movement[ledger.balances.accounts.index(account)].cumsum()[column])


def _booked(ledger: Ledger, key: str, end: str, column: int) -> int:
    """What the books hold of a position: its account's balance, or the figure that stands in for an open account."""
    if undetermined(ledger, key):
        return ledger.value(f"{end}.{key}") or 0
    return balance(ledger, positions()[key].account, column)


def undetermined(ledger: Ledger, key: str) -> bool:
    """Whether the account of a position does not tell what it holds, because its opening or its movements are open."""
    return positions()[key].account in ledger.open.openings | ledger.open.accounts


def _printed(ledger: Ledger, statements: Statements, accounts: Sequence[OwnAccount]) -> dict[str, Fact]:
    """Cash as statements print it and people counted it, and what the ledger holds where nobody did either."""
    facts = {}
    total = statements.line("balance_sheet", 1)
    for end, column, held in (("opening", 0, total.opening), ("closing", -1, total.amount)):
        sides = [
            (int(getattr(a, end)), balance(ledger, ledger.own[a.id], column)) for a in accounts
            if a.kind in {"bank", "wallet"} and getattr(a, end) is not None
        ]
        for key in ("cash", "bank"):
            figure = counted(ledger, f"{end}.{key}")
            if figure is not None:
                sides.append((figure.value or 0, _booked(ledger, key, end, column)))
        facts[f"printed.{end}"] = _money(sum(printed for printed, _ in sides) if sides else None)
        rest = None if held is None else held - sum(booked for _, booked in sides)
        facts[f"unprinted.{end}"] = _money(rest)
    return facts
