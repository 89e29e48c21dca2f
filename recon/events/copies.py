"""Whether two files that print different numbers, or none, list the lines of one account."""

from collections import Counter

import numpy as np
import numpy.typing as npt

from recon.reading.result import NOTHING, Account
from recon.reading.scale import FINEST, scaled

#: Lines with a balance, and lines without, from which on equality is no chance.
_FEW, _MANY = 5, 30
#: The share of the fewer lines that must agree: a copy may have been cut or altered in a line or two.
_NEARLY_ALL = 0.9


def same(one: Account, two: Account) -> bool:
    """Whether both accounts list the same days, amounts and balances over the days that both cover.

    Without printed balances more lines must agree, and they must not be of a few amounts only.
    """
    if one.currency and two.currency and one.currency != two.currency:
        return False
    first, second = _common(one, two)
    balanced = bool(len(first) and len(second)) and NOTHING not in first[:, 2] and NOTHING not in second[:, 2]
    left, right = (Counter(map(tuple, (rows if balanced else rows[:, :2]).tolist())) for rows in (first, second))
    agreeing = left & right
    if agreeing.total() < (_FEW if balanced else _MANY):
        return False
    if agreeing.total() < _NEARLY_ALL * max(left.total(), right.total()):
        return False
    return balanced or len({amount for _, amount in agreeing}) * 2 >= _MANY


def _common(one: Account, two: Account) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Day, amount and balance (finest units) of the lines on the days that both span."""
    tables = [_table(account) for account in (one, two)]
    if not all(len(table) for table in tables):
        return tables[0][:0], tables[1][:0]
    first = max(int(table[:, 0].min()) for table in tables)
    last = min(int(table[:, 0].max()) for table in tables)
    left, right = (table[(table[:, 0] >= first) & (table[:, 0] <= last)] for table in tables)
    return left, right


def _table(account: Account) -> npt.NDArray[np.int64]:
    """The dated lines of *account* as day, amount and balance; files that name no currency may count finer units."""
    lines, places = account.lines, account.places
    money = [scaled(column, places, FINEST)[0] for column in (lines.amount, lines.balance)]
    day = lines.date.astype("datetime64[D]").astype(np.int64)
    return np.column_stack([day, *money])[~np.isnat(lines.date)].astype(np.int64)
