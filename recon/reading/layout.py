"""Pages of words become rows of cells: lines, headers, columns by gutters, wrapped lines put back to their rows."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from recon.evidence.page import Page
from recon.reading.columns import Rows, header
from recon.reading.dates import see
from recon.reading.vocabulary import Meaning, side_row

#: Gaps between words, in heights of a line: wider ones part cells.
_CELL_GAP = 0.45
#: Points by which a title may miss the column it stands over, and which part two wide gutters.
_NEAR, _WIDE = 2, 30
#: Longest cell that may stand in for a date.
_DATE = 12
#: Where Chinese and Japanese scripts begin.
_CJK = 0x2E80
#: Dated lines that make a table where no header names one.
_TABLE = 3
#: Lines further apart than this many heights do not go on with each other.
_LINE_GAP = 1.9
_NUMBER = re.compile(
    r"[(+\-−–]?\s?[A-Z]{0,3}[¥￥$€£]?\s?[+\-−–]?\d[\d,.'’]*[.,]\d{1,3}\s?[)\-+]?(?:\s?(?:CR|DR|Cr|Dr|[A-Z]{3}|元))?(?:\([A-Z]{2,3}\))?\Z"
)
_WHOLE = re.compile(r"[(+\-−–]?[¥￥$€£]?\d{1,3}(?:,\d{3})+\)?\Z")
_MONEY = frozenset({"amount", "in", "out", "balance"})


@dataclass(slots=True)
class Line:
    """Words on one level of a page, from left to right, as (left, right, text); top, bottom in points."""

    page: int
    number: int
    top: float
    bottom: float
    words: list[tuple[float, float, str]]

    @property
    def middle(self) -> float:
        """Half way between top and bottom."""
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Frame:
    """A table's header: its titles with their extents, what they mean, and the lines they take on each page."""

    titles: list[str]
    extents: list[tuple[float, float]]
    meanings: dict[int, tuple[Meaning, ...]]
    bounds: list[float] = field(default_factory=list)

    def among(self, names: frozenset[str] | set[str]) -> list[int]:
        """Columns that may mean one of *names*."""
        return [i for i, what in self.meanings.items() if any(m.name in names for m in what)]


def rows_of(pages: Sequence[Page]) -> Rows:
    """All lines of *pages* as rows: those of tables cut into their columns, all others as text behind the columns."""
    lines = [line for page in pages for line in _lines(page)]
    frames = _frames(lines)
    result = Rows([], [], [], exact=False)
    boxes: list[tuple[float, float, float, float]] = []
    for frame, taken, body in frames:
        if frame is None:
            _emit_text(result, boxes, body, 0)
            continue
        if taken:
            _emit(result, boxes, frame.titles, taken)
        _emit_table(result, boxes, frame, body)
    box = np.array(boxes, np.float32).reshape(-1, 4)
    return Rows(result.cells, result.page, result.line, box, exact=False)


def _lines(page: Page) -> list[Line]:
    """Words of a page on common levels."""
    if not page.words:
        return []
    box = page.box
    height = float(np.median(box[:, 3] - box[:, 1])) or 10.0
    middle = (box[:, 1] + box[:, 3]) / 2
    order = np.argsort(middle, kind="stable")
    levels = np.concatenate(([0], np.cumsum(np.diff(middle[order]) > 0.38 * height)))
    texts = [w if w.isascii() else unicodedata.normalize("NFKC", w) for w in page.words]
    edges, line_of = box.tolist(), levels.tolist()
    members: list[list[int]] = [[] for _ in range(line_of[-1] + 1)]
    for place, i in zip(line_of, order.tolist(), strict=True):
        members[place].append(i)
    found: list[Line] = []
    for number, at in enumerate(members, 1):
        across = sorted(at, key=lambda i: edges[i][0])
        words = [(edges[i][0], edges[i][2], texts[i]) for i in across]
        found.append(Line(page.number, number, min(edges[i][1] for i in at), max(edges[i][3] for i in at), words))
    return found


