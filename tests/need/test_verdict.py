"""Verdict, capacity and term: the request asked for, tripled, halved and made too long, and what forbids a loan."""

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from recon.checks.check import Check
from recon.core.finding import Words
from recon.core.settings import shipped
from recon.need.assess import assess
from recon.need.repayment import affordable, annuity, bullet, level_principal, regular, schedule, seasonal
from recon.need.verdict import Judge
from tests.checks.cases import rebuild
from tests.need.problems import Problem

QUICK = settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
SECOND = Problem()  # a need of 55,000 and 120,000 of profit a year


def request(amount, months=12, form="annuity", rate="0.06"):
    return f'amount = {amount}\nterm_months = {months}\nannual_rate = "{rate}"\nown_funds = 60000\nrepayment = "{form}"'


def need(amount=50000, months=12, form="annuity", **more):
    return replace(SECOND, request=request(amount, months, form), **more).need()


def codes(found):
    return [reason.code for reason in found.reasons]


def test_a_request_within_need_and_capacity_is_justified_as_asked():
    found = need(50000)
    assert (found.verdict, found.recommended.amount, found.recommended.term_months) == ("justified", 5_000_000, 12)
    assert codes(found)[0] == "binding_request"


def test_a_tripled_request_is_reduced_to_the_need_and_says_so():
    found = need(150000)
    assert (found.verdict, found.recommended.amount, found.recommended.binding) == ("reduce", 5_500_000, "need")
    assert codes(found)[0] == "binding_need"
    assert "55,000.00" in found.reasons[0].tell("zh-CN")


def test_a_business_that_cannot_carry_the_need_is_held_to_its_capacity():
    """Profit of 120,000 less drawings of 84,000 leaves 3,000 a month, of which 70 % may go into instalments."""
    found = need(50000, drawings="84000")
    assert found.capacity.monthly_disposable == 300_000
    assert found.recommended.binding == "capacity"
    assert found.recommended.amount == affordable(210_000, Fraction("0.06"), 12, "annuity")
    assert found.verdict == "reduce"


@pytest.mark.parametrize(("known", "asked", "alone"), [
    ({"regulator": None, "cycle": None, "cash_gap": 7_100}, 80_000, True),
    ({"regulator": None, "cycle": None, "cash_gap": 90_000}, 80_000, False),
    ({"regulator": None, "cash_gap": 7_100, "order": 20_000}, 80_000, False),
    ({"regulator": 5_000, "cash_gap": 7_100}, 80_000, False),
    ({"regulator": None, "cash_gap": 0}, 80_000, True),
])
def test_a_request_is_not_cut_down_to_the_cash_gap_where_the_trades_need_is_unknown(known, asked, alone):
    """A gap below the request says nothing of stock and debtors that nobody could value; one above it does suffice."""
    methods = tuple(SimpleNamespace(id=name, limit=limit) for name, limit in known.items())
    largest = max(limit for limit in known.values() if limit is not None)
    case = SimpleNamespace(request=SimpleNamespace(amount=asked))
    assert Judge._gap_alone.fget(SimpleNamespace(methods=methods, need=largest, case=case)) is alone


def test_a_cap_of_the_institution_binds_by_name():
    found = need(50000, more="\n[settings]\namount_cap = 30000")
    assert (found.recommended.amount, found.recommended.binding, found.verdict) == (3_000_000, "cap", "reduce")


def test_a_term_above_the_cap_is_shortened_even_where_the_amount_is_right():
    found = need(50000, months=60)
    assert (found.verdict, found.recommended.term_months, found.recommended.amount) == ("reduce", 24, 5_000_000)
    assert codes(found)[0] == "term_too_long_cap"


def test_a_short_cycle_is_not_funded_long_without_a_word():
    long = need(50000, months=30)
    assert (long.verdict, codes(long)[0], long.recommended.term_months) == ("reduce", "term_too_long", 24)
    assert need(50000, months=18, form="interest_then_principal").recommended.term_months == 12
    assert "term_above_cycle" in codes(need(150000, months=30))
    assert need(50000, months=12).verdict == "justified"
    assert "term_below_cycle" in codes(need(50000, months=2))


