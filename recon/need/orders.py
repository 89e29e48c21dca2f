"""The need by order or stocking plan: the contract that the money is for (method §10)."""

from fractions import Fraction

from recon.checks.check import Reason
from recon.checks.desk import whole
from recon.checks.scope import Scope
from recon.core.facts import Case
from recon.core.money import decimals, to_display
from recon.core.settings import Settings
from recon.need.formulas import calculate
from recon.need.model import Method
from recon.need.working_capital import missing


def orders(case: Case, scope: Scope, settings: Settings) -> Method | None:
    """Cash that orders and plans have out at one time, less own funds; None where the form names none.

    The range's high end counts on none of the dates: everything out at once.
    """
    if not case.order:
        return None
    inputs = calculate("order", scope, settings)
    value, funds = inputs["new_limit"].value, inputs["own_funds"].value
    if value is None or funds is None:
        return Method("order", None, None, None, inputs, (missing(inputs),), None, None)
    amount = whole(value)
    others = funds + (inputs["other_funding"].value or 0)
    parts = [inputs[name].value or 0 for name in ("cost", "paid", "deposits", "credit")]
    at_once = max(amount, whole(parts[0] - sum(parts[1:]) - others))
    places = decimals(case.case.currency)
    shown: dict[str, object] = {n: to_display(whole(each.value or Fraction(0)), places) for n, each in inputs.items()}
    because = [Reason("order_peak", {**shown, "count": len(case.order)})]
    losing = [o.customer or "—" for o in case.order if o.amount is not None and o.amount <= o.cost]
    if losing:
        because.append(Reason("order_loses", {"names": ", ".join(losing)}))
    return Method("order", amount, amount, at_once, inputs, tuple(because), amount, amount)
