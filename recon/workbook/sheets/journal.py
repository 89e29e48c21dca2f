"""Every posting: opening balances and entries from found figures first, then two sides of each line of evidence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from recon.core.money import to_text
from recon.ledger.adjust import accruals, long_term
from recon.ledger.chart import positions
from recon.ledger.posting import CASH, CLEARING, EQUITY, OPENING, held_before, is_cash
from recon.workbook.model import MONTH, Model, rows_of
from recon.workbook.plan import FIRST, HEAD, Block, Sheet, a1, quoted
from recon.workbook.recipes import Recipe, basis, moves
from recon.workbook.sheets.figures import worn
from recon.workbook.sheets.transactions import AT, card_line, posted

COLUMNS = ("entry", "date", "month", "account", "debit", "credit", "net", "cash_line", "source", "rule", "basis")
AT_JOURNAL = {name: column for column, name in enumerate(COLUMNS)}
_OWNER_LINE = 15
#: One reference with a minus before it: its negative is the reference.
_ONE = re.compile(r"-'[^']+'!\$?[A-Z]+\$?\d+")
_EXPENSES = {"wages": "5602.01", "social_insurance": "5602.01", "taxes": "5403.01"}


@dataclass(frozen=True, slots=True)
class Row:
    """One posting: *amount* in minor units, debit +, and *formula* for it without ``=``; empty where it is given."""

    entry: str
    day: object
    month: int
    account: str
    amount: int
    formula: str
    line: int
    source: str
    rule: str
    basis: str


def journal(model: Model, made: list[Recipe], transactions: Sheet, months: Sheet) -> Sheet:
    """Lay out the journal; its columns become ranges ``journal.<column>``.

    ``model.blocks`` and ``model.tags`` learn the first row of each account and of each cash-flow line.
    """
    sheet = model.sheet("journal", freeze=(FIRST, 2))
    sheet.widths = dict(enumerate((16, 11, 7, 40, 15, 15, 15, 9, 30, 26, 12)))
    sheet.row(HEAD, [model.say(f"journal.{name}") for name in COLUMNS], "head")
    number = FIRST
    for row in _own_entries(model, made, months):
        _put(model, sheet, number, row)
        number += 1
    number = _lines(model, sheet, number, transactions)
    last = max(FIRST, number - 1)
    for name, column in AT_JOURNAL.items():
        model.ranges[f"journal.{name}"] = sheet.down(column, FIRST, last)
    for side in ("debit", "credit"):
        cells = (sheet.cells.get((row, AT_JOURNAL[side])) for row in range(FIRST, number))
        model.sums[side] = sum(cell.value for cell in cells if cell and isinstance(cell.value, int))
    sheet.filter = Block(HEAD, 0, last, len(COLUMNS) - 1)
    return sheet


# -- opening balances and entries from figures ------------------------------------------------------------------------


def _own_entries(model: Model, made: list[Recipe], months: Sheet) -> Iterator[Row]:
    """All that does not come from a line of evidence, numbered in order."""
    entries = (
        *_openings(model), *_gaps(model), *_spread(model, made, months), *_accruals(model), *_disposals(model),
        *_terms(model), *_rest(model),
    )
    for count, postings in enumerate(entries, 1):
        for row in postings:
            yield Row(f"A{count:04d}", *row)


Parts = tuple[Any, ...]


def _openings(model: Model) -> Iterator[list[Parts]]:
    """Opening balances, each against the owner's capital."""
    ledger, day = model.rebuilt.ledger, model.rebuilt.ledger.period.start
    own = [(ledger.own[name], amount, model.homes[f"account.opening.{name}"], "lines", "documented")
           for name, amount in ledger.known.openings.items()]
    said = [(account, amount, formula, f"opening.{key}", basis(ledger.figure(f"opening.{key}")))
            for key in positions() for account, amount, formula in _position(model, key)]
    for account, amount, formula, source, known in own + said:
        tail = (0, source, "opening_position", known)
        yield [(day, 0, account, amount, formula, *tail), (day, 0, EQUITY, -amount, f"-({formula})", *tail)]


def _position(model: Model, key: str) -> list[tuple[str, int, str]]:
    """An opening position on its accounts (see ``recon.ledger.posting``): amount, debit +, and formula."""
    name, position, ledger = f"opening.{key}", positions()[key], model.rebuilt.ledger
    value = model.figure(name).value
    if value is None or not (value or moves(model, name)):
        return []
    home = model.homes[name]
    if least := held_before(key, value, ledger.known):
        return _held_before(model, least, -1 if position.sign < 0 else 1, home)
    if key == "fixed_assets":
        used, at = worn(model), model.homes["input.worn"]
        return [(position.account, value + used, f"{home}+{at}"), ("1602", -used, f"-{at}")]
    if key == "loans":
        return _loans(model, value, home)
    sign = "-" if position.sign < 0 else ""
    return [(position.account, position.sign * value, f"{sign}{home}")]


