"""The cash gap: weeks that add up, a season that goes under water, and the same answer twice."""

import datetime as dt

import numpy as np

from recon.core.settings import settings, shipped
from recon.events.accounts import OwnAccount
from recon.need.cash_gap import cash_gap, deepest, weekly
from tests.checks.cases import line, rebuild

BANK = OwnAccount("b", "bank", opening=1_000_000)
FORM = """
[case]
trade = "retail"
from = 2025-01-01
to = 2025-12-31
[opening]
cash = {cash}
[closing]
cash = {cash}
{more}
"""


def season(low=-300_000, high=300_000):
    """Half a year of buying, half a year of selling."""
    rows = []
    for week in range(52):
        day = dt.date(2025, 1, 3) + dt.timedelta(days=7 * week)
        amount, category = (low, "purchases") if week < 26 else (high, "sales")
        rows.append(line(week + 1, "b", "bank", day, amount, category))
    return rows


def books(rows, more="", cash=0):
    return rebuild(FORM.format(more=more, cash=cash), rows, (BANK,)).ledger


def test_the_weeks_add_up_to_the_periods_operating_cash():
    flows = weekly(books(season()))
    assert len(flows) == 52
    assert flows.sum() == 0
    assert set(flows[:25]) == {-300_000}


def test_loans_and_investing_are_no_part_of_the_forecast():
    extra = [line(90, "b", "bank", "2025-05-05", 9_000_000, "loan_in"),
             line(91, "b", "bank", "2025-05-06", -9_000_000, "fixed_asset_bought")]
    assert (weekly(books(season() + extra)) == weekly(books(season()))).all()


def test_a_season_goes_under_water_about_as_deep_as_its_buying():
    """26 weeks of 3,000.00 are bought before anything is sold; 10,000.00 at hand: about 68,000.00."""
    method = cash_gap(books(season()), shipped(), "CNY")
    assert method.low <= method.amount <= method.high
    assert 5_600_000 <= method.amount <= 8_000_000
    assert method.amount == cash_gap(books(season()), shipped(), "CNY").amount


def test_a_steady_trade_with_money_at_hand_has_no_gap():
    steady = [line(n, "b", "bank", dt.date(2025, 1, 2) + dt.timedelta(days=7 * n), 10_000, "sales") for n in range(50)]
    method = cash_gap(books(steady), shipped(), "CNY")
    assert (method.low, method.amount, method.high) == (0, 0, 0)


def test_without_dated_lines_there_is_no_gap_to_speak_of():
    assert cash_gap(rebuild(FORM.format(more="[known]\nsales = 5\n", cash=0)).ledger, shipped(), "CNY") is None


def test_resampling_keeps_the_season_and_repeats_itself():
    flows = np.array([-10] * 26 + [10] * 26, dtype=np.int64)
    one, two = (deepest(flows, 0, shipped()) for _ in range(2))
    assert (one == two).all()
    assert 200 <= np.median(one) <= 300
    assert one.max() <= 10 * (26 + 2 * 4)
    other = deepest(flows, 0, settings({"gap_seed": 7}))
    assert not (one == other).all()


def test_unrecorded_cash_is_spread_over_its_month():
    """Cash takings that were found stand at a month's end in the books, not in the weeks of the forecast."""
    more = "[known]\ncash_sales = 36500\n"
    rows = [line(m, "b", "bank", f"2025-{m:02d}-02", 100, "sales") for m in range(1, 13)]
    flows = weekly(books(rows, more))
    assert flows.sum() == 3_650_000 + 1200
    assert flows.max() < 2 * np.median(flows)
