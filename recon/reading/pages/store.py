"""Plain rows of a long table kept as columns, chunk by chunk, beside the few that the reader of tables must see."""

import re
from array import array
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from recon.evidence.pdfium import Words
from recon.reading.dates import Dates, see
from recon.reading.numbers import Amounts, amounts
from recon.reading.pages.completeness import printed_page
from recon.reading.pages.cut import Cut
from recon.reading.pages.doubt import Shown, overprints
from recon.reading.pages.frames import Frame, weighed
from recon.reading.pages.kept import Kept, KeptTexts
from recon.reading.pages.lines import cells_of, figures, printed
from recon.reading.pages.plain import Head, Sorted, sort
from recon.reading.tables.columns import Rows
from recon.reading.tables.fields import comma_of, texts_of
from recon.reading.tables.late import LateTexts
from recon.reading.tables.parts import MONEY, Part
from recon.reading.vocabulary import any_side_row, side_row, whole_side_row

#: Plain rows at the head of the file, and below a header that follows other lines, that the reader of tables sees.
_SEEN, _AFTER = 500, 6
#: Points of the widest page.
_WIDEST = 1 << 15
_NUMBER = re.compile(r"\d+")
#: Numbers that a column of amounts has for each row, and a column that holds none of them.
_NUMBERS = (("minor", np.int64), ("bad", np.bool_), ("marked", np.int8))
_WITHOUT: dict[str, Any] = {name: np.empty(0, kind) for name, kind in _NUMBERS}
_NO_DATES = Dates(np.empty(0, "datetime64[D]"), None, no_year=False, undecided=False, clamped=())
_Ints = npt.NDArray[np.intp]
_Flags = npt.NDArray[np.bool_]


