"""Pages of words become rows of cells: lines, headers, columns by gutters, wrapped lines put back to their rows."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from recon.evidence.page import Page
from recon.reading.dates import see
from recon.reading.pages.beside import apart
from recon.reading.pages.completeness import printed_page
from recon.reading.pages.frames import Frame, frames_of
from recon.reading.pages.lines import CELL_GAP, Line, cells_of, is_amount, is_number, is_parted, lines_of, with_decimals
from recon.reading.pages.rules import Drawn
from recon.reading.pages.wraps import BESIDE, LINE_GAP, owners
from recon.reading.tables.columns import Rows
from recon.reading.vocabulary import side_row

#: An amount of a currency without decimals.
_WHOLE = re.compile(r"[(+\-−–]?\s?\d{1,3}(?:[ .,]?\d{3})*\s?[)\-+]?")
#: A label.
_LABELLED = re.compile(r"[^\W\d_]\s*:")
#: Longest cell that may stand in for a date.
_DATE = 12
#: Points that a line is high at least, which in a damaged file has no height.
_FLAT = 0.1
#: One row in so many has a second day below its first where that is how a table is printed.
_MOST = 1.6
#: Where Chinese and Japanese scripts begin.
_CJK = 0x2E80
#: A time of day.
CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
#: By page, where rules across it stand, in points from the top.
Bands = Mapping[int, Sequence[float]]
MONEY = frozenset({"amount", "in", "out", "balance"})


def rows_of(pages: Sequence[Page], bands: Bands | None = None, drawn: Drawn | None = None) -> Rows:
    """All lines of *pages* as rows: those of tables cut into their columns, all others as text behind the columns.

    *bands*: by page, where rules across it part its rows; *drawn* tells its upright edges.
    """
    return rows_in(frames_of([line for page in pages for line in lines_of(page)], drawn), bands)


def rows_in(frames: Sequence[tuple[Frame | None, list[Line], list[Line]]], bands: Bands | None = None) -> Rows:
    """The same of lines that are sorted into *frames* already."""
    result = Rows([], [], [], exact=False)
    boxes: list[tuple[float, float, float, float]] = []
    columns, leads = 0, False
    for frame, taken, body in frames:
        if frame is None:
            _emit_text(result, boxes, body, columns)
            continue
        columns = len(frame.titles)
        if taken:
            _emit(result, boxes, frame.titles, taken)
        leads = _emit_table(result, boxes, frame, body, bands or {}, leads=leads)
    box = np.array(boxes, np.float32).reshape(-1, 4)
    return Rows(result.cells, result.page, result.line, box, exact=False)


def _cut(frame: Frame, line: Line) -> list[str]:
    """A line's words in the columns of *frame*: numbers by their middle, text by where it begins."""
    row = [""] * len(frame.titles)
    height = line.bottom - line.top
    column, end, number = -1, -1e9, False
    for left, right, text in line.words:
        was, number, day = number, is_number(text) or is_parted(text), see(text) is not None
        own = bisect_left(frame.bounds, (left + right) / 2 if number or day else left + 1)
        flows = column >= 0 and not number and not (was and day) and left - end < CELL_GAP * height
        crossed = column >= 0 and own != column and any(end - 1 <= b <= left + 1 for b in frame.bounds)
        if not flows or crossed:
            column = own
        close = left - end < 0.15 * height
        row[column] += text if close or not row[column] else f" {text}"
        end = right
    return row


def _emit_table(
    result: Rows, boxes: list[tuple[float, float, float, float]], frame: Frame, body: list[Line], bands: Bands,
    *, leads: bool,
) -> bool:
    """Lines below a header: rows that begin with a date or hold money, what wraps around them, and text.

    *leads*, as what is returned, says that rows of a table before this one or of this one end with their money.
    """
    dates, money = frame.among({"date"}), frame.among(MONEY)
    if len(frame.titles) - 1 in money:
        body, aside = apart(frame.extents[-1][1], body)
        _emit_text(result, boxes, aside, len(frame.titles))
    rows = [_cut(frame, line) for line in body]
    whole = not any(map(with_decimals, body))
    anchors = [k for k, row in enumerate(rows) if is_row(row, dates, money, whole=whole)]
    ruled = _banded(body, rows, dates, bands)
    anchors = [k for k in anchors if k not in ruled]
    parts = _parts(body, rows, anchors, dates, money)
    owner = _owners(frame, body, rows, [k for k in anchors if k not in parts], parts)
    leading = _leading(body, rows, [k for k in anchors if k not in parts], owner.keys() - parts, frame, leads=leads)
    owner |= leading | ruled
    anchors = [k for k in anchors if k not in owner]
    members: dict[int, list[int]] = {k: [k] for k in anchors}
    for k, anchor in owner.items():
        members[anchor].append(k)
    for k, line in enumerate(body):
        if k in members:
            _emit(
                result,
                boxes,
                _merged([rows[m] for m in sorted(members[k])], dates),
                [body[m] for m in sorted(members[k])],
                line,
            )
        elif k not in owner:
            _emit_text(result, boxes, [line], len(frame.titles))
    return leads or bool(leading)


def _parts(
    body: list[Line], rows: list[list[str]], anchors: list[int], dates: list[int], money: list[int]
) -> set[int]:
    """Lines that begin or end a row though they are dated: a second day of the row next to them, and no money.

    A line that reaches into the one with the money, as where cells stand in the middle of a row, need not be a second.
    A day in the same column as the row's own is such a second day where most rows have it below them.
    """
    found, second = set(), set()
    moving = [k for k in anchors if any(rows[k][i] for i in money)]
    for a, b in pairwise(anchors):
        apart = (body[b].middle - body[a].middle) / max(body[b].bottom - body[b].top, _FLAT)
        near = body[a].page == body[b].page and apart < LINE_GAP
        bare = [k for k in (a, b) if not any(rows[k][i] for i in money)]
        days = [{i for i in dates if see(rows[k][i])} for k in (a, b)]
        if near and len(bare) == 1 and (all(days) or apart < BESIDE) and not days[0] & days[1]:
            found.add(bare[0])
        if near and bare == [b] and days[0] & days[1]:
            second.add(b)
    return found | (second if _MOST * len(second) >= len(moving) else set())


