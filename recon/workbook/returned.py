"""What a reviewer changed: the permitted edits of a returned workbook, and everything else that differs, by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from recon.classify.categories import suggest, understand
from recon.core.finding import Finding
from recon.core.money import to_text
from recon.core.source import Source
from recon.workbook.align import Aligned, align, constant, find, plain, shape
from recon.workbook.plan import Book, Cell, Input, Sheet, a1
from recon.workbook.readback import Returned, Seen

#: How far an amount may lie from whole minor units: the noise of a spreadsheet's numbers.
_NOISE = 1e-4
Found = list[Finding]


@dataclass(frozen=True, slots=True)
class Edit:
    """One permitted change: what it is about, its cell (sheet and address as found), and the new value."""

    about: Input
    sheet: str
    cell: str
    new: str


def compare(book: Book, returned: Returned) -> tuple[list[Edit], Found]:
    """Hold *returned* against the plan of the same run.

    Figures, texts and formulas are compared cell by cell; formats, widths, charts, pictures and drop-downs are not,
    for programs rewrite them when they save.

    Returns:
        The permitted edits, in the order of sheets and rows; and a problem for each other difference.
    """
    names = find(book.sheets, returned)
    problems = _sheets(book, returned, names)
    sheets = [
        align(sheet, names[sheet.name], returned.sheets[names[sheet.name]], book.places)
        for sheet in book.sheets if sheet.name in names
    ]
    reader = _Reader(book, names, sheets)
    for sheet in sheets:
        reader.sheet(sheet)
    return reader.edits, problems + reader.problems


def _sheets(book: Book, returned: Returned, names: Mapping[str, str]) -> Found:
    """Tabs renamed, gone and added."""
    found = [Finding("returned_sheet_renamed", "look", Source(tab), {"name": name})
             for name, tab in names.items() if name != tab]
    found += [Finding("returned_sheet_gone", "serious", Source(sheet.name)) for sheet in book.sheets
              if sheet.name not in names]
    return found + [Finding("returned_sheet_added", "look", Source(tab)) for tab in returned.sheets
                    if tab not in set(names.values())]


class _Reader:
    """Goes through sheet after sheet, collecting edits and problems."""

    def __init__(self, book: Book, names: Mapping[str, str], sheets: Iterable[Aligned]) -> None:
        self.places = book.places
        self.names = {tab: name for name, tab in names.items()}
        self.still = all(sheet.still for sheet in sheets)
        self.straight = all(c == f for sheet in sheets for c, f in sheet.columns.items())
        self.shapes: dict[tuple[str, str], str] = {}
        self.edits: list[Edit] = []
        self.problems: Found = []

    def sheet(self, sheet: Aligned) -> None:
        """Rows that are gone or strange, then every cell of the others."""
        cells: dict[int, list[tuple[int, Cell]]] = {}
        for (row, column), cell in sheet.plan.cells.items():
            cells.setdefault(row, []).append((column, cell))
        for column, count in sorted(sheet.strange.items()):
            self._problem(sheet, "column_added", f"{a1(0, column, rows=False, columns=False)[:-1]}", count=count)
        heads = {column for row, column in sheet.plan.cells if column not in sheet.columns}
        for column in sorted(heads):
            self._problem(sheet, "column_gone", "", column=a1(0, column, rows=False, columns=False)[:-1])
        for row in sorted(cells):
            if row in sheet.at:
                self._row(sheet, sheet.at[row], dict(cells[row]), row)
            elif any(cell.formula or constant(cell, self.places) is not None for _, cell in cells[row]):
                self._problem(sheet, "row_gone", "", row=_named(sheet.plan, row, self.places))
        for row in sorted(set(sheet.rows) - set(sheet.at.values())):
            column, seen = min(sheet.rows[row].items())
            self._problem(sheet, "row_added", self._address(sheet, row, column), text=_shown(seen))

    def _row(self, sheet: Aligned, found: int, planned: Mapping[int, Cell], row: int) -> None:
        there = sheet.rows.get(found, {})
        for column in sorted({*planned, *there}):
            if column not in sheet.columns:
                continue
            cell, seen = planned.get(column, Cell(None)), there.get(column, Seen(None))
            about = sheet.plan.inputs.get((row, column))
            where = self._address(sheet, found, column)
            if about is not None:
                self._input(sheet, where, about, cell, seen)
            elif cell.formula:
                self._formula(sheet, where, cell, seen)
            elif seen.formula or plain(seen.value) != constant(cell, self.places):
                self._problem(sheet, "cell_changed", where, old=_text(constant(cell, self.places)), new=_shown(seen))

    def _address(self, sheet: Aligned, row: int, column: int) -> str:
        return a1(row, sheet.columns[column], rows=False, columns=False)

    def _problem(self, sheet: Aligned, code: str, where: str, **params: object) -> None:
        self.problems.append(Finding(f"returned_{code}", "look", Source(sheet.name, field=where), params))

    def _formula(self, sheet: Aligned, where: str, cell: Cell, seen: Seen) -> None:
        """A formula's value may be anything; its text may not, but for what moving rows does to it."""
        if not seen.formula:
            self._problem(sheet, "formula_gone", where, new=_shown(seen))
        elif "#REF!" not in seen.formula or self.still:
            wanted, there = self._shape(cell.formula, sheet), self._shape(seen.formula, sheet)
            if wanted != there:
                self._problem(sheet, "formula_changed", where, old=cell.formula, new=f"={seen.formula}")

    def _shape(self, formula: str, sheet: Aligned) -> str:
        key = sheet.plan.name, formula
        if key not in self.shapes:
            self.shapes[key] = shape(formula, key[0], self.names, rows=self.still, columns=self.straight)
        return self.shapes[key]

    def _input(self, sheet: Aligned, where: str, about: Input, cell: Cell, seen: Seen) -> None:
        if not seen.formula and plain(seen.value) == constant(cell, self.places):
            return
        if seen.formula:
            self._problem(sheet, "input_formula", where, new=f"={seen.formula}")
        elif plain(seen.value) is None and about.kind != "text" and about.scope == "answer":
            self._problem(sheet, "input_blank", where, old=about.old)
        else:
            said, slip = _said(about, seen, self.places)
            if slip is not None:
                self._problem(sheet, slip, where, new=_shown(seen), nearest=_nearest(about, seen))
            else:
                self.edits.append(Edit(about, sheet.name, where, said))


