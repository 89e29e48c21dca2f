"""The categories of a line: their names, where they are posted and their line of the cash-flow form."""

from dataclasses import dataclass
from functools import cache

from recon.core.knowledge import table

_COLUMNS = ("category", "account_in", "account_out", "cash_in", "cash_out", "control", "effective", "zh", "en")


@dataclass(frozen=True, slots=True)
class Category:
    """One row of ``templates/categories.tsv``.

    Attributes:
        account_in, account_out: the account posted against when money comes in, or goes out.
        cash_in, cash_out: line of the cash-flow form likewise; 0 where it moves no cash.
        control: the variable of the period that its lines feed.
        effective: how it counts in effective revenue: yes, no or takings.
    """

    category: str
    account_in: str
    account_out: str
    cash_in: int
    cash_out: int
    control: str
    effective: str
    zh: str
    en: str


@cache
def categories() -> dict[str, Category]:
    """All categories by name, in the order of the data."""
    return {
        row["category"]: Category(**{**row, "cash_in": int(row["cash_in"]), "cash_out": int(row["cash_out"])})
        for row in table("categories.tsv", _COLUMNS)
    }