def _banded(body: list[Line], rows: list[list[str]], dates: list[int], bands: Bands) -> dict[int, int]:
    """The dated line that each other line goes on with where rules part rows and one such line stands in a row."""
    held: dict[tuple[int, int], list[int]] = {}
    for k, line in enumerate(body):
        edges = bands.get(line.page, ())
        at = bisect_left(edges, line.middle)
        if 0 < at < len(edges):
            held.setdefault((line.page, at), []).append(k)
    found: dict[int, int] = {}
    for lines in held.values():
        dated = [k for k in lines if any(see(rows[k][i]) for i in dates)]
        if len(dated) == 1:
            found |= {k: dated[0] for k in lines if k != dated[0]}
    return found


def is_row(row: list[str], dates: list[int], money: list[int], *, whole: bool = False) -> bool:
    """Whether a line begins a row: it is dated, or holds money beside no date or a word for a total.

    *whole* says that no amount of the table has decimals, so that digits alone are one.
    """
    said = " ".join(row[i] for i in dates).strip()
    filled = [row[i].strip() for i in money if row[i].strip()]
    first = next((cell for cell in row if cell), "")
    if not filled and (_LABELLED.search(said) or _LABELLED.search(first)):
        return False  # a period above a further page's table
    if not any(map(is_amount, filled)) and printed_page(" ".join(filter(None, row))):
        return False
    if any(see(row[i]) for i in dates) or (not dates and any(map(see, row)) and any(map(is_number, row))):
        return True
    count = sum(is_amount(cell) or (whole and bool(_WHOLE.fullmatch(cell))) for cell in filled)
    return count > 0 and (not said or bool(side_row(said)) or (count > 1 and ":" not in said and len(said) < _DATE))


def _merged(rows: list[list[str]], dates: list[int]) -> list[str]:
    row = [spliced([cell for cell in cells if cell]) for cells in zip(*rows, strict=True)]
    for i in dates:
        if len(rows) > 1 and not see(row[i]):  # the booking day above the day of value
            row[i] = next((cells[i] for cells in rows if see(cells[i])), row[i])
    return row


def spliced(parts: list[str]) -> str:
    """Wrapped text in one piece: Chinese without a space at the seam, other scripts with one."""
    text = parts[0] if parts else ""
    for part in parts[1:]:
        text += f" {part}" if ord(text[-1]) < _CJK or ord(part[0]) < _CJK else part
    return text


def _owners(
    frame: Frame, body: list[Line], rows: list[list[str]], anchors: list[int], parts: set[int]
) -> dict[int, int]:
    """The anchor that each wrapped line belongs to: by overlap, else by the widest gap between two anchors.

    *parts* are dated lines that begin or end a row.
    """
    dates = set(frame.among({"date"}))
    texts = set(range(len(frame.titles))) - dates - set(frame.among(MONEY))
    anchor = np.zeros(len(body), bool)
    anchor[anchors] = True
    wraps = (k in parts or (not anchor[k] and _wraps(row, texts, dates)) for k, row in enumerate(rows))
    loose = np.fromiter(wraps, bool, len(rows))
    page = np.array([line.page for line in body], np.intp)
    middle, height = np.array([(line.middle, line.bottom - line.top) for line in body]).reshape(-1, 2).T
    found = owners(page, np.zeros(len(body), np.intp), middle, height, anchor, loose)
    return {k: owner for k, owner in enumerate(found.tolist()) if owner >= 0}


def _leading(
    body: list[Line], rows: list[list[str]], anchors: list[int], loose: set[int], frame: Frame, *, leads: bool
) -> dict[int, int]:
    """The row that follows each of the *loose* lines, where a row's first line tells the day and its last the money."""
    dates, money = frame.among({"date"}), frame.among(MONEY)
    moving = [any(rows[k][i] for i in money) for k in anchors]
    dated = [any(see(rows[k][i]) for i in dates) for k in anchors]
    begun = any(not moving[k] and moving[k + 1] and not dated[k + 1] for k in range(len(anchors) - 1))
    at = np.searchsorted(anchors, sorted(loose))
    ended = any(0 < k < len(anchors) and moving[k - 1] and dated[k] and dated[k - 1] for k in at.tolist())
    if ended or not (begun or leads):
        return {}
    after: dict[int, int] = {}
    kind = dict(zip(anchors, moving, strict=True))
    for k in range(len(body) - 2, -1, -1):
        a, b = body[k], body[k + 1]
        near = a.page == b.page and b.middle - a.middle < LINE_GAP * (b.bottom - b.top)
        following = k + 1 if kind.get(k + 1) else after.get(k + 1)
        if k in loose and near and following is not None:
            after[k] = following
    return after


def _wraps(row: list[str], texts: set[int], dates: set[int]) -> bool:
    """Whether a line may go on with a row: it holds text, and of a date no more than the time of day below it."""
    filled = [i for i, cell in enumerate(row) if cell and not (i in dates and CLOCK.fullmatch(cell))]
    if not filled:
        return any(row)
    first = next(cell for cell in row if cell)
    if len(filled) == 1 and ":" in first and see(first.partition(":")[2]) and not see(first):
        return False  # ``Buchungsdatum: 01.03.2024`` heads the rows of a day
    return all(i in texts for i in filled) and not side_row(first)


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
