"""What reviewers decided, by line or by counterparty, kept in ``decisions.csv``: final over everything else."""

import csv
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import pandas as pd

from recon.core.errors import ReconError
from recon.core.money import decimals, to_text
from recon.core.source import Source


@dataclass(frozen=True, slots=True)
class Decision:
    """A reviewer's word.

    Attributes:
        scope: ``line`` or ``counterparty``.
        key: of a line, :func:`line_keys`; of a counterparty, its name.
        category: category's key, or any word that :func:`categories.understand` knows.
        who, when: reviewer and ISO date.
        old: category before; note: the reviewer's reason.
    """

    scope: str
    key: str
    category: str
    who: str = ""
    when: str = ""
    old: str = ""
    note: str = ""


Decisions = tuple[Decision, ...]
_HEAD = [f.name for f in fields(Decision)]


def line_keys(frame: pd.DataFrame) -> list[str]:
    """A key for each row that survives re-reading: ``date amount account #n``, n counting equal ones of that day.

    Rows set aside as duplicates do not count, so handing in another export of the account leaves keys as they are.
    """
    live = (frame["set_aside"] != "duplicate").to_numpy()
    nth = (
        frame[live].groupby(["account", "date", "amount"], dropna=False).cumcount().reindex(frame.index, fill_value=-1)
        + 1
    )
    return [
        f"{day:%Y-%m-%d} {to_text(amount, decimals(currency))} {account} #{n}"
        for day, amount, currency, account, n in zip(
            frame["date"], frame["amount"], frame["currency"], frame["account"], nth, strict=True
        )
    ]


def read(path: Path) -> Decisions:
    """Decisions of the file at *path*, the later ones last; none where there is no file.

    Raises:
        ReconError: a column is missing, or a scope is unknown; names the line.
    """
    if not path.exists():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    found = []
    for number, row in enumerate(rows, 2):
        if any(row.get(name) is None for name in ("scope", "key", "category")):
            raise ReconError("bad_decision", Source(path.name, 0, number), columns=", ".join(_HEAD))
        if row["scope"] not in ("line", "counterparty"):
            raise ReconError("bad_decision_scope", Source(path.name, 0, number), scope=row["scope"])
        found.append(Decision(**{name: (row.get(name) or "").strip().removeprefix("'") for name in _HEAD}))
    return tuple(found)


def write(path: Path, decisions: Sequence[Decision]) -> None:
    """Write *decisions* to *path*, in their order, as UTF-8 with a mark that spreadsheets recognise."""
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(_HEAD)
        writer.writerows([_harmless(cell) for cell in astuple(decision)] for decision in decisions)


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; :func:`read` takes the mark off again."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "'", "\t")) else cell
