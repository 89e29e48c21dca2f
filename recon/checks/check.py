"""A check: two sides from different roads, how far apart they are, and one of four outcomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from recon.core.finding import Words
from recon.core.money import from_decimal, to_display, to_text
from recon.core.words import say, told
from recon.statements.book import Statements

Group = Literal["articulation", "cross", "authenticity", "evidence"]
Outcome = Literal["pass", "explain", "fail", "cannot_judge"]
Unit = Literal["money", "ratio", "count", "days", "turns"]
Amount = int | Decimal
#: From best to worst: the worst part of a check decides.
RANK: tuple[Outcome, ...] = ("pass", "cannot_judge", "explain", "fail")


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence of ``templates/words`` under ``because.<code>``, and what it is filled with (amounts as text)."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def tell(self, language: str) -> str:
        """The sentence in *language*."""
        return say(language, f"because.{self.code}", **told(language, self.params))


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
class Explanation:
    """What would explain a difference: sentence ``explanation.<code>``, how much of it, and the lines that say so.

    *amount* is in minor units, None where only the pattern is known; *rows* are ids of lines.
    """

    code: str
    amount: int | None = None
    rows: tuple[str, ...] = ()

    def tell(self, language: str, places: int) -> str:
        """The sentence in *language*, then its amount and its first lines where there are any."""
        text = say(language, f"explanation.{self.code}")
        if self.amount is not None:
            text += say(language, "explanation_part.amount", amount=to_display(self.amount, places))
        if self.rows:
            text += say(language, "explanation_part.rows", count=len(self.rows), rows=", ".join(self.rows[:5]))
        return text


@dataclass(frozen=True, slots=True)
class Moved:
    """A statement line before and after a correction; minor units."""

    statement: str
    number: int
    title: Words
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Move:
    """How a finding would travel through the statements if it were true.

    Attributes:
        risk: row of ``templates/checks/risks.tsv``.
        title: what would be corrected.
        amount: minor units, > 0.
        lines: every statement line that changes.
        after: the corrected statements.
        need: figures of the need before and after by name, exact text; filled in by ``recon.need.travel``.
    """

    risk: str
    title: Words
    amount: int
    lines: tuple[Moved, ...]
    after: Statements = field(repr=False, compare=False)
    need: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)

    def tell(self, language: str, places: int) -> str:
        """What would be corrected, by how much, and the lines that a reader looks at first."""
        shown = [line for line in self.lines if (line.statement, line.number) in _FIRST]
        words = say(language, "move.lead", risk=self.title.tell(language), amount=to_display(self.amount, places))
        said = [
            say(language, "move.line", name=line.title.tell(language), before=to_display(line.before, places),
                after=to_display(line.after, places))
            for line in shown
        ]
        if "new_limit" in self.need and None not in self.need["new_limit"]:
            before, after = (to_display(from_decimal(str(v), places), places) for v in self.need["new_limit"])
            said.append(say(language, "move.line", name=say(language, "move.need"), before=before, after=after))
        return words + ("；" if language == "zh-CN" else "; ").join(said) + ("。" if language == "zh-CN" else ".")


#: Lines that a correction's sentence names: sales, profit, borrowings, stock, equity, operating and financing cash.
_FIRST = {
    ("income_statement", 1), ("income_statement", 2), ("income_statement", 32), ("balance_sheet", 1),
    ("balance_sheet", 4), ("balance_sheet", 9), ("balance_sheet", 31), ("balance_sheet", 52), ("cash_flow", 7),
    ("cash_flow", 19),
}


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
        rows: ids of the lines that it is about.
        amount: minor units that would have to be corrected, where that is not the difference itself.
        explanations: what would explain it, the likeliest first; only where it failed or is to be explained.
        move: what its correction would change; only there too.
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
    rows: tuple[str, ...] = ()
    amount: int | None = None
    explanations: tuple[Explanation, ...] = ()
    move: Move | None = None

    @property
    def at_stake(self) -> int | None:
        """Minor units that would have to be corrected: *amount*, else the difference of a check of money."""
        if self.amount is not None or self.unit != "money" or self.difference is None:
            return self.amount
        return int(self.difference)

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
            "sources": list(self.sources), "rows": list(self.rows),
            "explanations": [
                {"code": each.code, "text": each.tell(language, places), "rows": list(each.rows),
                 "amount": None if each.amount is None else to_text(each.amount, places)}
                for each in self.explanations
            ],
            "moves": None if self.move is None else _moves(self.move, language, places),
        }

    def _text(self, value: Amount | None, places: int) -> str | None:
        if value is None:
            return None
        return to_text(int(value), places) if self.unit == "money" else str(value)


def _moves(move: Move, language: str, places: int) -> dict[str, Any]:
    """A correction for programs: every line and figure of the need, before and after."""
    return {
        "risk": move.risk, "title": move.title.tell(language), "text": move.tell(language, places),
        "amount": to_text(move.amount, places),
        "lines": [
            {"statement": line.statement, "line": line.number, "zh": line.title.zh, "en": line.title.en,
             "before": to_text(line.before, places), "after": to_text(line.after, places)}
            for line in move.lines
        ],
        "need": {name: {"before": before, "after": after} for name, (before, after) in move.need.items()},
    }
