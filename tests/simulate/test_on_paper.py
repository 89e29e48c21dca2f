"""A business of which half of the purchases and a third of the sales stand on paper only is rebuilt from its papers."""

import json
import shutil
from decimal import Decimal

import pytest

from recon.case.pipeline import rebuild
from recon.simulate.build import build
from recon.simulate.evidence.papers.make import as_pdf, paper
from tests.benchmarks.accuracy import measure

#: Figures that the papers decide, and by how much of the truth each may be off.
CLOSE = {"revenue": "0.01", "purchases": "0.01", "cost_of_goods_sold": "0.01", "gross_profit": "0.02", "equity": "0.01"}


@pytest.mark.slow
@pytest.mark.parametrize("trade", ["retail", "restaurant"])
def test_statements_come_out_within_a_hundredth_of_the_truth_and_without_the_papers_they_do_not(tmp_path, trade):
    build(tmp_path / "a", trade=trade, months=4, seed=11, quality="paper")
    truth = json.loads((tmp_path / "a" / "truth.json").read_text(encoding="utf-8"))
    papers = [entry for entry in truth["receipts"] if entry["kind"] == "paper"]
    bought = sum(Decimal(entry["total"]) for entry in papers if entry["party"])
    sold = sum(Decimal(entry["total"]) for entry in papers if not entry["party"])
    assert bought > Decimal(truth["figures"]["purchases"]) / 4
    assert sold > Decimal(truth["figures"]["total_sales"]) / 6
    figures = measure.figures(truth, rebuild(tmp_path / "a").to_dict())
    for name, most in CLOSE.items():
        true, found = (Decimal(side) for side in figures[name])
        assert abs(found - true) <= abs(true) * Decimal(most), name
    shutil.rmtree(tmp_path / "a" / "receipts")
    blind = measure.figures(truth, rebuild(tmp_path / "a").to_dict())
    true, found = blind["purchases"]
    assert found is None or abs(Decimal(found) - Decimal(true)) > Decimal(true) / 10


def test_a_paper_is_the_same_for_the_same_seed_and_another_for_another():
    assert as_pdf(paper("invoice", "en", 1)[1]) == as_pdf(paper("invoice", "en", 1)[1])
    assert paper("invoice", "en", 1)[0].number != paper("invoice", "en", 2)[0].number
