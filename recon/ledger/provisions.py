"""Provisions for receivables, where the standard of the case has them."""

from dataclasses import replace
from fractions import Fraction

from recon.core.facts import Case
from recon.core.finding import Finding
from recon.core.knowledge import document
from recon.core.money import decimals, divide, to_text
from recon.core.settings import settings
from recon.core.source import Source
from recon.ledger.control import Solution, fact
from recon.ledger.known import FORM, Known

_RATE = "adjust.provision_rate"


def provide(known: Known, solution: Solution, case: Case) -> tuple[Known, bool]:
    """``[adjust] provision_rate`` of closing receivables as a fact of *known*, and whether it is one.

    A standard without provisions (bad debts are charged when they occur) leaves it out and says so.
    """
    rate, owed = case.adjust.provision_rate, solution.value("closing.receivables")
    if not rate or not owed:
        return known, False
    share = Fraction(rate) * owed
    amount = divide(share.numerator, share.denominator)
    standard = settings(case.settings).text("standard")
    if document(f"forms/{standard}/standard.toml")["provisions"]:
        return replace(known, facts={**known.facts, "provision": fact(amount, "estimated", _RATE)}), True
    shown = to_text(amount, decimals(case.case.currency))
    told = Finding("no_provisions", "info", Source(FORM, field=_RATE), {"amount": shown})
    return replace(known, findings=(*known.findings, told)), False
