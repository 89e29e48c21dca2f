"""What all sheets share: the case, its language, its labels, and where each figure has its cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from recon.classify.categories import Category, categories
from recon.classify.decisions import notes
from recon.core.money import to_display
from recon.core.words import known as has_words
from recon.core.words import say
from recon.ledger.balances import Balances
from recon.ledger.chart import accounts
from recon.ledger.control import Figure
from recon.ledger.naming import named
from recon.need.rebuilt import Rebuilt
from recon.workbook.plan import ABOUT, FIRST, HEAD, MASTER, PERIODS, TITLE, Sheet, a1, quoted

#: Columns of every sheet by month: number, name, key, opening, total or closing, then the months.
NUMBER, NAME, KEY, OPENING, TOTAL, MONTH = 0, 1, 2, 3, 4, 5
#: Cell of the master check on the sheet of checks, for the frozen pane of every sheet.
MASTER_ROW, MASTER_COLUMN = MASTER, 1
#: Months that fit on one printed page.
_ONE_PAGE = 6
#: Characters that SUMIFS would take for a pattern.
_PATTERNS = str.maketrans("*?~", "···")


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame whose columns ``recon.core.tables`` declares."""
    return iter(frame.itertuples(index=False))


@dataclass
class Model:
    """One workbook in the making.

    Attributes:
        rebuilt: the case.
        homes: reference of the cell that holds each figure of the ledger, by name.
        lines: reference parts of each statement line: sheet and row, by form letter and number.
        ranges: named columns and rows of sheets already laid out.
        answers: cell of each named answer and setting.
        rows: rows that other sheets look for, by name.
        sums: minor units of the journal's debits and credits.
        blocks: first row of each account in the journal.
        tags: first row of each cash-flow line in the journal.
    """

    rebuilt: Rebuilt
    homes: dict[str, str] = field(default_factory=dict)
    lines: dict[tuple[str, int], tuple[Sheet, int]] = field(default_factory=dict)
    ranges: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    sums: dict[str, int] = field(default_factory=dict)
    blocks: dict[str, int] = field(default_factory=dict)
    tags: dict[int, int] = field(default_factory=dict)

    @property
    def zh(self) -> bool:
        """Whether people read Chinese."""
        return self.rebuilt.language == "zh-CN"

    @property
    def months(self) -> tuple[str, ...]:
        """The months of the period."""
        return self.rebuilt.ledger.period.months

    @property
    def last(self) -> int:
        """Column of the last month."""
        return MONTH + len(self.months) - 1

    @property
    def balances(self) -> Balances:
        """By account and month."""
        return self.rebuilt.ledger.balances

    def say(self, key: str, **params: object) -> str:
        """A sentence of ``templates/words/workbook.toml``."""
        return say(self.rebuilt.language, f"workbook.{key}", **params)

    def pick(self, entry: object) -> str:
        """The name of anything that has ``zh`` and ``en``."""
        return str(getattr(entry, "zh" if self.zh else "en"))

    def money(self, minor: int) -> str:
        """An amount inside a sentence."""
        return to_display(minor, self.rebuilt.places)

    @cached_property
    def notes(self) -> Mapping[str, str]:
        """What reviewers noted, by line, counterparty or question."""
        return notes(self.rebuilt.decisions)

    @cached_property
    def unknown(self) -> str:
        """What stands where a figure cannot be known."""
        return self.say("unknown")

    def figure(self, name: str) -> Figure:
        """A variable or position."""
        return self.rebuilt.ledger.figure(name)

    # -- labels -----------------------------------------------------------------------------------------------------

    def account(self, code: str) -> str:
        """An account as sums look for it: ``5602.02 管理费用-房租``; never like a number, nor a pattern."""
        if code not in self._accounts:
            self._accounts[code] = self._label(code)
        return self._accounts[code]

    @cached_property
    def _accounts(self) -> dict[str, str]:
        return {}

    @cached_property
    def _own(self) -> dict[str, str]:
        return {code: name for name, code in self.rebuilt.ledger.own.items()}

    def _label(self, code: str) -> str:
        chart = accounts()
        if code in chart:
            return f"{code} {self.pick(chart[code])}"
        parent = max((c for c in chart if code.startswith(f"{c}.")), key=len)
        name = self._own.get(code, code.removeprefix(f"{parent}."))
        label = f"{parent} {self.pick(chart[parent])}-{name}".translate(_PATTERNS)
        taken = set(self._accounts.values())
        return label if label not in taken else f"{label} ({len(taken)})"

    def group(self, code: str) -> str:
        """The account of four digits that *code* belongs to, as a label."""
        return self.account(code[:4])

    def kind(self, code: str) -> str:
        """The class of accounts that *code* belongs to: assets, liabilities, equity, cost, or profit and loss."""
        return f"{code[0]} {self.say(f'class.{code[0]}')}"

    def cash_line(self, number: int) -> str:
        """A line of the cash-flow form as sums look for it; a dash where the money belongs to none."""
        return f"CF{number:02d}" if number else "–"

    def category(self, name: str) -> str:
        """A category as people know it."""
        return self.pick(categories()[name]) if name in categories() else self.say("set_aside")

    @property
    def categories(self) -> Mapping[str, Category]:
        """All categories."""
        return categories()

    def name(self, figure: str) -> str:
        """A ledger figure as people know it."""
        found = named(figure)
        return found.tell(self.rebuilt.language) if found else figure

    def equation(self, name: str) -> str:
        """A control account or identity as people know it."""
        key = f"workbook.equation.{name}"
        return say(self.rebuilt.language, key) if has_words(key) else self.name(name)

    def assumption(self, code: str) -> str:
        """The rule by which an amount was assumed; a rule that has no words yet is named by its code."""
        return self.say(f"rule.{code}") if has_words(f"workbook.rule.{code}") else code

    def outcome(self, name: str) -> str:
        """The outcome of a check in a word."""
        return self.say(f"outcome.{name}")

    def rule(self, code: str) -> str:
        """The rule of an entry as people know it: ``spread:received``, ``accrued:rent``."""
        head, _, tail = code.partition(":")
        said = self.say(f"entry.{head}")
        if not tail:
            return said
        if tail in self.categories:
            return f"{said}: {self.category(tail)}"
        named = self.say(f"driver.{tail}") if has_words(f"workbook.driver.{tail}") else self.name(tail)
        return f"{said}: {named}"

    def origin(self, source: str) -> str:
        """What an entry comes from: a figure, an account or an asset."""
        if source == "lines":
            return self.say("how.lines")
        head, colon, tail = source.partition(":")
        return f"{self.say(f'origin.{head}')}: {tail}" if colon else self.name(source)

    # -- sheets -----------------------------------------------------------------------------------------------------

    def sheet(self, key: str, **options: object) -> Sheet:
        """A new sheet with its heading: title, what it shows in which unit, and the master check."""
        sheet = Sheet(self.say(f"sheet.{key}"), **options)  # type: ignore[arg-type] # fields of Sheet
        about = self.rebuilt.case.case
        period = self.rebuilt.ledger.period
        sheet.put(TITLE, 0, f"{sheet.name} · {about.name}" if about.name else sheet.name, "title")
        line = self.say("heading", start=period.start, end=period.end, currency=about.currency,
                        note=self.say(f"note.{key}"))
        sheet.put(ABOUT, 0, line, "about")
        sheet.put(MASTER, 0, self.say("master"), "text.bold")
        return sheet

    def monthly(self, key: str, heads: tuple[str, str, str, str]) -> Sheet:
        """A sheet by month: number, name, key, opening, total, then a column for each month."""
        sheet = self.sheet(key, freeze=(FIRST, NAME + 1))
        sheet.widths = {NUMBER: 6, NAME: 44, KEY: 16, OPENING: 15, TOTAL: 16}
        sheet.pages = 1 + (len(self.months) > _ONE_PAGE)
        sheet.put(PERIODS, NAME, self.say("period_number"), "key")
        sheet.put(PERIODS, OPENING, 0, "key.right")
        for column, month in enumerate(self.months, MONTH):
            sheet.put(PERIODS, column, column - MONTH + 1, "key.right")
            sheet.put(HEAD, column, month, "head")
        for column, head in zip((NUMBER, NAME, OPENING, TOTAL), heads, strict=True):
            sheet.put(HEAD, column, head, "head")
        sheet.put(HEAD, KEY, self.say("head.key"), "head")
        return sheet

    def master(self) -> str:
        """Reference of the master check."""
        return f"{quoted(self.say('sheet.checks'))}!{a1(MASTER_ROW, MASTER_COLUMN)}"
