"""What no cash shows: depreciation and disposals by asset, accrued and prepaid expenses by category."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from recon.core.facts import Accrual, Case, FixedAsset
from recon.core.money import divide, spread
from recon.core.period import Period, month_index


@dataclass(frozen=True, slots=True)
class Schedule:
    """One asset over the period; minor units.

    Attributes:
        name: as in the form.
        opening_cost, opening_accumulated: at the period's start; zero for an asset bought later.
        bought: cost of what was bought inside the period.
        months: depreciation charged in each month of the period.
        sold_month: index of the month of sale inside the period, or None.
        disposed: carrying amount when sold.
        released: accumulated depreciation released by the sale.
        proceeds: stated proceeds, None where not stated.
    """

    name: str
    opening_cost: int
    opening_accumulated: int
    bought: int
    months: tuple[int, ...]
    sold_month: int | None = None
    disposed: int = 0
    released: int = 0
    proceeds: int | None = None


def schedules(case: Case, period: Period) -> list[Schedule]:
    """Every ``[[fixed_asset]]`` over *period* (an asset sold before it is left out)."""
    rule = case.adjust.depreciation
    charge = rule is not None and rule.amount is None
    return [
        _schedule(asset, period, charge=charge)
        for asset in case.fixed_asset
        if (asset.sold is None or asset.sold >= period.start) and (asset.bought is None or asset.bought <= period.end)
    ]


def _schedule(asset: FixedAsset, period: Period, *, charge: bool) -> Schedule:
    first, months = month_index(period.start), len(period.months)
    sold = None if asset.sold is None or asset.sold > period.end else month_index(asset.sold) - first
    before = asset.bought is None or asset.bought < period.start
    opening = accumulated(asset, first, period) if before else 0
    ends = [accumulated(asset, first + i + 1, period) for i in range(months)]
    held = months if sold is None else sold + 1
    steps = [b - a for a, b in zip([opening, *ends[:-1]], ends, strict=True)]
    charged = tuple((steps[i] if i < held else 0) if charge else 0 for i in range(months))
    released = opening + sum(charged) if sold is not None else 0
    return Schedule(
        asset.name, asset.cost if before else 0, opening, 0 if before else asset.cost, charged, sold,
        asset.cost - released if sold is not None else 0, released, asset.proceeds,
    )


def accumulated(asset: FixedAsset, before: int, period: Period) -> int:
    """Depreciation of *asset* up to the start of month *before* (months since year 0), in minor units.

    Straight line spreads cost less residual over the life by month, from the month after purchase (the Chinese
    small-enterprise standard, art. 31); an annual *rate* applies to cost, to the carrying amount at each year's start
    (``net``), or for a whole period to what is held at its end (``closing``). Without life or rate it is zero.
    """
    base = asset.cost - (asset.residual or 0)
    if asset.rate is not None and asset.base == "closing":
        elapsed = before - month_index(period.start)
        return min(base, _part(asset.cost * max(0, elapsed), asset.rate)) if elapsed > 0 else 0
    start = month_index(asset.bought) + 1 if asset.bought else month_index(period.start)
    elapsed = max(0, before - start)
    if asset.life_months:
        return divide(base * min(elapsed, asset.life_months), asset.life_months)
    if asset.rate is None:
        return 0
    if asset.base == "cost":
        return min(base, _part(asset.cost * elapsed, asset.rate))
    return _reducing(asset.cost, base, Fraction(asset.rate), elapsed)


def _part(cost_months: int, rate: object) -> int:
    share = Fraction(str(rate)) / 12 * cost_months
    return divide(share.numerator, share.denominator)


def _reducing(cost: int, base: int, rate: Fraction, elapsed: int) -> int:
    """Reducing balance: each twelve months charge *rate* on the carrying amount at their start."""
    charged = 0
    for start in range(0, elapsed, 12):
        year = (cost - charged) * rate * min(12, elapsed - start) / 12
        charged = min(base, charged + divide(year.numerator, year.denominator))
    return charged


def rated_depreciation(case: Case, held: int, period: Period) -> int:
    """``[adjust] depreciation_rate`` (a year's) on *held*, minor units, for the months of *period*."""
    return _part(held * len(period.months), case.adjust.depreciation_rate)


def accruals(rows: Sequence[Accrual], kind: str, at: str) -> dict[str, int]:
    """Minor units by category of the ``[[adjust.accrual]]`` rows of one kind at one end."""
    totals: dict[str, int] = {}
    for row in rows:
        if row.kind == kind and row.at == at:
            totals[row.category] = totals.get(row.category, 0) + row.amount
    return totals


def evenly(total: int, months: int) -> list[int]:
    """*total* over *months* equal months, in whole minor units."""
    return spread(total, [1] * months)


def long_term(due: dt.date | None, period: Period) -> bool:
    """Whether a loan falls due more than twelve months after the period's end."""
    return due is not None and month_index(due) - month_index(period.end) > 12  # noqa: PLR2004 - a year of months
