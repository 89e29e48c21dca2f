"""A drawn sample of the family of layouts; ``tests.benchmarks.reading.layouts`` measures the whole of it."""

import io
import random

import pypdfium2
import pytest

from recon.reading.read import read_bytes
from recon.reading.result import NOTHING
from tests.reading.layouts import Layout

FORMATS = ("as_csv", "as_xlsx", "as_pdf")


def lines_of(reading):
    """Day, amount and printed balance of every line."""
    columns = ((a.lines.date.tolist(), a.lines.amount.tolist(), a.lines.balance.tolist()) for a in reading.accounts)
    lines = [line for days, amounts, balances in columns for line in zip(days, amounts, balances, strict=True)]
    return sorted(((d, a, None if b == NOTHING else b) for d, a, b in lines), key=str)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("seed", range(1000, 1016))
def test_every_layout_is_proven_and_exact_and_a_changed_digit_is_caught(seed, form):
    layout = Layout(seed)
    reading = read_bytes(getattr(layout, form)(), "statement")
    assert (reading.outcome, lines_of(reading)) == ("proven", sorted(layout.expected(), key=str))
    changed = layout.with_slip(random.Random(seed))  # noqa: S311 seeded on purpose
    assert read_bytes(getattr(changed, form)(), "statement").outcome != "proven"


def csv(*rows, head="Date;Description;Amount;Balance"):
    return "\n".join([head, *rows]).encode()


MOVES = ("02/01/2025;RENT;100.00;900.00", "14/01/2025;SALE;50.00;950.00", "15/01/2025;FOOD;5.00;945.00",
         "16/01/2025;SALE;5.00;950.00", "17/01/2025;FOOD;1.00;949.00")


def worded(*words):
    """The moves with a word for their direction before the amount."""
    cells = (row.split(";") for row in MOVES)
    return [";".join([*row[:2], word, *row[2:]]) for row, word in zip(cells, words, strict=True)]


@pytest.mark.parametrize("order", [1, -1])
def test_amounts_without_a_sign_take_it_from_the_balances(order):
    told = read_bytes(b"Opening balance;1000.00\n" + csv(*MOVES[::order]), "a.csv")
    assert (told.outcome, told.accounts[0].lines.amount.tolist()) == ("proven", [-10000, 5000, -500, 500, -100])
    unsaid = read_bytes(csv(*MOVES[::order]), "a.csv")
    assert (unsaid.outcome, unsaid.reason) == ("doubtful", "first_sign_unknown")  # of the first line, nothing tells it


def test_two_words_that_nobody_knows_say_which_way_the_money_went():
    rows = worded("OOM", "UIT", "OOM", "UIT", "OOM")
    reading = read_bytes(csv(*rows, head="Date;Description;Way;Amount;Balance"), "a.csv")
    assert (reading.outcome, reading.accounts[0].lines.amount.tolist()) == ("proven", [-10000, 5000, -500, 500, -100])


def test_a_turned_direction_word_is_no_second_way_of_reading():
    rows = worded("DR", "DR", "DR", "CR", "DR")
    assert read_bytes(csv(*rows, head="Date;Description;Dr/Cr;Amount;Balance"), "a.csv").outcome != "proven"


def test_a_day_printed_once_is_not_taken_from_the_value_date():
    rows = ("02/01/2025;03/01/2025;A;1.00;11.00", ";14/01/2025;B;1.00;12.00", "03/01/2025;04/01/2025;C;1.00;13.00")
    reading = read_bytes(csv(*rows, head="Date;Value date;Description;Amount;Balance"), "a.csv")
    assert [str(day) for day in reading.accounts[0].lines.date] == ["2025-01-02", "2025-01-02", "2025-01-03"]


def test_an_undated_sum_under_any_word_is_no_line():
    rows = (*MOVES[:3], ";ZUSAMMEN;145.00;", *MOVES[3:])
    reading = read_bytes(b"Opening balance;1000.00\n" + csv(*rows), "a.csv")
    assert (reading.outcome, reading.accounts[0].lines.amount.tolist()) == ("proven", [-10000, 5000, -500, 500, -100])


