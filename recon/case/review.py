"""A reviewer's workbook comes back: its edits become decisions, the books are rebuilt, and what changed is told."""

import datetime as dt
import getpass
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from recon.case.books import Books
from recon.case.export import plain, table
from recon.case.pipeline import Progress, rebuild
from recon.classify.decisions import ANSWER, FILE, NOTE, Decision, Decisions
from recon.classify.decisions import write as write_decisions
from recon.core.answers import answered
from recon.core.errors import ReconError
from recon.core.finding import Finding
from recon.core.settings import settings
from recon.core.source import Source
from recon.core.words import LANGUAGES, tell
from recon.workbook.build import plan
from recon.workbook.changed import Change, changed
from recon.workbook.mark import language_of, same_run
from recon.workbook.readback import Returned, read
from recon.workbook.returned import Edit, compare

#: Differences that were not taken, each with its sheet and cell.
PROBLEMS = "review.csv"
#: Names that programs leave where a person's belongs.
_NOBODY = ("", "openpyxl", "xlsxwriter", "recon")


@dataclass(frozen=True, slots=True)
class Review:
    """What a returned workbook brought.

    Attributes:
        after: the books rebuilt with it.
        taken: the new decisions, kept in ``decisions.csv``.
        problems: every other difference, none of them applied.
        changes: what the decisions changed in statements, checks and need.
    """

    after: Books
    taken: Decisions
    problems: tuple[Finding, ...]
    changes: tuple[Change, ...]


def review(
    root: Path, workbook: Path, who: str = "", language: str | None = None, progress: Progress | None = None
) -> Review:
    """Take the edits of *workbook* into the case folder *root* and rebuild it.

    Args:
        root: the case folder; ``decisions.csv`` is added to, nothing else in it is changed.
        workbook: the workbook that the last run wrote, as a reviewer left it.
        who: the reviewer; else who saved the workbook last, else the user of this machine.
        language: of the books that follow; the workbook's own where None.
        progress: told what is being done.

    Raises:
        ReconError: no workbook, one of another case or run, or the case cannot be rebuilt.
    """
    returned = read(workbook)
    spoken = language_of(returned, workbook.name)
    before = rebuild(root, spoken if spoken in LANGUAGES else None, progress)
    book = plan(before)
    same_run(book.properties, returned, workbook.name, language or before.language)
    edits, problems = compare(book, returned)
    kept, unfit = _fitting(before, edits)
    taken = _decisions(kept, _reviewer(who, returned), dt.datetime.now().astimezone().isoformat(timespec="seconds"))
    if taken:
        write_decisions(root / FILE, (*before.decisions, *taken))
    after = rebuild(root, language or before.language, progress, before.readings)
    return Review(after, taken, (*problems, *unfit), tuple(changed(before, after)))


def _fitting(before: Books, edits: Sequence[Edit]) -> tuple[list[Edit], list[Finding]]:
    """Answers that the form takes, one by one on top of each other; the others by name."""
    kept, unfit, case = [], [], before.case
    for edit in edits:
        if edit.about.scope == ANSWER:
            try:
                changed_case = answered(case, edit.about.key, edit.new)
                settings(changed_case.settings)
            except (LookupError, ValueError, ReconError):
                source = Source(edit.sheet, field=edit.cell)
                unfit.append(Finding("returned_unfit", "look", source, {"new": edit.new}))
                continue
            case = changed_case
        kept.append(edit)
    return kept, unfit


def _decisions(edits: Sequence[Edit], who: str, when: str) -> Decisions:
    """One decision for each edit; a note on what was decided goes with it."""
    notes = {edit.about.key: edit.new for edit in edits if edit.about.scope == NOTE}
    made = [
        Decision(edit.about.scope, edit.about.key, edit.new, who, when, edit.about.old, notes.pop(edit.about.key, ""))
        for edit in edits if edit.about.scope != NOTE
    ]
    old = {edit.about.key: edit.about.old for edit in edits if edit.about.scope == NOTE}
    made += [Decision(NOTE, key, "", who, when, old[key], text) for key, text in notes.items()]
    return tuple(made)


def _reviewer(who: str, returned: Returned) -> str:
    if who:
        return who
    saved = returned.saved_by
    if saved.lower() not in _NOBODY:
        return saved
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def write(done: Review, workbook: Path, out: Path) -> tuple[list[Path], Path | None]:
    """Write the rebuilt books into *out*, and the problems beside them.

    Returns:
        What was written, and where the reviewer's workbook was kept if the new one took its place.
    """
    kept = None
    if workbook.resolve() == (out / "workbook.xlsx").resolve():
        kept = out / "workbook-returned.xlsx"
        shutil.copy2(workbook, kept)
    written = done.after.write(out)
    rows = [[p.code.removeprefix("returned_"), p.source.file, p.source.field, plain(_sentence(p, done.after.language))]
            for p in done.problems]
    table(out / PROBLEMS, ("problem", "sheet", "cell", "text"), rows)
    return [*written, out / PROBLEMS], kept


def _sentence(problem: Finding, language: str) -> str:
    """What a problem says, its place left out."""
    return tell(language, replace(problem, source=Source()))
