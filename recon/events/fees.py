"""Own transfers that arrive short by a fee which no line tells: paired all the same, the fee in a row of its own."""

import numpy as np
import pandas as pd

from recon.core.settings import Settings
from recon.events.accounts import Accounts
from recon.events.assign import assign
from recon.events.columns import Bools, Ints, empty, live
from recon.events.marks import Marks
from recon.events.open_ends import looking
from recon.events.transfers import ENOUGH, Floats, Pairs, World, enter, points

#: What the words must say beyond :data:`ENOUGH`: amounts that differ are no evidence.
_MORE = 0.5
_THOUSAND = 1000


def pair(
    frame: pd.DataFrame, marks: Marks, accounts: Accounts, settings: Settings,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pair what left one own account with a little less that reached another.

    Looked at are rows that found no partner of their own amount, of which one at least looks like an end of an own
    transfer. The fee may be ``transfer_fee`` thousandths of what left; the words of both ends must say more than equal
    amounts would need. The paying row keeps what arrived; reason ``transfer_less_fee``.

    Returns:
        The frame, its rows in place; and the fees as rows to be added to it: ids of the paying rows with ``-X``,
        category ``bank_fees``, the printed balance with them, since both rows add up to the printed amount.
    """
    world = World(frame, accounts, marks, settings.whole("transfer_days"))
    one, two, score = _fitting(world, _free(frame, marks), looking(frame, marks), settings.whole("transfer_fee"))
    best = assign(one, two, score)
    pairs = Pairs(one[best], two[best], score[best], np.full(len(best), "transfer_less_fee", dtype=object))
    extra = frame.loc[pairs.one].copy()
    extra["id"], extra["amount"] = extra["id"] + "-X", world.amount[pairs.one] + world.amount[pairs.two]
    extra["category"], extra["reason"], extra["confidence"] = "bank_fees", "fee_of_transfer", 0.8
    frame.loc[pairs.one, "amount"] = -world.amount[pairs.two]
    frame.loc[pairs.one, "balance"] = pd.NA
    enter(frame, pairs, funding=False)
    return frame, extra


def _free(frame: pd.DataFrame, marks: Marks) -> Bools:
    free: Bools = live(frame) & empty(frame, "category", "paired_with", "funded_by") & marks.movable
    return free


def _fitting(world: World, free: Bools, seeking: Bools, most: int) -> tuple[Ints, Ints, Floats]:
    """Pairs of a row out and a row in of another account, a little smaller, that their words tell of; their scores."""
    outs, ins = np.flatnonzero(free & (world.amount < 0)), np.flatnonzero(free & (world.amount > 0))
    ins = ins[np.argsort(world.day[ins], kind="stable")]
    one_1, two_1 = _near(world, outs[seeking[outs]], ins)
    one_2, two_2 = _near(world, outs[~seeking[outs]], ins[seeking[ins]])  # those that seek are few: no square of lines
    one, two = np.concatenate([one_1, one_2]), np.concatenate([two_1, two_2])
    fee = -(world.amount[one] + world.amount[two])
    small = (fee > 0) & (fee * _THOUSAND <= -world.amount[one] * most) & (world.account[one] != world.account[two])
    one, two, fee = one[small], two[small], fee[small]
    told_1, veto_1 = points(world, one, two)
    told_2, veto_2 = points(world, two, one)
    score = told_1 + told_2 - 0.3 * np.abs(world.day[two] - world.day[one]) - fee / np.maximum(1, -world.amount[one])
    fits = ~veto_1 & ~veto_2 & (score >= ENOUGH + _MORE)
    return one[fits], two[fits], score[fits]


def _near(world: World, outs: Ints, ins: Ints) -> tuple[Ints, Ints]:
    """Every pair of *outs* and *ins* (in order of day) within the window."""
    ends = np.searchsorted(world.day[ins], world.day[outs, None] + [-world.window, world.window + 1])
    rows = [ins[first:last] for first, last in ends]
    one = np.repeat(outs, [len(each) for each in rows])
    return one.astype(np.int64), np.concatenate([np.empty(0, dtype=np.int64), *rows])
