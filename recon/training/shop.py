"""Case folders to learn on: the noodle shop without its photographs, and a business that only the trainee has."""

import datetime as dt
import shutil
import tempfile
from functools import cache
from pathlib import Path

from recon.case.api import sample
from recon.simulate.build import build, live
from recon.simulate.figures import Truth, measure
from recon.simulate.profile import profile

#: Trades that a capstone may be about.
TRADES = ("wholesale", "services", "retail")
MONTHS = 6
_FIRST, _LAST = dt.date(2025, 1, 1), dt.date(2025, 6, 30)


@cache
def _room() -> "tempfile.TemporaryDirectory[str]":
    """Folders live as long as the notebook's kernel."""
    return tempfile.TemporaryDirectory(prefix="recon-training-")


def _place(name: str) -> Path:
    return Path(_room().name) / name


@cache
def noodle_shop() -> Path:
    """The sample's form and statements in a folder of their own; photographs take a minute to read and stay out."""
    folder = _place("noodle-shop")
    shutil.copytree(sample(), folder, ignore=shutil.ignore_patterns("receipts", "truth.json", "out"))
    return folder


def own_trade(seed: int | str) -> tuple[str, int]:
    """The trade and number of the business that belongs to a trainee's *seed*."""
    number = seed if isinstance(seed, int) else sum(seed.encode())
    return TRADES[number % len(TRADES)], number


@cache
def own_business(seed: int | str, language: str) -> Path:
    """The trainee's business as a case folder: the form and half a year of statements; the truth is not in it."""
    folder = _place(f"business-{own_trade(seed)[1]}-{language}")
    trade, number = own_trade(seed)
    build(folder, trade=trade, months=MONTHS, seed=number, start=_FIRST, language=language)
    (folder / "truth.json").unlink()
    shutil.rmtree(folder / "receipts", ignore_errors=True)
    return folder


@cache
def own_truth(seed: int | str) -> Truth:
    """What truly happened in the trainee's business; it is lived anew, for it is written nowhere."""
    trade, number = own_trade(seed)
    business = live(profile(trade), number, _FIRST, _LAST)
    return measure(business.world, business.finance)