def _held_before(model: Model, least: Sequence[tuple[str, int]], sign: int, home: str) -> list[tuple[str, int, str]]:
    """A position that came back out of several accounts: what is set for it beyond the others is the first one's."""
    (first, amount), *others = least
    mark, texts = "-" if sign < 0 else "", [to_text(other, model.rebuilt.places) for _, other in others]
    rest = "".join(f"-{text}" for text in texts)
    rows = [(code, sign * other, f"{mark}{text}") for (code, other), text in zip(others, texts, strict=True)]
    return [(first, sign * amount, f"{mark}({home}{rest})"), *rows]


def _loans(model: Model, value: int, home: str) -> list[tuple[str, int, str]]:
    """Borrowings by kind and term: what is neither private nor due after a year is a bank's."""
    period = model.rebuilt.ledger.period
    parts: dict[str, list[int]] = {"2001.02": [], "2501": []}
    for number, loan in enumerate(model.rebuilt.case.loan):
        if long_term(loan.due, period):
            parts["2501"].append(number)
        elif loan.kind == "private":
            parts["2001.02"].append(number)
    rows, taken = [], 0
    for account, numbers in parts.items():
        amount = sum(int(model.rebuilt.case.loan[n].opening or 0) for n in numbers)
        taken += amount
        refs = "-".join(model.homes[f"loan.{n}.opening"] for n in numbers)
        if numbers:
            rows.append((account, -amount, f"-{refs}"))
    others = "".join(f"+{model.homes[f'loan.{n}.opening']}" for numbers in parts.values() for n in numbers)
    return [("2001.01", taken - value, f"-{home}{others}"), *rows]


def _gaps(model: Model) -> Iterator[list[Parts]]:
    """Money that moved where no line was handed in: as the printed balances tell, so given amounts."""
    frame = _posted(model, "statement_gap")
    for _, group in frame.groupby("entry", sort=False):
        yield _given(model, group)


def _spread(model: Model, made: list[Recipe], months: Sheet) -> Iterator[list[Parts]]:
    """Each figure's share of each month, on both sides."""
    period = model.rebuilt.ledger.period
    for recipe in made:
        row = model.rows[f"share.{recipe.figure}"]
        for number, share in enumerate(recipe.shares, 1):
            if recipe.driver == "last" and number < len(recipe.shares):
                continue
            at = f"{quoted(months.name)}!{a1(row, MONTH + number - 1)}"
            day = period.last_day(model.months[number - 1])
            yield [
                (day, number, p.account, p.sign * share, at if p.sign > 0 else f"-{at}", p.line, recipe.figure,
                 f"spread:{recipe.driver}", recipe.basis)
                for p in recipe.postings
            ]


def _accruals(model: Model) -> Iterator[list[Parts]]:
    """Expenses paid ahead and owed: the opening ones fall into the first month, the closing ones leave the last."""
    case, months = model.rebuilt.case, model.months
    for kind, key in (("prepaid", "prepaid_expenses"), ("accrued", "accrued_expenses")):
        for at in ("opening", "closing"):
            figure = model.figure(f"{at}.{key}")
            if figure.value is None:
                continue
            rows = accruals(case.adjust.accrual, kind, at)
            held = {c: a for c, a in rows.items() if kind == "prepaid" or c not in ("wages", "taxes", "loan_interest")}
            refs = {c: model.homes[f"accrual.{at}.{kind}.{c}"] for c in held}
            rest = "".join(f"-{ref}" for c, ref in refs.items() if c != "other_expense")
            amounts = {**held, "other_expense": figure.value - sum(a for c, a in held.items() if c != "other_expense")}
            number = 1 if at == "opening" else len(months)
            sign = (1 if kind == "prepaid" else -1) * (-1 if at == "opening" else 1)
            for category, amount in amounts.items():
                if not amount and not moves(model, f"{at}.{key}"):
                    continue
                ref = f"({model.homes[f'{at}.{key}']}{rest})" if category == "other_expense" else refs[category]
                plus, minus = (ref, f"-{ref}") if sign > 0 else (f"-{ref}", ref)
                day = model.rebuilt.ledger.period.last_day(months[number - 1])
                tail = (0, f"{at}.{key}", f"{kind}:{category}", basis(figure))
                yield [(day, number, positions()[key].account, sign * amount, plus, *tail),
                       (day, number, _expense(model, category), -sign * amount, minus, *tail)]


