"""Worked problems of the need: a person with a pencil, by roads that agree with each other, and with us."""

import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from recon.case.pipeline import rebuild
from tests.problems.test_problems import roads

HERE = Path(__file__).parents[1] / "problems"
PROBLEMS = sorted(p.parent.name for p in HERE.glob("need-*/expected.json"))


def answers(name):
    return json.loads((HERE / name / "expected.json").read_text(encoding="utf-8"))["need"]


def found(need, key):
    """``regulator.amount``, ``cycle.daily_cost``, ``capacity.instalment``, ``recommended.term_months``, ``loan.…``."""
    part, _, name = key.partition(".")
    if part in ("capacity", "recommended"):
        return need[part][name]
    if part == "loan":
        return need["existing"]["loans"][0][name]
    method = next(m for m in need["methods"] if m["id"] == part)
    return method[name] if name in ("amount", "low", "high", "limit") else method["inputs"][name]


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_problem_of_need_gives_the_pencil_s_figures(name):
    need = rebuild(HERE / name).to_dict()["need"]
    for key, want in answers(name).items():
        if key == "verdict":
            assert need["verdict"] == want
        elif key == "binding":
            assert need["recommended"]["binding"] == want
        elif want is None:
            assert (need[key] if key in need else found(need, key)) is None
        else:
            shown = found(need, key)
            assert shown is not None, key
            assert str(Decimal(shown).quantize(Decimal("0.01"), ROUND_HALF_UP)) == roads(want), key


def test_there_are_fifteen_problems_and_more_of_every_kind():
    assert len(PROBLEMS) >= 15
    verdicts = {answers(name).get("verdict") for name in PROBLEMS}
    assert {"justified", "reduce", "decline"} <= verdicts
    for name in PROBLEMS:
        assert any(isinstance(want, list) and len(want) > 1 for want in answers(name).values()), name
