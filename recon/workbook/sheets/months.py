"""Figures of the period spread over its months, each by its driver, as one formula along the row."""

from collections.abc import Callable

from recon.ledger.chart import variables
from recon.workbook.model import KEY, MONTH, NAME, NUMBER, TOTAL, Model
from recon.workbook.plan import FIRST, PERIODS, Sheet, a1
from recon.workbook.recipes import SCHEDULE, Drivers, Recipe

Formula = Callable[[int], str]


def months(model: Model, made: list[Recipe]) -> Sheet:
    """Lay out asset schedules, drivers and shares.

    ``model.rows`` learns the row of each ``share.<figure>``, ``model.homes`` the ``schedule.total`` of depreciation.
    """
    heads = (model.say("head.number"), model.say("head.figure"), "", model.say("head.total"))
    sheet = model.monthly("months", heads)
    row = _schedules(model, sheet, FIRST)
    weights = _drivers(model, sheet, row, made)
    row = max([row, *(w + 1 for w in weights.values())]) + 1
    sheet.put(row, NAME, model.say("section.shares"), "section")
    for number, recipe in enumerate(made, 1):
        row += 1
        _share(model, sheet, row, number, recipe, weights.get(recipe.driver, 0))
    return sheet


def _schedules(model: Model, sheet: Sheet, row: int) -> int:
    """A row for each fixed asset with its charge by month, and their sum; the next free row."""
    assets = model.rebuilt.ledger.known.assets
    if not assets:
        return row
    sheet.put(row, NAME, model.say("section.schedules"), "section")
    top = row + 1
    for asset in assets:
        row += 1
        sheet.put(row, NAME, asset.name or model.say("asset.unnamed"))
        sheet.put(row, TOTAL, sum(asset.months), "money", _across(model, row))
        sheet.along(row, MONTH, asset.months, "money.estimated")
    last, row = row, row + 1
    sheet.put(row, NAME, model.say("asset.total"), "text.total")
    sums = [sum(month) for month in zip(*(a.months for a in assets), strict=True)]
    sheet.along(row, TOTAL, [sum(sums), *sums], "money.total",
                lambda c: f"=SUM({a1(top, c, columns=False)}:{a1(last, c, columns=False)})")
    model.homes["schedule.total"] = sheet.ref(row, TOTAL)
    model.rows["schedule"] = row
    return row + 2


def _across(model: Model, row: int) -> str:
    return f"=SUM({a1(row, MONTH)}:{a1(row, model.last)})"


def _drivers(model: Model, sheet: Sheet, row: int, made: list[Recipe]) -> dict[str, int]:
    """For each driver in use what the lines say by month, and the weights used; rows of the latter."""
    used = [d for d in dict.fromkeys(r.driver for r in made) if d != SCHEDULE]
    drivers, rows = Drivers(model), {}
    if used:
        sheet.put(row, NAME, model.say("section.drivers"), "section")
    for name in used:
        said = model.say(f"driver.{name}") if name in ("sales", "time", "last") else model.name(name)
        if name not in ("time", "last"):
            row += 1
            sheet.put(row, NAME, model.say("driver.raw", name=said))
            _row(model, sheet, row, drivers.raw(name), "money", _raw(model, name))
        row += 1
        sheet.put(row, NAME, model.say("driver.used", name=said), "text.quiet")
        sheet.put(row, KEY, name, "key")
        counted = name in ("time", "last") or not any(drivers.raw(name))
        style = "whole.quiet" if counted else "money.quiet"
        formula = None if name in ("time", "last") else _used(row)
        _row(model, sheet, row, drivers.usable(name), style, formula)
        rows[name] = row
    return rows


def _used(row: int) -> Formula:
    """The lines of the row above, or one a month where there are none."""
    return lambda c: f"=IF({a1(row - 1, TOTAL)}>0,{a1(row - 1, c, columns=False)},1)"


def _raw(model: Model, name: str) -> Formula:
    """The lines that feed a driver, in the month of the column."""
    parts, ranges = ("received", "cash_sales") if name == "sales" else (name,), model.ranges

    def lines(part: str, c: int) -> str:
        sign = "-" if variables()[part].cash == "out" else ""
        return (f'{sign}SUMIFS({ranges["line.amount"]},{ranges["line.feeds"]},"{part}",'
                f"{ranges['line.month']},{a1(PERIODS, c, columns=False)})")

    return lambda c: f"=MAX(0,{'+'.join(lines(part, c) for part in parts)})"


def _row(model: Model, sheet: Sheet, row: int, values: list[int], style: str, formula: Formula | None) -> None:
    sheet.put(row, TOTAL, sum(values), style, _across(model, row))
    sheet.along(row, MONTH, values, style, formula)


def _share(model: Model, sheet: Sheet, row: int, number: int, recipe: Recipe, weights: int) -> None:
    home = model.homes[recipe.figure]
    sheet.put(row, NUMBER, number, "number")
    sheet.put(row, NAME, model.name(recipe.figure))
    sheet.put(row, KEY, recipe.driver, "key")
    sheet.put(row, TOTAL, recipe.total, "money.bold", f"={home}")
    if recipe.driver == SCHEDULE:
        charged = model.rows["schedule"]
        sheet.along(row, MONTH, recipe.shares, "money", lambda c: f"={a1(charged, c, columns=False)}")
    else:
        sheet.along(row, MONTH, recipe.shares, "money", _running(model, row, weights))
    model.rows[f"share.{recipe.figure}"] = row


def _running(model: Model, row: int, weights: int) -> Formula:
    """The rounded running share less the one before, in whole minor units, as ``recon.core.money.spread`` does."""
    units = model.homes["input.units"]
    whole, total = a1(weights, TOTAL), f"ROUND({a1(row, TOTAL)}*{units},0)"

    def formula(c: int) -> str:
        here = a1(weights, c, columns=False)
        until = f"SUM({a1(weights, MONTH)}:{here})"
        return f"=(ROUND({total}*{until}/{whole},0)-ROUND({total}*({until}-{here})/{whole},0))/{units}"

    return formula
