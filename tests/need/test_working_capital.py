"""The need: worked problems to the cent by two roads, and properties that any need must have."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from recon.core.errors import ReconError
from recon.core.settings import shipped
from recon.need.assess import assess
from recon.need.export import as_json
from recon.need.formulas import TABLES, choices, formulas
from tests.checks.cases import rebuild
from tests.need.problems import Problem

QUICK = settings(max_examples=6, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
FIRST = Problem(
    sales="20315.74", cost="19178.09", profit="903.12", inventory=("713.09", "1346.22"),
    receivables=("893.70", "1551.16"), payables=("1", "1"), prepayments=("1880.64", "1810.14"),
    advances=("133.91", "25.19"), loan="0", drawings="500",
    request="amount = 8000\nterm_months = 12\nown_funds = 0", growth=str(Decimal(36500) / Decimal("20315.74") - 1),
)
#: Days 45, 30, 20, 5 and 10 on sales of 1,200,000 at 10 %: 7.2 turns, 165,000, less 60,000 and 50,000.
SECOND = Problem()


def inputs(problem, method="regulator"):
    return {name: each.value for name, each in problem.method(method).inputs.items()}


def test_the_published_example_comes_out_to_the_cent():
    method = FIRST.method("regulator")
    assert round(method.inputs["turns"].value, 2) == Fraction("4.85")
    assert method.amount == 718_882


def test_the_round_example_comes_out_to_the_cent():
    method = SECOND.method("regulator")
    days = {name: round(method.inputs[f"days_{name}"].value) for name in
            ("inventory", "receivables", "payables", "prepayments", "advances")}
    assert days == {"inventory": 45, "receivables": 30, "payables": 20, "prepayments": 5, "advances": 10}
    assert round(method.inputs["turns"].value, 4) == Fraction("7.2")
    assert round(method.inputs["working_capital"].value) == 16_500_000
    assert method.amount == 5_500_000


def by_hand(p, year, *, average):
    """The regulator's formula once more, by turnover figures instead of days: turns = 1 ÷ Σ balance ÷ flow."""
    def held(pair):
        return (Fraction(pair[0]) + Fraction(pair[1])) / 2 if average else Fraction(pair[1])
    sales, cost = Fraction(p.sales), Fraction(p.cost)
    tied = held(p.inventory) / cost + held(p.receivables) / sales + held(p.prepayments) / cost
    tied -= held(p.payables) / cost + held(p.advances) / sales
    return max(Fraction(0), (sales - Fraction(p.profit)) * (1 + Fraction(p.growth)) * tied), year * tied


PROBLEMS = {
    "positive": SECOND,
    "published": FIRST,
    "no growth": replace(SECOND, growth="0"),
    "shrinking": replace(SECOND, growth="-0.25"),
    "loss-making": replace(SECOND, profit="-60000"),
    "balances that doubled": replace(SECOND, inventory=("90000", "180000"), receivables=("50000", "100000")),
    "balances that halved": replace(SECOND, inventory=("180000", "90000")),
    "thin margin": replace(SECOND, profit="1200"),
    "suppliers fund all": replace(SECOND, payables=("600000", "600000")),
    "suppliers fund exactly all": replace(
        SECOND, receivables=("0", "0"), advances=("0", "0"), prepayments=("0", "0"), payables=("135000", "135000")
    ),
    "customers pay ahead": replace(SECOND, advances=("400000", "400000")),
    "all on credit": replace(SECOND, receivables=("600000", "700000")),
    "stock for a year": replace(SECOND, inventory=("1080000", "1080000")),
    "no stock": replace(SECOND, inventory=("0", "0")),
    "tiny": replace(SECOND, sales="1200", cost="1080", profit="120", inventory=("135", "135"),
                    receivables=("100", "100"), payables=("60", "60"), prepayments=("15", "15"), advances=("33", "33"),
                    loan="0", drawings="10"),
    "short of a tenth of a cent": replace(SECOND, sales="1200000.01"),
}


@pytest.mark.parametrize("name", PROBLEMS)
@pytest.mark.parametrize(("year", "average"), [(360, True), (365, True), (360, False)])
def test_each_problem_agrees_with_the_formula_worked_by_turnover(name, year, average):
    problem = PROBLEMS[name]
    chosen = "\n[settings]\n" + f"days_in_year = {year}\nbalances_by = \"{'average' if average else 'closing'}\""
    found = inputs(replace(problem, more=chosen))
    gross, days = by_hand(problem, year, average=average)
    assert abs(found["working_capital"] / 100 - gross) < Fraction(1, 100)
    assert abs(found["cycle_days"] - days) < Fraction(1, 1000)
    if days <= 0:
        assert found["turns"] is None
        assert found["new_limit"] == 0
    else:
        assert abs(found["turns"] * days - year) < Fraction(1, 100)


@pytest.mark.parametrize("name", ["suppliers fund all", "suppliers fund exactly all", "customers pay ahead"])
def test_a_cycle_of_no_days_gives_no_need_and_no_division(name):
    need = PROBLEMS[name].need()
    method = need.method("regulator")
    assert method.amount == 0
    assert "no need" in " ".join(r.tell("en") for r in method.because)


def test_the_cycle_is_days_times_the_cash_cost_of_a_day():
    found = inputs(SECOND, "cycle")
    assert (found["operating_cycle"], found["cash_conversion_cycle"]) == (75, 55)
    assert found["daily_cost"] == 300_000
    assert SECOND.method("cycle").amount == 16_500_000


