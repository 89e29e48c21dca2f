"""Money that a party got and gave back, or the other way round, within days: matched in-and-out is no revenue."""

from collections import defaultdict

import numpy as np
import numpy.typing as npt
import pandas as pd

from recon.classify.rules import Verdict
from recon.core.money import decimals
from recon.core.settings import Settings
from recon.events.words import plain

_SALES = ("sales", "cash_sales")
#: What leaves again: bought, or gone nobody knows for what.
_LEAVES = ("purchases", "cash_purchases", "direct_costs", "unknown_out", "lent_out", "sales_refund")
_DOUBT = 0.5


def by_trips(
    frame: pd.DataFrame, live: npt.NDArray[np.bool_], verdicts: list[Verdict], currency: str, settings: Settings,
) -> None:
    """Take sales and what left for the same party within days back into the unexplained, where they nearly match.

    Both amounts reach ``round_loan_from``, differ by ``loop_band`` at most and lie ``loop_days`` apart at most. A
    refund that is linked to its payment is none of them. Whether it was trade both ways is for a reviewer to say.
    """
    least = settings.whole("round_loan_from") * 10 ** decimals(currency)
    amount = frame["amount"].to_numpy(dtype=np.int64)
    loose = live & (np.abs(amount) >= least) & ((frame["paired_with"] == "") & (frame["counterparty"] != "")).to_numpy()
    groups: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for row in np.flatnonzero(loose).tolist():
        if verdicts[row].category in (_SALES if amount[row] > 0 else _LEAVES):
            groups[plain(frame["counterparty"].iloc[row])][int(amount[row] < 0)].append(row)
    day = frame["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    for came, went in groups.values():
        for row in came:
            other = _answer(row, went, amount, day, settings)
            if other is not None:
                went.remove(other)
                for end, unknown in ((row, "unknown_in"), (other, "unknown_out")):
                    verdicts[end] = Verdict(unknown, f"abstain {verdicts[end].category} round_trip", _DOUBT)


def _answer(
    row: int, went: list[int], amount: npt.NDArray[np.int64], day: npt.NDArray[np.int64], settings: Settings,
) -> int | None:
    """The row out nearest in time that nearly matches *row*, or None."""
    days, band = settings.whole("loop_days"), settings.number("loop_band")
    near = [
        other for other in went
        if abs(int(day[other] - day[row])) <= days and abs(int(amount[other] + amount[row])) <= band * int(amount[row])
    ]
    return min(near, key=lambda other: (abs(int(day[other] - day[row])), other), default=None)
