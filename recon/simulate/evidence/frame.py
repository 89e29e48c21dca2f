"""What a writer of evidence is handed: one account's rows of one period, and the words banks use."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from random import Random

from recon.core.knowledge import document
from recon.simulate.journal import Row
from recon.simulate.people import stream
from recon.simulate.world import Account, World


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of a file."""

    first: dt.date
    last: dt.date


@dataclass(slots=True)
class Statement:
    """One file to write.

    Attributes:
        opening: balance before the first row, in minor units.
        printed: each row with its place among the file's transactions, from 1, in the order of the file.
    """

    account: Account
    world: World
    period: Period
    rows: list[Row]
    opening: int
    printed: list[tuple[Row, int]] = field(default_factory=list)

    def rng(self) -> Random:
        """The stream of this file's own numbers."""
        return stream(self.world.seed, f"evidence/{self.account.form.id}/{self.period.first}")

    def print_in(self, rows: list[Row]) -> list[Row]:
        """Settle the order of the file: *rows* as they will stand in it."""
        self.printed = [(row, place) for place, row in enumerate(rows, 1)]
        return rows

    @property
    def closing(self) -> int:
        """Balance after the last row."""
        return self.rows[-1].balance if self.rows else self.opening


@cache
def _bank_words() -> dict[str, dict[str, str]]:
    return document("simulate/_bank.toml")


def summary(row: Row, style: str = "personal") -> str:
    """The bank's own short word (摘要) for a row."""
    words = _bank_words()
    return words[style].get(row.kind) or words["personal"][row.kind]


def other_side(row: Row) -> tuple[str, str]:
    """The other side's name and account as a bank prints them; a wallet's provider for a wallet."""
    providers = _bank_words()["provider"]
    if row.kind == "quick_pay":
        return f"{row.party}-{row.text}", ""
    if row.kind in ("withdraw_in", "top_up_out"):
        return providers[row.text], _bank_words()["provider_account"].get(row.text, "")
    return row.party, row.party_account


def remark(row: Row) -> str:
    """The words beside the summary: what the payer wrote, or the bank's own."""
    words = _bank_words()["remark"]
    return words.get(f"{row.kind}:{row.text}", words.get(row.kind, row.text))


def english(row: Row) -> tuple[str, str]:
    """An English bank's short code and words for a row."""
    codes, phrases = (document("simulate/en/_bank.toml")[part] for part in ("code", "phrase"))
    words = phrases[row.kind].format(party=row.party, text=row.text)
    return codes[row.kind], " ".join(words.split()).upper()


def yuan(minor: int) -> str:
    """``1234.50`` without separators, from minor units."""
    sign, digits = ("-" if minor < 0 else ""), str(abs(minor)).rjust(3, "0")
    return f"{sign}{digits[:-2]}.{digits[-2:]}"


def grouped(minor: int) -> str:
    """``1,234.50`` from minor units."""
    whole, _, cents = yuan(abs(minor)).partition(".")
    return ("-" if minor < 0 else "") + f"{int(whole):,}.{cents}"
