"""Turnover by every road that the case has facts for: each against the rebuilt sales, their spread and their number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from recon.checks.check import Check, Outcome, Reason
from recon.checks.cross import mix_margin, said_margin
from recon.checks.desk import Desk, against, grade, percent, title, unknown, whole
from recon.checks.lines import SALES
from recon.checks.roads import customers_owe_more, rests_on, stated_margin
from recon.classify.effective import effective
from recon.core.facts import Road as StatedRoad
from recon.core.finding import Words

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
    title: Words


def turnover(desk: Desk) -> Iterator[Check]:
    """Sales by every road that the case has facts for, each against the rebuilt sales, and how many roads there are."""
    sales = desk.ledger.value("total_sales")
    roads = turnover_roads(desk)
    if sales is None:
        yield unknown("turnover", "cross", "not_rebuilt")
        yield unknown("turnover_roads", "cross", "not_rebuilt", "count")
        return
    used = rests_on(desk.ledger, "total_sales")
    independent = [road for road in roads if road.source not in used]
    judged = {road.name: _judged(road, sales, desk) for road in independent}
    for road in roads:
        if road in independent:
            yield judged[road.name]
        else:
            same = unknown("turnover", "cross", Reason("same_road", {"source": road.source}))
            yield replace(same, id=f"turnover_{road.name}", title=road.title)
    yield _reconciled(sales, [road for road in independent if judged[road.name].outcome != "cannot_judge"], desk)
    yield _enough(independent, desk)


def _judged(road: Road, sales: int, desk: Desk) -> Check:
    """A road against the rebuilt sales; days' takings that are off say nothing in a trade that has no usual day."""
    check = against(f"turnover_{road.name}", road.amount, sales, road.source, desk)
    because = [*check.because, Reason("road_flows" if road.flows else "road_independent")]
    why = no_usual_day(sales, desk) if road.name == "days" and check.outcome != "pass" else None
    if why is not None:
        check, because = replace(check, outcome="cannot_judge"), [check.because[0], why]
    return replace(check, title=road.title, because=tuple(because))


def turnover_roads(desk: Desk) -> list[Road]:
    """The roads to turnover other than the books themselves."""
    stated, months = desk.case.stated, len(desk.ledger.period.months)
    roads = []
    if stated.monthly_sales is not None:
        roads.append(_road("stated", stated.monthly_sales * months, "stated.monthly_sales"))
    if (days := _by_days(desk)) is not None:
        roads.append(_road("days", days, "stated.good_day"))
    if (flows := _by_flows(desk)) is not None:
        roads.append(_road("flows", flows, "stated.share_through_accounts", flows=True))
    if (goods := _by_purchases(desk)) is not None:
        roads.append(goods)
    for number, each in enumerate(stated.road, 1):
        if (amount := _by_road(each, desk)) is not None:
            source = f"stated.road[{number}]"
            roads.append(Road(_slug(each.name, number), amount, bool(each.category), source, _named(each.name)))
    return roads


def _road(name: str, amount: int, source: str, *, flows: bool = False) -> Road:
    return Road(name, amount, flows, source, title(f"turnover_{name}"))


def _named(name: str) -> Words:
    """A road that the case names itself."""
    base = title("turnover_road")
    return Words(f"{base.zh}：{name}", f"{base.en}: {name}")


def _slug(name: str, number: int) -> str:
    """A part of an id: the road's own name where that is plain Latin, else its number."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    return f"road_{plain}" if plain and name.isascii() else f"road_{number}"


def _by_road(road: StatedRoad, desk: Desk) -> int | None:
    """The period's sales by a road that the case describes; None where a part of it is missing."""
    months = len(desk.ledger.period.months)
    if road.count is not None and road.price is not None:
        return whole(Fraction(road.count) * int(road.price) * months)
    amount = None if road.amount is None else int(road.amount) * months
    if road.category:
        rows = desk.transactions
        amount = abs(int(rows.loc[rows["category"] == road.category, "amount"].sum())) or None
    if amount is None or (road.share is not None and road.share <= 0):
        return None
    return whole(Fraction(amount) / Fraction(1 if road.share is None else road.share))


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


