"""Bills that nobody had paid when the period ended: what customers still owe, and what is owed to suppliers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recon.core.finding import Finding
from recon.core.money import decimals, to_text
from recon.core.source import Source
from recon.events.columns import amounts, live
from recon.events.matching import Match, Matches, receipted
from recon.events.words import plain, same_party
from recon.reading.result import Receipt

#: Papers that ask for money.
BILLS = frozenset({
    "vat_special", "vat_normal", "vat_electronic", "vat_digital", "invoice", "utility_bill", "waybill", "",
})
_POSITION = {"sale": "receivables", "purchase": "payables"}


@dataclass(frozen=True, slots=True)
class Owed:
    """A bill that is owed at the period's end: of which position, by or to whom, minor units, and where it stands."""

    position: str
    party: str
    amount: int
    due: str
    source: Source


def later(receipt: Receipt, last: pd.Timestamp) -> bool:
    """Whether a bill says of itself that it is owed after *last*: due later, or marked as unpaid."""
    due = receipt.due is not None and pd.Timestamp(str(receipt.due)) > last
    return receipt.kind in BILLS and "paid" not in receipt.terms and (due or "unpaid" in receipt.terms)


def owing(matches: Matches, frame: pd.DataFrame, last: pd.Timestamp, currency: str) -> tuple[Owed, ...]:
    """The bills among *matches* that are owed at the end of *last*.

    A bill counts if no line pays it, its total and day are certain, it was made by then and says that it is due later
    or unpaid, and its party has no line of its own since that may be a part of it.

    Args:
        matches: the documents and their lines.
        frame: TRANSACTIONS.
        last: the period's last day.
        currency: of the case; a bill in another is none of its positions.
    """
    rows = frame[live(frame) & ~frame["id"].isin(list(receipted(matches))).to_numpy(dtype=np.bool_)]
    return tuple(
        Owed(_POSITION[match.side], other(match), int(match.receipt.total or 0), str(match.receipt.due or "")[:10],
             Source(match.file, match.receipt.page))
        for match in matches
        if _certain(match, last, currency) and later(match.receipt, last) and not _part_paid(match, rows)
    )


def other(match: Match) -> str:
    """The other party's name."""
    return match.receipt.buyer if match.side == "sale" else match.receipt.seller


def _certain(match: Match, last: pd.Timestamp, currency: str) -> bool:
    """Whether it is a bill of the business that no line pays, of a certain total and day."""
    receipt = match.receipt
    if match.line or match.aside or match.side not in _POSITION or receipt.currency not in {"", currency}:
        return False
    known = bool(receipt.total and receipt.total > 0) and not {"total", "date"} & set(receipt.uncertain)
    return known and receipt.date is not None and pd.Timestamp(str(receipt.date)) <= last


def _part_paid(match: Match, rows: pd.DataFrame) -> bool:
    """Whether one of *rows*, on the bill's day or later, moved money with its party the way that would settle it."""
    party, sign = plain(other(match)), 1 if match.side == "sale" else -1
    since = rows[(rows["date"] >= pd.Timestamp(str(match.receipt.date))) & (np.sign(amounts(rows)) == sign)]
    return any(same_party(party, plain(str(name))) for name in since["counterparty"] if name)


def told(bills: Sequence[Owed], currency: str) -> Iterator[Finding]:
    """A finding for each bill that is owed, with its place."""
    for bill in bills:
        yield Finding("bill_receivable" if bill.position == "receivables" else "bill_payable", "look", bill.source, {
            "party": bill.party or "?", "total": to_text(bill.amount, decimals(currency)), "due": bill.due or "–",
        })


def settled_questions(questions: Sequence[Finding], bills: Sequence[Owed]) -> tuple[Finding, ...]:
    """*questions* without those that ask whether one of *bills* was paid."""
    known = {bill.source for bill in bills}
    return tuple(each for each in questions
                 if each.code not in {"sale_unpaid", "purchase_unpaid"} or each.source not in known)
