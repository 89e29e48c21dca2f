"""A digital PDF becomes words with boxes: characters in bulk from pdfium; ruling lines on demand."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from recon.core.errors import ReconError
from recon.core.source import Source
from recon.evidence.disk import Contents, contents
from recon.evidence.page import Page
from recon.evidence.pdfium import Words, opened

Box = tuple[float, float, float, float]
#: pdfium's numbers for an outline and an image, and how deep forms are looked into.
_OUTLINE, _IMAGE, _DEEP = 2, 3, 4
#: The share of a page that images cover, and the outlines, that make it a picture: letters drawn as shapes are many.
_PICTURE, _SHAPES = 0.3, 100


def pages(source: Contents, name: str, password: str | None = None) -> list[Page]:
    """Words of every page, overprints and slanted watermarks removed; a page of a picture has no words.

    Raises:
        ReconError: ``locked`` without the right password, ``broken``, or ``too_large`` past the caps.
    """
    with opened(source, name, password) as document:
        return [page for found in document.chunks() for page in pages_of(found)]


def pages_of(found: Words) -> Iterator[Page]:
    """The pages that *found* holds, one by one."""
    texts = found.texts()
    edges = np.searchsorted(found.page, np.arange(found.first, found.first + len(found.sizes) + 1)).tolist()
    for k, (width, height) in enumerate(found.sizes):
        a, b = edges[k], edges[k + 1]
        yield Page(found.first + k, width, height, texts[a:b], found.box[a:b])


def pictured(source: Contents, name: str, numbers: Sequence[int], password: str | None = None) -> list[int]:
    """Which of the pages *numbers* (from 1) are pictures: of images, or of letters drawn as shapes.

    Raises:
        ReconError: ``locked`` or ``broken``.
    """
    import pypdfium2  # noqa: PLC0415 loaded only when a PDF comes

    try:
        with pypdfium2.PdfDocument(source, password=password) as document:
            return [number for number in numbers if _drawn(document[number - 1])]
    except pypdfium2.PdfiumError as slip:
        raise ReconError("locked" if "password" in str(slip).casefold() else "broken", Source(name)) from slip


def _drawn(page: Any) -> bool:
    """Whether a page without words shows something all the same."""
    width, height = page.get_size()
    found = list(page.get_objects(filter=[_IMAGE, _OUTLINE], max_depth=_DEEP))
    places = [image.get_bounds() for image in found if image.type == _IMAGE]
    covered = sum((right - left) * (top - bottom) for left, bottom, right, top in places)
    return bool(covered > _PICTURE * width * height) or len(found) - len(places) > _SHAPES


def pictures(
    data: bytes, name: str, places: Sequence[tuple[int, Box]], password: str | None = None, scale: float = 1.5
) -> list[bytes]:
    """Pieces cut out of pages, as grey PNG files.

    Args:
        data: the PDF.
        name: its name in messages.
        places: page from 1, and left, top, right, bottom in points of the page as shown; each page is drawn once
            where its places stand together.
        password: opens a locked file.
        scale: pixels of a point.

    Raises:
        ReconError: ``locked`` or ``broken``.
    """
    import pypdfium2  # noqa: PLC0415 loaded only when a PDF comes

    found, drawn = [], None
    try:
        with pypdfium2.PdfDocument(data, password=password) as document:
            for number, box in places:
                if drawn is None or drawn[0] != number:
                    drawn = number, document[number - 1].render(scale=scale, grayscale=True).to_pil()
                found.append(_png(drawn[1], box, scale))
    except (pypdfium2.PdfiumError, IndexError, ValueError) as slip:
        raise ReconError("locked" if "password" in str(slip).casefold() else "broken", Source(name)) from slip
    return found


def _png(image: Any, box: Box, scale: float) -> bytes:
    """A piece of a page in sixteen greys: small, and print stays legible."""
    left, top, right, bottom = (edge * scale for edge in box)
    piece = image.crop((max(0, int(left)), max(0, int(top)), min(image.width, int(right) + 1),
                        min(image.height, int(bottom) + 1)))
    target = io.BytesIO()
    piece.convert("L").quantize(16).save(target, "PNG", optimize=True)
    return target.getvalue()


def ruled(source: Contents, name: str, password: str | None = None) -> list[Page]:
    """The second opinion: words and ruling lines by pdfplumber, slower by far.

    Raises:
        ReconError: as :func:`pages`.
    """
    import pdfplumber  # noqa: PLC0415 slow to load and seldom needed
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415 likewise
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415 likewise

    try:
        with pdfplumber.open(io.BytesIO(contents(source)), password=password) as document:
            return [_ruled(page, number) for number, page in enumerate(document.pages, 1)]
    except (PdfminerException, PDFPasswordIncorrect) as slip:
        raise ReconError("broken", Source(name)) from slip


def _ruled(page: Any, number: int) -> Page:
    found = page.extract_words(x_tolerance=1.5, y_tolerance=2)
    box = np.array([[w["x0"], w["top"], w["x1"], w["bottom"]] for w in found], np.float32).reshape(-1, 4)
    lines = [*page.lines, *page.rects]
    rulings = np.array([[e["x0"], e["top"], e["x1"], e["bottom"]] for e in lines], np.float32).reshape(-1, 4)
    result = Page(number, float(page.width), float(page.height), [w["text"] for w in found], box, rulings)
    page.close()
    return result
