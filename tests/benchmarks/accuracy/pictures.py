"""Photographs are read once for one state of the reader: nine tenths of a run would be looking at them again.

What a reading took is kept with it and added to the time of every business that uses it.
"""

import hashlib
import os
import pickle
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from recon.reading.guard import read_all
from recon.reading.result import Reading

ROOT = Path(__file__).parents[3]
READER = ("recon/evidence/picture", "recon/reading/documents", "templates/documents")
PHOTOS = (".jpg", ".jpeg", ".png")


def cpu() -> float:
    """Processor seconds of this process and of those it started, so far."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


@cache
def state() -> bytes:
    """What the reader is made of: any change of it makes every kept reading void."""
    made = hashlib.sha256()
    for part in READER:
        path = ROOT / part
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix in (".py", ".toml", ".tsv"):
                made.update(file.read_bytes())
    return made.digest()


class Kept:
    """Readings of photographs kept in a folder; *saved* counts the processor seconds that they would have taken."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.saved = folder, 0.0
        folder.mkdir(parents=True, exist_ok=True)

    def read_all(self, paths: Iterable[Path], *, passwords: Any = None, names: Mapping[Path, str] | None = None,
                 progress: Callable[[str], None] | None = None, **more: Any) -> list[Reading]:
        """As ``recon.reading.guard.read_all``."""
        every, known = list(paths), names or {}
        homes = {path: self._home(path, known.get(path, path.name)) for path in every if path.suffix in PHOTOS}
        found: dict[Path, Reading] = {}
        for path, home in homes.items():
            if home.exists():
                found[path], took = pickle.loads(home.read_bytes())  # noqa: S301 - written below
                self.saved += took
        for photos in (True, False):
            rest = [path for path in every if path not in found and (path in homes) == photos]
            before = cpu()
            made = read_all(rest, passwords=passwords, names=names, progress=progress, **more) if rest else []
            found |= dict(zip(rest, made, strict=True))
            for path in rest if photos else ():
                homes[path].write_bytes(pickle.dumps((found[path], (cpu() - before) / len(rest))))
        return [found[path] for path in every]

    def _home(self, path: Path, name: str) -> Path:
        return self.folder / hashlib.sha256(state() + name.encode() + path.read_bytes()).hexdigest()
