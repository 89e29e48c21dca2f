"""Printed dates become days, a column at a time; a year that is not printed comes from the statement's period."""

import datetime as dt
import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from recon.reading.vocabulary import folded, months

_FIRST, _LAST = 1950, 2100
#: The year before the first of the republic, from which Taiwan counts.
_REPUBLIC = 1911
_TIME = r"(?:[ T]*(?P<time>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)(?:[.,]\d+)?\s*(?P<half>[AaPp][Mm])?(?:Z|[+-]\d\d:?\d\d)?)?"
_SEP = r"\s*[-/.年·]\s*"
_YEAR_FIRST = re.compile(
    rf"(?P<y>\d{{4}}|1[0-3]\d){_SEP}(?P<m>\d{{1,2}})\s*[-/.月·]\s*(?P<d>\d{{1,2}})\s*[日.]?(?:\s*\(?[星周].{{1,3}})?{_TIME}\Z"
)
_YEAR_LAST = re.compile(rf"(?P<a>\d{{1,2}})\s*[-/.]\s*(?P<b>\d{{1,2}})\s*[-/.]\s*(?P<y>\d{{4}}|\d{{2}})\.?,?{_TIME}\Z")
_COMPACT = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:\s*(?P<time>\d{6}|\d{4}|\d{1,2}:\d\d(?::\d\d)?))?\Z"
)
_TWO_DIGITS = re.compile(r"(?P<y>\d\d)(?P<sep>[-/.])(?:0[1-9]|1[0-2])(?P=sep)(?P<d>[0-2]\d|3[01])\.?")
_NO_YEAR = re.compile(rf"(?P<a>\d{{1,2}})\s*[-/.月]\s*(?P<b>\d{{1,2}})\s*[日.]?{_TIME}\Z")
_NAMED = re.compile(
    rf"(?P<d>\d{{1,2}})[\s.\-/]*(?:de )?(?P<name>[^\W\d_]{{3,10}})\.?[\s.,\-/]*(?:de )?(?P<y>\d{{4}}|\d{{2}})?{_TIME}\Z"
)
_NAME_FIRST = re.compile(
    rf"(?P<name>[^\W\d_]{{3,10}})\.?[\s.\-/]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:[\s,.\-/]+(?P<y>\d{{4}}))?{_TIME}\Z"
)
_SERIAL = re.compile(r"(?P<serial>[2-6]\d{4})(?P<part>\.\d+)?\Z")
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+", re.IGNORECASE)
#: Characters of a printed date, its time included; the one shape of a shorter one: 3/1.
_SHORTEST, _LONGEST = 4, 39
_SHORT = re.compile(r"[1-9]/[1-9]")
_MONTHS, _DAYS, _SURE = 12, 31, 28
_NOON = 12
#: Different days of which order alone tells nothing.
_FEW = 3
#: Two digits of a year below this belong to this century.
_PIVOT = 70
#: Different days that must be seen before the shorter of two periods is believed.
_MANY = 8
_EPOCH = dt.date(1899, 12, 30)
#: Days by which a line may be booked after its statement's end, and those of about a month.
_LATE, _MONTH = 10, 31


@dataclass(frozen=True, slots=True)
class Seen:
    """A printed date: year 0 where none is printed; *a* and *b* are day and month in an order yet to be settled.

    Dots between them say that the day comes first, unless other dates of the column contradict.
    """

    year: int
    a: int
    b: int
    swappable: bool
    time: str = ""
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    """A column of dates.

    Attributes:
        day: datetime64[D], NaT where the cell holds no date.
        time: HH:MM:SS or empty, by row; None where no row has one.
        no_year: whether years were inferred.
        undecided: whether day and month could as well be the other way round.
        clamped: rows whose day does not exist in its month and was set to the month's last.
    """

    day: npt.NDArray[np.datetime64]
    time: list[str] | None
    no_year: bool
    undecided: bool
    clamped: tuple[int, ...]


_asked: ContextVar[dt.date | None] = ContextVar("asked", default=None)


@contextmanager
def asked(until: dt.date | None) -> Iterator[None]:
    """Read while it is known that the case asks about the year that ends *until*; None where it asks about no year."""
    token = _asked.set(until)
    try:
        yield
    finally:
        _asked.reset(token)


def asked_until() -> dt.date | None:
    """The last day that the case asks about; None outside of a case, or where its period is longer than a year."""
    return _asked.get()


def looks_like_date(cell: str) -> bool:
    """Whether *cell* is a date and nothing else (serial numbers aside)."""
    return see(cell) is not None


