"""Interest against daily balances, undeclared loans and money that passes through."""

import datetime as dt
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from recon.checks.interest import Quarter, daily_balances, listed, quarters
from recon.core.money import divide
from recon.events.accounts import OwnAccount
from tests.checks.cases import line, rebuild

BANK = OwnAccount("b", "bank", opening=10_000_000)
FORM = """
[case]
trade = "retail"
from = 2024-01-01
to = 2025-12-31
{more}
"""


def flat(days, end, amount=10_000_000):
    start = end - dt.timedelta(days=days - 1)
    return Quarter(start, end, 0, np.full(days, amount, dtype=np.int64))


@pytest.mark.parametrize(("end", "expected"), [
    (dt.date(2013, 6, 20), 8944), (dt.date(2024, 9, 20), 3833), (dt.date(2025, 9, 20), 1278),
])
def test_a_flat_balance_earns_the_published_interest(end, expected):
    """100,000.00 over 92 days: 89.44 at 0.35 %, 38.33 at 0.15 %, 12.78 at 0.05 %."""
    earned = flat(92, end).expected(360, by_day=False)
    assert divide(earned.numerator, earned.denominator) == expected


def test_the_resolution_at_the_lowest_rate_is_about_39():
    assert flat(92, dt.date(2025, 9, 20)).resolution(Fraction(5, 10_000)) == 3913


def test_a_change_of_rate_inside_a_quarter_is_treated_by_both_rules():
    """21 March to 20 June 2025: 60 days at 0.10 % before 20 May and 32 days at 0.05 % from it."""
    quarter = flat(92, dt.date(2025, 6, 20))
    rates = listed(quarter.start, quarter.end)
    assert [(rates == rate).sum() for rate in (1000, 500)] == [60, 32]
    assert quarter.expected(360, by_day=True) == Fraction(10_000_000 * (60 * 1000 + 32 * 500), 360 * 10**6)
    assert quarter.expected(360, by_day=False) == Fraction(10_000_000 * 92 * 500, 360 * 10**6)


def statement(*, rate=None, raise_by=0, basis=360, by_day=False):
    """Two years of an account with about 100,000.00 and its interest; *raise_by* forges printed balances."""
    rows, balance = [], 10_000_000
    day, since, earned = dt.date(2024, 1, 1), dt.date(2024, 1, 1), {}
    while day <= dt.date(2025, 12, 31):
        posted = 0
        if day.day == 21 and day.month in (3, 6, 9, 12):
            end = day - dt.timedelta(days=1)
            span = [(d, earned[d]) for d in sorted(earned) if since <= d <= end]
            at = [rate or listed(d if by_day else end, d if by_day else end)[0] for d, _ in span]
            total = sum(b * int(r) for (_, b), r in zip(span, at, strict=True))
            posted = divide(total, basis * 10**6)
            shown = balance + posted + raise_by
            rows.append(line(len(rows) + 1, "b", "bank", day, posted, "interest_income", balance=shown))
            since = day
        elif day.day == 5:
            rows.append(line(len(rows) + 1, "b", "bank", day, 100, "sales", balance=balance + 100 + raise_by))
            posted = 100
        balance += posted
        earned[day] = balance
        day += dt.timedelta(days=1)
    return rows


def check(rows, more="", accounts=(BANK,)):
    return rebuild(FORM.format(more=more), rows, accounts).checks


@pytest.mark.parametrize("how", [{}, {"basis": 365}, {"by_day": True}, {"rate": 3500}, {"rate": 1000}])
def test_honest_balances_pass_whatever_rule_the_bank_follows(how):
    """Persons, companies, a year of 365 days, and a village bank that pays one listed rate throughout."""
    found = check(statement(**how))["interest_b"]
    assert found.outcome == "pass", found.tell("en")


def test_an_unlisted_but_steady_rate_is_a_matter_to_explain():
    found = check(statement(rate=11500))["interest_b"]
    assert found.outcome == "explain"
    assert "1.150%" in found.tell("en")


def test_a_sweep_account_that_earns_more_is_not_called_forged():
    rows = statement()
    for n, row in enumerate(r for r in rows if r["category"] == "interest_income"):
        row["amount"] *= 20 + n
    found = check(rows)["interest_b"]
    assert found.outcome == "explain"
    assert "sweep" in found.tell("en")


@pytest.mark.parametrize("raise_by", [5_000_000, 1_000_000])
def test_balances_raised_beyond_the_resolution_fail(raise_by):
    found = check(statement(raise_by=raise_by))["interest_b"]
    assert found.outcome == "fail"
    assert "raised" in found.tell("en")


def test_a_change_below_the_stated_resolution_stays_unseen():
    assert check(statement(raise_by=1000))["interest_b"].outcome == "pass"


def test_without_interest_or_balances_nothing_is_judged():
    plain = [row for row in statement() if row["category"] == "sales"]
    assert check(plain)["interest_b"].outcome == "cannot_judge"
    bare = [{**row, "balance": pd.NA} for row in statement()]
    assert check(bare)["interest_b"].outcome == "cannot_judge"
    small = check([{**row, "balance": 500} for row in statement()])["interest_b"]
    assert small.outcome == "cannot_judge"


