"""Control accounts as people read them: opening, what adds, what takes away, closing, and the figure that was found."""

from recon.ledger.build import Control
from recon.ledger.control import Equation
from recon.workbook.model import Model
from recon.workbook.plan import FIRST, HEAD, Sheet, a1
from recon.workbook.recipes import moves

_ROLE, _NAME, _AMOUNT, _MARK, _HOW = 0, 1, 2, 3, 4
_SIGNS = {"opening": 1, "increase": 1, "decrease": -1, "closing": -1}


def controls(model: Model) -> Sheet:
    """Lay out every control account that holds anything; the others are named at the end."""
    sheet = model.sheet("controls")
    sheet.widths = {_ROLE: 12, _NAME: 40, _AMOUNT: 18, _MARK: 12, _HOW: 60}
    heads = ("role", "figure", "amount", "found", "how")
    sheet.row(HEAD, [model.say(f"head.{head}") for head in heads], "head")
    row, empty = FIRST, []
    for equation in model.rebuilt.ledger.known.system:
        if equation.kind != "control":
            continue
        if all(model.figure(t.variable).value == 0 and not moves(model, t.variable) for t in equation.terms):
            empty.append(model.equation(equation.name))
            continue
        row = _account(model, sheet, row, equation, model.rebuilt.ledger.controls[equation.name]) + 2
    if empty:
        sheet.put(row, _ROLE, model.say("control.empty", names=("、" if model.zh else ", ").join(empty)), "text.quiet")
    return sheet


def _account(model: Model, sheet: Sheet, row: int, equation: Equation, control: Control) -> int:
    """One account; its last row."""
    sheet.put(row, _ROLE, model.equation(equation.name), "section")
    cells: dict[str, list[str]] = {role: [] for role in _SIGNS}
    for role in _SIGNS:
        for name in equation.of(role):
            if role in ("increase", "decrease") and model.figure(name).value == 0 and not moves(model, name):
                continue
            row += 1
            cells[role].append(_term(model, sheet, row, role, name, found=name == control.found))
    row += 1
    sheet.put(row, _NAME, model.say("control.difference"), "text.total")
    unknown = control.difference is None
    sheet.put(row, _AMOUNT, model.unknown if unknown else control.difference, "money.total",
              f"={model.homes['mark']}" if unknown else _difference(model, cells))
    return row


def _term(model: Model, sheet: Sheet, row: int, role: str, name: str, *, found: bool) -> str:
    stated = model.rebuilt.ledger.solution.stated
    gave_way = role == "closing" and name in stated
    value = stated[name].value if gave_way else model.figure(name).value
    home = model.homes[f"stated.{name}" if gave_way else name]
    style = "money.found" if found else "money"
    sheet.put(row, _ROLE, model.say(f"role.{role}"), "text.quiet")
    sheet.put(row, _NAME, model.name(name), "text.bold" if found else "text")
    sheet.put(row, _AMOUNT, model.unknown if value is None else value, style, f"={home}")
    if found:
        sheet.put(row, _MARK, model.say("control.found"), "text.bold")
    return a1(row, _AMOUNT)


def _difference(model: Model, cells: dict[str, list[str]]) -> str:
    parts = "".join(f"{'-' if _SIGNS[role] < 0 else '+'}{cell}" for role, each in cells.items() for cell in each)
    return f"=ROUND({parts.removeprefix('+')},{model.rebuilt.places})"
