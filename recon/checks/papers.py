"""Documents and wallets against the lines: invoices with no money behind them, wallet payments that the bank lacks."""

from collections.abc import Iterator
from dataclasses import replace

from recon.checks.check import Check
from recon.checks.desk import Desk, flagged, unknown
from recon.checks.lines import parties
from recon.events.matching import Match
from recon.events.words import plain


def invoices_paid(desk: Desk) -> Iterator[Check]:
    """Invoices of parties that no line pays and no list of debts names: papers without a business behind them."""
    papers = [match for match in desk.matches if match.side in {"sale", "purchase"} and match.receipt.total]
    total = sum(abs(int(match.receipt.total or 0)) for match in papers)
    if not total:
        yield unknown("invoices_paid", "authenticity", "no_invoices")
        return
    seen = {name for name in parties(desk.transactions) if name}
    seen |= {plain(item.name) for item in (*desk.case.receivable, *desk.case.payable) if item.name.strip()}
    open_ones = [match for match in papers if not match.line and not _known(match, seen)]
    check = flagged("invoices_paid", desk.transactions.iloc[:0], total, desk,
                    sum(abs(int(match.receipt.total or 0)) for match in open_ones))
    files = tuple(match.file for match in open_ones)
    reasons = tuple(replace(reason, params={**reason.params, "count": len(files), "rows": ", ".join(files[:5])})
                    for reason in check.because)
    yield replace(check, because=reasons, sources=files)


def _known(match: Match, seen: set[str]) -> bool:
    """Whether the other party of a document stands in the lines or among the debts."""
    name = plain(match.receipt.buyer if match.side == "sale" else match.receipt.seller)
    return not name or any(name in each or each in name for each in seen)


def wallet_bank(desk: Desk) -> Iterator[Check]:
    """Wallet payments made with an own card against the lines of that card's statement."""
    rows = desk.transactions
    covered = {own.id: own for own in desk.accounts if own.files and own.start is not None}
    funded = rows[(rows["account_kind"] == "wallet") & rows["funded_by"].isin(list(covered))]
    if funded.empty:
        yield unknown("wallet_bank", "authenticity", "no_funded")
        return
    missing = funded[funded["paired_with"] == ""]
    yield flagged("wallet_bank", missing, int(funded["amount"].abs().sum()), desk)


PAPERS = (invoices_paid, wallet_bank)

