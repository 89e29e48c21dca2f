"""Papers typed by hand, of every kind and in styles that the simulator does not draw, are read field by field."""

import re
import tomllib
import unicodedata
from pathlib import Path

import pytest

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


def test_two_bills_of_one_customer_bear_no_common_number():
    """An account's number on every bill is not the bill's: the same number twice would accuse the second."""
    bill = next(paper["text"] for paper in PAPERS if paper["name"] == "util_en_gas")
    assert "Account number" in bill
    assert read_bytes(as_pdf(bill), "a.pdf").receipts[0].number == ""