def _expense(model: Model, category: str) -> str:
    """The profit and loss account of an accrual's category."""
    entry = model.categories.get(category)
    if entry is not None and entry.account_out.startswith("5"):
        return entry.account_out
    return _EXPENSES.get(category, "5602.99")


def _disposals(model: Model) -> Iterator[list[Parts]]:
    """Assets sold, as their schedules say; the gain or loss follows its figure."""
    for _, group in _posted(model, "disposal").groupby("entry", sort=False):
        yield _given(model, group)
    name, figure = "disposal_gain", model.figure("disposal_gain")
    if figure.value is None or not (figure.value or moves(model, name)):
        return
    sold = next((a.sold_month for a in model.rebuilt.ledger.known.assets if a.sold_month is not None), None)
    month = len(model.months) if sold is None else sold + 1
    day = model.rebuilt.ledger.period.last_day(model.months[month - 1])
    home, gain, tail = model.homes[name], figure.value, (0, name, name, basis(figure))
    yield [
        (day, month, "1606", gain, home, *tail), (day, month, "5301.03", -max(gain, 0), f"-MAX({home},0)", *tail),
        (day, month, "5711.04", -min(gain, 0), f"-MIN({home},0)", *tail),
    ]


def _terms(model: Model) -> Iterator[list[Parts]]:
    """Loans due after a year, and a bank that no statement covers, from the form's figures."""
    case, period, months = model.rebuilt.case, model.rebuilt.ledger.period, len(model.months)
    far = [n for n, loan in enumerate(case.loan) if long_term(loan.due, period)]
    if far:
        moved = sum(int(case.loan[n].closing or 0) - int(case.loan[n].opening or 0) for n in far)
        refs = "+".join(f"{model.homes[f'loan.{n}.closing']}-{model.homes[f'loan.{n}.opening']}" for n in far)
        tail = (0, "loan", "due_after_a_year", "stated")
        yield [(period.end, months, "2001.01", moved, f"({refs})", *tail),
               (period.end, months, "2501", -moved, f"-({refs})", *tail)]
    ends = [model.figure(f"{end}.bank").value for end in ("opening", "closing")]
    if None not in ends and (ends[0] != ends[1] or moves(model, "closing.bank") or moves(model, "opening.bank")):
        moved = (ends[1] or 0) - (ends[0] or 0)
        refs = f"({model.homes['closing.bank']}-{model.homes['opening.bank']})"
        tail = (0, "closing.bank", "bank_without_statement", "stated")
        yield [(period.end, months, "1002", moved, refs, *tail),
               (period.end, months, CASH, -moved, f"-{refs}", *tail)]


def _rest(model: Model) -> Iterator[list[Parts]]:
    """Net changes of a statement of affairs: given, for they close the books on positions that were counted."""
    for _, group in _posted(model, "net_change").groupby("entry", sort=False):
        yield _given(model, group)


def _posted(model: Model, rule: str) -> pd.DataFrame:
    frame = model.rebuilt.ledger.journal
    return frame[frame["rule"] == rule]


def _given(model: Model, group: pd.DataFrame) -> list[Parts]:
    """An entry of the ledger as it stands."""
    number = {OPENING: 0, **{month: n for n, month in enumerate(model.months, 1)}}
    return [
        (row.date.date(), number[row.month], row.account, int(row.debit - row.credit), "", int(row.cash_line),
         row.source, row.rule, row.basis)
        for row in rows_of(group)
    ]


def _put(model: Model, sheet: Sheet, number: int, row: Row) -> None:
    given = not row.formula
    minus = row.formula[1:] if _ONE.fullmatch(row.formula) else f"-({row.formula})"
    sides = (
        (max(0, row.amount), "" if given else f"=MAX({row.formula},0)"),
        (max(0, -row.amount), "" if given else f"=MAX({minus},0)"),
    )
    line = model.cash_line(row.line if is_cash(row.account) else 0)
    _write(model, sheet, number, row.entry, row.day, row.month, (model.account(row.account), ""), sides, (line, ""),
           (model.origin(row.source), ""), (model.rule(row.rule), ""), row.basis)
    model.blocks.setdefault(row.account, number)


Pair = tuple[Any, str]


