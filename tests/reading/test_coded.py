"""The QR code of a Chinese invoice fills in what was not read and contradicts what was."""

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from recon.core.words import tell
from recon.evidence import codes
from recon.reading.documents.coded import coded
from recon.reading.documents.document import with_code
from recon.reading.result import Reading, Receipt, Seen

TEXT = "01,31,,25322000000123456789,2960.00,20250318,,1A2B"


def picture(place, text):
    """A picture with a QR code in a corner of white paper."""
    code = np.array(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=8))
    paper = Image.new("L", (1000, 700), 255)
    paper.paste(Image.fromarray(code), (40, 40))
    paper.save(place / "code.png")
    return place / "code.png"


def invoice(**more):
    """A reading of one invoice."""
    told = {"date": np.datetime64("2025-03-18"), "total": 296000, "net": 271559, "tax": 24441,
            "number": "25322000000123456789", "kind": "vat_digital", "seen": {"number": Seen(1, 1, None, 0.99)}} | more
    return Reading("a.pdf", "invoice", "proven", "document_proven", receipts=(Receipt(**told),))


def test_a_code_on_a_picture_is_read_and_understood(tmp_path):
    found = coded(codes.read(picture(tmp_path, TEXT)))
    assert (found.number, found.amount, str(found.day)) == ("25322000000123456789", 296000, "2025-03-18")


def test_a_code_that_agrees_leaves_the_reading_proven(tmp_path):
    place = picture(tmp_path, TEXT)
    assert with_code(invoice(), place, digital=True).findings == ()


def test_a_code_with_the_amount_before_tax_agrees_too(tmp_path):
    place = picture(tmp_path, TEXT.replace("2960.00", "2715.59"))
    assert with_code(invoice(), place, digital=True).outcome == "proven"


@pytest.mark.parametrize(("field", "other"), [
    ("amount", TEXT.replace("2960.00", "9960.00")), ("date", TEXT.replace("20250318", "20250319")),
    ("number", TEXT.replace("123456789", "123456780")),
])
def test_print_and_code_that_differ_are_a_finding_with_both_sides(tmp_path, field, other):
    read = with_code(invoice(), picture(tmp_path, other), digital=True)
    finding, = read.findings
    assert (read.outcome, finding.code) == ("inconsistent", f"document_code_{field}")
    for language in ("en", "zh-CN"):
        assert str(finding.params["printed"]) in tell(language, finding)
        assert str(finding.params["code"]) in tell(language, finding)


def test_of_a_photograph_the_code_knows_number_and_day_that_were_not_read(tmp_path):
    blurred = invoice(number="", date=None, uncertain=("date",), seen={})
    receipt, = with_code(blurred, picture(tmp_path, TEXT), digital=False).receipts
    assert (receipt.number, str(receipt.date), receipt.uncertain) == ("25322000000123456789", "2025-03-18", ())


@pytest.mark.parametrize("text", [
    "https://example.org", "01,10", "01,10,,123,5,2025,,", "02,31,,25322000000123456789,1,20250101,,",
])
def test_other_codes_say_nothing(text):
    assert coded([text]) is None


def test_a_file_that_is_no_picture_has_no_codes(tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    assert codes.read(tmp_path / "a.jpg") == ()
