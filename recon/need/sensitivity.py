"""How sure: what bad times leave, what would make the request right, how wrong each assumption may be."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from recon.checks.check import Reason
from recon.checks.desk import percent, whole
from recon.checks.scope import Fact, Scope
from recon.core.settings import Settings
from recon.need.model import Capacity, Method, Stress, Swing, Unit, Would
from recon.need.repayment import regular, schedule

#: Rows of ``templates/need/capacity.tsv`` and the setting that says how bad the times are.
STRESSES = {
    "sales_down": "stress_sales", "margin_down": "stress_margin", "collected_late": "stress_days",
    "customer_lost": "",
}
#: Assumptions by the answer that moves them: setting of the step, unit, and the farthest that is tried either way.
ASSUMPTIONS: Mapping[str, tuple[str, str, Unit, int]] = {
    "sales": ("shift_sales", "swing_share", "ratio", 1),
    "margin": ("shift_margin", "swing_margin", "ratio", 1),
    "inventory_days": ("shift_inventory_days", "swing_days", "days", 360),
    "receivable_days": ("shift_receivable_days", "swing_days", "days", 360),
    "payable_days": ("shift_payable_days", "swing_days", "days", 360),
    "own_funds": ("request.own_funds", "swing_share", "ratio", 1),
    "household": ("stated.household", "swing_share", "ratio", 1),
}
_STEPS = 12
_CLOSE = 100  # minor units: a turning point is told in whole days and tenths of a per cent


def stress(room: Capacity, instalment: int | None, scope: Scope, settings: Settings) -> Iterator[Stress]:
    """What each hardship leaves of a month, and whether that still carries *instalment* (minor units)."""
    for name, setting in STRESSES.items():
        left = room.inputs[name].value
        share = scope.answer("customers.largest_share") if not setting else Fraction(settings.number(setting))
        if left is None or share is None:
            continue
        size = f"{share}" if name == "collected_late" else percent(share)
        yield Stress(name, size, whole(left), holds=left >= (instalment or 0))


def stress_reasons(stresses: Sequence[Stress], instalment: int, text: Callable[[int], str]) -> Iterator[Reason]:
    """Each hardship under which a month no longer leaves *instalment*; one sentence where all of them are borne."""
    broken = [each for each in stresses if not each.holds]
    for each in broken:
        yield Reason(each.name, {"size": each.size, "left": text(each.left), "instalment": text(instalment)})
    if stresses and not broken:
        worst = min(each.left for each in stresses)
        yield Reason("stress_held", {"left": text(worst), "instalment": text(instalment)})


# -- what would have to be true -------------------------------------------------------------------------------------


def would_be_right(
    methods: Sequence[Method], room: Capacity, request: int, months: int, repayment: str, settings: Settings
) -> Iterator[Would]:
    """Each figure by itself at which need or capacity would reach *request* (minor units) over *months*."""
    regulator = next(m for m in methods if m.id == "regulator")
    needed = max((m.limit for m in methods if m.limit is not None), default=None)
    if needed is not None and needed < request:
        yield from _by_need(regulator, Fraction(request), settings.whole("days_in_year"))
    if room.monthly_disposable is not None and room.affordable is not None and room.affordable < request:
        share = Fraction(settings.number("instalment_share"))
        payment = regular(schedule(request, room.annual_rate, months, repayment))
        if share > 0:
            yield Would("disposable", Fraction(room.monthly_disposable), payment / share, "money")


def _by_need(method: Method, request: Fraction, year: int) -> Iterator[Would]:
    """Cycle, sales or own funds that the regulator's formula would need to ask for *request* as new money."""
    value = {name: each.value for name, each in method.inputs.items()}
    names = ("sales", "margin", "growth", "cycle_days", "own_funds", "working_capital", "before_floor")
    if any(value[name] is None for name in names):
        return
    sales, margin, growth, days, own, gross, net = (Fraction(value[name] or 0) for name in names)
    missing = request - net
    yearly, coming = sales * (1 - margin) * (1 + growth), sales * (1 + growth)
    if yearly > 0:
        yield Would("cycle_days", days, max(days, Fraction(0)) + missing * year / yearly, "days")
    if gross > 0:
        yield Would("sales", coming, coming * (1 + missing / gross), "money")
    if own >= missing:
        yield Would("own_funds", own, own - missing, "money")


# -- how wrong each assumption may be -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judged:
    """The case as judged: its answers, the most that could be lent under others, and the amount asked for.

    *most* is the least of all bounds but the request, in minor units, None where it cannot be known.
    """

    scope: Scope
    most: Callable[[Scope], int | None]
    request: int
    base: int
    own_funds: Fraction | None
    household: Fraction | None

    def moved(self, name: str, change: Fraction) -> int | None:
        """The most that could be lent with one assumption moved by *change*."""
        answer = ASSUMPTIONS[name][0]
        held = {"own_funds": self.own_funds, "household": self.household}.get(name)
        fact = Fact(change, "number") if held is None else Fact(held * (1 + change), "money")
        exact = {"household.rounding": Fact(Fraction(0), "money")} if name == "household" else {}
        return self.most(replace(self.scope, answers={**self.scope.answers, answer: fact, **exact}))


def swings(case: Judged, settings: Settings) -> list[Swing]:
    """Every assumption that moves the amount or may turn the verdict, the widest first."""
    found = []
    for name, (_, setting, unit, most) in ASSUMPTIONS.items():
        if name in ("own_funds", "household") and not getattr(case, name):
            continue
        step = Fraction(settings.number(setting))
        down, up = case.moved(name, -step), case.moved(name, step)
        if down is None or up is None:
            continue
        turns = _turns(case, name, Fraction(most))
        down, up = (max(0, min(case.request, amount)) for amount in (down, up))
        if down != up or turns is not None:
            found.append(Swing(name, step, unit, down, up, turns))
    return sorted(found, key=lambda each: -abs(each.up - each.down))


def _turns(case: Judged, name: str, most: Fraction) -> Fraction | None:
    """The smallest change either way at which the request is granted where it was not, or not where it was."""
    points = [p for sign in (-1, 1) if (p := _turn(case, name, sign * most)) is not None]
    return min(points, key=abs, default=None)


def _turn(case: Judged, name: str, most: Fraction) -> Fraction | None:
    """The change between none and *most* at which the answer turns; None where it stands at *most*.

    What could be lent is made of straight pieces, so a straight line between two points on either side finds the turn
    in a few steps; the side is kept as it was at the start.
    """
    near, far = Fraction(0), most
    above, below = case.base - case.request, (case.moved(name, far) or 0) - case.request
    granted = above >= 0
    if (below >= 0) == granted:
        return None
    for _ in range(_STEPS):
        middle = near + (far - near) * Fraction(above, above - below) if above != below else (near + far) / 2
        gap = (case.moved(name, middle) or 0) - case.request
        if abs(gap) <= _CLOSE:
            return middle
        if (gap >= 0) == granted:
            near, above = middle, gap
        else:
            far, below = middle, gap
    return (near + far) / 2
