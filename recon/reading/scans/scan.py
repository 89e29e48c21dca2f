"""A photographed statement: through the reader of tables, its misread figures looked at again and put right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from recon.core.finding import Finding
from recon.core.settings import shipped
from recon.core.source import Source
from recon.evidence import picture
from recon.evidence.page import Page
from recon.reading.dates import see
from recon.reading.pages.doubt import complete
from recon.reading.pages.layout import rows_of
from recon.reading.pages.lines import Line, lines_of
from recon.reading.pages.paged import reading_of
from recon.reading.result import Account, Reading
from recon.reading.scans.mend import Cell, Sheet, mended, sheet_of, with_looks
from recon.reading.scans.order import once, ordered
from recon.reading.scans.overlay import Laid, laid_over
from recon.reading.scans.repair import Repaired, repaired
from recon.reading.scans.tidy import tidied
from recon.reading.tables.columns import Rows
from recon.reading.tables.table import Tables, read_tables

#: Lines of a file whose figures are looked at again; where more are in doubt the picture is too poor to say.
_LOOKS = 24
_ORDER = ("proven", "unprovable", "doubtful", "inconsistent")
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Scan:
    """A file of pictures, as read and as drawn to one scale."""

    path: Path
    name: str
    password: str | None
    laid: Sequence[Laid]
    rows: Rows
    lines: Mapping[int, Sequence[Line]]

    def looks(self, places: Sequence[tuple[int, Box]]) -> list[tuple[str, str]]:
        """What stands at *places* (page, box as drawn), by either engine in a larger picture."""
        laid = {each.page.number: each for each in self.laid}
        back = [(page, laid[page].back(box)) for page, box in places]
        shapes = {number: each.page.shape for number, each in laid.items()}
        return picture.again(self.path, self.name, back, shapes, self.password)


def statement(pages: Sequence[Page], path: Path, name: str, password: str | None = None) -> Reading | None:
    """The statement that *pages* of one file show, or None where they show none.

    It is proven where every figure was seen as it stands and all of them close. Where some had to be put right by
    arithmetic it is doubtful, and only the lines that stand without those count as proven.

    Args:
        pages: of words, by OCR.
        path: the picture file or PDF, for another look.
        name: its name in messages and sources.
        password: opens a locked PDF.

    Raises:
        ReconError: the file lists balances by day, or cannot be opened again.
    """
    if not any(page.words for page in pages):
        return None
    kept, twice = once([tidied(page) for page in pages])
    laid = laid_over(ordered(kept))
    drawn = [each.page for each in laid]
    rows = rows_of(drawn)
    scan = _Scan(path, name, password, laid, rows, {page.number: lines_of(page) for page in drawn})
    found = read_tables(rows, name)
    if found is None or not any(len(account.lines) for account in found.accounts):
        return None
    if found.verdict.reason == "date_out_of_order":
        scan, found = _dated(scan, found)
    reading = _judged(scan, found)
    if twice:
        told = Finding("pages_twice", "look", Source(name, twice[0]), {"pages": ", ".join(map(str, twice))})
        reading = replace(reading, findings=(*reading.findings, told))
    many = len(pages) > 1 and all(page.confidence is not None for page in pages)  # one picture may be one of many files
    return complete(reading, (" ".join(page.words) for page in drawn)) if many else reading


def stands(reading: Reading) -> bool:
    """Whether a statement is surely one: it is proven, or lines of it are verified by their balances."""
    verified = sum(account.lines.state.count("verified") for account in reading.accounts)
    return reading.outcome == "proven" or verified >= shipped().whole("proof_links")


def _judged(scan: _Scan, found: Tables) -> Reading:
    """The reading of *found*, its figures put right where arithmetic says how."""
    sheet = sheet_of(scan.rows, scan.name)
    if sheet is None:
        state = "verified" if found.verdict.outcome == "proven" else "suspect"
        return _told(scan, found, dict.fromkeys(zip(scan.rows.page, scan.rows.line, strict=True), state), {})
    sheet, best = _looked(scan, sheet)
    rows, told = mended(sheet, best)
    after = read_tables(rows, scan.name) if told else None
    if after is not None and _better(after, found):
        found = after
    else:
        told = {}
    places = [(scan.rows.page[i], scan.rows.line[i]) for i in sheet.lines]
    closed = found.verdict.outcome == "proven"
    states = dict(zip(places, _states(sheet, best, closed=closed, applied=bool(told)), strict=True))
    reading = _told(scan, found, states, {places[k]: tuple(changes) for k, changes in told.items()})
    if reading.reason == "picture_statement_unproven" and _printed_so(sheet, best):
        return replace(reading, outcome="inconsistent", reason=found.verdict.reason, params=found.verdict.params)
    return reading


def _looked(scan: _Scan, sheet: Sheet) -> tuple[Sheet, Repaired]:
    """The sheet with another look at the lines that do not stand as read, and its likeliest figures."""
    best = repaired(sheet.figures)
    doubtful = [k for k, state in enumerate(best.state) if state != "verified"]
    if not doubtful or len(doubtful) > _LOOKS:
        return sheet, best
    names = ("amount", "balance")
    cells = {(k, name): cell for k in doubtful for name, cell in zip(names, sheet.cells[k], strict=True)}
    boxes = {key: box for key, cell in cells.items() if (box := _place(scan, sheet, cell)) is not None}
    seen = scan.looks(list(boxes.values()))
    sheet = with_looks(sheet, dict(zip(boxes, seen, strict=True)))
    return sheet, repaired(sheet.figures)


def _states(sheet: Sheet, best: Repaired, *, closed: bool, applied: bool) -> list[str]:
    """How each line stands; one of which two engines read the same figures needs no neighbour to confirm it.

    Where repairs were not *applied*, or left the table open all the same, a line that wants one is suspect.
    """
    figures = sheet.figures
    states: list[str] = []
    for k, state in enumerate(best.state):
        twice = k in figures.sure_amounts and k in figures.sure_balances and best.closes[k]
        states.append("verified" if state == "suspect" and twice and closed else state)
    return states if closed and applied else ["suspect" if state == "repaired" else state for state in states]


def _printed_so(sheet: Sheet, best: Repaired) -> bool:
    """Whether a line that does not lead from balance to balance was read alike by two engines: it is printed so."""
    figures = sheet.figures
    broken = np.flatnonzero(~best.closes).tolist()
    return any(k in figures.sure_amounts and k in figures.sure_balances for k in broken)


def _better(after: Tables, before: Tables) -> bool:
    """Whether a repaired table proves itself no worse, and has lost no line."""
    lines = [sum(len(account.lines) for account in found.accounts) for found in (after, before)]
    return _ORDER.index(after.verdict.outcome) <= _ORDER.index(before.verdict.outcome) and lines[0] >= lines[1]


Place = tuple[int, int]


def _told(
    scan: _Scan, found: Tables, states: Mapping[Place, str], repairs: Mapping[Place, tuple[tuple[str, str, str], ...]]
) -> Reading:
    """The reading with how each line stands, and the outcome that this leaves."""
    accounts = tuple(_marked(scan, account, states, repairs) for account in found.accounts)
    reading = replace(reading_of(found, scan.name), accounts=accounts)
    count = {name: sum(account.lines.state.count(name) for account in accounts) for name in ("repaired", "suspect")}
    findings = tuple(
        Finding(f"scan_{name}", "look", _first(scan.name, accounts, name), {"rows": rows})
        for name, rows in count.items() if rows
    )
    reading = replace(reading, findings=(*reading.findings, *findings))
    if reading.outcome == "proven" and count["repaired"]:
        rows = {"rows": count["repaired"]}
        return replace(reading, outcome="doubtful", reason="picture_statement_repaired", params=rows)
    if reading.outcome in {"unprovable", "inconsistent"}:
        return replace(reading, outcome="doubtful", reason="picture_statement_unproven", params={})
    return reading


def _marked(
    scan: _Scan, account: Account, states: Mapping[Place, str],
    repairs: Mapping[Place, tuple[tuple[str, str, str], ...]],
) -> Account:
    """*account* with the state of each line, and its boxes back on the pages as read."""
    lines = account.lines
    places = list(zip(lines.page.tolist(), lines.line.tolist(), strict=True))
    state = tuple(states.get(place, "suspect") for place in places)
    loose = {k for k, how in enumerate(state) if how != "verified"}
    laid = {each.page.number: each for each in scan.laid}
    box = None if lines.box is None else np.array(
        [laid[page].back(box) for (page, _), box in zip(places, lines.box, strict=True)], np.float32
    ).reshape(-1, 4)
    found = {k: repairs[place] for k, place in enumerate(places) if place in repairs}
    marked = replace(lines, box=box, unpinned=tuple(sorted({*lines.unpinned, *loose})), state=state, repairs=found)
    return replace(account, lines=marked)


def _first(name: str, accounts: Sequence[Account], state: str) -> Source:
    """The first line that stands so."""
    for account in accounts:
        if state in account.lines.state:
            k = account.lines.state.index(state)
            return Source(name, int(account.lines.page[k]), int(account.lines.line[k]))
    return Source(name)


def _place(scan: _Scan, sheet: Sheet, cell: Cell) -> tuple[int, Box] | None:
    """Page and box, as drawn, of a cell: of the words that it holds, or of its column on its line."""
    i, column = cell
    if column < 0 or column >= len(scan.rows.cells[i]):
        return None
    page, line = scan.rows.page[i], scan.lines[scan.rows.page[i]][scan.rows.line[i] - 1]
    span = _span(line, scan.rows.cells[i][column])
    if span is None:
        spans = [found for k in sheet.lines if column < len(scan.rows.cells[k]) and (found := _span(
            scan.lines[scan.rows.page[k]][scan.rows.line[k] - 1], scan.rows.cells[k][column]))]
        if not spans:
            return None
        span = min(left for left, _ in spans), max(right for _, right in spans)
    return page, (span[0], line.top, span[1], line.bottom)


def _span(line: Line, text: str) -> tuple[float, float] | None:
    """From where to where *text* stands in *line*, None where its words do not."""
    wanted = "".join(text.split())
    for first in range(len(line.words)) if wanted else ():
        said = ""
        for _, right, word in line.words[first:]:
            said += "".join(word.split())
            if said == wanted:
                return line.words[first][0], right
            if not wanted.startswith(said):
                break
    return None


def _dated(scan: _Scan, found: Tables) -> tuple[_Scan, Tables]:
    """The file with another look at the dates that do not fit: where both looks agree they are printed so."""
    rows = {(page, line): i for i, (page, line) in enumerate(zip(scan.rows.page, scan.rows.line, strict=True))}
    odd = [rows[place] for account in found.accounts for place in _astray(account) if place in rows]
    cells = [(i, j) for i in odd for j, cell in enumerate(scan.rows.cells[i]) if see(cell)]
    if not odd or len(odd) > _LOOKS or {i for i, _ in cells} != set(odd):
        return scan, found
    places = [_line_place(scan, i, scan.rows.cells[i][j]) for i, j in cells]
    if any(place is None for place in places):
        return scan, found
    looks = scan.looks([place for place in places if place is not None])
    for (i, j), (first, second) in zip(cells, looks, strict=True):
        printed = see(scan.rows.cells[i][j])
        if printed not in {see(first.strip()), see(second.strip())}:
            return scan, found
    scan = replace(scan, rows=replace(scan.rows, dated=True))
    return scan, read_tables(scan.rows, scan.name) or found


def _line_place(scan: _Scan, i: int, text: str) -> tuple[int, Box] | None:
    line = scan.lines[scan.rows.page[i]][scan.rows.line[i] - 1]
    span = _span(line, text)
    return None if span is None else (scan.rows.page[i], (span[0], line.top, span[1], line.bottom))


def _astray(account: Account) -> list[Place]:
    """Places, in the order of the file, of lines that stand before or behind one of a later or an earlier day."""
    lines = account.lines
    order = np.lexsort((lines.line, lines.page))
    day = lines.date[order].astype("int64")
    rising = int((day[1:] >= day[:-1]).sum()) * 2 >= len(day) - 1
    odd = np.flatnonzero(day[1:] < day[:-1] if rising else day[1:] > day[:-1])
    both = order[np.union1d(odd, odd + 1)]
    return list(zip(lines.page[both].tolist(), lines.line[both].tolist(), strict=True))
