"""How the text of a PDF was set is told object by object."""

import io

from reportlab.pdfgen.canvas import Canvas

from recon.evidence.imprint import imprint


def test_a_long_text_says_nothing_of_what_was_set_before_it():
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setCreator("Core Banking")
    canvas.setFont("Helvetica", 9)
    canvas.drawRightString(500, 700, "1,234.56")
    canvas.setFont("Times-Roman", 7)
    canvas.drawString(40, 680, "a text of more than sixty-four characters, which no figure of a statement has " * 2)
    canvas.drawString(40, 660, "   ")
    canvas.save()
    program, pieces = imprint(out.getvalue(), "a.pdf", 3)
    assert program.startswith("Core Banking / ")
    assert [(p.page, p.text, p.font, p.size) for p in pieces] == [
        (1, "1,234.56", "Helvetica", 9.0), (1, "", "Times-Roman", 7.0)]
    assert round(pieces[0].right) == 500
    assert [round(p.baseline) for p in pieces] == [142, 162]


def test_no_pdf_says_nothing():
    assert imprint(b"%PDF-1.4 broken", "a.pdf", 3) == ("", [])
