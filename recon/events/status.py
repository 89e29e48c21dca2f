"""Orders that moved no money, movements inside one wallet, and refunds linked to what they give back."""

import re

import numpy as np
import pandas as pd

from recon.core.finding import Finding
from recon.core.money import decimals, from_decimal, to_text
from recon.core.settings import Settings
from recon.core.source import Source
from recon.events.lines import movement
from recon.events.words import has, plain, role


def settle(frame: pd.DataFrame, settings: Settings) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Set aside closed and failed orders and movements inside one wallet; link refunds; split refunds in a status.

    A refund row is linked (``paired_with``) to the payment it gives back by order number, else by party and amount. An
    order that closed because it was refunded counts again beside its refund row: both happened. Where a status tells
    of a refund that no row of the bill shows, a row with the refund is added: the id with ``-R``, the same place.
    """
    frame = frame.copy()
    live = (frame["set_aside"] == "").to_numpy()
    states = frame["status"].map(plain)
    refunds = live & _texts(frame).map(lambda text: has(text, role("refund"))).to_numpy(dtype=bool)
    closed = live & states.map(lambda s: has(s, role("closed"))).to_numpy(dtype=bool) & ~refunds
    failed = live & ~closed & states.map(_failed).to_numpy(dtype=bool) & ~_refunded(states)
    links = _links(frame, np.flatnonzero(refunds), live & ~refunds & ~failed, settings.whole("refund_days"))
    for refund, payment in links.items():
        frame.loc[refund, "paired_with"] = frame.loc[payment, "id"]
    revived = np.zeros(len(frame), dtype=bool)
    revived[[p for p in links.values() if closed[p]]] = True
    frame.loc[closed & ~revived, "set_aside"] = "closed"
    frame.loc[failed, "set_aside"] = "failed"
    frame.loc[live & (frame["account_kind"] == "wallet") & _texts(frame).map(lambda t: movement(t) == "internal"), "set_aside"] = "internal"
    return _split_refunds(frame, {*links.values(), *np.flatnonzero(refunds).tolist()})


def _texts(frame: pd.DataFrame) -> pd.Series:
    return (frame["type"] + " " + frame["description"]).map(plain)


def _refunded(states: pd.Series) -> np.ndarray:
    """Statuses that tell of a refund of the row itself, not rows that are refunds (退款成功)."""
    return states.map(lambda s: has(s, role("refunded"))).to_numpy(dtype=bool)


def _failed(status: str) -> bool:
    return has(status, role("failed"))


def _links(frame: pd.DataFrame, refunds: np.ndarray, payments: np.ndarray, days: int) -> dict[int, int]:
    """Refund row → payment row: the same order number (or one that begins with it), else party and amount."""
    pool = frame[payments]
    by_order = {key: row for row, key in zip(pool.index[::-1], (pool["account"] + "|" + pool["order"])[::-1], strict=True)}
    by_party = {key: group.index.to_numpy() for key, group in pool[pool["counterparty"] != ""].groupby(["account", "counterparty"])}
    found: dict[int, int] = {}
    spent: dict[int, int] = {}
    amounts, dates = frame["amount"].to_numpy(), frame["date"].to_numpy()
    for row in refunds.tolist():
        account, order, party = frame.at[row, "account"], frame.at[row, "order"], frame.at[row, "counterparty"]
        heads = [order, *re.split(r"[_*|-]", order)[:1]] if order else []
        near = next((by_order[f"{account}|{h}"] for h in heads if h and f"{account}|{h}" in by_order), None)
        candidates = [near] if near is not None else _same_party(by_party.get((account, party)), row, amounts, dates, days)
        for payment in candidates:
            left = abs(int(amounts[payment])) - spent.get(payment, 0)
            if amounts[payment] * amounts[row] < 0 and left >= abs(int(amounts[row])):
                found[row] = payment
                spent[payment] = spent.get(payment, 0) + abs(int(amounts[row]))
                break
    return found


def _same_party(rows: np.ndarray | None, row: int, amounts: np.ndarray, dates: np.ndarray, days: int) -> list[int]:
    """Payments to the party before the refund, equal amounts first, then the latest."""
    if rows is None:
        return []
    gap = (dates[row] - dates[rows]) / np.timedelta64(1, "D")
    near = rows[(gap >= 0) & (gap <= days)]
    return sorted(near.tolist(), key=lambda p: (amounts[p] != -amounts[row], -p))


_PART = re.compile(r"(?:退款|refunded)\D{0,4}?[¥￥$€£]?\s*(\d[\d,]*(?:\.\d+)?)", re.IGNORECASE)


def _split_refunds(frame: pd.DataFrame, shown: set[int]) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Add the refunds that only a status tells of; rows *shown* are refunds, or have a refund's row beside them."""
    states = frame["status"].map(plain)
    told = np.flatnonzero(_refunded(states) & (frame["set_aside"] == "").to_numpy())
    rows, amounts = [], []
    for row in told.tolist():
        back = _told(states[row], int(frame.at[row, "amount"]), frame.at[row, "currency"])
        if row not in shown and back:
            rows.append(row)
            amounts.append(back)
    if not rows:
        return frame, ()
    extra = frame.loc[rows].copy()
    extra["paired_with"], extra["id"], extra["amount"], extra["balance"] = extra["id"], extra["id"] + "-R", amounts, pd.NA
    whole = pd.concat([frame, extra]).sort_index(kind="stable").reset_index(drop=True)
    found = tuple(
        Finding("refund_in_status", "info", Source(r.file, r.page, r.line), {"status": r.status, "amount": to_text(abs(r.amount), decimals(r.currency))})
        for r in extra.itertuples()
    )
    return whole, found


def _told(status: str, amount: int, currency: str) -> int:
    """The refund a status tells of, opposite in sign to the row's *amount*; the whole of it where no figure stands."""
    hit = _PART.search(status)
    if not hit:
        return 0 if "部分" in status or "partial" in status else -amount
    try:
        back = from_decimal(hit.group(1), decimals(currency))
    except ValueError:  # more decimals than the currency has: not an amount
        return 0
    return min(back, abs(amount)) * (-1 if amount > 0 else 1)
