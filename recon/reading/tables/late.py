"""Text columns of a large file that become lists of strings only when somebody asks for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt


class Cells(Protocol):
    """Columns of text that are somewhere else until they are asked for."""

    def text(self, column: int, order: npt.NDArray[np.intp]) -> list[str]:
        """The cells of one column in *order*."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Columns of text, each the UTF-8 bytes of its cells with a line's end behind each of them."""

    columns: tuple[npt.NDArray[np.uint8], ...]

    def text(self, column: int, order: npt.NDArray[np.intp]) -> list[str]:
        """The cells of one column in *order*."""
        cells = self.columns[column].tobytes().decode().split("\n")
        return [cells[i] for i in order.tolist()]


@dataclass(frozen=True, slots=True)
class LateTexts(Mapping[str, list[str]]):
    """Texts by name, each the cells of the columns in *places* joined, in *order* of the lines."""

    cells: Cells
    places: Mapping[str, list[int]]
    order: npt.NDArray[np.intp]
    made: dict[str, list[str]] = field(default_factory=dict)

    def ordered(self, order: npt.NDArray[np.intp]) -> "LateTexts":
        """The same in another order of the lines that are here."""
        return replace(self, order=self.order[order], made={})

    def __getitem__(self, name: str) -> list[str]:
        """One text column, made at the first call."""
        if name not in self.made:
            columns = [self.cells.text(i, self.order) for i in self.places[name]]
            joined = (" ".join(dict.fromkeys(filter(None, parts))) for parts in zip(*columns, strict=True))
            self.made[name] = columns[0] if len(columns) == 1 else list(joined)
        return self.made[name]

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self.places)

    def __len__(self) -> int:
        """How many columns of text."""
        return len(self.places)