def _said(about: Input, seen: Seen, places: int) -> tuple[str, str | None]:
    """What the cell says as a decision has it, or the code of what is wrong with it."""
    text = str(plain(seen.value)) if plain(seen.value) is not None else ""
    if about.kind == "text":
        return text, None
    if about.kind == "category":
        word = understand(text) if isinstance(seen.value, str) else ""
        return word, None if word else "category"
    number = _number(seen)
    if number is None:
        return "", "no_number"
    if about.kind == "money":
        minor = round(number.scaleb(places))
        return to_text(minor, places), None if abs(number.scaleb(places) - minor) < _NOISE else "decimals"
    if about.kind == "whole":
        return str(int(number)), None if number == int(number) else "not_whole"
    return format(number.normalize(), "f"), None


def _number(seen: Seen) -> Decimal | None:
    if isinstance(seen.value, bool) or seen.value is None:
        return None
    text = f"{seen.value:.15g}" if isinstance(seen.value, float) else seen.value.replace(",", "").strip()
    try:
        share = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        return None
    if not share.is_finite():
        return None
    return share / 100 if text.endswith("%") else share


def _nearest(about: Input, seen: Seen) -> str:
    return suggest(seen.value) if about.kind == "category" and isinstance(seen.value, str) else ""


def _named(sheet: Sheet, row: int, places: int) -> str:
    """A row as people would call it: its key, or its number."""
    cell = sheet.cells.get((row, sheet.key))
    said = None if cell is None or cell.formula else constant(cell, places)
    return _text(said) if said is not None else str(row + 1)


def _shown(seen: Seen) -> str:
    return f"={seen.formula}" if seen.formula else _text(plain(seen.value))


def _text(value: object) -> str:
    return "–" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)
