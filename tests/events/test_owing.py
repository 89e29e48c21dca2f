"""Bills that nobody paid by the period's end are owed: they fill a silent position and question a stated one."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from recon.classify.classify import classify
from recon.core.facts import About, Case, Item, Owner, Position
from recon.core.period import Period
from recon.core.settings import settings
from recon.core.source import Source
from recon.events.build import build
from recon.events.matching import match
from recon.events.owing import owing
from recon.ledger.build import build as books
from recon.reading.result import Reading, Receipt
from tests.events.byhand import bank, said

FROM, TO = dt.date(2025, 1, 1), dt.date(2025, 1, 31)
LINES = [said("2025-01-05", -500_000, "刘记粮油店", "货款"), said("2025-01-20", 900_000, "第一小学", "餐费")]


def case(**more):
    about = About(name="老张面馆", trade="restaurant", from_=FROM, to=TO)
    return Case(case=about, owner=Owner(name="张三丰"), **more)


def bill(total=880_000, seller="海鲜行", buyer="老张面馆", due="2025-02-28", **more):
    """A bill made in January, due in February where nothing else is said."""
    more = {"kind": "invoice", "currency": "CNY", "date": np.datetime64("2025-01-10"), "page": 1} | more
    when = np.datetime64(due) if due else None
    return Receipt(total=total, seller=seller, buyer=buyer, due=when, **more)


def seen(*documents, form=None, lines=LINES):
    """The bills owed, the ledger, and the codes of all findings."""
    form = form or case()
    readings = [bank("b.csv", lines), *(
        Reading(f"receipts/r{n}.pdf", "invoice", "proven", "x", receipts=(d,)) for n, d in enumerate(documents))]
    frame, accounts, found = build(readings, form, settings())
    matches, _ = match(readings, frame, form, accounts, settings())
    frame, _ = classify(frame, form, accounts, settings(), matches=matches)
    bills = owing(matches, frame, pd.Timestamp(TO), "CNY")
    ledger, more = books(frame, accounts, form, Period(FROM, TO), bills)
    return bills, ledger, [finding.code for finding in (*found, *more)]


def test_a_purchase_due_after_the_period_is_a_payable_with_its_place_where_the_form_is_silent():
    bills, ledger, codes = seen(bill())
    assert [(b.position, b.party, b.amount, b.source) for b in bills] == [
        ("payables", "海鲜行", 880_000, Source("receipts/r0.pdf", 1))]
    assert (ledger.value("closing.payables"), ledger.figure("closing.payables").source) == (880_000, "rule:bills")
    assert ("bill_payable" in codes, "purchase_unpaid" in codes) == (True, False)


def test_a_sale_marked_unpaid_is_a_receivable():
    sale = bill(70_000, seller="老张面馆", buyer="第二中学", due="", terms={"unpaid": "yes"})
    bills, ledger, codes = seen(sale)
    assert ([b.position for b in bills], ledger.value("closing.receivables")) == (["receivables"], 70_000)
    assert "bill_receivable" in codes


def test_a_small_bill_due_later_is_owed_and_no_cash_purchase_even_where_the_form_has_no_row_for_it():
    _, _, codes = seen(bill(8800))
    assert ("bill_payable" in codes, "paper_only_purchase" in codes) == (True, False)


@pytest.mark.parametrize("other", [
    bill(due="2025-01-31"), bill(due=""), bill(terms={"paid": "yes"}), bill(uncertain=("total",)),
    bill(kind="till_receipt"), bill(date=np.datetime64("2025-02-03")), bill(currency="USD"), bill(-880_000),
    bill(seller="刘记粮油店", date=np.datetime64("2025-01-04"))])
def test_what_is_due_paid_uncertain_no_bill_or_of_another_time_is_not_owed(other):
    assert seen(other)[0] == ()


def test_a_bill_that_a_line_paid_is_not_owed():
    assert seen(bill(500_000, seller="刘记粮油店", date=np.datetime64("2025-01-04")))[0] == ()


def test_a_stated_position_that_holds_the_bills_stands_and_is_not_added_to():
    _, ledger, codes = seen(bill(), form=case(closing=Position(payables=900_000)))
    assert (ledger.value("closing.payables"), "bills_exceed" in codes) == (900_000, False)


def test_a_stated_position_below_the_bills_stands_and_both_sides_are_told():
    _, ledger, codes = seen(bill(), form=case(closing=Position(payables=800_000)))
    assert (ledger.value("closing.payables"), "bills_exceed" in codes) == (800_000, True)


def test_a_bill_whose_party_the_rows_do_not_name_is_told_and_one_that_they_name_is_not():
    def told(name):
        return "bill_not_listed" in seen(bill(), form=case(payable=(Item(name=name, amount=900_000),)))[2]
    assert (told("冻品批发"), told("海鲜行")) == (True, False)
