"""Pages photographed one by one are drawn to one scale, so that the columns of a table stand over each other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from recon.evidence.page import Page
from recon.reading.scans.tidy import advance

Floats = npt.NDArray[np.float64]

#: Height of a word in points once drawn to scale: that of print on paper.
_HIGH = 8.0
#: Letters of a word that tells the size of print by its width, a line's height by that size, and where Chinese and
#: Japanese scripts begin.
_LONG, _LINE, _CJK = 3, 1.15, "\u2e80"
#: Words that two pages must share before they say how one lies over the other, and how far apart they must stand, as a
#: share of the page.
_SHARED, _SPREAD = 3, 0.3
#: Heights of print by which such a word may stand elsewhere than the others say.
_OFF = 2.0
#: Least words of a page that are laid over another's by their edges; the scales tried, and how many.
_EDGES, _SCALES, _TRIES = 24, (0.85, 1.18), 67


@dataclass(frozen=True, slots=True)
class Laid:
    """A page drawn to scale, and the way back.

    Attributes:
        page: as drawn.
        own, drawn: places across, rising, on the page itself and as drawn; what lies between is drawn evenly.
        high: points for each of the page's own units down.
    """

    page: Page
    own: Floats
    drawn: Floats
    high: float

    def back(self, box: Sequence[float]) -> tuple[float, float, float, float]:
        """A box on the drawn page as it stands on the page itself."""
        left, top, right, bottom = (float(edge) for edge in box)
        start, end = np.interp([left, right], self.drawn, self.own).tolist()
        return start, top / self.high, end, bottom / self.high


def laid_over(pages: Sequence[Page]) -> list[Laid]:
    """*pages*, each with its columns over those of the first page that has as many words as any table."""
    pages = [_tight(page) for page in pages]
    first = next((page for page in pages if len(page.words) >= _EDGES), None)
    return [_laid(page, None if page is first else first) for page in pages]


def _laid(page: Page, first: Page | None) -> Laid:
    scale, other = _scale(page), 1.0 if first is None else _scale(first)
    own, over = np.array([0.0, 1.0]), np.array([0.0, scale])
    if first is not None and page.words:
        found = _shared(page, first) or _edges(page, first)
        own, over = found if found is not None else (own, over / other)
        over = over * other
    own, over = _outward(own, over, -page.width, 2 * page.width)
    left, right = (np.interp(page.box[:, side], own, over) for side in (0, 2))
    box = np.stack([left, page.box[:, 1] * scale, right, page.box[:, 3] * scale], axis=1).astype(np.float32)
    width = float(np.interp(page.width, own, over))
    return Laid(replace(page, box=box, width=width, height=page.height * scale), own, over, scale)


def _outward(own: Floats, over: Floats, left: float, right: float) -> tuple[Floats, Floats]:
    """Places of two pages with the ends of a wider stretch, by the scale that they have in all."""
    wide = (over[-1] - over[0]) / (own[-1] - own[0])
    ends = over[0] + wide * (left - own[0]), over[-1] + wide * (right - own[-1])
    return np.concatenate([[left], own, [right]]), np.concatenate([[ends[0]], over, [ends[1]]])


def _tight(page: Page) -> Page:
    """*page* with boxes as high as its print: detectors draw theirs wider, around small print by half its height.

    Where no space parts words, beside Chinese and beside figures, they are as much too wide; letters keep their width,
    for the space between two words of a title must stay one.
    """
    long = [k for k, word in enumerate(page.words) if len(word) >= _LONG]
    if not long:
        return page
    box = page.box.astype(np.float64)
    size = np.array([(box[k, 2] - box[k, 0]) / sum(map(advance, page.words[k])) for k in long])
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


def _scale(page: Page) -> float:
    """Points of a drawn page for each unit of *page*."""
    high = float(np.median(page.box[:, 3] - page.box[:, 1])) if page.words else 0.0
    return _HIGH / high if high > 0 else 1.0


def _shared(page: Page, first: Page) -> tuple[Floats, Floats] | None:
    """Places of *page* over those of *first* by the words that each has once: titles of columns, what stands above."""
    mine, other = _once(page), _once(first)
    words = sorted((word for word in mine if word in other), key=mine.__getitem__)
    if len(words) < _SHARED:
        return None
    x, y = np.array([mine[w] for w in words]), np.array([other[w] for w in words])
    a, b = np.triu_indices(len(x), 1)
    far = np.abs(x[a] - x[b]) > _SPREAD * page.width
    if far.sum() < _SHARED - 1:
        return None
    wide = float(np.median((y[a] - y[b])[far] / (x[a] - x[b])[far]))
    left = float(np.median(y - wide * x))
    high = float(np.median(first.box[:, 3] - first.box[:, 1]))
    fits = np.abs(y - wide * x - left) < _OFF * high
    if not _SCALES[0] / 2 < wide < _SCALES[1] * 2 or fits.sum() < _SHARED:
        return None
    own, over = _apart(x[fits], y[fits], 2 * high / wide)
    return (own, over) if len(own) > 1 else None


def _apart(x: Floats, y: Floats, least: float) -> tuple[Floats, Floats]:
    """Places that stand *least* apart: of those that stand closer, the middle."""
    group = np.concatenate([[0], np.cumsum(np.diff(x) > least)])
    own, over = (np.bincount(group, each) / np.bincount(group) for each in (x, y))
    rising = np.concatenate([[True], np.diff(over) > 0])
    return own[rising], over[rising]


def _once(page: Page) -> dict[str, float]:
    """Middles across of the words that stand on a page once and are no figures."""
    count = Counter(page.words)
    middle = (page.box[:, 0] + page.box[:, 2]) / 2
    return {
        word: float(x) for word, x in zip(page.words, middle, strict=True)
        if count[word] == 1 and len(word) > 1 and not any(map(str.isdigit, word))
    }


def _edges(page: Page, first: Page) -> tuple[Floats, Floats] | None:
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
            left = (at - (count - 1)) * size
            best, found = float(together[at]), (np.array([0.0, page.width]), np.array([left, left + wide * page.width]))
    return found


def _density(edge: npt.NDArray[np.floating], size: float, count: int) -> Floats:
    """How many edges fall into each bin, shared between neighbours."""
    place = np.clip(edge / size, 0, count - 2)
    whole = place.astype(np.int64)
    part = place - whole
    found = np.bincount(np.concatenate([whole, whole + 1]), np.concatenate([1 - part, part]), count)
    return found[:count].astype(np.float64)
