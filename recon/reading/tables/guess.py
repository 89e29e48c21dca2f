"""A table that no header names: its columns by content, and by the one assignment whose running balance closes."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, permutations

import numpy as np
import numpy.typing as npt

from recon.core.money import divide
from recon.reading.dates import dates, see
from recon.reading.numbers import amounts, decimal_comma
from recon.reading.proof import follow
from recon.reading.result import NOTHING
from recon.reading.tables.columns import Rows, Segment, column
from recon.reading.tables.facts import gather
from recon.reading.vocabulary import direction, side_row

#: Rows looked at; share of a column's filled cells that must agree; money columns that are tried.
_SAMPLE = 300
_MOST = 0.9
_TRIED = 5
#: Digits from which whole numbers of one length are codes.
_CODE = 6
#: Rows that a table without a header must have at least, and amounts in an undated one of them.
_LEAST, _PAIR = 3, 2
#: Days without a year are put in order by it.
_SOME_YEAR = dt.date(2000, 12, 31)
_Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Body:
    """Lines as columns: *day* of each, minor units by column, and +1 or −1 where a word says which way.

    *ends* are the opening and the closing balance printed above, None where there is none.
    """

    day: npt.NDArray[np.datetime64]
    minor: Mapping[int, _Ints]
    sign: _Ints | None
    ends: tuple[int | None, int | None]


def guessed(rows: Rows) -> list[Segment]:
    """The one table of a file without a header, or an empty list where no rows look like a table."""
    dated = [i for i, row in enumerate(rows.cells) if _looks_like_a_line(row)]
    if not dated:
        return []
    below = (row for row in rows.cells[dated[0] :] if _looks_like_a_line(row) or sum(map(_is_amount, row)) >= _PAIR)
    body = list(islice(below, _SAMPLE))
    width = Counter(len(row) for row in body).most_common(1)[0][0]
    when = [i for i in range(width) if _share(body, i, _is_date) >= _MOST]
    money = [i for i in range(width) if i not in when and _share(body, i, _is_amount) >= _MOST and _is_money(body, i)]
    if not when or not money:
        return []
    when.sort(key=lambda i: _disorder(column(body, i)))
    texts = [i for i in range(width) if i not in when and i not in money and any(_worded(c) for c in column(body, i))]
    ways = [i for i in texts if _share(body, i, lambda cell: direction(cell) in {1, -1}) >= _MOST]
    first, stop = _grown(rows, dated[0], dated[-1] + 1, money, _PAIR)
    sample = [row for row in rows.cells[first : min(stop, first + _SAMPLE)] if _moves(row, money)]
    ends = _ends(rows.cells[:first])
    closed, found = _money(_body(sample, when[0], money[:_TRIED], ways, ends))
    if len(sample) < _LEAST or max(len(dated), closed) < _LEAST:
        return []
    columns = {"date": when, **found}
    first, stop = _grown(rows, first, stop, columns.get("balance", []), 1)
    if ways:
        columns["direction"] = ways[:1]
    if texts := [i for i in texts if i not in ways[:1]]:
        columns["description"] = texts
    return [Segment(columns, [], range(first), first, stop, False, [""] * width)]


def _looks_like_a_line(row: Sequence[str]) -> bool:
    return any(see(cell) for cell in row) and any(_is_amount(cell) and not see(cell) for cell in row if cell.strip())


def _moves(row: Sequence[str], money: Sequence[int]) -> bool:
    """Whether a row is a line: dated, or with an amount and a balance, and no balance or total by its words."""
    if any(side_row(cell) for cell in row if cell):
        return False
    return _looks_like_a_line(row) or _figures(row, money) >= _PAIR


def _figures(row: Sequence[str], money: Sequence[int]) -> int:
    return sum(i < len(row) and _is_amount(row[i]) for i in money)


def _grown(rows: Rows, first: int, stop: int, money: Sequence[int], least: int) -> tuple[int, int]:
    """The table with the rows around it that print as many amounts: lines that share a date, and balances."""
    while first and _figures(rows.cells[first - 1], money) >= least:
        first -= 1
    while stop < len(rows.cells) and _figures(rows.cells[stop], money) >= least:
        stop += 1
    return first, stop


def _share(body: Sequence[Sequence[str]], index: int, test: Callable[[str], bool]) -> float:
    """Which share of a column's cells passes a *test*; signs for nothing, such as dashes, are no cells."""
    cells = [cell for cell in column(body, index) if any(map(str.isalnum, cell))]
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _is_date(cell: str) -> bool:
    return see(cell) is not None


