"""Rows → figures: each printed amount with the role that the words before it give it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from recon.reading.documents.amounts import Amount, amounts, in_capitals, repaired
from recon.reading.documents.dates import dates
from recon.reading.documents.rows import Cell, Row
from recon.reading.documents.vocabulary import Hit, find

Role = Literal[
    "grand", "total", "subtotal", "net", "tax", "discount", "extra", "rounding", "paid", "change",
    "summary", "capitals", "other", "item", "net_pay", "gross_pay", "owed", "principal", "figure", "rent",
]

#: Roles by the classes of words that give them, the first that fits.
_ROLES: tuple[tuple[Role, frozenset[str]], ...] = (
    ("change", frozenset({"change"})),
    ("other", frozenset({"carried"})),
    ("rounding", frozenset({"rounding"})),
    ("discount", frozenset({"discount"})),
    ("other", frozenset({"other"})),
    ("grand", frozenset({"grand"})),
    ("net_pay", frozenset({"net_pay"})),
    ("gross_pay", frozenset({"gross_pay"})),
    ("owed", frozenset({"owed"})),
    ("principal", frozenset({"principal"})),
    ("rent", frozenset({"rent"})),
    ("subtotal", frozenset({"subtotal"})),
    ("net", frozenset({"exclusive"})),
    ("total", frozenset({"total"})),
    ("extra", frozenset({"extra"})),
    ("paid", frozenset({"cash", "card"})),
    ("other", frozenset({"quantity"})),
    ("figure", frozenset({"figure"})),
)
#: Roles after which no tax summary goes on.
_ENDS_SUMMARY = frozenset({"grand", "paid", "change", "subtotal"})
#: Whole numbers from here on are codes, not amounts.
_CODE = 10**7
#: Roles whose amount may be printed without decimals.
_MAY_BE_WHOLE = frozenset({
    "grand", "total", "subtotal", "paid", "change", "discount", "net_pay", "owed", "principal", "figure", "rent",
})


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed amount.

    Attributes:
        role: what the words before it say that it is; *item* where they say nothing.
        value: major units, exact.
        row, cell: where it stands.
        column: how many amounts stand left of it under the same words.
        last: no amount stands right of it in its row.
        taxed: the words also speak of tax included: a total, unless it is small.
        repaired: letters were read as digits.
    """

    role: Role
    value: Decimal
    row: Row
    cell: Cell
    column: int = 0
    last: bool = True
    taxed: bool = False
    repaired: bool = False


def figures(document: list[Row]) -> list[Figure]:
    """Every amount of the document with its role, in reading order."""
    found: list[Figure] = []
    in_summary, above = False, None
    for row in document:
        made = list(_row_figures(row))
        kinds = frozenset(c for hit in find(row.text) for c in hit.classes)
        if "summary" in kinds:
            in_summary = True
        elif any(figure.role in _ENDS_SUMMARY for figure in made):
            in_summary = False
        if in_summary:
            made = [replace(figure, role="summary") if figure.role != "capitals" else figure for figure in made]
        elif above is not None and made and all(figure.role == "item" for figure in made):
            made = [_under(figure, above) for figure in made]
        found += made
        above = row if not made and find(row.text) else None
    return found


def _row_figures(row: Row) -> Iterator[Figure]:
    """Amounts of one row; words label the amounts behind them up to the next words."""
    text, starts = _joined(row)
    hits = find(text)
    capitals = in_capitals(text)
    if capitals is not None:
        yield Figure("capitals", capitals, row, row.cells[0])
    printed = _amounts(text, hits)
    role: Role = "item"
    taxed, begin, column = False, 0, 0
    for i, amount in enumerate(printed):
        named, with_tax = _nearest_role([hit for hit in hits if begin <= hit.start < amount.start], starts)
        if named != "item":
            role, taxed, column = named, with_tax, 0
        cell = row.cells[max(k for k, start in enumerate(starts) if start <= amount.start)]
        last = i == len(printed) - 1
        yield Figure(role, amount.value, row, cell, column, last, taxed, amount.repaired)
        begin, column = amount.end, column + 1


def _joined(row: Row) -> tuple[str, list[int]]:
    """The row's text, and where in it each cell starts."""
    starts, length = [], 0
    for cell in row.cells:
        starts.append(length)
        length += len(cell.text) + 2
    return row.text, starts


def _amounts(text: str, hits: tuple[Hit, ...]) -> list[Amount]:
    """Amounts of a row: printed ones; of a labelled row without any, repaired or whole ones."""
    printed = amounts(text)
    if printed or _role(list(hits))[0] not in _MAY_BE_WHOLE:
        return printed
    labels_end = min(hit.end for hit in hits)
    days = dates(text)
    whole = [a for a in amounts(text, whole=True) if a.start >= labels_end and a.value < _CODE
             and not any(day.start <= a.start < day.end for day in days)]
    return repaired(text) or whole[-1:]


def _nearest_role(hits: list[Hit], starts: list[int]) -> tuple[Role, bool]:
    """The role that the nearest cell with known words gives; all words together where it only speaks of tax."""
    cells = [max(k for k, start in enumerate(starts) if start <= hit.start) for hit in hits]
    nearest = [hit for hit, cell in zip(hits, cells, strict=True) if cell == max(cells)]
    alone = _role(nearest)
    return _role(hits) if alone[0] in {"tax", "net", "other", "item", "figure"} else alone


def _role(hits: list[Hit]) -> tuple[Role, bool]:
    """The role that words give the amount behind them, and whether they speak of tax included."""
    kinds = frozenset(c for hit in hits for c in hit.classes)
    if "tax" in kinds and not kinds & {"change", "rounding", "discount", "other"}:
        return _tax_role(kinds)
    if "grand" in kinds:
        kinds -= {"rounding", "discount"}
    return next((role for role, words in _ROLES if kinds & words), "item"), False


def _tax_role(kinds: frozenset[str]) -> tuple[Role, bool]:
    """Words that speak of tax: the tax itself, what it is reckoned on, or a total with it."""
    total = bool(kinds & {"total", "grand"})
    if "exclusive" in kinds:
        return "net", False
    if total and "inclusive" in kinds and "contains" not in kinds:
        return ("grand" if "grand" in kinds else "total"), False
    if "inclusive" in kinds and kinds & {"cash", "card"}:
        return "paid", False
    if "subtotal" in kinds:
        return "subtotal", False
    return "tax", total


def _under(figure: Figure, above: Row) -> Figure:
    """A figure without words of its own takes those of a cell right above it, unless that is a table's header."""
    if "header" in {c for hit in find(above.text) for c in hit.classes} or len(above.cells) > 3:  # noqa: PLR2004  more cells are columns
        return figure
    for cell in above.cells:
        if cell.box[0] < figure.cell.box[2] and figure.cell.box[0] < cell.box[2]:
            role, taxed = _role(list(find(cell.text)))
            if role in {"grand", "total"}:
                return replace(figure, role=role, taxed=taxed)
    return figure
