"""How the text of a PDF was set: fonts, sizes and baselines, and the program that wrote the file."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recon.core.errors import ReconError
from recon.evidence.pdfium import opened

#: Objects of one page, characters of one object and bytes of a font's name that are looked at.
_OBJECTS, _TEXT, _NAME = 20_000, 64, 128
_SUBSET = re.compile(r"^[A-Z]{6}\+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text as it was set.

    Attributes:
        page: from 1.
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


def pieces(data: bytes, name: str, pages: int, password: str | None = None) -> list[Piece]:
    """Level text of the first *pages* pages, upright ones only; nothing where the file does not open."""
    try:
        with opened(data, name, password) as document:
            reader = _Reader(document.pdfium)
            return [piece for k in range(min(pages, document.count)) for piece in reader.page(document.handle, k)]
    except ReconError:
        return []


class _Reader:
    """Asks pdfium for pieces of text, always into the same places: making those takes longer than the calls."""

    def __init__(self, pdfium: Any) -> None:
        self._pdfium, self._matrix, self._size = pdfium, pdfium.FS_MATRIX(), ctypes.c_float()
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._text, self._name = (ctypes.c_ushort * _TEXT)(), ctypes.create_string_buffer(_NAME)
        self._fonts: dict[int, str] = {}

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
            for k in range(min(_OBJECTS, count)):
                thing = pdfium.FPDFPage_GetObject(page, k)
                if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_TEXT:
                    yield from self._piece(thing, text, height, number + 1)
        finally:
            pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)

    def _piece(self, thing: Any, text: Any, height: float, page: int) -> Iterator[Piece]:
        pdfium, matrix, edges = self._pdfium, self._matrix, self._edges
        length = pdfium.FPDFTextObj_GetText(thing, text, self._text, ctypes.sizeof(self._text))
        said = bytes(self._text)[: max(0, min(length, ctypes.sizeof(self._text)) - 2)].decode("utf-16-le", "replace")
        pdfium.FPDFPageObj_GetMatrix(thing, matrix)
        if not said.strip() or matrix.b or matrix.c:
            return
        pdfium.FPDFPageObj_GetBounds(thing, *edges)
        pdfium.FPDFTextObj_GetFontSize(thing, self._size)
        size = round(self._size.value * abs(matrix.d), 2)
        font = self._font(pdfium.FPDFTextObj_GetFont(thing))
        yield Piece(page, said.strip(), edges[0].value, edges[2].value, height - matrix.f, font, size)

    def _font(self, font: Any) -> str:
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._fonts:
            self._pdfium.FPDFFont_GetBaseFontName(font, self._name, _NAME)
            self._fonts[key] = _SUBSET.sub("", self._name.value.decode("utf-8", "replace"))
        return self._fonts[key]


def program(data: bytes, name: str, password: str | None = None) -> str:
    """What the file says of the programs that made it: creator and producer, or an empty string."""
    try:
        with opened(data, name, password) as document:
            told = [_told(document.pdfium, document.handle, key) for key in (b"Creator", b"Producer")]
    except ReconError:
        return ""
    return " / ".join(dict.fromkeys(filter(None, told)))


def _told(pdfium: Any, handle: Any, key: bytes) -> str:
    length = pdfium.FPDF_GetMetaText(handle, key, None, 0)
    buffer = ctypes.create_string_buffer(min(length, 1024))
    pdfium.FPDF_GetMetaText(handle, key, buffer, len(buffer))
    return buffer.raw.decode("utf-16-le", "replace").strip("\0 ")