@pytest.mark.parametrize(("more", "code"), [
    ('[judgement]\ncharacter = "poor"', "character_poor"), ('[judgement]\nproduct = "poor"', "product_poor"),
    ('[queries]\nblacklist = "adverse"', "blacklisted"),
])
def test_character_product_and_blacklist_forbid_whatever_the_figures_say(more, code):
    found = need(50000, more=more)
    assert found.verdict == "decline"
    assert codes(found)[0] == code
    assert found.recommended is None


def test_poor_collateral_alone_asks_for_other_security():
    found = need(50000, more='[judgement]\ncollateral = "poor"')
    assert found.verdict == "justified"
    assert "collateral_poor" in codes(found)


def test_no_need_and_no_capacity_are_declined():
    assert codes(need(50000, payables=("600000", "600000")))[0] == "no_need"
    assert codes(need(50000, drawings="130000"))[0] == "no_capacity"


def test_without_a_request_the_need_is_shown_without_a_verdict():
    found = replace(SECOND, request="").need()
    assert found.verdict == "cannot_judge"
    assert codes(found) == ["no_request"]
    assert found.method("regulator").amount is not None


def test_statements_that_do_not_tie_stop_the_verdict():
    made = rebuild(SECOND.form())
    broken = Check("K01", "articulation", "fail", Words("平", "tie"), 1, 2)
    found, _ = assess(made.case, made.ledger, made.statements, (broken,), shipped())
    assert (found.verdict, codes(found)[0]) == ("cannot_judge", "books_do_not_tie")


def test_guarantors_are_weighed_by_will_and_strength():
    rich = '[[guarantor]]\nname = "甲"\nnet_assets = 200000\nwillingness = {}\njoint = true'
    assert "guarantee_covers" in codes(need(50000, more=rich.format("0.5")))
    assert "guarantee_short" in codes(need(50000, more=rich.format("0")))
    alone = '[[guarantor]]\nname = "甲"\nnet_assets = 200000\nwillingness = 1'
    assert "guarantee_not_joint" in codes(need(50000, more=alone))


@QUICK
@given(st.integers(1, 400_000), st.integers(1, 60), st.sampled_from(("annuity", "interest_then_principal", "free")),
       st.integers(0, 110_000))
def test_the_recommendation_is_under_every_bound_and_the_binding_one_is_named(amount, months, form, drawings):
    found = need(amount, months, form, drawings=str(drawings))
    what = found.recommended
    if what is None:
        assert found.verdict in ("decline", "cannot_judge")
        return
    bounds = {
        "request": amount * 100, "capacity": found.capacity.affordable,
        "need": max(m.limit for m in found.methods if m.limit is not None),
    }
    assert what.amount == min(bounds.values()) == bounds[what.binding]
    assert 0 <= what.low <= what.amount <= what.high <= amount * 100
    assert (found.verdict == "justified") == (what.amount == amount * 100 and months <= what.term_months)
    assert all(reason.tell(language) for reason in found.reasons for language in ("zh-CN", "en"))


rates = st.integers(0, 36).map(lambda p: Fraction(p, 100))


@given(st.integers(1, 10**9), rates, st.integers(1, 60))
def test_every_schedule_repays_the_loan_to_the_cent(amount, rate, months):
    for made in (annuity(amount, rate, months), level_principal(amount, rate, months), bullet(amount, rate, months)):
        assert sum(each.principal for each in made) == amount
        assert len(made) == months
        assert all(each.interest >= 0 for each in made)


@given(st.integers(10_000, 10**8), rates, st.integers(2, 60))
def test_what_is_affordable_is_carried_and_a_little_more_is_not(budget, rate, months):
    most = affordable(budget, rate, months, "annuity")
    assert annuity(most, rate, months)[0].total <= budget + 1
    assert annuity(most + months + 1, rate, months)[0].total >= budget


