"""Whose money a line is: names with references behind them, and firms whose names begin alike."""

import pandas as pd
import pytest

from recon.checks.lines import called
from tests.checks.cases import line
from tests.checks.test_authenticity import check


@pytest.mark.parametrize(("printed", "name"), [
    ("JANE ROE INVOICE 12", "jane roe"), ("JANE ROE", "jane roe"), ("MARY BANKS BANK TRANSFER", "mary banks"),
    ("OAK HILL FASTENERS LTD STATEMENT", "oak hill fasteners ltd"),
    ("OAK HILL BUILDING SERVICES LTD INV 4", "oak hill building"), ("Wells & Co invoice 7", "wells & co"),
    ("王五", "王五"), ("AB C", "ab c"), ("", ""),
])
def test_a_name_is_what_stands_before_its_reference(printed, name):
    rows = pd.DataFrame([line(1, "b", "bank", "2025-01-05", 100, "sales", counterparty=printed)])
    assert list(called(rows)) == [name]


def going_round(other):
    """Three payments to one firm and three like receipts from *other*, a few days later."""
    rows = [line(90, "b", "bank", "2025-02-01", 10_000_000, "sales", counterparty="Long Lane School")]
    for month in (3, 6, 9):
        rows.append(line(month, "b", "bank", f"2025-{month:02d}-05", -500_000, "purchases",
                         counterparty=f"OAK HILL FASTENERS LTD GOODS {month}"))
        rows.append(line(20 + month, "b", "bank", f"2025-{month:02d}-08", 501_000, "sales",
                         counterparty=f"{other} INVOICE {month}"))
    return check(rows)


def test_two_firms_whose_names_begin_alike_are_no_loop_but_one_firm_is():
    assert going_round("OAK HILL BUILDING SERVICES LTD")["both_sides"].outcome == "pass"
    assert going_round("OAK HILL FASTENERS LTD")["loops"].outcome != "pass"
    two = [line(1, "b", "bank", "2025-03-05", -500_000, "purchases", counterparty="OAK HILL FASTENERS LTD GOODS"),
           line(2, "b", "bank", "2025-03-08", 501_000, "sales", counterparty="OAK HILL BUILDING SERVICES LTD INV 4")]
    assert check(two)["loops"].outcome == "pass"


def test_instalments_are_level_repayments_whatever_reference_stands_behind_the_lender():
    words = ("TRANSFER", "", "AS AGREED", "TRANSFER", "")
    rows = [line(1, "b", "bank", "2025-02-06", 5_800_000, "sales", counterparty="FIONA KENDRICK ORDER")]
    rows += [line(2 + n, "b", "bank", f"2025-{3 + n:02d}-06", -1_024_700, "unknown_out",
                  counterparty=f"FIONA KENDRICK {word}".strip()) for n, word in enumerate(words)]
    found = check(rows)["level_repayments"]
    assert (found.outcome, found.rows) == ("fail", (rows[0]["id"],))
