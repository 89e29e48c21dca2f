"""Printed pages: the bundled Chinese font, text wrapped to a width, rows set under a repeated header."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from recon.core.knowledge import folder

FONT = "ReconSansSC"


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


def canvas(*, landscape: bool = False, title: str = "") -> tuple[Any, io.BytesIO]:
    """A new PDF whose dates and ids depend on nothing but its content, and the buffer it is written to."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, font_path()))
    buffer = io.BytesIO()
    made = Canvas(buffer, pagesize=(A4[1], A4[0]) if landscape else A4, invariant=1, pageCompression=1)
    made.setTitle(title)
    made.setProducer("Bank Statement Service")
    return made, buffer


def wrap(text: str, width: float, size: float) -> list[str]:
    """*text* cut into lines of at most *width* points."""
    lines, line = [], ""
    for character in text:
        if line and pdfmetrics.stringWidth(line + character, FONT, size) > width:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line] if line or not lines else lines


def put(page: Any, column: Column, text: str, baseline: float, size: float) -> None:
    """One line of text inside a column."""
    page.setFont(FONT, size)
    if column.align == "right":
        page.drawRightString(column.left + column.width - 2, baseline, text)
    elif column.align == "centre":
        page.drawCentredString(column.left + column.width / 2, baseline, text)
    else:
        page.drawString(column.left + 2, baseline, text)


def cells(columns: Sequence[Column], texts: Sequence[str], size: float) -> list[list[str]]:
    """A row's texts, each wrapped to its column."""
    return [wrap(text, column.width - 4, size) for column, text in zip(columns, texts, strict=True)]


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


