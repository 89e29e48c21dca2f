"""The case folder: which files it holds, and what reading them gives."""

import datetime as dt
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from recon.core.errors import ReconError
from recon.core.facts import Case
from recon.core.source import Source
from recon.evidence.disk import as_text
from recon.reading.guard import read_all
from recon.reading.result import Reading

EVIDENCE = ("statements", "receipts")
#: Files that systems leave behind and nobody means as evidence.
_LITTER = {".ds_store", "thumbs.db", "desktop.ini"}
_YEAR = dt.timedelta(days=365)
Progress = Callable[[str, int, int], None]


def evidence(folder: Path) -> list[Path]:
    """The files of ``statements/`` and ``receipts/``, at any depth, in order of name."""
    found: list[Path] = []
    for part in EVIDENCE:
        found += sorted(p for p in (folder / part).rglob("*") if p.is_file() and not is_litter(p))
    return found


def is_litter(path: Path) -> bool:
    """Whether systems leave such a file behind, and nobody means it as evidence."""
    return path.name.lower() in _LITTER or path.name.startswith(("~$", "._"))


def read(folder: Path, case: Case, progress: Progress | None = None) -> list[Reading]:
    """Read every file of the folder, each in a guarded child process; *progress* is told name, number and count.

    Raises:
        ReconError: there is neither evidence nor a single figure in the form.
    """
    paths = evidence(folder)
    if not paths and not has_figures(case):
        raise ReconError("nothing_in_case", Source(str(folder)))
    names = {p: as_text(p.relative_to(folder).as_posix()) for p in paths}
    done = 0

    def tell(name: str) -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(name, done, len(paths))

    return read_all(
        paths, names=names, passwords=lambda path: password(names[path], case), progress=tell, until=_year_end(case)
    )


def _year_end(case: Case) -> dt.date | None:
    """The last day of the case's period where each day and month lies in it once."""
    about = case.case
    return about.to if about.from_ and about.to and about.to - about.from_ <= _YEAR else None


def has_figures(case: Case) -> bool:
    """Whether the form itself holds a figure to build books from."""
    positions = [*_values(case.opening), *_values(case.closing), *_values(case.stated)]
    return any(v not in (None, ()) for v in positions) or bool(case.known)


def _values(struct: object) -> Sequence[object]:
    return [getattr(struct, name) for name in struct.__struct_fields__]  # type: ignore[attr-defined] # msgspec's own


def password(name: str, case: Case) -> str | None:
    """The password that the form gives for a file, else the environment's ``RECON_PASSWORD``."""
    for account in case.account:
        if account.password and account.shows(name):
            return account.password
    return os.environ.get("RECON_PASSWORD") or None
