"""Photographed pages in the order of their statement, each of them once, however they were put together."""

import re
from collections import Counter
from collections.abc import Sequence

from recon.evidence.page import Page
from recon.reading.pages.completeness import promised

_FIGURE = re.compile(r"[-+]?[\d,]+\.\d\d")
#: Figures of a page that tell it from others, and the share of them that two photographs of one page have in common.
_FEW, _SAME = 8, 0.85


def ordered(pages: Sequence[Page]) -> list[Page]:
    """*pages* by the numbers that they print, where each prints one of its own; else as they come."""
    numbers = [page[0] for page in promised(" ".join(page.words) for page in pages) if page]
    if len(set(numbers)) < len(pages):
        return list(pages)
    return [page for _, page in sorted(zip(numbers, pages, strict=True), key=lambda pair: pair[0])]


def once(pages: Sequence[Page]) -> tuple[list[Page], list[int]]:
    """*pages* without those that show the figures of one before them, and the numbers of those left out."""
    kept: list[tuple[Page, Counter[str]]] = []
    twice = []
    for page in pages:
        figures = Counter(word for word in page.words if _FIGURE.fullmatch(word))
        if any(_alike(figures, other) for _, other in kept):
            twice.append(page.number)
        else:
            kept.append((page, figures))
    return [page for page, _ in kept], twice


def _alike(figures: Counter[str], other: Counter[str]) -> bool:
    most = max(figures.total(), other.total())
    return most >= _FEW and (figures & other).total() >= _SAME * most
