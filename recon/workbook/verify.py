"""Proof of a workbook: every formula cell, recalculated by an independent engine, against the value Python planned."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from recon.workbook.plan import Book, Cell, a1

#: Money agrees within a hundredth of the minor unit, other numbers within a millionth of their size.
_MINOR, _NEAR = 0.01, 1e-6


@dataclass(frozen=True, slots=True)
class Difference:
    """A formula cell whose recalculated value is not the planned one."""

    place: str
    formula: str
    planned: object
    found: object


def formula_cells(book: Book) -> Iterator[tuple[str, int, int, Cell]]:
    """Sheet, row, column and cell of every formula."""
    for sheet in book.sheets:
        for (row, column), cell in sorted(sheet.cells.items()):
            if cell.formula:
                yield sheet.name, row, column, cell


def recalculated(path: Path) -> "Values":
    """Every formula cell's value as formualizer (a test dependency) computes it, cached values ignored."""
    from formualizer import Workbook  # noqa: PLC0415 - installed with the tests only

    book = Workbook.load_path(str(path))
    book.evaluate_all()
    return Values(book)


class Values(dict[tuple[str, int, int], object]):
    """Values of an open formualizer workbook, each read when asked for: sheet, row and column from 0."""

    def __init__(self, book: object) -> None:
        super().__init__()
        self.book = book

    def __missing__(self, key: tuple[str, int, int]) -> object:
        name, row, column = key
        return self.book.get_value(name, row + 1, column + 1)  # type: ignore[attr-defined] # no types shipped


def differences(book: Book, values: dict[tuple[str, int, int], object]) -> list[Difference]:
    """Every formula cell of *book* whose value in *values* is another one."""
    return [
        Difference(f"{name}!{a1(row, column, rows=False, columns=False)}", cell.formula, cell.value, found)
        for name, row, column, cell in formula_cells(book)
        if not same(cell, found := values[name, row, column], book.places)
    ]


def same(cell: Cell, found: object, places: int) -> bool:
    """Whether *found* is the planned value: money to the minor unit, other numbers closely, text exactly."""
    planned = cell.value
    if isinstance(planned, bool | str | date) or planned is None:
        return bool(found == planned or (planned in ("", None) and found in ("", None)))
    if not isinstance(found, int | float) or isinstance(found, bool):
        return False
    if isinstance(planned, int) and cell.style.startswith("money"):
        return bool(abs(found * 10**places - planned) < _MINOR)
    exact = float(planned) if isinstance(planned, int | float | Decimal) else float("nan")
    return bool(abs(exact - found) < _NEAR * max(1.0, abs(exact)))
