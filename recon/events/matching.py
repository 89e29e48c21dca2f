"""Receipts and invoices matched to the lines that paid them, by amount, days and party; what finds no line is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recon.core.facts import Case
from recon.core.finding import Finding
from recon.core.money import decimals, to_text
from recon.core.settings import Settings
from recon.core.source import Source
from recon.events.accounts import Accounts
from recon.events.assign import assign
from recon.events.columns import Bools, Ints, amounts, days, live, texts
from recon.events.marks import is_own
from recon.events.words import plain
from recon.reading.result import Reading, Receipt


@dataclass(frozen=True, slots=True)
class Match:
    """A document and the line that paid it.

    Attributes:
        receipt, file: the document and its file.
        side: ``sale`` (the business is the seller), ``purchase`` (the buyer), or empty where neither name tells.
        line: id of the line in TRANSACTIONS, or empty.
        confidence: 0 to 1; 0 without a line.
    """

    receipt: Receipt
    file: str
    side: str
    line: str
    confidence: float


Matches = tuple[Match, ...]
#: The least score of a match: amount and day within the window give 1, less 1 over the window's days, the party 2.
_ENOUGH = 0.4
#: Names up to this length stand inside other names by chance.
_SHORT = 2
#: A run of characters that two printings of one name share.
_RUN = 4


def match(
    readings: Sequence[Reading], transactions: pd.DataFrame, case: Case, accounts: Accounts, settings: Settings,
) -> tuple[Matches, tuple[Finding, ...]]:
    """Match each document with a date and a total to one line of the same amount.

    A purchase is sought among money out, a sale among money in, and a document whose side nobody can tell among both.
    The line may lie ``receipt_days`` before the document or after it. Own transfers and rows set aside pay nothing.

    Returns:
        A match for every document, in order of file; and a finding for each one without a line: a purchase was paid
        in cash or by the owner or is still owed, a sale was paid in cash or is still a receivable.
    """
    ordered = sorted(readings, key=lambda reading: reading.file)
    documents = [(reading.file, receipt) for reading in ordered for receipt in reading.receipts]
    if not documents:
        return (), ()
    names = tuple(plain(name) for name in (case.case.name, case.owner.name, *(own.holder for own in accounts)) if name)
    sides = [_side(receipt, names) for _, receipt in documents]
    rows = np.flatnonzero(live(transactions) & ~_own_money(transactions))
    receipts, window = [receipt for _, receipt in documents], settings.whole("receipt_days")
    left, right, score = _candidates(receipts, sides, transactions, rows, window)
    chosen = assign(left, right, score)
    paid = {int(left[n]): (int(right[n]), float(score[n])) for n in chosen}
    ids = texts(transactions, "id")
    found = tuple(
        Match(receipt, file, sides[n], ids[paid[n][0]] if n in paid else "", _sure(paid[n][1]) if n in paid else 0.0)
        for n, (file, receipt) in enumerate(documents)
    )
    return found, tuple(_open(item, case.case.currency) for item in found if not item.line)


def _own_money(frame: pd.DataFrame) -> Bools:
    """Rows that only move own money."""
    return frame["category"].isin(["own_transfer", "wallet_top_up"]).to_numpy(dtype=np.bool_)


def _side(receipt: Receipt, names: tuple[str, ...]) -> str:
    """Whether the business sold or bought, by its names among the document's parties; buying is what a till slip is."""
    seller, buyer = plain(receipt.seller), plain(receipt.buyer)
    if is_own(seller, names) or any(name in seller for name in names if len(name) > _SHORT):
        return "sale"
    if not buyer or is_own(buyer, names) or any(name in buyer for name in names if len(name) > _SHORT):
        return "purchase"
    return ""


def _candidates(
    documents: Sequence[Receipt], sides: Sequence[str], frame: pd.DataFrame, rows: Ints, window: int,
) -> tuple[Ints, Ints, np.ndarray]:
    """Documents and lines of the same amount within the window, with their scores."""
    money, day, party = amounts(frame), days(frame), [plain(name) for name in frame["counterparty"]]
    by_amount: dict[int, list[int]] = {}
    for row in rows.tolist():
        by_amount.setdefault(int(money[row]), []).append(row)
    edges: list[tuple[int, int, float]] = []
    for n, (receipt, side) in enumerate(zip(documents, sides, strict=True)):
        if receipt.total is None or receipt.date is None:
            continue
        when = int(receipt.date.astype("datetime64[D]").astype(np.int64))
        signs = {"sale": (1,), "purchase": (-1,)}.get(side, (1, -1))
        for row in [row for sign in signs for row in by_amount.get(sign * receipt.total, [])]:
            gap = abs(int(day[row]) - when)
            other = plain(receipt.buyer if money[row] > 0 else receipt.seller)
            score = 1 - gap / (window + 1) + 2 * _same_party(other, party[row])
            if gap <= window and score >= _ENOUGH:
                edges.append((n, row, score))
    columns = np.array(edges).reshape(-1, 3)
    return columns[:, 0].astype(np.int64), columns[:, 1].astype(np.int64), columns[:, 2].astype(np.float64)


def _same_party(one: str, two: str) -> bool:
    """Whether two printed names may be one party's: one holds the other, or they share a run of four characters."""
    if not one or not two:
        return False
    return one in two or two in one or any(one[n:n + _RUN] in two for n in range(len(one) - _RUN + 1))


def _sure(score: float) -> float:
    return round(1 - 0.5 * 2 ** -(2 * score), 3)


def _open(item: Match, currency: str) -> Finding:
    receipt = item.receipt
    code = {"sale": "sale_unpaid", "purchase": "purchase_unpaid"}.get(item.side, "document_unmatched")
    places = decimals(receipt.currency or currency)
    return Finding(code, "look", Source(item.file, receipt.page), {
        "total": "?" if receipt.total is None else to_text(receipt.total, places),
        "date": "?" if receipt.date is None else str(receipt.date)[:10],
        "party": (receipt.buyer if item.side == "sale" else receipt.seller) or "?",
    })
