"""Days as a hand writes them become dates: month and day in two columns, 3.1, or a day alone under its month."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from recon.reading.tables.columns import HEADER_ROWS, Rows, column, header
from recon.reading.vocabulary import folded, meanings, side_row

_YEARS, _MONTHS, _DAYS = frozenset({"年", "year"}), frozenset({"月", "month"}), frozenset({"日", "day"})
_PRINTED_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_PRINTED_MONTH = re.compile(r"(?:20\d\d\s*年\s*)?(?<!\d)(?:1[0-2]|0?[1-9])\s*月")
#: 3.1, 3/1 and 3-1, as a Chinese column of dates has them; a day alone.
_MONTH_DAY = re.compile(r"(1[0-2]|0?[1-9])[./-]([12]\d|3[01]|0?[1-9])")
_ALONE = re.compile(r"([12]\d|3[01]|0?[1-9])[日号]?")
#: Characters of a date that is seen without help; rows that are looked at.
_SEEN, _SAMPLE = 4, 200
_NUMBER = re.compile(r"0?(\d{1,2})(?:\.0)?\s*[月日号]?")
#: Rows above a header in which the year may stand; columns that a header names besides.
_ABOVE, _BESIDE = 8, 2
_LAST_MONTH, _LAST_DAY = 12, 31
#: Months that a ledger goes back where a new year begins, at least.
_TURN = 6


@dataclass(slots=True)
class _Place:
    """Columns of a table's month and day, and of its year where it has one; the day that was written last."""

    month_at: int
    day_at: int
    year_at: int | None
    year: int = 0
    month: int = 0
    day: int = 0

    @property
    def columns(self) -> tuple[int, ...]:
        """All of them, the month's first."""
        return (self.month_at, self.day_at, *(() if self.year_at is None else (self.year_at,)))


def one_date(rows: Rows) -> Rows:
    """*rows* with whole dates in one column; as they are where no header names month and day apart or a short day."""
    if any(_place(row) for row in rows.cells[:HEADER_ROWS]):
        return _joined(rows)
    return _spelled(rows)


def _spelled(rows: Rows) -> Rows:
    """*rows* whose column of dates holds nothing but short days, with these written out."""
    head = next((i for i, row in enumerate(rows.cells[:HEADER_ROWS]) if header(row)), None)
    if head is None:
        return rows
    at = next(i for i, what in header(rows.cells[head]).items() if any(m.name == "date" for m in what))
    days = [cell for cell in column(rows.cells[head + 1 : head + _SAMPLE], at) if any(map(str.isdigit, cell))]
    if rows.cells[head][at].isascii() or not days or len(days[0]) > _SEEN:
        return rows
    below = [cell.strip() for cell in column(rows.cells[head + 1 :], at)]
    if all(map(_MONTH_DAY.fullmatch, days)) and any(len(day) < _SEEN for day in days):
        written = _month_days(below)
    elif all(map(_ALONE.fullmatch, days)) and (month := _month_above(rows.cells, head)):
        written = [f"{month}{found[1]}日" if (found := _ALONE.fullmatch(cell)) else cell for cell in below]
    else:
        return rows
    cells = [list(row) for row in rows.cells]
    for row, day in zip(cells[head + 1 :], written, strict=True):
        if at < len(row):
            row[at] = day
    return replace(rows, cells=cells)


def _month_days(cells: Sequence[str]) -> list[str]:
    """3.1 as 3月1日; a spreadsheet drops the last nought of 3.10, which only the order of the days brings back."""
    written, last = [], (0, 0)
    for cell in cells:
        found = _MONTH_DAY.fullmatch(cell)
        if not found:
            written.append(cell)
            continue
        month, day = int(found[1]), int(found[2])
        if "." in cell and last[0] == month and day < last[1] <= 10 * day <= _LAST_DAY:
            day *= 10
        last = month, day
        written.append(f"{month}月{day}日")
    return written


def _month_above(cells: Sequence[Sequence[str]], head: int) -> str:
    """The month, with its year where that is printed too, named nearest above a header; empty where none is."""
    near = (" ".join(cells[i]) for i in range(head - 1, max(-1, head - _ABOVE), -1))
    return next((found[0].replace(" ", "") for text in near if (found := _PRINTED_MONTH.search(text))), "")


def _joined(rows: Rows) -> Rows:
    """*rows* with month and day made one column."""
    cells = [list(row) for row in rows.cells]
    place: _Place | None = None
    for i, row in enumerate(cells):
        found = _place(row)
        if found is not None:
            found.year = _year_above(cells, i) or (place.year if place else 0)
            place = found
            _title(cells, i, place)
        elif place is not None:
            _dated(row, place)
    return replace(rows, cells=cells)


def _place(row: Sequence[str]) -> _Place | None:
    """Where *row* names month and day side by side, and no date."""
    words = [folded(cell) if cell.strip() else "" for cell in row]
    month = next((i for i, word in enumerate(words[:-1]) if word in _MONTHS and words[i + 1] in _DAYS), None)
    if month is None or any(m.name == "date" for i, word in enumerate(words) if i not in (month, month + 1) and word
                            for m in meanings(row[i])):
        return None
    return _Place(month, month + 1, month - 1 if month and words[month - 1] in _YEARS else None)


def _year_above(cells: Sequence[Sequence[str]], head: int) -> int:
    """The year printed nearest above a header, its own row first; 0 where none is."""
    near = (" ".join(cells[i]) for i in range(head, max(-1, head - _ABOVE), -1))
    return next((int(found[1]) for text in near if (found := _PRINTED_YEAR.search(text))), 0)


def _title(cells: list[list[str]], head: int, place: _Place) -> None:
    """Name the new column, in the row above where the header's second line holds no more than month and day."""
    row = cells[head]
    for at in place.columns:
        row[at] = ""
    beside = sum(bool(meanings(cell)) for cell in row if cell.strip())
    upper = cells[head - 1] if head and beside < _BESIDE else row
    upper += [""] * (place.day_at + 1 - len(upper))
    upper[place.month_at], upper[place.day_at] = "日期", ""


def _dated(row: list[str], place: _Place) -> None:
    """Write the day of *row* into its first column: its own, or that of the line above it, which a hand leaves out."""
    row += [""] * (place.day_at + 1 - len(row))
    year, month, day = (row[at].strip() if at is not None else "" for at in (place.year_at, *place.columns[:2]))
    new_month, new_day = _number(month, _LAST_MONTH), _number(day, _LAST_DAY)
    if (month and not new_month) or (day and not new_day):
        return
    said = next((cell for i, cell in enumerate(row) if i not in place.columns and any(map(str.isalpha, cell))), "")
    figures = any(ch.isdigit() for i, cell in enumerate(row) if i not in place.columns for ch in cell)
    if new_month:
        turned = place.year and not year and place.month - new_month >= _TURN
        place.year += bool(turned)
        place.month, place.day = new_month, new_day
    if found := _PRINTED_YEAR.search(year):
        place.year = int(found[1])
    place.day = new_day or place.day
    whole = bool(place.month and place.day and figures and (new_day or not side_row(said)))
    for at in place.columns:
        row[at] = ""
    if whole:
        row[place.month_at] = f"{place.year or ''}{'年' if place.year else ''}{place.month}月{place.day}日"


def _number(cell: str, most: int) -> int:
    """The number in *cell*, from 1 to *most*, else 0."""
    found = _NUMBER.fullmatch(cell)
    return int(found[1]) if found and 1 <= int(found[1]) <= most else 0
