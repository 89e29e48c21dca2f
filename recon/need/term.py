"""How long: a term matched to the cycle that it funds, under the regulator's caps (method §10)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from recon.checks.check import Reason
from recon.checks.desk import choice
from recon.classify.names import COMPANY, who
from recon.core.facts import Case, Request
from recon.core.settings import Settings
from recon.need.answers import span
from recon.need.model import Method

_MONTH_DAYS = 30
DEFAULT_REPAYMENT = "annuity"
#: Forms that pay the principal back month by month: on average half of the term is used.
AMORTISED = ("annuity", "level_principal", "seasonal")


@dataclass(frozen=True, slots=True)
class Term:
    """The recommended term.

    Attributes:
        months: recommended.
        asked: months asked for; None where the request names none.
        cap: the regulator's most, in months.
        cycle: operating cycle in days, or the longest order's where that is longer; None where unknown.
        usual: what the cycle calls for, in months.
        longest: the longest term that funds such a cycle, in months: twice the usual one where the principal is paid
            back month by month, for then it is owed half of the time.
    """

    months: int
    asked: int | None
    cap: int
    cycle: Fraction | None
    usual: int
    longest: int

    @property
    def shortened(self) -> bool:
        """Whether the term asked for is longer than the cycle or the regulator allows."""
        return self.asked is not None and self.asked > self.months

    @property
    def capped(self) -> bool:
        """Whether it is the regulator who forbids the term asked for."""
        return self.asked is not None and self.asked > self.cap

    def params(self) -> dict[str, object]:
        """For sentences."""
        days = "—" if self.cycle is None else int(self.cycle)
        return {"asked": self.asked or 0, "cap": self.cap, "months": self.months, "days": days, "usual": self.usual}

    def reasons(self) -> Iterable[Reason]:
        """What to say of the term asked for."""
        if self.capped:
            yield Reason("term_above_cap", self.params())
        elif self.shortened:
            yield Reason("term_above_cycle", self.params())
        elif self.asked is not None and self.cycle is not None and self.asked * _MONTH_DAYS < self.cycle:
            yield Reason("term_below_cycle", self.params())


def term(case: Case, methods: Sequence[Method], settings: Settings) -> Term:
    """The term asked for where it fits; else as long as the cycle calls for, never above the cap."""
    found = next((m.inputs["operating_cycle"].value for m in methods if m.id == "cycle"), None)
    spans = [Fraction(days) for order in case.order if (days := span(order)) is not None]
    cycle = max([*spans, *([] if found is None else [found])], default=None)
    long = cycle is not None and cycle > settings.whole("long_cycle_days")
    kind = "person_" if borrower(case, settings) == "person" else ""
    cap = settings.whole(f"term_cap_{kind}long_months" if long else f"term_cap_{kind}months")
    two = 0 if cycle is None else -int(-2 * cycle // _MONTH_DAYS)
    usual = min(cap, max(settings.whole("term_usual_months"), two))
    longest = min(cap, 2 * usual) if form(case.request) in AMORTISED else usual
    asked = case.request.term_months if case.request is not None else None
    months = usual if asked is None else max(1, min(asked, longest))
    return Term(months, asked, cap, cycle, usual, longest)


def form(request: Request | None) -> str:
    """The repayment form asked for, or the usual one."""
    return (request.repayment if request is not None else None) or DEFAULT_REPAYMENT


def borrower(case: Case, settings: Settings) -> str:
    """``company`` or ``person``: as the setting says, else a person where an owner is named and no company is."""
    said = choice(settings, "borrower", ("auto", "company", "person"))
    if said != "auto":
        return said
    return "person" if case.owner.name and who(case.case.name) != COMPANY else "company"
