"""How far documented money can be taken at its word: names that were guessed, and flows that no file shows.

A printed amount says how much moved. It does not say what for where the toolkit guessed, and the sum of all printed
amounts is not the flow of the period where a month, a page or an account was not handed in. Both parts count as
*assumed*: they stand in the figures as they are and are shown as estimated, but trust is not taken off for them a
second time, because checks of their own do that.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import pandas as pd

from recon.core.money import divide
from recon.core.period import Period
from recon.ledger.control import ASSUMED
from recon.ledger.known import OwnAccount, Reach

#: The rules that name payouts out of accounts that show sales and fees themselves: how their ids begin.
PAID_NET = "settle_net_"
#: Reasons that guess what a line was for from its pattern, from its likeness to others or from a shop where household
#: and business both buy, rather than from its words; and payouts of firms that take their fees off before they pay, of
#: which the account is not here: sales were more than what arrived.
_GUESSED = ("learned", "profile:", "abstain", "transfer_unpaired", "account_not_handed_in", "refund:profile:",
            *(f"rule:{name}" for name in ("food_shop_supplies", PAID_NET)))
_PROVED = ("documented", "corroborated")
_NOT_HANDED_IN = "account_not_handed_in"
_THIRD = 3


def guessed(rows: pd.DataFrame) -> pd.Series:
    """Which of *rows* (``core.tables.TRANSACTIONS``) have a name that was guessed, or none; booleans by its index."""
    return rows["reason"].str.startswith(_GUESSED)


def reach(rows: pd.DataFrame, accounts: Sequence[OwnAccount], gaps: Mapping[str, int], period: Period) -> Reach:
    """How far the lines of *accounts* reach; *gaps* in minor units as in ``Known``.

    A month that no file covers counts as an average month of its account. A gap says that lines are missing but not
    how many: it counts as its own size, or as an average month where that is more. An account that nobody handed in
    counts as the money that went to it and came from it, which is the least that it can have moved. What customers may
    have paid beyond that: in a month as much as came in in the best one seen, and all that moved between the accounts.
    """
    seen = int(rows["amount"].abs().sum())
    if not seen:
        return Reach()
    handed = [a for a in accounts if a.files and a.kind != "cash"]
    outside = (rows["funded_by"] != "") & ~rows["funded_by"].isin([a.id for a in accounts if a.files])
    elsewhere = int(rows.loc[outside | rows["reason"].str.startswith(_NOT_HANDED_IN), "amount"].abs().sum())
    unseen = sum((_unseen(a, rows, gaps.get(a.id, 0), period) for a in handed), Fraction(elsewhere))
    beyond = elsewhere + sum(_most(a, rows, gaps.get(a.id, 0), period) for a in handed)
    return Reach(seen / (seen + unseen), Fraction(seen, seen + elsewhere), beyond)


def weaken(parts: Mapping[str, int], share: Fraction) -> dict[str, int]:
    """Signed minor units by basis, of what is documented or corroborated only *share* as such, the rest assumed."""
    kept = {b: divide(a * share.numerator, share.denominator) if b in _PROVED else a for b, a in parts.items()}
    kept[ASSUMED] = kept.get(ASSUMED, 0) + sum(parts.values()) - sum(kept.values())
    return {basis: amount for basis, amount in kept.items() if amount}


def _unseen(account: OwnAccount, rows: pd.DataFrame, gap: int, period: Period) -> Fraction:
    """What *account* may have moved in the period and no file shows, in minor units without sign."""
    mine = rows[rows["account"] == account.id]
    months = mine["date"].dt.strftime("%Y-%m").nunique()
    average = Fraction(int(mine["amount"].abs().sum()), max(1, months))
    least = max(average, Fraction(abs(gap))) if gap else Fraction(0)
    return max(least, average * len(missing_months(account, mine, period, gap=bool(gap))))


def _most(account: OwnAccount, rows: pd.DataFrame, gap: int, period: Period) -> int:
    """What may have come in on *account* in the months that no file shows: as much as in the best one seen each."""
    mine = rows[rows["account"] == account.id]
    missing = len(missing_months(account, mine, period, gap=bool(gap)))
    if not missing and not gap:
        return 0
    money_in = mine["amount"].clip(lower=0).groupby(mine["date"].dt.strftime("%Y-%m")).sum()
    return max(int(money_in.max()) * max(missing, 1), abs(gap)) if len(money_in) else abs(gap)


def missing_months(account: OwnAccount, mine: pd.DataFrame, period: Period, *, gap: bool) -> list[str]:
    """``YYYY-MM`` of each month of *period* of which the files of *account* cover less than a third; *mine*: its lines.

    Of a month that the period cuts the days inside count; less than a third of a month is too little to be missed.
    With neither files that say what they cover nor lines nothing is said. With a *gap* a month without a line counts as
    missing whatever a file says it covers; else it is a quiet month.
    """
    lines = [(mine["date"].min().to_numpy(), mine["date"].max().to_numpy())] if len(mine) else []
    spans = account.spans or lines
    if not spans:
        return []
    present = set(mine["date"].dt.strftime("%Y-%m"))
    return [month for month in period.months if _bare(month, spans, period) or (gap and month not in present)]


def _bare(month: str, spans: Sequence[tuple[np.datetime64, np.datetime64]], period: Period) -> bool:
    whole = np.arange(np.datetime64(f"{month}-01"), np.datetime64(month, "M") + 1, dtype="datetime64[D]")
    days = whole[(whole >= np.datetime64(period.start)) & (whole <= np.datetime64(period.end))]
    covered = np.zeros(len(days), dtype=bool)
    for start, end in spans:
        covered |= (days >= start) & (days <= end)
    return len(days) * _THIRD >= len(whole) and bool(covered.sum() * _THIRD < len(days))