def joined(*layouts):
    """The statements of *layouts* as the pages of one PDF."""
    out, target = pypdfium2.PdfDocument.new(), io.BytesIO()
    for layout in layouts:
        out.import_pages(pypdfium2.PdfDocument(layout.as_pdf()))
    out.save(target)
    return target.getvalue()


@pytest.mark.parametrize("seed", [6, 8, 12, 19, 22, 30])
def test_two_statements_of_one_account_in_one_pdf_are_each_proven_in_either_order(seed):
    layout = Layout(seed)
    half = len(layout.truth) // 2
    first, second = layout.part(0, half), layout.part(half, len(layout.truth))
    for pair in ((first, second), (second, first)):
        reading = read_bytes(joined(*pair), "a.pdf")
        assert (reading.outcome, len(reading.accounts)) == ("proven", 1)
        assert lines_of(reading) == sorted(layout.expected(), key=str)


@pytest.mark.parametrize("seed", [6, 8, 12, 19])
def test_a_statement_missing_between_two_leaves_two_proven_accounts_and_tells_the_gap(seed):
    layout = Layout(seed)
    third = len(layout.truth) // 3
    reading = read_bytes(joined(layout.part(0, third), layout.part(2 * third, len(layout.truth))), "a.pdf")
    assert (reading.outcome, len(reading.accounts)) == ("proven", 2)
    assert {"several_statements", "statement_chain_gap"} <= {f.code for f in reading.findings}


def test_a_changed_digit_in_one_of_two_joined_statements_is_caught():
    layout = Layout(12)
    half = len(layout.truth) // 2
    changed = Layout(12, {(half + 3, "amount"): layout.truth[half + 3].amount + 1000})
    reading = read_bytes(joined(layout.part(0, half), changed.part(half, len(layout.truth))), "a.pdf")
    assert reading.outcome != "proven"


REVOLUT = """Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
TOPUP,Current,2025-01-01 10:00:00,2025-01-01 10:00:05,Top-Up,100.00,0.00,EUR,COMPLETED,100.00
CARD_PAYMENT,Current,2025-01-06 09:00:00,,Hotel,-50.00,0.00,EUR,PENDING,
CARD_PAYMENT,Current,2025-01-02 09:00:00,2025-01-03 02:00:00,Cafe,-10.00,0.00,EUR,COMPLETED,90.00
CARD_PAYMENT,Current,2025-01-04 09:00:00,2025-01-05 02:00:00,Shop,-20.00,1.00,EUR,COMPLETED,69.00
CARD_PAYMENT,Current,2025-01-05 09:00:00,2025-01-06 02:00:00,Book,-5.00,0.00,EUR,COMPLETED,64.00
CARD_PAYMENT,Current,2025-01-06 10:00:00,,Taxi,-7.00,0.00,EUR,REVERTED,
"""


def test_lines_that_a_bank_has_not_booked_stay_out_of_the_chain_and_are_told():
    reading = read_bytes(REVOLUT.encode(), "account-statement.csv")
    assert (reading.outcome, reading.accounts[0].lines.amount.tolist()) == ("proven", [10000, -1000, -2100, -500])
    assert [f.params["rows"] for f in reading.findings if f.code == "pending_left_out"] == [2]


@pytest.mark.parametrize("below", ["", "合计,,0,0,\n", ",,,,\n"])
def test_an_empty_cash_list_holds_no_lines_and_is_not_refused(below):
    reading = read_bytes(f"日期,摘要,收入,支出,余额\n{below}".encode(), "现金日记账.csv")
    assert (reading.outcome, reading.reason, reading.accounts) == ("unprovable", "no_lines", ())


def test_a_header_over_text_alone_is_still_no_table():
    assert read_bytes("日期,摘要,收入,支出,余额\n2025年的账没有记,,共12笔,,\n".encode(), "a.csv").outcome == "refused"
