"""Where the tables of pages stand: headers with their extents, columns by gutters, and heads of pages that repeat."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise, takewhile
from math import ceil

import numpy as np
import numpy.typing as npt

from recon.reading.dates import see
from recon.reading.pages.beside import headed
from recon.reading.pages.lines import (
    CJK,
    Line,
    cells_of,
    dated,
    figures,
    is_amount,
    is_number,
    is_parted,
    printed,
    with_decimals,
)
from recon.reading.pages.rules import Drawn, rules_between
from recon.reading.tables.columns import balances_only, header
from recon.reading.vocabulary import Meaning, known, meanings, side_row

#: Points by which a title may miss the column it stands over, and which part two wide gutters; a blank's width.
_NEAR, _WIDE, _BLANK = 2, 30, 3
#: Points by which the header of a further page may stand elsewhere and be that of the same table.
_MOVED = 1.5
#: A figure without decimals, and how many a line has at least.
_DIGITS, _PAIR = re.compile(r"[(+\-−–]?\d{1,3}(?:[ .,'’]?\d{3})*\)?[-−–]?"), 2
#: Heights of a line within which text beside a line with figures belongs to it.
_REACH = 2.5
#: No page is wider, in points; words that a damaged file puts beyond are there in name only.
_WIDEST = 1 << 14
#: Share of a column's cells that tells what it holds.
_MOST = 0.8
#: Share of a line's height by which the next must reach into it to stand beside it, and between a header's lines.
_BESIDE, _BELOW = 0.2, 0.9
#: Dated lines that make a table where no header names one.
_TABLE = 3


@dataclass(slots=True)
class Frame:
    """A table's header: its titles with their extents, what they mean, and the lines they take on each page.

    *bounds* are the boundaries between its columns, *rules* the upright rules that are drawn there, None where none is.
    """

    titles: list[str]
    extents: list[tuple[float, float]]
    meanings: dict[int, tuple[Meaning, ...]]
    bounds: list[float] = field(default_factory=list)
    rules: list[float | None] = field(default_factory=list)

    def bounded(self, covered: npt.NDArray[np.number]) -> list[float]:
        """Boundaries between the columns: rules, and where there are none the emptiest stretches of *covered*."""
        pairs = zip(self.rules, boundaries(self.extents, covered), strict=True)
        return [gutter if rule is None else rule for rule, gutter in pairs]

    def among(self, names: frozenset[str] | set[str]) -> list[int]:
        """Columns that may mean one of *names*."""
        return [i for i, what in self.meanings.items() if any(m.name in names for m in what)]


def frames_of(
    lines: list[Line], drawn: Drawn | None = None
) -> list[tuple[Frame | None, list[Line], list[Line]]]:
    """Text and tables in order: frame (None for text), the header's lines, and the lines that follow.

    *drawn* tells the upright edges that are drawn on a page.
    """
    found: list[tuple[int, Frame | None, int]] = []
    at = 0
    while at < len(lines):
        frame, size = _header_at(lines, at)
        if frame is not None or (size and found):
            found.append((at, frame, size))
        at += size or 1
    if not found:
        return _unnamed(lines)
    furniture = _repeated(lines, [at for at, _, _ in found])
    known: list[Frame] = []
    result: list[tuple[Frame | None, list[Line], list[Line]]] = [(None, [], lines[: found[0][0]])]
    for (at, frame, size), after in zip(found, [*(at for at, _, _ in found[1:]), len(lines)], strict=True):
        if frame is None:  # balances by day, which are no lines of the table above
            result.append((None, [], lines[at:after]))
            continue
        named = next((other for other in known if _alike(other, frame)), frame)
        known += [named] if named is frame else []
        result.append((named, lines[at : at + size], []))
        for text, run in groupby(range(at + size, after), key=furniture.__contains__):
            result.append((None if text else named, [], [lines[k] for k in run]))
    heads = {id(frame): taken[0] for frame, taken, _ in reversed(result) if frame is not None and taken}
    for frame in known:
        body = [line for f, _, body in result if f is frame for line in body]
        _bound(frame, body, heads[id(frame)], drawn)
    return result


def _alike(one: Frame, other: Frame) -> bool:
    """Whether a header repeats another: the same titles in the same places."""
    return one.titles == other.titles and all(
        max(abs(a[0] - b[0]), abs(a[1] - b[1])) < _MOVED for a, b in zip(one.extents, other.extents, strict=True)
    )


def _repeated(lines: list[Line], headers: list[int]) -> set[int]:
    """Numbers of the lines at the top of a page that stand above its header or only repeat the head of another page."""
    starts = [k for k, line in enumerate(lines) if not k or line.page != lines[k - 1].page]
    moves = figures if any(figures(line) and dated(line) for line in lines) else _wholes
    tops = [_top(lines, start, stop, set(headers), moves) for start, stop in pairwise([*starts, len(lines)])]
    pages = Counter(text for top in tops for text in {printed(lines[k]) for k in top})
    furniture: set[int] = set()
    for top in tops:
        if top.stop in headers:
            furniture |= set(top)
            continue
        same = [k for k in takewhile(lambda k: pages[printed(lines[k])] > 1 or not moves(lines[k]), top)
                if pages[printed(lines[k])] > 1]
        furniture |= set(range(top.start, max(same, default=top.start - 1) + 1))
    return furniture


def _top(lines: list[Line], start: int, stop: int, headers: set[int], moves: Callable[[Line], bool]) -> range:
    """The lines of a page above its first header or, without one, above its first dated line that *moves* money."""
    ends = (k for k in range(start, stop) if k in headers or (moves(lines[k]) and dated(lines[k])))
    return range(start, next(ends, stop))


def _wholes(line: Line) -> bool:
    """Whether an amount and a balance without decimals stand in a line, as where no amount of a file has any."""
    return sum(bool(_DIGITS.fullmatch(text)) for _, _, text in line.words) >= _PAIR


def _unnamed(lines: list[Line]) -> list[tuple[Frame | None, list[Line], list[Line]]]:
    """Pages without a header: columns are what the gutters between lines with figures leave."""
    moves = figures if any(figures(line) and _holds_day(line) for line in lines) else _wholes
    days = [k for k, line in enumerate(lines) if moves(line) and _holds_day(line)]
    anchors = [k for k in range(days[0], len(lines)) if k in days or _pair(lines[k])] if days else []
    if len(anchors) < _TABLE:
        return [(None, [], lines)]
    covered = _covered([lines[k] for k in anchors], 0)
    solid = np.concatenate(([False], covered > 0, [False]))
    edges = np.flatnonzero(solid[1:] != solid[:-1])
    extents = [(float(a), float(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    frame = Frame([""] * len(extents), extents, {})
    frame.bounds = [(a[1] + b[0]) / 2 for a, b in pairwise(extents)]
    whole = not any(with_decimals(lines[k]) for k in anchors)
    frame.meanings = _by_content(frame, [cell for k in anchors for cell in cells_of(lines[k])], whole=whole)
    return [(None, [], lines[: anchors[0]]), (frame, [], lines[anchors[0] :])]


def _pair(line: Line) -> bool:
    """Whether an amount and a balance stand in a line, which shares its date with the line above."""
    return sum(is_number(text) or is_parted(text) for _, _, text in line.words) >= _PAIR


def _by_content(
    frame: Frame, cells: list[tuple[float, float, str]], *, whole: bool
) -> dict[int, tuple[Meaning, ...]]:
    """Which columns hold days and which hold amounts, where no title says so; *whole* ones have no decimals."""
    columns: list[list[str]] = [[] for _ in frame.extents]
    for left, right, text in cells:
        if any(map(str.isalnum, text)):  # a dash stands for nothing
            columns[bisect_left(frame.bounds, (left + right) / 2)].append(text)
    found: dict[int, tuple[Meaning, ...]] = {}
    for i, texts in enumerate(columns):
        days, least = sum(see(text) is not None for text in texts), _MOST * max(1, len(texts))
        if days >= least or sum(_money(text, whole=whole) for text in texts) >= least:
            found[i] = (Meaning("date" if days >= least else "amount", 1),)
    return found


def _money(text: str, *, whole: bool) -> bool:
    return is_amount(text) or is_parted(text) or (whole and bool(_DIGITS.fullmatch(text)))


def _covered(anchors: list[Line], right: float) -> npt.NDArray[np.float64]:
    """How many cells of *anchors* fill each point of the page's width; columns may stand less than a point apart."""
    spans = [(a, b) for line in anchors for a, b, _ in cells_of(line, parted=True)]
    width = int(min(_WIDEST, max([b for _, b in spans] + [right]))) + 3
    change = np.zeros(width + 1)
    for a, b in spans:
        first, stop = ceil(min(max(0.0, a), width)), int(min(max(0.0, b), width))
        change[first] += 1
        change[max(first, stop)] -= 1
    return np.cumsum(change)


