"""Business papers of every kind become typed records, each field with its place; contradictions show both sides."""

import pytest

from recon.core.words import say
from recon.evidence import pdf
from recon.evidence.page import Page
from recon.reading.documents.document import read_pages
from recon.reading.documents.kinds import known
from recon.reading.read import read_bytes
from recon.reading.report import as_json
from recon.simulate.evidence.papers.make import as_pdf, paper
from recon.simulate.evidence.papers.said import kinds
from tests.benchmarks.documents import fields, found
from tests.reading.test_document import page

EVERY = [(kind, locale) for locale in ("zh-CN", "en") for kind in kinds(locale)]


@pytest.mark.parametrize(("kind", "locale"), EVERY)
def test_every_kind_of_paper_is_read_whole_in_both_languages(kind, locale):
    """Each field of an invented paper, and the kind that it is."""
    said, sheet = paper(kind, locale, 7)
    got = found(read_bytes(as_pdf(sheet), "a.pdf"))
    assert {name: got.get(name) for name in fields(said)} == fields(said)


def test_every_field_found_has_a_place_on_the_page_and_a_certainty():
    said, sheet = paper("invoice", "en", 7)
    shown, = pdf.pages(as_pdf(sheet), "a.pdf", None)
    receipt, = read_pages([shown], "a.pdf").receipts
    assert {"number", "date", "due", "seller", "buyer", "net", "tax", "total"} <= receipt.seen.keys()
    for seen in receipt.seen.values():
        left, top, right, bottom = seen.box
        assert 0 <= left < right <= shown.width
        assert 0 <= top < bottom <= shown.height
        assert 0 < seen.sure <= 1
    assert all(item.seen.box and item.amount for item in receipt.lines)
    assert len(receipt.lines) == len(said.lines)


def test_a_badly_read_field_is_uncertain_and_its_certainty_says_so():
    shown = page("Acme Tools Ltd | INVOICE\nInvoice No: INV-0456\nInvoice Date: 3 March 2023\nTotal due | £172.80")
    blurred = Page(shown.number, shown.width, shown.height, shown.words, shown.box,
                   confidence=(shown.box[:, 0] * 0 + 0.6).astype("float32"))
    receipt, = read_pages([blurred], "a").receipts
    assert {"number", "total", "seller"} <= set(receipt.uncertain)
    assert receipt.seen["number"].sure < 0.7


SLIP = """
销售单
单号：XS-2025-0042 | 日期：2025-03-05
客户：平阳万通商行
品名 | 数量 | 单价 | 金额
水泥 | 10 | 25.00 | 250.00
瓷砖 | 4 | 60.00 | 240.00
合计： | ¥590.00
"""
TAXED = """
Acme Ltd | TAX INVOICE
Invoice no: A-10042
Invoice date: 3 March 2025
Description | Qty | Unit price | Amount
Tiles | 2 | 100.00 | 200.00
Subtotal | 200.00
VAT 20% | 30.00
Total due | GBP 230.00
"""
LOAN = """
贷款对账单
合同编号：JK-2025-0007 | 打印日期：2025-06-30
贷款银行：江州农村商业银行 | 借款人：平阳万通商行
贷款金额：100000.00
还款日期 | 本金 | 利息 | 还款金额 | 剩余本金
2025-05-20 | 5000.00 | 400.00 | 5400.00 | 95000.00
2025-06-20 | 5000.00 | 380.00 | 5380.00 | 90000.00
贷款余额：89000.00
"""
DISCOUNT = """
Acme Ltd | TAX INVOICE
Invoice no: A-10042
Invoice date: 3 March 2025
Description | Qty | Unit price | Amount
Tiles | 2 | 100.00 | 200.00
Discount | -20.00
VAT 20% | 36.00
Total due | GBP 216.00
"""
CHARGE = """
HARDWARE STORE LTD
Receipt no 10042
03/03/2025 10:12
Tiles | 100.00
Grout | 50.00
Service charge 10% | 15.00
TOTAL | 165.00
CASH | 200.00
CHANGE | 35.00
"""
RECEIPT = """
收款收据 | No 1004217
2025年3月5日
{mark}
交款单位 | 平阳万通商行
金额（大写） | 壹佰元整
金额（小写） | ¥100.00
收款人：王芳
"""


@pytest.mark.parametrize(("text", "code", "sides"), [
    (SLIP, "document_lines_differ", {"590.00", "490.00"}), (TAXED, "document_tax_differs", {"30.00", "40.00"}),
    (LOAN, "document_lines_differ", {"89000.00", "90000.00"}),
])
def test_a_paper_that_contradicts_itself_is_inconsistent_with_both_sides_shown(text, code, sides):
    reading = read_pages([page(text)], "a")
    assert reading.outcome == "inconsistent"
    finding, = (finding for finding in reading.findings if finding.code == code)
    assert {finding.params["total"], finding.params["other"]} == sides


@pytest.mark.parametrize("text", [
    DISCOUNT, CHARGE, SLIP.replace("590.00", "490.00"), TAXED.replace(" 30.00", " 40.00").replace("230", "240"),
])
def test_what_agrees_is_no_contradiction(text):
    reading = read_pages([page(text)], "a")
    assert reading.outcome in {"proven", "unprovable"}
    assert all(finding.severity != "serious" for finding in reading.findings)


@pytest.mark.parametrize(("mark", "void"), [("作废", True), ("涂改作废", False), ("VOID", True), ("第二联", False)])
def test_a_void_paper_says_so_but_a_warning_on_the_form_does_not(mark, void):
    receipt, = read_pages([page(RECEIPT.format(mark=mark))], "a").receipts
    assert (receipt.total, receipt.seller, receipt.buyer) == (10_000, "王芳", "平阳万通商行")
    assert ("void" in receipt.terms) is void


def test_a_red_e_invoice_names_what_it_takes_back():
    text = ('<?xml version="1.0"?><EInvoice><Header><EIid>25322000000200000001</EIid></Header><EInvoiceData>'
            "<SellerInformation><SellerName>鑫源五金店</SellerName></SellerInformation><BasicInformation>"
            "<TotalTax-includedAmount>-113.00</TotalTax-includedAmount></BasicInformation><AdditionalInformation>"
            "<Remark>被红冲蓝字数电发票号码：25322000000123456789</Remark></AdditionalInformation></EInvoiceData></EInvoice>")
    receipt, = read_bytes(text.encode(), "a.xml").receipts
    assert (receipt.total, receipt.terms["cancels"]) == (-11_300, "25322000000123456789")


def test_the_json_of_a_document_holds_its_kind_lines_and_places():
    told, = as_json(read_bytes(as_pdf(paper("invoice", "en", 7)[1]), "a.pdf"), language="en")["receipts"]
    assert told["kind"] == "invoice"
    assert {"name", "quantity", "amount"} == told["lines"][0].keys()
    assert told["seen"]["total"]["page"] == 1


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_kind_has_a_name_in_both_languages(language):
    assert all(say(language, f"paper.{kind}") for kind in known())
