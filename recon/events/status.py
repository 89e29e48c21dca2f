"""Orders that moved no money, movements inside one wallet, and refunds linked to what they give back."""

import re
from collections import defaultdict

import numpy as np
import pandas as pd

from recon.core.finding import Finding
from recon.core.money import decimals, from_decimal, to_text
from recon.core.settings import Settings
from recon.events.columns import Bools, amounts, days, each, hits, live, place, texts
from recon.events.lines import movement
from recon.events.words import has, plain, role


def settle(frame: pd.DataFrame, settings: Settings) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Set aside closed and failed orders and movements inside one wallet; link refunds; split refunds in a status.

    A refund row is linked (``paired_with``) to the payment it gives back by order number, else by party and amount. An
    order that closed because it was refunded counts again beside its refund row: both happened. Where a status tells
    of a refund that no row of the bill shows, a row with the refund is added: the id with ``-R``, the same place.
    """
    frame = frame.copy()
    counts, states = live(frame), [str(s) for s in each(frame["status"], plain)]
    kinds = each(frame["type"] + " " + frame["description"], plain)
    undone = counts & hits(kinds, lambda text: has(text, role("reversal")))
    refunds = undone | (counts & hits(kinds, lambda text: has(text, role("refund"))))
    closed = counts & ~refunds & hits(states, lambda text: has(text, role("closed")))
    refunded = hits(states, lambda text: has(text, role("refunded")))
    failed = counts & ~refunds & ~closed & ~refunded & hits(states, lambda text: has(text, role("failed")))
    links = _Links(frame, settings.whole("refund_days")).find(refunds, undone, counts & ~refunds & ~failed)
    ids = frame["id"].to_numpy(dtype=object)
    frame.loc[list(links), "paired_with"] = ids[list(links.values())]
    closed[list(links.values())] = False
    wallet = (frame["account_kind"] == "wallet").to_numpy(dtype=np.bool_)
    frame.loc[closed, "set_aside"] = "closed"
    frame.loc[failed, "set_aside"] = "failed"
    frame.loc[counts & wallet & hits(kinds, lambda text: movement(text) == "internal"), "set_aside"] = "internal"
    shown = refunds.copy()
    shown[list(links.values())] = True
    return _split_refunds(frame, states, live(frame) & refunded & ~shown)


#: Days within which a bank gives back a payment that failed.
_WEEK = 7


class _Links:
    """Finds the payment that each refund gives back."""

    def __init__(self, frame: pd.DataFrame, window: int) -> None:
        self.account, self.order, self.party = (texts(frame, name) for name in ("account", "order", "counterparty"))
        self.amount, self.day, self.window = amounts(frame), days(frame), window

    def find(self, refunds: Bools, undone: Bools, payments: Bools) -> dict[int, int]:
        """Refund row → payment row; a payment is given back up to its amount, over several refunds.

        A row that a bank *undone* by words (冲正, 退汇) needs no party: the whole amount within a week will do.
        """
        index: dict[tuple[str, object], list[int]] = defaultdict(list)
        for row in np.flatnonzero(payments).tolist():
            for key in (("order", self.order[row]), ("party", self.party[row]), ("amount", int(self.amount[row]))):
                index[self.account[row], key].append(row)
        found: dict[int, int] = {}
        left = np.abs(self.amount)
        for row in np.flatnonzero(refunds).tolist():
            for payment in self._candidates(index, row, undone=bool(undone[row])):
                if self.amount[payment] * self.amount[row] < 0 and left[payment] >= abs(self.amount[row]):
                    found[row] = payment
                    left[payment] -= abs(self.amount[row])
                    break
        return found

    def _candidates(self, index: dict[tuple[str, object], list[int]], row: int, *, undone: bool) -> list[int]:
        """Payments that the refund may give back, the likeliest first."""
        account, party = self.account[row], self.party[row]
        ordered = [payment for head in self._heads(row) for payment in index.get((account, ("order", head)), ())]
        if ordered:
            return ordered
        near = self._earlier(index.get((account, ("party", party)), []), row, self.window) if party else []
        same = index.get((account, ("amount", -int(self.amount[row]))), []) if undone else []
        return near or self._earlier(same, row, _WEEK)

    def _heads(self, row: int) -> list[str]:
        """The refund's order number, and its front where it is the payment's with an end joined on."""
        order = self.order[row]
        front = re.split(r"[_*|-]", order)[0]
        return [name for name in dict.fromkeys((order, front)) if name]

    def _earlier(self, rows: list[int], row: int, window: int) -> list[int]:
        """Those of *rows* within the window before the refund, equal amounts first, then the latest."""
        near = [payment for payment in rows if 0 <= self.day[row] - self.day[payment] <= window]
        return sorted(near, key=lambda p: (self.amount[p] != -self.amount[row], -p))


_PART = re.compile(r"(?:退款|refunded)\D{0,4}?[¥￥$€£]?\s*(\d[\d,]*(?:\.\d+)?)", re.IGNORECASE)


def _split_refunds(frame: pd.DataFrame, states: list[str], told: Bools) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Add the refunds that only the status of the rows *told* tells of."""
    money, currency = amounts(frame), texts(frame, "currency")
    back = {row: _told(states[row], int(money[row]), currency[row]) for row in np.flatnonzero(told).tolist()}
    back = {row: amount for row, amount in back.items() if amount}
    if not back:
        return frame, ()
    rows = list(back)
    found = tuple(
        Finding("refund_in_status", "info", place(frame, row), {
            "status": str(frame["status"].iloc[row]), "amount": to_text(abs(amount), decimals(currency[row])),
        })
        for row, amount in back.items()
    )
    extra = frame.loc[rows].assign(paired_with=frame.loc[rows, "id"], id=frame.loc[rows, "id"] + "-R")
    extra["amount"], extra["balance"] = list(back.values()), pd.array([pd.NA] * len(rows), dtype="Int64")
    return pd.concat([frame, extra.astype(frame.dtypes)]).sort_index(kind="stable").reset_index(drop=True), found


def _told(status: str, amount: int, currency: str) -> int:
    """The refund a status tells of, opposite in sign to the row's *amount*; the whole of it where no figure stands."""
    hit = _PART.search(status)
    if not hit:
        return 0 if has(status, ("部分", "partial")) else -amount
    try:
        back = from_decimal(hit.group(1), decimals(currency))
    except ValueError:  # more decimals than the currency has: not an amount
        return 0
    return min(back, abs(amount)) * (-1 if amount > 0 else 1)
