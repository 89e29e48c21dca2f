"""A digital PDF becomes words with boxes: characters in bulk from pdfium; ruling lines on demand."""

import ctypes
import io
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from recon.core.errors import ReconError
from recon.core.source import Source
from recon.evidence.page import Page

Box = tuple[float, float, float, float]
#: Pages read of one file; longer ones are refused rather than read in part.
PAGES = 5000
#: Characters that one page may hold.
_CHARACTERS = 2_000_000
#: Quarter turns by which a scanner may have set a page askew; what leans further was printed so.
_SLANT = 0.1
_SPACES = np.array([*range(33), 0x7F, 0xA0, 0x2028, 0x2029, 0x3000, 0xFFFF], np.uint16)


def pages(data: bytes, name: str, password: str | None = None) -> list[Page]:
    """Words of every page, overprints and slanted watermarks removed; a page of a picture has no words.

    Raises:
        ReconError: ``locked`` without the right password, ``broken``, or ``too_large`` past the caps.
    """
    import pypdfium2  # noqa: PLC0415 loaded only when a PDF comes

    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as slip:
        raise ReconError("locked" if "password" in str(slip).casefold() else "broken", Source(name)) from slip
    try:
        if len(document) > PAGES:
            raise ReconError("too_large", Source(name))
        return list(_pages(document, name))
    except pypdfium2.PdfiumError as slip:
        raise ReconError("broken", Source(name)) from slip
    finally:
        document.close()


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


def _pages(document: Any, name: str) -> Iterator[Page]:
    import pypdfium2.raw as pdfium  # noqa: PLC0415 likewise

    for index in range(len(document)):
        handle = pdfium.FPDF_LoadPage(document.raw, index)
        if not handle:
            raise ReconError("broken", Source(name, index + 1))
        text = pdfium.FPDFText_LoadPage(handle)
        try:
            yield _page(pdfium, handle, text, index + 1, name)
        finally:
            pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(handle)


def _page(pdfium: Any, handle: Any, text: Any, number: int, name: str) -> Page:
    width, height = float(pdfium.FPDF_GetPageWidthF(handle)), float(pdfium.FPDF_GetPageHeightF(handle))
    count = max(0, pdfium.FPDFText_CountChars(text)) if text else 0
    if count > _CHARACTERS:
        raise ReconError("too_large", Source(name, number))
    codes = _codes(pdfium, text, count)
    starts, ends = _runs(codes)
    level = _level(pdfium, text, starts)
    starts, ends = starts[level], ends[level]
    if not len(starts):
        return Page(number, width, height, [], np.empty((0, 4), np.float32))
    words = _words(codes, starts.tolist(), ends.tolist())
    box = _boxes(pdfium, text, starts, ends - 1)
    keep = _first_prints(words, box)
    box = _upright(pdfium, handle, box[keep], width, height)
    return Page(number, width, height, [words[i] for i in keep], box)


def _codes(pdfium: Any, text: Any, count: int) -> npt.NDArray[np.uint16]:
    """UTF-16 codes of a page's characters, one for each, so that positions serve for boxes too."""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = pdfium.FPDFText_GetText(text, 0, count, buffer) if count else 0
    if got - 1 == count:
        return np.frombuffer(bytes(buffer), np.uint16)[:count]
    one_by_one = [min(pdfium.FPDFText_GetUnicode(text, i), 0xFFFD) for i in range(count)]
    return np.array(one_by_one, np.uint16)


def _words(codes: npt.NDArray[np.uint16], starts: list[int], ends: list[int]) -> list[str]:
    """Text of the runs; a page without characters beyond the first plane is decoded at once."""
    text = codes.tobytes().decode("utf-16-le", "replace").replace("\ufffe", "-")
    if len(text) == len(codes):
        return [text[a:b] for a, b in zip(starts, ends, strict=True)]
    found = (codes[a:b].tobytes().decode("utf-16-le", "replace") for a, b in zip(starts, ends, strict=True))
    return [word.replace("\ufffe", "-") for word in found]


def _runs(codes: npt.NDArray[np.uint16]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Starts and ends of runs without spaces."""
    solid = np.concatenate(([False], ~np.isin(codes, _SPACES), [False]))
    edges = np.flatnonzero(solid[1:] != solid[:-1])
    return edges[::2], edges[1::2]


def _level(pdfium: Any, text: Any, starts: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Which words run along or across the page; slanted ones are a watermark's and would tear the rows they cross."""
    ask = pdfium.FPDFText_GetCharAngle
    turn = np.array([ask(text, a) for a in starts.tolist()], np.float32) / (np.pi / 2)
    level: npt.NDArray[np.bool_] = np.abs(turn - np.rint(turn)) < _SLANT
    return level


def _boxes(pdfium: Any, text: Any, first: npt.NDArray[np.intp], last: npt.NDArray[np.intp]) -> npt.NDArray[np.float32]:
    """Boxes of words from those of their first and last characters, in PDF space: left, bottom, right, top."""
    at, result = pdfium.FS_RECTF(), np.empty((len(first), 4), np.float32)
    where, ask = ctypes.byref(at), pdfium.FPDFText_GetLooseCharBox
    for k, (a, b) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        ask(text, a, where)
        left, bottom, right, top = at.left, at.bottom, at.right, at.top
        if b != a:
            ask(text, b, where)
            left, bottom, right, top = (
                min(left, at.left),
                min(bottom, at.bottom),
                max(right, at.right),
                max(top, at.top),
            )
        result[k] = (left, bottom, right, top)
    return result


def _first_prints(words: list[str], box: npt.NDArray[np.float32]) -> list[int]:
    """Words without those printed again on the same spot."""
    seen: dict[tuple[str, int, int], int] = {}
    for i, (word, x, y) in enumerate(
        zip(words, np.rint(box[:, 0] / 2).tolist(), np.rint(box[:, 1] / 2).tolist(), strict=True)
    ):
        seen.setdefault((word, int(x), int(y)), i)
    return sorted(seen.values())


def _upright(
    pdfium: Any, handle: Any, box: npt.NDArray[np.float32], width: float, height: float
) -> npt.NDArray[np.float32]:
    """Boxes as seen: from the top left of the page as it is shown, quarter turns applied."""
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(handle, ctypes.byref(bounds))
    left, bottom = box[:, 0] - bounds.left, box[:, 1] - bounds.bottom
    right, top = box[:, 2] - bounds.left, box[:, 3] - bounds.bottom
    turn = pdfium.FPDFPage_GetRotation(handle)
    if turn == 1:
        edges = (bottom, left, top, right)
    elif turn == 2:  # noqa: PLR2004 quarter turns
        edges = (width - right, bottom, width - left, top)
    elif turn == 3:  # noqa: PLR2004 quarter turns
        edges = (width - top, height - right, width - bottom, height - left)
    else:
        edges = (left, height - top, right, height - bottom)
    return np.stack(edges, axis=1).astype(np.float32)


def ruled(data: bytes, name: str, password: str | None = None) -> list[Page]:
    """The second opinion: words and ruling lines by pdfplumber, slower by far.

    Raises:
        ReconError: as :func:`pages`.
    """
    import pdfplumber  # noqa: PLC0415 slow to load and seldom needed
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415 likewise
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415 likewise

    try:
        with pdfplumber.open(io.BytesIO(data), password=password) as document:
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
