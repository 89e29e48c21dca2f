"""The measures by hand: each example was worked out on paper, and each measure is shown to fail."""

import copy
from decimal import Decimal

import pytest

from recon.simulate.faults.catalogue import CATALOGUE
from recon.simulate.profile import trades
from tests.benchmarks.accuracy import measure, plan, summary, table, verdict, yardsticks
from tests.benchmarks.accuracy.yardsticks import Credit


def form_lines(amounts, of, *, balance=False):
    """Every line of a form with one month, zero where *amounts* says nothing."""
    made = []
    for number in range(1, of + 1):
        value = amounts.get(number, "0.00")
        ends = {"opening": value, "closing": value} if balance else {"amount": value}
        made.append({"line": number, **ends, "months": {"2025-01": value}})
    return made


@pytest.fixture
def truth():
    return {
        "balance_sheet": form_lines({1: "70.00", 30: "100.00", 52: "100.00", 53: "100.00"}, 53, balance=True),
        "income_statement": form_lines({1: "200.00", 2: "120.00", 32: "50.00"}, 32),
        "cash_flow": form_lines({1: "0.00", 21: "70.00", 22: "70.00"}, 22),
        "figures": {"total_sales": "200.00", "effective_revenue": "190.00", "purchases": "110.00"},
        "need": {"regulator": {"amount": "30.00", "exact": "30.00", "inputs": {"working_capital": "80.00"}},
                 "amount": "30.00", "capacity": {"affordable": "45.00"}, "character": "good"},
    }


@pytest.fixture
def books(truth):
    made = copy.deepcopy({name: truth[name] for name in measure.FORMS})
    made["figures"] = {"effective_revenue": "190.00", "total_sales": "200.00", "purchases": None}
    made["need"] = {"methods": [{"id": "regulator", "amount": "28.00", "low": "25.00", "high": "29.00",
                                 "inputs": {"working_capital": "84.00"}}]}
    return made


def test_equal_books_are_exact_and_tie(truth, books):
    counts = measure.exactness(list(measure.compared(truth, books)))
    assert counts["period"] == {"right": 13, "wrong": 0, "abstained": 0}
    assert counts["month"] == {"right": 9, "wrong": 0, "abstained": 0}
    assert measure.articulates(books) == "pass"


def test_a_cent_is_wrong_and_a_null_is_abstained_and_never_right(truth, books):
    books["income_statement"][0]["amount"] = "200.01"
    books["income_statement"][1]["amount"] = None
    books["income_statement"][4]["amount"] = "3.00"
    counts = measure.exactness(list(measure.compared(truth, books)))["period"]
    assert counts == {"right": 11, "wrong": 2, "abstained": 1}, "a line that truth has not is wrong too"


@pytest.mark.parametrize(("form", "line", "key"), [
    ("balance_sheet", 30, "closing"), ("cash_flow", 22, "amount"), ("cash_flow", 21, "amount"),
])
def test_books_that_do_not_tie_fail_and_unknown_ones_are_not_passed(books, form, line, key):
    books[form][line - 1][key] = "99.99"
    assert measure.articulates(books) == "fail"
    books[form][line - 1][key] = None
    assert measure.articulates(books) == "unknown"


def test_months_that_do_not_add_up_fail(books):
    books["income_statement"][0]["months"]["2025-01"] = "199.99"
    assert measure.articulates(books) == "fail"


def test_figures_stand_beside_their_truth(truth, books):
    books["balance_sheet"][51]["closing"] = None
    found = measure.figures(truth, books)
    assert found["gross_profit"] == ("80.00", "80.00")
    assert found["equity"] == ("100.00", None)
    assert found["closing_cash"] == ("70.00", "70.00")
    assert found["purchases"] == ("110.00", None)


def test_only_what_is_called_documented_and_differs_is_documented_and_wrong(truth, books):
    books["income_statement"][0] |= {"basis": {"documented": "1.00"}, "amount": "201.00"}
    books["income_statement"][1] |= {"basis": {"documented": "0.99"}, "amount": "1.00"}
    books["balance_sheet"][0] |= {"basis": {"documented": "1.00"}}
    wrong = measure.documented_and_wrong(truth, books)
    assert wrong == [{"line": "income_statement.1", "true": "200.00", "found": "201.00"}]
    assert measure.documented(books) == 2


