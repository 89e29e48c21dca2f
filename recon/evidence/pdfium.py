"""Words of a PDF with their boxes, many pages at once, by way of pdfium's characters."""

import ctypes
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import Any

import numpy as np
import numpy.typing as npt

from recon.core.errors import ReconError
from recon.core.knowledge import folder
from recon.core.source import Source
from recon.evidence.disk import Contents

#: Pages read of one file; longer ones are refused rather than read in part.
PAGES = 5000
#: Pages whose words are put together at once: at first, and later, where what was read before takes room too.
TOGETHER, _LATER = 64, 32
#: Pages after which the file is opened anew: pdfium keeps what pages are made of until it closes their file.
_ANEW = 256
#: Characters that one page may hold.
_CHARACTERS = 2_000_000
#: Boxes asked for at once.
_BLOCK = 1024
#: Quarter turns by which a scanner may have set a page askew; what leans further was printed so. The slope between
#: the ends of a word from which its angle is asked for is well below.
_SLANT, _SLOPE = 0.1, 0.08
#: Characters that stand between words; what pdfium gives for a hyphen at the end of a line, and a hyphen.
#: Windows' numbers of the character sets of Japanese, Korean, and simplified and traditional Chinese.
_MANY = frozenset({128, 129, 134, 136})
_SPACES = [*range(33), 0x7F, 0xA0, 0x2028, 0x2029, 0x3000, 0xFFFF]
_BROKEN, _HYPHEN = 0xFFFE, ord("-")
_SOLID = np.ones(1 << 16, bool)
_SOLID[_SPACES] = False
_Places = npt.NDArray[np.int32]
_Ints = npt.NDArray[np.intp]
_Boxes = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of pages that follow one another, in the order of the file.

    Attributes:
        first, sizes: number of the first page from 1, and width and height of each page in points.
        codes: UTF-16 of all characters, spaces between words included.
        start, stop: int32 (n,), word k is ``codes[start[k]:stop[k]]``.
        page: int32 (n,), number of each word's page from 1.
        box: float32 (n, 4) left, top, right, bottom in points from the top left of the page as shown.
    """

    first: int
    sizes: list[tuple[float, float]]
    codes: npt.NDArray[np.uint16]
    start: _Places
    stop: _Places
    page: _Places
    box: _Boxes

    @property
    def last(self) -> int:
        """Number of the last page."""
        return self.first + len(self.sizes) - 1

    def texts(self) -> list[str]:
        """The words; where no character is beyond the first plane all are decoded at once."""
        text = self.codes.tobytes().decode("utf-16-le", "replace")
        ends = zip(self.start.tolist(), self.stop.tolist(), strict=True)
        if len(text) == len(self.codes):
            return [text[a:b] for a, b in ends]
        return [self.codes[a:b].tobytes().decode("utf-16-le", "replace") for a, b in ends]


@contextmanager
def opened(source: Contents, name: str, password: str | None) -> Iterator["Document"]:
    """An open document, its fonts taken from the file alone: words need no glyphs of the system's.

    Raises:
        ReconError: ``locked`` without the right password, ``broken``, or ``too_large`` past the caps.
    """
    import pypdfium2_raw as pdfium  # noqa: PLC0415 loaded only when a PDF comes, and without its helpers

    pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2))
    fonts = _Fonts(pdfium)
    pdfium.FPDF_SetSystemFontInfo(fonts.info)
    document = Document(pdfium, source, name, password)
    try:
        document.open()
        yield document
    finally:
        document.close()
        pdfium.FPDF_SetSystemFontInfo(pdfium.FPDF_GetDefaultSystemFontInfo())


def give_back() -> None:
    """Return free memory to the system, where the C library can: pages leave holes that nothing larger fits into."""
    trim = getattr(ctypes.pythonapi, "malloc_trim", None)
    if trim is not None:
        trim(0)


class _Fonts:
    """A system with one small font for Chinese, Japanese and Korean, in which every character is a narrow bar.

    Words need no more: to look glyphs up in a system's own fonts takes longer than all other reading of a page. Without
    any font pdfium would pass over characters that stand alone. For other scripts it has fonts itself. A bar reaches
    beyond no character's own width, by which the file sets it: a wider one would carry a figure into the next column.
    """

    def __init__(self, pdfium: Any) -> None:
        self._data = (folder("templates") / "fonts" / "every-character.ttf").read_bytes()
        own = {"MapFont": self._map, "GetFontData": self._read}
        self.info = pdfium.FPDF_SYSFONTINFO(version=1)
        for name, kind in pdfium.FPDF_SYSFONTINFO._fields_[1:]:
            nothing = None if kind._restype_ is None else 0
            setattr(self.info, name, kind(own.get(name) or (lambda *_, nothing=nothing: nothing)))

    def _map(self, _info: Any, _weight: int, _italic: int, charset: int, *_: Any) -> int | None:
        """A handle of the font where a script of many characters asks for one."""
        return 1 if charset in _MANY else None

    def _read(self, _info: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        """The size of the font, its bytes copied where *buffer* has room for them; single tables are not given."""
        if table:
            return 0
        if buffer and size >= len(self._data):
            ctypes.memmove(buffer, self._data, len(self._data))
        return len(self._data)


def bare(function: Any, result: Any) -> Any:
    """A foreign function that trusts its caller with the arguments' types: checking them takes longer than the call."""
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


