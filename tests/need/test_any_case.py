"""Any form at all comes out with checks and a verdict, told in both languages, and never with a traceback."""

import json

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from recon.core.errors import ReconError
from recon.core.facts import Position, Request, Stated
from recon.core.settings import settings as chosen
from recon.core.words import tell
from recon.need.assess import assess
from recon.need.export import as_json
from tests.checks.cases import rebuild

QUICK = settings(max_examples=10, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
amounts = st.one_of(st.just(0), st.integers(-10**6, 10**9))
ratios = st.sampled_from(("0", "0.5", "1", "-0.2", "3"))
position = st.dictionaries(st.sampled_from(Position.__struct_fields__), amounts, max_size=12)
FACTS = ("total_sales", "cash_sales", "cost_of_goods_sold", "net_profit", "drawings", "received", "paid", "rent")
known = st.dictionaries(st.sampled_from(FACTS), amounts, max_size=6)
money = ("monthly_sales", "monthly_profit", "household", "good_day", "poor_day")
stated = st.fixed_dictionaries({}, optional={
    **dict.fromkeys(money, amounts), "margin": ratios, "expected_growth": ratios, "share_through_accounts": ratios,
    "good_days": st.integers(0, 400), "poor_days": st.integers(0, 31),
})
request = st.fixed_dictionaries({"amount": amounts}, optional={
    "term_months": st.integers(-3, 2000), "annual_rate": ratios, "own_funds": amounts, "other_funding": amounts,
    "repayment": st.sampled_from(("annuity", "interest_then_principal", "free")),
})
loan = st.fixed_dictionaries({"lender": st.just("x")}, optional={
    "opening": amounts, "closing": amounts, "annual_rate": ratios, "monthly_payment": amounts,
})
history = st.fixed_dictionaries({}, optional=dict.fromkeys(("equity", "profit", "withdrawn", "depreciation"), amounts))
forms = st.fixed_dictionaries(
    {"opening": position, "closing": position, "known": known, "stated": stated},
    optional={"request": request, "history": history, "loan": st.lists(loan, max_size=2).map(tuple)},
)


def dated(form, currency):
    """The form as its reader gets it."""
    import datetime as dt  # noqa: PLC0415 - only here

    about = {"trade": "retail", "currency": currency, "from": dt.date(2025, 1, 15), "to": dt.date(2025, 4, 3)}
    return {"case": about, **form}


@QUICK
@given(forms, st.sampled_from(("CNY", "JPY", "KWD")))
def test_no_form_breaks_checks_or_need(form, currency):
    try:
        made = rebuild(dated(form, currency))
    except ReconError as slip:
        tell("en", slip)
        return
    checks = tuple(made.checks.values())
    need, findings = assess(made.case, made.ledger, made.statements, checks, chosen())
    for language in ("zh-CN", "en"):
        assert all(check.tell(language) for check in checks)
        assert all(tell(language, finding) for finding in findings)
        told = as_json(need, language=language, places=2)
        assert json.loads(json.dumps(told))["verdict"] in ("justified", "reduce", "decline", "cannot_judge")
        assert told["reasons"]
    assert not [c.id for c in checks if c.group == "articulation" and c.outcome == "fail"]


def test_the_form_has_the_fields_that_this_test_draws():
    assert {"amount", "term_months", "annual_rate", "own_funds"} <= set(Request.__struct_fields__)
    assert set(money) <= set(Stated.__struct_fields__)
