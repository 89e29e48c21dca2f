"""One small language for figures made of figures: the same text gives Python's number and the workbook's formula.

``B15`` closing of balance-sheet line 15, ``B15.open`` its opening, ``B15.avg`` the mean of both, ``B15.change`` closing
less opening; ``I1`` and ``C3`` the period's amount of an income-statement or cash-flow line; ``{closing.receivables}``
a ledger variable or position; ``[days_in_year]`` a setting or named answer of the case; ``turns`` another result of the
same table; numbers, ``+ - * / ( )``, ``min max abs``, ``per(a, b)`` (a ÷ b, zero where a is zero) and ``first(a, b)``
(the first that is known).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeAlias

from recon.core.errors import ReconError
from recon.core.knowledge import folder, table
from recon.core.source import Source

VIEWS = ("close", "open", "avg", "change")
STATEMENT = {"B": "balance_sheet", "I": "income_statement", "C": "cash_flow"}
#: Functions by name and how many arguments they take at least.
FUNCTIONS = {"min": 1, "max": 1, "abs": 1, "per": 2, "first": 1}
_MOST = {"abs": 1, "per": 2}
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<line>[BIC]\d+(?:\.[a-z]+)?)(?![\w.])|\{(?P<variable>[\w.]+)\}"
    r"|\[(?P<answer>[\w.]+)\]|(?P<name>[a-z_]\w*)|(?P<sign>[-+*/(),]))"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class LineOf:
    """A statement line: *form* B, I or C, *view* one of ``VIEWS`` (``close`` is also an I or C line's amount)."""

    form: str
    number: int
    view: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable or position of the ledger."""

    name: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A setting or a named answer of the case."""

    name: str


@dataclass(frozen=True, slots=True)
class Name:
    """Another result of the same table."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """``+ - * /`` of two, ``neg`` of one, or one of ``FUNCTIONS``."""

    kind: str
    parts: tuple["Node", ...]


Node: TypeAlias = Number | LineOf | Variable | Answer | Name | Operation
Value: TypeAlias = Fraction | None


class Scope(Protocol):
    """Where an expression's figures come from; money in minor units, None where unknown."""

    def line(self, form: str, number: int, view: str) -> Value:
        """A statement line; *form* B, I or C, *view* one of ``VIEWS``."""

    def variable(self, name: str) -> Value:
        """A ledger variable or position."""

    def answer(self, name: str) -> Value:
        """A setting or named answer."""

    def name(self, name: str) -> Value:
        """Another result of the same table."""


def parse(text: str, place: Source | None = None) -> Node:
    """The tree of *text*.

    Raises:
        ReconError: ``bad_expression``, naming *place* (file and line) and where the reading stopped.
    """
    return _Parser(text, place or Source()).whole()


class _Parser:
    """Recursive descent over the tokens of one expression."""

    def __init__(self, text: str, place: Source) -> None:
        self.text, self.place = text, place
        self.tokens = list(self._tokens())
        self.at = 0

    def whole(self) -> Node:
        node = self._sum()
        if self.at < len(self.tokens):
            raise self._wrong(self.tokens[self.at][1])
        return node

    def _tokens(self) -> Iterator[tuple[str, str]]:
        at, end = 0, len(self.text.rstrip())
        while at < end:
            found = _TOKEN.match(self.text, at)
            if found is None:
                raise self._wrong(self.text[at:].strip())
            kind = found.lastgroup or ""
            yield kind, found[kind]
            at = found.end()

    def _wrong(self, near: str) -> ReconError:
        return ReconError("bad_expression", self.place, expression=self.text, near=near)

    def _take(self, *signs: str) -> str:
        """The next token if it is one of *signs*, else an empty string."""
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "sign" and self.tokens[self.at][1] in signs:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise self._wrong(self.tokens[self.at][1] if self.at < len(self.tokens) else "…")

    def _sum(self) -> Node:
        node = self._product()
        while sign := self._take("+", "-"):
            node = Operation(sign, (node, self._product()))
        return node

    def _product(self) -> Node:
        node = self._factor()
        while sign := self._take("*", "/"):
            node = Operation(sign, (node, self._factor()))
        return node

    def _factor(self) -> Node:
        if self._take("-"):
            return Operation("neg", (self._factor(),))
        if self._take("("):
            node = self._sum()
            self._need(")")
            return node
        if self.at >= len(self.tokens):
            raise self._wrong("…")
        kind, word = self.tokens[self.at]
        self.at += 1
        if kind == "name" and word in FUNCTIONS:
            return self._call(word)
        return self._leaf(kind, word)

    def _call(self, name: str) -> Node:
        self._need("(")
        parts = [self._sum()]
        while self._take(","):
            parts.append(self._sum())
        self._need(")")
        if not FUNCTIONS[name] <= len(parts) <= _MOST.get(name, len(parts)):
            raise self._wrong(name)
        return Operation(name, tuple(parts))

    def _leaf(self, kind: str, word: str) -> Node:
        makers: dict[str, Callable[[str], Node]] = {
            "number": lambda text: Number(Fraction(text)), "line": self._line, "variable": Variable, "answer": Answer,
            "name": Name,
        }
        if kind not in makers:
            raise self._wrong(word)
        return makers[kind](word)

    def _line(self, word: str) -> Node:
        number, _, view = word[1:].partition(".")
        if view and (view not in VIEWS or word[0] != "B"):
            raise self._wrong(word)
        return LineOf(word[0], int(number), view or "close")


def evaluate(node: Node, scope: Scope) -> Value:
    """The exact value of *node*; None where a part is unknown or a divisor is zero."""
    match node:
        case Number(value):
            return value
        case LineOf(form, number, view):
            return scope.line(form, number, view)
        case Variable(name):
            return scope.variable(name)
        case Answer(name):
            return scope.answer(name)
        case Name(name):
            return scope.name(name)
        case Operation(kind, parts):
            return _apply(kind, [evaluate(part, scope) for part in parts])


def _apply(kind: str, values: list[Value]) -> Value:
    known = [v for v in values if v is not None]
    if kind == "first":
        return known[0] if known else None
    return _OPERATIONS[kind](known) if len(known) == len(values) else None


def _over(numerator: Fraction, denominator: Fraction) -> Value:
    return numerator / denominator if denominator else None


_OPERATIONS: dict[str, Callable[[list[Fraction]], Value]] = {
    "+": lambda v: v[0] + v[1],
    "-": lambda v: v[0] - v[1],
    "*": lambda v: v[0] * v[1],
    "/": lambda v: _over(v[0], v[1]),
    "neg": lambda v: -v[0],
    "min": min,
    "max": max,
    "abs": lambda v: abs(v[0]),
    "per": lambda v: _over(v[0], v[1]) if v[0] else Fraction(0),
}


def leaves(node: Node) -> Iterator[Node]:
    """Everything that *node* refers to, from left to right."""
    if isinstance(node, Operation):
        for part in node.parts:
            yield from leaves(part)
    else:
        yield node


def rows(name: str, columns: tuple[str, ...]) -> Iterator[tuple[Mapping[str, str], Source]]:
    """Rows of ``templates/<name>`` with the place of each, for messages about the expressions in them."""
    found = table(name, columns)
    text = (folder("templates") / name).read_text(encoding="utf-8-sig")
    numbers = [n for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    for row, number in zip(found, numbers[1:], strict=True):
        yield row, Source(name, 0, number)
