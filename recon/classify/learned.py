"""A statistical suggestion for lines that no rule names: naive Bayes over pieces of words, taught by rules and case.

Text is cut into whole Latin words and their beginnings, and into single Chinese characters and neighbouring pairs of
them: Chinese needs no segmentation for this. The shipped rules teach which pieces go with which category, in one
direction and one trade; every line that a reviewer decided in the case, or that its evidence names, teaches the same
more strongly. Nothing is learned from what the machine itself decided.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from recon.classify.categories import categories
from recon.classify.names import PERSON
from recon.classify.rules import NOTHING_SAID, Line, Verdict, shipped_words
from recon.events.marks import signs

#: What a piece that a category never showed counts for, beside those that it did (Lidstone's smoothing).
_SMOOTH = 0.1
#: How many of the rules' words one line weighs that somebody decided in the case itself.
_CASE = 5
#: Letters of a long Latin word's beginning, and of the shortest word that counts.
_STEM, _SHORTEST = 5, 3
#: The least share of a line's pieces that must have been seen before.
_SEEN = 0.5
#: A suggestion is as sure as this where it just passes, and this much surer where nothing speaks against it.
_SURE, _SURER = 0.55, 0.1
#: A suggestion that is only told is at most as sure as this, below any threshold.
_TOLD = 0.5
#: What likeness only tells of: it would make a debt that nobody named, or cash out of a payment to somebody.
_DEBTS = frozenset({"loan_in", "loan_repaid", "private_loan_in", "private_loan_repaid"})
_CASH = frozenset({"cash_withdrawn", "cash_deposited"})
#: From this probability on a guess that is not followed is worth telling.
_GUESS = 0.5


def pieces(text: str) -> frozenset[str]:
    """What a plain *text* is made of for learning."""
    found = set()
    text = _silent().sub("|", text)
    for word in re.findall(r"[a-z][a-z'&]+", text):
        if len(word) >= _SHORTEST:
            found.add(word)
        if len(word) > _STEM:
            found.add(word[:_STEM] + "~")
    for run in re.findall(r"[一-鿿]+", text):
        found.update(run)
        found.update(run[n:n + 2] for n in range(len(run) - 1))
    return frozenset(found)


@cache
def _silent() -> re.Pattern[str]:
    """Words that stand in payments of every kind."""
    latin, chinese = ([re.escape(w) for w in signs("silent") if w.isascii() == ascii_] for ascii_ in (True, False))
    chinese.sort(key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(latin)})\b|{'|'.join(chinese)}")


@dataclass(frozen=True, slots=True)
class Example:
    """A plain *text* that is known to be of a *category*, counted *weight* times."""

    text: str
    category: str
    weight: int


class Learned:
    """What examples of one direction and trade teach."""

    def __init__(self, examples: Sequence[Example]) -> None:
        """Count the pieces of *examples*."""
        self.categories = sorted({example.category for example in examples})
        column = {category: n for n, category in enumerate(self.categories)}
        self.index: dict[str, int] = {}
        self.examples: dict[str, list[Example]] = defaultdict(list)
        cells: Counter[tuple[int, int]] = Counter()
        for example in examples:
            for piece in pieces(example.text):
                cells[self.index.setdefault(piece, len(self.index)), column[example.category]] += example.weight
                self.examples[piece].append(example)
        counts = np.zeros((len(self.index), len(self.categories)))
        for (row, at), count in cells.items():
            counts[row, at] = count
        total = counts.sum(axis=0)
        self.weights: npt.NDArray[np.float64] = np.log((counts + _SMOOTH) / (total + _SMOOTH * len(self.index)))
        self.prior: npt.NDArray[np.float64] = np.log((total + 1) / (total + 1).sum())

    def likeliest(self, text: str) -> tuple[str, float]:
        """The category of the plain *text* and its probability, 0 where too little of it was ever seen."""
        found = pieces(text)
        known = [piece for piece in sorted(found) if piece in self.index]
        if len(known) < max(1, _SEEN * len(found)) or all(len(piece) == 1 for piece in known):
            return "", 0.0  # a single character tells nothing
        score = self.prior + self.weights[[self.index[piece] for piece in known]].sum(axis=0)
        chance = np.exp(score - score.max())
        best = int(chance.argmax())
        return self.categories[best], float(chance[best] / chance.sum())

    def like(self, text: str, category: str) -> str:
        """The example of *category* that shares most with the plain *text*: what a person is told as the reason."""
        mine = pieces(text)
        near = {example for piece in sorted(mine) for example in self.examples.get(piece, ())}
        same = [example for example in near if example.category == category]
        return min(same, key=lambda e: (-_likeness(mine, pieces(e.text)), e.text)).text if same else ""


def _likeness(one: frozenset[str], two: frozenset[str]) -> float:
    return len(one & two) / len(one | two)


def hints(trade: str, lessons: Mapping[bool, Mapping[str, str]], least: float) -> Callable[[Line], Verdict]:
    """What any line most likely was for, each direction taught at its first use, each line remembered.

    Args:
        trade: of the case form.
        lessons: categories by the plain words of lines that somebody decided, money in (True) and out apart.
        least: probability from which on a suggestion is followed.
    """
    models: dict[bool, Learned] = {}
    known: dict[Line, Verdict] = {}

    def hint(line: Line) -> Verdict:
        if line not in known:
            if line.incoming not in models:
                models[line.incoming] = _taught(trade, line.incoming, lessons[line.incoming])
            known[line] = _suggested(line, models[line.incoming], least)
        return known[line]

    return hint


def _suggested(line: Line, model: Learned, least: float) -> Verdict:
    """What *line* most likely was for, followed from the probability *least* on and at best told below it.

    A person's name teaches nothing and is left out. Revenue is only told: likeness alone makes no income, no debt and,
    beside another party's name, no cash over a counter.
    """
    text = line.words if line.who == PERSON else f"{line.party}|{line.words}"
    category, chance = model.likeliest(text)
    if chance < min(_GUESS, least):
        return NOTHING_SAID
    apart = category in _DEBTS or (category in _CASH and bool(line.party))
    follows = chance >= least and categories()[category].effective == "no" and not apart
    sure = _SURE + _SURER * (chance - least) / (1 - least) if follows else chance * _TOLD
    return Verdict(category, f"learned {model.like(text, category)}", round(sure, 3))


def _taught(trade: str, incoming: bool, decided: Mapping[str, str]) -> Learned:  # noqa: FBT001 - a direction
    """What the shipped rules teach for *trade* and one direction, and the plain texts *decided* in the case."""
    own = tuple(Example(text, category, _CASE) for text, category in decided.items())
    return Learned((*_shipped(trade, incoming), *own)) if own else _unaided(trade, incoming)


@cache
def _unaided(trade: str, incoming: bool) -> Learned:  # noqa: FBT001 - a direction
    return Learned(_shipped(trade, incoming))


@cache
def _shipped(trade: str, incoming: bool) -> tuple[Example, ...]:  # noqa: FBT001 - a direction
    words = shipped_words(trade, incoming=incoming)
    return tuple(Example(w, category, 1) for w, category in words.items() if not category.startswith("unknown"))
