"""Books: what a rebuilt case offers to Python, notebooks and files."""

from pathlib import Path

import pandas as pd

from recon.case import export
from recon.core.money import to_display
from recon.need.rebuilt import Rebuilt
from recon.statements.book import Line


class Table(pd.DataFrame):
    """A pandas table whose money columns are int64 minor units; ``display()`` shows them in major units."""

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


class Books(Rebuilt):
    """A rebuilt case with its tables and outputs."""

    def _statement(self, lines: tuple[Line, ...], *, opening: bool) -> Table:
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
        return Table.of(frame.astype(dict.fromkeys(money, "Int64")), money, self.places)

    @property
    def balance_sheet(self) -> Table:
        """Line, zh, en, opening, closing and a column a month; Int64 minor units, missing where unknown."""
        return self._statement(self.statements.balance_sheet, opening=True)

    @property
    def income_statement(self) -> Table:
        """Line, zh, en, amount of the period and a column a month; Int64 minor units."""
        return self._statement(self.statements.income_statement, opening=False)

    @property
    def cash_flow(self) -> Table:
        """Line, zh, en, amount of the period and a column a month; Int64 minor units."""
        return self._statement(self.statements.cash_flow, opening=False)

    @property
    def journal(self) -> Table:
        """``core.tables.JOURNAL``."""
        return Table.of(self.ledger.journal, ["debit", "credit"], self.places)

    def to_dict(self) -> dict[str, object]:
        """``books.json`` as Python objects."""
        return export.books(self)

    def to_workbook(self, path: Path | str) -> Path:
        """Write the reviewer's workbook."""
        from recon.workbook.build import build  # noqa: PLC0415 - heavy, and only where asked for

        return build(self, Path(path))

    def to_report(self, path: Path | str) -> Path:
        """Write the due-diligence report."""
        from recon.report.document import build  # noqa: PLC0415 - heavy, and only where asked for

        return build(self, Path(path))

    def write(self, out: Path | str) -> list[Path]:
        """Write books.json, workbook.xlsx, report.docx, transactions.csv and journal.csv into *out*."""
        folder = Path(out)
        folder.mkdir(parents=True, exist_ok=True)
        return [
            self.to_workbook(folder / "workbook.xlsx"), self.to_report(folder / "report.docx"),
            *export.write(self, folder),
        ]
