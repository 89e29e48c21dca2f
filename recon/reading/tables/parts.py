"""The rows of a file's tables sorted into lines, what goes on with them, and text, and put together by account."""

import datetime as dt
import re
from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from recon.core.money import decimals
from recon.reading.dates import dates, month_first, see
from recon.reading.numbers import amounts, decimal_comma, open_mark
from recon.reading.result import NOTHING
from recon.reading.scale import FINEST
from recon.reading.tables.columns import Rows, Segment, column
from recon.reading.tables.days import printed_days
from recon.reading.tables.facts import Facts, figure, gather, labelled, merged, shared
from recon.reading.tables.kind import Kindred
from recon.reading.tables.own import heading_number, only_iban
from recon.reading.tables.sides import sides_of, unbooked
from recon.reading.tables.signs import heading_sign
from recon.reading.vocabulary import closed, continued, currency, foreign, pending

#: Columns of money, and rows of each that are looked at for how it is written.
MONEY = ("amount", "in", "out", "balance")
SAMPLE = 2000
#: A day in figures, its year last.
_DAY = re.compile(r"(?<![\d./-])\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?![\d./-])")
#: Lines that show whether each prints a balance.
_LINES = 3
#: Cells that a line has at least: a day, words, an amount and a balance.
_CELLS = 4
#: Figures in money columns that make a row look like a line.
_FIGURES = 2


@dataclass(slots=True)
class Part:
    """Lines of tables with the same columns under the same account, as printed; money of facts in thousandths.

    *daily* are rows that print a day's balance, by the line that they close; *told* are rows that print ends or totals
    in the table's own columns: their labels tell no further facts; *disputed* print another balance at an end than the
    text around the table does; *month_first* is what the whole file tells of its
    dates.
    """

    columns: dict[str, list[int]]
    rest: list[int]
    titles: list[str]
    facts: Facts
    rows: MutableSequence[int] = field(default_factory=list)
    carried: dict[int, int] = field(default_factory=dict)
    named: bool = True
    totals: list[tuple[int, int]] = field(default_factory=list)
    totalled: list[int] = field(default_factory=list)
    joined: dict[int, list[int]] = field(default_factory=dict)
    daily: dict[int, int] = field(default_factory=dict)
    section: list[int] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    pending: list[int] = field(default_factory=list)
    told: set[int] = field(default_factory=set)
    disputed: list[int] = field(default_factory=list)
    ends: list[tuple[str, int, int]] = field(default_factory=list)
    comma: bool | None = None
    month_first: bool | None = None


def parts_of(rows: Rows, found: Sequence[Segment], what: Kindred, comma: bool | None = None) -> list[Part]:  # noqa: FBT001 None is a third answer
    """Tables of the same columns and the same account put together; *comma* settles figures that leave it open."""
    parts: list[Part] = []
    facts, comma = Facts(), _comma(rows, found) if comma is None else comma
    trailing: list[tuple[int, Sequence[str]]] = []
    for segment in found:
        above = gather([*trailing, *((i, rows.cells[i]) for i in segment.above)], comma=comma or False)
        above.account = above.account or heading_number(above.text) or (only_iban(above.text) if not parts else "")
        other = _differs(above.account, facts.account) or _differs(above.currency, facts.currency)
        if other or not parts or not _alike(parts[-1].columns, segment.columns):
            facts = merged(shared(facts, above) if other else facts, above)
            parts.append(Part(segment.columns, segment.rest, segment.titles, facts, named=segment.named, comma=comma))
        else:
            parts[-1].facts.update(above)
        below = _collect(rows, segment, parts[-1], " ".join(above.text[-3:]), what)
        if segment is found[-1]:  # a table that no header names ends with its last line
            below += list(enumerate(rows.cells[segment.stop :], segment.stop))
        parts[-1].unread += segment.unread
        trailing = _of_the_next(below, parts[-1]) if segment is not found[-1] else []
        told = {*parts[-1].told, *(number for number, _ in trailing)}
        parts[-1].facts.update(gather([row for row in below if row[0] not in told], comma=comma or False))
    order = _month_first(rows, found)
    for part in parts:
        part.month_first = order
        part.facts.holder = part.facts.holder or _named(rows, part)
        _ends(part)
    if parts and not any(part.facts.account for part in parts):
        parts[-1].facts.account = only_iban([" ".join(row) for _, row in below])
    return parts


def _named(rows: Rows, part: Part) -> str:
    """Whose account it is where a column says so, the same in every line."""
    lines = [rows.cells[i] for i in part.rows]
    names = {cell.strip() for i in part.columns.get("holder", ())[:1] for cell in column(lines, i)}
    return names.pop() if len(names) == 1 else ""


