"""What follows for the request, live: bounds, verdict and range, how sure it is, and the coming year's cash."""

from decimal import Decimal
from fractions import Fraction

from recon.core.words import say
from recon.need.model import Need, Recommended
from recon.workbook.model import Model
from recon.workbook.plan import FIRST, Chart, Series, a1
from recon.workbook.sheets.need import CHOSEN, LABEL, TEXT, Desk, major

_CHART_ROWS = 14


def bounds(desk: Desk, found: Need) -> None:
    """Every bound on the amount in a row of its own; the recommended amount is the least of them."""
    model, room = desk.model, found.capacity
    desk.section(_word(model, "bounds"))
    needed = max((m.limit for m in found.methods if m.limit is not None), default=None)
    top, last = model.rows["need.methods"], model.rows["need.methods.last"]
    limits, highs = (f"{a1(top, CHOSEN + n)}:{a1(last, CHOSEN + n)}" for n in (3, 4))
    first = desk.row + 1
    _bound(desk, "request", found.requested.amount if found.requested else None, f"={desk.result('loan', 'amount')}")
    _bound(desk, "need", None if needed is None else max(needed, 0), f"=MAX(0,{limits})")
    _bound(desk, "capacity", room.affordable, f"={desk.result('loan', 'affordable')}")
    cap = model.rebuilt.settings.whole("amount_cap")
    if cap:
        _bound(desk, "cap", cap * 10**model.rebuilt.places, "")
    if found.trust < 1:
        need, most = desk.result("bound", "need"), desk.result("bound", "capacity")
        known = needed is not None and room.affordable is not None
        least = _whole(min(max(needed or 0, 0), room.affordable or 0) * found.trust) if known else None
        trusted = desk.result("bound", "trust")
        _bound(desk, "evidence", least, f"=ROUND(ROUND(MIN({need},{most})*{trusted},6),{model.rebuilt.places})")
    model.ranges["need.bounds"] = f"{a1(first, CHOSEN)}:{a1(desk.row, CHOSEN)}"
    model.ranges["need.bound.names"] = f"{a1(first, LABEL)}:{a1(desk.row, LABEL)}"
    ends = {"need", "trust", "sure"} | ({"capacity"} if room.most is not None else set())
    others = [desk.result(*key) for key in desk.cells if key[0] == "bound" and key[1] not in ends]
    others += [desk.result("loan", "most")] if room.most is not None else []
    model.ranges["need.most"] = f"MIN({','.join(others)},MAX(0,{highs}))"
    own = [n for n, m in enumerate(found.methods) if m.id not in ("cash_gap", "order")]
    model.ranges["need.own"] = ",".join(a1(top + n, CHOSEN + 3) for n in own) or limits


def _bound(desk: Desk, name: str, value: int | None, formula: str) -> None:
    model = desk.model
    desk.row += 1
    desk.sheet.put(desk.row, LABEL, _word(model, f"bound.{name}"))
    shown = model.unknown if value is None else value
    desk.sheet.put(desk.row, CHOSEN, shown, "money", f"={model.homes['mark']}" if value is None else formula)
    desk.cells["bound", name] = (desk.row, CHOSEN)


def evidence(desk: Desk, found: Need) -> None:
    """How far the figures are trusted and known: what widens every range."""
    desk.section(_word(desk.model, "evidence"))
    for name, share in (("trust", found.trust), ("sure", found.sure)):
        desk.row += 1
        desk.sheet.put(desk.row, LABEL, _word(desk.model, f"bound.{name}"))
        desk.sheet.put(desk.row, CHOSEN, Decimal(share.numerator) / Decimal(share.denominator), "percent")
        desk.cells["bound", name] = (desk.row, CHOSEN)


