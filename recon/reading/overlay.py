"""Pages photographed one by one are drawn to one scale, so that the columns of a table stand over each other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from recon.evidence.page import Page

Floats = npt.NDArray[np.float64]

#: Height of a word in points once drawn to scale: that of print on paper.
_HIGH = 8.0
#: Letters of a word that tells the size of print by its width; a line's height and characters' widths by that size;
#: where Chinese and Japanese scripts begin.
_LONG, _LINE, _CAPITAL, _SMALL, _CJK = 3, 1.15, 0.68, 0.52, "\u2e80"
#: Words that two pages must share before they say how one lies over the other, and how far apart they must stand, as a
#: share of the page.
_SHARED, _SPREAD = 3, 0.3
#: Least words of a page that are laid over another's by their edges; the scales tried, and how many.
_EDGES, _SCALES, _TRIES = 24, (0.85, 1.18), 67


@dataclass(frozen=True, slots=True)
class Laid:
    """A page drawn to scale, and the way back: the page's own x = (x − *left*) ÷ *wide*, y = y ÷ *high*."""

    page: Page
    wide: float
    left: float
    high: float

    def back(self, box: Sequence[float]) -> tuple[float, float, float, float]:
        """A box on the drawn page as it stands on the page itself."""
        left, top, right, bottom = (float(edge) for edge in box)
        return (left - self.left) / self.wide, top / self.high, (right - self.left) / self.wide, bottom / self.high


def laid_over(pages: Sequence[Page]) -> list[Laid]:
    """*pages*, each with its columns over those of the first page that has as many words as any table."""
    pages = [_tight(page) for page in pages]
    first = next((page for page in pages if len(page.words) >= _EDGES), None)
    return [_laid(page, None if page is first else first) for page in pages]


def _laid(page: Page, first: Page | None) -> Laid:
    scale = _scale(page)
    if first is None or not page.words:
        wide, left = scale, 0.0
    else:
        wide, left = _shared(page, first) or _edges(page, first) or (scale / _scale(first), 0.0)
        wide, left = wide * _scale(first), left * _scale(first)
    factor = np.array([wide, scale, wide, scale], np.float32)
    box = page.box * factor + np.array([left, 0, left, 0], np.float32)
    return Laid(replace(page, box=box, width=page.width * wide + left, height=page.height * scale), wide, left, scale)


def _tight(page: Page) -> Page:
    """*page* with boxes as high as its print: detectors draw theirs wider, around small print by half its height.

    Where no space parts words, beside Chinese and beside figures, they are as much too wide; letters keep their width,
    for the space between two words of a title must stay one.
    """
    long = [k for k, word in enumerate(page.words) if len(word) >= _LONG]
    if not long:
        return page
    box = page.box.astype(np.float64)
    size = np.array([(box[k, 2] - box[k, 0]) / sum(map(_advance, page.words[k])) for k in long])
    high = box[long, 3] - box[long, 1]
    factor = min(1.0, _LINE * float(np.median(size / high)))
    middle, half = (box[:, 1] + box[:, 3]) / 2, factor * (box[:, 3] - box[:, 1]) / 2
    wide = (1 - factor) * (box[:, 3] - box[:, 1]) / 2
    wide = np.minimum(wide, (box[:, 2] - box[:, 0]) / 8)
    starts, ends = (np.array([_solid(word[at]) for word in page.words]) * wide for at in (0, -1))
    tight = np.stack([box[:, 0] + starts, middle - half, box[:, 2] - ends, middle + half], axis=1)
    return replace(page, box=tight.astype(np.float32))


def _solid(sign: str) -> bool:
    return sign >= _CJK or sign.isdigit()


def _advance(sign: str) -> float:
    """Width of a character as a share of its print's size."""
    return 1.0 if sign >= _CJK else _CAPITAL if sign.isupper() else _SMALL


def _scale(page: Page) -> float:
    """Points of a drawn page for each unit of *page*."""
    high = float(np.median(page.box[:, 3] - page.box[:, 1])) if page.words else 0.0
    return _HIGH / high if high > 0 else 1.0


def _shared(page: Page, first: Page) -> tuple[float, float] | None:
    """How *page* lies over *first* by the words that each has once: titles of columns, what stands above them."""
    mine, other = _once(page), _once(first)
    words = [word for word in mine if word in other]
    if len(words) < _SHARED:
        return None
    x, y = np.array([mine[w] for w in words]), np.array([other[w] for w in words])
    a, b = np.triu_indices(len(x), 1)
    far = np.abs(x[a] - x[b]) > _SPREAD * page.width
    if far.sum() < _SHARED - 1:
        return None
    wide = float(np.median((y[a] - y[b])[far] / (x[a] - x[b])[far]))
    if not _SCALES[0] / 2 < wide < _SCALES[1] * 2:
        return None
    return wide, float(np.median(y - wide * x))


def _once(page: Page) -> dict[str, float]:
    """Middles across of the words that stand on a page once and are no figures."""
    count = Counter(page.words)
    middle = (page.box[:, 0] + page.box[:, 2]) / 2
    return {
        word: float(x) for word, x in zip(page.words, middle, strict=True)
        if count[word] == 1 and len(word) > 1 and not any(map(str.isdigit, word))
    }


def _edges(page: Page, first: Page) -> tuple[float, float] | None:
    """How *page* lies over *first* by the edges of its words: the scale and shift under which most fall together."""
    if len(page.words) < _EDGES:
        return None
    size = _HIGH / _scale(first) / 4
    count = int(2 * first.width / size) + 1
    target = [_density(first.box[:, side], size, count) for side in (0, 2)]
    best, found = 0.0, None
    rough = first.width / page.width
    for wide in np.linspace(*_SCALES, _TRIES) * rough:
        moved = [_density(page.box[:, side] * wide, size, count) for side in (0, 2)]
        together = np.correlate(target[0], moved[0], "full") + np.correlate(target[1], moved[1], "full")
        at = int(np.argmax(together))
        if together[at] > best:
            best, found = float(together[at]), (float(wide), (at - (count - 1)) * size)
    return found


def _density(edge: npt.NDArray[np.floating], size: float, count: int) -> Floats:
    """How many edges fall into each bin, shared between neighbours."""
    place = np.clip(edge / size, 0, count - 2)
    whole = place.astype(np.int64)
    part = place - whole
    found = np.bincount(np.concatenate([whole, whole + 1]), np.concatenate([1 - part, part]), count)
    return found[:count].astype(np.float64)
