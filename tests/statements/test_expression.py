"""The expression language: exact, silent about what it does not know, and clear about what it cannot read."""

from dataclasses import dataclass, field
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon.core.errors import ReconError
from recon.core.knowledge import folder
from recon.core.source import Source
from recon.core.words import tell
from recon.statements.expression import Answer, LineOf, Name, Number, Variable, evaluate, leaves, parse, rows


@dataclass
class Desk:
    """A scope whose figures a test names; what it does not name is unknown."""

    known: dict[str, Fraction] = field(default_factory=dict)

    def line(self, form, number, view):
        """A line by form, number and view."""
        return self.known.get(f"{form}{number}.{view}")

    def variable(self, name):
        """A named figure."""
        return self.known.get(name)

    answer = name = variable


def value(text, **known):
    return evaluate(parse(text), Desk({key.replace("_dot_", "."): Fraction(each) for key, each in known.items()}))


@pytest.mark.parametrize(("text", "expected"), [
    ("1+2*3", 7), ("(1+2)*3", 9), ("10-3-2", 5), ("12/4/3", 1), ("-2*3", -6), ("2--3", 5), ("-(2+3)", -5),
    ("min(3, 1, 2)", 1), ("max(3, -1)", 3), ("abs(-4.50)", Fraction(9, 2)), ("0.1+0.2", Fraction(3, 10)),
    ("per(0, 0)", 0), ("per(6, 3)", 2), ("first(7)", 7), ("1/3*3", 1),
])
def test_arithmetic_is_exact_and_binds_as_people_expect(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize("text", [
    "1/0", "{a}", "1+{a}", "0*{a}", "max(1, {a})", "per(1, 0)", "[b]/2", "first({a}, [b])", "I1",
])
def test_an_unknown_part_or_a_zero_divisor_makes_the_whole_unknown(text):
    assert value(text) is None


def test_first_takes_what_is_known_even_if_it_is_zero():
    assert value("first({a}, {b}, 9)", b=0) == 0


def test_each_kind_of_name_asks_its_own_road():
    tree = parse("B15.avg + I1 - C3 * {closing.receivables} / [days_in_year] + turns + B2 + 1.5")
    assert list(leaves(tree)) == [
        LineOf("B", 15, "avg"), LineOf("I", 1, "close"), LineOf("C", 3, "close"), Variable("closing.receivables"),
        Answer("days_in_year"), Name("turns"), LineOf("B", 2, "close"), Number(Fraction(3, 2)),
    ]


@pytest.mark.parametrize("text", [
    "", "1+", "(1", "1)", "B15.middle", "I1.open", "C3.avg", "{a", "[a b]", "max()", "per(1)", "abs(1, 2)", "1 2",
    "a..b", "=1", "B", "1,2", "B15x", "é",
])
def test_what_cannot_be_read_is_refused_with_its_place(text):
    with pytest.raises(ReconError) as slip:
        parse(text, Source("checks/articulation.tsv", 0, 7))
    assert slip.value.code == "bad_expression"
    for language in ("zh-CN", "en"):
        assert "articulation.tsv" in tell(language, slip.value)
        assert "7" in tell(language, slip.value)


def test_rows_of_a_table_know_their_line_in_the_file():
    name = "checks/articulation.tsv"
    text = (folder("templates") / name).read_text(encoding="utf-8").splitlines()
    columns = ("id", "part", "left", "relation", "right", "zh", "en")
    for row, place in rows(name, columns):
        assert text[place.line - 1].startswith(f"{row['id']}\t{row['part']}\t{row['left']}")


numbers = st.integers(0, 999).map(str)
trees = st.recursive(
    numbers,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]}{t[1]}{t[2]})"),
        inner.map(lambda t: f"(-{t})"),
    ),
    max_leaves=12,
)


@given(trees)
def test_random_arithmetic_agrees_with_pythons_own_fractions(text):
    exact = ""
    for piece in _pieces(text):
        exact += f"Fraction({piece})" if piece.isdigit() else piece
    try:
        expected = eval(exact, {"Fraction": Fraction})  # noqa: S307 - the text is made of digits and signs by this test
    except ZeroDivisionError:
        expected = None
    assert value(text) == expected


def _pieces(text):
    digits = ""
    for sign in text:
        if sign.isdigit():
            digits += sign
            continue
        if digits:
            yield digits
        digits = ""
        yield sign
    if digits:
        yield digits


@given(st.text(max_size=30))
def test_no_text_makes_the_parser_crash(text):
    try:
        tree = parse(text)
    except ReconError:
        return
    evaluate(tree, Desk())
