"""Own transfers with several lines at one end: a top-up in two parts, a card repaid in parts, takings banked once."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from recon.core.settings import Settings
from recon.events.accounts import Accounts
from recon.events.columns import Bools, Ints, live
from recon.events.marks import Marks
from recon.events.open_ends import looking
from recon.events.transfers import ENOUGH, World, points

#: Most lines that one end may be made of, and how many of the likeliest lines are tried.
_MOST, _TRIED = 4, 10


@dataclass(frozen=True, slots=True)
class _Split:
    """A row, the rows of another account that add up to it, and how well the worst of them fits."""

    one: int
    parts: tuple[int, ...]
    score: float


def join(frame: pd.DataFrame, marks: Marks, accounts: Accounts, settings: Settings) -> pd.DataFrame:
    """Pair single lines with two to four lines of one other account that add up to the same amount.

    Looked at are lines that found no partner of their own amount; the words of the single line or of every part must
    tell of an own transfer or of cash, and every part must fit the line as well as a partner of its own amount would
    have to. Of splits that share a line the
    one whose worst part fits best is taken, then the one of fewer parts, then the earlier. The parts are
    ``paired_with`` the single line and this with the largest part; the reason is ``transfer_split``, for cash
    ``transfer_cash``.
    """
    world = World(frame, accounts, marks, settings.whole("transfer_days"))
    loose = _loose(frame) & marks.movable
    own = loose & (looking(frame, marks) | marks.cash)
    own_rows, rows = _by_day(own, world), _by_day(loose, world)
    every = [
        found for one in rows.tolist() for found in _splits(world, one, rows if own[one] else own_rows)
    ] if len(own_rows) else []
    used: set[int] = set()
    for found in sorted(every, key=lambda s: (-s.score, len(s.parts), s.one, s.parts)):
        if used.isdisjoint((found.one, *found.parts)):
            used.update((found.one, *found.parts))
            _write(frame, found, marks)
    return frame


def _loose(frame: pd.DataFrame) -> Bools:
    free: Bools = live(frame) & ((frame["category"] == "") & (frame["paired_with"] == "")).to_numpy(dtype=np.bool_)
    return free


def _by_day(chosen: Bools, world: World) -> Ints:
    """The *chosen* rows in order of day."""
    rows = np.flatnonzero(chosen)
    return rows[np.argsort(world.day[rows], kind="stable")]


def _splits(world: World, one: int, rows: Ints) -> Iterator[_Split]:
    """Every set of *rows* (in order of day) of one account that adds up to the opposite of row *one*."""
    amount, day = world.amount, world.day
    first, last = np.searchsorted(day[rows], [day[one] - world.window, day[one] + world.window + 1])
    near = rows[first:last]
    near = near[
        (np.sign(amount[near]) == -np.sign(amount[one]))
        & (np.abs(amount[near]) < abs(amount[one])) & (world.account[near] != world.account[one])
    ]
    if len(near) < 2:  # noqa: PLR2004 - a split has two parts at least
        return
    score = _fit(world, np.full(len(near), one), near)
    near, score = near[score >= ENOUGH], score[score >= ENOUGH]
    for account in sorted(set(world.account[near].tolist())):
        at = np.flatnonzero(world.account[near] == account)
        best = at[np.lexsort((near[at], -score[at]))][:_TRIED].tolist()
        for size in range(2, min(_MOST, len(best)) + 1):
            for chosen in combinations(best, size):
                if int(amount[near[list(chosen)]].sum()) == -int(amount[one]):
                    parts = tuple(sorted(near[list(chosen)].tolist()))
                    yield _Split(one, parts, float(score[list(chosen)].min()))


def _fit(world: World, one: Ints, parts: Ints) -> np.ndarray:
    """How well each part fits the single row, by the words of both; 0 where either rules it out."""
    mine, vetoed = points(world, one, parts)
    theirs, denied = points(world, parts, one)
    score: np.ndarray = mine + theirs - 0.3 * np.abs(world.day[one] - world.day[parts])
    score[vetoed | denied] = 0
    return score


def _write(frame: pd.DataFrame, found: _Split, marks: Marks) -> None:
    every = [found.one, *found.parts]
    ids, kinds = frame["id"].to_numpy(dtype=object), frame["account_kind"].to_numpy(dtype=object)
    largest = max(found.parts, key=lambda row: abs(int(frame["amount"].iloc[row])))
    wallet = "wallet" in kinds[every]
    frame.loc[every, "category"] = "wallet_top_up" if wallet else "own_transfer"
    frame.loc[every, "reason"] = "transfer_cash" if marks.cash[every].any() else "transfer_split"
    frame.loc[every, "confidence"] = round(1 - 0.5 * 2 ** -found.score, 3)
    frame.loc[list(found.parts), "paired_with"] = ids[found.one]
    frame.loc[found.one, "paired_with"] = ids[largest]
