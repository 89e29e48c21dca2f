"""Effective revenue (有效流水): credits that are business income, and every exclusion listed with its total."""

from dataclasses import dataclass

import pandas as pd

from recon.classify.categories import categories


@dataclass(frozen=True, slots=True)
class Effective:
    """Effective revenue of a period.

    Attributes:
        total: minor units.
        months: minor units by ``YYYY-MM``, in order; months without any are left out.
        excluded: a row per reason with ``category``, ``count`` and ``amount`` (minor units, positive): all money in
            that does not count, and refunds to customers, which are taken off.
        counted: ids of the rows that count, for anyone who wants to toggle one.
    """

    total: int
    months: dict[str, int]
    excluded: pd.DataFrame
    counted: tuple[str, ...]


def effective(transactions: pd.DataFrame) -> Effective:
    """Effective revenue of classified *transactions*.

    Sales in banks, cards and wallets count, and cash takings that were banked, paired with a cash book or not; sales
    in a cash book reach it only when banked. Refunds to customers are taken off in their own month.
    """
    live = transactions[transactions["set_aside"] == ""]
    banked = (live["reason"] == "transfer_cash") & (live["account_kind"] != "cash") & (live["amount"] > 0)
    status = live["category"].map({name: category.effective for name, category in categories().items()}).fillna("no")
    through = live["account_kind"] != "cash"
    counts = through & (live["amount"] > 0) & (status.isin(["yes", "takings"]) | banked)
    refunds = through & (live["category"] == "sales_refund") & (live["amount"] < 0)
    kept = live[counts | refunds]
    months = kept["amount"].groupby(kept["date"].dt.strftime("%Y-%m")).sum().sort_index()
    left_out = live[((live["amount"] > 0) & ~counts) | refunds]
    label = left_out["category"].where(left_out["account_kind"] != "cash", "cash_book")
    groups = left_out["amount"].abs().groupby(label)
    excluded = pd.DataFrame({"count": groups.size(), "amount": groups.sum()}).rename_axis("category").reset_index()
    return Effective(
        int(kept["amount"].sum()), {str(m): int(v) for m, v in months.items()}, excluded, tuple(live.loc[counts, "id"])
    )
