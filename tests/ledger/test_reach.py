"""Documented money is taken at its word only as far as names are known and files reach."""

import datetime as dt
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from recon.core.period import Period
from recon.ledger.control import ASSUMED, weights
from recon.ledger.known import Reach
from recon.ledger.reach import guessed, missing_months, reach, weaken

FIRST, LAST = np.datetime64("2025-01-01"), np.datetime64("2025-06-30")
PERIOD = Period(dt.date(2025, 1, 1), dt.date(2025, 6, 30))


@dataclass(frozen=True)
class Own:
    """An own account whose files cover the period."""

    id: str = "bank"
    kind: str = "bank"
    files: tuple[str, ...] = ("bank.csv",)
    opening: int | None = 0
    closing: int | None = None
    spans: tuple[tuple[np.datetime64, np.datetime64], ...] = ((FIRST, LAST),)


def rows(months: range = range(1, 7), reason: str = "rule:sales", account: str = "bank") -> pd.DataFrame:
    """Two lines of 100.00 a month."""
    days = [pd.Timestamp(2025, month, day) for month in months for day in (5, 20)]
    return pd.DataFrame({"account": account, "date": days, "amount": [10_000, -10_000] * len(months),
                         "reason": reason, "funded_by": ""})


def test_a_period_that_every_file_covers_is_reached_whole():
    assert reach(rows(), (Own(),), {}, PERIOD) == Reach()


def test_quiet_days_at_both_ends_are_no_missing_evidence():
    assert reach(rows(), (replace(Own(), spans=()),), {}, PERIOD) == Reach()


def test_a_month_that_no_file_covers_counts_as_an_average_month():
    short = replace(Own(), spans=((FIRST, np.datetime64("2025-05-31")),))
    found = reach(rows(range(1, 6)), (short,), {}, PERIOD)
    assert found == Reach(flows=Fraction(5, 6), beyond=10_000), "what came in in the best month seen"
    assert missing_months(short, rows(range(1, 6)), PERIOD, gap=False) == ["2025-06"]


def test_a_month_of_which_files_cover_less_than_a_third_is_missing():
    """A file to the 9th of June leaves twenty-one days open; one to the 10th has a third of them."""
    for last, gone in (("2025-06-09", ["2025-06"]), ("2025-06-10", [])):
        files = ((FIRST, np.datetime64("2025-03-31")), (np.datetime64("2025-04-01"), np.datetime64(last)))
        assert missing_months(replace(Own(), spans=files), rows(), PERIOD, gap=False) == gone


def test_a_month_between_two_files_is_missing_though_lines_may_be_few():
    files = ((FIRST, np.datetime64("2025-02-28")), (np.datetime64("2025-04-01"), LAST))
    assert missing_months(replace(Own(), spans=files), rows(), PERIOD, gap=False) == ["2025-03"]


def test_of_a_month_that_the_period_cuts_only_the_days_inside_count():
    """A tax year from 6 April: its last month is five days long and is not missed for want of lines."""
    year = Period(dt.date(2025, 4, 6), dt.date(2026, 4, 5))
    for last in ("2026-04-04", "2026-03-30"):
        files = ((np.datetime64("2025-04-07"), np.datetime64(last)),)
        assert missing_months(replace(Own(), spans=files), rows(), year, gap=False) == []
    half = replace(Own(), spans=((np.datetime64("2025-04-07"), np.datetime64("2026-03-31")),))
    cut = Period(year.start, dt.date(2026, 4, 20))
    assert missing_months(half, rows(), cut, gap=False) == ["2026-04"]


def test_a_gap_counts_as_a_month_at_least_however_small_its_net_is():
    assert reach(rows(), (Own(),), {"bank": 5}, PERIOD).flows == Fraction(6, 7)
    assert reach(rows(), (Own(),), {"bank": -120_000}, PERIOD).flows == Fraction(1, 2)


def test_a_month_without_a_line_is_quiet_unless_the_balance_jumps():
    some = pd.concat([rows(range(1, 3)), rows(range(4, 7))])
    assert missing_months(Own(), some, PERIOD, gap=False) == []
    assert missing_months(Own(), some, PERIOD, gap=True) == ["2025-03"]


def test_an_account_that_nobody_handed_in_leaves_flows_and_balances_open():
    all_rows = pd.concat([rows(), rows(range(1, 4), "account_not_handed_in wechat")])
    found = reach(all_rows, (Own(),), {}, PERIOD)
    assert found == Reach(Fraction(3, 4), Fraction(3, 4), 60_000), "all that moved between the accounts"


def test_a_wallet_payment_from_a_card_that_was_not_handed_in_is_outside():
    table = rows()
    table.loc[table.index[:3], "funded_by"] = "card-1234"
    assert reach(table, (Own(),), {}, PERIOD).balances == Fraction(12, 15)
    assert reach(table, (Own(), Own("card-1234")), {}, PERIOD).balances == 1


def test_a_name_found_in_the_words_is_no_guess_and_one_from_a_pattern_is():
    reasons = ["rule:rent 房租", "learned sales 0.9", "profile:company_pays", "abstain", "decision"]
    assert guessed(pd.DataFrame({"reason": reasons})).tolist() == [False, True, True, True, False]


def test_what_is_assumed_is_shown_as_estimated_beside_what_is():
    assert weights({"documented": 70, ASSUMED: -20, "estimated": 10}) == {"documented": 70, "estimated": 30}


BASES = st.sampled_from(["documented", "corroborated", "stated", "estimated"])


@given(st.dictionaries(BASES, st.integers(-10**9, 10**9)), st.fractions(0, 1))
def test_weakening_moves_money_between_bases_and_loses_none(parts: dict[str, int], share: Fraction):
    weak = weaken(parts, share)
    assert sum(weak.values()) == sum(parts.values())
    assert weak.get("stated", 0) == parts.get("stated", 0)
    assert abs(weak.get("documented", 0)) <= abs(parts.get("documented", 0))
