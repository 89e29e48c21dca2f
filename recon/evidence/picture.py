"""Photographs and scans → pages of words with boxes and confidence, by OCR on this machine alone."""

import io
import logging
import math
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from recon.core.errors import ReconError
from recon.core.settings import shipped
from recon.core.source import Source
from recon.evidence.page import Page

if TYPE_CHECKING:
    from PIL import Image

Engine = Literal["rapidocr", "tesseract"]
Word = tuple[str, float, npt.NDArray[np.float32]]  # text, confidence, four corners clockwise from the text's top left

Box = tuple[float, float, float, float]

#: Longer pictures than this many times their width are widened by white paper.
_LONGEST = 6
#: The least gap between two words, in heights of their line.
_SPACE = 0.3

FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF")
SUFFIXES = (".jpg", ".jpeg", ".jfif", ".png", ".tif", ".tiff", ".bmp", ".webp", ".gif", ".heic", ".heif")


def read(path: Path, name: str, engine: Engine = "rapidocr") -> list[Page]:
    """The pages of a picture file; a page without words is an empty page, for the caller to judge.

    Boxes are in pixels of the picture as people see it: after its EXIF turn, upright.

    Args:
        path: JPEG, PNG, TIFF (every page of it), BMP, WebP or GIF.
        name: the file's name in messages.
        engine: which OCR.

    Raises:
        ReconError: ``picture_too_large``, ``picture_pages``, ``picture_heic``, ``picture_broken``, ``ocr_missing``.
    """
    return [_page(number, image, scale, engine) for number, (image, scale) in enumerate(_frames(path, name), 1)]


def read_pdf(
    path: Path, name: str, numbers: list[int] | None = None, password: str | None = None, engine: Engine = "rapidocr"
) -> list[Page]:
    """Pages of a PDF that hold pictures instead of text, rendered and read; boxes in points of the PDF's page.

    Args:
        path: the PDF.
        name: the file's name in messages.
        numbers: which pages, from 1; None for all.
        password: opens a locked file.
        engine: which OCR.

    Raises:
        ReconError: ``picture_pages``, ``picture_broken``, ``ocr_missing``.
    """
    import pypdfium2  # noqa: PLC0415  heavy, wanted only here

    try:
        with pypdfium2.PdfDocument(path, password=password) as pdf:
            wanted = numbers or list(range(1, len(pdf) + 1))
            _few_enough(len(wanted), name)
            return [_pdf_page(pdf[number - 1], number, engine) for number in wanted]
    except pypdfium2.PdfiumError as slip:
        raise ReconError("picture_broken", Source(name)) from slip


def pieces(path: Path, name: str, places: Sequence[tuple[int, Box]], width: int = 900) -> list[bytes]:
    """Pieces cut out of a picture file, as grey PNG files at most *width* pixels wide.

    Args:
        path: the picture.
        name: its name in messages.
        places: page from 1, and left, top, right, bottom in pixels of the picture as people see it.
        width: of the pieces.

    Raises:
        ReconError: as :func:`read`.
    """
    frames = [(image.convert("L"), scale) for image, scale in _frames(path, name)]
    found = []
    for number, box in places:
        image, scale = frames[number - 1]
        left, top, right, bottom = (edge * scale for edge in box)
        piece = image.crop((max(0, int(left)), max(0, int(top)), min(image.width, int(right) + 1),
                            min(image.height, int(bottom) + 1)))
        piece.thumbnail((width, width))
        target = io.BytesIO()
        piece.quantize(16).save(target, "PNG", optimize=True)
        found.append(target.getvalue())
    return found


def _pdf_page(leaf: Any, number: int, engine: Engine) -> Page:
    """One rendered PDF page, read. *leaf* is pypdfium2's page."""
    width, height = leaf.get_size()
    scale = shipped().whole("picture_side") / max(width, height, 1.0)
    bitmap = leaf.render(scale=scale)
    try:
        return _page(number, _colour(bitmap.to_pil()).convert("RGB"), scale, engine)
    finally:
        bitmap.close()
        leaf.close()


def _few_enough(count: int, name: str) -> None:
    limit = shipped().whole("picture_pages")
    if count > limit:
        raise ReconError("picture_pages", Source(name), limit=limit)


def _frames(path: Path, name: str) -> Iterator[tuple["Image.Image", float]]:
    """Each frame of a picture file, upright and of a size that OCR can take, with its scale to the original."""
    from PIL import Image, ImageSequence  # noqa: PLC0415  heavy, wanted only here

    with path.open("rb") as handle:
        if handle.read(12)[4:] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"}:
            raise ReconError("picture_heic", Source(name))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of sizes that are judged here
            with Image.open(path, formats=FORMATS) as image:
                # further frames of other formats are previews or animation
                _few_enough(getattr(image, "n_frames", 1) if image.format == "TIFF" else 1, name)
                for frame in ImageSequence.Iterator(image):
                    _size_allowed(frame, name)
                    fitted = _fitted(frame)
                    if image.format != "TIFF":
                        image.close()  # a large original need not wait in memory while its copy is read
                        yield fitted
                        return
                    yield fitted
    except (Image.DecompressionBombError, MemoryError) as slip:
        raise ReconError("picture_too_large", Source(name), size="", limit=_limit()) from slip
    except ReconError:
        raise
    except Exception as slip:  # a damaged picture raises whatever its decoder stumbles over
        raise ReconError("picture_broken", Source(name)) from slip


