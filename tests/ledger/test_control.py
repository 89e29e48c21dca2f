"""Control accounts: whatever subset of facts determines a figure, it is found exactly; what is open stays open."""

import copy
import datetime as dt

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from recon.case.form import from_mapping
from recon.core.period import Period
from recon.core.tables import TRANSACTIONS
from recon.ledger.build import build
from tests.ledger.worlds import World, rebuild, text, worlds

#: Shrinking a whole business takes longer than reading one.
QUICK = settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))


@QUICK
@given(worlds())
def test_a_complete_world_closes_without_difference_or_question(world: World):
    ledger, _ = rebuild(world.form())
    assert dict(ledger.solution.differences) == {}
    assert ledger.solution.questions == ()
    assert ledger.value("credit_sales") == world.flow["credit_sales"]
    assert ledger.value("credit_purchases") == world.flow["credit_purchases"]
    assert ledger.value("cost_of_goods_sold") == world.flow["cost_of_goods_sold"]
    assert ledger.value("net_profit") == world.net_profit
    assert (ledger.value("opening.equity"), ledger.value("closing.equity")) == world.equity


@QUICK
@given(worlds())
def test_every_month_articulates_and_the_months_make_the_period(world: World):
    """Assets = liabilities + equity in every month, Δcash = cash flow, months sum to the period, debits = credits."""
    ledger, books = rebuild(world.form())
    assert ledger.journal["debit"].sum() == ledger.journal["credit"].sum()
    by_entry = ledger.journal.groupby("entry")[["debit", "credit"]].sum()
    assert (by_entry["debit"] == by_entry["credit"]).all()
    assets, claims = books.line("balance_sheet", 30), books.line("balance_sheet", 53)
    assert (assets.opening, assets.amount, assets.months) == (claims.opening, claims.amount, claims.months)
    cash, net = books.line("balance_sheet", 1), books.line("cash_flow", 20)
    before = cash.opening
    for month, value in cash.months.items():
        assert value - before == net.months[month]
        before = value
    for statement in ("income_statement", "cash_flow"):
        for line in getattr(books, statement):
            if (line.form.number and line.form.number not in (21, 22)) or statement == "income_statement":
                assert line.amount is None or sum(line.months.values()) == line.amount
    assert books.line("income_statement", 32).amount == world.net_profit
    assert books.line("balance_sheet", 52).amount == world.equity[1]
    assert books.line("balance_sheet", 9).amount == world.closing["inventory"]
    assert books.line("balance_sheet", 4).amount == world.closing["receivables"]
    assert cash.amount == world.closing["cash"] + world.closing["bank"]


#: Facts that the rest of a complete world determines, so that deleting any one of them changes nothing.
DELETABLE = [
    ("closing", "receivables", "credit_sales"), ("opening", "receivables", "credit_sales"),
    ("closing", "payables", "credit_purchases"), ("opening", "payables", "credit_purchases"),
    ("closing", "inventory", "cost_of_goods_sold"), ("opening", "inventory", "cost_of_goods_sold"),
    ("known", "received", "credit_sales"), ("known", "paid", "credit_purchases"), ("closing", "cash", ""),
    ("opening", "cash", ""), ("known", "drawings", ""), ("known", "cash_sales", ""),
    ("adjust", "stock_lost", "cost_of_goods_sold"),
]


@QUICK
@given(worlds(), st.sampled_from(DELETABLE))
def test_a_deleted_fact_is_recovered_exactly(world: World, what: tuple[str, str, str]):
    """With the figure that its account would otherwise have found stated in its place, the deleted fact is found."""
    table, key, needs = what
    form = copy.deepcopy(world.form())
    if needs:
        form["known"][needs] = text(world.flow[needs])
    del form[table][key]
    if table in ("known", "adjust"):
        form["case"]["unknown"] = [key]
    ledger, _ = rebuild(form)
    name = f"{table}.{key}" if table in ("opening", "closing") else key
    truth = getattr(world, table)[key] if table in ("opening", "closing") else world.flow[key]
    assert ledger.value(name) == truth
    assert ledger.solution.questions == ()


@QUICK
@given(worlds())
def test_two_unknowns_in_one_account_stay_unknown_and_one_answer_is_asked_for(world: World):
    form = world.form()
    del form["closing"]["receivables"]
    ledger, books = rebuild(form)
    assert ledger.value("credit_sales") is None
    assert ledger.value("closing.receivables") is None
    assert books.line("income_statement", 1).amount is None
    assert len(ledger.solution.questions) == 1
    answer = ledger.solution.questions[0]
    road = {"credit_sales", "closing.receivables", "total_sales", "gross_profit", "net_profit", "closing.equity"}
    assert answer in road


