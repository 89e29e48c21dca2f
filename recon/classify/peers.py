"""What most lines of a counterparty are, its silent ones most likely are too."""

from collections import Counter, defaultdict

import numpy as np
import numpy.typing as npt
import pandas as pd

from recon.classify.rules import Verdict
from recon.events.words import plain

#: Lines that must be named before they speak for the others, and the share that must agree, by count and by value.
_FEW, _AGREE = 2, 0.9
_SURE = 0.7
#: What says nothing of what the next line was for.
_MUTE = ("own_transfer", "wallet_top_up", "cash_withdrawn", "cash_deposited", "fixed_asset_bought", "fixed_asset_sold")


def by_peers(
    frame: pd.DataFrame, live: npt.NDArray[np.bool_], verdicts: list[Verdict], threshold: float
) -> None:
    """Give lines that nothing explains the category of their counterparty's other lines of the same direction.

    A reviewer labels parties, not rows: a customer whose orders are named pays for orders in the line that says
    往来款, too. At least two lines must be named, and nine in ten of them, by number and by value, must agree.
    """
    groups: dict[tuple[str, bool], list[int]] = defaultdict(list)
    amount = frame["amount"].to_numpy(dtype=np.int64)
    party = frame["counterparty"].tolist()
    plains = {name: plain(name) for name in set(party)}
    for row in np.flatnonzero(live).tolist():
        if party[row]:
            groups[plains[party[row]], bool(amount[row] > 0)].append(row)
    for rows in groups.values():
        silent = [row for row in rows if verdicts[row].category.startswith("unknown")]
        named = [row for row in rows if _speaks(verdicts[row], threshold)]
        category = _agreed(named, verdicts, amount) if silent and len(named) >= _FEW else ""
        for row in silent if category else ():
            verdicts[row] = Verdict(category, f"profile:same_party {category}", _SURE)


def _speaks(verdict: Verdict, threshold: float) -> bool:
    return not verdict.category.startswith("unknown") and verdict.category not in _MUTE and (
        verdict.confidence >= threshold
    )


def _agreed(rows: list[int], verdicts: list[Verdict], amount: npt.NDArray[np.int64]) -> str:
    """The category of nine in ten of the *rows*, or an empty string."""
    count: Counter[str] = Counter()
    value: Counter[str] = Counter()
    for row in rows:
        count[verdicts[row].category] += 1
        value[verdicts[row].category] += abs(int(amount[row]))
    category, most = count.most_common(1)[0]
    enough = most >= _AGREE * len(rows) and value[category] >= _AGREE * sum(value.values())
    return category if enough else ""