def _month_first(rows: Rows, found: Sequence[Segment]) -> bool | None:
    """Whether the file writes the month before the day, by all its tables and the text above them; None if open."""
    cells = [cell for s in found for i in s.columns["date"]
             for cell in column(rows.cells[s.first : min(s.stop, s.first + SAMPLE)], i)]
    above = (cell for s in found for i in s.above for cell in rows.cells[i])
    return month_first([*cells, *(day for cell in above for day in _DAY.findall(cell))])


def _alike(one: dict[str, list[int]], other: dict[str, list[int]]) -> bool:
    """Whether two tables have their days, their money and what signs it in the same columns."""
    return all(one.get(name) == other.get(name) for name in ("date", "direction", "account", "currency", *MONEY))


def _comma(rows: Rows, found: Sequence[Segment]) -> bool | None:
    """Whether the money columns of all tables write their decimals after a comma; None where nothing tells."""
    cells = [cell for s in found for name in MONEY for i in s.columns.get(name, ())
             for cell in column(rows.cells[s.first : min(s.stop, s.first + SAMPLE)], i)]
    own = decimal_comma(cells)
    mark = "" if own is not None else open_mark(cells)
    return mark == "." if mark and _parts_thousands(rows, found[0]) else own


def _parts_thousands(rows: Rows, segment: Segment) -> bool:
    """Whether three digits behind a mark are thousands: by the currency, or where none is named, by the language."""
    column_ = [cell for i in segment.columns.get("currency", ()) for cell in column(rows.cells[segment.first :][:1], i)]
    named = [word for text in (*segment.titles, *column_) for word in re.findall(r"[A-Z]{3}\b", text)]
    code = next(filter(None, map(currency, named)), "") or gather([(i, rows.cells[i]) for i in segment.above]).currency
    return decimals(code) < FINEST if code else foreign(segment.titles)


def _opens(facts: Facts, *, told: bool) -> bool:
    """Whether a row of text speaks of the table that follows: an account, a currency, an opening balance.

    An opening balance *told* in the columns of the table above may be that table's own.
    """
    return bool(facts.account or facts.currency or (not told and "opening" in facts.money))


def _differs(new: str, old: str) -> bool:
    return bool(new and old) and new != old


def _of_the_next(below: Sequence[tuple[int, Sequence[str]]], part: Part) -> list[tuple[int, Sequence[str]]]:
    """The rows of text *below* a table that speak of the one that follows; none of them closes this one."""
    opening = (k for k, row in enumerate(below) if _opens(gather([row]), told=row[0] in part.told)
               or heading_number([" ".join(filter(None, row[1]))]))
    start = next(opening, len(below))
    after = below[start][0] if start < len(below) else None
    if after is not None:
        part.ends = [end for end in part.ends if end[1] < after]
    return list(below[start:])


def _collect(rows: Rows, segment: Segment, part: Part, heading: str, what: Kindred) -> list[tuple[int, Sequence[str]]]:
    """Sort a table's rows into lines, continuations, and text; the text below its last line is returned."""
    body = rows.cells[segment.first : segment.stop]
    dated = np.zeros(len(body), bool)
    for i in segment.columns["date"]:
        dated |= ~np.isnat(dates(column(body, i), dt.date(2000, 12, 31)).day)
    names = ("in", "out", "amount", "balance")
    came, went, signed, balance = (_filled(body, segment, name, part) for name in names)
    moved = came | went | signed
    sides = sides_of(body, segment, dated & moved)
    open_ = dated & moved & ~balance
    waiting = unbooked(body, segment, what, pending()) & open_
    if (waiting | balance | ~(dated & moved)).all():
        sides[waiting] = "pending"
    sides[unbooked(body, segment, what, closed()) & open_] = "pending"
    if not dated.all():
        # a movement goes one way, and prints a balance where all others do
        both = _filled(body, segment, "in", part, 1) & _filled(body, segment, "out", part, 1)
        always = bool((dated & moved).sum() >= _LINES and (balance | ~(dated & moved)).all())
        damaged = np.array([any(map(str.isdigit, _day_in(row, segment))) for row in body])
        sides[~dated & ~damaged & (sides == "") & (both | (moved & ~balance & always))] = "total"
    sign = heading_sign(heading)
    if (dated & moved & (sides == "")).all():
        part.rows += range(segment.first, segment.stop)
        part.section += [sign] * len(body)
        return []
    if what.kind == "card" and segment.columns.get("in"):
        moved |= dated & (sides == "")  # a card's dated row without an amount moves nothing, but it is a row
    sides[_of_the_day(body, segment, dated & ~moved & balance & (sides == ""))] = "day"
    return _sorted(body, segment, part, dated, moved, sides, sign)


