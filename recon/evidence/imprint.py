"""How the text of a PDF was set: fonts, sizes and baselines, and the program that wrote the file."""

import ctypes
import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from recon.core.errors import ReconError
from recon.evidence.pdfium import bare, opened

#: Objects of one page, characters of one object and bytes of a font's name that are looked at.
_OBJECTS, _TEXT, _NAME = 20_000, 64, 128
_ROOM = 2 * _TEXT
#: Objects asked about at once, and figures that each of them gives: a matrix, four edges, and the size of its font.
_BLOCK, _FIGURES = 256, 11
_SUBSET = re.compile(r"^[A-Z]{6}\+")


class Piece(NamedTuple):
    """A piece of text as it was set.

    Attributes:
        page: from 1.
        text: what it says; nothing where that is longer than any figure.
        left, right, baseline: points from the left and the top of the page.
        font, size: the font's name without the mark of a subset, and its size in points.
    """

    page: int
    text: str
    left: float
    right: float
    baseline: float
    font: str
    size: float


def imprint(data: bytes, name: str, pages: int, password: str | None = None) -> tuple[str, list[Piece]]:
    """What the file says of the programs that made it, and level text of its first *pages* pages, upright ones only.

    Nothing where the file does not open.
    """
    try:
        with opened(data, name, password) as document:
            told = [_told(document.pdfium, document.handle, key) for key in (b"Creator", b"Producer")]
            reader = _Reader(document.pdfium)
            found = [piece for k in range(min(pages, document.count)) for piece in reader.page(document.handle, k)]
            return " / ".join(dict.fromkeys(filter(None, told))), found
    except ReconError:
        return "", []


class _Handle(ctypes.c_void_p):
    """A thing of pdfium's; of a subclass ctypes gives an object that can be handed on, and no number."""


class _Reader:
    """Asks pdfium for pieces of text, many at once and always into the same places: making those takes longer."""

    def __init__(self, pdfium: Any) -> None:
        self._pdfium = pdfium
        self._thing = bare(pdfium.FPDFPage_GetObject, _Handle)
        self._type = bare(pdfium.FPDFPageObj_GetType, ctypes.c_int)
        self._text = bare(pdfium.FPDFTextObj_GetText, ctypes.c_ulong)
        self._font = bare(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p)
        asked = (pdfium.FPDFPageObj_GetMatrix, pdfium.FPDFPageObj_GetBounds, pdfium.FPDFTextObj_GetFontSize)
        self._ask = [bare(function, ctypes.c_int) for function in asked]
        said, self._room = (ctypes.c_ushort * (_TEXT * _BLOCK))(), ctypes.c_ulong(_ROOM)
        self._texts = [ctypes.byref(said, _ROOM * k) for k in range(_BLOCK)]
        self._said, self._figures = memoryview(said).cast("B"), (ctypes.c_float * (_FIGURES * _BLOCK))()
        edges = [[ctypes.byref(self._figures, 4 * (_FIGURES * k + at)) for k in range(_BLOCK)]
                 for at in (0, 6, 7, 8, 9, 10)]
        self._places = edges[:1], edges[1:5], edges[5:]

    def page(self, document: Any, number: int) -> Iterator[Piece]:
        """Pieces of one page, *number* from 0."""
        pdfium = self._pdfium
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            return
        text = pdfium.FPDFText_LoadPage(page)
        try:
            height = pdfium.FPDF_GetPageHeightF(page)
            count = 0 if pdfium.FPDFPage_GetRotation(page) else pdfium.FPDFPage_CountObjects(page)
            things = list(map(self._thing, repeat(page), range(min(_OBJECTS, count))))
            kinds = map(self._type, things)
            things = [thing for thing, kind in zip(things, kinds, strict=True) if kind == pdfium.FPDF_PAGEOBJ_TEXT]
            fonts: dict[int, str] = {}
            for at in range(0, len(things), _BLOCK):
                yield from self._pieces(things[at : at + _BLOCK], text, height, number + 1, fonts)
        finally:
            pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)

    def _pieces(
        self, things: Sequence[_Handle], text: Any, height: float, page: int, fonts: dict[int, str]
    ) -> Iterator[Piece]:
        """Pieces of some objects of a page; *fonts* has the names of those seen on it."""
        for ask, places in zip(self._ask, self._places, strict=True):
            deque(map(ask, things, *places), 0)
        lengths = map(self._text, things, repeat(text), self._texts, repeat(self._room))
        said = [self._words(k, length) for k, length in enumerate(lengths)]
        figures = self._figures[: _FIGURES * len(things)]
        for k, (told, font) in enumerate(zip(said, map(self._font, things), strict=True)):
            _, b, c, d, _, f, left, _, right, _, points = figures[_FIGURES * k : _FIGURES * (k + 1)]
            if told is None or b or c:
                continue
            if font not in fonts:
                fonts[font] = self._name(font)
            yield Piece(page, told, left, right, height - f, fonts[font], round(points * abs(d), 2))

    def _words(self, k: int, length: int) -> str | None:
        """What object *k* says in *length* bytes, None for blanks; pdfium gives nothing where the room is too small."""
        if length > _ROOM:
            return ""
        text = bytes(self._said[_ROOM * k : _ROOM * k + max(0, length - 2)]).decode("utf-16-le", "replace")
        return text.strip() or None

    def _name(self, font: int) -> str:
        name = ctypes.create_string_buffer(_NAME)
        self._pdfium.FPDFFont_GetBaseFontName(ctypes.cast(font, self._pdfium.FPDF_FONT), name, _NAME)
        return _SUBSET.sub("", name.value.decode("utf-8", "replace"))


def _told(pdfium: Any, handle: Any, key: bytes) -> str:
    length = pdfium.FPDF_GetMetaText(handle, key, None, 0)
    buffer = ctypes.create_string_buffer(min(length, 1024))
    pdfium.FPDF_GetMetaText(handle, key, buffer, len(buffer))
    return buffer.raw.decode("utf-16-le", "replace").strip("\0 ")
