"""Payrolls, stock counts, loans' statements and other papers handed in as a sheet or a separated text file."""

from collections.abc import Sequence
from pathlib import PurePath

import numpy as np

from recon.evidence.page import Grid, Page
from recon.reading.documents.document import read_pages
from recon.reading.documents.kinds import titled
from recon.reading.documents.paper import lends, names_itself
from recon.reading.result import Reading

#: Cells of the largest sheet that is looked at as a paper.
_MOST = 5_000
#: Points from one column to the next, from one row to the next, and what a character takes of them.
_COLUMN, _ROW, _CHARACTER = 400.0, 14.0, 8.0
_HEIGHT = 10.0


def read(grids: Sequence[Grid], name: str, *, chained: bool) -> Reading | None:
    """The papers that *grids* hold, a sheet each; None unless the first says that it is one.

    Args:
        grids: the sheets of one file.
        name: the file's name, which may be the only place that says what it holds.
        chained: whether balances follow as a bank's do: then it can only be what is owed on a loan.
    """
    if sum(len(row) for grid in grids for row in grid.rows) > _MOST:
        return None
    pages = [_page(grid, name) for grid in grids if any(cell.strip() for row in grid.rows for cell in row)]
    itself = lends if chained else names_itself
    found = read_pages(pages, name) if pages and itself(pages) else None
    empty = found is None or not any(receipt.total for receipt in found.receipts)
    return None if empty and not chained else found  # a name alone makes no paper


def _page(grid: Grid, name: str) -> Page:
    """A sheet as a page of words, each cell where its row and column put it, under a name that says what it is."""
    said = next((title for title in (grid.name, PurePath(name).stem) if titled(title) >= 0), "")
    words, boxes = ([said], [(0.0, 0.0, _wide(said), _HEIGHT)]) if said else ([], [])
    for number, row in enumerate(grid.rows, 1):
        for column, cell in enumerate(row):
            if text := " ".join(cell.split()):
                left, top = column * _COLUMN, number * _ROW
                words.append(text)
                boxes.append((left, top, left + _wide(text), top + _HEIGHT))
    width = max((box[2] for box in boxes), default=0.0)
    return Page(grid.page, width, (len(grid.rows) + 1) * _ROW, words, np.array(boxes, np.float32).reshape(-1, 4))


def _wide(text: str) -> float:
    """How wide a cell's text is drawn: never into the next column."""
    return min(len(text) * _CHARACTER, _COLUMN - 2 * _HEIGHT)