#: EXIF's orientation tag, and Pillow's transpose that undoes each of its values.
_ORIENTATION = 0x0112
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}


def _limit() -> int:
    """The largest picture in millions of pixels."""
    return shipped().whole("picture_megapixels")


def _size_allowed(image: "Image.Image", name: str) -> None:
    """Judge the size that the header says, before a pixel is decoded."""
    width, height = image.size
    if width * height > _limit() * 1_000_000:
        raise ReconError("picture_too_large", Source(name), size=f"{width} × {height}", limit=_limit())


def _fitted(image: "Image.Image") -> tuple["Image.Image", float]:
    """The frame upright in colour, reduced where it is larger than OCR needs, with the scale applied."""
    from PIL import Image  # noqa: PLC0415  heavy, wanted only here

    scale = _scale(*image.size)
    target = (max(1, round(image.size[0] * scale)), max(1, round(image.size[1] * scale)))
    if scale < 1:
        image.draft("RGB", target)  # a JPEG is decoded at a half, a quarter or an eighth of its size
    image.load()
    colour = _colour(image)
    if scale < 1:
        colour.thumbnail((max(target), max(target)), reducing_gap=2.0)
    turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    colour = colour.convert("RGB")
    return colour if turn is None else colour.transpose(Image.Transpose(turn)), scale


def _scale(width: int, height: int) -> float:
    """Longest side ≤ *picture_side* unless a slip's short side fell under 640; never over *picture_side*² pixels."""
    side = shipped().whole("picture_side")
    long, short = max(width, height), min(width, height)
    wanted = max(side / long, 640 / short)
    return min(1.0, wanted, side / math.sqrt(long * max(short, long / _LONGEST)))


def _colour(image: "Image.Image") -> "Image.Image":
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


def _page(number: int, image: "Image.Image", scale: float, engine: Engine) -> Page:
    """OCR of one upright picture; boxes are divided by *scale*, back to the original's units."""
    picture = _padded(np.asarray(image)[:, :, ::-1])  # the engines' habit is blue first
    words, (height, width) = _tesseract(picture) if engine == "tesseract" else _rapidocr(picture)
    corners = np.array([quad for _, _, quad in words], np.float32).reshape(-1, 4, 2)
    corners = _straightened(corners, width, height)
    box = np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)
    return Page(
        number,
        width / scale,
        height / scale,
        [text for text, _, _ in words],
        (box / np.float32(scale)).astype(np.float32),
        confidence=np.array([sure for _, sure, _ in words], np.float32),
    )


def _padded(picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Wide enough for the detector, which enlarges the short side to 736 whatever the long side becomes."""
    height, width = picture.shape[:2]
    right, below = max(0, height // _LONGEST - width), max(0, width // _LONGEST - height)
    return np.pad(picture, ((0, below), (0, right), (0, 0)), constant_values=255)


def _straightened(corners: npt.NDArray[np.float32], width: int, height: int) -> npt.NDArray[np.float32]:
    """Corners (n, 4, 2) turned about the page's middle by the median slope of the wide words."""
    top = corners[:, 1] - corners[:, 0]
    depth = np.linalg.norm(corners[:, 3] - corners[:, 0], axis=1)
    wide = np.linalg.norm(top, axis=1) > 3 * depth
    if not wide.any():
        return corners
    slope = float(np.median(np.arctan2(top[wide, 1], top[wide, 0])))
    cos, sin = math.cos(slope), math.sin(slope)
    middle = np.array([width / 2, height / 2], np.float32)
    return (corners - middle) @ np.array([[cos, -sin], [sin, cos]], np.float32) + middle


@cache
def _engine() -> Any:
    """The one engine of this process, with the models of its wheel, two threads at most, silent."""
    try:
        import onnxruntime  # noqa: PLC0415  heavy, wanted only here
        from rapidocr import RapidOCR  # noqa: PLC0415  heavy, wanted only here
    except ImportError as slip:
        raise ReconError("ocr_missing") from slip
    onnxruntime.set_default_logger_severity(4)
    threads = {f"EngineConfig.onnxruntime.{part}_op_num_threads": count for part, count in (("intra", 2), ("inter", 1))}
    engine = RapidOCR(params={"Global.log_level": "critical", "Global.max_side_len": 8000, **threads})
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL + 1)
    return engine


def _rapidocr(picture: npt.NDArray[np.uint8]) -> tuple[list[Word], tuple[int, int]]:
    """Words of a picture that may lie on its side or upside down, and the size of the picture once upright."""
    result = _detect(picture)
    if _sideways(result):
        picture = np.ascontiguousarray(np.rot90(picture))
        result = _detect(picture)
    if _upside_down(result, picture):
        picture = np.ascontiguousarray(np.rot90(picture, 2))
        result = _detect(picture)
    height, width = picture.shape[:2]
    if result.txts is None:
        return [], (height, width)
    lines = zip(result.txts, result.scores, result.boxes, result.word_results, strict=False)
    return [word for line in lines for word in _split(*line)], (height, width)


