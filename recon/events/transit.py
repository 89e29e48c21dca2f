"""Own money on its way over a bound of the period: neither account shows it that day, yet it is the business's cash."""

import numpy as np
import pandas as pd

from recon.core.finding import Finding
from recon.core.money import decimals, to_text
from recon.core.settings import Settings
from recon.events.accounts import Accounts, OwnAccount
from recon.events.balances import Bounds
from recon.events.columns import amounts, days, place
from recon.events.marks import Marks, is_own
from recon.events.open_ends import covers, looking, other_end
from recon.events.words import plain

#: The id of the account that holds what is on its way.
ACCOUNT = "in-transit"
_SURE = 0.9

Settled = tuple[pd.DataFrame, pd.DataFrame, tuple[Finding, ...]]


def settle(frame: pd.DataFrame, marks: Marks, accounts: Accounts, bounds: Bounds, settings: Settings) -> Settled:
    """Give own transfers whose other end lies beyond a bound of the period that end, in an account of their own.

    Looked at is money that reached an account within ``transfer_days`` of the first day, or left one within as many of
    the last, for an own account whose files cover the day and, where they go on beyond the bound, show it there.

    Returns:
        The frame; a row for each (id with ``-T``, in the same place) in the account ``in-transit``; a finding each.
    """
    frame = frame.copy()
    moving = _moving(frame, marks, accounts, bounds, settings.whole("transfer_days"))
    found = tuple(_finding(frame, row, own.id) for row, own in moving.items())
    return frame, _entered(frame, moving), found


def account(frame: pd.DataFrame, accounts: Accounts, bounds: Bounds) -> Accounts:
    """The account of what is on its way, if anything is: it opens with what arrived and closes with what left.

    The files of the accounts that the money left or reached show it.
    """
    rows = frame[frame["account"] == ACCOUNT]
    if rows.empty:
        return ()
    money = amounts(rows)
    homes = set(frame.loc[frame["id"].isin(rows["paired_with"]), "account"])
    first, last = (bound.to_datetime64().astype("datetime64[D]") for bound in bounds)
    return (OwnAccount(
        id=ACCOUNT, kind="wallet", currency=str(rows["currency"].iloc[0]),
        files=tuple(sorted({file for own in accounts if own.id in homes for file in own.files})),
        opening=-int(money[money < 0].sum()), closing=int(money[money > 0].sum()),
        start=first, end=last, spans=((first, last),), proven=bool(rows["proven"].all()),
    ),)


def _moving(
    frame: pd.DataFrame, marks: Marks, accounts: Accounts, bounds: Bounds, window: int,
) -> dict[int, OwnAccount]:
    """Rows of money on its way over a bound, each with the account where its other end stands or will stand."""
    first, last = (int(bound.to_datetime64().astype("datetime64[D]").astype(np.int64)) for bound in bounds)
    money, day, pairs = amounts(frame), days(frame), _pairs(frame)
    early, late = (money > 0) & (day - first < window), (money < 0) & (last - day < window)
    moving: dict[int, OwnAccount] = {}
    for row in np.flatnonzero(looking(frame, marks) & (early | late)).tolist():
        own = _other(frame, row, marks, accounts, pairs)
        if own is None or not covers(own, int(day[row])):
            continue
        bound = first - window if early[row] else last + window
        if not covers(own, bound) or _beyond(frame, row, own, window):
            moving[row] = own
    return moving


def _pairs(frame: pd.DataFrame) -> set[tuple[str, str]]:
    """Accounts between which own transfers were paired, both ways."""
    home = dict(zip(frame["id"], frame["account"], strict=True))
    paired = frame[frame["category"].isin(["own_transfer", "wallet_top_up"]) & (frame["paired_with"] != "")]
    return {(home[one], home[two]) for one, two in zip(paired["id"], paired["paired_with"], strict=True)}


def _other(
    frame: pd.DataFrame, row: int, marks: Marks, accounts: Accounts, pairs: set[tuple[str, str]],
) -> OwnAccount | None:
    """The account of the other end: as the row says, else the only one of that name that it has transfers with."""
    home, party = str(frame["account"].iloc[row]), marks.party[row]
    said = other_end(row, marks, accounts, home, str(frame["method"].iloc[row]))[1]
    if said is not None or marks.tail[row]:
        return said
    named = [own for own in accounts if own.files and (home, own.id) in pairs and is_own(party, (plain(own.holder),))]
    return named[0] if len(named) == 1 else None


def _beyond(frame: pd.DataFrame, row: int, own: OwnAccount, window: int) -> bool:
    """Whether the account's lines outside the period show the other end."""
    outside = (frame["set_aside"] == "out_of_period") & (frame["account"] == own.id)
    near = np.abs(days(frame) - days(frame)[row]) <= window
    return bool((outside.to_numpy() & near & (amounts(frame) == -amounts(frame)[row])).any())


def _entered(frame: pd.DataFrame, moving: dict[int, OwnAccount]) -> pd.DataFrame:
    """Enter the rows of *moving* into *frame* as transfers; their other ends are returned."""
    rows = frame.index[list(moving)]
    kinds = zip(frame.loc[rows, "account_kind"], moving.values(), strict=True)
    frame.loc[rows, "category"] = ["wallet_top_up" if "wallet" in (k, own.kind) else "own_transfer" for k, own in kinds]
    frame.loc[rows, "reason"] = [f"transfer_in_transit {own.id}" for own in moving.values()]
    frame.loc[rows, "confidence"] = _SURE
    frame.loc[rows, "paired_with"] = frame.loc[rows, "id"] + "-T"
    ends = frame.loc[rows].copy()
    ends["id"], ends["paired_with"] = ends["paired_with"], ends["id"]
    ends["account"], ends["account_kind"], ends["amount"] = ACCOUNT, "wallet", -ends["amount"]
    ends["balance"] = pd.array([pd.NA] * len(rows), dtype="Int64")
    return ends


def _finding(frame: pd.DataFrame, row: int, other: str) -> Finding:
    line, money = frame.iloc[row], int(amounts(frame)[row])
    return Finding("arrived_in_transit" if money > 0 else "left_in_transit", "info", place(frame, row), {
        "amount": to_text(abs(money), decimals(str(line["currency"]))), "date": str(line["date"])[:10],
        "account": str(line["account"]), "other": other,
    })
