"""Books with a column for each kind of takings or payment: each figure is a line, and nothing counts twice."""

import pytest

from recon.core.errors import ReconError
from recon.reading.shapes.columnar import by_column
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
    assert told.source.line == 2
    assert told.params == {"title": "Takings", "count": 1, "sum": "548.71", "total": "548.70"}


def test_a_sheet_without_cash_says_so():
    with pytest.raises(ReconError) as slip:
        read([[cell for k, cell in enumerate(row) if k != 1] for row in CHINESE])
    assert slip.value.code == "takings_elsewhere"
    assert "美团外卖 410.00" in str(slip.value.params["means"])


#: Takings by the meal or as one sum, what was paid by kind, a profit, and a balance once a day.
COLUMNS = [
    ["日期", "早市", "晚市", "买菜", "房租", "其他支出", "利润", "结余", "备注"],
    ["2025-04-01", "300", "700", "200", "", "", "800", "1800", ""],
    ["2025-04-02", "310", "690", "", "3000", "45.5", "-2045.5", "-245.5", "交房租"],
    ["2025-04-03", "", "", "", "", "", "", "", "休息"],
]
WEEK = [
    ["Date", "Sales", "Stock", "Wages", "Utilities", "Total out"],
    ["13/04/2025", "1,510.00", "600.00", "", "320.00", "920.00"],
    ["14/04/2025", "1,460.00", "", "450.00", "", "450.00"],
]


@pytest.mark.parametrize(("cells", "amounts", "said"), [
    (COLUMNS, [30000, 70000, -20000, 31000, 69000, -300000, -4550],
     ["早市", "晚市", "买菜", "早市", "晚市", "房租", "其他支出"]),
    (WEEK, [151000, -60000, -32000, 146000, -45000], ["Sales", "Stock", "Utilities", "Sales", "Wages"]),
])
def test_each_figure_of_a_day_is_a_line_of_its_own(cells, amounts, said):
    found = read(cells)
    (account,) = found.accounts
    assert found.kind == "cashbook"
    assert account.lines.amount.tolist() == amounts
    assert account.lines.text["type"] == said


@pytest.mark.parametrize(("title", "months"), [
    ("月份", ["2025年1月", "2025年2月"]), ("Month", ["Jan 2025", "Feb 2025"]),
])
def test_a_month_on_a_line_counts_on_its_last_day_and_is_told(title, months):
    found = read([[title, *WEEK[0][1:5]], [months[0], *WEEK[1][1:5]], [months[1], *WEEK[2][1:5]]])
    (account,) = found.accounts
    assert account.lines.amount.tolist() == [151000, -60000, -32000, 146000, -45000]
    assert [str(day) for day in account.lines.date] == ["2025-01-31"] * 3 + ["2025-02-28"] * 2
    assert [(f.code, f.params["rows"]) for f in found.findings] == [("summary_without_dates", 2)]


def test_the_balance_of_a_day_proves_all_its_figures():
    book = [
        ["日期", "堂食", "外带", "开支", "结余"], ["上月结余", "", "", "", "1000"],
        ["2025-04-01", "300", "200", "", "1500"], ["2025-04-02", "310", "", "110", "1700"],
        ["2025-04-03", "280", "120", "", "2100"],
    ]
    assert read(book).verdict.outcome == "proven"
    assert read(changed(book, 3, 3, "111")).verdict.outcome in {"doubtful", "inconsistent"}


def test_a_profit_or_a_sum_of_payments_that_is_another_is_told():
    for cells, row, column, title in ((COLUMNS, 1, 6, "利润"), (WEEK, 2, 5, "Total out")):
        (told,) = (f for f in read(changed(cells, row, column, "801")).findings if f.code == "takings_total")
        assert (told.params["title"], told.source.line) == (title, row + 1)


def test_columns_of_another_account_are_told_whichever_way_the_money_went():
    found = read([
        ["日期", "摘要", "现金收入", "现金支出", "微信收入", "微信支出"],
        ["2025-04-01", "营业款", "320", "", "560", ""],
        ["2025-04-02", "买菜", "", "120", "", "80"],
    ])
    (account,) = found.accounts
    assert account.lines.amount.tolist() == [32000, -12000]
    assert found.findings[-1].params["means"] == "微信收入 560.00, 微信支出 80.00"


@pytest.mark.parametrize("titles", [
    ["Date", "Description", "Card", "Paid in", "Paid out", "Balance"],
    ["Date", "Other", "Debit", "Credit", "Balance"],
    ["日期", "摘要", "收入", "支出", "结余", "备注"],
    ["日期", "现金", "金额", "微信"],
    ["姓名", "工资", "房租", "其他"],
])
def test_a_statement_or_another_list_is_no_such_book(titles):
    rows = Rows([titles, ["2025-04-01", "1", "2", "3", "4", "5"]], [0, 0], [1, 2])
    assert by_column(rows, "a.csv") == (rows, ())
