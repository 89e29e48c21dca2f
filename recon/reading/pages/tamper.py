"""Signs that a PDF statement was changed after it was made: for a person to look at, never a verdict."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np
import numpy.typing as npt

from recon.core.finding import Finding
from recon.core.settings import shipped
from recon.core.source import Source
from recon.evidence.disk import Contents
from recon.evidence.imprint import Piece, imprint
from recon.reading.pages.doubt import Shown
from recon.reading.pages.lines import is_number
from recon.reading.result import Reading
from recon.reading.vocabulary import programs

#: Figures that a column has at least before one of them can be odd, and the share that must be alike.
_COLUMN, _ALIKE = 8, 0.9
#: Points by which right edges of one column, and baselines of one row, may differ.
_EDGE, _LEVEL = 2.0, 0.3
#: Points from which a figure stands on another line rather than off its own; pieces that leave open which is off.
_LINE, _PAIR = 2.5, 2
Placed = tuple[Piece, int]
_Edges = npt.NDArray[np.float64]


def pages_seen() -> int:
    """How many pages are looked at for how their text was set."""
    return shipped().whole("tamper_pages")


def signed(reading: Reading, seen: Shown, source: Contents, password: str | None = None) -> Reading:
    """A statement's *reading* with what its fonts, its baselines and its producer say of it.

    Args:
        reading: the statement.
        seen: what its pages show; where their text was not looked at on the way, it is now.
        source: the file.
        password: opens a locked one.
    """
    if not any(len(account.lines) for account in reading.accounts):
        return reading
    program, pieces = seen.imprint or imprint(source, reading.file, pages_seen(), password)
    what = programs(program)
    told = [Finding(f"pdf_{what}", "look", Source(reading.file), {"program": program})] if what else []
    placed = _placed(reading, pieces)
    columns = _columns([pair for pair in placed if is_number(pair[0].text)])
    for code, odd in (("fonts_mixed", _fonts(columns)), ("baselines_apart", _baselines(columns, placed))):
        if odd:
            figure, line = min(odd, key=lambda pair: (pair[0].page, pair[1]))
            place = Source(reading.file, figure.page, line)
            told.append(Finding(code, "look", place, {"count": len(odd), "figure": figure.text}))
    return replace(reading, findings=(*reading.findings, *told))


def _placed(reading: Reading, pieces: Sequence[Piece]) -> list[Placed]:
    """What stands in lines of the reading, each piece with the number of its line."""
    found: list[Placed] = []
    for page, run in groupby(pieces, key=lambda piece: piece.page):
        own, (top, bottom, number) = list(run), _rows(reading, page)
        level = np.array([piece.baseline for piece in own])[:, None]
        at, row = np.nonzero((top < level) & (level <= bottom + 1))
        found += zip((own[k] for k in at.tolist()), number[row].tolist(), strict=True)
    return found


def _rows(reading: Reading, page: int) -> tuple[_Edges, _Edges, npt.NDArray[np.int32]]:
    """Top, bottom and number of the lines on a *page*."""
    boxes, numbers = [np.empty((0, 4))], [np.empty(0, np.int32)]
    for lines in (account.lines for account in reading.accounts):
        if lines.box is not None:
            here = lines.page == page
            boxes.append(lines.box[here].astype(np.float64))
            numbers.append(lines.line[here])
    box = np.concatenate(boxes)
    return box[:, 1], box[:, 3], np.concatenate(numbers)


def _columns(placed: Sequence[Placed]) -> list[list[Placed]]:
    """Figures that end on one edge, where they are so many that one of them can be odd."""
    groups: list[list[Placed]] = []
    for pair in sorted(placed, key=lambda pair: pair[0].right):
        if not groups or pair[0].right - groups[-1][-1][0].right > _EDGE:
            groups.append([])
        groups[-1].append(pair)
    return [group for group in groups if len(group) >= _COLUMN]


def _fonts(columns: Sequence[Sequence[Placed]]) -> list[Placed]:
    by_font = [pair for column in columns for pair in _odd(column, lambda pair: pair[0].font)]
    by_size = [pair for column in columns for pair in _odd(column, lambda pair: round(pair[0].size, 1))]
    return list(dict.fromkeys([*by_font, *by_size]))


def _odd(column: Sequence[Placed], trait: Callable[[Placed], Hashable]) -> list[Placed]:
    """The few figures of a *column* whose trait is not that of nearly all others; nothing where traits vary."""
    (usual, count), *others = Counter(map(trait, column)).most_common()
    few = len(others) == 1 and count >= _ALIKE * len(column)
    return [pair for pair in column if trait(pair) != usual] if few else []


def _baselines(columns: Sequence[Sequence[Placed]], placed: Sequence[Placed]) -> list[Placed]:
    """Figures that stand a little above or below the others of their row, where their column does not."""
    rows: dict[tuple[int, int], list[float]] = {}
    for piece, line in placed:
        rows.setdefault((piece.page, line), []).append(piece.baseline)
    found: list[Placed] = []
    known: dict[tuple[int, int, float], float | None] = {}
    for column in columns:
        for piece, line in column:  # most figures of a row stand on one baseline
            place = piece.page, line, piece.baseline
            if place not in known:
                known[place] = _shift(piece.baseline, rows[piece.page, line])
        shifts = (known[piece.page, line, piece.baseline] for piece, line in column)
        apart = [(pair, shift) for pair, shift in zip(column, shifts, strict=True) if shift is not None]
        usual = sorted(shift for _, shift in apart)[len(apart) // 2] if apart else 0.0
        off = [pair for pair, shift in apart if abs(shift - usual) > _LEVEL]
        found += off if len(off) <= (1 - _ALIKE) * len(column) else []
    return found


def _shift(baseline: float, row: Sequence[float]) -> float | None:
    """How far a *baseline* is below the one that most of its *row* share, None where a figure stands there alone."""
    near = [round(level, 1) for level in row if abs(level - baseline) < _LINE]
    level, count = Counter(near).most_common(1)[0]
    return baseline - level if len(near) > 1 and (count > 1 or len(near) == _PAIR) else None