def no_usual_day(sales: int, desk: Desk) -> Reason | None:
    """Why days' takings cannot stand for the period's sales, by what the lines and the books show; None where they can.

    Customers owe many days of sales; money comes in on far fewer days than the owner tells; or a tenth of the days
    brings most of it, as a harvest does.
    """
    setting, months = desk.settings.number, len(desk.ledger.period.months)
    owed = sum(desk.ledger.value(f"{end}.receivables") or 0 for end in ("opening", "closing"))
    days = Fraction(owed * months * _MONTH, 2 * sales) if sales else Fraction(0)
    if days > Fraction(setting("days_on_account")):
        return Reason("days_on_account", {"days": whole(days)})
    rows = desk.transactions
    by_day = rows[(rows["amount"] > 0) & rows["category"].isin(SALES)].groupby("date")["amount"].sum()
    seen = int(by_day.sum())
    if 2 * seen < sales:
        return None  # most sales stand in no line: their days are unknown, not few
    told = sum(int(count) for _, name in _DAYS if (count := getattr(desk.case.stated, name)) is not None)
    told = told * months if told <= _MONTH else told
    if len(by_day) < Fraction(setting("days_seen")) * told:
        return Reason("days_few", {"seen": len(by_day), "told": told})
    best = int(by_day.nlargest(max(1, len(by_day) // 10)).sum())
    if best > Fraction(setting("days_best")) * seen:
        return Reason("days_uneven", {"share": percent(Fraction(best, seen))})
    return None


def _by_flows(desk: Desk) -> int | None:
    """Effective flows, and what customers owe more, ÷ the share of sales that goes through accounts.

    Cash paid into the bank went through none.
    """
    share = desk.case.stated.share_through_accounts
    if share is None or share <= 0 or desk.transactions.empty:
        return None
    rows = desk.transactions
    direct = rows[(rows["category"] != "cash_deposited") & (rows["reason"] != "transfer_cash")]
    return whole(effective(direct).total / Fraction(share)) + (customers_owe_more(desk) or 0)


def _by_purchases(desk: Desk) -> Road | None:
    """(Opening stock + purchases − closing stock) ÷ (1 − margin), the margin as stated or by product mix."""
    said, source = said_margin(desk), stated_margin(desk.case)
    if said is None:
        said, source = mix_margin(desk), "stated.product"
    cost = desk.ledger.value("cost_of_goods_sold")
    if said is None or said >= 1 or cost is None or source in rests_on(desk.ledger, "cost_of_goods_sold"):
        return None
    flows = "lines" in rests_on(desk.ledger, "cost_of_goods_sold")
    return _road("purchases", whole(cost / (1 - said)), source, flows=flows)


def _reconciled(sales: int, roads: Sequence[Road], desk: Desk) -> Check:
    """The spread of all roads beside the books, and which of them is farthest off."""
    if not roads:
        return unknown("turnover", "cross", Reason("no_roads", {"wanted": desk.settings.whole("turnover_roads")}))
    amounts = sorted([sales, *(road.amount for road in roads)])
    middle = amounts[len(amounts) // 2]
    outlier = max(roads, key=lambda road: abs(road.amount - middle))
    check = against("turnover", middle, sales, "", desk) if middle else unknown("turnover", "cross", "not_rebuilt")
    least, most = desk.limits("turnover")
    params = {"roads": len(roads), "low": desk.text(amounts[0]), "high": desk.text(amounts[-1]),
              "middle": desk.text(middle)}
    far = middle and grade(Fraction(outlier.amount - middle, abs(middle)), least, most) != "pass"
    because = [Reason("turnover_spread", params)]
    because.append(Reason("turnover_outlier" if far else "turnover_close",
                          {"outlier": outlier.title, "amount": desk.text(outlier.amount)}))
    return replace(check, because=(*because, *check.because[1:]), sources=tuple(road.source for road in roads))


def _enough(roads: Sequence[Road], desk: Desk) -> Check:
    """Whether there are roads enough; fewer is itself a finding."""
    wanted = desk.settings.whole("turnover_roads")
    apart = sum(not road.flows for road in roads)
    outcome: Outcome = "pass" if len(roads) >= wanted else "explain"
    reason = Reason("enough_roads" if outcome == "pass" else "few_roads",
                    {"roads": len(roads), "wanted": wanted, "apart": apart})
    return Check("turnover_roads", "cross", outcome, title("turnover_roads"), wanted, len(roads), 0, "count", (reason,),
                 tuple(road.source for road in roads))
