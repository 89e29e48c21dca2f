"""What kind of account a file shows, by the words around its tables and the columns that it has."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recon.reading.result import Kind
from recon.reading.tables.columns import Segment
from recon.reading.vocabulary import kinds

#: Characters of a heading at most, and what ends a sentence.
_HEADING, _SENTENCE = 60, re.compile(r"[.!?] |[.!?。！？，]$|。")
#: Columns that people keep by hand.
_PLAIN = {
    "date", "time", "description", "counterparty", "amount", "in", "out", "balance", "category", "remark", "type",
    "direction", "method", "place", "ignore",
}
#: Columns that only wallets have together.
_WALLET = ({"direction", "method"}, {"direction", "status"}, {"status", "method"})


@dataclass(frozen=True, slots=True)
class Kindred:
    """Kind of account, the wallet's name where it is one, and the currency that follows from it."""

    kind: Kind
    bank: str = ""
    currency: str = ""


def kindred(outside: Sequence[str], found: Sequence[Segment], name: str) -> Kindred:
    """The kind that *outside* (all text around the tables), the titles of the tables and the file's *name* tell.

    That a card is meant is said in a heading or a label, never in a sentence, for banks praise their cards anywhere.
    """
    heads = " ".join(cell for cell in outside if len(cell) < _HEADING and not _SENTENCE.search(cell)).casefold()
    outside = " ".join(outside)
    columns = {meaning for segment in found for meaning in segment.columns}
    titles = " ".join(title for segment in found for title in segment.titles)
    text = f"{outside} {titles}".casefold()
    if any(pair <= columns for pair in _WALLET):
        for kind, bank, words in kinds():
            if kind == "wallet" and any(word in text or word in name.casefold() for word in words):
                return Kindred("wallet", bank, "CNY")
        if {"direction", "method", "status"} <= columns:
            return Kindred("wallet", "", "CNY" if re.search(r"[\u4e00-\u9fff]", titles) else "")
    if says("card", f"{heads} {titles.casefold()}") and not says("current", f"{heads} {titles.casefold()}"):
        return Kindred("card")
    if says("cashbook", text) or says("cashbook", name.casefold()):
        return Kindred("cashbook")
    if (
        says("bank", outside.casefold())
        or says("bank_column", titles.casefold())
        or columns & {"counterparty_account", "card"}
    ):
        return Kindred("bank")
    dates = max((len(segment.columns["date"]) for segment in found), default=1)
    return Kindred("cashbook" if dates == 1 and _by_hand(columns, titles.casefold()) else "bank")


def says(kind: str, text: str) -> bool:
    """Whether *text*, in small letters, holds one of the words of a *kind* of account."""
    return any(word in text for k, _, words in kinds() if k == kind for word in words)


def _by_hand(columns: set[str], titles: str) -> bool:
    """A cash book kept by hand: a date, money in and out, perhaps a category, and nothing that a bank would add."""
    said = "category" in columns or says("cashbook_column", titles)
    return columns <= _PLAIN and (said or (bool(columns & {"in", "out"}) and "balance" not in columns))
