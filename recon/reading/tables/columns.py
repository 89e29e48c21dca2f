"""Where the tables of a file stand and what their columns mean: by header words, confirmed by content."""

import re
from collections.abc import Iterator, MutableSequence, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import numpy as np
import numpy.typing as npt

from recon.reading.dates import see
from recon.reading.numbers import amounts, decimal_comma
from recon.reading.vocabulary import Meaning, currency, direction, known, meanings, opens

#: Rows in which a table's first header is sought.
HEADER_ROWS = 400
#: Filled cells that a row of a table has at least: when, what and how much.
_CELLS = 3
#: Rank that puts a column without content behind every other of its meaning.
_EMPTY = 100
#: A line drawn with characters.
_RULE = re.compile(r"^[*=_~]+$")
#: Titles of a list of balances by day.
_PAIR = 2
#: Rank of value dates and those behind them.
_VALUED = 3
#: Cells of a header so short that two known words make it one.
_SHORT = 4
#: Rows of a column that are looked at to confirm what it means.
_SAMPLE = 400
#: Share of a column's filled cells that must look like what its header says.
_MOST = 0.6
_MONEY = frozenset({"amount", "in", "out", "balance", "original_amount", "fee", "refunded"})
#: What no header holds, and most lines do.
_FIGURE = re.compile(r"\s*[-+(¥$€£]{0,2}\d[\d,.' ]*[.,]\d{2,3}\)?-?\s*")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}([:.]\d{2})?|\d{4,6}")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of cells of a whole file, each with its place.

    Attributes:
        cells: text as printed; rows may differ in length.
        page, line: place of each row.
        box: float32 (n, 4) of each row, or None.
        exact: cells were separate in the file, so that a column cannot have been cut wrongly.
        dated: dates that do not fit were looked at twice: they are printed so.
    """

    cells: list[list[str]]
    page: MutableSequence[int]
    line: MutableSequence[int]
    box: npt.NDArray[np.float32] | None = None
    exact: bool = True
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A table: its columns by meaning, its rows, and the rows of text above it.

    Attributes:
        columns: column numbers by meaning, the best first.
        rest: columns of text that no header word explains.
        above: numbers of the text rows since the table before.
        first, stop: numbers of the rows below the header.
        named: whether a header named the columns.
        unread: rows that look like lines under a header above that they do not fit.
    """

    columns: dict[str, list[int]]
    rest: list[int]
    above: range
    first: int
    stop: int
    named: bool = True
    titles: list[str] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)


