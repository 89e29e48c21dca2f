"""How lines are written changes nothing: their order, their splitting, money moved between own accounts."""

from dataclasses import replace

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from recon.case.export import shares
from recon.statements.book import Statements
from tests.ledger.worlds import Entry, World, from_lines, ledger_lines, worlds

QUICK = settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
DAYS = st.lists(st.integers(0, 180), min_size=3, max_size=30)
NAMES = ("balance_sheet", "income_statement", "cash_flow")


def amounts(books: Statements) -> list[object]:
    return [(x.opening, x.amount, dict(x.months)) for name in NAMES for x in getattr(books, name)]


@QUICK
@given(worlds(), DAYS, st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_nothing(world: World, days: list[int], chance: object):
    entries = ledger_lines(world, days)
    mixed = list(entries)
    chance.shuffle(mixed)
    assert amounts(from_lines(world, entries)[1]) == amounts(from_lines(world, mixed)[1])


@QUICK
@given(worlds(), DAYS, st.data())
def test_splitting_lines_changes_nothing(world: World, days: list[int], data: st.DataObject):
    entries = ledger_lines(world, days)
    parts: list[Entry] = []
    for entry in entries:
        cut = data.draw(st.integers(0, abs(entry.amount))) * (1 if entry.amount > 0 else -1)
        parts += [replace(entry, amount=a) for a in (cut, entry.amount - cut) if a]
    assert amounts(from_lines(world, entries)[1]) == amounts(from_lines(world, parts)[1])


@pytest.mark.slow
@QUICK
@given(worlds(), DAYS, st.integers(1, 10**7), st.integers(0, 180))
def test_a_transfer_between_own_accounts_changes_nothing(world: World, days: list[int], amount: int, day: int):
    entries = ledger_lines(world, days)
    assume(entries)  # without a single line the books come from the interview, by other rules
    both = [Entry(day, -amount, "own_transfer"), Entry(day, amount, "own_transfer", "second")]
    assert amounts(from_lines(world, entries)[1]) == amounts(from_lines(world, [*entries, *both])[1])


@QUICK
@given(worlds(), DAYS)
def test_both_standards_have_the_same_profit_equity_and_cash_in_every_month(world: World, days: list[int]):
    ledger, books = from_lines(world, ledger_lines(world, days), "ifrs_sme")
    other = books.presented
    assert other is not books
    for statement, here, there in (
        ("balance_sheet", 1, 15), ("balance_sheet", 52, 20), ("balance_sheet", 30, 17), ("balance_sheet", 47, 34),
        ("balance_sheet", 53, 35), ("income_statement", 32, 14), ("cash_flow", 20, 20), ("cash_flow", 22, 22),
    ):
        ours, theirs = books.line(statement, here), other.line(statement, there)
        assert (ours.opening, ours.amount, ours.months) == (theirs.opening, theirs.amount, theirs.months)
    assert books.line("income_statement", 32).amount == ledger.value("net_profit")


@QUICK
@given(worlds(), DAYS)
def test_every_line_knows_its_basis_and_the_shares_add_to_one(world: World, days: list[int]):
    """Sums of lines documented by the bank are documented; what was counted is stated."""
    ledger, books = from_lines(world, ledger_lines(world, days), "ifrs_sme")
    for made in (books, books.presented):
        for line in (x for name in NAMES for x in getattr(made, name) if x.amount):
            assert line.shares
            assert min(line.shares.values()) > 0
            assert sum(round(float(s) * 100) for s in shares(line.shares).values()) == 100
    if world.closing["receivables"]:
        assert set(books.line("balance_sheet", 4).shares) <= {"stated"}
    cash = books.line("cash_flow", 3)
    if cash.amount:
        assert set(cash.shares) == {"documented"}
    for figure in ledger.solution.figures.values():
        assert figure.value is None or sum(figure.parts.values()) == figure.value
