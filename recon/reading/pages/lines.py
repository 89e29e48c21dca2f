"""Words of a page put together to lines, and what a line holds: cells, figures, dates."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from recon.evidence.page import Page
from recon.reading.dates import see
from recon.reading.numbers import amounts, decimal_comma
from recon.reading.vocabulary import currency

#: Gaps between words, in heights of a line: wider ones part cells, narrower ones part nothing; wider ones may part
#: cells beside ideographs, which have no blanks between them.
CELL_GAP, CLOSE, THIN = 0.45, 0.15, 0.25
#: Where Chinese and Japanese scripts begin.
CJK = "\u2e80"
#: Widths of equally wide characters differ by less.
_EVEN = 1.04
#: Heights of a line by which middles on one level may differ, and from which a word is no part of a line.
_LEVEL, _LARGE = 0.38, 2.5
#: Four times more points than a page has; one number then sorts by page and by place.
_APART = float(1 << 16)
_NUMBER = re.compile(
    r"(?!\d{1,4}\.\d\d?\.\d{1,4}\.?\Z)"  # a day
    r"[(+\-−–]?\s?[A-Z]{0,3}[¥￥$€£]?\s?[+\-−–]?\d[\d,.'’]*(?: \d{3})*[.,]\d{1,3}"
    r"\s?[)\-+]?(?:\s?(?:CR|DR|Cr|Dr|[A-Z]{3}|元))?(?:\([A-Z]{2,3}\))?\Z"
)
_WHOLE = re.compile(r"[(+\-−–]?[¥￥$€£]?\d{1,3}(?:,\d{3})+\)?\Z")
#: The decimals of a figure.
_DECIMALS = re.compile(r"[.,]\d{1,2}(?!\d)")
#: Words behind a figure that say on which side it stands; dashes that stand in a column of amounts where there is none.
_SIDES = ("CR", "DR", "Cr", "Dr")
_NONE = ("-", "–", "—", "--")
#: A currency's sign, with the figure's own before it.
_SIGN = re.compile(r"[(+\-−–]?[¥￥$€£₽]\Z")
#: A figure whose thousands stand apart by blanks: its first digits, those that follow, and the whole of it.
_LEADS = re.compile(r"[(+\-−–]?(?:[¥￥$€£₽] ?)?\d{1,3}\Z")
_FOLLOWS = re.compile(r"\d{3}(?:[.,]\d{1,3})?\)?[-−–]?\Z")
_PARTED = re.compile(r"[(+\-−–]?(?:[¥￥$€£₽] ?)?\d{1,3}(?: \d{3})+(?:[.,]\d{1,3})?\)?[-−–]?\Z")


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
    """Words of a page on common levels; far larger ones, such as titles and a watermark's, on levels of their own."""
    if not page.words:
        return []
    box = page.box
    middle = (box[:, 1] + box[:, 3]) / 2
    level = levels(np.zeros(len(box), np.intp), middle, box[:, 3] - box[:, 1])
    order = sorted_by(level, box[:, 0], middle)
    starts = np.concatenate(([0], np.flatnonzero(np.diff(level[order])) + 1))
    left, top, right, bottom = box[order].T
    texts = [w if w.isascii() else unicodedata.normalize("NFKC", w) for w in page.words]
    words = list(zip(left.tolist(), right.tolist(), [texts[i] for i in order.tolist()], strict=True))
    tops, bottoms = np.minimum.reduceat(top, starts).tolist(), np.maximum.reduceat(bottom, starts).tolist()
    spans = pairwise([*starts.tolist(), len(words)])
    return [
        Line(page.number, number, tops[number - 1], bottoms[number - 1],
             _figures_joined(words[a:b], CELL_GAP * (bottoms[number - 1] - tops[number - 1])))
        for number, (a, b) in enumerate(spans, 1)
    ]


def _figures_joined(words: list[tuple[float, float, str]], gap: float) -> list[tuple[float, float, str]]:
    """*words* with those made one that are the digits of one figure, parted by blanks narrower than *gap*."""
    found = words[:1]
    for left, right, text in words[1:]:
        start, end, before = found[-1]
        if left - end < gap and goes_on(before, text):
            found[-1] = (start, right, f"{before} {text}")
        else:
            found.append((left, right, text))
    return found


def goes_on(before: str, text: str) -> bool:
    """Whether *text* goes on with the figure that *before* begins: its next thousand, or all digits after a sign."""
    if _SIGN.match(before):
        return text[0].isdigit() and (is_number(text) or bool(_LEADS.match(text)))
    more = _LEADS.match(before) or (" " in before and before[-3:].isdigit() and _PARTED.match(before))
    return bool(more and _FOLLOWS.match(text))


def is_parted(text: str) -> bool:
    """Whether *text* is a figure with blanks between its thousands."""
    return bool(_PARTED.match(text))


