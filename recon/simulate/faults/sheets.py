"""Printed pages changed after printing: a page taken out, an amount edited, as people do it with a PDF editor."""

import base64
import ctypes
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from recon.core.money import to_display
from recon.simulate.journal import Row

_IDENTITY = re.compile(rb"(/ID\s*\[\s*<[0-9A-Fa-f]*>\s*<)([0-9A-Fa-f]*)(>)")
_STREAM = re.compile(rb"stream\r?\n(.*?)~>\s*endstream", re.DOTALL)
#: The font that every printed file names first, which is not that of its figures.
EDITORS_FONT = b"/F1"
#: How many texts a row's balance stands from its amount at most, and how far on the same amount is another row's.
_NEAR, _FAR = 8, 40
_AMOUNT = re.compile(r"-?\d+(\.\d+)?")


def count(path: Path) -> int:
    """Pages of a PDF."""
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        return len(document)


def remove(path: Path, page: int) -> None:
    """Take *page* (from 0) out of a PDF; its printed page numbers stay as they were."""
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        del document[page]
        buffer = io.BytesIO()
        document.save(buffer)
    # the library draws the file's identity at random; the same business must give the same bytes
    path.write_bytes(_IDENTITY.sub(lambda m: m[1] + b"0" * len(m[2]) + m[3], buffer.getvalue()))


def _printed(path: Path) -> list[tuple[int, str]]:
    """Every text of a PDF with its page (from 0), in the order of printing."""
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        return [(number, text) for number, leaf in enumerate(document) for text in _texts(leaf)]


def _texts(leaf: Any) -> Iterator[str]:
    words = leaf.get_textpage()
    for item in leaf.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        size = pdfium.FPDFTextObj_GetText(item.raw, words.raw, None, 0)
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDFTextObj_GetText(item.raw, words.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
        yield buffer.raw[: size - 2].decode("utf-16-le").strip()


def _places(printed: Sequence[tuple[int, str]], rows: Sequence[Row]) -> list[int]:
    """Where in *printed* the amount of each of *rows* stands; they are printed in this order.

    It is the next amount that has the row's balance near it; where none has, for a layout prints the balance of a
    day's last row only, the next such amount.
    """
    figures = [_figure(text) for _, text in printed]
    found, at = [], -1
    for row in rows:
        alike = [n for n in range(at + 1, len(figures)) if figures[n] in (row.amount, -row.amount)]
        near = [n for n in alike if row.balance in figures[max(n - _NEAR, 0):n + _NEAR]]
        at = min(near[:1] + alike[:1]) if not near or near[0] - alike[0] > _FAR else near[0]
        found.append(at)
    return found


def _figure(text: str) -> int | None:
    """The digits of the amount that a text shows, with its sign; None where it shows something else."""
    plain = text.replace(",", "").lstrip("+")
    return int(plain.replace(".", "")) if _AMOUNT.fullmatch(plain) else None


def rows_of_page(path: Path, rows: Sequence[Row], page: int) -> list[Row]:
    """Which of *rows*, printed in this order, stand on *page* (from 0)."""
    printed = _printed(path)
    return [row for row, at in zip(rows, _places(printed, rows), strict=True) if printed[at][0] == page]


def edit(path: Path, rows: Sequence[Row], nth: int, new: str) -> tuple[int, str, str]:
    """Put the amount *new* in place of that of the *nth* row, in another font; the file keeps its first version inside.

    Returns:
        The page (from 0) and the amount as it stood and stands.
    """
    printed = _printed(path)
    place = _places(printed, rows)[nth]
    page, old = printed[place]
    earlier = sum(each == (page, old) for each in printed[:place])
    text = ("+" if old.startswith("+") else "") + (new if "," not in old else to_display(int(new.replace(".", "")),
                                                   len(new.partition(".")[2])))
    path.write_bytes(_revised(path.read_bytes(), page, earlier, (old, text)))
    return page, old, text


def _revised(data: bytes, page: int, earlier: int, texts: tuple[str, str]) -> bytes:
    """The file with a second version of the page's content appended, in which one text is another."""
    kids = re.findall(rb"(\d+) 0 R", re.findall(rb"/Kids\s*\[([^\]]*)\]", data)[0])
    leaf = _object(data, int(kids[page]))
    number = int(re.findall(rb"/Contents (\d+) 0 R", leaf)[0])
    coded = _STREAM.findall(_object(data, number))[0]
    content = zlib.decompress(base64.a85decode(b"".join(coded.split())))
    old, new = (b"(" + text.encode() + b") Tj" for text in texts)
    before, after = _around(content, old, earlier)
    size = re.findall(rb"/F\S+ ([\d.]+) Tf", before)[-1]
    packed = zlib.compress(before + EDITORS_FONT + b" " + size + b" Tf " + new + after)
    body = b"%d 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        number, len(packed), packed)
    trailer = re.findall(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)", data, re.DOTALL)[-1]
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<<%s/Prev %s\n>>\nstartxref\n%d\n%%%%EOF\n" % (
        number, len(data), trailer[0], trailer[1], len(data) + len(body))
    return data + body + table


def _object(data: bytes, number: int) -> bytes:
    start = re.search(rb"(?:^|[\r\n])%d 0 obj\b" % number, data)
    if start is None:
        raise AssertionError(f"object {number} is not in the file")
    return data[start.end():data.index(b"endobj", start.end())]


def _around(content: bytes, old: bytes, earlier: int) -> tuple[bytes, bytes]:
    """What stands before and after *old*, past so many *earlier* ones."""
    at = -1
    for _ in range(earlier + 1):
        at = content.index(old, at + 1)
    return content[:at], content[at + len(old):]
