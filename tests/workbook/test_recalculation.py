"""Every formula cell, recalculated by another engine from zeroed caches, equals the figure that Python planned."""

import dataclasses
from pathlib import Path

import pytest
from formualizer import Workbook
from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st

from recon.case.pipeline import rebuild
from recon.classify.categories import categories
from recon.core.knowledge import folder
from recon.need.rebuilt import Rebuilt
from recon.workbook.build import build, plan
from recon.workbook.plan import FIRST, Book
from recon.workbook.readback import read
from recon.workbook.sheets.journal import AT_JOURNAL
from recon.workbook.sheets.transactions import AT
from recon.workbook.verify import Difference, Values, differences, formula_cells, recalculated, same
from recon.workbook.write import write
from tests.workbook.books import dice, drawn, rebuilt
from tests.workbook.office import needs_office, saved_again

#: Cases are drawn from a seed, so that shrinking them would only cost time.
_LOOSE = {"deadline": None, "suppress_health_check": list(HealthCheck), "phases": (Phase.explicit, Phase.generate)}


def proved(case: Rebuilt, path: Path) -> Book:
    """The plan of *case*, after every formula was proved."""
    book = plan(case)
    write(book, path, zeroed=True)
    found = differences(book, recalculated(path))
    assert found == [], found[:5]
    return book


@given(st.integers(0, 10**9), st.integers(0, 40), st.sampled_from(["en", "zh-CN"]))
@settings(max_examples=6, **_LOOSE)
def test_a_random_case_recalculates_to_the_cent(tmp_path_factory, seed, lines, language):
    proved(drawn(dice(seed), lines=lines, language=language), tmp_path_factory.mktemp("book") / "zero.xlsx")


@pytest.mark.slow
@given(st.integers(0, 10**9), st.integers(0, 60), st.sampled_from(["en", "zh-CN"]))
@settings(max_examples=200, **_LOOSE)
def test_two_hundred_random_cases_recalculate_to_the_cent(tmp_path_factory, seed, lines, language):
    proved(drawn(dice(seed), lines=lines, language=language), tmp_path_factory.mktemp("book") / "zero.xlsx")


SAMPLES = ("noodle-shop", "hardware-wholesale", "garment-workshop")


@pytest.fixture(scope="module")
def samples():
    """The shipped cases, rebuilt once."""
    return {name: rebuild(folder("samples") / name) for name in SAMPLES}


@pytest.mark.slow
def test_the_samples_recalculate_to_the_cent(tmp_path, samples):
    for name, case in samples.items():
        book = proved(case, tmp_path / f"{name}.xlsx")
        assert sum(1 for _ in formula_cells(book)) > 10_000


@needs_office
@pytest.mark.slow
def test_libreoffice_told_to_recalculate_agrees_on_the_samples_to_the_cent(tmp_path, samples):
    books = {name: plan(case) for name, case in samples.items()}
    files = [write(book, tmp_path / f"{name}.xlsx", zeroed=True) for name, book in books.items()]
    for book, again in zip(books.values(), saved_again(files, tmp_path), strict=True):
        sheets = read(again).sheets
        values = {(name, row, column): seen.value for name, cells in sheets.items()
                  for (row, column), seen in cells.items()}
        wrong = [(name, row, column, cell.formula) for name, row, column, cell in formula_cells(book)
                 if not same(cell, values.get((name, row, column)), book.places)]
        assert wrong == [], wrong[:5]


def test_a_wrong_plan_is_noticed(tmp_path):
    """The proof itself can fail: one planned figure changed by a cent is found, and nothing else."""
    book = plan(drawn(dice(7), lines=30))
    sheet, row, column, cell = next(c for c in formula_cells(book) if c[3].style == "money" and c[3].value)
    book.sheet(sheet).cells[row, column] = dataclasses.replace(cell, value=cell.value + 1)
    path = write(book, tmp_path / "zero.xlsx", zeroed=True)
    assert [d.planned for d in differences(book, recalculated(path))] == [cell.value + 1]


def opened(book: Book, path: Path) -> Workbook:
    """The written workbook in the other engine, ready for a reviewer's change."""
    return Workbook.load_path(str(write(book, path, zeroed=True)))


def test_breaking_a_journal_line_turns_the_master_check_of_every_sheet(tmp_path):
    book = plan(drawn(dice(3), lines=30))
    engine = opened(book, tmp_path / "a.xlsx")
    engine.evaluate_all()
    assert engine.get_value("About", 3, 2) == "Pass"
    engine.set_value("Journal", FIRST + 1, AT_JOURNAL["debit"] + 1, 987654.32)
    engine.evaluate_all()
    masters = {engine.get_value(sheet.name, 3, 2) for sheet in book.sheets}
    assert len(masters) == 1
    assert masters.pop().startswith("Fail")


