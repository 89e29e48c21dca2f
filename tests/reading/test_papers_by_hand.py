"""Papers typed by hand, of every kind and in styles that the simulator does not draw, are read field by field."""

import re
import tomllib
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from recon.core.money import to_text
from recon.reading.read import read_bytes
from recon.reading.result import Receipt
from recon.simulate.evidence.papers.marks import Sheet, pdf

PAPERS = tomllib.loads(Path(__file__).with_name("papers_by_hand.toml").read_text(encoding="utf-8"))["paper"]


def as_pdf(text: str) -> bytes:
    """Pages of *text*, each run of words where it stands in its line; a line of dashes begins a new page."""
    locale = "zh-CN" if re.search(r"[一-鿿]", text) else "en"
    sheets = []
    for page in text.split("---\n"):
        sheet = Sheet(560, 800, locale)
        for n, line in enumerate(page.strip("\n").split("\n")):
            for run in re.finditer(r"\S+(?: \S+)*", line):
                sheet.put(30 + 5 * _columns(line[: run.start()]), 40 + 16 * n, run.group(), 9)
        sheets.append(sheet)
    return pdf(sheets, "document")


def _columns(text: str) -> int:
    """How many columns of a fixed pitch *text* fills; Chinese characters fill two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def said(receipt: Receipt) -> dict[str, str]:
    """Every field that was read, amounts in major units."""
    amounts = {"total": receipt.total, "net": receipt.net, "tax": receipt.tax, **receipt.amounts}
    days = {"date": receipt.date, "due": receipt.due}
    return {
        "kind": receipt.kind, "number": receipt.number, "seller": receipt.seller, "buyer": receipt.buyer,
        "currency": receipt.currency, **receipt.terms,
        **{name: to_text(amount) for name, amount in amounts.items() if amount is not None},
        **{name: str(day)[:10] for name, day in days.items() if day is not None},
    }


@pytest.mark.parametrize("paper", PAPERS, ids=[paper["name"] for paper in PAPERS])
def test_every_field_of_a_paper_is_read_and_nothing_contradicts_it(paper):
    reading = read_bytes(as_pdf(paper["text"]), "a.pdf")
    receipt, = reading.receipts
    assert {name: said(receipt).get(name) for name in paper["says"]} == paper["says"]
    assert not [finding.code for finding in reading.findings if finding.severity == "serious"]


WAGES = (("姓名", "基本工资", "应发工资", "实发工资"), ("王强", "6000.00", "6800.00", "6380.00"),
         ("李娟", "4200.00", "4500.00", "4180.00"), ("合计", "10200.00", "11300.00", "10560.00"))


@pytest.mark.parametrize("named", ["sheet", "file", "head"])
def test_a_payroll_handed_in_as_a_sheet_is_a_paper_wherever_it_says_so(named):
    book = Workbook()
    book.active.title = "5月工资表" if named == "sheet" else "Sheet1"
    for row in ((("老张面馆2025年5月份工资表",),) if named == "head" else ()) + WAGES:
        book.active.append([float(cell) if cell[0].isdigit() else cell for cell in row])
    book.save(out := BytesIO())
    reading = read_bytes(out.getvalue(), "工资表.xlsx" if named == "file" else "a.xlsx")
    receipt, = reading.receipts
    assert (receipt.kind, receipt.total, receipt.amounts) == ("payroll", 1_056_000, {"gross_pay": 1_130_000})
    assert [line.amount for line in receipt.lines] == [638_000, 418_000]
    assert reading.outcome == "proven"


def test_a_payroll_whose_total_is_not_its_rows_contradicts_itself_in_a_text_file_too():
    text = "老张面馆2025年5月份工资表\n" + "\n".join(",".join(row) for row in WAGES)
    assert read_bytes(text.encode(), "a.csv").outcome == "proven"
    wrong = read_bytes(text.replace("10560", "10650").encode(), "a.csv")
    assert (wrong.outcome, [f.code for f in wrong.findings if f.severity == "serious"]) == (
        "inconsistent", ["document_lines_differ"])


def test_two_bills_of_one_customer_bear_no_common_number():
    """An account's number on every bill is not the bill's: the same number twice would accuse the second."""
    bill = next(paper["text"] for paper in PAPERS if paper["name"] == "util_en_gas")
    assert "Account number" in bill
    assert read_bytes(as_pdf(bill), "a.pdf").receipts[0].number == ""
