"""Who the money comes from and goes to, how much of it hangs on few, and by whose word it is named."""

from dataclasses import dataclass

import pandas as pd

from recon.classify.names import who

#: What counts as custom and as supply.
CUSTOM, SUPPLY = ("sales", "cash_sales", "sales_refund"), (
    "purchases", "cash_purchases", "direct_costs", "purchase_refund",
)
#: Who named a line, by the first word of its reason; what is not listed here was named by a rule.
_NAMED_BY = {
    "decision": "reviewer", "given": "reviewer", "account": "case", "case:": "case", "profile:": "profile",
    "learned": "suggestion",
    "transfer_": "pair", "funding_": "pair", "settlement": "pair", "refund_of": "pair", "account_not_handed_in": "pair",
    "abstain": "nobody", "given_unknown": "nobody",
}
#: The largest parties whose joint share is told.
_FEW = 5


@dataclass(frozen=True, slots=True)
class Concentration:
    """How a side of trade spreads over its parties.

    Attributes:
        total: minor units, > 0, refunds taken off; all parties and nameless lines.
        parties: how many named ones.
        largest, few: shares of the largest and of the five largest in *total*, 0 to 1; None where there is nothing.
        table: a row per named party, largest first: ``party``, ``who``, ``count``, ``amount``, ``share``, ``months``.
    """

    total: int
    parties: int
    largest: float | None
    few: float | None
    table: pd.DataFrame


def concentration(transactions: pd.DataFrame, categories: tuple[str, ...] = CUSTOM) -> Concentration:
    """How custom (*categories* ``CUSTOM``) or supply (``SUPPLY``) of classified *transactions* spreads."""
    lines = transactions[(transactions["set_aside"] == "") & transactions["category"].isin(categories)]
    sign = 1 if categories == CUSTOM else -1
    total = int(sign * lines["amount"].sum())
    named = lines[lines["counterparty"] != ""].assign(
        amount=lambda d: sign * d["amount"], month=lambda d: d["date"].dt.strftime("%Y-%m"),
    )
    groups = named.groupby("counterparty")
    sums = {"count": groups.size(), "amount": groups["amount"].sum(), "months": groups["month"].nunique()}
    table = pd.DataFrame(sums)
    table = table.rename_axis("party").reset_index().sort_values(["amount", "party"], ascending=[False, True])
    table["share"] = table["amount"] / total if total > 0 else 0.0
    table["who"] = [who(name) for name in table["party"]]
    table = table[["party", "who", "count", "amount", "share", "months"]].reset_index(drop=True)
    shares = table["share"].tolist() if total > 0 else []
    largest, few = (shares[0], sum(shares[:_FEW])) if shares else (None, None)
    return Concentration(total, len(table), largest, few, table)


def named_by(transactions: pd.DataFrame) -> pd.DataFrame:
    """By whose word value is named: a row each with ``by``, ``count``, ``amount`` and ``share``, the largest first.

    *by* is reviewer, case, rule, profile, suggestion (statistics), pair (own transfers, refunds) or nobody. Amounts are
    minor units without sign; rows set aside do not count.
    """
    lines = transactions[transactions["set_aside"] == ""]
    label = [_by(str(reason)) for reason in lines["reason"]]
    groups = lines["amount"].abs().groupby(label)
    table = pd.DataFrame({"count": groups.size(), "amount": groups.sum()}).rename_axis("by").reset_index()
    table["share"] = table["amount"] / max(1, int(table["amount"].sum()))
    return table.sort_values(["amount", "by"], ascending=[False, True]).reset_index(drop=True)


def _by(reason: str) -> str:
    word = reason.split(" ", 1)[0]
    starts = (by for start, by in _NAMED_BY.items() if start[-1] in ":_" and word.startswith(start))
    return _NAMED_BY.get(word) or next(starts, "rule")
