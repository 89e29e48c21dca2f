"""Which lines a check of flows looks at: money with others through banks and wallets, and what counts as large."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile

import numpy as np
import pandas as pd

from recon.checks.desk import Desk
from recon.classify.names import COMPANY, PERSON, who
from recon.events.words import plain

#: Money that stays with the owner or that the bank itself moves.
_OWN = (
    "own_transfer", "cash_withdrawn", "cash_deposited", "wallet_top_up", "investment_out", "investment_back",
    "investment_income", "interest_income", "bank_fees",
)
#: Money that comes back because it should: refunds, deposits, money lent and given back. Money lent out stays: where
#: takings answer it, it was no loan.
_BACK = ("sales_refund", "purchase_refund", "lent_back", "deposit_paid", "deposit_received")
SALES = ("sales", "cash_sales")
#: Money in that may be called turnover.
TAKINGS = (*SALES, "unknown_in", "other_operating_income")
DAY = np.timedelta64(1, "D")
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’.-]*|&")
_PAIR = 2  # words that name a person
_TELLING = 6  # letters below which two words name nobody


def with_others(desk: Desk) -> pd.DataFrame:
    """Lines of banks and wallets with other parties, in order of time; refunds and own transfers are left out.

    Lines of one day stay in the order of their statements. Picked once for all checks of a desk.
    """
    if "with_others" not in desk.picked:
        rows = desk.transactions
        kept = rows["account_kind"].isin(("bank", "wallet")) & ~rows["category"].isin((*_OWN, *_BACK))
        desk.picked["with_others"] = rows[kept].sort_values("date", kind="stable")
    return desk.picked["with_others"]


def takings(rows: pd.DataFrame) -> pd.DataFrame:
    """Money in that is, or may be called, turnover."""
    return rows[(rows["amount"] > 0) & rows["category"].isin(TAKINGS)]


def large(rows: pd.DataFrame, floor: int) -> pd.DataFrame:
    """Rows of at least *floor* minor units, whatever the sign."""
    return rows[rows["amount"].abs() >= floor]


def large_from(rows: pd.DataFrame, desk: Desk) -> int:
    """From what on a line is large: a share of all money in, so that there are never many; minor units."""
    money_in = int(rows.loc[rows["amount"] > 0, "amount"].sum())
    return max(1, int(Fraction(desk.settings.number("flow_large")) * money_in))


def parties(rows: pd.DataFrame) -> pd.Series:
    """The plain name of each row's other side, its account number where no name is printed, or an empty string."""
    names = rows["counterparty"].where(rows["counterparty"] != "", rows["counterparty_account"])
    memory = {name: plain(name) for name in names.unique()}
    return names.map(memory)


def called(rows: pd.DataFrame) -> pd.Series:
    """As :func:`parties`, but a name in Latin letters without what follows it.

    Where a statement prints the party inside the description, its reference follows: ``JANE ROE INVOICE 12``.
    """
    names = parties(rows)
    raw = rows["counterparty"].astype(str)
    heads = {name: _head(name) for name in raw.unique()}
    short = raw.map(heads)
    return names.where(short == "", short)


def _head(name: str) -> str:
    """The words of a Latin name that name somebody, in small letters; empty where it has no two, or they are short.

    A firm's go as far as the first word that makes it one (``OAK HILL BUILDING SERVICES``, ``OAK HILL FASTENERS LTD``
    are two); a person's are two.
    """
    words = list(takewhile(_LATIN.fullmatch, name.split()))
    if len(words) < _PAIR:
        return ""
    size = _PAIR
    if who(words[0]) != PERSON:
        lengths = range(_PAIR, len(words) + 1)
        size = next((n for n in lengths if who(" ".join(words[:n])) == COMPANY), _PAIR)
    head = " ".join(words[:size]).casefold()
    return head if len(head) > _TELLING else ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Money that went one way and, nearly the same, the other: positions in the frame of rows."""

    first: int
    second: int


def pairs(first: pd.DataFrame, second: pd.DataFrame, days: int, band: Fraction) -> Iterator[tuple[Pair, str, str]]:
    """Each of *first* with the nearest later one of *second* within *days* and *band* of its amount, both used once.

    Both frames are large rows, so few; yields the index labels of the two and their parties.
    """
    used: set[int] = set()
    later = list(zip(second.index, second["date"], second["amount"].abs(), called(second), strict=True))
    for index, day, amount, party in zip(
        first.index, first["date"], first["amount"].abs(), called(first), strict=True
    ):
        near = [
            (abs(int(other) - int(amount)), label, who) for label, when, other, who in later
            if label not in used and 0 <= (when - day) / DAY <= days
            and abs(int(other) - int(amount)) <= band * int(amount)
        ]
        if near:
            _, label, who = min(near)
            used.add(label)
            yield Pair(int(index), int(label)), party, who
