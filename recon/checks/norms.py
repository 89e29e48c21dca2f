"""Ratios against what is usual in the trade, as data: a figure outside the band is asked about, never accused."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from recon.checks.check import Check, Reason, Unit
from recon.checks.desk import Desk, percent, ratio, title, unknown, whole
from recon.core.knowledge import table
from recon.statements.expression import Node, evaluate, parse


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
    side = "low" if value < low else "high"
    params = {"value": _text(value, norm.unit), "low": _text(low, norm.unit), "high": _text(high, norm.unit)}
    because = [Reason("norm_within" if nearest == value else "norm_outside", params)]
    if nearest != value:
        because.append(Reason(f"{norm.id}_{side}"))
    lever = evaluate(norm.lever, desk.scope)
    apart = None if lever is None or nearest == value else whole((value - nearest) * lever)
    return Check(norm.id, "cross", "pass" if nearest == value else "explain", title(norm.id), ratio(nearest),
                 ratio(value), 0, norm.unit, tuple(because), ("templates/checks/norms.tsv",), amount=apart)


def _text(value: Fraction, unit: Unit) -> str:
    """A ratio as people read it."""
    return percent(value) if unit == "ratio" else str(ratio(value).quantize(ratio(Fraction(1)).scaleb(3)))


NORMS = (usual,)