def column(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    """One column's cells, empty where a row is short."""
    return [row[index] if index < len(row) else "" for row in rows]


def header(row: Sequence[str]) -> dict[int, tuple[Meaning, ...]]:
    """Meanings by column where *row* is a header: a date and money named, and nothing in it a date or an amount."""
    filled = [cell for cell in row if cell.strip()]
    if len(filled) < _CELLS or any(map(_FIGURE.fullmatch, filled)):
        return {}
    found = {i: what for i, cell in enumerate(row) if (what := meanings(cell))}
    names = {m.name for what in found.values() for m in what}
    if not (names & {"date"} and names & {"amount", "in", "out", "balance"}) or _days_and_figures(row):
        return {}
    if len(found) * 5 < len(filled) * 2 or len(found) < _CELLS - 1:
        return {}
    if len(names) < _CELLS and not (len(filled) <= _SHORT and all(known(row[i]) for i in found)):
        return {}
    return {} if any(see(cell) for cell in filled) else found


def blocks(row: Sequence[str]) -> int:
    """How many titles stand in each block where *row* is a header that repeats them side by side; else 0."""
    filled = [text for cell in row if (text := cell.strip())]
    if 2 * len(set(filled)) > len(filled):
        return 0
    sizes = (size for size in range(2, len(filled) // 2 + 1) if not len(filled) % size)
    return next((size for size in sizes if filled == filled[:size] * (len(filled) // size)), 0)


def _days_and_figures(row: Sequence[str]) -> bool:
    """Whether *row* heads nothing but days and figures, side by side: balances, though it may call them amounts."""
    if blocks(row) != _PAIR:
        return False
    return {m.name for cell in row for m in meanings(cell)[:1]} == {"date", "amount"}


def balances_only(row: Sequence[str]) -> bool:
    """Whether *row* is the header of a list of balances by day: a date, balances, and nothing that moves."""
    filled = [cell for cell in row if cell.strip()]
    names = {m.name for cell in filled for m in meanings(cell)[:1]}
    if _days_and_figures(row):
        return True
    return (
        {"date", "balance"} <= names <= {"date", "balance", "currency", "account", "card", "ignore"}
        and all(meanings(cell) or not any(map(str.isalnum, cell)) for cell in filled)
        and not any(see(cell) for cell in filled)
    )


def _by_day(segment: Segment, rows: Rows) -> bool:
    """Whether a table sums up days: it opens and closes each of them, and none stands in two rows."""
    if not (segment.columns.get("in") and segment.columns.get("out") and any(map(opens, segment.titles))):
        return False
    days = [cell for cell in column(rows.cells[segment.first : segment.stop], segment.columns["date"][0]) if cell]
    return len(set(days)) == len(days)


def summarised(rows: Rows, found: Sequence[Segment]) -> int | None:
    """The number of the row that heads a list of balances by day, where a file holds no other table; else None."""
    if found:
        return found[0].first - 1 if all(_by_day(segment, rows) for segment in found) else None
    heads = (i for i, row in enumerate(rows.cells[:HEADER_ROWS]) if balances_only(row))
    return next(heads, None)


def segments(rows: Rows) -> list[Segment]:
    """Every table of a file that a header names, in order; an empty list where there is none."""
    tables = list(_headed(rows))
    sample: dict[tuple[str, ...], list[list[str]]] = {}
    for _, titles, below, stop in tables:
        seen = sample.setdefault(tuple(titles), [])
        seen += rows.cells[below : min(stop, below + 4 * _SAMPLE - len(seen))]
    meant = {titles: _confirmed(body, titles, header(titles)) for titles, body in sample.items()}
    found: list[Segment] = []
    unread: list[int] = []
    above = 0
    for at, titles, below, stop in tables:
        columns, rest = meant[tuple(titles)]
        if columns.get("date") and _has_money(columns):
            found.append(Segment(columns, rest, range(above, at), below, stop, True, titles))
            above = stop
        elif not balances_only(rows.cells[at]):
            unread += [i for i in range(below, stop) if _dated_figure(rows.cells[i])]
    if found:
        found[-1].unread.extend(unread)
    return found


def _headed(rows: Rows) -> Iterator[tuple[int, list[str], int, int]]:
    """Each header's row and titles, and the rows of its table: the first and the one after the last."""
    at = _next_header(rows, 0)
    while at is not None:
        below = at + 1
        second = rows.cells[below] if below < len(rows.cells) else []
        titles, twice = _two_lines(rows.cells[at], second)
        below += twice
        named = header(titles)
        if not named:
            titles, named = rows.cells[at], header(rows.cells[at])
        stop, following = _end(rows, below, named)
        yield at, titles, below, stop
        at = following


def _dated_figure(row: Sequence[str]) -> bool:
    """Whether a day stands in a row beside something with digits."""
    return any(map(see, row)) and sum(any(map(str.isdigit, cell)) for cell in row) > 1


def _has_money(columns: dict[str, list[int]]) -> bool:
    return any(columns.get(name) for name in ("amount", "in", "out"))


def _next_header(rows: Rows, start: int) -> int | None:
    for i in range(start, min(len(rows.cells), start + HEADER_ROWS)):
        if header(rows.cells[i]):
            return i
    return None


def _two_lines(first: list[str], second: list[str]) -> tuple[list[str], int]:
    """The header with a second line of it joined on, and how many lines that took."""
    filled = [cell for cell in second if cell.strip()]
    digits = any(ch.isdigit() and (not cell.endswith(")") or _amount(cell)) for cell in filled for ch in cell)
    known = sum(bool(meanings(cell)) for cell in filled)
    if not filled or digits or known * 2 < len(filled) or len(filled) < _CELLS - 1:
        return first, 0
    joined = [
        " ".join(part for part in (a.strip(), b.strip()) if part) for a, b in zip_longest(first, second, fillvalue="")
    ]
    better = [j if not meanings(a) or meanings(j) else a for a, j in zip_longest(first, joined, fillvalue="")]
    return [_of_group(*cells) for cells in zip_longest(better, _groups(first, second), second, fillvalue="")], 1


def _groups(first: list[str], second: list[str]) -> list[str]:
    """The upper title of each column that shares one with the next or the one before; it stands in the first cell."""
    found = [cell.strip() for cell in first] + [""] * (len(second) - len(first))
    shared = [not above and bool(below.strip()) for above, below in zip_longest(found, second, fillvalue="")]
    for i in range(1, len(found)):
        found[i] = found[i - 1] if shared[i] else found[i]
    return [cell if shared[i] or shared[i + 1 : i + 2] == [True] else "" for i, cell in enumerate(found)]


def _of_group(title: str, group: str, below: str) -> str:
    """A column's *title*, in Chinese that of its *group* with its own where both make a known one, else its own."""
    below = below.strip()
    if not below or not group or below.isascii() or group.isascii() or not known(below):
        return title
    return group + below if known(group + below) else below


def _end(rows: Rows, first: int, named: dict[int, tuple[Meaning, ...]]) -> tuple[int, int | None]:
    """Where the table ends, and the number of the next header that differs; repeated headers are passed over."""
    dated = [i for i, what in named.items() if any(m.name == "date" for m in what)]
    seen: dict[str, bool] = {}
    for i in range(first, len(rows.cells)):
        row = rows.cells[i]
        for j in dated:
            cell = row[j] if j < len(row) else ""
            if cell not in seen:
                seen[cell] = see(cell) is not None
            if seen[cell]:
                break
        else:
            if header(row):
                return i, i
            if balances_only(row):
                return i, _next_header(rows, i + 1)
    return len(rows.cells), None


def _confirmed(
    rows: Sequence[Sequence[str]], titles: Sequence[str], named: dict[int, tuple[Meaning, ...]]
) -> tuple[dict[str, list[int]], list[int]]:
    """Columns by meaning where the content agrees with the header, and text columns that no word explains."""
    ranked: dict[str, list[tuple[int, int]]] = {}
    rest: list[int] = []
    width = max((len(row) for row in rows[:_SAMPLE]), default=0)
    table_rows = [row for row in rows[: 4 * _SAMPLE] if sum(bool(cell.strip()) for cell in row) >= _CELLS][:_SAMPLE]
    for i in range(max(width, len(titles))):
        cells = [cell for row in table_rows if i < len(row) and _RULE.sub("", cell := row[i].strip())]  # no rules
        meaning = next((m for m in named.get(i, ()) if _agrees(m.name, cells)), None)
        if meaning:
            ranked.setdefault(meaning.name, []).append((meaning.rank + (0 if cells else _EMPTY), i))
        elif cells and not named.get(i) and not all(see(c) or _amount(c) for c in cells):
            rest.append(i)
    _days_besides(ranked, table_rows, {*named, *(i for found in ranked.values() for _, i in found)}, width)
    sides = [i for i in rest if {direction(row[i]) for row in table_rows if i < len(row) and row[i]} == {1, -1}]
    if sides and "amount" in ranked and "direction" not in ranked:
        ranked["direction"] = [(0, sides[0])]
        rest.remove(sides[0])
    return {name: [i for _, i in sorted(found)] for name, found in ranked.items()}, rest


def _days_besides(
    ranked: dict[str, list[tuple[int, int]]], rows: Sequence[Sequence[str]], taken: set[int], width: int
) -> None:
    """Take a column of days that no word explains for the booking day where the named ones are all value dates."""
    if all(rank >= _VALUED for rank, _ in ranked.get("date", [(0, 0)])):
        for i in (i for i in range(width) if i not in taken):
            days = sum(see(cell) is not None for cell in column(rows, i))
            if days * 10 >= len(rows) * 9 > 0:
                ranked["date"].append((_VALUED - 1, i))


def _amount(cell: str) -> bool:
    return bool(amounts([cell], comma=decimal_comma([cell]) or False).present[0])


def _agrees(meaning: str, cells: list[str]) -> bool:  # noqa: PLR0911 a test for each meaning
    """Whether filled *cells* look like *meaning*; text may look like anything."""
    if not cells:
        return meaning != "date"
    if meaning == "date":
        return sum(see(c, serials=True) is not None for c in cells) >= _MOST * len(cells)
    if meaning in _MONEY:
        parsed = amounts(cells, comma=decimal_comma(cells) or False)
        return bool((~parsed.bad).sum() >= _MOST * len(cells))
    if meaning == "time":
        return sum(bool(_CLOCK.search(c)) for c in cells) >= _MOST * len(cells)
    if meaning == "direction":
        told = {c: direction(c) is not None for c in set(cells)}  # of two words one may be known in another language
        return sum(map(told.__getitem__, cells)) >= _MOST * len(cells) and (len(told) > 2 or all(told.values()))  # noqa: PLR2004
    if meaning == "currency":
        return sum(bool(currency(c)) for c in cells) >= _MOST * len(cells)
    return meaning != "description" or any(ch.isalpha() for c in cells for ch in c)
