"""Lesson 2: one economic event, counted once."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from recon.training.check import Hint, Judge, Seal, each
from recon.training.draw import Draw

Facts = Mapping[str, Any]
ACCOUNTS = ("bank", "wallet", "cash", "clearing", "purchases", "sales")
_START = dt.date(2025, 5, 1)


class _Accounts:
    """Three own accounts filled event by event; own movements get both of their ends."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.rows: list[dict[str, Any]] = []
        self.pairs: list[tuple[str, str]] = []

    def add(self, account: str, day: int, amount: Decimal, zh: str, en: str) -> str:
        name = f"{account[0].upper()}{sum(r['account'] == account for r in self.rows) + 1}"
        self.rows.append({"id": name, "account": account, "date": _START + dt.timedelta(days=day),
                          "text": self.draw.say(zh, en), "amount": amount})
        return name

    def pair(self, source: str, target: str, days: tuple[int, int], amount: Decimal, zh: tuple[str, str],
             en: tuple[str, str]) -> None:
        self.pairs.append((self.add(source, days[0], -amount, zh[0], en[0]),
                           self.add(target, days[1], amount, zh[1], en[1])))

    def frame(self) -> pd.DataFrame:
        frame = pd.DataFrame(self.rows)
        return frame.sort_values(["account", "date"], kind="stable").reset_index(drop=True)


def _month(draw: Draw) -> tuple[_Accounts, list[Decimal]]:
    """A month of sales, purchases and own movements; the true sales beside it."""
    made = _Accounts(draw)
    sales = [draw.money(600, 2400, "0.5") for _ in range(5)]
    places = (("wallet", 2), ("wallet", 6), ("bank", 11), ("cash", 17), ("cash", 23))
    for (account, day), amount in zip(places, sales, strict=True):
        made.add(account, day, amount, "营业收款", "takings")
    out, paid, banked = draw.money(1500, 4000, "100"), draw.money(300, 900), draw.money(800, 2000, "100")
    made.pair("wallet", "bank", (8, 9), out, ("提现到银行卡", "财付通 提现"),
              ("withdrawn to the card", "Tenpay withdrawal"))
    made.pair("cash", "bank", (20, 20), banked, ("存入银行", "ATM 存现"), ("taken to the bank", "cash paid in at ATM"))
    # a decoy: the same amount out on the same day, and yet no own movement
    made.add("bank", 9, -out, "支付货款 德润粮油", "paid Derun grain and oil")
    made.add("bank", 14, -paid, "快捷支付 财付通", "quick pay Tenpay")
    made.add("wallet", 14, -paid, "买牛肉（用银行卡支付）", "beef (paid by the bank card)")
    made.pairs.append((made.rows[-2]["id"], made.rows[-1]["id"]))
    return made, sales


