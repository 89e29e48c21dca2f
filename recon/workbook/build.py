"""The whole workbook of one rebuilt case, planned sheet by sheet and then written."""

from pathlib import Path

from recon.need.rebuilt import Rebuilt
from recon.workbook.model import MASTER_COLUMN, MASTER_ROW, Model
from recon.workbook.plan import Book, Sheet
from recon.workbook.recipes import recipes
from recon.workbook.sheets.accounts import accounts
from recon.workbook.sheets.categories import categories
from recon.workbook.sheets.figures import Figures
from recon.workbook.sheets.journal import journal
from recon.workbook.sheets.months import months
from recon.workbook.sheets.parties import parties
from recon.workbook.sheets.statements import statement
from recon.workbook.sheets.transactions import transactions
from recon.workbook.write import write


def build(rebuilt: Rebuilt, path: Path) -> Path:
    """Write the reviewer's workbook of *rebuilt* to *path*: the same case gives the same bytes."""
    return write(plan(rebuilt), path)


def plan(rebuilt: Rebuilt) -> Book:
    """The workbook as data."""
    model = Model(rebuilt)
    table = categories(model)
    people, decided = parties(model)
    lines = transactions(model, decided)
    figures = Figures(model)
    figures.place()
    made = recipes(model)
    by_month = months(model, made)
    facts = figures.fill()
    entries = journal(model, made, lines, by_month)
    ledger = accounts(model, made)
    statements = [statement(model, name, ledger) for name in ("balance_sheet", "income_statement", "cash_flow")]
    sheets = [*statements, people, lines, entries, ledger, by_month, facts, table]
    return Book(sheets, rebuilt.places, rebuilt.language, _properties(model), {})


def _properties(model: Model) -> dict[str, str]:
    about = model.rebuilt.case.case
    return {"title": about.name or "recon", "recon.schema": "recon/workbook/1"}
