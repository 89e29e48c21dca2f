"""Lesson 8: what is really needed, what can be carried, and an opinion that a committee can follow."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from recon.training.check import Hint, Judge, Seal, each, number
from recon.training.draw import Draw

Facts = Mapping[str, Any]
YEAR, REASONS, CENT = 360, 3, Decimal("0.01")
VERDICTS = ("lend", "reduce", "decline", "cannot_judge")
TERM_CAP = 36
#: Lending less than this part of what is needed and can be repaid sends the client elsewhere.
_ENOUGH = Decimal("0.7")


def _days(draw: Draw) -> dict[str, int]:
    return {"inventory": draw.whole(25, 60), "receivables": draw.whole(20, 50), "prepayments": draw.whole(2, 8),
            "payables": draw.whole(10, 25), "advances": draw.whole(2, 10)}


def days(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """How long money is tied up in stock, with customers, and how long suppliers wait."""
    sales, cost = draw.money(400000, 700000, "1000"), draw.money(250000, 380000, "1000")
    ends = {name: (draw.money(8000, 40000, "100"), draw.money(8000, 40000, "100"))
            for name in ("inventory", "receivables", "payables")}
    base = {"inventory": cost, "receivables": sales, "payables": cost}
    rules = {}
    for name, (opening, closing) in ends.items():
        mean, other = (opening + closing) / 2, sales if base[name] == cost else cost
        rules[name] = seal.number(mean * YEAR / base[name], 1, within=1, other_base=mean * YEAR / other,
                                  closing_only=closing * YEAR / base[name], year_of_365=mean * 365 / base[name])
    facts = {"sales": sales, "cost_of_goods_sold": cost, "days_in_year": YEAR}
    for name, (opening, closing) in ends.items():
        facts |= {f"opening_{name}": opening, f"closing_{name}": closing}
    return facts, each(rules)


def working_capital(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Turns, and the working capital that next year's sales need."""
    held, sales = _days(draw), draw.money(600000, 1500000, "10000")
    margin, growth = Decimal(draw.whole(8, 20)) / 100, Decimal(draw.whole(3, 15)) / 100
    cycle = held["inventory"] + held["receivables"] + held["prepayments"] - held["payables"] - held["advances"]
    turns, spend = Decimal(YEAR) / cycle, sales * (1 - margin) * (1 + growth)
    added = Decimal(YEAR) / sum(held.values())
    rule = each({
        "turns": seal.number(turns, 2, within=1, cycle_itself=cycle, all_added=added),
        "working_capital": seal.number(spend / turns, 0, within=2, no_margin=sales * (1 + growth) / turns,
                                       no_growth=sales * (1 - margin) / turns, times_turns=spend * turns,
                                       all_added=spend / added),
    })
    return {f"{name}_days": value for name, value in held.items()} | {
        "sales": sales, "margin": margin, "growth": growth, "days_in_year": YEAR}, rule


