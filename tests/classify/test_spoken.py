"""Counterparties that only a description names."""

import pytest

from recon.classify.classify import classify
from recon.classify.decisions import Decision
from recon.classify.spoken import spoken
from recon.core.facts import About, Case, Owner
from recon.core.settings import settings
from recon.events.build import build
from tests.events.byhand import bank, said


@pytest.mark.parametrize(("description", "name"), [
    ("FPO HARLOW EVERETT FUELS LTD DIESEL", "HARLOW EVERETT FUELS LTD"),
    ("CARD PURCHASE CORNER BAKERY 3322", "CORNER BAKERY"),
    ("WILLIAM KHAN WARDROBE", "WILLIAM KHAN WARDROBE"), ("BACS CREDIT ACME & CO INV 22", "ACME & CO"),
    ("TRANSFER TO 00112233", ""), ("ATM WITHDRAWAL", ""), ("INTEREST PAID", ""), ("CHQ 100233", ""), ("", ""),
    ("跨行转账 张三", ""), ("café René SARL 12/05", "café René SARL"),
])
def test_the_name_is_read_without_ways_of_paying_and_numbers(description: str, name: str) -> None:
    """What is left names somebody or nothing."""
    assert spoken(description) == name


def test_a_spoken_name_gathers_its_lines_and_can_be_decided_on() -> None:
    """An English statement has no column of names; a reviewer decides by party all the same."""
    words = ((3, "KQX"), (4, "WVJ"))
    rows = [said(f"2025-0{month}-03", -50_037, "", f"FPO ZORBLAX LTD {word}") for month, word in words]
    case = Case(case=About(trade="services"), owner=Owner(name="Jo Doe"))
    frame, accounts, _ = build([bank("a.csv", rows, holder="Jo Doe", name="Bank")], case, settings())
    done, found = classify(frame, case, accounts, settings(), (Decision("counterparty", "Zorblax Ltd", "marketing"),))
    assert done["counterparty"].tolist() == ["ZORBLAX LTD", "ZORBLAX LTD"]
    assert set(done["category"]) == {"marketing"}
    assert not found
