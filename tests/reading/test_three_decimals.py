"""Currencies of three decimals, and files that name no currency: every printed thousandth is kept."""

import dataclasses
import io
from decimal import Decimal

import numpy as np
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from recon.core.money import decimals
from recon.reading.numbers import decimal_comma
from recon.reading.read import read_bytes
from recon.reading.report import as_json
from recon.reading.result import NOTHING
from recon.reading.scale import in_currency, scaled

HEAD = ("Date", "Description", "Debit", "Credit", "Balance")
AMOUNTS = [1_250_125, -40_500, -999, 12_345_678, -3_000_000, 7]
FIRST = 5_000_000


def rows(point=".", thousands=","):
    """Printed cells of AMOUNTS in thousandths from an opening balance of 5,000.000."""
    balance = FIRST
    for n, amount in enumerate(AMOUNTS, 1):
        balance += amount
        out, came = (text(-amount, point, thousands), "") if amount < 0 else ("", text(amount, point, thousands))
        yield f"2025-01-{n:02}", "payment", out, came, text(balance, point, thousands)


def text(thousandths, point, thousands):
    return f"{thousandths // 1000:,}".replace(",", thousands) + f"{point}{thousandths % 1000:03}"


def csv_of(ends=(), **marks):
    table = [";".join(ends)] * bool(ends) + [";".join(HEAD), *(";".join(row) for row in rows(**marks))]
    return "\n".join(table).encode()


def pdf_of(ends=(), **marks):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont("Helvetica", 9)
    canvas.drawString(40, 800, "   ".join(ends))
    for k, row in enumerate([HEAD, *rows(**marks)]):
        for x, cell in zip((40, 110), row[:2], strict=True):
            canvas.drawString(x, 770 - 16 * k, cell)
        for x, cell in zip((320, 420, 540), row[2:], strict=True):
            canvas.drawRightString(x, 770 - 16 * k, cell)
    canvas.save()
    return out.getvalue()


def xlsx_of(ends=(), **_):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write_row(0, 0, ends)
    page.write_row(1, 0, HEAD)
    for k, row in enumerate(rows(thousands=""), 2):
        page.write_row(k, 0, [*row[:2], *(float(cell) if cell else "" for cell in row[2:])])
    book.close()
    return out.getvalue()


def read(form, *ends, **marks):
    return read_bytes(form(ends, **marks), "a.xlsx" if form is xlsx_of else "a.pdf" if form is pdf_of else "a.csv")


FORMS = pytest.mark.parametrize("form", [csv_of, pdf_of, xlsx_of])


@FORMS
@pytest.mark.parametrize("code", ["KWD", "BHD", "OMR", "TND", "JOD"])
def test_a_named_currency_of_three_decimals_is_read_whole_with_its_printed_ends(form, code):
    ends = f"Currency: {code}", "Opening balance: 5,000.000", f"Closing balance: {text(FIRST + sum(AMOUNTS), '.', ',')}"
    reading = read(form, *ends)
    account = reading.accounts[0]
    assert (account.currency, account.places) == (code, 3)
    assert (account.lines.amount.tolist(), reading.outcome) == (AMOUNTS, "proven")
    assert (account.opening, account.closing) == (FIRST, FIRST + sum(AMOUNTS))
    assert not reading.findings


@FORMS
def test_three_decimals_without_a_currency_are_kept_until_the_case_settles_them(form):
    reading = read(form, "Opening balance: 5,000.000")
    account = reading.accounts[0]
    assert (account.currency, account.places, reading.outcome) == ("", 3, "proven")
    assert account.lines.amount.tolist() == AMOUNTS
    assert "amount_rounded" not in {finding.code for finding in reading.findings}
    dinars, lost = in_currency(account, "KWD")
    assert (dinars.lines.amount.tolist(), dinars.opening, lost) == (AMOUNTS, FIRST, 0)
    assert dinars.proven


def test_printed_thousandths_are_shown_as_such():
    shown = as_json(read(csv_of), language="en")["accounts"][0]
    assert [line["amount"] for line in shown["transactions"]][:2] == ["1250.125", "-40.500"]


def test_a_case_in_a_currency_of_two_decimals_rounds_the_lines_counts_them_and_proves_them_no_more():
    account = read(csv_of, "Opening balance: 5,000.000").accounts[0]
    settled, lost = in_currency(account, "CNY")
    assert settled.lines.amount.tolist() == [125013, -4050, -100, 1234568, -300000, 1]
    assert (lost, settled.proven, settled.places) == (4, False, 2)


