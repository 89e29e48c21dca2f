"""Which row each wrapped line belongs to, for all lines of many pages at once."""

import numpy as np
import numpy.typing as npt

#: Lines further apart than this many heights do not go on with each other; heights within which a line stands beside.
LINE_GAP, BESIDE = 1.9, 0.72
#: By how much the widest gap between two rows exceeds the narrowest where it parts what belongs to them.
_WIDER = 1.15
_FAR = 1e6
_Ints = npt.NDArray[np.intp]
_Floats = npt.NDArray[np.float64]
_Flags = npt.NDArray[np.bool_]


def owners(page: _Ints, table: _Ints, middle: _Floats, height: _Floats, anchor: _Flags, loose: _Flags) -> _Ints:
    """The row that each wrapped line goes on with: the one it stands beside, else by the gaps; −1 where none.

    Args:
        page: number of each line's page, not falling.
        table: number of the table that each line stands in, not falling.
        middle: half way between each line's top and bottom, in points from the top.
        height: of each line in points.
        anchor: lines that begin rows.
        loose: lines that may go on with one.
    """
    number = np.arange(len(page))
    before = np.maximum.accumulate(np.where(anchor, number, -1))
    after = np.minimum.accumulate(np.where(anchor, number, len(page))[::-1])[::-1]
    found = np.full(len(page), -1)
    lines = np.flatnonzero(loose)
    if not len(lines) or not anchor.any():
        return found
    up, down = _within(before[lines], lines, table), _within(after[lines], lines, table)
    found[lines] = _beside(lines, up, down, page, middle, height)
    rest = found[lines] < 0
    high, low = middle.copy(), middle.copy()  # a row with the lines beside it
    for edge, further in ((high, np.minimum), (low, np.maximum)):
        further.at(edge, found[lines[~rest]], middle[lines[~rest]])
    lines, up, down = lines[rest], up[rest], down[rest]
    if len(lines):
        found[lines] = _by_gaps(lines, up, down, page, table, (high, low), height)
    return found


def _within(anchors: _Ints, lines: _Ints, table: _Ints) -> _Ints:
    """*anchors* of *lines*, −1 for those that are missing or stand in another table."""
    there = (anchors >= 0) & (anchors < len(table))
    same = table[np.where(there, anchors, 0)] == table[lines]
    return np.where(there & same, anchors, -1)


def _beside(lines: _Ints, up: _Ints, down: _Ints, page: _Ints, middle: _Floats, height: _Floats) -> _Ints:
    """The nearer of the anchors above and below into whose height a line reaches, −1 where it reaches neither."""
    far = []
    for anchors in (up, down):
        distance = np.abs(middle[anchors] - middle[lines])
        beside = (anchors >= 0) & (page[anchors] == page[lines]) & (distance < BESIDE * height[anchors])
        far.append(np.where(beside, distance, np.inf))
    nearer = np.where(far[0] <= far[1], up, down)
    return np.where(np.minimum(*far) < np.inf, nearer, -1)


def _by_gaps(
    lines: _Ints, up: _Ints, down: _Ints, page: _Ints, table: _Ints, ends: tuple[_Floats, _Floats], height: _Floats
) -> _Ints:
    """Lines between two anchors given to one of them: the widest gap parts them; even gaps, to the upper.

    *ends* are the middles of the first and the last line of what each line is already known to make.
    """
    new = (np.diff(up) != 0) | (np.diff(down) != 0) | (np.diff(table[lines]) != 0)
    group = np.concatenate(([0], np.cumsum(new)))
    first = np.flatnonzero(np.concatenate(([True], new)))
    last = np.append(first[1:], len(lines)) - 1
    place = np.arange(len(lines)) + group
    gaps = np.empty(len(lines) + len(first))
    above = np.concatenate(([-1], lines[:-1]))
    above[first] = up[first]
    gaps[place] = _gap(above, lines, page, ends)
    gaps[place[last] + 1] = _gap(lines[last], down[last], page, ends)
    start, size = place[first], last - first + 1
    widest, usual = np.maximum.reduceat(gaps, start), np.minimum.reduceat(gaps, start)
    owner = np.repeat(np.arange(len(first)), size + 1)
    where = np.where(gaps == widest[owner], np.arange(len(gaps)), len(gaps))
    cut = np.where(widest > _WIDER * usual, np.minimum.reduceat(where, start) - start, size)
    upper = place - start[group] < cut[group]
    steps = owner * (2 * _FAR)
    so_far = np.maximum.accumulate(gaps + steps) - steps
    to_come = np.maximum.accumulate((gaps - steps)[::-1])[::-1] + steps
    reach = np.where(upper, so_far[place], to_come[place + 1])
    near = reach < LINE_GAP * height[lines[first]][group]
    return np.where(near, np.where(upper, up, down), -1)


def _gap(a: _Ints, b: _Ints, page: _Ints, ends: tuple[_Floats, _Floats]) -> _Floats:
    same = (a >= 0) & (b >= 0) & (page[a] == page[b])
    return np.where(same, ends[0][b] - ends[1][a], _FAR)