@pytest.mark.parametrize(("column", "value"), [
    ("debit", 77.77), ("credit", 55.55), ("net", 33.33), ("account", "no such account"), ("month", 3),
])
def test_any_posting_that_is_broken_turns_the_master_check(tmp_path, column, value):
    """An amount, an account that is none, or another month, in the first, a middle and the last posting that moves."""
    book = plan(drawn(dice(3), lines=30))
    cells = book.sheet("Journal").cells
    moves = [row for (row, at), cell in sorted(cells.items()) if at == AT_JOURNAL["net"] and cell.value
             and row >= FIRST and cells[row, AT_JOURNAL["month"]].value != value]
    for row in (moves[0], moves[len(moves) // 2], moves[-1]):
        engine = opened(book, tmp_path / "a.xlsx")
        engine.set_value("Journal", row + 1, AT_JOURNAL[column] + 1, value)
        engine.evaluate_all()
        assert engine.get_value("About", 3, 2).startswith("Fail"), (row, column)


def _roads(case: Rebuilt) -> dict[str, tuple[object, ...]]:
    """How each figure is known: its source, or the equation that found it; and what positions held at least."""
    figures = case.ledger.solution.figures.items()
    return {name: (figure.source, figure.equation) for name, figure in figures} | {
        account: (amount,) for account, amount in case.ledger.known.least.items()}


@given(st.integers(0, 10_000))
@example(805)
@settings(max_examples=4, **_LOOSE)
def test_overriding_a_category_is_the_same_as_rebuilding_with_that_decision(tmp_path_factory, seed):
    """Statements, control figures and journal move in the workbook exactly as in Python.

    That holds as long as the same figures are found by the same roads: a workbook keeps its roads, a new run may choose
    others, such as where the first cash sale of a case ends the silence about cash sales, or where a line that is no
    repayment any more asks for no debt before it.
    """
    random = dice(seed)
    case = drawn(random, lines=40)
    rows = case.transactions.copy()
    live = [n for n, aside in enumerate(rows["set_aside"]) if not aside]
    engine = opened(plan(case), tmp_path_factory.mktemp("book") / "a.xlsx")
    for number in random.sample(live, min(3, len(live))):
        category = random.choice(list(categories()))
        rows.loc[rows.index[number], "category"] = category
        engine.set_value("Transactions", FIRST + number + 1, AT["override"] + 1, categories()[category].en)
    engine.evaluate_all()
    again = rebuilt(case.case, rows, tuple(case.accounts), "en")
    assume(_roads(case) == _roads(again))
    wanted = plan(again)
    for name in ("Balance sheet", "Income statement", "Cash flow"):
        only = dataclasses.replace(wanted, sheets=[wanted.sheet(name)])
        assert figures(only, engine) == [], seed


def test_deciding_on_a_counterparty_moves_all_its_lines(tmp_path):
    case = drawn(dice(11), lines=40)
    rows = case.transactions.copy()
    party = rows.loc[rows["set_aside"] == "", "counterparty"].iloc[0]
    mine = (rows["counterparty"] == party) & (rows["set_aside"] == "")
    rows.loc[mine, "category"] = "rent"
    book = plan(case)
    people = book.sheet("Counterparties")
    row = next(r for (r, c), cell in people.cells.items() if c == 1 and r >= FIRST and cell.value == party)
    engine = opened(book, tmp_path / "a.xlsx")
    engine.set_value("Counterparties", row + 1, 9, "Rent")
    engine.evaluate_all()
    wanted = plan(rebuilt(case.case, rows, tuple(case.accounts), "en"))
    only = dataclasses.replace(wanted, sheets=[wanted.sheet("Balance sheet")])
    assert figures(only, engine) == []


def figures(book: Book, engine: Workbook) -> list[Difference]:
    """Differences of figures; a link leads to the rows of the run that wrote it."""
    return [d for d in differences(book, Values(engine)) if "HYPERLINK" not in d.formula]


def test_the_same_case_gives_the_same_bytes(tmp_path):
    first, second = (build(drawn(dice(5), lines=30), tmp_path / name) for name in ("a.xlsx", "b.xlsx"))
    assert first.read_bytes() == second.read_bytes()


_ODD = ["provision-under-ifrs", "interview-only", "statement-of-affairs", "till-counted-only-at-the-end"]


@pytest.mark.parametrize("name", _ODD)
def test_a_case_without_statements_by_another_standard_or_left_open_recalculates_to_the_cent(tmp_path, name):
    """The standard that a case chose stands on sheets of its own, as live as the reference form."""
    book = proved(rebuild(Path(__file__).parents[1] / "problems" / name), tmp_path / "zero.xlsx")
    chosen = [sheet for sheet in book.sheets if sheet.name.endswith(("chosen", "（所选准则）"))]
    assert len(chosen) == (3 if name == "provision-under-ifrs" else 0)


def test_a_half_cent_rounds_as_it_does_in_the_books(tmp_path):
    """Monthly rests are differences of thirds and twelfths; this drawn case holds an exact half cent."""
    proved(drawn(dice(171379563), lines=47, language="zh-CN"), tmp_path / "zero.xlsx")
