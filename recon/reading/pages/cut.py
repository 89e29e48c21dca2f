"""Words of many pages put together to lines at once, and the lines cut into the columns of one table."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from recon.evidence.pdfium import Words
from recon.reading.dates import looks_like_date
from recon.reading.pages.lines import CELL_GAP, CJK, CLOSE, THIN, Line, goes_on, is_number, levels, sorted_by

_SPACE = 0x20
_DIGIT = np.zeros(1 << 16, bool)
_DIGIT[[*range(0x30, 0x3A), *range(0xFF10, 0xFF1A)]] = True
_Ints = npt.NDArray[np.intp]
_Places = npt.NDArray[np.integer[Any]]
_Floats = npt.NDArray[np.float64]
_Flags = npt.NDArray[np.bool_]
_Spans = tuple[_Floats, _Floats]


class Text:
    """Text of words in compatibility forms, all decoded at once where each character has one code."""

    def __init__(self, words: Words) -> None:
        codes = words.codes
        self.count = np.bincount(codes, minlength=1 << 16)
        seen = [chr(code) for code in np.flatnonzero(self.count[0x80:]) + 0x80]
        forms = {ch: unicodedata.normalize("NFKC", ch) for ch in seen if not "\ud800" <= ch <= "\udfff"}
        other = {ord(ch): ord(form) for ch, form in forms.items() if form != ch and len(form) == 1}
        self._plain = len(forms) == len(seen)
        self._settled = all(len(form) == 1 and not unicodedata.combining(form) for form in forms.values())
        if other:
            table = np.arange(1 << 16, dtype=np.uint16)
            table[list(other)] = list(other.values())
            codes = table[codes]
        self._bytes = codes.tobytes()
        self._text = self._bytes.decode("utf-16-le", "replace")
        self.codes = codes

    def pieces(self, start: _Places, stop: _Places) -> list[str]:
        """What stands from *start* to *stop*, piece by piece."""
        ends = zip(start.tolist(), stop.tolist(), strict=True)
        if self._plain:
            found = [self._text[a:b] for a, b in ends]
        else:
            found = [self._bytes[2 * a : 2 * b].decode("utf-16-le", "replace") for a, b in ends]
        return found if self._settled else [unicodedata.normalize("NFKC", piece) for piece in found]


@dataclass(frozen=True, slots=True)
class Cut:
    """Lines of pages that follow one another, cut into columns.

    Attributes:
        page, number: of each line; lines of a page are numbered from 1.
        top, bottom, left, right: of each line, in points.
        filled: bool (lines, columns).
        cell: text (lines, columns) as objects, empty where not filled.
        digits: words with digits.
        even: whether the columns of every line follow one another from left to right.
        text: of all pages.
        order: words by line, from left to right; first: the place in it of each line's first word, and its length.
        words: the words.
    """

    page: _Ints
    number: _Ints
    top: _Floats
    bottom: _Floats
    left: _Floats
    right: _Floats
    filled: _Flags
    cell: npt.NDArray[np.object_]
    digits: _Flags
    even: bool
    text: Text
    order: _Ints
    first: _Ints
    words: Words

    def line(self, k: int) -> Line:
        """Line number *k* with its words."""
        return self.lines(np.array([k]))[0]

    def lines(self, numbers: _Ints) -> list[Line]:
        """The lines of these *numbers* with their words."""
        sizes = np.diff(self.first)[numbers]
        stops = np.cumsum(sizes)
        at = self.order[np.repeat(self.first[numbers] - stops + sizes, sizes) + np.arange(sizes.sum())]
        left, right = self.words.box[at, 0].tolist(), self.words.box[at, 2].tolist()
        texts = self.text.pieces(self.words.start[at], self.words.stop[at])
        words = list(zip(left, right, texts, strict=True))
        places = (column[numbers].tolist() for column in (self.page, self.number, self.top, self.bottom))
        return [
            Line(page, number, top, bottom, words[b - size : b])
            for page, number, top, bottom, b, size in zip(*places, stops.tolist(), sizes.tolist(), strict=True)
        ]

    def spans(self, rows: _Flags, lines: _Flags, bounds: list[float]) -> tuple[_Spans, _Spans, _Floats]:
        """Left and right edges of the words of *rows*, those that stand close put together, then of the other *lines*.

        The third are edges in the way: where a boundary among *bounds* may not move to or past without cutting *lines*
        otherwise, of which *rows* are some: the left edges of words, their right edges inside of cells, and the middles
        of words on a boundary.
        """
        which = np.repeat(np.arange(len(self.page)), np.diff(self.first))
        kept = lines[which]
        which, at = which[kept], self.order[kept]
        left, right = (self.words.box[:, edge][at].astype(np.float64) for edge in (0, 2))
        ends = self.text.codes[self.words.stop[at[:-1]] - 1], self.text.codes[self.words.start[at[1:]]]
        least = np.where(np.maximum(*ends) >= ord(CJK), THIN, CELL_GAP)
        gap = least * (self.bottom - self.top)[which[1:]]
        new = np.concatenate(([True], (which[1:] != which[:-1]) | (left[1:] - right[:-1] >= gap), [True]))
        wide = _before(bounds, left) != _before(bounds, right)
        edges = np.concatenate((left, right[~new[1:]], (left[wide] + right[wide]) / 2))
        own = rows[which]
        return _extents(left, right, new[:-1], own), _extents(left, right, new[:-1], ~own), edges


def _extents(left: _Floats, right: _Floats, new: _Flags, kept: _Flags) -> _Spans:
    """Left and right edges of the cells that are *kept*, each from a *new* word to the next."""
    if not kept.any():
        return left[:0], right[:0]
    first = np.flatnonzero(new[kept])
    return left[kept][first], np.maximum.reduceat(right[kept], first)


def cut(words: Words, bounds: list[float]) -> Cut:
    """All *words* as lines, cut at *bounds* between columns: numbers by their middle, text by where it begins."""
    text = Text(words)
    low, high = words.box[:, 1], words.box[:, 3]
    middle = (low + high) / 2
    level = levels(words.page, middle, high - low)
    order = sorted_by(level, words.box[:, 0], middle)
    level = level[order]
    first = np.flatnonzero(np.concatenate(([True], level[1:] != level[:-1])))
    left, right = words.box[order, 0].astype(np.float64), words.box[order, 2].astype(np.float64)
    top, bottom = np.minimum.reduceat(low[order], first), np.maximum.reduceat(high[order], first)
    height = (bottom.astype(np.float64) - top)[level]
    before = np.concatenate(([-1e9], right[:-1]))
    before[first] = -1e9
    digits = _digits(words, text)
    column = _columns(words, text, order, left, right, before, height, digits[order], np.array(bounds))
    new = np.concatenate(([True], (level[1:] != level[:-1]) | (column[1:] != column[:-1])))
    cells = np.flatnonzero(new)
    shape = (len(first), len(bounds) + 1)
    filled, cell = np.zeros(shape, bool), np.full(shape, "", object)
    filled[level[cells], column[cells]] = True
    cell[level[cells], column[cells]] = _texts(words, text, order, new, left - before < CLOSE * height)
    even = bool(((level[1:] != level[:-1]) | (column[1:] >= column[:-1])).all())
    page = words.page[order[first]].astype(np.intp)
    starts = np.flatnonzero(np.concatenate(([True], page[1:] != page[:-1])))
    number = np.arange(len(page)) - np.repeat(starts, np.diff(np.append(starts, len(page)))) + 1
    edges = left[first], np.maximum.reduceat(right, first)
    levels_ = top.astype(np.float64), bottom.astype(np.float64)
    first = np.append(first, len(order))
    return Cut(page, number, *levels_, *edges, filled, cell, digits, even, text, order, first, words)


def _columns(
    words: Words, text: Text, order: _Ints, left: _Floats, right: _Floats, before: _Floats, height: _Floats,
    digits: _Flags, bounds: _Floats,
) -> _Ints:
    """Each word's column: its own, or that of the word it stands close behind where no boundary is between them."""
    near = left - before < CELL_GAP * height
    parted, right = _parted(words, text, order, right, near & digits & np.roll(digits, 1))
    begins, centre = _before(bounds, left + 1), _before(bounds, (left + right) / 2)
    runs = np.flatnonzero(~near)  # of words that stand close: where all of one are in one column, none is asked
    least, most = (end.reduceat(end(begins, centre), runs) for end in (np.minimum, np.maximum))
    parts = np.repeat(least != most, np.diff(np.append(runs, len(near))))
    asked = np.flatnonzero(digits & parts & (near | (begins != centre)))
    number, central = np.zeros(len(order), bool), np.zeros(len(order), bool)
    texts = text.pieces(words.start[order[asked]], words.stop[order[asked]])
    number[asked] = _each(is_number, texts)
    central[asked] = number[asked] | _each(looks_like_date, texts)
    clear = _before(bounds, before - 1) == len(bounds) - _before(-bounds, -(left + 1))
    leads = ~(near & ~number & clear) & ~parted
    heads = np.flatnonzero(parted[1:] & ~parted[:-1])
    central[heads] = leads[heads] = True
    own = np.where(central, centre, begins)
    found: _Ints = own[np.maximum.accumulate(np.where(leads, np.arange(len(order)), 0))]
    return found


