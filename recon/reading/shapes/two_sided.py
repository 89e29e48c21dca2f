"""A line of a book that has money on both of its sides is two events: what came in and what went out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from recon.reading.tables.columns import Rows, Segment
from recon.reading.vocabulary import folded, side_row

_FIGURE = re.compile(r"[1-9]")
#: How the title of a text column begins that speaks of one side only.
_COMES = re.compile(r"收|进|入|income|receipt|received|moneyin")
_GOES = re.compile(r"支|付|出|expen|payment|paid|moneyout")


def two_sided(rows: Rows, found: Sequence[Segment]) -> Rows:
    """*rows* with each such line of the tables *found* parted in two, at its place; the balance stands behind both."""
    parted = {i: halves for segment in found for i, halves in _lines(rows, segment)}
    if not parted:
        return rows
    counts = [len(parted.get(i, "1")) for i in range(len(rows.cells))]
    at = [i for i, count in enumerate(counts) for _ in range(count)]
    return replace(
        rows, cells=[each for i, row in enumerate(rows.cells) for each in parted.get(i, (row,))],
        page=[rows.page[i] for i in at], line=[rows.line[i] for i in at],
        box=None if rows.box is None else rows.box[at],
    )


def _lines(rows: Rows, segment: Segment) -> list[tuple[int, tuple[list[str], list[str]]]]:
    """The lines of a table with both amounts, and their halves."""
    come, go = segment.columns.get("in", []), segment.columns.get("out", [])
    if not come or not go:
        return []
    texts = {*segment.rest, *(i for name in ("description", "type", "category") for i in segment.columns.get(name, ()))}
    said = {i: folded(segment.titles[i]) for i in texts if i < len(segment.titles)}
    ours = {i for i, title in said.items() if _COMES.match(title) and not _GOES.search(title)}
    theirs = {i for i, title in said.items() if _GOES.match(title) and not _COMES.search(title)}
    first = {*go, *theirs, *segment.columns.get("balance", ())}
    return [
        (i, (_without(row, first), _without(row, {*come, *ours})))
        for i in range(segment.first, segment.stop)
        if _moves(row := rows.cells[i], come) and _moves(row, go) and not any(map(side_row, row))
    ]


def _moves(row: Sequence[str], columns: Sequence[int]) -> bool:
    return any(i < len(row) and _FIGURE.search(row[i]) for i in columns)


def _without(row: Sequence[str], columns: set[int]) -> list[str]:
    return ["" if i in columns else cell for i, cell in enumerate(row)]
