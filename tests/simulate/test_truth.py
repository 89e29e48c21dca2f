"""The truth is double entry, closes, and agrees with itself by every road."""

import datetime as dt
import json
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recon.core.errors import ReconError
from recon.simulate.build import build, live
from recon.simulate.calendar import add_months
from recon.simulate.evidence.write import account_rows
from recon.simulate.figures import measure
from recon.simulate.journal import Event, Posting, check
from recon.simulate.need import Averages, ratio, regulator
from recon.simulate.profile import profile, trades


def by_line(lines):
    return {line["line"]: line for line in lines}


def assert_articulates(truth):
    sheet, income, cash = (by_line(truth[name]) for name in ("balance_sheet", "income_statement", "cash_flow"))
    assert [len(sheet), len(income), len(cash)] == [53, 32, 22]
    for month in sheet[30]["months"]:
        assert sheet[30]["months"][month] == sheet[53]["months"][month], "assets are liabilities and equity"
        assert cash[22]["months"][month] == sheet[1]["months"][month], "closing cash is monetary funds"
    assert sheet[30]["opening"] == sheet[53]["opening"]
    for line in [*income.values(), *(cash[n] for n in range(1, 21))]:
        assert sum(map(Decimal, line["months"].values())) == Decimal(line["amount"]), "months add to the period"
    figures = {name: Decimal(amount) for name, amount in truth["figures"].items()}
    gained = figures["net_profit"] + figures["capital_introduced"]
    taken = figures["drawings"] + figures["goods_taken_by_owner"]
    assert figures["closing_equity"] == figures["opening_equity"] + gained - taken


def test_the_three_statements_articulate_in_every_month(one):
    assert_articulates(one.truth)


def test_every_event_is_double_entry_and_leads_the_ledger_from_opening_to_closing(one):
    moved = defaultdict(Decimal)
    first, last = (dt.date.fromisoformat(one.truth["case"][end]) for end in ("from", "to"))
    for event in one.truth["events"]:
        days = defaultdict(Decimal)
        for day, account, amount, _ in event["postings"]:
            days[day] += Decimal(amount)
            if first <= dt.date.fromisoformat(day) <= last:
                moved[account] += Decimal(amount)
        assert not any(days.values()), event["id"]
    for account, ends in one.truth["ledger"].items():
        if not account.startswith("3"):
            assert Decimal(ends["opening"]) + moved[account] == Decimal(ends["closing"]), account


def test_an_event_that_does_not_balance_is_refused():
    day = dt.date(2025, 1, 1)
    sides = [Posting(day, "1002.a", -100), Posting(day, "5602.02", 99)]
    bad = Event(1, day, "rent", -100, "bank", "", "", postings=sides)
    with pytest.raises(AssertionError, match="does not balance"):
        check([bad])


def test_the_need_follows_from_the_figures_shown_with_it(one):
    method = one.truth["need"]["regulator"]
    given_ = {name: Decimal(value) for name, value in method["inputs"].items() if value is not None}
    cycle = (given_["days_inventory"] + given_["days_receivables"] + given_["days_prepayments"]
             - given_["days_payables"] - given_["days_advances"])
    assert abs(cycle - given_["cycle"]) <= Decimal("0.0003")
    need = given_["sales"] * (1 - given_["margin"]) * (1 + given_["growth"]) * given_["cycle"] / 360
    assert abs(max(need, 0) - given_["working_capital"]) <= given_["sales"] * Decimal("0.0001")
    limit = given_["working_capital"] - given_["own_funds"] - given_["existing_loans"] - given_["other_funding"]
    assert limit == Decimal(method["exact"])


def test_the_regulators_published_example_comes_out():
    held = Averages(inventory=(71309, 134622), receivables=(89370, 155116), prepayments=(188064, 181014),
                    payables=(100, 100), advances=(13391, 2519))
    growth = (Decimal(3650000) / Decimal(2031574)) - 1
    need = regulator(2031574, 1917809, 90312, growth, held)
    assert round(float(360 / need.cycle), 2) == 4.85
    assert abs(need.gross - 718882) <= 200, "the example rounds its turns"


def test_no_tied_up_days_mean_no_need_and_no_division():
    need = regulator(100, 50, 10, Decimal(0), Averages((0, 0), (0, 0), (0, 0), (10, 10), (0, 0)))
    assert (need.gross, need.cycle < 0, ratio(Fraction(1, 8))) == (0, True, "0.1250")


def test_the_same_arguments_give_the_same_bytes_and_another_seed_does_not(tmp_path):
    for name in ("a", "b"):
        build(tmp_path / name, trade="manufacturing", months=1, seed=5)
    files = {name: {str(p.relative_to(tmp_path / name)): p.read_bytes()
                    for p in sorted((tmp_path / name).rglob("*")) if p.is_file()} for name in "ab"}
    assert files["a"] == files["b"]
    first, last = dt.date(2025, 1, 1), dt.date(2025, 1, 31)
    one, other = (live(profile("manufacturing"), seed, first, last).world for seed in (5, 6))
    assert json.loads(files["a"]["truth.json"])["case"]["name"] == one.name
    assert [e.amount for e in one.events] != [e.amount for e in other.events]


@settings(max_examples=12, deadline=None)
@given(trade=st.sampled_from(trades()), seed=st.integers(0, 10**6), months=st.integers(1, 6),
       year=st.integers(2021, 2027), month=st.integers(1, 12))
def test_any_business_articulates_and_never_overdraws_or_sells_what_it_has_not(trade, seed, months, year, month):
    first = dt.date(year, month, 1)
    business = live(profile(trade), seed, first, add_months(first, months) - dt.timedelta(days=1))
    true = measure(business.world, business.finance)
    sheet, income, cash = true.books.balance_sheet, true.books.income_statement, true.books.cash_flow
    for end in sheet[0].months:
        assert sheet[29].months[end] == sheet[52].months[end]
        assert cash[21].months[end] == sheet[0].months[end]
        assert sheet[8].months[end] >= 0
    assert sheet[51].amount - sheet[51].opening == (
        income[31].amount + true.figures["capital_introduced"] - true.figures["drawings"]
        - true.figures["goods_taken_by_owner"])
    for account in business.world.accounts.values():
        balances = [row.balance for row in account_rows(business.world, account)]
        assert min(balances, default=0) >= 0


@pytest.mark.parametrize(("arguments", "code"), [
    ({"trade": "restarant"}, "no_trade"), ({"trade": "retail", "months": 0}, "simulate_months"),
    ({"trade": "retail", "months": 37}, "simulate_months"),
])
def test_what_cannot_be_simulated_is_said(tmp_path, arguments, code):
    with pytest.raises(ReconError) as slip:
        build(tmp_path / "x", **arguments)
    assert slip.value.code == code
    assert not (tmp_path / "x").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(ReconError) as slip:
        build(tmp_path, trade="retail")
    assert slip.value.code == "simulate_not_empty"
    assert [p.name for p in tmp_path.iterdir()] == ["note.txt"]