def test_a_range_is_taken_as_it_is_stated(truth, books):
    assert measure.ranges(truth, books) == {"need_limit": {"low": "25.00", "high": "29.00", "true": "30.00"}}
    books["need"] |= {"requested": {"amount": "40.00"}, "recommended": {"low": "20.00", "high": "29.00"}}
    assert measure.ranges(truth, books)["recommended"] == {"low": "20.00", "high": "29.00", "true": "30.00"}
    books["ranges"] = {"total_sales": {"low": "190.00", "high": "200.00"}, "nobody": {"low": "1.00", "high": "2.00"}}
    found = measure.ranges(truth, books)
    assert set(found) == {"need_limit", "recommended", "total_sales"}
    rows = [{"ranges": found}, {"ranges": {}}]
    assert summary.held(rows) == {"need_limit": (0, 1), "recommended": (0, 1), "total_sales": (1, 1)}


# -- quantiles and errors ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("values", "percent", "found"), [
    ([1, 2, 3, 4], 50, 2), ([1, 2, 3], 50, 2), (range(1, 11), 90, 9), (range(1, 12), 90, 10), ([7], 90, 7),
])
def test_a_quantile_is_a_value_that_was_measured(values, percent, found):
    assert summary.quantile([Decimal(v) for v in values], percent) == found


def test_abstentions_are_counted_and_do_not_help():
    each = summary.spread([Decimal(2), None, Decimal(1), None])
    assert (each.median, each.p90, each.judged, each.of) == (1, 2, 2, 4)
    assert summary.spread([None]).median is None


def row(**more):
    made = {
        "key": "ordinary/retail/1/12/zh-CN", "family": "ordinary", "trade": "retail", "seed": 1, "months": 12,
        "locale": "zh-CN", "faults": [], "error": None, "checks": {}, "findings": {},
        "verdict": {"found": "reduce", "right": "reduce"},
        "figures": {"revenue": ["200.00", "190.00"], "net_profit": ["-50.00", "-40.00"], "equity": ["-100.00", None]},
        "need": {"true": "80.00", "found": "84.00", "sales": "200.00"},
    }
    return made | more


def test_an_error_is_a_share_of_its_base():
    assert summary.error(row(), "revenue") == Decimal("0.05")
    assert summary.error(row(), "net_profit") == Decimal("0.05"), "of revenue, not of profit"
    assert summary.error(row(), "equity") is None
    assert summary.off(row(), "equity", "-90.00") == Decimal("0.1")
    assert summary.need_error(row(), "84.00") == Decimal("0.05")


def test_a_need_of_nothing_is_measured_against_a_hundredth_of_sales():
    none = row(need={"true": "0.00", "found": "3.00", "sales": "200.00"})
    assert summary.need_error(none, "0.00") == 0
    assert summary.need_error(none, "3.00") == Decimal("1.5")


# -- faults and alarms ------------------------------------------------------------------------------------------------


def test_a_fault_is_found_by_its_own_answers_only_and_anew_only_beyond_the_twin():
    twin = row(checks={"interest_a": "explain", "equity": "fail"})
    faulty = row(key="dishonest/retail/1/12/zh-CN", family="dishonest", faults=["forged_balance"],
                 checks={"interest_a": "fail", "interest_b": "pass", "equity": "fail"})
    assert summary.answered(faulty, "forged_balance") == ["check:interest_a"]
    assert summary.answered(faulty, "forged_balance", twin) == ["check:interest_a"], "worse than in the twin"
    assert summary.answered(faulty, "forged_balance", faulty) == []
    assert summary.answered(faulty, "page_missing") == []
    caught = summary.caught([faulty], {twin["key"]: twin})
    assert (caught["forged_balance"].seeded, caught["forged_balance"].anew) == (1, 1)
    assert summary.caught([faulty], {})["forged_balance"].twins == 0


def test_a_further_finding_is_found_anew():
    twin, faulty = row(findings={"account_not_handed_in": 1}), row(findings={"account_not_handed_in": 2})
    assert summary.answered(faulty, "account_missing", twin) == ["finding:account_not_handed_in"]
    assert summary.answered(twin, "account_missing", faulty) == []


def test_alarms_take_the_worst_of_several_accounts_as_one_check():
    made = summary.alarms([row(checks={"interest_a": "pass", "interest_b": "fail", "equity": "cannot_judge"}),
                           row(checks={"interest_a": "explain"})])
    assert made["interest"] == {"fail": 1, "explain": 1}
    assert made["equity"] == {"cannot_judge": 1}


def test_every_fault_has_answers_and_every_answer_a_fault():
    assert set(summary.accepted()) == set(CATALOGUE)


