"""Sales that lines record stand: a stated margin that would have fewer gives way."""

from dataclasses import replace

from recon.core.finding import Finding
from recon.core.money import to_text
from recon.core.source import Source
from recon.ledger.control import Solution, fact
from recon.ledger.known import FORM, Known

_RULE = "rule:recorded_above_margin"


def stand(known: Known, solution: Solution, places: int) -> tuple[Known, bool]:
    """*known* without unrecorded sales where the margin finds fewer than none of them, and whether it does.

    The cost is then known and so are the sales; how far the stated margin is off shows in the checks of margin.
    """
    short = solution.value("cash_sales.unrecorded")
    if known.margin is None or solution.figures["total_sales"].equation != "margin" or short is None or short >= 0:
        return known, False
    told = Finding("recorded_above_margin", "look", Source(FORM, field=known.margin[1]), {
        "amount": to_text(-short, places), "sales": to_text((solution.value("total_sales") or 0) - short, places),
    })
    facts = {**known.facts, "cash_sales.unrecorded": fact(0, "estimated", _RULE)}
    return replace(known, facts=facts, findings=(*known.findings, told)), True
