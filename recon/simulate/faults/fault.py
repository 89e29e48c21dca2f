"""What a fault can touch: the days of the business, the files of an account, the folder, the answers of the form."""

import copy
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from recon.core.errors import ReconError
from recon.core.knowledge import document
from recon.core.money import to_text
from recon.simulate.evidence.frame import Statement
from recon.simulate.journal import Row
from recon.simulate.people import digits, stream
from recon.simulate.world import Account, World

#: A file of evidence about to be written: its name and what stands in it.
File = tuple[str, Statement]
#: A table of the case form: its name and its keys.
Table = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that a fault did: where, how much (minor units, None where no amount moved) and on which days."""

    where: str
    amount: int | None = None
    dates: tuple[dt.date, ...] = ()
    detail: str = ""

    def as_json(self, kind: str, places: int) -> dict[str, Any]:
        """An entry of ``truth.json``'s ``faults``; *places* are the currency's decimals."""
        return {"kind": kind, "where": self.where,
                "amount": None if self.amount is None else to_text(self.amount, places),
                "dates": [str(day) for day in self.dates], "detail": self.detail}


class Fault:
    """A fault of one business: by itself it changes nothing, each kind overrides what it needs."""

    name = ""

    def __init__(self, world: World) -> None:
        self.world = world
        self.records: list[Record] = []

    @property
    def rng(self) -> Random:
        """The fault's own random stream: what it draws leaves the business's other draws alone."""
        return self.world.rng(f"fault/{self.name}")

    def step(self) -> None:
        """A day of the business, after all else of it."""

    def statements(self, account: Account, files: list[File]) -> list[File]:  # noqa: ARG002 - for those who override
        """The files of *account* as they will be handed in."""
        return files

    def folder(self, place: Path, shown: list[Row]) -> list[Row]:  # noqa: ARG002 - likewise
        """The written evidence under *place*; *shown* are the rows that it shows, returned without those it lost."""
        return shown

    def form(self, tables: list[Table]) -> list[Table]:
        """The tables of the case form as they will be handed in."""
        return tables

    def impossible(self, why: str) -> ReconError:
        """The error that this business has no place for the fault; *why* ends a code of ``error.fault_…``."""
        return ReconError(f"fault_{why}", fault=self.name, trade=self.world.profile.trade)

    def stranger(self, topic: str, kind: str = "person") -> tuple[str, str]:
        """Name and account number of somebody whom no form names, the same whenever asked for the same *topic*."""
        seed = f"{self.world.seed}/fault/{self.name}"
        people = copy.copy(self.world.people)
        people.rng, people.used = stream(seed, topic), set(self.world.people.used)
        return people.party(kind), digits(stream(seed, topic + "/number"), 18)

    def words(self, topic: str) -> tuple[str, ...]:
        """Remarks that hide or serve the fault."""
        return tuple(_words()[self.world.profile.locale][topic])

    def month_of_sales(self) -> int:
        """A usual month's sales so far, in minor units."""
        sold = [amount for month, amount in self.world.monthly_sales.items() if amount > 0]
        return sum(sold) // max(len(sold), 1)


@cache
def _words() -> Mapping[str, Mapping[str, list[str]]]:
    return document("simulate/_faults.toml")


def accounts(world: World, *kinds: str) -> Iterator[Account]:
    """Own accounts of such *kinds*, in the order of the trade's file."""
    return (account for account in world.accounts.values() if account.form.kind in kinds)
