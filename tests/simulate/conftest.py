"""Businesses lived once for all tests of the room."""

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from recon.simulate.build import build

#: trade, months, seed
LIVED = (("restaurant", 2, 11), ("wholesale", 6, 12), ("manufacturing", 3, 13), ("retail", 1, 14), ("services", 2, 15),
         ("transport", 2, 16), ("farming", 5, 17), ("other", 1, 18))


@dataclass(frozen=True)
class Lived:
    """A simulated folder with its truth and its form."""

    folder: Path
    truth: dict[str, Any]
    form: dict[str, Any]

    def rows(self, file: str) -> list[dict[str, Any]]:
        """The truth's rows of one file, in the file's order."""
        found = [row for event in self.truth["events"] for row in event["rows"] if row["file"] == file]
        return sorted(found, key=lambda row: row["ordinal"])

    def statement(self, pattern: str) -> Path:
        """The first statement that matches *pattern*."""
        return min((self.folder / "statements").glob(pattern))


def read(folder: Path) -> Lived:
    """A simulated folder with its truth and form parsed."""
    return Lived(folder, json.loads((folder / "truth.json").read_text("utf-8")),
                 tomllib.loads((folder / "case.toml").read_text("utf-8")))


@pytest.fixture(scope="session")
def lived(tmp_path_factory) -> dict[str, Lived]:
    """One business of each trade, by trade."""
    made = {}
    for trade, months, seed in LIVED:
        folder = tmp_path_factory.mktemp("simulated") / trade
        build(folder, trade=trade, months=months, seed=seed)
        made[trade] = read(folder)
    return made


@pytest.fixture(params=[trade for trade, _, _ in LIVED])
def one(request, lived) -> Lived:
    """Each business in turn."""
    return lived[request.param]
