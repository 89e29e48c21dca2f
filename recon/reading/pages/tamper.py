"""Signs that a PDF statement was changed after it was made: for a person to look at, never a verdict."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace

from recon.core.finding import Finding
from recon.core.settings import shipped
from recon.core.source import Source
from recon.evidence import imprint
from recon.evidence.imprint import Piece
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


def signed(reading: Reading, data: bytes, password: str | None = None) -> Reading:
    """A statement's *reading* with what its fonts, its baselines and its producer say of it."""
    if not any(len(account.lines) for account in reading.accounts):
        return reading
    program = imprint.program(data, reading.file, password)
    what = programs(program)
    told = [Finding(f"pdf_{what}", "look", Source(reading.file), {"program": program})] if what else []
    placed = _placed(reading, imprint.pieces(data, reading.file, shipped().whole("tamper_pages"), password))
    columns = _columns([pair for pair in placed if is_number(pair[0].text)])
    for code, odd in (("fonts_mixed", _fonts(columns)), ("baselines_apart", _baselines(columns, placed))):
        if odd:
            figure, line = min(odd, key=lambda pair: (pair[0].page, pair[1]))
            place = Source(reading.file, figure.page, line)
            told.append(Finding(code, "look", place, {"count": len(odd), "figure": figure.text}))
    return replace(reading, findings=(*reading.findings, *told))


def _placed(reading: Reading, pieces: Sequence[Piece]) -> list[Placed]:
    """What stands in lines of the reading, each piece with the number of its line."""
    rows: dict[int, list[tuple[float, float, int]]] = {}
    last = max((piece.page for piece in pieces), default=0)
    for account in reading.accounts:
        lines = account.lines
        if lines.box is None:
            continue
        at = lines.page <= last
        places = zip(lines.page[at].tolist(), lines.line[at].tolist(), lines.box[at].tolist(), strict=True)
        for page, line, (_, top, _, bottom) in places:
            rows.setdefault(page, []).append((top, bottom, line))
    return [
        (piece, line)
        for piece in pieces for top, bottom, line in rows.get(piece.page, ()) if top < piece.baseline <= bottom + 1
    ]


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
    found = []
    for column in columns:
        apart = [(pair, shift) for pair in column if (shift := _shift(pair, rows)) is not None]
        usual = sorted(shift for _, shift in apart)[len(apart) // 2] if apart else 0.0
        off = [pair for pair, shift in apart if abs(shift - usual) > _LEVEL]
        found += off if len(off) <= (1 - _ALIKE) * len(column) else []
    return found


def _shift(pair: Placed, rows: Mapping[tuple[int, int], Sequence[float]]) -> float | None:
    """How far a figure stands below the baseline that most of its line share, None where it stands there alone."""
    piece, line = pair
    near = [round(level, 1) for level in rows[piece.page, line] if abs(level - piece.baseline) < _LINE]
    level, count = Counter(near).most_common(1)[0]
    return piece.baseline - level if len(near) > 1 and (count > 1 or len(near) == _PAIR) else None
