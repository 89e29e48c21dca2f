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

from recon.core.money import from_decimal
from recon.simulate.journal import Row

_IDENTITY = re.compile(rb"(/ID\s*\[\s*<[0-9A-Fa-f]*>\s*<)([0-9A-Fa-f]*)(>)")
_STREAM = re.compile(rb"stream\r?\n(.*?)~>\s*endstream", re.DOTALL)
#: The font that every printed file names first, which is not that of its figures.
EDITORS_FONT = b"/F1"
_NEAR = 6


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


def _balances(printed: Sequence[tuple[int, str]], rows: Sequence[Row]) -> list[int]:
    """Where in *printed* the balance of each of *rows* stands; they are printed in this order."""
    figures, found, at = [_figure(text) for _, text in printed], [], -1
    for row in rows:
        at = figures.index(row.balance, at + 1)
        found.append(at)
    return found


def _figure(text: str) -> int | None:
    """The amount that a text shows, in minor units; None where it shows something else."""
    try:
        return from_decimal(text)
    except ValueError:
        return None


def rows_of_page(path: Path, rows: Sequence[Row], page: int) -> list[Row]:
    """Which of *rows*, printed in this order with their balances, stand on *page* (from 0)."""
    printed = _printed(path)
    return [row for row, at in zip(rows, _balances(printed, rows), strict=True) if printed[at][0] == page]


def edit(path: Path, rows: Sequence[Row], nth: int, new: int) -> tuple[int, str, str] | None:
    """Put the amount *new* in place of that of the *nth* row, in another font; the file keeps its first version inside.

    Returns:
        The page (from 0) and the amount as it stood and stands; None where no such amount stands beside the balance.
    """
    printed = _printed(path)
    at = _balances(printed, rows)[nth]
    near = [*range(at - 1, max(at - _NEAR, -1), -1), *range(at + 1, min(at + _NEAR, len(printed)))]
    place = next((n for n in near if _figure(printed[n][1]) == rows[nth].amount), None)
    if place is None:
        return None
    page, old = printed[place]
    earlier = sum(each == (page, old) for each in printed[:place])
    text = f"{new // 100:,}.{new % 100:02}" if "," in old or new < 10**5 else f"{new // 100}.{new % 100:02}"
    path.write_bytes(_revised(path.read_bytes(), page, earlier, (old, text)))
    return page, old, text


def _revised(data: bytes, page: int, earlier: int, texts: tuple[str, str]) -> bytes:
    """The file with a second version of the page's content appended, in which one text is another."""
    kids = re.findall(rb"(\d+) 0 R", re.findall(rb"/Kids \[([^\]]*)\]", data)[0])
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
    start = re.search(rb"(?:^|\n)%d 0 obj\b" % number, data)
    if start is None:
        raise AssertionError(f"object {number} is not in the file")
    return data[start.end():data.index(b"endobj", start.end())]


def _around(content: bytes, old: bytes, earlier: int) -> tuple[bytes, bytes]:
    """What stands before and after *old*, past so many *earlier* ones."""
    at = -1
    for _ in range(earlier + 1):
        at = content.index(old, at + 1)
    return content[:at], content[at + len(old):]
