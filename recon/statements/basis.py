"""How well each statement line is known: its amount by basis, followed through the journal.

An entry made of a figure has that figure's parts; a line of evidence has its own basis. Parts are netted with their
signs, so that a customer's receipt (documented) and what he owed at both ends (stated) do not count twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from recon.core.money import divide
from recon.ledger.build import Ledger
from recon.ledger.posting import OPENING, is_cash
from recon.statements.forms import Atom

Parts = dict[str, Fraction]


@dataclass(frozen=True, slots=True)
class _Sum:
    """Net debit of one account under one cash-flow line from one origin, by basis."""

    account: str
    opening: bool
    cash_line: int
    parts: Mapping[str, Fraction]


class Bases:
    """The journal summed by account, cash-flow line and basis."""

    def __init__(self, ledger: Ledger) -> None:
        rows = ledger.journal.assign(net=ledger.journal["debit"] - ledger.journal["credit"])
        figures = ledger.solution.figures
        rows["figure"] = rows["source"].where(rows["source"].isin(list(figures)), "")
        keys = ["account", "month", "cash_line", "figure", "basis"]
        sums = rows.assign(month=rows["month"] == OPENING).groupby(keys)["net"].sum()
        self.sums = []
        for (account, opening, line, name, basis), net in sums.items():  # type: ignore[misc] # five keys
            value, known = (figures[name].value, figures[name].parts) if name else (None, {})
            parts = {b: Fraction(int(net) * amount, value) for b, amount in known.items()} if value else {}
            self.sums.append(_Sum(account, bool(opening), int(line), parts or {str(basis): Fraction(int(net))}))

    def of(self, atom: Atom, *, opening: bool, period: bool) -> Parts:
        """Signed minor units by basis of one term of a formula (D, C, P, E or T): opening rows, the period's, or both."""
        sign = -1 if atom.kind in "CP" else 1
        total: Parts = {}
        for each in self.sums:
            if not (opening if each.opening else period):
                continue
            if each.account.startswith(atom.of) if atom.kind != "T" else _tagged(each, int(atom.of)):
                add(total, each.parts, sign)
        return total


def _tagged(each: _Sum, line: int) -> bool:
    return each.cash_line == line and is_cash(each.account)


def add(total: Parts, parts: Mapping[str, Fraction], sign: int) -> None:
    """Add *sign* × *parts* to *total*."""
    for basis, amount in parts.items():
        total[basis] = total.get(basis, Fraction(0)) + sign * amount


def shares(parts: Mapping[str, Fraction]) -> dict[str, int]:
    """Weights by basis in minor units, none below zero and zeros left out."""
    whole = {basis: abs(divide(amount.numerator, amount.denominator)) for basis, amount in parts.items()}
    return {basis: weight for basis, weight in whole.items() if weight}
