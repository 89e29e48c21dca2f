"""Ratios against what is usual in the trade, as data: a figure outside the band is asked about, never accused."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from recon.checks.check import Check, Reason, Unit
from recon.checks.desk import Desk, percent, ratio, title, unknown, whole
from recon.checks.equity import over_period
from recon.core.finding import Words
from recon.core.knowledge import table
from recon.statements.expression import Node, evaluate, parse

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Norm:
    """One ratio: its expression (``recon.statements.expression``), its unit, and the band of each trade.

    *lever* is what a unit of the ratio is worth in money, to say by how much a position or flow would be off.
    """

    id: str
    unit: Unit
    ratio: Node
    lever: Node
    bands: dict[str, tuple[Fraction, Fraction]]


@cache
def norms() -> tuple[Norm, ...]:
    """The ratios of ``templates/checks/norms.tsv``: one row a ratio and trade, in their order."""
    columns = ("id", "unit", "trade", "low", "high", "ratio", "lever")
    found: dict[str, Norm] = {}
    for row in table("checks/norms.tsv", columns):
        made = Norm(row["id"], row["unit"], parse(row["ratio"]), parse(row["lever"]), {})  # type: ignore[arg-type] # a slip here fails the tests
        found.setdefault(row["id"], made).bands[row["trade"]] = Fraction(row["low"]), Fraction(row["high"])
    return tuple(found.values())


def usual(desk: Desk) -> Iterator[Check]:
    """Every ratio of the table against the band of the case's trade."""
    for norm in norms():
        yield _judged(norm, desk)


def _judged(norm: Norm, desk: Desk) -> Check:
    value = evaluate(norm.ratio, desk.scope)
    band = norm.bands.get(desk.case.case.trade, norm.bands.get("*"))
    if value is None or band is None:
        return unknown(norm.id, "cross", "norm_unknown", norm.unit)
    low, high = band
    nearest = min(max(value, low), high)
    params = {"value": _text(value, norm.unit), "low": _text(low, norm.unit), "high": _text(high, norm.unit)}
    because = [Reason("norm_within" if nearest == value else "norm_outside", params)]
    excuse = _INNOCENT[norm.id](desk) if nearest != value and norm.id in _INNOCENT else None
    if nearest != value:
        because.append(excuse or Reason(f"{norm.id}_{'low' if value < low else 'high'}"))
    lever = evaluate(norm.lever, desk.scope)
    apart = None if lever is None or nearest == value else whole((value - nearest) * lever)
    return Check(norm.id, "cross", "pass" if nearest == value or excuse else "explain", title(norm.id), ratio(nearest),
                 ratio(value), 0, norm.unit, tuple(because), ("templates/checks/norms.tsv",), amount=apart)


def _own_means(desk: Desk) -> Reason | None:
    """Why a household may draw more than the profit: net worth counted at the start carried it, and fell by as much."""
    value = desk.ledger.value
    taken = [value(name) for name in ("drawings", "goods_taken_by_owner", "net_profit")]
    owned = value("opening.equity")
    if None in taken or owned is None or over_period(desk, "equity").outcome != "pass":
        return None
    used = (taken[0] or 0) + (taken[1] or 0) - (taken[2] or 0)
    return Reason("norm_own_means", {"used": desk.text(used), "owned": desk.text(owned)}) if used <= owned else None


#: What may explain a ratio that is unusual, and is looked for in the books before anybody is asked.
_INNOCENT: Mapping[str, Callable[[Desk], Reason | None]] = {"norm_household": _own_means}


def _text(value: Fraction, unit: Unit) -> str | Words:
    """A ratio as people read it: a percentage, or days."""
    days = ratio(value).quantize(_TENTH)
    return percent(value) if unit == "ratio" else Words(f"{days} 天", f"{days} days")


NORMS = (usual,)