def limit(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """What is left to lend once own money and other loans are in."""
    need = draw.money(150000, 260000, "1000")
    own, loans = draw.money(30000, 60000, "1000"), draw.money(20000, 50000, "1000")
    other = draw.money(5000, 20000, "1000")
    right = need - own - loans - other
    asked = right + draw.money(20000, 80000, "1000")
    rule = seal.number(right, request=asked, gross=need, no_own=right + own, no_loans=right + loans,
                       no_other=right + other, short_of_request=asked - right)
    return {"working_capital": need, "own_funds": own, "existing_loans": loans, "other_funding": other,
            "requested": asked}, rule


def _annuity(amount: Decimal, monthly: Decimal, months: int) -> Decimal:
    return (amount * monthly / (1 - (1 + monthly) ** -months)).quantize(CENT, ROUND_HALF_UP)


def capacity(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Can an ordinary month, and the worst one, carry the instalment?"""
    amount, months = draw.money(60000, 150000, "10000"), draw.pick(12, 18, 24)
    annual = draw.pick(Decimal("0.06"), Decimal("0.072"), Decimal("0.084"))
    due = _annuity(amount, annual / 12, months)
    left, household = draw.money(15000, 26000, "100"), draw.money(4000, 8000, "100")
    spare = left - household
    rule = each({
        "instalment": seal.number(due, 2, within=100, principal_only=amount / months,
                                  flat=amount * (1 + annual * months / 12) / months,
                                  annual_rate_a_month=_annuity(amount, annual, months)),
        "coverage": seal.number(spare / due, 2, within=2, no_household=left / due, upside_down=due / spare),
    })
    return {"amount": amount, "term_months": months, "annual_rate": annual, "cash_left_by_business": left,
            "household": household}, rule


def verdicts(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Four short files, four decisions."""
    amount = draw.whole(8, 20) * 10000
    half = amount // 2
    told = {
        "lend": draw.say(f"申请 {amount} 元，三条路径测得需求都在 {amount} 元以上，月供保障 1.8 倍，三品皆好。",
                         f"{amount} requested; three roads give no less than {amount}; cover 1.8; all three goods."),
        "reduce": draw.say(f"申请 {amount} 元，需求测得 {half} 元，月供保障 2.1 倍，三品皆好。",
                           f"{amount} requested; the need comes to {half}; cover 2.1; all three goods."),
        "decline": draw.say(f"申请 {amount} 元，需求足够、抵押充分，但借款人在黑名单上并隐瞒了两笔借款。",
                            f"{amount} requested; need and collateral ample; blacklisted, and two loans hidden."),
        "cannot_judge": draw.say(f"申请 {amount} 元，只交来一个账户 4 个月流水，没有盘点，老板说不清谁欠他钱。",
                                 f"{amount} requested; four months of one account, no stock count, debtors unknown."),
    }
    letters = dict(zip("ABCD", draw.random.sample(list(told), len(told)), strict=True))
    rules = {letter: seal.choice(verdict, VERDICTS) for letter, verdict in letters.items()}
    return {"files": {letter: told[v] for letter, v in letters.items()}, "options": ", ".join(VERDICTS)}, each(rules)


def opinion(draw: Draw, _seal: Seal) -> tuple[Facts, Judge]:
    """An opinion in a few lines, judged by what every sound opinion has."""
    need, affordable = draw.money(60000, 120000, "1000"), draw.money(50000, 150000, "1000")
    facts = {
        "requested": max(need, affordable) + draw.money(20000, 60000, "1000"), "need": need, "affordable": affordable,
        "cycle_days": draw.whole(45, 80), "coverage": Decimal(draw.whole(140, 260)) / 100,
        "effective_revenue": draw.money(400000, 600000, "100"), "proven_share": Decimal(draw.whole(88, 97)) / 100,
        "not_verified": draw.say("尚未核实贷款用途", "the purpose of the loan has not been verified"),
    }
    return facts, lambda answer: sound(answer, facts)


def sound(answer: Mapping[str, Any], facts: Mapping[str, Any]) -> Hint | None:
    """The first rule of a sound opinion that *answer* breaks (amount, term_months, reasons, conditions)."""
    keys = ("amount", "term_months", "reasons", "conditions")
    missing = [key for key in keys if not answer.get(key)]
    if missing:
        return Hint("open_parts", {"parts": ", ".join(missing)})
    amount, term = number(answer["amount"]), number(answer["term_months"])
    if amount is None or term is None:
        return Hint("no_number")
    least, figures = min(facts["need"], facts["affordable"]) * _ENOUGH, {number(value) for value in facts.values()}
    backed = sum(bool(_figures(str(reason)) & figures) for reason in _list(answer["reasons"]))
    rules = (
        (amount > facts["need"], "above_need"), (amount > facts["affordable"], "above_capacity"),
        (amount < least, "too_little"), (not 0 < term <= TERM_CAP, "term_cap"), (backed < REASONS, "reasons"),
    )
    broken = next((code for slip, code in rules if slip), None)
    return Hint(broken, {"cap": TERM_CAP, "count": backed, "least": REASONS}) if broken else None


def _list(value: Any) -> list[Any]:
    return [value] if isinstance(value, str) else list(value)


def _figures(text: str) -> set[Any]:
    """Figures in a sentence, a per cent also as a ratio."""
    found = [number(part) for part in re.findall(r"\d[\d,]*(?:\.\d+)?%?", text)]
    return {figure for figure in found if figure is not None}


EXERCISES = (days, working_capital, limit, capacity, verdicts, opinion)
