"""The rebuilt books as a report shows them: statements, key figures and the derivations of control accounts."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from recon.ledger.build import Control
from recon.ledger.control import Equation
from recon.need.ranges import Range, ranges
from recon.need.rebuilt import Rebuilt
from recon.report.fields import BalanceLine, Fact, FlowLine, Headline, KeyFigure
from recon.report.fields import Control as ControlRow
from recon.report.proof import BASES
from recon.report.sentences import Voice
from recon.statements.basis import percentages
from recon.statements.book import Line

#: Headline figures: statement and line, and the figure whose range is theirs; then the figures whose basis is told.
_HEADLINE = {
    ("income_statement", 1): "total_sales", ("income_statement", 32): "net_profit", ("cash_flow", 7): "",
    ("balance_sheet", 1): "", ("balance_sheet", 30): "", ("balance_sheet", 47): "",
    ("balance_sheet", 52): "closing.equity",
}
_KEY = (
    "total_sales", "cash_sales", "credit_sales", "purchases", "cost_of_goods_sold", "gross_profit", "wages",
    "operating_expenses", "depreciation", "net_profit", "drawings", "closing.receivables", "closing.inventory",
    "closing.payables", "closing.loans", "opening.equity", "closing.equity",
)
#: Control accounts in the order in which people ask for them; the others follow.
_FIRST = ("receivables", "payables", "inventory", "cash", "fixed_assets", "loans", "equity")
_SIGNS = {"opening": 1, "increase": 1, "decrease": -1}


def headline(rebuilt: Rebuilt, voice: Voice) -> tuple[Headline, ...]:
    """The figures that a manager asks for first, each with its range and its line in the statements."""
    open_ = ranges(rebuilt.ledger, rebuilt.transactions)
    rows = [
        _headline(statement, rebuilt.statements.line(statement, number), open_.get(name), voice)
        for (statement, number), name in _HEADLINE.items()
    ]
    effective = rebuilt.effective.total if len(rebuilt.transactions) else None
    none = voice("word.none")
    flows = Headline(voice("column.effective"), voice.money(effective), none, voice("word.transactions_place"))
    return (*rows, flows, *(Headline(f.label, f.value, none, f.reference) for f in ratios(rebuilt, voice)))


def _headline(statement: str, line: Line, between: Range | None, voice: Voice) -> Headline:
    place = voice("word.statement_place", statement=voice(f"statement.{statement}"), line=line.form.number)
    band = voice("word.none") if between is None else voice.band(between.low, between.high)
    return Headline(_bare(voice.pick(line.form)), voice.money(line.amount), band, place)


def _bare(name: str) -> str:
    """A line's name without its numeral, its plus or minus, and what stands in brackets."""
    for mark in ("一、", "二、", "三、", "四、", "五、", "减：", "加：", "Less: ", "Add: "):
        name = name.removeprefix(mark)
    name = name.split("（亏损")[0].split("（净亏损")[0].lstrip("0123456789. ")
    return name[:1].upper() + name[1:]


def ratios(rebuilt: Rebuilt, voice: Voice) -> tuple[Fact, ...]:
    """Gross margin, net margin, debt ratio and current ratio, where their lines are known."""
    balance = {x.form.number: x.amount for x in rebuilt.statements.balance_sheet}
    income = {x.form.number: x.amount for x in rebuilt.statements.income_statement}
    gross = None if income[1] is None or income[2] is None else income[1] - income[2]
    rows = (
        ("gross_margin", gross, income[1]), ("net_margin", income[32], income[1]),
        ("debt_ratio", balance[47], balance[30]), ("current_ratio", balance[15], balance[41]),
    )
    return tuple(
        Fact(voice(f"ratio.{name}"), _ratio(name, above, below, voice), voice(f"ratio_of.{name}"))
        for name, above, below in rows
    )


def _ratio(name: str, above: int | None, below: int | None, voice: Voice) -> str:
    if above is None or not below:
        return voice("word.unknown")
    ratio = Decimal(above) / Decimal(below)
    return f"{ratio.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}" if name == "current_ratio" else voice.percent(ratio)


def balance_sheet(rebuilt: Rebuilt, voice: Voice) -> tuple[BalanceLine, ...]:
    """Lines that are not zero at both ends, totals and headings always."""
    rows = []
    for line, name in _shown(rebuilt.statements.presented.balance_sheet, voice):
        head = not line.form.number
        ends = ("", "") if head else (voice.money(line.opening), voice.money(line.amount))
        rows.append(BalanceLine(_number(line), name, *ends, head or line.form.kind == "total"))
    return tuple(rows)


def flow_lines(lines: tuple[Line, ...], voice: Voice) -> tuple[FlowLine, ...]:
    """Lines of the income statement or the cash flow that are not zero, totals and headings always."""
    return tuple(
        FlowLine(
            _number(line), name, "" if not line.form.number else voice.money(line.amount),
            not line.form.number or line.form.kind == "total",
        )
        for line, name in _shown(lines, voice)
    )


