"""What the business can carry, the requested loan's payments, and what follows: the lower part of the sheet of need."""

from recon.checks.scope import Scope
from recon.core.facts import Request
from recon.need.model import Capacity, Need
from recon.need.term import AMORTISED, form
from recon.workbook.model import MONTH, NAME, Model
from recon.workbook.plan import FIRST, HEAD, Sheet, a1
from recon.workbook.sheets.advice import bounds, evidence, how_sure, verdict, weeks
from recon.workbook.sheets.need import CHOSEN, LABEL, TEXT, Desk, major, methods, table
from recon.workbook.translate import Translator

_OPERATING = 7
_TOP = FIRST + 8
_ROWS = 7  # what stands below the terms and beside nothing: instalment, coverage, affordable, and both ends


def need(model: Model, translator: Translator, scope: Scope, accounts: Sheet) -> Sheet:
    """Lay out verdict, roads, tables of formulas, capacity and repayment; the verdict stands on top."""
    sheet = model.sheet("need", freeze=(FIRST, 1))
    sheet.widths = {LABEL: 36, TEXT: 44, 2: 10, 3: 17, 4: 17, 5: 17, 6: 17, 7: 17, 8: 70}
    sheet.put(HEAD, LABEL, model.say("need.verdict"), "head")
    sheet.row(HEAD, ["", "", "", "", "", "", "", ""], "head", 1)
    desk = Desk(model, sheet, translator, scope, _TOP + len(model.rebuilt.need.reasons))
    found = model.rebuilt.need
    for name in ("regulator", "cycle", *(["order"] if model.rebuilt.case.order else [])):
        table(desk, name)
    evidence(desk, found)
    methods(desk, found.methods, found.within)
    table(desk, "capacity")
    _months(desk, found.capacity, accounts)
    _loan(desk, found)
    bounds(desk, found)
    verdict(desk, found)
    how_sure(desk, found)
    weeks(desk, found)
    return sheet


def _months(desk: Desk, room: Capacity, accounts: Sheet) -> None:
    """What each month leaves: its operating cash less unexplained money in, household and loan service."""
    model = desk.model
    if not room.months:
        return
    desk.section(model.say("need.months"))
    desk.heads(model.say("need.month"), "", "", model.say("need.left"))
    cash, row = model.lines["C", _OPERATING]
    label = model.account("2241.09")
    top, bottom = model.rows["moved.first"], model.rows["moved.last"]
    names = accounts.down(NAME, top, bottom)
    taken = f"{desk.result('capacity', 'household')}-{desk.result('capacity', 'debt_service')}"
    first = desk.row + 1
    for number, (month, left) in enumerate(room.months.items()):
        desk.row += 1
        unknown = f'-SUMIFS({accounts.down(MONTH + number, top, bottom)},{names},"{label}")'
        desk.sheet.put(desk.row, LABEL, month)
        exact = f"ROUND({cash.ref(row, MONTH + number)}-MAX(0,{unknown})-{taken},6)"  # a half cent stays a half cent
        desk.sheet.put(desk.row, CHOSEN, left, "money", f"=ROUND({exact},{model.rebuilt.places})")
    model.ranges["need.months"] = desk.sheet.down(LABEL, first, desk.row)
    model.ranges["need.left"] = desk.sheet.down(CHOSEN, first, desk.row)


def _loan(desk: Desk, found: Need) -> None:
    """The terms asked for or usual, the payments they mean, and the largest loan that a month's rest repays."""
    model, room, request = desk.model, found.capacity, found.requested
    desk.section(model.say("need.loan"))
    _input(desk, "amount", request.amount if request else None, "money.input")
    _input(desk, "term", len(room.schedule) or None, "whole.input")
    _input(desk, "rate", float(room.annual_rate), "percent.input")
    _input(desk, "months", room.term_months, "whole")
    _input(desk, "share", float(model.rebuilt.settings.number("instalment_share")), "percent.input")
    _value(desk, "disposable", room.monthly_disposable,
           f"=ROUND(ROUND({desk.result('capacity', 'monthly_disposable')},6),{model.rebuilt.places})")
    row = desk.row
    desk.row += _ROWS
    last = _schedule(desk, room, request)
    desk.row = row
    _value(desk, "instalment", room.instalment, _regular(last, request) if last else "")
    coverage = None if room.coverage is None else major(room.coverage, 0, "ratio")
    _value(desk, "coverage", coverage, f"=IFERROR({_at(desk, 'disposable')}/{_at(desk, 'instalment')},"
           f"{model.homes['mark']})", "ratio")
    _value(desk, "affordable", room.affordable, _affordable(desk, found, _at(desk, "disposable")))
    _ends(desk, found)
    desk.row = max(desk.row, last[1] if last else 0)


