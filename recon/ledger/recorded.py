"""Sales that lines record stand: a stated margin that would have fewer gives way."""

from dataclasses import replace
from fractions import Fraction

from recon.core.finding import Finding
from recon.core.money import to_text
from recon.core.source import Source
from recon.ledger.control import Solution, fact, solve
from recon.ledger.known import FORM, Known

RULE, UNRECORDED = "rule:recorded_above_margin", "cash_sales.unrecorded"


def stand(known: Known, solution: Solution, places: int) -> tuple[Known, bool]:
    """*known* without unrecorded sales where the margin finds fewer than none of them, and whether it does.

    The cost is then known and so are the sales; how far the stated margin is off shows in the checks of margin.
    """
    short = solution.value(UNRECORDED)
    if known.margin is None or solution.figures["total_sales"].equation != "margin" or short is None or short >= 0:
        return known, False
    told = Finding("recorded_above_margin", "look", Source(FORM, field=known.margin[1]), {
        "amount": to_text(-short, places), "sales": to_text((solution.value("total_sales") or 0) - short, places),
    })
    facts = {**known.facts, UNRECORDED: fact(0, "estimated", RULE)}
    return replace(known, facts=facts, findings=(*known.findings, told)), True


def with_margin(known: Known, share: Fraction) -> Solution:
    """What would follow from *known* if the owner had stated a margin of *share*; recorded sales stand here too."""
    facts = {name: figure for name, figure in known.facts.items() if figure.source != RULE}
    other = replace(known, facts=facts, margin=(share, known.margin[1] if known.margin else ""))
    found = solve(other.system, other.facts, other.fallbacks, other.margin)
    other, recorded = stand(other, found, 0)
    return solve(other.system, other.facts, other.fallbacks, other.margin) if recorded else found
