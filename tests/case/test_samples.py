"""The three samples against the truth that they were made from, with tolerances stated."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from recon.case.pipeline import rebuild

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = ("noodle-shop", "hardware-wholesale", "garment-workshop")
#: Share of truth that a figure may be off by: a line or two whose words do not say what it was for.
TOLERANCE = {
    "total_sales": "0.005", "cost_of_goods_sold": "0.005", "closing_equity": "0.005", "opening_equity": "0.00",
    "effective_revenue": "0.005", "depreciation": "0.00", "purchases_and_direct_costs": "0.005",
}
#: Net profit may be off by this share of sales.
PROFIT_OF_SALES = Decimal("0.005")
#: The regulator's working capital may be off by this share of truth.
NEED = Decimal("0.01")


@pytest.fixture(scope="module", params=NAMES)
def pair(request):
    folder = SAMPLES / request.param
    books = rebuild(folder).to_dict()
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    for figures in (books["figures"], truth["figures"]):
        costs = Decimal(figures["purchases"]) + Decimal(figures.get("direct_costs") or 0)
        figures["purchases_and_direct_costs"] = str(costs)
    return books, truth


def test_every_articulation_check_passes(pair):
    books, _ = pair
    checks = [c for c in books["checks"] if c["group"] == "articulation"]
    assert {c["id"] for c in checks} == {f"K{n:02d}" for n in range(1, 24)}
    assert [c["id"] for c in checks if c["outcome"] != "pass"] == []


def test_closing_cash_equals_what_the_statements_print_to_the_cent(pair):
    books, truth = pair
    line = next(x for x in books["balance_sheet"] if x["line"] == 1)
    true = next(x for x in truth["balance_sheet"] if x["line"] == 1)
    assert line["closing"] == true["closing"]
    assert line["opening"] == true["opening"]


@pytest.mark.parametrize("figure", TOLERANCE)
def test_a_figure_is_near_the_truth(pair, figure):
    books, truth = pair
    mine, true = Decimal(books["figures"][figure]), Decimal(truth["figures"][figure])
    assert abs(mine - true) <= abs(true) * Decimal(TOLERANCE[figure]), f"{mine} against {true}"


def test_net_profit_is_near_the_truth(pair):
    _, truth = pair
    mine, true = (Decimal(b["figures"]["net_profit"]) for b in pair)
    assert abs(mine - true) <= PROFIT_OF_SALES * Decimal(truth["figures"]["total_sales"]), f"{mine} against {true}"


def test_the_need_is_near_the_truth(pair):
    """Both the gross need and the new limit after own funds and existing loans, as a share of the gross need."""
    books, truth = pair
    mine = next(m for m in books["need"]["methods"] if m["id"] == "regulator")
    true = truth["need"]["regulator"]
    gross = Decimal(true["inputs"]["working_capital"])
    assert abs(Decimal(mine["inputs"]["working_capital"]) - gross) <= NEED * gross
    assert abs(Decimal(mine["amount"]) - Decimal(true["amount"])) <= NEED * gross


def test_every_file_has_its_outcome_and_every_row_left_out_its_reason(pair):
    books, _ = pair
    assert all(f["outcome"] and f["reason"] for f in books["coverage"]["files"])
    assert not any(f["outcome"] == "refused" for f in books["coverage"]["files"])


def test_basis_shares_add_to_one(pair):
    books, _ = pair
    for name, shares in books["basis"].items():
        assert sum(Decimal(v) for v in shares.values()) == 1, name
