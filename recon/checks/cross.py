"""Cross-verification (交叉检验) of margin, profit and counted balances: what was said or counted against the books."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from recon.checks.check import Check, Outcome, Reason
from recon.checks.desk import Desk, against, grade, percent, ratio, title, unknown, whole
from recon.checks.roads import found_by, rests_on, stated_margin
from recon.checks.scope import counted
from recon.checks.season import between_seasons
from recon.ledger.control import Equation

_YEAR_DAYS = 365


def margin(desk: Desk) -> Iterator[Check]:
    """Gross margin as stated, and by product mix, against the rebuilt one."""
    said, mixed = said_margin(desk), mix_margin(desk)
    for name, value, source in (
        ("margin_stated", said, stated_margin(desk.case)), ("margin_products", mixed, "stated.product"),
    ):
        if value is None:
            yield unknown(name, "cross", f"not_stated_{name}", "ratio")
        else:
            yield _margin(name, value, source, desk)


def said_margin(desk: Desk) -> Fraction | None:
    """The margin of sales that the owner stated, as margin or as mark-up."""
    known = desk.ledger.known.margin
    return known[0] if known else None


def mix_margin(desk: Desk) -> Fraction | None:
    """Σ (1 − cost ÷ price) × share over the stated products; shares that nobody gave are equal."""
    products = [p for p in desk.case.stated.product if p.price > 0]
    shares = [Fraction(1) if p.share is None else Fraction(p.share) for p in products]
    if not products or not sum(shares):
        return None
    weighed = sum((1 - Fraction(p.cost, p.price)) * s for p, s in zip(products, shares, strict=True))
    return Fraction(weighed) / sum(shares)


def _margin(name: str, said: Fraction, source: str, desk: Desk) -> Check:
    sales, gross = desk.ledger.value("total_sales"), desk.ledger.value("gross_profit")
    if not sales or gross is None:
        return unknown(name, "cross", "not_rebuilt", "ratio")
    if stated_margin(desk.case) and stated_margin(desk.case) in rests_on(desk.ledger, "gross_profit"):
        return unknown(name, "cross", "margin_circular", "ratio")
    rebuilt = Fraction(gross, sales)
    least, most = desk.limits(name)
    outcome = grade(rebuilt - said, least, most)
    params = {"said": percent(said), "rebuilt": percent(rebuilt), "prudent": percent(min(said, rebuilt))}
    because = [Reason("margin_sides", params)]
    if outcome != "pass":
        because.append(Reason("margin_lower" if rebuilt < said else "margin_higher"))
    return Check(name, "cross", outcome, title(name), ratio(said), ratio(rebuilt), least, "ratio", tuple(because),
                 (source, "income_statement.1", "income_statement.2"), amount=whole((rebuilt - said) * sales))


def stock(desk: Desk) -> Iterator[Check]:
    """Counted stock against what the margin leaves of opening stock and purchases; of two margins the kinder one."""
    margins = [each for each in (mix_margin(desk), said_margin(desk)) if each is not None]
    sales, cost, held = (desk.ledger.value(n) for n in ("total_sales", "cost_of_goods_sold", "closing.inventory"))
    if not margins or not sales or cost is None or not held:
        yield unknown("stock_by_margin", "cross", "stock_unknown")
        return
    if stated_margin(desk.case) and stated_margin(desk.case) in rests_on(desk.ledger, "gross_profit"):
        yield unknown("stock_by_margin", "cross", "margin_circular")
        return
    over = min((whole(sales * (1 - margin)) - cost for margin in margins), key=abs)
    seen = Fraction(desk.settings.number("stock_margin_error")) * sales
    resolution = Reason("stock_seen", {"seen": desk.text(whole(seen))})
    if held <= seen:
        yield unknown("stock_by_margin", "cross", replace(resolution, code="stock_small"))
        return
    check = against("stock_by_margin", held - over, held, "closing.inventory", desk, held)
    if abs(over) <= seen:
        yield replace(check, outcome="pass", because=(check.because[0], resolution))
    else:
        yield replace(check, because=(*check.because, resolution))


def stock_growth(desk: Desk) -> Iterator[Check]:
    """Closing against opening stock: how much it grew, and how many days of purchases that is."""
    held, before, bought = (desk.ledger.value(n) for n in ("closing.inventory", "opening.inventory", "purchases"))
    figure = desk.ledger.figure("opening.inventory")
    years = desk.scope.answer("period.years")
    if held is None or not before or before < 0 or figure.equation or not bought or bought < 0 or not years:
        yield unknown("stock_growth", "cross", "stock_growth_unknown", "ratio")
        return
    times, days = Fraction(held, before), Fraction(held - before) * _YEAR_DAYS * years / bought
    most, least_days = desk.settings.number("stock_growth"), desk.settings.whole("stock_growth_days")
    grown = times > Fraction(most) and days > least_days
    params = {"before": desk.text(before), "after": desk.text(held), "times": str(ratio(times)), "days": whole(days)}
    if grown and between_seasons(desk):
        yield unknown("stock_growth", "cross", Reason("stock_between_seasons", params), "ratio")
        return
    yield Check("stock_growth", "cross", "explain" if grown else "pass", title("stock_growth"), ratio(Fraction(1)),
                ratio(times), most - 1, "ratio", (Reason("stock_grown" if grown else "stock_steady", params),),
                ("opening.inventory", "closing.inventory"), amount=held - before)


def profit(desk: Desk) -> Iterator[Check]:
    """Profit as stated, by month, against the rebuilt net profit."""
    said = desk.case.stated.monthly_profit
    if said is None:
        yield unknown("profit_stated", "cross", "not_stated_profit")
        return
    if desk.ledger.value("net_profit") is None:
        yield unknown("profit_stated", "cross", "not_rebuilt")
        return
    expected = said * len(desk.ledger.period.months)
    rebuilt = desk.ledger.value("net_profit") or 0
    yield against("profit_stated", expected, rebuilt, "stated.monthly_profit", desk)


# -- control accounts -----------------------------------------------------------------------------------------------


def controls(desk: Desk) -> Iterator[Check]:
    """Each control account whose every figure is known from elsewhere: its closing as counted against the books."""
    for equation in desk.ledger.known.system:
        if equation.kind == "control" and equation.name != "equity":
            check = _control(equation, desk)
            if check is not None:
                yield check


def _control(equation: Equation, desk: Desk) -> Check | None:
    names = equation.of("closing")
    stated = [counted(desk.ledger, name) for name in names]
    booked = [desk.ledger.value(name) for name in names]
    if None in booked or not any(stated) or found_by(desk.ledger, equation.name):
        return None
    actual = sum(value for value in booked if value is not None)
    told = sum((figure.value or 0) if figure else (value or 0) for figure, value in zip(stated, booked, strict=True))
    gap = desk.ledger.solution.differences.get(equation.name, 0)
    if not gap and not any((desk.ledger.value(term.variable) or 0) for term in equation.terms):
        return None
    name = f"control_{equation.name}"
    params = {"counted": desk.text(told), "booked": desk.text(told + gap), "difference": desk.text(gap)}
    outcome: Outcome = "fail" if gap else "pass"
    return Check(name, "cross", outcome, title(name), told + gap if gap else actual, told, 0, "money",
                 (Reason(f"control_{outcome}", params),), tuple(names))


CROSS = (margin, stock, stock_growth, profit, controls)
