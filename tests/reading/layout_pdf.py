"""Rows of cells drawn as the pages of a statement: rules, wraps, page breaks inside a row, watermarks, page numbers."""

import io
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDE, TALL = 842, 595
GAP = 12


@dataclass(frozen=True)
class Look:
    """How pages look.

    Attributes:
        rules: none, lines or grid.
        each: the head is printed on each page.
        broken: a row may go on on the next page.
        middle: cells of one line stand beside the middle of wrapped ones.
        wrap: width in points at which words wrap.
        mark: text of a watermark, or empty.
        carries: balances are carried over from page to page.
    """

    font: str
    size: float
    rules: str
    each: bool
    broken: bool
    middle: bool
    wrap: float
    mark: str
    carries: bool
    footer: str

    @classmethod
    def drawn(cls, r, footer, language):
        """A look drawn by *r*."""
        middle = r.random() < 0.2
        return cls(
            font(language, r), r.choice([7, 8, 9]), r.choice(["none", "none", "lines", "grid"]), r.random() < 0.6,
            not middle and r.random() < 0.3, middle, r.choice([70, 110, 400]),
            r.choice(["", "", "SPECIMEN", "COPY 2025"]), r.random() < 0.25, footer if r.random() < 0.6 else "",
        )


def font(language, r):
    """A font that holds the language's letters, embedded or not."""
    if language == "zh":
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        own = Path(__file__).parents[2] / "templates/fonts/recon-sans-sc.ttf"
        pdfmetrics.registerFont(TTFont("Own", own))
        return r.choice(["STSong-Light", "Own"])
    if language in {"ru", "cs", "hu"} or r.random() < 0.4:
        pdfmetrics.registerFont(TTFont("Wide", Path(mpl.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"))
        return "Wide"
    return r.choice(["Helvetica", "Times-Roman"])


def wrapped(text, width, name, size):
    """*text* broken at blanks, Chinese anywhere, so that each line is at most *width* wide."""
    pieces = text.split(" ") if any(ch < "\u2e80" for ch in text[1:]) else list(text)
    glue, lines = (" " if " " in text else ""), [""]
    for piece in pieces:
        longer = f"{lines[-1]}{glue}{piece}" if lines[-1] else piece
        if lines[-1] and pdfmetrics.stringWidth(longer, name, size) > width:
            lines.append(piece)
        else:
            lines[-1] = longer
    return lines


def pages(look, preamble, head, rows, right, wraps, carry):
    """The PDF; *rows* are a line's number (or −1) with its cells, *carry* makes the rows that carry a balance over."""
    return _Printer(look, preamble, head, rows, right, wraps, carry).run()


class _Printer:
    def __init__(self, look, preamble, head, rows, right, wraps, carry):
        self.look, self.preamble, self.head, self.rows, self.carry = look, preamble, head, rows, carry
        self.right, self.wraps, self.size = right, wraps, look.size
        widths = self._widths()
        while sum(widths) > WIDE - 60 and self.size > 4:
            self.size -= 0.5
            widths = self._widths()
        self.width, self.height = (WIDE, TALL) if sum(widths) > TALL - 60 else (TALL, WIDE)
        self.lefts = [30 + sum(widths[:k]) for k in range(len(widths))]
        self.widths, self.lead = widths, self.size * 1.25

    def _widths(self):
        columns = zip(*[self.head, *(cells for _, cells in self.rows)], strict=True)
        limits = [self.look.wrap if wraps else 1e9 for wraps in self.wraps]
        return [
            max(pdfmetrics.stringWidth(line, self.look.font, self.size)
                for cell in column for line in wrapped(cell, limit, self.look.font, self.size)) + GAP
            for column, limit in zip(columns, limits, strict=True)
        ]

    def _wrapped(self, cells):
        return [wrapped(cell, self.look.wrap if wraps else 1e9, self.look.font, self.size)
                for cell, wraps in zip(cells, self.wraps, strict=True)]

    def run(self):
        """Draw twice: the first time tells how many pages there are."""
        count = self._draw(0)[0]
        return self._draw(count)[1]

    def _draw(self, count):
        out = io.BytesIO()
        self.canvas, self.number, self.count = Canvas(out, pagesize=(self.width, self.height)), 0, count
        self._page(first=True)
        last = -1
        for line, cells in self.rows:
            parts = self._wrapped(cells)
            tall = max(map(len, parts))
            if self.y - (1 if self.look.broken else tall) * self.lead < 60:
                self._turn(last)
            self._row(parts, tall)
            last = line if line >= 0 else last
        self._end()
        self.canvas.save()
        return self.number, out.getvalue()

    def _turn(self, last):
        if self.carry and last >= 0:
            self._row([[cell] for cell in self.carry("carried", last)], 1)
        self._end()
        self._page(first=False)
        if self.carry and last >= 0:
            self._row([[cell] for cell in self.carry("brought", last)], 1)

    def _page(self, *, first):
        self.number += 1
        self.canvas.setFont(self.look.font, self.size)
        self.y = self.height - 50
        if first:
            for text in self.preamble:
                self.canvas.drawString(30, self.y, text)
                self.y -= self.lead * 1.3
            self.y -= self.lead
        if first or self.look.each:
            parts = self._wrapped(self.head)
            self._row(parts, max(map(len, parts)))

    def _end(self):
        if self.look.footer and self.count:
            self.canvas.drawString(self.width / 2, 25, self.look.footer.format(n=self.number, m=self.count))
        if self.look.mark:
            self.canvas.saveState()
            self.canvas.setFillGray(0.85)
            self.canvas.setFont("Helvetica", 60)
            self.canvas.translate(self.width / 3, self.height / 3)
            self.canvas.rotate(40)
            self.canvas.drawString(0, 0, self.look.mark)
            self.canvas.restoreState()
        self.canvas.showPage()

    def _row(self, parts, tall):
        top = self.y + self.size
        for step in range(tall):
            if self.y < 50:
                self._end()
                self._page(first=False)
                top = self.y + self.size
            for k, lines in enumerate(parts):
                shift = (tall - len(lines)) // 2 if self.look.middle else 0
                if 0 <= step - shift < len(lines) and lines[step - shift]:
                    self._text(k, lines[step - shift])
            self.y -= self.lead
        self.y -= self.lead * 0.35
        bottom = self.y + self.size * 1.05
        if self.look.rules == "lines":
            self.canvas.line(self.lefts[0], bottom, self.lefts[-1] + self.widths[-1], bottom)
        elif self.look.rules == "grid":
            for left, width in zip(self.lefts, self.widths, strict=True):
                self.canvas.rect(left - 3, bottom, width, top - bottom)

    def _text(self, k, text):
        if self.right[k]:
            self.canvas.drawRightString(self.lefts[k] + self.widths[k] - GAP / 2, self.y, text)
        else:
            self.canvas.drawString(self.lefts[k], self.y, text)
