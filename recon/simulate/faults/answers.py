"""Answers and counts that are not so: stock, the amount asked for, turnover."""

from decimal import Decimal
from typing import Any

from recon.core.money import from_decimal
from recon.simulate.faults.fault import Fault, Record, Table
from recon.simulate.faults.flows import rounded


def table(tables: list[Table], name: str) -> dict[str, Any]:
    """The table *name* of the form."""
    return next(content for each, content in tables if each == name)


def minor(fault: Fault, value: object) -> int:
    """An amount of the form in minor units of the business's currency."""
    return from_decimal(str(value), fault.world.places)


class StockOverstated(Fault):
    """The closing stock is counted too high, in sum and in every kind of goods alike."""

    name = "stock_overstated"

    def form(self, tables: list[Table]) -> list[Table]:
        """Raise the counted stock."""
        closing = table(tables, "closing")
        before = minor(self, closing.get("inventory", 0))
        if not before:
            raise self.impossible("no_stock")
        percent = self.rng.randint(140, 190)
        closing["inventory"] = self.world.text(before * percent // 100)
        left, goods = before * percent // 100, [content for name, content in tables if name == "[]stock"]
        for place, content in enumerate(goods):
            part = left if place == len(goods) - 1 else minor(self, content["amount"]) * percent // 100
            content["amount"] = self.world.text(part)
            left -= part
        more = before * percent // 100 - before
        self.records.append(Record("closing.inventory", more, detail=self.world.text(before)))
        return tables


class PaddedRequest(Fault):
    """More is asked for than the business needs: two to four times as much."""

    name = "padded_request"

    def form(self, tables: list[Table]) -> list[Table]:
        """Raise the amount asked for."""
        request = table(tables, "request")
        before = minor(self, request["amount"])
        asked = rounded(before * self.rng.randint(200, 400) // 100, self.world.about(10_000))
        request["amount"] = self.world.text(asked)
        self.records.append(Record("request.amount", asked - before, detail=self.world.text(before)))
        return tables


class TurnoverOverstated(Fault):
    """The owner tells of more sales, better days and more profit than there were."""

    name = "turnover_overstated"
    KEYS = ("monthly_sales", "monthly_profit", "good_day", "normal_day", "poor_day")

    def form(self, tables: list[Table]) -> list[Table]:
        """Raise what was said of sales and profit, all by the same part."""
        stated = table(tables, "stated")
        percent = self.rng.randint(150, 200)
        if stated.get("monthly_sales") is None:
            raise self.impossible("no_answer")
        for key in self.KEYS:
            if stated.get(key) is not None:
                before = Decimal(str(stated[key]))
                stated[key] = str(int(before * percent / 100))
                more = minor(self, stated[key]) - minor(self, before)
                self.records.append(Record(f"stated.{key}", more, detail=str(before)))
        return tables