def _before(bounds: Sequence[float] | _Floats, places: _Floats) -> _Ints:
    """How many *bounds* lie before each of *places*; there are few, so that a search for each place takes longer."""
    found = np.zeros(len(places), np.intp)
    for bound in bounds:
        found += places > bound
    return found


def _each(holds: Callable[[str], bool], texts: list[str]) -> _Flags:
    """Whether something *holds* of each of *texts*, of which many are the same."""
    known = {text: holds(text) for text in set(texts)}
    return np.fromiter(map(known.__getitem__, texts), bool, len(texts))


def _parted(
    words: Words, text: Text, order: _Ints, right: _Floats, asked: _Flags
) -> tuple[_Flags, _Floats]:
    """Which words go on with a figure, parted from it by a blank; right edges, a figure's own at its first word."""
    joined, right = np.zeros(len(order), bool), right.copy()
    places = np.flatnonzero(asked[1:]) + 1
    texts = dict(zip(places.tolist(), text.pieces(words.start[order[places]], words.stop[order[places]]), strict=True))
    whole, head = "", -1
    for k, word in texts.items():
        if head < 0 or not joined[k - 1]:
            head = k - 1
            whole = texts.get(head) or text.pieces(words.start[order[head : k]], words.stop[order[head : k]])[0]
        joined[k] = goes_on(whole, word)
        if joined[k]:
            whole, right[head] = f"{whole} {word}", right[k]
    return joined, right


