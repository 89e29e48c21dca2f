"""The figures of a photographed table's lines in order of time, and the table with those that were put right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from recon.core.money import divide, to_text
from recon.reading.numbers import Amounts, amounts, decimal_comma
from recon.reading.result import NOTHING
from recon.reading.scale import FINEST
from recon.reading.scans.repair import Figures, Repaired
from recon.reading.tables.accounts import Body
from recon.reading.tables.columns import Rows, segments
from recon.reading.tables.guess import guessed
from recon.reading.tables.parts import Part
from recon.reading.tables.signs import Proposal, proposals
from recon.reading.tables.table import body_of, divided

_Ints = npt.NDArray[np.int64]
#: Steps from one printed balance to the next that must close before they say which way a table runs.
_STEPS = 2
#: A cell: number of its row in the file, number of its column.
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The one table of a photographed statement.

    Attributes:
        rows: the file's rows.
        lines: numbers of the rows that are lines, oldest first.
        figures: what was read of them.
        cells: by line, the cells that its amount and its balance stand in; a column below zero where none does.
        places: decimals of the figures.
        columns: numbers of the columns of money in, out, signed amounts, and the balance; below zero where none is.
        signed: whether the column of amounts prints signs of its own.
        comma: whether decimals stand behind a comma.
    """

    rows: Rows
    lines: list[int]
    figures: Figures
    cells: list[tuple[Cell, Cell]]
    places: int
    columns: Mapping[str, int]
    signed: bool
    comma: bool = False


def sheet_of(rows: Rows, name: str) -> Sheet | None:
    """The table in *rows*, or None where there are several, or one whose lines print no balances that follow."""
    found = segments(rows) or guessed(rows)
    what, parts = divided(rows, found, name) if found else (None, [])
    if what is None or len(parts) != 1 or not parts[0].columns.get("balance"):
        return None
    part = _with_unread(parts[0], rows)
    body = body_of(rows, part, what, name)
    if len(body.groups) != 1 or not len(part.rows):
        return None
    way, balance, backwards, steps = _best(body)
    if steps < _STEPS:
        return None
    order = np.arange(len(part.rows))[::-1] if backwards else np.arange(len(part.rows))
    columns = {name: next(iter(part.columns.get(name, ())), -1) for name in ("in", "out", "amount", "balance")}
    lines = [part.rows[k] for k in order.tolist()]
    opening, closing = (_end(body, name) for name in ("opening", "closing"))
    figures = Figures(way.amount[order], balance[order], {}, {}, opening, closing, signed=way.certain)
    comma = decimal_comma([_cell(rows, i, columns["balance"]) for i in lines]) or False
    pairs = zip(lines, figures.amount.tolist(), strict=True)
    cells = [_cells(rows, i, columns, int(amount), places=body.places, comma=comma) for i, amount in pairs]
    single = body.table.money["amount"]
    signs = bool(single) and bool((single[0].minor[single[0].present] < 0).any())
    return Sheet(rows, lines, figures, cells, body.places, columns, signs, comma)


def _with_unread(part: Part, rows: Rows) -> Part:
    """*part* with the dated rows that print a balance, but no amount that could be read."""
    at = part.columns["balance"][0]
    more = {i for i in {*part.unread, *part.dropped} if amounts([_cell(rows, i, at)]).present[0]
            and any(_cell(rows, i, j).strip() for j in part.columns["date"])}
    sign = dict(zip(part.rows, part.section, strict=True))
    every = sorted({*part.rows, *more})
    return replace(part, rows=every, section=[sign.get(i, 0) for i in every])


def _cell(rows: Rows, i: int, j: int) -> str:
    return rows.cells[i][j] if j < len(rows.cells[i]) else ""


def _best(body: Body) -> tuple[Proposal, _Ints, bool, int]:
    """The way of reading amounts, the balances and the direction under which most steps close, and how many do."""
    best: tuple[Proposal, _Ints, bool, int] | None = None
    for way in proposals(body.table):
        for column in body.table.money["balance"]:
            for backwards in (False, True):
                steps = _closing(way.amount, column, backwards=backwards)
                if best is None or steps > best[3]:
                    best = (way, column.minor, backwards, steps)
    assert best is not None  # noqa: S101  a table has a column of money
    return best


def _closing(amount: _Ints, column: Amounts, *, backwards: bool) -> int:
    """How many steps from one printed balance to the next close."""
    step = -1 if backwards else 1
    moved, printed = np.where(amount == NOTHING, 0, amount)[::step], column.minor[::step]
    at = np.flatnonzero(printed != NOTHING)
    offset = printed[at] - np.cumsum(moved)[at]
    return int((np.diff(offset) == 0).sum())


