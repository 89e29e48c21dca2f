"""The equity check: four outcomes, four denominators, and depreciation taken off once."""

import pytest

from recon.checks.equity import Bridge
from recon.events.accounts import OwnAccount
from tests.checks.cases import line, rebuild

FORM = """
[case]
trade = "retail"
from = 2025-01-01
to = 2025-12-31
{unknown}
[opening]
cash = 1000
inventory = 20000
receivables = 5000
payables = 4000
fixed_assets = 10000
{opening}
[closing]
cash = {cash}
inventory = 24000
receivables = 6000
payables = 3000
[adjust]
depreciation = 2000
{more}
"""
BANK = OwnAccount("bank", "bank", opening=1_000_000, closing=3_000_000)
ROWS = [
    line(1, "bank", "bank", "2025-02-01", 9_000_000, "sales"),
    line(2, "bank", "bank", "2025-03-01", -5_500_000, "purchases"),
    line(3, "bank", "bank", "2025-04-01", -1_500_000, "owner_out"),
]
COVERED = "bank = 0"


def check(name="equity", cash=1000, unknown="", more="", opening=COVERED):
    closing = "bank = 0\n" if opening else ""
    form = FORM.format(cash=f"{cash}\n{closing}", unknown=unknown, more=more, opening=opening)
    form = form.replace("bank = 0\nbank = 0", "bank = 0")
    return rebuild(form, ROWS, (BANK,)).checks[name]


def history(**facts):
    return "[history]\n" + "\n".join(f"{key} = {value}" for key, value in facts.items())


def test_history_within_five_per_cent_passes_and_names_every_denominator():
    """Closing net worth 28,000 + 30,000 in the bank + 5,000 of equipment less debts: by hand 69,000... less 3,000."""
    actual = 1000 + 30000 + 24000 + 6000 + 8000 - 3000
    found = check(more=history(date="2023-01-01", equity=40000, profit=46000, withdrawn=20000))
    assert (found.expected, found.actual) == (6_600_000, actual * 100)
    assert found.outcome == "pass"
    assert found.tolerance == 330_000
    assert "of expected equity" in found.tell("en")
    assert "of sales" in found.tell("en")


@pytest.mark.parametrize(("profit", "outcome", "word"), [
    (46000, "pass", ""), (40500, "explain", "undeclared debt"), (25000, "fail", "undeclared debt"),
    (60000, "fail", "money has left"),
])
def test_history_is_graded_on_both_sides(profit, outcome, word):
    found = check(more=history(date="2023-01-01", equity=40000, profit=profit, withdrawn=20000))
    assert found.outcome == outcome
    assert word in found.tell("en")


def test_depreciation_is_taken_off_once_whether_profit_is_before_it_or_after_it():
    """Profit before depreciation 50,000 with 4,000 of wear is profit after depreciation of 46,000."""
    facts = {"date": "2023-01-01", "equity": 40000, "withdrawn": 20000, "depreciation": 4000}
    before = check(more=history(profit=50000, **facts))
    after = check(more=history(profit=46000, **facts) + '\n[settings]\nhistory_profit = "after_depreciation"')
    silent = check(more=history(profit=46000, **{k: v for k, v in facts.items() if k != "depreciation"}))
    assert before.expected == after.expected == silent.expected == 6_600_000


def test_the_rebuilt_profit_is_after_depreciation_and_the_period_does_not_take_it_off_again():
    period = check(more=history(date="2025-01-01", equity=42000))
    books = rebuild(FORM.format(cash="1000\nbank = 0", unknown="", more="", opening=COVERED), ROWS, (BANK,))
    profit = books.ledger.value("net_profit")
    assert books.ledger.value("depreciation") == 200_000
    assert period.expected == 4_200_000 + profit - 1_500_000


def test_over_the_period_counted_positions_that_agree_with_the_books_pass():
    assert check().outcome == "pass"
    assert check().difference == 0


def test_cash_that_is_missing_from_the_count_shows_as_equity_below_expected():
    rows = [{**row, "account": "cash", "account_kind": "cash"} for row in ROWS]
    form = FORM.format(cash="11000\nbank = 0", unknown="", more="", opening=COVERED)
    found = rebuild(form, rows).checks["equity"]
    assert found.difference == -1_000_000
    assert found.outcome == "fail"
    assert "money has left" in found.tell("en")


def test_a_check_whose_gap_was_filled_by_finding_drawings_is_not_judged():
    found = check(unknown='unknown = ["drawings"]')
    assert found.outcome == "cannot_judge"
    assert "drawings" in found.tell("en")
    assert "业主支取" in found.tell("zh-CN")


def test_an_opening_that_was_rolled_back_cannot_fail_and_is_not_judged():
    form = FORM.format(cash="1000\nbank = 0", unknown="", more="", opening=COVERED).replace("inventory = 20000\n", "")
    form += "[known]\ncost_of_goods_sold = 40000\n"
    found = rebuild(form, ROWS, (BANK,)).checks["equity"]
    assert found.outcome == "cannot_judge"
    assert "opening inventory" in found.tell("en")


def test_history_without_equity_is_not_judged_and_says_what_to_fill_in():
    found = check(more=history(date="2023-01-01", profit=1))
    assert found.outcome == "cannot_judge"
    assert "equity and profit" in found.tell("en")


@pytest.mark.parametrize(("denominator", "tolerance"), [
    ("expected", 330_000), ("profit", 230_000), ("sales", 455_000), ("larger", 330_000),
])
def test_the_denominator_is_a_named_choice(denominator, tolerance):
    more = history(date="2023-01-01", equity=40000, profit=46000, withdrawn=20000)
    assert check(more=more + f'\n[settings]\nequity_denominator = "{denominator}"').tolerance == tolerance


def test_the_bridge_adds_up():
    assert Bridge(100, 50, 20, 5, 30, 10).expected == 135
