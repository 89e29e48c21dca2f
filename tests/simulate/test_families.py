"""Families of businesses: every trade in every country and quality balances, and its truth tells what was done."""

import datetime as dt
import json
import tomllib
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recon.core.errors import ReconError
from recon.core.money import decimals
from recon.simulate.build import build, live
from recon.simulate.calendar import add_months
from recon.simulate.evidence.choice import laid_out
from recon.simulate.evidence.write import account_rows
from recon.simulate.figures import measure
from recon.simulate.profile import profile, trades
from recon.simulate.variants import QUALITIES
from recon.simulate.verdict import Room, clearance, judge

CURRENCIES = ("GBP", "EUR", "USD", "KES", "JPY", "KWD", "XAU")


def lived(trade, seed, months, first=dt.date(2025, 1, 1), **look):
    form = profile(trade, seed=seed, **look)
    business = live(form, seed, first, add_months(first, months) - dt.timedelta(days=1))
    return business.world, measure(business.world, business.finance)


def assert_true(world, true):
    sheet, income, cash = true.books.balance_sheet, true.books.income_statement, true.books.cash_flow
    for end in sheet[0].months:
        assert sheet[29].months[end] == sheet[52].months[end], "assets are liabilities and equity"
        assert cash[21].months[end] == sheet[0].months[end], "closing cash is monetary funds"
    assert sheet[8].opening >= 0
    assert sheet[8].amount >= 0
    taken = true.figures["drawings"] + true.figures["goods_taken_by_owner"]
    assert sheet[51].amount - sheet[51].opening == income[31].amount + true.figures["capital_introduced"] - taken
    for account in world.accounts.values():
        rows = account_rows(world, account)
        if account.form.layout != "processor":  # which may owe a fee on a sale that was given back at once
            assert min((row.balance for row in rows), default=0) >= 0, account.form.id


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
@pytest.mark.parametrize("trade", trades())
def test_every_trade_balances_in_both_countries(trade, locale):
    assert_true(*lived(trade, 1, 1, locale=locale))


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["zh-CN", "en"])
@pytest.mark.parametrize("trade", trades())
def test_every_trade_balances_over_years(trade, locale):
    for seed, months in ((2, 5), (3, 12), (4, 36)):
        assert_true(*lived(trade, seed, months, locale=locale, quality=QUALITIES[seed % 3]))


@settings(max_examples=5, deadline=None)
@given(trade=st.sampled_from(trades()), seed=st.integers(0, 10**6), months=st.integers(1, 4),
       quality=st.sampled_from(QUALITIES), month=st.integers(1, 12), abroad=st.sampled_from(("", *CURRENCIES)))
def test_any_business_of_any_quality_and_currency_balances(trade, seed, months, quality, month, abroad):
    first = dt.date(2024, month, 1)
    look = {"locale": "en", "currency": abroad} if abroad else {}
    assert_true(*lived(trade, seed, months, first, quality=quality, **look))


def test_the_eight_trades_of_the_contract_can_be_lived():
    assert set(trades()) == {"restaurant", "retail", "wholesale", "manufacturing", "services", "transport", "farming",
                             "other"}


def test_a_farm_sells_at_harvest_lives_on_its_stock_and_is_given_support():
    _, true = lived("farming", 3, 12)
    months = list(true.books.income_statement[0].months.values())
    assert sum(sorted(months)[-4:]) > sum(months) * 6 // 10
    assert sum(e.amount for e in true.events if e.category == "grant") == true.books.income_statement[21].amount > 0
    assert max(true.books.balance_sheet[8].months.values()) > 3 * min(true.books.balance_sheet[8].months.values())


def test_a_haulier_burns_fuel_and_pays_tolls_as_cost_of_sales():
    _, true = lived("transport", 2, 12)
    direct = -sum(e.amount for e in true.events if e.category == "direct_costs")
    used = sum(e.amount for e in true.events if e.category == "cost_of_goods_sold")
    assert true.figures["cost_of_goods_sold"] == direct + used
    assert direct > 0


@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD"])
def test_amounts_are_written_with_the_currencys_own_decimals(tmp_path, currency):
    build(tmp_path / "x", trade="services", months=1, seed=2, currency=currency.lower())
    truth = json.loads((tmp_path / "x" / "truth.json").read_text("utf-8"))
    form = tomllib.loads((tmp_path / "x" / "case.toml").read_text("utf-8"))
    assert truth["case"]["currency"] == form["case"]["currency"] == currency
    for amount in (*truth["figures"].values(), *(form["closing"][key] for key in ("cash", "inventory"))):
        assert -Decimal(amount).as_tuple().exponent == decimals(currency)
    assert Decimal(truth["figures"]["total_sales"]) > 0
    assert form["case"]["language"] == "en"


def test_chinese_papers_in_another_currency_are_refused(tmp_path):
    with pytest.raises(ReconError) as slip:
        build(tmp_path / "x", trade="retail", locale="zh-CN", currency="USD")
    assert slip.value.code == "simulate_currency"


