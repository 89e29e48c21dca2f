"""Pictures: what is refused before it is decoded, how pages are turned and scaled, where words stand."""

import io
import math
import struct
import zlib

import numpy as np
import pillow_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from recon.core.errors import ReconError
from recon.core.settings import shipped
from recon.evidence import picture
from recon.evidence.picture import engine
from recon.evidence.picture import frames as opener
from recon.evidence.picture import pages as reader
from recon.evidence.picture.frames import fitting, frames, padded
from recon.evidence.picture.shape import shape_of
from recon.evidence.picture.words import split

LINES = ["GREEN GROCER LIMITED", "INVOICE NUMBER 48213", "TOTAL AMOUNT 146.70", "THANK YOU AND GOODBYE"]


def paper(lines=LINES, size=(900, 500), mode="RGB"):
    """White paper with printed lines."""
    image = Image.new("RGB", size, "white")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(size=40)
    for i, line in enumerate(lines):
        pen.text((60, 60 + 100 * i), line, fill="black", font=font)
    return image.convert(mode)


def saved(tmp_path, image, name, **options):
    path = tmp_path / name
    image.save(path, **options)
    return path


def code(path):
    with pytest.raises(ReconError) as caught:
        picture.read(path, path.name)
    assert caught.value.source.file == path.name
    return caught.value.code


