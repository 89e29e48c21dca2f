"""Where a click on a statement line leads: the rows of the journal, or of the statements, that make it up."""

from recon.ledger.posting import is_cash
from recon.statements.book import Line
from recon.workbook.model import Model
from recon.workbook.plan import FIRST, a1, quoted


def trail(model: Model, line: Line) -> str:
    """The cell that shows the first of a line's rows, as a link has it; empty where it has none.

    Money in the bank leads to the lines of evidence, a line of the cash flow and an account to their postings in the
    journal, a total to the accounts, and an amount that no posting holds to the figures.
    """
    for atom in line.form.formula:
        if atom.kind == "T" and int(atom.of) in model.tags:
            return _cell(model, "journal", model.tags[int(atom.of)])
        if atom.kind in "DCPE":
            codes = sorted(code for code in model.blocks if code.startswith(atom.of))
            if any(is_cash(code) for code in codes):
                return _cell(model, "transactions", FIRST)
            if codes:
                return _cell(model, "journal", min(model.blocks[code] for code in codes))
    if line.form.figure and line.amount:
        return _cell(model, "figures", FIRST)
    return _cell(model, "accounts", FIRST) if any(atom.kind in "LODCPE" for atom in line.form.formula) else ""


def _cell(model: Model, sheet: str, row: int) -> str:
    return f"{quoted(model.say(f'sheet.{sheet}'))}!{a1(row, 0, rows=False, columns=False)}"