@pytest.mark.slow
@QUICK
@given(worlds(), st.integers(1, 100_000))
def test_a_closing_that_contradicts_its_account_leaves_a_difference_there_and_moves_nothing_else(world: World, by: int):
    form = world.form()
    form["known"]["credit_sales"] = text(world.flow["credit_sales"])
    straight, before = rebuild(form)
    form["closing"]["receivables"] = text(world.closing["receivables"] + by)
    bent, after = rebuild(form)
    assert dict(straight.solution.differences) == {}
    assert dict(bent.solution.differences) == {"receivables": -by}
    assert [x.amount for x in before.balance_sheet] == [x.amount for x in after.balance_sheet]
    assert [x.amount for x in before.income_statement] == [x.amount for x in after.income_statement]


def interview(**tables: object) -> dict[str, object]:
    return {"case": {"name": "x", "trade": "retail"}, **tables}


def test_credit_sales_follow_from_receipts_discounts_bad_debts_and_balances():
    """412,000 + 3,500 + 2,500 + 96,000 − 74,000 = 440,000."""
    ledger, _ = rebuild(interview(
        opening={"receivables": 74000}, closing={"receivables": 96000}, known={"received_from_customers": 412000},
        adjust={"discount_allowed": 3500, "bad_debts": 2500},
    ))
    assert ledger.value("credit_sales") == 440_000_00
    assert ledger.controls["receivables"].found == "credit_sales"
    assert ledger.figure("credit_sales").equation == "receivables"


def test_stock_lost_by_fire_is_found_from_the_margin():
    """Sales 100,000 at 25 % margin cost 75,000; 20,000 + 70,000 − 75,000 − 5,000 left = 10,000 burnt."""
    form = interview(
        opening={"inventory": 20000, "payables": 0, "receivables": 0},
        closing={"inventory": 5000, "payables": 0, "receivables": 0},
        known={"total_sales": 100000, "purchases": 70000}, stated={"margin": "0.25"},
    )
    form["case"]["unknown"] = ["stock_lost"]
    ledger, _ = rebuild(form)
    assert ledger.value("cost_of_goods_sold") == 75_000_00
    assert ledger.value("stock_lost") == 10_000_00


def test_a_markup_of_a_quarter_is_a_margin_of_a_fifth():
    ledger, _ = rebuild(interview(
        opening={"inventory": 0, "payables": 0, "receivables": 0}, closing={"payables": 0, "receivables": 0},
        known={"cost_of_goods_sold": 80000, "purchases": 90000}, stated={"markup": "0.25"},
    ))
    assert ledger.value("total_sales") == 100_000_00
    assert ledger.value("closing.inventory") == 10_000_00


def test_missing_cash_sales_and_drawings_are_found_together_where_the_margin_ties_sales_to_cost():
    """Two unknowns in the cash account: sales come from cost at 20 %, so cash sales, and then the drawings."""
    form = interview(
        opening={"cash": 1000, "inventory": 10000, "receivables": 5000, "payables": 4000},
        closing={"cash": 800, "inventory": 12000, "receivables": 6000, "payables": 3000},
        known={"received_from_customers": 60000, "paid_to_suppliers": 83000}, stated={"margin": "0.2"},
    )
    form["case"]["unknown"] = ["cash_sales", "drawings"]
    ledger, _ = rebuild(form)
    assert ledger.value("credit_purchases") == 82_000_00
    assert ledger.value("cost_of_goods_sold") == 80_000_00
    assert ledger.value("total_sales") == 100_000_00
    assert ledger.value("cash_sales") == 39_000_00
    assert ledger.value("drawings") == (1000 + 60000 + 39000 - 83000 - 800) * 100


def test_statement_of_affairs_gives_profit_from_two_net_worths_alone():
    """Profit = 70,000 − 50,000 + drawings 12,000 − introduced 2,000 = 30,000; sales stay unknown."""
    ends = {"receivables": 20000, "payables": 10000, "inventory": 15000, "cash": 25000}
    ledger, books = rebuild(interview(
        opening=ends, closing={**ends, "cash": 45000}, known={"drawings": 12000, "capital_introduced": 2000},
    ))
    assert ledger.value("opening.equity") == 50_000_00
    assert ledger.value("net_profit") == 30_000_00
    assert ledger.value("total_sales") is None
    assert books.line("income_statement", 32).amount == 30_000_00
    assert books.line("balance_sheet", 30).amount == books.line("balance_sheet", 53).amount == 80_000_00


@pytest.mark.parametrize(("key", "value"), [("cash_sale", 5), ("drawing", 5)])
def test_an_unknown_fact_names_the_nearest_known_one(key, value):
    with pytest.raises(Exception, match="unknown_key") as caught:
        rebuild(interview(known={key: value}))
    assert caught.value.params["nearest"]


