"""The straight lines that are drawn on the pages of a PDF: frames of tables, and the rules between their cells."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from recon.core.errors import ReconError
from recon.core.source import Source
from recon.evidence.disk import Contents
from recon.evidence.page import Page

#: pdfium's number for a drawn outline; how deep forms are looked into; outlines of a page beyond which it is a drawing.
_OUTLINE, _DEEP, _MANY = 2, 3, 20_000
#: Points by which a straight line may lean.
_STRAIGHT = 0.7
_Point = tuple[float, float]


def with_rulings(pages: Sequence[Page], source: Contents, name: str, password: str | None = None) -> list[Page]:
    """*pages* of the PDF *source* with their straight lines; none on a page that is turned.

    Raises:
        ReconError: ``locked`` or ``broken``.
    """
    import pypdfium2  # noqa: PLC0415 loaded only when a PDF comes

    try:
        with pypdfium2.PdfDocument(source, password=password) as document:
            return [replace(page, rulings=_rulings(document[page.number - 1])) for page in pages]
    except pypdfium2.PdfiumError as slip:
        raise ReconError("locked" if "password" in str(slip).casefold() else "broken", Source(name)) from slip


def _rulings(page: Any) -> npt.NDArray[np.float32]:
    """Left, top, right, bottom of each straight line, in points from the top left of the page as shown."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 likewise

    found: list[tuple[float, float, float, float]] = []
    if not page.get_rotation():
        left, _, _, top = page.get_cropbox()
        for count, outline in enumerate(page.get_objects(filter=[_OUTLINE], max_depth=_DEEP)):
            if count == _MANY:
                return np.empty((0, 4), np.float32)
            found += [
                (min(x, u) - left, top - max(y, v), max(x, u) - left, top - min(y, v))
                for (x, y), (u, v) in _sides(pdfium, outline.raw) if min(abs(u - x), abs(v - y)) < _STRAIGHT
            ]
        page.close()
    return np.array(found, np.float32).reshape(-1, 4)


def _sides(pdfium: Any, outline: Any) -> Iterator[tuple[_Point, _Point]]:
    """The straight sides of an outline, each from point to point of the page."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(outline, matrix):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    path: list[_Point] = []
    for k in range(pdfium.FPDFPath_CountSegments(outline)):
        segment = pdfium.FPDFPath_GetPathSegment(outline, k)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        at = (matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            yield from pairwise(path)
            path = [at]
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            path.append(at)
        if pdfium.FPDFPathSegment_GetClose(segment) and path:
            path.append(path[0])
    yield from pairwise(path)
