"""A workbook as data: sheets of cells with value, formula and style; nothing here knows of a file format."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

#: What a cell may hold; an int under a money style is minor units, a date is ISO text under style ``date``.
Value = object

#: Rows above the table of every sheet: title, what it shows, master check, period numbers, headings.
TITLE, ABOUT, MASTER, PERIODS, HEAD, FIRST = 0, 1, 2, 3, 4, 5


#: Points of a line of text; the first character that is two columns wide.
_LINE, _WIDE = 13.0, 0x2E80


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        value: what it shows; for a formula the value that Python computed, cached for readers that do not recalculate.
        style: ``kind`` and modifiers joined by dots, such as ``money.total``; see ``recon.workbook.write``.
        formula: with its ``=``, or empty.
    """

    value: Value
    style: str = "text"
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """What a reviewer may say in an unlocked cell.

    Attributes:
        scope: ``line``, ``counterparty``, ``answer`` or ``note``, as ``recon.classify.decisions`` has them.
        key: the line, counterparty, path of the case form, or what a note is about.
        kind: what the cell may hold.
        old: what stands now, as a decision has it.
    """

    scope: str
    key: str
    kind: Literal["category", "money", "number", "whole", "text"]
    old: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture of a printed row: PNG bytes, width and height in points."""

    png: bytes
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells, all ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A drop-down: cells of *block* take one of the values in *source* (a range)."""

    block: Block
    source: str


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart: references to its name, categories and values."""

    name: str
    categories: str
    values: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart whose upper left corner lies in (*row*, *column*); *dates* says that its categories are days."""

    kind: Literal["column", "line", "bar"]
    title: str
    row: int
    column: int
    series: tuple[Series, ...]
    width: int = 560
    dates: bool = False


@dataclass(slots=True)
class Sheet:
    """One sheet being planned.

    Attributes:
        name: as on its tab.
        widths: column widths in characters; columns not named keep *width*.
        freeze: first row and column that scroll.
        first_page: rows repeated on every printed page.
        landscape: printed so; every sheet is its columns fitted to pages.
        heights: heights of rows in points where they differ.
        printed: last column that is printed; 0 prints all.
        pages: how many pages wide it is printed; from two on the frozen columns are repeated.
        tall: how many pages high; 0 is as many as it takes.
        inputs: what a reviewer may say, by cell.
        key: the column by which a row is known again when the workbook comes back.
        pictures: pictures by the cell in whose upper left corner they lie.
    """

    name: str
    widths: dict[int, float] = field(default_factory=dict)
    width: float = 13.0
    freeze: tuple[int, int] = (FIRST, 2)
    repeat: tuple[int, int] = (TITLE, HEAD)
    landscape: bool = True
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    filter: Block | None = None
    printed: int = 0
    pages: int = 1
    tall: int = 0
    outcomes: list[Block] = field(default_factory=list)
    inputs: dict[tuple[int, int], Input] = field(default_factory=dict)
    key: int = 0
    pictures: dict[tuple[int, int], Picture] = field(default_factory=dict)

    def ask(self, row: int, column: int, value: Value, style: str, about: Input) -> None:
        """Set a cell that a reviewer may change."""
        self.cells[row, column] = Cell(value, f"{style}.input")
        self.inputs[row, column] = about

    def put(self, row: int, column: int, value: Value, style: str = "text", formula: str = "") -> str:
        """Set one cell and return its absolute reference from another sheet."""
        self.cells[row, column] = Cell(value, style, formula)
        return self.ref(row, column)

    def row(self, row: int, values: Iterable[Value], style: str = "text", start: int = 0) -> None:
        """Set a row of plain cells from column *start* on."""
        for column, value in enumerate(values, start):
            self.cells[row, column] = Cell(value, style)

    def along(
        self, row: int, start: int, values: Iterable[Value], style: str, formula: Callable[[int], str] | None = None
    ) -> None:
        """Set cells from column *start* on; *formula* gives each column's, one pattern along the row."""
        for column, value in enumerate(values, start):
            self.cells[row, column] = Cell(value, style, formula(column) if formula else "")

    def fit(self) -> None:
        """Give rows with wrapped text the height that their longest text needs: no reader does it when opening."""
        lines: dict[int, int] = {}
        for (row, number), cell in self.cells.items():
            kinds = cell.style.split(".")
            if ("wrap" in kinds or "head" in kinds) and isinstance(cell.value, str):
                width = self.widths.get(number, self.width) * (1.25 if "key" in kinds else 1.0)
                lines[row] = max(lines.get(row, 1), _lines(cell.value, width))
        self.heights = {**{row: _LINE * count + 3 for row, count in lines.items() if count > 1}, **self.heights}

    def ref(self, row: int, column: int) -> str:
        """``'Sheet'!$A$1``."""
        return f"{quoted(self.name)}!{a1(row, column)}"

    def down(self, column: int, top: int, bottom: int) -> str:
        """``'Sheet'!$A$1:$A$9``."""
        return f"{quoted(self.name)}!{a1(top, column)}:{a1(bottom, column)}"

    def across(self, row: int, left: int, right: int) -> str:
        """``'Sheet'!$A$1:$F$1``."""
        return f"{quoted(self.name)}!{a1(row, left)}:{a1(row, right)}"


@dataclass(slots=True)
class Book:
    """A whole workbook: sheets in the order of their tabs, decimals of money, and what identifies the run."""

    sheets: list[Sheet]
    places: int
    language: str
    properties: dict[str, str]
    outcome_words: dict[str, str]

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)


def _lines(text: str, width: float) -> int:
    """How many lines *text* takes in a column *width* characters wide; a Chinese character is two wide."""
    size = sum(2.0 if ord(sign) >= _WIDE else 0.92 for sign in text)
    return int(size // max(1.0, width)) + 1


def column(number: int) -> str:
    """Letters of a column, 0 is A."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def a1(row: int, number: int, *, rows: bool = True, columns: bool = True) -> str:
    """A cell's reference; *rows* and *columns* say whether each is absolute."""
    return f"{'$' if columns else ''}{column(number)}{'$' if rows else ''}{row + 1}"


def quoted(name: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + name.replace("'", "''") + "'"


def total(parts: Sequence[tuple[int, str]]) -> str:
    """A formula adding signed references; ``=0`` where there are none."""
    text = "".join(("-" if sign < 0 else "+") + ref for sign, ref in parts).removeprefix("+")
    return f"={text or 0}"
