"""What a document lists: its table's header, the columns below it, a line for each row and the row of sums."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from recon.core.knowledge import table
from recon.reading.documents.amounts import amounts
from recon.reading.documents.rows import Cell, Row
from recon.reading.documents.vocabulary import classes, plain

#: A header names at least so many columns, one of them of amounts or of what is listed.
_FEWEST = 2
#: Rows without an amount that a table may hold in a run before it has ended.
_GAP = 6
_SUMS = frozenset({"total", "grand", "subtotal", "net_pay", "gross_pay", "owed", "capitals"})
#: A row that fills so many columns is one of goods, whatever they are called.
_FULL = 3
#: What a table lists: things or people with amounts, or what was paid on a loan.
_LISTED = frozenset({"amount", "name", "principal", "interest"})
#: A column whose word nobody knows: what stands under it belongs to no other.
_OTHER = ""
#: A label and its amount.
_LABELLED = 2
_ENDS = _SUMS | frozenset({"exclusive", "tax", "cash", "card", "change", "discount", "rounding"})
#: The sort of goods that a state's invoice prints before their name, between stars that OCR may see as quotes.
_SORT = re.compile(r"^[*“”\"'][^*“”\"']{1,12}[*“”\"']")
#: Sums of other things than the column of amounts.
_OTHER_SUMS = frozenset({"gross_pay", "owed", "capitals"})
_WORTH = {"amount": 3, "name": 3, "count": 2, "price": 2}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table: its row, its name, how many, the amount in major units, and amounts by column."""

    row: Row
    name: str
    count: str
    amount: Decimal | None
    cell: Cell
    by_column: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Listing:
    """A table: the header's row, the columns in order, the entries, and the sums below by column.

    *closed* where a row of sums ends it, so that no line can be missing between; *end* is the row that ends it.
    """

    header: Row
    columns: tuple[tuple[str, Cell], ...]
    entries: tuple[Entry, ...]
    sums: Mapping[str, Decimal]
    closed: bool = False
    end: Row | None = None


@cache
def _columns() -> dict[str, str]:
    return {_bare(row["word"]): row["column"] for row in table("documents/columns.tsv", ("column", "word"))}


def _bare(text: str) -> str:
    """A header's word without spaces, marks and the unit in brackets."""
    return re.sub(r"\((?:元|円|[a-z]{1,3}|rm|¥|€|£|\$)\)|[\s:：.,]", "", plain(text))


def column_of(text: str) -> str:
    """Which column a header's cell names, or an empty string."""
    return _columns().get(_bare(text), "")


def listing(document: Sequence[Row]) -> Listing | None:
    """The table of a document, or None where no row heads one."""
    best: tuple[int, int] = (0, -1)
    for n, row in enumerate(document):
        named = {column_of(cell.text) for cell in _parted(row)} - {""}
        worth = sum(_WORTH.get(name, 1) for name in named)
        if len(named) >= _FEWEST and named & _LISTED and worth > best[0]:
            best = (worth, n)
    if best[1] < 0:
        return None
    header = document[best[1]]
    columns = tuple((column_of(cell.text) or _OTHER, cell) for cell in _parted(header))
    return _below(header, columns, document[best[1] + 1 :])


def _parted(row: Row) -> list[Cell]:
    """Cells of a row, those that hold several column words run together cut apart by their share of the width."""
    cells: list[Cell] = []
    for cell in row.cells:
        phrases = [] if column_of(cell.text) else _phrases(cell.text.split())
        if not phrases:
            cells.append(cell)
            continue
        left, top, right, bottom = cell.box
        unit, at = (right - left) / max(1, len(cell.text)), 0
        for phrase in phrases:
            at = cell.text.index(phrase, at)
            cells.append(Cell(phrase, (left + unit * at, top, left + unit * (at + len(phrase)), bottom), cell.sure))
            at += len(phrase)
    return cells


def _phrases(words: list[str]) -> list[str]:
    """*words* as one column word after another, the longest first; empty where anything is left over."""
    if not words:
        return []
    for end in range(len(words), 0, -1):
        phrase = " ".join(words[:end])
        if column_of(phrase):
            rest = _phrases(words[end:])
            if rest or end == len(words):
                return [phrase, *rest]
    return []


