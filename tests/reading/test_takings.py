"""A sheet of a day's takings by means of payment: the cash counts, the rest is told, and nothing counts twice."""

import pytest

from recon.core.errors import ReconError
from recon.reading.tables.columns import Rows
from recon.reading.tables.table import read_tables

CHINESE = [
    ["4月营业日报表"],
    ["日期", "现金", "微信", "支付宝", "美团外卖", "合计", "备注"],
    ["2025-04-01", "320", "560", "410", "220", "1,510", ""],
    ["2025-04-02", "280", "610", "380", "190", "1,460", "下雨"],
    ["合计", "600", "1,170", "790", "410", "2,970", ""],
]
ENGLISH = [
    ["Date", "Takings", "Cash", "Card", "Uber Eats", "Notes"],
    ["13/04/2025", "548.70", "120.50", "340.00", "88.20", "fair"],
    ["14/04/2025", "499.40", "98.00", "310.40", "91.00", ""],
]


def read(cells):
    """What the sheet of *cells* says."""
    return read_tables(Rows([list(row) for row in cells], [0] * len(cells), list(range(1, len(cells) + 1))), "a.csv")


def changed(cells, row, column, cell):
    """*cells* with another one at a place."""
    return [[cell if (i, k) == (row, column) else old for k, old in enumerate(line)] for i, line in enumerate(cells)]


@pytest.mark.parametrize(("cells", "amounts", "rest"), [
    (CHINESE, [32000, 28000], "微信 1170.00, 支付宝 790.00, 美团外卖 410.00"),
    (ENGLISH, [12050, 9800], "Card 650.40, Uber Eats 179.20"),
])
def test_cash_is_taken_in_and_what_other_accounts_took_is_told_with_its_sum(cells, amounts, rest):
    found = read(cells)
    (account,) = found.accounts
    assert (found.kind, account.lines.amount.tolist()) == ("cashbook", amounts)
    (told,) = found.findings
    assert (told.code, told.params["means"]) == ("takings_elsewhere", rest)


def test_the_sheets_own_sum_proves_its_cash():
    assert read(CHINESE).verdict.outcome == "proven"
    assert read(changed(CHINESE, 2, 1, "330")).verdict.outcome == "inconsistent"


def test_a_day_that_does_not_add_up_is_told_with_both_sides():
    found = read(changed(ENGLISH, 1, 3, "340.01"))
    told = next(f for f in found.findings if f.code == "takings_total")
    assert (told.source.line, told.params) == (2, {"sum": "548.71", "total": "548.70"})


def test_a_sheet_without_cash_says_so():
    with pytest.raises(ReconError) as slip:
        read([[cell for k, cell in enumerate(row) if k != 1] for row in CHINESE])
    assert slip.value.code == "takings_elsewhere"
    assert "美团外卖 410.00" in str(slip.value.params["means"])


@pytest.mark.parametrize("titles", [
    ["日期", "摘要", "现金收入", "现金支出", "微信收入", "微信支出"],
    ["日期", "现金", "微信", "支出", "结余", "备注"],
    ["Date", "Cash", "Card", "Debit", "Credit", "Balance"],
])
def test_a_book_that_also_pays_is_no_sheet_of_takings(titles):
    from recon.reading.tables.takings import cash_taken  # noqa: PLC0415 the one rule that is asked here

    rows = Rows([titles, ["2025-04-01", "1", "2", "3", "4", "5"]], [0, 0], [1, 2])
    assert cash_taken(rows, "a.csv") == (rows, ())
