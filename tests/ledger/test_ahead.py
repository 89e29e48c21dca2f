"""Rent of several months at once is told, with the part that is for months after the period; nothing is posted."""

import datetime as dt

import pandas as pd
import pytest

from recon.case.form import from_mapping
from recon.core.period import Period
from recon.events.accounts import OwnAccount
from recon.ledger.build import build
from tests.ledger.worlds import Bank, Entry, _frame

PERIOD = Period(dt.date(2025, 1, 1), dt.date(2025, 8, 31))
NOTHING = {"cash": 0, "receivables": 0, "payables": 0}


def told(days: list[int], amount: int = 2_700_000, stated: object = None, **more: object) -> list[dict[str, object]]:
    """What is told of rent paid on *days* of the period (0 = its first)."""
    entries = [Entry(5, 30_000_000, "sales"), *(Entry(day, -amount, "rent") for day in days)]
    case = from_mapping({
        "case": {"name": "x", "trade": "services", "from": PERIOD.start, "to": PERIOD.end},
        "opening": NOTHING, "closing": NOTHING | more, "stated": {} if stated is None else {"rent": stated},
    })
    moved = sum(e.amount for e in entries)
    _, findings = build(_frame(entries), (Bank("main", 5_000_000, 5_000_000 + moved),), case, PERIOD)
    return [dict(f.params) for f in findings if f.code == "rent_paid_ahead"]


def test_half_a_years_rent_in_july_leaves_four_of_six_months_after_august() -> None:
    """4 January and 4 July: every six months; 27,000.00 ÷ 6 × 4."""
    found = told([3, 184])
    assert [(each["months"], each["left"]) for each in found] == [(6, "18000.00")]


@pytest.mark.parametrize("days", [[4 + 30 * n for n in range(8)], [3, 94], []])
def test_monthly_rent_and_rent_that_the_period_used_up_are_not_told(days: list[int]) -> None:
    """A quarter paid in January and in April was used by June."""
    assert told(days) == []


def test_one_payment_is_told_by_the_stated_month() -> None:
    """A year's rent of 27,000.00 at 2,250.00 a month, paid in March: six of twelve months are left."""
    assert [each["left"] for each in told([63], stated=2250)] == ["13500.00"]
    assert told([63]) == []


@pytest.mark.parametrize(("days", "opening"), [([3, 184], 0), ([34, 215], 450_000)])
def test_the_other_end_of_a_stated_prepaid_rent_follows_from_the_rhythm(days: list[int], opening: int) -> None:
    """Paid first in January nothing was left from before; paid first in February, one month of six was."""
    entries = [Entry(5, 30_000_000, "sales"), *(Entry(day, -2_700_000, "rent") for day in days)]
    case = from_mapping({"case": {"name": "x", "trade": "services", "from": PERIOD.start, "to": PERIOD.end},
                         "opening": NOTHING, "closing": NOTHING | {"prepaid_expenses": 18000}})
    moved = sum(e.amount for e in entries)
    ledger, _ = build(_frame(entries), (Bank("main", 5_000_000, 5_000_000 + moved),), case, PERIOD)
    assert ledger.value("opening.prepaid_expenses") == opening
    assert ledger.value("net_profit") == 30_000_000 - 5_400_000 - opening + 1_800_000


def test_what_the_form_states_is_not_asked_again() -> None:
    """Prepaid expenses in the form, even none, settle it."""
    assert told([3, 184], prepaid_expenses=0) == []


@pytest.mark.parametrize(("opening", "least"), [(900_000, "18000.00"), (1_800_000, None)])
def test_a_wallet_that_falls_below_zero_with_its_stated_opening_is_told(opening: int, least: str | None) -> None:
    """27,000.00 went out when 9,000.00 had come in: 18,000.00 must have been there."""
    entries = [Entry(1, 900_000, "sales"), Entry(3, -2_700_000, "rent"), Entry(20, 4_000_000, "sales")]
    frame = _frame(entries).assign(account="wx", account_kind="wallet", balance=pd.NA)
    case = from_mapping({"case": {"name": "x", "trade": "services", "from": PERIOD.start, "to": PERIOD.end},
                         "opening": NOTHING, "closing": NOTHING})
    _, findings = build(frame, (OwnAccount("wx", "wallet", opening=opening, files=("a",)),), case, PERIOD)
    found = [f.params["least"] for f in findings if f.code == "opening_too_small"]
    assert found == ([] if least is None else [least])


def test_a_card_that_opens_with_a_debt_is_not_told_to_be_short_of_money() -> None:
    """What a card owes is below zero by nature."""
    frame = _frame([Entry(3, -10_000, "purchases")]).assign(account="amex", account_kind="card", balance=pd.NA)
    case = from_mapping({"case": {"name": "x", "trade": "services", "from": PERIOD.start, "to": PERIOD.end},
                         "opening": NOTHING, "closing": NOTHING})
    _, findings = build(frame, (OwnAccount("amex", "card", opening=-84_215, files=("a",)),), case, PERIOD)
    assert not [f for f in findings if f.code == "opening_too_small"]


@pytest.mark.parametrize(("words", "advances", "count"), [
    ("收款方备注:会员卡充值", None, 2), ("办卡 李姐", None, 2), ("剪发", None, 0), ("办卡 李姐", 0, 0),
])
def test_cards_sold_ask_for_what_is_left_on_them(words: str, advances: int | None, count: int) -> None:
    """Half a shop's cards are still to be served; where the form speaks of advances it has been asked."""
    frame = _frame([Entry(3, 50_000, "sales"), Entry(9, 100_000, "sales")]).assign(description=words)
    more = {} if advances is None else {"advances": advances}
    case = from_mapping({"case": {"name": "x", "trade": "services", "from": PERIOD.start, "to": PERIOD.end},
                         "opening": NOTHING | more, "closing": NOTHING | more})
    _, findings = build(frame, (Bank("main", 0, 150_000),), case, PERIOD)
    assert [f.params["count"] for f in findings if f.code == "cards_sold"] == ([count] if count else [])