def _digits(words: Words, text: Text) -> _Flags:
    """Which words hold a digit."""
    ends = np.stack((words.start, words.stop), axis=1).ravel()
    return np.logical_or.reduceat(_DIGIT.take(text.codes), ends)[::2]


def _texts(words: Words, text: Text, order: _Ints, new: _Flags, close: _Flags) -> list[str]:
    """Text of cells, which begin where *new*: one piece of the page's text, or put together where it is several."""
    start, stop = words.start[order], words.stop[order]
    after = np.minimum(stop[:-1], len(text.codes) - 1)
    follows = (order[1:] == order[:-1] + 1) & (start[1:] == stop[:-1] + 1) & (text.codes[after] == _SPACE) & ~close[1:]
    first = np.flatnonzero(new)
    last = np.append(first[1:], len(order)) - 1
    found = text.pieces(start[first], stop[last])
    parted = np.flatnonzero(~new[1:] & ~follows) + 1
    for k in sorted(set((np.searchsorted(first, parted, "right") - 1).tolist())):
        found[k] = "".join(_parts(text.pieces(start[first[k] : last[k] + 1], stop[first[k] : last[k] + 1]),
                                  close[first[k] : last[k] + 1].tolist()))
    return found


def _parts(words: list[str], close: list[bool]) -> Iterator[str]:
    yield words[0]
    for word, near in zip(words[1:], close[1:], strict=True):
        yield word if near else f" {word}"
