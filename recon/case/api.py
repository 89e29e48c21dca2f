"""The public Python interface: read a file, open a case, rebuild its books."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from recon.case.folder import evidence
from recon.case.form import load
from recon.core.facts import Case
from recon.core.knowledge import folder as shipped
from recon.core.words import terminal_language
from recon.reading.guard import read_all
from recon.reading.result import NOTHING, Reading

if TYPE_CHECKING:
    from recon.case.books import Books, Table

_FIRST = 8


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case folder whose form has been read.

    Attributes:
        folder: where it is.
        form: the facts of ``case.toml``.
    """

    folder: Path
    form: Case

    @property
    def files(self) -> list[Path]:
        """The evidence, in order of name."""
        return evidence(self.folder)


@dataclass(frozen=True, slots=True)
class FileRead(Reading):
    """A reading that a notebook shows, in *language*, and whose lines are a pandas table."""

    language: str = "en"

    @property
    def transactions(self) -> "Table":
        """A row per line: account, date, amount, balance, counterparty, description, page, line.

        Money is Int64 minor units, in + and out −, missing where nothing is printed; ``display()`` is for people.
        """
        import pandas as pd  # noqa: PLC0415 - reading alone must not pay for pandas

        from recon.case.books import Table  # noqa: PLC0415 - likewise

        columns = ["account", "date", "amount", "balance", "counterparty", "description", "page", "line"]
        frame = pd.DataFrame(self._rows(), columns=columns)
        kinds = {"date": "datetime64[ns]", "amount": "Int64", "balance": "Int64"}
        return Table.of(frame.astype(kinds), ["amount", "balance"], self._places)

    @property
    def _places(self) -> int:
        return self.accounts[0].places if self.accounts else 2

    def _rows(self) -> list[tuple[object, ...]]:
        rows: list[tuple[object, ...]] = []
        for account in self.accounts:
            lines, blank = account.lines, [""] * len(account.lines)
            texts = [lines.text.get(name, blank) for name in ("counterparty", "description")]
            held = [None if b == NOTHING else b for b in lines.balance.tolist()]
            rows += zip([account.account] * len(lines), lines.date, lines.amount.tolist(), held, *texts,
                        lines.page.tolist(), lines.line.tolist(), strict=True)
        return rows

    def _repr_html_(self) -> str:
        from recon.case.html import Page, reading  # noqa: PLC0415 - reading alone must not pay for pandas

        first = [(str(day), amount, held, who, what) for _, day, amount, held, who, what, _, _ in self._rows()[:_FIRST]]
        return reading(Page(self.language, self._places), self, first)  # type: ignore[arg-type] # as _rows made them


def sample(name: str = "noodle-shop") -> Path:
    """The folder of a sample that travels with the package: noodle-shop, hardware-wholesale or garment-workshop.

    >>> import recon
    >>> shop = recon.open_case(recon.sample())
    >>> shop.form.case.trade, len(shop.files) > 0
    ('restaurant', True)
    """
    return shipped("samples") / name


def read(path: Path | str, password: str | None = None, language: str | None = None) -> FileRead:
    """Read one file of evidence in a guarded child process.

    Args:
        path: any readable format.
        password: of a locked file.
        language: zh-CN or en, of what a notebook shows; the terminal's where None.

    >>> import recon
    >>> bill = recon.read(next(p for p in recon.open_case(recon.sample()).files if p.suffix == ".pdf"))
    >>> bill.kind, bill.outcome
    ('bank', 'proven')
    >>> account = bill.accounts[0]
    >>> account.opening + int(bill.transactions["amount"].sum()) == account.closing
    True
    """
    found = read_all([Path(path)], passwords=lambda _: password)[0]
    return FileRead(**{f.name: getattr(found, f.name) for f in fields(Reading)},
                    language=language or terminal_language())


def open_case(folder: Path | str) -> OpenCase:
    """Open a case folder.

    Raises:
        ReconError: no form, or a slip in it.
    """
    return OpenCase(Path(folder), load(Path(folder)))


def rebuild(case: OpenCase | Path | str, language: str | None = None) -> "Books":
    """Rebuild the books of an open case or of a case folder.

    Args:
        case: a case folder, or what :func:`open_case` gave.
        language: zh-CN or en, of everything that people read; the form's own where None.

    Raises:
        ReconError: the run cannot go on; one sentence says why and what to do.

    A form alone, without any evidence, already gives what follows from its answers:

    >>> import pathlib, tempfile, recon
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "case.toml").write_text('''
    ... [case]
    ... from = 2025-01-01
    ... to = 2025-12-31
    ... [opening]
    ... receivables = 4100
    ... [closing]
    ... receivables = 5005
    ... [known]
    ... received = 398960.50
    ... ''')
    >>> books = recon.rebuild(folder, language="en")
    >>> receivables = books.controls.display().query("account == 'receivables' and found == '✓'")
    >>> receivables[["term", "amount"]].values.tolist()
    [['credit_sales', '399,865.50']]
    """
    from recon.case.pipeline import rebuild as run  # noqa: PLC0415 - reading alone must not import pandas

    return run(case.folder if isinstance(case, OpenCase) else Path(case), language)
