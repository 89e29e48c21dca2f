"""What was read from each document, as a table on the screen; fields to check are marked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recon.core.money import decimals, to_display
from recon.core.words import say
from recon.reading.result import Reading, Receipt

if TYPE_CHECKING:
    from rich.console import Console

_FIELDS = ("file", "kind", "number", "date", "due", "seller", "buyer", "net", "tax", "total", "currency")
_MONEY = ("net", "tax", "total")


def documents(readings: Sequence[Reading], language: str, console: "Console") -> None:
    """Print a row per document of *readings*; a question mark stands behind what a person should check."""
    from rich.table import Table  # noqa: PLC0415 only where there is a terminal

    found = [(reading.file, receipt) for reading in readings for receipt in reading.receipts]
    if not found:
        return
    table = Table(show_edge=False, pad_edge=False)
    for column in _FIELDS:
        table.add_column(say(language, f"document.{column}"), justify="right" if column in _MONEY else "left",
                         overflow="fold")
    for file, receipt in found:
        said = _said(file, receipt, language)
        table.add_row(*(
            said[name].replace("[", r"\[") + ("[yellow]?[/]" if name in receipt.uncertain else "") for name in _FIELDS
        ))
    console.print(table)


def _said(file: str, receipt: Receipt, language: str) -> dict[str, str]:
    """The document's fields as text."""
    money = {
        name: "" if minor is None else to_display(minor, decimals(receipt.currency))
        for name, minor in (("net", receipt.net), ("tax", receipt.tax), ("total", receipt.total))
    }
    return {
        "file": file, "kind": say(language, f"paper.{receipt.kind or 'other'}"), "number": receipt.number,
        "date": "" if receipt.date is None else str(receipt.date),
        "due": "" if receipt.due is None else str(receipt.due),
        "seller": receipt.seller, "buyer": receipt.buyer, "currency": receipt.currency, **money,
    }
