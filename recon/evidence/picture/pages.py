"""Picture files and PDFs of pictures → pages, one at a time; and pieces cut out of them, flat and upright."""

import dataclasses
import hashlib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from recon.core import progress
from recon.core.errors import ReconError
from recon.core.settings import shipped
from recon.core.source import Source
from recon.evidence.disk import holds_pdf
from recon.evidence.page import Page
from recon.evidence.picture import kept
from recon.evidence.picture.clean import tilt
from recon.evidence.picture.engine import Engine, read_line, recognise
from recon.evidence.picture.frames import colour, few_enough, frames, padded
from recon.evidence.picture.shape import Shape, shape_of

Box = tuple[float, float, float, float]
Pixels = npt.NDArray[np.uint8]
#: Pixels between the places of which it is worked out where they lie in the picture; those between are interpolated.
_COARSE = 32
#: Height in pixels of a line that is read again, and white around it as a share of its height.
_LINE, _ROUND = 64, 0.22


def read(path: Path, name: str, engine: Engine = "rapidocr", like: Sequence[Page] = ()) -> list[Page]:
    """The pages of a picture file; a page without words is an empty page, for the caller to judge.

    Boxes are in pixels of the picture as people see it, after its EXIF turn and upright, laid flat: lines level,
    columns upright; ``Page.shape`` leads back.

    Args:
        path: JPEG, PNG, TIFF (every page of it), HEIC, BMP, WebP or GIF.
        name: the file's name in messages.
        engine: which OCR.
        like: the first engine's pages, whose shape the second takes over.

    Raises:
        ReconError: ``picture_too_large``, ``picture_pages``, ``picture_heic``, ``picture_broken``, ``ocr_missing``.
    """
    return _pages(_Source(path, name), engine, like)


def read_pdf(
    path: Path, name: str, numbers: list[int] | None = None, password: str | None = None, engine: Engine = "rapidocr",
    like: Sequence[Page] = (),
) -> list[Page]:
    """Pages of a PDF that hold pictures instead of text, rendered and read; boxes in points of the PDF's page.

    Args:
        path: the PDF.
        name: the file's name in messages.
        numbers: which pages, from 1; None for all.
        password: opens a locked file.
        engine: which OCR.
        like: as in :func:`read`.

    Raises:
        ReconError: ``picture_pages``, ``picture_broken``, ``ocr_missing``.
    """
    return _pages(_Source(path, name, True, password, numbers), engine, like)


def look(
    path: Path, name: str, password: str | None = None, engine: Engine = "rapidocr", like: Sequence[Page] = ()
) -> list[Page]:
    """As :func:`read` or :func:`read_pdf`, whichever the file's bytes call for."""
    if holds_pdf(path):
        return read_pdf(path, name, None, password, engine, like)
    return read(path, name, engine, like)


@dataclasses.dataclass(frozen=True, slots=True)
class _Source:
    """A file of pictures, and which of its pages are wanted."""

    path: Path
    name: str
    pdf: bool = False
    password: str | None = None
    numbers: Sequence[int] | None = None

    def pictures(self, wanted: set[int] | None = None, scale: float = 1.0) -> Iterator[tuple[int, Any, float, int]]:
        """Number, upright picture, its scale to the original's units, and how many pages there are; one at a time.

        *wanted* leaves the others out before they are decoded; *scale* is for larger pictures than OCR takes.
        """
        if self.pdf:
            yield from self._leaves(wanted, scale)
            return
        yield from frames(self.path, self.name, wanted, scale)

    def _leaves(self, wanted: set[int] | None, larger: float) -> Iterator[tuple[int, Any, float, int]]:
        import pypdfium2  # noqa: PLC0415  heavy, wanted only here

        try:
            with pypdfium2.PdfDocument(self.path, password=self.password) as pdf:
                numbers = self.numbers or range(1, len(pdf) + 1)
                few_enough(len(numbers), self.name)
                for number in numbers:
                    if wanted is not None and number not in wanted:
                        continue
                    leaf = pdf[number - 1]
                    scale = larger * shipped().whole("picture_side") / max(*leaf.get_size(), 1.0)
                    bitmap = leaf.render(scale=scale)
                    image = colour(bitmap.to_pil()).convert("RGB")
                    bitmap.close()
                    leaf.close()
                    yield number, image, scale, len(numbers)
        except pypdfium2.PdfiumError as slip:
            raise ReconError("picture_broken", Source(self.name)) from slip


def _pages(source: _Source, engine: Engine, like: Sequence[Page]) -> list[Page]:
    """Every page that is wanted, from the cache where it is kept, else read."""
    shapes = {page.number: page.shape for page in like if page.words}
    mark = hashlib.sha256(repr(sorted(shapes.items())).encode()).hexdigest()
    name = kept.key(source.path.read_bytes(), engine, mark)
    found, missing = kept.recall_all(name, source.numbers)
    for number, image, scale, count in source.pictures(missing) if missing != set() else ():
        progress.tell(number, count)
        found[number] = _page(number, image, scale, engine, shapes.get(number))
        kept.keep(name, found[number], count)
    return [found[number] for number in source.numbers or sorted(found)]


