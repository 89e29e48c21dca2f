"""A table that no header names: its columns by content, and by the one assignment whose running balance closes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import permutations

import numpy as np

from recon.reading.dates import dates, see
from recon.reading.numbers import amounts, decimal_comma
from recon.reading.proof import follow
from recon.reading.result import NOTHING
from recon.reading.tables.columns import Rows, Segment, column

#: Rows looked at; share of a column's filled cells that must agree; money columns that are tried.
_SAMPLE = 300
_MOST = 0.9
_TRIED = 5
#: Digits of whole amounts; longer numbers are codes.
_SHORT = 8
#: Rows that a table without a header must have at least.
_LEAST = 3


def guessed(rows: Rows) -> list[Segment]:
    """The one table of a file without a header, or an empty list where no rows look like a table."""
    dated = [i for i, row in enumerate(rows.cells) if _looks_like_a_line(row)]
    if len(dated) < _LEAST:
        return []
    first, stop = dated[0], dated[-1] + 1
    body = [rows.cells[i] for i in dated[:_SAMPLE]]
    width = Counter(len(row) for row in body).most_common(1)[0][0]
    when = [i for i in range(width) if _share(body, i, _is_date) >= _MOST]
    money = [
        i for i in range(width) if i not in when and _share(body, i, _is_amount) >= _MOST and _has_decimals(body, i)
    ]
    if not when or not money:
        return []
    texts = [i for i in range(width) if i not in when and i not in money and any(_worded(c) for c in column(body, i))]
    columns = {"date": when, **_money(body, when[0], money[:_TRIED])}
    if texts:
        columns["description"] = texts
    return [Segment(columns, [], range(first), first, stop, False, [""] * width)]


def _looks_like_a_line(row: Sequence[str]) -> bool:
    return any(see(cell) for cell in row) and any(_is_amount(cell) and not see(cell) for cell in row if cell.strip())


def _share(body: Sequence[Sequence[str]], index: int, test: object) -> float:
    cells = [cell for cell in column(body, index) if cell.strip()]
    return sum(map(test, cells)) / len(cells) if cells and callable(test) else 0.0


def _is_date(cell: str) -> bool:
    return see(cell) is not None


def _is_amount(cell: str) -> bool:
    return bool(amounts([cell]).present[0])


def _has_decimals(body: Sequence[Sequence[str]], index: int) -> bool:
    """Order numbers and codes are whole; money has a decimal mark somewhere, or is short."""
    cells = [cell.strip() for cell in column(body, index) if cell.strip()]
    return any(mark in cell for cell in cells for mark in ".,") or (
        len({len(c) for c in cells}) > 1 and max(map(len, cells)) <= _SHORT
    )


def _worded(cell: str) -> bool:
    return any(ch.isalpha() for ch in cell)


def _money(body: Sequence[Sequence[str]], when: int, money: Sequence[int]) -> dict[str, list[int]]:
    """The assignment of money columns under which the most steps of a running balance close, none broken."""
    best: tuple[int, dict[str, list[int]]] = (0, {"amount": [money[0]]})
    day = dates(column(body, when)).day
    day = np.where(np.isnat(day), np.datetime64("1970-01-01"), day)
    minor = {i: amounts(cells, comma=decimal_comma(cells) or False).minor for i in money for cells in [column(body, i)]}
    for way in _ways(money):
        a, balance = minor[way["in"][0] if "in" in way else way["amount"][0]], minor[way["balance"][0]]
        amount = np.where(a == NOTHING, 0, a)
        if "out" in way:
            b = minor[way["out"][0]]
            if ((a != NOTHING) & (a != 0) & (b != NOTHING) & (b != 0)).any():
                continue
            amount = amount - np.abs(np.where(b == NOTHING, 0, b))
        chain = follow(day, amount, balance)
        if not chain.broken and chain.links > best[0]:
            best = (chain.links, way)
    return best[1]


def _ways(money: Sequence[int]) -> Iterator[dict[str, list[int]]]:
    for amount, balance in permutations(money, 2):
        yield {"amount": [amount], "balance": [balance]}
    for came, went, balance in permutations(money, 3):
        yield {"in": [came], "out": [went], "balance": [balance]}