class Document:
    """A PDF; *count* is the number of its pages, *pdfium* and *handle* are the library and its open file.

    *watch* is told of each page that is read, while it is open: the page, its text, and its number.
    """

    def __init__(self, pdfium: Any, source: Contents, name: str, password: str | None) -> None:
        self.pdfium, self._source, self._name = pdfium, source, name
        self._secret = password.encode() if password else None
        self.count = 0
        self.handle: Any = None
        self._box = bare(pdfium.FPDFText_GetLooseCharBox, None)
        self._angle = bare(pdfium.FPDFText_GetCharAngle, ctypes.c_float)
        self._text = bare(pdfium.FPDFText_GetText, ctypes.c_int)
        self._width, self._height = (
            bare(function, ctypes.c_float) for function in (pdfium.FPDF_GetPageWidthF, pdfium.FPDF_GetPageHeightF)
        )
        self._bounds = pdfium.FS_RECTF()
        self.watch: Callable[[Any, Any, int], None] | None = None
        target = (pdfium.FS_RECTF * _BLOCK)()
        self._places = [ctypes.byref(target, ctypes.sizeof(pdfium.FS_RECTF) * k) for k in range(_BLOCK)]
        self._found: _Boxes = np.frombuffer(memoryview(target).cast("B"), np.float32).reshape(-1, 4)

    def open(self) -> None:
        """Open the file; where it is open, anew, which lets go of all that pdfium keeps of the pages that it has read.

        Raises:
            ReconError: ``locked`` without the right password, ``broken``, or ``too_large`` past the caps.
        """
        self.close()
        pdfium, source = self.pdfium, self._source
        if isinstance(source, bytes):
            self.handle = pdfium.FPDF_LoadMemDocument64(source, len(source), self._secret)
        else:
            self.handle = pdfium.FPDF_LoadDocument(str(source).encode(), self._secret)
        if not self.handle:
            locked = pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD
            raise ReconError("locked" if locked else "broken", Source(self._name))
        self.count = pdfium.FPDF_GetPageCount(self.handle)
        if self.count > PAGES:
            raise ReconError("too_large", Source(self._name))

    def close(self) -> None:
        """Close the file, if it is open."""
        if self.handle:
            self.pdfium.FPDF_CloseDocument(self.handle)
        self.handle = None

    def chunks(self) -> Iterator[Words]:
        """Words of all pages, a number of pages at a time.

        Raises:
            ReconError: as :meth:`words`.
        """
        later = range(1 + TOGETHER, self.count + 1, _LATER)
        for first, stop in pairwise([1, *later, self.count + 1]):
            if first % _ANEW == 1 and first > 1:
                self.open()
            yield self.words(first, stop)

    def words(self, first: int, stop: int) -> Words:
        """Words of the pages numbered *first* to *stop* − 1, overprints and slanted watermarks removed.

        Raises:
            ReconError: ``broken``, or ``too_large`` where a page holds more characters than any page of print.
        """
        return _together([self._page(number) for number in range(first, stop)], first)

    def _page(self, number: int) -> "_Page":
        with self.page(number) as (handle, text, count):
            found = self._words(handle, text, count)
            if self.watch:
                self.watch(handle, text, number)
            return found

    @contextmanager
    def page(self, number: int) -> Iterator[tuple[Any, Any, int]]:
        """A page with its text and how many characters that has, all of them open meanwhile.

        Raises:
            ReconError: as :meth:`words`.
        """
        pdfium = self.pdfium
        handle = pdfium.FPDF_LoadPage(self.handle, number - 1)
        if not handle:
            raise ReconError("broken", Source(self._name, number))
        text = pdfium.FPDFText_LoadPage(handle)
        try:
            count = max(0, pdfium.FPDFText_CountChars(text)) if text else 0
            if count > _CHARACTERS:
                raise ReconError("too_large", Source(self._name, number))
            yield handle, text, count
        finally:
            pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(handle)

    def _words(self, handle: Any, text: Any, count: int) -> "_Page":
        codes = self.characters(text, count)
        solid = _SOLID.take(codes)
        edges = np.flatnonzero(solid[1:] != solid[:-1]) + 1
        broken = np.flatnonzero(codes == _BROKEN)
        if len(broken):  # the word ends with its line, whatever follows on the next
            codes[broken] = _HYPHEN
            ended = broken[solid[broken + 1]] + 1
            edges = np.sort(np.concatenate((edges, ended, ended)))
        starts, stops = edges[::2], edges[1::2]
        characters = (starts - 1).tolist() + (stops - 2).tolist()
        ends = self._boxes(text, characters).reshape(2, len(starts), 4)
        odd = _odd(ends)
        if len(odd):
            starts, stops, ends = self._level(text, starts, stops, ends, odd)
        return _Page(codes, starts, stops, ends, self.shape(handle))

    def characters(self, text: Any, count: int) -> npt.NDArray[np.uint16]:
        """UTF-16 codes of a page's characters between two spaces, one for each, so that positions serve for boxes."""
        buffer = np.zeros(count + 2, np.uint16)
        got = self._text(text, 0, count, ctypes.c_void_p(buffer.ctypes.data + 2)) if count else 1
        if got - 1 != count:
            ask = self.pdfium.FPDFText_GetUnicode
            buffer[1:-1] = [min(ask(text, i), 0xFFFD) for i in range(count)]
        buffer[-1] = 0
        return buffer

    def _boxes(self, text: Any, characters: list[int]) -> _Boxes:
        """Boxes of characters: left, top, right, bottom, upwards from the bottom of the page."""
        found = np.empty((len(characters), 4), np.float32)
        pointer = ctypes.byref(text.contents) if characters else None  # made once, not at each call
        for at in range(0, len(characters), _BLOCK):
            part = characters[at : at + _BLOCK]
            deque(map(self._box, repeat(pointer), part, self._places), 0)
            found[at : at + _BLOCK] = self._found[: len(part)]
        return found

    def _level(
        self, text: Any, starts: _Ints, stops: _Ints, ends: _Boxes, odd: _Ints
    ) -> tuple[_Ints, _Ints, _Boxes]:
        """Words that run along or across the page; slanted ones are a watermark's and would tear the rows they cross.

        Only the words that are *odd* can slant: those of one character, and those whose ends show a slope. Where most
        words run along the page, those that run across it are a stamp's or a margin's.
        """
        one = stops[odd] - starts[odd] == 1
        if one.all() and not any(self._angle(text, start - 1) for start in starts[odd].tolist()):
            return starts, stops, ends
        sloped = _sloped(ends[0, odd], ends[1, odd])
        way = np.abs(ends[1, odd] - ends[0, odd])
        asked = odd[sloped | one | (way[:, 3] > way[:, 0])]
        turn = np.array([self._angle(text, start - 1) for start in starts[asked].tolist()], np.float32) / (np.pi / 2)
        level = np.ones(len(starts), bool)
        level[asked] = np.abs(turn - np.rint(turn)) < _SLANT
        if 2 * len(odd) < len(starts):
            level[asked] &= np.rint(turn) % 4 == 0
        for k in (k for k in odd[sloped & ~one].tolist() if level[k]):
            starts[k], stops[k] = self._level_part(text, int(starts[k]), int(stops[k]))
            ends[:, k] = self._boxes(text, [int(starts[k]) - 1, int(stops[k]) - 2])
        return starts[level], stops[level], ends[:, level]

    def _level_part(self, text: Any, start: int, stop: int) -> tuple[int, int]:
        """The part of a word before a slanted watermark that was run together with it; all of it without one."""
        turns = [self._angle(text, at - 1) / (np.pi / 2) for at in range(start, stop)]
        return start, start + next((k for k, turn in enumerate(turns) if abs(turn - round(turn)) >= _SLANT), len(turns))

    def shape(self, handle: Any) -> tuple[float, ...]:
        """Width, height, left and bottom edge of a page, and its quarter turns."""
        pdfium, bounds = self.pdfium, self._bounds
        pdfium.FPDF_GetPageBoundingBox(handle, ctypes.byref(bounds))
        size = self._width(handle), self._height(handle)
        return (*size, bounds.left, bounds.bottom, pdfium.FPDFPage_GetRotation(handle))


