"""A sheet of takings by means of payment is read for its cash; other accounts' own statements show what they took."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from recon.core.errors import ReconError
from recon.core.finding import Finding
from recon.core.knowledge import table
from recon.core.money import to_text
from recon.core.source import Source
from recon.reading.dates import see
from recon.reading.numbers import amounts
from recon.reading.tables.columns import HEADER_ROWS, Rows, column
from recon.reading.vocabulary import folded, meanings

#: In the sheet's own language, since that tells how days are written: how cash is titled for the reader of tables, and
#: a column in which stands what a reviewer would write beside such a line.
_WORDS = {True: ("cash received", "category", "cash takings"), False: ("现金收入", "类别", "现金收入")}
#: Means of payment that make a table one of takings.
_LEAST = 2


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where such a table stands: its header's row, its date, and its columns of each kind."""

    head: int
    date: int
    cash: list[int]
    other: list[int]
    total: list[int]


def cash_taken(rows: Rows, name: str) -> tuple[Rows, tuple[Finding, ...]]:
    """*rows* with the cash of each day as money in, and what is told of the rest; unchanged without such a sheet.

    Takings by telephone, card or platform would count twice beside the statements of those accounts: they are summed up
    in a finding. A day whose columns do not add up to its printed sum is told too.

    Raises:
        ReconError: ``takings_elsewhere`` where no column is of cash.
    """
    sheet = next(filter(None, (_sheet(i, row) for i, row in enumerate(rows.cells[:HEADER_ROWS]))), None)
    if sheet is None:
        return rows, ()
    days = [i for i in range(sheet.head + 1, len(rows.cells)) if see(_cell(rows.cells[i], sheet.date))]
    if not days:
        return rows, ()
    said = _elsewhere(rows, sheet, days)
    if not sheet.cash:
        raise ReconError("takings_elsewhere", _place(rows, sheet.head, name), means=said)
    told = [Finding("takings_elsewhere", "look", _place(rows, sheet.head, name), {"means": said})] if said else []
    told += _uneven(rows, sheet, days, name)
    return replace(rows, cells=_cash_only(rows.cells, sheet, set(days))), tuple(told)


def _sheet(at: int, row: Sequence[str]) -> _Sheet | None:
    """The sheet that *row*, number *at*, heads; None where it heads no sheet of takings."""
    kinds: dict[str, list[int]] = {"cash": [], "other": [], "total": []}
    for i, cell in enumerate(row):
        if kind := _means().get(folded(cell)):
            kinds[kind].append(i)
    taken = {i for columns in kinds.values() for i in columns}
    left = {i: {m.name for m in meanings(cell)} for i, cell in enumerate(row) if i not in taken}
    dates = [i for i, names in left.items() if "date" in names]
    means = len(kinds["cash"]) + len(kinds["other"])
    if not dates or not kinds["other"] or means < _LEAST or len(kinds["cash"]) > 1 or any(
            names & {"amount", "in", "out", "balance"} for names in left.values()):
        return None
    return _Sheet(at, dates[0], **kinds)


@cache
def _means() -> Mapping[str, str]:
    rows = table("reading/means.tsv", ("kind", "words"))
    return {folded(word): row["kind"] for row in rows for word in row["words"].split("|")}


def _cash_only(cells: Sequence[list[str]], sheet: _Sheet, days: set[int]) -> list[list[str]]:
    """The rows with a column for the cash alone, and one that names it as takings."""
    gone = {*sheet.other, *sheet.total}
    width = len(cells[sheet.head])
    cash, category, taken = _WORDS[cells[sheet.head][sheet.date].isascii()]
    found = [list(row) for row in cells[: sheet.head]]
    for i, row in enumerate(cells[sheet.head :], sheet.head):
        kept = ["" if k in gone else cell for k, cell in enumerate(row)]
        kept += [""] * (width - len(kept))
        if i == sheet.head:
            kept[sheet.cash[0]] = cash
        found.append([*kept, category if i == sheet.head else taken if i in days else ""])
    return found


def _elsewhere(rows: Rows, sheet: _Sheet, days: Sequence[int]) -> str:
    """What other means than cash took, each with its sum."""
    titles = rows.cells[sheet.head]
    sums = {titles[k].strip(): sum(_minor(rows, k, days)) for k in sheet.other}
    return ", ".join(f"{title} {to_text(value, 2)}" for title, value in sums.items() if value)


def _uneven(rows: Rows, sheet: _Sheet, days: Sequence[int], name: str) -> Iterator[Finding]:
    """Days whose columns do not add up to the sum printed beside them."""
    if len(sheet.total) != 1:
        return
    parts = zip(*(_minor(rows, k, days) for k in (*sheet.cash, *sheet.other)), strict=True)
    for i, part, total in zip(days, parts, _minor(rows, sheet.total[0], days), strict=True):
        if total and sum(part) != total:
            yield Finding("takings_total", "serious", _place(rows, i, name),
                          {"sum": to_text(sum(part), 2), "total": to_text(total, 2)})


def _minor(rows: Rows, number: int, days: Sequence[int]) -> list[int]:
    """A column's figures on *days*, minor units; nothing where none stands."""
    cells = column(rows.cells, number)
    found = amounts([cells[i] for i in days])
    return [int(value) if there else 0 for value, there in zip(found.minor, found.present, strict=True)]


def _place(rows: Rows, at: int, name: str) -> Source:
    return Source(name, rows.page[at], rows.line[at])


def _cell(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""
