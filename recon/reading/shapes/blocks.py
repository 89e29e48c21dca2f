"""Rows that a program merged into one block, cell by cell, are parted again."""

from collections.abc import Sequence
from dataclasses import replace

from recon.reading.dates import see
from recon.reading.numbers import amounts
from recon.reading.tables.columns import Rows

#: Columns of figures that a block has at least: an amount and a balance.
_FIGURES = 2


def parted(rows: Rows) -> Rows:
    """*rows* with each block parted into its rows, all at the block's place; other rows as they are."""
    blocks = {i: found for i, row in enumerate(rows.cells) if "\n" in "".join(row) and (found := _rows_in(row))}
    if not blocks or rows.box is not None:
        return rows
    counts = [len(blocks.get(i, ((),))) for i in range(len(rows.cells))]
    return replace(
        rows,
        cells=[each for i, row in enumerate(rows.cells) for each in blocks.get(i, [row])],
        page=[page for page, count in zip(rows.page, counts, strict=True) for _ in range(count)],
        line=[line for line, count in zip(rows.line, counts, strict=True) for _ in range(count)],
    )


def _rows_in(row: Sequence[str]) -> list[list[str]] | None:
    """The rows of a block, or None where *row* is none: its days, and two columns of figures, have as many lines.

    A cell of one line belongs to the first row; one with another number of lines cannot be shared out.
    """
    cells = [[line.strip() for line in cell.split("\n")] for cell in row]
    days = next((len(lines) for lines in cells if len(lines) > 1 and all(map(see, lines))), 0)
    figures = sum(len(lines) == days and _figures(lines) for lines in cells)
    if not days or figures < _FIGURES or any(len(lines) not in {1, days} for lines in cells):
        return None
    return [[lines[k] if k < len(lines) else "" for lines in cells] for k in range(days)]


def _figures(lines: Sequence[str]) -> bool:
    found = amounts(lines)
    return bool(found.present.any() and not found.bad.any() and not all(map(see, lines)))
