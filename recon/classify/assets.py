"""Fixed assets of the case form found among the payments: bought for their cost, sold for their proceeds."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from recon.classify.rules import Verdict
from recon.core.facts import Case
from recon.core.settings import Settings
from recon.events.words import plain

#: What no payment for an asset is called, however well its amount fits.
_NEVER = {
    "own_transfer", "wallet_top_up", "cash_withdrawn", "cash_deposited", "taxes", "social_insurance", "loan_in",
    "loan_repaid", "loan_interest", "private_loan_in", "private_loan_repaid", "private_loan_interest",
    "interest_income", "bank_fees", "investment_out", "investment_back",
}
#: A verdict as sure as this by the words is not overruled by an amount alone.
_SURE = 0.9
#: Characters of a name that two printings of it share.
_RUN = 2


@dataclass(frozen=True, slots=True)
class _Event:
    """An asset bought (*amount* < 0) or sold: minor units, day since 1970."""

    name: str
    amount: int
    day: int
    category: str


def by_assets(
    frame: pd.DataFrame, live: npt.NDArray[np.bool_], verdicts: list[Verdict], case: Case, settings: Settings
) -> None:
    """Name the lines that paid for the form's assets or brought their proceeds.

    A line belongs to an asset when its amount is the cost (or the proceeds), within ``asset_days`` of the day that the
    form gives; so do several lines to one party that add up to it (a deposit and the balance). A line whose words
    surely say something else is left alone unless they also name the asset. Words that name the asset win, then the
    nearest day.
    """
    window = settings.whole("asset_days")
    day = frame["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    amount = frame["amount"].to_numpy(dtype=np.int64)
    said = [plain(f"{p}|{t}|{d}") for p, t, d in zip(
        frame["counterparty"], frame["type"], frame["description"], strict=True)]
    taken: set[int] = set()
    for event in _events(case):
        near = np.flatnonzero(live & (np.abs(day - event.day) <= window) & (amount * event.amount > 0)).tolist()
        fit = [row for row in near if row not in taken and _plausible(verdicts[row], event.name, said[row])]
        rows = _one(fit, event, amount, day, said) or _parts(fit, event, amount, frame["counterparty"].tolist())
        for row in rows:
            verdicts[row] = Verdict(event.category, f"case:asset {event.name}".strip(), 0.93)
        taken.update(rows)


def _events(case: Case) -> list[_Event]:
    bought = [
        _Event(asset.name, -asset.cost, _day(asset.bought), "fixed_asset_bought")
        for asset in case.fixed_asset if asset.bought and asset.cost > 0
    ]
    sold = [
        _Event(asset.name, asset.proceeds, _day(asset.sold), "fixed_asset_sold")
        for asset in case.fixed_asset if asset.sold and asset.proceeds
    ]
    return bought + sold


def _day(date: object) -> int:
    return int(np.datetime64(str(date), "D").astype(np.int64))


def _plausible(verdict: Verdict, name: str, said: str) -> bool:
    if verdict.category in _NEVER or verdict.reason.startswith(("decision", "given ", "refund_of")):
        return False
    return verdict.confidence < _SURE or verdict.category.startswith("fixed_asset") or _names(name, said)


def _names(name: str, said: str) -> bool:
    """Whether the plain words share two characters in a row, or a Latin word, with the asset's *name*."""
    text = plain(name)
    runs = {text[n:n + _RUN] for n in range(len(text) - _RUN + 1)} if not text.isascii() else set(text.split())
    return any(run in said for run in runs if run.strip())


def _one(fit: Sequence[int], event: _Event, amount: np.ndarray, day: np.ndarray, said: Sequence[str]) -> list[int]:
    exact = [row for row in fit if amount[row] == event.amount]
    return sorted(exact, key=lambda row: (not _names(event.name, said[row]), abs(day[row] - event.day), row))[:1]


def _parts(fit: Sequence[int], event: _Event, amount: np.ndarray, party: Sequence[str]) -> list[int]:
    """All lines of one party in the window, where they add up to the whole price."""
    groups: dict[str, list[int]] = defaultdict(list)
    for row in fit:
        if party[row]:
            groups[party[row]].append(row)
    whole = [rows for rows in groups.values() if len(rows) > 1 and int(amount[rows].sum()) == event.amount]
    return whole[0] if len(whole) == 1 else []
