"""Rooms whose tests rebuild whole cases, run notebooks or read files in child processes are slow as a whole."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes depends on the machine and on what else it does: no test fails for it. A commit is judged by
# the same examples everywhere; ``--hypothesis-profile=search`` draws others each time; what it finds becomes a case.
settings.register_profile("search", deadline=None)
settings.register_profile("same", deadline=None, derandomize=True)
settings.load_profile("same")
HERE = Path(__file__).parent
# pages that OCR has read are kept for the next run, but not in the user's own cache
os.environ.setdefault("RECON_CACHE", str(Path(tempfile.gettempdir()) / f"recon-tests-{os.environ.get('USER', '')}"))
#: What is left out while working; the README's command runs it all.
SLOW = ("case", "cli", "evidence", "need", "notebooks", "problems", "report", "simulate", "training", "workbook",
        "benchmarks")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of the slow rooms."""
    for item in items:
        if item.path.is_relative_to(HERE) and item.path.relative_to(HERE).parts[0] in SLOW:
            item.add_marker(pytest.mark.slow)
