"""Which column is the money and which sign it has: proposals, of which the running balance picks one."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from recon.reading.numbers import Amounts
from recon.reading.result import NOTHING
from recon.reading.vocabulary import card_words, direction, neutral

_Ints = npt.NDArray[np.int64]


#: Longest heading that needs no word for a list.
_HEADING = 12


@dataclass(frozen=True, slots=True)
class Proposal:
    """Amounts as one way of reading signs them.

    Attributes:
        amount: int64 minor units, in +, out −; NOTHING where the row has none.
        certain: the file itself says the sign; where not, a chain must confirm it.
        side: +1, −1 or 0 by row as the direction column says it, None without such a column.
        assumed: rows whose sign no word of the file settles.
    """

    amount: _Ints
    certain: bool = True
    assumed: tuple[int, ...] = ()
    side: npt.NDArray[np.int8] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """What proposals are made from: parsed money columns by meaning, direction words, and the words of each row.

    *kind* is bank, card, wallet or cashbook; *section* holds +1 or −1 where a heading above says so, else 0; *listed*
    likewise where a title, a heading or the file's name says that a list holds receipts only, or payments only;
    *opposed* gives columns of two words of which nobody knows the meaning; *opening* is the balance printed before
    the first line; *books* says that the account stands in the holder's own books, where money in is a debit.
    """

    money: Mapping[str, Sequence[Amounts]]
    direction: list[str] | None
    words: Sequence[str]
    method: Sequence[str]
    kind: str
    section: npt.NDArray[np.int8]
    listed: npt.NDArray[np.int8]
    opposed: Callable[[], Sequence[Sequence[str]]] = tuple
    opening: int | None = None
    books: bool = False


def proposals(table: Table) -> Iterator[Proposal]:
    """Every way of reading the amounts, the likeliest first; what only a chain can confirm comes last."""
    yield from _told(table)
    if table.direction or table.kind in {"card", "wallet"}:
        return
    for column in table.money.get("amount", ()):
        minor = column.minor[column.present]
        if len(minor) and (minor >= 0).all() and not (column.marked != 0).any():
            opposed = table.opposed()
            yield from _by_two_words(column, opposed) if opposed else _by_balance(column, table)


def _by_two_words(column: Amounts, opposed: Sequence[Sequence[str]]) -> Iterator[Proposal]:
    """One column and one of two words whose meaning is not known: each may be money in."""
    for cells in opposed:
        for word in sorted(set(cells)):
            sign = np.array([1 if cell == word else -1 for cell in cells], np.int8)
            amount = np.where(column.present, np.where(column.present, column.minor, 0) * sign, NOTHING)
            yield Proposal(amount, certain=False, side=sign)


def _by_balance(column: Amounts, table: Table) -> Iterator[Proposal]:
    """One column without a sign: the balances beside it rise or fall by each amount, from above or from below."""
    size = np.where(column.present, column.minor, 0)
    for balance in table.money.get("balance", ()):
        if not (balance.present & column.present).all():
            continue
        for step in (1, -1):
            printed = balance.minor[::step]
            before = printed[0] - size[::step][0] if table.opening is None else table.opening
            way = np.sign(np.diff(printed, prepend=before)) * size[::step]
            first = () if table.opening is not None else (0 if step > 0 else len(size) - 1,)
            yield Proposal(way[::step].astype(np.int64), certain=False, assumed=first)


def _told(table: Table) -> list[Proposal]:
    """The ways that the file's own signs, words and columns tell."""
    pairs = list(zip(table.money.get("in", ()), table.money.get("out", ()), strict=False))
    found = [way for a, b in pairs for way in _pair(a, b)]
    found += [replace(way, certain=False) for a, b in pairs if table.books for way in _pair(b, a)]
    for column in _after_fees(table):
        ways = _directed(column, table) if table.direction else _single(column, table)
        found += [*ways, *(_less_fee(ways[0], fee) for fee in table.money.get("fee", ()))]
    if not found:
        found += [Proposal(_positive(c.minor, 1)) for c in table.money.get("in", ())]
        found += [Proposal(_positive(c.minor, -1)) for c in table.money.get("out", ())]
    return found


def _after_fees(table: Table) -> Sequence[Amounts]:
    """The columns of amounts, first the one that is what another leaves after the fees beside it."""
    columns = list(table.money.get("amount", ()))
    for fee in table.money.get("fee", ()):
        taken = np.abs(np.where(fee.present, fee.minor, 0))
        if not taken.any():
            continue
        signed = np.where(fee.present, fee.minor, 0)  # a refund gives its fee back
        ways = [each for each in (taken, signed, -signed) if each.sum() > 0]  # what is left is less
        for net in columns:
            left = (other.minor - each for other in columns if other is not net for each in ways)
            if any(np.array_equal(net.minor[net.present], each[net.present]) for each in left):
                return [net, *(each for each in columns if each is not net)]
    return columns


def _positive(minor: _Ints, sign: int) -> _Ints:
    return np.where(minor == NOTHING, NOTHING, sign * np.where(minor == NOTHING, 0, minor))