def _is_amount(cell: str) -> bool:
    return bool(amounts([cell], comma=decimal_comma([cell]) or False).present[0])


def _is_money(body: Sequence[Sequence[str]], index: int) -> bool:
    """Whether figures are no codes: whole numbers of one length, or such as count the lines, are."""
    cells = [cell.strip() for cell in column(body, index) if any(map(str.isalnum, cell))]
    if not all(cell.isdigit() for cell in cells):
        return True
    lengths, steps = set(map(len, cells)), {int(b) - int(a) for a, b in pairwise(cells)}
    return not (lengths == {max(lengths)} and max(lengths) >= _CODE) and not (len(steps) == 1 and steps <= {1, -1})


def _disorder(cells: Sequence[str]) -> int:
    """How many days of a column break its order, whichever way it runs."""
    day = dates([cell for cell in cells if cell.strip()], _SOME_YEAR).day
    return int(min((day[1:] < day[:-1]).sum(), (day[1:] > day[:-1]).sum()))


def _worded(cell: str) -> bool:
    return any(ch.isalpha() for ch in cell)


def _ends(above: Sequence[Sequence[str]]) -> tuple[int | None, int | None]:
    """Opening and closing balance printed *above*, in minor units of two decimals."""
    money = gather(list(enumerate(above))).money
    opening, closing = (divide(money[name], 10) if name in money else None for name in ("opening", "closing"))
    return opening, closing


def _body(
    sample: Sequence[Sequence[str]], when: int, money: Sequence[int], ways: Sequence[int],
    ends: tuple[int | None, int | None],
) -> _Body:
    cells = column(sample, when)
    for k in range(1, len(cells)):
        cells[k] = cells[k] if cells[k].strip() else cells[k - 1]
    day = dates(cells, _SOME_YEAR).day
    columns = {i: column(sample, i) for i in money}
    minor = {i: amounts(found, comma=decimal_comma(found) or False).minor for i, found in columns.items()}
    sign = np.array([direction(cell) or 0 for cell in column(sample, ways[0])], np.int64) if ways else None
    return _Body(np.where(np.isnat(day), np.datetime64("1970-01-01"), day), minor, sign, ends)


def _money(body: _Body) -> tuple[int, dict[str, list[int]]]:
    """How many steps of a running balance close, and the columns under which the most do; of equals the first."""
    found = [(_closing(body, way), way) for way in _ways(list(body.minor))]
    best, way = max(found, key=lambda pair: pair[0], default=(0, {}))
    return best, way if best else {"amount": [next(iter(body.minor))]}


def _closing(body: _Body, way: Mapping[str, Sequence[int]]) -> int:
    """How many steps close."""
    balance = body.minor[way["balance"][0]]
    a = body.minor[way["in"][0] if "in" in way else way["amount"][0]]
    amount = np.where(a == NOTHING, 0, a)
    if "out" in way:
        b = body.minor[way["out"][0]]
        if ((a != NOTHING) & (a != 0) & (b != NOTHING) & (b != 0)).any():
            return 0
        return _chained(body, amount - np.abs(np.where(b == NOTHING, 0, b)), balance)
    if not amount.any():
        return 0
    signed = np.abs(amount) * body.sign if body.sign is not None else amount
    return max(_chained(body, signed, balance), _sized(amount, balance))


def _chained(body: _Body, amount: _Ints, balance: _Ints) -> int:
    """Steps from balance to balance that close, the ones from and to the printed ends among them."""
    chain = follow(body.day, amount, balance)
    ends = zip((chain.opening, chain.closing), body.ends, strict=True)
    return chain.links - len(chain.broken) + sum(told is not None and told == end for told, end in ends)


def _sized(amount: _Ints, balance: _Ints) -> int:
    """How many balances differ from the one beside them by the size of an amount without a sign."""
    if (amount < 0).any() or (balance == NOTHING).any():
        return 0
    steps = np.abs(np.diff(balance))
    return max(int((steps == amount[1:]).sum()), int((steps == amount[:-1]).sum()))


def _ways(money: Sequence[int]) -> Iterator[dict[str, list[int]]]:
    for came, went, balance in permutations(money, 3):
        yield {"in": [came], "out": [went], "balance": [balance]}
    for amount, balance in permutations(money, 2):
        yield {"amount": [amount], "balance": [balance]}
