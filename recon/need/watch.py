"""After the loan: the figures to watch with the values that call for a visit, and which loans are visited first."""

from collections.abc import Iterator
from fractions import Fraction

from recon.checks.check import Reason
from recon.checks.scope import Scope
from recon.core.facts import Case
from recon.core.money import decimals, to_display
from recon.core.settings import Settings
from recon.need.model import Borrowing, Capacity, Inspection, Method, Watch


def watch(
    scope: Scope, methods: tuple[Method, ...], room: Capacity, instalment: int | None, settings: Settings
) -> Iterator[Watch]:
    """Arrears, sales, margin, cash, days of customers and stock, debt and the largest customer; triggers are settings.

    *instalment* is the recommended loan's, in minor units; None where none is recommended.
    """
    fall, rise = (Fraction(settings.number(name)) for name in ("watch_revenue_share", "watch_stock_share"))
    yield Watch("arrears", Fraction(0), Fraction(settings.whole("watch_arrears_days")), "days", above=True)
    yield _times("sales", _month(scope), fall, "money", above=False)
    margin = _margin(scope)
    lower = None if margin is None else margin - Fraction(settings.number("watch_margin"))
    yield Watch("gross_margin", margin, lower, "ratio", above=False)
    yield Watch("cash", scope.line("B", 1, "close"), _known(instalment), "money", above=False)
    yield Watch("disposable", _known(room.monthly_disposable), _known(instalment), "money", above=False)
    cycle = next((m.inputs for m in methods if m.id == "cycle"), {})
    for name in ("receivables", "inventory"):
        entry = cycle.get(f"days_{name}")
        yield _times(f"{name}_days", entry.value if entry else None, rise, "days", above=True)
    owed = scope.line("B", 31, "close"), scope.line("B", 42, "close")
    debt = None if None in owed else sum((line for line in owed if line is not None), Fraction(0))
    yield Watch("debt", debt, debt, "money", above=True)
    share = scope.answer("customers.largest_share")
    if share is not None:
        yield _times("largest_customer", share, rise, "ratio", above=True)


def _known(amount: int | None) -> Fraction | None:
    return None if amount is None else Fraction(amount)


def _times(name: str, level: Fraction | None, share: Fraction, unit: str, *, above: bool) -> Watch:
    trigger = None if level is None else level * share
    if unit == "ratio" and trigger is not None:
        trigger = min(trigger, Fraction(1))
    return Watch(name, level, trigger, unit, above)  # type: ignore[arg-type] # one of the units of the model


def _month(scope: Scope) -> Fraction | None:
    """Sales of a month."""
    sales, months = scope.line("I", 1, "close"), scope.answer("period.months")
    return sales / months if sales is not None and months else None


def _margin(scope: Scope) -> Fraction | None:
    """Gross profit over sales."""
    sales, cost = scope.line("I", 1, "close"), scope.line("I", 2, "close")
    return (sales - cost) / sales if sales and cost is not None else None


def inspection(case: Case, amount: int | None, loans: tuple[Borrowing, ...], settings: Settings) -> Inspection:
    """Exceptional where anything is in arrears or a query came back adverse, large from a size on, else ordinary.

    *amount* is the recommended loan's, minor units; None where none is recommended.
    """
    places = decimals(case.case.currency)
    tolerable = settings.whole("watch_arrears_days")
    late = [loan for loan in loans if loan.overdue_days > 0]
    because = [
        Reason("arrears_tolerable" if loan.overdue_days <= tolerable else "arrears_alert",
               {"lender": loan.lender, "days": loan.overdue_days, "limit": tolerable}) for loan in late
    ]
    adverse = [name for name in case.queries.__struct_fields__ if getattr(case.queries, name) == "adverse"]
    if adverse:
        because.append(Reason("inspect_adverse"))
    large = settings.whole("inspection_large") * 10**places
    if amount is not None and amount >= large:
        told = {"amount": to_display(amount, places), "large": to_display(large, places)}
        because.append(Reason("inspect_large", told))
    kind = "exceptional" if late or adverse else "large" if because else "ordinary"
    return Inspection(kind, tuple(because) or (Reason("inspect_ordinary"),))  # type: ignore[arg-type] # one of three
