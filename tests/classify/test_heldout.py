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
_TOGETHER = 20


def lines(language: str) -> list[list[str]]:
    """Trade, direction, counterparty, words and category of each line."""
    text = (HERE / f"heldout_{language}.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return rows[1:]


def judged(rows: list[list[str]], trade: str) -> list[str]:
    """The category of each line of a *trade*, each line in an account of its own."""
    files = []
    for n, (_, direction, party, words, _) in enumerate(rows):
        amount = (1 if direction == "in" else -1) * (500_037 + n)
        files.append(bank(f"{n:03d}.csv", [said("2025-03-05", amount, party, words)], f"62250000{n:04d}"))
    case = Case(case=About(trade=trade), owner=Owner(name="诸葛孔明"))
    frame, accounts, _ = build(files, case, settings())
    return classify(frame, case, accounts, settings())[0].sort_values("file")["category"].tolist()


def measured(language: str) -> tuple[float, float, float]:
    """Accuracy over all lines, coverage, and precision on what is not abstained; never the lines themselves."""
    every = lines(language)
    pairs: list[tuple[list[str], str]] = []
    for trade in sorted({row[0] for row in every}):
        rows = [row for row in every if row[0] == trade]
        for start in range(0, len(rows), _TOGETHER):  # every account is compared with every line: small lots are quick
            lot = rows[start:start + _TOGETHER]
            pairs += zip(lot, judged(lot, trade), strict=True)
    known = [(row, got) for row, got in pairs if not got.startswith("unknown")]
    right = sum(row[4] == got for row, got in pairs) / len(pairs)
    sure = sum(row[4] == got for row, got in known) / max(len(known), 1)
    return right, len(known) / len(pairs), sure


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_uses_known_categories_and_repeats_nothing(language: str) -> None:
    """A slip in the list would look like an error of the rules."""
    rows = lines(language)
    assert {row[4] for row in rows} <= set(categories())
    assert len({tuple(row) for row in rows}) == len(rows)


#: Measured on the lists as they stand, at amounts above what counts as a fixed asset, which lists without amounts leave
#: open: zh 0.92 right of all, 0.97 named, 0.93 right of the named; en 0.91, 0.97, 0.93. The floors lie a little below,
#: so that a rule changed for good reasons elsewhere does not have to look here.
FLOORS = {"zh": (0.88, 0.94, 0.91), "en": (0.88, 0.94, 0.905)}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_unseen_names_reach_their_floors(language: str) -> None:
    """Published work reaches 65 to 75 % on unseen businesses and 90 % on what it is confident of."""
    accuracy, coverage, precision = measured(language)
    told = f"right of all {accuracy:.3f}, named {coverage:.3f}, right of the named {precision:.3f}"
    reached = zip((accuracy, coverage, precision), FLOORS[language], strict=True)
    assert all(got >= least for got, least in reached), told  # no line is shown: who saw them would tune on them


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_is_long_and_spans_the_trades(language: str) -> None:
    """Six hundred lines, every trade of the contract, both directions, and lines that nobody could name."""
    rows = lines(language)
    assert len(rows) >= 600  # what the floors are worth
    assert len({row[0] for row in rows}) == 8  # the trades of the case form
    assert {row[1] for row in rows} == {"in", "out"}
    assert {"unknown_in", "unknown_out"} <= {row[4] for row in rows}
