"""Days as trade feels them: weekdays, months, the closing over the lunar new year, quarter days."""

import datetime as dt
from functools import cache
from typing import Any

from recon.core.knowledge import document
from recon.simulate.profile import Calendar


@cache
def _data() -> dict[str, Any]:
    return document("simulate/_calendar.toml")


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months on; the month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    first = dt.date(index // 12, index % 12 + 1, 1)
    return first.replace(day=min(day.day, days_in_month(first)))


def days_in_month(day: dt.date) -> int:
    """Days of the month of *day*."""
    following = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return (following - day.replace(day=1)).days


def is_month_end(day: dt.date) -> bool:
    """Whether *day* is its month's last."""
    return day.day == days_in_month(day)


def to_new_year(day: dt.date) -> int:
    """Days from the nearest known lunar new year to *day*: negative before it."""
    years = _data()["new_year"]
    return int(min(((day - year).days for year in years), key=abs))


def to_christmas(day: dt.date) -> int:
    """Days from the nearest Christmas to *day*: negative before it."""
    return min(((day - dt.date(year, 12, 25)).days for year in (day.year - 1, day.year)), key=abs)


def busy(calendar: Calendar, day: dt.date) -> int:
    """How busy *day* is, in percent of a usual one; 0 where the business is closed."""
    before, after = calendar.festival_closed
    distance = to_new_year(day) if calendar.festival == "spring" else to_christmas(day)
    if before + after and -before <= distance <= after:
        return 0
    return int(calendar.weekday[day.weekday()] * calendar.month[day.month - 1] // 100)


def demand_rate(day: dt.date) -> int:
    """What a bank pays on demand deposits on *day*, in hundred-thousandths a year."""
    rates = [entry["rate"] for entry in _data()["demand_rate"] if entry["from"] <= day]
    return int(rates[-1]) if rates else 350
