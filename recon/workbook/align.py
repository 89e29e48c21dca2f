"""Which sheet, column and row of a returned workbook is which of the plan, whatever was sorted, inserted or deleted."""

import datetime as dt
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from recon.workbook.plan import HEAD, TITLE, Cell, Sheet
from recon.workbook.readback import Cells, Constant, Returned, Seen

#: Day 0 of a spreadsheet's calendar.
_EPOCH = dt.date(1899, 12, 30)
#: Rows in which a heading is looked for, should rows have been inserted above it.
_DEEP = 60
Row = dict[int, Seen]


@dataclass(frozen=True, slots=True)
class Aligned:
    """One sheet of the plan beside what came back.

    Attributes:
        plan: the sheet as planned.
        name: what its tab says now.
        rows: found cells by found row, their columns numbered as planned; columns of nobody's are left out.
        at: found row of each planned row that is still there.
        columns: found column of each planned column.
        strange: found columns that the plan has not, each with how many cells it holds.
    """

    plan: Sheet
    name: str
    rows: Mapping[int, Row]
    at: Mapping[int, int]
    columns: Mapping[int, int]
    strange: Mapping[int, int]

    @property
    def still(self) -> bool:
        """Whether every row that is left stands where it stood."""
        return all(planned == found for planned, found in self.at.items())


def find(sheets: Iterable[Sheet], returned: Returned) -> dict[str, str]:
    """The tab of each planned sheet: by name, else by the title in its first cell; a sheet that is gone is left out."""
    names = {sheet.name: sheet.name for sheet in sheets if sheet.name in returned.sheets}
    free = {
        plain(cells[TITLE, 0].value): name for name, cells in returned.sheets.items()
        if name not in names and (TITLE, 0) in cells
    }
    for sheet in sheets:
        title = plain(sheet.cells[TITLE, 0].value)  # type: ignore[arg-type] # a title is text
        if sheet.name not in names and title in free:
            names[sheet.name] = free.pop(title)
    return names


def align(sheet: Sheet, name: str, cells: Cells, places: int) -> Aligned:
    """Match columns by their headings and rows by what stands in them."""
    columns = _columns(sheet, cells)
    planned_at = {found: planned for planned, found in columns.items()}
    rows: dict[int, Row] = defaultdict(dict)
    strange: dict[int, int] = defaultdict(int)
    for (row, found), seen in cells.items():
        if found in planned_at:
            rows[row][planned_at[found]] = seen
        else:
            strange[found] += 1
    return Aligned(sheet, name, rows, _rows(sheet, rows, places), columns, strange)


def _columns(sheet: Sheet, cells: Cells) -> dict[int, int]:
    """Found column of each planned one; a heading that is nowhere leaves its column where its neighbours say."""
    width = 1 + max(column for _, column in sheet.cells)
    heads = {column: plain(sheet.cells[HEAD, column].value) for column in range(width)  # type: ignore[arg-type] # text
             if (HEAD, column) in sheet.cells and sheet.cells[HEAD, column].value}
    found = _headings(set(heads.values()), cells)
    places: dict[object, deque[int]] = defaultdict(deque)
    for column in sorted(found):
        places[found[column]].append(column)
    if not heads or all(found.get(column) == text for column, text in heads.items()):
        return {column: column for column in range(width)}
    result, shift = {}, 0
    for column in range(width):
        text = heads.get(column)
        if text is not None and places[text]:
            result[column] = places[text].popleft()
            shift = result[column] - column
        elif text is None:
            result[column] = column + shift
    return result


def _headings(wanted: set[object], cells: Cells) -> dict[int, object]:
    """The row, near the top, that holds most of the headings: text by column."""
    rows: dict[int, dict[int, object]] = defaultdict(dict)
    for (row, column), seen in cells.items():
        if row < _DEEP and plain(seen.value) in wanted:
            rows[row][column] = plain(seen.value)
    return max(rows.values(), key=lambda row: len(set(row.values())), default={})