class Store:
    """What has been read of a table, given its *frame* and what its columns mean (*part*)."""

    def __init__(self, frame: Frame, part: Part) -> None:
        # Lines outside the table stand beyond its columns (see _show): no plain row has a cell there.
        self.frame, self.part = frame, replace(part, rest=[i for i in part.rest if i < len(frame.titles)])
        self.head: Head | None = None
        self.shown = Shown()
        self._characters = np.zeros(1 << 16, np.int64)
        self._covered, self._wrapped, self._edges = (np.zeros(_WIDEST, np.int64) for _ in range(3))
        self._rows = Rows([], [], [], exact=False)
        self._plain: list[int] = []
        self._texts_seen: set[str] = set()
        self._begun = self._pending = False
        self._kept, self._size = Kept(), 0
        self._beside: dict[tuple[str, int], list[tuple[int, Amounts]]] = {}
        self._comma: dict[int, bool] = {}
        self._texts: list[str] = []
        self._same: dict[int, set[str]] = {}

    def __len__(self) -> int:
        """How many plain rows."""
        return self._size

    def take(self, found: Cut, chunk: Words) -> bool:
        """Take over the lines of further pages; False where they are out of the way."""
        assert self.head is not None  # noqa: S101  the caller sets it from the first chunk
        lines = sort(found, self.frame, self.head, begun=self._begun)
        if lines is None:
            return False
        self._measure(found, lines, chunk)
        money = self._amounts(lines)
        plain = self._is_plain(lines, money)
        if not self._keep(lines, plain, money):
            return False
        self._show(found, lines, plain)
        self._begun = self._begun or bool(len(lines.heads))
        return True

    def _measure(self, found: Cut, lines: Sorted, chunk: Words) -> None:
        """Count what the pages show, and where cells and words of rows begin and end."""
        self._characters += found.text.count
        at = found.order[found.digits[found.order]]
        self.shown.overprints += overprints(chunk.page[at], chunk.box[at])
        rows = np.zeros(len(found.page), bool)
        rows[lines.rows] = True
        if not rows.any():
            return
        every = rows.copy()
        every[lines.owned] = True
        *spans, edges = found.spans(rows, every, self.frame.bounds)
        for covered, (left, right) in zip((self._covered, self._wrapped), spans, strict=True):
            begin, end = (edge.astype(np.intp).clip(0, _WIDEST - 2) for edge in (np.ceil(left), right))
            end = np.maximum(begin, end)
            np.add.at(covered, begin, 1)
            np.subtract.at(covered, end, 1)
        self._edges += np.bincount(edges.astype(np.intp).clip(0, _WIDEST - 2), minlength=_WIDEST)

    def _amounts(self, lines: Sorted) -> dict[tuple[str, int], Amounts]:
        found = {}
        for name in (*MONEY, "fee"):
            for i in self.part.columns.get(name, ()):
                cells = lines.cell[:, i].tolist()
                if i not in self._comma:
                    self._comma[i] = comma_of(cells, self.part, 2)
                found[name, i] = amounts(cells, comma=self._comma[i])
        return found

    def _is_plain(self, lines: Sorted, money: dict[tuple[str, int], Amounts]) -> _Flags:
        """Rows that move money and are named by no word for a balance or a total."""
        plain = np.zeros(len(lines.rows), bool)
        for (name, _), column in money.items():
            if name in {"amount", "in", "out"}:
                plain |= column.present
        names = ("description", "type", "remark", "counterparty", "category")
        worded = [*(i for name in names for i in self.part.columns.get(name, ())), *self.part.rest]
        for i in (i for i in worded if i < lines.cell.shape[1]):
            cells = lines.cell[:, i].tolist()
            distinct = list(dict.fromkeys(cells))
            if any_side_row(distinct):
                sides = {cell for cell in distinct if cell and side_row(cell) and whole_side_row(cell)}
                plain &= np.fromiter((cell not in sides for cell in cells), bool, len(cells))
        return plain

    def _keep(self, lines: Sorted, plain: _Flags, money: dict[tuple[str, int], Amounts]) -> bool:
        """Keep the plain rows as columns; False where a column that must be the same throughout is not."""
        if not plain.any():
            return True
        cell = lines.cell[plain]
        for i in [*self.part.columns.get("account", ())[:1], *self.part.columns.get("currency", ())]:
            self._same.setdefault(i, set()).update(cell[:, i].tolist())
        kept = money if plain.all() else {key: _part(column, plain) for key, column in money.items()}
        for key, column in kept.items():
            for name, _ in _NUMBERS:
                self._kept.add((key, name), getattr(column, name))
            self._beside.setdefault(key, []).append((self._size, replace(column, **_WITHOUT)))
        if not all(cell[:, self.part.columns["date"][0]].tolist()):
            return False  # a day may be printed once for several lines
        for i in self.part.columns["date"]:
            self._kept.write(i, cell[:, i].tolist())
        by_name = {name: [c for (n, _), c in kept.items() if n == name] for name in (*MONEY, "fee")}
        texts = texts_of(cell.tolist(), self.part, by_name, _NO_DATES)
        if self._texts and set(texts) != set(self._texts):
            return False
        self._texts = list(texts)
        for name, cells in texts.items():
            self._kept.write(name, cells)
        self._kept.add("page", lines.page[plain].astype(np.int32))
        self._kept.add("line", lines.number[plain].astype(np.int32))
        self._kept.add("box", lines.box[plain])
        self._kept.settle()
        self._size += len(cell)
        return all(len(values) == 1 for values in self._same.values())

    def _show(self, found: Cut, lines: Sorted, plain: _Flags) -> None:
        """Keep what the reader of tables has to see: all that is not plain, and the rows around it."""
        said, told = self._said(found, lines)
        other = {k: found.cell[k].tolist() for k in lines.odd.tolist()}
        other |= {k: cells.tolist() for k, cells in zip(lines.rows[~plain].tolist(), lines.cell[~plain], strict=True)}
        other |= {k: [""] * len(self.frame.titles) + cells for k, cells in said.items()}
        marks = np.array(sorted(other), np.intp)
        rows = lines.rows[plain]
        near = np.searchsorted(rows, marks)
        wanted = {*near.tolist(), *(near - 1).tolist(), 0, len(rows) - 1, *range(_SEEN - len(self._plain))}
        heads: list[int] = []
        for head in lines.heads.tolist():
            before = marks[marks < head]
            if self._pending or not self._begun or (len(before) and (not heads or before[-1] > heads[-1])):
                heads.append(head)
                wanted |= set(range(k := int(np.searchsorted(rows, head)), k + _AFTER))
            self._begun, self._pending = True, False
        self._pending = self._pending or bool(len(marks) and (not len(lines.heads) or marks[-1] > lines.heads[-1]))
        place = np.flatnonzero(plain)
        shown = {int(rows[k]): place[k] for k in wanted if 0 <= k < len(rows)}
        for k in sorted({*other, *heads, *shown}):
            if k in shown:
                self._plain.append(len(self._rows.cells))
            row = list(self.frame.titles) if k in heads else other.get(k)
            self._rows.cells.append(lines.cell[shown[k]].tolist() if row is None else row)
            self._rows.page.append(int(found.page[k]))
            self._rows.line.append(int(found.number[k]))
        self.shown.texts += [" ".join(told.get(page, ())) for page in range(found.words.first, found.words.last + 1)]

    def _said(self, found: Cut, lines: Sorted) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
        """Cells of the lines of text that say what no line said before, by line; and all that is said, by page."""
        said: dict[int, list[str]] = {}
        told: dict[int, list[str]] = {}
        for k, line in zip(lines.text.tolist(), found.lines(lines.text), strict=True):
            text = printed(line)
            told.setdefault(line.page, []).append(text)
            bare = _without_page(text)
            if bare not in self._texts_seen or figures(line):
                said[k] = [cell for _, _, cell in cells_of(line)]
            self._texts_seen.add(bare)
        return said, told

    def covered(self) -> npt.NDArray[np.float64]:
        """How many cells of rows stand over each point of the pages' width, where none does what wraps below them."""
        return weighed(np.cumsum(self._covered), np.cumsum(self._wrapped))

    def stands(self, bounds: list[float]) -> bool:
        """Whether rows cut at *bounds* instead would come out the same: nothing that settles a column is between."""
        pairs = (sorted((int(a), int(b))) for a, b in zip(self.frame.bounds, bounds, strict=True) if a != b)
        return not any(self._edges[max(0, a - 2) : b + 3].any() for a, b in pairs)

    def seen(self) -> Rows:
        """The rows that the reader of tables has to see."""
        return self._rows

    def plain_seen(self) -> list[int]:
        """Which of them are plain rows."""
        return self._plain

    def agrees(self, rows: Rows) -> bool:
        """Whether the rows of the first pages came out word for word as *rows*, which were read line by line."""
        width, dated = len(self.frame.titles), self.frame.among({"date"})
        last = min(max(rows.page), self._rows.page[self._plain[-1]] if len(self._plain) < len(self) else max(rows.page))
        both = []
        for side in (rows, self._rows):
            places = zip(side.page, side.line, side.cells, strict=True)
            both.append({(page, line): cells[:width] for page, line, cells in places
                         if page <= last and any(see(cells[i]) for i in dated if i < len(cells))})
        return both[0] == both[1]

    def days(self) -> tuple[list[list[str]], _Ints]:
        """Every way in which a row is dated, as rows with nothing else, and which of them dates each row."""
        columns, known = self.part.columns["date"], dict[tuple[str, ...], int]()
        pieces = zip(*map(self._kept.cells, columns), strict=True)
        dates = (date for piece in pieces for date in zip(*piece, strict=True))
        code = np.fromiter((known.setdefault(date, len(known)) for date in dates), np.intp, self._size)
        rows = [[""] * (max(columns) + 1) for _ in known]
        for row, date in zip(rows, known, strict=True):
            for i, cell in zip(columns, date, strict=True):
                row[i] = cell
        return rows, code

    def money(self) -> dict[str, list[Amounts]]:
        """The money columns by meaning."""
        return {name: [self._column(key) for key in self._beside if key[0] == name] for name in (*MONEY, "fee")}

    def _column(self, key: tuple[str, int]) -> Amounts:
        parts = self._beside[key]
        return Amounts(
            **{name: self._kept.array((key, name), kind) for name, kind in _NUMBERS},
            tail={start + k: text for start, part in parts for k, text in part.tail.items()},
            currency=tuple(dict.fromkeys(code for _, part in parts for code in part.currency)),
            rounded=tuple(start + k for start, part in parts for k in part.rounded),
        )

    def texts(self, times: list[str] | None, order: _Ints) -> LateTexts:
        """The text columns in *order* of their rows; *times* of the rows stand in for a column of times."""
        if times and "time" not in self._texts:
            self._kept.write("time", times)
            self._texts.append("time")
        places = {name: [k] for k, name in enumerate(self._texts)}
        return LateTexts(KeptTexts(self._kept, tuple(self._texts)), places, order)

    def places(self) -> "tuple[array[int], array[int], npt.NDArray[np.float32]]":
        """Page, line and box of each row."""
        page, line = (array("i", b"".join(self._kept.pieces(name))) for name in ("page", "line"))
        return page, line, self._kept.array("box", np.float32).reshape(-1, 4)

    def all_shown(self) -> Shown:
        """What the pages show besides."""
        codes = np.flatnonzero(self._characters)
        self.shown.characters.update(dict(zip(map(chr, codes.tolist()), self._characters[codes].tolist(), strict=True)))
        return self.shown


@lru_cache(maxsize=1 << 10)
def _without_page(text: str) -> str:
    """*text* without the number of its page and of all pages, where it prints both."""
    page = printed_page(text)
    if not page:
        return text
    numbers = {str(number) for number in page}
    return _NUMBER.sub(lambda found: "#" if found[0] in numbers else found[0], text)


def _part(column: Amounts, rows: _Flags) -> Amounts:
    number = (np.cumsum(rows) - 1).tolist()
    kept = set(np.flatnonzero(rows).tolist())
    return replace(
        column, minor=column.minor[rows], bad=column.bad[rows], marked=column.marked[rows],
        tail={number[k]: text for k, text in column.tail.items() if k in kept},
        rounded=tuple(number[k] for k in column.rounded if k in kept),
    )