def _odd(ends: _Boxes) -> _Ints:
    """Numbers of the words that do not plainly run to the right, by the boxes of first and last characters."""
    way = ends[1] - ends[0]
    return np.flatnonzero(~(np.abs(way[:, 3]) < _SLOPE * way[:, 0]))


def _sloped(a: _Boxes, b: _Boxes) -> npt.NDArray[np.bool_]:
    """Which words do not end on the level on which they begin, by the boxes of their first and last characters."""
    right, up = np.abs(b[:, 0] - a[:, 0]), np.abs(b[:, 3] - a[:, 3])
    sloped: npt.NDArray[np.bool_] = np.minimum(right, up) > _SLOPE * np.maximum(right, up)
    return sloped


@dataclass(frozen=True, slots=True)
class _Page:
    """Words of one page in pdfium's own space: boxes of first and last characters, upwards from the bottom.

    *shape* is width, height, left and bottom edge of the page, and its quarter turns.
    """

    codes: npt.NDArray[np.uint16]
    starts: _Ints
    stops: _Ints
    ends: _Boxes
    shape: tuple[float, ...]


def _together(pages: list[_Page], first: int) -> Words:
    """All words of *pages*, each on the spot where it was printed first; the first page is numbered *first*."""
    page = np.repeat(np.arange(len(pages), dtype=np.int32), [len(p.starts) for p in pages])
    before = np.cumsum([0, *(len(p.codes) for p in pages)]).tolist()
    codes = np.concatenate([p.codes for p in pages])
    start = np.concatenate([p.starts + at for p, at in zip(pages, before, strict=False)])
    stop = np.concatenate([p.stops + at for p, at in zip(pages, before, strict=False)])
    a, b = np.concatenate([p.ends for p in pages], axis=1).transpose(0, 2, 1)
    box = [np.minimum(a[0], b[0]), np.minimum(a[3], b[3]), np.maximum(a[2], b[2]), np.maximum(a[1], b[1])]
    again = _printed_before(codes, start, stop, page, box)
    if len(again):
        start, stop, page = (np.delete(places, again) for places in (start, stop, page))
        box = [np.delete(edge, again) for edge in box]
    edges = _upright(box, np.array([p.shape for p in pages], np.float32), page)
    sizes = [(p.shape[0], p.shape[1]) for p in pages]
    return Words(first, sizes, codes, start.astype(np.int32), stop.astype(np.int32), page + first, edges)


