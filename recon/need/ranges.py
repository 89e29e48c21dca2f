"""Between which amounts each main figure lies: round answers, guessed names and missing files leave it open so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import pandas as pd

from recon.checks.desk import whole
from recon.checks.rounding import half_share, half_step, together
from recon.classify.categories import categories
from recon.core.settings import shipped
from recon.ledger.build import Ledger
from recon.ledger.chart import variables
from recon.ledger.control import Solution
from recon.ledger.reach import PAID_NET
from recon.ledger.recorded import with_margin
from recon.ledger.roads import gradient

#: The figures that have a range, and whether money that went out unnamed could lower them.
RANGED = {"total_sales": False, "gross_profit": True, "net_profit": True, "closing.equity": True}
#: What the period left for loans: profit before wear and interest, less what the household took.
_EARNED = {"net_profit": 1, "loan_interest": 1, "depreciation": 1}
_TAKEN = {"drawings": -1, "goods_taken_by_owner": -1}
#: The positions that working capital is worked out from.
_TIED_UP = ("inventory", "receivables", "prepayments", "payables", "advances")
_SPENT = "unknown_out"
Weights = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Range:
    """*low* ≤ figure ≤ *high* in minor units, as far as what is known to be open goes."""

    low: int
    high: int


def ranges(ledger: Ledger, transactions: pd.DataFrame) -> dict[str, Range]:
    """The range of each figure of ``RANGED`` that is known, by name.

    Three things leave a figure open. Answers are known to half of the last place they were said in; they pass through
    the roads by which the figure was found, and independent errors add by squares. A line whose name was guessed, or
    that has none, may be something else: the figure may lose it, or gain one that stands elsewhere. What no file shows
    (``ledger.reach``) may be sales or costs.
    """
    room, found = Room(ledger), {}
    rows = _open_lines(ledger, transactions)
    for name, lowered in RANGED.items():
        value = ledger.value(name)
        if value is not None:
            less, more = room.of({name: 1}, rows, lowered=lowered)
            found[name] = Range(value - less, value + more)
    return found


def left_open(ledger: Ledger, transactions: pd.DataFrame, *, taken: bool) -> tuple[int, int] | None:
    """How much less and how much more than found the period may have left for loans, minor units.

    *taken*: what the household takes is found from the books, not said by the owner. Money that went out unexplained
    counts as spent already, so it can only leave more. None where the profit is not known.
    """
    if ledger.value("net_profit") is None:
        return None
    rows = _open_lines(ledger, transactions)
    spent = rows["category"] == _SPENT
    less, more = Room(ledger).of(_EARNED | (_TAKEN if taken else {}), rows[~spent], lowered=True)
    return less, more - int(rows.loc[spent, "amount"].sum())


def balances_open(ledger: Ledger) -> int:
    """How far the balances that a trade ties up are left open, minor units.

    Half of each end enters the average. One that nobody knows may be nothing, or twice the other; what no file shows
    may belong to any of them, in proportion.
    """
    room = Room(ledger)
    ends = [[ledger.figure(f"{end}.{key}").value for end in ("opening", "closing")] for key in _TIED_UP]
    said = [Fraction(max(room.said({f"{end}.{key}": 1})), 2) for key in _TIED_UP for end in ("opening", "closing")]
    guess = [Fraction(abs(a or b or 0), 2) for a, b in ends if (a is None) != (b is None)]
    held = sum(abs(value or 0) for pair in ends for value in pair) // 2
    return together(*said, *guess) + whole((1 / ledger.known.reach.flows - 1) * held)


def _open_lines(ledger: Ledger, transactions: pd.DataFrame) -> pd.DataFrame:
    return transactions[transactions["id"].isin(ledger.known.guessed) & (transactions["set_aside"] == "")]


@dataclass(frozen=True)
class Room:
    """How far sums of a ledger's figures are open."""

    ledger: Ledger

    def of(self, sums: Weights, rows: pd.DataFrame, *, lowered: bool) -> tuple[int, int]:
        """How much less and more Σ weight × figure may be, minor units; *rows* are the lines that are open."""
        slopes = self.slopes(sums)
        less, more = self.said(sums)
        lost, gained = _guessed(slopes, rows, lowered=lowered)
        known = self.ledger.known
        unseen = known.reach.beyond + known.doubted
        return less + lost + (unseen if lowered else known.doubted), more + gained + unseen

    def slopes(self, sums: Weights) -> dict[str, Fraction]:
        """How much the sum moves for each minor unit of every fact."""
        figures, found = self.ledger.solution.figures, dict[str, Fraction]()
        for name, weight in sums.items():
            if self.ledger.value(name) is not None:
                for fact, slope in gradient(name, figures).items():
                    found[fact] = found.get(fact, Fraction(0)) + weight * slope
        return {fact: slope for fact, slope in found.items() if slope}

    def said(self, sums: Weights) -> tuple[int, int]:
        """How far answers in round sums, and a margin in round shares, leave the sum open downwards and upwards."""
        figures = self.ledger.solution.figures
        errors = [
            slope * half_step(figures[fact].value or 0) for fact, slope in self.slopes(sums).items()
            if figures[fact].source not in ("", "lines") and not figures[fact].source.startswith("rule:")
        ]
        moved = [self._sum(sums, other) - self._sum(sums, self.ledger.solution) for other in self.margins]
        apart = sum(map(abs, self.ledger.solution.differences.values()))
        less, more = -min([0, *moved]), max([0, *moved])
        return together(*errors, less) + apart, together(*errors, more) + apart

    @cached_property
    def margins(self) -> tuple[Solution, ...]:
        """What would follow from a margin half a step lower, and half a step higher, than the one said."""
        known = self.ledger.known
        half = half_share(known.margin[0]) if known.margin else 0
        if known.margin is None or not half:
            return ()
        return tuple(with_margin(known, share) for share in (known.margin[0] - half, known.margin[0] + half)
                     if 0 <= share < 1)

    def _sum(self, sums: Weights, solution: Solution) -> int:
        """Σ weight × figure in *solution*; one unknown there stays as it was found."""
        values = ((w, solution.value(n), self.ledger.value(n) or 0) for n, w in sums.items())
        return sum(w * (here if there is None else there) for w, there, here in values)


def _guessed(slopes: Mapping[str, Fraction], rows: pd.DataFrame, *, lowered: bool) -> tuple[int, int]:
    """What the figure may lose and gain where guessed lines are something else; both zero or more, minor units."""
    lost = gained = Fraction(0)
    fee = Fraction(shipped().number("payout_fee_most"))
    for category, amount, reason in zip(rows["category"], rows["amount"].tolist(), rows["reason"], strict=True):
        effect = _slope(category, slopes) * amount
        if reason.startswith(f"rule:{PAID_NET}"):
            gained += max(effect, 0) * fee / (1 - fee)  # what was sold is certain but for what the firm took off
        elif effect:
            lost, gained = lost + max(effect, 0), gained + max(-effect, 0)
        elif amount > 0:
            gained += amount
        elif lowered:
            lost -= amount
    return whole(lost), whole(gained)


def _slope(category: str, slopes: Mapping[str, Fraction]) -> Fraction:
    """How much the figure moves for each minor unit that enters an account under *category*."""
    control = categories()[category].control
    entry = variables().get(control)
    if entry is None or not entry.cash:
        return slopes.get(control, Fraction(0))
    return slopes.get(f"{control}.lines", Fraction(0)) * (1 if entry.cash == "in" else -1)
