"""A stated margin finds sales that nobody recorded, and never takes recorded ones away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.cases import line, rebuild

FORM = """
[case]
trade = "retail"
from = 2025-01-01
to = 2025-12-31
unknown = ["cash_sales", "drawings"]
[stated]
margin = {margin}
[opening]
cash = 0
inventory = 1000
receivables = 0
payables = 0
[closing]
cash = 0
inventory = 1000
receivables = 0
payables = 0
[[account]]
id = "b"
kind = "bank"
opening = 0
"""
ROWS = [line(1, "b", "bank", "2025-03-01", 100_000_00, "sales"),
        line(2, "b", "bank", "2025-03-02", -60_000_00, "purchases")]


def books(margin: str):
    return rebuild(FORM.format(margin=margin), ROWS).ledger


def test_a_margin_above_the_recorded_one_finds_the_sales_that_no_line_shows():
    ledger = books("0.5")
    assert ledger.value("total_sales") == 120_000_00
    assert ledger.value("cash_sales.unrecorded") == 20_000_00


def test_a_margin_that_would_have_fewer_sales_than_are_recorded_gives_way_and_is_told():
    ledger = books("0.25")
    assert ledger.value("total_sales") == 100_000_00
    assert ledger.value("cash_sales.unrecorded") == 0
    told = [found for found in ledger.known.findings if found.code == "recorded_above_margin"]
    assert [(found.params["amount"], found.params["sales"]) for found in told] == [("20000.00", "100000.00")]


@pytest.mark.slow
@given(st.integers(1, 95))
def test_sales_are_never_below_what_lines_record(percent: int):
    ledger = books(str(percent / 100))
    assert ledger.value("total_sales") >= 100_000_00


def test_recorded_sales_are_no_estimate_where_a_margin_finds_what_nobody_recorded():
    """Of 120,000.00 the lines show 100,000.00; only the 20,000.00 beyond them rests on the margin."""
    found = books("0.5").figure("total_sales")
    assert found.shares == {"documented": 100_000_00, "estimated": 20_000_00}
    assert books("0.5").figure("cash_sales.unrecorded").shares == {"estimated": 20_000_00}
