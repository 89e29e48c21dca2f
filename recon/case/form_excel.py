"""case.xlsx as the same nested tables as case.toml, and the cell in which each answer stands."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from recon.case.form_cells import answer, setting, yes_no
from recon.case.form_fields import field as field_at
from recon.case.form_fields import tables
from recon.core.errors import ReconError
from recon.core.source import Source
from recon.core.words import LANGUAGES, known, say
from recon.evidence.page import Grid
from recon.evidence.sheet import workbook
from recon.workbook.plan import a1

#: The small grey names: ``loan[].due`` heads a column, ``opening.cash closing.cash`` ends a row.
_COLUMN = re.compile(r"[a-z_]+(?:\.[a-z_]+)*\[\]\.[a-z_]+")
_ROW = re.compile(r"[a-z_]+\.[a-z_.]+(?: [a-z_]+\.[a-z_.]+)*")
#: Rows below the names of a table of many rows that explain it.
_NOTES = 1
_TOP = 10
#: A cell whose formula has no result, or an error.
_ERROR = re.compile(
    rb'<c r="([A-Z]+\d+)"[^>]*\bt="e"|<c r="([A-Z]+\d+)"[^>]*><f\b(?:[^>]*/>|[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)


@dataclass(frozen=True, slots=True)
class Answers:
    """A filled-in form: *raw* as ``case.toml`` would give it; *cells* tells for each path sheet, cell and question."""

    file: str
    raw: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)

    def place(self, path: str) -> Source:
        """Where the answer at *path* stands: its cell, else the first of its table."""
        table = path.partition(".")[0].partition("[")[0]
        inside = (at for name, at in self.cells.items() if re.match(rf"{table}\b", name))
        return Source(self.file, field=self.cells.get(path) or next(inside, path))


def read(data: bytes, name: str) -> Answers:
    """The answers of a form that ``recon new`` made, whichever program filled it in.

    Raises:
        ReconError: no workbook; a sheet whose names are gone; an answer where nothing is asked, or given twice.
    """
    try:
        grids = workbook(data, name)
    except ReconError as slip:
        raise slip if slip.code == "locked_workbook" else ReconError("form_unreadable", Source(name)) from slip
    _refuse_formulas(data, name)
    answers = Answers(name)
    if not any([_read(grid, answers) for grid in grids]):  # noqa: C419 - every sheet is read
        raise ReconError("form_unreadable", Source(name))
    return answers


def _refuse_formulas(data: bytes, name: str) -> None:
    """Stop at a formula that shows no result: the reader would take its cell for an empty one."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        sheets = sorted((x for x in pack.namelist() if re.fullmatch(r"xl/worksheets/\w+\.xml", x)), key=_number)
        for number, sheet in enumerate(sheets):
            if found := _ERROR.search(pack.read(sheet)):
                cell = (found[1] or found[2]).decode()
                names = re.findall(r'<sheet [^>]*?\bname="([^"]*)"', pack.read("xl/workbook.xml").decode())
                title = html.unescape(names[number]) if len(names) == len(sheets) else ""
                raise ReconError("form_formula", Source(name, field=f"{title}!{cell}"))


def _number(part: str) -> int:
    return int(re.sub(r"\D", "", part) or 0)


def _read(grid: Grid, answers: Answers) -> bool:
    """Take over one sheet; False where it belongs to somebody's own notes."""
    head = next((n for n, row in enumerate(grid.rows[:_TOP]) if _COLUMN.fullmatch(row[0]) if row), None)
    if head is not None:
        _rows(grid, head, answers)
        return True
    keyed = [(n, at) for n, row in enumerate(grid.rows) for at in [_key_column(row)] if at]
    if not keyed and grid.name in _named():
        raise ReconError("form_names_gone", Source(answers.file), sheet=grid.name)
    for number, at in keyed:
        row = grid.rows[number]
        for column, path in enumerate(row[at].split(), 1):
            _single(path, row[column], _cell(grid, number, column, row[0]), answers)
    return bool(keyed)


def _named() -> set[str]:
    """Names of the sheets that ask something, in every language."""
    asking = ("basics", "positions", "facts", "adjust", "stated", "history", "judgement", "settings", *_many())
    keys = [f"form.sheet.{name}" for name in asking]
    return {say(language, key) for language in LANGUAGES for key in keys if known(key)}


def _many() -> Iterator[str]:
    return (path.rpartition(".")[2] for path, table in tables().items() if table.many)


def _key_column(row: list[str]) -> int:
    """The column of a row's small grey names; 0 where it has none."""
    for at in range(len(row) - 1, 1, -1):
        if _ROW.fullmatch(row[at]) and all(_known(path) for path in row[at].split()):
            return at
    return 0


def _known(path: str) -> bool:
    return field_at(path) is not None or path.partition(".")[0] in ("known", "unknown", "settings")


def _cell(grid: Grid, number: int, column: int, label: str) -> str:
    """``Sheet!B7 Amount``: how people find a cell."""
    return f"{grid.name}!{a1(grid.lines[number] - 1, column, rows=False, columns=False)} {label.strip()}".strip()


def _single(path: str, text: str, cell: str, answers: Answers) -> None:
    """One answer of a table that stands once."""
    table, _, name = path.partition(".")
    given = text.strip()
    answers.cells.setdefault(path, cell)
    if not given:
        return
    if table == "unknown":
        answers.cells["case.unknown"] = cell
        if yes_no(given) is True:
            answers.raw.setdefault("case", {}).setdefault("unknown", []).append(name)
        elif yes_no(given) is not False:
            raise ReconError("form_yes_no", Source(answers.file, field=cell), value=given)
        return
    node = answers.raw.setdefault(table, {})
    value = setting(name, given) if table == "settings" else answer(path, given)
    if name in node and node[name] != value:
        raise ReconError("form_twice", Source(answers.file, field=cell), value=given)
    node[name], answers.cells[path] = value, cell


def _rows(grid: Grid, head: int, answers: Answers) -> None:
    """A table of many rows; rows without an answer are passed over."""
    names, labels = grid.rows[head], grid.rows[head - 1]
    width = next((n for n, name in enumerate(names) if not _COLUMN.fullmatch(name)), len(names))
    path = names[0].partition("[")[0]
    *parents, last = path.split(".")
    node = answers.raw
    for parent in parents:
        node = node.setdefault(parent, {})
    kept = node.setdefault(last, [])
    for number in range(head + 1 + _NOTES, len(grid.rows)):
        row = grid.rows[number]
        stray = next((n for n in range(width, len(row)) if row[n].strip()), None)
        if stray is not None:
            where = Source(answers.file, field=_cell(grid, number, stray, ""))
            raise ReconError("form_outside", where, value=row[stray].strip())
        asked = {names[n].rpartition(".")[2]: n for n in range(width)}
        given = {name: row[n].strip() for name, n in asked.items() if n < len(row) and row[n].strip()}
        if given:
            at = f"{path}[{len(kept)}]"
            answers.cells[at] = _cell(grid, number, 0, "")
            cells = {f"{at}.{x}": _cell(grid, number, n, labels[n].rstrip("* ")) for x, n in asked.items()}
            answers.cells.update(cells)
            kept.append({name: answer(f"{path}.{name}", text) for name, text in given.items()})