def test_half_a_year_is_doubled_and_an_odd_period_goes_by_its_days():
    half = replace(SECOND, end="2025-06-30")
    assert inputs(half)["sales"] == 240_000_000
    odd = replace(SECOND, end="2025-06-29")
    assert inputs(odd)["sales"] == Fraction(120_000_000 * 365, 180)
    assert inputs(SECOND)["sales"] == 120_000_000
    two = replace(SECOND, start="2024-01-01")
    assert inputs(two)["sales"] == 60_000_000


@pytest.mark.parametrize(("choice", "own"), [
    ("stated", 6_000_000), ("cash", None), ("working_capital", None), ("equity", None),
])
def test_own_funds_are_a_named_choice(choice, own):
    made = inputs(replace(SECOND, more=f'\n[settings]\nown_funds_by = "{choice}"'))
    if own is not None:
        assert made["own_funds"] == own
    assert made["own_funds"] >= 0
    assert made["new_limit"] == max(
        0, made["working_capital"] - made["own_funds"] - made["existing_loans"] - made["other_funding"])


@pytest.mark.parametrize(("use", "counted"), [("trade", 5_000_000), ("equipment", 0), ("home", 0), (None, 5_000_000)])
def test_a_loan_for_equipment_or_a_home_is_no_working_capital(use, counted):
    """The formula takes off what working capital others lend already, not a truck's loan."""
    named = f'50000"\nuse = "{use}' if use else "50000"

    class Named(Problem):
        def form(self):
            return super().form().replace('closing = "50000"', f'closing = "{named}"')

    assert inputs(Named(**vars(SECOND)))["existing_loans"] == counted


def test_a_choice_that_there_is_not_is_refused():
    with pytest.raises(ReconError) as slip:
        replace(SECOND, more='\n[settings]\nmargin_by = "gross"').need()
    assert slip.value.code == "unknown_choice"


def test_what_is_not_known_gives_no_amount_and_says_what_is_missing():
    problem = replace(SECOND, sales="1", request="amount = 5")
    form = problem.form().replace('total_sales = "1"\n', "").replace('net_profit = "120000"\n', "")
    made = rebuild(form)
    need, findings = assess(made.case, made.ledger, made.statements, (), shipped())
    assert need.method("regulator").amount is None
    assert "not known" in need.method("regulator").because[0].tell("en")
    assert need.verdict == "cannot_judge"
    assert [f.code for f in findings] == ["need_unknown"]


amounts = st.integers(1, 5_000_000).map(str)


@QUICK
@given(amounts, amounts)
def test_more_own_funds_never_raise_the_need(one, two):
    less, more = sorted((one, two), key=int)
    asked = [replace(SECOND, request=f"amount = 1\nown_funds = {own}") for own in (less, more)]
    found = [problem.method("regulator").amount for problem in asked]
    assert found[0] >= found[1]


@QUICK
@given(amounts, amounts)
def test_longer_receivable_days_never_lower_the_need(one, two):
    shorter, longer = sorted((one, two), key=int)
    found = [replace(SECOND, receivables=(r, r)).method("regulator").amount for r in (shorter, longer)]
    assert found[0] <= found[1]


@QUICK
@given(st.integers(2, 50))
def test_scaling_all_amounts_scales_the_answer(times):
    def scaled(text):
        return str(Decimal(text) * times)
    names = ("sales", "cost", "profit", "loan", "drawings")
    pairs = ("inventory", "receivables", "payables", "prepayments", "advances")
    big = replace(
        SECOND, **{n: scaled(getattr(SECOND, n)) for n in names},
        **{n: tuple(scaled(each) for each in getattr(SECOND, n)) for n in pairs},
        request=f"amount = {50000 * times}\nterm_months = 12\nannual_rate = 0.06\nown_funds = {60000 * times}",
    )
    for name in ("regulator", "cycle"):
        small, large = SECOND.method(name), big.method(name)
        assert large.inputs["working_capital"].value == small.inputs["working_capital"].value * times
        assert abs(large.amount - small.amount * times) <= times


def test_json_holds_what_the_contract_names():
    told = as_json(SECOND.need(), language="zh-CN", places=2)
    regulator = next(m for m in told["methods"] if m["id"] == "regulator")
    assert regulator["amount"] == "55000.00"
    named = {"working_capital", "turns", "days_inventory", "days_receivables", "days_payables", "days_prepayments",
             "days_advances", "margin", "growth", "own_funds", "existing_loans", "other_funding"}
    assert named <= regulator["inputs"].keys()
    assert regulator["inputs"]["turns"] == "7.2000"
    assert regulator["inputs"]["working_capital"] == "165000.00"
    cycle = next(m for m in told["methods"] if m["id"] == "cycle")
    assert {"operating_cycle", "cash_conversion_cycle", "daily_cost"} <= cycle["inputs"].keys()
    assert {"monthly_disposable", "instalment", "coverage", "worst_month"} <= told["capacity"].keys()


def test_every_row_of_the_tables_has_both_names_and_a_unit():
    for table in TABLES:
        for formula in formulas(table):
            assert formula.title.zh
            assert formula.title.en
            assert formula.unit in ("money", "days", "ratio", "turns")
    assert set(choices("regulator")) == {"margin_by", "balances_by", "own_funds_by"}
