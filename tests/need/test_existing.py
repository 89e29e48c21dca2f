"""Loans there are: what each costs by form or flows, what replacing it saves, and who is visited first."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest

from recon.core.period import Period
from recon.core.settings import shipped
from recon.core.tables import TRANSACTIONS
from recon.need.answers import largest_share, peak
from recon.need.assess import assess
from recon.need.existing import _same, borrowings
from recon.need.repayment import annuity, runs_dry, schedule, season
from tests.checks.cases import line, rebuild
from tests.need.problems import Problem
from tests.need.test_verdict import codes, request

YEAR = Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31))
CASE = replace(Problem(), request=request(50000), loan="0")


def frame(rows):
    return TRANSACTIONS.frame(pd.DataFrame(list(rows), columns=[c.name for c in TRANSACTIONS.columns]))


def loans(form, rows=()):
    case = rebuild(CASE.form() + form).case
    ours = borrowings(case, frame(rows), YEAR, Fraction(6, 100), 12)
    return {each.lender: each for each in ours}


def monthly(party, amounts, category="loan_repaid", day=28):
    return [line(n, "b", "bank", dt.date(2025, n, day), amount, category, counterparty=party)
            for n, amount in enumerate(amounts, 1)]


@pytest.mark.parametrize("rate", ["0.06", "0.12", "0.24", "0.36"])
def test_the_rate_of_level_instalments_is_found_from_opening_closing_and_payments(rate):
    """A loan of 100,000 over 24 months, half way through: its rate stands nowhere but in its flows."""
    made = annuity(10_000_000, Fraction(rate), 24)
    left = 10_000_000 - sum(each.principal for each in made[:12])
    rows = monthly("快贷公司", [-each.total for each in made[:12]])
    form = f'\n[[loan]]\nlender = "快贷"\nopening = 100000\nclosing = "{left / 100:.2f}"\n'
    found = loans(form, rows)["快贷"]
    assert found.inferred
    assert abs(found.annual_rate - Fraction(rate)) < Fraction(rate) / 20
    assert abs(found.monthly - made[0].total) <= 1


def test_a_dearer_loan_is_replaced_and_the_saving_is_the_difference_of_like_payments():
    """Interest alone at 12 % on 100,000 is 1,000 a month; at our 6 % it is 500."""
    form = '\n[[loan]]\nlender = "A"\nopening = 100000\nclosing = 100000\n'
    form += 'annual_rate = "0.12"\nmonthly_payment = 1000\n'
    found = loans(form)["A"]
    assert (found.instalment, found.saved) == (50_000, 50_000)
    cheaper = loans(form.replace("0.12", "0.03").replace("1000\n", "250\n"))["A"]
    assert cheaper.saved is None


def test_a_lender_that_only_the_flows_name_is_told_as_undeclared():
    rows = [line(1, "b", "bank", "2025-02-03", 5_000_000, "loan_in", counterparty="某小额贷款公司")]
    rows += [replace_id(each, n) for n, each in enumerate(monthly("某小额贷款公司", [-460_000] * 9), 50)]
    found = loans("", rows)["某小额贷款公司"]
    assert (found.declared, found.monthly, found.balance) == (False, 460_000, None)
    made = rebuild(CASE.form(), rows)
    need = assess(made.case, made.ledger, made.statements, (), shipped(), made.transactions)[0]
    assert "lenders_undeclared" in codes(need)


def replace_id(row, number):
    return row | {"id": f"S02-P01-L{number:04d}"}


def test_a_loan_in_arrears_makes_the_case_exceptional_and_beyond_ten_days_an_alert():
    loan = '\n[[loan]]\nlender = "A"\nopening = 100\nclosing = 100\noverdue_days = {}\n'
    near, far = (replace(CASE, more=loan.format(days)).need() for days in (7, 12))
    assert near.inspection.kind == far.inspection.kind == "exceptional"
    assert near.inspection.because[0].code == "arrears_tolerable"
    assert far.inspection.because[0].code == "arrears_alert"


def test_a_large_loan_is_inspected_first_and_a_small_one_in_the_ordinary_course():
    big = replace(CASE, request=request(120000, form="interest_then_principal"), receivables=("500000", "500000"))
    assert big.need().inspection.kind == "large"
    assert CASE.need().inspection.kind == "ordinary"


def test_every_figure_to_watch_has_a_trigger_where_its_level_is_known():
    need = CASE.need()
    watched = {each.name: each for each in need.watch}
    assert watched["sales"].level == 10_000_000
    assert watched["sales"].trigger == 7_000_000
    assert watched["cash"].trigger == max(each.total for each in need.recommended.schedule)
    assert watched["receivables_days"].level == 30
    assert all(each.trigger is not None for each in need.watch)


# -- the largest customer ---------------------------------------------------------------------------------------------


def test_the_largest_customer_is_one_name_and_no_settlement():
    rows = [
        line(1, "b", "bank", "2025-02-03", 500, "sales", counterparty="财付通支付科技有限公司",
             reason="rule:wallet_collect 财付通"),
        line(2, "b", "bank", "2025-02-04", 300, "sales", counterparty="利丰贸易有限公司", reason="rule:goods_in 货款"),
        line(3, "b", "bank", "2025-02-05", 200, "sales", counterparty="张三", reason="rule:goods_in 货款"),
    ]
    assert largest_share(frame(rows), rebuild(CASE.form()).case) == Fraction(3, 10)
    assert largest_share(frame(rows[:1]), rebuild(CASE.form()).case) is None


def test_without_lines_the_largest_customer_stands_in_the_receivables():
    form = CASE.form() + '\n[[receivable]]\nname = "A"\namount = 75000\n[[receivable]]\nname = "B"\namount = 25000\n'
    need_case = rebuild(form).case
    assert largest_share(None, need_case) == Fraction(3, 4)


def test_losing_the_largest_customer_takes_its_share_of_gross_profit():
    """Three quarters of 10,000 a month."""
    owed = '\n[[receivable]]\nname = "{}"\namount = {}\n'
    need = replace(CASE, more=owed.format("A", 75000) + owed.format("B", 25000)).need()
    lost = next(each for each in need.stress if each.name == "customer_lost")
    assert need.capacity.monthly_disposable - lost.left == 750_000
    assert lost.size == "75.0%"


# -- season and orders ------------------------------------------------------------------------------------------------


def test_the_season_of_the_coming_months_follows_their_namesakes():
    left = {f"2025-{n:02d}": n * 100 for n in range(1, 13)}
    assert season(left, 14) == [100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100, 1200, 100, 200]
    assert season({"2025-05": 700, "2025-06": -300}, 3) == [200, 200, 200]
    assert season({}, 2) == [0, 0]


def test_level_payments_run_dry_where_the_season_does_not():
    left = [-500, -500, 4000, 4000]
    weights = [max(0, x) for x in left]
    level, by_season = (schedule(4000, Fraction(0), 4, form, weights) for form in ("annuity", "seasonal"))
    assert runs_dry(level, left, 1000) == 0
    assert runs_dry(by_season, left, 1000) is None
    assert [each.principal for each in by_season] == [0, 0, 2000, 2000]


def order(cost, start, end, **more):
    dates = f"start = {start}\npayment = {end}\n" if start else ""
    rest = "".join(f"{key} = {value}\n" for key, value in more.items())
    return f"\n[[order]]\ncost = {cost}\n{dates}{rest}"


@pytest.mark.parametrize(("orders", "most"), [
    (order(100, "2026-01-01", "2026-02-01") + order(80, "2026-03-01", "2026-04-01"), 100),
    (order(100, "2026-01-01", "2026-03-15") + order(80, "2026-03-01", "2026-04-01"), 180),
    (order(100, "2026-01-01", "2026-03-01") + order(80, "2026-03-01", "2026-04-01"), 180),
    (order(100, "", "") + order(80, "2026-03-01", "2026-04-01"), 180),
    (order(100, "2026-01-01", "2026-02-01", deposit=30, credit=20, paid=10), 40),
    (order(100, "2026-01-01", "2026-02-01", deposit=130), 0),
])
def test_the_most_cash_out_at_one_time(orders, most):
    assert peak(rebuild(CASE.form() + orders).case.order) == most * 100


@pytest.mark.parametrize(("party", "lender", "same"), [
    ("LOAN PAYMENT FIRST COASTAL SBA", "First Coastal Bank", True), ("中国建设银行", "建设银行杭州分行", True),
    ("招商银行", "工商银行", False), ("Wells Fargo", "First Coastal Bank", False), ("", "x", False),
])
def test_a_lender_is_known_by_the_beginning_of_its_name(party, lender, same):
    """A bank's own line often names the product around it; the form the bank."""
    assert _same(party, lender) is same
