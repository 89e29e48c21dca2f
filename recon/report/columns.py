"""A column of a report's table, on paper as on a screen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what a cell holds, its width in centimetres and alignment (l, c or r)."""

    head: str
    cell: str
    width: float
    align: str = "l"
