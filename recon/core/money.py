"""Money as whole minor units: read from text, shared out over months and written back without a float on the way."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

#: Currencies whose minor unit is not a hundredth (ISO 4217).
_DECIMALS = dict.fromkeys(("JPY", "KRW", "VND", "CLP", "ISK", "XOF", "XAF", "UGX"), 0) | dict.fromkeys(
    ("BHD", "KWD", "OMR", "TND", "JOD"), 3
)

#: The largest amount that an int64 column can hold.
LIMIT = 2**63 - 1


def decimals(currency: str) -> int:
    """Digits after the point in *currency* (ISO 4217 code): CNY 2, JPY 0, KWD 3."""
    return _DECIMALS.get(currency.upper(), 2)


def from_decimal(value: str | int | Decimal, places: int = 2) -> int:
    """Minor units of a plain decimal number such as ``"-1234.50"``, ``"1,234.50"``, ``1234`` or ``Decimal``.

    Raises:
        ValueError: not a number, more decimals than the currency has, or too large for the tables.
    """
    text = value.replace(",", "").replace("，", "").strip() if isinstance(value, str) else value
    try:
        scaled = Decimal(text).scaleb(places)
    except InvalidOperation as slip:
        raise ValueError(f"not an amount: {value!r}") from slip
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
        raise ValueError(f"not an amount with at most {places} decimals: {value!r}")
    minor = int(scaled)
    if abs(minor) > LIMIT:
        raise ValueError(f"amount out of range: {value!r}")
    return minor


def to_text(minor: int, places: int = 2) -> str:
    """Major units with the currency's decimals: ``to_text(-123450)`` is ``"-1234.50"``."""
    sign, digits = ("-" if minor < 0 else ""), str(abs(int(minor))).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def to_display(minor: int, places: int = 2) -> str:
    """As :func:`to_text`, with thousands separated for people: ``"-1,234.50"``."""
    whole, point, rest = to_text(abs(int(minor)), places).partition(".")
    return ("-" if minor < 0 else "") + f"{int(whole):,}" + point + rest


def divide(numerator: int, denominator: int) -> int:
    """The quotient rounded half away from zero, as a spreadsheet's ROUND does. *denominator* is not zero."""
    negative = (numerator < 0) != (denominator < 0)
    quotient, rest = divmod(abs(numerator), abs(denominator))
    quotient += 2 * rest >= abs(denominator)
    return -quotient if negative else quotient


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """Share *total* over *weights* in whole units so that the shares add to it exactly.

    Each share is the rounded running share less the one before (cumulative rounding), so the sum closes, no share is
    more than one unit from its exact value, and a spreadsheet can show the same rule as one formula along a row.
    Negative weights count as zero; where no weight is positive, every share weighs the same.
    """
    usable = [max(0, int(w)) for w in weights]
    if not any(usable):
        usable = [1] * len(usable)
    whole, running, given, shares = sum(usable), 0, 0, []
    for weight in usable:
        running += weight
        reached = divide(total * running, whole)
        shares.append(reached - given)
        given = reached
    return shares
