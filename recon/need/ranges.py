"""Between which amounts each main figure lies: round answers, guessed names and missing files leave it open so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from recon.checks.desk import whole
from recon.checks.rounding import half_share, half_step, together
from recon.classify.categories import categories
from recon.ledger.build import Ledger
from recon.ledger.chart import variables
from recon.ledger.control import Figure

#: The figures that have a range, and whether money that went out unnamed could lower them.
RANGED = {"total_sales": False, "gross_profit": True, "net_profit": True, "closing.equity": True}
#: The positions that working capital is worked out from.
_TIED_UP = ("inventory", "receivables", "prepayments", "payables", "advances")


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
    (``ledger.reach``) may be sales or costs of the same rate as what the files show.
    """
    rows = transactions[transactions["id"].isin(ledger.known.guessed) & (transactions["set_aside"] == "")]
    return {
        name: _range(name, figure.value, ledger, rows, lowered=lowered)
        for name, lowered in RANGED.items() if (figure := ledger.figure(name)).value is not None
    }


def balances_open(ledger: Ledger) -> int:
    """How far the balances that a trade ties up are left open, minor units.

    Each is known to half of the last place it was said in, and half of each end enters the average; what no file shows
    may belong to any of them, in proportion.
    """
    figures = [ledger.figure(f"{end}.{key}") for key in _TIED_UP for end in ("opening", "closing")]
    said = [Fraction(half_step(f.value), 2) for f in figures if f.value and f.source.startswith(("opening", "closing"))]
    held = sum(abs(f.value or 0) for f in figures) // 2
    return together(*said) + whole((1 / ledger.known.reach.flows - 1) * held)


def _range(name: str, value: int, ledger: Ledger, rows: pd.DataFrame, *, lowered: bool) -> Range:
    slopes = gradient(name, ledger.solution.figures)
    said = _said(slopes, ledger)
    lost, gained = _guessed(slopes, rows, lowered=lowered)
    unseen = _unseen(ledger)
    return Range(value - said - lost - (unseen if lowered else 0), value + said + gained + unseen)


def gradient(name: str, figures: Mapping[str, Figure]) -> dict[str, Fraction]:
    """How much *name* moves for each minor unit of every fact that it was found from."""
    found: dict[str, Fraction] = {}
    pending = {name: Fraction(1)}
    for each in _found_last(name, figures):
        slope = pending.pop(each, Fraction(0))
        if not figures[each].terms:
            found[each] = slope
        for coefficient, of in figures[each].terms:
            pending[of] = pending.get(of, Fraction(0)) + slope * coefficient
    return {fact: slope for fact, slope in found.items() if slope}


def _found_last(name: str, figures: Mapping[str, Figure]) -> list[str]:
    """*name* and all that it rests on, each before what it was found from."""
    done: dict[str, None] = {}

    def visit(each: str) -> None:
        if each not in done:
            for _, of in figures[each].terms:
                visit(of)
            done[each] = None

    visit(name)
    return list(reversed(done))


def _said(slopes: Mapping[str, Fraction], ledger: Ledger) -> int:
    """How far answers in round sums, and a margin in round shares, leave the figure open."""
    figures = ledger.solution.figures
    errors = [
        slope * half_step(figures[fact].value or 0) for fact, slope in slopes.items()
        if figures[fact].source not in ("", "lines") and not figures[fact].source.startswith("rule:")
    ]
    if ledger.known.margin and any(f.equation == "margin" for f in figures.values()):
        errors.append(half_share(ledger.known.margin[0]) * (ledger.value("total_sales") or 0))
    return together(*errors) + sum(map(abs, ledger.solution.differences.values()))


def _guessed(slopes: Mapping[str, Fraction], rows: pd.DataFrame, *, lowered: bool) -> tuple[int, int]:
    """What the figure may lose and gain where guessed lines are something else; both zero or more, minor units."""
    lost = gained = Fraction(0)
    for category, amount in zip(rows["category"], rows["amount"].tolist(), strict=True):
        effect = _slope(category, slopes) * amount
        if effect:
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


def _unseen(ledger: Ledger) -> int:
    """What the files not handed in may hold, at the rate of those that were, in minor units of sales."""
    return whole((1 / ledger.known.reach.flows - 1) * abs(ledger.value("total_sales") or 0))
