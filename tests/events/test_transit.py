"""Own money on its way over a bound of the period is cash there, and nothing else is taken for it."""

import datetime as dt

import pytest

from recon.core.facts import About, Case, Owner
from recon.reading.result import Reading
from tests.events.byhand import Row, bank, said
from tests.events.test_build import events

CASE = Case(case=About(from_=dt.date(2025, 1, 1), to=dt.date(2025, 3, 31)), owner=Owner(name="张三丰"))
ICBC = "6222020200005678"
SPAN: list[Row] = [said("2025-01-01", 7, "刘记"), said("2025-03-31", 8, "刘记")]


def _files(*first: Row, second: tuple[Row, ...] = ()) -> tuple[Reading, Reading]:
    one, two = (sorted([*SPAN, *rows], key=lambda row: row[0]) for rows in (first, second))
    return bank("a.csv", one), bank("b.csv", two, ICBC, name="工商银行")


def _to(day: str, amount: int, number: str = ICBC) -> Row:
    return said(day, amount, "张三丰", "转账", counterparty_account=number)


@pytest.mark.parametrize(("day", "amount", "code", "opening", "closing"), [
    ("2025-01-01", 300, "arrived_in_transit", 300, 0), ("2025-01-03", 300, "arrived_in_transit", 300, 0),
    ("2025-03-31", -300, "left_in_transit", 0, 300), ("2025-03-29", -300, "left_in_transit", 0, 300),
])
def test_money_on_its_way_over_a_bound_is_cash_there(
    day: str, amount: int, code: str, opening: int, closing: int,
) -> None:
    """All own accounts together move by nothing but the two sales at each bank."""
    frame, accounts, codes = events(*_files(_to(day, amount)), case=CASE)
    way = next(own for own in accounts if own.id == "in-transit")
    assert way.spans == ((way.start, way.end),), "what is on its way has no missing month"
    assert (way.opening, way.closing) == (opening, closing)
    assert codes[code][0]["other"] == "bank-5678"
    assert "transfer_unpaired" not in codes
    assert frame.loc[frame["category"] == "own_transfer", "amount"].sum() == 0
    total = sum((own.closing or 0) - (own.opening or 0) for own in accounts)
    assert total == 2 * (7 + 8)


@pytest.mark.parametrize(("day", "amount"), [
    ("2025-02-15", 300), ("2025-02-15", -300), ("2025-01-01", -300), ("2025-03-31", 300), ("2025-01-04", 300),
])
def test_what_could_not_be_on_its_way_stays_a_question(day: str, amount: int) -> None:
    """In the middle of the period, or the wrong way round, the other end is missing."""
    _, accounts, codes = events(*_files(_to(day, amount)), case=CASE)
    assert len(accounts) == 2
    assert "transfer_unpaired" in codes


def test_a_statement_that_goes_on_after_the_period_must_show_the_arrival() -> None:
    """It does: in transit. It shows the following week without it: missing."""
    later = said("2025-04-08", 5, "刘记")
    arrival = said("2025-04-01", 300, "张三丰")
    _, accounts, _ = events(*_files(_to("2025-03-31", -300), second=(arrival, later)), case=CASE)
    assert [own.closing for own in accounts if own.id == "in-transit"] == [300]
    _, accounts, codes = events(*_files(_to("2025-03-31", -300), second=(later,)), case=CASE)
    assert len(accounts) == 2
    assert "transfer_unpaired" in codes


def test_by_name_alone_only_an_account_with_which_money_went_to_and_fro_is_meant() -> None:
    """Without a number the owner's name may be any account of the owner's."""
    last = said("2025-03-31", -300, "张三丰", "转账")
    _, accounts, _ = events(*_files(last), case=CASE)
    assert len(accounts) == 2
    before = _to("2025-02-03", -50), said("2025-02-03", 50, "张三丰", "转账")
    _, accounts, _ = events(*_files(last, before[0], second=(before[1],)), case=CASE)
    assert [own.closing for own in accounts if own.id == "in-transit"] == [300]


def test_an_account_that_nobody_handed_in_holds_no_cash_in_transit() -> None:
    """Money to it is the owner's, on the last day as on any other."""
    _, accounts, codes = events(*_files(_to("2025-03-31", -300, "6217000000009999")), case=CASE)
    assert len(accounts) == 2
    assert "account_not_handed_in" in codes