def cells_of(line: Line) -> list[tuple[float, float, str]]:
    """A line's words joined where they stand close, as (left, right, text)."""
    gap = _CELL_GAP * (line.bottom - line.top)
    found: list[tuple[float, float, str]] = []
    for left, right, text in line.words:
        if found and left - found[-1][1] < gap:
            start, end, before = found[-1]
            close = left - end < 0.15 * (line.bottom - line.top)
            found[-1] = (start, max(end, right), before + ("" if close else " ") + text)
        else:
            found.append((left, right, text))
    return found


def _frames(lines: list[Line]) -> list[tuple[Frame | None, list[Line], list[Line]]]:
    """Text and tables in order: frame (None for text), the header's lines, and the lines that follow."""
    result: list[tuple[Frame | None, list[Line], list[Line]]] = [(None, [], [])]
    known: dict[tuple[str, ...], Frame] = {}
    at = 0
    while at < len(lines):
        frame, taken = _header_at(lines, at)
        if frame is None:
            result[-1][2].append(lines[at])
            at += 1
            continue
        above = lines[at - taken[0] : at]
        for line in above:
            if result[-1][2] and result[-1][2][-1] is line:
                result[-1][2].pop()
        key = tuple(frame.titles)
        frame = known.setdefault(key, frame)
        result.append((frame, lines[at - taken[0] : at + taken[1]], []))
        at += taken[1]
    if not known:
        return _unnamed(lines)
    for frame in known.values():
        _bound(frame, [line for f, _, body in result if f is frame for line in body])
    return result


