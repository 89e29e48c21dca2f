"""Matched in-and-out with one party enters no revenue unless somebody says that it was trade."""

import pandas as pd

from recon.classify.classify import classify
from recon.classify.decisions import Decision
from recon.classify.effective import effective
from recon.core.facts import About, Case, Owner
from recon.core.settings import settings
from recon.events.build import build
from tests.events.byhand import Row, bank, said


def judged(rows: list[Row], *decisions: Decision) -> pd.DataFrame:
    """The classified lines of a wholesaler's bank account."""
    case = Case(case=About(trade="wholesale"), owner=Owner(name="张三丰"))
    frame, accounts, _ = build([bank("a.csv", rows)], case, settings())
    return classify(frame, case, accounts, settings(), decisions)[0]


TRIP = [said("2025-03-03", -5_000_000, "王五商行", "采购款"), said("2025-03-06", 4_950_000, "王五商行", "货款")]


def test_a_round_trip_is_no_revenue() -> None:
    """Both ends stay unexplained, and say why."""
    frame = judged(TRIP)
    assert frame["category"].tolist() == ["unknown_out", "unknown_in"]
    assert frame["reason"].tolist() == ["abstain purchases round_trip", "abstain sales round_trip"]
    assert effective(frame).total == 0


def test_a_reviewer_may_say_that_it_was_trade() -> None:
    """The reviewer's word wins here as everywhere."""
    assert effective(judged(TRIP, Decision("counterparty", "王五商行", "sales"))).total == 4_950_000


def test_trade_both_ways_of_other_amounts_or_days_stays_trade() -> None:
    """A supplier who buys something else, or a month later, is customer and supplier."""
    came = (("2025-03-06", 4_000_000), ("2025-04-20", 5_000_000))
    other = [TRIP[0], *(said(day, amount, "王五商行", "货款") for day, amount in came)]
    assert judged(other)["category"].tolist() == ["purchases", "sales", "sales"]


def test_small_sums_are_no_round_trip() -> None:
    """A neighbour who sells vegetables and buys a meal."""
    small = [said("2025-03-03", -5_000, "王五商行", "采购款"), said("2025-03-06", 5_000, "王五商行", "货款")]
    assert judged(small)["category"].tolist() == ["purchases", "sales"]
