"""A gap in an account's lines is one net amount in the month where its balances part from them."""

import datetime as dt

import pandas as pd
import pytest

from recon.core.period import Period
from recon.ledger.posting import _jumps

PERIOD = Period(dt.date(2025, 1, 1), dt.date(2025, 3, 31))
#: Day, amount and printed balance, opening at 1,000.
LINES = [("01-05", 300, 1300), ("01-05", -100, 1200), ("01-20", 50, 1250), ("02-03", -250, 1000), ("02-03", 700, 1700),
         ("02-25", -40, 1660), ("03-09", 10, 1670), ("03-09", -20, 1650)]


def frame(lines: list[tuple[str, int, int]]) -> pd.DataFrame:
    return pd.DataFrame({
        "date": pd.to_datetime([f"2025-{day}" for day, _, _ in lines]), "amount": [a for _, a, _ in lines],
        "balance": pd.array([b for _, _, b in lines], dtype="Int64"), "funded_by": [""] * len(lines),
    })


def within_days_reversed(lines: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    return [line for day in sorted({d for d, _, _ in lines}) for line in reversed([x for x in lines if x[0] == day])]


@pytest.mark.parametrize("order", [list, within_days_reversed])
def test_one_wrong_amount_is_one_net_amount_in_its_month_in_whatever_order_a_day_is_printed(order):
    wrong = order([(d, a + (8000 if (d, a) == ("02-25", -40) else 0), b) for d, a, b in LINES])
    assert sum(by for _, by in _jumps(frame(wrong), -8000, PERIOD)) == -8000
    assert len(_jumps(frame(wrong), -8000, PERIOD)) == 1


def test_missing_lines_stand_in_the_month_where_the_balances_jump():
    assert _jumps(frame([x for x in LINES if x[0] != "02-03"]), 450, PERIOD) == [("2025-02", 450)]


def test_what_the_balances_do_not_place_stands_in_the_last_month():
    lines = frame(LINES)
    assert _jumps(lines.assign(balance=pd.array([pd.NA] * len(lines), dtype="Int64")), 77, PERIOD) == [("2025-03", 77)]
    assert _jumps(lines, 0, PERIOD) == []
