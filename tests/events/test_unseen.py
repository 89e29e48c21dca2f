"""Purchases and sales that stand on paper only enter the books as cash, where the papers allow to say so."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from recon.classify.classify import classify
from recon.core.facts import About, AccountForm, Case, Owner, Position
from recon.core.settings import settings
from recon.events.build import build
from recon.events.matching import match
from recon.events.period import period
from recon.reading.result import Item, Reading, Receipt
from tests.events.byhand import bank, said

CASE = Case(case=About(name="老张面馆", trade="restaurant"), owner=Owner(name="张三丰"))
LINES = [said("2025-01-05", -500_000, "刘记粮油店", "货款"), said("2025-01-20", 900_000, "第一小学", "餐费"),
         said("2025-01-31", -20_000, "房东", "房租")]


def paper(total=88_00, seller="海鲜行", buyer="老张面馆", kind="vat_digital", day="2025-01-10", **more):
    """A document."""
    return Receipt(np.datetime64(day), total, seller=seller, buyer=buyer, kind=kind, currency="CNY", **more)


def cash(*documents, lines=LINES, case=CASE, extra=()):
    """Amounts and categories of the rows of cash, and the codes of all findings."""
    readings = [bank("b.csv", lines), *extra, *(
        Reading(f"receipts/r{n}.pdf", "invoice", "proven", "x", receipts=(d,)) for n, d in enumerate(documents))]
    frame, accounts, found = build(readings, case, settings())
    matches, _ = match(readings, frame, case, accounts, settings())
    frame, _ = classify(frame, case, accounts, settings(), matches=matches)
    rows = frame[frame["type"] == "paper"]
    assert rows["basis"].isin(["corroborated"]).all()
    return list(zip(rows["amount"].tolist(), rows["category"], strict=True)), [finding.code for finding in found]


def test_a_purchase_that_no_line_pays_was_paid_in_cash_and_that_is_told():
    assert cash(paper()) == ([(-8800, "cash_purchases")], ["paper_only_purchase"])


def test_a_days_takings_on_a_slip_are_cash_sales():
    slip = paper(30_000, seller="老张面馆", buyer="", kind="till_receipt")
    assert cash(slip) == ([(30_000, "cash_sales")], ["paper_only_sale"])


def test_a_paper_that_a_line_pays_is_no_second_purchase():
    assert cash(paper(500_000, "刘记粮油店", day="2025-01-04"))[0] == []


def test_a_bill_of_a_party_with_lines_of_its_own_may_stand_in_one_of_them_and_stays_a_question():
    rows, codes = cash(paper(120_00, "刘记粮油店"))
    assert (rows, "purchase_unpaid" in codes) == ([], True)


def test_a_sum_too_large_for_cash_stays_a_question():
    rows, codes = cash(paper(300_000), paper(600_000, seller="老张面馆", buyer="某公司"))
    assert (rows, sorted(codes)) == ([], ["purchase_unpaid", "sale_unpaid"])


@pytest.mark.parametrize(("drawn", "left", "booked"), [(310_000, 10_000, True), (310_000, 200_000, False),
                                                      (0, 10_000, False), (310_000, None, False)])
def test_a_large_bill_was_paid_in_cash_where_the_till_held_it_and_is_short_of_it_by_its_count(drawn, left, booked):
    case = Case(case=CASE.case, owner=CASE.owner, opening=Position(cash=10_000), closing=Position(cash=left))
    lines = [*LINES, said("2025-01-09", -drawn, "", "ATM取款")] if drawn else LINES
    assert cash(paper(300_000), case=case, lines=lines)[0] == [(-300_000, "cash_purchases")] * booked
    early = [*LINES, said("2025-01-11", -310_000, "", "ATM取款")]
    assert cash(paper(300_000), case=case, lines=early)[0] == []


def test_a_slip_that_says_it_was_paid_in_coins_belongs_to_no_line_of_another_party():
    slip = paper(20_000, "菜场李婶", "", kind="till_receipt", day="2025-01-30", terms={"cash": "yes"})
    assert cash(slip)[0] == [(-20_000, "cash_purchases")]
    assert cash(replace(slip, seller="房东"))[0] == []


def test_a_business_without_any_statement_has_the_events_and_the_months_of_its_papers():
    papers = [paper(40_00 + n, f"摊主{n}", kind="till_receipt", day=f"2025-0{1 + n % 2}-{n + 8:02d}")
              for n in range(12)]
    papers += [paper(90_00, "", "", kind="till_receipt", day="2025-02-20"), paper(999_00, "某公司", day="2025-02-21")]
    readings = [Reading(f"r{n}.pdf", "receipt", "proven", "x", receipts=(each,)) for n, each in enumerate(papers)]
    frame, accounts, found = build(readings, CASE, settings())
    assert sorted(frame["amount"])[:2] == [-90_00, -40_11]
    assert (len(frame), [own.kind for own in accounts]) == (13, ["cash"])
    assert [finding.code for finding in found] == ["purchase_unpaid", "paper_only_purchase"]
    assert period(frame, CASE) == (pd.Timestamp("2025-01-01"), pd.Timestamp("2025-02-28"))


def test_a_row_that_a_paper_alone_shows_answers_for_that_paper_and_no_other():
    slips = [paper(30_000, seller="老张面馆", buyer="", kind="till_receipt", day=f"2025-01-{day:02d}", number=str(day))
             for day in range(8, 28)]
    rows, codes = cash(*slips)
    assert (len(rows), codes) == (20, ["paper_only_sale"])


def test_a_stove_is_bought_and_no_gas_bill():
    stove = paper(seller="联创电器销售有限公司", lines=(Item("燃气灶", 8800),))
    assert cash(stove)[0] == [(-8800, "repairs")]  # a tool, too small to be written off over years
    shop = Case(case=About(name="老张面馆", trade="retail"), owner=CASE.owner)
    assert cash(stove, case=shop)[0] == [(-8800, "cash_purchases")]


def test_a_doubtful_total_is_asked_for_and_never_booked():
    assert cash(paper(uncertain=("total",)))[0] == []


def test_copies_and_cancelled_papers_are_not_booked():
    first = paper(number="25322000000123456789")
    red = replace(first, total=-8800, number="25322000000200000001", terms={"cancels": first.number})
    assert cash(first, replace(first))[0] == [(-8800, "cash_purchases")]
    assert cash(first, red)[0] == []


def test_a_cash_book_would_show_it():
    case = Case(case=CASE.case, owner=CASE.owner, account=(AccountForm(id="till", kind="cash", file="cash.csv"),))
    book = bank("cash.csv", [said("2025-01-03", -1000, "", "菜")], "", 50_000, kind="cashbook", name="", holder="")
    assert cash(paper(), case=case, extra=[book])[0] == []


def test_a_stock_count_moves_no_money_and_a_loan_contract_without_its_money_is_asked_for():
    count = paper(900_00, seller="", kind="stock_count")
    loan = paper(5_000_00, seller="江州银行", kind="loan_contract")
    assert cash(count) == ([], [])
    assert cash(loan) == ([], ["loan_unseen"])
