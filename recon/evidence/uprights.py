"""The upright edges of what is drawn on a page of an open PDF: rules between columns, and the sides of cells."""

import ctypes

import numpy as np
import numpy.typing as npt

from recon.core.errors import ReconError
from recon.evidence.disk import Contents
from recon.evidence.pdfium import Document, opened

#: pdfium's number for a drawn outline; outlines of a page beyond which it is a drawing; points within which both edges
#: of an outline are one rule.
_OUTLINE, _MANY, _THIN = 2, 20_000, 2.0


def uprights(document: Document, number: int) -> npt.NDArray[np.float32]:
    """Place, top and bottom of each upright edge on page *number*, in points from the top left; none on a turned page.

    Raises:
        ReconError: ``broken``.
    """
    pdfium, found = document.pdfium, []
    bounds = [ctypes.c_float() for _ in range(4)]
    with document.page(number) as (handle, _, _):
        _, height, left, bottom, turn = document.shape(handle)
        count = 0 if turn else pdfium.FPDFPage_CountObjects(handle)
        for k in range(count if count < _MANY else 0):
            thing = pdfium.FPDFPage_GetObject(handle, k)
            if pdfium.FPDFPageObj_GetType(thing) == _OUTLINE and pdfium.FPDFPageObj_GetBounds(thing, *bounds):
                a, low, b, high = (edge.value for edge in bounds)
                edges = [(a + b) / 2] if b - a < _THIN else [a, b]
                found += [(x - left, height - high + bottom, height - low + bottom) for x in edges]
    return np.array(found, np.float32).reshape(-1, 3)


def uprights_of(source: Contents, name: str, password: str | None, number: int) -> npt.NDArray[np.float32]:
    """The same of the PDF *source*, opened for it; nothing where it cannot be."""
    try:
        with opened(source, name, password) as document:
            return uprights(document, number)
    except ReconError:
        return np.empty((0, 3), np.float32)
