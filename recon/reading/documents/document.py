"""Receipts and invoices, photographed or digital → what was bought, for how much, from whom and when."""

import hashlib
from dataclasses import replace
from pathlib import Path

from recon.core.finding import Finding
from recon.core.source import Source
from recon.evidence import codes, picture
from recon.evidence.page import Page
from recon.reading.documents.coded import coded, compared, differences
from recon.reading.documents.paper import names_itself, papers, speaks_of_account
from recon.reading.documents.record import Record
from recon.reading.result import Outcome, Reading
from recon.reading.scans import scan

#: Outcomes from best to worst: a file is as good as its worst document.
_WORSE: tuple[Outcome, ...] = ("proven", "unprovable", "doubtful", "inconsistent")


def read_picture(path: Path, name: str, password: str | None = None) -> Reading:
    """A picture of a receipt, an invoice or a bank statement; anything else is refused with its reason.

    Args:
        path: a file that :func:`recon.evidence.picture.read` takes, or a PDF of pictures.
        name: the file's name in messages and sources.
        password: opens a locked PDF.

    Raises:
        ReconError: the picture cannot be opened or is too large.
    """
    pages = picture.look(path, name, password)
    statement = None if names_itself(pages) else scan.statement(pages, path, name, password)
    reading = statement if statement is not None and scan.stands(statement) else read_pages(pages, name)
    if reading is None and statement is not None:
        reading = statement
    elif reading is None or _wanting(reading):
        reading = _second_look(path, name, password, reading, pages)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    shapes = {page.number: page.shape for page in pages if page.shape}
    read = with_code(reading, path, digital=False) if reading else _not_a_document(pages, name)
    return replace(read, digest=digest, pages=len(pages), shapes=shapes)


def read_pages(pages: list[Page], name: str) -> Reading | None:
    """Receipts and invoices on pages of words; None where the pages do not look like any.

    Args:
        pages: of one file, by OCR or from digital text.
        name: the file's name in sources.
    """
    found = papers(pages)
    if not found:
        return None
    outcome = max((paper.outcome for paper in found), key=_WORSE.index)
    records = [Record(paper) for paper in found]
    findings = tuple(finding for record in records for finding in record.findings(name))
    receipts = tuple(record.receipt for record in records)
    kind, reason = found[0].kind, f"document_{outcome}"
    return Reading(name, kind, outcome, reason, receipts=receipts, findings=findings, pages=len(pages))


def with_code(reading: Reading, path: Path | None, *, digital: bool) -> Reading:
    """A Chinese invoice held against its QR code; a reading of anything else, or without a code, as it is.

    Args:
        reading: of one file.
        path: the file; None where it stands in no file of its own.
        digital: whether the print was read as text; of a photograph the code knows number and day better.
    """
    if path is None or len(reading.receipts) != 1 or not reading.receipts[0].kind.startswith("vat"):
        return reading
    code = coded(codes.read(path))
    if code is None:
        return reading
    receipt = reading.receipts[0]
    found = tuple(differences(receipt, code, reading.file, digital=digital))
    outcome = reading.outcome if not found else "inconsistent" if digital else "doubtful"
    reason = f"document_{outcome}" if found else reading.reason
    return replace(reading, outcome=outcome, reason=reason, receipts=(compared(receipt, code, digital=digital),),
                   findings=(*reading.findings, *found))


def _wanting(reading: Reading) -> int:
    """How many totals and dates were not found."""
    return sum((receipt.total is None) + (receipt.date is None) for receipt in reading.receipts)


def _second_look(
    path: Path, name: str, password: str | None, first: Reading | None, pages: list[Page]
) -> Reading | None:
    """The second engine's reading where it finds more than the *first*; one engine alone is doubtful."""
    second = read_pages(picture.look(path, name, password, "tesseract", pages), name)
    if second is None or (first is not None and _wanting(second) >= _wanting(first)):
        return first
    receipts = tuple(replace(receipt, uncertain=_FIELDS) for receipt in second.receipts)
    findings = (*second.findings, Finding("document_second_engine", "look", Source(name)))
    return replace(second, outcome="doubtful", reason="document_doubtful", receipts=receipts, findings=findings)


def _not_a_document(pages: list[Page], name: str) -> Reading:
    """Why a picture is no receipt: no words on it, an account without transactions, or something else."""
    reason = "picture_no_document"
    if not any(page.words for page in pages):
        reason = "picture_without_words"
    elif speaks_of_account(pages):
        reason = "picture_not_bank_statement"
    return Reading(name, "unknown", "refused", reason, findings=(Finding(reason, "serious", Source(name)),))


#: Fields of a receipt in doubt where only the second engine saw them.
_FIELDS = ("total", "date", "tax", "net", "number", "seller")
