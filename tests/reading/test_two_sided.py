"""A line of a book with money on both sides is two events, each with its own words; the chain closes over both."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from recon.reading.shapes.two_sided import two_sided
from recon.reading.tables.columns import Rows, segments
from recon.reading.tables.table import read_tables
from tests.reading.test_dayparts import lines, read

BOOK = """日期,收入项目,收入金额,支出项目,支出金额,余额
,,,,,500
2025/3/1,卖货,1000,买菜,200,1300
2025/3/2,卖货,900,房租,1800,400
2025/3/5,卖货,500,,,900
合计,,2400,,2000,900
"""


def table(text: str) -> Rows:
    cells = [line.split(",") for line in text.splitlines()]
    return Rows(cells, [0] * len(cells), list(range(1, len(cells) + 1)))


def test_both_sides_are_lines_with_words_of_their_own(tmp_path: Path):
    reading = read(tmp_path, BOOK, "账.csv")
    assert reading.outcome == "proven"
    days = ["2025-03-01", "2025-03-01", "2025-03-02", "2025-03-02", "2025-03-05"]
    assert lines(reading) == list(zip(days, [100000, -20000, 90000, -180000, 50000], strict=True))
    assert reading.accounts[0].lines.text["description"] == ["卖货", "买菜", "卖货", "房租", "卖货"]


def test_a_bank_that_fills_the_empty_side_with_a_zero_has_one_line_a_row():
    rows = table("日期,摘要,收入,支出,余额\n2025-03-01,工资,100.00,0.00,100.00\n2025-03-02,取款,0.00,50.00,50.00\n")
    assert two_sided(rows, segments(rows)) is rows


SIDES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).filter(any), min_size=6, max_size=28)


@settings(max_examples=25)
@given(SIDES, st.integers(0, 10**7), st.booleans())
def test_nothing_is_netted_and_a_balance_printed_a_row_still_proves_the_book(sides, opening, newest_first):
    book, balance = [], opening
    for day, (come, go) in enumerate(sides, 1):
        balance += come - go
        said = ",".join(f"{x / 100:.2f}" if x else "" for x in (come, go))
        book.append(f"2025-03-{day:02d},x,{said},{balance / 100:.2f}")
    book = book[::-1] if newest_first else book
    tables = read_tables(table("\n".join(["日期,摘要,收入,支出,余额", *book])), "book")
    amounts = tables.accounts[0].lines.amount.tolist()
    assert amounts == [each for come, go in sides for each in (come, -go) if each]
    assert tables.verdict.outcome == "proven", tables.verdict
    first = sum(map(bool, sides[0]))
    assert tables.accounts[0].lines.unpinned == tuple(range(first)), "no balance stands before the first row"


def test_a_changed_amount_on_either_side_breaks_the_chain(tmp_path: Path):
    long = "日期,摘要,收入,支出,余额\n" + "".join(
        f"2025-03-{day:02d},货,{100 + day}.00,{40 + day}.00,{1000 + 60 * day}.00\n" for day in range(1, 21))
    assert read(tmp_path, long).outcome == "proven"
    for old, new in (("107.00", "101.00"), ("47.00", "41.00")):
        assert read(tmp_path, long.replace(old, new)).outcome == "inconsistent"
