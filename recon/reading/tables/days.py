"""Full dates, months and years in text around a table and in the names of files."""

import datetime as dt
import re

from recon.reading.dates import see
from recon.reading.vocabulary import folded, months

_MONTH = re.compile(r"(20\d\d)\s*[年./-]\s*(1[0-2]|0?[1-9])(?!\d)(?!\s*[-/.月]\s*\d)")
_NAMED_MONTH = re.compile(
    r"(?<!\d)(20[0-4]\d)(?:[年._ -]?(1[0-2]|0[1-9]|[1-9](?=月))(?=\D|$|[0-3]\d(?!\d)))?(?![.]?\d{3})"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年(?!\s*\d)")
_DAY = re.compile(
    r"\d{1,2}(?:[-/.]|\. )\d{1,2}(?:[-/.]|\. )(?:19|20)\d\d|(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}"
    r"|(?<!\d)(?:19|20)\d{6}(?!\d)"
)
_SHORT_DAY = re.compile(r"(?<![\d./-])\d{1,2}[-/.](?:\d{1,2}|[^\W\d_]{3,9})[-/.]\d\d(?![\d./-])")
_NAMED_DAY = re.compile(
    r"(?<![\w/-])\d{1,2}(?:[.-] ?| )?[^\W\d_]{3,9}[ .,-]{0,2}(?:19|20)\d\d|[^\W\d_]{3,9} \d{1,2},? (?:19|20)\d\d"
    r"|[^\W\d_]{3,9} \d{1,2}/\d\d(?![\d/])"
)
#: A month by its name with its year, as a title has it.
_TITLE_MONTH = re.compile(r"(?<!\w)([^\W\d_]{3,10})\.?[ ,]{0,2}(20\d\d)(?!\d)")


def printed_days(text: str, *, short: bool = False) -> list[dt.date]:
    """All full dates printed in *text*, in order; *short* allows two digits of a year."""
    days = []
    patterns = (_DAY, _NAMED_DAY, _SHORT_DAY) if short else (_DAY, _NAMED_DAY)
    for match in sorted((m for p in patterns for m in p.finditer(text)), key=lambda m: m.start()):
        s = see(re.sub(r"\s", "" if match[0][:2].isdigit() and "年" in match[0] else " ", _turned(match[0])))
        if s and s.year:
            month, day = (s.a, s.b) if s.b > 12 else (s.b, s.a)  # noqa: PLR2004 months of a year
            try:
                days.append(dt.date(s.year, month, day))
            except ValueError:
                continue
    return days


def _turned(text: str) -> str:
    """``FEB 29/24`` as 29 FEB 24."""
    return re.sub(r"^(\D+) (\d{1,2})/(\d\d)$", r"\2 \1 \3", text)


def named_end(name: str) -> dt.date | None:
    """The last day of the latest month, or year, that a file's *name* tells; None where it tells none."""
    found = [(int(y), int(m or 12)) for y, m in _NAMED_MONTH.findall(name)]
    if not found:
        return None
    year, month = max(found)
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def _month_end(name: str, year: int) -> dt.date | None:
    """The last day of the month of that *name*, None where it is none."""
    month = months().get(folded(name))
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1) if month else None


def last_day(text: list[str]) -> dt.date | None:
    """The last day of the latest month named in a title such as ``2024年01月``, else the latest full date printed."""
    months = [(int(y), int(m)) for line in text for y, m in _MONTH.findall(line)]
    if months:
        year, month = max(months)
        return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    days = [day for line in text for day in printed_days(line)] or [
        day for line in text for name, year in _TITLE_MONTH.findall(line) if (day := _month_end(name, int(year)))
    ]
    years = [dt.date(int(y), 12, 31) for line in text for y in _YEAR.findall(line)]
    return max(days, default=max(years, default=None))
