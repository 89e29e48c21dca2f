"""Bytes that a library wants as a file stand in one for as long as it is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
