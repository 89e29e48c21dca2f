"""What each account held at the two ends of the period, rolled from the balances that its files print."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from recon.events.accounts import Part

Bounds = tuple[pd.Timestamp, pd.Timestamp]


def at_bounds(frame: pd.DataFrame, parts: Sequence[Part], bounds: Bounds) -> tuple[dict[str, int], dict[str, int]]:
    """Opening and closing balance in minor units by account id; accounts whose files print none are left out.

    The opening is the balance before the first line of the period, the closing that after the last; where the printed
    balance stands on another line of the file, it is rolled there by the lines between.
    """
    opening: dict[str, _Seen] = {}
    closing: dict[str, _Seen] = {}
    groups = dict(iter(frame.groupby(["file", "account"], sort=True)))
    for part in parts:
        ends = _part(part, groups.get((part.reading.file, part.own)), bounds)
        for known, seen in zip((opening, closing), ends, strict=True):
            if seen is not None and (part.own not in known or seen[0] < known[part.own][0]):
                known[part.own] = seen
    return {own: amount for own, (_, amount) in opening.items()}, {own: amount for own, (_, amount) in closing.items()}


#: A balance behind a rank: the file with the lowest rank knows best what stood at a bound.
_Seen = tuple[tuple[int, int], int]


def _part(part: Part, rows: pd.DataFrame | None, bounds: Bounds) -> tuple[_Seen | None, _Seen | None]:
    """The file's balances at the opening and the closing bound, None where it prints none."""
    ends = _implied(part, rows)
    if ends is None:
        return None, None
    first, last = ends
    if rows is None:
        return ((9, 0), first), ((9, 0), last)
    days, running = rows["date"].to_numpy(), _running(rows)
    before, upto = (int((days < bounds[0].to_datetime64()).sum()), int((days <= bounds[1].to_datetime64()).sum()))
    early = first + int(running[before - 1]) if before else first
    late = last + int(running[upto - 1]) if upto else first
    ordinal = days.astype("datetime64[D]").astype(np.int64)
    if upto > before:
        return ((0, int(ordinal[before])), early), ((0, -int(ordinal[upto - 1])), late)
    # No line inside the period: the last balance before it stands, else the first one after it.
    rank = (1, -int(ordinal[-1])) if before else (2, int(ordinal[0]))
    return (rank, early), (rank, late)


def _running(rows: pd.DataFrame) -> np.ndarray:
    """Movements of the account's own money up to and with each line."""
    return np.cumsum(np.where(rows["funded_by"] == "", rows["amount"], 0).astype(np.int64))


def _implied(part: Part, rows: pd.DataFrame | None) -> tuple[int, int] | None:
    """The balance before the file's first line, as its first and as its last printed balance imply it."""
    account = part.account
    if rows is None:
        amount = account.opening if account.opening is not None else account.closing
        return None if amount is None else (amount, amount)
    running = _running(rows)
    printed = np.flatnonzero(rows["balance"].notna().to_numpy())
    if len(printed):
        balance = rows["balance"].to_numpy(dtype="int64", na_value=0)
        return int(balance[printed[0]] - running[printed[0]]), int(balance[printed[-1]] - running[printed[-1]])
    first = account.opening
    last = account.closing - int(running[-1]) if account.closing is not None else first
    first = last if first is None else first
    return None if first is None or last is None else (first, last)