def _of_the_day(body: Sequence[Sequence[str]], segment: Segment, alone: npt.NDArray[np.bool_]) -> list[int]:
    """Rows with a balance *alone* right below lines of the same date that print none: the day's balance."""
    dates, balances = segment.columns["date"][0], segment.columns.get("balance", [])[:1]
    found = []
    for k in np.flatnonzero(alone[1:]).tolist():
        above, row = body[k], body[k + 1]
        blank = all(i >= len(above) or not above[i].strip() for i in balances)
        if blank and dates < len(above) and dates < len(row) and above[dates].strip() == row[dates].strip():
            found.append(k + 1)
    return found


def _sorted(
    body: Sequence[Sequence[str]],
    segment: Segment,
    part: Part,
    dated: npt.NDArray[np.bool_],
    moved: npt.NDArray[np.bool_],
    sides: npt.NDArray[np.str_],
    sign: int,
) -> list[tuple[int, Sequence[str]]]:
    """The same row by row, where some are no plain lines: a row is a line, goes on with one, or is text."""
    text: list[tuple[int, Sequence[str]]] = []
    waiting: int | None = None
    last = part.rows[-1] if part.rows else None  # a date is carried over the header of a new page too
    for i, row in enumerate(body, segment.first):
        k = i - segment.first
        if sides[k]:
            _side(part, str(sides[k]), row, segment, i)
            text.append((i, row))
        elif moved[k] and (dated[k] or ((waiting, last) != (None, None) and _belongs(row, segment))):
            if not dated[k]:
                _carry(part, i, waiting, last)
            elif waiting is not None and _goes_on(body, k, waiting, segment):
                _take_up(part, i, waiting)
            last, waiting = i, None
            part.rows.append(i)
            part.section.append(sign)
        elif last is not None and (
            _goes_on(body, k, last, segment) if dated[k] else _continues(row, segment, i, last, part)
        ):
            part.joined.setdefault(last, []).append(i)
        elif dated[k]:
            waiting = i
            part.dropped.append(i)
            if _like_a_line(row, segment):
                part.unread.append(i)
        else:
            sign = heading_sign(" ".join(cell for cell in row if cell.strip())) or sign
            text.append((i, row))
            torn = moved[k] and waiting == i - 1  # below a day without money: perhaps the rest of its line
            damaged = _like_a_line(row, segment) or (moved[k] and any(map(str.isdigit, _day_in(row, segment))))
            below = len(text) > 1 and text[-2][0] == i - 1 and sum(labelled([cell]) for cell in text[-2][1]) >= _LINES
            if torn or (damaged and not labelled(row) and not below) or _astray(row, len(segment.titles)):
                part.unread.append(i)
    end = max((n for n in (last, waiting) if n is not None), default=-1)
    untold = [row for row in text if row[0] < end and row[0] not in part.told]
    part.facts.update(gather(untold, comma=part.comma or False))
    return [row for row in text if row[0] > end]


def _goes_on(body: Sequence[Sequence[str]], k: int, last: int, segment: Segment) -> bool:
    """Whether row *k* stands right below the *last*, of the same date, and one of them says that they are one line."""
    if last != segment.first + k - 1 or not k:
        return False
    before, row, dated = body[k - 1], body[k], segment.columns["date"][0]
    first, second = (
        next((cell.strip() for i, cell in enumerate(each) if i != dated and any(map(str.isalpha, cell))), "")
        for each in (before, row)
    )
    told = continued().match(second) or any(m.end() == len(first) for m in continued().finditer(first))
    return bool(told) and row[dated].strip() == before[dated].strip()


def _carry(part: Part, number: int, waiting: int | None, last: int | None) -> None:
    """An undated line belongs to the dated row above that has no amount, or shares the date of the line above."""
    if waiting is not None:
        _take_up(part, number, waiting)
        part.carried[number] = waiting
    elif last is not None:
        part.carried[number] = part.carried.get(last, last)


def _take_up(part: Part, number: int, waiting: int) -> None:
    """The dated row above without an amount is the beginning of this line."""
    part.joined[number] = [waiting]
    part.dropped.remove(waiting)
    part.unread = [i for i in part.unread if i != waiting]


def _day_in(row: Sequence[str], segment: Segment) -> str:
    """What stands where a row's dates would."""
    return " ".join(row[i] for i in segment.columns["date"] if i < len(row))


def _like_a_line(row: Sequence[str], segment: Segment) -> bool:
    """Whether a row that was not read has figures in two money columns: a line with a damaged date or amount."""
    cells = [
        row[i] for name in ("amount", "in", "out", "balance") for i in segment.columns.get(name, ()) if i < len(row)
    ]
    return sum(any(ch.isdigit() for ch in cell) for cell in cells) >= _FIGURES


