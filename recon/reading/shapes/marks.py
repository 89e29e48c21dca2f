"""Marks by which an export keeps figures from being turned into numbers by a spreadsheet are taken off their cells."""

import re
from collections.abc import Sequence
from dataclasses import replace

from recon.reading.tables.columns import HEADER_ROWS, Rows

#: An apostrophe or a backtick before the text, or a formula that is nothing but a text.
_MARKED = re.compile(r"['`](?P<bare>[^'`]*)|=\"(?P<text>[^\"]*)\"")


def unmarked(rows: Rows) -> Rows:
    """*rows* without such marks; as they are where no cell of the first rows that holds a figure is marked."""
    if not rows.exact or not any(map(_marks_figures, rows.cells[:HEADER_ROWS])):
        return rows
    return replace(rows, cells=[[_bare(cell) for cell in row] for row in rows.cells])


def _marks_figures(row: Sequence[str]) -> bool:
    return any((bare := _bare(cell)) != cell and any(map(str.isdigit, bare)) for cell in row)


def _bare(cell: str) -> str:
    found = _MARKED.fullmatch(cell.strip()) if cell[:1] in {"'", "`", "="} else None
    return cell if found is None else found["bare"] or found["text"] or ""