def _header_at(lines: list[Line], at: int) -> tuple[Frame | None, int]:
    """The header whose first line is *at*, and how many lines it takes; no header but a line above balances by day."""
    if figures(lines[at]):
        if (box := headed(lines[at])) is None:
            return None, 0
        lines[at : at + 1] = box[::-1]  # what stands beside the header comes before it
        return None, 0
    block = _staggered(lines, at)
    if len(block) > 1:
        titles, extents = _stacked(block)
        if named := header(titles):
            return Frame(titles, extents, named), len(block)
    cells = [part for cell in cells_of(lines[at]) for part in _titles(cell, lines[at])]
    named = header([text for _, _, text in cells])
    if not named and balances_only([text for _, _, text in cells]):
        return None, 1
    if not named and len(cells) > 1:  # one cell throughout is a sentence
        cells = [(a, b, t) for a, b, t in lines[at].words]
        named = header([text for _, _, text in cells])
    if not named:
        return _begun(lines, at)
    titles = [text for _, _, text in cells]
    extents = [(a, b) for a, b, _ in cells]
    below = _more_titles(lines, at, titles, extents)
    meanings = header(titles) or named
    return Frame(titles, extents, {**named, **{i: m for i, m in meanings.items() if i not in named}}), below


def _begun(lines: list[Line], at: int) -> tuple[Frame | None, int]:
    """A header of two lines whose upper one only begins titles: ``Date of`` over ``Transaction``."""
    upper, lower = lines[at], lines[at + 1] if at + 1 < len(lines) else lines[at]
    near = lower.page == upper.page and 0 < lower.top - upper.bottom + 1 < _BELOW * (upper.bottom - upper.top)
    if not near or not any(meanings(text) for _, _, text in cells_of(upper)) or figures(lower) or dated(lower):
        return None, 0
    own = [text for _, _, text in cells_of(lower)]
    titles, extents = _stacked([upper, lower])
    named = header(titles) if len(titles) == len(own) and not header(own) and not balances_only(own) else {}
    return (Frame(titles, extents, named), 2) if named else (None, 0)


