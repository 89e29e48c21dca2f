"""Where outputs go: whether they can be written is asked before the work, which may be long, and not after it."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from recon.core.errors import ReconError
from recon.core.source import Source


def ready(folder: Path, names: Iterable[str]) -> None:
    """See that *folder* can be made, and files called *names* written there; nothing is made and nothing changed.

    Raises:
        ReconError: ``file_in_use`` where another program holds a file (Windows lets nobody overwrite a workbook that is
            open in Excel) or it is write-protected; ``cannot_write`` where the folder or a file cannot be made.
    """
    at = folder
    try:
        with tempfile.TemporaryFile(dir=next(p for p in (folder, *folder.absolute().parents) if p.exists())):
            pass
        for at in (folder / name for name in names):
            if at.exists():
                with at.open("r+b"):
                    pass
    except OSError as slip:
        code = "file_in_use" if isinstance(slip, PermissionError) and at.is_file() else "cannot_write"
        raise ReconError(code, Source(str(at)), detail=slip.strerror or type(slip).__name__) from slip