def _end(body: Body, name: str) -> int | None:
    value = body.part.facts.money.get(name)
    return None if value is None else divide(value, 10 ** (FINEST - body.places))


def _cells(
    rows: Rows, i: int, columns: Mapping[str, int], amount: int, *, places: int, comma: bool
) -> tuple[Cell, Cell]:
    """The cells of a line's amount and balance; of a blank amount the one where it should stand."""
    row = rows.cells[i]
    where = [j for name in ("amount", "in", "out") if 0 <= (j := columns[name]) < len(row)]
    read = amounts([row[j] for j in where], places=places, comma=comma).minor.tolist()
    hits = [j for j, value in zip(where, read, strict=True) if value != NOTHING and abs(value) == abs(amount)]
    filled = [j for j in where if row[j].strip()]
    return (i, next(iter([*hits, *filled]), -1)), (i, columns["balance"])


def mended(sheet: Sheet, repaired: Repaired) -> tuple[Rows, dict[int, list[tuple[str, str, str]]]]:
    """The rows with the repaired figures printed into their cells, and by line what was read and what was taken."""
    cells = [list(row) for row in sheet.rows.cells]
    told: dict[int, list[tuple[str, str, str]]] = {}
    for k, i in enumerate(sheet.lines):
        for name, read, taken in (("amount", sheet.figures.amount[k], repaired.amount[k]),
                                  ("balance", sheet.figures.balance[k], repaired.balance[k])):
            blank = name == "balance" and read == NOTHING
            if taken in {read, NOTHING} or blank or not (repaired.closes[k] or name == "balance"):
                continue
            at = _target(sheet, k, name, int(taken))
            cells[i] += [""] * (at + 1 - len(cells[i]))
            was = cells[i][at]
            if name == "amount":
                for other in (sheet.columns["in"], sheet.columns["out"]):
                    if 0 <= other < len(cells[i]):
                        was, cells[i][other] = was or cells[i][other], ""
            cells[i][at] = _printed(sheet, name, int(taken), was)
            told.setdefault(k, []).append((name, was.strip(), cells[i][at]))
    return replace(sheet.rows, cells=cells), told


def _target(sheet: Sheet, k: int, name: str, value: int) -> int:
    """The column that *value* belongs to."""
    if name == "balance":
        return sheet.columns["balance"]
    if sheet.columns["amount"] >= 0:
        return sheet.columns["amount"]
    side = sheet.columns["in" if value > 0 else "out"]
    return side if side >= 0 else sheet.cells[k][0][1]


def _printed(sheet: Sheet, name: str, value: int, was: str) -> str:
    """*value* as its column prints: with a sign only where the column has signs, and CR or DR where that stood."""
    signed = name == "balance" or (sheet.columns["amount"] >= 0 and sheet.signed)
    text = to_text(value if signed else abs(value), sheet.places)
    text = text.replace(".", ",") if sheet.comma else text
    tail = was.strip().rpartition(" ")[2] if was.strip()[-2:].upper() in {"CR", "DR"} else ""
    return f"{text} {tail}".strip()


def with_looks(
    sheet: Sheet, looks: Mapping[tuple[int, str], Sequence[str]]
) -> Sheet:
    """The sheet with what further looks at its cells read.

    Args:
        sheet: the sheet.
        looks: by line and ``amount`` or ``balance``: what the first engine read in a larger picture, and the second.
    """
    more: dict[str, dict[int, tuple[int, ...]]] = {"amount": {}, "balance": {}}
    sure: dict[str, set[int]] = {"amount": set(), "balance": set()}
    for (k, name), texts in looks.items():
        first = int((sheet.figures.amount if name == "amount" else sheet.figures.balance)[k])
        values = [_value(sheet, k, name, first, text) for text in texts]
        others = [value for value in values if value is not None and value != first]
        if others:
            more[name][k] = tuple(dict.fromkeys(others))
        if values and values[-1] == first:
            sure[name].add(k)
    figures = replace(
        sheet.figures, amounts=more["amount"], balances=more["balance"], sure_amounts=frozenset(sure["amount"]),
        sure_balances=frozenset(sure["balance"]),
    )
    return replace(sheet, figures=figures)


def _value(sheet: Sheet, k: int, name: str, first: int, text: str) -> int | None:
    """The figure that *text* prints, signed as the line's first reading or, without one, by its column."""
    found = int(amounts([text.replace(" ", "")], places=sheet.places, comma=sheet.comma).minor[0])
    if found == NOTHING:
        return None
    if name == "balance" or (sheet.signed and sheet.columns["amount"] >= 0):
        return found
    if first != NOTHING:
        return -abs(found) if first < 0 else abs(found)
    return -abs(found) if sheet.cells[k][0][1] == sheet.columns["out"] else abs(found)
