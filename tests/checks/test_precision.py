"""A check is as exact as its roads: round answers widen it, and what lines explain is no fault."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon.checks.rounding import half_share, half_step, together
from recon.checks.run import CHECKS
from tests.checks.test_four_cases import DAILY, PRODUCT, Case, monthly, row, stated


def check(case, name):
    """The check *name* of a shop of the four cases."""
    desk = case.desk()
    return next(c for function in CHECKS for c in function(desk) if c.id == name)


@pytest.mark.parametrize(("amount", "half"), [
    (4_800_000, 50_000), (5_000_000, 50_000), (1_450_885, 0), (123_400, 50), (0, 0), (-4_800_000, 50_000),
])
def test_a_round_sum_is_known_to_half_of_its_last_step(amount, half):
    """48,000.00 to 500.00; 50,000.00 still means two leading figures; 14,508.85 to the cent."""
    assert half_step(amount) == half


@given(st.integers(10, 10**12))
def test_a_round_sum_is_never_off_by_more_than_a_twentieth(amount):
    assert 0 <= 20 * half_step(amount) <= amount


def test_shares_and_sums_of_errors():
    found = [half_share(Fraction(share)) for share in ("0.35", "0.34", "0.3412")]
    assert found == [Fraction(1, 40), Fraction(1, 200), 0]
    assert together(300, 400) == 500
    assert together() == 0


def test_a_round_answer_widens_the_limit_and_says_so():
    """Sales of 121,000 by 9,100 a month are 10.8 % off: to be explained; by "nine thousand" they may be 9,050."""
    exact = check(Case(stated("monthly_sales = 9101")), "turnover_stated")
    assert exact.outcome == "explain"
    assert check(Case(stated("monthly_sales = 9100")), "turnover_stated").tolerance > exact.tolerance
    loose = check(Case(stated("margin = 0.30")), "margin_stated")
    fine = check(Case(stated("margin = 0.3001")), "margin_stated")
    assert loose.tolerance > fine.tolerance
    assert "±2.5%" in loose.tell("en")


def test_profit_is_not_judged_where_unexplained_payments_may_hold_the_difference():
    """42,000 rebuilt against 30,000 stated, and 12 payments of 1,000 that nobody knows."""
    said = stated("monthly_profit = 2500")
    assert check(Case(said), "profit_stated").outcome == "fail"
    found = check(Case(said, rows=monthly(-1_000, "unknown_out", "cake man")), "profit_stated")
    assert (found.outcome, len(found.rows)) == ("cannot_judge", 12)
    assert "Ask about these first" in found.tell("en")
    few = Case(said, rows=monthly(-1_000, "unknown_out", "cake man", months=(1, 2)))
    assert check(few, "profit_stated").outcome == "fail"


def test_payments_to_somebody_who_also_paid_in_excuse_nothing():
    """20,000 of 王五 booked as a sale and 36,000 paid to him look like a loan, not like costs nobody named."""
    rows = (row(90, 20_000, "sales", day="2025-02-10", party="王五"), *monthly(-3_000, "unknown_out", "王五"))
    assert check(Case(stated("monthly_profit = 2500"), rows=rows), "profit_stated").outcome == "fail"


@pytest.mark.parametrize(("busy", "outcome"), [((7, 8, 9), "cannot_judge"), ((), "fail")])
def test_costs_of_a_part_year_before_the_season_make_no_margin(busy, outcome):
    rows = [*monthly(2_000, "sales", months=range(1, 10)), *monthly(-3_000, "purchases", months=range(1, 10), start=50)]
    rows += monthly(20_000, "sales", months=busy, start=80)
    case = Case(PRODUCT.format(cost=95), bare=True, rows=tuple(rows), period=("2025-01-01", "2025-09-30"))
    assert check(case, "margin_products").outcome == outcome


@pytest.mark.parametrize(("day", "days", "outcome"), [(400, 29, "pass"), (460, 25, "explain"), (400, 25, "pass")])
def test_days_told_wrongly_are_counted_in_the_lines_and_takings_told_wrongly_are_not_excused(day, days, outcome):
    """300 days of 400; 29 a month would be 348."""
    found = check(Case(stated(f"good_day = {day}", f"good_days = {days}"), bare=True, rows=DAILY), "turnover_days")
    assert found.outcome == outcome
    assert ("the lines show sales on 300" in found.tell("en")) == (days == 29)


@pytest.mark.parametrize(("months", "outcome"), [((11, 12), "pass"), ((2, 3), "explain")])
def test_stock_that_was_laid_in_at_the_end_grew_and_stock_that_was_not_is_asked_about(months, outcome):
    """Stock from 20,000 to 36,000, and 18,000 of goods on top of what a month's sales use."""
    more = monthly(-9_000, "purchases", months=months, start=60, day=20)
    found = check(Case(closing=(("inventory", 36_000),), rows=more), "stock_growth")
    assert found.outcome == outcome


