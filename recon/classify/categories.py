"""The categories of a line: the account each is posted to, its cash-flow line, and people's words for it."""

from dataclasses import dataclass
from functools import cache

from recon.core.knowledge import nearest, table
from recon.events.words import plain

_COLUMNS = ("category", "account_in", "account_out", "cash_in", "cash_out", "control", "effective", "zh", "en")

#: Categories that the other direction calls by another name; every other category keeps its own when given back.
_RETURNED = {
    "sales": "sales_refund",
    "cash_sales": "sales_refund",
    "purchases": "purchase_refund",
    "cash_purchases": "purchase_refund",
    "sales_refund": "sales",
    "purchase_refund": "purchases",
}


@dataclass(frozen=True, slots=True)
class Category:
    """One category.

    Attributes:
        name: its key, as in ``method.md`` §3.
        account_in, account_out: account of the chart that money in or out of it is posted to.
        cash_in, cash_out: line of the cash-flow form by direction; 0 where none.
        control: the variable of ``templates/control.toml`` that it feeds.
        effective: yes (counts as effective revenue), takings (banked cash takings, counts) or no.
        zh, en: its name for people.
    """

    name: str
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
    """All categories by name, in the order of ``templates/categories.tsv``."""
    return {
        row["category"]: Category(
            row["category"], row["account_in"], row["account_out"], int(row["cash_in"]), int(row["cash_out"]),
            row["control"], row["effective"], row["zh"], row["en"],
        )
        for row in table("categories.tsv", _COLUMNS)
    }


@cache
def _spoken() -> dict[str, str]:
    """Category by every plain word for it: key, both names, and synonyms."""
    known = {
        plain(word): row["category"]
        for row in table("rules/synonyms.tsv", ("category", "words"))
        for word in row["words"].split("|")
    }
    named = {
        plain(word): c.name for c in categories().values() for word in (c.zh, c.en, c.name, c.name.replace("_", " "))
    }
    return known | named


def understand(word: str) -> str:
    """The category that a person's *word* means, or an empty string."""
    return _spoken().get(plain(word), "")


def suggest(word: str) -> str:
    """The known word nearest to *word*, or an empty string."""
    return nearest(plain(word), _spoken())


def returned(category: str) -> str:
    """The category of money that gives back a payment of *category*."""
    return _RETURNED.get(category, category)
