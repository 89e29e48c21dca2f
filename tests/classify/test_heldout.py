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


def judged(rows: list[list[str]], trade: str) -> list[tuple[str, str]]:
    """Category and reason of each line of a *trade*, each line in an account of its own."""
    files = []
    for n, (_, direction, party, words, _) in enumerate(rows):
        amount = (1 if direction == "in" else -1) * (100_037 + n)
        files.append(bank(f"{n:03d}.csv", [said("2025-03-05", amount, party, words)], f"62250000{n:04d}"))
    case = Case(case=About(trade=trade), owner=Owner(name="诸葛孔明"))
    frame, accounts, _ = build(files, case, settings())
    done = classify(frame, case, accounts, settings())[0].sort_values("file")
    return list(zip(done["category"], done["reason"], strict=True))


def measured(language: str) -> tuple[float, float, float, list[str]]:
    """Accuracy over all lines, coverage, precision on what is not abstained, and what went wrong."""
    every = lines(language)
    pairs = []
    for trade in sorted({row[0] for row in every}):
        rows = [row for row in every if row[0] == trade]
        pairs += [(row, *got) for row, got in zip(rows, judged(rows, trade), strict=True)]
    known = [(row, got) for row, got, _ in pairs if not got.startswith("unknown")]
    right = sum(row[4] == got for row, got, _ in pairs) / len(pairs)
    sure = sum(row[4] == got for row, got in known) / max(len(known), 1)
    wrong = [f"{row[2]} {row[3]}: {got} not {row[4]} ({why})" for row, got, why in pairs if got != row[4]]
    return right, len(known) / len(pairs), sure, wrong


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
