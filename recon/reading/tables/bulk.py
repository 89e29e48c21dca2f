"""A large plain table whose balances close is read by columns at once; anything less plain is left to the table reader.

The way is quick because it never makes a Python object of a cell. It is sure because it gives a result only where every
line prints a balance and the whole chain closes; where not, the reader of rows, which knows more, decides.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from recon.core.money import decimals
from recon.evidence import sheet
from recon.evidence.offsets import Offsets, offsets
from recon.evidence.text import Text
from recon.reading.dates import Dates
from recon.reading.numbers import Amounts
from recon.reading.result import NOTHING
from recon.reading.tables.accounts import Body
from recon.reading.tables.columns import HEADER_ROWS, Rows, segments
from recon.reading.tables.fields import currencies_of, groups_of, listed, text_columns
from recon.reading.tables.kind import Kindred, kindred
from recon.reading.tables.late import LateTexts
from recon.reading.tables.parts import Part, parts_of
from recon.reading.tables.signs import Table
from recon.reading.tables.table import Tables, closing

#: Bytes from which a file is large; lines at its head that say what its columns are.
LARGE = 4 << 20
_HEAD = 2 * HEADER_ROWS
#: Digits of an amount that this way reads.
_DIGITS = 17
_ZERO, _NINE, _MINUS, _POINT = 48, 57, 45, 46
#: Columns whose words this way leaves to the reader of rows.
_WORDED = ("direction", "fee", "status", "method", "card")
_Ints = npt.NDArray[np.int64]


def read(data: bytes, text: Text, name: str) -> Tables | None:
    """The one plain table of a large file with its balances closing, or None."""
    head = sheet.separated("".join(text.text[: 1 << 18].splitlines(keepends=True)[:_HEAD]))
    rows = Rows(head.rows, [0] * len(head.rows), head.lines)
    found = segments(rows)
    if len(found) != 1 or len(rows.cells) < _HEAD or set(_WORDED) & set(found[0].columns):
        return None
    what = kindred([cell for i in found[0].above for cell in rows.cells[i]], found, name)
    part = parts_of(rows, found, what)[0]
    first = found[0].first
    cells = offsets(data, text.encoding, _separator(text.text, first), _nth_line(data, first))
    plain = what.kind in {"bank", "cashbook"} and part.rows == list(range(first, len(rows.cells)))
    if cells is None or not plain or len(part.columns["date"]) != 1 or not part.columns.get("balance"):
        return None
    return _table(cells, rows, part, what, name)


def _separator(text: str, line: int) -> str:
    lines = text[: 1 << 18].splitlines()
    return max(",;\t|", key=lines[line].count)


def _nth_line(data: bytes, number: int) -> int:
    at = 0
    for _ in range(number):
        at = data.index(b"\n", at) + 1
    return at


def _table(cells: Offsets, rows: Rows, part: Part, what: Kindred, name: str) -> Tables | None:
    body = [rows.cells[i] for i in part.rows]
    same = [i for m in ("account", "currency") for i in part.columns.get(m, ())]
    day = _days(cells, part.columns["date"][0])
    codes = currencies_of(body, part, what)
    places = decimals(codes[0]) if codes else 2
    if day is None or places != 2 or not all(cells.constant(i) for i in same):  # noqa: PLR2004 decimals most have
        return None
    money: dict[str, list[Amounts]] = {"fee": []}
    for m in ("amount", "in", "out", "balance"):
        parsed = [_amounts(cells, i) for i in part.columns.get(m, ())[:1]]
        if None in parsed:
            return None
        money[m] = [p for p in parsed if p is not None]
    n, everything = len(day), np.arange(len(day))
    none = np.zeros(n, np.int8)
    table = Table(money, None, [], [], what.kind, none, np.full(n, listed(body[:1], part.titles, "")[0], np.int8))
    number, code = next(iter(groups_of(body, part, codes)))
    first = rows.line[part.rows[0]]
    part, every = replace(part, rows=list(range(n))), Rows([], [0] * n, list(range(first, first + n)))
    text = LateTexts(cells, text_columns(part), everything)
    seen = Dates(day, None, no_year=False, undecided=False, clamped=())
    return closing(Body(every, part, what, name, table, {(number, code): everything}, seen, text, places))


def _days(cells: Offsets, column: int) -> npt.NDArray[np.datetime64] | None:
    """Days written ``YYYY-MM-DD``, ``YYYY/MM/DD`` or ``YYYYMMDD`` throughout, else None."""
    start, codes = cells.start[:, column], cells.bytes
    width = int(cells.stop[0, column] - start[0])
    if width not in {8, 10} or not (cells.stop[:, column] - start == width).all():
        return None
    number = np.zeros(len(start), np.int64)
    for k in range(width):
        mark = codes[start + k]
        if width == 10 and k in {4, 7}:  # noqa: PLR2004 places of the separators
            if mark[0] not in b"-/" or not (mark == mark[0]).all():
                return None
            continue
        if not ((mark >= _ZERO) & (mark <= _NINE)).all():
            return None
        number = number * 10 + (mark - _ZERO)
    changes = np.flatnonzero(np.diff(number, prepend=-1))
    try:
        texts = [f"{v // 10000:04}-{v // 100 % 100:02}-{v % 100:02}" for v in number[changes].tolist()]
        days = np.array(texts, "datetime64[D]")
    except ValueError:
        return None
    return np.repeat(days, np.diff(np.append(changes, len(number))))


def _amounts(cells: Offsets, column: int) -> Amounts | None:
    """Amounts with a point and two decimals throughout, or blank, as minor units; else None."""
    start, stop, codes = cells.start[:, column], cells.stop[:, column], cells.bytes
    blank = start == stop
    negative = codes[start] == _MINUS
    width = stop - start - negative
    if width.max() > _DIGITS or not (blank | (width > 3)).all() or not (blank | (codes[stop - 3] == _POINT)).all():  # noqa: PLR2004 point and decimals
        return None
    minor, power = np.zeros(len(start), np.int64), 1
    for k in range(int(width.max())):
        if k == 2:  # noqa: PLR2004 the point
            continue
        inside = width > k
        digit = codes[np.where(inside, stop - 1 - k, 0)].astype(np.int64) - _ZERO
        digit[~inside] = 0
        if ((digit < 0) | (digit > 9)).any():  # noqa: PLR2004 a digit
            return None
        minor += digit * power
        power *= 10
    minor[negative] *= -1
    minor[blank] = NOTHING
    return Amounts(minor, np.zeros(len(minor), bool), np.zeros(len(minor), np.int8), {})
