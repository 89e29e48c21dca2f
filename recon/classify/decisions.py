"""What reviewers decided, kept in ``decisions.csv``: categories, answers of the form and notes, final over the rest."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from recon.core.errors import ReconError
from recon.core.money import decimals, to_text
from recon.core.source import Source

FILE = "decisions.csv"
#: Scopes that name what a line was for; then answers of the case form, and notes that change no figure.
OF_LINES, ANSWER, NOTE = ("line", "counterparty"), "answer", "note"


@dataclass(frozen=True, slots=True)
class Decision:
    """A reviewer's word.

    Attributes:
        scope: ``line`` or ``counterparty``; ``answer`` of the case form; ``note`` for a remark alone.
        key: of a line, :func:`line_keys`; of a counterparty, its name; of an answer, its path in the form
            (``closing.inventory``); of a note, what it is about.
        new: category's key, or any word that :func:`categories.understand` knows; an answer's value as the form has it.
        who, when: reviewer and ISO date.
        old: category or value before; note: the reviewer's reason.
    """

    scope: str
    key: str
    new: str
    who: str = ""
    when: str = ""
    old: str = ""
    note: str = ""

    @property
    def category(self) -> str:
        """The category that a decision on lines names."""
        return self.new


Decisions = tuple[Decision, ...]
_HEAD = ("scope", "key", "old", "new", "who", "when", "note")
_NEEDED = ("scope", "key", "new")
#: The column ``new`` as files written by hand may call it.
_ALIAS = "category"


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


def of_lines(decisions: Sequence[Decision]) -> Decisions:
    """The decisions that name categories."""
    return tuple(d for d in decisions if d.scope in OF_LINES)


def answers(decisions: Sequence[Decision]) -> dict[str, Decision]:
    """The last answer to each field of the case form."""
    return {d.key: d for d in decisions if d.scope == ANSWER}


def notes(decisions: Sequence[Decision]) -> dict[str, str]:
    """The last note on each line, counterparty or question."""
    return {d.key: d.note for d in decisions if d.note or d.scope == NOTE}


def before_last(decisions: Sequence[Decision]) -> Decisions | None:
    """What had been decided before the last review, None where no review is dated."""
    last = decisions[-1].when if decisions else ""
    return tuple(d for d in decisions if d.when != last) if last else None


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
        row.setdefault("new", row.get(_ALIAS))
        if any(row.get(name) is None for name in _NEEDED):
            raise ReconError("bad_decision", Source(path.name, 0, number), columns=", ".join(_HEAD))
        if row["scope"] not in (*OF_LINES, ANSWER, NOTE):
            raise ReconError("bad_decision_scope", Source(path.name, 0, number), scope=row["scope"])
        found.append(Decision(**{f.name: (row.get(f.name) or "").strip().removeprefix("'") for f in fields(Decision)}))
    return tuple(found)


def write(path: Path, decisions: Sequence[Decision]) -> None:
    """Write *decisions* to *path*, in their order, as UTF-8 with a mark that spreadsheets recognise."""
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(_HEAD)
        writer.writerows([_harmless(getattr(decision, name)) for name in _HEAD] for decision in decisions)


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; :func:`read` takes the mark off again."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "'", "\t", "\r")) else cell
