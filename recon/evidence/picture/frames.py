"""A picture file's frames: judged by their header before a pixel is decoded, upright, of a size that OCR can take."""

import math
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from recon.core.errors import ReconError
from recon.core.settings import shipped
from recon.core.source import Source

if TYPE_CHECKING:
    from PIL import Image

#: Longer pictures than this many times their width are widened by white paper.
LONGEST = 6
FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF", "AVIF", "JPEG2000")
#: Formats of which every frame is a page; further frames of others are previews or animation.
_PAGED = {"TIFF"}
_HEIC = frozenset({b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc"})
#: EXIF's orientation tag, and Pillow's transpose that undoes each of its values.
_ORIENTATION = 0x0112
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}


def frames(
    path: Path, name: str, wanted: set[int] | None = None, larger: float = 1.0
) -> Iterator[tuple[int, "Image.Image", float, int]]:
    """Each frame of a picture file, one at a time: its number, itself, its scale to the original, and how many.

    Args:
        path: JPEG, PNG, TIFF (every page of it), HEIC, BMP, WebP or GIF.
        name: the file's name in messages.
        wanted: numbers of the frames, from 1, that are decoded; None for all.
        larger: how much larger than OCR takes it a frame may be.

    Raises:
        ReconError: ``picture_too_large``, ``picture_pages``, ``picture_heic``, ``picture_broken``, ``too_large``.
    """
    from PIL import Image, ImageSequence  # noqa: PLC0415  heavy, wanted only here

    with path.open("rb") as handle:
        head = handle.read(12)
    Image.MAX_IMAGE_PIXELS = None  # sizes are judged here, where it can be said how large a picture is
    telephone = head[4:8] == b"ftyp" and head[8:] in _HEIC
    if telephone and not _heif():
        raise ReconError("picture_heic", Source(name))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of slips that it can live with
            with Image.open(path, formats=("HEIF",) if telephone else FORMATS) as image:
                paged = image.format in _PAGED
                count = getattr(image, "n_frames", 1) if paged else 1
                few_enough(count, name)
                for number, frame in enumerate(ImageSequence.Iterator(image), 1):
                    if wanted is not None and number not in wanted:
                        continue
                    _size_allowed(frame, name)
                    fitted, scale = _fitted(frame, larger)
                    if not paged:
                        image.close()  # a large original need not wait in memory while its copy is read
                    yield number, fitted, scale, count
                    if not paged:
                        return
    except MemoryError as slip:
        raise ReconError("too_large", Source(name)) from slip
    except ReconError:
        raise
    except Exception as slip:  # a damaged picture raises whatever its decoder stumbles over
        raise ReconError("picture_broken", Source(name)) from slip


@cache
def _heif() -> bool:
    """Whether telephones' HEIC can be opened here; Pillow knows it from then on."""
    try:
        from pillow_heif import register_heif_opener  # noqa: PLC0415  wanted only for such a file
    except ImportError:
        return False
    register_heif_opener(thumbnails=False)
    return True


def few_enough(count: int, name: str) -> None:
    """Refuse a file of more pages than one is read of.

    Raises:
        ReconError: ``picture_pages``.
    """
    limit = shipped().whole("picture_pages")
    if count > limit:
        raise ReconError("picture_pages", Source(name), limit=limit)


def _limit() -> int:
    """The largest picture in millions of pixels."""
    return shipped().whole("picture_megapixels")


def _size_allowed(image: "Image.Image", name: str) -> None:
    """Judge the size that the header says, before a pixel is decoded."""
    width, height = image.size
    if width * height > _limit() * 1_000_000:
        raise ReconError("picture_too_large", Source(name), size=f"{width} × {height}", limit=_limit())


def _fitted(image: "Image.Image", larger: float) -> tuple["Image.Image", float]:
    """The frame upright in colour, reduced where it is *larger* than OCR needs, with the scale applied."""
    from PIL import Image  # noqa: PLC0415  heavy, wanted only here

    scale = min(1.0, larger * fitting(*image.size))
    target = (max(1, round(image.size[0] * scale)), max(1, round(image.size[1] * scale)))
    if scale < 1:
        image.draft("RGB", target)  # a JPEG is decoded at a half, a quarter or an eighth of its size
    image.load()
    plain = colour(image)
    if scale < 1:
        plain.thumbnail((max(target), max(target)), reducing_gap=2.0)
    turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    plain = plain.convert("RGB")
    return plain if turn is None else plain.transpose(Image.Transpose(turn)), scale


def fitting(width: int, height: int) -> float:
    """Longest side ≤ *picture_side* unless a slip's short side fell under 640; never over *picture_side*² pixels."""
    side = shipped().whole("picture_side")
    long, short = max(width, height), min(width, height)
    wanted = max(side / long, 640 / short)
    return min(1.0, wanted, side / math.sqrt(long * max(short, long / LONGEST)))


def colour(image: "Image.Image") -> "Image.Image":
    """RGB, or grey where it is grey: a third of the memory; transparency becomes white paper, 16 bits become 8."""
    from PIL import Image  # noqa: PLC0415  heavy, wanted only here

    if image.mode.startswith("I"):
        image = Image.fromarray((np.asarray(image) // 257).clip(0, 255).astype(np.uint8))
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        paper.alpha_composite(layer)
        image = paper
    return image.convert("L" if image.mode in {"1", "L"} else "RGB")


def padded(picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Wide enough for the detector, which enlarges the short side to 736 whatever the long side becomes."""
    height, width = picture.shape[:2]
    right, below = max(0, height // LONGEST - width), max(0, width // LONGEST - height)
    return np.pad(picture, ((0, below), (0, right), (0, 0)), constant_values=255)
