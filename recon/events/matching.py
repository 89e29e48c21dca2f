"""Receipts and invoices matched to the lines that paid them, by amount, days and party; what finds no line is asked."""

from collections.abc import Mapping, Sequence
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
from recon.events.columns import Bools, Ints, amounts, days, each, hits, live, texts
from recon.events.instalments import adding_up
from recon.events.marks import is_own, signs
from recon.events.papers import NO_MONEY, sorted_out
from recon.events.words import has, plain, same_party
from recon.reading.result import Reading, Receipt


@dataclass(frozen=True, slots=True)
class Match:
    """A document and the line that paid it.

    Attributes:
        receipt, file: the document and its file.
        side: ``sale`` (the business is the seller), ``purchase`` (the buyer), ``loan`` (it borrows by a contract),
            ``none`` (a paper that moves no money), or empty where neither name tells.
        line: id of the line in TRANSACTIONS, or empty; several documents may name one line that paid them together.
        confidence: 0 to 1; 0 without a line.
        more: ids of further lines where the document was paid in parts; *line* is the first part.
        aside: why the document is no event of its own (``copy``, ``cancelled``, ``void``), or empty.
    """

    receipt: Receipt
    file: str
    side: str
    line: str
    confidence: float
    more: tuple[str, ...] = ()
    aside: str = ""


Matches = tuple[Match, ...]
#: The least score of a match: amount and day within the window give 1, less 1 over the window's days, the party 2.
_ENOUGH = 0.4
#: Amounts within a fifth of each other are of one size.
_LIKE = 5
#: Expected coincidences, over all documents, from which an equal amount of another party proves nothing.
_CHANCE = 0.1
#: Names up to this length stand inside other names by chance.
_SHORT = 2


#: Marks a row of TRANSACTIONS that a paper alone shows, in the column for the source's own kind of transaction.
ON_PAPER = "paper"
#: How sure a match of several is: amounts that add up to the cent, one party, within the window.
_ADDED = 0.85
#: Rows that paid a document, and how sure.
_Paid = dict[int, tuple[tuple[int, ...], float]]


def match(
    readings: Sequence[Reading], transactions: pd.DataFrame, case: Case, accounts: Accounts, settings: Settings,
) -> tuple[Matches, tuple[Finding, ...]]:
    """Match each document with a date and a total to the line of the same amount that paid it.

    What stays open is sought among several: documents of one party that one line of it paid together, and a document
    that several lines of its party paid in parts, where only one set adds up.

    A purchase is sought among money out, a sale among money in, and a document whose side nobody can tell among both.
    The line may lie ``receipt_days`` before the document or after it. Own transfers and rows set aside pay nothing, and
    a row that a document alone shows is that document's and no other's.

    Returns:
        A match for every document, in order of file; and a finding for each one without a line: a purchase was paid
        in cash or by the owner or is still owed, a sale was paid in cash or is still a receivable.
    """
    papers, odd = sorted_out(readings)
    if not papers:
        return (), ()
    documents = [(paper.file, paper.receipt) for paper in papers]
    names = tuple(plain(name) for name in (case.case.name, case.owner.name, *(own.holder for own in accounts)) if name)
    alone = (transactions["type"] == ON_PAPER).to_numpy(dtype=np.bool_)
    lines = transactions[~alone]
    partners = _partners(lines, case)
    sides = ["none" if paper.aside else _side(paper.receipt, names) or _side_by_partner(paper.receipt, partners)
             for paper in papers]
    rows = np.flatnonzero(live(lines) & ~_own_money(lines))
    receipts, window = [receipt for _, receipt in documents], settings.whole("receipt_days")
    left, right, score = _candidates(receipts, sides, lines, rows, window)
    chosen = assign(left, right, score)
    paid: _Paid = {int(left[n]): ((int(right[n]),), _sure(float(score[n]))) for n in chosen}
    paid |= _in_parts(receipts, sides, lines, rows, window, paid)
    ids, own = texts(lines, "id"), _rows_of_papers(transactions[alone])
    found = []
    for n, (file, receipt) in enumerate(documents):
        at, sure = paid.get(n, ((), 0.0))
        first, *more = [ids[row] for row in at] or [own.get(place(file, receipt), "")]
        sure = sure or float(bool(first))
        found.append(Match(receipt, file, sides[n], first, sure, tuple(more), papers[n].aside))
    open_ones = (item for item in found if not item.line and item.side != "none")
    return tuple(found), (*odd, *(_open(item, case.case.currency) for item in open_ones))


def place(file: str, receipt: Receipt) -> tuple[str, int, int]:
    """Where a document's total stands: file, page and line."""
    seen = receipt.seen.get("total")
    return file, receipt.page, seen.line if seen else 0


def _rows_of_papers(alone: pd.DataFrame) -> dict[tuple[str, int, int], str]:
    """Ids of the rows that papers alone show, by where their total stands."""
    places = zip(alone["file"], alone["page"].astype(int), alone["line"].astype(int), strict=True)
    return dict(zip(places, alone["id"], strict=True))


