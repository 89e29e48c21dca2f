"""A row for every line of evidence: what it was taken for, what a reviewer says, and where it is posted."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from recon.classify.decisions import line_keys
from recon.classify.reasons import explain
from recon.core.words import say
from recon.ledger.posting import CASH, CLEARING, is_cash
from recon.workbook.model import Model, rows_of
from recon.workbook.plan import FIRST, HEAD, Block, Choice, Input, Sheet, a1, quoted

COLUMNS = (
    "id", "date", "account", "counterparty", "description", "amount", "balance", "suggested", "override", "note",
    "category", "confidence", "basis", "reason", "file", "page", "line", "picture", "posted_to", "cash_line", "feeds",
    "month", "kind", "funding", "category_row", "set_aside", "paired_with",
)
#: A card's debt is an operating payable: repaying it is line 6 of the cash flow, drawing on it line 2.
_CARD_PAID, _CARD_DRAWN = 6, 2
AT = {name: column for column, name in enumerate(COLUMNS)}
_WIDTHS = {
    "id": 15, "date": 11, "counterparty": 24, "description": 34, "amount": 14, "balance": 14, "suggested": 15,
    "override": 15, "note": 18, "category": 15, "confidence": 8, "basis": 12, "reason": 26, "file": 34, "page": 6,
    "line": 6, "picture": 8, "posted_to": 30, "cash_line": 8, "feeds": 20, "month": 7, "kind": 8, "funding": 9,
    "category_row": 8, "set_aside": 16, "paired_with": 16,
}


def transactions(model: Model, parties: Callable[[str], str], pictures: Mapping[str, int]) -> Sheet:
    """Lay out the lines.

    Args:
        model: the workbook in the making; each column becomes a range ``line.<column>``, each line a row ``line.<id>``.
        parties: reference of the cell where a reviewer decides on a counterparty, or an empty string.
        pictures: row on the sheet of printed rows, by the line's id.
    """
    sheet = model.sheet("transactions", freeze=(FIRST, 2))
    sheet.widths = {AT[name]: width for name, width in _WIDTHS.items()}
    sheet.heights = {HEAD: 30}
    sheet.printed = AT["category"]
    for name, column in AT.items():
        sheet.put(HEAD, column, model.say(f"line.{name}"), "head")
    frame = model.rebuilt.transactions
    rows = _Rows(model, sheet, parties, pictures)
    for number, row in enumerate(rows_of(frame), FIRST):
        rows.put(number, row)
    last = FIRST + max(0, len(frame) - 1)
    for name, column in AT.items():
        model.ranges[f"line.{name}"] = sheet.down(column, FIRST, last)
    if len(frame):
        sheet.filter = Block(HEAD, 0, last, len(COLUMNS) - 1)
        block = Block(FIRST, AT["override"], last, AT["override"])
        sheet.choices.append(Choice(block, model.ranges["category.choice"]))
    return sheet


class _Rows:
    """Puts one line of evidence after another."""

    def __init__(
        self, model: Model, sheet: Sheet, parties: Callable[[str], str], pictures: Mapping[str, int]
    ) -> None:
        self.model, self.sheet, self.parties, self.pictures = model, sheet, parties, pictures
        self.printed, self.see = quoted(model.say("sheet.printed")), model.say("printed.see")
        self.own = model.rebuilt.ledger.own
        self.order = {name: n for n, name in enumerate([*model.categories, "set_aside"], 1)}
        self.month = {month: n for n, month in enumerate(model.months, 1)}
        self.keys = line_keys(model.rebuilt.transactions)

    def put(self, number: int, row: Any) -> None:
        """One line: evidence as values, classification and posting as formulas."""
        aside = bool(row.set_aside)
        category = "set_aside" if aside else row.category
        self._evidence(number, row, aside=aside)
        self._category(number, row, category, aside=aside)
        self._posting(number, row, category)

    def _put(self, number: int, name: str, value: object, style: str = "text", formula: str = "") -> None:
        self.sheet.put(number, AT[name], value, style, formula)

    def _evidence(self, number: int, row: Any, *, aside: bool) -> None:
        quiet = ".quiet" if aside else ""
        month = row.date.strftime("%Y-%m")
        words = " ".join(dict.fromkeys(part for part in (row.type, row.description) if part))
        why = self._aside(row) if aside else explain(row.reason, self.model.rebuilt.language)
        for name, value in (
            ("id", row.id), ("account", row.account), ("counterparty", row.counterparty), ("description", words),
            ("basis", self.model.say(f"basis.{row.basis}")), ("reason", why), ("file", row.file),
            ("kind", "–" if aside else row.account_kind), ("funding", self._funding(row, aside=aside)),
            ("set_aside", self._aside(row)), ("paired_with", row.paired_with),
        ):
            self._put(number, name, value, f"text{quiet}")
        self._put(number, "date", row.date.date(), f"date{quiet}")
        self._put(number, "amount", int(row.amount), f"money{quiet}")
        self._put(number, "balance", None if row.balance is pd.NA else int(row.balance), f"money{quiet}")
        self._put(number, "confidence", float(row.confidence), "percent.quiet")
        self.model.rows[f"line.{row.id}"] = number
        if row.id in self.pictures:
            target = f"{self.printed}!{a1(self.pictures[row.id], 0, rows=False, columns=False)}"
            self._put(number, "picture", self.see, "link", f'=HYPERLINK("#{target}","{self.see}")')
        self._put(number, "page", int(row.page) or "", "whole")
        self._put(number, "line", int(row.line), "whole")
        self._put(number, "month", 0 if aside else self.month.get(month, 0), "whole.quiet")

    def _aside(self, row: Any) -> str:
        """Why a line does not count, in words."""
        return say(self.model.rebuilt.language, f"report.set_aside.{row.set_aside}") if row.set_aside else ""

    def _funding(self, row: Any, *, aside: bool) -> str:
        """Whether another own account, or one that nobody handed in, paid for a wallet's payment."""
        if aside:
            return "–"
        return ("inside" if row.funded_by in self.own else "outside") if row.funded_by else "none"

    def _category(self, number: int, row: Any, category: str, *, aside: bool) -> None:
        said = self.model.category(category)
        self._put(number, "suggested", said)
        self._said(number, category, aside=aside)
        line, suggested = self._here(number, "override"), self._here(number, "suggested")
        party = "" if aside or not row.counterparty else self.parties(row.counterparty)
        fallback = f'IF({party}<>"",{party},{suggested})' if party else suggested
        self._put(number, "category", said, "text.bold", f'=IF({line}<>"",{line},{fallback})')
        chosen = self.model.ranges["category.name"]
        self._put(number, "category_row", self.order[category], "whole.quiet",
                  f"=MATCH({self._here(number, 'category')},{chosen},0)")

    def _said(self, number: int, category: str, *, aside: bool) -> None:
        """Room for the reviewer's category and note; none where the line does not count."""
        if aside:
            self._put(number, "override", None, "text.quiet")
            self._put(number, "note", None, "text.quiet")
            return
        key = self.keys[number - FIRST]
        said = Input("line", key, "category", category)
        self.sheet.ask(number, AT["override"], None, "text", said)
        note(self.model, self.sheet, number, AT["note"], key)

    def _posting(self, number: int, row: Any, category: str) -> None:
        entry = self.model.categories.get(category)
        end = "in" if row.amount >= 0 else "out"
        account, line, feeds = "–", "–", "–"
        if entry is not None:
            code = entry.account_in if end == "in" else entry.account_out
            account = self.model.account(posted(code, row.account_kind))
            line = self.model.cash_line(entry.cash_in if end == "in" else entry.cash_out)
            feeds = entry.control
        side = "hand" if row.account_kind == "cash" else "account"
        self._look_up(number, "posted_to", account, f"{side}_{end}")
        self._look_up(number, "cash_line", line, f"line_{end}")
        self._look_up(number, "feeds", feeds, "feeds")

    def _look_up(self, number: int, name: str, value: str, column: str) -> None:
        """The row's category in a column of the table of categories."""
        formula = f"=INDEX({self.model.ranges[f'category.{column}']},{self._here(number, 'category_row')})"
        self._put(number, name, value, "text.quiet", formula)

    def _here(self, number: int, name: str) -> str:
        return a1(number, AT[name], rows=False)


def note(model: Model, sheet: Sheet, row: int, column: int, key: str, style: str = "text") -> None:
    """Room for a note on *key*, with what the last review noted."""
    old = model.notes.get(key, "")
    sheet.ask(row, column, old or None, style, Input("note", key, "text", old))


def posted(code: str, kind: str) -> str:
    """The account that a category's *code* means on an own account of *kind* (see ``recon.ledger.posting``)."""
    return CLEARING if code == CASH and kind == "cash" else code


def card_line(code: str, *, inward: bool) -> int:
    """Cash-flow line of the other side of a card's line (``recon.ledger.posting``): paid back 6, drawn on 2."""
    return (_CARD_PAID if inward else _CARD_DRAWN) if is_cash(code) else 0
