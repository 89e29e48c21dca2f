"""The two engines: rapidocr, which comes with the install, and Tesseract wherever a system has it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from recon.core.errors import ReconError
from recon.evidence.picture.clean import cleaned
from recon.evidence.picture.words import Word, split

Engine = Literal["rapidocr", "tesseract"]
Pixels = npt.NDArray[np.uint8]  # height, width, blue green red: the engines' habit


@dataclass(frozen=True, slots=True)
class Found:
    """The words of a picture once upright, its size then, and by how many quarter turns against the clock it was."""

    words: Sequence[Word]
    width: int
    height: int
    turns: int = 0


def recognise(picture: Pixels, engine: Engine) -> Found:
    """All words of *picture*; Tesseract wants it upright and flat.

    Raises:
        ReconError: ``ocr_missing``.
    """
    return _tesseract(picture) if engine == "tesseract" else _rapidocr(picture)


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


def _rapidocr(picture: Pixels) -> Found:
    """Words of a picture that may lie on its side or upside down."""
    result = _detect(picture)
    turns = _turns(result, picture)
    if turns:
        picture = np.ascontiguousarray(np.rot90(picture, turns))
        result = _detect(picture)
    height, width = picture.shape[:2]
    if result.txts is None:
        return Found([], width, height, turns)
    lines = zip(result.txts, result.scores, result.boxes, result.word_results, strict=False)
    return Found([word for line in lines for word in split(*line)], width, height, turns)


def _detect(picture: Pixels) -> Any:
    """All lines of text. None is turned on its own: ``18.00`` upside down also reads as a number."""
    return _engine()(picture, use_det=True, use_cls=False, use_rec=True, return_word_box=True)


def _turns(result: Any, picture: Pixels) -> int:
    """Quarter turns against the clock that set *picture* upright: those under which its longest lines read best.

    Lines read in both ways cost little; pages are read a second time only to be turned.
    """
    if result.boxes is None:
        return 0
    side = int(_sideways(result))
    lines = [np.ascontiguousarray(np.rot90(line, side)) for line in _longest(result.boxes, picture)]
    if not side and not _upside_down(lines):
        return 0
    turned = [np.ascontiguousarray(np.rot90(line, 2)) for line in lines]
    return side + 2 * (sum(map(_surely, turned)) > sum(map(_surely, lines)))


def _sideways(result: Any) -> bool:
    """Whether most lines of more than two characters stand upright on their ends."""
    boxes = [box for box, text in zip(result.boxes, result.txts, strict=True) if len(text) > 2]  # noqa: PLR2004
    tall = sum(float(np.ptp(box[:, 1])) > 1.5 * float(np.ptp(box[:, 0])) for box in boxes)
    return 2 * tall > len(boxes)


def _longest(boxes: Any, picture: Pixels) -> list[Pixels]:
    """The nine longest lines, cut out."""
    found = []
    for box in sorted(boxes, key=lambda box: -float(np.ptp(box, axis=0).max()))[:9]:
        (left, top), (right, bottom) = box.min(axis=0).astype(int), box.max(axis=0).astype(int)
        found.append(picture[max(0, top) : bottom + 1, max(0, left) : right + 1])
    return found


def _upside_down(lines: Sequence[Pixels]) -> bool:
    """Whether most of *lines* look upside down to the engine's own classifier."""
    seen = [_engine()(line, use_det=False, use_cls=True, use_rec=False, return_word_box=False) for line in lines]
    votes = sum(bool(each.cls_res[0][0] == "180") for each in seen)
    return 2 * votes > len(lines)


def _surely(line: Pixels) -> float:
    """How much is read of *line*, in characters by how sure it is: text on its head reads as less and less sure."""
    text, sure = read_line(line, "rapidocr")
    return len(text) * sure


def read_line(piece: Pixels, engine: Engine) -> tuple[str, float]:
    """What one line of text says that fills *piece*, and how sure; nothing where the engine is missing or sees none."""
    if engine == "tesseract":
        found = _tesseract(np.pad(piece, ((16, 16), (24, 24), (0, 0)), constant_values=255), "--psm 7").words
        return " ".join(text for text, _, _ in found), min((sure for _, sure, _ in found), default=0.0)
    result = _engine()(piece, use_det=False, use_cls=False, use_rec=True, return_word_box=False)
    return (result.txts[0], float(result.scores[0])) if result.txts else ("", 0.0)


def versions(engine: Engine) -> str:
    """Which programs read: a reading that is kept must not outlive them."""
    from importlib.metadata import version  # noqa: PLC0415  wanted once a process

    if engine == "tesseract":
        return f"tesseract {_tesseract_version()}"
    return " ".join(version(name) for name in ("rapidocr", "onnxruntime", "opencv-python-headless", "numpy", "pillow"))


@cache
def _tesseract_version() -> str:
    """Tesseract's version, or nothing where it is not installed."""
    import pytesseract  # noqa: PLC0415  wanted only here

    try:
        return f"{pytesseract.get_tesseract_version()} {'+'.join(sorted(pytesseract.get_languages()))}"
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError, SystemExit):
        return ""


def _tesseract(picture: Pixels, page: str = "--psm 6") -> Found:
    """Words by Tesseract, where it is installed; none where it is not."""
    import pytesseract  # noqa: PLC0415  wanted only here

    height, width = picture.shape[:2]
    have = set(_tesseract_version().rpartition(" ")[2].split("+"))
    if not have - {""}:
        return Found([], width, height)
    tongues = "+".join(tongue for tongue in ("chi_sim", "eng") if tongue in have)
    try:
        found = pytesseract.image_to_data(
            cleaned(picture), lang=tongues or None, config=page, output_type=pytesseract.Output.DICT, timeout=60
        )
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, RuntimeError):
        return Found([], width, height)
    words: list[Word] = []
    columns = [found[key] for key in ("text", "conf", "left", "top", "width", "height")]
    for text, sure, *rect in zip(*columns, strict=True):
        if text.strip():
            left, top, across, down = rect
            right, bottom = left + across, top + down
            quad = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
            words.append((text.strip(), max(0.0, float(sure) / 100), quad))
    return Found(words, width, height)
