"""A statement line that the evidence itself contradicts is not called documented, and no amount changes for it."""

from dataclasses import replace
from decimal import Decimal

from recon.checks.check import Check
from recon.checks.doubts import doubts, with_doubts
from recon.core.finding import Words
from recon.ledger.build import build
from recon.statements.forms import STATEMENTS, forms
from tests.checks.cases import line, rebuild

FORM = """
[case]
trade = "retail"
from = 2025-01-01
to = 2025-12-31
[opening]
cash = 0
receivables = 0
payables = 0
inventory = 0
[closing]
cash = 0
receivables = 0
payables = 0
inventory = 0
[[account]]
id = "b"
kind = "bank"
opening = 0
"""
LENDER = "永宁启航商贸有限公司"
LENT = line(1, "b", "bank", "2025-02-03", 50_000_00, "sales", reason="rule:goods", counterparty=LENDER)
BACK = [line(10 + m, "b", "bank", f"2025-{m:02}-05", -4_400_00, "purchases", reason="rule:goods", counterparty=LENDER)
        for m in range(3, 12)]
TRADE = [line(30 + m, "b", "bank", f"2025-{m:02}-20", 20_000_00, "sales", reason="rule:goods") for m in range(1, 13)]
LOANS = [line(50 + m, "b", "bank", f"2025-{m:02}-21", -500_00, "loan_interest", reason="rule:loan")
         for m in range(1, 13)]


def checked(id_, rows=(), amount=None, outcome="fail"):
    return Check(id_, "authenticity", outcome, Words("", ""), 0, 0, rows=tuple(rows), amount=amount)


def weakened(*checks):
    """The statements before and after the doubts of *checks*."""
    made = rebuild(FORM, [LENT, *BACK, *TRADE, *LOANS])
    found = doubts(checks, made.transactions, made.ledger)

    def again(rows):
        return build(made.transactions, made.accounts, made.case, made.ledger.period, (), rows)[0]

    return made.statements, with_doubts(made.ledger, made.statements, found, forms(), again)[1]


def share(made, statement, number):
    """How much of a line is documented."""
    shares = made.line(statement, number).shares
    return Decimal(shares.get("documented", 0)) / sum(shares.values())


def test_a_hidden_loan_leaves_neither_sales_nor_interest_documented():
    before, after = weakened(checked("level_repayments", [LENT["id"]]))
    sold, paid = ("income_statement", 1), ("cash_flow", 17)
    assert share(before, *sold) == share(before, *paid) == 1
    assert round(share(after, *sold), 4) == Decimal("0.8276"), "240,000 of 290,000"
    assert share(after, *paid) == 0, "the instalments of 39,600 may all be interest"
    assert share(after, "cash_flow", 3) == 0, "what went to the same party is as doubtful"


def test_a_balance_that_earns_too_little_interest_doubts_all_that_its_account_feeds():
    _, after = weakened(checked("interest_b", [TRADE[0]["id"]], amount=2_900_00))
    assert round(share(after, "cash_flow", 1), 4) == Decimal("0.99"), "2,900 of 290,000"
    assert round(share(after, "income_statement", 1), 4) == Decimal("0.99")


def test_no_amount_changes_and_nothing_becomes_better_known():
    looped = checked("loops", [LENT["id"]], outcome="explain")
    before, after = weakened(looped, checked("interest_b", [LENT["id"]], 100))
    for name in STATEMENTS:
        for old, new in zip(getattr(before, name), getattr(after, name), strict=True):
            assert replace(new, shares=old.shares) == old
            assert new.shares.get("documented", 0) <= old.shares.get("documented", 0)


def test_checks_that_pass_or_cannot_judge_or_say_nothing_of_lines_doubt_nothing():
    quiet = [checked("loops", [LENT["id"]], outcome=outcome) for outcome in ("pass", "cannot_judge")]
    before, after = weakened(*quiet, checked("profit_stated"), checked("first_digit", [LENT["id"]]))
    assert after is before


def test_a_margin_in_twentieths_leaves_open_how_much_was_sold_without_a_record():
    """20 of 100 is 80,000 of goods for 100,000; at 22.5 % they would be 103,225.81 of sales."""
    form = FORM.replace("to = 2025-12-31", 'to = 2025-12-31\nunknown = ["cash_sales", "drawings"]')
    rows = [line(1, "b", "bank", "2025-02-03", 99_000_00, "sales", reason="rule:goods"),
            line(2, "b", "bank", "2025-02-04", -80_000_00, "purchases", reason="rule:goods")]
    made = rebuild(form + "[stated]\nmargin = 0.20\n", rows)
    assert made.ledger.value("total_sales") == 100_000_00
    (found,) = doubts((), made.transactions, made.ledger)
    assert found.amount == 3_225_81
    assert ("income_statement", 1) in found.lines
