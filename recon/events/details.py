"""Tables that only detail another account's lines, such as a platform's settlement report, counted once."""

import numpy as np
import pandas as pd

from recon.core.facts import Case
from recon.core.finding import Finding
from recon.core.source import Source
from recon.events.accounts import Accounts, OwnAccount
from recon.events.columns import live, total

#: Lines from which on equality to the cent with another account's lines is no chance.
_FEW = 5
#: The share of different amounts among them: a column of equal fees could match anything.
_VARIED = 0.5


def set_aside(
    frame: pd.DataFrame, accounts: Accounts, case: Case, window: int,
) -> tuple[pd.DataFrame, Accounts, tuple[Finding, ...]]:
    """Set aside (``detail``) what an own account of the form shows already, line for line and to the cent.

    A platform's settlement report has dates and amounts like a statement, and would stand as an account of its own
    that takes the same money a second time. Looked at are accounts that the form does not name, that print neither a
    number nor a balance; all lines must stand in one named account within *window* days.

    Returns:
        The frame, ``paired_with`` naming the line that counts; *accounts* without such tables; a finding for each.
    """
    named = {form.id for form in case.account}
    found: list[Finding] = []
    gone: set[str] = set()
    for own in accounts:
        mine = frame[live(frame) & (frame["account"] == own.id).to_numpy()]
        if own.id in named or own.number or len(mine) < _FEW or mine["balance"].notna().any():
            continue
        if mine["amount"].nunique() < _VARIED * len(mine):
            continue
        for other in (each for each in accounts if each.id in named):
            twins = _twins(mine, frame[live(frame) & (frame["account"] == other.id).to_numpy()], window)
            if len(twins) == len(mine):
                frame = _marked(frame, twins, other)
                gone.add(own.id)
                found.append(Finding("detail_of_account", "info", Source(own.files[0]), {
                    "account": other.id, "count": len(mine), "total": total(mine, 1)}))
                break
    return frame, tuple(own for own in accounts if own.id not in gone), tuple(found)


def _marked(frame: pd.DataFrame, twins: dict[int, int], other: OwnAccount) -> pd.DataFrame:
    """*frame* with the rows of *twins* as set-aside rows of the *other* account, whose details they are."""
    frame, rows = frame.copy(), list(twins)
    frame.loc[rows, ["account", "account_kind", "set_aside"]] = other.id, other.kind, "detail"
    frame.loc[rows, "paired_with"] = frame.loc[list(twins.values()), "id"].to_numpy()
    return frame


def _twins(mine: pd.DataFrame, theirs: pd.DataFrame, window: int) -> dict[int, int]:
    """Rows of *mine* and the row of *theirs* with the same amount that is nearest in time, each used once."""
    twins: dict[int, int] = {}
    for row, amount, day in zip(mine.index.tolist(), mine["amount"], mine["date"], strict=True):
        same = theirs[(theirs["amount"] == amount) & ~theirs.index.isin(list(twins.values()))]
        apart = (same["date"] - day).abs().dt.days.to_numpy()
        if len(apart) and apart.min() <= window:
            twins[row] = int(same.index[int(np.argmin(apart))])
    return twins
