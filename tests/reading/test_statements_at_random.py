"""Any layout is read exactly and proven, and no changed digit passes for proven."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recon.reading.read import read_bytes
from recon.reading.result import NOTHING
from tests.reading.statements_at_random import draw

SEEDS = st.integers(0, 10**6)


def lines_of(reading):
    return [
        (day, amount, balance)
        for account in reading.accounts
        for day, amount, balance in zip(
            account.lines.date.tolist(), account.lines.amount.tolist(), account.lines.balance.tolist(), strict=True
        )
    ]


@pytest.mark.parametrize("form", ["as_csv", "as_pdf"])
@given(seed=SEEDS)
@settings(max_examples=25, deadline=None)
def test_every_layout_is_read_exactly_and_proven(form, seed):
    statement = draw(seed)
    reading = read_bytes(getattr(statement, form)(), "statement")
    assert (reading.outcome, sorted(lines_of(reading))) == ("proven", sorted(statement.truth))


@pytest.mark.parametrize("form", ["as_csv", "as_pdf"])
@given(seed=SEEDS, where=st.floats(0, 1, exclude_max=True), digit=st.sampled_from("0123456789"))
@settings(max_examples=25, deadline=None)
def test_one_changed_digit_in_an_amount_or_a_balance_is_never_proven(form, seed, where, digit):
    statement = draw(seed)
    spots = [
        (i, j, k)
        for i, row in enumerate(statement.rows)
        for j, name in enumerate(statement.columns)
        if name in {"amount", "in", "out", "balance"}
        for k, ch in enumerate(row[j])
        if ch.isdigit() and ch != digit
    ]
    i, j, k = spots[int(where * len(spots))]
    cell = statement.rows[i][j]
    statement.rows[i][j] = cell[:k] + digit + cell[k + 1 :]
    assert read_bytes(getattr(statement, form)(), "statement").outcome in {"inconsistent", "doubtful"}


@given(seed=SEEDS)
@settings(max_examples=15, deadline=None)
def test_without_a_printed_opening_the_first_line_is_named_as_unconfirmed(seed):
    reading = read_bytes(draw(seed, opening=False).as_csv(), "statement")
    assert reading.outcome == "proven"
    assert reading.accounts[0].lines.unpinned == (0,)


@given(
    seed=SEEDS,
    cut=st.floats(0.1, 0.95),
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=4),
)
@settings(max_examples=60, deadline=None)
@example(101445, 0.9453125, [])
@example(1047, 0.8671875, [(0.0, 48), (0.5, 0)])  # a balance cut off, the amount held by the printed closing
def test_a_damaged_file_ends_in_an_outcome_and_never_proves_what_is_not_so(seed, cut, flips):
    statement = draw(seed)
    data = bytearray(statement.as_csv() if seed % 2 else statement.as_pdf())
    del data[int(len(data) * cut) :]
    for at, value in flips:
        data[int(at * len(data))] = value
    reading = read_bytes(bytes(data), "statement")
    if reading.outcome == "proven":
        true = {line[1:] for line in statement.truth} | {(amount, NOTHING) for _, amount, _ in statement.truth}
        assert {line[1:] for line in lines_of(reading)} <= true
