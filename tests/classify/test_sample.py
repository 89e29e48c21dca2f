"""A whole business's evidence: repeated, turned round and with a file missing."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from recon.case.form import load
from recon.classify.classify import classify
from recon.classify.effective import effective
from recon.core.facts import Case
from recon.core.settings import settings
from recon.events.build import build
from recon.reading.read import read_file
from recon.reading.result import Reading

FOLDER = Path(__file__).parents[2] / "samples" / "garment-workshop"


@pytest.fixture(scope="module")
def evidence() -> tuple[Case, list[Reading]]:
    """The form and the statements, read."""
    paths = sorted(p for p in (FOLDER / "statements").rglob("*") if p.is_file())
    return load(FOLDER), [read_file(path, name=path.relative_to(FOLDER).as_posix()) for path in paths]


def books(case: Case, readings: list[Reading]) -> tuple[pd.DataFrame, set[str]]:
    """The classified lines that count, and the codes of the findings."""
    chosen = settings(case.settings)
    frame, accounts, found = build(readings, case, chosen)
    frame, _ = classify(frame, case, accounts, chosen)
    return frame, {finding.code for finding in found}


def kept(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    """What counts, without the places it was read from."""
    columns = ["account", "date", "amount", "counterparty", "category", "basis"]
    return sorted(frame[frame["set_aside"] == ""][columns].itertuples(index=False, name=None))


def test_order_and_copies_change_nothing(evidence: tuple[Case, list[Reading]]) -> None:
    """Everything handed in twice, the copies in a folder that the form does not name, last first."""
    case, readings = evidence
    once, _ = books(case, readings)
    copies = [dataclasses.replace(reading, file=f"copies/{reading.file}") for reading in readings]
    twice, codes = books(case, [*copies, *reversed(readings)])
    assert kept(twice) == kept(once)
    assert effective(twice).total == effective(once).total
    assert "duplicates_merged" in codes


def test_a_missing_file_is_a_finding_and_no_income(evidence: tuple[Case, list[Reading]]) -> None:
    """Without the wallet's bill or the bank's statement no other line turns into income."""
    case, readings = evidence
    whole, _ = books(case, readings)
    counted = set(effective(whole).counted)
    ids = {(row.file, row.page, row.line): row.id for row in whole.itertuples()}
    for missing in [reading for reading in readings if reading.kind in ("bank", "wallet")]:
        frame, codes = books(case, [reading for reading in readings if reading is not missing])
        income = frame[frame["id"].isin(effective(frame).counted)]
        assert {ids[row.file, row.page, row.line] for row in income.itertuples()} <= counted
        assert "account_not_handed_in" in codes
