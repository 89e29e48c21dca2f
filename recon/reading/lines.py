"""Words of a page put together to lines, and what a line holds: cells, figures, dates."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from recon.evidence.page import Page
from recon.reading.dates import see

#: Gaps between words, in heights of a line: wider ones part cells.
CELL_GAP = 0.45
_NUMBER = re.compile(
    r"[(+\-−–]?\s?[A-Z]{0,3}[¥￥$€£]?\s?[+\-−–]?\d[\d,.'’]*[.,]\d{1,3}\s?[)\-+]?(?:\s?(?:CR|DR|Cr|Dr|[A-Z]{3}|元))?(?:\([A-Z]{2,3}\))?\Z"
)
_WHOLE = re.compile(r"[(+\-−–]?[¥￥$€£]?\d{1,3}(?:,\d{3})+\)?\Z")


@dataclass(slots=True)
class Line:
    """Words on one level of a page, from left to right, as (left, right, text); top, bottom in points."""

    page: int
    number: int
    top: float
    bottom: float
    words: list[tuple[float, float, str]]

    @property
    def middle(self) -> float:
        """Half way between top and bottom."""
        return (self.top + self.bottom) / 2


def lines_of(page: Page) -> list[Line]:
    """Words of a page on common levels."""
    if not page.words:
        return []
    box = page.box
    height = float(np.median(box[:, 3] - box[:, 1])) or 10.0
    middle = (box[:, 1] + box[:, 3]) / 2
    order = np.argsort(middle, kind="stable")
    levels = np.concatenate(([0], np.cumsum(np.diff(middle[order]) > 0.38 * height)))
    texts = [w if w.isascii() else unicodedata.normalize("NFKC", w) for w in page.words]
    edges, line_of = box.tolist(), levels.tolist()
    members: list[list[int]] = [[] for _ in range(line_of[-1] + 1)]
    for place, i in zip(line_of, order.tolist(), strict=True):
        members[place].append(i)
    found: list[Line] = []
    for number, at in enumerate(members, 1):
        across = sorted(at, key=lambda i: edges[i][0])
        words = [(edges[i][0], edges[i][2], texts[i]) for i in across]
        found.append(Line(page.number, number, min(edges[i][1] for i in at), max(edges[i][3] for i in at), words))
    return found


def cells_of(line: Line) -> list[tuple[float, float, str]]:
    """A line's words joined where they stand close, as (left, right, text)."""
    gap = CELL_GAP * (line.bottom - line.top)
    found: list[tuple[float, float, str]] = []
    for left, right, text in line.words:
        if found and left - found[-1][1] < gap:
            start, end, before = found[-1]
            close = left - end < 0.15 * (line.bottom - line.top)
            found[-1] = (start, max(end, right), before + ("" if close else " ") + text)
        else:
            found.append((left, right, text))
    return found


@lru_cache(maxsize=1 << 16)
def is_number(text: str) -> bool:
    """Whether *text* is an amount, with decimals or parted thousands."""
    return bool(_NUMBER.match(text) or _WHOLE.match(text))


def dated(line: Line) -> bool:
    """Whether one of the line's first words, or its first words together, are a date."""
    words = [text for _, _, text in line.words[:6]]
    return any(see(w) for w in words) or any(see(" ".join(words[k : k + n])) for k in (0, 1) for n in (2, 3))


def printed(line: Line) -> str:
    """All that a line says."""
    return " ".join(text for _, _, text in line.words)


def figures(line: Line) -> bool:
    """Whether an amount stands in a line."""
    return any(is_number(text) for _, _, text in line.words)
