"""E-invoices as data: every variant gives the same record, and what is hostile or contradicts itself says so."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon.core.errors import ReconError
from recon.reading.documents.einvoice import read

XML = """<?xml version="1.0" encoding="UTF-8"?>
<EInvoice><Header><EIid>25442000000123456789</EIid></Header>
<EInvoiceData>
<SellerInformation><SellerIdNum>91440101MA9XXXXX2B</SellerIdNum>
<SellerName>白云区粮油批发有限公司</SellerName></SellerInformation>
<BuyerInformation><BuyerIdNum>92440300MA5XXXXX1A</BuyerIdNum>
<BuyerName>南山区张记面馆</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>2715.59</TotalAmWithoutTax><TotalTaxAm>244.41</TotalTaxAm>
<TotalTax-includedAmount>2960.00</TotalTax-includedAmount>
<RequestTime>2025-03-18 10:22:01</RequestTime></BasicInformation>
<IssuItemInformation><ItemName>面粉</ItemName><Amount>1706.42</Amount><ComTaxAm>153.58</ComTaxAm></IssuItemInformation>
<IssuItemInformation><ItemName>大豆油</ItemName><Amount>1009.17</Amount><ComTaxAm>90.83</ComTaxAm></IssuItemInformation>
</EInvoiceData></EInvoice>"""

ATTACHED = """<?xml version="1.0" encoding="UTF-8"?>
<fp:eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019"><fp:InvoiceNo>25442000000123456789</fp:InvoiceNo>
<fp:IssueDate>2025年03月18日</fp:IssueDate><fp:Buyer><fp:BuyerName>南山区张记面馆</fp:BuyerName></fp:Buyer>
<fp:Seller><fp:SellerName>白云区粮油批发有限公司</fp:SellerName></fp:Seller>
<fp:TaxInclusiveTotalAmount>2960.00</fp:TaxInclusiveTotalAmount><fp:TaxTotalAmount>244.41</fp:TaxTotalAmount>
<fp:TaxExclusiveTotalAmount>2715.59</fp:TaxExclusiveTotalAmount></fp:eInvoice>"""

TAGS = """<eInvoice><InvoiceNo><ObjectRef PageRef="1">11</ObjectRef></InvoiceNo>
<IssueDate><ObjectRef PageRef="1">12</ObjectRef></IssueDate>
<Buyer><BuyerName><ObjectRef PageRef="1">13</ObjectRef></BuyerName></Buyer>
<Seller><SellerName><ObjectRef PageRef="1">14</ObjectRef></SellerName></Seller>
<TaxInclusiveTotalAmount><ObjectRef PageRef="1">15</ObjectRef></TaxInclusiveTotalAmount>
<TaxTotalAmount><ObjectRef PageRef="1">16</ObjectRef></TaxTotalAmount>
<TaxExclusiveTotalAmount><ObjectRef PageRef="1">17</ObjectRef></TaxExclusiveTotalAmount></eInvoice>"""

VALUES = {  # id: (left, top, text)
    11: (160, 10, "25442000000123456789"), 12: (160, 16, "2025年03月18日"), 13: (24, 30, "南山区张记面馆"),
    14: (124, 30, "白云区粮油批发有限公司"), 15: (160, 100, "¥2960.00"), 16: (180, 90, "¥244.41"),
    17: (130, 90, "¥2715.59"),
}
LABELS = {
    1: (70, 4, "电子发票（普通发票）"), 2: (138, 10, "发票号码："), 3: (138, 16, "开票日期："), 4: (10, 30, "名称："),
    5: (110, 30, "名称："), 6: (20, 90, "合"), 7: (30, 90, "计"), 8: (10, 100, "价税合计（大写）"),
    9: (60, 100, "贰仟玖佰陆拾圆整"), 10: (140, 100, "（小写）"),
}


def content(objects):
    """A page's content with text objects."""
    body = "".join(
        f'<ofd:TextObject ID="{key}" Boundary="{x} {y} {len(text) * 3} 4">'
        f'<ofd:TextCode X="0" Y="3">{text}</ofd:TextCode></ofd:TextObject>'
        for key, (x, y, text) in objects.items()
    )
    layer = f"<ofd:Content><ofd:Layer>{body}</ofd:Layer></ofd:Content>"
    return f'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016">{layer}</ofd:Page>'


