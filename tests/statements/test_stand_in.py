"""What the statements show of cash whose opening nobody knows."""

from recon.events.accounts import OwnAccount
from tests.checks.cases import line, rebuild


def test_money_on_its_way_is_cash_where_the_opening_till_is_not_known():
    """A transfer of 120 whose other end no file shows: assets are still what is owed and owned."""
    form = """
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
    made = rebuild(form, [line(1, "b", "bank", "2025-03-01", -120_00, "own_transfer", reason="transfer_unpaired")],
                   (OwnAccount("b", "bank", opening=1000_00),))
    cash, assets, claims = (made.statements.line("balance_sheet", n) for n in (1, 30, 53))
    assert cash.opening is None
    assert cash.amount == 50_00 + 880_00 + 120_00
    assert assets.amount == claims.amount == 1050_00
