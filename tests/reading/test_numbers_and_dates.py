"""Amounts and dates as they are printed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon.core.money import to_display
from recon.reading.dates import dates
from recon.reading.numbers import amounts, decimal_comma
from recon.reading.result import NOTHING
from recon.reading.tables.days import printed_days


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        ("1,234.56", 123456),
        ("(1,234.56)", -123456),
        ("1,234.56-", -123456),
        ("−5.00", -500),
        ("¥28.16", 2816),
        ("＋１２．５０", 1250),
        ("12.5 CR", 1250),
        ("12.50DR", -1250),
        ("欠款931.61", -93161),
        ("8,000.00(CN)", 800000),
        ("CNY 217.10", 21710),
        ("1.5万", 1500000),
        ("-0.00", 0),
        ("-", NOTHING),
        ("--", NOTHING),
        ("", NOTHING),
        ("/", NOTHING),
        ("66", 6600),
        (".50", 50),
        ("12.3元", 1230),
    ],
)
def test_printed_amounts(cell, minor):
    parsed = amounts([cell])
    assert (int(parsed.minor[0]), bool(parsed.bad[0])) == (minor, False)


@pytest.mark.parametrize(
    ("cell", "minor"), [("1.234,56", 123456), ("1 234,56", 123456), ("-1.234", -123400), ("0,5", 50)]
)
def test_decimal_commas(cell, minor):
    assert int(amounts([cell], comma=True).minor[0]) == minor


@pytest.mark.parametrize("cell", ["xx,yyyy.zz", "12a4", "6.22E+18", "1.2.3.4x", "约100"])
def test_what_is_no_amount_is_called_so(cell):
    assert amounts([cell]).bad[0]


def test_a_column_tells_its_decimal_mark():
    assert decimal_comma(["1.234,56", "7"]) is True
    assert decimal_comma(["1,234.56"]) is False
    assert decimal_comma(["1,234", "5"]) is None


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1))
def test_amounts_written_with_separators_read_back_the_same(values):
    assert amounts([to_display(v) for v in values]).minor.tolist() == values


def test_more_decimals_than_the_currency_are_rounded_half_away_and_told():
    parsed = amounts(["1.005", "-1.005", "1.0000"])
    assert (parsed.minor.tolist(), parsed.rounded) == ([101, -101, 100], (0, 1))


@pytest.mark.parametrize(
    "cell",
    [
        "2025-01-02",
        "2025/1/2",
        "20250102",
        "2025年1月2日",
        "02.01.2025",
        "02JAN2025",
        "2 January 2025",
        "Jan 2, 2025",
        "2025-01-02 10:11:12",
        "２０２５－０１－０２",
        "2-Jan-25",
    ],
)
def test_printed_dates(cell):
    assert dates([cell, "2025-01-31"]).day[0].item() == dt.date(2025, 1, 2)


def test_a_day_above_twelve_settles_the_order_for_the_whole_column():
    assert [d.item().day for d in dates(["01/02/2025", "13/02/2025"]).day] == [1, 13]
    assert [d.item().day for d in dates(["01/02/2025", "02/13/2025"]).day] == [2, 13]


def test_years_that_are_not_printed_come_from_the_end_of_the_period():
    read = dates(["12/29", "01/03"], until=dt.date(2024, 1, 31), month_first=True)
    assert [str(d) for d in read.day] == ["2023-12-29", "2024-01-03"]
    assert str(dates(["12/29"]).day[0]) == "NaT"


def test_a_day_that_does_not_exist_becomes_the_last_of_its_month_and_is_told():
    read = dates(["2025-02-30", "2025-03-01"])
    assert (str(read.day[0]), read.clamped) == ("2025-02-28", (0,))


def test_a_spreadsheets_day_numbers_are_dates_where_the_column_holds_them():
    assert [str(d) for d in dates(["45659", "45660.5"]).day] == ["2025-01-02", "2025-01-03"]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)))
def test_iso_dates_read_back_the_same(day):
    assert dates([day.isoformat()]).day[0].item() == day


PERIODS = ("20240415至20240503", "2024-04-15 至 2024-05-03", "15. 4. 2024 - 3. 5. 2024", "15.04.24 bis 03.05.24",
           "15 avr. 2024 au 3 mai 2024", "2024年4月15日—2024年5月3日")


@pytest.mark.parametrize("printed", PERIODS)
def test_both_days_of_a_period_are_read_however_they_stand_together(printed):
    assert printed_days(printed, short=True) == [dt.date(2024, 4, 15), dt.date(2024, 5, 3)]


@pytest.mark.parametrize(("days", "first", "last"), [
    (["12/30", "01/03"], "2025-12-30", "2026-01-03"),  # booked late
    (["01/03", "01/20", "06/30", "12/30"], "2025-01-03", "2025-12-30"),  # a whole year
])
def test_days_right_after_the_end_are_late_ones_unless_the_days_that_follow_them_are_in_the_list(days, first, last):
    read = dates(days, until=dt.date(2025, 12, 31), month_first=True)
    assert [str(read.day[0]), str(read.day[-1])] == [first, last]
