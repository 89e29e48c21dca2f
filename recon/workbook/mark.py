"""The mark of a run: custom properties by which a workbook that comes back is known to be of this case and this run."""

import hashlib
from collections.abc import Iterable, Mapping
from importlib.metadata import version

from recon.core.errors import ReconError
from recon.core.source import Source
from recon.core.words import say
from recon.need.rebuilt import Rebuilt
from recon.workbook.plan import Sheet
from recon.workbook.readback import Returned

SCHEMA = "recon/workbook/1"
#: Marks in the order in which a difference explains the others.
_CAUSES = ("evidence", "form", "decisions", "run")


def marks(rebuilt: Rebuilt, sheets: Iterable[Sheet]) -> dict[str, str]:
    """Custom properties: schema, language, case and its name, and digests of evidence, form, decisions, outcome."""
    about = rebuilt.case.case
    files = sorted((reading.file, reading.digest) for reading in rebuilt.readings)
    who = (about.name, about.currency, about.trade, rebuilt.case.owner.name)
    return {
        "title": about.name or "recon", "recon.schema": SCHEMA, "recon.language": rebuilt.language,
        "recon.case": _digest(repr(who)), "recon.evidence": _digest(repr(files)),
        "recon.form": rebuilt.stamp.get("form", "")[:32], "recon.decisions": rebuilt.stamp.get("decisions", "")[:32],
        "recon.run": _digest(*_outcome(rebuilt, sheets)),
    }


def _outcome(rebuilt: Rebuilt, sheets: Iterable[Sheet]) -> Iterable[str]:
    """What the program made of the case: its version, each line's category, every statement line, each sheet's size."""
    yield version("recon")
    for column in ("id", "amount", "category", "reason"):
        yield repr(rebuilt.transactions[column].tolist())
    books = rebuilt.statements
    for line in (*books.balance_sheet, *books.income_statement, *books.cash_flow):
        yield f"{line.opening} {line.amount}"
    for sheet in sheets:
        yield f"{sheet.name} {len(sheet.cells)}"


def _digest(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).hexdigest()[:32]


def language_of(returned: Returned, name: str) -> str:
    """The language that a returned workbook was written in.

    Raises:
        ReconError: ``workbook_unmarked``.
    """
    if returned.properties.get("recon.schema") != SCHEMA:
        raise ReconError("workbook_unmarked", Source(name))
    return returned.properties.get("recon.language", "")


def same_run(mine: Mapping[str, str], returned: Returned, name: str, language: str) -> None:
    """Hold the marks of a returned workbook against those of the case as it stands.

    Raises:
        ReconError: ``workbook_other_case``, or ``workbook_stale`` with what has changed since.
    """
    theirs = returned.properties
    if theirs.get("recon.case") != mine["recon.case"]:
        raise ReconError("workbook_other_case", Source(name), theirs=theirs.get("title", ""), ours=mine["title"])
    for cause in _CAUSES:
        if theirs.get(f"recon.{cause}", "") != mine[f"recon.{cause}"]:
            raise ReconError("workbook_stale", Source(name), what=say(language, f"review.changed.{cause}"))
