"""Papers that lie side by side, or one above the other, on one picture: where it may be cut between them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from recon.evidence.page import Page

#: White that runs through between two papers, by the height of a word: from side to side there is white between any
#: two lines, from top to bottom only between columns.
_BESIDE, _BELOW = 1.0, 2.5
#: Bands of white that are tried each way, the widest first, and words that a paper has at least.
_TRIES, _WORDS = 4, 8


class Cut(NamedTuple):
    """Two parts of a page, and whether they lie *beside* each other rather than one above the other."""

    first: Page
    second: Page
    beside: bool


def cuts(page: Page) -> Iterator[Cut]:
    """Every way to cut a photographed *page* in two along a wide band of white, the widest first."""
    if page.confidence is None or len(page.words) < 2 * _WORDS:
        return
    high = float(np.median(page.box[:, 3] - page.box[:, 1]))
    for way, least in enumerate((_BESIDE, _BELOW)):
        start, end = page.box[:, way], page.box[:, way + 2]
        order = np.argsort(start)
        reach = np.maximum.accumulate(end[order])[:-1]
        white = start[order][1:] - reach
        for at in np.argsort(-white)[:_TRIES].tolist():
            if white[at] >= least * high and _WORDS <= at + 1 <= len(page.words) - _WORDS:
                before = start <= start[order][at]
                yield Cut(_part(page, before), _part(page, ~before), not way)


def _part(page: Page, which: np.ndarray) -> Page:
    """The words of *page* that are meant, where they stand."""
    words = [word for word, meant in zip(page.words, which.tolist(), strict=True) if meant]
    sure = None if page.confidence is None else page.confidence[which]
    return replace(page, words=words, box=page.box[which], confidence=sure)
