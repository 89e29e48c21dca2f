"""The regulator's working-capital formula on true figures: the yardstick that a rebuilt need is held against."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from recon.core.money import divide, to_text

YEAR = 360


@dataclass(frozen=True, slots=True)
class Averages:
    """Opening and closing balances of what is tied up and owed, in minor units."""

    inventory: tuple[int, int]
    receivables: tuple[int, int]
    prepayments: tuple[int, int]
    payables: tuple[int, int]
    advances: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Need:
    """The formula's result: gross need and its inputs; money in minor units, days and ratios exact."""

    gross: int
    cycle: Fraction
    days: dict[str, Fraction]
    margin: Fraction
    growth: Fraction


def regulator(sales: int, cost: int, profit: int, growth: Decimal, held: Averages) -> Need:
    """Working capital = sales × (1 − margin) × (1 + growth) ÷ turns; turns = 360 ÷ the cycle in days (method §10).

    Receivables and advances turn over sales, stock, prepayments and payables over cost, on the average of opening and
    closing balances. A cycle of no days or fewer ties up nothing: the need is zero, never a division.
    """
    days = {
        "days_inventory": _days(held.inventory, cost), "days_receivables": _days(held.receivables, sales),
        "days_prepayments": _days(held.prepayments, cost), "days_payables": _days(held.payables, cost),
        "days_advances": _days(held.advances, sales),
    }
    cycle = (days["days_inventory"] + days["days_receivables"] + days["days_prepayments"]
             - days["days_payables"] - days["days_advances"])
    margin = Fraction(profit, sales) if sales else Fraction(0)
    exact = sales * (1 - margin) * (1 + Fraction(growth)) * cycle / YEAR if cycle > 0 else Fraction(0)
    return Need(divide(exact.numerator, exact.denominator), cycle, days, margin, Fraction(growth))


def _days(balance: tuple[int, int], flow: int) -> Fraction:
    return Fraction(sum(balance) * YEAR, 2 * flow) if flow else Fraction(0)


def ratio(value: Fraction) -> str:
    """A ratio or number of days as a decimal string of four places."""
    return to_text(divide(value.numerator * 10_000, value.denominator), 4)
