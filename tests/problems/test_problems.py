"""Worked problems of the textbook kind: each answer is stated by two roads that must agree with each other and with us.

``expected.json`` holds, for figures (by name), statement lines (``B4``, ``B4.open``, ``I1``, ``C7``) and control
accounts, what a person with a pencil finds. A figure is a list of arithmetic expressions in major units, one for each
road; null means that the facts leave it open.
"""

import ast
import json
import operator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from recon.case.pipeline import rebuild

HERE = Path(__file__).parent
CASES = sorted(p.parent.name for p in HERE.glob("*/case.toml"))
STATEMENTS = {"B": "balance_sheet", "I": "income_statement", "C": "cash_flow"}
_OPERATORS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.USub: operator.neg,
}


def worth(expression: str) -> str:
    """The value of an arithmetic expression to the cent, half away from zero, as books.json writes it."""
    exact = _value(ast.parse(expression, mode="eval").body, expression) * 100
    cents = int(abs(exact) + Fraction(1, 2)) * (-1 if exact < 0 else 1)
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _value(node: ast.expr, text: str) -> Fraction:
    if isinstance(node, ast.BinOp):
        return _OPERATORS[type(node.op)](_value(node.left, text), _value(node.right, text))
    if isinstance(node, ast.UnaryOp):
        return _OPERATORS[type(node.op)](_value(node.operand, text))
    return Fraction(ast.get_source_segment(text, node) or "")


def roads(expressions: list[str]) -> str:
    """What all roads to one figure agree on."""
    found = {worth(each) for each in expressions}
    assert len(found) == 1, f"the roads of the problem itself differ: {expressions}"
    return found.pop()


def line(books: dict[str, Any], name: str) -> str | None:
    """The amount of ``B4`` (closing), ``B4.open``, ``I1`` or ``C7``."""
    number, _, view = name[1:].partition(".")
    row = next(x for x in books[STATEMENTS[name[0]]] if x["line"] == int(number))
    return row["opening" if view == "open" else "closing" if name[0] == "B" else "amount"]


@pytest.fixture(scope="module")
def rebuilt() -> dict[str, Any]:
    """Cases already rebuilt in this module: one rebuilding serves every test of the case."""
    return {}


def books_of(name: str, rebuilt: dict[str, Any]) -> Any:
    if name not in rebuilt:
        rebuilt[name] = rebuild(HERE / name)
    return rebuilt[name]


@pytest.mark.parametrize("name", CASES)
def test_a_worked_problem_gives_the_pencil_s_figures(name: str, rebuilt: dict[str, Any]):
    expected = json.loads((HERE / name / "expected.json").read_text(encoding="utf-8"))
    books = books_of(name, rebuilt).to_dict()
    want = {k: v and roads(v) for k, v in expected.get("figures", {}).items()}
    assert {k: books["figures"][k] for k in want} == want
    lines = {k: v and roads(v) for k, v in expected.get("lines", {}).items()}
    assert {k: line(books, k) for k in lines} == lines
    for account, shown in expected.get("controls", {}).items():
        control = books["control_accounts"][account]
        found = control["found"].removesuffix(".unrecorded")
        assert found == shown.get("found", found)
        assert control["difference"] == worth(shown.get("difference", "0"))
    for method, inputs in expected.get("inputs", {}).items():
        found = next(m["inputs"] for m in books["need"]["methods"] if m["id"] == method)
        assert {k: round(float(found[k]), 2) for k in inputs} == {k: float(roads(v)) for k, v in inputs.items()}
    codes = {f["code"] for f in books["findings"]}
    assert bool(books["questions"]) == ("ask_owner" in codes) == expected.get("asks", False)
    assert set(expected.get("findings", ())) <= codes


@pytest.mark.parametrize("name", CASES)
def test_every_figure_of_a_problem_has_two_roads_or_says_that_it_is_open(name: str):
    """No expected figure was copied from the engine: somewhere in each problem two roads meet."""
    expected = json.loads((HERE / name / "expected.json").read_text(encoding="utf-8"))
    assert expected["about"]
    answers = [v for part in ("figures", "lines") for v in expected.get(part, {}).values()]
    assert any(v is not None and len(v) > 1 for v in answers)
    for answer in answers:
        if answer is not None:
            roads(answer)


@pytest.mark.parametrize("name", CASES)
def test_the_articulation_of_a_problem_holds(name: str, rebuilt: dict[str, Any]):
    books = books_of(name, rebuilt).to_dict()
    expected = json.loads((HERE / name / "expected.json").read_text(encoding="utf-8"))
    failed = {c["id"] for c in books["checks"] if c["group"] == "articulation" and c["outcome"] == "fail"}
    assert failed == set(expected.get("fails", ()))
