"""Signs of a changed PDF are told where something was changed, and nothing is told of a statement that is as made."""

import io
import random

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from recon.reading.read import read_bytes
from recon.reading.vocabulary import programs
from tests.reading.layouts import Layout

TITLES = ("Date", "Description", "Debit", "Credit", "Balance")
LEFT, RIGHT = (40, 120), (390, 470, 560)
SIGNS = {"fonts_mixed", "baselines_apart", "text_over_text", "pdf_revised", "pdf_edits", "pdf_writes"}


def money(minor):
    return f"{minor // 100:,}.{minor % 100:02}" if minor else ""


def pdf(count=30, *, odd=None, font="Helvetica", size=9, lift=0.0, creator="", last=True):
    """A statement of *count* lines; the balance of line *odd* is set in another *font* or *size*, or lifted."""
    out, balance = io.BytesIO(), 100_000
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setCreator(creator)
    draw = random.Random(3)  # noqa: S311 seeded on purpose
    rows = [(TITLES, -1)]
    for k in range(count):
        amount = draw.randint(100, 9999) * draw.choice([1, 1, -1])
        balance += amount
        day = f"{1 + k // 2:02} Jan 2025"
        rows.append(((day, "PAYMENT", money(max(0, -amount)), money(max(0, amount)), money(balance)), k))
    for step, (row, k) in enumerate(rows):
        y = 800 - 14 * step
        for place, cell in enumerate(row):
            here = k == odd and odd is not None and place == len(row) - 1
            canvas.setFont(font if here else "Helvetica", size if here else 9)
            if place < len(LEFT):
                canvas.drawString(LEFT[place], y, cell)
            else:
                canvas.drawRightString(RIGHT[place - len(LEFT)], y + (lift if here else 0), cell)
    if last:
        canvas.setFont("Helvetica-Bold", 9)
        canvas.drawString(40, 800 - 14 * len(rows), f"Closing balance: {money(balance)}")
    canvas.save()
    return out.getvalue()


def signs(data):
    return {f.code for f in read_bytes(data, "a.pdf").findings} & SIGNS


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"font": "Times-Roman"}, "fonts_mixed"),
        ({"size": 9.6}, "fonts_mixed"),
        ({"lift": 0.8}, "baselines_apart"),
        ({"lift": -0.8}, "baselines_apart"),
    ],
)
def test_one_figure_set_otherwise_than_its_column_or_row_is_told_with_its_place(changed, code):
    reading = read_bytes(pdf(odd=12, **changed), "a.pdf")
    found = [f for f in reading.findings if f.code == code]
    assert [(f.severity, f.source.page, f.source.line, f.params["count"]) for f in found] == [("look", 1, 14, 1)]
    assert reading.outcome == "proven"  # a sign, and no verdict


def test_a_program_that_edits_documents_is_told_and_a_bank_s_is_not():
    assert signs(pdf(creator="Adobe Photoshop CC 2019")) == {"pdf_edits"}
    assert signs(pdf(creator="Microsoft® Word 2016")) == {"pdf_writes"}
    assert signs(pdf(creator="Core Banking Report Server 7")) == set()


PLAIN = ("Skia/PDF m96", "iText 5.5.13", "Apache FOP", "JasperReports", "macOS Quartz PDFContext", "PDFium", "BIRT",
         "Microsoft: Print To PDF", "ReportLab PDF Library", "Crystal Reports", "Oracle Reports", "PDFlib+PDI 9")


@pytest.mark.parametrize("told", PLAIN)
def test_what_banks_and_browsers_write_with_is_no_sign(told):
    assert programs(told) == ""


def test_a_figure_pasted_over_another_and_a_file_saved_again_are_told():
    out = io.BytesIO()
    with pypdfium2.PdfDocument(pdf()) as document:
        document.save(out)
    assert "pdf_revised" not in signs(out.getvalue())  # written anew
    assert "pdf_revised" in signs(pdf() + b"\nxref\n0 0\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n")


@pytest.mark.parametrize("seed", range(2000, 2016))
def test_statements_as_they_were_made_raise_no_sign(seed):
    assert signs(Layout(seed).as_pdf()) == set()
