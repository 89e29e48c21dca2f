"""What a file holds before it means anything: grids of cells, and pages of words with boxes."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells in rows, as a sheet or a separated text file gives them.

    Attributes:
        page: sheet number from 1, 0 for a text file.
        rows: cells as text exactly as written; rows may differ in length.
        lines: line (text file) or row (sheet) number from 1 of each row.
        name: sheet name, or empty.
    """

    page: int
    rows: list[list[str]]
    lines: list[int]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Words on one page, in reading order of the file, with boxes in points from the top left.

    Attributes:
        number: from 1.
        width, height: in points (pixels for a picture).
        words: text of each word.
        box: float32 (n, 4) left, top, right, bottom.
        rulings: float32 (m, 4) straight lines as left, top, right, bottom; empty where none.
        confidence: float32 (n,), 0 to 1, for OCR; None for digital text.
        shape: of a picture, how the page lies in it, as ``picture.shape.Shape.numbers`` gives it; boxes stand on the
            page laid flat.
    """

    number: int
    width: float
    height: float
    words: list[str]
    box: npt.NDArray[np.float32]
    rulings: npt.NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 4), np.float32))
    confidence: npt.NDArray[np.float32] | None = None
    shape: tuple[float, ...] = ()
