"""How well each statement line is known: its amount by basis, followed through the journal.

An entry made of a figure has that figure's parts; a line of evidence has its own basis. Parts are netted with their
signs, so that a customer's receipt (documented) and what he owed at both ends (stated) do not count twice.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from recon.core.money import divide
from recon.ledger.build import Ledger
from recon.ledger.control import ASSUMED, Figure, weights
from recon.ledger.posting import OPENING, is_cash
from recon.ledger.reach import weaken
from recon.ledger.roads import unnetted
from recon.statements.forms import Atom

Parts = dict[str, Fraction]


@dataclass(frozen=True, slots=True)
class _Sum:
    """Net debit of one account under one cash-flow line from one origin, by basis.

    *parts* say how well the flow is known, *money* how well the balance that it leaves: that an amount has left the
    bank is documented even where what it was for is a guess, or where other flows were not handed in; *earned* how well
    an income or expense, where what was stated of one account does not cancel what was stated of another.
    """

    account: str
    opening: bool
    cash_line: int
    parts: Mapping[str, Fraction]
    money: Mapping[str, Fraction]
    earned: Mapping[str, Fraction]


class Bases:
    """The journal summed by account, cash-flow line and basis."""

    def __init__(self, ledger: Ledger) -> None:
        rows = ledger.journal
        frame = pd.DataFrame({
            "account": rows["account"], "opening": rows["month"] == OPENING, "line": rows["cash_line"],
            "source": rows["source"].where(rows["source"].isin(list(ledger.solution.figures)), ""),
            "basis": rows["basis"], "guessed": rows["source"].isin(ledger.known.guessed),
            "net": rows["debit"] - rows["credit"],
        })
        sums = frame.groupby(["account", "opening", "line", "source", "basis", "guessed"])["net"].sum().reset_index()
        self.sums = [_sum(row, ledger) for row in sums.to_dict("records")]

    def of(self, atom: Atom, *, opening: bool, period: bool) -> Parts:
        """Signed minor units by basis of one term (D, C, P, E or T): opening rows, the period's, or both."""
        sign = -1 if atom.kind in "CP" else 1
        total: Parts = {}
        for each in self.sums:
            if not (opening if each.opening else period):
                continue
            if each.account.startswith(atom.of) if atom.kind != "T" else _tagged(each, int(atom.of)):
                flow = each.earned if atom.kind in "PE" else each.parts
                add(total, each.money if is_cash(atom.of) else flow, sign)
        return total


def _sum(row: Mapping[Hashable, Any], ledger: Ledger) -> _Sum:
    reach, net = ledger.known.reach, int(row["net"])
    figure = _parts(ledger.figure(row["source"]), net)
    earned = _unnetted(row["source"], ledger, net) if figure else {}
    money = figure or _fractions(weaken({row["basis"]: net}, reach.balances))
    flow = {ASSUMED if row["guessed"] else row["basis"]: net}
    parts = figure or (money if row["opening"] else _fractions(weaken(flow, reach.flows)))
    return _Sum(row["account"], row["opening"], row["line"], parts, money, earned or parts)


def _unnetted(name: str, ledger: Ledger, net: int) -> Parts:
    parts, value = unnetted(name, ledger.solution.figures), ledger.value(name) or 1
    return {basis: net * amount / value for basis, amount in parts.items()}


def _fractions(parts: Mapping[str, int]) -> Parts:
    return {basis: Fraction(amount) for basis, amount in parts.items()}


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
    return weights({basis: divide(amount.numerator, amount.denominator) for basis, amount in parts.items()})


def percentages(weights: Mapping[str, int]) -> dict[str, int]:
    """Shares of *weights* in whole per cent that add to 100 (largest remainder); empty where all weigh nothing.

    Nothing is called whole that is not: where another basis has any weight, 100 gives one to the heaviest other.
    """
    whole = sum(weights.values())
    if not whole:
        return {}
    exact = {name: Fraction(100 * weight, whole) for name, weight in weights.items()}
    rounded = {name: int(value) for name, value in exact.items()}
    for name in sorted(rounded, key=lambda n: rounded[n] - exact[n])[: 100 - sum(rounded.values())]:
        rounded[name] += 1
    most = max(weights, key=lambda n: weights[n])
    if rounded[most] == 100 and weights[most] < whole:  # noqa: PLR2004 per cent
        rounded[most] -= 1
        rounded[max(weights.keys() - {most}, key=lambda n: weights[n])] += 1
    return rounded