def _ends(desk: Desk, found: Need) -> None:
    """How much less and more a month may leave, as built, and what is affordable then."""
    room, disposable = found.capacity, _at(desk, "disposable")
    for way, sign, by, end, value in (("less", "-", room.less, "least", room.least),
                                      ("more", "+", room.more, "most", room.most)):
        if by is not None and value is not None:
            _value(desk, way, by, "")
            _value(desk, end, value, _affordable(desk, found, f"({disposable}{sign}{_at(desk, way)})"))


def _at(desk: Desk, name: str) -> str:
    return desk.result("loan", name)


def _input(desk: Desk, name: str, value: object, style: str) -> None:
    desk.row += 1
    desk.sheet.put(desk.row, LABEL, desk.model.say(f"loan.{name}"))
    desk.sheet.put(desk.row, CHOSEN, desk.model.unknown if value is None else value, style)
    desk.cells["loan", name] = (desk.row, CHOSEN)


def _value(desk: Desk, name: str, value: object, formula: str, style: str = "money") -> None:
    desk.row += 1
    desk.sheet.put(desk.row, LABEL, desk.model.say(f"loan.{name}"))
    unknown = value is None
    desk.sheet.put(desk.row, CHOSEN, desk.model.unknown if unknown else value, style,
                   f"={desk.model.homes['mark']}" if unknown else formula)
    desk.cells["loan", name] = (desk.row, CHOSEN)


def _factor(desk: Desk, months: str) -> str:
    """What one unit of level monthly payment repays."""
    rate = f"({_at(desk, 'rate')}/12)"
    return f"IF({_at(desk, 'rate')}=0,{months},(1-(1+{rate})^-{months})/{rate})"


def _schedule(desk: Desk, room: Capacity, request: Request | None) -> tuple[int, int] | None:
    """Principal, interest and what is left, month by month, to the right of nothing else; first and last row."""
    if request is None or not room.schedule:
        return None
    model, left, units = desk.model, int(request.amount), desk.model.homes["input.units"]
    desk.section(model.say("need.schedule"))
    desk.heads(model.say("need.month"), "", "", *(model.say(f"loan.{h}") for h in ("before", "principal", "interest",
                                                                                  "payment")))
    first, term = desk.row + 1, _at(desk, "term")
    for number, payment in enumerate(room.schedule, 1):
        desk.row += 1
        before, principal, interest = (a1(desk.row, CHOSEN + n, rows=False) for n in range(3))
        above = f"={_at(desk, 'amount')}" if number == 1 else (
            f"={a1(desk.row - 1, CHOSEN, rows=False)}-{a1(desk.row - 1, CHOSEN + 1, rows=False)}")
        number_at = a1(desk.row, LABEL, rows=False)
        regular = _principal(desk, form(request), before, interest, number_at)
        desk.sheet.put(desk.row, LABEL, number, "number")
        desk.sheet.put(desk.row, CHOSEN, left, "money", above)
        principal_now = f"=IF({number_at}={term},{before},{regular})" if regular else ""
        desk.sheet.put(desk.row, CHOSEN + 1, payment.principal, "money", principal_now)
        desk.sheet.put(desk.row, CHOSEN + 2, payment.interest, "money",
                       f"=ROUND(ROUND({before}*{units}*{_at(desk, 'rate')}/12,6),0)/{units}")
        desk.sheet.put(desk.row, CHOSEN + 3, payment.total, "money.bold", f"={principal}+{interest}")
        left -= payment.principal
    return first, desk.row


def _principal(desk: Desk, repayment: str, before: str, interest: str, number: str) -> str:
    """What a month before the last repays; empty where the season of the evidence decides."""
    units, amount, term = desk.model.homes["input.units"], _at(desk, "amount"), _at(desk, "term")
    if repayment == "annuity":
        return f"MIN({before},ROUND({amount}*{units}/{_factor(desk, term)},0)/{units}-{interest})"
    if repayment == "level_principal":
        return f"(ROUND({amount}*{units}*{number}/{term},0)-ROUND({amount}*{units}*({number}-1)/{term},0))/{units}"
    return "" if repayment == "seasonal" else "0"


def _regular(rows: tuple[int, int], request: Request | None) -> str:
    """The largest payment, the principal that falls due at the very end left out."""
    first, last = rows
    until = last if form(request) in AMORTISED or first == last else last - 1
    return f"=MAX({a1(first, CHOSEN + 3)}:{a1(until, CHOSEN + 3)})"


def _affordable(desk: Desk, found: Need, disposable: str) -> str:
    """The largest loan that the usable share of *disposable* services over the recommended term, rounded down."""
    units, months = desk.model.homes["input.units"], _at(desk, "months")
    budget = f"INT(ROUND({disposable}*{_at(desk, 'share')}*{units},6))"
    factor = (
        _factor(desk, months) if form(found.requested) in AMORTISED
        else f"IF({_at(desk, 'rate')}=0,{months},12/{_at(desk, 'rate')})"
    )
    return f"=MAX(0,INT(ROUND({budget}*{factor},6)))/{units}"
