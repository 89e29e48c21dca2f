"""Exercises that check themselves: not answered, right, or wrong with a hint, and no answer to be found.

An answer is kept as digests under a key of the exercise and the trainee's seed, or judged by a property that every
right answer has. Typical slips are digests too, so that a wrong answer gets the hint that belongs to it.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from html import escape
from typing import Any, Literal

from recon.case.html import COLOURS
from recon.core.words import known, say

Outcome = Literal["not_answered", "right", "wrong"]
Exact = int | Decimal | Fraction
#: Digits of the longest figure that anybody means.
_LONGEST = 60
_COLOUR = {"not_answered": "open", "right": "good", "wrong": "bad"}
_SIGN = {"not_answered": "○", "right": "✓", "wrong": "✗"}


@dataclass(frozen=True, slots=True)
class Hint:
    """Why an answer is not right: a sentence's key and what it is filled with."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


#: Tells what is wrong with an answer; None where it is right.
Judge = Callable[[Any], Hint | None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check says of one answer; a notebook shows it with a sign, a word and a colour.

    Attributes:
        exercise: its name.
        outcome: not_answered, right or wrong.
        text: one sentence: what to do, praise, or the hint.
        language: zh-CN or en.
    """

    exercise: str
    outcome: Outcome
    text: str
    language: str

    @property
    def title(self) -> str:
        """The outcome as a word."""
        return say(self.language, f"training.outcome.{self.outcome}")

    def __repr__(self) -> str:
        """``✓ right: …`` for a terminal."""
        return f"{_SIGN[self.outcome]} {self.title}  {self.text}"

    def _repr_html_(self) -> str:
        colour = COLOURS[_COLOUR[self.outcome]]
        return (
            f'<div style="border-left:4px solid {colour};padding:.3em .8em;max-width:60em">'
            f'<b style="background:{colour};color:#fff;border-radius:3px;padding:0 .5em">'
            f"{_SIGN[self.outcome]} {escape(self.title)}</b> {escape(self.text)}</div>"
        )


def unanswered(answer: Any) -> bool:
    """Whether nothing has been filled in: None, ``...``, an empty text or collection, or one of nothing else."""
    if answer is None or answer is Ellipsis:
        return True
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, Mapping):
        return all(unanswered(part) for part in answer.values())
    if isinstance(answer, list | tuple | set | frozenset):
        return all(unanswered(part) for part in answer)
    return False


def judge(exercise: str, prefix: str, rule: Judge, answer: Any, language: str) -> Verdict:
    """What *rule* says of *answer* as a sentence; a hint is looked up under *prefix*, else among the general ones."""
    if unanswered(answer):
        return Verdict(exercise, "not_answered", say(language, "training.not_answered"), language)
    try:
        hint = rule(answer)
    except Exception as slip:  # noqa: BLE001 - a trainee's answer may be anything, and its own code may raise anything
        hint = Hint("broken", {"detail": f"{type(slip).__name__}: {slip}"})
    if hint is None:
        return Verdict(exercise, "right", say(language, "training.right"), language)
    return Verdict(exercise, "wrong", _sentence(prefix, hint, language), language)


def _sentence(prefix: str, hint: Hint, language: str) -> str:
    """A hint as the exercise itself says it, else as all exercises say it; of a part, which one and how it goes."""
    inner = hint.params.get("inner")
    if isinstance(inner, Hint):
        own = f"{prefix}.{hint.params['part']}"
        said = _sentence(own if known(f"{own}.{inner.code}") else prefix, inner, language)
        return say(language, "training.hint.part", **{**hint.params, "inner": said})
    own = f"{prefix}.{hint.code}"
    return say(language, own if known(own) else f"training.hint.{hint.code}", **hint.params)


def number(value: Any) -> Fraction | None:
    """A trainee's figure, exactly: 1234.5, ``"1,234.50"``, ``"58%"``, Decimal, a numpy number; None if it is none."""
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, bool) or not isinstance(plain, str | int | float | Decimal | Fraction):
        return None
    text = plain if isinstance(plain, str) else str(plain)
    for mark in (",", "，", "¥", "￥", "元"):
        text = text.replace(mark, "")
    text = text.strip()
    if isinstance(plain, Fraction) or len(text) > _LONGEST:
        return plain if isinstance(plain, Fraction) else None
    try:
        read = Decimal(text.rstrip("%％"))
    except InvalidOperation:
        return None
    if not read.is_finite() or abs(read.adjusted()) > _LONGEST:
        return None
    return Fraction(read) / (100 if text.endswith(("%", "％")) else 1)


