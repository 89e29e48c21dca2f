"""Lesson 6: cross-verification, and the equity check."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from recon.training.check import Hint, Judge, Seal, each
from recon.training.draw import Draw

Facts = Mapping[str, Any]
_ROUTES = 3
STORIES = ("undisclosed_debt_or_borrowed_assets", "money_has_left", "fits")


def day_kinds(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """A month's turnover by good, normal and poor days."""
    good, normal, poor = draw.money(1800, 2800, "100"), draw.money(1200, 1700, "100"), draw.money(600, 1100, "100")
    counts = draw.pick((6, 16, 8), (7, 17, 6), (8, 14, 8))
    right = good * counts[0] + normal * counts[1] + poor * counts[2]
    rule = seal.number(right, simple_mean=(good + normal + poor) / 3 * 30, all_normal=normal * 30)
    return {"good_day": good, "normal_day": normal, "poor_day": poor, "good_days": counts[0], "normal_days": counts[1],
            "poor_days": counts[2]}, rule


def margin(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """The margin of a bowl of noodles, a cold dish and a drink together, weighted by their share of sales."""
    names = [draw.say(zh, en) for zh, en in (("牛肉面", "Beef noodles"), ("杂酱面", "Minced-pork noodles"),
                                             ("凉菜卤味", "Cold dishes"), ("饮料", "Drinks"))]
    prices = [Decimal(draw.whole(low, high)) for low, high in ((16, 22), (11, 15), (12, 18), (4, 6))]
    costs = [(p * draw.whole(low, high) / 100).quantize(Decimal("0.1")) for p, (low, high) in zip(
        prices, ((40, 46), (34, 40), (42, 48), (52, 60)), strict=True)]
    shares = draw.pick((46, 24, 18, 12), (40, 30, 20, 10), (50, 20, 18, 12))
    table = pd.DataFrame({"product": names, "price": prices, "cost": costs,
                          "share": [Decimal(s) / 100 for s in shares]})
    margins = [1 - c / p for c, p in zip(costs, prices, strict=True)]
    weights = [Decimal(s) / 100 for s in shares]
    right = sum((m * w for m, w in zip(margins, weights, strict=True)), Decimal())
    markup = sum(((p / c - 1) * w for p, c, w in zip(prices, costs, weights, strict=True)), Decimal())
    rule = seal.number(right, 3, within=2, simple_mean=sum(margins, Decimal()) / 4, markup=markup, cost_share=1 - right,
                       per_cent=right * 100, first_only=margins[0])
    return {"products": table}, rule


def from_purchases(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Turnover from what was bought: purchases do not lie where suppliers' slips exist."""
    opening, closing = draw.money(3000, 8000, "100"), draw.money(3000, 9000, "100")
    bought = draw.money(150000, 260000, "100")
    percent = draw.pick(40, 50, 55, 58, 60)
    keep = Decimal(100 - percent) / 100
    used = opening + bought - closing
    rule = seal.number(used / keep, 0, within=1, cost_only=used, markup=used * (2 - keep), no_stock=bought / keep,
                       by_margin=used / (1 - keep), stock_turned=(bought + closing - opening) / keep)
    return {"opening_inventory": opening, "purchases": bought, "closing_inventory": closing,
            "margin_of_sales": 1 - keep}, rule


def expected(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """The equity that ought to be there."""
    start, profit = draw.money(30000, 90000, "100"), draw.money(60000, 150000, "100")
    put_in = draw.money(1000, 20000, "1000")
    out, worn = draw.money(30000, 90000, "100"), draw.money(4000, 9000, "100")
    right = start + profit + put_in - out
    rule = seal.number(right, depreciation_twice=right - worn, no_drawings=right + out, no_start=right - start,
                       not_put_in=right - put_in, profit_only=start + profit)
    return {"opening_equity": start, "profit_after_depreciation": profit, "depreciation": worn, "introduced": put_in,
            "withdrawn": out}, rule


def deviation(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """How far is what is there from what ought to be, and which story would explain it?"""
    want = draw.money(80000, 160000, "100")
    part, outcome = draw.pick((Decimal("0.16"), "fail"), (Decimal("-0.18"), "fail"), (Decimal("0.08"), "explain"),
                              (Decimal("-0.07"), "explain"))
    actual = (want * (1 + part)).quantize(Decimal(1))
    exact = actual / want - 1
    story = STORIES[0] if part > 0 else STORIES[1]
    rule = each({
        "deviation": seal.number(exact, 3, within=1, by_actual=1 - want / actual, in_money=actual - want,
                                 per_cent=exact * 100),
        "outcome": seal.choice(outcome, ("pass", "explain", "fail")),
        "story": seal.choice(story, STORIES, turned=STORIES[1] if part > 0 else STORIES[0]),
    })
    return {"expected_equity": want, "counted_equity": actual, "limits": draw.say(
        "偏差 ≤5% pass，≤10% explain，更大 fail", "≤5% pass, ≤10% explain, more: fail"),
        "stories": ", ".join(STORIES)}, rule


def routes(draw: Draw, _seal: Seal) -> tuple[Facts, Judge]:
    """Three roads to turnover that share no evidence: any three that do are right."""
    evidence = {
        "A": ("bank flows", draw.say("收款码与银行流水里的有效流水 ÷ 走账比例", "effective flows ÷ share banked")),
        "B": ("bank flows", draw.say("银行流水里的月均贷方合计 × 12", "average monthly credits of the bank × 12")),
        "C": ("supplier slips", draw.say("供应商送货单的进货 ÷（1 − 毛利率）", "delivery slips ÷ (1 − margin)")),
        "D": ("interview", draw.say("老板口述的淡旺日营业额", "the owner's good, normal and poor days")),
        "E": ("interview", draw.say("老板口述的月营业额 × 12", "the owner's monthly turnover × 12")),
        "F": ("power bill", draw.say("电费单上的用电量 × 每度电产出", "units on the power bills × takings per unit")),
        "G": ("bank flows", draw.say("结息倒推的日均余额 × 周转次数", "average balance implied by interest × turns")),
    }
    shown = {letter: text for letter, (_, text) in evidence.items()}
    return {"roads": shown}, lambda answer: _independent(answer, {k: v[0] for k, v in evidence.items()})


def _independent(answer: Any, source: Mapping[str, str]) -> Hint | None:
    chosen = list(dict.fromkeys(str(letter).strip().upper() for letter in answer))
    strange = next((letter for letter in chosen if letter not in source), None)
    if strange is not None:
        return Hint("strange_road", {"road": strange})
    for i, one in enumerate(chosen):
        same = next((two for two in chosen[i + 1:] if source[two] == source[one]), None)
        if same is not None:
            return Hint("same_evidence", {"one": one, "two": same})
    return None if len(chosen) >= _ROUTES else Hint("too_few", {"count": len(chosen)})


EXERCISES = (day_kinds, margin, from_purchases, expected, deviation, routes)
