"""Separated text, workbooks old and new, and HTML tables become grids of cells as written."""

import csv
import datetime as dt
import io
import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any, Literal

from recon.core.errors import ReconError
from recon.core.source import Source
from recon.evidence.page import Grid
from recon.evidence.text import decode

_SEPARATORS = ",;\t|"
#: Rows looked at when choosing the separator.
_PROBE = 200
#: First version of BIFF whose text is Unicode.
_BIFF8 = 80
#: Cells that a sheet may declare; a real statement has far fewer, a bomb has more.
_CELLS = 60_000_000
csv.field_size_limit(1 << 24)


def separated(text: str) -> Grid:
    """Separated text as a grid; the separator is the one that gives the most even columns."""
    separator = _separator(text)
    if separator == " ":
        rows = [re.split(r"\s{2,}|\t", line.strip()) for line in text.splitlines()]
        return Grid(0, rows, list(range(1, len(rows) + 1)))
    return _parsed(text, separator, csv.QUOTE_MINIMAL) or _parsed(text, separator, csv.QUOTE_NONE) or Grid(0, [], [])


def _parsed(text: str, separator: str, quoting: Literal[0, 3]) -> Grid | None:
    """Rows by the standard reader, or None where a stray quotation mark swallowed lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting, skipinitialspace=True)
    try:
        rows = list(reader)
    except csv.Error:
        return None
    if reader.line_num == len(rows):
        return Grid(0, rows, list(range(1, len(rows) + 1)))
    if quoting != csv.QUOTE_NONE and any(cell.count("\n") > 5 for row in rows for cell in row):  # noqa: PLR2004 an address has as many lines
        return None
    lines, at = [], 1
    for row in rows:
        lines.append(at)
        at += 1 + sum(len(cell.splitlines()) - 1 for cell in row if "\n" in cell or "\r" in cell)
    return Grid(0, rows, lines)


def _separator(text: str) -> str:
    """The separator with the most even columns whose cells are clean of quotation marks and of other separators."""
    head = text[: 1 << 16].splitlines()[:_PROBE]
    scores = {separator: _evenness(head, separator) for separator in _SEPARATORS}
    best = max(scores, key=lambda separator: scores[separator])
    return best if scores[best] else " "


def _evenness(head: list[str], separator: str) -> float:
    try:
        rows = [row for row in csv.reader(head, delimiter=separator, skipinitialspace=True) if len(row) > 1]
    except csv.Error:
        return 0.0
    if not rows:
        return 0.0
    width, count = max(Counter(map(len, rows)).items(), key=lambda item: (item[0] - 1) * item[1])
    strange = [mark for mark in '";\t|' if mark != separator]
    cells = [cell.strip() for row in rows for cell in row]
    unclean = sum(any(mark in cell for mark in strange) or "," in {cell[:1], cell[-1:]} for cell in cells)
    return (width - 1) * count * (1 - unclean / len(cells)) * _quoting(head, separator)


def _quoting(head: list[str], separator: str) -> float:
    """Share of the quotation marks that stand at the edge of a cell, were this the separator; 1 without any."""
    text = "\n".join(head)
    marks, edge = text.count('"'), re.escape(separator)
    beside = len(re.findall(rf'^"|(?<={edge})"|"(?=\s*{edge}|\s*$)', text, re.MULTILINE))
    return min(1.0, beside / marks) if marks else 1.0


def workbook(data: bytes, name: str) -> list[Grid]:
    """An XLSX, XLSB or ODS workbook as a grid a sheet.

    Raises:
        ReconError: ``broken`` where no workbook can be read from the bytes, ``too_large`` past the cell limit.
    """
    import python_calamine as calamine  # noqa: PLC0415 loaded only when a workbook comes

    try:
        book = calamine.load_workbook(io.BytesIO(data))
    except calamine.PasswordError as slip:
        raise ReconError("locked_workbook", Source(name)) from slip
    except (calamine.CalamineError, OSError, ValueError) as slip:
        raise ReconError("broken", Source(name)) from slip
    try:
        return [_sheet(book.get_sheet_by_index(i), i + 1, sheet, name) for i, sheet in enumerate(book.sheet_names)]
    except (calamine.CalamineError, OSError, ValueError) as slip:
        raise ReconError("broken", Source(name)) from slip


def _sheet(sheet: Any, number: int, title: str, name: str) -> Grid:
    if sheet.height * sheet.width > _CELLS:
        raise ReconError("too_large", Source(name, number))
    first = (sheet.start or (0, 0))[0] + 1
    rows = [[c if isinstance(c, str) else _cell(c) for c in row] for row in sheet.to_python(skip_empty_area=True)]
    return Grid(number, rows, list(range(first, first + len(rows))), title)


def _cell(value: Any) -> str:
    """A cell as text: fifteen significant digits, as spreadsheets show, and ISO dates without an idle midnight."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).upper()
    if isinstance(value, float):
        return format(value, ".15g") if abs(value) < 1e15 else format(value, ".0f")  # noqa: PLR2004 beyond fifteen digits
    if isinstance(value, dt.datetime):
        return value.isoformat(" ") if value.time() != dt.time() else value.date().isoformat()
    return str(value)


