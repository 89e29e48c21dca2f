"""One file in, one reading out: what it is by its bytes, who reads it, and what became of it."""

import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recon.core.errors import ReconError
from recon.core.finding import Finding
from recon.core.source import Source
from recon.evidence.disk import ARCHIVE, Contents, as_text, can_be_told, digest, holds_pdf, is_pdf, on_disk
from recon.evidence.page import Grid
from recon.reading.pages.completeness import printed_page
from recon.reading.pages.doubt import complete
from recon.reading.pages.paged import chained, read_pdf, reading_of
from recon.reading.result import Outcome, Reading
from recon.reading.shapes.dayparts import one_date
from recon.reading.shapes.other_lists import other_list
from recon.reading.tables.columns import Rows, segments
from recon.reading.tables.table import read_tables

if TYPE_CHECKING:
    from recon.evidence.text import Text

#: Larger files are refused: a statement of a million lines has a tenth of this.
_BYTES = 1 << 30
#: No line that prints a page's number is longer.
_PAGE_LINE = 120
#: Our own code, the rooms in it that ask foreign libraries, and errors that only a mistake in code raises.
_ROOT = Path(__file__).parents[1]
_EVIDENCE = _ROOT / "evidence"
_MISTAKES = (AttributeError, TypeError, NameError, AssertionError)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Text with its fonts, and the part that makes an old file of Office one of Word.
_RICH, _WORD = b"{\\rtf", "WordDocument".encode("utf-16-le")
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_HEIC = tuple(b"ftyp" + brand for brand in (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc", b"avif"))
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+", b"RIFF",
             b"\x00\x00\x00\x0cjP  ")
#: Reasons by which a file in an archive is no evidence, such as a note to the reader; it is told as a finding.
_STRAY = frozenset({"not_evidence", "no_table", "empty"})
_WEAKEST: tuple[Outcome, ...] = ("proven", "unprovable", "doubtful", "inconsistent", "refused")


def read_file(path: Path, *, name: str | None = None, password: str | None = None) -> Reading:
    """What *path* shows, whatever it is; never raises for a bad file.

    Args:
        path: the file.
        name: what to call it in sources and findings; its own name where None.
        password: for a locked PDF or archive. It appears in no result.
    """
    called = name or as_text(path.name)
    try:
        if path.stat().st_size > _BYTES:
            return refused(called, ReconError("too_large"))
        source = path if can_be_told(path) and holds_pdf(path) else path.read_bytes()
        mark = digest(source)
    except OSError:
        return refused(called, ReconError("unreadable"))
    return replace(read_bytes(source, called, path, password), digest=mark)


def read_bytes(source: Contents, name: str, path: Path | None = None, password: str | None = None) -> Reading:
    """As :func:`read_file`, of bytes already in memory or a PDF's path; *path* is where bytes stand, if anywhere."""
    try:
        if isinstance(source, Path):
            return read_pdf(source, name, password)
        return _routed(source, name, path, password)
    except ReconError as slip:
        return refused(name, slip)
    except (MemoryError, RecursionError):
        return refused(name, ReconError("too_large"))
    except Exception as slip:  # noqa: BLE001  the door: whatever happens with a hostile file, the other files go on
        return refused(name, failure(slip))
    except BaseException as slip:
        if type(slip).__name__ != "PanicException":  # a reader written in Rust; it is no Exception
            raise
        return refused(name, ReconError("broken"))


def failure(slip: Exception) -> ReconError:
    """What *slip* says of a file: ``broken``, or ``internal`` where it is our own mistake and not a library's verdict.

    Ours is what is raised last in our own code, but for the errors by which native readers called there speak of bytes.
    """
    last = traceback.extract_tb(slip.__traceback__)[-1]
    path = Path(last.filename)
    ours = _ROOT in path.parents and (isinstance(slip, _MISTAKES) or _EVIDENCE not in path.parents)
    place = f"{path.relative_to(_ROOT).as_posix()}:{last.lineno}" if ours else ""
    return ReconError("internal", what=type(slip).__name__, place=place) if ours else ReconError("broken")


def refused(name: str, slip: ReconError) -> Reading:
    """A reading that says why nothing was read."""
    return Reading(
        name, "unknown", "refused", slip.code, slip.params, findings=(Finding(slip.code, "serious", Source(name)),)
    )


def _routed(data: bytes, name: str, path: Path | None, password: str | None) -> Reading:
    if not data.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise ReconError("empty")
    if data.startswith(ARCHIVE):
        return _zipped(data, name, password)
    if is_pdf(data):
        return read_pdf(data, name, password)
    if data.startswith(_RICH) or (data.startswith(_OLE) and _WORD in data):
        raise ReconError("old_document")
    if data.startswith(_OLE) or (
        data[:2] in _BIFF and data[2:4] in {b"\x08\x00", b"\x06\x00", b"\x04\x00", b"\x10\x00"}
    ):
        from recon.evidence import sheet  # noqa: PLC0415 loaded only when a workbook comes

        return _tables(sheet.old_workbook(data, name), name)
    if (data.startswith(_PICTURES) and (b"\0" in data[:64] or not data[:64].isascii())) or data[4:12] in _HEIC:
        return _picture(path, data, name)
    return _text(data, name)


def _zipped(data: bytes, name: str, password: str | None) -> Reading:
    from recon.evidence import archive, sheet, word  # noqa: PLC0415 loaded only when an archive comes

    if archive.holds(data, word.PART):
        return _written(word.grid(data), name)
    if archive.is_office(data):
        return _tables(sheet.workbook(data, name), name)
    if archive.holds(data, "OFD.xml"):
        return _invoice(data, name)
    found = archive.members(data, name, password)
    if not found:
        raise ReconError("empty")
    readings = [_member(inner, f"{name}/{inner_name}", password) for inner_name, inner in found]
    return _together(readings, name)


def _written(grid: Grid, name: str) -> Reading:
    """A Word document: a table whose header names its columns, or a paper; any other prose is no evidence."""
    if segments(one_date(Rows(grid.rows, [grid.page] * len(grid.rows), grid.lines))):
        return _tables([grid], name)
    paper = _paper([grid], name, chained=False)
    if paper is None:
        raise ReconError("no_table")
    return paper


def _member(data: bytes, name: str, password: str | None) -> Reading:
    from recon.evidence import archive  # noqa: PLC0415 likewise

    if data.startswith(b"PK\x03\x04") and not archive.is_office(data) and not archive.holds(data, "OFD.xml"):
        return refused(name, ReconError("nested_archive"))
    return read_bytes(data, name, None, password)


def _together(readings: list[Reading], name: str) -> Reading:
    """An archive's readings as one: all accounts and documents, the weakest outcome of what is evidence at all."""
    evidence = [r for r in readings if r.reason not in _STRAY] or readings
    weakest = max(evidence, key=lambda r: _WEAKEST.index(r.outcome))
    if len({r.kind for r in evidence}) == 1:
        kind = evidence[0].kind
    else:
        kind = next((r.kind for r in readings if r.accounts), "unknown")
    return Reading(
        name,
        kind,
        weakest.outcome,
        weakest.reason,
        weakest.params,
        tuple(a for r in readings for a in r.accounts),
        tuple(d for r in readings for d in r.receipts),
        tuple(f for r in readings for f in r.findings),
        pages=sum(r.pages for r in readings),
    )


def _text(data: bytes, name: str) -> Reading:
    from recon.evidence import sheet  # noqa: PLC0415 loaded only when text comes
    from recon.evidence.text import decode  # noqa: PLC0415 likewise

    text = decode(data)
    if text.text.count("\x00") * 50 > len(text.text) or _binary(text.text[:4096]):
        raise ReconError("not_evidence")
    head = text.text.lstrip("\ufeff \r\n\t")[:4096]
    structured = _structured(head, data, name)
    if structured is not None:
        return structured
    if _is_html(head):
        return _tables([sheet.html(text.text)], name, text)
    return _large(data, text, name) or _tables([sheet.separated(text.text)], name, text)


def _large(data: bytes, text: "Text", name: str) -> Reading | None:
    """A large plain table, read by columns at once; None where the reader of rows has to look."""
    from recon.reading.tables import bulk  # noqa: PLC0415 loaded only when a large file comes

    found = bulk.read(data, text, name) if len(data) >= bulk.LARGE and not text.damaged else None
    return reading_of(found, name) if found else None


def _binary(head: str) -> bool:
    odd = sum((ch < " " and ch not in "\r\n\t\f\x1a") or ch == "\ufffd" for ch in head)
    return odd * 20 > len(head)


def _is_html(head: str) -> bool:
    low = head.casefold()
    return low.startswith("<") and any(
        tag in low for tag in ("<html", "<table", "<!doctype html", "<body", "<tr", "<td", "<workbook")
    )


def _structured(head: str, data: bytes, name: str) -> Reading | None:
    """A reading of a format that says what its fields mean, or None where the text is none of them."""
    from recon.reading.messages import camt, mt940, ofx, qif  # noqa: PLC0415 loaded only when text comes

    readers: tuple[Any, ...] = (ofx, camt, qif, mt940)
    for reader in readers:
        if reader.looks_like(data):
            found: Reading = reader.read(data, name)
            return found
    return _invoice(data, name) if head.startswith("<?xml") and not _is_html(head) else None


def _invoice(data: bytes, name: str) -> Reading:
    from recon.reading.documents.einvoice import read  # noqa: PLC0415 loaded only when needed

    found = read(data, name)
    if found is None:
        raise ReconError("not_evidence")
    return found


def _picture(path: Path | None, data: bytes, name: str) -> Reading:
    from recon.reading.documents.document import read_picture  # noqa: PLC0415 likewise

    with on_disk(path or data, Path(name).suffix) as place:
        return read_picture(place, name)


def _paper(grids: list[Grid], name: str, *, chained: bool) -> Reading | None:
    from recon.reading.documents.gridded import read  # noqa: PLC0415 loaded only when a sheet comes

    return read(grids, name, chained=chained)


def _tables(grids: list[Grid], name: str, text: "Text | None" = None) -> Reading:
    """Grids through the table reader."""
    rows = Rows([], [], [])
    for grid in grids:
        rows.cells.extend(grid.rows)
        rows.page.extend([grid.page] * len(grid.rows))
        rows.line.extend(grid.lines)
    if not any(cell.strip() for row in rows.cells[:2000] for cell in row):
        raise ReconError("empty")
    found = read_tables(rows, name)
    if (paper := _paper(grids, name, chained=found is not None and chained(found))) is not None:
        return paper
    if (other := other_list(rows, name)) is not None:
        code, head = other
        raise ReconError(code, Source(name, rows.page[head], rows.line[head]))
    if found is None:
        raise ReconError("no_table")
    reading = replace(reading_of(found, name), pages=sum(g.page > 0 for g in grids))
    reading = complete(reading, (text for text in found.text if len(text) < _PAGE_LINE and printed_page(text)))
    if text is not None and text.damaged:
        damage = Finding("damaged_text", "look", Source(name), {"count": text.damaged})
        reading = replace(reading, findings=(*reading.findings, damage))
        if reading.outcome == "unprovable":
            reading = replace(reading, outcome="doubtful", reason="damaged_text", params={})
    return reading
