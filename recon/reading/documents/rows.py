"""Words of a page → rows of cells, as an eye would join them."""

import unicodedata
from dataclasses import dataclass

import numpy as np

from recon.evidence.page import Page

#: Words stand in one row where their middles differ by less than this share of the lower one's height.
SAME_ROW = 0.5
#: Words stand in one cell where the gap between them is under this many heights.
SAME_CELL = 1.0

#: The first Chinese character.
_CJK = "一"

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """Neighbouring words of one row: text (NFKC), place in the page's units, and the OCR's confidence, 0 to 1."""

    text: str
    box: Box
    sure: float = 1.0

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one printed line, left to right; *page* and *line* count from 1."""

    page: int
    line: int
    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        """The whole line, cells parted by two spaces."""
        return "  ".join(cell.text for cell in self.cells)

    @property
    def middle(self) -> float:
        """Height of the row's middle on the page."""
        return sum(cell.box[1] + cell.box[3] for cell in self.cells) / (2 * len(self.cells))


def rows(pages: list[Page]) -> list[Row]:
    """All rows of all pages, top to bottom."""
    return [row for page in pages for row in _page_rows(page)]


def _page_rows(page: Page) -> list[Row]:
    words = _words(page)
    found = [_cells(sorted(group, key=lambda cell: cell.box[0])) for group in _groups(words)]
    found.sort(key=lambda cells: sum(cell.box[1] + cell.box[3] for cell in cells) / len(cells))
    return [Row(page.number, line, tuple(cells)) for line, cells in enumerate(found, 1)]


def _words(page: Page) -> list[Cell]:
    sure = page.confidence if page.confidence is not None else np.ones(len(page.words), np.float32)
    return [
        Cell(unicodedata.normalize("NFKC", text).strip(), (left, top, right, bottom), certain)
        for text, (left, top, right, bottom), certain in zip(page.words, page.box.tolist(), sure.tolist(), strict=True)
        if text.strip() and bottom > top
    ]


def _groups(words: list[Cell]) -> list[list[Cell]]:
    """Words chained to their nearest right-hand neighbour on the same height: follows a slip that curls."""
    if not words:
        return []
    box = np.array([word.box for word in words])
    middle, height = (box[:, 1] + box[:, 3]) / 2, box[:, 3] - box[:, 1]
    group = list(range(len(words)))
    for i in np.argsort(box[:, 0], kind="stable"):
        level = np.abs(middle - middle[i]) < SAME_ROW * np.minimum(height, height[i])
        right = level & (box[:, 0] > box[i, 0] + 0.5 * (box[i, 2] - box[i, 0]))
        if right.any():
            nearest = int(np.where(right, box[:, 0], np.inf).argmin())
            _join(group, int(i), nearest)
    chains: dict[int, list[Cell]] = {}
    for i, word in enumerate(words):
        chains.setdefault(_root(group, i), []).append(word)
    return list(chains.values())


def _root(group: list[int], i: int) -> int:
    while group[i] != i:
        i = group[i]
    return i


def _join(group: list[int], i: int, j: int) -> None:
    group[_root(group, j)] = _root(group, i)


def _cells(words: list[Cell]) -> list[Cell]:
    """Words of a row, left to right → cells."""
    cells: list[Cell] = []
    for word in words:
        if cells and word.box[0] - cells[-1].box[2] < SAME_CELL * min(word.height, cells[-1].height):
            cells[-1] = _merged(cells[-1], word)
        else:
            cells.append(word)
    return _spread(cells)


def _spread(cells: list[Cell]) -> list[Cell]:
    """A heading whose characters stand far apart (``收   据``) as one cell; all other cells as they are."""
    single = len(cells) > 1 and all(len(cell.text) == 1 and cell.text >= _CJK for cell in cells)
    if not single:
        return cells
    left, *others = cells
    for cell in others:
        left = _merged(left, cell)
    return [left]


def _merged(a: Cell, b: Cell) -> Cell:
    box = (min(a.box[0], b.box[0]), min(a.box[1], b.box[1]), max(a.box[2], b.box[2]), max(a.box[3], b.box[3]))
    return Cell(f"{a.text} {b.text}", box, min(a.sure, b.sure))
