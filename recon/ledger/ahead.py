"""Rent that was paid for months outside the period: what the rhythm of its payments says of prepaid expenses."""

from itertools import pairwise

import pandas as pd

from recon.core.money import divide
from recon.ledger.control import fact
from recon.ledger.desk import Desk

#: Months between payments from which on each is for several; payments are alike within a twentieth.
_RHYTHM, _ALIKE = 2, 20
#: Where the other end of a prepaid rent comes from, of which the form states one end.
BY_RHYTHM = "rule:rent_rhythm"


def paid_ahead(desk: Desk) -> None:
    """Ask for prepaid rent that the form does not mention, where the lines show rent of several months at once.

    Nothing is posted then: until the form says so, all that was paid is the period's expense. Where the form states
    prepaid expenses at one end only, the other end is what the rhythm gives.
    """
    ends = [f"{end}.prepaid_expenses" for end in ("opening", "closing")]
    missing = [end for end in ends if end not in desk.facts]
    held = [0, 0]
    rent = desk.rows[(desk.rows["category"] == "rent") & (desk.rows["amount"] < 0)]
    for party, group in rent.groupby("counterparty", sort=True):
        rows = group.sort_values("date")
        months = _months_each(rows, desk.case.stated.rent)
        if months < _RHYTHM:
            continue
        opening, closing = _outside(rows, months, desk)
        held = [held[0] + opening, held[1] + closing]
        if closing and len(missing) == len(ends):
            last = rows.iloc[-1]
            desk.find("rent_paid_ahead", "look", ends[1], party=str(party) or "?", months=months,
                      date=str(last["date"])[:10], paid=desk.text(-int(last["amount"])), left=desk.text(closing))
    if len(missing) == 1 and any(held):
        desk.facts[missing[0]] = fact(held[ends.index(missing[0])], "estimated", BY_RHYTHM)


def _outside(rows: pd.DataFrame, months: int, desk: Desk) -> tuple[int, int]:
    """What rent paid before the period held for its first months, and what of the last payment is for later ones."""
    first, last = rows.iloc[0], rows.iloc[-1]
    before = min(months, _month(first["date"]) - _month(pd.Timestamp(desk.period.start)))
    used = _month(pd.Timestamp(desk.period.end)) - _month(last["date"]) + 1
    paid = [-int(row["amount"]) for row in (first, last)]
    return divide(paid[0] * before, months), divide(paid[1] * max(0, months - used), months)


def _months_each(rows: pd.DataFrame, stated: int | None) -> int:
    """How many months each payment is for, by the even distance of like payments or by the stated rent of a month.

    0 where neither tells.
    """
    paid = [-int(amount) for amount in rows["amount"]]
    if max(paid) - min(paid) > divide(max(paid), _ALIKE):
        return 0
    apart = {later - earlier for earlier, later in pairwise(_month(date) for date in rows["date"])}
    if len(apart) == 1:
        return apart.pop()
    return round(paid[0] / stated) if len(paid) == 1 and stated else 0


def _month(date: pd.Timestamp) -> int:
    """Months since year 0."""
    return int(date.year) * 12 + int(date.month)
