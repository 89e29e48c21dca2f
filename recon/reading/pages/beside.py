"""Boxes printed to the right of a table: their words are no part of its lines."""

from collections.abc import Sequence
from dataclasses import replace

from recon.reading.pages.lines import Line, cells_of, is_number
from recon.reading.tables.columns import header
from recon.reading.vocabulary import meanings

#: Points by which figures may miss the edge they are set to; heights that part a box from a table.
_NEAR, _APART = 3.0, 1.0
#: Figures under a title that show where its column ends.
_LEAST = 3


def headed(line: Line) -> tuple[Line, Line] | None:
    """A header and what stands in a box beside it; None where *line* is no header with a label and a figure behind."""
    if not line.words[0][2][0].isalpha() or all(m.name != "date" for m in meanings(line.words[0][2])):
        return None
    cells = cells_of(line)
    figure = next((k for k, (_, _, text) in enumerate(cells) if is_number(text)), 0)
    if figure < 1 or not header([text for _, _, text in cells[: figure - 1]]):
        return None
    return _parted(line, cells[figure - 1][0] - 1)


def apart(right: float, body: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of a table whose last title ends at *right*, without what stands beyond its column, and that.

    Nothing stands beyond it unless most figures of the column end where its title does.
    """
    beyond = [line for line in body if line.words[-1][0] > right + _APART * (line.bottom - line.top)]
    if not beyond:
        return list(body), []
    ends = [abs(end - right) < _NEAR for line in body for _, end, text in line.words if is_number(text)]
    if sum(ends) < max(_LEAST, len(beyond)):
        return list(body), []
    inside, aside = [], []
    for line in body:
        edge = right + _APART * (line.bottom - line.top)
        if line.words[-1][0] <= edge:
            inside.append(line)
            continue
        own, other = _parted(line, edge)
        inside += [own] if own.words else []
        aside.append(other)
    return inside, aside


def _parted(line: Line, edge: float) -> tuple[Line, Line]:
    """The words of a line that begin before *edge*, and the others."""
    return (replace(line, words=[word for word in line.words if word[0] <= edge]),
            replace(line, words=[word for word in line.words if word[0] > edge]))
