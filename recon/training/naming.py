"""Lesson 3: what a flow was for, and effective revenue."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from recon.core.words import say
from recon.training.check import Hint, Judge, Seal, each
from recon.training.draw import Draw

Facts = Mapping[str, Any]
NAMES = ("sales", "sales_refund", "purchases", "rent", "utilities", "wages", "taxes", "loan_in", "loan_repaid",
         "loan_interest", "owner_in", "owner_out", "own_transfer", "interest_income", "deposit_received",
         "investment_back", "fixed_asset_bought", "platform_fees")
_START = dt.date(2025, 4, 1)
_SLIPS = {"loan_in": "loan_as_sales", "own_transfer": "transfer_as_sales", "owner_in": "family_as_sales",
          "interest_income": "interest_as_sales"}
_ENOUGH = Decimal("0.8")


def names(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """A category for each of ten lines."""
    kinds = ["sales", "purchases", "loan_in", "own_transfer", "owner_out", "interest_income",
             *draw.random.sample(["rent", "utilities", "wages", "taxes", "fixed_asset_bought", "platform_fees"], 4)]
    rows = draw.lines(*kinds, start=_START)
    rules = {
        int(number): seal.choice(category, NAMES, **({_SLIPS[category]: "sales"} if category in _SLIPS else {}))
        for number, category in zip(rows["id"], rows["category"], strict=True)
    }
    return {"rows": rows.drop(columns="category"), "options": ", ".join(NAMES)}, each(rules)


def _inflows(draw: Draw) -> pd.DataFrame:
    kinds = ["sales"] * 6 + ["sales_refund", "loan_in", "own_transfer", "owner_in", "interest_income",
                             "deposit_received", "investment_back"]
    return draw.lines(*kinds, start=_START)


def _effective(rows: pd.DataFrame) -> Decimal:
    return sum((a for a, c in zip(rows["amount"], rows["category"], strict=True) if c in ("sales", "sales_refund")),
               Decimal())


def effective(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Effective revenue of thirteen lines."""
    rows = _inflows(draw)
    total = rows.groupby("category")["amount"].sum()
    right = _effective(rows)
    rule = seal.number(
        right, all_in=sum(a for a in rows["amount"] if a > 0), no_refund=total["sales"],
        with_loan=right + total["loan_in"], with_transfer=right + total["own_transfer"],
        with_family=right + total["owner_in"], with_deposit=right + total["deposit_received"],
    )
    return {"rows": rows.drop(columns="category")}, rule


def share(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Which part of all money in is income? Three places are enough."""
    rows = _inflows(draw)
    came = sum(a for a in rows["amount"] if a > 0)
    right = _effective(rows) / came
    rule = seal.number(right, 3, within=5, upside_down=1 / right, per_cent=right * 100, excluded=1 - right)
    return {"rows": rows.drop(columns="category")}, rule


def lender(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Four parties over eight months: who lends, and what has gone back so far?"""
    party = [draw.say("吴建国", "Wu Jianguo"), draw.say("粮油商行", "Grain store"), draw.say("刘房东", "Landlord Liu"),
             draw.say("姐姐王红", "Sister Wang Hong"), draw.say("郑小军", "Zheng Xiaojun")]
    lent, level = draw.money(20000, 60000, "10000"), draw.money(2100, 5800, "100")
    months = range(8)
    rows = [(party[0], 0, 12, lent)] + [(party[0], m, 12, -level) for m in months if m]
    rows += [(party[1], m, draw.whole(3, 25), -draw.money(900, 4000)) for m in months]
    rows += [(party[2], m, 5, -Decimal(9600)) for m in (0, 3, 6)]
    rows += [(party[3], 1, 9, draw.money(2000, 5000, "500")), (party[3], 4, 20, -draw.money(500, 900, "100"))]
    rows += [(party[4], m, draw.whole(2, 27), draw.money(200, 1500)) for m in (0, 2, 5, 7)]
    frame = pd.DataFrame([{"date": dt.date(2025, m + 1, d), "party": p, "amount": a} for p, m, d, a in rows])
    rule = each({"party": seal.choice(party[0], party, landlord=party[2], customer=party[4], sister=party[3]),
                 "repaid": seal.number(level * 7, net=lent - level * 7)})
    return {"rows": frame.sort_values("date", kind="stable").reset_index(drop=True)}, rule


def few(draw: Draw, _seal: Seal) -> tuple[Facts, Judge]:
    """The fewest parties that explain four fifths of the money: any such choice is right."""
    values = sorted((draw.whole(1, 100) ** 3 // 50 + draw.whole(50, 400) for _ in range(12)), reverse=True)
    words = [draw.say(zh, en) for zh, en in (
        ("德润粮油", "Derun grain"), ("牛肉老周", "Zhou beef"), ("刘房东", "Landlord Liu"), ("帮厨小陈", "Chen"),
        ("供电公司", "Power company"), ("微信收款码", "WeChat code"), ("工地食堂", "Site canteen"),
        ("方敏", "Fang Min"),
        ("网购平台", "Online shop"), ("农商行", "Rural bank"), ("税务局", "Tax office"), ("自来水", "Water company"),
    )]
    draw.random.shuffle(words)
    table = pd.DataFrame({"party": words, "amount": values}).sample(frac=1, random_state=draw.whole(0, 9999))
    values_of = dict(zip(table["party"], table["amount"], strict=True))
    return {"parties": table.reset_index(drop=True)}, lambda answer: _few(answer, values_of, draw.language)


def _few(answer: Any, values: Mapping[str, int], language: str) -> Hint | None:
    chosen = list(dict.fromkeys(answer))
    strange = next((party for party in chosen if party not in values), None)
    if strange is not None:
        return Hint("strange_party", {"party": strange})
    enough = _ENOUGH * sum(values.values())
    covered = sum(values[party] for party in chosen)
    if covered < enough:
        told = say(language, "training.per_cent", value=f"{100 * covered / sum(values.values()):.1f}")
        return Hint("not_enough", {"share": told})
    fewest, reached = 0, 0
    for value in sorted(values.values(), reverse=True):
        if reached >= enough:
            break
        fewest, reached = fewest + 1, reached + value
    return Hint("too_many", {"count": len(chosen)}) if len(chosen) > fewest else None


EXERCISES = (names, effective, share, lender, few)
