"""A PDF of text and pictures: what stands on a picture of a page is read with the rest, or the file is doubtful."""

import io

import pypdfium2
import pytest
from matplotlib.textpath import TextPath
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from recon.reading.read import read_bytes

pytestmark = pytest.mark.slow  # OCR
A4 = 595, 842
AMOUNTS = [1250, -37999, 48120, -905, 66310, -12075, 4480, -23001, 91200, -7450, 15515, -30260]


def rows():
    balance = 500_000
    for number, amount in enumerate(AMOUNTS):
        balance += amount
        yield f"2025-03-{number + 3:02d}", ("SALE" if amount > 0 else "GOODS LTD"), f"{amount / 100:,.2f}", \
            f"{balance / 100:,.2f}"


def drawn(canvas, lines):
    for x, head in zip((40, 140, 330, 450), ("Date", "Description", "Amount", "Balance"), strict=True):
        canvas.drawString(x, 780, head)
    for step, line in enumerate(lines, 1):
        canvas.drawString(40, 780 - 22 * step, line[0])
        canvas.drawString(140, 780 - 22 * step, line[1])
        canvas.drawRightString(390, 780 - 22 * step, line[2])
        canvas.drawRightString(520, 780 - 22 * step, line[3])


def outlined(canvas, lines):
    """As :func:`drawn`, each letter a filled shape instead of text."""
    places = [(40, 140, 330, 450)] * (len(lines) + 1)
    for step, (line, lefts) in enumerate(zip((("Date", "Description", "Amount", "Balance"), *lines), places,
                                             strict=True)):
        for left, text in zip(lefts, line, strict=True):
            outline = TextPath((left, 780 - 22 * step), text, size=12)
            for polygon in outline.to_polygons(closed_only=False):
                shape = canvas.beginPath()
                shape.moveTo(*polygon[0])
                for point in polygon[1:]:
                    shape.lineTo(*point)
                shape.close()
                canvas.drawPath(shape, stroke=0, fill=1, fillMode=0)


def pictured(lines, scale=2.0):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    drawn(canvas, lines)
    canvas.save()
    return pypdfium2.PdfDocument(out.getvalue())[0].render(scale=scale).to_pil()


def pdf(*parts, footer=""):
    """A page for each of *parts*: lines as text, or a picture over the whole page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for part in parts:
        if isinstance(part, Image.Image):
            canvas.drawImage(ImageReader(part), 0, 0, *A4)
            canvas.drawString(280, 20, footer)
        else:
            drawn(canvas, part)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


LINES = list(rows())


@pytest.mark.parametrize("parts", [
    (LINES[:4], pictured(LINES[4:8]), LINES[8:]), (pictured(LINES[:6]), LINES[6:]),
], ids=["middle", "first"])
def test_lines_on_a_picture_of_a_page_are_read_with_those_printed_as_text(parts):
    found = read_bytes(pdf(*parts, footer="page 2"), "mixed.pdf")
    assert found.outcome == "proven"
    assert found.accounts[0].lines.amount.tolist() == AMOUNTS
    assert set(found.accounts[0].lines.state) == {"verified"}


def test_a_picture_too_poor_to_read_leaves_the_file_doubtful_and_names_its_page():
    poor = pictured(LINES[6:], scale=2.0).crop((0, 0, 700, 1684)).resize((1190, 1684))  # the balances are cut off
    found = read_bytes(pdf(LINES[:6], poor), "mixed.pdf")
    assert found.outcome in {"doubtful", "inconsistent"}
    told = {finding.code: finding.params for finding in found.findings}
    assert told.get("pages_are_pictures") == {"pages": "2"} or sum(len(a.lines) for a in found.accounts) > 6


def test_a_picture_without_figures_takes_nothing_from_a_statement():
    found = read_bytes(pdf(LINES, Image.effect_mandelbrot(A4, (-2, -1, 1, 1), 40).convert("RGB")), "mixed.pdf")
    assert (found.outcome, found.accounts[0].lines.amount.tolist()) == ("proven", AMOUNTS)
    assert "pages_are_pictures_of_nothing" in {finding.code for finding in found.findings}


def test_a_page_of_letters_drawn_as_shapes_is_read_as_a_picture():
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    drawn(canvas, LINES[:6])
    canvas.showPage()
    outlined(canvas, LINES[6:])
    canvas.save()
    found = read_bytes(out.getvalue(), "shapes.pdf")
    assert found.outcome in {"proven", "doubtful"}
    assert sum(len(a.lines) for a in found.accounts) == len(AMOUNTS)


def test_a_statement_in_pictures_behind_a_cover_of_words_is_read():
    cover = [("Dear customer, here is what you asked for", "", "", "")]
    out = read_bytes(pdf(cover, pictured(LINES)), "cover.pdf")
    assert out.outcome in {"proven", "doubtful"}
    assert sum(len(a.lines) for a in out.accounts) == len(AMOUNTS)


def test_a_page_that_gave_lines_is_no_picture_however_little_stands_beside_them():
    """Pages read many at once tell only what stands beside their rows; ruled ones hold many outlines."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for start in range(0, 12, 3):
        drawn(canvas, LINES[start : start + 3])
        for step in range(150):
            canvas.line(30, 100 + step, 40, 100 + step)
        canvas.showPage()
    canvas.save()
    found = read_bytes(out.getvalue(), "ruled.pdf")
    assert found.outcome == "proven"
    assert found.accounts[0].lines.state == ()
    assert not {"pages_are_pictures", "pages_are_pictures_of_nothing"} & {finding.code for finding in found.findings}
