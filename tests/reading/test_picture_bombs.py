"""Pictures made to break a reader end in a clear refusal within the guard's limits, and the next file is read."""

import struct
import zlib

import pytest

from recon.core.settings import shipped
from recon.reading.guard import read_all
from recon.reading.read import read_bytes
from recon.reading.report import reason

GOOD = "日期,摘要,收入,支出\n2025-01-02,货款,10.00,\n"


def png(width, height, body):
    """A PNG of one bit a pixel that claims a size and holds *body*."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def wide_picture():
    return png(60_000, 60_000, zlib.compress(bytes(1000)))


def decompression_bomb():
    """Half a megabyte that becomes 50,000 × 50,000 pixels, 312 MB even at one bit each."""
    squeeze = zlib.compressobj(9)
    row = bytes(1 + 50_000 // 8) * 1000
    return png(50_000, 50_000, b"".join([*(squeeze.compress(row) for _ in range(50)), squeeze.flush()]))


def long_scan():
    """A TIFF of 5,000 pages, each one white pixel in one bit."""
    tags = ((256, 1), (257, 1), (258, 1), (259, 1), (262, 1), (273, 8), (278, 1), (279, 1))
    size = 2 + 12 * len(tags) + 4
    entries = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    pages = [entries + struct.pack("<I", 12 + (k + 1) * size if k < 4_999 else 0) for k in range(5_000)]
    return b"II*\0" + struct.pack("<I", 12) + b"\x80\0\0\0" + b"".join(pages)


def long_pdf():
    """A PDF of 5,000 pages without a word, each the same picture."""
    kids = " ".join(f"{k} 0 R" for k in range(10, 5_010))
    draw, pixels = b"q 200 0 0 200 0 0 cm /I Do Q", b"\xff"
    picture = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    page = (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 3 0 R "
            b"/Resources << /XObject << /I 4 0 R >> >> >>")
    parts = {1: b"<< /Type /Catalog /Pages 2 0 R >>",
             2: f"<< /Type /Pages /Count 5000 /Kids [{kids}] >>".encode(),
             3: b"<< /Length %d >>\nstream\n%s\nendstream" % (len(draw), draw),
             4: picture + b"/Length 1 >>\nstream\n" + pixels + b"\nendstream"}
    parts |= dict.fromkeys(range(10, 5_010), page)
    return b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (k, v) for k, v in parts.items()) + (
        b"trailer << /Root 1 0 R >>\n%%EOF\n")


def picture_in_pdf():
    """A PDF of one page that draws a picture of 60,000 × 60,000 pixels."""
    body = zlib.compress(bytes(60_000 * 100), 9)
    draw = b"q 595 0 0 842 0 0 cm /I Do Q"
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
             (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
              b"/Resources << /XObject << /I 5 0 R >> >> >>"),
             b"<< /Length %d >>\nstream\n%s\nendstream" % (len(draw), draw),
             b"<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB "
             b"/BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(body), body)]
    return b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (k, v) for k, v in enumerate(parts, 1)) + (
        b"trailer << /Root 1 0 R >>\n%%EOF\n")


@pytest.mark.parametrize(("name", "make", "code"), [
    ("wide.png", wide_picture, "picture_too_large"),
    ("bomb.png", decompression_bomb, "picture_too_large"),
    ("scan.tif", long_scan, "picture_pages"),
    ("scan.pdf", long_pdf, "picture_pages"),
])
def test_a_bomb_is_refused_by_name_and_the_next_file_is_read(tmp_path, name, make, code):
    (tmp_path / name).write_bytes(make())
    (tmp_path / "good.csv").write_text(GOOD, encoding="utf-8")
    bomb, good = read_all([tmp_path / name, tmp_path / "good.csv"])
    assert (bomb.outcome, bomb.reason) == ("refused", code)
    for language in ("zh-CN", "en"):
        assert "{" not in reason(bomb, language)
        assert len(reason(bomb, language)) > 10
    assert good.outcome == "unprovable"


@pytest.mark.parametrize("head", [
    b"\xff\xd8\xff\xe0", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"\0\0\0\x0cjP  ", b"\0\0\0\x1cftypavif",
    b"\0\0\0\x18ftypheic",
])
def test_half_of_a_picture_is_said_to_be_a_picture_that_cannot_be_opened(head):
    assert read_bytes(head + b"\0\1\xff" * 20, "a.jpg").reason == "picture_broken"


@pytest.mark.slow
def test_a_picture_bomb_inside_a_pdf_ends_in_a_refusal_too(tmp_path):
    (tmp_path / "bomb.pdf").write_bytes(picture_in_pdf())
    (tmp_path / "good.csv").write_text(GOOD, encoding="utf-8")
    bomb, good = read_all([tmp_path / "bomb.pdf", tmp_path / "good.csv"])
    assert bomb.outcome == "refused"
    assert bomb.reason in {"too_large", "crashed", "too_slow", "picture_without_words", "picture_broken"}
    assert good.outcome == "unprovable"


def test_no_more_pages_are_read_than_the_setting_says():
    assert shipped().whole("picture_pages") < 5_000
