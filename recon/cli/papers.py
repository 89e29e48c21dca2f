"""What was read from each document, as a table on the screen; fields to check are marked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recon.core.money import decimals, to_display
from recon.core.words import say
from recon.reading.result import Reading, Receipt

if TYPE_CHECKING:
    from rich.console import Console

#: Columns, each with the lines that stand in its cells.
_COLUMNS = {
    "document": (("file",), ("kind", "number")),
    "date": (("date",), ("due",)),
    "parties": (("seller",), ("buyer",)),
    "total": (("total", "currency"), ("net",), ("tax",)),
}
#: Fields that are told with their name, because where they stand does not say what they are.
_NAMED = frozenset({"due", "net", "tax"})
#: Columns whose parts are never broken over two lines.
_WHOLE = frozenset({"date", "total"})


def documents(readings: Sequence[Reading], names: Sequence[str], language: str, console: "Console") -> None:
    """Print each document of *readings* under its file's name; "?" stands behind what a person should check."""
    from rich.table import Table  # noqa: PLC0415 only where there is a terminal

    found = [(name, paper) for reading, name in zip(readings, names, strict=True) for paper in reading.receipts]
    if not found:
        return
    table = Table(show_edge=False, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(say(language, f"document.{column}"), justify="right" if column == "total" else "left",
                         overflow="fold", no_wrap=column in _WHOLE)
    for name, paper in found:
        said = _said(name, paper, language)
        table.add_row(*("\n".join(filter(None, (_line(said, line) for line in lines))) for lines in _COLUMNS.values()))
    console.print()
    console.print(table)


def _line(said: dict[str, str], names: tuple[str, ...]) -> str:
    return " ".join(said[name] for name in names if said[name])


def _said(file: str, paper: Receipt, language: str) -> dict[str, str]:
    """The document's fields as marked text; a field that was not read is empty."""
    places = decimals(paper.currency)
    money = {"net": paper.net, "tax": paper.tax, "total": paper.total}
    text = {
        "file": file.rpartition("/")[2], "kind": say(language, f"paper.{paper.kind or 'other'}"),
        "number": paper.number, "date": str(paper.date or ""), "due": str(paper.due or ""),
        "seller": paper.seller, "buyer": f"→{paper.buyer}" if paper.buyer else "", "currency": paper.currency,
        **{name: "" if minor is None else to_display(minor, places) for name, minor in money.items()},
    }
    return {name: _field(name, value, language, doubted=name in paper.uncertain) for name, value in text.items()}


def _field(name: str, value: str, language: str, *, doubted: bool) -> str:
    """A field with its name where it needs one, and with a question mark where it is doubted."""
    if name in _NAMED and not value:
        return ""
    named = f"[dim]{say(language, f'document.{name}')}[/] " if name in _NAMED else ""
    return named + value.replace("[", r"\[") + ("[yellow]?[/]" if doubted else "")