def levels(
    page: npt.NDArray[np.integer], middle: npt.NDArray[np.floating], tall: npt.NDArray[np.floating]
) -> npt.NDArray[np.intp]:
    """The level that each word stands on, counted from the top of the first page.

    Args:
        page: number of each word's page, not falling.
        middle: half way between each word's top and bottom.
        tall: each word's height.
    """
    usual = _usual(page, tall)
    large = tall > _LARGE * usual
    group = page * 2 + large
    if large.any():
        usual = _usual(group, tall)
    order = np.argsort(_key(group, middle))
    new = (np.diff(middle[order]) > _LEVEL * usual[order][1:]) | (np.diff(group[order]) != 0)
    level = np.empty(len(middle), np.intp)
    level[order] = np.concatenate(([0], np.cumsum(new)))
    if large.any():
        first = np.concatenate(([0], np.flatnonzero(new) + 1))
        place = np.lexsort((middle[order][first], page[order][first]))
        level = np.argsort(place)[level]
    return level


def _key(group: npt.NDArray[np.integer], place: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """One number that sorts by group and by place; places beyond any page are as far as can be."""
    key: npt.NDArray[np.float64] = group * _APART + np.clip(np.nan_to_num(place), -_APART / 4, _APART / 4)
    return key


def sorted_by(
    level: npt.NDArray[np.intp], left: npt.NDArray[np.floating], middle: npt.NDArray[np.floating]
) -> npt.NDArray[np.intp]:
    """The order of words by level, from left to right, and where they begin on one spot from top to bottom."""
    key = _key(level, left)
    order = np.argsort(key)
    placed = key[order]
    return np.lexsort((middle, left, level)) if (placed[1:] == placed[:-1]).any() else order


def _usual(group: npt.NDArray[np.integer], tall: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """The median height of each word's group."""
    sorted_ = np.sort(_key(group, np.maximum(tall, 0)))
    first = np.flatnonzero(np.concatenate(([True], np.diff(np.floor(sorted_ / _APART)) != 0)))
    size = np.diff(np.append(first, len(group)))
    middles = (sorted_[first + (size - 1) // 2] + sorted_[first + size // 2]) / 2
    median = np.zeros(int(group.max()) + 1)
    at = np.floor(sorted_[first] / _APART).astype(np.intp)
    median[at] = middles - at * _APART
    usual: npt.NDArray[np.float64] = np.where(median > 0, median, 10.0)[group]
    return usual


def cells_of(line: Line, *, parted: bool = False) -> list[tuple[float, float, str]]:
    """A line's words joined where they stand close, as (left, right, text); *parted* leaves amounts by themselves."""
    height = line.bottom - line.top
    gap = max(CELL_GAP * height, _blank(line.words))
    found: list[tuple[float, float, str]] = []
    for left, right, text in line.words:
        alone = parted and bool(found) and (
            _stands(text) or (_stands(found[-1][2]) and not _unit(text))
            or (left - found[-1][1] > THIN * height and max(found[-1][2][-1], text[0]) >= CJK)
        )
        if found and left - found[-1][1] < gap and not alone:
            start, end, before = found[-1]
            close = left - end < CLOSE * height
            found[-1] = (start, max(end, right), before + ("" if close else " ") + text)
        else:
            found.append((left, right, text))
    return found


def _blank(words: Sequence[tuple[float, float, str]]) -> float:
    """A blank's width, and half of it, where all characters of a line are equally wide; else nothing."""
    latin = [word for word in words if len(word[2]) > 2 and word[2].isascii() and word[2].isalpha()]  # noqa: PLR2004
    wide = [(right - left) / len(text) for left, right, text in latin]  # ideographs are always equally wide
    even = len(wide) > 2 and max(wide) < _EVEN * min(wide)  # noqa: PLR2004 three words are no chance
    return 1.5 * wide[0] if even else 0.0


def _stands(text: str) -> bool:
    """Whether *text* is an amount with what stands behind it, or the dash that stands for none."""
    return text in _NONE or is_number(text) or is_number(text.rpartition(" ")[0])


def _unit(text: str) -> bool:
    """Whether *text* is what goes on with the figure before it: a currency, or a sign behind it."""
    bare = text.strip(")-−–+")
    return (not bare and text not in _NONE) or bool(currency(bare)) or bare in _SIDES


@lru_cache(maxsize=1 << 16)
def is_number(text: str) -> bool:
    """Whether *text* is an amount, with decimals or parted thousands."""
    return bool(_NUMBER.match(text) or _WHOLE.match(text))


@lru_cache(maxsize=1 << 16)
def is_amount(cell: str) -> bool:
    """Whether a whole *cell* is an amount with decimals, whatever sign, currency or blanks stand in it."""
    marked = decimal_comma([cell])
    return is_number(cell) or (marked is not None and bool(amounts([cell], comma=marked).present[0]))


def dated(line: Line) -> bool:
    """Whether one of the line's first words, or its first words together, are a date."""
    words = [text for _, _, text in line.words[:6]]
    return any(see(w) for w in words) or any(see(" ".join(words[k : k + n])) for k in (0, 1) for n in (2, 3))


def printed(line: Line) -> str:
    """All that a line says."""
    return " ".join(text for _, _, text in line.words)


def figures(line: Line) -> bool:
    """Whether an amount stands in a line."""
    return any(is_number(text) or is_parted(text) for _, _, text in line.words)


def with_decimals(line: Line) -> bool:
    """Whether a figure of a line has one or two decimals: no thousands end so."""
    return any(is_number(text) and bool(_DECIMALS.search(text)) for _, _, text in line.words)
