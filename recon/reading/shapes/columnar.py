"""A book with a column for each kind of takings or payment: each figure of a day becomes a line of its own.

What a column says was taken through another account (a wallet, a card, a platform) is summed up in a finding and left
to that account's own statement, beside which it would count twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from recon.core.errors import ReconError
from recon.core.finding import Finding
from recon.core.knowledge import table
from recon.core.money import to_text
from recon.core.source import Source
from recon.reading.dates import see
from recon.reading.numbers import amounts
from recon.reading.shapes.undated import MONTH_TITLES, month_end, undated
from recon.reading.tables.columns import HEADER_ROWS, Rows, column
from recon.reading.vocabulary import folded, meanings, side_row

#: In the book's own language, since that tells how days are written: titles of what comes in, what goes out, what a
#: reviewer would call it, and what it is said to be; and a reviewer's word for takings.
_TITLES = {
    True: ("cash received", "cash paid", "category", "type"), False: ("现金收入", "现金支出", "类别", "交易类型"),
}
_TAKINGS = {True: "cash takings", False: "现金收入"}
#: Columns that make a book columnar, and titles of its own that it has where it has those of any statement as well.
_LEAST, _OWN = 2, 2
#: Share of a column's filled cells that must be figures.
_MOST = 0.6
#: Letters of a word that is sought inside of a title, and of the longest title of its own.
_WORD, _LONGEST = 2, 24


@dataclass(frozen=True, slots=True)
class _Book:
    """Where such a book stands: its header's row, the column of its date, and its columns of money by kind.

    *named* are those whose titles stand among a book's own.
    """

    head: int
    date: int
    taken: list[int]
    other: list[int]
    paid: list[int]
    total: list[int]
    named: frozenset[int]

    @property
    def money(self) -> list[int]:
        """All columns of money."""
        return [*self.taken, *self.other, *self.paid, *self.total]


def by_column(rows: Rows, name: str) -> tuple[Rows, tuple[Finding, ...]]:
    """*rows* with a line for each figure of such a book, and what people must look at; unchanged without one.

    A day whose columns do not add up to a printed sum is told.

    Raises:
        ReconError: ``takings_elsewhere`` where every column is of another account.
    """
    book = next(filter(None, (_book(i, row) for i, row in enumerate(rows.cells[:HEADER_ROWS]))), None)
    if book is None:
        return rows, ()
    monthly = folded(rows.cells[book.head][book.date]) in MONTH_TITLES
    dated = _by_month(rows, book) if monthly else rows
    days = [i for i in range(book.head + 1, len(rows.cells)) if see(_cell(dated.cells[i], book.date))]
    if not days or not all(_is_money(rows, k, days) for k in book.money):
        return rows, ()
    figures = {k: _minor(rows, k) for k in book.money}
    said = _elsewhere(rows, book, days, figures)
    place = Source(name, rows.page[book.head], rows.line[book.head])
    if not book.taken and not book.paid:
        raise ReconError("takings_elsewhere", place, means=said)
    told = [undated(name, len(days))] if monthly else []
    told += [Finding("takings_elsewhere", "look", place, {"means": said})] if said else []
    told += _uneven(rows, book, days, figures, name)
    return _parted(dated, book, figures), tuple(told)


def is_book(row: Sequence[str]) -> bool:
    """Whether *row* heads such a book."""
    return _book(0, row) is not None


def _book(at: int, row: Sequence[str]) -> _Book | None:
    """The book that *row*, number *at*, heads; None where it heads none."""
    named = frozenset(i for i, cell in enumerate(row) if len(cell) <= _LONGEST and folded(cell) in _own_titles())
    if not named:
        return None
    kinds = {i: kind for i, cell in enumerate(row) if (kind := _kind(cell))}
    left = {i: {m.name for m in meanings(cell)} for i, cell in enumerate(row) if i not in kinds}
    dates = [i for i, names in left.items() if "date" in names or folded(row[i]) in MONTH_TITLES]
    if not dates or any("amount" in names for names in left.values()):
        return None
    sums = any(kind in {"taken", "other"} for kind in kinds.values())
    kinds = {i: ("total" if sums else "taken") if kind == "either" else kind for i, kind in kinds.items()}
    by = {kind: [i for i, each in kinds.items() if each == kind] for kind in ("taken", "other", "paid", "total")}
    plain = any("balance" in names for names in left.values()) or len(named) < len(kinds)
    many = by["other"] or len(by["taken"]) > 1 or len(by["paid"]) > 1 or len(named) >= _OWN
    count = len(by["taken"]) + len(by["other"]) + len(by["paid"])
    if not many or count < _LEAST or (plain and len(named) < _OWN):
        return None
    return _Book(at, dates[0], **by, named=named)


def _by_month(rows: Rows, book: _Book) -> Rows:
    """The rows with the last day of each month where its name stands."""
    cells = [list(row) for row in rows.cells]
    cells[book.head][book.date] = "date" if cells[book.head][book.date].isascii() else "日期"
    for row in cells[book.head + 1 :]:
        if day := month_end(_cell(row, book.date)):
            row[book.date] = day
    return replace(rows, cells=cells)


def _kind(cell: str) -> str:
    """What a column of that title holds: taken, other, paid, total, either (takings or their sum), or nothing of it."""
    title, known = folded(cell), _own_titles()
    if title in known:
        return known[title]
    sides = {m.name for m in meanings(cell)} & {"in", "out"}
    if not sides:
        return ""
    if any(word in title for word, kind in known.items() if kind == "other" and len(word) >= _WORD
           and not word.isascii()):
        return "other"
    return "taken" if sides == {"in"} else "paid" if sides == {"out"} else ""


@cache
def _own_titles() -> Mapping[str, str]:
    rows = table("reading/book_columns.tsv", ("kind", "words"))
    return {folded(word): row["kind"] for row in rows for word in row["words"].split("|")}


def _parted(rows: Rows, book: _Book, figures: Mapping[int, Sequence[int]]) -> Rows:
    """The rows, each figure on a line of its own, with its title where the line's kind is told."""
    titles = rows.cells[book.head]
    english = titles[book.date].isascii()
    width = max(map(len, rows.cells[book.head :]))
    made: list[tuple[int, list[str]]] = []
    for i, row in enumerate(rows.cells):
        bare = ["" if k in book.money else _cell(row, k) for k in range(width)]
        if i < book.head:
            made.append((i, list(row)))
        elif i == book.head:
            made.append((i, [*bare, *_TITLES[english]]))
        elif any(map(side_row, row)):
            sums = [sum(figures[k][i] for k in side) for side in (book.taken, book.paid)]
            made.append((i, [*bare, *(to_text(value, 2) if value else "" for value in sums), "", ""]))
        else:
            made += ((i, line) for line in _lines(row, bare, book, titles, english=english))
    at = [i for i, _ in made]
    return replace(
        rows, cells=[cells for _, cells in made], page=[rows.page[i] for i in at], line=[rows.line[i] for i in at],
        box=None if rows.box is None else rows.box[at],
    )


