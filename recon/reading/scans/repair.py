"""Misread digits put right by arithmetic: the likeliest balances under which each line leads from one to the next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from recon.reading.result import NOTHING

State = Literal["verified", "repaired", "suspect"]
_Ints = npt.NDArray[np.int64]

#: Pairs of digits that recognisers take for one another.
_ALIKE = frozenset(frozenset(pair) for pair in ("08", "06", "09", "17", "38", "56", "58", "53", "68", "89", "49", "27",
                                                "14", "03", "69"))
#: What it costs to take a printed figure for another: by digit that looks alike, by another digit, by a digit lost or
#: seen where there is none, for a lost decimal point, for a sign, and for a figure that was not read at all.
_LIKE, _OTHER, _LOST, _POINT, _SIGN, _UNREAD = 1.0, 2.5, 2.0, 1.2, 2.0, 1.2
#: A figure that another look at the picture gave, and on top where two engines read the same.
_SECOND, _SURE = 0.4, 3.0
#: What it costs to change a figure at all: one bad misreading is likelier than two slight ones.
_TOUCHED = 1.0
#: What it costs to let a line not lead from its balance to the next: no repair may cost more.
BREAK = 5.5


@dataclass(frozen=True, slots=True)
class Figures:
    """What was read of consecutive lines, oldest first, in minor units; NOTHING where nothing could be read.

    Attributes:
        amount, balance: int64 (n,), in +, out −.
        amounts, balances: further readings of some of them, by line.
        sure_amounts, sure_balances: lines of which two engines read the same: what they print is no misreading.
        opening, closing: printed balances at the ends, None where none is.
        signed: whether the sign of amounts was read, too.
    """

    amount: _Ints
    balance: _Ints
    amounts: Mapping[int, Sequence[int]]
    balances: Mapping[int, Sequence[int]]
    opening: int | None = None
    closing: int | None = None
    sure_amounts: frozenset[int] = frozenset()
    sure_balances: frozenset[int] = frozenset()
    signed: bool = True


@dataclass(frozen=True, slots=True)
class Repaired:
    """The likeliest figures, and how each line stands.

    Attributes:
        amount, balance: int64 (n,), as :class:`Figures`.
        state: by line: ``verified``, its figures are as read, lead from balance to balance, and what stands before and
            behind it confirms them without a repaired amount; ``repaired``, one of its figures was put right;
            ``suspect``, it closes but nothing else confirms it, or it does not close.
        closes: bool (n,), the line leads from the balance before it to its own.
    """

    amount: _Ints
    balance: _Ints
    state: list[State]
    closes: npt.NDArray[np.bool_]


def repaired(figures: Figures) -> Repaired:
    """The path through possible balances that changes least of what was read."""
    n = len(figures.amount)
    tries = _candidates(figures)
    cost, came = _walk(figures, tries)
    ends = [c + _end(figures, value) for c, value in zip(cost, tries[-1], strict=True)]
    at = int(np.argmin(ends))
    path = [0] * n
    for k in range(n - 1, -1, -1):
        path[k] = tries[k][at]
        at = came[k][at]
    return _told(figures, path, figures.opening)


def _told(figures: Figures, path: Sequence[int], before: int | None) -> Repaired:
    """What the balances of *path* make of every line."""
    n = len(path)
    amount, closes = figures.amount.copy(), np.zeros(n, bool)
    balance = np.array(path, np.int64)
    for k, value in enumerate(path):
        if before is None:  # the first line's amount has nothing to be held against
            closes[k] = figures.amount[k] != NOTHING
        else:
            price, amount[k] = _moved(figures, k, value - before)
            closes[k] = price < BREAK
        before = value
    return Repaired(amount, balance, _states(figures, amount, balance, closes), closes)


def _states(figures: Figures, amount: _Ints, balance: _Ints, closes: npt.NDArray[np.bool_]) -> list[State]:
    """How each line stands.

    A line that closes as read is wrong where two figures of it and of a neighbour were misread so that they agree, and
    then it is the neighbour that is put right. So a line is verified only between neighbours that nothing was changed
    of before it, and whose amount is as read behind it.
    """
    n = len(amount)
    told = _as_read(amount, figures.amount, figures.amounts)
    stood = _as_read(balance, figures.balance, figures.balances) | (figures.balance == NOTHING)
    firm, whole = closes & told, closes & told & stood
    printed = figures.balance != NOTHING
    held = np.zeros(n, bool)  # behind line k stands a printed balance that firm lines lead to
    held[-1] = whole.all() if figures.closing is None else figures.closing == balance[-1]
    for k in range(n - 2, -1, -1):
        held[k] = firm[k + 1] and ((stood[k + 1] and printed[k + 1]) or held[k + 1])
    ahead = np.zeros(n, bool)  # before line k stands a printed balance that lines as read lead from
    ahead[0] = figures.opening is not None
    for k in range(1, n):
        ahead[k] = whole[k - 1] and (printed[k - 1] or ahead[k - 1])
    return [
        "suspect" if not closes[k] else
        "repaired" if not whole[k] else
        "verified" if held[k] and ahead[k] else "suspect" for k in range(n)
    ]


def _as_read(taken: _Ints, first: _Ints, others: Mapping[int, Sequence[int]]) -> npt.NDArray[np.bool_]:
    """Which of the figures *taken* were seen so, at first or at another look."""
    same: npt.NDArray[np.bool_] = taken == first
    for k, values in others.items():
        same[k] |= int(taken[k]) in values
    return same


def _walk(figures: Figures, tries: Sequence[Sequence[int]]) -> tuple[list[float], list[list[int]]]:
    """The cost of the best way to each of the last line's candidates, and by line where each candidate came from."""
    opening = figures.opening
    cost = [_stands(figures, 0, v) + (0.0 if opening is None else _moved(figures, 0, v - opening)[0]) for v in tries[0]]
    came = [[0] * len(cost)]
    for k in range(1, len(tries)):
        steps = [[c + _moved(figures, k, v - u)[0] for c, u in zip(cost, tries[k - 1], strict=True)] for v in tries[k]]
        best = [min(range(len(step)), key=step.__getitem__) for step in steps]
        cost = [step[b] + _stands(figures, k, v) for step, b, v in zip(steps, best, tries[k], strict=True)]
        came.append(best)
    return cost, came