def _in_parts(
    documents: Sequence[Receipt], sides: Sequence[str], frame: pd.DataFrame, rows: Ints, window: int, paid: _Paid,
) -> _Paid:
    """What is open after one-to-one matching: documents paid together by one line, and documents paid in parts."""
    free = set(rows.tolist()) - {row for lines, _ in paid.values() for row in lines}
    found: _Paid = {}
    for n, receipt in enumerate(documents):
        if n in paid or n in found or not receipt.total or receipt.date is None or sides[n] not in {"sale", "purchase"}:
            continue
        when = int(receipt.date.astype("datetime64[D]").astype(np.int64))
        near = _of_party(receipt, sides[n], frame, np.array(sorted(free), dtype=np.int64), when, window)
        gaps = {row: gap for row, _, gap in near}
        parts = adding_up(receipt.total, [(row, money) for row, money, _ in near], gaps.__getitem__)
        if parts:
            found[n] = (parts, _ADDED)
            free -= set(parts)
            continue
        for row, money, _ in near:
            group = _together(documents, sides, n, money, window, {*paid, *found})
            if group:
                found |= dict.fromkeys(group, ((row,), _ADDED))
                free.discard(row)
                break
    return found


def _of_party(
    receipt: Receipt, side: str, frame: pd.DataFrame, rows: Ints, when: int, window: int,
) -> list[tuple[int, int, int]]:
    """(row, minor units > 0, days apart) of the *rows* that the document's other party may have paid or been paid."""
    sign, other = (1, plain(receipt.buyer)) if side == "sale" else (-1, plain(receipt.seller))
    money, gap, party = sign * amounts(frame)[rows], np.abs(days(frame)[rows] - when), frame["counterparty"]
    near = np.flatnonzero((money > 0) & (gap <= window)).tolist()
    return [
        (int(rows[n]), int(money[n]), int(gap[n])) for n in near
        if same_party(other, plain(str(party.iloc[rows[n]])))
    ]


def _together(
    documents: Sequence[Receipt], sides: Sequence[str], first: int, money: int, window: int, done: set[int],
) -> tuple[int, ...]:
    """Open documents of the same party as document *first*, it included, that add up to *money*."""
    date, total = documents[first].date, documents[first].total
    if date is None or total is None or total >= money:
        return ()
    gaps: dict[int, int] = {}
    for n, receipt in enumerate(documents):
        if n in done or sides[n] != sides[first] or receipt.date is None or not receipt.total:
            continue
        gap = abs(int((receipt.date - date).astype("timedelta64[D]").astype(np.int64)))
        if gap <= window and (receipt.seller, receipt.buyer) == (documents[first].seller, documents[first].buyer):
            gaps[n] = gap
    group = adding_up(money, [(n, int(documents[n].total or 0)) for n in gaps], gaps.__getitem__)
    return group if first in group else ()


def table(matches: Matches) -> pd.DataFrame:
    """The documents as a table, a row each, in the order of *matches*.

    Columns: ``file``, ``page``, ``date`` (ISO 8601 or empty), ``number``, ``seller``, ``buyer``, ``side``, ``total``
    (minor units, missing where not read), ``line`` (ids of the lines that paid it, joined by spaces) and
    ``confidence``.
    """
    return pd.DataFrame({
        "file": [item.file for item in matches], "page": [item.receipt.page for item in matches],
        "date": ["" if item.receipt.date is None else str(item.receipt.date)[:10] for item in matches],
        "number": [item.receipt.number for item in matches], "seller": [item.receipt.seller for item in matches],
        "buyer": [item.receipt.buyer for item in matches], "side": [item.side for item in matches],
        "total": pd.array([item.receipt.total for item in matches], dtype="Int64"),
        "line": [" ".join(filter(None, (item.line, *item.more))) for item in matches],
        "confidence": [item.confidence for item in matches],
    })


def receipted(matches: Matches) -> frozenset[str]:
    """Ids of every line that paid a document."""
    return frozenset(line for item in matches for line in (item.line, *item.more) if line)


def _own_money(frame: pd.DataFrame) -> Bools:
    """Rows that only move own money."""
    return frame["category"].isin(["own_transfer", "wallet_top_up"]).to_numpy(dtype=np.bool_)


def drawn_or_banked(frame: pd.DataFrame) -> Bools:
    """Rows of banks that by their words are cash drawn or paid in."""
    signed = (*signs("cash_out"), *signs("cash_in"))
    words = each(frame["type"] + "|" + frame["description"] + "|" + frame["method"], plain)
    return hits(words, lambda text: has(text, signed)) & (frame["account_kind"] == "bank").to_numpy(dtype=np.bool_)