def old_workbook(data: bytes, name: str) -> list[Grid]:
    """An XLS workbook (BIFF) as a grid a sheet; Chinese code pages that it does not name are tried.

    Raises:
        ReconError: ``locked_workbook``, or as :func:`workbook`.
    """
    import xlrd  # noqa: PLC0415 loaded only when an old workbook comes

    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReconError("locked_workbook", Source(name))
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO())
        if book.biff_version < _BIFF8 and _garbled(book):  # noqa: holds Unicode
            book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), encoding_override="gbk")
        return [_old_sheet(sheet, i + 1, book.datemode) for i, sheet in enumerate(book.sheets())]
    except xlrd.XLRDError as slip:
        if "encrypt" in str(slip).lower():
            raise ReconError("locked_workbook", Source(name)) from slip
        return workbook(data, name)
    except Exception:  # noqa: BLE001  damaged BIFF streams raise any error inside xlrd; the second reader decides
        return workbook(data, name)


def _garbled(book: Any) -> bool:
    """Whether text read as Western is Chinese: its bytes are plausible GB18030."""
    cells = [str(v) for sheet in book.sheets() for r in range(min(sheet.nrows, 30)) for v in sheet.row_values(r)]
    try:
        raw = "\n".join(cells).encode("cp1252")
    except UnicodeEncodeError:
        return False
    return any(byte >= 0x80 for byte in raw) and decode(raw).encoding == "gb18030"  # noqa: PLR2004 beyond ASCII


def _old_sheet(sheet: Any, number: int, datemode: int) -> Grid:
    import xlrd  # noqa: PLC0415 loaded only when an old workbook comes

    def text(cell: Any) -> str:
        if cell.ctype == xlrd.XL_CELL_DATE:
            try:
                return _cell(xlrd.xldate_as_datetime(cell.value, datemode))
            except (ValueError, OverflowError):
                return _cell(cell.value)
        if cell.ctype in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR}:
            return ""
        return str(cell.value) if cell.ctype == xlrd.XL_CELL_TEXT else _cell(cell.value)

    rows = [[text(cell) for cell in sheet.row(r)] for r in range(sheet.nrows)]
    return Grid(number, rows, list(range(1, len(rows) + 1)), sheet.name)


def html(text: str) -> Grid:
    """All tables and headings of an HTML page (or a 2003 XML spreadsheet) as one grid, in the order of the page."""
    reader = _Tables()
    reader.feed(text)
    reader.close()
    reader.end_row()
    return Grid(0, reader.rows, reader.lines)


class _Tables(HTMLParser):
    """Collects the cells of innermost rows; text outside tables becomes rows of one cell."""

    _ROW = frozenset({"tr", "row"})
    _CELL = frozenset({"td", "th", "cell"})
    _BREAK = frozenset({"p", "div", "br", "li", "h1", "h2", "h3", "h4", "table"})
    _SILENT = frozenset({"script", "style", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.lines: list[int] = []
        self._open: list[list[str]] = []
        self._loose: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SILENT:
            self._silent += 1
        elif tag in self._ROW:
            self._flush()
            self._open.append([])
        elif tag in self._CELL and self._open:
            span = next((v for k, v in attrs if k in {"colspan", "ss:mergeacross"} and v), "1")
            self._open[-1].append("")
            self._pending = min(int(span), 100) - 1 if span.isdigit() else 0
        elif tag in self._BREAK:
            self._space()

    _pending = 0

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in self._CELL and self._open:
            self._open[-1].extend([""] * self._pending)
            self._pending = 0
        elif tag in self._ROW:
            self.end_row()
        elif tag in self._BREAK:
            self._space()

    def handle_data(self, data: str) -> None:
        if self._silent or not data:
            return
        if self._open and self._open[-1]:
            self._open[-1][-1] += data
        elif not self._open:
            self._loose.append(data)

    def end_row(self) -> None:
        """Close the innermost row, or the loose text where no row is open."""
        if self._open:
            self._emit(self._open.pop())
        self._flush()

    def _space(self) -> None:
        if self._open and self._open[-1]:
            self._open[-1][-1] += " "
        elif not self._open:
            self._flush()

    def _flush(self) -> None:
        """What an outer cell or the page says before an inner row begins is a row of its own."""
        if self._loose:
            self._emit(["".join(self._loose)])
            self._loose = []
        for outer in self._open:
            if outer and outer[-1].strip():
                self._emit([cell for cell in outer if cell.strip()])
                outer[:] = [""]

    def _emit(self, cells: list[str]) -> None:
        row = [re.sub(r"\s+", " ", cell).strip() for cell in cells]
        if any(row):
            self.rows.append(row)
            self.lines.append(self.getpos()[0])
