"""Printed pages: the bundled Chinese font, text wrapped to a width, rows set under a repeated header."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from recon.core.knowledge import folder

FONT = "ReconSansSC"
LATIN = "Helvetica"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a printed table: header lines, left edge, width in points, alignment."""

    heads: tuple[str, ...]
    left: float
    width: float
    align: Literal["left", "right", "centre"] = "left"


@cache
def font_path() -> str:
    """The bundled font's file."""
    return str(folder("templates") / "fonts" / "recon-sans-sc.ttf")


def set_font(language: str) -> str:
    """The font of a page in *language*: the bundled Chinese one, made known to the writer, or a standard Latin one."""
    if language == "en":
        return LATIN
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, font_path()))
    return FONT


def canvas(*, landscape: bool = False, title: str = "", latin: bool = False) -> tuple[Any, io.BytesIO]:
    """A new PDF whose dates and ids depend on nothing but its content, and the buffer it is written to."""
    set_font("en" if latin else "zh-CN")
    buffer = io.BytesIO()
    made = Canvas(buffer, pagesize=(A4[1], A4[0]) if landscape else A4, invariant=1, pageCompression=1)
    made.setTitle(title)
    made.setProducer("Bank Statement Service")
    return made, buffer


def wrap(text: str, width: float, size: float, font: str = FONT) -> list[str]:
    """*text* cut into lines of at most *width* points: Latin text between words, Chinese anywhere."""
    if font == LATIN:
        return simpleSplit(text, font, size, width) or [""]
    lines, line = [], ""
    for character in text:
        if line and pdfmetrics.stringWidth(line + character, font, size) > width:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line] if line or not lines else lines


def put(page: Any, column: Column, text: str, baseline: float, size: float, font: str = FONT) -> None:
    """One line of text inside a column."""
    page.setFont(font, size)
    if column.align == "right":
        page.drawRightString(column.left + column.width - 2, baseline, text)
    elif column.align == "centre":
        page.drawCentredString(column.left + column.width / 2, baseline, text)
    else:
        page.drawString(column.left + 2, baseline, text)


def cells(columns: Sequence[Column], texts: Sequence[str], size: float, font: str = FONT) -> list[list[str]]:
    """A row's texts, each wrapped to its column."""
    return [wrap(text, column.width - 4, size, font) for column, text in zip(columns, texts, strict=True)]


def paginate(heights: Sequence[float], first: float, rest: float) -> list[list[int]]:
    """Row numbers of each page: *first* points fit on the first page, *rest* on the others."""
    pages: list[list[int]] = [[]]
    left = first
    for number, height in enumerate(heights):
        if height > left and pages[-1]:
            pages.append([])
            left = rest
        pages[-1].append(number)
        left -= height
    return pages


def finish(page: Any, buffer: io.BytesIO) -> bytes:
    """Close the document."""
    page.save()
    return buffer.getvalue()


