"""How answers are read and sealed, whatever a trainee may write."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon.training.check import Hint, Seal, each, judge, number, rounded, unanswered

MONEY = st.decimals(-10**9, 10**9, places=2, allow_nan=False)


@given(MONEY)
def test_a_sealed_figure_is_right_however_it_is_written(amount):
    rule = Seal("a").number(amount)
    for written in (amount, str(amount), f"{amount:,}", Fraction(amount), f" ¥{amount:,} "):
        assert rule(written) is None


@given(MONEY, MONEY)
def test_another_figure_is_wrong(amount, other):
    hint = Seal("a").number(amount)(other)
    assert (hint is None) == (amount == other)


@given(st.decimals(-1000, 1000, places=3, allow_nan=False), st.integers(0, 3))
def test_a_figure_is_right_within_its_last_places(value, within):
    rule = Seal("a").number(value, 3, within=within)
    step = Decimal("0.001")
    assert rule(value + within * step) is None
    assert rule(value - within * step) is None
    assert rule(value + (within + 1) * step) is not None


@pytest.mark.parametrize(("written", "read"), [
    ("58%", Fraction(58, 100)), ("58％", Fraction(58, 100)), ("1,234.50", Fraction(2469, 2)), (0.1, Fraction(1, 10)),
    (np.int64(7), 7), (np.float64(0.25), Fraction(1, 4)), ("一千", None), (True, None), (None, None), ([1], None),
    ("nan", None), (float("inf"), None), ("1e999999999", None), ("9" * 100, None), (1j, None), ("", None),
])
def test_what_counts_as_a_number(written, read):
    assert number(written) == read


def test_rounding_is_half_away_from_zero():
    assert [rounded(Decimal(v), 2) for v in ("2.345", "-2.345", "2.344")] == [235, -235, 234]


def test_the_same_answer_has_another_digest_for_another_trainee():
    digests = [Seal(key)._digest("right") for key in ("lesson/1", "lesson/2")]
    assert digests[0] != digests[1]


def test_a_slip_that_happens_to_be_right_is_right():
    assert Seal("a").number(5, same=Decimal(5))(5) is None


def test_members_are_counted_and_the_stranger_is_named():
    rule = Seal("a").members([("W1", "B2"), 7])
    assert rule([("B2", "W1"), "7"]) is None
    assert rule([7]) == Hint("more_members", {"good": 1, "count": 2})
    assert rule([7, 8]) == Hint("not_a_member", {"wrong": 8, "good": 1, "count": 2})
    assert rule(np.array([7])) == Hint("more_members", {"good": 1, "count": 2})


def test_an_answer_in_parts_names_what_is_open_strange_or_wrong():
    rule = each({"x": Seal("a").number(1), "y": Seal("b").choice("up", ("up", "down"))})
    assert rule({"x": 1, "y": "up"}) is None
    assert rule({"x": 1}).code == "open_parts"
    assert rule({"x": 1, "z": 2}).code == "strange_part"
    assert rule([1, "up"]).code == "no_mapping"
    wrong = rule({"x": 1, "y": "down"})
    assert (wrong.params["part"], wrong.params["good"], wrong.params["inner"].code) == ("y", 1, "other")


@given(st.recursive(st.none() | st.just("") | st.just(...), lambda x: st.lists(x) | st.dictionaries(st.text(), x)))
def test_nothing_in_any_shape_is_not_answered(nothing):
    assert unanswered(nothing)
    assert judge("x", "training.proof.closing", Seal("a").number(1), nothing, "en").outcome == "not_answered"


def test_a_verdict_is_a_word_and_a_sign_in_both_languages():
    for language, word in (("zh-CN", "正确"), ("en", "right")):
        verdict = judge("x", "training.proof.closing", Seal("a").number(1), 1, language)
        assert word in repr(verdict)
        assert word in verdict._repr_html_()
        assert "✓" in verdict._repr_html_()


def test_what_a_trainee_writes_cannot_become_markup():
    verdict = judge("x", "training.once.pairs", Seal("a").members([1]), ["<script>"], "en")
    assert "<script>" not in verdict._repr_html_()