def _write(
    model: Model, sheet: Sheet, number: int, entry: str, day: object, month: int, account: Pair,
    sides: tuple[Pair, Pair], line: Pair, source: Pair, rule: Pair, known: str,
) -> None:
    """One row; pairs are value and formula."""
    at = AT_JOURNAL
    sheet.put(number, at["entry"], entry)
    sheet.put(number, at["date"], day, "date")
    sheet.put(number, at["month"], month, "whole.quiet")
    sheet.put(number, at["account"], account[0], "text", account[1])
    sheet.put(number, at["debit"], sides[0][0], "money", sides[0][1])
    sheet.put(number, at["credit"], sides[1][0], "money", sides[1][1])
    debit, credit = a1(number, at["debit"], rows=False), a1(number, at["credit"], rows=False)
    sheet.put(number, at["net"], sides[0][0] - sides[1][0], "money.quiet", f"={debit}-{credit}")
    sheet.put(number, at["cash_line"], line[0], "text.quiet", line[1])
    sheet.put(number, at["source"], source[0], "link" if source[1] else "text.quiet", source[1])
    sheet.put(number, at["rule"], rule[0], "text.quiet", rule[1])
    sheet.put(number, at["basis"], model.say(f"basis.{known}"), "text.quiet")


# -- lines of evidence ------------------------------------------------------------------------------------------------


def _lines(model: Model, sheet: Sheet, number: int, transactions: Sheet) -> int:
    """Both sides of every line that counts, and of what funded it; the next free row.

    They stand by cash-flow line and account, so that a statement line leads to its rows in one place.
    """
    months = {month: n for n, month in enumerate(model.months, 1)}
    found = [
        _Line(model, transactions, at, row, months[row.date.strftime("%Y-%m")])
        for at, row in enumerate(rows_of(model.rebuilt.transactions), FIRST) if not row.set_aside and row.amount
    ]
    for line in sorted(found, key=lambda line: line.order):
        model.tags.setdefault(line.line, number)
        model.blocks.setdefault(line.contra, number)
        for posting in line.postings():
            _write(model, sheet, number, *posting)
            number += 1
    return number


class _Line:
    """The postings of one line of evidence."""

    def __init__(self, model: Model, transactions: Sheet, at: int, row: Any, month: int) -> None:
        self.model, self.row, self.month = model, row, month
        self.sheet, self.at = quoted(transactions.name), at
        self.own = model.rebuilt.ledger.own.get(row.account, "")
        self.entry = model.categories[row.category]
        self.amount = int(row.amount)
        inward = self.amount >= 0
        self.contra = posted(self.entry.account_in if inward else self.entry.account_out, row.account_kind)
        self.line = self.entry.cash_in if inward else self.entry.cash_out

    @property
    def order(self) -> tuple[int, str, object]:
        """Cash-flow line, account and day."""
        return self.line, self.contra, self.row.date

    def postings(self) -> Iterator[tuple[Any, ...]]:
        """The own account's side, the category's side, and what funded a wallet's payment."""
        card, contra = self.row.account_kind == "card", self.contra
        own = (self.model.account(self.own), "")
        none = (self.model.cash_line(0), "")
        rule = (self.model.category(self.row.category), self._ref("category"))
        tagged = none if card else (self.model.cash_line(self.line), self._ref("cash_line"))
        yield self._posting(own, 1, tagged, rule)
        yield self._posting((self.model.account(contra), self._ref("posted_to")), -1,
                            self._card(contra) if card else none, rule)
        if self.row.funded_by:
            yield from self._funding(own, none)

    def _funding(self, own: Pair, none: Pair) -> Iterator[tuple[Any, ...]]:
        inside = self.row.funded_by in self.model.rebuilt.ledger.own
        rule = "funded_by_own_account" if inside else "funded_from_outside"
        said = (self.model.rule(rule), "")
        line = none if inside or not is_cash(self.own) else (self.model.cash_line(_OWNER_LINE), "")
        yield self._posting(own, -1, line, said, "F")
        yield self._posting((self.model.account(CLEARING if inside else EQUITY), ""), 1, none, said, "F")

    def _posting(self, account: Pair, sign: int, line: Pair, rule: Pair, mark: str = "") -> tuple[Any, ...]:
        amount, ref = sign * self.amount, self._at("amount")
        plus, minus = (ref, f"-{ref}") if sign > 0 else (f"-{ref}", ref)
        sides = ((max(0, amount), f"=MAX({plus},0)"), (max(0, -amount), f"=MAX({minus},0)"))
        link = f'=HYPERLINK("#{self.sheet}!A{self.at + 1}","{self.row.id}")'
        return (f"{mark}{self.row.id}", self.row.date.date(), self.month, account, sides, line, (self.row.id, link),
                rule, self.row.basis)

    def _card(self, contra: str) -> Pair:
        """A card's debt is no cash: paying it from cash is the cash-flow line of the other side."""
        inward = self.amount >= 0
        column = self.model.ranges["category.card_in" if inward else "category.card_out"]
        return self.model.cash_line(card_line(contra, inward=inward)), f"=INDEX({column},{self._at('category_row')})"

    def _at(self, name: str) -> str:
        return f"{self.sheet}!{a1(self.at, AT[name])}"

    def _ref(self, name: str) -> str:
        return f"={self._at(name)}"
