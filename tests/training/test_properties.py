"""Exercises judged by a property: any right answer passes, each kind of wrong one gets its own hint."""

from decimal import Decimal

import pytest

from recon.core.words import say
from recon.training import lesson
from recon.training.lessons import course
from tests.training.answers import solved

NUMBER = {entry.module: entry.number for entry in course()}


def _check(module, name, answer, language="en"):
    return lesson(NUMBER[module], 2025, language).check(name, answer)


def _given(module, name):
    entry = next(e for e in course() if e.module == module)
    return solved(entry, 2025, "en")[1][name]


def _honest(opening, rows):
    found, held = [], opening
    for number, amount, after in zip(rows["id"], rows["amount"], rows["balance"], strict=True):
        found += [number] if held + amount != after else []
        held = after
    return found


def _running(opening, rows):
    sums = opening + rows["amount"].cumsum()
    return [n for n, a, b in zip(rows["id"], sums, rows["balance"], strict=True) if a != b]


@pytest.mark.parametrize(("answer", "hint"), [
    (5, "no_function"), (lambda _o, _r: None, "no_result"), (lambda _o, _r: [1], "false_alarm"),
    (lambda _o, _r: [], "missed"), (_running, "too_many"),
    (lambda o, r: [n for n in _honest(o, r) if n != 1], ""), (_honest, ""),
])
def test_a_function_is_judged_on_statements_that_nobody_has_seen(answer, hint):
    verdict = _check("proof", "prover", answer)
    if not hint:
        assert verdict.outcome == "right" or "first line" in verdict.text
    else:
        assert verdict.text in [say("en", f"training.proof.prover.{code}") for code in (hint, "first_line")]


def test_a_function_that_fails_is_told_how():
    assert "ZeroDivisionError" in _check("proof", "prover", lambda _o, _r: 1 / 0).text


def test_postings_must_balance_pass_through_clearing_and_move_each_pocket_as_it_moved():
    right = _given("once", "entries")
    assert _check("once", "entries", list(reversed(right))).outcome == "right"
    assert "differ by" in _check("once", "entries", right[:-1]).text
    assert "clearing" in _check("once", "entries", [e for e in right if e[0] != "clearing"]).text
    swapped = [("cash" if a == "wallet" else "wallet" if a == "cash" else a, d, c) for a, d, c in right]
    assert "Account wallet" in _check("once", "entries", swapped).text
    assert "no account “till”" in _check("once", "entries", [("till", 1, 0), ("bank", 0, 1)]).text
    left = [(a, d, c) for a, d, c in right if (a, d) != ("clearing", right[0][1])] + [("bank", right[0][1], 0)]
    assert "left with" in _check("once", "entries", left).text


def test_an_entry_may_be_turned_round_unbalanced_or_in_the_wrong_place():
    right = _given("control", "entries")
    (debit, amount, _), (credit, _, _) = right["a"]
    wrong = {
        "Turned round": [(debit, 0, amount), (credit, amount, 0)], "differ by": [(debit, amount, 0), (credit, 0, 1)],
        "Not these accounts": [("bank", amount, 0), (credit, 0, amount)],
        "wrong amount": [(debit, 1, 0), (credit, 0, 1)], "no account": [("till", amount, 0), (credit, 0, amount)],
    }
    for told, lines in wrong.items():
        verdict = _check("control", "entries", {**right, "a": lines})
        assert told in verdict.text
        assert "4 of 5" in verdict.text


def test_a_balance_sheet_is_first_asked_whether_it_balances():
    right = _given("articulation", "sheet")
    assert "does not balance" in _check("articulation", "sheet", {**right, "cash": right["cash"] + 1}).text
    both = {**right, "cash": right["cash"] + 1, "equity": right["equity"] + 1}
    assert "5 of 7 right" in _check("articulation", "sheet", both).text


def test_any_three_roads_that_share_no_evidence_are_right():
    assert _check("cross", "routes", ["g", "c", "D", "F"]).outcome == "right"
    assert "A and B rest on the same evidence" in _check("cross", "routes", ["A", "B", "C"]).text
    assert "Only 2" in _check("cross", "routes", ["A", "C"]).text
    assert "no road" in _check("cross", "routes", ["A", "Z", "C"]).text


def test_the_fewest_parties_that_reach_four_fifths():
    right = _given("naming", "few")
    task = lesson(NUMBER["naming"], 2025, "en")["few"]
    assert "not yet 80%" in _check("naming", "few", right[:-1]).text
    assert "not the fewest" in _check("naming", "few", list(task.parties["party"])).text
    assert "has no" in _check("naming", "few", ["nobody"]).text


@pytest.mark.parametrize(("change", "told"), [
    ({"amount": 10**7}, "above_need"), ({"amount": 1000}, "too_little"), ({"term_months": 60}, "term_cap"),
    ({"reasons": ["he is a good man"]}, "reasons"), ({"conditions": []}, "open_parts"),
])
def test_an_opinion_is_held_to_the_rules_of_a_sound_one(change, told):
    verdict = _check("need", "opinion", {**_given("need", "opinion"), **change})
    texts = say("en", f"training.hint.{told}", parts="conditions", cap=36, count=0, least=3)
    assert verdict.text == texts


def test_an_opinion_may_not_exceed_what_can_be_repaid():
    for seed in range(1, 20):
        opened = lesson(NUMBER["need"], seed, "en")
        facts = opened["opinion"].facts
        if facts["affordable"] < facts["need"]:
            figures = [f"figure {facts[name]}" for name in ("need", "coverage", "cycle_days")]
            answer = {"amount": facts["need"], "term_months": 12, "reasons": figures, "conditions": ["verify"]}
            assert opened.check("opinion", answer).text == say("en", "training.hint.above_capacity")
            return
    pytest.fail("no seed where capacity binds")


def test_a_pair_is_right_in_either_order_and_the_false_pair_is_named():
    right = _given("once", "pairs")
    assert _check("once", "pairs", [tuple(reversed(pair)) for pair in right]).outcome == "right"
    assert "2 of 3" in _check("once", "pairs", right[:2]).text
    assert "('X1', 'X2')" in _check("once", "pairs", [*right, ("X1", "X2")]).text


@pytest.mark.parametrize("written", ["{:.2f}", "{:,.2f}", "¥{:,.2f}", "{:.2f}元", " {:.2f} "])
def test_a_figure_may_be_written_as_people_write_it(written):
    right = _given("proof", "closing")
    assert _check("proof", "closing", written.format(right)).outcome == "right"
    assert _check("proof", "closing", float(right)).outcome == "right"
    assert _check("proof", "closing", Decimal(right)).outcome == "right"
    assert _check("proof", "closing", right * 100).text == say("en", "training.hint.minor_units")
    assert _check("proof", "closing", -right).text == say("en", "training.hint.sign")
