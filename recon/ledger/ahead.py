"""Rent that was paid for months beyond the period: what the rhythm of its payments says of a prepaid expense."""

from itertools import pairwise

import pandas as pd

from recon.core.money import divide
from recon.ledger.desk import Desk

#: Months between payments from which on each is for several; payments are alike within a twentieth.
_RHYTHM, _ALIKE = 2, 20


def tell_paid_ahead(desk: Desk) -> None:
    """Ask for the prepaid rent that the form does not mention, where the lines show rent of several months at once.

    Nothing is posted: until the form says so, all that was paid is the period's expense.
    """
    if any(f"{end}.prepaid_expenses" in desk.facts for end in ("opening", "closing")):
        return
    rent = desk.rows[(desk.rows["category"] == "rent") & (desk.rows["amount"] < 0)]
    for party, rows in rent.groupby("counterparty", sort=True):
        months = _months_each(rows.sort_values("date"), desk.case.stated.rent)
        last = rows.sort_values("date").iloc[-1]
        used = _month(pd.Timestamp(desk.period.end)) - _month(last["date"]) + 1
        if months >= _RHYTHM and used < months:
            left = divide(-int(last["amount"]) * (months - used), months)
            desk.find("rent_paid_ahead", "look", "closing.prepaid_expenses", party=str(party) or "?", months=months,
                      date=str(last["date"])[:10], paid=desk.text(-int(last["amount"])), left=desk.text(left))


def _months_each(rows: pd.DataFrame, stated: int | None) -> int:
    """How many months each payment is for, by the even distance of like payments or by the stated rent of a month.

    0 where neither tells.
    """
    paid = [-int(amount) for amount in rows["amount"]]
    if max(paid) - min(paid) > divide(max(paid), _ALIKE):
        return 0
    at = [_month(date) for date in rows["date"]]
    apart = {later - earlier for earlier, later in pairwise(at)}
    if len(apart) == 1:
        return apart.pop()
    return round(paid[0] / stated) if len(paid) == 1 and stated else 0


def _month(date: pd.Timestamp) -> int:
    """Months since year 0."""
    return int(date.year) * 12 + int(date.month)
