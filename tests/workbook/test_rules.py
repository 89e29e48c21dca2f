"""The modelling rules that can be enforced: what may be changed, which functions, how long, how months line up."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from recon import ledger
from recon.core.words import known
from recon.workbook.build import build, plan
from recon.workbook.model import MONTH
from recon.workbook.plan import HEAD, column
from recon.workbook.verify import formula_cells
from tests.workbook.books import NASTY, dice, drawn

ALLOWED = {"SUM", "SUMIFS", "IF", "ROUND", "ABS", "MIN", "MAX", "INDEX", "MATCH", "AND", "OR", "COUNTIF", "IFERROR",
           "INT", "HYPERLINK"}
LEDGER = Path(ledger.__file__).parent
#: Sheets whose columns from F on are the months.
BY_MONTH = ("Balance sheet", "Income statement", "Cash flow", "Accounts", "Months")


@pytest.fixture(scope="module")
def case():
    """A case with lines, loans, assets and open figures."""
    return drawn(dice(21), lines=60)


@pytest.fixture(scope="module")
def book(case):
    """Its plan."""
    return plan(case)


@pytest.fixture(scope="module")
def opened(case, tmp_path_factory):
    """Its file, read by another library."""
    return openpyxl.load_workbook(build(case, tmp_path_factory.mktemp("book") / "a.xlsx"))


def test_formulas_use_listed_functions_only(book):
    formulas = [bare(cell.formula) for _, _, _, cell in formula_cells(book)]
    used = {name for formula in formulas for name in re.findall(r"([A-Z][A-Z.]+)\(", formula)}
    assert used <= ALLOWED
    assert {"SUMIFS", "INDEX", "MATCH"} <= used


def test_formulas_are_short_enough_to_read(book):
    longest = max((cell.formula for _, _, _, cell in formula_cells(book)), key=len)
    assert len(longest) < 700, longest


def test_only_input_cells_are_unlocked(opened):
    """Unlocked and coloured as input are the same thing, and every sheet is protected without a password."""
    for sheet in opened:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        for row in sheet.iter_rows():
            for cell in row:
                coloured = cell.fill.fgColor.rgb == "FFFFF9E5"
                assert cell.protection.locked != coloured, (sheet.title, cell.coordinate)


def test_nothing_is_hidden_and_nothing_points_outside(opened, case, tmp_path):
    for sheet in opened:
        assert sheet.sheet_state == "visible"
        assert not any(d.hidden for d in sheet.row_dimensions.values())
        assert not any(d.hidden for d in sheet.column_dimensions.values())
    names = zipfile.ZipFile(build(case, tmp_path / "b.xlsx")).namelist()
    assert not [name for name in names if "external" in name.lower() or "vba" in name.lower()]


def test_text_of_evidence_that_looks_like_a_formula_stays_text(opened):
    cells = [c for row in opened["Transactions"].iter_rows(min_row=6) for c in row[3:5]]
    texts = {c.value for c in cells}
    assert {word for word in NASTY if word[0] in "=+-@"} & texts
    assert all(c.data_type in {"s", "n"} for c in cells), "an 'f' would be a formula"
    assert opened["Questions"].protection.sheet


def test_the_same_month_stands_in_the_same_column_on_every_sheet(book):
    wanted = [f"2025-0{n}" for n in range(1, 5)]
    for name in BY_MONTH:
        cells = book.sheet(name).cells
        assert [cells[HEAD, MONTH + n].value for n in range(4)] == wanted, name


def test_every_month_of_a_row_has_the_same_formula(book):
    """In R1C1 terms: with columns written relative to the cell, the months of a row differ nowhere.

    The cash-flow form's opening cash is the one exception: a month opens with what the month before closed with.
    """
    for name in BY_MONTH:
        cells = book.sheet(name).cells
        for row in {r for r, c in cells if c == MONTH + 1}:
            shapes = {relative(cells[row, MONTH + n].formula, MONTH + n) for n in range(1, 4)}
            constant = all(not cells[row, MONTH + n].formula for n in range(4))
            assert len(shapes) == 1 or constant or mark(shapes), (name, row, shapes)


def mark(shapes):
    """A month that cannot be known shows the mark; its neighbours may be known."""
    return any("Figures" in shape for shape in shapes)


def test_every_rule_by_which_the_ledger_assumes_an_amount_has_words():


    text = "".join(p.read_text(encoding="utf-8") for p in LEDGER.glob("*.py"))
    rules = set(re.findall(r'"rule:([a-z_]+)"', text))
    assert rules
    assert [rule for rule in sorted(rules) if not known(f"workbook.rule.{rule}")] == []


def test_every_formula_shows_a_value_without_being_recalculated(case, tmp_path):
    """A phone's preview reads cached values: none of them is missing."""
    path = build(case, tmp_path / "a.xlsx")
    cached, formulas = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert cached[sheet.title][cell.coordinate].value is not None, (sheet.title, cell.coordinate)


def bare(formula: str) -> str:
    """A formula without its strings and sheet names."""
    return re.sub(r'"[^"]*"|\'[^\']*\'', "", formula)


def relative(formula: str, at: int) -> str:
    """A formula with each relative column written as its distance from column *at*."""
    def distance(match: re.Match[str]) -> str:
        return f"[{number(match[1]) - at}]{match[2]}"

    return re.sub(r"(?<![$A-Z'])([A-Z]{1,2})(\$?\d+)\b", distance, re.sub(r'"[^"]*"', '""', formula))


def number(letters: str) -> int:
    """The column of its letters."""
    return next(n for n in range(800) if column(n) == letters)
