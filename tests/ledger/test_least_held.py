"""What nobody mentioned but lines show coming back stood open before: the least that no day ends below zero."""

import datetime as dt
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from recon.case.form import from_mapping
from recon.core.finding import Finding
from recon.core.period import Period
from recon.ledger.build import Ledger, build
from tests.ledger.worlds import Bank, Entry, _frame

PERIOD = Period(dt.date(2025, 1, 1), dt.date(2025, 6, 30))
NOTHING = {"cash": 0, "receivables": 0, "payables": 0}


def books(entries: list[Entry], **form: object) -> tuple[Ledger, list[Finding]]:
    """A service firm whose form says nothing but what *form* adds."""
    case = from_mapping({
        "case": {"name": "x", "trade": "services", "from": PERIOD.start, "to": PERIOD.end},
        "opening": NOTHING, "closing": NOTHING, **form,
    })
    moved = sum(e.amount for e in entries)
    ledger, findings = build(_frame(entries), (Bank("main", 10_000_000, 10_000_000 + moved),), case, PERIOD)
    return ledger, [f for f in findings if f.code in ("opening_least", "negative_balance")]


def test_an_undeclared_loan_that_is_paid_off_stood_open_before():
    ledger, told = books([Entry(5, 800_000, "sales"), *(Entry(30 * m, -50_000, "loan_repaid") for m in range(1, 6))])
    solution = ledger.solution
    assert solution.value("opening.loans") == 250_000
    assert solution.value("closing.loans") == 0
    assert solution.figures["opening.loans"].shares == {"estimated": 250_000}
    assert solution.value("opening.equity") == 10_000_000 - 250_000
    assert [f.code for f in told] == ["opening_least"]
    assert (told[0].source.field, told[0].params["amount"]) == ("loan.opening", "2500.00")


def test_a_new_loan_of_one_kind_does_not_pay_for_an_old_one_of_another():
    lines = [Entry(1, 900_000, "private_loan_in"), Entry(40, -50_000, "loan_repaid"), Entry(80, -50_000, "loan_repaid")]
    ledger, _ = books(lines)
    assert ledger.solution.value("opening.loans") == 100_000
    assert not (ledger.balances.balance("2001.01") > 0).any(), "a debt stands as a credit"
    assert ledger.balances.balance("2001.02")[-1] == -900_000


def test_a_loan_that_is_drawn_before_it_is_repaid_asks_for_nothing():
    ledger, told = books([Entry(1, 300_000, "loan_in"), Entry(60, -300_000, "loan_repaid")])
    assert ledger.solution.value("opening.loans") == 0
    assert told == []


def test_a_business_that_opened_inside_the_period_held_nothing_before_and_the_contradiction_is_told():
    about = {"name": "x", "trade": "services", "from": PERIOD.start, "to": PERIOD.end, "opened": dt.date(2025, 1, 10)}
    ledger, told = books([Entry(60, -300_000, "loan_repaid")], case=about)
    assert ledger.solution.value("opening.loans") == 0
    assert [f.code for f in told] == ["negative_balance"]


def test_what_the_form_states_of_the_loans_stands():
    ledger, _ = books([Entry(60, -300_000, "loan_repaid")],
                      loan=[{"lender": "Bank", "kind": "bank", "opening": 5000, "closing": 2000}])
    assert ledger.solution.value("opening.loans") == 500_000


FLOWS = st.lists(st.tuples(
    st.integers(0, 170), st.integers(-90_000, 90_000).filter(bool), st.sampled_from(["loan", "investment"]),
), min_size=1, max_size=12)
NAMED = {"loan": ("loan_in", "loan_repaid"), "investment": ("investment_back", "investment_out")}


@settings(max_examples=25)
@given(FLOWS)
def test_no_position_that_nobody_mentioned_ends_a_day_below_zero_and_none_is_lifted_without_need(flows):
    kinds = {"loan": "opening.loans", "investment": "opening.investments"}
    ledger, _ = books([Entry(day, amount, NAMED[kind][amount < 0]) for day, amount, kind in flows])
    for kind, name in kinds.items():
        sign = 1 if kind == "loan" else -1
        days = sorted({day for day, _, k in flows if k == kind})
        by_day = [sum(sign * a for d, a, k in flows if k == kind and d == day) for day in days]
        assert ledger.solution.value(name) == max(0, -min(accumulate(by_day), default=0))
