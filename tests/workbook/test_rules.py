"""The modelling rules that can be enforced: what may be changed, which functions, how long, how months line up."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from recon import ledger
from recon.core.words import known
from recon.workbook.build import build, plan
from recon.workbook.model import MASTER_COLUMN, MASTER_ROW, MONTH, TOTAL
from recon.workbook.plan import FIRST, HEAD, column
from recon.workbook.sheets.journal import AT_JOURNAL
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


def test_no_formula_holds_a_constant_that_is_not_structure(book):
    """Digits of rounding, halves of an average, months of a year, none and one; all else stands in a cell."""
    found = {}
    for sheet, row, column_, cell in formula_cells(book):
        text = re.sub(r"\$?[A-Z]{1,3}\$?\d+", "", bare(cell.formula))
        found |= dict.fromkeys(re.findall(r"(?<![\w.])\d+(?:\.\d+)?", text), (sheet, row, column_))
    assert set(found) <= {"0", "1", "2", "6", "12"}, found


def test_every_sheet_prints_on_a4_with_its_headings_and_page_numbers(opened):
    for sheet in opened:
        assert sheet.page_setup.paperSize == 9, sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert sheet.print_title_rows == "$1:$5", sheet.title
        assert "&P" in sheet.oddFooter.right.text, sheet.title
        assert sheet.freeze_panes, sheet.title


def test_the_master_check_stands_in_the_frozen_rows_of_every_sheet(book, opened):
    for sheet in book.sheets:
        cell = sheet.cells[MASTER_ROW, MASTER_COLUMN]
        assert cell.formula, sheet.name
        assert sheet.freeze[0] > MASTER_ROW
    assert len({str(opened[s.name].freeze_panes) for s in book.sheets}) > 1


def test_a_statement_line_leads_to_its_rows_in_two_clicks(book):
    """From its number to the journal, and from there to the line of evidence; each link lands on a row that fits."""
    lines = {cell.value: row for (row, c), cell in book.sheet("Transactions").cells.items() if c == 0}
    journal = book.sheet("Journal").cells
    for name in ("Balance sheet", "Income statement", "Cash flow"):
        sheet = book.sheet(name)
        numbered = [r for (r, c), cell in sheet.cells.items() if c == 0 and r >= FIRST and cell.value]
        linked = [r for r in numbered if sheet.cells[r, 0].formula]
        shown = [r for r in numbered if isinstance(sheet.cells[r, TOTAL].value, int) and sheet.cells[r, TOTAL].value]
        assert set(shown) <= set(linked), name
        for target in (re.search(r'"#\'([^\']+)\'!A(\d+)"', sheet.cells[r, 0].formula) for r in linked):
            assert (int(target[2]) - 1, 0) in book.sheet(target[1]).cells or target[1] == "Accounts"
    source = AT_JOURNAL["source"]
    links = [cell for (_, c), cell in journal.items() if c == source and cell.formula]
    assert links
    for cell in links:
        assert lines[cell.value] + 1 == int(re.search(r"!A(\d+)", cell.formula)[1])


def test_charts_are_native_and_show_what_reviewers_ask_for(opened):
    titles = [chart_title(chart) for chart in opened["Summary"]._charts]
    assert len(titles) == 4


def chart_title(chart):
    """The words above a chart."""
    return "".join(run.t for paragraph in chart.title.tx.rich.p for run in paragraph.r or ())


def test_money_by_day_ends_where_the_accounts_end(case, book):
    sheet = book.sheet("Daily")
    last = max(row for row, _ in sheet.cells)
    assert sheet.cells[last, 4].value == case.ledger.figure("evidence.closing").value
    assert last - FIRST + 1 == (case.ledger.period.end - case.ledger.period.start).days + 1


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
