"""A page as marks, texts and lines in points from its top left, drawn as a PDF or as a picture."""

from dataclasses import dataclass, field
from typing import Literal

from PIL import Image, ImageDraw
from reportlab.pdfbase import pdfmetrics

from recon.simulate.evidence.paper import FONT, LATIN, canvas, finish, set_font
from recon.simulate.evidence.photo import font

Align = Literal["left", "right", "centre"]
Ink = tuple[int, int, int]
BLACK: Ink = (35, 35, 40)
#: How much of a text's size stands above its base line.
_ASCENT = 0.88


@dataclass(frozen=True, slots=True)
class Text:
    """One printed run: *x* is its left, right or middle, *y* its top, in points."""

    x: float
    y: float
    text: str
    size: float
    align: Align = "left"
    ink: Ink = BLACK


@dataclass(slots=True)
class Sheet:
    """A page of *width* by *height* points, in the font of *locale*, and what stands on it."""

    width: float
    height: float
    locale: str
    paper: Ink = (252, 251, 247)
    texts: list[Text] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)

    def put(self, x: float, y: float, text: str, size: float, align: Align = "left", ink: Ink = BLACK) -> None:
        """Print *text*."""
        if text:
            self.texts.append(Text(x, y, text, size, align, ink))

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a straight line."""
        self.lines.append((x0, y0, x1, y1))

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a rectangle."""
        for line in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            self.rule(*line)

    def wide(self, text: str, size: float) -> float:
        """How many points *text* takes."""
        set_font(self.locale)
        return float(pdfmetrics.stringWidth(text, LATIN if self.locale == "en" else FONT, size))

    def fitting(self, text: str, size: float, width: float) -> str:
        """As much of *text* as stands in *width* points."""
        while text and self.wide(text, size) > width:
            text = text[:-1]
        return text


def pdf(sheets: list[Sheet], title: str) -> bytes:
    """The pages as a PDF with digital text."""
    latin = sheets[0].locale == "en"
    page, buffer = canvas(title=title, latin=latin)
    for sheet in sheets:
        page.setPageSize((sheet.width, sheet.height))
        page.setLineWidth(0.6)
        for x0, y0, x1, y1 in sheet.lines:
            page.line(x0, sheet.height - y0, x1, sheet.height - y1)
        for text in sheet.texts:
            page.setFont(LATIN if latin else FONT, text.size)
            draw = {"left": page.drawString, "right": page.drawRightString, "centre": page.drawCentredString}
            draw[text.align](text.x, sheet.height - text.y - _ASCENT * text.size, text.text)
        page.showPage()
    return finish(page, buffer)


def picture(sheet: Sheet, scale: float) -> Image.Image:
    """The page as a picture, *scale* pixels a point."""
    image = Image.new("RGB", (round(sheet.width * scale), round(sheet.height * scale)), sheet.paper)
    draw = ImageDraw.Draw(image)
    for line in sheet.lines:
        draw.line([scale * each for each in line], fill=(70, 70, 75), width=max(1, round(0.7 * scale)))
    anchors = {"left": "lt", "right": "rt", "centre": "mt"}
    for text in sheet.texts:
        draw.text((text.x * scale, text.y * scale), text.text, font=font(round(text.size * scale)), fill=text.ink,
                  anchor=anchors[text.align])
    return image
