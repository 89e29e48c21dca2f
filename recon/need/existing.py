"""Existing clients: the loans that a business has, what each costs, and what replacing it would save."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from recon.core.facts import Case, Loan
from recon.core.period import Period
from recon.events.words import plain, same_party
from recon.need.model import Borrowing
from recon.need.repayment import MONTHS, affordable, regular, schedule

#: Categories of money from lenders, and to them.
_IN, _OUT = ("loan_in", "private_loan_in"), (
    "loan_repaid", "loan_interest", "private_loan_repaid", "private_loan_interest",
)
_INTEREST = ("loan_interest", "private_loan_interest")
_YEAR_DAYS = 365
_HALVINGS, _MOST_RATE = 40, 4.0  # four hundred per cent a year: beyond it is no rate but a slip
_LEAST_PAYMENTS = 3
_NEAR = Fraction(11, 10)  # a payment this near to the interest alone repays no principal


@dataclass(frozen=True, slots=True)
class Flows:
    """One lender's lines: dated amounts, in + and out −, minor units; *interest* is what of them was named interest."""

    dated: tuple[tuple[dt.date, int], ...]
    interest: int

    @property
    def drawn(self) -> int:
        """Money that came in."""
        return sum(amount for _, amount in self.dated if amount > 0)

    @property
    def monthly(self) -> int | None:
        """The middle one of the months' payments; None for fewer than three months."""
        months: dict[str, int] = {}
        for day, amount in self.dated:
            if amount < 0:
                months[f"{day:%Y-%m}"] = months.get(f"{day:%Y-%m}", 0) - amount
        paid = sorted(months.values())
        return paid[len(paid) // 2] if len(paid) >= _LEAST_PAYMENTS else None


def borrowings(
    case: Case, transactions: pd.DataFrame | None, period: Period, annual_rate: Fraction, months: int
) -> Iterator[Borrowing]:
    """Every loan of the form, then each lender that only the flows name; *annual_rate* and *months* are ours."""
    seen = _by_lender(transactions)
    for loan in case.loan:
        name = next((party for party in seen if _same(party, loan.lender)), None)
        yield _declared(loan, seen.pop(name) if name is not None else None, period, annual_rate, months)
    for party, flows in seen.items():
        if flows.drawn or flows.monthly is not None:
            yield Borrowing(party, None, _rate(0, None, flows, period), inferred=True, declared=False,
                            monthly=flows.monthly, instalment=None, saved=None)


def _by_lender(transactions: pd.DataFrame | None) -> dict[str, Flows]:
    """Lines of loans by counterparty, in order of name; nameless ones belong to nobody."""
    if transactions is None or transactions.empty:
        return {}
    live = transactions["set_aside"] == ""
    rows = transactions[live & transactions["category"].isin((*_IN, *_OUT)) & (transactions["counterparty"] != "")]
    found = {}
    for party, group in rows.groupby("counterparty"):
        dated = tuple(zip(group["date"].dt.date, (int(a) for a in group["amount"]), strict=True))
        interest = -int(group.loc[group["category"].isin(_INTEREST), "amount"].sum())
        found[str(party)] = Flows(dated, interest)
    return found


def _same(party: str, lender: str) -> bool:
    """Whether a counterparty is the lender that the form names: one name inside the other, or its beginning."""
    one, two = plain(party), plain(lender)
    return bool(one) and bool(two) and (one in two or two in one or same_party(two, one))


def _declared(loan: Loan, flows: Flows | None, period: Period, annual_rate: Fraction, months: int) -> Borrowing:
    stated = None if loan.annual_rate is None else Fraction(loan.annual_rate)
    found = _rate(loan.opening, loan.closing, flows, period) if stated is None and flows is not None else None
    rate = stated if stated is not None else found
    shown = flows.monthly if flows is not None else None
    monthly: int | None = shown if loan.monthly_payment is None else loan.monthly_payment
    left = _months_left(loan, period, months)
    ours = None if loan.closing is None or monthly is None else _ours(loan.closing, monthly, rate, annual_rate, left)
    cheaper = rate is not None and rate > annual_rate and bool(loan.closing)
    saved = monthly - ours if cheaper and monthly is not None and ours is not None and monthly > ours else None
    return Borrowing(loan.lender, loan.closing, rate, found is not None, declared=True, monthly=monthly,
                     instalment=ours, saved=saved, overdue_days=loan.overdue_days or 0)


def _months_left(loan: Loan, period: Period, months: int) -> int:
    """Months until the loan is due, else the recommended term."""
    if loan.due is None:
        return months
    return max(1, (loan.due.year - period.end.year) * MONTHS + loan.due.month - period.end.month)


def _ours(balance: int, monthly: int, rate: Fraction | None, annual_rate: Fraction, months: int) -> int:
    """What *balance* would take a month at our rate, repaid as the old loan is: interest alone, or level instalments.

    Level instalments run as long as the old payment would still have to be made, where its rate tells that.
    """
    interest = balance * (annual_rate if rate is None else rate) / MONTHS
    if monthly <= interest * _NEAR:
        return regular(schedule(balance, annual_rate, max(2, months), "interest_then_principal"))
    if rate is not None:
        months = next((n for n in range(1, 601) if affordable(monthly, rate, n, "annuity") >= balance), months)
    return regular(schedule(balance, annual_rate, months, "annuity"))


# -- the rate that the flows imply ----------------------------------------------------------------------------------


def _rate(opening: int | None, closing: int | None, flows: Flows, period: Period) -> Fraction | None:
    """The yearly rate, by months, at which what came in is worth what was paid and what is still owed; to a thousandth.

    None where an end is unknown, nothing was paid, or no rate from 0 to 400 % fits.
    """
    if opening is None or closing is None or not any(amount < 0 for _, amount in flows.dated):
        return None
    ends = ((period.start, opening), *flows.dated, (period.end, -closing))
    moved = [((day - period.start).days / _YEAR_DAYS, amount) for day, amount in ends if amount]
    if sum(amount for _, amount in moved) > 0 or not any(amount > 0 for _, amount in moved):
        return None
    return _solved(moved)


def _solved(moved: Sequence[tuple[float, int]]) -> Fraction | None:
    """Halving on the yearly rate: the dearer the money, the less the later payments are worth today."""
    def worth(rate: float) -> float:
        return float(sum(amount / (1 + rate) ** years for years, amount in moved))

    low, high = 0.0, _MOST_RATE
    if worth(high) < 0:
        return None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if worth(middle) < 0 else (low, middle)
    nominal = MONTHS * ((1 + (low + high) / 2) ** (1 / MONTHS) - 1)
    return Fraction(round(nominal * 1000), 1000)
