"""Balances and movements of every account by month, from the journal alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from recon.ledger.posting import OPENING, is_cash


@dataclass(frozen=True, slots=True)
class Balances:
    """Debit-positive int64 minor units; column 0 is the opening, column i the i-th month.

    Attributes:
        months: ``YYYY-MM`` of columns 1…
        accounts: account code of each row of *movement*.
        movement: (accounts, 1 + months): opening balance, then net debit of each month.
        cash: (lines, 1 + months): net cash in tagged with each line of the cash-flow form.
    """

    months: tuple[str, ...]
    accounts: tuple[str, ...]
    movement: npt.NDArray[np.int64]
    cash: dict[int, npt.NDArray[np.int64]]

    def balance(self, prefix: str) -> npt.NDArray[np.int64]:
        """Balance of all accounts that begin with *prefix* at the opening and at each month's end."""
        return np.asarray(np.cumsum(self.moved(prefix)), dtype=np.int64)

    def moved(self, prefix: str) -> npt.NDArray[np.int64]:
        """Opening balance and net debit of each month of all accounts that begin with *prefix*."""
        rows = [i for i, account in enumerate(self.accounts) if account.startswith(prefix)]
        return np.asarray(self.movement[rows].sum(axis=0), dtype=np.int64)


def balances(journal: pd.DataFrame, months: Sequence[str]) -> Balances:
    """Sum *journal* (``core.tables.JOURNAL``) by account, month and cash-flow line."""
    columns = [OPENING, *months]
    net = journal["debit"] - journal["credit"]
    table = _by_month(net, journal["account"], journal["month"], columns)
    tagged = journal["account"].map(is_cash).astype(bool) & (journal["cash_line"] > 0)
    cash = _by_month(net[tagged], journal.loc[tagged, "cash_line"], journal.loc[tagged, "month"], columns)
    return Balances(
        tuple(months), tuple(str(a) for a in table.index), table.to_numpy(dtype=np.int64),
        {int(str(line)): row.to_numpy(dtype=np.int64) for line, row in cash.iterrows()},
    )


def _by_month(net: pd.Series, key: pd.Series, month: pd.Series, columns: list[str]) -> pd.DataFrame:
    """Sums of *net*, a row per key in order, a column for the opening and each month."""
    sums = pd.DataFrame({"key": key, "month": month, "net": net}).groupby(["key", "month"], as_index=False).sum()
    table = sums.pivot_table(index="key", columns="month", values="net", aggfunc="sum", fill_value=0)
    return table.reindex(columns=columns, fill_value=0).sort_index()
