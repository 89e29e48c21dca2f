"""Interest inside level instalments: what the principal at both ends leaves over, held against the stated rate."""

from dataclasses import replace
from fractions import Fraction

from recon.core.facts import Case, Loan
from recon.core.finding import Finding
from recon.core.money import decimals, divide, to_text
from recon.core.period import Period
from recon.core.settings import settings
from recon.core.source import Source
from recon.ledger.control import Solution, fact
from recon.ledger.known import FORM, Known

_INTEREST = "interest_in_instalments"
#: Where that interest comes from when it is not found: what the rates ask for, less what was paid as interest.
BY_RATE = "rule:annual_rate"


def hold_to_rate(known: Known, solution: Solution, case: Case, period: Period) -> tuple[Known, bool]:
    """Interest that no rate explains gives way to the rate, so that the loans account shows what does not fit.

    A repayment that is none (or an instalment taken for something else) would otherwise pass as interest. Returns the
    facts and whether they changed.
    """
    found, paid = solution.figures.get(_INTEREST), solution.value("loan_interest_paid")
    if found is None or found.value is None or not found.equation or paid is None:
        return known, False
    low, high = _range(case, period)
    if found.value <= high and found.value + paid >= low and found.value >= 0:
        return known, False
    places = decimals(case.case.currency)
    told = Finding("interest_implausible", "serious", Source(FORM, field="loan"), {
        "found": to_text(found.value, places), "low": to_text(int(low), places), "high": to_text(int(high), places),
    })
    facts = {**known.facts, _INTEREST: fact(max(0, at_rate(case, period) - paid), "estimated", BY_RATE)}
    return replace(known, facts=facts, findings=(*known.findings, told)), True


def at_rate(case: Case, period: Period) -> int:
    """Interest of the period on the loans with instalments, the middle of what their rates allow, in minor units."""
    low, high = _range(case, period)
    middle = (low + high) / 2
    return divide(middle.numerator, middle.denominator)


def _range(case: Case, period: Period) -> tuple[Fraction, Fraction]:
    """Least and most interest of the period on all loans with instalments, in minor units.

    The rate on the mean of both balances over the months, widened by ``instalment_interest_band``; a loan drawn inside
    the period may have run for any part of it. Without a rate, up to ``instalment_rate_ceiling``.
    """
    entries = settings(case.settings)
    band = Fraction(str(entries.number("instalment_interest_band")))
    ceiling = Fraction(str(entries.number("instalment_rate_ceiling")))
    low = high = Fraction(0)
    for loan in case.loan:
        if loan.monthly_payment:
            middle = _interest(loan, ceiling if loan.annual_rate is None else Fraction(loan.annual_rate), period)
            high += middle * (1 + band)
            low += middle * (1 - band) if loan.annual_rate is not None and loan.opening else 0
    return low, high


def _interest(loan: Loan, rate: Fraction, period: Period) -> Fraction:
    """Annual *rate* on the mean balance; one drawn inside the period began with what its instalments have repaid."""
    months = len(period.months)
    before = loan.opening or (loan.closing or 0) + (loan.monthly_payment or 0) * months
    return rate * Fraction(before + (loan.closing or 0), 2) * months / 12
