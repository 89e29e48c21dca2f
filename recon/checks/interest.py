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

from recon.checks.check import Check, Outcome, Reason
from recon.checks.desk import Desk, whole
from recon.classify.names import COMPANY, who
from recon.core.finding import Words
from recon.core.knowledge import table
from recon.events.accounts import OwnAccount
from recon.events.words import plain

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
        bank: the plain name of the bank, for rates that it lists itself; empty for the general ones.
    """

    start: dt.date
    end: dt.date
    paid: int
    balances: Days
    bank: str = ""

    @property
    def turned(self) -> int:
        """Σ daily closing balances, minor units × days."""
        return int(self.balances.sum())

    def implied(self, basis: int = _BASES[0]) -> Fraction:
        """The annual rate that was paid on the printed balances."""
        return Fraction(self.paid * basis, self.turned)

    def expected(self, basis: int, *, by_day: bool) -> Fraction:
        """Interest in minor units at listed rates: each day's (companies), or the settlement day's (persons)."""
        rates = listed(self.start, self.end, self.bank)
        weighed = int((self.balances * rates).sum()) if by_day else self.turned * int(rates[-1])
        return Fraction(weighed, _MILLION * basis)

    def best(self, rules: Sequence[bool] = (False, True)) -> Fraction:
        """The expected interest, by *rules* (``by_day``) and basis, that comes nearest to what was paid."""
        ways = (self.expected(basis, by_day=by_day) for basis in _BASES for by_day in rules)
        return min(ways, key=lambda earned: abs(earned - self.paid))

    def resolution(self, rate: Fraction, slack: Fraction = Fraction(1, 2)) -> int:
        """How far the average balance may be off unseen where a posting may be off by *slack* minor units."""
        return whole(slack * _BASES[0] / (rate * len(self.balances)))


@cache
def rates() -> tuple[tuple[dt.date, str, int], ...]:
    """The dated table: first day, plain name of the bank (empty: all) and rate in millionths, oldest first."""
    columns = ("from", "bank", "rate", "verified", "zh", "en")
    rows = table("checks/demand_rates.tsv", columns)
    return tuple(sorted((dt.date.fromisoformat(r["from"]), plain(r["bank"]), int(r["rate"])) for r in rows))


def listed(start: dt.date, end: dt.date, bank: str = "") -> Days:
    """The listed rate of each day from *start* to *end* in millionths, zero before the table begins.

    A *bank* that lists its own takes those from their first day on.
    """
    days = np.zeros((end - start).days + 1, dtype=np.int64)
    general = [(since, rate) for since, name, rate in rates() if not name]
    own = [(since, rate) for since, name, rate in rates() if name and name in bank]
    if own:
        general = [each for each in general if each[0] < own[0][0]]
    for since, rate in general + own:
        days[max(0, (since - start).days):] = rate
    return days


def interest(desk: Desk) -> Iterator[Check]:
    """One check for each bank account that prints balances."""
    for account in desk.accounts:
        rows = desk.transactions[desk.transactions["account"] == account.id]
        if account.kind == "bank" and len(rows):
            name = Words(f"存款利息与日均余额（{account.id}）", f"Interest against daily balances ({account.id})")
            yield _account(f"interest_{account.id}", name, rows, account, desk)


def _rules(account: OwnAccount) -> tuple[bool, ...]:
    """Companies earn each day's rate; where the holder's name tells nothing, either rule will do."""
    return (True,) if who(account.holder) == COMPANY else (False, True)


def _account(name: str, title: Words, rows: pd.DataFrame, account: OwnAccount, desk: Desk) -> Check:
    bank, rules = plain(account.bank), _rules(account)
    found = [q for q in quarters(rows, bank) if q.turned > 0 and listed(q.start, q.end, bank).all()]
    least = desk.settings.whole("interest_least")
    judged = [q for q in found if q.best(rules) >= least]
    if not judged:
        code = "interest_small" if found else "interest_none"
        return Check(name, "authenticity", "cannot_judge", title, because=(Reason(code),))
    slack = desk.settings.whole("interest_slack")
    outcome, because, raised = _outcome(judged, rules, slack, desk)
    expected, paid = whole(sum((q.best(rules) for q in judged), Fraction(0))), sum(q.paid for q in judged)
    posted = rows[(rows["category"] == "interest_income") & (rows["amount"] > 0)]
    return Check(name, "authenticity", outcome, title, expected, paid, slack * len(judged), "money", because,
                 tuple(sorted(set(rows["file"]))), rows=tuple(posted["id"]), amount=raised)


def _outcome(
    judged: Sequence[Quarter], rules: Sequence[bool], slack: int, desk: Desk
) -> tuple[Outcome, tuple[Reason, ...], int | None]:
    """Listed rates first, then one rate inferred from all quarters, then which way the postings miss.

    The last of the three is by how much the average balance seems to have been raised, minor units.
    """
    wrong = [q for q in judged if abs(q.best(rules) - q.paid) > slack]
    fine = desk.text(max(_resolution(q, slack) for q in judged))
    if not wrong:
        return "pass", (Reason("interest_listed", {"count": len(judged), "resolution": fine}),), None
    rate = _one_rate(judged, slack)
    if rate is not None:
        code, outcome = _steady(rate, judged)
        return outcome, (Reason(code, {"rate": _rate(rate), "resolution": fine}),), None
    low = [q for q in wrong if q.paid < q.best(rules)]
    worst = max(low or wrong, key=lambda q: abs(q.best(rules) - q.paid))
    best, printed = worst.best(rules), worst.turned // len(worst.balances)
    implied = whole(worst.paid * worst.turned / best / len(worst.balances))
    params = {
        "count": len(wrong), "of": len(judged), "start": worst.start.isoformat(), "end": worst.end.isoformat(),
        "paid": desk.text(worst.paid), "expected": desk.text(whole(best)), "rate": _rate(worst.implied()),
        "printed": desk.text(printed), "resolution": fine, "implied": desk.text(implied),
    }
    if low:
        return "fail", (Reason("interest_low", params),), printed - implied
    return "explain", (Reason("interest_high", params),), None


def _resolution(quarter: Quarter, slack: int) -> int:
    """From what on a raised average balance is certain to show: the allowed slack and the bank's own rounding."""
    rate = Fraction(int(listed(quarter.end, quarter.end, quarter.bank)[0]), _MILLION)
    return quarter.resolution(rate, slack + Fraction(1, 2))


def _steady(rate: Fraction, judged: Sequence[Quarter]) -> tuple[str, Outcome]:
    """One rate throughout: a listed one passes; below everything listed at the time the balances may be raised."""
    then = [Fraction(int(listed(q.end, q.end, q.bank)[0]), _MILLION) for q in judged]
    if rate < min(then):
        return "interest_one_low", "explain"
    known = rate in {Fraction(each, _MILLION) for _, _, each in rates()}
    return "interest_one_rate", ("pass" if known else "explain")


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


def quarters(rows: pd.DataFrame, bank: str = "") -> list[Quarter]:
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
            found.append(Quarter(start, end, paid, daily[at:(end - first).days + 1], bank))
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