def pairs(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Which rows are two views of one event?"""
    made, _ = _month(draw)
    return {"rows": made.frame()}, seal.members(made.pairs)


def takings(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Income, each event once."""
    made, sales = _month(draw)
    incoming = sum(r["amount"] for r in made.rows if r["amount"] > 0)
    bank = sum(r["amount"] for r in made.rows if r["amount"] > 0 and r["account"] == "bank")
    return {"rows": made.frame()}, seal.number(sum(sales, Decimal()), all_in=incoming, bank_only=bank)


def spending(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Purchases, each event once."""
    made, _ = _month(draw)
    goods = {r["id"]: -r["amount"] for r in made.rows if "Derun" in r["text"] or "德润" in r["text"]}
    beef = [-r["amount"] for r in made.rows if r["id"] == made.pairs[-1][1]]
    right = sum(goods.values()) + sum(beef)
    return {"rows": made.frame()}, seal.number(right, twice=right + sum(beef), bank_only=sum(goods.values()))


def overlap(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Two files of one account overlap, and two payments of a day are truly equal."""
    same = draw.money(15, 30, "0.5")
    days = sorted(draw.random.sample(range(1, 28), 9))
    lines = [(day, draw.money(20, 400, "0.5")) for day in days]
    twice = draw.whole(3, 5)
    lines[twice:twice] = [(lines[twice][0], same), (lines[twice][0], same)]
    frame = pd.DataFrame([
        {"date": _START + dt.timedelta(days=day), "amount": amount, "order": f"{draw.whole(10**9, 10**10 - 1)}"}
        for day, amount in lines
    ])
    cut, back = twice + 4, twice - 1
    first, second = frame[:cut].reset_index(drop=True), frame[back:].reset_index(drop=True)
    distinct = len(pd.concat([first, second])[["date", "amount"]].drop_duplicates())
    total, both = (sum(pd.concat(parts)["amount"], Decimal()) for parts in ([frame], [first, second]))
    rule = each({
        "lines": seal.number(len(frame), 0, added_up=len(first) + len(second), by_amount=distinct),
        "total": seal.number(total, added_up=both),
    })
    return {"first_file": first, "second_file": second}, rule


def clearing(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """What stays in the clearing account, and who has not handed in a statement."""
    made, missing = _Accounts(draw), draw.money(1000, 5000, "100")
    for day in (3, 12, 19):
        amount = draw.money(500, 3000, "100")
        made.pair("wallet", "bank", (day, day), amount, ("提现到招行 5060", "财付通 提现"),
                  ("withdrawn to CMB 5060", "Tenpay withdrawal"))
    tail = f"{draw.whole(1000, 9999)}"
    made.add("wallet", 25, -missing, f"提现到建行 {tail}", f"withdrawn to CCB {tail}")
    rule = each({"left": seal.number(missing), "account": seal.number(int(tail), 0)})
    return {"rows": made.frame()}, rule


def entries(draw: Draw, _seal: Seal) -> tuple[Facts, Judge]:
    """Postings of three own movements through the clearing account."""
    out, paid, banked = draw.money(1500, 4000, "100"), draw.money(300, 900), draw.money(800, 2000, "100")
    events = {
        "a": draw.say(f"微信提现 {out} 元到银行卡（零钱账单和银行流水各有一行）",
                      f"{out} withdrawn from the wallet to the bank (a line in each)"),
        "b": draw.say(f"微信里用银行卡付款买牛肉 {paid} 元（账单和流水各有一行，钱只出自银行）",
                      f"{paid} of beef paid in the wallet with the bank card (a line in each, the bank's money)"),
        "c": draw.say(f"现金 {banked} 元存入银行", f"{banked} of cash paid into the bank"),
    }
    want = {"wallet": -out, "bank": out - paid + banked, "purchases": paid, "cash": -banked}
    return {"events": events, "accounts": ", ".join(ACCOUNTS)}, lambda answer: _entries(answer, want)


def _entries(answer: list[tuple[str, Any, Any]], want: Mapping[str, Decimal]) -> Hint | None:
    """Lines (account, debit, credit): debits equal credits, clearing comes to zero, each account moves as it did."""
    net: dict[str, Decimal] = {}
    for account, debit, credit in answer:
        if account not in ACCOUNTS:
            return Hint("strange_account", {"account": account, "accounts": ", ".join(ACCOUNTS)})
        net[account] = net.get(account, Decimal()) + Decimal(str(debit or 0)) - Decimal(str(credit or 0))
    if sum(net.values()):
        return Hint("unbalanced", {"difference": sum(net.values())})
    if "clearing" not in net:
        return Hint("no_clearing")
    if net["clearing"]:
        return Hint("clearing_open", {"left": net["clearing"]})
    wrong = next((name for name in (*want, "sales") if net.get(name, 0) != want.get(name, 0)), None)
    return Hint("wrong_account", {"account": wrong}) if wrong else None


EXERCISES = (pairs, takings, spending, overlap, clearing, entries)
