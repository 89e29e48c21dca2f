"""How long: a term matched to the cycle that it funds, under the regulator's caps (method §10)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from recon.checks.check import Reason
from recon.core.facts import Request
from recon.core.settings import Settings
from recon.need.model import Method

_MONTH_DAYS = 30


@dataclass(frozen=True, slots=True)
class Term:
    """The recommended term.

    Attributes:
        months: recommended.
        asked: months asked for; None where the request names none.
        cap: the regulator's most, in months.
        cycle: operating cycle in days, None where unknown.
        usual: what the cycle calls for, in months.
    """

    months: int
    asked: int | None
    cap: int
    cycle: Fraction | None
    usual: int

    @property
    def capped(self) -> bool:
        """Whether the term asked for is longer than the regulator allows."""
        return self.asked is not None and self.asked > self.cap

    def params(self) -> dict[str, object]:
        """For sentences."""
        days = "—" if self.cycle is None else int(self.cycle)
        return {"asked": self.asked or 0, "cap": self.cap, "months": self.months, "days": days, "usual": self.usual}

    def reasons(self) -> Iterable[Reason]:
        """What to say of the term asked for."""
        if self.capped:
            yield Reason("term_above_cap", self.params())
        elif self.asked is not None and self.asked > self.usual:
            yield Reason("term_above_cycle", self.params())
        elif self.asked is not None and self.cycle is not None and self.asked * _MONTH_DAYS < self.cycle:
            yield Reason("term_below_cycle", self.params())


def term(request: Request | None, methods: Sequence[Method], settings: Settings) -> Term:
    """The term asked for where it fits; else as long as the cycle calls for, never above the cap."""
    cycle = next((m.inputs["operating_cycle"].value for m in methods if m.id == "cycle"), None)
    long = cycle is not None and cycle > settings.whole("long_cycle_days")
    cap = settings.whole("term_cap_long_months" if long else "term_cap_months")
    two = 0 if cycle is None else -int(-2 * cycle // _MONTH_DAYS)
    usual = min(cap, max(settings.whole("term_usual_months"), two))
    asked = request.term_months if request is not None else None
    months = usual if asked is None else max(1, min(asked, cap))
    return Term(months, asked, cap, cycle, usual)
