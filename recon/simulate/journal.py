"""The true double entry: events with the rows that evidence shows of them and the postings that they make."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from recon.core.knowledge import table

TRANSIT = "1012.99"


@dataclass(slots=True)
class Row:
    """A line that an own account's evidence shows.

    Attributes:
        amount: minor units from the holder's view, in +, out −, fee included where the bill includes it.
        moves: whether the money of *account* itself moved; a wallet's row paid by a card moves the card only.
        kind: what sort of transaction the evidence names it after (``"transfer"``, ``"qr"``, ``"quick_pay"`` …).
        funded: label of the card that paid a wallet's row, or empty.
        place: file and ordinal, once written.
    """

    account: str
    when: dt.datetime
    amount: int
    kind: str
    category: str
    party: str = ""
    party_account: str = ""
    text: str = ""
    funded: str = ""
    status: str = ""
    group: str = ""
    fee: int = 0
    moves: bool = True
    balance: int = 0
    event: int = 0
    pair: int = 0
    place: tuple[str, int] = ("", 0)


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of an entry: debit positive, credit negative, in minor units; *cash_line* of 会小企03 or 0."""

    date: dt.date
    account: str
    amount: int
    cash_line: int = 0


@dataclass(slots=True)
class Event:
    """One economic event: what it truly was, its rows in the evidence and its postings."""

    number: int
    date: dt.date
    category: str
    amount: int
    account: str
    party: str
    text: str
    rows: list[Row] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rule:
    """A category's account and cash-flow lines."""

    account: str
    cash_in: int
    cash_out: int


@cache
def rules() -> dict[str, Rule]:
    """The table ``_postings.tsv``."""
    rows = table("simulate/_postings.tsv", ("category", "account", "cash_in", "cash_out"))
    return {r["category"]: Rule(r["account"], int(r["cash_in"]), int(r["cash_out"])) for r in rows}


def ledger_account(kind: str, identity: str) -> str:
    """The ledger's account of an own account."""
    return {"bank": f"1002.{identity}", "wallet": f"1012.{identity}", "cash": "1001"}[kind]


def balances(events: Iterable[Event], until: dt.date) -> dict[str, int]:
    """Each account's balance (debit +) after the day *until*."""
    totals: dict[str, int] = defaultdict(int)
    for event in events:
        for posting in event.postings:
            if posting.date <= until:
                totals[posting.account] += posting.amount
    return dict(totals)


def check(events: Iterable[Event]) -> None:
    """Assert that each event's debits equal its credits, day by day: truth that does not balance is a slip of ours."""
    for event in events:
        days: dict[dt.date, int] = defaultdict(int)
        for posting in event.postings:
            days[posting.date] += posting.amount
        if any(days.values()):
            raise AssertionError(f"event {event.number} ({event.category}) does not balance: {days}")