def ofd(extra=None, objects=None):
    """An OFD with labels in a page template, values on the page, and *extra* parts."""
    parts = {
        "OFD.xml": '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>',
        "Doc_0/Tpls/Tpl_0/Content.xml": content(LABELS),
        "Doc_0/Pages/Page_0/Content.xml": content(VALUES if objects is None else objects),
        **(extra or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


VARIANTS = {
    "fully digital XML": XML.encode(),
    "XML in GB18030": XML.replace("UTF-8", "GB18030").encode("gb18030"),
    "OFD with attached XML": ofd({"Doc_0/Attachs/original_invoice.xml": ATTACHED}),
    "OFD with an XBRL attachment": ofd({"Doc_0/Attachs/voucher.xbrl": XML.replace("EInvoiceData", "xbrl")}),
    "OFD with tags into the page": ofd({"Doc_0/Tags/CustomTag.xml": TAGS}),
    "OFD with tags that are not well formed": ofd({"Doc_0/Tags/CustomTag.xml": TAGS[:-9]}),
    "OFD with page text only": ofd(),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_gives_the_same_record(variant):
    reading = read(VARIANTS[variant], "invoice")
    receipt, = reading.receipts
    assert (reading.kind, reading.outcome, reading.findings, len(reading.digest)) == ("invoice", "proven", (), 64)
    assert (receipt.total, receipt.net, receipt.tax, receipt.currency) == (296000, 271559, 24441, "CNY")
    assert (str(receipt.date), receipt.number) == ("2025-03-18", "25442000000123456789")
    assert (receipt.seller, receipt.buyer) == ("白云区粮油批发有限公司", "南山区张记面馆")


@pytest.mark.parametrize(("old", "new", "code", "sides"), [
    ("<TotalTaxAm>244.41", "<TotalTaxAm>244.14", "document_contradiction", ("2960.00", "2959.73")),
    ("<Amount>1009.17", "<Amount>1009.71", "document_lines_differ", ("2715.59", "2716.13")),
    ("<ComTaxAm>90.83", "<ComTaxAm>90.38", "document_lines_differ", ("244.41", "243.96")),
])
def test_an_invoice_that_contradicts_itself_is_inconsistent_with_both_sides_shown(old, new, code, sides):
    reading = read(XML.replace(old, new).encode(), "a.xml")
    assert (reading.outcome, reading.receipts[0].total) == ("inconsistent", 296000)
    assert (code, sides) in [(f.code, (f.params["total"], f.params["other"])) for f in reading.findings]


def test_a_red_invoice_keeps_its_sign():
    red = XML
    for amount in ("2715.59", "244.41", "2960.00", "1706.42", "153.58", "1009.17", "90.83"):
        red = red.replace(f">{amount}<", f">-{amount}<")
    reading = read(red.encode(), "red.xml")
    assert (reading.outcome, reading.receipts[0].total, reading.receipts[0].tax) == ("proven", -296000, -24441)


def test_without_net_and_tax_there_is_nothing_to_prove():
    text = XML.replace("<TotalTaxAm>244.41</TotalTaxAm>", "")
    assert read(text.encode(), "a.xml").outcome == "unprovable"


def test_a_missing_date_is_uncertain():
    text = XML.replace("<RequestTime>2025-03-18 10:22:01</RequestTime>", "")
    receipt, = read(text.encode(), "a.xml").receipts
    assert (receipt.date, receipt.uncertain) == (None, ("date",))


@pytest.mark.parametrize("where", ["xml", "ofd"])
def test_document_types_are_refused(where):
    hostile = '<!DOCTYPE EInvoice [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + XML.partition("?>")[2]
    data = hostile.encode() if where == "xml" else ofd({"Doc_0/Attachs/original_invoice.xml": hostile})
    with pytest.raises(ReconError) as caught:
        read(data, "a")
    assert caught.value.code == "xml_doctype"


def test_a_bomb_ends_in_a_refusal():
    with pytest.raises(ReconError) as caught:
        read(ofd({"Doc_0/Attachs/original_invoice.xml": " " * 30_000_000}), "a.ofd")
    assert caught.value.code == "ofd_too_large"


def test_a_truncated_ofd_is_broken():
    with pytest.raises(ReconError) as caught:
        read(ofd()[:-100], "a.ofd")
    assert caught.value.code == "ofd_broken"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"<html></html>", b"<?xml version='1.0'?><Document/>"])
def test_what_is_no_invoice_is_left_to_others(data):
    assert read(data, "a") is None


def test_a_zip_that_is_no_ofd_is_left_to_others():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")
    assert read(buffer.getvalue(), "a.zip") is None


@given(st.integers(0, len(VARIANTS["OFD with attached XML"]) - 1), st.binary(min_size=1, max_size=6))
def test_a_damaged_ofd_is_read_or_refused_but_never_crashes(place, noise):
    data = VARIANTS["OFD with attached XML"]
    data = data[:place] + noise + data[place + len(noise) :]
    try:
        reading, refusal = read(data, "a.ofd"), ""
    except ReconError as slip:
        reading, refusal = None, slip.code
    assert refusal in {"", "ofd_broken", "ofd_too_large", "xml_broken", "xml_doctype"}
    assert reading is None or reading.receipts
