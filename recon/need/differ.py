"""Why the roads to the need differ: what one counts and the other does not, in money."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from recon.checks.check import Reason
from recon.checks.desk import whole
from recon.core.money import decimals, to_display
from recon.need.model import Method


def differ(methods: Sequence[Method], currency: str) -> Iterator[Reason]:
    """From the regulator's working capital to that of the cycle, step by step, and why the cash gap differs."""
    by_id = {method.id: method for method in methods}
    places = decimals(currency)
    steps = _steps(by_id)
    if steps is not None:
        shown = {name: to_display(whole(value), places) for name, value in steps.items()}
        yield Reason("differ_cycle", shown)
    gap = by_id.get("cash_gap")
    others = [m.limit for name, m in by_id.items() if name in ("regulator", "cycle") and m.limit is not None]
    if gap is not None and gap.limit is not None and others and gap.limit < max(others):
        cash = gap.inputs["cash"].value or Fraction(0)
        params = {"cash": to_display(whole(cash), places), "gap": to_display(gap.limit, places)}
        yield Reason("differ_cash", params)
    if "order" in by_id:
        yield Reason("differ_order")


def _steps(by_id: Mapping[str, Method]) -> dict[str, Fraction] | None:
    """Both amounts and the three steps between them, which add up exactly; None where one is unknown or not above 0."""
    if not {"regulator", "cycle"} <= by_id.keys():
        return None
    one = {name: each.value for name, each in by_id["regulator"].inputs.items()}
    two = {name: each.value for name, each in by_id["cycle"].inputs.items()}
    first, second = one["working_capital"], two["working_capital"]
    growth, ahead = one["growth"], (one["days_prepayments"], one["days_advances"])
    days = one["cycle_days"]
    if not first or not second or growth is None or days is None or None in ahead or growth <= -1:
        return None
    still = first / (1 + growth)
    advances = still * ((ahead[0] or Fraction(0)) - (ahead[1] or Fraction(0))) / days
    return {
        "regulator": first, "growth": first - still, "advances": advances, "cost": still - advances - second,
        "cycle": second,
    }
