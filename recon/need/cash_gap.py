"""Cash gap: next year's cash week by week, resampled from the weeks of the books; its deepest point is the need."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from recon.checks.check import Reason
from recon.core.finding import Words
from recon.core.money import decimals, spread, to_display
from recon.core.settings import Settings
from recon.ledger.build import Ledger
from recon.ledger.posting import OPENING, is_cash
from recon.need.model import Input, Instalment, Method, Weeks

_WEEK = 7
_UNDATED = "unrecorded_cash"
#: Lines of the cash-flow form that a forecast keeps: operations, owner's money out; investing and loans are left out.
_KEPT = (1, 2, 3, 4, 5, 6, 17, 18)


def cash_gap(ledger: Ledger, settings: Settings, currency: str) -> Method | None:
    """The deepest point under water (P50, high end P90) over resampled years; None without dated lines of a half year.

    Weeks are drawn in blocks from the same season (within ``gap_window`` weeks of their place in the year), so that
    season and runs of bad weeks both stay; the seed is ``gap_seed``.
    """
    flows = _usable(ledger, settings)
    if flows is None:
        return None
    start = _cash_now(ledger)
    depths = np.sort(deepest(flows, start, settings))
    middle, high = (int(depths[int(len(depths) * p / 100)]) for p in (50, 90))
    low = int(depths[int(len(depths) * 10 / 100)])
    inputs = {
        "cash": _input("cash", start, Words("期末货币资金", "Cash and bank at the end")),
        "weekly": _input("weekly", int(flows.sum()) // len(flows), Words("周均净现金", "Net cash of a week")),
        "p50": _input("p50", middle, Words("最深缺口（中位）", "Deepest gap (median)")),
        "p90": _input("p90", high, Words("最深缺口（九成情形以内）", "Deepest gap (nine cases of ten)")),
    }
    places = decimals(currency)
    params: dict[str, object] = {name: to_display(int(each.value or 0), places) for name, each in inputs.items()}
    because = (Reason("cash_gap", {**params, "runs": settings.whole("gap_runs"), "weeks": len(flows)}),)
    return Method("cash_gap", middle, low, high, inputs, because, middle, middle)


def _usable(ledger: Ledger, settings: Settings) -> npt.NDArray[np.int64] | None:
    """The weeks, where cash is known and they are enough to see a season in."""
    flows = weekly(ledger)
    known = flows is not None and ledger.value("closing.cash") is not None
    return flows if known and flows is not None and len(flows) >= settings.whole("gap_least_weeks") else None


def forecast(ledger: Ledger, settings: Settings, amount: int, schedule: Sequence[Instalment]) -> Weeks:
    """Cash at each week's end of the coming year: the middle and the low course, and the middle one with a loan.

    The loan of *amount* comes in with the first week; month n of *schedule* is paid n months after the period's end.
    """
    flows = _usable(ledger, settings)
    if flows is None:
        return Weeks()
    courses = np.sort(_cash_now(ledger) + np.cumsum(_drawn(flows, settings), axis=1), axis=0)
    low, middle = (courses[int(len(courses) * p / 100)] for p in (10, 50))
    first = ledger.period.end + dt.timedelta(days=1)
    starts = [first + dt.timedelta(days=_WEEK * n) for n in range(len(flows))]
    paid = [(_months_after(first, n), each.total) for n, each in enumerate(schedule, 1)]
    left = [
        amount - sum(total for day, total in paid if day <= start + dt.timedelta(days=_WEEK - 1)) for start in starts
    ]
    return Weeks(
        tuple(str(start) for start in starts), tuple(int(x) for x in middle), tuple(int(x) for x in low),
        tuple(int(x) + rest for x, rest in zip(middle, left, strict=True)),
    )


def _months_after(day: dt.date, months: int) -> dt.date:
    """The first of the month *months* later than *day*'s, one day back: a payment at each month's end."""
    number = day.month - 1 + months
    return dt.date(day.year + number // 12, number % 12 + 1, 1) - dt.timedelta(days=1)


def _input(name: str, value: int, title: Words) -> Input:
    return Input(name, Fraction(value), "money", title, "")


def _cash_now(ledger: Ledger) -> int:
    rows = [i for i, account in enumerate(ledger.balances.accounts) if is_cash(account)]
    return int(ledger.balances.movement[rows].sum())


def weekly(ledger: Ledger) -> npt.NDArray[np.int64] | None:
    """Net cash of each week of the period in minor units; None where no evidence lines date the flows.

    Cash that no line shows is booked at a month's end and spread over that month's days here. A last week of fewer
    than seven days joins the one before.
    """
    if not ledger.known.evidence:
        return None
    daily = _daily(ledger)
    count = max(1, len(daily) // _WEEK)
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, np.minimum(np.arange(len(daily)) // _WEEK, count - 1), daily)
    return sums


def _daily(ledger: Ledger) -> npt.NDArray[np.int64]:
    book, start = ledger.journal, ledger.period.start
    rows = book[book["account"].map(is_cash).astype(bool) & book["cash_line"].isin(_KEPT) & (book["month"] != OPENING)]
    net = rows["debit"] - rows["credit"]
    guessed = rows["rule"].str.startswith(_UNDATED)
    days = np.zeros((ledger.period.end - start).days + 1, dtype=np.int64)
    np.add.at(days, (rows.loc[~guessed, "date"] - np.datetime64(start)).dt.days.to_numpy(), net[~guessed].to_numpy())
    for month, amount in net[guessed].groupby(rows.loc[guessed, "month"]).sum().items():
        first = max(0, (dt.date.fromisoformat(f"{month}-01") - start).days)
        last = (ledger.period.last_day(str(month)) - start).days
        days[first:last + 1] += np.array(spread(int(amount), [1] * (last - first + 1)), dtype=np.int64)
    return days


def deepest(flows: npt.NDArray[np.int64], start: int, settings: Settings) -> npt.NDArray[np.int64]:
    """How far below zero cash falls in each resampled year of as many weeks; minor units, 0 where it never does."""
    lowest = start + np.cumsum(_drawn(flows, settings), axis=1).min(axis=1)
    return np.asarray(np.maximum(0, -lowest), dtype=np.int64)


def _drawn(flows: npt.NDArray[np.int64], settings: Settings) -> npt.NDArray[np.int64]:
    """Resampled years: a row for each run, a column for each week."""
    block, window, runs = (settings.whole(f"gap_{name}") for name in ("block", "window", "runs"))
    chance = np.random.default_rng(settings.whole("gap_seed"))
    weeks = len(flows)
    starts = np.arange(0, weeks, block)
    shifts = chance.integers(-window, window + 1, size=(runs, len(starts)))
    places = (starts + shifts)[:, :, None] + np.arange(block)
    return np.asarray(flows[places.reshape(runs, -1)[:, :weeks] % weeks], dtype=np.int64)
