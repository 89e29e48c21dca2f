"""What the statements show of cash whose opening nobody knows."""

from recon.events.accounts import OwnAccount
from tests.checks.cases import line, rebuild

FORM = """
[case]
trade = "retail"
from = 2025-01-01
to = 2025-12-31
unknown = ["cash_sales", "drawings"]
[closing]
cash = 50
inventory = 0
receivables = 0
payables = 0
[[account]]
id = "b"
kind = "bank"
opening = 1000
"""
BANK = OwnAccount("b", "bank", opening=1000_00)


def test_money_on_its_way_is_cash_where_the_opening_till_is_not_known():
    """A transfer of 120 whose other end no file shows: assets are still what is owed and owned."""
    made = rebuild(FORM, [line(1, "b", "bank", "2025-03-01", -120_00, "own_transfer", reason="transfer_unpaired")],
                   (BANK,))
    cash, assets, claims = (made.statements.line("balance_sheet", n) for n in (1, 30, 53))
    assert cash.opening is None
    assert cash.amount == 50_00 + 880_00 + 120_00
    assert assets.amount == claims.amount == 1050_00


def test_what_is_owed_on_a_card_is_never_netted_against_cash():
    """The accounts together hold 1,000 less 300 owed: cash stays open rather than 300 too low, and no rule fails."""
    form = FORM + '[[account]]\nid = "c"\nkind = "card"\nopening = 0\n'
    made = rebuild(form, [line(1, "c", "card", "2025-03-01", -300_00, "purchases")],
                   (BANK, OwnAccount("c", "card", opening=0)))
    assert made.statements.line("balance_sheet", 1).amount is None
    assert made.checks["K01"].outcome == "cannot_judge"
