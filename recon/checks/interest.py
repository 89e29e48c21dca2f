"""Interest postings against the daily balances that a statement prints: a forged balance earns the wrong interest.

Demand deposits in China settle on the 20th of March, June, September and December and are posted a day later. Persons
earn the rate of the settlement day on all days, companies each day's own rate; a year has 360 days, at some banks 365.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from recon.checks.check import Check, Outcome, Reason, Words
from recon.checks.desk import Desk, whole
from recon.core.knowledge import table

_MILLION = 1_000_000
_SETTLED = 20
_QUARTERS = (3, 6, 9, 12)
_BASES = (360, 365)
_NEAR_DAYS = 6  # a settlement day on a holiday is posted on the next working day
_LEAST_MONTHS = 3

Days = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Quarter:
    """One interest posting.

    Attributes:
        start, end: first and last day that it pays for, both inside.
        paid: minor units.
        balances: closing balance of each of those days, minor units.
    """

    start: dt.date
    end: dt.date
    paid: int
    balances: Days

    @property
    def turned(self) -> int:
        """Σ daily closing balances, minor units × days."""
        return int(self.balances.sum())

    def implied(self, basis: int = _BASES[0]) -> Fraction:
        """The annual rate that was paid on the printed balances."""
        return Fraction(self.paid * basis, self.turned)

    def expected(self, basis: int, *, by_day: bool) -> Fraction:
        """Interest in minor units at listed rates: each day's (companies), or the settlement day's (persons)."""
        rates = listed(self.start, self.end)
        weighed = int((self.balances * rates).sum()) if by_day else self.turned * int(rates[-1])
        return Fraction(weighed, _MILLION * basis)

    def best(self) -> Fraction:
        """The expected interest, by rule and basis, that comes nearest to what was paid."""
        ways = (self.expected(basis, by_day=by_day) for basis in _BASES for by_day in (False, True))
        return min(ways, key=lambda earned: abs(earned - self.paid))

    def resolution(self, rate: Fraction) -> int:
        """How far the average balance may be off unseen, because interest is paid in whole minor units."""
        return whole(Fraction(1, 2) * _BASES[0] / (rate * len(self.balances)))


@cache
def rates() -> tuple[tuple[dt.date, int], ...]:
    """The dated table: first day and rate in millionths, oldest first."""
    columns = ("from", "rate", "verified", "zh", "en")
    found = [(dt.date.fromisoformat(r["from"]), int(r["rate"])) for r in table("checks/demand_rates.tsv", columns)]
    return tuple(sorted(found))


def listed(start: dt.date, end: dt.date) -> Days:
    """The listed rate of each day from *start* to *end* in millionths, zero before the table begins."""
    days = np.zeros((end - start).days + 1, dtype=np.int64)
    for since, rate in rates():
        days[max(0, (since - start).days):] = rate
    return days


def interest(desk: Desk) -> Iterator[Check]:
    """One check for each bank account that prints balances."""
    for account in desk.accounts:
        rows = desk.transactions[desk.transactions["account"] == account.id]
        if account.kind == "bank" and len(rows):
            name = Words(f"存款利息与日均余额（{account.id}）", f"Interest against daily balances ({account.id})")
            yield _account(f"interest_{account.id}", name, rows, desk)


def _account(name: str, title: Words, rows: pd.DataFrame, desk: Desk) -> Check:
    found = [q for q in quarters(rows) if q.turned > 0 and listed(q.start, q.end).all()]
    least = desk.settings.whole("interest_least")
    judged = [q for q in found if q.best() >= least]
    if not judged:
        code = "interest_small" if found else "interest_none"
        return Check(name, "authenticity", "cannot_judge", title, because=(Reason(code),))
    slack = desk.settings.whole("interest_slack")
    outcome, because = _outcome(judged, slack, desk)
    expected, paid = whole(sum((q.best() for q in judged), Fraction(0))), sum(q.paid for q in judged)
    return Check(name, "authenticity", outcome, title, expected, paid, slack * len(judged), "money", because,
                 tuple(sorted(set(rows["file"]))))


def _outcome(judged: Sequence[Quarter], slack: int, desk: Desk) -> tuple[Outcome, tuple[Reason, ...]]:
    """Listed rates first, then one rate inferred from all quarters, then which way the postings miss."""
    wrong = [q for q in judged if abs(q.best() - q.paid) > slack]
    fine = desk.text(max(q.resolution(Fraction(int(listed(q.end, q.end)[0]), _MILLION)) for q in judged))
    if not wrong:
        return "pass", (Reason("interest_listed", {"count": len(judged), "resolution": fine}),)
    rate = _one_rate(judged, slack)
    if rate is not None:
        known = rate in {Fraction(r, _MILLION) for _, r in rates()}
        return ("pass" if known else "explain"), (Reason("interest_one_rate", {"rate": _rate(rate)}),)
    low = [q for q in wrong if q.paid < q.best()]
    worst = max(low or wrong, key=lambda q: abs(q.best() - q.paid))
    params = {
        "count": len(wrong), "of": len(judged), "start": worst.start.isoformat(), "end": worst.end.isoformat(),
        "paid": desk.text(worst.paid), "expected": desk.text(whole(worst.best())), "rate": _rate(worst.implied()),
        "printed": desk.text(worst.turned // len(worst.balances)), "resolution": fine,
        "implied": desk.text(whole(worst.paid * worst.turned / worst.best() / len(worst.balances))),
    }
    return ("fail", (Reason("interest_low", params),)) if low else ("explain", (Reason("interest_high", params),))


def _one_rate(judged: Sequence[Quarter], slack: int) -> Fraction | None:
    """A rate, in steps of a hundredth of a per cent, that explains every one of at least two quarters."""
    if len(judged) < 2:  # noqa: PLR2004 - one posting always implies some rate
        return None
    largest = max(judged, key=lambda q: q.paid)
    for basis in _BASES:
        step = round(largest.implied(basis) * 10_000)
        rate = Fraction(step, 10_000)
        if step and all(abs(q.turned * rate / basis - q.paid) <= slack for q in judged):
            return rate
    return None


def _rate(rate: Fraction) -> str:
    """A small rate with three decimals of a per cent: ``0.350%``."""
    thousandths = whole(rate * 100_000)
    return f"{thousandths // 1000}.{thousandths % 1000:03d}%"


def quarters(rows: pd.DataFrame) -> list[Quarter]:
    """Each interest posting whose whole quarter has known balances."""
    daily, first = daily_balances(rows)
    if not len(daily):
        return []
    found = []
    for day, paid in _postings(rows):
        end = _settlement(day)
        if end is None:
            continue
        start = _before(end) + dt.timedelta(days=1)
        at = (start - first).days
        if at >= 0 and (end - first).days < len(daily):
            found.append(Quarter(start, end, paid, daily[at:(end - first).days + 1]))
    return found


def _postings(rows: pd.DataFrame) -> list[tuple[dt.date, int]]:
    posted = rows[(rows["category"] == "interest_income") & (rows["amount"] > 0)]
    sums = posted.groupby(posted["date"].dt.date)["amount"].sum()
    return [(day, int(amount)) for day, amount in sums.items()]  # type: ignore[misc] # the index holds dates


def _settlement(posted: dt.date) -> dt.date | None:
    """The settlement day that a posting on *posted* belongs to; None where it is none of the four."""
    day = next((posted - dt.timedelta(days=n) for n in range(_NEAR_DAYS + 1)
                if (posted - dt.timedelta(days=n)).day == _SETTLED), None)
    return day if day is not None and day.month in _QUARTERS else None


def _before(settlement: dt.date) -> dt.date:
    """The settlement day before."""
    month = settlement.month - _LEAST_MONTHS
    return dt.date(settlement.year if month > 0 else settlement.year - 1, month if month > 0 else month + 12, _SETTLED)


def daily_balances(rows: pd.DataFrame) -> tuple[Days, dt.date]:
    """Closing balance of each day from the first line to the last, and that first day; empty where none is printed.

    *rows* stand in the order of time, as events give them: a file may print its newest line first.
    A line without a printed balance continues the one before it by its amount.
    """
    if not rows["balance"].notna().any():
        return np.zeros(0, dtype=np.int64), dt.date.min
    ordered = rows.sort_values("date", kind="stable")
    running = ordered["amount"].cumsum()
    base = (ordered["balance"] - running).ffill()
    known = (base + running).dropna().astype("int64")
    closing = known.groupby(ordered.loc[known.index, "date"].dt.normalize()).last()
    filled = closing.resample("D").ffill()
    return filled.to_numpy(dtype=np.int64), filled.index[0].date()
