"""The need in the workbook: proved by another engine, and moved by an assumption exactly as Python would move it."""

from dataclasses import replace

import pytest
from formualizer import Workbook

from recon.case.form import parse
from recon.checks.run import run
from recon.classify.effective import effective
from recon.core.period import Period
from recon.core.settings import settings
from recon.core.tables import TRANSACTIONS
from recon.ledger.build import build as build_ledger
from recon.need.assess import assess
from recon.need.rebuilt import Rebuilt
from recon.statements.book import statements
from recon.statements.forms import forms
from recon.workbook.build import plan
from recon.workbook.plan import FIRST
from recon.workbook.sheets.need import CHOSEN
from recon.workbook.verify import differences, recalculated
from recon.workbook.write import write
from tests.checks.cases import line
from tests.need.problems import Problem
from tests.need.test_cash_gap import BANK, FORM, season

import pandas as pd  # isort: skip

AMOUNT, LOW, VERDICT, BINDING = (FIRST + 1, CHOSEN), (FIRST + 2, CHOSEN), (FIRST + 4, CHOSEN), (FIRST + 5, CHOSEN)
ORDERS = """
[[order]]
customer = "School"
amount = 300000
cost = 240000
deposit = 60000
start = 2026-02-01
payment = 2026-05-01
[[order]]
kind = "stocking"
cost = 90000
credit = 20000
start = 2026-03-01
payment = 2026-04-15
"""


def request(amount=150000, months=12, form="annuity", own=60000):
    return f'amount = {amount}\nterm_months = {months}\nannual_rate = 0.06\nown_funds = {own}\nrepayment = "{form}"'


def books(form, rows=(), accounts=()):
    """Everything up to the workbook, as the pipeline does it."""
    case = parse(form.encode())
    chosen = settings(case.settings)
    lines = TRANSACTIONS.frame(pd.DataFrame(list(rows), columns=[c.name for c in TRANSACTIONS.columns]))
    ledger, _ = build_ledger(lines, accounts, case, Period(case.case.from_, case.case.to))
    made = statements(ledger, forms())
    checks = run(case, ledger, made, accounts, lines, chosen)
    need, found = assess(case, ledger, made, checks, chosen, lines)
    return Rebuilt(case, "en", chosen, (), accounts, lines, ledger, made, checks, need, effective(lines), found)


CASES = {
    "reduced to the need": Problem(request=request()),
    "justified": Problem(request=request(50000)),
    "held to capacity": Problem(request=request(), drawings="84000"),
    "level principal": Problem(request=request(50000, form="level_principal")),
    "interest first": Problem(request=request(50000, form="interest_then_principal")),
    "too long": Problem(request=request(50000, 60)),
    "no need": Problem(request=request(), payables=("600000", "600000")),
    "orders": Problem(request=request(400000), more=ORDERS, drawings="0"),
    "a cap": Problem(request=request(), more="[settings]\namount_cap = 30000"),
    "blacklisted": Problem(request=request(), more='[queries]\nblacklist = "adverse"'),
    "no request": Problem(request=""),
}


def written(rebuilt, path):
    book = plan(rebuilt)
    return book, write(book, path / "zero.xlsx", zeroed=True)


@pytest.mark.parametrize("name", CASES)
def test_every_formula_of_the_need_recalculates_to_the_cent(name, tmp_path):
    rebuilt = books(CASES[name].form())
    book, path = written(rebuilt, tmp_path)
    assert differences(book, recalculated(path)) == []


def test_the_weeks_with_the_loan_recalculate_to_the_cent(tmp_path):
    more = '[request]\namount = 60000\nterm_months = 12\nown_funds = 0\n[stated]\nmargin = "0.3"\n'
    rows = season(-200_000, 320_000)
    rows += [line(90 + n, "b", "bank", f"2025-{n:02d}-20", -20_000, "owner_out") for n in range(1, 13)]
    form = FORM.format(more=more, cash=1000).replace("[closing]", "inventory = 20000\nreceivables = 0\npayables = 0\n"
                                                     "[closing]\nreceivables = 50000\npayables = 0")
    rebuilt = books(form, rows, (BANK,))
    assert len(rebuilt.need.weeks.starts) == 52
    book, path = written(rebuilt, tmp_path)
    assert differences(book, recalculated(path)) == []
    assert [chart.kind for chart in book.sheet("Need").charts].count("line") == 1


@pytest.mark.parametrize(("key", "value", "other"), [
    ("stated.expected_growth", 0.4, {"growth": "0.40"}),
    ("request.own_funds", 90000, {"request": request(own=90000)}),
    ("request.own_funds", 200000, {"request": request(own=200000)}),
    ("shift_receivable_days", 20, {"more": "[settings]\nshift_receivable_days = 20"}),
    ("shift_margin", -0.05, {"more": "[settings]\nshift_margin = -0.05"}),
    ("days_in_year", 365, {"more": "[settings]\ndays_in_year = 365"}),
])
def test_changing_an_assumption_moves_amount_and_verdict_as_python_does(key, value, other, tmp_path):
    problem = CASES["reduced to the need"]
    book, path = written(books(problem.form()), tmp_path)
    engine = Workbook.load_path(str(path))
    cells = book.sheet("Assumptions").cells
    row = next(r for (r, c), cell in cells.items() if c == 1 and cell.value == key)
    engine.set_value("Assumptions", row + 1, 3, value)
    engine.evaluate_all()
    wanted = plan(books(replace(problem, **other).form())).sheet("Need").cells
    for place in (AMOUNT, LOW, VERDICT, BINDING):
        found, cell = engine.get_value("Need", place[0] + 1, place[1] + 1), wanted[place]
        expected = cell.value / 100 if isinstance(cell.value, int) else cell.value
        assert found == (pytest.approx(expected) if isinstance(expected, float) else expected), (key, place)


def test_asking_for_less_in_the_workbook_turns_the_verdict(tmp_path):
    book, path = written(books(CASES["reduced to the need"].form()), tmp_path)
    engine = Workbook.load_path(str(path))
    row = next(r for (r, c), cell in book.sheet("Need").cells.items() if c == 0 and cell.value == "Amount asked for")
    assert book.sheet("Need").cells[VERDICT].value == "Reduce"
    engine.set_value("Need", row + 1, CHOSEN + 1, 40000)
    engine.evaluate_all()
    assert engine.get_value("Need", VERDICT[0] + 1, CHOSEN + 1) == "Justified"
    assert engine.get_value("Need", AMOUNT[0] + 1, CHOSEN + 1) == 40000


def test_the_sheet_shows_need_by_road_bounds_and_a_tornado():
    book = plan(books(CASES["held to capacity"].form()))
    cells = book.sheet("Need").cells
    assert cells[BINDING].value == "Capacity to repay"
    assert [chart.kind for chart in book.sheet("Need").charts] == ["bar"]