def _below(header: Row, columns: tuple[tuple[str, Cell], ...], below: Sequence[Row]) -> Listing:
    """Entries of the rows under a header, as far as the row of sums or the first row of other things."""
    entries: list[Entry] = []
    sums: dict[str, Decimal] = {}
    empty, closed, end = 0, False, None
    for row in below:
        if "carried" in _kinds(row) or [cell.text for cell in row.cells] == [cell.text for cell in header.cells]:
            continue  # the table goes on, on another page
        placed = _placed(row, columns)
        numbers = {name: value for name, value in _numbers(placed).items() if name not in {"count", "row", "rate"}}
        bare = not numbers.get("amount") and "amount" in dict(columns)
        if _ends(row, placed, columns, bare=bare) or _sums_up(placed, numbers, entries, columns):
            end, sums = row, {} if _kinds(row) & _OTHER_SUMS else numbers
            closed = bool(_kinds(row) & _SUMS) or not _kinds(row)
            break
        if bare:
            empty += 1
            if empty > _GAP and entries:
                break
            continue
        empty = 0
        entries.append(_entry(row, placed, numbers))
    return Listing(header, columns, tuple(entries), sums, closed, end)


def _ends(
    row: Row, placed: Mapping[str, list[Cell]], columns: Sequence[tuple[str, Cell]], *, bare: bool
) -> bool:
    """Whether a row is one of sums or of what follows them, not of goods that are called "gift card" or a tax.

    A *bare* row, one without an amount, only goes on with the line above, whatever it speaks of, unless it sums.
    """
    kinds = _kinds(row) & _ENDS
    if not kinds or kinds & _SUMS or bare:
        return bool(kinds & _SUMS)
    taxes = kinds == {"tax"} and any(name == "name" and "tax" in classes(cell.text) for name, cell in columns)
    return not taxes and len(placed) < min(_FULL, len(columns))


def _sums_up(
    placed: Mapping[str, list[Cell]], numbers: Mapping[str, Decimal], entries: Sequence[Entry],
    columns: Sequence[tuple[str, Cell]],
) -> bool:
    """Whether a row without a name, or with a label only beside its amount, holds the sum of the amounts above it."""
    total = sum(entry.amount or 0 for entry in entries)
    nameless = "name" in dict(columns) and not ("name" in placed and _named(placed))
    bare = sum(map(len, placed.values())) <= _LABELLED < len(entries[-1].row.cells) if entries else False
    return (nameless or bare) and len(entries) > 1 and numbers.get("amount") == total


def _kinds(row: Row) -> frozenset[str]:
    """What the words that lead a row say: a product may be called anything further on."""
    return frozenset(c for cell in row.cells[:2] for c in classes(cell.text))


def _named(placed: Mapping[str, list[Cell]]) -> bool:
    text = " ".join(cell.text for cell in placed["name"])
    return bool(re.search(r"[^\W\d_]", text)) and not classes(text) & _SUMS


def _placed(row: Row, columns: Sequence[tuple[str, Cell]]) -> dict[str, list[Cell]]:
    """The row's cells by column: the one whose header a cell overlaps most, or stands nearest to."""
    placed: dict[str, list[Cell]] = {}
    for cell in row.cells:
        name = max(columns, key=lambda column: _nearness(cell, column[1]))[0]
        placed.setdefault(name, []).append(cell)
    return placed


def _nearness(cell: Cell, head: Cell) -> float:
    """Shared width, or less the gap between: figures stand right under, texts left under their header."""
    shared = min(cell.box[2], head.box[2]) - max(cell.box[0], head.box[0])
    if shared > 0:
        return shared
    edges = min(abs(cell.box[0] - head.box[0]), abs(cell.box[2] - head.box[2]))
    return -min(-shared, edges)


def _numbers(placed: Mapping[str, list[Cell]]) -> dict[str, Decimal]:
    """The figure in each column; one column may come twice (several kinds of pay), then they are added."""
    found: dict[str, Decimal] = {}
    for name, cells in placed.items():
        values = [value for cell in cells for value in _figures(cell.text)]
        if values:
            found[name] = values[-1]
    return found


def _figures(text: str) -> list[Decimal]:
    return [amount.value for amount in amounts(text, whole=True)]


def _entry(row: Row, placed: Mapping[str, list[Cell]], numbers: Mapping[str, Decimal]) -> Entry:
    name = " ".join(cell.text for cell in placed.get("name", placed.get("day", [])))
    count = " ".join(cell.text for cell in placed.get("count", []))
    cell = placed.get("amount", list(row.cells))[-1]
    return Entry(row, _SORT.sub("", name).strip(), count, numbers.get("amount"), cell, numbers)
