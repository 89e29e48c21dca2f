"""What the words of each row say about the other end of a possible own transfer, computed once per different text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from recon.core.facts import Case
from recon.core.knowledge import table
from recon.events.accounts import Accounts, OwnAccount
from recon.events.columns import Bools, Strings, each, hits, texts
from recon.events.lines import movement
from recon.events.words import digits, has, label, plain, provider, same_number, tail

#: The fewest digits of a counterparty's number that are taken for an account number.
_NUMBER = 8


@cache
def signs(name: str) -> tuple[str, ...]:
    """The plain words of a sign of ``rules/transfers.tsv``."""
    rows = table("rules/transfers.tsv", ("sign", "words"))
    return tuple(plain(word) for row in rows if row["sign"] == name for word in row["words"].split("|"))


@dataclass(frozen=True, slots=True)
class Marks:
    """Arrays by row.

    Attributes:
        words: all words, plain. party: the counterparty, plain.
        provider: the wallet that a bank line names. role: withdraw, top_up or card_repay of a wallet row.
        funded: account or label that funded a wallet row.
        tail, bank: last four digits and bank name of an account named in the words.
        own_name: the counterparty is the owner or a holder. own_number: its printed number is an own account's.
        own_word, weak_word, card_repay, cash: signs of ``rules/transfers.tsv``.
        foreign: the counterparty is somebody else.
        says, denies: (rows, accounts) whether the row names that account, or rules it out by naming another.
        banks: (rows, accounts) whether the row names that account's bank.
        payable: the row may be the bank's or card's side of a funded wallet payment.
        movable: the row may be an end of an own transfer.
        alike: id of the wallet whose payouts are worded like the row, once pairs are known; empty before.
    """

    words: Strings
    party: Strings
    provider: Strings
    role: Strings
    funded: Strings
    tail: Strings
    bank: Strings
    own_name: Bools
    own_number: Bools
    own_word: Bools
    weak_word: Bools
    card_repay: Bools
    cash: Bools
    foreign: Bools
    says: Bools
    denies: Bools
    banks: Bools
    payable: Bools
    movable: Bools
    alike: Strings


def read(frame: pd.DataFrame, accounts: Accounts, case: Case) -> Marks:
    """The marks of every row of *frame*."""
    party, kinds = each(frame["counterparty"], plain), each(frame["type"] + " " + frame["description"], plain)
    said = frame["type"] + "|" + frame["description"] + "|" + frame["method"]
    words = each(frame["counterparty"] + "|" + said, plain)
    kind = frame["account_kind"].to_numpy(dtype=object)
    wallet, book = kind == "wallet", kind == "cash"
    role = np.where(wallet, each(kinds, movement), "").astype(object)
    names = tuple(
        plain(name) for name in (case.owner.name, case.case.name, *(own.holder for own in accounts)) if name.strip()
    )
    own_name = hits(party, lambda name: is_own(name, names))
    numbers = texts(frame, "counterparty_account")
    end = each(words, lambda text: label(text)[1])
    says = _by_account(accounts, len(frame), lambda own: _says(own, end, numbers))
    own_number: Bools = np.logical_or.reduce(says, axis=1)
    foreign: Bools = ~own_name & ~own_number & (role == "") & ~hits(party, _says_nothing)
    cash = (_sign(words, "cash_out") | _sign(words, "cash_in") | (book & _sign(words, "book_cash"))) & ~wallet
    owned = own_name | own_number
    movable = np.where(wallet, (role != "") | owned, np.where(book, cash | owned, ~foreign)).astype(np.bool_)
    return Marks(
        words=words, party=party, provider=np.where(wallet, "", each(words, provider)).astype(object), role=role,
        funded=frame["funded_by"].to_numpy(dtype=object), tail=end, bank=each(words, lambda text: label(text)[0]),
        own_name=own_name, own_number=own_number, own_word=_sign(words, "own"), weak_word=_sign(words, "weak"),
        card_repay=_sign(words, "card_repay"), cash=cash, foreign=foreign, says=says,
        denies=_denies(accounts, says, end, numbers, owned),
        banks=_by_account(accounts, len(frame), lambda own: _names_bank(own, words)),
        payable=~wallet & ~book, movable=movable & (role != "internal"),
        alike=np.full(len(frame), "", dtype=object),
    )


def _sign(words: Strings, name: str) -> Bools:
    found = signs(name)
    return hits(words, lambda text: has(text, found))


def _by_account(accounts: Accounts, rows: int, rule: Callable[[OwnAccount], Bools]) -> Bools:
    """*rule* of every account, side by side; without accounts no columns."""
    return np.column_stack([rule(own) for own in accounts]) if accounts else np.zeros((rows, 0), dtype=np.bool_)


def is_own(party: str, names: tuple[str, ...]) -> bool:
    """Whether the plain *party* is one of *names*, in full or masked with two characters left (张*丰, *三丰).

    A mask that leaves one character fits every other customer, so it proves nothing. A firm is itself with or without
    its legal form, and whatever stands behind its whole name (a branch, the kind of account, a reference).
    """
    bare = re.sub(r"\(.*?\)|本人", "", party).strip()
    if not bare or bare in names:
        return bool(bare)
    if any(_firm().sub("", bare) == _firm().sub("", name) or _leads(name, bare) for name in names):
        return True
    if "*" not in bare or len(re.sub(r"[*\s]", "", bare)) < _VISIBLE:
        return False
    pattern = re.compile(re.sub(r"(\\\*)+", ".{1,2}", re.escape(bare)))
    return any(pattern.fullmatch(name) for name in names if len(name) > 1)


def _leads(name: str, bare: str) -> bool:
    """Whether *bare* begins with a firm's whole *name*: people share names with the firms that others found."""
    firm = bool(_firm().search(name)) or (len(name) >= _LONG and not name.isascii() and "·" not in name)
    return firm and bool(re.match(rf"{re.escape(name)}(?![a-z0-9])", bare))