def _page(number: int, image: Any, scale: float, engine: Engine, shape: tuple[float, ...] | None = None) -> Page:
    """OCR of one upright picture; boxes are divided by *scale*, back to the original's units."""
    picture = padded(np.asarray(image)[:, :, ::-1])  # the engines' habit is blue first
    if engine == "tesseract":
        lies = Shape.of(shape) if shape else _tilted(picture)
        found = recognise(flattened(picture, lies), engine)
        corners = _corners(found.words)
    else:
        found = recognise(picture, engine)
        lies = shape_of(_corners(found.words), found.width, found.height, found.turns)
        corners = lies.flat(_corners(found.words), found.width, found.height)
    box = np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)
    return Page(
        number,
        found.width / scale,
        found.height / scale,
        [text for text, _, _ in found.words],
        (box / np.float32(scale)).astype(np.float32),
        confidence=np.array([sure for _, sure, _ in found.words], np.float32),
        shape=lies.numbers(),
    )


def _corners(words: Sequence[tuple[str, float, npt.NDArray[np.float32]]]) -> npt.NDArray[np.float32]:
    return np.array([quad for _, _, quad in words], np.float32).reshape(-1, 4, 2)


def _tilted(picture: Pixels) -> Shape:
    """The shape of a page of which only the tilt can be told."""
    slope = float(np.tan(np.radians(tilt(picture))))
    return Shape(0, (slope,), -slope)


def flattened(picture: Pixels, shape: Shape, box: Box | None = None, larger: float = 1.0) -> Pixels:
    """The picture, or a *box* of the flat sheet (in its pixels), as it would be seen from straight above.

    Args:
        picture: height, width, 3; not yet turned upright.
        shape: how the page lies in it.
        box: left, top, right, bottom on the flat sheet; all of it where None.
        larger: pixels of the result for each of the sheet.
    """
    import cv2  # noqa: PLC0415  heavy, wanted only here

    picture = np.ascontiguousarray(np.rot90(picture, shape.turns))
    height, width = picture.shape[:2]
    left, top, right, bottom = box or (0.0, 0.0, float(width), float(height))
    size = (max(1, round((right - left) * larger)), max(1, round((bottom - top) * larger)))
    count = [max(2, pixels // _COARSE) for pixels in size]
    x, y = np.meshgrid(np.linspace(left, right, count[0]), np.linspace(top, bottom, count[1]))
    seen = shape.seen(np.stack([x, y], axis=-1).astype(np.float32), width, height)
    where = cv2.resize(seen, size, interpolation=cv2.INTER_LINEAR)
    piece = cv2.remap(picture, where[..., 0], where[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT,
                      borderValue=(255, 255, 255))
    return np.asarray(piece, np.uint8)


def cut(
    path: Path, name: str, places: Sequence[tuple[int, Box]], shapes: dict[int, tuple[float, ...]],
    password: str | None = None,
) -> Iterator[tuple[int, Pixels]]:
    """Pieces of a file's pages, flat, twice as large as OCR saw them: which of *places* each is, and its pixels.

    Args:
        path: the picture file, or a PDF of pictures.
        name: its name in messages.
        places: page from 1, and left, top, right, bottom as :func:`read` gave them.
        shapes: ``Page.shape`` by page; a page not named lies flat.
        password: opens a locked PDF.

    Raises:
        ReconError: as :func:`read` and :func:`read_pdf`.
    """
    source = _Source(path, name, holds_pdf(path), password)
    for number, image, scale, _ in source.pictures({page for page, _ in places}, 2.0):
        picture, shape = padded(np.asarray(image)[:, :, ::-1]), Shape.of(shapes.get(number, ()))
        for k, (page, box) in enumerate(places):
            if page == number:
                left, top, right, bottom = (edge * scale for edge in box)
                yield k, flattened(picture, shape, (left, top, right, bottom))


def pieces(
    path: Path, name: str, places: Sequence[tuple[int, Box]], width: int = 900,
    shapes: dict[int, tuple[float, ...]] | None = None, password: str | None = None,
) -> list[bytes]:
    """Pieces cut out of pictures as :func:`cut` does, as grey PNG files at most *width* pixels wide."""
    from PIL import Image  # noqa: PLC0415  heavy, wanted only here

    found = [b""] * len(places)
    for k, pixels in cut(path, name, places, shapes or {}, password):
        piece = Image.fromarray(pixels[:, :, ::-1]).convert("L")
        piece.thumbnail((width, width))
        target = io.BytesIO()
        piece.quantize(16).save(target, "PNG", optimize=True)
        found[k] = target.getvalue()
    return found


def again(
    path: Path, name: str, places: Sequence[tuple[int, Box]], shapes: dict[int, tuple[float, ...]],
    password: str | None = None,
) -> list[tuple[str, str]]:
    """What the first engine reads at each of *places* in a larger, flat picture, and what the second reads.

    Args: as :func:`cut`. Nothing stands where an engine is missing or sees nothing.
    """
    import cv2  # noqa: PLC0415  heavy, wanted only here

    found = [("", "")] * len(places)
    wider = [(page, _wider(box)) for page, box in places]
    for k, piece in cut(path, name, wider, shapes, password):
        factor = _LINE / max(1, piece.shape[0])
        line = np.asarray(cv2.resize(piece, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC), np.uint8)
        found[k] = (read_line(line, "rapidocr")[0], read_line(line, "tesseract")[0])
    return found


def _wider(box: Box) -> Box:
    left, top, right, bottom = box
    more = _ROUND * (bottom - top)
    return left - more, top - more, right + more, bottom + more
