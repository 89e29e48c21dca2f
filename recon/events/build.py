"""Readings become TRANSACTIONS: every line once, own transfers paired, and the accounts with their balances."""

from collections.abc import Sequence

import pandas as pd

from recon.core.facts import Case
from recon.core.finding import Finding
from recon.core.settings import Settings
from recon.core.source import Source
from recon.core.tables import TRANSACTIONS
from recon.events import (
    balances,
    details,
    duplicates,
    fees,
    lines,
    matching,
    open_ends,
    owing,
    payouts,
    period,
    settlements,
    splits,
    status,
    transfers,
    transit,
    unseen,
    unsigned,
)
from recon.events.accounts import Accounts, identify, with_balances, without_file
from recon.reading.result import Reading

Built = tuple[pd.DataFrame, Accounts, tuple[Finding, ...]]


def build(readings: Sequence[Reading], case: Case, settings: Settings) -> Built:
    """Make each economic event of *readings* count once.

    Args:
        readings: what was read, in any order; refused files have no rows.
        case: the case form.
        settings: ``transfer_days``, ``transfer_fee``, ``refund_days``, ``settlement_fee``, ``receipt_days``,
            ``paper_cash_most`` and ``paper_paid_most`` are looked at.

    Returns:
        TRANSACTIONS in order of account, date and place, its category, reason and confidence filled for own transfers
        and fees told in a remark only; the own accounts with balances at the period's bounds; and the findings, those
        on documents that no line pays included (:func:`recon.events.matching.match` gives the matches themselves).
    """
    parts, accounts = identify(readings, case)
    frame = period.placed(lines.gather(parts, lines.codes(readings)), case)
    frame, found = duplicates.set_aside(frame)
    frame, accounts, more = details.set_aside(frame, accounts, case, settings.whole("transfer_days"))
    found += more
    frame, more = unsigned.set_aside(frame, readings)
    found += (*more, *without_file(readings, case))
    found += tuple(Finding("amount_rounded", "look", Source(part.reading.file), {"rows": part.rounded})
                   for part in parts if part.rounded)
    bounds = period.period(frame, case) or period.of_papers(readings)
    if bounds is None:
        return TRANSACTIONS.frame(frame), with_balances(accounts, {}, {}, case), found
    opening, closing = balances.at_bounds(frame, parts, bounds)
    frame, more = period.outside(frame, case)
    found += more
    frame, more = status.settle(frame, settings)
    found += more
    frame, more = _tied(frame, accounts, case, bounds, settings)
    found += more
    matches, open_ones = matching.match(readings, frame, case, accounts, settings)
    rows, paper_account, more = unseen.unseen(matches, frame, lines.codes(readings), case, accounts, settings, bounds)
    if len(rows):
        frame = pd.concat([frame, rows.astype(frame.dtypes)], ignore_index=True)
        matches, open_ones = matching.match(readings, frame, case, accounts, settings)
    bills = owing.owing(matches, frame, bounds[1], case.case.currency)
    found += (*owing.settled_questions(open_ones, bills), *owing.told(bills, case.case.currency), *more)
    owned = with_balances(accounts + paper_account, opening, closing, case) + transit.account(frame, accounts, bounds)
    return TRANSACTIONS.frame(frame), owned, found


def _tied(
    frame: pd.DataFrame, accounts: Accounts, case: Case, bounds: balances.Bounds, settings: Settings
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """*frame* with the ends of own transfers tied, their fees and what is under way told apart, and the findings."""
    frame, marks = transfers.pair(frame, accounts, case, settings)
    frame = splits.join(frame, marks, accounts, settings)
    frame, charged = fees.pair(frame, marks, accounts, settings)
    marks = payouts.read(frame, marks)
    moving, found = frame.iloc[:0], tuple[Finding, ...]()
    if case.case.from_ and case.case.to:  # a period guessed from the lines has no bound to be in transit over
        frame, moving, found = transit.settle(frame, marks, accounts, bounds, settings)
    frame, ends = open_ends.close(frame, marks, accounts)
    frame, more = settlements.settle(frame, marks, accounts, settings)
    added = [extra.astype(frame.dtypes) for extra in (charged, moving) if len(extra)]
    frame = pd.concat([frame, *added]) if added else frame
    return frame.sort_values(["account", "date"], kind="stable").reset_index(drop=True), (*found, *ends, *more)