def _staggered(lines: list[Line], at: int) -> list[Line]:
    """The lines from number *at* on of which each begins beside the one before: titles stand beside others' middles."""
    block = [lines[at]]
    for line in lines[at + 1 :]:
        above = block[-1]
        beside = line.page == above.page and line.top < above.bottom - _BESIDE * (above.bottom - above.top)
        if not beside or figures(line) or dated(line):
            break
        block.append(line)
    return block


def _stacked(block: list[Line]) -> tuple[list[str], list[tuple[float, float]]]:
    """The titles of such lines and their extents: cells that stand below each other are one."""
    titles: list[str] = []
    extents: list[tuple[float, float]] = []
    for left, right, text in (part for line in block for cell in cells_of(line) for part in _titles(cell, line)):
        hit = next((k for k, (a, b) in enumerate(extents) if left < b and a < right), None)
        if hit is None:
            titles.append(text)
            extents.append((left, right))
        else:
            titles[hit] = _joined(titles[hit], text)
            extents[hit] = (min(extents[hit][0], left), max(extents[hit][1], right))
    return titles, extents


def _titles(cell: tuple[float, float, str], line: Line) -> list[tuple[float, float, str]]:
    """The titles in one *cell* of a header: its words, where each is one of its own and all together are none."""
    words = [word for word in line.words if cell[0] <= word[0] and word[1] <= cell[1]]
    meant = [{m.name for m in meanings(text)} for _, _, text in words]
    own = all(known(text) or (mean and not _latin(text)) for (_, _, text), mean in zip(words, meant, strict=True))
    apart = len(words) > 1 and not known(cell[2]) and own
    return words if apart and len(set.union(*meant)) == sum(map(len, meant)) else [cell]


def _more_titles(lines: list[Line], at: int, titles: list[str], extents: list[tuple[float, float]]) -> int:
    """Join further lines of the header to the titles they stand under; how many lines the header takes in all."""
    taken = 1
    main = lines[at]
    height = main.bottom - main.top
    for line in lines[at + 1 : at + 6]:
        near = line.page == main.page and line.top - lines[at + taken - 1].bottom < 0.9 * height
        words = [text for _, _, text in line.words]
        if (
            not near
            or any(see(w) or is_number(w) for w in words)
            or any(ch.isdigit() and len(w) > 1 for w in words for ch in w if not w.startswith("4digits"))
        ):
            break
        hits = [_over(extents, a, b) for a, b, _ in line.words]
        if sum(h is not None for h in hits) * 3 < len(hits) * 2 or side_row(" ".join(words)):
            break
        chinese = [word for word in words if any(ch >= CJK for ch in word)]
        told = all(map(meanings, chinese)) if _latin("".join(words)) else all(map(_titled, words))
        if not told and not header(words):
            break
        for hit, (a, b, text) in zip(hits, line.words, strict=True):
            if hit is not None:
                titles[hit] = _joined(titles[hit], text)
                extents[hit] = (min(extents[hit][0], a), max(extents[hit][1], b))
        taken += 1
    return taken


def _titled(word: str) -> bool:
    """Whether a word is a title, or the one character of it for which a cell was too narrow."""
    return known(word) or (len(word) == 1 and word >= CJK)


