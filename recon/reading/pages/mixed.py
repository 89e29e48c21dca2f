"""A PDF of which some pages are pictures: those are read by OCR, so that what stands on them is not left out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from recon.core.errors import ReconError
from recon.core.finding import Finding
from recon.core.source import Source
from recon.evidence import pdf
from recon.evidence.disk import Contents, on_disk
from recon.evidence.page import Page
from recon.reading.pages.doubt import doubted
from recon.reading.result import Reading

#: Characters of text (a footer, a page's number) that a page of a picture may bear besides.
_FOOTER = 60
#: Words with figures on a page that may hold lines of a statement; a picture of a branch has none.
_FIGURES = 6
_FIGURE = re.compile(r"\d\D?\d")


def with_pictures(
    reading: Reading, texts: Sequence[str], source: Contents, password: str | None
) -> Reading:
    """*reading* with what stands on the pages that are pictures, or doubted where that could not be read.

    Args:
        reading: the statement on the pages of text, or why they hold none.
        texts: the text of each page, at least what stands beside its lines.
        source: the PDF.
        password: opens it, where it is locked.
    """
    if reading.receipts:
        return reading
    read = {number for account in reading.accounts for number in set(account.lines.page.tolist())}
    bare = [number for number, text in enumerate(texts, 1) if len(text) <= _FOOTER and number not in read]
    numbers = pdf.pictured(source, reading.file, bare, password) if bare else []
    if not numbers:
        return reading
    with on_disk(source, ".pdf") as place:
        return _together(reading, numbers, place, password)


def _together(reading: Reading, numbers: list[int], path: Path, password: str | None) -> Reading:
    """The statement on all pages, as a photographed one; the pages of text stand as printed."""
    from recon.evidence import picture  # noqa: PLC0415 loaded only when a picture comes
    from recon.reading.documents.document import read_picture  # noqa: PLC0415 likewise
    from recon.reading.scans import scan  # noqa: PLC0415 likewise

    if not reading.accounts:
        drawn = read_picture(path, reading.file, password)
        return reading if drawn.outcome == "refused" else drawn
    told = {"pages": ", ".join(map(str, numbers))}
    try:
        seen = {page.number: page for page in picture.read_pdf(path, reading.file, numbers, password)}
        if not any(_figures(page) >= _FIGURES for page in seen.values()):
            look = Finding("pages_are_pictures_of_nothing", "look", Source(reading.file, numbers[0]), told)
            return replace(reading, findings=(*reading.findings, look))
        pages = [seen.get(page.number, page) for page in pdf.pages(path, reading.file, password)]
        found = scan.statement(pages, path, reading.file, password)
    except ReconError:
        found = None
    if found is None or _lines(found) <= _lines(reading):
        return doubted(reading, "pages_are_pictures", told)
    shapes = {page.number: page.shape for page in seen.values() if page.shape}
    return replace(found, pages=len(pages), shapes=shapes)


def _figures(page: Page) -> int:
    return sum(bool(_FIGURE.search(word)) for word in page.words)


def _lines(reading: Reading) -> int:
    return sum(len(account.lines) for account in reading.accounts)