def rounded(value: Exact, places: int) -> int:
    """*value* in units of its last place, half away from zero: ``rounded(Decimal("2.345"), 2)`` is 235."""
    scaled = Fraction(value) * 10**places
    exact = Decimal(scaled.numerator) / Decimal(scaled.denominator)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


class Seal:
    """Makes judges whose answers are digests under one key."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def _digest(self, *what: object) -> str:
        text = "\x1f".join(str(part) for part in what)
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    def number(self, right: Exact, places: int = 2, within: int = 0, **slips: Exact) -> Judge:
        """A figure right to *within* units of its last place; *slips* are typical wrong figures by the hint's code."""
        sealed = {self._digest(rounded(right, places) + off): "" for off in range(-within, within + 1)}
        common = {"sign": -right, "minor_units": right * 100, "too_small": Fraction(right) / 100}
        for code, wrong in {**common, **slips}.items():
            sealed.setdefault(self._digest(rounded(wrong, places)), code)

        def rule(answer: Any) -> Hint | None:
            figure = number(answer)
            if figure is None:
                return Hint("no_number")
            code = sealed.get(self._digest(rounded(figure, places)), "other")
            return Hint(code) if code else None

        return rule

    def choice(self, right: str, options: Iterable[str], **slips: str) -> Judge:
        """One of *options*; *slips* are hints for particular wrong ones."""
        allowed = tuple(options)
        sealed = {self._digest(right): "", **{self._digest(wrong): code for code, wrong in slips.items()}}

        def rule(answer: Any) -> Hint | None:
            text = str(answer).strip()
            if text not in allowed:
                return Hint("options", {"options": ", ".join(allowed)})
            code = sealed.get(self._digest(text), "other")
            return Hint(code) if code else None

        return rule

    def members(self, right: Iterable[object]) -> Judge:
        """A collection without order; says how many are right, which one is not, and how many are missing."""
        sealed = {self._digest(_plain(each)) for each in right}

        def rule(answer: Any) -> Hint | None:
            given = answer.tolist() if hasattr(answer, "tolist") else answer
            if isinstance(given, str) or not hasattr(given, "__iter__"):
                given = [given]
            texts = {_plain(each): each for each in given}
            wrong = next((each for text, each in texts.items() if self._digest(text) not in sealed), None)
            good = sum(self._digest(text) in sealed for text in texts)
            if wrong is not None:
                return Hint("not_a_member", {"wrong": wrong, "good": good, "count": len(sealed)})
            return None if good == len(sealed) else Hint("more_members", {"good": good, "count": len(sealed)})

        return rule


def _listed(names: Iterable[object]) -> str:
    return ", ".join(str(name) for name in names)


def _plain(part: object) -> str:
    """A member as text: a pair without its order, a number without its type."""
    if isinstance(part, tuple | list | set | frozenset):
        return "|".join(sorted(_plain(one) for one in part))
    figure = number(part)
    return str(part).strip() if figure is None else str(figure)


def each(parts: Mapping[Any, Judge]) -> Judge:
    """An answer of several named parts, every one judged by itself; the first that is wrong gives the hint."""

    def rule(answer: Any) -> Hint | None:
        if not isinstance(answer, Mapping):
            return Hint("no_mapping", {"keys": _listed(parts)})
        strange = next((key for key in answer if key not in parts), None)
        if strange is not None:
            return Hint("strange_part", {"part": strange, "keys": _listed(parts)})
        open_ = [key for key in parts if unanswered(answer.get(key))]
        if open_:
            return Hint("open_parts", {"parts": _listed(open_)})
        hints = {key: part(answer[key]) for key, part in parts.items()}
        first = next(((key, hint) for key, hint in hints.items() if hint is not None), None)
        if first is None:
            return None
        good = sum(hint is None for hint in hints.values())
        return Hint("part", {"part": first[0], "inner": first[1], "good": good, "count": len(parts)})

    return rule
