"""How the text of a PDF was set: fonts, sizes and baselines, and the program that wrote the file."""

import ctypes
import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise, repeat
from typing import Any, NamedTuple

import numpy as np

from recon.core.errors import ReconError
from recon.evidence.disk import Contents
from recon.evidence.pdfium import Document, bare, opened

#: Objects of one page, characters of one object and bytes of a font's name that are looked at.
_OBJECTS, _TEXT, _NAME = 20_000, 64, 128
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


def imprint(source: Contents, name: str, pages: int, password: str | None = None) -> tuple[str, list[Piece]]:
    """What the file says of the programs that made it, and level text of its first *pages* pages, upright ones only.

    Nothing where the file does not open.
    """
    try:
        with opened(source, name, password) as document:
            seen = Imprint(document, pages)
            for number in range(1, min(pages, document.count) + 1):
                with document.page(number) as (handle, text, _):
                    seen.look(handle, text, number)
            return seen.program, seen.pieces
    except ReconError:
        return "", []


class _Handle(ctypes.c_void_p):
    """A thing of pdfium's; of a subclass ctypes gives an object that can be handed on, and no number."""


class Imprint:
    """What a document says of the programs that made it, and pieces of its first *pages* pages that were looked at.

    It asks pdfium for many pieces at once and always into the same places: making those takes longer.
    """

    def __init__(self, document: Document, pages: int) -> None:
        pdfium = document.pdfium
        told = [_told(pdfium, document.handle, key) for key in (b"Creator", b"Producer")]
        self.program, self.pieces = " / ".join(dict.fromkeys(filter(None, told))), list[Piece]()
        self._document, self._pages = document, pages
        self._thing = bare(pdfium.FPDFPage_GetObject, _Handle)
        self._type = bare(pdfium.FPDFPageObj_GetType, ctypes.c_int)
        self._owner = bare(pdfium.FPDFText_GetTextObject, ctypes.c_size_t)
        self._font = bare(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p)
        asked = (pdfium.FPDFPageObj_GetMatrix, pdfium.FPDFPageObj_GetBounds, pdfium.FPDFTextObj_GetFontSize)
        self._ask = [bare(function, ctypes.c_int) for function in asked]
        self._figures = (ctypes.c_float * (_FIGURES * _BLOCK))()
        edges = [[ctypes.byref(self._figures, 4 * (_FIGURES * k + at)) for k in range(_BLOCK)]
                 for at in (0, 6, 7, 8, 9, 10)]
        self._places = edges[:1], edges[1:5], edges[5:]

    def look(self, handle: Any, text: Any, number: int) -> None:
        """Take the pieces of an open page, if it is one of the first."""
        pdfium = self._document.pdfium
        if number > self._pages or pdfium.FPDFPage_GetRotation(handle):
            return
        height = pdfium.FPDF_GetPageHeightF(handle)
        things = list(map(self._thing, repeat(handle), range(min(_OBJECTS, pdfium.FPDFPage_CountObjects(handle)))))
        kinds = map(self._type, things)
        things = [thing for thing, kind in zip(things, kinds, strict=True) if kind == pdfium.FPDF_PAGEOBJ_TEXT]
        said, fonts = self._said(text), dict[int, str]()
        for at in range(0, len(things), _BLOCK):
            self.pieces += self._some(things[at : at + _BLOCK], said, height, number, fonts)

    def _some(
        self, things: Sequence[_Handle], said: dict[int, str], height: float, page: int, fonts: dict[int, str]
    ) -> Iterator[Piece]:
        """Pieces of some objects of a page; *said* is what each of them says, *fonts* names those seen on the page."""
        for ask, places in zip(self._ask, self._places, strict=True):
            deque(map(ask, things, *places), 0)
        figures = self._figures[: _FIGURES * len(things)]
        for k, (thing, font) in enumerate(zip(things, map(self._font, things), strict=True)):
            _, b, c, d, _, f, left, _, right, _, points = figures[_FIGURES * k : _FIGURES * (k + 1)]
            words = said.get(thing.value or 0, "").strip()
            if not words or b or c:
                continue
            if font not in fonts:
                fonts[font] = self._name(font)
            told = words if len(words) < _TEXT else ""
            yield Piece(page, told, left, right, height - f, fonts[font], round(points * abs(d), 2))

    def _said(self, text: Any) -> dict[int, str]:
        """What each object of a page says, by its address: pdfium would go through all characters for each of them."""
        count = max(0, self._document.pdfium.FPDFText_CountChars(text)) if text else 0
        owner = np.fromiter(map(self._owner, repeat(text), range(count)), np.uint64, count)
        codes = self._document.characters(text, count)[1:-1].tobytes()
        edges = [0, *(np.flatnonzero(owner[1:] != owner[:-1]) + 1).tolist(), count] if count else [0]
        said: dict[int, str] = {}
        for a, b in pairwise(edges):
            if thing := int(owner[a]):
                words = codes[2 * a : 2 * b].decode("utf-16-le", "replace")
                said[thing] = f"{said[thing]} {words}" if thing in said else words
        return said

    def _name(self, font: int) -> str:
        pdfium, name = self._document.pdfium, ctypes.create_string_buffer(_NAME)
        pdfium.FPDFFont_GetBaseFontName(ctypes.cast(font, pdfium.FPDF_FONT), name, _NAME)
        return _SUBSET.sub("", name.value.decode("utf-8", "replace"))


def _told(pdfium: Any, handle: Any, key: bytes) -> str:
    length = pdfium.FPDF_GetMetaText(handle, key, None, 0)
    buffer = ctypes.create_string_buffer(min(length, 1024))
    pdfium.FPDF_GetMetaText(handle, key, buffer, len(buffer))
    return buffer.raw.decode("utf-16-le", "replace").strip("\0 ")
