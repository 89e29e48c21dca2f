"""The statement of affairs as one entry: net changes of accounts whose two ends are known and whose flows are not."""

from collections.abc import Mapping

import pandas as pd

from recon.core.period import Period
from recon.core.tables import JOURNAL
from recon.ledger.chart import positions
from recon.ledger.control import Solution
from recon.ledger.entry import CASH, CLEARING, EQUITY, OPENING, OWN, UNEXPLAINED_IN, UNEXPLAINED_OUT, Entries
from recon.ledger.undetermined import undetermined

_RESULT = "3103"
_NET_CHANGE_ENTRY = 9998
#: Positions that stand on more accounts than one.
_POSITION_ACCOUNTS = {"loans": ("2001", "2501"), "fixed_assets": ("1601", "1602"), "cash": (CASH, CLEARING)}


def net_changes(rows: pd.DataFrame, period: Period, solution: Solution) -> pd.DataFrame:
    """Accounts whose two ends are known and whose flows are not: their net change, profit in one sum.

    This is the statement of affairs: made only where every closing, the profit and the owner's money are known, so
    that the entry balances by itself.
    """
    needed = [f"closing.{key}" for key in positions()]
    needed += ["net_profit", "introduced", "drawings", "goods_taken_by_owner"]
    if any(solution.value(name) is None for name in needed) or not undetermined(solution).accounts:
        return JOURNAL.frame()
    signed = (rows["debit"] - rows["credit"]).groupby(rows["account"]).sum()
    balances = {str(account): int(amount) for account, amount in signed.items()}
    postings = []
    for key, position in positions().items():
        missing = position.sign * (solution.value(f"closing.{key}") or 0) - position_balance(balances, key)
        postings.append((position.account, missing, 0))
    result = sum(amount for account, amount in balances.items() if account.startswith("5"))
    postings.append((_RESULT, -(solution.value("net_profit") or 0) - result, 0))
    postings += [
        (EQUITY, -(solution.value("introduced") or 0) - _owner(rows, EQUITY), 0),
        ("3104.01", (solution.value("drawings") or 0) - _owner(rows, "3104"), 0),
    ]
    if sum(amount for _, amount, _ in postings):
        return JOURNAL.frame()
    book = Entries()
    book.count = _NET_CHANGE_ENTRY
    book.add(pd.Timestamp(period.end), period.months[-1], postings, "closing", "net_change", "stated")
    return JOURNAL.frame(pd.DataFrame(book.rows, columns=[c.name for c in JOURNAL.columns]))


def _owner(rows: pd.DataFrame, account: str) -> int:
    """What the period has already posted to the owner's account, debit +, goods taken left out."""
    mine = rows[rows["account"].str.startswith(account) & (rows["month"] != OPENING) & (rows["account"] != "3104.02")]
    return int((mine["debit"] - mine["credit"]).sum())


def position_balance(balances: Mapping[str, int], key: str) -> int:
    """The ledger's balance of a position, debit +, over the accounts that belong to it."""
    codes = _POSITION_ACCOUNTS.get(key, (positions()[key].account,))
    others = {p.account for p in positions().values()} | {UNEXPLAINED_IN, UNEXPLAINED_OUT, OWN["card"]}
    elsewhere = tuple(o for o in others - set(codes) if any(o.startswith(f"{code}.") for code in codes))
    return sum(
        amount for account, amount in balances.items()
        if any(account == code or account.startswith(f"{code}.") for code in codes)
        and not account.startswith(elsewhere)
        and not (key == "bank" and account != "1002")
    )