def test_a_line_without_a_balance_continues_the_one_before():
    rows = pd.DataFrame([
        line(1, "b", "bank", "2025-01-01", 100, "sales", balance=1100),
        line(2, "b", "bank", "2025-01-01", -300, "purchases"),
        line(3, "b", "bank", "2025-01-04", 50, "sales"),
    ])
    rows["balance"] = rows["balance"].astype("Int64")
    balances, first = daily_balances(rows)
    assert (list(balances), first) == ([800, 800, 800, 850], dt.date(2025, 1, 1))
    assert quarters(rows) == []


def test_loan_money_without_a_declared_loan_fails():
    rows = [line(1, "b", "bank", "2025-03-05", 5_000_000, "private_loan_in")]
    assert check(rows)["loans_declared"].outcome == "fail"
    assert check([line(1, "b", "bank", "2025-03-05", 5, "sales")])["loans_declared"].outcome == "pass"
    assert check([])["loans_declared"].outcome == "cannot_judge"
    declared = '[[loan]]\nlender = "a friend who lends and is repaid"\nkind = "private"\nopening = 0\nclosing = 50000'
    named = [{**rows[0], "counterparty": "a friend who lends and is repaid"}]
    assert check(named, declared)["loans_declared"].outcome == "pass"


@pytest.mark.parametrize(("paid", "outcome"), [
    (12_000, "pass"), (16_000, "explain"), (30_000, "fail"), (3_000, "fail"),
])
def test_interest_paid_is_held_against_the_declared_principal(paid, outcome):
    """50,000 at 12 % over two years costs 12,000."""
    rows = [line(1, "b", "bank", "2025-03-05", -paid * 100, "loan_interest")]
    loan = '[[loan]]\nlender = "x"\nopening = 50000\nclosing = 50000\nannual_rate = "0.12"'
    assert check(rows, loan)["loan_interest"].outcome == outcome


@pytest.mark.parametrize(("paid", "outcome"), [(16_300, "pass"), (30_000, "fail")])
def test_a_loan_that_a_lender_paid_out_to_the_seller_costs_interest_from_when_it_is_repaid_on(paid, outcome):
    """200,000 are left after nine instalments of 10,000 at 8 %: about 245,000 over 317 days cost 17,300."""
    rows = [line(n, "b", "bank", f"2025-{n + 3:02d}-15", -1_000_000, "loan_repaid", counterparty="x") for n in range(9)]
    rows += [line(20, "b", "bank", "2025-12-15", -paid * 100, "loan_interest", counterparty="x")]
    loan = '[[loan]]\nlender = "x"\nopening = 0\nclosing = 200000\nannual_rate = "0.08"'
    assert check(rows, loan)["loan_interest"].outcome == outcome


def test_a_large_sale_that_leaves_within_a_day_is_to_be_explained():
    day = line(1, "b", "bank", "2025-03-05", 5_000_000, "sales")
    away = line(2, "b", "bank", "2025-03-06", -4_800_000, "unknown_out")
    trade = {**away, "category": "purchases"}
    late = {**away, "date": pd.Timestamp("2025-03-09")}
    rest = [line(n, "b", "bank", f"2025-0{n}-07", 9_000_000, "sales") for n in range(3, 9)]
    assert check([day, away, *rest])["passed_through"].outcome == "explain"
    assert check([day, away])["passed_through"].outcome == "fail", "nothing else was sold"
    assert check([day, trade, *rest])["passed_through"].outcome == "pass"
    assert check([day, late, *rest])["passed_through"].outcome == "pass"


def trips(names, back=0, days=3, sums=20):
    """Money out to the first name and in from the second after *days*, six times in the second year of a shop."""
    takings = [line(900 + n, "b", "bank", f"2024-{1 + n:02d}-20", 40_000_00, "sales") for n in range(12)]
    for n in range(6):
        out, home = dt.date(2025, 2 + n, 10), dt.date(2025, 2 + n, 10) + dt.timedelta(days=days)
        amount = (sums + n) * 100_00
        takings.append(line(2 * n, "b", "bank", out, -amount, "lent_out", counterparty=names[0]))
        takings.append(line(2 * n + 1, "b", "bank", home, amount + back, "sales", counterparty=names[1]))
    return takings


NAMES = [("王五", "王五"), ("JANE ROE", "JANE ROE INVOICE 12"), ("Jane Roe FLOAT", "JANE ROE")]


@pytest.mark.parametrize("names", NAMES)
def test_the_same_amount_back_from_the_same_party_again_and_again_is_never_trade(names):
    """13,500 of 493,500 is little, and what went out was called money lent: it fails all the same."""
    found = check(trips(names))["loops"]
    assert found.outcome == "fail"
    assert found.amount == 13_500_00
    assert "to the cent" in found.tell("en")


def test_like_but_not_equal_amounts_are_asked_about_and_others_of_a_like_name_are_not():
    assert check(trips(("王五", "王五"), back=17_00))["loops"].outcome == "explain"
    assert check(trips(("JANE ROE", "JANE DOE INVOICE"), back=40_00))["loops"].outcome == "pass"


def test_same_day_money_is_seen_by_its_sum_also_where_it_left_as_money_lent():
    found = check(trips(("王五", "赵六"), days=0, sums=80))["same_day"]
    assert found.outcome == "explain"
    assert found.amount == 49_500_00
