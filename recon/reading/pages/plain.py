"""Lines of many pages sorted at once into plain rows of one table, what wraps around them, and all that is neither."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from recon.reading.dates import see
from recon.reading.pages.cut import Cut
from recon.reading.pages.frames import Frame
from recon.reading.pages.layout import MONEY, is_row, spliced
from recon.reading.pages.lines import figures
from recon.reading.pages.wraps import owners
from recon.reading.vocabulary import any_side_row, side_row

#: Points by which a repeated header may stand elsewhere.
_NEAR = 2.0
_Ints = npt.NDArray[np.intp]
_Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Head:
    """A table's header as it is cut on its first page: cells of its lines, and the left and right edge of the first."""

    cells: Sequence[tuple[str, ...]]
    edges: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sorted:
    """Lines by what they are.

    Attributes:
        rows: numbers of the dated lines; page, number: where each stands.
        cell: their text (rows, columns), wrapped lines put in.
        box: float32 (rows, 4) around each row with its wrapped lines.
        owned: numbers of the wrapped lines.
        heads: numbers of the first lines of headers.
        odd: numbers of undated lines that hold money as rows do; text: numbers of all lines that are no part of rows.
    """

    rows: _Ints
    page: _Ints
    number: _Ints
    cell: npt.NDArray[np.object_]
    box: npt.NDArray[np.float32]
    owned: _Ints
    heads: _Ints
    odd: _Ints
    text: _Ints


def sort(found: Cut, frame: Frame, head: Head, *, begun: bool) -> Sorted | None:
    """The lines of *found* sorted, None where it takes the reader of lines; *begun* after a header on a page before."""
    heads = _heads(found, head)
    if heads is None or not found.even:
        return None
    inside = _inside(found, heads, len(head.cells), begun=begun)
    dates, money = frame.among({"date"}), frame.among(MONEY)
    dated = _dated(found, dates)
    odd = inside & ~dated & found.filled[:, money].any(axis=1)
    for k in np.flatnonzero(odd).tolist():
        odd[k] = is_row(found.cell[k].tolist(), dates, money)
    if any(figures(found.line(k)) for k in np.flatnonzero(dated & ~inside).tolist()):
        return None
    anchor = inside & (dated | odd)
    loose = inside & ~anchor & _worded(found, sorted({*dates, *money}))
    table = np.zeros(len(inside), np.intp)
    table[heads] = 1
    middle = (found.top + found.bottom) / 2
    owner = owners(found.page, np.cumsum(table), middle, found.bottom - found.top, anchor, loose)
    if _furniture_taken(found, heads, anchor, owner) or (odd[owner[owner >= 0]]).any():
        return None
    rows = np.flatnonzero(inside & dated)
    taken = ~anchor & (owner < 0)
    for k in range(len(head.cells)):
        taken[heads + k] = False
    cell, box = _merged(found, rows, owner)
    owned = np.flatnonzero(owner >= 0)
    place = found.page[rows], found.number[rows]
    return Sorted(rows, *place, cell, box, owned, heads, np.flatnonzero(odd), np.flatnonzero(taken))


def _heads(found: Cut, head: Head) -> _Ints | None:
    """Where headers begin; None where one has moved, or goes on otherwise."""
    at = _equal(found, np.arange(len(found.page)), head.cells[0])
    for k, cells in enumerate(head.cells[1:], 1):
        if len(at) and (at[-1] + k >= len(found.page) or len(_equal(found, at + k, cells)) < len(at)):
            return None
    moved = np.abs(found.left[at] - head.edges[0]) + np.abs(found.right[at] - head.edges[1]) > _NEAR
    return None if moved.any() else at


def _equal(found: Cut, lines: _Ints, cells: Sequence[str]) -> _Ints:
    for k, text in enumerate(cells):
        lines = lines[found.cell[lines, k] == text]
    return lines


