"""Guarantors: strength × willingness, joint liability, and net assets against the exposure (method §11)."""

from collections.abc import Callable, Iterable
from fractions import Fraction

from recon.checks.check import Reason
from recon.checks.desk import whole
from recon.core.facts import Case
from recon.core.settings import Settings

#: Guarantors beyond which each looks to the others, and how far strength × will may differ between them.
_MANY, _UNEVEN = 4, 5


def strength(case: Case) -> int | None:
    """Σ net assets × willingness, minor units; either one zero makes a guarantor worth nothing. None without any."""
    known = [g for g in case.guarantor if g.net_assets is not None]
    if not known:
        return None
    weighed = ((g.net_assets or 0) * Fraction(1 if g.willingness is None else g.willingness) for g in known)
    return whole(sum(weighed, Fraction(0)))


def guarantee(case: Case, settings: Settings, text: Callable[[int], str]) -> Iterable[Reason]:
    """Whether the guarantors cover the request, and who of them has not signed jointly."""
    held = strength(case)
    if case.request is None or held is None:
        return
    wanted = whole(case.request.amount * Fraction(settings.number("guarantee_cover")))
    code = "guarantee_covers" if held >= wanted else "guarantee_short"
    yield Reason(code, {"held": text(held), "wanted": text(wanted), "times": settings.number("guarantee_cover")})
    yield from _together(case)
    alone = [g.name for g in case.guarantor if not g.joint]
    if alone:
        yield Reason("guarantee_not_joint", {"names": ", ".join(alone)})


def _together(case: Case) -> Iterable[Reason]:
    """Whether the guarantors can act together: alike in strength × will, and not too many."""
    if len(case.guarantor) > _MANY:
        yield Reason("guarantee_many", {"count": len(case.guarantor)})
    weights = {
        g.name: g.net_assets * Fraction(1 if g.willingness is None else g.willingness)
        for g in case.guarantor if g.net_assets is not None
    }
    if len(weights) > 1 and max(weights.values()) > _UNEVEN * min(weights.values()):
        yield Reason("guarantee_uneven", {"names": ", ".join(weights)})
