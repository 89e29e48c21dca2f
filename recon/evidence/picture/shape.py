"""How a page lies in its picture: from words seen askew or bent to where they stand on the flat sheet, and back."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

#: A box this many times wider than high says which way its line runs; words that a page needs before more than its
#: tilt is judged.
_LONG, _FEW = 2.5, 12
#: Heights of a word by which the next one on its line may stand higher or lower.
_SAME = 0.4
#: Steps by which a line is followed from a word to the page's middle.
_STEPS = 24
#: Where along a run the mean of a slope up to its third power is found, by Gauss.
_GAUSS = (0.5 - 1 / 12**0.5, 0.5 + 1 / 12**0.5)
#: Rounds in which boxes that disagree with the rest lose their say, by how many deviations, the share of a word's
#: height that never is too much, and how strongly a bend that little speaks for is drawn to none.
_ROUNDS, _OFF, _SLIGHT, _RIDGE = 4, 3.5, 0.3, 1e-3
#: Slopes this far from the usual one belong to words that run quite another way.
_OTHER = 0.2
#: Slope of lines from which a page was turned rather than seen askew: its columns lean as much.
_TURNED = 0.1
#: Largest lean of a column, as a share of the page's height, how finely it is sought, and in how many rounds.
_LEAN, _GRID, _FINER = 0.16, 25, 8


@dataclass(frozen=True, slots=True)
class Shape:
    """The way from a flat sheet to its picture, in units of half the picture's longer side from its middle.

    Attributes:
        turns: quarter turns against the clock that set the picture upright.
        slope: of lines, by one, place down, place across, its square, and both places' product.
        lean, fan: of columns, in all and by place across.
    """

    turns: int = 0
    slope: tuple[float, ...] = (0.0,)
    lean: float = 0.0
    fan: float = 0.0

    def numbers(self) -> tuple[float, ...]:
        """As numbers, to travel with a page."""
        return (float(self.turns), self.lean, self.fan, *self.slope)

    @classmethod
    def of(cls, numbers: tuple[float, ...]) -> "Shape":
        """From what :meth:`numbers` gave; nothing means a page that lies flat."""
        return cls(int(numbers[0]), tuple(numbers[3:]), numbers[1], numbers[2]) if numbers else cls()

    def flat(self, points: npt.NDArray[np.float32], width: float, height: float) -> npt.NDArray[np.float32]:
        """Points (…, 2) of the upright picture as they lie on the flat sheet; pixels of both."""
        placed, back = _placed(points, width, height)
        return back(_uprighted(_levelled(placed, np.array(self.slope)), self.lean, self.fan))

    def seen(self, points: npt.NDArray[np.float32], width: float, height: float) -> npt.NDArray[np.float32]:
        """Points (…, 2) of the flat sheet as they lie in the upright picture; pixels of both."""
        placed, back = _placed(points, width, height)
        x, y = placed[..., 0], placed[..., 1].copy()
        x = x * (1 + self.fan * y) + self.lean * y
        step, factors = x / _STEPS, np.array(self.slope)
        for k in range(_STEPS):
            y += step * (_terms((k + 0.5) * step, y, len(factors)) @ factors)
        return back(np.stack([x, y], axis=-1))


def _placed(points: npt.NDArray[np.float32], width: float, height: float) -> tuple[Floats, "_Back"]:
    """Points in the units of a shape, and the way back to pixels."""
    back = _Back(np.array([width / 2, height / 2]), max(width, height) / 2)
    return (points.astype(np.float64) - back.middle) / back.unit, back


@dataclass(frozen=True, slots=True)
class _Back:
    middle: Floats
    unit: float

    def __call__(self, placed: Floats) -> npt.NDArray[np.float32]:
        return (placed * self.unit + self.middle).astype(np.float32)


def shape_of(corners: npt.NDArray[np.float32], width: float, height: float, turns: int = 0) -> Shape:
    """The shape of a page by its words: corners (n, 4, 2) in pixels, clockwise from each text's top left.

    The slope of lines is taken for a smooth function of the place: tilt, perspective, and a bend across the page.
    Columns lean by an amount that changes evenly across the page; the lean taken is the one under which most words
    begin or end below one another.
    """
    if not len(corners):
        return Shape(turns)
    placed, _ = _placed(corners, width, height)
    factors = _slope(placed)
    tilt = float(factors[0])
    lean, fan = _lean(_levelled(placed, factors), -tilt / (1 + tilt * tilt) if abs(tilt) > _TURNED else 0.0)
    return Shape(turns, tuple(factors.tolist()), lean, fan)


def _terms(x: Floats, y: Floats, count: int) -> Floats:
    """What a line's slope may depend on: the first *count* of nothing, place down, place across, a bend, a twist."""
    return np.stack([np.ones_like(x), y, x, x * x, x * y], axis=-1)[..., :count]