def _printed_before(
    codes: npt.NDArray[np.uint16], start: npt.NDArray[np.intp], stop: npt.NDArray[np.intp], page: _Places,
    box: Sequence[npt.NDArray[np.float32]],
) -> list[int]:
    """Numbers of the words that are printed again on the same spot."""
    x, y = (np.rint(edge / 2).astype(np.int64) & 0xFFFFF for edge in box[:2])
    spot = (page.astype(np.int64) << 40) | (x << 20) | y
    placed = np.sort(spot)
    same = placed[1:] == placed[:-1]
    if not same.any():
        return []
    again, seen, twice = [], set(), set(placed[1:][same].tolist())
    for k in (k for k, place in enumerate(spot.tolist()) if place in twice):
        print_ = (int(spot[k]), codes[start[k] : stop[k]].tobytes())
        if print_ in seen:
            again.append(k)
        seen.add(print_)
    return again


def _upright(box: Sequence[npt.NDArray[np.float32]], shapes: _Boxes, page: _Places) -> _Boxes:
    """Boxes as seen: from the top left of the page as it is shown, quarter turns applied.

    Args:
        box: left, bottom, right and top of each word upwards from the page's own corner.
        shapes: width, height, left and bottom edge and quarter turns of each page.
        page: number of each word's page among them.
    """
    alike = bool((shapes == shapes[0]).all())
    width, height, x, y, turn = shapes[0] if alike else shapes[page].T
    left, bottom, right, top = box[0] - x, box[1] - y, box[2] - x, box[3] - y
    ways = (
        (left, height - top, right, height - bottom),
        (bottom, left, top, right),
        (width - right, bottom, width - left, top),
        (width - top, height - right, width - bottom, height - left),
    )
    turned = (turn == 1, turn == 2, turn == 3)  # noqa: PLR2004 quarter turns
    edges = [np.select(turned, way[1:], way[0]) for way in zip(*ways, strict=True)] if turn.any() else ways[0]
    return np.stack(edges, axis=1)
