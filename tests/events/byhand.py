"""Readings made by hand: a few lines become an account in a file, as the readers would give it."""

from collections.abc import Sequence

import numpy as np

from recon.core.facts import About, Case, Owner
from recon.reading.result import NOTHING, Account, Lines, Reading

CASE = Case(case=About(trade="restaurant"), owner=Owner(name="张三丰"))
Row = tuple[str, int, dict[str, str]]


def lines(rows: Sequence[Row], opening: int | None) -> Lines:
    """Rows of (day, minor units, texts) with running balances from *opening*, or without balances."""
    amount = np.array([row[1] for row in rows], dtype=np.int64)
    balance = np.full(len(rows), NOTHING) if opening is None else opening + np.cumsum(amount)
    keys = {key for row in rows for key in row[2]}
    return Lines(
        np.array([row[0] for row in rows], dtype="datetime64[D]"), amount, balance.astype(np.int64),
        np.ones(len(rows), np.int32), np.arange(1, len(rows) + 1, dtype=np.int32),
        {key: [row[2].get(key, "") for row in rows] for key in keys},
    )


def bank(
    file: str, rows: Sequence[Row], number: str = "6225000000001234", opening: int | None = 1_000_000, *,
    holder: str = "张三丰", name: str = "招商银行", kind: str = "bank", currency: str = "CNY", digest: str = "",
) -> Reading:
    """A bank statement whose chain closes, or one without balances that nothing proves."""
    closing = None if opening is None else opening + sum(row[1] for row in rows)
    account = Account(number, holder, currency, opening, closing, lines(rows, opening), opening is not None, bank=name)
    return Reading(
        file, kind, "proven" if opening is not None else "unprovable", "by_hand", accounts=(account,), digest=digest
    )


def wallet(file: str, rows: Sequence[Row], name: str = "微信支付") -> Reading:
    """A wallet's bill: no balances."""
    account = Account("", "张三丰", "CNY", None, None, lines(rows, None), False, bank=name)
    return Reading(file, "wallet", "unprovable", "by_hand", accounts=(account,))


def pay(day: str, amount: int, party: str, method: str = "零钱", **more: str) -> Row:
    """A wallet payment."""
    told = {"counterparty": party, "type": "商户消费", "method": method, "status": "支付成功", "direction": "支出"}
    return day, amount, told | more


def said(day: str, amount: int, party: str = "", words: str = "", **more: str) -> Row:
    """A bank line."""
    return day, amount, {"counterparty": party, "description": words} | more