def _end(figures: Figures, value: int) -> float:
    return 0.0 if figures.closing is None else min(BREAK, _read(figures.closing, (), value))


def _stands(figures: Figures, k: int, value: int) -> float:
    """The cost of taking line *k*'s balance for *value*."""
    return _read(int(figures.balance[k]), figures.balances.get(k, ()), value, sure=k in figures.sure_balances)


def _moved(figures: Figures, k: int, needed: int) -> tuple[float, int]:
    """The cost of line *k*'s amount being *needed*, and the amount taken: as read where that would cost too much."""
    read = int(figures.amount[k])
    price = _read(read, figures.amounts.get(k, ()), needed, sure=k in figures.sure_amounts)
    if not figures.signed:
        price = min(price, 0.1 + _read(-read if read != NOTHING else read, figures.amounts.get(k, ()), needed))
    return (price, needed) if price < BREAK else (BREAK, read)


def _read(first: int, others: Iterable[int], value: int, *, sure: bool = False) -> float:
    """The cost of a printed *value* read as *first* (by two engines if *sure*), and by other looks as *others*."""
    if value == first:
        return 0.0
    if value in others:
        return _SECOND
    return _UNREAD if first == NOTHING else _TOUCHED + distance(first, value) + _SURE * sure


@lru_cache(maxsize=1 << 16)
def distance(read: int, value: int) -> float:
    """The cost of taking the figure *read* for *value*: misread, lost and added digits, a lost point, a sign."""
    sign = _SIGN if (read < 0) != (value < 0) and read and value else 0.0
    a, b = str(abs(read)), str(abs(value))
    if a == b:
        return sign
    if len(a) == len(b):
        return sign + sum(_swap(x, y) for x, y in zip(a, b, strict=True))
    if abs(read) == 100 * abs(value) or abs(value) == 100 * abs(read):
        return sign + _POINT
    return sign + _edits(a, b)


def _swap(x: str, y: str) -> float:
    if x == y:
        return 0.0
    return _LIKE if frozenset((x, y)) in _ALIKE else _OTHER


def _edits(a: str, b: str) -> float:
    """The least cost of edits from *a* to *b*."""
    row = [_LOST * j for j in range(len(b) + 1)]
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], _LOST * i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(before + _swap(x, y), row[j] + _LOST, row[j - 1] + _LOST)
    return row[-1]


def _candidates(figures: Figures) -> list[list[int]]:
    """Balances that each line may have: as read, as the lines before lead to, and as the lines behind come from."""
    n = len(figures.amount)
    amounts = [_all(int(figures.amount[k]), figures.amounts.get(k, ())) for k in range(n)]
    read = [_all(int(figures.balance[k]), figures.balances.get(k, ())) for k in range(n)]
    sure = _sure(figures)
    back: list[list[int]] = [[] for _ in range(n + 1)]
    back[n] = []
    last = [] if figures.closing is None else [figures.closing]
    for k in range(n - 1, -1, -1):
        behind = read[k + 1][:2] + back[k + 1][:2] if k + 1 < n else []
        back[k] = _few([b - a for b in behind for a in amounts[k + 1][:2]] if k + 1 < n else last)
    found: list[list[int]] = []
    before = [] if figures.opening is None else [figures.opening]
    for k in range(n):
        if sure[k]:
            found.append([int(figures.balance[k])])
        else:
            ahead = [u + a for u in before[:6] for a in amounts[k][:2]]
            found.append(_few([*read[k], *back[k], *ahead]) or [before[0] if before else 0])
        before = found[-1]
    return found


def _sure(figures: Figures) -> list[bool]:
    """Whether a line's balance needs no other candidate: it follows from the one before and leads to the next."""
    balance, amount = figures.balance, figures.amount
    whole = (balance != NOTHING) & (amount != NOTHING)
    follows = np.zeros(len(balance), bool)
    follows[1:] = whole[1:] & (balance[:-1] != NOTHING) & (balance[:-1] + np.where(whole, amount, 0)[1:] == balance[1:])
    leads = np.concatenate([follows[1:], [False]])
    sure: list[bool] = (follows & leads).tolist()
    return sure


def _all(first: int, others: Sequence[int]) -> list[int]:
    return list(dict.fromkeys([*([] if first == NOTHING else [first]), *others]))


def _few(values: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(values))[:12]
