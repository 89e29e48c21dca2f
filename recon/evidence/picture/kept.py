"""Pages once read are kept in the user's cache folder, by the file's digest and all that the reading depends on.

The folder is ``recon/pages`` in the user's cache folder, or the one that the environment's ``RECON_CACHE`` names;
``RECON_CACHE=off`` keeps nothing. It holds at most ``picture_cache_megabytes``, the latest read; what is in it can be
read by its owner only, and may be deleted at any time. A page's name is a digest of the file's bytes, the page, the
engine with its version, the settings, and the source of this room: whatever changes, the page is read again.
"""

import contextlib
import hashlib
import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from recon.core.settings import shipped
from recon.evidence.page import Page
from recon.evidence.picture.engine import Engine, versions

_SETTINGS = ("picture_side", "picture_megapixels", "picture_pages")
_SUFFIX = ".page"
#: Files are weighed against the folder's limit once in so many writes.
_OFTEN = 32
_MEGABYTE = 1 << 20


class _Kept(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    """A page as it lies in the folder; the places as bytes of float32."""

    count: int
    width: float
    height: float
    words: list[str]
    box: bytes
    confidence: bytes
    shape: tuple[float, ...]


def folder() -> Path | None:
    """Where pages are kept, or None where none are."""
    named = os.environ.get("RECON_CACHE", "")
    if named.casefold() in {"off", "0", "no"}:
        return None
    if named:
        return Path(named)
    home = Path.home() if "HOME" in os.environ or os.name == "nt" else None
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = str(home / "Library" / "Caches") if home else ""
    else:
        base = os.environ.get("XDG_CACHE_HOME", "") or (str(home / ".cache") if home else "")
    return Path(base) / "recon" / "pages" if base else None


def key(data: bytes, engine: Engine, *more: str) -> str:
    """What names a file's pages: changes with the file, the engine, the settings and the code."""
    parts = (engine, versions(engine), _code(), *(str(shipped().whole(name)) for name in _SETTINGS), *more)
    return hashlib.sha256(hashlib.sha256(data).digest() + "|".join(parts).encode()).hexdigest()


@cache
def _code() -> str:
    """A digest of this room's source."""
    made = hashlib.sha256()
    for path in sorted([*Path(__file__).parent.glob("*.py"), Path(__file__).parents[1] / "page.py"]):
        made.update(path.read_bytes())
    return made.hexdigest()


def recall_all(name: str, numbers: Sequence[int] | None) -> tuple[dict[int, Page], set[int] | None]:
    """The pages kept under *name*, and the numbers of those that are not; None where how many there are is unknown."""
    first = _recall(name, numbers[0] if numbers else 1)
    if first is None:
        return {}, None
    every = numbers or range(1, first[1] + 1)
    found = {number: page[0] for number in every if (page := _recall(name, number))}
    return found, set(every) - set(found)


def _recall(name: str, number: int) -> tuple[Page, int] | None:
    """The page kept under *name* and of how many it is, or None; a damaged one counts as none."""
    home = folder()
    if home is None:
        return None
    path = home / f"{name}-{number}{_SUFFIX}"
    try:
        kept = msgspec.msgpack.decode(path.read_bytes(), type=_Kept)
        box = np.frombuffer(kept.box, np.float32).reshape(-1, 4).copy()
        sure = np.frombuffer(kept.confidence, np.float32).copy()
    except (OSError, ValueError, msgspec.MsgspecError):
        return None
    if not len(kept.words) == len(box) == len(sure):
        return None
    with contextlib.suppress(OSError):
        path.touch()
    return Page(number, kept.width, kept.height, kept.words, box, confidence=sure, shape=kept.shape), kept.count


def keep(name: str, page: Page, count: int) -> None:
    """Keep *page*, one of *count*, under *name*; a folder that cannot be written to is no reason to stop."""
    home = folder()
    if home is None or page.confidence is None:
        return
    kept = _Kept(count, page.width, page.height, page.words, page.box.astype(np.float32).tobytes(),
                 page.confidence.astype(np.float32).tobytes(), page.shape)
    with contextlib.suppress(OSError):
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = home / f"{name}-{page.number}{_SUFFIX}"
        scrap = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(scrap, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
            handle.write(msgspec.msgpack.encode(kept))
        scrap.replace(path)
        if int(name[:2], 16) % _OFTEN == 0:
            _prune(home)


def _prune(home: Path) -> None:
    """Delete the pages that were not asked for the longest, until the rest is within the limit."""
    found = sorted(((s.st_mtime, s.st_size, p) for p in home.glob(f"*{_SUFFIX}") for s in [p.stat()]), reverse=True)
    left = shipped().whole("picture_cache_megabytes") * _MEGABYTE
    for _, size, path in found:
        left -= size
        if left < 0:
            path.unlink(missing_ok=True)
