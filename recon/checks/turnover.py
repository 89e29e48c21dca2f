"""Turnover by every road that the case has facts for: each against the rebuilt sales, their spread and their number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from recon.checks.check import Check, Outcome, Reason
from recon.checks.days import by_day, told_takings
from recon.checks.desk import Desk, against, grade, title, unknown, whole
from recon.checks.margin import margin_error, mix_margin, said_margin
from recon.checks.precision import counts, monthly_error
from recon.checks.roads import customers_owe_more, rests_on, stated_margin
from recon.checks.rounding import half_share, together
from recon.classify.effective import effective
from recon.core.facts import Road as StatedRoad
from recon.core.finding import Words


@dataclass(frozen=True, slots=True)
class Road:
    """One way to a period's turnover.

    *amount* in minor units; *flows* says that it rests on the bank and wallet lines; *source* is where it comes from;
    *error* is how far round answers leave *amount* open, minor units.
    """

    name: str
    amount: int
    flows: bool
    source: str
    title: Words
    error: int = 0


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
    """A road against the rebuilt sales; days' takings that are off are looked at day by day first."""
    error = together(road.error, counts(desk))
    check = against(f"turnover_{road.name}", road.amount, sales, road.source, desk, error=error)
    check = replace(check, because=(*check.because, Reason("road_flows" if road.flows else "road_independent")))
    return replace(by_day(check, sales, desk) if road.name == "days" else check, title=road.title)


def turnover_roads(desk: Desk) -> list[Road]:
    """The roads to turnover other than the books themselves."""
    stated, months = desk.case.stated, len(desk.ledger.period.months)
    roads = []
    if stated.monthly_sales is not None:
        roads.append(_road("stated", stated.monthly_sales * months, "stated.monthly_sales",
                           error=monthly_error(stated.monthly_sales, desk)))
    if (days := told_takings(desk)) is not None:
        roads.append(_road("days", days[0], "stated.good_day", error=days[1]))
    if (flows := _by_flows(desk)) is not None:
        share = Fraction(stated.share_through_accounts or 1)
        roads.append(_road("flows", flows, "stated.share_through_accounts", flows=True,
                           error=whole(flows * half_share(share) / share)))
    if (goods := _by_purchases(desk)) is not None:
        roads.append(goods)
    for number, each in enumerate(stated.road, 1):
        if (amount := _by_road(each, desk)) is not None:
            source = f"stated.road[{number}]"
            roads.append(Road(_slug(each.name, number), amount, bool(each.category), source, _named(each.name)))
    return roads


def _road(name: str, amount: int, source: str, *, flows: bool = False, error: int = 0) -> Road:
    return Road(name, amount, flows, source, title(f"turnover_{name}"), error)


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
    flows, amount = "lines" in rests_on(desk.ledger, "cost_of_goods_sold"), whole(cost / (1 - said))
    return _road("purchases", amount, source, flows=flows, error=whole(amount * margin_error(desk) / (1 - said)))


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