def _unnamed(lines: list[Line]) -> list[tuple[Frame | None, list[Line], list[Line]]]:
    """Pages without a header: columns are what the gutters between dated lines leave."""
    anchors = [k for k, line in enumerate(lines) if _dated(line) and any(_is_number(t) for _, _, t in line.words)]
    if len(anchors) < _TABLE:
        return [(None, [], lines)]
    covered = _covered([lines[k] for k in anchors], 0)
    solid = np.concatenate(([False], covered > 0, [False]))
    edges = np.flatnonzero(solid[1:] != solid[:-1])
    extents = [(float(a), float(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    frame = Frame([""] * len(extents), extents, {})
    frame.bounds = [(a[1] + b[0]) / 2 for a, b in pairwise(extents)]
    return [(None, [], lines[: anchors[0]]), (frame, [], lines[anchors[0] :])]


def _covered(anchors: list[Line], right: float) -> npt.NDArray[np.float64]:
    """How many cells of *anchors* stand over each point of the page's width."""
    spans = [(a, b) for line in anchors for a, b, _ in cells_of(line)]
    width = int(max([b for _, b in spans] + [right])) + 3
    change = np.zeros(width + 1)
    for a, b in spans:
        change[max(0, int(a))] += 1
        change[min(width, int(b) + 1)] -= 1
    return np.cumsum(change)


def _header_at(lines: list[Line], at: int) -> tuple[Frame | None, tuple[int, int]]:
    """The header whose main line is *at*, and how many lines it takes above and from there on."""
    cells = cells_of(lines[at])
    named = header([text for _, _, text in cells])
    if not named:
        cells = [(a, b, t) for a, b, t in lines[at].words]
        named = header([text for _, _, text in cells])
    if not named:
        return None, (0, 0)
    titles = [text for _, _, text in cells]
    extents = [(a, b) for a, b, _ in cells]
    below = _more_titles(lines, at, titles, extents)
    meanings = header(titles) or named
    return Frame(titles, extents, {**named, **{i: m for i, m in meanings.items() if i not in named}}), (0, below)


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
            or any(see(w) or _is_number(w) for w in words)
            or any(ch.isdigit() and len(w) > 1 for w in words for ch in w if not w.startswith("4digits"))
        ):
            break
        hits = [_over(extents, a, b) for a, b, _ in line.words]
        if sum(h is not None for h in hits) * 3 < len(hits) * 2 or side_row(" ".join(words)):
            break
        if not any(ch.isascii() and ch.isalpha() for w in words for ch in w) and not header(words):
            break
        for hit, (a, b, text) in zip(hits, line.words, strict=True):
            if hit is not None:
                titles[hit] = f"{titles[hit]} {text}"
                extents[hit] = (min(extents[hit][0], a), max(extents[hit][1], b))
        taken += 1
    return taken


def _over(extents: Sequence[tuple[float, float]], left: float, right: float) -> int | None:
    """The title that an extent stands under, if any."""
    shared = [min(right, b) - max(left, a) for a, b in extents]
    best = int(np.argmax(shared))
    return best if shared[best] > -_NEAR else None


@lru_cache(maxsize=1 << 16)
def _is_number(text: str) -> bool:
    return bool(_NUMBER.match(text) or _WHOLE.match(text))


def _dated(line: Line) -> bool:
    """Whether one of the line's first words, or its first words together, are a date."""
    words = [text for _, _, text in line.words[:6]]
    return any(see(w) for w in words) or any(see(" ".join(words[k : k + n])) for k in (0, 1) for n in (2, 3))


def _bound(frame: Frame, body: list[Line]) -> None:
    """Boundaries between columns: where the fewest words of dated lines stand between the middles of two titles."""
    order = np.argsort([a + b for a, b in frame.extents])
    frame.titles = [frame.titles[i] for i in order]
    frame.extents = [frame.extents[i] for i in order]
    frame.meanings = {k: frame.meanings[i] for k, i in enumerate(order.tolist()) if i in frame.meanings}
    anchors = [line for line in body if _dated(line) and any(_is_number(t) for _, _, t in line.words)]
    covered = _covered(anchors, max(b for _, b in frame.extents))
    frame.bounds = [
        _gutter(covered, (a[0] + a[1]) / 2, (b[0] + b[1]) / 2, (a[1] + b[0]) / 2)
        for a, b in zip(frame.extents, frame.extents[1:], strict=False)
    ]


def _gutter(covered: npt.NDArray[np.float64], left: float, right: float, between: float) -> float:
    """The middle of the emptiest stretch from *left* to *right*; of equals the one at *between*."""
    part = covered[int(left) : max(int(right), int(left) + 1) + 1]
    if not len(part):
        return between
    low = np.concatenate(([False], part <= part.min(), [False]))
    edges = np.flatnonzero(low[1:] != low[:-1])
    stretches = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    holding = [(a, b) for a, b in stretches if a <= between - int(left) <= b]
    a, b = holding[0] if holding else max(stretches, key=lambda s: s[1] - s[0])
    inside = min(max(between, int(left) + a), int(left) + b)
    return float(inside if holding and part.min() == 0 and b - a > _WIDE else int(left) + (a + b) / 2)


def _cut(frame: Frame, line: Line) -> list[str]:
    """A line's words in the columns of *frame*: numbers by their middle, text by where it begins."""
    row = [""] * len(frame.titles)
    height = line.bottom - line.top
    column, end = -1, -1e9
    for left, right, text in line.words:
        own = bisect_left(frame.bounds, (left + right) / 2 if _is_number(text) or see(text) else left + 1)
        flows = left - end < _CELL_GAP * height and column >= 0 and not _is_number(text)
        crossed = column >= 0 and own != column and any(end - 1 <= b <= left + 1 for b in frame.bounds)
        if not flows or crossed:
            column = own
        close = left - end < 0.15 * height
        row[column] += text if close or not row[column] else f" {text}"
        end = right
    return row


def _emit_table(result: Rows, boxes: list[tuple[float, float, float, float]], frame: Frame, body: list[Line]) -> None:
    """Lines below a header: rows that begin with a date or hold money, what wraps around them, and text."""
    dates, money = frame.among({"date"}), frame.among(_MONEY)
    rows = [_cut(frame, line) for line in body]
    anchors = [k for k, row in enumerate(rows) if _is_row(row, dates, money)]
    owner = _owners(frame, body, rows, anchors)
    members: dict[int, list[int]] = {k: [k] for k in anchors}
    for k, anchor in owner.items():
        members[anchor].append(k)
    for k, line in enumerate(body):
        if k in members:
            _emit(
                result,
                boxes,
                _merged([rows[m] for m in sorted(members[k])]),
                [body[m] for m in sorted(members[k])],
                line,
            )
        elif k not in owner:
            _emit_text(result, boxes, [line], len(frame.titles))


def _is_row(row: list[str], dates: list[int], money: list[int]) -> bool:
    """Whether a line begins a row: it is dated, or holds money beside no date or a word for a total."""
    if any(see(row[i]) for i in dates) or (not dates and any(map(see, row)) and any(map(_is_number, row))):
        return True
    said = " ".join(row[i] for i in dates).strip()
    filled = [row[i].strip() for i in money if row[i].strip()]
    figures = sum(_is_number(cell) for cell in filled)
    return figures > 0 and (not said or bool(side_row(said)) or (figures > 1 and ":" not in said and len(said) < _DATE))


def _merged(rows: list[list[str]]) -> list[str]:
    return [_spliced([cell for cell in cells if cell]) for cells in zip(*rows, strict=True)]


def _spliced(parts: list[str]) -> str:
    """Wrapped text in one piece: Chinese without a space at the seam, other scripts with one."""
    text = ""
    for part in parts:
        seam = bool(text) and (ord(text[-1]) < _CJK or ord(part[0]) < _CJK)
        text += f" {part}" if seam else part
    return text


def _owners(frame: Frame, body: list[Line], rows: list[list[str]], anchors: list[int]) -> dict[int, int]:
    """The anchor that each wrapped line belongs to: by overlap, else by the widest gap between two anchors."""
    texts = set(range(len(frame.titles))) - set(frame.among({"date", *_MONEY}))
    if not frame.meanings:
        texts = {i for i in texts if not any(see(rows[a][i]) or _is_number(rows[a][i]) for a in anchors)}
    loose = [k for k in range(len(body)) if k not in set(anchors) and _wraps(rows[k], texts)]
    owner: dict[int, int] = {}
    for k in loose:
        before = max((a for a in anchors if a < k), default=None)
        after = min((a for a in anchors if a > k), default=None)
        near = [a for a in (before, after) if a is not None and _overlap(body[a], body[k])]
        if near:
            owner[k] = min(near, key=lambda a: abs(body[a].middle - body[k].middle))
    for start, stop in zip([-1, *anchors], [*anchors, len(body)], strict=True):
        _by_gaps(body, [k for k in range(start + 1, stop) if k in set(loose) - set(owner)], start, stop, owner)
    return owner


def _wraps(row: list[str], texts: set[int]) -> bool:
    filled = [i for i, cell in enumerate(row) if cell]
    return bool(filled) and all(i in texts for i in filled) and not side_row(next(cell for cell in row if cell))


def _overlap(a: Line, b: Line) -> bool:
    """Whether a cell of two lines, centred beside an anchor, reaches into the anchor's height."""
    return a.page == b.page and abs(a.middle - b.middle) < 0.72 * (a.bottom - a.top)


def _by_gaps(body: list[Line], between: list[int], start: int, stop: int, owner: dict[int, int]) -> None:
    """Give lines between two anchors to one of them: the widest gap parts them; even gaps, to the upper."""
    chain = [start, *between, stop]
    gaps = []
    for a, b in pairwise(chain):
        same = a >= 0 and b < len(body) and body[a].page == body[b].page
        gaps.append(body[b].middle - body[a].middle if same else 1e6)
    height = body[between[0]].bottom - body[between[0]].top if between else 0.0
    widest = int(np.argmax(gaps)) if gaps else 0
    usual = min(gaps, default=0.0)
    cut = widest if gaps and gaps[widest] > 1.15 * usual else len(between)
    for position, k in enumerate(between):
        anchor = start if position < cut else stop
        side = gaps[: position + 1] if position < cut else gaps[position + 1 :]
        if 0 <= anchor < len(body) and max(side) < _LINE_GAP * height:
            owner[k] = anchor


def _emit(
    result: Rows,
    boxes: list[tuple[float, float, float, float]],
    row: list[str],
    lines: list[Line],
    first: Line | None = None,
) -> None:
    result.cells.append(list(row))
    place = first or lines[0]
    result.page.append(place.page)
    result.line.append(place.number)
    words = [w for line in lines for w in line.words]
    boxes.append(
        (min(w[0] for w in words), min(x.top for x in lines), max(w[1] for w in words), max(x.bottom for x in lines))
    )


def _emit_text(result: Rows, boxes: list[tuple[float, float, float, float]], lines: list[Line], columns: int) -> None:
    """Lines outside of tables, their cells behind the columns so that none is taken for a table's."""
    for line in lines:
        _emit(result, boxes, [""] * columns + [text for _, _, text in cells_of(line)], [line])
