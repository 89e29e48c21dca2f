"""The season of need against the season of sales: money is laid out before it comes in, or the story does not fit."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pandas as pd

from recon.checks.check import Check, Reason
from recon.checks.desk import Desk, ratio, title, unknown
from recon.checks.lines import SALES
from recon.core.money import divide

_SPENT = ("purchases", "cash_purchases", "direct_costs", "freight")
_MONTHS = 12
_QUARTER = 3


def season(desk: Desk) -> Iterator[Check]:
    """How far the heaviest three months of purchases lie before the best three months of sales.

    Months of a longer period count by their mean over the years: the season goes round in twelve.
    """
    rows, months = desk.transactions, desk.ledger.period.months
    sold = _of_year(by_month(rows[rows["category"].isin(SALES)], months))
    spent = _of_year(-by_month(rows[rows["category"].isin(_SPENT)], months))
    if len(months) < _MONTHS or sold.sum() <= 0 or spent.sum() <= 0:
        yield unknown("season", "cross", "season_unknown", "count")
        return
    best, heaviest = _three(sold), _three(spent)
    share, months = _best_share(sold), months[:_MONTHS]
    least = desk.settings.number("season_share")
    lead = (best - heaviest) % _MONTHS
    lead -= _MONTHS if lead > _MONTHS // 2 else 0
    params = {"sales": _named(best, months), "need": _named(heaviest, months), "lead": lead,
              "share": f"{ratio(share * 100).quantize(ratio(Fraction(1)).scaleb(3))}%"}
    level = "season_flat" if share < Fraction(least) else "season_even" if _best_share(spent) < Fraction(least) else ""
    if level:
        yield Check("season", "cross", "pass", title("season"), 0, 0, desk.settings.whole("season_lead"), "count",
                    (Reason(level, params),), ("transactions",))
        return
    if abs(lead) > desk.settings.whole("season_lead"):
        yield replace(unknown("season", "cross", Reason("season_apart", params), "count"), sources=("transactions",))
        return
    fits = -1 <= lead <= desk.settings.whole("season_lead")
    yield Check("season", "cross", "pass" if fits else "explain", title("season"), 0, lead,
                desk.settings.whole("season_lead"), "count", (Reason("season_fits" if fits else "season_off", params),),
                ("transactions",))


def between_seasons(desk: Desk) -> bool:
    """Whether sales have a season and the period is no whole number of years: its ends stand at other times of it."""
    rows, months = desk.transactions, desk.ledger.period.months
    sold = _of_year(by_month(rows[rows["category"].isin(SALES)], months))
    if not len(months) % _MONTHS or len(sold) < _QUARTER or sold.sum() <= 0:
        return False
    level = Fraction(desk.settings.number("season_share")) * _MONTHS / len(sold)
    return _best_share(sold) >= min(level, Fraction(1))


def _best_share(sold: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Fraction:
    """The share of the three best months running."""
    return Fraction(int(sold[_around(_three(sold), len(sold))].sum()), int(sold.sum()))


def _of_year(sums: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Sums of months by month of the year, from the first on: their mean where a month comes again; minor units."""
    if len(sums) <= _MONTHS:
        return sums
    return np.array([divide(int(own.sum()), len(own)) for own in (sums[n::_MONTHS] for n in range(_MONTHS))], np.int64)


def by_month(rows: pd.DataFrame, months: tuple[str, ...]) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Sums of *rows* in each of *months*; minor units, signed as they are."""
    sums = rows["amount"].groupby(rows["date"].dt.strftime("%Y-%m")).sum()
    return sums.reindex(list(months), fill_value=0).to_numpy(dtype=np.int64)


def _around(start: int, count: int) -> list[int]:
    return [(start + n) % count for n in range(_QUARTER)]


def _three(values: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> int:
    """Where the three months running that hold most begin; a year goes round."""
    sums = [int(values[_around(start, len(values))].sum()) for start in range(len(values))]
    return int(np.argmax(sums))


def _named(start: int, months: tuple[str, ...]) -> str:
    """The three months; one by one where they go round the end of the period."""
    around = [months[n] for n in _around(start, len(months))]
    return f"{around[0]}–{around[-1]}" if around == sorted(around) else ", ".join(around)


SEASON = (season,)
