"""Cells that answer the case form: each knows its path, so that a reviewer's change can be taken back to it."""

from collections.abc import Mapping
from decimal import Decimal

from recon.core.answers import answer
from recon.core.money import to_text
from recon.workbook.model import Model
from recon.workbook.plan import Cell, Input, Sheet

#: Inputs of the loan by the word of their label, and where the form has them.
_LOAN = {
    "amount": "request.amount", "term": "request.term_months", "rate": "request.annual_rate",
    "share": "settings.instalment_share",
}
_KINDS = {"money": "money", "whole": "whole", "count": "whole"}


def ask(model: Model, sheet: Sheet, row: int, column: int, value: object, style: str, path: str) -> bool:
    """Make a cell the answer at *path* of the form; False, and nothing set, where the form has no such answer."""
    try:
        answer(model.rebuilt.case, path)
    except LookupError:
        return False
    kind = _KINDS.get(style.partition(".")[0], "number")
    sheet.ask(row, column, value, style, Input("answer", path, kind, _old(model, value)))  # type: ignore[arg-type] # three
    return True


def _old(model: Model, value: object) -> str:
    if isinstance(value, int):
        return to_text(value, model.rebuilt.places)
    return format(Decimal(str(value)).normalize(), "f") if isinstance(value, float | Decimal) else ""


def settle(model: Model, sheet: Sheet, label: int, key: int | None) -> None:
    """Give every unlocked cell of *sheet* its path; one that the form has no answer for is locked again.

    Args:
        model: the workbook in the making.
        sheet: a sheet of inputs.
        label: column of the labels.
        key: column of the names of settings and answers, where there is one.
    """
    loans = {model.say(f"loan.{word}"): path for word, path in _LOAN.items()}
    for (row, column), cell in list(sheet.cells.items()):
        if not cell.style.endswith(".input") or (row, column) in sheet.inputs:
            continue
        said = _text(sheet.cells, row, label if key is None else key)
        path = loans.get(said, "") if key is None else _path(model, said)
        plain = cell.style.removesuffix(".input")
        if not ask(model, sheet, row, column, cell.value, plain, path):
            sheet.put(row, column, cell.value, plain, cell.formula)


def _text(cells: Mapping[tuple[int, int], Cell], row: int, column: int) -> str:
    cell = cells.get((row, column))
    return str(cell.value) if cell is not None else ""


def _path(model: Model, name: str) -> str:
    """Where the form has a setting or a named answer."""
    if name in model.rebuilt.settings.entries:
        return f"settings.{name}"
    return name
