"""The whole workbook of one rebuilt case, planned sheet by sheet and then written."""

from collections.abc import Mapping
from pathlib import Path

from recon.checks.scope import scope
from recon.need.answers import need_scope
from recon.need.formulas import TABLES, formulas
from recon.need.rebuilt import Rebuilt
from recon.statements.forms import STATEMENTS
from recon.workbook.inputs import settle
from recon.workbook.mark import marks
from recon.workbook.model import MASTER_COLUMN, MASTER_ROW, Model
from recon.workbook.plan import Block, Book, Picture, Sheet
from recon.workbook.recipes import recipes
from recon.workbook.sheets.accounts import accounts
from recon.workbook.sheets.assumptions import assumptions
from recon.workbook.sheets.categories import categories
from recon.workbook.sheets.changes import changes
from recon.workbook.sheets.checks import OUTCOMES, checks
from recon.workbook.sheets.controls import controls
from recon.workbook.sheets.daily import daily
from recon.workbook.sheets.doubtful import contact
from recon.workbook.sheets.evidence import evidence, receipts
from recon.workbook.sheets.figures import Figures
from recon.workbook.sheets.findings import group, questions
from recon.workbook.sheets.front import about, contents, summary
from recon.workbook.sheets.journal import journal
from recon.workbook.sheets.loan import need
from recon.workbook.sheets.months import months
from recon.workbook.sheets.parties import parties
from recon.workbook.sheets.printed import pictured, places
from recon.workbook.sheets.statements import statement
from recon.workbook.sheets.transactions import transactions
from recon.workbook.translate import Translator, answers_of
from recon.workbook.write import write


def build(rebuilt: Rebuilt, path: Path, pictures: Mapping[str, Picture] | None = None) -> Path:
    """Write the reviewer's workbook of *rebuilt* to *path*: the same case gives the same bytes.

    *pictures* are those of printed rows, by the id of their line, and of doubtful fields.
    """
    return write(plan(rebuilt, pictures), path)


def plan(rebuilt: Rebuilt, pictures: Mapping[str, Picture] | None = None) -> Book:
    """The workbook as data."""
    model = Model(rebuilt)
    table = categories(model)
    people, decided = parties(model)
    shown = places(rebuilt)
    lines = transactions(model, decided, shown)
    figures = Figures(model)
    figures.place()
    made = recipes(model)
    by_month = months(model, made)
    facts = figures.fill()
    entries = journal(model, made, lines, by_month)
    ledger = accounts(model, made)
    days = daily(model)
    statements = [statement(model, name, ledger) for name in STATEMENTS]
    if rebuilt.statements.other is not None:
        statements += [statement(model, name, ledger, other=True) for name in STATEMENTS]
    judged = _judged(model, ledger)
    proof, cover = evidence(model), about(model)
    sheets = [
        cover, summary(model, days), proof, *statements, controls(model), judged["checks"],
        group(model, "cross", ("cross",)), group(model, "authenticity", ("authenticity", "evidence")), judged["need"],
        judged["assumptions"], people, lines, pictured(model, lines, shown, pictures or {}),
        contact(model, lines, pictures or {}),
        entries, days, ledger, by_month, facts, table, receipts(model),
        questions(model), changes(model),
    ]
    settle(model, judged["assumptions"], 0, 1)
    settle(model, judged["need"], 0, None)
    contents(model, cover, sheets[1:])
    _masters(model, sheets)
    for sheet in sheets:
        sheet.fit()
    words = {str(outcome): model.outcome(outcome) for outcome in OUTCOMES}
    return Book(sheets, rebuilt.places, rebuilt.language, marks(rebuilt, sheets), words)


def _judged(model: Model, ledger: Sheet) -> dict[str, Sheet]:
    """Assumptions, checks and need: the expressions of their data over the statements."""
    case = model.rebuilt
    books = scope(case.case, case.ledger, case.statements, case.settings, case.accounts, case.transactions)
    figures = need_scope(books, case.case, case.settings, case.transactions)
    translator = Translator(model, figures)
    parts = [text for check in case.checks for part in check.parts for text in (part.left, part.right)]
    tables = [formula.text for name in TABLES if name != "order" or case.case.order for formula in formulas(name)]
    table = assumptions(model, figures, answers_of(*parts, *tables), ledger)
    return {
        "assumptions": table, "checks": checks(model, translator), "need": need(model, translator, figures, ledger),
    }


def _masters(model: Model, sheets: list[Sheet]) -> None:
    """The master check in the frozen rows of every sheet."""
    home = model.say("sheet.checks")
    value = next(s for s in sheets if s.name == home).cells[MASTER_ROW, MASTER_COLUMN].value
    for sheet in sheets:
        sheet.outcomes.append(Block(MASTER_ROW, MASTER_COLUMN, MASTER_ROW, MASTER_COLUMN))
        if sheet.name != home:
            sheet.put(MASTER_ROW, MASTER_COLUMN, value, "outcome", f"={model.master()}")
