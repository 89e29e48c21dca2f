"""What is left after pairing: own transfers without their other end, and accounts that nobody handed in."""

import numpy as np
import pandas as pd

from recon.core.finding import Finding
from recon.core.money import decimals, to_text
from recon.core.source import Source
from recon.events.accounts import Accounts, OwnAccount
from recon.events.marks import Marks

#: What a bank line says when it moves money to or from a wallet rather than pays through it.
_WALLET_MOVES = ("提现", "充值", "转出", "转入", "withdraw", "top-up", "top up", "余额宝")


def close(frame: pd.DataFrame, marks: Marks, accounts: Accounts) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Name what the clearing account is left with.

    A leg whose other account is handed in and covers the day stays ``own_transfer``, with a serious finding each. A
    leg to an account that nobody handed in becomes ``owner_in`` or ``owner_out``, since the money came from or left
    for where nothing can be seen, with one finding per such account and its totals.
    """
    looks = _looking(frame, marks)
    missing: dict[str, list[int]] = {}
    found: list[Finding] = []
    for row in np.flatnonzero(looks).tolist():
        name, own = _other(row, marks, accounts)
        if own is not None and own.id != frame.at[row, "account"] and _covers(own, frame.at[row, "date"]):
            _enter(frame, row, "own_transfer", f"transfer_unpaired {own.id}", 0.6)
            found.append(_unpaired(frame, row, own.id))
            continue
        label = own.id if own is not None and own.id != frame.at[row, "account"] else name
        _enter(frame, row, "owner_in" if frame.at[row, "amount"] > 0 else "owner_out", f"account_not_handed_in {label}".strip(), 0.65)
        missing.setdefault(label, []).append(row)
    for row, label in _funding_gaps(frame, accounts):
        missing.setdefault(label, []).append(row)
    found += _funding_unpaired(frame, accounts)
    return frame, (*found, *(_missing(frame, label, rows) for label, rows in sorted(missing.items())))


def _looking(frame: pd.DataFrame, marks: Marks) -> np.ndarray:
    """Unpaired rows that look like one end of an own transfer."""
    free = ((frame["set_aside"] == "") & (frame["category"] == "") & (frame["paired_with"] == "") & (frame["funded_by"] == "")).to_numpy()
    moves = np.array([any(word in text for word in _WALLET_MOVES) for text in marks.words], dtype=bool)
    to_wallet = (marks.provider != "") & moves & ~marks.foreign
    wallet_role = np.isin(marks.role, ("withdraw", "top_up", "card_repay"))
    repays = marks.card_repay & ~marks.foreign & (marks.role == "")
    return free & ~marks.cash & (wallet_role | marks.own_name | marks.own_number | to_wallet | repays)


def _other(row: int, marks: Marks, accounts: Accounts) -> tuple[str, OwnAccount | None]:
    """What the row calls its other end, and the own account that this is, if only one can be."""
    said = [own for own, says in zip(accounts, marks.says[row], strict=True) if says]
    wallet = [own for own in accounts if marks.provider[row] and own.provider == marks.provider[row]]
    fits = said or wallet
    if marks.tail[row]:
        name = f"{marks.bank[row]}({marks.tail[row]})"
    else:
        name = str(marks.provider[row] or marks.bank[row] or ("credit_card" if marks.card_repay[row] else marks.party[row]))
    return name, fits[0] if len(fits) == 1 else None


def _covers(own: OwnAccount, day: pd.Timestamp) -> bool:
    return own.start is not None and own.end is not None and pd.Timestamp(own.start) <= day <= pd.Timestamp(own.end)


def _enter(frame: pd.DataFrame, row: int, category: str, reason: str, confidence: float) -> None:
    frame.loc[row, ["category", "reason", "confidence"]] = [category, reason, confidence]


def _unpaired(frame: pd.DataFrame, row: int, other: str) -> Finding:
    line = frame.loc[row]
    return Finding("transfer_unpaired", "serious", Source(line["file"], int(line["page"]), int(line["line"])), {
        "amount": to_text(int(line["amount"]), decimals(line["currency"])), "date": str(line["date"].date()), "account": line["account"], "other": other,
    })


def _funding_gaps(frame: pd.DataFrame, accounts: Accounts) -> list[tuple[int, str]]:
    """Wallet payments funded by accounts that nobody handed in, as rows and labels."""
    handed = {own.id for own in accounts if own.files}
    rows = frame.index[(frame["funded_by"] != "") & (frame["set_aside"] == "") & ~frame["funded_by"].isin(handed)]
    return [(int(row), str(frame.at[row, "funded_by"])) for row in rows]


def _funding_unpaired(frame: pd.DataFrame, accounts: Accounts) -> list[Finding]:
    """One finding per funding account that covers the days but does not show the payments."""
    by_id = {own.id: own for own in accounts if own.files}
    rows = frame[(frame["set_aside"] == "") & (frame["paired_with"] == "") & frame["funded_by"].isin(by_id)]
    rows = rows[np.array([_covers(by_id[f], d) for f, d in zip(rows["funded_by"], rows["date"], strict=True)], dtype=bool)]
    return [
        Finding("funding_unpaired", "serious", Source(group["file"].iloc[0], int(group["page"].iloc[0]), int(group["line"].iloc[0])), {
            "account": wallet, "other": funder, "count": len(group), "total": _sum(group, -1), "back": _sum(group, 1),
        })
        for (wallet, funder), group in rows.groupby(["account", "funded_by"], sort=True)
    ]


def _missing(frame: pd.DataFrame, label: str, rows: list[int]) -> Finding:
    group = frame.loc[rows]
    return Finding("account_not_handed_in", "serious", Source(group["file"].iloc[0], int(group["page"].iloc[0]), int(group["line"].iloc[0])), {
        "label": label, "count": len(rows), "money_in": _sum(group, 1), "money_out": _sum(group, -1),
    })


def _sum(rows: pd.DataFrame, sign: int) -> str:
    amounts = rows["amount"].to_numpy()
    return to_text(int(np.abs(amounts[amounts * sign > 0]).sum()), decimals(rows["currency"].iloc[0]))
