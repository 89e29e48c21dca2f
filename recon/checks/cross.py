"""Cross-verification (交叉检验): what the owner said and what other roads lead to, against the rebuilt books."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from recon.checks.check import Check, Outcome, Reason, Words
from recon.checks.desk import Desk, grade, percent, ratio, title, unknown, whole
from recon.checks.roads import found_by, rests_on, stated_margin
from recon.checks.scope import counted
from recon.classify.effective import effective
from recon.core.words import say
from recon.ledger.control import Equation

_DAYS = (("good_day", "good_days"), ("normal_day", "normal_days"), ("poor_day", "poor_days"))
_MONTH = 31


@dataclass(frozen=True, slots=True)
class Road:
    """One way to a period's turnover.

    *amount* in minor units; *flows* says that it rests on the bank and wallet lines; *source* is where it comes from.
    """

    name: str
    amount: int
    flows: bool
    source: str


# -- margin and profit ----------------------------------------------------------------------------------------------


def margin(desk: Desk) -> Iterator[Check]:
    """Gross margin as stated, and by product mix, against the rebuilt one."""
    key, said = stated_margin(desk.case), _stated_margin(desk)
    if said is not None:
        yield _margin("margin_stated", said, key, desk)
    mixed = mix_margin(desk)
    if mixed is not None:
        yield _margin("margin_products", mixed, "stated.product", desk)


def _stated_margin(desk: Desk) -> Fraction | None:
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
    least, most = desk.settings.number("margin_pass"), desk.settings.number("margin_explain")
    outcome = grade(rebuilt - said, least, most)
    params = {"said": percent(said), "rebuilt": percent(rebuilt), "prudent": percent(min(said, rebuilt))}
    because = [Reason("margin_sides", params)]
    if outcome != "pass":
        because.append(Reason("margin_lower" if rebuilt < said else "margin_higher"))
    return Check(name, "cross", outcome, title(name), ratio(said), ratio(rebuilt), least, "ratio", tuple(because),
                 (source, "income_statement.1", "income_statement.2"))


def profit(desk: Desk) -> Iterator[Check]:
    """Profit as stated, by month, against the rebuilt net profit."""
    said = desk.case.stated.monthly_profit
    if said is None:
        return
    if desk.ledger.value("net_profit") is None:
        yield unknown("profit_stated", "cross", "not_rebuilt")
        return
    expected = said * len(desk.ledger.period.months)
    rebuilt = desk.ledger.value("net_profit") or 0
    yield _against("profit_stated", expected, rebuilt, "profit", "stated.monthly_profit", desk)


def _against(name: str, expected: int, actual: int, limits: str, source: str, desk: Desk) -> Check:
    """A figure by another road against the rebuilt one; the deviation is a share of the other road."""
    least, most = desk.settings.number(f"{limits}_pass"), desk.settings.number(f"{limits}_explain")
    gap = actual - expected
    outcome = grade(Fraction(gap, abs(expected)), least, most) if expected else ("pass" if not gap else "fail")
    share = percent(Fraction(gap, abs(expected))) if expected else "—"
    because = [Reason("against", {"expected": desk.text(expected), "actual": desk.text(actual),
                                  "difference": desk.text(gap), "share": share})]
    if outcome != "pass":
        because.append(Reason("rebuilt_higher" if gap > 0 else "rebuilt_lower"))
    return Check(name, "cross", outcome, title(name), expected, actual, whole(Fraction(least) * abs(expected)), "money",
                 tuple(because), (source,))


# -- turnover -------------------------------------------------------------------------------------------------------


def turnover(desk: Desk) -> Iterator[Check]:
    """Sales by every road that the case has facts for, each against the rebuilt sales, and how many roads there are."""
    sales = desk.ledger.value("total_sales")
    roads = turnover_roads(desk)
    if sales is None:
        yield unknown("turnover", "cross", "not_rebuilt")
        return
    used = rests_on(desk.ledger, "total_sales")
    independent = [road for road in roads if road.source not in used]
    for road in roads:
        name = f"turnover_{road.name}"
        if road in independent:
            yield _against(name, road.amount, sales, "turnover", road.source, desk)
        else:
            yield unknown(name, "cross", Reason("same_road", {"source": road.source}))
    yield _reconciled(sales, independent, desk)


def turnover_roads(desk: Desk) -> list[Road]:
    """The roads to turnover other than the books themselves."""
    stated = desk.case.stated
    months = len(desk.ledger.period.months)
    roads = []
    if stated.monthly_sales is not None:
        roads.append(Road("stated", stated.monthly_sales * months, flows=False, source="stated.monthly_sales"))
    if (days := _by_days(desk)) is not None:
        roads.append(Road("days", days, flows=False, source="stated.good_day"))
    if (flows := _by_flows(desk)) is not None:
        roads.append(Road("flows", flows, flows=True, source="effective_revenue"))
    if (goods := _by_purchases(desk)) is not None:
        roads.append(goods)
    return roads


def _by_days(desk: Desk) -> int | None:
    """Good, normal and poor days × their takings: days of a month, or of a year where they are more than a month."""
    pairs = [(getattr(desk.case.stated, day), getattr(desk.case.stated, days)) for day, days in _DAYS]
    told = [(amount, count) for amount, count in pairs if amount is not None and count is not None]
    if not told or any((amount is None) != (count is None) for amount, count in pairs):
        return None
    takings, days = sum(int(amount) * int(count) for amount, count in told), sum(int(count) for _, count in told)
    if days <= _MONTH:
        return takings * len(desk.ledger.period.months)
    share = desk.scope.answer("period.years")
    return None if share is None else whole(takings * share)


def _by_flows(desk: Desk) -> int | None:
    """Effective flows ÷ the share of sales that goes through accounts."""
    share = desk.case.stated.share_through_accounts
    if share is None or share <= 0 or desk.transactions.empty:
        return None
    return whole(effective(desk.transactions).total / Fraction(share))


def _by_purchases(desk: Desk) -> Road | None:
    """(Opening stock + purchases − closing stock) ÷ (1 − margin), the margin as stated or by product mix."""
    said, source = _stated_margin(desk), stated_margin(desk.case)
    if said is None:
        said, source = mix_margin(desk), "stated.product"
    cost = desk.ledger.value("cost_of_goods_sold")
    if said is None or said >= 1 or cost is None or source in rests_on(desk.ledger, "cost_of_goods_sold"):
        return None
    flows = "lines" in rests_on(desk.ledger, "cost_of_goods_sold")
    return Road("purchases", whole(cost / (1 - said)), flows, source)


def _reconciled(sales: int, roads: list[Road], desk: Desk) -> Check:
    """The spread of all roads, the outlier, and whether there are enough of them."""
    wanted = desk.settings.whole("turnover_roads")
    if not roads:
        return unknown("turnover", "cross", Reason("no_roads", {"wanted": wanted}))
    amounts = sorted([sales, *(road.amount for road in roads)])
    middle = amounts[len(amounts) // 2]
    outlier = max(roads, key=lambda road: abs(road.amount - middle))
    least, most = desk.settings.number("turnover_pass"), desk.settings.number("turnover_explain")
    outcome = grade(Fraction(sales - middle, middle), least, most) if middle else "cannot_judge"
    name = Words(*(say(language, f"check.turnover_{outlier.name}") for language in ("zh-CN", "en")))
    params = {"roads": len(roads), "low": desk.text(amounts[0]), "high": desk.text(amounts[-1])}
    because = [Reason("turnover_spread", {**params, "middle": desk.text(middle), "outlier": name})]
    if len(roads) < wanted:
        because.append(Reason("few_roads", {"roads": len(roads), "wanted": wanted}))
        outcome = "explain" if outcome == "pass" else outcome
    return Check("turnover", "cross", outcome, title("turnover"), middle, sales, whole(Fraction(least) * abs(middle)),
                 "money", tuple(because), tuple(road.source for road in roads))


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


CROSS = (margin, profit, turnover, controls)
