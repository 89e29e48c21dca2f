"""Ways of printing that real banks' statements have and no layout of our own had: each once, with its known truth."""

import csv
import io

import numpy as np
import pytest

from recon.reading.dates import century, see
from recon.reading.pages.lines import Line, cells_of
from recon.reading.read import read_bytes
from recon.reading.tables.facts import gather, printed_days
from recon.reading.vocabulary import meanings


def sheet(*rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def only(data, name="statement.csv"):
    reading = read_bytes(data, name)
    assert len(reading.accounts) == 1
    return reading, reading.accounts[0]


def test_a_day_and_a_month_of_one_digit_each_are_a_date():
    data = sheet(
        ["Statement period", "3/1/2024 - 3/31/2024"],
        ["Date", "Description", "Deposits", "Withdrawals", "Balance"],
        ["3/1", "Opening balance", "", "", "100.00"], ["3/2", "Sale", "50.00", "", "150.00"],
        ["3/4", "Goods", "", "20.00", "130.00"],
        ["3/15", "Sale", "5.00", "", "135.00"],
    )
    reading, account = only(data)
    assert reading.outcome == "proven"
    assert account.lines.date.astype(str).tolist() == ["2024-03-02", "2024-03-04", "2024-03-15"]
    assert see("3/1") is not None
    assert see("3-1") is None


@pytest.mark.parametrize("title", ["Withdrawal (Dr)/ Deposit (Cr)", "TERHELÉS/JÓVÁÍRÁS", "Débit / Crédit"])
def test_a_title_that_names_both_ways_is_one_column_of_signed_amounts(title):
    assert "amount" in [m.name for m in meanings(title)]


def test_columns_of_noughts_prove_nothing_about_each_other():
    rows = [[f"2024-03-{day:02d}", "paid", f"{day * 10}.00", "0.00", "0.00", f"{day * 10}.00", "USD"]
            for day in range(1, 15)]
    data = sheet(["Payout Day", "State", "Charges", "Adjustments", "Reserved Funds", "Total", "Currency"], *rows)
    reading = read_bytes(data, "payouts.csv")
    assert reading.outcome != "proven"
    assert all(account.lines.amount.any() for account in reading.accounts)


def test_two_digits_of_a_year_lead_where_they_alone_stay_the_same():
    assert century(["24.03.04", "24.03.05", "24.02.29", ""]) == ["2024.03.04", "2024.03.05", "2024.02.29", ""]
    assert century(["04.03.24", "05.03.24"]) is None


def test_a_month_in_a_title_tells_the_year():
    assert str(gather([(0, ["EXTRACTO DE CUENTA", "MARZO 2024"])]).end) == "2024-03-31"
    assert str(gather([(0, ["ag 1234", "cc 12345-6", "mar 2024"])]).end) == "2024-03-31"
    assert [str(day) for day in printed_days("FEB 29/24 - MAR 29/24")] == ["2024-02-29", "2024-03-29"]


def test_a_blank_between_equally_wide_characters_parts_no_cells():
    words = [(0.0, 24.0, "STATE"), (28.8, 38.4, "OF"), (43.2, 76.8, "ACCOUNT"), (120.0, 139.2, "PAGE")]
    assert [text for _, _, text in cells_of(Line(1, 1, 0.0, 9.0, words))] == ["STATE OF ACCOUNT", "PAGE"]


def test_days_that_no_title_names_go_before_value_dates():
    data = sheet(
        ["Extracto", "Marzo 2024"], ["F. OPR", "F. VALOR", "CONCEPTO", "IMPORTE", "SALDO"],
        ["01/03", "02/03", "A", "1,00", "11,00"], ["05/03", "04/03", "B", "2,00", "13,00"],
        ["14/03", "15/03", "C", "-3,00", "10,00"],
    )
    _, account = only(data)
    assert account.lines.date.tolist() == np.array(["2024-03-01", "2024-03-05", "2024-03-14"], "M8[D]").tolist()
