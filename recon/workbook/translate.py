"""Expressions of checks and need (``recon.statements.expression``) as formulas over the workbook's cells."""

from collections.abc import Mapping
from fractions import Fraction

from recon.statements.expression import (
    Answer,
    LineOf,
    Name,
    Node,
    Number,
    Operation,
    Scope,
    Variable,
    evaluate,
    leaves,
    parse,
)
from recon.workbook.model import OPENING, TOTAL, Model
from recon.workbook.plan import a1, quoted

_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}
_ATOM, _NEGATED = 9, 3


class Translator:
    """Turns trees into formulas; what is unknown when the workbook is made is decided here, not in the sheet."""

    def __init__(self, model: Model, scope: Scope) -> None:
        self.model, self.scope = model, scope

    def formula(self, text: str, names: Mapping[str, str] | None = None, scope: Scope | None = None) -> str:
        """The formula of an expression.

        Args:
            text: the expression.
            names: cell of each result of the table so far.
            scope: where values come from, to choose among what is known.
        """
        return f"={self._write(parse(text), names or {}, scope or self.scope)[0]}"

    def _write(self, node: Node, names: Mapping[str, str], scope: Scope) -> tuple[str, int]:
        """Formula text and how tightly it binds."""
        match node:
            case Number(value):
                return _number(value), _ATOM
            case LineOf(form, number, view):
                return self._line(form, number, view)
            case Variable(name):
                return self.model.homes[name], _ATOM
            case Answer(name):
                return self.model.answers[name], _ATOM
            case Name(name):
                return names[name], _ATOM
            case Operation(kind, parts):
                return self._operation(kind, parts, names, scope)

    def _line(self, form: str, number: int, view: str) -> tuple[str, int]:
        sheet, row = self.model.lines[form, number]
        opening, closing = (f"{quoted(sheet.name)}!{a1(row, c)}" for c in (OPENING, TOTAL))
        texts = {"close": (closing, _ATOM), "open": (opening, _ATOM), "avg": (f"({opening}+{closing})/2", 2),
                 "change": (f"{closing}-{opening}", 1)}
        return texts[view]

    def _operation(
        self, kind: str, parts: tuple[Node, ...], names: Mapping[str, str], scope: Scope
    ) -> tuple[str, int]:
        if kind == "first":
            known = next((part for part in parts if evaluate(part, scope) is not None), parts[0])
            return self._write(known, names, scope)
        written = [self._write(part, names, scope) for part in parts]
        if kind == "neg":
            return f"-{_bracket(written[0], _NEGATED)}", _NEGATED
        if kind in _RANK:
            left, right = _bracket(written[0], _RANK[kind]), _bracket(written[1], _RANK[kind] + (kind in "-/"))
            return f"{left}{kind}{right}", _RANK[kind]
        if kind == "per":
            over = f"{_bracket(written[0], 2)}/{_bracket(written[1], _NEGATED)}"
            return f"IF({written[0][0]}=0,0,{over})", _ATOM
        return f"{kind.upper()}({','.join(text for text, _ in written)})", _ATOM


def _bracket(part: tuple[str, int], least: int) -> str:
    text, rank = part
    return text if rank >= least else f"({text})"


def _number(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"({value.numerator}/{value.denominator})"


def answers_of(*texts: str) -> list[str]:
    """Names of the answers and settings that expressions use, in their order."""
    found = [leaf.name for text in texts for leaf in leaves(parse(text)) if isinstance(leaf, Answer)]
    return list(dict.fromkeys(found))
