"""Balanced entries as they are collected, and the accounts that every entry of cash or capital goes by."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from recon.ledger.control import Figure
from recon.ledger.known import OwnAccount

OPENING = "opening"
CLEARING, CASH, EQUITY = "1012.99", "1001", "3001"
#: Accounts that are cash and bank in the cash-flow statement.
CASH_GROUPS = ("1001", "1002", "1012")
#: The ledger account of own accounts by kind.
OWN = {"bank": "1002", "wallet": "1012", "card": "2241.05", "cash": CASH}
UNEXPLAINED_IN, UNEXPLAINED_OUT = "2241.09", "1221.09"


@dataclass(slots=True)
class Entries:
    """Postings being collected: one list per column of the journal."""

    rows: list[tuple[object, ...]] = field(default_factory=list)
    count: int = 0

    def add(
        self,
        day: object,
        month: str,
        postings: Iterable[tuple[str, int, int]],
        source: str,
        rule: str,
        basis: str,
    ) -> None:
        """One entry: *postings* are (account, signed minor units, debit +, cash-flow line); zeros are left out."""
        self.count += 1
        name = f"A{self.count:04d}"
        for account, amount, line in postings:
            if amount:
                debit, credit = max(0, amount), max(0, -amount)
                self.rows.append((name, day, month, account, debit, credit, line, source, rule, basis))


def account_code(account: OwnAccount) -> str:
    """The ledger account of an own account: ``1002.<id>``, ``1012.<id>``, card debt ``2241.05.<id>``, or ``1001``."""
    return own_code(account.id, account.kind)


def own_code(name: str, kind: str) -> str:
    """The same from an account's id and kind."""
    return CASH if kind == "cash" else f"{OWN[kind]}.{name}"


def is_cash(account: str) -> bool:
    """Whether an account belongs to cash and bank."""
    return account.startswith(CASH_GROUPS)


def basis_of(figure: Figure) -> str:
    """The weakest basis that has a share: what a posting of a mixed figure is shown as."""
    order = ("estimated", "stated", "corroborated", "documented")
    return next((b for b in order if figure.shares.get(b)), "estimated")