# -- verdict, yardsticks, plan ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("asked", "change", "found"), [
    ("30.00", {}, "justified"), ("30.01", {}, "reduce"), ("10.00", {"character": "poor"}, "decline"),
    ("10.00", {"amount": "0.00"}, "decline"), ("10.00", {"capacity": {"affordable": "0.00"}}, "decline"),
])
def test_the_right_verdict_follows_from_what_is_asked(truth, asked, change, found):
    truth["need"] |= change
    assert verdict.right(truth, Decimal(asked)) == found


FORM = {
    "case": {"name": "惠民便利店", "trade": "retail"}, "owner": {"name": "张三", "spouse": "李四"},
    "related": [{"name": "张五"}], "loan": [{"lender": "某银行", "closing": "20.00"}],
    "opening": {"inventory": "90.00", "receivables": "10.00", "payables": "30.00"},
    "closing": {"inventory": "110.00", "receivables": "30.00", "payables": "50.00", "cash": "5.00"},
    "stated": {"monthly_sales": "100", "margin": "0.2", "monthly_profit": "10", "wages": "4", "rent": "2",
               "cash_sales": "7"},
}
DAY = yardsticks.date(2025, 1, 5)
ROWS = [
    Credit("a", DAY, Decimal(60), "食客"), Credit("a", DAY, Decimal(20), "张三"), Credit("a", DAY, Decimal(30), "李四"),
    Credit("b", DAY, Decimal(-50), "张三丰"), Credit("a", DAY, Decimal(50), "转入"),
    Credit("a", DAY, Decimal(50), "客户"), Credit("a", DAY, Decimal(9), "某银行"),
]


def test_credits_by_margin_take_all_that_comes_in():
    found = yardsticks.credits_by_margin(FORM, ROWS, 1)
    assert found == {"revenue": Decimal(219), "gross_profit": Decimal("43.8"), "net_profit": Decimal("37.8")}


def test_bank_deposits_leave_out_own_money_once_and_add_cash():
    found = yardsticks.bank_deposits(FORM, ROWS, 1)["revenue"]
    assert found == 60 + 50 + 7, "one of the fifties left another own account, the other is a customer's"


def test_stated_figures_are_taken_at_their_word():
    assert yardsticks.as_stated(FORM, 3) == {"revenue": 300, "gross_profit": 60, "net_profit": 30}
    assert yardsticks.as_stated({**FORM, "stated": {}}, 3)["revenue"] is None
    assert yardsticks.counted_equity(FORM, Decimal(40)) == 40 + 5 + 110 + 30 - 50 - 20
    assert yardsticks.counted_equity({**FORM, "closing": {"cash": "5"}}, Decimal(40)) is None


def test_the_need_by_rules_of_thumb():
    assert yardsticks.need_by_share(FORM) == 240
    # days of a month: stock 100/80·30 = 37.5, receivables 20/100·30 = 6, payables 40/80·30 = 15 → 28.5 of 360
    assert yardsticks.need_as_stated(FORM) == Decimal(90) * 12 * Decimal("28.5") / 360
    assert yardsticks.need_as_stated({**FORM, "stated": {"monthly_sales": "100"}}) is None


def test_a_longer_run_begins_with_the_shorter_and_shows_every_family_trade_and_fault():
    short, long = list(plan.tasks(40, 7)), list(plan.tasks(320, 7))
    assert long[:40] == short
    assert len({task.key for task in long}) == 320
    assert {task.family for task in long} == set(plan.FAMILIES)
    assert {task.trade for task in long} == set(trades())
    assert {group[0] for task in long for group in task.wanted} == set(CATALOGUE)
    assert all(task.wanted == () for task in long if task.family in ("clean", "ordinary"))


def test_no_trade_keeps_to_one_fault():
    met = {}
    for task in plan.tasks(320, 7):
        for nth, group in enumerate(task.wanted):
            met.setdefault((task.family, task.trade, nth), set()).add(group[0])
    assert min(len(kinds) for kinds in met.values()) >= 2
    assert all(len(kinds) == 9 for (family, _, nth), kinds in met.items() if family == "dishonest" and nth == 0)


def test_the_report_speaks_both_languages_and_names_what_did_not_finish():
    rows = [row(error="TimeoutError: more than 900 s", code="abc")]
    for language, heading in (("zh-CN", "未能完成"), ("en", "Not finished")):
        text = table.report(rows, language, "python -m …")
        assert heading in text
        assert "ordinary/retail/1/12/zh-CN" in text