def png_header(width, height):
    """A PNG that claims a size and holds next to nothing."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [
    math.isqrt(shipped().whole("picture_megapixels") * 1_000_000) + 1, 20_000, 60_000, 2**31 - 1,
])
def test_a_picture_over_the_limit_is_refused_by_its_header_and_its_size_is_said(tmp_path, side):
    path = tmp_path / "bomb.png"
    path.write_bytes(png_header(side, side))
    with pytest.raises(ReconError) as caught:
        picture.read(path, "bomb.png")
    assert (caught.value.code, caught.value.params["size"]) == ("picture_too_large", f"{side} × {side}")


def test_a_picture_and_a_pdf_of_pictures_are_known_by_their_bytes_and_not_by_their_names(tmp_path):
    paper().save(tmp_path / "a.png")
    paper().save(tmp_path / "a.pdf", resolution=72)
    for name, other in (("a.png", "picture.pdf"), ("a.pdf", "document.jpg")):
        path = (tmp_path / name).rename(tmp_path / other)
        (piece,) = picture.pieces(path, other, [(1, (50, 50, 500, 110))])
        assert Image.open(io.BytesIO(piece)).convert("L").getextrema()[0] < 100  # print, not white paper


@pytest.mark.parametrize("content", [b"", b"not a picture at all", b"\xff\xd8\xff\xe0 cut", png_header(100, 100)])
def test_what_is_no_picture_or_half_of_one_is_broken(tmp_path, content):
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    assert code(path) == "picture_broken"


@given(cut=st.integers(1, 4000), seed=st.integers(0, 2**32 - 1))
def test_a_damaged_file_is_read_or_refused_but_never_crashes(tmp_path_factory, cut, seed):
    buffer = io.BytesIO()
    Image.new("L", (64, 64), 200).save(buffer, "TIFF")
    data = bytearray(buffer.getvalue())
    for place in np.random.default_rng(seed).integers(0, len(data), 12):
        data[place] ^= 0xFF
    path = tmp_path_factory.mktemp("damaged") / "a.tif"
    path.write_bytes(data[:cut])
    try:
        found = list(frames(path, "a.tif"))
    except ReconError as slip:
        found, refusal = [], slip.code
    else:
        refusal = ""
    assert refusal in {"", "picture_broken", "picture_too_large", "picture_pages"}
    assert all(image.mode == "RGB" and 0 < scale <= 1 for _, image, scale, _ in found)


def test_a_telephones_heic_is_opened_and_a_broken_one_refused(tmp_path):
    pillow_heif.register_heif_opener(thumbnails=False)
    path = saved(tmp_path, Image.new("RGB", (64, 32), "white"), "phone.heic")
    (number, frame, scale, count), = frames(path, "phone.heic")
    assert (number, frame.mode, frame.size, scale, count) == (1, "RGB", (64, 32), 1.0, 1)
    path.write_bytes(path.read_bytes()[:200])
    assert code(path) == "picture_broken"


def test_without_its_library_a_heic_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(opener, "_heif", lambda: False)
    path = tmp_path / "phone.heic"
    path.write_bytes(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00")
    assert code(path) == "picture_heic"


def test_a_scan_of_too_many_pages_is_refused_before_any_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "_page", lambda *_: pytest.fail("a page was read"))
    pages = [Image.new("1", (8, 8))] * (shipped().whole("picture_pages") + 1)
    path = saved(tmp_path, pages[0], "scan.tif", save_all=True, append_images=pages[1:])
    assert code(path) == "picture_pages"


@given(width=st.integers(1, 12_000), height=st.integers(1, 12_000))
def test_pictures_are_reduced_never_enlarged_and_never_beyond_what_ocr_takes(width, height):
    scale = fitting(width, height)
    side = shipped().whole("picture_side")
    assert 0 < scale <= 1
    assert width * height * scale * scale <= side * side * 1.001
    wide = padded(np.zeros((round(height * scale) or 1, round(width * scale) or 1, 3), np.uint8))
    assert wide.shape[0] * wide.shape[1] <= side * side * 1.1
    if max(width, height) <= side:
        assert scale == 1


def test_a_long_slip_keeps_a_readable_width():
    assert 600 * fitting(600, 6000) > 600 * 2000 / 6000


@pytest.mark.parametrize("orientation", [1, 2, 3, 4, 5, 6, 7, 8])
def test_every_exif_orientation_is_undone(tmp_path, orientation):
    upright = np.zeros((30, 50, 3), np.uint8)
    upright[:10, :10] = 255
    undone_by = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
    inverse = {0: 0, 1: 1, 2: 4, 3: 3, 4: 2, 5: 5, 6: 6}
    image = Image.fromarray(upright)
    if orientation > 1:
        image = image.transpose(Image.Transpose(inverse[undone_by[orientation]]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = saved(tmp_path, image, "turned.png", exif=exif)
    (_, frame, _, _), = frames(path, "turned.png")
    assert np.array_equal(np.asarray(frame), upright)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_colour_mode_becomes_rgb(tmp_path, mode):
    deep = Image.fromarray(np.full((20, 30), 40_000, np.uint16))
    image = deep if mode == "I;16" else Image.new("RGB", (30, 20), "white").convert(mode)
    (_, frame, scale, _), = frames(saved(tmp_path, image, "a.tif" if mode == "CMYK" else "a.png"), "a")
    assert (frame.mode, frame.size, scale) == ("RGB", (30, 20), 1.0)


@pytest.mark.parametrize(("name", "options"), [
    ("a.avif", {}), ("a.jp2", {}), ("a.webp", {}), ("a.gif", {}), ("a.bmp", {}), ("a.tif", {"big_tiff": True}),
])
def test_every_format_of_pictures_is_opened(tmp_path, name, options):
    (_, frame, _, count), = frames(saved(tmp_path, paper(), name, **options), name)
    assert (frame.mode, frame.size, count) == ("RGB", (900, 500), 1)


def test_what_is_transparent_is_white_paper(tmp_path):
    (_, frame, _, _), = frames(saved(tmp_path, Image.new("RGBA", (30, 20), (0, 0, 0, 0)), "a.png"), "a.png")
    assert frame.getpixel((5, 5)) == (255, 255, 255)


@given(degrees=st.floats(-20, 20), words=st.integers(1, 20))
def test_a_tilted_page_is_straightened(degrees, words):
    slope = math.radians(degrees)
    turn = np.array([[math.cos(slope), math.sin(slope)], [-math.sin(slope), math.cos(slope)]])
    flat = np.array([[[10, y], [200, y], [200, y + 20], [10, y + 20]] for y in range(0, 40 * words, 40)], np.float32)
    seen = (flat @ turn).astype(np.float32)
    straight = shape_of(seen, 800, 800).flat(seen, 800, 800)
    assert np.allclose(straight[:, 0, 1], straight[:, 1, 1], atol=0.1)


def test_words_part_at_spaces_and_at_wide_gaps():
    def span(text, left, right):
        return text, 0.9, [[left, 0], [right, 0], [right, 20], [left, 20]]
    quad = np.array([[0, 0], [300, 0], [300, 20], [0, 20]], np.float32)
    parts = [span("合", 0, 20), span("计", 22, 40), span("12.50", 200, 260), span("元", 262, 280)]
    words = list(split("合计12.50 元", 0.8, quad, parts))
    places = [(word, corners[0][0], corners[1][0]) for word, _, corners in words]
    assert places == [("合计", 0, 40), ("12.50", 200, 255), ("元", 267, 280)]  # a figure is a cell of its own


def test_where_the_parts_do_not_spell_the_line_the_line_stays_whole():
    quad = np.zeros((4, 2), np.float32)
    words = split("TOTAL 5", 0.7, quad, [("TOTA", 0.9, quad.tolist())])
    assert [(text, sure) for text, sure, _ in words] == [("TOTAL 5", 0.7)]


def counted(monkeypatch):
    """Each look at a whole page, which is what costs."""
    monkeypatch.setenv("RECON_CACHE", "off")
    looks, look = [], engine._detect
    monkeypatch.setattr(engine, "_detect", lambda page: looks.append(page.shape) or look(page))
    return looks


@pytest.mark.slow
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_however_it_lies(tmp_path, monkeypatch, turn):
    looks = counted(monkeypatch)
    path = saved(tmp_path, paper().rotate(turn, expand=True), "page.png")
    page, = picture.read(path, "page.png")
    assert " ".join(page.words).split() == " ".join(LINES).split()
    assert (page.width, page.height) == (900, 500)
    assert np.all(np.diff(page.box[[0, 3, 6], 1]) > 50)
    assert page.confidence is not None
    assert page.confidence.min() > 0.8
    assert len(looks) == 1 + (turn > 0)


@pytest.mark.slow
def test_a_page_that_looks_upside_down_and_reads_better_as_it_lies_is_left_so(tmp_path, monkeypatch):
    looks = counted(monkeypatch)
    monkeypatch.setattr(engine, "_upside_down", lambda *_: True)
    path = saved(tmp_path, paper(size=(900, 520)), "upright.png")
    (page,) = picture.read(path, "upright.png")
    assert page.shape[0] == 0
    assert "146.70" in page.words
    assert len(looks) == 1


@pytest.mark.slow
def test_every_page_of_a_tiff_and_of_a_picture_pdf_is_read(tmp_path):
    pages = [paper(["FIRST PAGE 111.00"]), paper(["SECOND PAGE 222.00"])]
    tiff = saved(tmp_path, pages[0], "scan.tif", save_all=True, append_images=pages[1:])
    words = [page.words for page in picture.read(tiff, "scan.tif")]
    assert words == [["FIRST", "PAGE", "111.00"], ["SECOND", "PAGE", "222.00"]]
    pdf = saved(tmp_path, pages[0], "scan.pdf", save_all=True, append_images=pages[1:], resolution=144)
    second, = picture.read_pdf(pdf, "scan.pdf", [2])
    assert (second.number, second.words, second.width) == (2, ["SECOND", "PAGE", "222.00"], pytest.approx(450, abs=1))
    assert second.box[0, 0] == pytest.approx(30, abs=6)


@pytest.mark.slow
def test_a_blank_page_has_no_words(tmp_path):
    page, = picture.read(saved(tmp_path, Image.new("RGB", (600, 400), "white"), "blank.png"), "blank.png")
    assert page.words == []
    assert page.box.shape == (0, 4)


@pytest.mark.slow
def test_a_strip_of_one_pixel_does_not_blow_up(tmp_path):
    assert picture.read(saved(tmp_path, Image.new("L", (3000, 1)), "strip.png"), "strip.png")[0].words == []


@pytest.mark.slow
def test_a_missing_second_engine_reads_nothing_and_says_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    page, = picture.read(saved(tmp_path, paper(), "page.png"), "page.png", engine="tesseract")
    assert page.words == []