def test_a_found_figure_that_cannot_be_negative_is_told():
    """3,200 + 70,000 + 9,666.67 − 61,000 − 20,000 leaves less than the 4,350 counted: nothing can have been stolen."""
    case = from_mapping({
        "case": {"name": "x", "trade": "retail", "from": dt.date(2025, 1, 1), "to": dt.date(2025, 6, 30),
                 "unknown": ["cash_lost"]},
        "opening": {"cash": 200, "bank": 3000, "inventory": 8000, "receivables": 5000, "payables": 4000},
        "closing": {"cash": 150, "bank": 4200, "inventory": 9000, "receivables": 6000, "payables": 4500},
        "known": {"received": 70000, "paid": 61000, "rent": 3000, "wages": 8000, "drawings": 9000},
        "stated": {"margin": "0.25"},
    })
    ledger, findings = build(TRANSACTIONS.frame(), (), case, Period(dt.date(2025, 1, 1), dt.date(2025, 6, 30)))
    assert ledger.value("total_sales") == 80_666_67
    told = next(f for f in findings if f.code == "negative_found")
    assert told.params["figure"].tell("en") == "cash lost"
    assert told.params["amount"] == "-2483.33"


#: Facts of a fully stated world, and the accounts in which a slip in each of them shows.
MEETS = {
    "opening.cash": "cash", "closing.cash": "cash", "opening.inventory": "inventory",
    "closing.inventory": "inventory", "opening.receivables": "receivables", "closing.payables": "payables",
    "closing.prepayments": "payables", "opening.advances": "receivables", "closing.bills_receivable": "receivables",
    "closing.fixed_assets": "fixed_assets", "opening.fixed_assets": "fixed_assets",
    "known.received": "cash receivables", "known.paid": "cash payables", "known.cash_sales": "cash",
    "known.cash_purchases": "cash inventory", "known.wages_paid": "cash", "known.expense.rent": "cash",
    "known.fixed_assets_bought": "cash fixed_assets", "known.drawings": "cash", "known.introduced": "cash",
    "known.credit_sales": "receivables", "known.credit_purchases": "inventory payables",
    "known.cost_of_goods_sold": "inventory", "adjust.discount_allowed": "receivables",
    "adjust.bad_debts": "receivables", "adjust.set_off": "payables receivables",
    "adjust.purchase_returns": "inventory payables", "adjust.goods_taken_by_owner": "inventory",
    "adjust.cash_lost": "cash", "adjust.depreciation": "fixed_assets",
}


@QUICK
@given(worlds(), st.sampled_from(sorted(MEETS)), st.integers(1, 10_000_000))
def test_a_wrong_fact_shows_in_its_own_accounts_and_no_other_fact_moves(world: World, fact: str, by: int):
    form = world.form()
    form["known"] |= {k: text(world.flow[k]) for k in ("credit_sales", "credit_purchases", "cost_of_goods_sold")}
    table, _, key = fact.partition(".")
    value = getattr(world, table)[key] if table in ("opening", "closing") else world.flow[key]
    form[table][key] = text(value + by)
    ledger, _ = rebuild(form)
    accounts = set(MEETS[fact].split())
    assert set(ledger.solution.differences) == accounts
    assert {abs(amount) for amount in ledger.solution.differences.values()} == {by}
    for name, told in {f"{t}.{k}": v for t in form if t != "case" for k, v in form[t].items()}.items():
        head, _, rest = name.partition(".")
        if name != f"closing.{rest}" or rest not in accounts:
            assert text(ledger.value(name if head in ("opening", "closing") else rest)) == told, name


@pytest.mark.parametrize("bank", [11_000, 9_000])
@pytest.mark.parametrize("said", ["expenses", "operating_expenses", "other_expenses"])
def test_stated_expenses_stand_where_the_cash_does_not_agree_with_them(said: str, bank: int):
    """5,100 + 100,000 − 60,000 − 9,000 − 20,000 − 5,000 = 11,100: a bank of 9,000 leaves 2,000 to explain."""
    form = interview(
        opening={"cash": 100, "bank": 5000, "inventory": 100, "receivables": 200, "payables": 300,
                 "fixed_assets": 40000},
        closing={"cash": 100, "bank": bank, "inventory": 100, "receivables": 200, "payables": 300,
                 "fixed_assets": 41000},
        known={"total_sales": 100000, "credit_sales": 100000, "purchases": 60000, "fixed_assets_bought": 9000,
               said: 20000, "drawings": 5000, "introduced": 0},
        adjust={"depreciation": 8000},
    )
    ledger, _ = rebuild(form)
    assert ledger.value("net_profit") == 12_000_00
    assert dict(ledger.solution.differences) == ({} if bank == 11_000 else {"cash": 2_000_00})