def test_an_unknown_quality_is_refused_with_the_nearest(tmp_path):
    with pytest.raises(ReconError) as slip:
        build(tmp_path / "x", trade="retail", quality="mesy")
    assert (slip.value.code, slip.value.params["nearest"]) == ("no_quality", "messy")


def stated(tmp_path, **arguments):
    folder = tmp_path / "-".join(arguments.values())
    build(folder, trade="services", months=1, seed=4, **arguments)
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    return truth["answers"], tomllib.loads((folder / "case.toml").read_text("utf-8")), truth


def test_answers_are_exact_rounded_bent_or_missing_and_truth_keeps_them(tmp_path):
    true, form, _ = stated(tmp_path, answers="exact")
    assert {key: form["stated"][key] for key in true["true"]} == true["true"]
    sales = Decimal(true["true"]["monthly_sales"])
    _, form, _ = stated(tmp_path, answers="rounded")
    assert abs(Decimal(form["stated"]["monthly_sales"]) - sales) <= sales / 20
    for mode, low, high in (("understated", 0, "0.88"), ("overstated", "1.12", 2)):
        true, form, _ = stated(tmp_path, answers=mode)
        said = Decimal(form["stated"]["monthly_sales"])
        assert sales * Decimal(low) < said < sales * Decimal(high)
        assert abs(said - sales * true["percent"] / 100) <= said / 15
    true, form, _ = stated(tmp_path, answers="missing")
    assert true["missing"]
    assert not set(true["missing"]) & set(form.get("stated", {}))


def test_a_clean_owner_writes_all_cash_down_and_a_careless_one_forgets(tmp_path):
    _, clean, _ = stated(tmp_path, quality="clean")
    assert "unknown" not in clean["case"]
    build(tmp_path / "m", trade="restaurant", months=1, seed=4, quality="messy")
    messy = tomllib.loads((tmp_path / "m" / "case.toml").read_text("utf-8"))
    truth = json.loads((tmp_path / "m" / "truth.json").read_text("utf-8"))
    assert messy["case"]["unknown"] == ["cash_sales", "drawings"]
    noted = {row["category"] for event in truth["events"] for row in event["rows"] if row["account"] == "cash"}
    assert noted.isdisjoint({"owner_out", "cash_sales"})
    opening = truth["balance_sheet"][8]["opening"]
    assert messy["opening"].get("inventory") != opening


def test_layouts_and_number_of_files_differ_between_seeds():
    forms = [laid_out(profile(trade, locale=locale), seed)
             for trade in ("services", "wholesale") for locale in ("zh-CN", "en") for seed in range(20)]
    used = {account.layout for form in forms for account in form.account if account.kind == "bank"}
    assert len(used) >= 14
    assert {account.files for form in forms for account in form.account} >= {1, 2, 4}


def test_every_verdict_occurs_and_follows_from_what_stands_beside_it():
    seen = set()
    for trade, seed in (("restaurant", 1), ("wholesale", 1), ("wholesale", 2), ("manufacturing", 3)):
        _, true = lived(trade, seed, 12, quality="ordinary")
        room, verdict = true.room, true.verdict
        seen.add(verdict.verdict)
        if verdict.verdict == "justified":
            assert true.asked <= min(room.need, room.affordable)
        elif verdict.verdict == "reduce":
            assert 0 < verdict.amount == min(room.need, room.affordable) < true.asked
        else:
            assert true.character == "poor" or min(room.need, room.affordable) <= 0
    assert seen == {"justified", "reduce", "decline"}


@pytest.mark.parametrize(("need", "affordable", "asked", "character", "verdict"), [
    ((500, None), 400, 300, "good", ("justified", "within_room", 300)),
    ((500, 0), 400, 450, "good", ("reduce", "capacity", 400)), ((300, 0), 400, 450, "good", ("reduce", "need", 300)),
    ((-10, 320), 400, 450, "good", ("reduce", "need", 320)), ((-10, 0), 400, 450, "good", ("decline", "no_need", 0)),
    ((300, 0), 0, 10, "good", ("decline", "no_capacity", 0)),
    ((500, 0), 400, 1, "poor", ("decline", "character_poor", 0)),
])
def test_a_verdict_is_as_much_as_needed_and_affordable(need, affordable, asked, character, verdict):
    room = Room(*need, deepest=None, disposable=0, affordable=affordable)
    made = judge(room, asked, character)
    assert (made.verdict, made.because, made.amount) == verdict


@pytest.mark.parametrize(("room", "asked", "character", "share"), [
    (Room(500, 0, None, 0, 400), 300, "good", Fraction(1, 4)),
    (Room(500, 0, None, 0, 400), 800, "good", Fraction(2, 5)),
    (Room(20, 0, None, 0, 400), 800, "good", Fraction(20, 1000)),
    (Room(-50, None, None, 9, 9), 9, "good", Fraction(1, 20)),
    (Room(500, 0, None, -30, 0), 9, "good", Fraction(3, 10)), (Room(500, 0, None, 9, 9), 9, "poor", Fraction(1)),
])
def test_a_verdicts_clearance_is_the_share_by_which_it_would_turn(room, asked, character, share):
    assert clearance(room, asked, character, gross=1000, month=100) == share
