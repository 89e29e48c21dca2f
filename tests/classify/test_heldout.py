"""Accuracy on lines that the rules have not seen, one by one and without a profile; never tune on these lists."""

from pathlib import Path

import pytest

from recon.classify.categories import categories
from recon.classify.classify import classify
from recon.core.facts import About, Case, Owner
from recon.core.settings import settings
from recon.events.build import build
from tests.events.byhand import bank, said

HERE = Path(__file__).parent


def lines(language: str) -> list[list[str]]:
    """Trade, direction, counterparty, words and category of each line."""
    text = (HERE / f"heldout_{language}.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return rows[1:]


def measured(language: str) -> tuple[float, float, float, list[str]]:
    """Accuracy over all lines, coverage, precision on what is not abstained, and what went wrong."""
    known = right = sure = 0
    wrong = []
    rows = lines(language)
    for number, (trade, direction, party, words, want) in enumerate(rows):
        amount = (1 if direction == "in" else -1) * (100_037 + number)
        case = Case(case=About(trade=trade), owner=Owner(name="诸葛孔明"))
        frame, accounts, _ = build([bank("b.csv", [said("2025-03-05", amount, party, words)])], case, settings())
        done, _ = classify(frame, case, accounts, settings())
        got = done["category"].iloc[0]
        known += not got.startswith("unknown")
        right += got == want
        sure += got == want and not got.startswith("unknown")
        if got != want:
            wrong.append(f"{party} {words}: {got} not {want} ({done['reason'].iloc[0]})")
    return right / len(rows), known / len(rows), sure / max(known, 1), wrong


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_uses_known_categories_and_repeats_nothing(language: str) -> None:
    """A slip in the list would look like an error of the rules."""
    rows = lines(language)
    assert {row[4] for row in rows} <= set(categories())
    assert len({tuple(row) for row in rows}) == len(rows)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_unseen_names_beat_published_accuracy(language: str) -> None:
    """Published work reaches 65 to 75 % on unseen businesses and 90 % on what it is confident of."""
    accuracy, coverage, precision, wrong = measured(language)
    assert accuracy >= 0.70, wrong
    assert precision >= 0.90, (coverage, wrong)
