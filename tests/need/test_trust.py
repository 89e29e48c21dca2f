"""Failed checks: what stops a verdict, what lowers the amount, what is only told."""

from dataclasses import replace
from fractions import Fraction

import pytest

from recon.checks.check import Check, Part
from recon.core.finding import Words
from recon.core.settings import shipped
from recon.need.assess import assess
from recon.need.trust import trust
from tests.checks.cases import line, rebuild
from tests.need.problems import Problem
from tests.need.test_verdict import codes, request

CASE = replace(Problem(), request=request(150000))  # the need is 55,000


def failed(name, group="cross", expected=1_000_000, actual=800_000, **more):
    return Check(name, group, "fail", Words("检验", "the check"), expected, actual, **more)


def judged(*checks, problem=CASE):
    made = rebuild(problem.form())
    return assess(made.case, made.ledger, made.statements, checks, shipped())[0]


def test_a_failed_turnover_check_lowers_the_amount_by_what_it_is_off():
    found = judged(failed("turnover"))
    assert found.trust == Fraction(8, 10)
    assert (found.verdict, found.recommended.binding) == ("reduce", "evidence")
    assert found.recommended.amount == 4_400_000
    assert found.recommended.low == 4_400_000
    assert codes(found)[:2] == ["binding_evidence", "check_weighs"]


def test_a_request_within_what_is_trusted_stands_but_the_failed_check_is_told():
    found = judged(failed("turnover"), problem=replace(CASE, request=request(40000)))
    assert (found.verdict, found.recommended.amount) == ("justified", 4_000_000)
    assert "check_weighs" in codes(found)


def test_doubts_multiply_and_under_the_floor_there_is_no_verdict():
    found = judged(failed("turnover", actual=600_000), failed("equity", actual=700_000))
    assert found.trust == Fraction(42, 100)
    assert (found.verdict, codes(found)[0]) == ("cannot_judge", "trust_below_floor")
    assert found.recommended is None
    assert found.method("regulator").amount is not None


def test_interest_that_does_not_fit_the_statement_stops_the_verdict():
    found = judged(failed("interest_main", "authenticity"))
    assert (found.verdict, codes(found)[0]) == ("cannot_judge", "check_stops")
    assert "bank" in found.reasons[0].tell("en")


@pytest.mark.parametrize(("asked", "told"), [(150000, True), (40000, False)])
def test_where_no_verdict_can_be_given_a_request_above_every_range_is_still_told(asked, told):
    made = rebuild(replace(CASE, request=request(asked)).form())
    doubt = failed("interest_main", "authenticity")
    need, findings = assess(made.case, made.ledger, made.statements, (doubt,), shipped())
    assert need.verdict == "cannot_judge"
    assert ("request_above_most" in {each.code for each in findings}) == told


@pytest.mark.parametrize("name", ["profit_stated", "turnover_days", "margin_stated", "blocked_words", "of_tomorrow"])
def test_what_repeats_another_check_is_told_only(name):
    found = judged(failed(name))
    assert found.trust == 1
    assert found.recommended.amount == 5_500_000
    assert "check_failed" in codes(found)


def test_a_deviation_under_the_floor_does_not_move_the_amount():
    assert judged(failed("turnover", actual=985_000)).trust == 1


def test_a_passing_or_explained_check_takes_nothing_off():
    fine = replace(failed("turnover"), outcome="explain")
    assert judged(fine).trust == 1


def test_a_file_that_contradicts_itself_takes_off_its_share_of_value():
    rows = [line(1, "b", "bank", "2025-03-01", 300_00, "sales"),
            line(2, "b", "bank", "2025-03-02", -100_00, "purchases", file="bad.csv")]
    made = rebuild(CASE.form(), rows)
    doubt = failed("evidence_files", "evidence", 0, 1, unit="count", sources=("bad.csv",))
    assert trust((doubt,), made.statements, made.transactions, shipped()).share == Fraction(3, 4)


def test_lower_trust_never_raises_the_amount():
    amounts = [judged(failed("turnover", actual=actual)).recommended.amount for actual in (980_000, 900_000, 700_000)]
    assert amounts == sorted(amounts, reverse=True)


def test_doubt_widens_every_range_and_never_what_a_loan_may_be():
    sure, doubted = judged(), judged(failed("turnover"))
    for one, two in zip(sure.methods, doubted.methods, strict=True):
        assert two.low <= one.low <= one.amount <= one.high <= two.high
        assert (one.amount, one.limit, one.limit_high) == (two.amount, two.limit, two.limit_high)
    assert doubted.method("cycle").low == 16_500_000 * 8 // 10 - doubted.within
    assert doubted.method("cycle").high == 16_500_000 * 12 // 10 + doubted.within


def untied(gap, right="[printed.closing]+[unprinted.closing]", number="K08"):
    """An articulation check that is out by *gap*."""
    part = Part(Words("检验", "the check"), "B1", "=", right, 1_000_000 - gap, 1_000_000)
    return failed(number, "articulation", 1_000_000 - gap, 1_000_000, parts=(part,))


def test_cash_that_misses_a_told_opening_by_coins_is_told_and_does_not_stop_the_verdict():
    found = judged(untied(24_00))
    assert (found.verdict, found.trust) == (judged().verdict, 1)
    assert "check_failed" in codes(found)


@pytest.mark.parametrize("check", [untied(90_000_00), untied(24_00, "B53", "K01")])
def test_cash_that_is_far_off_and_statements_that_contradict_each_other_still_stop_it(check):
    found = judged(check)
    assert (found.verdict, codes(found)[0]) == ("cannot_judge", "books_do_not_tie")