def _lines(
    row: Sequence[str], bare: list[str], book: _Book, titles: Sequence[str], *, english: bool
) -> Iterator[list[str]]:
    """The lines of one row, whether or not its day can be read; what it says of the balance stands with the last."""
    filled = [k for k in (*book.taken, *book.paid) if any(ch in "123456789" for ch in _cell(row, k))]
    balances = {k for k, title in enumerate(titles) if {m.name for m in meanings(title)} & {"balance"}}
    for k in filled:
        first = bare if k == filled[-1] else ["" if at in balances else cell for at, cell in enumerate(bare)]
        sides = [row[k], ""] if k in book.taken else ["", row[k]]
        called = (_TAKINGS[english] if k in book.taken else titles[k]) if k in book.named else ""
        yield [*first, *sides, called, titles[k]]
    if not filled and not any(any(map(str.isdigit, _cell(row, k))) for k in (*book.other, *book.total)):
        yield [*bare, "", "", "", ""]


def _elsewhere(rows: Rows, book: _Book, days: Sequence[int], figures: Mapping[int, Sequence[int]]) -> str:
    """What other accounts took, each with its sum."""
    titles = rows.cells[book.head]
    sums = ((titles[k].strip(), sum(figures[k][i] for i in days)) for k in book.other)
    return ", ".join(f"{title} {to_text(value, 2)}" for title, value in sums if value)


def _uneven(
    rows: Rows, book: _Book, days: Sequence[int], figures: Mapping[int, Sequence[int]], name: str
) -> Iterator[Finding]:
    """Printed sums that are not what they are on most days: of takings, of payments, or what is left of takings."""
    for k in book.total:
        shown = [i for i in days if figures[k][i]]
        every, taken, paid = ({i: sum(figures[c][i] for c in columns) for i in shown}
                              for columns in ([*book.taken, *book.other], book.taken, book.paid))
        left = ({i: came[i] - paid[i] for i in shown} for came in (every, taken))
        apart, way = min((([i for i in shown if way[i] != figures[k][i]], way) for way in (every, taken, paid, *left)),
                         key=lambda pair: len(pair[0]))
        if apart:
            i = apart[0]
            yield Finding("takings_total", "serious", Source(name, rows.page[i], rows.line[i]), {
                "title": rows.cells[book.head][k].strip(), "count": len(apart),
                "sum": to_text(way[i], 2), "total": to_text(figures[k][i], 2)})


def _is_money(rows: Rows, number: int, days: Sequence[int]) -> bool:
    """Whether a column's cells on *days* are figures, as far as they are filled."""
    cells = [cell for i in days if (cell := _cell(rows.cells[i], number).strip())]
    return sum(amounts(cells).present) >= _MOST * len(cells)


def _minor(rows: Rows, number: int) -> list[int]:
    """A column's figures, minor units; nothing where none stands."""
    found = amounts(column(rows.cells, number))
    return [int(value) if there else 0 for value, there in zip(found.minor, found.present, strict=True)]


def _cell(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""
