"""A check: two sides from different roads, how far apart they are, and one of four outcomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from recon.core.money import to_text
from recon.core.words import say

Group = Literal["articulation", "cross", "authenticity", "evidence"]
Outcome = Literal["pass", "explain", "fail", "cannot_judge"]
Unit = Literal["money", "ratio", "count", "days", "turns"]
Amount = int | Decimal
#: From best to worst: the worst part of a check decides.
RANK: tuple[Outcome, ...] = ("pass", "cannot_judge", "explain", "fail")


@dataclass(frozen=True, slots=True)
class Words:
    """A name in both languages, as a parameter of a sentence."""

    zh: str
    en: str

    def tell(self, language: str) -> str:
        """The name in *language*."""
        return self.zh if language == "zh-CN" else self.en


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence of ``templates/words`` under ``because.<code>``, and what it is filled with (amounts as text)."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def tell(self, language: str) -> str:
        """The sentence in *language*."""
        said = {key: v.tell(language) if isinstance(v, Words) else v for key, v in self.params.items()}
        return say(language, f"because.{self.code}", **said)


@dataclass(frozen=True, slots=True)
class Part:
    """One comparison of a check that has several; minor units, None where unknown.

    *left* and *right* are the texts of the two expressions (``recon.statements.expression``), *relation* = or >=.
    """

    title: Words
    left: str
    relation: str
    right: str
    expected: int | None
    actual: int | None


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        id: ``K01`` … or a name; programs go by it.
        group: articulation proves no truth and is never counted with the others.
        outcome: pass, explain (a person should ask), fail, or cannot_judge.
        title: what it tests.
        expected, actual: the two sides; int minor units for money, Decimal for ratios, None where unknown.
        difference: actual − expected.
        tolerance: how far apart they may be and still pass, in the same unit.
        unit: money, ratio, count, days or turns.
        because: why this outcome, in sentences.
        sources: where the sides come from: files, keys of the case form, statement lines.
        parts: the comparisons with their expressions for a live workbook; empty where code computes the sides.
    """

    id: str
    group: Group
    outcome: Outcome
    title: Words
    expected: Amount | None = None
    actual: Amount | None = None
    tolerance: Amount = 0
    unit: Unit = "money"
    because: tuple[Reason, ...] = ()
    sources: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def difference(self) -> Amount | None:
        """Actual − expected; None where a side is unknown."""
        if self.actual is None or self.expected is None:
            return None
        return self.actual - self.expected

    def tell(self, language: str) -> str:
        """Why, in *language*."""
        return ("" if language == "zh-CN" else " ").join(reason.tell(language) for reason in self.because)

    def as_json(self, *, language: str, places: int) -> dict[str, Any]:
        """One entry of ``books.json``'s ``checks``: money in major units with *places* decimals, unknown is None."""
        sides = {name: self._text(getattr(self, name), places) for name in ("expected", "actual", "difference")}
        return {
            "id": self.id, "group": self.group, "outcome": self.outcome, "title": self.title.tell(language), **sides,
            "tolerance": self._text(self.tolerance, places), "unit": self.unit, "because": self.tell(language),
            "sources": list(self.sources),
        }

    def _text(self, value: Amount | None, places: int) -> str | None:
        if value is None:
            return None
        return to_text(int(value), places) if self.unit == "money" else str(value)
