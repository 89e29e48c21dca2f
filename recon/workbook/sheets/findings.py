"""What a person should look at, in order of weight, and the checks that programs made against other sources."""

from decimal import Decimal

from recon.checks.check import Amount, Check
from recon.core.words import tell
from recon.ledger.chart import positions, variables
from recon.workbook.inputs import ask
from recon.workbook.model import Model
from recon.workbook.plan import FIRST, HEAD, Block, Sheet
from recon.workbook.sheets.transactions import note

_ANSWER = 2
_SEVERITIES = ("serious", "look", "info")
#: Findings whose answer is the figure of the position that they name.
_OF_POSITIONS = ("position_by_margin", "rent_paid_ahead", "cards_sold")
_STYLES = {"money": "money", "ratio": "percent", "count": "count", "days": "ratio", "turns": "ratio"}


def questions(model: Model) -> Sheet:
    """Figures to ask the owner for, then every finding, the serious ones first, with room for an answer."""
    sheet = model.sheet("questions", freeze=(FIRST, 1))
    sheet.widths = {0: 12, 1: 100, 2: 40}
    sheet.row(HEAD, [model.say(f"question.{head}") for head in ("severity", "text", "answer")], "head")
    sheet.key = 1
    row, asked = HEAD, set[str]()
    for name in model.rebuilt.ledger.solution.questions:
        row += 1
        text = model.say("question.figure", name=model.name(name))
        _question(model, sheet, row, "ask", text)
        _figure(model, sheet, row, name, text)
    for finding in sorted(model.rebuilt.findings, key=lambda f: _SEVERITIES.index(f.severity)):
        row += 1
        text = tell(model.rebuilt.language, finding)
        _question(model, sheet, row, finding.severity, text)
        if finding.code in _OF_POSITIONS:
            asked.add(finding.source.field)
            _figure(model, sheet, row, finding.source.field, text)
        else:
            note(model, sheet, row, _ANSWER, text, "wrap")
    for name in _taken_as_none(model):
        if name in asked:
            continue
        row += 1
        text = model.say("question.none_stated", name=model.name(name))
        _question(model, sheet, row, "assumed", text)
        _figure(model, sheet, row, name, text)
    if row > HEAD:
        sheet.filter = Block(HEAD, 0, row, 2)
    else:
        sheet.put(FIRST, 1, model.say("question.none"), "text.quiet")
    return sheet


def _question(model: Model, sheet: Sheet, row: int, severity: str, text: str) -> None:
    sheet.put(row, 0, model.say(f"severity.{severity}"), "wrap.bold" if severity in ("ask", "serious") else "wrap")
    sheet.put(row, 1, text, "wrap")


def _figure(model: Model, sheet: Sheet, row: int, name: str, text: str) -> None:
    """Room for the figure itself, where the form has a place for it; else for words."""
    path = name if name.partition(".")[0] in ("opening", "closing") else f"known.{name}"
    known = path == name or name in variables()
    if not known or not ask(model, sheet, row, _ANSWER, None, "money", path):
        note(model, sheet, row, _ANSWER, text, "wrap")


def _taken_as_none(model: Model) -> list[str]:
    """Positions that nobody mentioned: a reviewer who counted one may say so."""
    names = (f"{end}.{key}" for key in positions() for end in ("opening", "closing"))
    return [name for name in names if model.figure(name).source.startswith("rule:") and not model.figure(name).equation]


def group(model: Model, key: str, groups: tuple[str, ...]) -> Sheet:
    """Checks of *groups* as the run found them: sides, deviation, outcome and why."""
    sheet = model.sheet(key, freeze=(FIRST, 2))
    sheet.widths = {0: 18, 1: 26, 2: 16, 3: 16, 4: 15, 5: 13, 6: 10, 7: 56, 8: 38, 9: 38}
    heads = (
        "check", "what", "expected", "actual", "difference", "tolerance", "outcome", "because", "explained", "moves",
    )
    sheet.row(HEAD, [model.say(f"check.{head}") for head in heads], "head")
    found = [check for check in model.rebuilt.checks if check.group in groups]
    for row, check in enumerate(found, FIRST):
        _check(model, sheet, row, check)
    last = FIRST + max(1, len(found)) - 1
    sheet.outcomes.append(Block(FIRST, 6, last, 6))
    if not found:
        sheet.put(FIRST, 1, model.say("check.none"), "text.quiet")
    return sheet


def _check(model: Model, sheet: Sheet, row: int, check: Check) -> None:
    language, style = model.rebuilt.language, _STYLES[check.unit]
    sheet.put(row, 0, check.id, "key")
    sheet.put(row, 1, check.title.tell(language), "wrap")
    for column, amount in enumerate((check.expected, check.actual, check.difference, check.tolerance), 2):
        sheet.put(row, column, model.unknown if amount is None else _shown(amount, check.unit), style)
    sheet.put(row, 6, model.outcome(check.outcome), "outcome")
    sheet.put(row, 7, check.tell(language), "wrap")
    places = model.rebuilt.places
    if check.explanations:
        told = (f"{n}. {each.tell(language, places)}" for n, each in enumerate(check.explanations, 1))
        sheet.put(row, 8, "\n".join(told), "wrap")
    if check.move is not None:
        sheet.put(row, 9, check.move.tell(language, places), "wrap")


def _shown(amount: Amount, unit: str) -> object:
    """Money stays minor units; other numbers are exact decimals."""
    return int(amount) if unit == "money" else Decimal(amount)