def _pair(came: Amounts, went: Amounts) -> list[Proposal]:
    """Two columns; one that prints minus signs throughout is read by its size, or else as corrections."""
    present = came.present | went.present
    a, b = (np.where(c.present, c.minor, 0) for c in (came, went))
    sized = [-x if (x <= 0).all() and (x < 0).any() else x for x in (a, b)]
    ways = [sized[0] - sized[1], a - sized[1], sized[0] - b]
    return [Proposal(np.where(present, way, NOTHING)) for k, way in enumerate(ways) if not k or (way != ways[0]).any()]


def _less_fee(way: Proposal, fee: Amounts) -> Proposal:
    """Amounts with what the fee column takes off them; only a chain can prefer this reading."""
    taken = np.abs(np.where(fee.present, fee.minor, 0))
    return Proposal(np.where(way.amount == NOTHING, NOTHING, way.amount - taken), False, way.assumed, way.side)


def _directed(column: Amounts, table: Table) -> list[Proposal]:
    """One column and a word: by size and word, or by printed sign and word where corrections stand in red."""
    cells = table.direction or []
    known = {cell: direction(cell) for cell in set(cells)}
    sign = np.array([known[cell] or 0 for cell in cells], np.int64)
    printed = np.where(column.present, column.minor, 0)
    unsaid, assumed = _unsaid(sign, printed, column, table)
    by_size = np.where(sign == 0, unsaid, sign * np.abs(printed))
    by_sign = np.where(sign == 0, unsaid, sign * printed)
    agree = bool((np.sign(printed) * sign >= 0).all())
    first = (
        [by_size]
        if agree
        else [by_sign, by_size]
        if ((printed < 0) & (sign < 0)).sum() < (sign < 0).sum()
        else [by_size, by_sign]
    )
    return [Proposal(np.where(column.present, a, NOTHING), not assumed, assumed, sign.astype(np.int8)) for a in first]


def _unsaid(sign: _Ints, printed: _Ints, column: Amounts, table: Table) -> tuple[_Ints, tuple[int, ...]]:
    """Amounts of the rows whose word says neither in nor out: by what the row says, else as printed."""
    amount, assumed = printed.copy(), []
    for i in np.flatnonzero((sign == 0) & column.present & (printed > 0)).tolist():
        told = _neutral(table.words[i], table.method[i])
        amount[i] *= told or (-1 if table.kind == "wallet" else 1)
        if not told:
            assumed.append(i)
    return amount, tuple(assumed)


def _neutral(words: str, method: str) -> int:
    """What a row that is neither income nor spending does to the wallet, 0 where no rule fits."""
    return next((s for s, text, how in neutral() if text.search(words) and (not how.pattern or how.search(method))), 0)


def _single(column: Amounts, table: Table) -> list[Proposal]:
    """One column without a word: as printed, or turned round; a card's purchases may print positive."""
    straight = Proposal(column.minor)
    turned = Proposal(_positive(column.minor, -1))
    printed = column.minor[column.present]
    if (column.marked != 0).any():
        return _marked(column, straight)
    if table.kind == "card":
        return _card(column, table, straight, turned)
    if len(printed) and (printed >= 0).all():
        return _unsigned(column, table, turned)
    return [straight, Proposal(turned.amount, certain=False)]


def _unsigned(column: Amounts, table: Table, turned: Proposal) -> list[Proposal]:
    """No sign at all: a list of receipts or of payments by its title or by who stands in it, else unknown."""
    said = table.listed[column.present]
    if not (said != 0).all():
        return [Proposal(column.minor, certain=False), Proposal(turned.amount, certain=False)]
    minor = np.where(column.present, column.minor, 0)
    return [Proposal(np.where(column.present, minor * table.listed, NOTHING)), turned]


def _marked(column: Amounts, straight: Proposal) -> list[Proposal]:
    """Only credits marked CR: the unmarked are debits, and the other way round."""
    marks = column.marked[column.present]
    unmarked = column.present & (column.marked == 0)
    if not (marks == 0).any():
        return [straight]
    other = -1 if (marks > 0).any() else 1
    signed = np.where(unmarked, other * np.abs(np.where(column.present, column.minor, 0)), column.minor)
    return [Proposal(signed), straight]


def _card(column: Amounts, table: Table, straight: Proposal, turned: Proposal) -> list[Proposal]:
    """A card bill: the sign of its repayments tells, else the words of each row, else purchases print positive."""
    minor = np.where(column.present, column.minor, 0)
    said = np.array([card_word(words) for words in table.words], np.int64)
    if (minor < 0).any():
        agree = int((np.sign(minor) * said > 0).sum())
        against = int((np.sign(minor) * said < 0).sum())
        if agree == against:
            against += int((minor > 0).sum() > (minor < 0).sum())
        return [turned, straight] if against > agree else [straight, turned]
    said = np.where(said == 0, table.section, said)
    by_word = np.where(said > 0, minor, -minor)
    return [Proposal(np.where(column.present, by_word, NOTHING)), turned, straight]


def card_word(words: str) -> int:
    """+1 for repayments and refunds, −1 for purchases and fees, 0 where the words say neither."""
    found = [(m.start(), sign) for sign, pattern in card_words() if (m := pattern.search(words))]
    return min(found)[1] if found else 0


def heading_sign(text: str) -> int:
    """+1 or −1 where a heading over a table speaks only of money in, or only of money out; else 0."""
    if not re.search(r"明细|如下|transactions|details|:|：", text, re.IGNORECASE) and len(text) > _HEADING:
        return 0
    return card_word(text)
