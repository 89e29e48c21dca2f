"""Where a document contradicts itself: two printed sides that should be equal and are not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from recon.reading.documents.figures import Figure
from recon.reading.documents.items import Listing
from recon.reading.documents.rows import Row
from recon.reading.documents.total import Choice
from recon.reading.documents.vocabulary import classes

_PERCENT = re.compile(r"(?<![\d.])(\d{1,2}(?:\.\d{1,2})?)\s*%")
_CENT = Decimal("0.01")
_MOVES = frozenset({"extra", "discount", "rounding"})


@dataclass(frozen=True, slots=True)
class Sides:
    """A finding's code and its two sides: what is printed as the figure, and what the rest of the paper comes to."""

    code: str
    printed: Decimal
    other: Decimal
    row: Row


def contradictions(
    found: Sequence[Figure], choice: Choice | None, table: Listing | None, document: Sequence[Row], kind: str
) -> Iterator[Sides]:
    """Capitals against figures, net and tax or lines against the total, tax against its rate, debt against rows.

    Args:
        found: the document's amounts with their roles.
        choice: its total.
        table: what it lists.
        document: its rows.
        kind: its kind.
    """
    if choice is None:
        return
    row = choice.figure.row
    capitals = {f.value for f in found if f.role == "capitals"}
    if len(capitals) == 1 and choice.value not in capitals:
        yield Sides("document_contradiction", choice.value, capitals.pop(), row)
    elif together := _net_and_tax(found, choice):
        yield Sides("document_contradiction", choice.value, together, row)
    elif differ := _lines(found, choice, table, kind):
        yield Sides("document_lines_differ", *differ, row)
    if not kind.startswith("loan") and (differ := _taxed(choice, found, document)):  # a loan's rate is none of tax
        yield Sides("document_tax_differs", *differ, row)


def _net_and_tax(found: Sequence[Figure], choice: Choice) -> Decimal | None:
    """What the one net and the one tax come to, where that is not the total and nothing else moves it."""
    nets, taxes = ({f.value for f in found if f.role == role} for role in ("net", "tax"))
    nets |= {f.value for f in found if f.role == "subtotal"} if not nets else set()
    moved = any(f.role in _MOVES for f in found)
    if choice.evidence or moved or choice.figure.role not in {"grand", "total"} or len(nets) != 1 or len(taxes) != 1:
        return None
    together = nets.pop() + taxes.pop()
    return None if together == choice.value else together


def _lines(
    found: Sequence[Figure], choice: Choice, table: Listing | None, kind: str
) -> tuple[Decimal, Decimal] | None:
    """The printed sum of the lines and what they come to; of a loan, what is owed and what its last row leaves."""
    if table is None or len(table.entries) < 1:
        return None
    if kind == "loan_statement":
        left = table.entries[-1].by_column.get("left")
        return None if left is None or left == choice.value else (choice.value, left)
    amounts = [entry.amount for entry in table.entries if entry.amount is not None]
    if not table.closed or len(amounts) != len(table.entries) or any(f.role in _MOVES for f in found):
        return None
    total = sum(amounts)
    if kind in {"utility_bill", "till_receipt", "loan_contract", "lease_contract", ""}:
        return None
    explained = {f.value for f in found if f.role in {"subtotal", "net"}} | {choice.value, *choice.bases}
    explained |= {part for part in (choice.net, choice.value - choice.tax if choice.tax else None) if part is not None}
    if total in explained:
        return _two_totals(table, total, choice, found)
    printed = table.sums.get("amount", choice.value if choice.net is None else choice.net)
    return (choice.value if printed == total else printed), Decimal(total)


def _two_totals(
    table: Listing, total: Decimal | int, choice: Choice, found: Sequence[Figure]
) -> tuple[Decimal, Decimal] | None:
    """A second figure called a total that says something else than the one that the lines come to."""
    if any(cell.sure < 1 for entry in table.entries for cell in entry.row.cells):
        return None  # what proves itself outweighs one figure that OCR read
    known = {total, choice.value, choice.net, choice.tax, *choice.bases}
    named = [f.value for f in found if f.role in {"grand", "total"} and f.last and f.row.line > table.header.line]
    summed = [value for value in (table.sums.get("amount"),) if value is not None]
    other = next((value for value in (*named, *summed) if value not in known), None)
    return None if other is None else (other, choice.value)


def _taxed(
    choice: Choice, found: Sequence[Figure], document: Sequence[Row]
) -> tuple[Decimal, Decimal] | None:
    """The tax printed and the tax that the one printed rate makes, where they differ by more than rounding does."""
    if choice.tax is None or choice.net is None or not choice.tax:
        return None
    rates = {Decimal(match[1]) for row in document if _speaks_of_tax(row) for match in _PERCENT.finditer(row.text)}
    if len(rates) != 1:
        return None
    rate = rates.pop()
    due = (choice.net * rate / 100).quantize(_CENT)
    lines = 1 + sum(f.role == "item" for f in found)
    return (choice.tax, due) if abs(due - choice.tax) > _CENT * lines else None


def _speaks_of_tax(row: Row) -> bool:
    """Whether a rate in this row is one of tax: a word for tax, or goods with their rate; no discount."""
    kinds = classes(row.text)
    return "discount" not in kinds and "extra" not in kinds
