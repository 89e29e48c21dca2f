"""Books and papers that people keep in Word are read by their tables; prose is no evidence, whatever it says."""

import io
import zipfile

import docx
import pytest

from recon.reading.read import read_bytes
from recon.reading.result import Reading

BOOK = [["日期", "摘要", "收入", "支出", "结余"]]
BOOK += [[f"2025-03-{k:02d}", "卖早餐", "100.00", "", f"{100 * k}.00"] for k in range(1, 9)]
PAYROLL = [["姓名", "基本工资", "奖金", "实发工资"], ["张三", "3000", "200", "3200"], ["李四", "2800", "100", "2900"],
           ["合计", "5800", "300", "6100"]]


def word(title: str, table: list[list[str]], wide: bool = False) -> bytes:  # noqa: FBT001, FBT002 a test's own
    document = docx.Document()
    document.add_paragraph(title)
    drawn = document.add_table(rows=len(table), cols=len(table[0]))
    for row, cells in zip(drawn.rows, table, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    if wide:
        drawn.rows[-1].cells[0].merge(drawn.rows[-1].cells[1])
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def read(data: bytes, name: str = "账.docx") -> Reading:
    return read_bytes(data, name)


@pytest.mark.parametrize("wide", [False, True])
def test_a_cash_book_in_word_proves_itself(wide: bool):  # noqa: FBT001 a parameter
    total = ["合计", "", "800.00", "", ""]
    reading = read(word("阿芳早餐店流水账", [*BOOK, total], wide))
    assert reading.outcome == "proven", reading.reason
    assert reading.accounts[0].lines.amount.tolist() == [10000] * 8
    assert reading.accounts[0].lines.line.tolist() == list(range(3, 11))


def test_a_ledger_in_word_with_month_and_day_apart_is_read():
    table = [["月", "日", "摘要", "收入", "支出", "结余"]]
    table += [["3", str(k), "卖早餐", "100.00", "", f"{100 * k}.00"] for k in range(1, 9)]
    reading = read(word("流水账 2025年", table))
    assert (reading.outcome, str(reading.accounts[0].lines.date[-1])) == ("proven", "2025-03-08")


def test_a_changed_balance_in_word_is_caught():
    table = [list(row) for row in BOOK]
    table[4][4] = "470.00"
    assert read(word("流水账", table)).outcome == "inconsistent"


def test_a_payroll_in_word_is_a_paper_and_prose_is_refused():
    paper = read(word("2025年3月工资表", PAYROLL)).receipts[0]
    assert (paper.kind, paper.total) == ("payroll", 610000)
    prose = read(word("尽职调查报告", [["项目", "金额"], ["营业收入", "440,275.01"], ["净利润", "59,949.94"]]))
    assert (prose.outcome, prose.reason) == ("refused", "no_table")


def test_a_word_document_in_an_archive_beside_other_evidence_hides_nothing():
    """Stored as it is, its parts stand among the archive's own bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.docx", word("流水账", BOOK))
        archive.writestr("b.csv", "日期,摘要,收入,支出,结余\n2025-04-01,卖,1.00,,801.00\n2025-04-02,卖,1.00,,802.00\n")
    reading = read(target.getvalue(), "both.zip")
    assert sorted(len(account.lines) for account in reading.accounts) == [2, 8]


def test_half_a_word_document_is_refused_and_an_old_one_says_what_to_do():
    data = word("流水账", BOOK)
    assert read(data[: len(data) // 2]).outcome == "refused"
    assert read(b"{\\rtf1\\ansi 2025-01-01 100.00}", "a.rtf").reason == "old_document"