def _slope(corners: Floats) -> Floats:
    """The factors of the lines' slope: first by each long word's own run, then by the runs to its neighbours."""
    start, end = corners[:, [0, 3]].mean(axis=1), corners[:, [1, 2]].mean(axis=1)
    along = end - start
    depth = np.linalg.norm(corners[:, 3] - corners[:, 0], axis=1)
    long = (np.linalg.norm(along, axis=1) > _LONG * depth) & (along[:, 0] > 0)
    if not long.any():
        return np.zeros(1)
    high, runs = float(np.median(depth)), np.stack([start[long], end[long]])
    factors = _along(runs, high)
    for _ in range(_ROUNDS // 2):
        between = _neighbours(start, end, _levelled(np.stack([start, end]), factors), high)
        factors = _along(np.concatenate([runs, np.stack(between)], axis=1), high)
    return factors


def _along(runs: Floats, high: float) -> Floats:
    """The factors of a slope by starts and ends of *runs* (2, n, 2): what one rises is its slope's mean over it.

    Of few runs only the tilt is judged.
    """
    count, run = 5 if runs.shape[1] >= _FEW else 1, runs[1] - runs[0]
    places = [runs[0] + share * run for share in _GAUSS]
    terms = np.mean([_terms(place[:, 0], place[:, 1], count) for place in places], axis=0)
    return _fitted(terms, run[:, 1] / run[:, 0], run[:, 0], _SLIGHT * high)


def _neighbours(start: Floats, end: Floats, level: Floats, high: float) -> tuple[Floats, Floats]:
    """Middles of each word and of the next one on its line; *level* (2, n, 2) are their ends about level."""
    middle = (start + end) / 2
    left, right = level[0], level[1]
    gap = left[None, :, 0] - right[:, None, 0]
    off = np.abs(left[None, :, 1] - right[:, None, 1])
    gap = np.where((gap > -high) & (left[None, :, 0] > left[:, None, 0]) & (off < _SAME * high), gap, np.inf)
    following = np.argmin(gap, axis=1)
    known = np.isfinite(gap[np.arange(len(gap)), following]) & (middle[following, 0] - middle[:, 0] > high)
    return middle[known], middle[following[known]]


def _fitted(terms: Floats, slope: Floats, run: Floats, slight: float) -> Floats:
    """Least squares of what lines rise over their *run*; outliers lose their say, what little speaks for is drawn to 0.

    Engines give boxes that are nearly level as level ones, so that a rise is known to some pixels however long its run.
    """
    keep = np.abs(slope - np.median(slope)) < _OTHER
    factors = np.zeros(terms.shape[1])
    for _ in range(_ROUNDS if keep.any() else 0):
        root = run * keep
        ridge = _RIDGE * root.sum() * np.eye(terms.shape[1])
        ridge[0] = 0
        rows, wanted = np.vstack([terms * root[:, None], ridge]), np.concatenate([slope * root, np.zeros(len(ridge))])
        factors = np.linalg.lstsq(rows, wanted, rcond=None)[0]
        off = np.abs(slope - terms @ factors) * run
        keep = off <= max(_OFF * float(np.median(off[keep])), slight)
        if not keep.any():
            break
    return factors


def _levelled(points: Floats, factors: Floats) -> Floats:
    """Points moved along their lines to the page's middle, and back on the level."""
    x, y = points[..., 0], points[..., 1].copy()
    step = x / _STEPS
    for k in range(_STEPS):
        y -= step * (_terms(x - (k + 0.5) * step, y, len(factors)) @ factors)
    return np.stack([x, y], axis=-1)


def _uprighted(points: Floats, lean: float, fan: float) -> Floats:
    """Points of a levelled page moved across so that columns stand upright."""
    x, y = points[..., 0], points[..., 1]
    return np.stack([(x - lean * y) / (1 + fan * y), y], axis=-1)


def _lean(corners: Floats, about: float) -> tuple[float, float]:
    """The lean under which words' left and right edges fall together best, of equals the nearest to what is sought."""
    if len(corners) < _FEW:
        return about, 0.0
    high = float(np.median(np.linalg.norm(corners[:, 3] - corners[:, 0], axis=1)))
    edges = np.stack([corners[:, [0, 3]].mean(axis=1), corners[:, [1, 2]].mean(axis=1)])
    wanted, width = np.array([about, 0.0]), _LEAN
    best = wanted
    for _ in range(3):
        span = np.linspace(-width, width, _GRID)
        tries = best + np.stack(np.meshgrid(span, span), axis=-1).reshape(-1, 2)
        found = np.array([_together(edges, lean, fan, high / 3) for lean, fan in tries.tolist()])
        near = np.flatnonzero(found >= 0.999 * found.max())
        best = tries[near[np.argmin(((tries[near] - wanted) ** 2).sum(axis=1))]]
        width /= _FINER
    return float(best[0]), float(best[1])


def _together(edges: Floats, lean: float, fan: float, size: float) -> float:
    """How many pairs of edges of one kind (2, n, 2) stand below one another in bins of *size* that overlap by half."""
    place = _uprighted(edges, lean, fan)[..., 0] / size
    place = place - np.floor(place.min(axis=1, keepdims=True))
    place[1] += np.ceil(place[0].max()) + 2
    whole = place.astype(np.int64)
    part = place - whole
    count = np.bincount(np.concatenate([whole, whole + 1]).ravel(), np.concatenate([1 - part, part]).ravel())
    return float(count @ count)
