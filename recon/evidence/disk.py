"""Files by what they hold, whatever they are called; bytes that a library wants as a file stand in one meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: A PDF's mark, and how far from its beginning it may stand.
_MARK, _HEAD = b"%PDF-", 1024


def is_pdf(head: bytes) -> bool:
    """Whether a file that begins with *head* is a PDF."""
    return _MARK in head[:_HEAD]


def holds_pdf(path: Path) -> bool:
    """Whether *path* is a PDF by its bytes: telephones and mail programs call files what they like."""
    with path.open("rb") as handle:
        return is_pdf(handle.read(_HEAD))


@contextmanager
def on_disk(data: bytes, suffix: str, path: Path | None = None) -> Iterator[Path]:
    """*path* where the bytes already stand in one, else a file of its own that ends in *suffix* and is gone afterwards.

    It is closed when it is handed on: Windows lets nobody open a file a second time that is still being written.
    """
    if path is not None:
        yield path
        return
    from tempfile import TemporaryDirectory  # noqa: PLC0415 loaded only when bytes come without a file

    with TemporaryDirectory(prefix="recon-", ignore_cleanup_errors=True) as folder:
        place = Path(folder) / f"evidence{suffix}"
        place.write_bytes(data)
        yield place
