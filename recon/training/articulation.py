"""Lesson 5: three statements, how they tie, and how risk travels between them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from recon.training.check import Hint, Judge, Seal, each
from recon.training.draw import Draw

Facts = Mapping[str, Any]
ASSETS = ("cash", "receivables", "inventory", "equipment")
DEBTS = ("payables", "loans")


def _sheet(draw: Draw) -> dict[str, Decimal]:
    held = {
        "cash": draw.money(8000, 40000, "100"), "receivables": draw.money(4000, 15000, "100"),
        "inventory": draw.money(5000, 16000, "100"), "equipment": draw.money(20000, 60000, "100"),
        "payables": draw.money(3000, 12000, "100"), "loans": draw.money(10000, 30000, "1000"),
    }
    return held | {"equity": sum(held[a] for a in ASSETS) - held["payables"] - held["loans"]}


def equity(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """What belongs to the owner."""
    held = _sheet(draw)
    assets = sum(held[a] for a in ASSETS)
    rule = seal.number(held["equity"], assets_only=assets, no_loans=assets - held["payables"],
                       no_payables=assets - held["loans"], added=assets + held["payables"] + held["loans"])
    return {"positions": {name: held[name] for name in (*ASSETS, *DEBTS)}}, rule


def cash_in(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Cash from customers follows from sales and what they owe."""
    sales, opening = draw.money(200000, 500000, "100"), draw.money(8000, 20000, "100")
    closing = opening + draw.money(5000, 30000, "100")
    rule = seal.number(sales - (closing - opening), sales_only=sales, turned_round=sales + closing - opening,
                       closing_only=sales - closing)
    return {"sales": sales, "opening_receivables": opening, "closing_receivables": closing}, rule


def indirect(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """From profit to cash: the same operating cash by the other road."""
    profit, worn = draw.money(30000, 120000, "100"), draw.money(3000, 12000, "100")
    stock, owed, owing = draw.money(500, 15000, "100"), draw.money(1000, 25000, "100"), draw.money(500, 9000, "100")
    right = profit + worn - stock - owed + owing
    rule = seal.number(
        right, profit_only=profit, no_depreciation=right - worn, depreciation_off=right - 2 * worn,
        stock_added=right + 2 * stock, owed_added=right + 2 * owed, payables_off=right - 2 * owing,
    )
    return {"net_profit": profit, "depreciation": worn, "rise_in_inventory": stock, "rise_in_receivables": owed,
            "rise_in_payables": owing}, rule


def sheet(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """The closing balance sheet after a month of events: it must balance, and be the right one."""
    held = _sheet(draw)
    sale, used, got = draw.money(6000, 12000, "100"), draw.money(2000, 4000, "100"), draw.money(3000, 6000, "100")
    goods, repaid, worn = draw.money(2000, 4000, "100"), Decimal(1000), draw.money(300, 900, "10")
    taken = draw.money(500, 2500, "100")
    events = [
        draw.say(f"赊销 {sale} 元，用掉食材成本 {used} 元", f"Sales on account {sale}; ingredients used cost {used}"),
        draw.say(f"收到客户欠款 {got} 元", f"{got} received from customers"),
        draw.say(f"赊购食材 {goods} 元", f"Ingredients of {goods} bought on account"),
        draw.say(f"归还贷款本金 {repaid} 元", f"{repaid} of the loan repaid"),
        draw.say(f"设备折旧 {worn} 元", f"Depreciation of {worn}"),
        draw.say(f"老板取用现金 {taken} 元", f"The owner takes {taken} of cash"),
    ]
    after = {
        "cash": held["cash"] + got - repaid - taken, "receivables": held["receivables"] + sale - got,
        "inventory": held["inventory"] + goods - used, "equipment": held["equipment"] - worn,
        "payables": held["payables"] + goods, "loans": held["loans"] - repaid,
        "equity": held["equity"] + sale - used - worn - taken,
    }
    parts = each({name: seal.number(amount) for name, amount in after.items()})
    table = pd.DataFrame({"item": list(held), "opening": list(held.values())})
    return {"opening": table, "events": dict(enumerate(events, 1))}, lambda answer: _balances(answer) or parts(answer)


def _balances(answer: Mapping[str, Any]) -> Hint | None:
    """First the property: assets = debts + equity, where everything is filled in."""
    if not set(answer) >= {*ASSETS, *DEBTS, "equity"} or None in answer.values():
        return None
    assets, others = (sum(Decimal(str(answer[n])) for n in names) for names in (ASSETS, (*DEBTS, "equity")))
    return Hint("unbalanced", {"assets": assets, "others": others, "difference": abs(assets - others)}) if (
        assets != others) else None


def disguise(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """A loan booked as a sale: what is wrong by how much, and how many ties break?"""
    loan, months, rate = draw.money(20000, 60000, "5000"), draw.whole(2, 6), Decimal("0.01")
    profit, debts = draw.money(20000, 60000, "100"), draw.money(15000, 40000, "100")
    assets = draw.money(160000, 240000, "100")
    interest = loan * rate * months
    true_ratio = (debts + loan) / assets
    rule = each({
        "profit_too_high_by": seal.number(loan, with_interest=loan + interest),
        "debts_too_low_by": seal.number(loan, with_interest=loan + interest),
        "ties_broken": seal.number(0, 0, within=0, some=1),
        "true_debt_ratio": seal.number(true_ratio, 3, within=1, shown=debts / assets, per_cent=true_ratio * 100,
                                       assets_too=(debts + loan) / (assets + loan)),
    })
    return {"loan": loan, "shown_profit": profit, "shown_debts": debts, "shown_assets": assets}, rule


def travels(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """A customer fails: through which lines does the loss travel, and what is left to pay suppliers with?"""
    cash, owed, stock = draw.money(6000, 14000, "100"), draw.money(30000, 60000, "100"), draw.money(8000, 15000, "100")
    payables, due = draw.money(15000, 25000, "100"), draw.money(8000, 12000, "100")
    lost = (owed * draw.pick(40, 50, 60) / 100).quantize(Decimal(1))
    before, after = cash + owed + stock, cash + owed + stock - lost
    rule = each({
        "profit": seal.number(-lost, no_change=0), "equity": seal.number(-lost, no_change=0),
        "cash": seal.number(0, loss_is_no_cash=-lost),
        "current_ratio": seal.number(after / (payables + due), 2, within=1, before=before / (payables + due),
                                     no_loan=after / payables),
        "left_to_pay_with": seal.number(cash + owed - lost - payables - due, no_receivables=cash - payables - due,
                                        with_stock=after - payables - due, before=cash + owed - payables - due),
    })
    return {"cash": cash, "receivables": owed, "inventory": stock, "payables": payables, "loan_due_in_year": due,
            "lost_receivable": lost}, rule


EXERCISES = (equity, cash_in, indirect, sheet, disguise, travels)