@cache
def _firm() -> re.Pattern[str]:
    """Legal forms that end a Latin firm's name, of ``rules/names.tsv``."""
    forms = [w for row in table("rules/names.tsv", ("kind", "words")) if row["kind"] == "form"
             for w in row["words"].split("|")]
    return re.compile(rf"[\s,]+(?:{'|'.join(re.escape(form) for form in forms)})\.?$")


_VISIBLE = 2
#: Chinese names from this length on are no person's.
_LONG = 6

#: A bank's own name where a party's should stand.
_BANK = re.compile(r"^.{0,30}(?:银行(?!.*(?:公司|厂|店)$)|信用社|信用合作|\bbank\b).{0,12}$")


def _says_nothing(party: str) -> bool:
    """A name that says nothing of who the other side is: none, a bank's, a wallet's, a clearing account's."""
    named = has(party, signs("generic")) or bool(provider(party)) or bool(_BANK.match(party))
    return named or party in ("", "/", "-")


def _says(own: OwnAccount, end: Strings, numbers: list[str]) -> Bools:
    """Rows that name the account *own* by its last four digits in the words or by its number as counterparty."""
    if not tail(own.number):
        return np.zeros(len(end), dtype=np.bool_)
    number = hits(numbers, lambda text: len(digits(text)) >= _NUMBER and same_number(text, own.number))
    named: Bools = (end == tail(own.number)) | number
    return named


def _denies(accounts: Accounts, says: Bools, end: Strings, numbers: list[str], owned: Bools) -> Bools:
    """Rows that print an account other than each one of known number, where the printed one tells of own money."""
    known = np.array([bool(tail(own.number)) for own in accounts], dtype=np.bool_)
    printed = (end != "") | hits(numbers, lambda text: sum(c.isdigit() for c in text) >= _NUMBER)
    denies: Bools = (printed & ((end != "") | owned))[:, None] & ~says & known[None, :]
    return denies


def _names_bank(own: OwnAccount, words: Strings) -> Bools:
    """Rows that name an account's bank, by the first four characters of its name."""
    key = re.sub(r"^中国(?=..银行)", "", plain(own.bank))[:4]
    return hits(words, lambda text: bool(key) and key in text)
