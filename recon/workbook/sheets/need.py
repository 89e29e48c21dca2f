"""The need by each road under every disputed choice: the formulas of ``templates/need``, live over the statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from recon.checks.scope import Scope
from recon.need.formulas import calculate, chosen
from recon.need.model import Input, Method
from recon.need.working_capital import combinations
from recon.workbook.model import Model
from recon.workbook.plan import HEAD, Sheet, a1
from recon.workbook.translate import Translator

LABEL, TEXT, UNIT, CHOSEN = 0, 1, 2, 3
_STYLES = {"money": "money", "days": "ratio", "turns": "ratio", "ratio": "percent"}
#: Which result of a method's table is its amount, and which the new money it leaves room for.
RESULTS = {
    "regulator": ("new_limit", "new_limit"), "cycle": ("working_capital", "new_limit"),
    "order": ("new_limit", "new_limit"),
}


@dataclass
class Desk:
    """The sheet being laid out: the next row, and where each result stands."""

    model: Model
    sheet: Sheet
    translator: Translator
    scope: Scope
    row: int = HEAD
    cells: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def section(self, text: str) -> None:
        """A heading after a blank row."""
        self.row += 2
        self.sheet.put(self.row, LABEL, text, "section")

    def heads(self, *words: str) -> None:
        """Column heads under a section."""
        self.row += 1
        self.sheet.row(self.row, words, "head")

    def scope_names(self, table: str) -> list[str]:
        """The results of a table that is laid out."""
        return [name for each, name in self.cells if each == table]

    def result(self, table: str, name: str) -> str:
        """Cell of a result as chosen."""
        row, column = self.cells[table, name]
        return a1(row, column)


def table(desk: Desk, name: str) -> None:
    """One table: a row for each result, a column for the choice made and each other one."""
    model, settings = desk.model, desk.model.rebuilt.settings
    made = chosen(name, settings)
    columns = combinations(name, settings)
    desk.section(model.say(f"need.{name}"))
    said = [" · ".join(model.say(f"choice.{s}.{v}") for s, v in other.items()) or model.say("need.chosen")
            for other in columns]
    desk.heads(model.say("head.input"), model.say("need.formula"), model.say("need.unit"), *said)
    results = [calculate(name, desk.scope, settings, {**made, **other}) for other in columns]
    cells: list[dict[str, str]] = [{} for _ in columns]
    for key, first in results[0].items():
        desk.row += 1
        _names(desk, first)
        for n, (inputs, done) in enumerate(zip(results, cells, strict=True)):
            _value(desk, CHOSEN + n, inputs, key, done)
        desk.cells[name, key] = (desk.row, CHOSEN)
        model.rows[f"{name}.{key}"] = desk.row
    model.rows[f"{name}.last"] = CHOSEN + len(columns) - 1


def _names(desk: Desk, entry: Input) -> None:
    desk.sheet.put(desk.row, LABEL, entry.title.tell(desk.model.rebuilt.language))
    desk.sheet.put(desk.row, TEXT, entry.expression, "key.wrap")
    desk.sheet.put(desk.row, UNIT, desk.model.say(f"unit.{entry.unit}"), "text.quiet")


def _value(desk: Desk, column: int, inputs: Mapping[str, Input], key: str, done: dict[str, str]) -> None:
    """One result: its formula over the statements and the results above it."""
    entry, mark = inputs[key], desk.model.homes["mark"]
    style = _STYLES[entry.unit]
    if entry.value is None:
        desk.sheet.put(desk.row, column, desk.model.unknown, f"{style}.quiet", f"={mark}")
    else:
        scope = desk.scope.knowing({name: each.value for name, each in inputs.items() if name in done})
        formula = desk.translator.formula(entry.expression, done, scope).removeprefix("=")
        safe = f"=IFERROR({formula},{mark})" if "/" in formula else f"={formula}"
        desk.sheet.put(desk.row, column, major(entry.value, desk.model.rebuilt.places, entry.unit), style, safe)
    done[key] = a1(desk.row, column)


def major(value: Fraction, places: int, unit: str) -> object:
    """A cell's value: whole minor units stay an int, anything else becomes a decimal in the units shown."""
    if unit == "money" and value.denominator == 1:
        return int(value)
    exact = value / 10**places if unit == "money" else value
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def methods(desk: Desk, found: Sequence[Method], within: int) -> None:
    """How far balances are open (*within*, minor units), then amount, range and new money of each road.

    ``model.rows['need.methods']`` is the first of the roads' rows.
    """
    model = desk.model
    desk.section(model.say("need.roads"))
    desk.row += 1
    desk.sheet.put(desk.row, LABEL, model.say("need.within"))
    desk.sheet.put(desk.row, CHOSEN, within, "money")
    model.homes["need.within"] = a1(desk.row, CHOSEN)
    names = ("amount", "low", "high", "limit", "limit_high", "because")
    desk.heads(model.say("need.road"), "", "", *(model.say(f"need.{name}") for name in names))
    model.rows["need.methods"] = desk.row + 1
    for method in found:
        desk.row += 1
        built = "" if method.id in RESULTS else model.say("need.as_built")
        desk.sheet.put(desk.row, LABEL, model.say(f"need.{method.id}") + built)
        values = (method.amount, method.low, method.high, method.limit, method.limit_high)
        for column, (value, formula) in enumerate(zip(values, _links(desk, method), strict=True), CHOSEN):
            shown = model.unknown if value is None else value
            desk.sheet.put(desk.row, column, shown, "money", f"={model.homes['mark']}" if value is None else formula)
        model.homes[f"need.limit.{method.id}"] = desk.sheet.ref(desk.row, CHOSEN + 3)
        said = ("" if model.zh else " ").join(reason.tell(model.rebuilt.language) for reason in method.because)
        desk.sheet.put(desk.row, CHOSEN + len(values), said, "wrap")
    model.rows["need.methods.last"] = desk.row


def _links(desk: Desk, method: Method) -> tuple[str, ...]:
    """Formulas of a method's amount, low, high, limit and highest limit; empty where a program worked it out."""
    if method.id not in RESULTS:
        return ("",) * 5
    amount, limit = (desk.model.rows[f"{method.id}.{name}"] for name in RESULTS[method.id])
    last, places = desk.model.rows[f"{method.id}.last"], desk.model.rebuilt.places

    def across(row: int) -> str:
        return f"{a1(row, CHOSEN)}:{a1(row, last)}"

    if method.id == "order":
        return _by_order(desk, places)
    sure, within = desk.result("bound", "sure"), desk.model.homes["need.within"]
    return (
        f"=ROUND({a1(amount, CHOSEN)},{places})",
        f"=ROUND(ROUND(ROUND(MIN({across(amount)}),{places})*{sure},6),{places})-{within}",
        f"=ROUND(ROUND(ROUND(MAX({across(amount)}),{places})*(2-{sure}),6),{places})+{within}",
        f"=ROUND({a1(limit, CHOSEN)},{places})",
        f"=ROUND(MAX({across(limit)}),{places})",
    )


def _by_order(desk: Desk, places: int) -> tuple[str, ...]:
    """The order road's own: the high end has everything out at once."""
    cell = {name: desk.result("order", name) for name in desk.scope_names("order")}
    amount = f"=ROUND({cell['new_limit']},{places})"
    at_once = f"{cell['cost']}-{cell['paid']}-{cell['deposits']}-{cell['credit']}"
    high = f"=ROUND(MAX({cell['new_limit']},{at_once}-{cell['own_funds']}-{cell['other_funding']}),{places})"
    return amount, amount, high, amount, amount
