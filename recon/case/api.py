"""The public Python interface: read a file, open a case, rebuild its books."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from recon.case.folder import evidence
from recon.case.form import load
from recon.core.facts import Case
from recon.reading.guard import read_all
from recon.reading.result import Reading

if TYPE_CHECKING:
    from recon.case.books import Books


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case folder whose form has been read.

    Attributes:
        folder: where it is.
        form: the facts of ``case.toml``.
    """

    folder: Path
    form: Case

    @property
    def files(self) -> list[Path]:
        """The evidence, in order of name."""
        return evidence(self.folder)


def read(path: Path | str, password: str | None = None) -> Reading:
    """Read one file of evidence in a guarded child process; see :class:`recon.reading.result.Reading`."""
    return read_all([Path(path)], passwords=lambda _: password)[0]


def open_case(folder: Path | str) -> OpenCase:
    """Open a case folder.

    Raises:
        ReconError: no form, or a slip in it.
    """
    return OpenCase(Path(folder), load(Path(folder)))


def rebuild(case: OpenCase | Path | str, language: str | None = None) -> "Books":
    """Rebuild the books of an open case or of a case folder.

    Raises:
        ReconError: the run cannot go on; one sentence says why and what to do.
    """
    from recon.case.pipeline import rebuild as run  # noqa: PLC0415 - reading alone must not import pandas

    return run(case.folder if isinstance(case, OpenCase) else Path(case), language)