def _number(line: Line) -> str:
    return str(line.form.number) if line.form.number else ""


def _shown(lines: tuple[Line, ...], voice: Voice) -> list[tuple[Line, str]]:
    """Lines that print, and their names; the first printed part of a line says *of which*."""
    shown, within = [], False
    for line in lines:
        part = line.form.kind == "of_which"
        if line.form.kind in ("line", "of_which") and line.amount == 0 and not line.opening:
            within = within and part
            continue
        name, of_which = voice.pick(line.form), voice("word.of_which")
        if part:
            name = "　　" + ("" if within else of_which) + name.removeprefix(of_which)
        within = part
        shown.append((line, name))
    return shown


def statement_notes(rebuilt: Rebuilt, voice: Voice) -> tuple[str, ...]:
    """What a reader of the statements must know before reading them."""
    lines = rebuilt.statements
    said = []
    every = (*lines.balance_sheet, *lines.income_statement, *lines.cash_flow)
    if any(x.form.number and x.amount is None for x in every):
        said.append(voice("note.unknown_lines"))
    equity = lines.line("balance_sheet", 52).amount
    profit = lines.line("income_statement", 32).amount
    if equity is not None and equity < 0:
        said.append(voice("note.negative_equity", amount=voice.money(equity)))
    if profit is not None and profit < 0:
        said.append(voice("note.loss", amount=voice.money(profit)))
    return tuple(said)


def key_figures(rebuilt: Rebuilt, voice: Voice) -> tuple[KeyFigure, ...]:
    """Key figures with how well each is known; those that are none are left out, those not known are shown."""
    rows = []
    for name in _KEY:
        figure = rebuilt.ledger.figure(name)
        if figure.value == 0:
            continue
        shares = percentages(figure.shares)
        told = {b: f"{shares.get(b, 0)}%" if shares else voice("word.none") for b in BASES}
        rows.append(KeyFigure(
            name=voice.figure(name), amount=voice.money(figure.value), reference=voice.source(figure), **told
        ))
    return tuple(rows)


def controls(rebuilt: Rebuilt, voice: Voice) -> tuple[ControlRow, ...]:
    """Each control account that holds anything, told as one equation; then what several accounts found together."""
    rows = [
        ControlRow(voice.account(name), *_told(control, rebuilt, voice))
        for name, control in sorted(rebuilt.ledger.controls.items(), key=_rank) if _moves(control)
    ]
    for name, figure in rebuilt.ledger.solution.figures.items():
        joint = "+" in figure.equation or figure.equation == "margin"
        if joint and figure.value and not name.endswith((".lines", ".unrecorded")):
            terms = voice.sum((c, n, v) for c, n in figure.terms if (v := rebuilt.ledger.value(n)))
            told = voice("control.found", name=voice.figure(name), value=voice.money(figure.value), terms=terms)
            rows.append(ControlRow(voice.source(figure), voice.prose(told), voice("word.none")))
    return tuple(rows)


def _rank(control: tuple[str, Control]) -> int:
    return _FIRST.index(control[0]) if control[0] in _FIRST else len(_FIRST)


def _moves(control: Control) -> bool:
    return bool(control.opening or control.closing or control.increases or control.decreases or control.difference)


def _told(control: Control, rebuilt: Rebuilt, voice: Voice) -> tuple[str, str]:
    """The sentence of a control account, and its difference."""
    equation = next(e for e in rebuilt.ledger.known.system if e.name == control.name)
    values = {t.variable: rebuilt.ledger.value(t.variable) for t in equation.terms}
    unknown = [voice.figure(n) for n, v in values.items() if v is None]
    if unknown:
        return voice("control.open", names=voice.listing(unknown)), voice("word.unknown")
    if control.found and not control.difference:
        return _found(control.found, equation, values, voice), voice.money(0)
    return _proof(control, equation, values, voice)


def _found(found: str, equation: Equation, values: Mapping[str, int | None], voice: Voice) -> str:
    target = next(t for t in equation.terms if t.variable == found)
    terms = [
        (Fraction(-target.sign * t.sign), t.variable, v)
        for t in equation.terms if t is not target and (v := values[t.variable])
    ]
    return voice.prose(
        voice("control.found", name=voice.figure(found), value=voice.money(values[found]), terms=voice.sum(terms))
    )


def _proof(
    control: Control, equation: Equation, values: Mapping[str, int | None], voice: Voice
) -> tuple[str, str]:
    """Opening and movements against the closing, where the account found nothing."""
    moving = [t for t in equation.terms if t.role in _SIGNS]
    terms = [(Fraction(_SIGNS[t.role]), t.variable, v) for t in moving if (v := values[t.variable])]
    result = sum(_SIGNS[t.role] * (values[t.variable] or 0) for t in moving)
    params = {"left": voice.sum(terms), "right": voice.money(result)}
    if not control.difference:
        return voice.prose(voice("control.agrees", **params)), voice.money(0)
    closing, difference = voice.money(control.closing), voice.money(control.difference)
    return voice.prose(voice("control.differs", **params, closing=closing, difference=difference)), difference
