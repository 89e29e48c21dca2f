"""A table with rules between its cells is read by these: whatever wraps in a cell, and wherever it stands, is its."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from recon.evidence.page import Page
from recon.reading.dates import see
from recon.reading.pages.layout import spliced
from recon.reading.pages.lines import Line, cells_of, lines_of
from recon.reading.tables.columns import Rows

#: Points by which rules of one edge may stand apart; the least height of a row and width of a column.
_NEAR, _ROW, _COLUMN = 2.5, 6.0, 8.0
#: Columns and rows that make a table; the share of its width, and of its height, that a rule takes at least.
_COLUMNS, _ROWS, _WIDE, _HIGH = 3, 2, 0.5, 0.25
#: Characters of a number too long for its cell, and the share of the cell that it fills.
_LONG, _FULL = 10, 0.8
_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Grid:
    """A page's table: its rules across and down, and which rules down part the cells of which row."""

    ys: list[float]
    xs: list[float]
    parts: npt.NDArray[np.bool_]


def rows_by_cells(pages: Sequence[Page]) -> Rows | None:
    """The rows of ruled tables, all else as text behind their columns; None where no page holds such a table."""
    grids = [_grid(page) for page in pages]
    columns = max((len(grid.xs) - 1 for grid in grids if grid), default=0)
    if not columns:
        return None
    rows, boxes = Rows([], [], []), []
    for page, grid in zip(pages, grids, strict=True):
        for cells, line, box in _emitted(page, grid, columns):
            rows.cells.append(cells)
            rows.page.append(page.number)
            rows.line.append(line)
            boxes.append(box)
    return Rows(rows.cells, rows.page, rows.line, np.array(boxes, np.float32).reshape(-1, 4))


def bands(pages: Sequence[Page]) -> dict[int, list[float]]:
    """By page, where rules across the whole table part its rows; pages without such are left out."""
    found = {}
    for page in pages:
        left, top, right, bottom = page.rulings.astype(np.float64).T
        flat = (bottom - top < _NEAR) & (right - left >= _COLUMN)
        if flat.sum() >= _ROWS:
            wide = _WIDE * float(right[flat].max() - left[flat].min())
            found[page.number] = _edges(top[flat], (right - left)[flat], wide)
    return {number: edges for number, edges in found.items() if len(edges) > _ROWS}


def _grid(page: Page) -> _Grid | None:
    """The rules of the page's table, or None where they make no rows of cells."""
    left, top, right, bottom = page.rulings.astype(np.float64).T
    across, down = right - left >= _COLUMN, bottom - top >= _ROW
    if across.sum() < _ROWS or down.sum() < _COLUMNS:
        return None
    low, high = float(top[down].min()) - _NEAR, float(bottom[down].max()) + _NEAR
    across &= (top >= low) & (bottom <= high)
    if not across.any():
        return None
    width = float(right[across].max() - left[across].min())
    ys = _edges(top[across], (right - left)[across], _WIDE * width)
    xs = _edges(left[down], (bottom - top)[down], _HIGH * (high - low))
    if len(xs) <= _COLUMNS or len(ys) <= _ROWS:
        return None
    middle = np.array([(a + b) / 2 for a, b in pairwise(ys)])
    parts = np.zeros((len(middle), len(xs)), bool)
    for k, x in enumerate(xs):
        mine = down & (np.abs(left - x) <= _NEAR)
        parts[:, k] = ((top[mine] <= middle[:, None]) & (bottom[mine] >= middle[:, None])).any(axis=1)
    return _Grid(ys, xs, parts)


def _edges(at: _Floats, length: _Floats, least: float) -> list[float]:
    """Where rules stand, those of one edge taken together, that are *least* long in all."""
    order = np.argsort(at, kind="stable")
    at, length = at[order], length[order]
    first = np.flatnonzero(np.concatenate(([True], np.diff(at) > _NEAR)))
    total = np.add.reduceat(length, first)
    return [float(x) for x in at[first][total >= least]]


def _emitted(
    page: Page, grid: _Grid | None, columns: int
) -> Iterator[tuple[list[str], int, tuple[float, float, float, float]]]:
    """The page's rows from the top: cells, the number of the first line in each, and its box."""
    held: dict[int, list[Line]] = {}
    for line in lines_of(page):
        band = _band(grid, line)
        if band is None:
            yield [""] * columns + [text for _, _, text in cells_of(line)], line.number, _box([line])
        else:
            held.setdefault(band, []).append(line)
            if not _more(grid, page, line, band):
                lines = held.pop(band)
                cells, beside = _cells(grid, band, lines) if grid else ([], "")
                yield [*cells, *[""] * (columns - len(cells)), beside], lines[0].number, _box(lines)


def _more(grid: _Grid | None, page: Page, line: Line, band: int) -> bool:
    """Whether a later line of the page stands in the same row."""
    middles = (page.box[:, 1] + page.box[:, 3]) / 2
    return grid is not None and bool(((middles > line.bottom) & (middles < grid.ys[band + 1])).any())


def _band(grid: _Grid | None, line: Line) -> int | None:
    """The row of the table in which a line stands; None outside of it, and in a box that nothing parts."""
    if grid is None or not grid.ys[0] < line.middle < grid.ys[-1]:
        return None
    band = int(np.searchsorted(grid.ys, line.middle)) - 1
    return band if grid.parts[band].sum() > _COLUMNS else None


def _cells(grid: _Grid, band: int, lines: Sequence[Line]) -> tuple[list[str], str]:
    """The text of each cell of a row, of one over several columns in the first of them, and what stands beside all."""
    parting = np.flatnonzero(grid.parts[band])
    edges = [grid.xs[k] for k in parting]
    cells: list[list[tuple[str, bool]]] = [[] for _ in grid.xs[1:]]
    beside: list[str] = []
    for line in lines:
        pieces: dict[int, list[tuple[float, float, str]]] = {}
        for word in line.words:
            at = int(np.searchsorted(edges, (word[0] + word[1]) / 2)) - 1
            if 0 <= at < len(edges) - 1:
                pieces.setdefault(at, []).append(word)
            else:
                beside.append(word[2])
        for at, words in pieces.items():
            full = words[-1][1] - words[0][0] > _FULL * (edges[at + 1] - edges[at])
            text = " ".join(text for _, _, text in cells_of(Line(0, 0, line.top, line.bottom, words)))
            cells[int(parting[at])].append((text, full))
    return [_joined(cell) for cell in cells], " ".join(beside)


def _joined(parts: Sequence[tuple[str, bool]]) -> str:
    """The lines of a cell in one piece: a number that its cell cuts goes on without a blank."""
    text, cut = "", False
    for part, full in parts:
        text = text + part if cut and part.isalnum() else spliced([text, part]) if text else part
        tail = text.rsplit(" ", 1)[-1]
        cut = full and len(tail) >= _LONG and tail.isascii() and tail.isalnum() and see(tail) is None
    return text


def _box(lines: Sequence[Line]) -> tuple[float, float, float, float]:
    words = [word for line in lines for word in line.words]
    return (min(w[0] for w in words), min(x.top for x in lines), max(w[1] for w in words), max(x.bottom for x in lines))