def _astray(row: Sequence[str], width: int) -> bool:
    """Whether a line of the page stands beside the table's columns, dated and with two figures: it was cut amiss."""
    beside = [cell for cell in row[width:] if cell]
    if any(row[:width]) or len(beside) < _CELLS or not any(map(see, beside)):
        return False
    return sum(bool(amounts([cell]).present[0]) for cell in beside if not see(cell)) >= _FIGURES


def _filled(
    body: Sequence[Sequence[str]], segment: Segment, name: str, part: Part, least: int = 0
) -> npt.NDArray[np.bool_]:
    """Rows with an amount, of *least* minor units or more either way, in a column of that *name*."""
    found = np.zeros(len(body), bool)
    for i in segment.columns.get(name, ()):
        cells = column(body, i)
        own = decimal_comma(cells[:SAMPLE])
        parsed = amounts(cells, comma=(part.comma if own is None else own) or False)
        found |= parsed.present & (np.abs(np.where(parsed.present, parsed.minor, 0)) >= least)
    return found


def _side(part: Part, kind: str, row: Sequence[str], segment: Segment, number: int) -> None:
    """Take over what a row that is no transaction prints in the table's own columns."""

    def printed(name: str) -> int | None:
        for i in segment.columns.get(name, ()):
            cell = row[i] if i < len(row) else ""
            minor = figure(cell, comma=part.comma or False)
            if minor != NOTHING:
                return minor
        return None

    if kind == "pending":
        part.pending.append(number)
        return
    if kind == "day":
        part.daily |= {line: number for line in part.rows[-1:] if line == number - 1}
        return
    days = printed_days(" ".join(row))
    part.facts.end = max([*days, *filter(None, [part.facts.end])], default=None)
    if kind == "total":
        came, went = printed("in"), printed("out")
        if came is not None or went is not None:
            part.totals.append((came or 0, abs(went or 0)))
            part.totalled.append(number)
            part.told.add(number)
        return
    codes = (currency(row[i]) for i in segment.columns.get("currency", ()) if i < len(row))
    part.facts.currency = next(filter(None, codes), part.facts.currency)
    value = next((v for name in ("balance", "in", "amount") if (v := printed(name)) is not None), None)
    if value is None and (other := printed("out")) is not None:
        value = other if kind == "closing" and other > 0 else -abs(other)  # a book closes on its shorter side
    if value is not None:
        part.ends.append((kind, number, value))
        part.told.add(number)


def _ends(part: Part) -> None:
    """Take over the balances printed before the first line and after the last; those between carry a page over."""
    lines = part.rows
    for said, number, value in part.ends:
        between = bool(lines) and lines[0] < number < lines[-1]
        # opened above its lines, a book is brought down below them into the next period
        down = bool(lines) and number > lines[-1] and part.facts.place.get("opening", number) < lines[0]
        kind = "closing" if down else said
        last = kind == said == "closing" and number > part.facts.place.get("closing", -1)
        inside = bool(lines) and lines[0] < part.facts.place.get(kind, -1) < lines[-1]
        if not between and not inside and part.facts.money.get(kind, value) != value:
            part.disputed.append(number)
        if not between and (last or kind not in part.facts.money):
            part.facts.money[kind] = value
            part.facts.place[kind] = number
    part.ends.clear()
    if len(part.totals) == 1 and lines and lines[0] < part.totalled[0] < lines[-1]:
        part.totals.clear()  # of a month or page that ended, with lines behind it: no total of all


def _belongs(row: Sequence[str], segment: Segment) -> bool:
    """Whether an undated row with an amount looks like a line: its date is left out and some text column is filled."""
    if any(i < len(row) and row[i].strip() for i in segment.columns["date"]):
        return False
    texts = [i for name in ("description", "type", "counterparty", "remark") for i in segment.columns.get(name, ())]
    return any(i < len(row) and row[i].strip() for i in [*texts, *segment.rest]) or not texts


def _continues(row: Sequence[str], segment: Segment, number: int, last: int, part: Part) -> bool:
    """Whether a row of text alone goes on with the line above: it stands right below, in a text column."""
    texts = {
        i for name in ("description", "type", "counterparty", "remark", "place") for i in segment.columns.get(name, ())
    }
    filled = [i for i, cell in enumerate(row) if cell.strip()]
    reach = last + 1 + len(part.joined.get(last, ()))
    below = bool(filled) and number == reach and all(i in texts for i in filled)
    if not below:
        return False
    facts = gather([(number, row)])
    return not (facts.account or facts.holder or facts.currency or facts.start or facts.money)