def _whole(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


def verdict(desk: Desk, found: Need) -> None:
    """The answer on top: requested, recommended, range, term, verdict, what decided it, and why."""
    model, sheet, language = desk.model, desk.sheet, desk.model.rebuilt.language
    request, advice, mark = found.requested, found.recommended, f"={model.homes['mark']}"
    rows = {name: FIRST + n for n, name in enumerate(("requested", "recommended", "range", "terms", "verdict"))}
    for name, row in rows.items():
        sheet.put(row, LABEL, model.say(f"loan.{name}"))
    sheet.put(rows["requested"], CHOSEN, model.unknown if request is None else request.amount, "money.bold",
              f"={desk.result('loan', 'amount')}")
    live = _live(found)
    hindered = f"OR({desk.result('bound', 'need')}<=0,{desk.result('bound', 'capacity')}<=0)"
    least, cell = f"MIN({model.ranges['need.bounds']})", a1(rows["recommended"], CHOSEN)
    sheet.put(rows["recommended"], CHOSEN, model.unknown if advice is None else advice.amount, "money.found",
              f"=IF({hindered},{model.homes['mark']},{least})" if live else mark)
    low = f"=IFERROR(MAX(0,MIN({cell},ROUND(ROUND(MIN({model.ranges['need.own']})*{desk.result('bound', 'sure')},6),"
    least = f",{desk.result('loan', 'least')}" if found.capacity.least is not None else ""
    low += f"{model.rebuilt.places}){least})),{model.homes['mark']})"
    high = f"={model.ranges['need.most']}"
    ends = ((CHOSEN, advice.low if advice else None, low), (CHOSEN + 1, advice.high if advice else None, high))
    for column, value, formula in ends:
        refused = live and value is None
        shown = f"=IF({hindered},{model.homes['mark']},{formula[1:]})" if live else mark
        sheet.put(rows["range"], column, model.unknown if value is None or refused else value, "money", shown)
    sheet.put(rows["terms"], CHOSEN, _terms(model, advice))
    sheet.put(rows["verdict"], CHOSEN, model.say(f"verdict.{found.verdict}"), "text.bold",
              _verdict_formula(desk, cell, hindered) if live else "")
    names, values = model.ranges["need.bound.names"], model.ranges["need.bounds"]
    sheet.put(FIRST + 5, LABEL, _word(model, "binding"))
    sheet.put(FIRST + 5, CHOSEN, _word(model, f"bound.{advice.binding}") if advice else model.unknown, "text",
              f"=IF({hindered},{model.homes['mark']},INDEX({names},MATCH({cell},{values},0)))" if live else mark)
    sheet.put(FIRST + 6, LABEL, model.say("loan.reasons"))
    for number, reason in enumerate(found.reasons):
        sheet.put(FIRST + 6 + number, TEXT + 1, number + 1, "number")
        sheet.put(FIRST + 6 + number, CHOSEN, reason.tell(language))
    for name in ("requested", "recommended", "verdict"):
        model.homes[f"need.{name}"] = sheet.ref(rows[name], CHOSEN)


def _live(found: Need) -> bool:
    """Whether the verdict follows from amounts: not where character, evidence or missing facts decide."""
    return found.recommended is not None or {r.code for r in found.reasons[:1]} <= {"no_need", "no_capacity"}


def _verdict_formula(desk: Desk, amount: str, hindered: str) -> str:
    """Decline where nothing is needed or can be repaid, reduce where amount or term is less than asked for."""
    said = {name: desk.model.say(f"verdict.{name}") for name in ("decline", "reduce", "justified")}
    asked, term, months = (desk.result("loan", name) for name in ("amount", "term", "months"))
    short = f"OR({amount}<{asked},{months}<{term})"
    return f'=IF({hindered},"{said["decline"]}",IF({short},"{said["reduce"]}","{said["justified"]}"))'


def _terms(model: Model, advice: Recommended | None) -> str:
    if advice is None:
        return model.unknown
    return model.say("loan.term_text", months=advice.term_months, repayment=model.say(f"repayment.{advice.repayment}"))


def _word(model: Model, key: str) -> str:
    return say(model.rebuilt.language, f"advice.{key}")


# -- how sure, and the coming year ----------------------------------------------------------------------------------


def how_sure(desk: Desk, found: Need) -> None:
    """Bad times, and each assumption moved down and up: as built, with a chart of the amounts."""
    model, language = desk.model, desk.model.rebuilt.language
    if found.stress:
        desk.section(_word(model, "stress"))
        desk.heads(model.say("head.input"), "", "", _word(model, "left"), _word(model, "holds"))
        for stress in found.stress:
            desk.row += 1
            desk.sheet.put(desk.row, LABEL, say(language, f"advice.stress_{stress.name}", size=stress.size))
            desk.sheet.put(desk.row, CHOSEN, stress.left, "money",
                           f"=ROUND(ROUND({desk.result('capacity', stress.name)},6),{model.rebuilt.places})")
            desk.sheet.put(desk.row, CHOSEN + 1, model.say("yes" if stress.holds else "no"), "text.center")
    if not found.swings:
        return
    desk.section(_word(model, "swings"))
    desk.heads(model.say("head.input"), "", "", *(_word(model, n) for n in ("step", "down", "up", "turns")))
    first = desk.row + 1
    for swing in found.swings:
        desk.row += 1
        desk.sheet.put(desk.row, LABEL, say(language, f"assumption.{swing.name}"))
        style = "percent" if swing.unit == "ratio" else "ratio"
        desk.sheet.put(desk.row, CHOSEN, major(swing.step, 0, "ratio"), style)
        for column, amount in ((CHOSEN + 1, swing.down), (CHOSEN + 2, swing.up)):
            desk.sheet.put(desk.row, column, amount, "money")
        turns = model.say("unknown") if swing.turns is None else major(swing.turns, 0, "ratio")
        desk.sheet.put(desk.row, CHOSEN + 3, _word(model, "stands") if swing.turns is None else turns, style)
    series = [
        Series(desk.sheet.ref(first - 1, column), desk.sheet.down(LABEL, first, desk.row),
               desk.sheet.down(column, first, desk.row)) for column in (CHOSEN + 1, CHOSEN + 2)
    ]
    _chart(desk, Chart("bar", _word(model, "chart_swings"), desk.row + 2, LABEL, tuple(series), 860))


def weeks(desk: Desk, found: Need) -> None:
    """Cash at each week's end without and with the loan; the loan's share follows the recommended amount."""
    model, course, advice = desk.model, found.weeks, found.recommended
    if not course.starts:
        return
    desk.section(_word(model, "weeks"))
    names = ("without", "low", "left_share", "with")
    desk.heads(_word(model, "week"), "", "", *(_word(model, name) for name in names))
    first, amount = desk.row + 1, advice.amount if advice else 0
    cell = a1(FIRST + 1, CHOSEN)
    for start, without, low, loan in zip(course.starts, course.without, course.low, course.loan, strict=True):
        desk.row += 1
        share = Fraction(loan - without, amount) if amount else Fraction(0)
        row = [a1(desk.row, CHOSEN + n) for n in range(3)]
        desk.sheet.put(desk.row, LABEL, start)
        desk.sheet.put(desk.row, CHOSEN, without, "money")
        desk.sheet.put(desk.row, CHOSEN + 1, low, "money")
        desk.sheet.put(desk.row, CHOSEN + 2, major(share, 0, "ratio"), "percent")
        live = f"={row[0]}+IFERROR(ROUND({cell}*{row[2]},{model.rebuilt.places}),0)"
        desk.sheet.put(desk.row, CHOSEN + 3, loan, "money", live)
    series = [
        Series(desk.sheet.ref(first - 1, column), desk.sheet.down(LABEL, first, desk.row),
               desk.sheet.down(column, first, desk.row)) for column in (CHOSEN, CHOSEN + 3)
    ]
    _chart(desk, Chart("line", _word(model, "chart_weeks"), desk.row + 2, LABEL, tuple(series), 860))


def _chart(desk: Desk, chart: Chart) -> None:
    """Place a chart below the last row and leave room for it."""
    desk.sheet.charts.append(chart)
    desk.row += _CHART_ROWS + 3
    desk.sheet.put(desk.row, LABEL, "")
