"""Old beside new: the live effect of a reviewer's changes, what the last review changed, and every decision so far."""

from recon.classify.categories import categories
from recon.classify.decisions import OF_LINES, Decision
from recon.workbook.changed import changed
from recon.workbook.model import TOTAL, Model
from recon.workbook.plan import HEAD, Sheet, a1

_STATEMENTS = {"B": "balance_sheet", "I": "income_statement", "C": "cash_flow"}
_ITEM, _OLD, _NEW, _APART, _NOTE = 2, 3, 4, 5, 6


def changes(model: Model) -> Sheet:
    """Every line that holds an amount, as built and as it stands now; then what reviewers decided and what it did."""
    sheet = model.sheet("changes")
    sheet.widths = {0: 20, 1: 12, _ITEM: 52, _OLD: 20, _NEW: 20, _APART: 18, _NOTE: 40}
    _heads(model, sheet, HEAD, ("sheet", "line", "item", "built", "now", "change", ""))
    row = _live(model, sheet)
    if model.rebuilt.before is not None:
        row = _review(model, sheet, row + 2)
    if model.rebuilt.decisions:
        _decisions(model, sheet, row + 2)
    return sheet


def _heads(model: Model, sheet: Sheet, row: int, heads: tuple[str, ...]) -> None:
    sheet.row(row, [model.say(f"change.{head}") if head else "" for head in heads], "head")


def _live(model: Model, sheet: Sheet) -> int:
    """As built beside now; the last row."""
    row = HEAD
    for form, name in _STATEMENTS.items():
        for line in getattr(model.rebuilt.statements, name):
            if not line.form.number or line.amount is None or not (line.amount or line.opening):
                continue
            row += 1
            page, at = model.lines[form, line.form.number]
            sheet.row(row, [page.name, line.form.number, model.pick(line.form)])
            _compare(model, sheet, row, line.amount, page.ref(at, TOTAL))
    advice = model.rebuilt.need.recommended
    if advice is not None:
        row += 1
        sheet.row(row, [model.say("sheet.need"), "", model.say("loan.recommended")])
        _compare(model, sheet, row, advice.amount, model.homes["need.recommended"])
    return row


def _compare(model: Model, sheet: Sheet, row: int, built: int, home: str) -> None:
    sheet.put(row, _OLD, built, "money.quiet")
    sheet.put(row, _NEW, built, "money", f"={home}")
    sheet.put(row, _APART, 0, "money.bold",
              f"=ROUND({a1(row, _NEW, rows=False)}-{a1(row, _OLD, rows=False)},{model.rebuilt.places})")


def _review(model: Model, sheet: Sheet, row: int) -> int:
    """What the last review changed, old beside new; the last row."""
    rebuilt = model.rebuilt
    sheet.put(row, 0, model.say("change.review", when=rebuilt.decisions[-1].when[:10]), "section")
    row += 1
    _heads(model, sheet, row, ("sheet", "line", "item", "before", "after", "change", ""))
    found = changed(rebuilt.before, rebuilt) if rebuilt.before is not None else []
    for each in found:
        row += 1
        sheet.row(row, [model.say(f"sheet.{each.place}"), each.line, each.item], "wrap")
        for column, value in ((_OLD, each.old), (_NEW, each.new)):
            shown = model.unknown if value is None else value
            sheet.put(row, column, shown, "money" if isinstance(value, int) else "wrap.right")
        if isinstance(each.old, int) and isinstance(each.new, int):
            sheet.put(row, _APART, each.new - each.old, "money.bold",
                      f"=ROUND({a1(row, _NEW, rows=False)}-{a1(row, _OLD, rows=False)},{rebuilt.places})")
    if not found:
        row += 1
        sheet.put(row, 0, model.say("change.nothing"), "text.quiet")
    return row


def _decisions(model: Model, sheet: Sheet, row: int) -> None:
    """Every decision, the latest first: when, about what, old, new, who, and why."""
    sheet.put(row, 0, model.say("change.decisions"), "section")
    _heads(model, sheet, row + 1, ("when", "scope", "about", "before", "after", "who", "note"))
    for at, decision in enumerate(reversed(model.rebuilt.decisions), row + 2):
        old, new = (_shown(model, decision, text) for text in (decision.old, decision.new))
        when = decision.when[:16].replace("T", " ")
        sheet.row(at, [when, model.say(f"change.of.{decision.scope}"), decision.key], "wrap")
        sheet.row(at, [old, new], "wrap.right", _OLD)
        sheet.row(at, [decision.who, decision.note], "wrap", _APART)


def _shown(model: Model, decision: Decision, text: str) -> str:
    """A category as people know it; any other value as it was written."""
    if decision.scope not in OF_LINES:
        return text
    return "、".join(model.category(name) if name in categories() else name for name in text.split("|"))
