"""Invoices that were bought: papers of sales and purchases that never were, with no money behind them."""

import datetime as dt
from pathlib import Path

from recon.simulate.evidence import invoice
from recon.simulate.faults.fault import Fault, Record
from recon.simulate.faults.flows import rounded
from recon.simulate.journal import Event, Row
from recon.simulate.people import digits

SALES, PURCHASES = 4, 2


class InvoicesBought(Fault):
    """Invoices of sales to a firm that never bought, and of goods from a firm that never delivered."""

    name = "invoices_bought"

    def folder(self, place: Path, shown: list[Row]) -> list[Row]:
        """Write the invoices beside the true ones."""
        if self.world.profile.locale != "zh-CN":
            raise self.impossible("no_invoices")
        for category, count in (("credit_sales", SALES), ("credit_purchases", PURCHASES)):
            party, _ = self.stranger(category, "firm")
            for _ in range(count):
                self._write(place, category, party)
        return shown

    def _write(self, place: Path, category: str, party: str) -> None:
        world = self.world
        day = world.first + dt.timedelta(days=self.rng.randint(0, (world.last - world.first).days))
        amount = rounded(self.month_of_sales() * self.rng.randint(15, 40) // 100, world.about(100))
        number = "25322000000" + digits(self.rng, 9)
        name = f"dzfp_{number}_{day:%Y%m%d}.pdf"
        data = invoice.draw(world, Event(0, day, category, amount, "", party, ""), number, self.rng)
        (place / "receipts").mkdir(exist_ok=True)
        (place / "receipts" / name).write_bytes(data)
        self.records.append(Record(f"receipts/{name}", amount, (day,), f"{category} with {party}"))