def test_a_known_annuity():
    """10,000.00 at 12 % over 12 months pays 888.49 a month."""
    made = annuity(1_000_000, Fraction("0.12"), 12)
    assert {each.total for each in made[:-1]} == {88_849}
    assert abs(made[-1].total - 88_849) <= 12
    assert regular(schedule(1_000_000, Fraction("0.12"), 12, "interest_then_principal")) == 10_000


def test_a_seasonal_schedule_repays_when_the_money_is_there():
    made = seasonal(1200, Fraction(0), [0, 0, 3, 1])
    assert [each.principal for each in made] == [0, 0, 900, 300]


def test_a_tripled_request_says_what_would_make_it_right():
    """(150,000 + 60,000 + 50,000) ÷ 165,000 of 50 days is 78.8 days."""
    told = next(r for r in need(150000).reasons if r.code == "would_need_cycle_days")
    assert (told.params["wanted"], told.params["days"]) == (79, 50)


def test_a_justified_request_says_how_much_room_it_has():
    """50,000 of 55,000 leaves 9.1 %."""
    told = next(r for r in need(50000).reasons if r.code == "headroom")
    assert told.params["need"] == "9.1%"


def test_hard_times_that_break_the_instalment_are_told():
    """A month leaves 8,333.33; 20 % less of 120,000 gross profit takes 2,000, three points of sales 3,000."""
    assert not {"sales_down", "margin_down"} & set(codes(need(50000)))
    tight = need(50000, drawings="60000")
    assert {"sales_down", "margin_down"} <= set(codes(tight))
    left = tight.capacity.inputs
    assert left["monthly_disposable"].value - left["sales_down"].value == 200_000
    assert left["monthly_disposable"].value - left["margin_down"].value == 300_000
    assert left["monthly_disposable"].value - left["collected_late"].value == Fraction(120_000_000 * 30, 360 * 12)


_OF_THE_FORM = ("own_funds", "household")


@pytest.mark.parametrize("asked", [request(60000), request(50000), request(70000, 24)])
def test_the_verdict_turns_where_it_is_said_to_turn(asked):
    """Each turning point, set in the form: beyond it the request is judged the other way, short of it as before."""
    problem = replace(SECOND, request=asked)
    found = problem.need()
    granted = found.recommended.binding == "request"
    moved = [swing for swing in found.swings if swing.turns is not None and swing.name not in _OF_THE_FORM]
    assert moved
    for swing in moved[:4]:
        name = {"sales": "shift_sales", "margin": "shift_margin"}.get(swing.name, f"shift_{swing.name}")
        for share, same in (("0.99", granted), ("1.01", not granted)):
            size = float(swing.turns * Fraction(share))
            other = replace(problem, more=f"\n[settings]\n{name} = {size:.8f}").need()
            assert (other.recommended is not None and other.recommended.binding == "request") == same, (swing, share)


def test_what_would_have_to_be_true_makes_the_request_right():
    """Own funds as low as said, and not a yuan more."""
    found = need(60000)
    wanted = next(each.wanted for each in found.would if each.name == "own_funds") / 100
    assert round(wanted) == 55000
    for own, binding in ((55000, "request"), (55001, "need")):
        asked = request(60000).replace("own_funds = 60000", f"own_funds = {own}")
        assert replace(SECOND, request=asked).need().recommended.binding == binding


def test_a_person_may_borrow_longer_than_a_company():
    owner = '\n[owner]\nname = "王鹏飞"\n'
    slow = {"inventory": ("1080000", "1080000"), "more": owner}
    assert need(50000, 200, "interest_then_principal", **slow).reasons[0].params["cap"] == 120
    company = slow | {"more": owner + '\n[settings]\nborrower = "company"'}
    assert need(50000, 200, "interest_then_principal", **company).reasons[0].params["cap"] == 60


def test_the_amount_is_the_need_as_chosen_and_the_range_reaches_to_its_highest():
    """Receivables that grew: 55,000 on averages, more on the closing balances that other banks use."""
    found = need(150000, receivables=("80000", "120000"))
    assert (found.recommended.amount, found.recommended.binding) == (5_500_000, "need")
    assert found.recommended.high > 5_500_000
