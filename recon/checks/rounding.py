"""How exactly somebody knows what he says: an answer in round sums is known to half of its last step."""

from decimal import Decimal
from fractions import Fraction
from math import isqrt

_FIGURES = 2  # an answer in round thousands still means two leading figures
_STEPS = (Fraction(1, 20), Fraction(1, 100))  # shares are said in steps of five hundredths, or of one


def half_step(amount: int) -> int:
    """Half of the last place that an *amount* (minor units) was said in: 48,000.00 is known to 500.00 either way."""
    digits = str(abs(amount))
    zeros = len(digits) - len(digits.rstrip("0"))
    return int(10 ** max(0, min(zeros, len(digits) - _FIGURES))) // 2


def half_share(share: Fraction | Decimal) -> Fraction:
    """Half of the step that a *share* was said in: 0.35 is known to 0.025, 0.34 to 0.005, 0.3412 well enough."""
    exact = Fraction(share)
    return next((step / 2 for step in _STEPS if (exact / step).denominator == 1), Fraction(0))


def together(*errors: int | Fraction) -> int:
    """Independent *errors* as one: the root of the sum of their squares, in whole units."""
    return isqrt(int(sum((Fraction(each) ** 2 for each in errors), Fraction(0))))
