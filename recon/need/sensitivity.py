"""How sure: what bad times leave of the capacity, what would make the request right, how much room the verdict has."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from recon.checks.check import Reason
from recon.checks.desk import percent, whole
from recon.core.settings import Settings
from recon.need.model import Capacity, Method, Recommended

#: Rows of ``templates/need/capacity.tsv`` and the setting that says how bad the times are.
STRESSES = {"sales_down": "stress_sales", "margin_down": "stress_margin", "collected_late": "stress_days"}


def stress(room: Capacity, settings: Settings, text: Callable[[int], str]) -> Iterator[Reason]:
    """Each hardship under which a month no longer leaves the instalment of the request."""
    for name, setting in STRESSES.items():
        left = room.inputs[name].value
        if left is not None and room.instalment and left < room.instalment:
            size = settings.number(setting)
            told = f"{size}" if name == "collected_late" else percent(size)
            yield Reason(name, {"size": told, "left": text(whole(left)), "instalment": text(room.instalment)})


def would_be_right(methods: Sequence[Method], requested: int) -> Iterator[Reason]:
    """The cycle that the regulator's formula would need for the requested amount to be the new limit."""
    method = next(m for m in methods if m.id == "regulator")
    values = {name: each.value for name, each in method.inputs.items()}
    needed = [values[name] for name in ("working_capital", "before_floor", "cycle_days")]
    if None in needed:
        return
    gross, net, days = (value for value in needed if value is not None)
    if gross > 0 and net < requested:
        wanted = days * (requested - net + gross) / gross
        yield Reason("would_need_cycle", {"wanted": whole(wanted), "days": whole(days)})


def headroom(what: Recommended, need_high: int, room: Capacity) -> Iterator[Reason]:
    """By how much need and capacity may each be wrong before a justified amount no longer is."""
    if need_high > 0 and room.affordable:
        yield Reason("headroom", {
            "need": percent(1 - Fraction(what.amount, need_high)),
            "capacity": percent(1 - Fraction(what.amount, room.affordable)),
        })
