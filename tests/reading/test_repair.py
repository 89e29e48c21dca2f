"""Misread digits are put right by the balances around them, and no line is called verified that may be wrong."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recon.reading.result import NOTHING
from recon.reading.scans.repair import BREAK, Figures, distance, repaired
from tests.benchmarks.scans.repair import tally

AMOUNT = np.array([240000, -117200, -170000, -107700, 12900, 330000, -55200, 203000], np.int64)
OPENING = 3_097_085
BALANCE = OPENING + np.cumsum(AMOUNT)


def read(changes=None, *, opening=OPENING, closing=int(BALANCE[-1]), **more):
    """The page with some figures read otherwise: {(line, "amount" or "balance"): value}."""
    columns = {"amount": AMOUNT.copy(), "balance": BALANCE.copy()}
    for (k, name), value in (changes or {}).items():
        columns[name][k] = value
    return Figures(columns["amount"], columns["balance"], {}, {}, opening, closing, **more)


def test_what_was_read_right_is_verified_whole():
    done = repaired(read())
    assert done.state == ["verified"] * 8
    assert (done.amount == AMOUNT).all()
    assert (done.balance == BALANCE).all()


@given(line=st.integers(0, 7), name=st.sampled_from(["amount", "balance"]), at=st.integers(0, 4),
       digit=st.sampled_from("0123456789"))
def test_any_one_misread_digit_is_put_right_and_its_line_called_repaired(line, name, at, digit):
    true = int((AMOUNT if name == "amount" else BALANCE)[line])
    text = str(abs(true))
    value = (-1 if true < 0 else 1) * int(text[:at] + digit + text[at + 1:])
    done = repaired(read({(line, name): value}))
    assert (done.amount == AMOUNT).all()
    assert (done.balance == BALANCE).all()
    assert (done.state[line] == "repaired") == (value != true)
    assert "suspect" not in {done.state[k] for k in range(8) if abs(k - line) > 1}


@pytest.mark.parametrize("name", ["amount", "balance"])
def test_what_could_not_be_read_is_worked_out(name):
    done = repaired(read({(3, name): NOTHING}))
    assert (done.amount == AMOUNT).all()
    assert (done.balance == BALANCE).all()
    assert done.state[3] == ("repaired" if name == "amount" else "verified")  # a blank balance is no misread one


def test_a_lost_point_is_put_right():
    done = repaired(read({(2, "amount"): -17_000_000}))
    assert done.amount[2] == -170000
    assert distance(-17_000_000, -170000) < BREAK


def test_a_line_that_truly_does_not_close_is_left_as_it_stands():
    off = read({(4, "amount"): 98_765_43})
    done = repaired(off)
    assert done.amount[4] == 98_765_43
    assert not done.closes[4]
    assert done.state[4] == "suspect"


def test_what_two_engines_read_alike_is_not_put_right():
    changed = {(4, "amount"): 12800}
    assert repaired(read(changed)).state[4] == "repaired"
    sure = frozenset({3, 4})
    done = repaired(read(changed, sure_amounts=sure, sure_balances=sure | {5}))

    assert done.state[4] != "verified"


def test_another_look_that_saw_the_needed_figure_makes_the_line_verified():
    figures = read({(4, "amount"): 12800})
    seen = Figures(figures.amount, figures.balance, {4: (12900,)}, {}, OPENING, figures.closing)
    done = repaired(seen)
    assert done.amount[4] == 12900
    assert done.state[4] == "verified"


def test_without_an_opening_nothing_confirms_the_first_amount():
    done = repaired(read({(0, "amount"): 290000}, opening=None))
    assert done.state[0] == "suspect"
    assert done.state[1:] == ["verified"] * 7


@given(st.integers(1, 60), st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_any_figures_at_all_come_to_an_end(n, seed):
    rng = np.random.default_rng(seed)
    amount, balance = rng.integers(-10**9, 10**9, (2, n))
    amount[rng.random(n) < 0.2] = NOTHING
    balance[rng.random(n) < 0.2] = NOTHING
    done = repaired(Figures(amount, balance, {}, {}, None, None, signed=bool(seed % 2)))
    assert len(done.state) == n
    unread = done.amount == NOTHING
    assert not done.closes[unread].any()


def test_at_five_misread_cells_in_a_hundred_no_verified_line_is_wrong():
    found = tally(10_000, 0.05, seed=3)
    assert found["verified wrong"] == 0
    assert found["verified"] > 7_000
    assert found["right"] >= 0.99 * found["rows"] > found["raw"]
