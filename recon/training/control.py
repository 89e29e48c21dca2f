"""Lesson 4: control accounts, and the figure that nobody wrote down."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from recon.training.check import Hint, Judge, Seal, each
from recon.training.draw import Draw

Facts = Mapping[str, Any]
ACCOUNTS = ("cash", "bank", "receivables", "payables", "inventory", "equipment", "sales", "cost_of_sales", "rent",
            "drawings")


def credit_sales(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Receivables: opening + credit sales = received + discounts + bad debts + closing."""
    opening, closing = draw.money(2000, 9000, "10"), draw.money(3000, 12000, "10")
    received, discount, bad = draw.money(60000, 150000, "10"), draw.money(100, 900, "10"), draw.money(200, 1500, "10")
    right = received + discount + bad + closing - opening
    rule = seal.number(
        right, received_only=received, no_discount=right - discount, no_bad_debt=right - bad,
        no_discount_or_bad_debt=right - discount - bad, turned_round=received + discount + bad + opening - closing,
    )
    return {"opening_receivables": opening, "received": received, "discount_allowed": discount, "bad_debts": bad,
            "closing_receivables": closing}, rule


def purchases(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """All purchases of the period: on account through payables, and paid at once."""
    opening, closing, paid = draw.money(1000, 6000, "10"), draw.money(1500, 8000, "10"), draw.money(40000, 90000, "10")
    returns, cash = draw.money(100, 900, "10"), draw.money(8000, 20000, "10")
    on_account = paid + returns + closing - opening
    rule = seal.number(
        on_account + cash, only_on_account=on_account, paid_only=paid + cash, no_returns=on_account - returns + cash,
        turned_round=paid + returns + opening - closing + cash,
    )
    return {"opening_payables": opening, "paid_to_suppliers": paid, "purchase_returns": returns,
            "closing_payables": closing, "cash_purchases": cash}, rule


def cost(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Inventory: opening + purchases = cost of sales + taken by the owner + lost + closing."""
    opening, closing = draw.money(3000, 9000, "10"), draw.money(3000, 11000, "10")
    bought = draw.money(50000, 120000, "10")
    taken, lost = draw.money(300, 2400, "10"), draw.money(100, 900, "10")
    right = opening + bought - taken - lost - closing
    rule = seal.number(right, no_owner=right + taken, no_loss=right + lost, bought_only=bought,
                       neither=right + taken + lost, turned_round=closing + bought - taken - lost - opening)
    return {"opening_inventory": opening, "purchases": bought, "goods_taken_by_owner": taken, "stock_lost": lost,
            "closing_inventory": closing}, rule


def cash_sales(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """The till: what came in follows from what is left and where it went."""
    opening, closing = draw.money(1000, 4000, "10"), draw.money(1000, 5000, "10")
    banked, withdrawn = draw.money(20000, 60000, "100"), draw.money(500, 3000, "100")
    paid, drawings = draw.money(4000, 15000, "10"), draw.money(3000, 9000, "100")
    right = closing + banked + paid + drawings - opening - withdrawn
    rule = seal.number(
        right, banked_only=banked, no_drawings=right - drawings, no_paid=right - paid, no_withdrawn=right + withdrawn,
        no_change=banked + paid + drawings - withdrawn,
    )
    return {"opening_cash": opening, "withdrawn_from_bank": withdrawn, "banked": banked, "cash_payments": paid,
            "drawings": drawings, "closing_cash": closing}, rule


def two(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Cash sales and drawings both unknown: the margin of sales closes the second gap."""
    total, percent = Decimal(draw.whole(200, 500) * 1000), draw.pick(30, 35, 40, 45, 60)
    sold, margin = total * (100 - percent) / 100, Decimal(percent) / 100
    on_account = draw.money(80000, 110000, "100")
    opening, closing = draw.money(1000, 4000, "10"), draw.money(1000, 5000, "10")
    takings = total - on_account
    banked, paid = (takings / 2).quantize(Decimal(1)), (takings / 5).quantize(Decimal(1))
    drawings = opening + takings - banked - paid - closing
    by_markup = sold * (1 + margin) - on_account
    rule = each({
        "cash_sales": seal.number(takings, markup=by_markup, all_sales=total, by_banked=banked),
        "drawings": seal.number(drawings, markup=opening + by_markup - banked - paid - closing),
    })
    return {"cost_of_goods_sold": sold, "margin_of_sales": margin, "credit_sales": on_account, "opening_cash": opening,
            "banked": banked, "cash_payments": paid, "closing_cash": closing}, rule


def entries(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Double entry of five events: each must balance by itself and touch the right accounts."""
    sale, goods, used, rent, taken = (draw.money(1000, 5000, "10"), draw.money(800, 3000, "10"),
                                      draw.money(500, 2000, "10"), draw.money(2800, 3600, "100"),
                                      draw.money(200, 900, "10"))
    events = {
        "a": (draw.say(f"给工地食堂赊销团餐 {sale} 元", f"group meals of {sale} sold on account"),
              "receivables", "sales", sale),
        "b": (draw.say(f"赊购面粉和油 {goods} 元", f"flour and oil of {goods} bought on account"),
              "inventory", "payables", goods),
        "c": (draw.say(f"本周用掉食材成本 {used} 元", f"ingredients that cost {used} used up in sales"),
              "cost_of_sales", "inventory", used),
        "d": (draw.say(f"银行转账付房租 {rent} 元", f"rent of {rent} paid by the bank"), "rent", "bank", rent),
        "e": (draw.say(f"老板从钱箱拿走 {taken} 元家用", f"{taken} taken from the till for the household"),
              "drawings", "cash", taken),
    }
    rules = {key: _entry(seal, debit, credit, amount) for key, (_, debit, credit, amount) in events.items()}
    return {"events": {key: event[0] for key, event in events.items()}, "accounts": ", ".join(ACCOUNTS)}, each(rules)


def _entry(seal: Seal, received: str, given: str, amount: Decimal) -> Judge:
    """Lines (account, debit, credit) of one event."""
    both, turned = seal.choice(f"{received}|{given}", _sides()), seal.choice(f"{given}|{received}", _sides())
    exact = seal.number(amount)

    def rule(lines: list[tuple[str, Any, Any]]) -> Hint | None:
        strange = next((account for account, _, _ in lines if account not in ACCOUNTS), None)
        if strange is not None:
            return Hint("strange_account", {"account": strange, "accounts": ", ".join(ACCOUNTS)})
        debit, credit = (sum(Decimal(str(line[side] or 0)) for line in lines) for side in (1, 2))
        if debit != credit:
            return Hint("unbalanced", {"difference": abs(debit - credit)})
        sides = "|".join("+".join(sorted(line[0] for line in lines if line[side])) for side in (1, 2))
        if turned(sides) is None:
            return Hint("turned_round")
        return Hint("wrong_accounts") if both(sides) else exact(debit) and Hint("wrong_amount")

    return rule


def _sides() -> list[str]:
    return [f"{a}|{b}" for a in ACCOUNTS for b in ACCOUNTS]


EXERCISES = (credit_sales, purchases, cost, cash_sales, two, entries)
