"""Dates as receipts print them: glued to times, in any order, with names of months in several languages."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from recon.core.knowledge import table
from recon.reading.documents.vocabulary import plain

#: Currencies of countries that write the month first.
MONTH_FIRST = frozenset({"USD", "PHP"})
#: Currencies of countries that write the year first, in two-digit years as well.
_YEAR_FIRST = frozenset({"CNY", "JPY", "KRW", "TWD"})
_EARLIEST, _LATEST = 1990, 2099

_YEAR_LEADS = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?([-/.年])\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?=\D|\d{1,2}:|$)")
_COMPACT = re.compile(r"(?<!\d)(?<![A-Za-z\d]-)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_NUMBERS = re.compile(  # looked for at every place: the 19 of "19-18/03/2018" is no day
    r"(?=(?<![\d.,])((\d{1,2})\s?([-/.])\s?\3?(\d{1,2})\s?\3{1,2}\s?((?:19|20)\d\d|\d\d(?=\D|\d{1,2}:|$))(?!\.\d|-\d\d\d)))"
)
_NAMED = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s.\-/,]{0,3}(?:de\s)?([a-z]{3,10})[\s.\-/,']{0,3}(?:de\s)?"
    r"((?:19|20)\d\d|\d\d)(?!\d{3})"
)
_NAME_LEADS = re.compile(r"(?<![a-z])(?:dated?)?([a-z]{3,10})\.?\s?(\d{1,2})(?:st|nd|rd|th)?[,.\s]{1,3}((?:19|20)\d\d)")


@dataclass(frozen=True, slots=True)
class Printed:
    """A date at characters start to end of a text; *sure* is False where day and month could change places."""

    day: date
    start: int
    end: int
    sure: bool = True


@cache
def _months() -> dict[str, int]:
    return {row["name"]: int(row["month"]) for row in table("documents/months.tsv", ("month", "name"))}


def month_first(texts: Iterable[str]) -> bool | None:
    """Which order of day and month the dates show that can be read only one way; None where none does."""
    seen = {
        int(match[2]) <= 12 < int(match[4]) for text in texts for match in _NUMBERS.finditer(plain(text))  # noqa: PLR2004  months of a year
        if (int(match[2]) > 12) != (int(match[4]) > 12)  # noqa: PLR2004  likewise
    }
    return seen.pop() if len(seen) == 1 else None


def dates(text: str, currency: str = "", *, months_first: bool | None = None) -> list[Printed]:
    """Every date in *text*, left to right.

    Args:
        text: a cell or a row.
        currency: tells a country's habit where the order of day and month is open.
        months_first: the order that the document's other dates show; None where they show none.
    """
    low = plain(text)
    found: list[Printed] = []
    for printed in (*_leading_years(low), *_named(low), *_numbers(low, currency, months_first)):
        if all(printed.start >= other.end or printed.end <= other.start for other in found):
            found.append(printed)
    return sorted(found, key=lambda printed: printed.start)


def _leading_years(low: str) -> Iterator[Printed]:
    for match in _YEAR_LEADS.finditer(low):
        yield from _made(match, match[1], match[3], match[4])
    for match in _COMPACT.finditer(low):
        yield from _made(match, match[1], match[2], match[3])


def _named(low: str) -> Iterator[Printed]:
    for match in _NAMED.finditer(low):
        if month := _months().get(match[2]):
            yield from _made(match, match[3], str(month), match[1])
    for match in _NAME_LEADS.finditer(low):
        if month := _months().get(match[1]):
            yield from _made(match, match[3], str(month), match[2])


def _numbers(low: str, currency: str, shown: bool | None) -> Iterator[Printed]:  # noqa: FBT001  a fact of three values
    """``12/02/2018``, ``26-05--2018``, ``25-03-12``: the order is the country's unless a number is over 12."""
    for match in _NUMBERS.finditer(low):
        first, second, last = match[2], match[4], match[5]
        if len(last) == 2 and currency in _YEAR_FIRST:  # noqa: PLR2004  a year of two digits
            yield from _made(match, first, second, last, group=1)
            continue
        day_first, second_day = int(first) > 12, int(second) > 12  # noqa: PLR2004  months of a year
        open_order = not day_first and not second_day and first != second
        habit = currency in MONTH_FIRST if shown is None else shown
        if second_day or (open_order and habit):
            yield from _made(match, last, first, second, sure=shown is not None or not open_order, group=1)
        else:
            known = shown is not None or (bool(currency) and currency not in MONTH_FIRST)
            yield from _made(match, last, second, first, sure=known or not open_order or match[3] == ".", group=1)


def _made(
    match: re.Match[str], year: str, month: str, day: str, *, sure: bool = True, group: int = 0
) -> Iterator[Printed]:
    """The date, if there is such a day; its place is that of the match's *group*."""
    full = int(year) + (2000 if int(year) < 100 else 0)  # noqa: PLR2004  a year of two digits
    try:
        made = date(full, int(month), int(day))
    except ValueError:
        return
    if _EARLIEST <= full <= _LATEST:
        yield Printed(made, match.start(group), match.end(group), sure)
