"""Books: what a rebuilt case offers to Python, notebooks and files."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from recon.case import export, html
from recon.checks.check import Check
from recon.classify.categories import categories
from recon.core.money import to_display
from recon.core.outputs import ready
from recon.core.words import known, say, tell
from recon.ledger.naming import named
from recon.need.model import Need
from recon.need.rebuilt import Rebuilt
from recon.reading.report import reason
from recon.statements.book import Line

_WIDEST = 300


def _name(term: str, language: str) -> str:
    """What people call a term of a control account."""
    plain = term.removesuffix(".unrecorded").removesuffix(".lines")
    found, key = named(plain), f"show.control.{plain}"
    return found.tell(language) if found else say(language, key) if known(key) else plain.replace("_", " ")


class Table(pd.DataFrame):
    """A pandas table whose money columns are int64 minor units; ``display()`` shows them in major units.

    >>> table = Table.of(pd.DataFrame({"what": ["rent"], "amount": [-330000]}), ["amount"], places=2)
    >>> int(table["amount"].sum())
    -330000
    >>> table.display()["amount"][0]
    '-3,300.00'
    """

    _metadata = ["money", "places"]  # noqa: RUF012 - pandas asks for a list
    money: tuple[str, ...] = ()
    places: int = 2

    @property
    def _constructor(self) -> type["Table"]:
        return Table

    @classmethod
    def of(cls, frame: pd.DataFrame, money: list[str], places: int) -> "Table":
        """*frame* with *money* columns of a currency with *places* decimals."""
        table = cls(frame)
        table.money, table.places = tuple(money), places
        return table

    def display(self) -> pd.DataFrame:
        """The same rows with money as text such as ``-1,234.50``; what cannot be known is an empty cell."""
        shown = pd.DataFrame(self).astype(object)
        for column in self.money:
            if column in shown:
                shown[column] = [
                    "" if v is None or v is pd.NA or v != v else to_display(int(v), self.places)  # noqa: PLR0124 - NaN
                    for v in self[column]
                ]
        return shown

    def _repr_html_(self) -> str:
        """As people read it: money in major units."""
        with pd.option_context("display.max_colwidth", _WIDEST):
            return str(self.display()._repr_html_())  # type: ignore[operator] # the protocol of notebooks


class Statement(Table):
    """One of the three statements; a notebook shows it as a form with the basis of each line. A part is a Table."""

    _metadata = ["money", "places", "name", "lines", "language"]  # noqa: RUF012 - pandas asks for a list
    name: str = ""
    lines: tuple[Line, ...] = ()
    language: str = "zh-CN"

    def _repr_html_(self) -> str:
        if not self.lines:
            return super()._repr_html_()
        return html.statement(html.Page(self.language, self.places), self.name, self.lines)


class Checks(tuple[Check, ...]):  # noqa: SLOT001 - a tuple of changing length cannot have slots beside it
    """The checks in their order; a notebook shows them by group, and ``frame`` holds them as a table."""

    page: html.Page

    @classmethod
    def of(cls, checks: Iterable[Check], page: html.Page) -> "Checks":
        """*checks* as *page* will tell them."""
        made = cls(checks)
        made.page = page
        return made

    @property
    def frame(self) -> pd.DataFrame:
        """A row per check: id, group, outcome, title, expected, actual, difference, tolerance, unit, because."""
        told = [c.as_json(language=self.page.language, places=self.page.places) for c in self]
        return pd.DataFrame(told).drop(columns="sources", errors="ignore")

    def _repr_html_(self) -> str:
        return html.checks(self.page, self)


class ShownNeed(Need):
    """Need against request that a notebook shows with its verdict, roads and reasons."""

    page: html.Page

    @classmethod
    def of(cls, need: Need, page: html.Page) -> "ShownNeed":
        """*need* as *page* will tell it."""
        made = cls(**{f.name: getattr(need, f.name) for f in fields(need)})
        object.__setattr__(made, "page", page)
        return made

    @property
    def roads(self) -> Table:
        """A row per road to the need: id, name in the language of the books, amount, low, high, limit; minor units."""
        rows = [(m.id, html.road(self.page, m), m.amount, m.low, m.high, m.limit) for m in self.methods]
        money = ["amount", "low", "high", "limit"]
        frame = pd.DataFrame(rows, columns=["id", "name", *money])
        return Table.of(frame.astype(dict.fromkeys(money, "Int64")), money, self.page.places)

    def _repr_html_(self) -> str:
        return html.need(self.page, self)


@dataclass(frozen=True)
class Books(Rebuilt):
    """A rebuilt case with its tables and outputs; see :func:`recon.rebuild` for an example."""

    def __post_init__(self) -> None:
        """Let a notebook show checks and need in the language of the books."""
        object.__setattr__(self, "checks", Checks.of(self.checks, self._page))
        object.__setattr__(self, "need", ShownNeed.of(self.need, self._page))

    @property
    def _page(self) -> html.Page:
        return html.Page(self.language, self.places)

    def _repr_html_(self) -> str:
        return html.books(self._page, self)

    def _statement(self, name: str, lines: tuple[Line, ...], *, opening: bool) -> Statement:
        rows = [
            {
                "line": line.form.number, "zh": line.form.zh, "en": line.form.en,
                **({"opening": line.opening, "closing": line.amount} if opening else {"amount": line.amount}),
                **line.months,
            }
            for line in lines if line.form.number
        ]
        frame = pd.DataFrame(rows)
        money = [str(c) for c in frame.columns if c not in ("line", "zh", "en")]
        table = Statement(frame.astype(dict.fromkeys(money, "Int64")))
        table.money, table.places, table.name, table.lines = tuple(money), self.places, name, lines
        table.language = self.language
        return table

    @property
    def balance_sheet(self) -> Statement:
        """Line, zh, en, opening, closing and a column a month; Int64 minor units, missing where unknown."""
        return self._statement("balance_sheet", self.statements.balance_sheet, opening=True)

    @property
    def income_statement(self) -> Statement:
        """Line, zh, en, amount of the period and a column a month; Int64 minor units."""
        return self._statement("income_statement", self.statements.income_statement, opening=False)

    @property
    def cash_flow(self) -> Statement:
        """Line, zh, en, amount of the period and a column a month; Int64 minor units."""
        return self._statement("cash_flow", self.statements.cash_flow, opening=False)

    @property
    def journal(self) -> Table:
        """``core.tables.JOURNAL``."""
        return Table.of(self.ledger.journal, ["debit", "credit"], self.places)

    @property
    def files(self) -> Table:
        """A row per file of evidence: file, kind, outcome, lines and why, in the language of the books."""
        frame = pd.DataFrame([
            {"file": r.file, "kind": r.kind, "outcome": r.outcome, "lines": sum(len(a.lines) for a in r.accounts),
             "because": reason(r, self.language)}
            for r in self.readings
        ], columns=["file", "kind", "outcome", "lines", "because"])
        return Table.of(frame, [], self.places)

    @property
    def controls(self) -> Table:
        """A row per term of each control account: account, role, term, name, amount; ``found`` marks what it found.

        *name* is the term in the language of the books; increases and decreases are both above zero.
        """
        rows = []
        for name, control in self.ledger.controls.items():
            parts = [
                ("opening", "opening", control.opening),
                *(("increase", term, amount) for term, amount in control.increases.items()),
                *(("decrease", term, amount) for term, amount in control.decreases.items()),
                ("closing", "closing", control.closing), ("difference", "difference", control.difference),
            ]
            rows += [
                {"account": name, "role": role, "term": term, "name": _name(term, self.language), "amount": amount,
                 "found": "✓" if term == control.found else ""}
                for role, term, amount in parts
            ]
        frame = pd.DataFrame(rows, columns=["account", "role", "term", "name", "amount", "found"])
        return Table.of(frame.astype({"amount": "Int64"}), ["amount"], self.places)

    @property
    def category_names(self) -> dict[str, str]:
        """What each category of a line is called in the language of the books."""
        chinese = self.language == "zh-CN"
        return {name: entry.zh if chinese else entry.en for name, entry in categories().items()}

    @property
    def notes(self) -> Table:
        """The findings as sentences: severity and text, in the language of the books."""
        rows = [{"severity": f.severity, "code": f.code, "text": tell(self.language, f)} for f in self.findings]
        return Table.of(pd.DataFrame(rows, columns=["severity", "code", "text"]), [], self.places)

    def to_dict(self) -> dict[str, object]:
        """``books.json`` as Python objects."""
        return export.books(self)

    def to_workbook(self, path: Path | str) -> Path:
        """Write the reviewer's workbook."""
        from recon.case.pictures import pictures  # noqa: PLC0415 - heavy, and only where asked for
        from recon.workbook.build import build  # noqa: PLC0415 - likewise

        return build(self, Path(path), pictures(self))

    def to_report(self, path: Path | str) -> Path:
        """Write the due-diligence report."""
        from recon.report.document import build  # noqa: PLC0415 - heavy, and only where asked for

        return build(self, Path(path))

    def write(self, out: Path | str) -> list[Path]:
        """Write books.json, workbook.xlsx, report.docx, transactions.csv and journal.csv into *out*.

        Raises:
            ReconError: ``file_in_use`` or ``cannot_write``, of :func:`recon.core.outputs.ready`.
        """
        folder = Path(out)
        ready(folder, export.OUTPUTS)
        folder.mkdir(parents=True, exist_ok=True)
        return [
            self.to_workbook(folder / "workbook.xlsx"), self.to_report(folder / "report.docx"),
            *export.write(self, folder),
        ]
