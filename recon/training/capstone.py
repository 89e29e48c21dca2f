"""The capstone: a business that only the trainee has, judged against a truth that is written nowhere."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from recon.core.errors import ReconError
from recon.core.words import say
from recon.training.check import Hint, Judge, Seal, number
from recon.training.draw import Draw
from recon.training.lessons import Lesson
from recon.training.need import sound
from recon.training.shop import MONTHS, own_business, own_truth

Facts = Mapping[str, Any]
#: What the owner may have talked up, each with the factor by which.
LIES = {"monthly_sales": Decimal("1.5"), "monthly_profit": Decimal("2.2"), "good_day": Decimal("1.8")}
_HUNDRED = 100
#: How far, in per cent, an answer may be from the truth, for evidence never shows all of it.
TOLERANCE = {"effective_revenue": 3, "total_sales": 3, "net_profit": 10, "closing_equity": 5}


@cache
def business(seed: int | str, language: str) -> Path:
    """The trainee's case folder, with one answer of the interview talked up."""
    folder = own_business(seed, language)
    form = folder / "case.toml"
    told, lie = form.read_text(encoding="utf-8"), lie_of(seed, language)
    form.write_text(re.sub(rf'^({lie} = ")([\d.]+)(")', lambda m: f"{m[1]}{_more(m[2], lie)}{m[3]}", told, count=1,
                           flags=re.MULTILINE), encoding="utf-8")
    return folder


def lie_of(seed: int | str, language: str) -> str:
    """Which answer is talked up."""
    return Draw(seed, "capstone/lie", language).pick(*LIES)


def _more(text: str, lie: str) -> str:
    return str((Decimal(text) * LIES[lie]).quantize(Decimal(1)))


@dataclass(frozen=True, slots=True)
class _Truth:
    """True figures in yuan, found only when an answer is checked."""

    seed: int | str

    def __getitem__(self, name: str) -> Fraction:
        return Fraction(own_truth(self.seed).figures[name], _HUNDRED)


def _close_to(name: str) -> Callable[[Draw, Seal], tuple[Facts, Judge]]:
    """An exercise about the true figure *name*."""

    def builder(draw: Draw, _seal: Seal) -> tuple[Facts, Judge]:
        truth, percent = _Truth(draw.seed), TOLERANCE[name]

        def rule(answer: Any) -> Hint | None:
            figure = number(answer)
            if figure is None:
                return Hint("no_number")
            want = truth[name]
            if abs(figure - want) * _HUNDRED <= abs(want) * percent:
                return None
            if abs(figure / _HUNDRED - want) * _HUNDRED <= abs(want) * percent:
                return Hint("minor_units")
            return Hint("too_high" if figure > want else "too_low")

        return {"folder": str(business(draw.seed, draw.language)), "within": f"±{percent}%", "months": MONTHS}, rule

    builder.__name__ = name
    return builder


def lie(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Which answer of the interview does not stand up to the evidence?"""
    options = tuple(LIES)
    return {"options": ", ".join(options)}, seal.choice(lie_of(draw.seed, draw.language), options)


def opinion(_draw: Draw, _seal: Seal) -> tuple[Facts, Judge]:
    """The opinion on one's own case: no more than the evidence carries, and each reason with a figure of the books."""

    def rule(answer: Mapping[str, Any]) -> Hint | None:
        if not isinstance(answer, Mapping) or "facts" not in answer:
            return Hint("no_facts")
        facts = {key: value for key, value in answer["facts"].items() if value is not None}
        if not {"need", "affordable"} <= set(facts):
            return Hint("no_facts")
        if answer.get("verdict") in ("decline", "cannot_judge"):
            return None if answer.get("reasons") else Hint("open_parts", {"parts": "reasons"})
        return sound(answer, facts)

    return {"keys": "verdict, amount, term_months, reasons, conditions, facts"}, rule


EXERCISES = (*(_close_to(name) for name in TOLERANCE), lie, opinion)


def reveal(lesson: Lesson, answers: Mapping[str, Any]) -> pd.DataFrame:
    """The truth beside the trainee's *answers*: a row per figure with answer, truth and how far off, in per cent.

    Raises:
        ReconError: an exercise has not been checked yet; names it.
    """
    open_ = [name for name in lesson if name not in lesson.verdicts
             or lesson.verdicts[name].outcome == "not_answered"]
    if open_:
        raise ReconError("not_finished", exercises=", ".join(open_))
    truth, rows = _Truth(lesson.seed), []
    for name in TOLERANCE:
        figure, want = number(answers[name]), truth[name]
        off = None if figure is None else f"{float((figure - want) / want * _HUNDRED):+.1f}%"
        rows.append((say(lesson.language, f"training.fact.{name}"), None if figure is None else f"{float(figure):,.2f}",
                     f"{float(want):,.2f}", off))
    names = ("figure", "answer", "truth", "off")
    return pd.DataFrame(rows, columns=[say(lesson.language, f"training.column.{name}") for name in names])