def _rows(sheet: Sheet, rows: Mapping[int, Row], places: int) -> dict[int, int]:
    """Found row of each planned one: by all its constants, else by its key, else by its neighbours."""
    answers = {column for _, column in sheet.inputs}
    planned: dict[int, list[tuple[int, object]]] = defaultdict(list)
    for (row, column), cell in sheet.cells.items():
        if not cell.formula and column not in answers and (value := constant(cell, places)) is not None:
            planned[row].append((column, value))
    seen = {
        row: sorted((c, plain(s.value)) for c, s in cells.items() if not s.formula and c not in answers)
        for row, cells in rows.items()
    }
    at = _paired({row: tuple(sorted(values, key=str)) for row, values in planned.items()},
                 {row: tuple(sorted(values, key=str)) for row, values in seen.items()})
    blank = sorted({row for row, _ in sheet.cells} - planned.keys())
    keys = ({row: dict(values).get(sheet.key) for row, values in planned.items() if row not in at},
            {row: dict(values).get(sheet.key) for row, values in seen.items() if row not in set(at.values())})
    at |= _paired(*({row: key for row, key in side.items() if key is not None} for side in keys))
    _beside(at, sorted({*planned, *blank} - at.keys()), sorted(set(rows) - set(at.values())))
    return at


def _paired(planned: Mapping[int, object], found: Mapping[int, object]) -> dict[int, int]:
    """Rows that hold the same, in their order."""
    waiting: dict[object, deque[int]] = defaultdict(deque)
    for row in sorted(found):
        waiting[found[row]].append(row)
    return {row: waiting[planned[row]].popleft() for row in sorted(planned) if waiting[planned[row]]}


def _beside(at: dict[int, int], left: list[int], free: list[int]) -> None:
    """A row that nothing tells follows the row before it, where that place is free."""
    spare = set(free)
    for row in left:
        before = at.get(row - 1, row - 1 if not at else None)
        after = at.get(row + 1)
        place = before + 1 if before is not None else after - 1 if after is not None else row
        if place in spare:
            at[row] = place
            spare.discard(place)


def constant(cell: Cell, places: int) -> object:
    """A planned cell's value as its file holds it, plain; None where it is blank."""
    value = cell.value
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and cell.style.startswith("money"):
        return plain(value / 10**places)
    if isinstance(value, dt.date):
        return plain(float((value - _EPOCH).days))
    if isinstance(value, int | float | Decimal):
        return plain(float(value))
    return plain(None if value is None else str(value))


def plain(value: Constant) -> object:
    """A constant as two files would both have it: white space collapsed, nothing None.

    Numbers keep ten decimals of at most fifteen digits: programs write no more when they save again.
    """
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, float) and not isinstance(value, bool):
        return float(f"{round(value, 10):.15g}")
    return value


# -- formulas ---------------------------------------------------------------------------------------------------------

_PART = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")|(?P<sheet>'(?:[^']|'')*'!|[^\W\d][\w.（），、]*!)|(?P<space>\s+)"""
    r"""|(?P<ref>\$?[A-Z]{1,3}\$?[1-9]\d*(?![\w(]))|(?P<word>[A-Za-z_][\w.]*)|(?P<other>.)""", re.DOTALL
)


def shape(formula: str, own: str, names: Mapping[str, str], *, rows: bool, columns: bool) -> str:
    """A formula as two programs would both write it.

    Args:
        formula: with or without its ``=``.
        own: planned name of the sheet that it stands on.
        names: planned name of each sheet by the name that the formula may use.
        rows: keep row numbers; not where rows have moved.
        columns: likewise letters of columns.
    """
    parts = []
    for part in _PART.finditer(formula.removeprefix("=").removeprefix("_xlfn.")):
        text = part[0]
        if part.lastgroup == "sheet":
            name = text[:-1].removeprefix("'").removesuffix("'").replace("''", "'")
            parts.append("" if names.get(name, name) == own else f"{names.get(name, name)}!")
        elif part.lastgroup == "ref":
            letters, digits = re.sub(r"[\d$]", "", text), re.sub(r"\D", "", text)
            parts.append(f"{letters if columns else '@'}{digits if rows else '#'}")
        elif part.lastgroup == "word":
            parts.append(text.upper())
        elif part.lastgroup != "space":
            parts.append(text)
    return "".join(parts)
