"""What the facts leave open: the accounts and cash-flow lines that an undetermined figure would have been posted to."""

from dataclasses import dataclass

from recon.classify.categories import categories
from recon.ledger.chart import positions, variables
from recon.ledger.control import Solution

_CASH, _EQUITY = "1001", "3001"


@dataclass(frozen=True, slots=True)
class Undetermined:
    """Where figures are missing.

    Attributes:
        openings: accounts whose opening balance is unknown; all their later balances are too.
        accounts: accounts with a movement of the period that is unknown.
        cash_lines: lines of the cash-flow form with an unknown part.
    """

    openings: frozenset[str]
    accounts: frozenset[str]
    cash_lines: frozenset[int]


def undetermined(solution: Solution) -> Undetermined:
    """Follow every figure without a value to where it would have been posted."""
    openings = {p.account for key, p in positions().items() if _open(solution, f"opening.{key}")}
    accounts: set[str] = set()
    lines: set[int] = set()
    for name, entry in variables().items():
        if entry.debit and _open(solution, name):
            accounts |= {entry.debit, entry.credit}
        if entry.cash and _open(solution, f"{name}.unrecorded"):
            accounts |= {_CASH, *_fed(name)}
            lines |= {line for c in categories().values() if c.control == name for line in (c.cash_in, c.cash_out)}
    for key in ("prepaid_expenses", "accrued_expenses"):
        if any(_open(solution, f"{end}.{key}") for end in ("opening", "closing")):
            accounts |= {positions()[key].account, "5602.99"}
    if _open(solution, "cash_lost"):
        lines.add(6)
    return Undetermined(frozenset(openings | ({_EQUITY} if openings else set())), frozenset(accounts), frozenset(lines))


def _fed(name: str) -> set[str]:
    """Accounts of the categories that feed a variable."""
    return {code for c in categories().values() if c.control == name for code in (c.account_in, c.account_out)}


def _open(solution: Solution, name: str) -> bool:
    return name in solution.figures and solution.figures[name].value is None
