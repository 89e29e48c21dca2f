"""Documents find the lines that paid them, and the rest is asked for."""

import numpy as np

from recon.core.facts import About, Case, Owner
from recon.core.settings import settings
from recon.core.words import tell
from recon.events.build import build
from recon.events.matching import Matches, match, receipted, table
from recon.reading.result import Reading, Receipt
from tests.events.byhand import Row, bank, said

CASE = Case(case=About(name="老张面馆", trade="restaurant"), owner=Owner(name="张三丰"))


def matched(rows: list[Row], *documents: Receipt) -> tuple[Matches, list[str]]:
    """Matches and the codes of the findings."""
    readings = [
        bank("b.csv", rows),
        *(Reading(f"r{n}.jpg", "receipt", "unprovable", "x", receipts=(d,)) for n, d in enumerate(documents)),
    ]
    frame, accounts, built = build(readings, CASE, settings())
    found, open_ones = match(readings, frame, CASE, accounts, settings())
    assert all(tell("en", finding) and tell("zh-CN", finding) for finding in open_ones)
    assert [finding.code for finding in built if finding.code.endswith(("paid", "matched"))] == [
        finding.code for finding in open_ones
    ]
    return found, [finding.code for finding in open_ones]


def slip(day: str, total: int, seller: str = "", buyer: str = "") -> Receipt:
    """A document."""
    return Receipt(np.datetime64(day), total, seller=seller, buyer=buyer)


def test_a_purchase_finds_its_payment_and_an_unpaid_one_is_asked_for() -> None:
    """The amount agrees for one document only."""
    found, codes = matched(
        [said("2025-01-05", -88_00, "刘记粮油店")],
        slip("2025-01-03", 8800, "刘记粮油店"),
        slip("2025-01-03", 9900, "海鲜行"),
    )
    assert [item.line for item in found] == ["S01-P01-L0001", ""]
    assert codes == ["purchase_unpaid"]


def test_two_equal_amounts_are_told_apart_by_the_party() -> None:
    """The nearer day belongs to another party."""
    rows = [said("2025-01-05", -8800, "海鲜行"), said("2025-01-15", -8800, "刘记粮油店")]
    found, _ = matched(rows, slip("2025-01-05", 8800, "刘记粮油店"), slip("2025-01-14", 8800, "海鲜行"))
    assert [item.line for item in found] == ["S01-P01-L0002", "S01-P01-L0001"]


def test_a_sale_is_sought_among_money_in_only() -> None:
    """The business is the seller, so money out of that amount is no payment of it."""
    found, codes = matched([said("2025-01-05", -8800, "第一小学")], slip("2025-01-05", 8800, "老张面馆", "第一小学"))
    assert [(item.side, item.line) for item in found] == [("sale", "")]
    assert codes == ["sale_unpaid"]


def test_a_document_that_was_not_read_in_full_is_not_guessed_at() -> None:
    """No total, no match; the question says that it is unknown."""
    found, codes = matched(
        [said("2025-01-05", -8800, "海鲜行")], Receipt(date=np.datetime64("2025-01-05"), seller="海鲜行")
    )
    assert (found[0].line, codes) == ("", ["purchase_unpaid"])


def test_one_line_pays_one_document() -> None:
    """Two equal documents, one payment: one stays open."""
    document = slip("2025-01-05", 8800, "海鲜行")
    found, codes = matched([said("2025-01-05", -8800, "海鲜行")], document, document)
    assert sorted(item.line for item in found) == ["", "S01-P01-L0001"]
    assert codes == ["purchase_unpaid"]


def test_invoices_of_a_month_that_one_payment_settled_name_it_together() -> None:
    """Three deliveries, one transfer at the end of the month; a fourth supplier is not drawn in."""
    rows = [said("2025-01-31", -60_000, "刘记粮油店")]
    bills = [slip("2025-01-05", 10_000), slip("2025-01-12", 20_000), slip("2025-01-20", 30_000)]
    named = [Receipt(d.date, d.total, seller="刘记粮油店") for d in bills]
    found, codes = matched(rows, *named, slip("2025-01-20", 30_000, "海鲜行"))
    assert [item.line for item in found] == ["S01-P01-L0001"] * 3 + [""]
    assert codes == ["purchase_unpaid"]
    assert receipted(found) == {"S01-P01-L0001"}


def test_an_invoice_paid_in_parts_names_every_part() -> None:
    """A deposit and the balance; the line of another party with the missing amount is left alone."""
    rows = [
        said("2025-01-05", -30_000, "刘记粮油店"), said("2025-01-15", -70_000, "刘记粮油店"),
        said("2025-01-15", -70_000, "海鲜行"),
    ]
    found, codes = matched(rows, slip("2025-01-06", 100_000, "刘记粮油店"))
    assert ((found[0].line, found[0].more), codes) == (("S01-P01-L0001", ("S01-P01-L0002",)), [])
    assert table(found)["line"].tolist() == ["S01-P01-L0001 S01-P01-L0002"]


def test_parts_that_add_up_in_two_ways_are_asked_for() -> None:
    """Two pairs of payments fit the invoice equally well: a guess would be no match."""
    rows = [said(f"2025-01-{day:02d}", amount, "刘记粮油店")
            for day, amount in ((5, -30_000), (6, -70_000), (7, -40_000), (8, -60_000))]
    found, codes = matched(rows, slip("2025-01-06", 100_000, "刘记粮油店"))
    assert (found[0].line, codes) == ("", ["purchase_unpaid"])


def test_cash_drawn_on_the_day_of_an_equal_purchase_did_not_pay_for_it_unless_it_names_the_seller() -> None:
    """What is drawn is spent on many things; a line that names the seller is another matter."""
    bought = slip("2025-01-05", 900_000, "刘记粮油店")
    (found,), codes = matched([said("2025-01-05", -900_000, "张三丰", "现支")], bought)
    assert (found.line, codes) == ("", ["purchase_unpaid"])
    (found,), _ = matched([said("2025-01-05", -900_000, "刘记粮油店", "现支")], bought)
    assert found.line


def test_parts_are_sought_among_lines_of_the_seller_not_of_all_companies_limited() -> None:
    """Two firms share a legal form, no payment."""
    (found,), _ = matched(
        [said("2025-01-05", -400_000, "江州顺达物流有限公司"), said("2025-01-09", -500_000, "江州顺达物流有限公司")],
        slip("2025-01-06", 900_000, "新源天成五金制品有限公司"),
    )
    assert not found.line


def test_a_delivery_note_that_names_the_shop_by_its_sign_is_a_purchase_from_whom_the_shop_pays() -> None:
    """Neither party is the business by name; the seller is one that is only paid, the stranger's buyer nobody knows."""
    rows = [said("2025-01-05", -88_00, "刘记粮油店"), said("2025-01-09", 50_00, "王老板")]
    found, codes = matched(rows, slip("2025-01-20", 4300, "刘记粮油店", "江边小馆"), slip("2025-01-21", 99, "甲", "乙"))
    assert [item.side for item in found] == ["purchase", ""]
    assert codes == ["purchase_unpaid", "document_unmatched"]
