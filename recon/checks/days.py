"""Turnover by the day: what good, usual and poor days take in, held against the days that the lines show."""

from dataclasses import replace
from fractions import Fraction

import pandas as pd

from recon.checks.check import Check, Reason
from recon.checks.desk import Desk, percent, whole
from recon.checks.lines import SALES
from recon.checks.rounding import half_step, together

_DAYS = (("good_day", "good_days"), ("normal_day", "normal_days"), ("poor_day", "poor_days"))
_MONTH = 31


def told_takings(desk: Desk) -> tuple[int, int] | None:
    """Good, normal and poor days × their takings, and how far round answers leave that open; minor units.

    Days are those of a month, or of a year where they are more than a month.
    """
    pairs = [(getattr(desk.case.stated, day), getattr(desk.case.stated, days)) for day, days in _DAYS]
    told = [(int(amount), int(count)) for amount, count in pairs if amount is not None and count is not None]
    if not told or any((amount is None) != (count is None) for amount, count in pairs):
        return None
    takings, days = sum(amount * count for amount, count in told), sum(count for _, count in told)
    times = len(desk.ledger.period.months) if days <= _MONTH else desk.scope.answer("period.years")
    if times is None:
        return None
    error = together(*(half_step(amount) * count * Fraction(times) for amount, count in told))
    return whole(Fraction(takings * times)), error


def _told_days(desk: Desk) -> Fraction:
    """How many days of business in the period the owner told of."""
    told = sum(int(count) for _, name in _DAYS if (count := getattr(desk.case.stated, name)) is not None)
    months = len(desk.ledger.period.months)
    years = Fraction(desk.scope.answer("period.years") or 1)
    return Fraction(told * months) if told <= _MONTH else told * years


def by_day(check: Check, sales: int, desk: Desk) -> Check:
    """A *check* of days' takings that is off, after a look at the days themselves.

    It passes where only the number of days was told wrongly, and says nothing in a trade that has no usual day.
    """
    if check.outcome == "pass":
        return check
    days = _takings(desk)
    if (why := no_usual_day(days, sales, desk)) is not None:
        return replace(check, outcome="cannot_judge", because=(check.because[0], why))
    told, expected = _told_days(desk), int(check.expected or 0)
    if not told or 2 * int(days.sum()) < sales:
        return check
    by_seen = whole(expected * len(days) / told)
    if abs(sales - by_seen) > int(check.tolerance):
        return check
    why = Reason("days_miscounted", {"seen": len(days), "told": whole(told), "amount": desk.text(by_seen)})
    return replace(check, outcome="pass", because=(check.because[0], why, check.because[-1]))


def _takings(desk: Desk) -> pd.Series:
    """Takings of each day that had any, as the lines show them; minor units."""
    rows = desk.transactions
    return rows[(rows["amount"] > 0) & rows["category"].isin(SALES)].groupby("date")["amount"].sum()


def no_usual_day(by_day: pd.Series, sales: int, desk: Desk) -> Reason | None:
    """Why days' takings cannot stand for the period's sales, by what the lines and the books show; None where they can.

    Customers owe many days of sales; money comes in on far fewer days than the owner tells; or a tenth of the days
    brings most of it, as a harvest does.
    """
    setting, months = desk.settings.number, len(desk.ledger.period.months)
    owed = sum(desk.ledger.value(f"{end}.receivables") or 0 for end in ("opening", "closing"))
    days = Fraction(owed * months * _MONTH, 2 * sales) if sales else Fraction(0)
    if days > Fraction(setting("days_on_account")):
        return Reason("days_on_account", {"days": whole(days)})
    seen = int(by_day.sum())
    if 2 * seen < sales:
        return None  # most sales stand in no line: their days are unknown, not few
    told = _told_days(desk)
    if len(by_day) < Fraction(setting("days_seen")) * told:
        return Reason("days_few", {"seen": len(by_day), "told": whole(told)})
    best = int(by_day.nlargest(max(1, len(by_day) // 10)).sum())
    if best > Fraction(setting("days_best")) * seen:
        return Reason("days_uneven", {"share": percent(Fraction(best, seen))})
    return None
