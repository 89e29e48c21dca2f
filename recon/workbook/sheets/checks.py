"""Articulation as live formulas, the workbook's own checks, and the master check that every sheet shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from recon.checks.check import Outcome, Part
from recon.workbook.model import MASTER_COLUMN, MASTER_ROW, Model
from recon.workbook.plan import FIRST, HEAD, Block, Sheet, a1
from recon.workbook.translate import Translator

_HEADS = ("check", "what", "left", "actual", "relation", "right", "expected", "difference", "tolerance", "outcome")
_AT = {name: column for column, name in enumerate(_HEADS)}
#: Figures of control accounts that a line of the balance sheet shows by its own road, the journal.
_TWO_ROADS = {"receivables": 4, "inventory": 9, "payables": 33, "equity": 52}
OUTCOMES: tuple[Outcome, ...] = ("pass", "explain", "fail", "cannot_judge")


@dataclass(frozen=True, slots=True)
class _Row:
    """One comparison: what it is, both sides as text, formula and value in minor units."""

    id: str
    title: str
    texts: tuple[str, str]
    formulas: tuple[str, str]
    values: tuple[int | None, int | None]
    relation: str


def checks(model: Model, translator: Translator) -> Sheet:
    """Lay out the checks; their master cell is where :meth:`Model.master` looks for it."""
    sheet = model.sheet("checks")
    sheet.widths = {0: 7, 1: 52, 2: 26, 3: 17, 4: 5, 5: 46, 6: 17, 7: 14, 8: 9, 9: 12}
    sheet.row(HEAD, [model.say(f"check.{name}") for name in _HEADS], "head")
    rows = [*_own(model), *_articulation(model, translator)]
    outcomes = [_put(model, sheet, number, row) for number, row in enumerate(rows, FIRST)]
    last = FIRST + len(rows) - 1
    column = f"{a1(FIRST, _AT['outcome'])}:{a1(last, _AT['outcome'])}"
    fails = sum(outcome == "fail" for outcome in outcomes)
    bad, good = model.outcome("fail"), model.outcome("pass")
    formula = f'=IF(COUNTIF({column},"{bad}")>0,"{bad} "&COUNTIF({column},"{bad}"),"{good}")'
    sheet.put(MASTER_ROW, MASTER_COLUMN, f"{bad} {fails}" if fails else good, "outcome", formula)
    sheet.outcomes.append(Block(FIRST, _AT["outcome"], last, _AT["outcome"]))
    return sheet


def _own(model: Model) -> Iterable[_Row]:
    """What holds in any workbook: debits equal credits, and two roads lead to one balance."""
    sums = model.sums["debit"], model.sums["credit"]
    sides = tuple(f"=SUM({model.ranges[f'journal.{side}']})" for side in ("debit", "credit"))
    words = model.say("journal.debit"), model.say("journal.credit")
    yield _Row("W01", model.say("own.journal"), words, sides, sums, "=")  # type: ignore[arg-type] # two of each
    yield _Row("W02", model.say("own.accounts"), (model.say("sheet.accounts"), "0"),
               (f"={model.homes['all_accounts']}", "=0"), (0, 0), "=")
    for number, (key, line) in enumerate(_TWO_ROADS.items(), 3):
        for end in ("opening", "closing"):
            shown = model.rebuilt.statements.line("balance_sheet", line)
            values = (shown.opening if end == "opening" else shown.amount, model.figure(f"{end}.{key}").value)
            if None in values:
                continue
            sheet, row = model.lines["B", line]
            formulas = (f"={sheet.ref(row, 3 if end == 'opening' else 4)}", f"={model.homes[f'{end}.{key}']}")
            name = model.name(f"{end}.{key}")
            yield _Row(f"W{number:02d}", model.say("own.roads", name=name),
                       (f"B{line}{'.open' if end == 'opening' else ''}", f"{end}.{key}"), formulas, values, "=")


def _articulation(model: Model, translator: Translator) -> Iterable[_Row]:
    for check in model.rebuilt.checks:
        if check.group == "articulation":
            for part in check.parts:
                yield _Row(check.id, part.title.tell(model.rebuilt.language), (part.left, part.right),
                           _sides(model, translator, part), (part.actual, part.expected), part.relation)


def _sides(model: Model, translator: Translator, part: Part) -> tuple[str, str]:
    mark = f"={model.homes['mark']}"
    return (
        mark if part.actual is None else translator.formula(part.left),
        mark if part.expected is None else translator.formula(part.right),
    )


def _put(model: Model, sheet: Sheet, number: int, row: _Row) -> Outcome:
    left, right = row.values
    for name, value in (("check", row.id), ("what", row.title), ("relation", "≥" if row.relation == ">=" else "=")):
        sheet.put(number, _AT[name], value, "text.center" if name == "relation" else "text.wrap")
    for side, shown, text, amount, formula in zip(
        ("left", "right"), ("actual", "expected"), row.texts, row.values, row.formulas, strict=True
    ):
        sheet.put(number, _AT[side], text, "key.wrap")
        sheet.put(number, _AT[shown], model.unknown if amount is None else amount, "money", formula)
    sheet.put(number, _AT["tolerance"], 0, "money.quiet")
    return _judge(model, sheet, number, row, None if left is None or right is None else left - right)


def _judge(model: Model, sheet: Sheet, number: int, row: _Row, difference: int | None) -> Outcome:
    """Difference and outcome; a side that cannot be known leaves nothing to judge."""
    if difference is None:
        sheet.put(number, _AT["difference"], model.unknown, "money.quiet", f"={model.homes['mark']}")
        sheet.put(number, _AT["outcome"], model.outcome("cannot_judge"), "outcome")
        return "cannot_judge"
    at = {name: a1(number, column, rows=False) for name, column in _AT.items()}
    sheet.put(number, _AT["difference"], difference, "money",
              f"=ROUND({at['actual']}-{at['expected']},{model.rebuilt.places})")
    apart, allowed = at["difference"], at["tolerance"]
    test = f"{apart}>=-{allowed}" if row.relation == ">=" else f"ABS({apart})<={allowed}"
    outcome: Outcome = "pass" if (difference >= 0 if row.relation == ">=" else difference == 0) else "fail"
    words = f'"{model.outcome("pass")}","{model.outcome("fail")}"'
    sheet.put(number, _AT["outcome"], model.outcome(outcome), "outcome", f"=IF({test},{words})")
    return outcome