@pytest.mark.parametrize(("drawn", "outcome"), [(1_500, "pass"), (4_000, "explain")])
def test_a_household_may_live_on_means_that_were_counted_but_not_on_more(drawn, outcome):
    """A profit of 2,400, own means of 31,000: 18,000 drawn leave something, 48,000 must come from elsewhere."""
    rows = (*monthly(-3_300, "rent"), *monthly(-drawn, "owner_out", start=200, day=20))
    assert check(Case(rows=rows), "norm_household").outcome == outcome


@pytest.mark.parametrize(("spouse", "outcome"), [("Tessa Singh", "pass"), ("", "explain")])
def test_savings_of_the_spouse_are_no_account_of_the_business(spouse, outcome):
    more = f'[owner]\nname = "Simon Singh"\nspouse = "{spouse}"'
    rows = (row(90, 6_000, "owner_in", description="TESSA SINGH FROM SAVINGS", reason="account_not_handed_in ?"),)
    found = check(Case(more, rows=rows), "evidence_accounts")
    assert found.outcome == outcome
    assert ("savings of the spouse" in found.tell("en")) == bool(spouse)


def test_takings_paid_out_net_of_fees_show_an_account_that_was_not_handed_in():
    """What a card firm pays out is less than what was sold; its own report is missing."""
    rows = (row(90, 60_000, "sales", description="SQUARE EUROPE LTD PAYOUT", reason="rule:settle_net_firm square"),)
    assert check(Case(rows=rows), "evidence_accounts").outcome in {"explain", "fail"}
    billed = (row(90, 60_000, "sales", description="WORLDPAY", reason="rule:settle_firm worldpay"),)
    assert check(Case(rows=billed), "evidence_accounts").outcome == "pass"


@pytest.mark.parametrize(("closing", "outcome"), [(27_500, "pass"), (35_000, "explain")])
def test_stock_that_grew_by_less_than_two_deliveries_shows_nothing(closing, outcome):
    """Goods come in at 7,000 a time: 7,500 more may be a count after a delivery, 15,000 more may not."""
    assert check(Case(closing=(("inventory", closing),)), "stock_growth").outcome == outcome


@pytest.mark.parametrize(("margin", "outcome"), [("0.483", "pass"), ("0.35", "explain"), ("0.2", "explain")])
def test_stock_that_the_margin_leaves_unsold_grew_and_stock_that_it_does_not_is_asked_about(margin, outcome):
    """Stock from 20,000 to 36,000 with the margin that the count itself gives, and with margins that leave less."""
    found = check(Case(stated(f"margin = {margin}"), closing=(("inventory", 36_000),)), "stock_growth")
    assert found.outcome == outcome
    assert ("were not sold" in found.tell("en")) == (outcome == "pass")


def test_a_margin_too_rough_to_tell_the_growth_decides_nothing():
    """With a million of sales the margin sees 20,000 either way, and the stock grew by 16,000."""
    rows = monthly(80_000, "sales", start=80)
    found = check(Case(stated("margin = 0.94"), closing=(("inventory", 36_000),), rows=rows), "stock_growth")
    assert found.outcome == "cannot_judge"
    assert "too roughly" in found.tell("en")
