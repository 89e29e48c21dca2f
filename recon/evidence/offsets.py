"""A large separated file without quotation marks as offsets into its bytes, so that columns are read at once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_NEWLINE, _RETURN = 10, 13
_Offsets = npt.NDArray[np.int32]
#: Encodings in which a separator's byte is part of no other character.
PLAIN = frozenset({"utf-8", "utf-8-sig", "gb18030", "cp1252", "cp1251", "cp1250"})


@dataclass(frozen=True, slots=True)
class Offsets:
    """Cells by where they stand in *data*: cell (row, column) is ``data[start[row, column]:stop[row, column]]``.

    *start* and *stop* are int32 of shape (rows, columns); *encoding* is that of the text.
    """

    data: bytes
    start: _Offsets
    stop: _Offsets
    encoding: str

    @property
    def bytes(self) -> npt.NDArray[np.uint8]:
        """All bytes of the file."""
        return np.frombuffer(self.data, np.uint8)

    def text(self, column: int, order: npt.NDArray[np.intp]) -> list[str]:
        """The cells of one column in *order*, spaces around them removed."""
        data, encoding = self.data, self.encoding
        ends = zip(self.start[order, column].tolist(), self.stop[order, column].tolist(), strict=True)
        return [" ".join(data[a:b].decode(encoding, "replace").split()) for a, b in ends]

    def constant(self, column: int) -> bool:
        """Whether every cell of a column is the same."""
        start, stop, data = self.start[:, column], self.stop[:, column], self.bytes
        width = int(stop[0] - start[0])
        same = bool((stop - start == width).all())
        return same and all(bool((data[start + k] == data[start[0] + k]).all()) for k in range(width))


def offsets(data: bytes, encoding: str, separator: str, first: int) -> Offsets | None:
    """The lines of *data* from byte *first* on, or None where they are not all cut alike by *separator* alone."""
    if b'"' in data[first:] or encoding not in PLAIN or len(data) >= 1 << 31:
        return None
    data = data if data.endswith(b"\n") else data + b"\n"
    codes = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero((codes == ord(separator)) | (codes == _NEWLINE)).astype(np.int32)
    ends = ends[np.searchsorted(ends, first) :]
    breaks = codes[ends] == _NEWLINE
    width = int(breaks.argmax()) + 1
    if len(ends) % width or not breaks[width - 1 :: width].all() or breaks.sum() * width != len(ends):
        return None
    stop = ends.reshape(-1, width)
    start = np.concatenate(([np.int32(first)], ends[:-1] + 1)).astype(np.int32).reshape(-1, width)
    returns = codes[stop[:, -1] - 1] == _RETURN
    if returns.any():
        stop = stop.copy()
        stop[:, -1] -= returns
    return Offsets(data, start, stop, encoding)