def _side(receipt: Receipt, names: tuple[str, ...]) -> str:
    """Whether the business sold or bought, by its names among the document's parties; buying is what a till slip is."""
    if receipt.kind in NO_MONEY:
        return "none"
    seller, buyer = plain(receipt.seller), plain(receipt.buyer)
    if receipt.kind == "loan_contract":
        return "" if is_own(seller, names) else "loan"
    if is_own(seller, names) or any(name in seller for name in names if len(name) > _SHORT):
        return "sale"
    if not buyer or is_own(buyer, names) or any(name in buyer for name in names if len(name) > _SHORT):
        return "purchase"
    return ""


def _partners(lines: pd.DataFrame, case: Case) -> dict[str, tuple[str, ...]]:
    """Plain names of those that are only paid or owed (``purchase``), and of those that only pay or owe (``sale``)."""
    rows = lines[live(lines) & ~_own_money(lines) & (lines["counterparty"] != "").to_numpy()]
    paid, paying = (set(each(rows.loc[rows["amount"] * sign > 0, "counterparty"], plain)) for sign in (-1, 1))
    owed, owing = ({plain(row.name) for row in table if row.name.strip()} for table in (case.payable, case.receivable))
    return {"purchase": tuple(sorted((paid | owed) - paying)), "sale": tuple(sorted((paying | owing) - paid))}


def _side_by_partner(receipt: Receipt, partners: Mapping[str, tuple[str, ...]]) -> str:
    """The side of a document that bears no name of the business: by whom of its parties the business deals with."""
    if receipt.kind in NO_MONEY or receipt.kind == "loan_contract":
        return ""
    found = [side for side, party in (("purchase", plain(receipt.seller)), ("sale", plain(receipt.buyer)))
             if party and any(same_party(party, name) for name in partners[side])]
    return found[0] if len(found) == 1 else ""


def _candidates(
    documents: Sequence[Receipt], sides: Sequence[str], frame: pd.DataFrame, rows: Ints, window: int,
) -> tuple[Ints, Ints, np.ndarray]:
    """Documents and lines of the same amount within the window, with their scores."""
    money, day, party = amounts(frame), days(frame), [plain(name) for name in frame["counterparty"]]
    cash, till = drawn_or_banked(frame), (frame["account_kind"] == "cash").to_numpy(dtype=np.bool_)
    by_amount: dict[int, list[int]] = {}
    for row in rows.tolist():
        by_amount.setdefault(int(money[row]), []).append(row)
    edges: list[tuple[int, int, float]] = []

    def chance(amount: int, gap: int, when: int) -> bool:
        return _expected(amount, gap, when, money, day) * len(documents) > _CHANCE

    for n, (receipt, side) in enumerate(zip(documents, sides, strict=True)):
        if receipt.total is None or receipt.date is None:
            continue
        when = int(receipt.date.astype("datetime64[D]").astype(np.int64))
        if side == "none":
            continue
        signs = {"sale": (1,), "purchase": (-1,), "loan": (1,)}.get(side, (1, -1))
        for row in [row for sign in signs for row in by_amount.get(sign * receipt.total, [])]:
            gap = abs(int(day[row]) - when)
            other = plain(receipt.buyer if money[row] > 0 and side != "loan" else receipt.seller)
            same = same_party(other, party[row])
            if not same and (cash[row] or ("cash" in receipt.terms and not till[row])):
                continue  # drawn from or paid into the bank, whatever was bought with it; or paid in coins
            score = 1 - gap / (window + 1) + 2 * same
            if gap <= window and score >= _ENOUGH and (same or not chance(int(money[row]), gap, when)):
                edges.append((n, row, score))
    columns = np.array(edges).reshape(-1, 3)
    return columns[:, 0].astype(np.int64), columns[:, 1].astype(np.int64), columns[:, 2].astype(np.float64)


def _expected(amount: int, gap: int, when: int, money: Ints, day: Ints) -> float:
    """How many lines of *amount* within *gap* days of day *when* are to be expected by chance: many like it are there.

    They are the lines of about that amount over the amounts that they might as well have had, in steps as fine as the
    amount's own.
    """
    size = abs(amount)
    alike = (np.sign(money) == np.sign(amount)) & (np.abs(np.abs(money) - size) * _LIKE <= size)
    others = int((alike & (np.abs(day - when) <= gap)).sum()) - 1
    step = next(step for step in (10_000, 1000, 100, 10, 1) if size % step == 0)
    return others * step * _LIKE / (2 * size)


def _sure(score: float) -> float:
    return round(1 - 0.5 * 2 ** -(2 * score), 3)


#: What is asked of a document without a line, by its side.
_OPEN = {"sale": "sale_unpaid", "purchase": "purchase_unpaid", "loan": "loan_unseen"}


def _open(item: Match, currency: str) -> Finding:
    receipt = item.receipt
    code = _OPEN.get(item.side, "document_unmatched")
    places = decimals(receipt.currency or currency)
    return Finding(code, "look", Source(item.file, receipt.page), {
        "total": "?" if receipt.total is None else to_text(receipt.total, places),
        "date": "?" if receipt.date is None else str(receipt.date)[:10],
        "party": (receipt.buyer if item.side == "sale" else receipt.seller) or "?",
    })
