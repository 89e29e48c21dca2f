"""Summaries by category without dates, and cash books that carry their balances down, are read like any statement."""

import numpy as np
import pytest

from recon.reading.tables.columns import Rows
from recon.reading.tables.table import Tables, read_tables

SUMMARY = "item,category,in,out\nCustomers,sales,164300.00,\nSuppliers,purchases,,118200.00\nStaff,wages,,21400.00"
BOOK = """Date,Particulars,Receipts,Payments
01/01/2025,Balance b/d,10000.00,
15/03/2025,Customers,164300.00,
31/12/2025,Suppliers,,118200.00
31/12/2025,Balance c/d,,56100.00
,Total,174300.00,174300.00
01/01/2026,Balance b/d,56100.00,"""


def read(text: str, name: str = "summary.csv") -> Tables:
    cells = [line.split(",") for line in text.splitlines()]
    found = read_tables(Rows(cells, [0] * len(cells), list(range(1, len(cells) + 1))), name)
    assert found is not None
    return found


def test_a_summary_without_dates_is_a_cash_book_whose_lines_have_no_day():
    found = read(SUMMARY)
    (account,) = found.accounts
    assert found.kind == "cashbook"
    assert account.lines.amount.tolist() == [16430000, -11820000, -2140000]
    assert account.lines.text["category"] == ["sales", "purchases", "wages"]
    assert account.lines.line.tolist() == [2, 3, 4]
    assert np.isnat(account.lines.date).all()
    assert [f.code for f in found.findings] == ["summary_without_dates"]


def test_the_file_s_name_gives_the_day_on_which_its_period_ends():
    (account,) = read(SUMMARY, "summary 2024-06.csv").accounts
    assert set(account.lines.date.tolist()) == {np.datetime64("2024-06-30").item()}


@pytest.mark.parametrize(("printed", "day"), [
    ("2025-02", "2025-02-28"), ("2024年2月", "2024-02-29"), ("Mar 2025", "2025-03-31"), ("202512", "2025-12-31"),
])
def test_a_column_of_months_gives_each_line_its_month_s_last_day(printed: str, day: str):
    (account,) = read(f"month,category,in,out\n{printed},sales,100.00,\n{printed},wages,,30.00").accounts
    assert account.lines.date.tolist() == [np.datetime64(day).item()] * 2


def test_a_total_under_a_summary_is_no_line_and_proves_it():
    found = read(SUMMARY + "\nTotal,,164300.00,139600.00")
    assert (len(found.accounts[0].lines), found.verdict.outcome) == (3, "proven")
    assert read(SUMMARY + "\nTotal,,164300.00,139600.01").verdict.outcome == "inconsistent"


def test_balances_brought_down_are_the_ends_of_a_cash_book_and_prove_it():
    found = read(BOOK, "cash book.csv")
    (account,) = found.accounts
    assert (account.opening, account.closing, found.verdict.outcome) == (1000000, 5610000, "proven")
    assert account.lines.amount.tolist() == [16430000, -11820000]
    assert read(BOOK.replace("118200.00", "118200.10"), "cash book.csv").verdict.outcome == "inconsistent"


def test_an_opening_balance_below_newest_first_lines_stays_the_opening():
    (account,) = read("Date,Description,In,Out\n2025-02-02,b,,30.00\n2025-01-05,a,100.00,\n,Opening balance,50.00,"
                      ).accounts
    assert account.opening == 5000
