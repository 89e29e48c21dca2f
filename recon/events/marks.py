"""What the words of each row say about the other end of a possible own transfer, computed once per different text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from recon.core.facts import Case
from recon.core.knowledge import table
from recon.events.accounts import Accounts, OwnAccount
from recon.events.lines import movement
from recon.events.words import digits, has, label, plain, provider, same_number

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Strings = npt.NDArray[np.object_]


@cache
def signs(name: str) -> tuple[str, ...]:
    """The plain words of a sign of ``rules/transfers.tsv``."""
    return tuple(plain(w) for row in table("rules/transfers.tsv", ("sign", "words")) if row["sign"] == name for w in row["words"].split("|"))


@dataclass(frozen=True, slots=True)
class Marks:
    """Arrays by row.

    Attributes:
        words: all words, plain. party: the counterparty, plain.
        provider: the wallet named. role: withdraw, top_up or card_repay of a wallet row. funded: account or label.
        tail, bank: last four digits and bank name of an account named in the words.
        own_name: the counterparty is the owner or a holder. own_number: its printed number is an own account's.
        own_word, weak_word, card_repay, cash: signs of ``rules/transfers.tsv``.
        foreign: the counterparty is somebody else.
        says, denies: (rows, accounts) whether the row names that account, or rules it out by naming another.
        banks: (rows, accounts) whether the row names that account's bank.
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

    def names_account(self, rows: Ints, accounts: Ints) -> Bools:
        """Whether each row names the account beside it."""
        return self.says[rows, accounts]

    def names_other(self, rows: Ints, accounts: Ints) -> Bools:
        """Whether each row names an account that is not the one beside it."""
        return self.denies[rows, accounts]

    def names_bank(self, rows: Ints, accounts: Ints) -> Bools:
        """Whether each row names the bank of the account beside it."""
        return self.banks[rows, accounts]


def read(frame: pd.DataFrame, accounts: Accounts, case: Case) -> Marks:
    """The marks of every row of *frame*."""
    party = _each(frame["counterparty"], plain)
    kinds = _each(frame["type"] + " " + frame["description"], plain)
    words = _each(frame["counterparty"] + "|" + frame["type"] + "|" + frame["description"] + "|" + frame["method"], plain)
    wallet = (frame["account_kind"] == "wallet").to_numpy()
    names = tuple(plain(n) for n in {case.owner.name, *(own.holder for own in accounts)} if n.strip())
    own_name = _each(party, lambda p: _is_own(p, names)).astype(bool)
    wallets = np.where(wallet, "", _each(words, provider)).astype(object)
    role = np.where(wallet, _each(kinds, movement), "").astype(object)
    tail, bank = _each(words, lambda w: label(w)[1]), _each(words, lambda w: label(w)[0])
    numbers = frame["counterparty_account"].to_numpy(dtype=object)
    says = np.column_stack([_says(own, tail, numbers) for own in accounts]) if accounts else np.zeros((len(frame), 0), bool)
    own_number = says.any(axis=1)
    known = np.array([bool(re.search(r"\d{4}$", digits(own.number))) for own in accounts], dtype=bool)
    printed = (tail != "") | _each(pd.Series(numbers, dtype=object), lambda n: sum(c.isdigit() for c in n) >= 8).astype(bool)
    denies = printed[:, None] & ~says & known[None, :] & ((tail != "") | own_name | own_number)[:, None]
    generic = _each(party, lambda p: not p or p in ("/", "-") or has(p, signs("generic")) or bool(provider(p)) or _is_bank(p)).astype(bool)
    foreign = ~own_name & ~generic & ~own_number & (role == "")
    sign = {name: _each(words, lambda w, s=signs(name): has(w, s)).astype(bool) for name in ("own", "weak", "card_repay", "cash_out", "cash_in")}
    cash_book = (frame["account_kind"] == "cash").to_numpy()
    cash = sign["cash_out"] | sign["cash_in"]
    moving = np.where(wallet, (role != "") | own_name | own_number, np.where(cash_book, cash | own_name | own_number, ~foreign))
    return Marks(
        words, party, wallets, role, frame["funded_by"].to_numpy(dtype=object), tail, bank, own_name, own_number, sign["own"], sign["weak"],
        sign["card_repay"], cash & ~wallet, foreign, says, denies, _banks(words, accounts), (~wallet & ~cash_book),
        moving.astype(bool) & (role != "internal"),
    )


def _each(texts: pd.Series | Strings, rule: Callable[[str], object]) -> Strings:
    """*rule* of every text, worked out once per different text."""
    values = list(texts)
    known = {text: rule(text) for text in set(values)}
    return np.array([known[text] for text in values], dtype=object)


def _is_own(party: str, names: tuple[str, ...]) -> bool:
    """Whether the plain *party* is one of *names*, in full or masked (*三, 张*, 王**)."""
    if not party:
        return False
    bare = re.sub(r"\(.*?\)|本人", "", party)
    if bare in names:
        return True
    if "*" not in bare or not re.search(r"[^*\s]", bare):
        return False
    pattern = re.compile(re.sub(r"(\\\*)+", ".{1,2}", re.escape(bare)))
    return any(pattern.fullmatch(name) for name in names if len(name) > 1)


def _is_bank(party: str) -> bool:
    """A bank's own name where a party's should stand: it says nothing of who the party is."""
    return bool(re.search(r"银行(?!.*(?:公司|厂|店)$)|信用社|信用合作|\bbank\b", party)) and len(party) < 30


def _says(own: OwnAccount, tail: Strings, numbers: Strings) -> Bools:
    """Rows that name the account *own* by its last four digits in the words or by its number as counterparty."""
    end = digits(own.number)[-4:]
    if len(end) < 4 or not end.isdigit():
        return np.zeros(len(tail), dtype=bool)
    number = _each(numbers, lambda n: bool(n) and len(digits(n)) >= 8 and same_number(n, own.number)).astype(bool)
    return (tail == end) | number


def _banks(words: Strings, accounts: Accounts) -> Bools:
    """Rows that name an account's bank, by the first two characters of a Chinese name or the whole of another."""
    columns = []
    for own in accounts:
        name = plain(own.bank)
        key = re.sub(r"^中国(?=..银行)", "", name)[:4] if name else ""
        columns.append(_each(words, lambda w, k=key: bool(k) and k in w).astype(bool))
    return np.column_stack(columns) if columns else np.zeros((len(words), 0), bool)
