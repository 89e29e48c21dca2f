"""A PDF's pages to a reading: tables first, a second opinion where they do not prove themselves, else a document."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from recon.core.errors import ReconError
from recon.core.finding import Finding
from recon.core.source import Source
from recon.evidence import pdf
from recon.evidence.disk import Contents, on_disk
from recon.evidence.page import Page
from recon.evidence.rulings import with_rulings
from recon.evidence.uprights import uprights_of
from recon.reading.pages import bulk_pages
from recon.reading.pages.doubt import examined, shown
from recon.reading.pages.layout import rows_of
from recon.reading.pages.mixed import with_pictures
from recon.reading.pages.ruled import bands, rows_by_cells
from recon.reading.pages.tamper import signed
from recon.reading.result import NOTHING, Reading
from recon.reading.tables.table import Tables, read_tables

#: Business papers have no more pages than this.
_FEW = 5
#: Steps from balance to balance that close in a statement, whatever its words, and in no paper that adds up its lines.
_STEPS = 3
_BEST = ("proven", "unprovable", "inconsistent", "doubtful")


def read_pdf(source: Contents, name: str, password: str | None) -> Reading:
    """The statement or document in a PDF.

    Raises:
        ReconError: locked, broken, too large, or neither words nor a reader of pictures.
    """
    plain = bulk_pages.read(source, name, password)
    if plain is not None:
        tables, besides = plain
        found = examined(replace(reading_of(tables, name), pages=len(besides.texts)), besides, source)
        return with_pictures(signed(found, besides, source, password), besides.texts, source, password)
    pages = pdf.pages(source, name, password)
    if not any(page.words for page in pages):
        return _scanned(source, name, password)
    found = _with_code(_of_pages(pages, name, source, password), source)
    return with_pictures(found, [" ".join(page.words) for page in pages], source, password)


def _with_code(reading: Reading, source: Contents) -> Reading:
    """A Chinese invoice held against its QR code."""
    if not reading.receipts:
        return reading
    from recon.reading.documents.document import with_code  # noqa: PLC0415 loaded only when needed

    return with_code(reading, source if isinstance(source, Path) else None, digital=True)


def _of_pages(pages: list[Page], name: str, source: Contents, password: str | None) -> Reading:
    from recon.reading.documents.paper import lends  # noqa: PLC0415 loaded only when needed

    drawn = partial(uprights_of, source, name, password)
    found = _by_cells(read_tables(rows_of(pages, None, drawn), name), pages, name, source, password)
    other = found is None or not chained(found) or lends(pages)
    if other and len(pages) <= _FEW and (headed := _headed(pages, name)) is not None:
        return headed
    if found is None or not any(len(a.lines) for a in found.accounts):
        return _document(pages, name)
    if found.verdict.outcome in {"doubtful", "inconsistent"}:
        found = _second(found, name, source, password)
    besides = shown(pages)
    reading = examined(replace(reading_of(found, name), pages=len(pages)), besides, source)
    return signed(reading, besides, source, password)


def chained(found: Tables) -> bool:
    """Whether balances follow one another through most of the lines, even where one was changed, or the ends close."""
    steps = closed = 0
    for lines in (account.lines for account in found.accounts):
        printed = (lines.balance[1:] != NOTHING) & (lines.balance[:-1] != NOTHING)
        steps += int(printed.sum())
        closed += int((printed & (lines.balance[:-1] + lines.amount[1:] == lines.balance[1:])).sum())
    return found.verdict.reason == "ends_close" or (closed >= _STEPS and 2 * closed >= steps)


def _headed(pages: list[Page], name: str) -> Reading | None:
    """A payroll, a loan's statement or another list that says at its head that it is no statement of a bank."""
    from recon.reading.documents.document import read_pages  # noqa: PLC0415 loaded only when needed
    from recon.reading.documents.paper import names_itself  # noqa: PLC0415 likewise

    return read_pages(pages, name) if names_itself(pages) else None


def reading_of(found: Tables, name: str) -> Reading:
    """The table reader's result as the reading of a file."""
    verdict = found.verdict
    return Reading(
        name, found.kind, verdict.outcome, verdict.reason, verdict.params, found.accounts, (), found.findings
    )


def _second(first: Tables, name: str, source: Contents, password: str | None) -> Tables:
    """The same pages read another way; the reading that proves itself better wins, the first of equals."""
    try:
        other = read_tables(rows_of(pdf.ruled(source, name, password)), name)
    except ReconError:
        return first
    if other is None:
        return first
    better = _BEST.index(other.verdict.outcome) < _BEST.index(first.verdict.outcome)
    return other if better and all(a >= b for a, b in zip(_size(other), _size(first), strict=True)) else first


def _by_cells(
    first: Tables | None, pages: list[Page], name: str, source: Contents, password: str | None
) -> Tables | None:
    """A table that does not prove itself read by the rules between its cells, where it has such; else *first*."""
    if first is not None and first.verdict.outcome == "proven":
        return first
    lined = with_rulings(pages, source, name, password)
    rows, across = rows_by_cells(lined), bands(lined)
    if rows is None and across:
        rows = rows_of(pages, across)
    other = read_tables(rows, name) if rows is not None else None
    if other is None or first is None:
        return other or first
    worse = _BEST.index(other.verdict.outcome) > _BEST.index(first.verdict.outcome)
    less = any(a < b for a, b in zip(_size(other), _size(first), strict=True))
    return first if worse or less else other


def _size(tables: Tables) -> tuple[int, int]:
    """How many lines were read, and how many printed balances: a reading that sees fewer proves itself too cheaply."""
    return (
        sum(len(a.lines) for a in tables.accounts),
        sum(int((a.lines.balance != NOTHING).sum()) for a in tables.accounts),
    )


def _document(pages: list[Page], name: str) -> Reading:
    from recon.reading.documents.document import read_pages  # noqa: PLC0415 loaded only when needed

    found = read_pages(pages, name)
    if found is None:
        return Reading(
            name,
            "unknown",
            "refused",
            "no_table",
            findings=(Finding("no_table", "serious", Source(name)),),
            pages=len(pages),
        )
    return replace(found, pages=len(pages))


def _scanned(source: Contents, name: str, password: str | None) -> Reading:
    """A PDF of pictures goes to the reader of pictures."""
    try:
        from recon.reading.documents.document import read_picture  # noqa: PLC0415 likewise
    except ImportError as slip:
        raise ReconError("no_words", Source(name)) from slip
    with on_disk(source, ".pdf") as place:
        return read_picture(place, name, password)
