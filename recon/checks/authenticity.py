"""Authenticity beyond interest: loans that nobody declared, and money that only passes through."""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pandas as pd

from recon.checks.check import Check, Outcome, Reason
from recon.checks.desk import Desk, grade, percent, title, unknown, whole
from recon.checks.interest import interest
from recon.checks.scope import years

_LOANS = (
    "loan_in", "loan_repaid", "loan_interest", "private_loan_in", "private_loan_repaid", "private_loan_interest",
)
#: Money out that is no use of the trade's own.
_AWAY = ("unknown_out", "owner_out", "lent_out", "private_loan_repaid")
_DAY = np.timedelta64(1, "D")


def loans_declared(desk: Desk) -> Iterator[Check]:
    """Loan money in the flows of a business that declares no loan."""
    rows = desk.transactions
    seen = rows[rows["category"].isin(_LOANS)]
    if rows.empty or desk.case.loan:
        return
    amount = int(seen["amount"].abs().sum())
    outcome: Outcome = "fail" if amount else "pass"
    params = {"count": len(seen), "amount": desk.text(amount), "rows": ", ".join(seen["id"].head(5))}
    yield Check("loans_declared", "authenticity", outcome, title("loans_declared"), 0, amount, 0, "money",
                (Reason(f"loans_declared_{outcome}", params),), tuple(seen["id"].head(5)))


def loan_interest(desk: Desk) -> Iterator[Check]:
    """Interest paid against what the declared loans should have cost: more of it means more debt than declared."""
    loans = desk.case.loan
    if not loans:
        return
    paid = desk.ledger.value("loan_interest")
    known = [(x.opening, x.closing, x.annual_rate) for x in loans]
    if paid is None or any(None in each for each in known):
        yield unknown("loan_interest", "authenticity", "loan_interest_unknown")
        return
    share = years(desk.ledger.period)
    cost = sum((Fraction((o or 0) + (c or 0), 2) * Fraction(r or 0) * share for o, c, r in known), Fraction(0))
    expected, least = whole(cost), desk.settings.number("loan_interest_pass")
    if not expected:
        yield unknown("loan_interest", "authenticity", "loan_interest_unknown")
        return
    gap = Fraction(paid - expected, expected)
    outcome = grade(gap, least, desk.settings.number("loan_interest_explain"))
    because = [Reason("against", {"expected": desk.text(expected), "actual": desk.text(paid),
                                  "difference": desk.text(paid - expected), "share": percent(gap)})]
    if outcome != "pass":
        because.append(Reason("loan_interest_more" if gap > 0 else "loan_interest_less"))
    yield Check("loan_interest", "authenticity", outcome, title("loan_interest"), expected, paid,
                whole(Fraction(least) * expected), "money", tuple(because), ("loan", "income_statement.19"))


def passed_through(desk: Desk) -> Iterator[Check]:
    """Large credits counted as sales that leave again within a day: turnover made to look larger."""
    rows = desk.transactions[desk.transactions["account_kind"].isin(("bank", "wallet"))]
    if rows.empty:
        return
    found = [credit for _, own in rows.groupby("account") for credit in _through(own, desk)]
    amount = int(rows.loc[found, "amount"].sum())
    outcome: Outcome = "explain" if found else "pass"
    ids = list(rows.loc[found, "id"])
    params = {"count": len(found), "amount": desk.text(amount), "rows": ", ".join(ids[:5])}
    yield Check("passed_through", "authenticity", outcome, title("passed_through"), 0, amount, 0, "money",
                (Reason(f"passed_through_{outcome}", params),), tuple(ids[:5]))


def _through(own: pd.DataFrame, desk: Desk) -> list[int]:
    """Index of each large sale of one account of which nearly all leaves the same or the next day, own transfers aside.

    What leaves is looked for in money out to others; purchases, wages, taxes and repayments are the trade's own use.
    """
    sales = own[(own["amount"] > 0) & own["category"].isin(("sales", "cash_sales"))]
    if sales.empty:
        return []
    floor = Fraction(desk.settings.number("through_large")) * int(own.loc[own["amount"] > 0, "amount"].sum())
    leaving = own[(own["amount"] < 0) & own["category"].isin(_AWAY)]
    by_day = -leaving["amount"].groupby(leaving["date"]).sum()
    share = Fraction(desk.settings.number("through_share"))
    found = []
    for index, day, amount in zip(sales.index, sales["date"], sales["amount"], strict=True):
        gone = int(by_day.get(day, 0)) + int(by_day.get(day + _DAY, 0))
        if amount >= floor and gone >= share * int(amount):
            found.append(int(index))
    return found


AUTHENTICITY = (interest, loans_declared, loan_interest, passed_through)
