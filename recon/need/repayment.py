"""Repayment: instalments in whole minor units, what a month can carry, and the largest loan that it repays."""

from collections.abc import Sequence
from fractions import Fraction

from recon.core.money import divide, spread
from recon.need.model import Instalment

MONTHS = 12


def rounded(value: Fraction) -> int:
    """Whole minor units, half away from zero."""
    return divide(value.numerator, value.denominator)


def annuity_factor(annual_rate: Fraction, months: int) -> Fraction:
    """What one unit of level monthly payment repays: (1 − (1 + r)^−n) ÷ r, or n where the rate is zero."""
    rate = annual_rate / MONTHS
    return (1 - (1 + rate) ** -months) / rate if rate else Fraction(months)


def annuity(amount: int, annual_rate: Fraction, months: int) -> list[Instalment]:
    """Level payments (等额本息); the last one closes the loan exactly."""
    level = rounded(amount / annuity_factor(annual_rate, months))
    left, schedule = amount, []
    for month in range(months):
        interest = rounded(left * annual_rate / MONTHS)
        principal = left if month == months - 1 else min(left, level - interest)
        schedule.append(Instalment(principal, interest))
        left -= principal
    return schedule


def level_principal(amount: int, annual_rate: Fraction, months: int) -> list[Instalment]:
    """Equal principal each month and interest on what is left (等额本金)."""
    return _with_interest(amount, annual_rate, spread(amount, [1] * months))


def bullet(amount: int, annual_rate: Fraction, months: int) -> list[Instalment]:
    """Interest each month and the principal at the end (先息后本)."""
    return _with_interest(amount, annual_rate, [0] * (months - 1) + [amount])


def seasonal(amount: int, annual_rate: Fraction, weights: Sequence[int]) -> list[Instalment]:
    """Principal by the season: month i repays in proportion to *weights*[i], what that month usually leaves."""
    return _with_interest(amount, annual_rate, spread(amount, weights))


def _with_interest(amount: int, annual_rate: Fraction, principals: Sequence[int]) -> list[Instalment]:
    left, schedule = amount, []
    for principal in principals:
        schedule.append(Instalment(principal, rounded(left * annual_rate / MONTHS)))
        left -= principal
    return schedule


def schedule(amount: int, annual_rate: Fraction, months: int, repayment: str) -> list[Instalment]:
    """The payments of a loan by its repayment form; ``free`` (随借随还) is judged as interest then principal."""
    return (annuity if repayment == "annuity" else bullet)(amount, annual_rate, months)


def regular(payments: Sequence[Instalment]) -> int:
    """The largest payment of a month, the principal that falls due at the very end left out."""
    body = payments[:-1] if len(payments) > 1 and not payments[0].principal else payments
    return max((each.total for each in body), default=0)


def affordable(budget: int, annual_rate: Fraction, months: int, repayment: str) -> int:
    """The largest loan that *budget* (minor units a month) services over *months*, rounded down.

    Level instalments repay the principal out of the months' surplus. Of a loan repaid at its end the surplus carries
    the interest, and the principal comes back with the stock and receivables that it funded: the need bounds that one.
    """
    if budget <= 0:
        return 0
    level = repayment == "annuity" or not annual_rate
    most = budget * annuity_factor(annual_rate, months) if level else budget * MONTHS / annual_rate
    return most.numerator // most.denominator
