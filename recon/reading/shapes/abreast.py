"""Lists printed in blocks side by side, as on pages of two columns, become one below the other, page by page."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from recon.reading.tables.columns import HEADER_ROWS, Rows, balances_only, blocks, header


def unfolded(rows: Rows) -> Rows:
    """*rows* with the blocks below a header that repeats its titles one after another; as they are where none does."""
    if not any(blocks(row) and header(row) for row in rows.cells[:HEADER_ROWS]):
        return rows
    found: list[tuple[int, list[str]]] = []
    waiting: list[list[tuple[int, list[str]]]] = []
    places: list[list[int]] = []
    for i, row in enumerate(rows.cells):
        if (head := bool(header(row)) or balances_only(row)) or (i and rows.page[i] != rows.page[i - 1]):
            found += [each for block in waiting for each in block]
            places = _places(row) if head and not balances_only(row) else [] if head else places
            waiting = [[] for _ in places or ""]
        if not places:
            found.append((i, row))
        elif head or not any(_filled(row, each) for each in places):
            waiting[0].append((i, _piece(row, places[0], places[0]) if head else row))
        else:
            for block, place in zip(waiting, places, strict=True):
                block.extend([(i, _piece(row, place, places[0]))] if _filled(row, place) else [])
    found += [each for block in waiting for each in block]
    cells, source = [row for _, row in found], [i for i, _ in found]
    box = None if rows.box is None else rows.box[np.array(source, np.intp)]
    return replace(
        rows, cells=cells, page=[rows.page[i] for i in source], line=[rows.line[i] for i in source], box=box
    )


def _places(head: Sequence[str]) -> list[list[int]]:
    """The columns of each block, empty where the titles of *head* do not repeat."""
    size = blocks(head)
    filled = [i for i, cell in enumerate(head) if cell.strip()]
    return [filled[k : k + size] for k in range(0, len(filled), size)] if size else []


def _filled(row: Sequence[str], place: Sequence[int]) -> bool:
    return any(i < len(row) and row[i].strip() for i in place)


def _piece(row: Sequence[str], place: Sequence[int], first: Sequence[int]) -> list[str]:
    """The cells of one block, in the columns of the *first*."""
    piece = [""] * (first[-1] + 1)
    for i, j in zip(place, first, strict=True):
        piece[j] = row[i] if i < len(row) else ""
    return piece
