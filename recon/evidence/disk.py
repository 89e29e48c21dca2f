"""Files by what they hold, whatever they are called; bytes that a library wants as a file stand in one meanwhile."""

import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

#: A PDF's mark, and how far from its beginning it may stand.
_MARK, _HEAD = b"%PDF-", 1024
#: An archive's marks: a PDF that is not packed shows its own in one.
ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")
#: Bytes that are looked at at once.
_BLOCK = 1 << 18
#: A file by its bytes, or by the path at which they stand: a long PDF need not be held while its pages are read.
Contents = bytes | Path


def contents(source: Contents) -> bytes:
    """The bytes of a file."""
    return source if isinstance(source, bytes) else source.read_bytes()


def blocks(source: Contents) -> Iterator[bytes]:
    """The bytes of a file, some at a time."""
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as handle:
        yield from iter(partial(handle.read, _BLOCK), b"")


def digest(source: Contents) -> str:
    """SHA-256 of a file, in hex."""
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    with source.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def is_pdf(head: bytes) -> bool:
    """Whether a file that begins with *head* is a PDF."""
    return _MARK in head[:_HEAD] and not head.startswith(ARCHIVE)


def holds_pdf(path: Path) -> bool:
    """Whether *path* is a PDF by its bytes: telephones and mail programs call files what they like."""
    with path.open("rb") as handle:
        return is_pdf(handle.read(_HEAD))


def as_text(name: str) -> str:
    """A file's *name* as people read it: where its bytes are no UTF-8, as archives leave them, as Chinese."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name


def can_be_told(path: Path) -> bool:
    """Whether native libraries can open *path*: they take names as UTF-8 only."""
    return as_text(str(path)) == str(path)


@contextmanager
def on_disk(source: Contents, suffix: str) -> Iterator[Path]:
    """The path of a file; bytes get a file of their own that ends in *suffix* and is gone afterwards.

    It is closed when it is handed on: Windows lets nobody open a file a second time that is still being written.
    """
    if isinstance(source, Path):
        yield source
        return
    from tempfile import TemporaryDirectory  # noqa: PLC0415 loaded only when bytes come without a file

    with TemporaryDirectory(prefix="recon-", ignore_cleanup_errors=True) as folder:
        place = Path(folder) / f"evidence{suffix}"
        place.write_bytes(source)
        yield place