def _joined(title: str, below: str) -> str:
    """A title with what stands below it; of two Chinese titles of one cell the upper, which says what the cell is."""
    if len(below) == 1 and below >= CJK:
        return title + below
    both = f"{title} {below}"
    return title if known(title) and not known(both) and not _latin(below) else both


def _latin(text: str) -> bool:
    return any(ch.isalpha() and ch < CJK for ch in text)


def _over(extents: Sequence[tuple[float, float]], left: float, right: float) -> int | None:
    """The title that an extent stands under, if any."""
    shared = [min(right, b) - max(left, a) for a, b in extents]
    best = int(np.argmax(shared))
    return best if shared[best] > -_NEAR else None


def _bound(frame: Frame, body: list[Line], head: Line, drawn: Drawn | None) -> None:
    """Boundaries between columns: rules, or where the fewest words of dated lines stand between titles' middles."""
    order = np.argsort([a + b for a, b in frame.extents])
    frame.titles = [frame.titles[i] for i in order]
    frame.extents = [frame.extents[i] for i in order]
    frame.meanings = {k: frame.meanings[i] for k, i in enumerate(order.tolist()) if i in frame.meanings}
    days = [line for line in body if dated(line) or _holds_day(line)]
    anchors = [line for line in days if figures(line)] or days
    right = max(b for _, b in frame.extents)
    covered, others = _covered(anchors, right), _covered(_beside_figures(body), right)
    covered = np.pad(covered, (0, max(0, len(others) - len(covered))))
    others = np.pad(others, (0, len(covered) - len(others)))
    covered = weighed(covered, others)
    edges = drawn(head.page) if drawn else np.empty((0, 3), np.float32)
    frame.rules = rules_between(frame.extents, head, body, edges)
    frame.bounds = frame.bounded(covered)


def weighed(covered: npt.NDArray[np.number], others: npt.NDArray[np.number]) -> npt.NDArray[np.float64]:
    """How far lines fill each point: dated ones *covered*, and less than one where none of them but *others* stand."""
    return np.where(covered == 0, others / (2 * max(1.0, float(others.max()))), covered)


def _beside_figures(body: list[Line]) -> list[Line]:
    """The lines of *body* from the first line with figures of each page to the last, and what wraps around those."""
    found = []
    for _, group in groupby(body, key=lambda line: line.page):
        page = list(group)
        at = [line for line in page if figures(line)]
        if at:
            reach = _REACH * (at[0].bottom - at[0].top)
            found += [line for line in page if at[0].top - reach < line.middle < at[-1].bottom + reach]
    return found


def _holds_day(line: Line) -> bool:
    """Whether a word of a line, or some that stand together, are a date."""
    words = [text for _, _, text in line.words]
    return any(see(" ".join(words[k : k + n])) for n in (1, 2, 3) for k in range(len(words)) if words[k][0].isalnum())


def boundaries(extents: Sequence[tuple[float, float]], covered: npt.NDArray[np.number]) -> list[float]:
    """Boundaries between titles by their *extents*: in the emptiest stretches of *covered*, cells over each point."""
    return [
        _gutter(covered, (a[0] + a[1]) / 2, (b[0] + b[1]) / 2, (a[1] + b[0]) / 2) for a, b in pairwise(extents)
    ]


def _gutter(covered: npt.NDArray[np.number], left: float, right: float, between: float) -> float:
    """The middle of the emptiest stretch from *left* to *right*; of equals the one at *between*."""
    part = covered[int(left) : max(int(right), int(left) + 1) + 1]
    if not len(part):
        return between
    bare = [(a, b) for a, b in _runs(part < 1) if a <= between - int(left) <= b and b - a >= _BLANK]
    for a, b in bare:  # no dated line has a word here: what lies beyond its words parts nothing
        part = np.concatenate((np.ones(a), part[a:b], np.ones(len(part) - b)))
    stretches = _runs(part <= part.min())
    holding = [(a, b) for a, b in stretches if a <= between - int(left) <= b]
    at, empty = between - int(left), part.min() < 1
    # where figures end and words begin beside their titles: the nearest gap, rather one that is wider than a blank
    # between two words, or without one the longest dip
    wide = [(a, b) for a, b in stretches if b - a >= _BLANK] or stretches
    a, b = holding[0] if holding else (
        min(wide, key=lambda s: max(s[0] - at, at - s[1])) if empty else min(stretches, key=lambda s: s[0] - s[1])
    )
    inside = min(max(between, int(left) + a), int(left) + b)
    return float(inside if holding and empty and b - a > _WIDE else int(left) + (a + b) / 2)


def _runs(marked: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where stretches of *marked* points begin and stop."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], marked.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
