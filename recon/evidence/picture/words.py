"""Lines that a recogniser found → words: parted at spaces, and where characters stand further apart than is usual."""

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Word = tuple[str, float, npt.NDArray[np.float32]]  # text, confidence, four corners clockwise from the text's top left

#: The least gap between two words, and beside a figure or between Chinese words, which no space would part, in heights
#: of their line; where Chinese and Japanese scripts begin.
_SPACE, _CELL = 0.3, 0.6
_CJK = "\u2e80"
_FIGURE = re.compile(r"[-+(]?[¥￥$€£]?\d[\d,.]*[.,]\d\d\)?")


def split(text: str, score: float, quad: npt.NDArray[np.float32], parts: Any) -> Iterator[Word]:
    """One line of text → its words: parted at spaces, and where characters stand further apart than they are tall."""
    spans = [(word, float(sure), np.asarray(corners, np.float32)) for word, sure, corners in parts or () if corners]
    if "".join(word for word, _, _ in spans) != "".join(text.split()):
        yield text, float(score), quad
        return
    groups: list[list[Word]] = [[]]
    taken, ends = 0, _word_ends(text)
    for span in spans:
        if groups[-1] and (taken in ends or _apart(groups[-1][-1][2], span[2])):
            groups.append([])
        groups[-1].append(span)
        taken += len(span[0])
    words = [_joined(group) for group in groups]
    for before, after in pairwise(words):
        figure = any(_FIGURE.fullmatch(word) for word, _, _ in (before, after))
        cells = figure or min(before[0][-1], after[0][0]) >= _CJK
        _part(before[2], after[2], _CELL if cells else _SPACE)
    yield from words


def _word_ends(text: str) -> set[int]:
    """After how many characters other than spaces each word ends."""
    return set(accumulate(len(word) for word in text.split()))


def _apart(before: npt.NDArray[np.float32], after: npt.NDArray[np.float32]) -> bool:
    """Whether the gap between two runs of one line is wider than the line is tall."""
    depth = float(np.linalg.norm(before[3] - before[0]))
    return float(np.linalg.norm(after[0] - before[1])) > depth


def _part(before: npt.NDArray[np.float32], after: npt.NDArray[np.float32], least: float) -> None:
    """Trim two words' corners in place so that the space between them shows: recognisers tell places roughly."""
    depth = float(np.linalg.norm(before[3] - before[0]))
    along = (before[1] - before[0]) / max(float(np.linalg.norm(before[1] - before[0])), 1.0)
    missing = least * depth - float((after[0] - before[1]) @ along)
    if missing > 0:
        before[1:3] -= along * missing / 2
        after[[0, 3]] += along * missing / 2


def _joined(group: list[Word]) -> Word:
    """Neighbouring runs as one word, as sure as its least sure part."""
    first, last = group[0][2], group[-1][2]
    quad = np.stack([first[0], last[1], last[2], first[3]])
    return "".join(word for word, _, _ in group), min(sure for _, sure, _ in group), quad


