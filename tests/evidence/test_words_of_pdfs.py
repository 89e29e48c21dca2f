"""Words of PDFs come out whole whatever fonts the machine has, and as they are seen."""

import io

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from recon.core.errors import ReconError
from recon.evidence import pdf, pdfium

SCRIPTS = {"STSong-Light": "借贷A1", "MSung-Light": "餘額B2", "HeiseiMin-W3": "残高C3", "HYSMyeongJo-Medium": "잔액D4"}


def drawn(draw, **given):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), **given)
    draw(canvas)
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("font", SCRIPTS)
def test_characters_that_stand_alone_are_read_though_their_font_is_nowhere(font):
    pdfmetrics.registerFont(UnicodeCIDFont(font))

    def draw(canvas):
        canvas.setFont(font, 9)
        for k, character in enumerate(SCRIPTS[font]):
            canvas.drawString(50 + 40 * k, 700, character)
        canvas.drawString(50, 600, SCRIPTS[font])

    assert pdf.pages(drawn(draw), "a.pdf")[0].words == [*SCRIPTS[font], SCRIPTS[font]]


def test_a_word_ends_where_its_own_widths_end_it_though_its_font_is_nowhere():
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def draw(canvas):
        canvas.setFont("STSong-Light", 9)
        canvas.drawRightString(200, 700, "95,866.33")
        canvas.drawString(203, 700, "王芳")

    (page,) = pdf.pages(drawn(draw), "a.pdf")
    assert page.words == ["95,866.33", "王芳"]
    assert page.box[:, 2].tolist() == pytest.approx([200, 221], abs=0.5)


def test_overprints_are_read_once_and_slanted_words_not_at_all():
    def draw(canvas):
        for dx in (0, 0.3):
            canvas.drawString(50 + dx, 700, "Total")
        canvas.drawString(50, 600, "Total")
        canvas.translate(200, 300)
        canvas.rotate(40)
        canvas.drawString(0, 0, "COPY x")

    assert pdf.pages(drawn(draw), "a.pdf")[0].words == ["Total", "Total"]


def test_letters_that_run_across_a_page_of_level_words_are_a_stamps_and_left_out():
    def draw(canvas):
        for k, word in enumerate(("one", "two", "three", "four", "five")):
            canvas.drawString(100, 700 - 20 * k, word)
        for turn, word in ((90, "A"), (-90, "BANK"), (90, "margin")):
            canvas.saveState()
            canvas.translate(300, 400)
            canvas.rotate(turn)
            canvas.drawString(20, 20, word)
            canvas.restoreState()

    (page,) = pdf.pages(drawn(draw), "a.pdf")
    assert page.words == ["one", "two", "three", "four", "five"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_are_those_of_the_page_as_it_is_shown(turn):
    def draw(canvas):
        canvas.setPageRotation(turn)
        canvas.drawString(100, 200, "Word")

    page = pdf.pages(drawn(draw), "a.pdf")[0]
    left, top, right, bottom = page.box[0].tolist()
    x, y = {0: (100, 642), 90: (200, 100), 180: (495, 200), 270: (395, 742)}[turn]  # where the word begins
    assert (page.width, page.height) == (595, 842)
    assert min(abs(left - x), abs(right - x)) < 10
    assert min(abs(top - y), abs(bottom - y)) < 10


def test_a_locked_file_opens_with_its_password_alone():
    data = drawn(lambda canvas: canvas.drawString(50, 700, "Secret"), encrypt="köder")
    assert pdf.pages(data, "a.pdf", "köder")[0].words == ["Secret"]
    for wrong in (None, "other"):
        with pytest.raises(ReconError) as caught:
            pdf.pages(data, "a.pdf", wrong)
        assert caught.value.code == "locked"


@pytest.mark.parametrize("secret", [None, "köder"])
@pytest.mark.parametrize("in_file", [True, False])
def test_a_long_file_is_opened_anew_and_its_pages_follow_one_another(secret, in_file, tmp_path, monkeypatch):
    def draw(canvas):
        for page in range(7):
            canvas.drawString(50, 700, f"Page {page + 1}")
            canvas.showPage()

    path = tmp_path / "a.pdf"
    path.write_bytes(drawn(draw, encrypt=secret))
    opened, real = [], pdfium.Document.open
    monkeypatch.setattr(pdfium, "TOGETHER", 1)
    monkeypatch.setattr(pdfium, "_LATER", 1)
    monkeypatch.setattr(pdfium, "_ANEW", 3)
    monkeypatch.setattr(pdfium.Document, "open", lambda self: opened.append(1) or real(self))
    found = pdf.pages(path if in_file else path.read_bytes(), "a.pdf", secret)
    assert [page.words for page in found] == [["Page", str(k)] for k in range(1, 8)]
    assert len(opened) == 3
