"""A table that goes on with another currency, named in a line of text between its rows, is as many tables."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from recon.reading.dates import see
from recon.reading.tables.columns import Rows, Segment
from recon.reading.tables.facts import gather


def sectioned(rows: Rows, found: Sequence[Segment]) -> list[Segment]:
    """The tables *found*, each parted before the lines of text that name another currency than the one before.

    A table with a column of currencies is left whole: there the column tells.
    """
    pieces: list[Segment] = []
    before = ""
    for segment in found:
        before = gather([(i, rows.cells[i]) for i in segment.above]).currency or before
        starts, before = _starts(rows, segment, before)
        pieces += _parted(segment, starts) if starts else [segment]
    return pieces


def _parted(segment: Segment, starts: Sequence[int]) -> list[Segment]:
    """A table parted at the lines of text with these numbers."""
    bounds = zip([segment.first, *starts], [*starts, segment.stop], strict=True)
    pieces = [
        replace(segment, first=first + bool(k), stop=stop, above=range(first, first + 1) if k else segment.above,
                unread=[])
        for k, (first, stop) in enumerate(bounds)
    ]
    pieces[-1].unread.extend(segment.unread)
    return pieces


def _starts(rows: Rows, segment: Segment, before: str) -> tuple[list[int], str]:
    """Rows of text with which another currency begins than the one *before*, and the last currency."""
    starts: list[int] = []
    if segment.columns.get("currency"):
        return starts, before
    for i in range(segment.first, segment.stop):
        row = rows.cells[i]
        if not any(k < len(row) and see(row[k]) for k in segment.columns["date"]):
            code = _currency(tuple(filter(None, row)))
            if code and before and code != before:
                starts.append(i)
            before = code or before
    return starts, before


@lru_cache(maxsize=1 << 12)
def _currency(cells: tuple[str, ...]) -> str:
    return gather([(0, cells)]).currency
