"""Where nothing came of an account and nothing is left on it, it opened with nothing: nobody has to be asked."""

import pytest

from recon.events.accounts import OwnAccount
from tests.checks.cases import line, rebuild

FORM = """
[case]
trade = "restaurant"
from = 2025-01-01
to = 2025-12-31
[opening]
inventory = 800
[closing]
inventory = 900
receivables = {owed}
payables = 0
"""
BANK = OwnAccount("bank", "bank", opening=10_000_000)
COUNTER = (
    line(1, "bank", "bank", "2025-03-01", 60_000, "cash_sales"),
    line(2, "bank", "bank", "2025-04-01", -20_000, "cash_purchases"),
)


def books(owed, *more):
    """Figures of a shop whose opening receivables and payables nobody wrote down."""
    return rebuild(FORM.format(owed=owed), [*COUNTER, *more], (BANK,)).ledger.solution


def test_a_counter_trade_that_owes_and_is_owed_nothing_needs_no_opening_counts():
    found = books(0)
    assert [found.value(f"opening.{key}") for key in ("receivables", "payables")] == [0, 0]
    assert found.figures["opening.receivables"].source == "rule:nothing_came"
    assert (found.value("total_sales"), found.value("cost_of_goods_sold")) == (60_000, 20_000 - 10_000)
    assert not found.questions


@pytest.mark.parametrize(("owed", "more"), [
    (0, [line(3, "bank", "bank", "2025-05-01", 1, "sales")]),  # a customer paid: perhaps for a sale before
    ("0.01", []),
])
def test_a_single_cent_received_or_left_leaves_the_opening_to_be_asked(owed, more):
    found = books(owed, *more)
    assert found.value("opening.receivables") is None
    assert found.value("total_sales") is None
    assert "opening.receivables" in found.questions
