"""Where a table's columns are parted by upright rules: one between two titles, through the lines below them."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from recon.reading.pages.lines import Line

#: By page, place, top and bottom of each upright edge that is drawn on it.
Drawn = Callable[[int], npt.NDArray[np.float32]]
#: Points within which edges are one rule, and by which a title or a word may reach over one.
_NEAR = 2.0
#: Heights of the header's line that a rule is long at least, in all its pieces.
_LONG = 3


def rules_between(
    extents: Sequence[tuple[float, float]], head: Line, body: Sequence[Line], edges: npt.NDArray[np.float32]
) -> list[float | None]:
    """The rule between each title and the next by their *extents*, None where there is none, or more than one.

    A rule that words of *body* on the page of *head* stand across parts nothing.
    """
    low = edges[:, 2] > head.top
    places, length = _together(edges[low, 0], edges[low, 2] - np.maximum(edges[low, 1], head.top))
    words = [(a, b) for line in body if line.page == head.page for a, b, _ in line.words]
    left, right = np.array(words, np.float64).reshape(-1, 2).T
    rules = [
        x for x, long in zip(places, length, strict=True)
        if long > _LONG * (head.bottom - head.top) and not ((left + _NEAR < x) & (x < right - _NEAR)).any()
    ]
    return [
        found[0] if len(found := [x for x in rules if a[1] - _NEAR < x < b[0] + _NEAR]) == 1 else None
        for a, b in pairwise(extents)
    ]


def _together(
    places: npt.NDArray[np.floating], length: npt.NDArray[np.floating]
) -> tuple[list[float], list[float]]:
    """Places and lengths of rules, of edges that stand near each other together."""
    if not len(places):
        return [], []
    order = np.argsort(places, kind="stable")
    places, length = places[order], length[order]
    first = np.flatnonzero(np.concatenate(([True], np.diff(places) > _NEAR)))
    return places[first].astype(np.float64).tolist(), np.add.reduceat(length, first).astype(np.float64).tolist()