@lru_cache(maxsize=1 << 16)
def see(cell: str, *, serials: bool = False) -> Seen | None:
    """What date *cell* prints; *serials* allows a spreadsheet's day numbers."""
    text = cell.strip().rstrip("*†^")
    if not _SHORTEST <= len(text) <= _LONGEST and not (serials and text) and not _SHORT.fullmatch(text):
        return None
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if text[:1].isalpha():
        text = _WEEKDAY.sub("", text)
    for pattern in (_YEAR_FIRST, _COMPACT, _YEAR_LAST, _NO_YEAR, _NAMED, _NAME_FIRST):
        match = pattern.match(text)
        if match:
            return _settled(match.groupdict() | ({"swap": "月"} if "月" in text else {}), dotted="." in match[0][:3])
    return _serial(text) if serials else None


def _settled(part: dict[str, str | None], *, dotted: bool) -> Seen | None:
    """The date that the parts make."""
    year = int(part.get("y") or 0)
    if part.get("y") and len(part["y"] or "") == 2:  # noqa: PLR2004 digits of a year
        year += 2000 if year < _PIVOT else 1900
    year += _REPUBLIC if 100 <= year < _REPUBLIC else 0  # noqa: PLR2004 years of three digits
    if year and not _FIRST <= year <= _LAST:
        return None
    time = _time(part.get("time") or "", part.get("half") or "")
    if part.get("name"):
        month = _month(part["name"] or "")
        return (
            Seen(year, int(part["d"] or 0), month, False, time)
            if month and _valid(int(part["d"] or 0), month)
            else None
        )
    if part.get("m"):
        month, day = int(part["m"] or 0), int(part["d"] or 0)
        return Seen(year, day, month, False, time) if _valid(day, month) else None
    a, b = int(part["a"] or 0), int(part["b"] or 0)
    if part.get("swap"):
        return Seen(year, b, a, False, time) if _valid(b, a) else None
    return Seen(year, a, b, True, time, dotted) if _valid(a, b) or _valid(b, a) else None


@lru_cache(maxsize=1 << 10)
def _month(name: str) -> int:
    known, word = months(), folded(name)
    found = known.get(word) or known.get(word[:4]) or known.get(word[:3])
    begun = {month for name, month in known.items() if name.startswith(word)} if not found else set()
    return found or (begun.pop() if len(begun) == 1 else 0)


def _valid(day: int, month: int) -> bool:
    return 1 <= month <= _MONTHS and 1 <= day <= _DAYS


def _time(text: str, half: str) -> str:
    if not text:
        return ""
    if text.isdigit():
        text = ":".join(text[i : i + 2] for i in range(0, len(text), 2))
    parts = text.replace(".", ":").split(":")
    if half.casefold() == "pm" and int(parts[0]) < _NOON:
        parts[0] = str(int(parts[0]) + 12)
    return ":".join(p.zfill(2) for p in [*parts, "00"][:3])


def _serial(text: str) -> Seen | None:
    match = _SERIAL.match(text)
    if not match:
        return None
    day = _EPOCH + dt.timedelta(days=int(match["serial"]))
    seconds = round(float("0" + match["part"]) * 86400) % 86400 if match["part"] else 0
    time = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}" if match["part"] else ""
    return Seen(day.year, day.day, day.month, False, time)


def dates(cells: Sequence[str], until: dt.date | None = None, month_first: bool | None = None) -> Dates:  # noqa: FBT001 None is a third answer
    """*cells* as days.

    Args:
        cells: as printed; any that holds no date becomes NaT.
        until: last day that the statement can hold, from which years that are not printed are inferred.
        month_first: settles 01/02 where the column itself does not; None for day first.
    """
    serials = sum(bool(_SERIAL.match(c.strip())) for c in cells if c) * 2 > len(cells)
    seen = {cell: see(cell, serials=True) if serials else see(cell) for cell in dict.fromkeys(cells)}
    swap, undecided = _order([s for s in seen.values() if s], month_first)
    limit = until and _limit([s for s in seen.values() if s and not s.year], until, swap=swap)
    days = {cell: _day(s, limit, swap=swap) for cell, s in seen.items()}
    found = [days[cell] for cell in cells]
    times = [s.time if s else "" for s in (seen[cell] for cell in cells)]
    day = np.array([value for value, _ in found], "datetime64[D]") if cells else np.empty(0, "datetime64[D]")
    no_year = any(s is not None and s.year == 0 for s in seen.values())
    clamped = tuple(i for i, (_, odd) in enumerate(found) if odd)
    return Dates(day, times if any(times) else None, no_year, undecided, clamped)


