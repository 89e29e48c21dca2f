"""Rows of a table that are no transactions, by their words: balances, sums, and what no bank has booked."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from recon.reading.tables.columns import Segment, column
from recon.reading.tables.kind import Kindred
from recon.reading.vocabulary import any_side_row, labelled_side, side_row, whole_side_row

#: Words of a side row stand in shorter cells than this.
_LONGEST = 40


def sides_of(body: Sequence[Sequence[str]], segment: Segment, whole: npt.NDArray[np.bool_]) -> npt.NDArray[np.str_]:
    """``opening``, ``closing`` or ``total`` by row; for rows marked *whole* only where such words fill a whole cell."""
    texts = [
        i
        for name in ("description", "type", "remark", "counterparty", "category")
        for i in segment.columns.get(name, ())
    ]
    texts += segment.rest
    result = np.full(len(body), "", dtype="<U7")
    for i in texts:
        cells = column(body, i)
        if not any_side_row(cells):
            continue
        known = {cell: side_row(cell) for cell in set(cells) if cell and len(cell) < _LONGEST}
        for k in [k for k, cell in enumerate(cells) if known.get(cell)]:
            result[k] = known[cells[k]] if not whole[k] or whole_side_row(cells[k]) else result[k]
    for k in np.flatnonzero(~whole).tolist():
        first = next((cell for cell in body[k] if cell.strip()), "")
        result[k] = result[k] or side_row(first) or labelled_side(first)
    return result


def unbooked(
    body: Sequence[Sequence[str]], segment: Segment, what: Kindred, words: re.Pattern[str]
) -> npt.NDArray[np.bool_]:
    """Rows of a bank account whose status holds one of *words*: that they are not booked, or never will be."""
    found = np.zeros(len(body), bool)
    for i in segment.columns.get("status", ()) if what.kind == "bank" else ():
        cells = column(body, i)
        known = {cell: bool(words.search(cell)) for cell in set(cells)}
        found |= np.fromiter((known[cell] for cell in cells), bool, len(cells))
    return found