def _inside(found: Cut, heads: _Ints, size: int, *, begun: bool) -> _Flags:
    """Lines that may belong to the table: not above the first header of their page, nor part of one."""
    first = np.full(int(found.page[-1] - found.page[0]) + 1, -1)
    page = found.page - found.page[0]
    first[page[heads[::-1]]] = heads[::-1]
    if not begun:
        first[: int(page[heads[0]]) if len(heads) else len(first)] = len(page)
    inside: _Flags = np.arange(len(page)) > first[page]
    for k in range(size):
        inside[heads + k] = False
    return inside


def _dated(found: Cut, dates: Sequence[int]) -> _Flags:
    dated = np.zeros(len(found.page), bool)
    for i in dates:
        at = np.flatnonzero(found.filled[:, i])
        cells = found.cell[at, i].tolist()
        known = {cell: see(cell) is not None for cell in set(cells)}
        dated[at] |= np.fromiter(map(known.__getitem__, cells), bool, len(cells))
    return dated


def _worded(found: Cut, others: Sequence[int]) -> _Flags:
    """Lines with words in columns of text alone, that do not begin with a word for a balance or a total."""
    worded: _Flags = np.asarray(found.filled.any(axis=1) & ~found.filled[:, others].any(axis=1))
    at = np.flatnonzero(worded)
    if len(at):
        cells = found.cell[at, found.filled[at].argmax(axis=1)].tolist()
        if any_side_row(list(dict.fromkeys(cells))):
            worded[at] = [not side_row(cell) for cell in cells]
    return worded


def _furniture_taken(found: Cut, heads: _Ints, anchor: _Flags, owner: _Ints) -> bool:
    """Whether a line at the top of a page without a header would go on with a row: it may be a repeated title."""
    headed = np.zeros(int(found.page[-1]) + 1, bool)
    headed[found.page[heads]] = True
    rows = np.flatnonzero(anchor)
    first = dict(zip(found.page[rows[::-1]].tolist(), rows[::-1].tolist(), strict=True))
    taken = np.flatnonzero((owner >= 0) & ~headed[found.page])
    places = zip(taken.tolist(), found.page[taken].tolist(), strict=True)
    return any(k < first.get(page, len(owner)) for k, page in places)


def _merged(
    found: Cut, rows: _Ints, owner: _Ints
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.float32]]:
    """Cells and boxes of *rows*, the lines that go on with them put in from the top."""
    edges = [found.left.copy(), found.top.copy(), found.right.copy(), found.bottom.copy()]
    lines = np.flatnonzero(owner >= 0)
    into = owner[lines]
    for edge, (least, own) in zip(edges, ((True, found.left), (True, found.top), (False, found.right),
                                          (False, found.bottom)), strict=True):
        (np.minimum if least else np.maximum).at(edge, into, own[lines])
    cell = found.cell.copy()
    if len(lines):
        _splice(cell, found, lines, into)
    return cell[rows], np.stack([edge[rows] for edge in edges], axis=1).astype(np.float32)


def _splice(cell: npt.NDArray[np.object_], found: Cut, lines: _Ints, into: _Ints) -> None:
    """Put the text of *lines* into the cells of the rows that they go on with."""
    at, column = np.nonzero(found.filled[lines])
    width = found.filled.shape[1]
    into = into[at] * width + column
    own = np.sort(into)  # what the rows themselves hold there comes in too
    own = own[np.append(own[1:] != own[:-1], True) & found.filled.ravel()[own]]
    place = np.concatenate((into, own))
    line = np.concatenate((lines[at], own // width))
    order = np.lexsort((line, place))
    place, line = place[order], line[order]
    texts = found.cell[line, place % width].tolist()
    first = np.flatnonzero(np.concatenate(([True], place[1:] != place[:-1])))
    cell.ravel()[place[first]] = [spliced(texts[a:b]) for a, b in pairwise([*first.tolist(), len(texts)])]
