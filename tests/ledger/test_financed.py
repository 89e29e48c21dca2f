"""Equipment that a lender paid the seller for stands in fixed assets and in borrowings though no line shows it."""

import datetime as dt

import pytest

from recon.case.form import from_mapping
from recon.core.period import Period
from recon.ledger.build import build
from tests.ledger.worlds import Bank, Entry, _frame

PERIOD = Period(dt.date(2025, 1, 1), dt.date(2025, 6, 30))
NOTHING = {"cash": 0, "receivables": 0, "payables": 0}


def books(paid: int, *, loan_opening: int = 0, drawn: int = 0):
    """A truck of 3,000.00: *paid* to the dealer, three instalments of 100.00, of which 24.00 are interest."""
    entries = [Entry(10, 900_000, "sales"), Entry(40, -paid, "fixed_asset_bought"),
               *(Entry(70 + 30 * n, -10_000, "loan_repaid") for n in range(3))]
    entries += [Entry(39, drawn, "loan_in")] if drawn else []
    owed = 300_000 - paid - 30_000 + 2_400 + loan_opening
    case = from_mapping({
        "case": {"name": "x", "trade": "transport", "from": PERIOD.start, "to": PERIOD.end},
        "opening": NOTHING, "closing": NOTHING,
        "fixed_asset": [{"name": "牵引车", "cost": 3000, "bought": dt.date(2025, 2, 10), "life_months": 60}],
        "loan": [{"lender": "汽车金融", "kind": "platform", "opening": loan_opening // 100,
                  "closing": f"{owed / 100:.2f}", "annual_rate": 0.08, "monthly_payment": 100}],
    })
    moved = sum(e.amount for e in entries)
    return build(_frame(entries), (Bank("main", 1_000_000, 1_000_000 + moved),), case, PERIOD)


def test_the_financed_part_of_a_truck_is_borrowed_and_owned() -> None:
    """Price less down payment enters both sides; what the instalments hold beyond principal is interest."""
    ledger, found = books(paid=100_000)
    assert ledger.value("loans_drawn") == 200_000
    assert ledger.value("fixed_assets_bought") == 300_000
    assert ledger.value("interest_in_instalments") == 2_400
    assert ledger.solution.value("closing.loans") == 172_400
    assert not ledger.solution.differences
    assert [f.params["amount"] for f in found if f.code == "asset_financed"] == ["2000.00"]
    assert int(ledger.balances.balance("1601")[-1]) == 300_000


@pytest.mark.parametrize(("paid", "drawn"), [(300_000, 200_000), (100_000, 200_000)])
def test_a_loan_whose_money_the_lines_show_is_not_drawn_twice(paid: int, drawn: int) -> None:
    """Money that came through the account, or a price that the lines paid in full, leaves nothing to add."""
    ledger, found = books(paid=paid, drawn=drawn)
    assert ledger.value("loans_drawn") == drawn
    assert not [f for f in found if f.code == "asset_financed"]
