"""Columns put away while further pages are read, so that a long file takes little more memory than a short one."""

import os
import weakref
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from recon.reading.tables.late import Blocks

#: Bytes that are put away at once.
_AT_ONCE = 1 << 19


class Kept:
    """Columns that grow by pieces; what is many bytes waits in a temporary file that nobody else finds."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._away: dict[Hashable, list[tuple[int, int]]] = {}
        self._fresh: dict[Hashable, list[bytes]] = {}

    def add(self, column: Hashable, numbers: npt.NDArray[Any]) -> None:
        """Let a *column* go on with *numbers*."""
        self._fresh.setdefault(column, []).append(numbers.tobytes())

    def write(self, column: Hashable, cells: Sequence[str]) -> None:
        """Let a *column* of text go on with *cells*."""
        self._fresh.setdefault(column, []).append("\n".join([*cells, ""]).encode("utf-8", "replace"))

    def settle(self) -> None:
        """Put away what is many bytes by now; all columns have gone on by the same rows."""
        if sum(len(piece) for pieces in self._fresh.values() for piece in pieces) < _AT_ONCE:
            return
        places = {}
        try:
            file = self._opened()
            at = file.seek(0, os.SEEK_END)
            for column, pieces in self._fresh.items():
                places[column] = at, sum(map(len, pieces))
                at += places[column][1]
                file.writelines(pieces)
            file.flush()
        except OSError:
            return  # there is no room: it stays here
        for column, place in places.items():
            self._away.setdefault(column, []).append(place)
        self._fresh = {}

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            from tempfile import TemporaryFile  # noqa: PLC0415 loaded only for long files

            self._file = TemporaryFile(prefix="recon-")  # noqa: SIM115 it stays open as long as this is there
            weakref.finalize(self, self._file.close)
        return self._file

    def pieces(self, column: Hashable) -> Iterator[bytes]:
        """A column in order; corresponding pieces of all columns are of the same rows."""
        for at, size in self._away.get(column, ()):
            self._opened().seek(at)
            yield self._opened().read(size)
        yield from self._fresh.get(column, ())

    def array(self, column: Hashable, kind: npt.DTypeLike) -> npt.NDArray[Any]:
        """A column of numbers."""
        sizes = [*(size for _, size in self._away.get(column, ())), *map(len, self._fresh.get(column, ()))]
        whole, at = np.empty(sum(sizes), np.uint8), 0
        for piece in self.pieces(column):
            whole[at : at + len(piece)] = np.frombuffer(piece, np.uint8)
            at += len(piece)
        return whole.view(kind)

    def cells(self, column: Hashable) -> Iterator[list[str]]:
        """The cells of a column of text, piece by piece."""
        return (piece.decode().split("\n")[:-1] for piece in self.pieces(column))


@dataclass(frozen=True, slots=True)
class KeptTexts:
    """Columns of text that stay where they were put; another process gets their bytes."""

    kept: Kept
    names: Sequence[str]

    def text(self, column: int, order: npt.NDArray[np.intp]) -> list[str]:
        """The cells of one column in *order*."""
        cells = [cell for piece in self.kept.cells(self.names[column]) for cell in piece]
        return [cells[i] for i in order.tolist()]

    def __reduce__(self) -> tuple[type[Blocks], tuple[tuple[npt.NDArray[np.uint8], ...]]]:
        """Its bytes, to be taken apart there."""
        return Blocks, (tuple(self.kept.array(name, np.uint8) for name in self.names),)
