"""The months of a case: a period runs from a first to a last day and is told by calendar months."""

import calendar
import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both inside the period."""

    start: dt.date
    end: dt.date

    @property
    def months(self) -> tuple[str, ...]:
        """``YYYY-MM`` of each month that the period touches, in order."""
        first, last = month_index(self.start), month_index(self.end)
        return tuple(f"{i // 12:04d}-{i % 12 + 1:02d}" for i in range(first, last + 1))

    def last_day(self, month: str) -> dt.date:
        """The last day of *month* (``YYYY-MM``) that lies inside the period."""
        year, number = (int(part) for part in month.split("-"))
        return min(self.end, dt.date(year, number, calendar.monthrange(year, number)[1]))


def month_index(day: dt.date) -> int:
    """Months since year 0: the difference of two is whole months between them."""
    return day.year * 12 + day.month - 1


def month_of(day: dt.date) -> str:
    """``YYYY-MM``."""
    return f"{day.year:04d}-{day.month:02d}"
