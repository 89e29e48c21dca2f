"""Minor units of one number of decimals become those of another, rounding half away from zero and saying where."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from recon.core.money import decimals, divide
from recon.reading.result import NOTHING, Account

#: Decimals that a printed figure may have before anything tells its currency: no currency has more (ISO 4217).
FINEST = 3
_Ints = npt.NDArray[np.int64]


def scaled(minor: _Ints, places: int, to: int) -> tuple[_Ints, npt.NDArray[np.bool_]]:
    """*minor* with *to* decimals instead of *places*, NOTHING kept, and which of them had to be rounded."""
    held = minor != NOTHING
    if to >= places:
        return np.where(held, minor * 10 ** (to - places), NOTHING), np.zeros(len(minor), bool)
    unit = 10 ** (places - to)
    size, rest = np.divmod(np.abs(np.where(held, minor, 0)), unit)
    whole = np.sign(minor) * (size + (2 * rest >= unit))
    return np.where(held, whole, NOTHING), rest != 0


def scaled_one(minor: int | None, places: int, to: int) -> int | None:
    """The same for one amount, None where there is none."""
    return None if minor is None else divide(minor * 10**to, 10**places)


def in_currency(account: Account, currency: str) -> tuple[Account, int]:
    """*account*, of a file that names no currency, in minor units of *currency*, and how many lines were rounded.

    A line that was rounded stands in no chain that closes to the last unit, so the account is then not proven.
    """
    places, to = account.places, decimals(currency)
    if account.currency or places == to:
        return account, 0
    lines = account.lines
    amount, rounded = scaled(lines.amount, places, to)
    balance, _ = scaled(lines.balance, places, to)
    return replace(
        account,
        lines=replace(lines, amount=amount, balance=balance),
        opening=scaled_one(account.opening, places, to),
        closing=scaled_one(account.closing, places, to),
        proven=account.proven and not rounded.any(),
        unnamed_places=to,
    ), int(rounded.sum())
