"""The faults that can be asked for, and all faults of one business as one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from recon.core.errors import ReconError
from recon.core.knowledge import nearest
from recon.simulate.faults.answers import PaddedRequest, StockOverstated, TurnoverOverstated
from recon.simulate.faults.fault import Fault, File, Table
from recon.simulate.faults.flows import HiddenLoan, RoundTrips, SameDay
from recon.simulate.faults.forgery import EditedAmount, ForgedBalance
from recon.simulate.faults.gaps import AccountMissing, DoubledFile, MonthMissing, PageMissing
from recon.simulate.faults.papers import InvoicesBought
from recon.simulate.journal import Row
from recon.simulate.world import Account, World

KINDS: tuple[type[Fault], ...] = (
    MonthMissing, PageMissing, AccountMissing, DoubledFile, HiddenLoan, RoundTrips, SameDay, EditedAmount,
    ForgedBalance, StockOverstated, InvoicesBought, PaddedRequest, TurnoverOverstated,
)
CATALOGUE = {kind.name: kind for kind in KINDS}


def known(names: Sequence[str]) -> None:
    """Refuse a name that is no fault.

    Raises:
        ReconError: names the nearest and all there are.
    """
    for name in names:
        if name not in CATALOGUE:
            raise ReconError("no_fault", fault=name, nearest=nearest(name, CATALOGUE), faults=", ".join(CATALOGUE))


class Faults:
    """The faults of one business, in the order asked for; none is the honest case."""

    def __init__(self, world: World, names: Sequence[str] = ()) -> None:
        self.places = world.places
        self.all = [CATALOGUE[name](world) for name in dict.fromkeys(names)]

    def step(self) -> None:
        """A day of every fault."""
        for fault in self.all:
            fault.step()

    def statements(self, account: Account, files: list[File]) -> list[File]:
        """The files of *account* after every fault."""
        for fault in self.all:
            files = fault.statements(account, files)
        return files

    def folder(self, place: Path, shown: list[Row]) -> list[Row]:
        """The written evidence after every fault; rows that no longer stand in it are left out of what is returned."""
        for fault in self.all:
            shown = fault.folder(place, shown)
        return shown

    def form(self, tables: list[Table]) -> list[Table]:
        """The tables of the case form after every fault."""
        for fault in self.all:
            tables = fault.form(tables)
        return tables

    def as_json(self) -> list[dict[str, Any]]:
        """``truth.json``'s ``faults``."""
        return [record.as_json(fault.name, self.places) for fault in self.all for record in fault.records]