@pytest.mark.parametrize(("code", "amount"), [("KWD", 12_500), ("JPY", 12), ("CNY", 1250), ("", 1250)])
def test_two_decimals_without_a_currency_become_the_cases_own(code, amount):
    data = b"Date,Description,Amount,Balance\n2025-01-01,a,12.50,12.50\n2025-01-02,b,-2.25,10.25\n"
    account = read_bytes(data, "a.csv").accounts[0]
    settled, lost = in_currency(account, code) if code else (account, 0)
    assert settled.lines.amount[0] in {amount, amount + 1}
    assert lost == (2 if code == "JPY" else 0)


@pytest.mark.parametrize("form", [csv_of, pdf_of])
@pytest.mark.parametrize("thousands", [" ", ".", "'"])
def test_three_decimals_after_a_comma_are_no_thousands(form, thousands):
    marks = {"point": ",", "thousands": thousands}
    reading = read(form, "Currency: TND", f"Opening balance: {text(FIRST, **marks)}", **marks)
    assert (reading.accounts[0].lines.amount.tolist(), reading.outcome) == (AMOUNTS, "proven")
    assert reading.accounts[0].opening == FIRST


def test_whole_thousands_stay_thousands():
    data = b"Date,Description,Amount,Balance\n" + b"".join(
        f'2025-01-0{n},x,"{n},500","{n * (n + 1) // 2 + n // 2},{500 * (n % 2):03}"\n'.encode() for n in range(1, 7)
    )
    reading = read_bytes(data, "a.csv")
    assert reading.accounts[0].lines.amount.tolist() == [n * 100_000 + 50_000 for n in range(1, 7)]


def test_decimals_beyond_a_named_currency_are_rounded_with_the_finding():
    data = b"Date,Description,Currency,Amount,Balance\n2025-01-01,a,CNY,12.345,12.35\n2025-01-02,b,CNY,1.00,13.35\n"
    reading = read_bytes(data, "a.csv")
    assert reading.accounts[0].lines.amount.tolist() == [1235, 100]
    assert [finding.params["rows"] for finding in reading.findings if finding.code == "amount_rounded"] == [1]


def test_yen_with_decimals_are_rounded_with_the_finding_and_not_cut():
    data = b"Date,Description,Currency,Amount,Balance\n2025-01-01,a,JPY,-12.60,88\n2025-01-02,b,JPY,1,89\n"
    reading = read_bytes(data, "a.csv")
    assert reading.accounts[0].lines.amount.tolist() == [-13, 1]
    assert [finding.params["rows"] for finding in reading.findings if finding.code == "amount_rounded"] == [1]


def test_lines_of_two_currencies_keep_the_decimals_of_each():
    data = b"Date,Description,Currency,Amount,Balance\n2025-01-01,a,KWD,12.345,12.345\n2025-01-02,b,USD,1.50,1.50\n"
    found = {a.currency: a.lines.amount.tolist() for a in read_bytes(data, "a.csv").accounts}
    assert found == {"KWD": [12345], "USD": [150]}


@given(st.lists(st.integers(-(10**15), 10**15), max_size=9), st.sampled_from([(2, 0), (2, 3), (3, 2), (3, 0), (2, 2)]))
def test_scaling_rounds_half_away_from_zero_and_says_where(minor, ends):
    places, to = ends
    whole, rounded = scaled(np.array([*minor, NOTHING], np.int64), places, to)
    for was, now, told in zip(minor, whole.tolist(), rounded.tolist(), strict=False):
        exact = Decimal(was).scaleb(to - places)
        assert now == int(exact.to_integral_value("ROUND_HALF_UP"))
        assert told == (exact != now)
    assert whole[-1] == NOTHING


def test_a_named_currency_is_left_alone():
    account = read(csv_of, "Currency: KWD").accounts[0]
    assert in_currency(account, "CNY") == (account, 0)
    assert dataclasses.replace(account, currency="").places == decimals("KWD")


@pytest.mark.parametrize(
    ("cells", "comma"),
    [(["0,250"], True), (["0.250"], False), (["1 234,567"], True), (["1'234.567"], False), (["12,500"], None),
     (["10,250", "0,125"], True), (["12,345,678"], False)],
)  # fmt: skip
def test_the_mark_before_three_digits_is_told_by_what_else_stands_there(cells, comma):
    assert decimal_comma(cells) is comma
