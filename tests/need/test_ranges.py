"""A figure's range is as wide as what leaves it open: round answers, guessed names and files not handed in."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from recon.ledger.control import Figure
from recon.ledger.known import Reach
from recon.ledger.roads import gradient, unnetted
from recon.need.ranges import RANGED, Range, balances_open, left_open, ranges
from tests.checks.cases import line, rebuild

FORM = """
[case]
trade = "retail"
from = 2025-01-01
to = 2025-12-31
[opening]
cash = 0
receivables = 0
payables = 0
inventory = {opening}
[closing]
cash = 0
receivables = 0
payables = 0
inventory = {closing}
[[account]]
id = "b"
kind = "bank"
opening = 0
"""
ROWS = [
    line(1, "b", "bank", "2025-03-01", 100_000_00, "sales", reason="rule:goods"),
    line(2, "b", "bank", "2025-03-02", -60_000_00, "purchases", reason="rule:goods"),
]


def found(*rows, opening="20000.00", closing="24123.45", reach=None):
    """Ranges of a shop with 100,000 of sales and 60,000 of purchases, both named by their words."""
    made = rebuild(FORM.format(opening=opening, closing=closing), [*ROWS, *rows])
    ledger = made.ledger if reach is None else replace(made.ledger, known=replace(made.ledger.known, reach=reach))
    return ranges(ledger, made.transactions)


def test_sales_that_statements_show_have_no_width_and_profit_has_that_of_the_count():
    made = found()
    assert made["total_sales"] == Range(100_000_00, 100_000_00)
    assert made["gross_profit"] == Range(44_123_45 - 500_00, 44_123_45 + 500_00), "20,000 is known to 500"


def test_counts_to_the_cent_leave_nothing_open():
    made = found(opening="20000.01")
    assert made["gross_profit"].low == made["gross_profit"].high == 44_123_44


def test_two_round_counts_add_by_squares():
    made = found(opening="30000.00", closing="40000.00")
    assert made["gross_profit"] == Range(50_000_00 - 707_10, 50_000_00 + 707_10)


def test_a_guessed_receipt_may_be_no_sale_and_an_unnamed_one_may_be_one():
    guess = line(3, "b", "bank", "2025-05-01", 1_000_00, "sales", reason="profile:people_pay")
    assert found(guess)["total_sales"] == Range(100_000_00, 101_000_00)
    unnamed = line(3, "b", "bank", "2025-05-01", 1_000_00, "unknown_in", reason="abstain")
    assert found(unnamed)["total_sales"] == Range(100_000_00, 101_000_00)


def test_unnamed_money_out_may_be_a_cost_and_never_lowers_sales():
    unnamed = line(3, "b", "bank", "2025-05-01", -1_000_00, "unknown_out", reason="abstain")
    assert found(unnamed)["total_sales"] == Range(100_000_00, 100_000_00)
    made = found(unnamed, opening="20000.01")["gross_profit"]
    assert (made.low, made.high) == (44_123_44 - 1_000_00, 44_123_44)


def test_what_no_file_shows_may_be_sales_or_costs():
    made = found(opening="20000.01", reach=Reach(Fraction(10, 11), Fraction(1), 10_000_00))
    assert made["total_sales"] == Range(100_000_00, 110_000_00)
    assert made["gross_profit"] == Range(44_123_44 - 10_000_00, 44_123_44 + 10_000_00)


def test_a_figure_that_nobody_can_know_has_no_range():
    made = rebuild('[case]\ntrade = "retail"\nfrom = 2025-01-01\nto = 2025-12-31\n', ROWS)
    assert "gross_profit" not in ranges(made.ledger, made.transactions)


def test_every_known_main_figure_lies_in_its_range():
    made = rebuild(FORM.format(opening="20000", closing="25000"), ROWS)
    for name, each in ranges(made.ledger, made.transactions).items():
        assert name in RANGED
        assert each.low <= made.ledger.value(name) <= each.high


def test_a_road_with_two_branches_that_meet_counts_each_once():
    half = Fraction(1, 2)
    figures = {
        "a": Figure(10), "b": Figure(4),
        "c": Figure(14, terms=((Fraction(1), "a"), (Fraction(1), "b"))),
        "d": Figure(12, terms=((half, "c"), (half, "a"))),
    }
    assert gradient("d", figures) == {"a": Fraction(1), "b": half}


def test_a_stated_rise_of_stock_does_not_cancel_a_stated_rise_of_debts():
    """1,000 paid, stock up by 300 and debts up by 290: the cost of 990 rests on two words of 590."""
    def told(value):
        return Figure(value, parts={"stated": value})

    figures = {
        "paid": Figure(1000, parts={"documented": 1000}),
        "opening.inventory": told(100), "closing.inventory": told(400),
        "opening.payables": told(10), "closing.payables": told(300),
        "cost": Figure(990, equation="inventory", parts={"documented": 1000, "stated": -10}, terms=(
            (Fraction(1), "paid"), (Fraction(1), "opening.inventory"), (Fraction(-1), "closing.inventory"),
            (Fraction(-1), "opening.payables"), (Fraction(1), "closing.payables"))),
    }
    assert unnetted("cost", figures) == {"documented": 400, "stated": 590}


@given(st.lists(st.fractions(-3, 3), min_size=4, max_size=4))
def test_the_gradient_is_what_moving_a_fact_by_one_moves_the_figure(by: list[Fraction]):
    def value(a: Fraction, b: Fraction) -> Fraction:
        inner = by[0] * a + by[1] * b
        return by[2] * inner + by[3] * a

    figures = {"a": Figure(0), "b": Figure(0), "c": Figure(0, terms=((by[0], "a"), (by[1], "b"))),
               "d": Figure(0, terms=((by[2], "c"), (by[3], "a")))}
    slopes = gradient("d", figures)
    assert slopes.get("a", 0) == value(Fraction(1), Fraction(0))
    assert slopes.get("b", 0) == value(Fraction(0), Fraction(1))


def test_balances_said_in_round_sums_leave_the_need_open_by_half_of_each_end():
    made = rebuild(FORM.format(opening="20000", closing="24123.45"), ROWS)
    assert balances_open(made.ledger) == 250_00


def test_a_margin_said_in_twentieths_leaves_the_sales_that_it_finds_open_by_what_either_end_would_find():
    """Goods of 60,000 at a margin of 0.375 to 0.425 are sales of 96,000 to 104,347.83."""
    unknown = 'to = 2025-12-31\nunknown = ["cash_sales", "drawings"]'
    form = FORM.replace("to = 2025-12-31", unknown).format(opening="20000.01", closing="20000.01")
    form += "[stated]\nmargin = 0.40\n"
    made = rebuild(form, [ROWS[1]])
    assert made.ledger.figure("total_sales").equation == "margin"
    assert made.ledger.value("total_sales") == 100_000_00
    spread = ranges(made.ledger, made.transactions)["total_sales"]
    assert (spread.low, spread.high) == (96_000_00, 104_347_83)


def test_one_end_that_nobody_knows_may_be_nothing_or_twice_the_other():
    form = FORM.replace("inventory = {opening}", "").format(closing="24000.01")
    assert balances_open(rebuild(form, ROWS).ledger) == 12_000_00


def test_what_a_month_leaves_is_open_as_its_profit_and_more_where_payments_are_unexplained():
    made = rebuild(FORM.format(opening="20000.01", closing="24123.45"), [
        *ROWS, line(3, "b", "bank", "2025-05-01", -1_200_00, "unknown_out", reason="abstain")])
    assert left_open(made.ledger, made.transactions, taken=True) == (0, 1_200_00)


def test_payouts_net_of_fees_are_sales_that_can_only_have_been_more():
    """95,000 arrived from a card firm: at most a twentieth was taken off before, and none of it is anything else."""
    rows = [line(1, "b", "bank", "2025-03-01", 95_000_00, "sales", reason="rule:settle_net_firm square"), ROWS[1]]
    books = rebuild(FORM.format(opening=0, closing=0), rows)
    found = ranges(books.ledger, books.transactions)["total_sales"]
    assert found == Range(95_000_00, 100_000_00)
