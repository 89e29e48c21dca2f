"""Repayment: instalments in whole minor units, what a month can carry, and the largest loan that it repays."""

from collections.abc import Mapping, Sequence
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


def schedule(
    amount: int, annual_rate: Fraction, months: int, repayment: str, weights: Sequence[int] = ()
) -> list[Instalment]:
    """The payments of a loan by its repayment form; ``free`` (随借随还) is judged as interest then principal.

    Args:
        amount: minor units.
        annual_rate: of the year.
        months: term.
        repayment: form of ``Request.repayment``.
        weights: for ``seasonal``, what each of the *months* usually leaves; without any it is level principal.
    """
    if repayment == "seasonal" and any(weights):
        return seasonal(amount, annual_rate, weights)
    made = {"annuity": annuity, "level_principal": level_principal, "seasonal": level_principal}
    return made.get(repayment, bullet)(amount, annual_rate, months)


def season(left: Mapping[str, int], months: int) -> list[int]:
    """What each of the coming *months* may be expected to leave, none below zero, from months ``YYYY-MM`` gone by.

    A month takes the mean of its namesakes; one that the period never saw takes the mean of all.
    """
    if not left:
        return [0] * months
    namesakes: dict[int, list[int]] = {}
    for name, amount in left.items():
        namesakes.setdefault(int(name[-2:]), []).append(amount)
    usual = sum(left.values()) // len(left)
    means = {number: sum(amounts) // len(amounts) for number, amounts in namesakes.items()}
    first = int(max(left)[-2:])
    return [max(0, means.get((first + n) % MONTHS + 1, usual)) for n in range(months)]


def runs_dry(payments: Sequence[Instalment], left: Sequence[int], cash: int) -> int | None:
    """The first month (0 is the first) in which *cash* and what the months leave no longer cover the payments.

    The principal that falls due at the very end of a bullet loan comes back with what it funded, so it is left out.
    """
    until = len(payments) - 1 if _bullet(payments) else len(payments)
    for number, (payment, rest) in enumerate(zip(payments[:until], left, strict=False)):
        cash += rest - payment.total
        if cash < 0:
            return number
    return None


def regular(payments: Sequence[Instalment]) -> int:
    """The largest payment of a month, the principal that falls due at the very end left out."""
    body = payments[:-1] if _bullet(payments) else payments
    return max((each.total for each in body), default=0)


def _bullet(payments: Sequence[Instalment]) -> bool:
    """Whether all principal falls due at the very end."""
    return len(payments) > 1 and not any(each.principal for each in payments[:-1])


def affordable(budget: int, annual_rate: Fraction, months: int, repayment: str) -> int:
    """The largest loan that *budget* (minor units a month) services over *months*, rounded down.

    Level instalments repay the principal out of the months' surplus. Of a loan repaid at its end the surplus carries
    the interest, and the principal comes back with the stock and receivables that it funded: the need bounds that one.
    """
    if budget <= 0:
        return 0
    level = repayment in ("annuity", "level_principal", "seasonal") or not annual_rate
    most = budget * annuity_factor(annual_rate, months) if level else budget * MONTHS / annual_rate
    return most.numerator // most.denominator
