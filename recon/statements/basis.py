"""How well each statement line is known: its amount by basis, followed through the journal.

An entry made of a figure has that figure's parts; a line of evidence has its own basis. Parts are netted with their
signs, so that a customer's receipt (documented) and what he owed at both ends (stated) do not count twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from recon.core.money import divide
from recon.ledger.build import Ledger
from recon.ledger.control import Figure
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
        rows = ledger.journal
        frame = pd.DataFrame({
            "account": rows["account"], "opening": rows["month"] == OPENING, "line": rows["cash_line"],
            "source": rows["source"].where(rows["source"].isin(list(ledger.solution.figures)), ""),
            "basis": rows["basis"], "net": rows["debit"] - rows["credit"],
        })
        sums = frame.groupby(["account", "opening", "line", "source", "basis"])["net"].sum().reset_index()
        self.sums = [
            _Sum(row["account"], row["opening"], row["line"],
                 _parts(ledger.figure(row["source"]), row["net"]) or {row["basis"]: Fraction(row["net"])})
            for row in sums.to_dict("records")
        ]

    def of(self, atom: Atom, *, opening: bool, period: bool) -> Parts:
        """Signed minor units by basis of one term (D, C, P, E or T): opening rows, the period's, or both."""
        sign = -1 if atom.kind in "CP" else 1
        total: Parts = {}
        for each in self.sums:
            if not (opening if each.opening else period):
                continue
            if each.account.startswith(atom.of) if atom.kind != "T" else _tagged(each, int(atom.of)):
                add(total, each.parts, sign)
        return total


def _parts(figure: Figure, net: int) -> Parts:
    """*net* minor units of an entry made of *figure*, by basis; empty where it is no figure."""
    if not figure.value:
        return {}
    return {basis: Fraction(net * amount, figure.value) for basis, amount in figure.parts.items()}


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
