"""Money is exact: text to minor units and back, shares that add up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon.core.money import decimals, divide, from_decimal, spread, to_display, to_text


@given(st.integers(-(10**17), 10**17), st.sampled_from([0, 2, 3]))
def test_text_and_minor_units_are_two_forms_of_one_amount(minor, places):
    assert from_decimal(to_text(minor, places), places) == minor
    assert from_decimal(to_display(minor, places), places) == minor


@pytest.mark.parametrize(("value", "places", "minor"), [
    ("1,234.50", 2, 123450), ("-0.05", 2, -5), (7, 2, 700), (Decimal("1.5"), 3, 1500), ("1234", 0, 1234),
    ("0.1e1", 2, 100),
])
def test_plain_decimals_are_read_exactly(value, places, minor):
    assert from_decimal(value, places) == minor


@pytest.mark.parametrize("value", ["", "abc", "1.005", "NaN", "Infinity", "1e30", "--1"])
def test_what_is_no_amount_is_refused(value):
    with pytest.raises(ValueError, match="amount"):
        from_decimal(value)


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=40))
def test_shares_add_to_the_total_and_none_is_a_unit_off(total, weights):
    shares = spread(total, weights)
    assert sum(shares) == total
    whole = sum(weights)
    if whole:
        assert all(abs(share * whole - total * weight) <= whole for share, weight in zip(shares, weights, strict=True))


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_division_rounds_half_away_from_zero(numerator, denominator):
    exact = (Decimal(numerator) / Decimal(denominator)).quantize(Decimal(1), "ROUND_HALF_UP")
    if abs(Decimal(numerator) % Decimal(denominator)) * 2 != denominator:
        assert divide(numerator, denominator) == int(exact)
    assert divide(5, 2) == 3
    assert divide(-5, 2) == -3


def test_currencies_have_their_own_decimals():
    assert (decimals("CNY"), decimals("jpy"), decimals("KWD")) == (2, 0, 3)