def century(cells: Sequence[str]) -> list[str] | None:
    """*cells* whose dates begin with two digits of a year, 24.03.05, with the whole of it; None where they do not.

    The number that hardly changes while the others do is the year.
    """
    found = {cell: _TWO_DIGITS.fullmatch(cell.strip()) for cell in dict.fromkeys(cells) if cell.strip()}
    matches = [match for match in found.values() if match]
    years = [int(match["y"]) for match in matches]
    usual = max(years, key=years.count, default=0)
    near = sum(abs(year - usual) <= 1 for year in years)
    if near * 10 < len(found) * 9 or not matches or len({match["d"] for match in matches}) <= len(set(years)):
        return None
    return [f"20{cell.strip()}" if cell.strip() else cell for cell in cells]


def month_first(cells: Sequence[str]) -> bool | None:
    """Whether dates in *cells* put the month before the day; None where they do not tell."""
    seen = [s for cell in dict.fromkeys(cells) if (s := see(cell))]
    swap, undecided = _order(seen, None)
    loose = [s for s in seen if s.swappable]
    told = not loose or any(max(s.a, s.b) > _MONTHS for s in loose) or not all(s.dotted for s in loose)
    return swap if told and not undecided else None


def style(cells: Sequence[str]) -> tuple[bool, bool]:
    """Whether dates in *cells* that leave day and month open print no year, and whether they part them by dots."""
    loose = [s for cell in dict.fromkeys(cells) if (s := see(cell)) and s.swappable]
    return any(not s.year for s in loose), bool(loose) and all(s.dotted for s in loose)


def _order(seen: list[Seen], month_first: bool | None) -> tuple[bool, bool]:  # noqa: FBT001 likewise
    """Whether the first of two numbers is the month, and whether nothing tells that for sure."""
    loose = [s for s in seen if s.swappable]
    if any(s.a > _MONTHS for s in loose):
        return False, False
    if any(s.b > _MONTHS for s in loose):
        return True, False
    bare = [s for s in loose if not s.dotted]
    if not bare or all(s.a == s.b for s in bare):
        return bool(month_first), False
    as_day = [(s.year, s.b, s.a) for s in bare]
    as_month = [(s.year, s.a, s.b) for s in bare]
    day_runs, month_runs = _monotone(as_day), _monotone(as_month)
    if day_runs != month_runs and len(set(as_day)) > _FEW:
        return month_runs, False
    if len(set(as_day)) >= _MANY:
        day_span, month_span = _span(as_day), _span(as_month)
        if max(day_span, month_span) > 5 * min(day_span, month_span):
            return month_span < day_span, False
    return bool(month_first), month_first is None


def _span(days: list[tuple[int, int, int]]) -> int:
    """Days from first to last, months taken as 31 days."""
    numbers = [(year * 12 + month) * 31 + day for year, month, day in days]
    return max(numbers) - min(numbers) + 1


def _monotone(days: list[tuple[int, int, int]]) -> bool:
    return days in (sorted(days), sorted(days, reverse=True))


def _limit(yearless: Sequence[Seen], until: dt.date, *, swap: bool) -> dt.date:
    """The last day that days without a year may be: those right after *until* were booked late.

    They are of the year before where the days that follow them stand in the list too, as in a book of a whole year.
    """
    stand = {(s.a, s.b) if s.swappable and swap else (s.b, s.a) for s in yearless}
    following = (until + dt.timedelta(days=k) for k in range(_LATE + 1, _MONTH + 1))
    whole = any((day.month, day.day) in stand for day in following)
    return until if whole else until + dt.timedelta(days=_LATE)


def _day(s: Seen | None, until: dt.date | None, *, swap: bool) -> tuple[dt.date | None, bool]:
    """The day, and whether it had to be set to the last of its month."""
    if s is None:
        return None, False
    month, day = (s.a, s.b) if s.swappable and swap else (s.b, s.a)
    if not _valid(day, month):
        return None, False
    year = s.year or _year(month, day, until)
    if not year:
        return None, False
    last = monthrange(year, month)[1] if day > _SURE else day
    return dt.date(year, month, min(day, last)), day > last


def _year(month: int, day: int, until: dt.date | None) -> int:
    """The latest year in which month and day fall on or before *until*; none where that is not known."""
    if until is None:
        return 0
    return until.year if (month, day) <= (until.month, until.day) else until.year - 1