def _detect(picture: npt.NDArray[np.uint8]) -> Any:
    """All lines of text. None is turned on its own: ``18.00`` upside down also reads as a number."""
    return _engine()(picture, use_det=True, use_cls=False, use_rec=True, return_word_box=True)


def _sideways(result: Any) -> bool:
    """Whether most lines of more than two characters stand upright on their ends."""
    if result.boxes is None:
        return False
    boxes = [box for box, text in zip(result.boxes, result.txts, strict=True) if len(text) > 2]  # noqa: PLR2004
    tall = sum(float(np.ptp(box[:, 1])) > 1.5 * float(np.ptp(box[:, 0])) for box in boxes)
    return 2 * tall > len(boxes)


def _upside_down(result: Any, picture: npt.NDArray[np.uint8]) -> bool:
    """Whether most of the nine longest lines look upside down to the engine's own classifier."""
    if result.boxes is None:
        return False
    votes = 0
    longest = sorted(result.boxes, key=lambda box: -float(np.ptp(box[:, 0])))[:9]
    for box in longest:
        (left, top), (right, bottom) = box.min(axis=0).astype(int), box.max(axis=0).astype(int)
        crop = np.ascontiguousarray(picture[max(0, top) : bottom + 1, max(0, left) : right + 1])
        seen = _engine()(crop, use_det=False, use_cls=True, use_rec=False, return_word_box=False)
        votes += seen.cls_res[0][0] == "180"
    return 2 * votes > len(longest)


def _split(text: str, score: float, quad: npt.NDArray[np.float32], parts: Any) -> Iterator[Word]:
    """One line of text → its words: parted at spaces, and where characters stand further apart than they are tall."""
    spans = [(word, float(sure), np.asarray(corners, np.float32)) for word, sure, corners in parts or () if corners]
    if "".join(word for word, _, _ in spans) != "".join(text.split()):
        yield text, float(score), quad
        return
    groups: list[list[Word]] = [[]]
    taken, ends = 0, _word_ends(text)
    for span in spans:
        if groups[-1] and (taken in ends or _apart(groups[-1][-1][2], span[2])):
            groups.append([])
        groups[-1].append(span)
        taken += len(span[0])
    words = [_joined(group) for group in groups]
    for before, after in pairwise(words):
        _part(before[2], after[2])
    yield from words


def _word_ends(text: str) -> set[int]:
    """After how many characters other than spaces each word ends."""
    return set(accumulate(len(word) for word in text.split()))


def _apart(before: npt.NDArray[np.float32], after: npt.NDArray[np.float32]) -> bool:
    """Whether the gap between two runs of one line is wider than the line is tall."""
    depth = float(np.linalg.norm(before[3] - before[0]))
    return float(np.linalg.norm(after[0] - before[1])) > depth


def _part(before: npt.NDArray[np.float32], after: npt.NDArray[np.float32]) -> None:
    """Trim two words' corners in place so that the space between them shows: recognisers tell places roughly."""
    depth = float(np.linalg.norm(before[3] - before[0]))
    along = (before[1] - before[0]) / max(float(np.linalg.norm(before[1] - before[0])), 1.0)
    missing = _SPACE * depth - float((after[0] - before[1]) @ along)
    if missing > 0:
        before[1:3] -= along * missing / 2
        after[[0, 3]] += along * missing / 2


def _joined(group: list[Word]) -> Word:
    """Neighbouring runs as one word, as sure as its least sure part."""
    first, last = group[0][2], group[-1][2]
    quad = np.stack([first[0], last[1], last[2], first[3]])
    return "".join(word for word, _, _ in group), min(sure for _, sure, _ in group), quad


def _tesseract(picture: npt.NDArray[np.uint8]) -> tuple[list[Word], tuple[int, int]]:
    """Words by Tesseract, where it is installed; none where it is not. The picture must be upright."""
    import pytesseract  # noqa: PLC0415  wanted only here

    height, width = picture.shape[:2]
    try:
        have = set(pytesseract.get_languages())
        tongues = "+".join(tongue for tongue in ("chi_sim", "eng") if tongue in have)
        found = pytesseract.image_to_data(
            picture[:, :, ::-1], lang=tongues or None, config="--psm 6", output_type=pytesseract.Output.DICT, timeout=60
        )
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, RuntimeError):
        return [], (height, width)
    words: list[Word] = []
    columns = [found[key] for key in ("text", "conf", "left", "top", "width", "height")]
    for text, sure, *rect in zip(*columns, strict=True):
        if text.strip():
            left, top, across, down = rect
            right, bottom = left + across, top + down
            quad = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
            words.append((text.strip(), max(0.0, float(sure) / 100), quad))
    return words, (height, width)
