"""A long PDF of one table whose balances close is read many pages at once; anything less plain is read line by line.

The first pages are read line by line, which settles what the columns mean and where they stand. All pages are then
cut at once. Rows that are plain (a day, an amount, no word for a total) are kept as columns; of the rest the reader of
tables sees every line with the rows around it. A result is given only where the first pages come out word for word as
they do line by line, nothing is left over, and the whole chain of balances closes.
"""

from array import array
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath

import numpy as np

from recon.core.money import decimals
from recon.evidence.disk import Contents
from recon.evidence.imprint import Imprint
from recon.evidence.pdf import pages_of
from recon.evidence.pdfium import Document, Words, give_back, opened
from recon.evidence.uprights import uprights
from recon.reading.dates import Dates
from recon.reading.pages.cut import cut
from recon.reading.pages.doubt import Shown
from recon.reading.pages.frames import Frame, frames_of
from recon.reading.pages.layout import rows_in
from recon.reading.pages.lines import Line, lines_of
from recon.reading.pages.plain import Head
from recon.reading.pages.rules import Drawn
from recon.reading.pages.store import Store
from recon.reading.pages.tamper import pages_seen
from recon.reading.tables.accounts import Body
from recon.reading.tables.columns import Rows, segments
from recon.reading.tables.days import named_end
from recon.reading.tables.facts import Facts
from recon.reading.tables.fields import currencies_of, days_of, groups_of
from recon.reading.tables.kind import Kindred
from recon.reading.tables.parts import Part
from recon.reading.tables.signs import Table
from recon.reading.tables.table import Tables, closing, divided, headed
from recon.reading.vocabulary import direction, list_sign

#: Pages that settle what the columns are; a file with no more of them is read line by line.
_HEAD = 2
#: How often all pages are read again where their lines move the columns that the first pages settled.
_TRIES = 3
#: Columns whose words the reader of lines has to weigh.
_WORDED = ("status", "method", "card")
_Framed = list[tuple[Frame | None, list[Line], list[Line]]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of the table: where its header and its columns stand, what they mean, and the first pages."""

    frame: Frame
    first: tuple[int, int, int]
    part: Part
    what: Kindred
    framed: _Framed


def read(source: Contents, name: str, password: str | None) -> tuple[Tables, Shown] | None:
    """The one plain table of a long PDF with its balances closing, and what its pages show besides; or None.

    Raises:
        ReconError: as :func:`recon.evidence.pdf.pages`.
    """
    with opened(source, name, password) as document:
        if document.count <= _HEAD:
            return None
        plan = _plan(document.words(1, _HEAD + 1), name, partial(uprights, document))
        for _ in range(_TRIES):
            if plan is None:
                return None
            seen = Imprint(document, pages_seen())
            document.watch = seen.look
            store = _gathered(document, plan)
            if store is None:
                return None
            store.shown.imprint = seen.program, seen.pieces
            bounds = plan.frame.bounded(store.covered())
            later = _understood(store.seen(), plan, name)
            if later is None:
                return None
            if store.stands(bounds) and _same(later.part, plan.part):
                break
            plan.frame.bounds = bounds
            plan = later
        else:
            return None
    return _judged(store, later, name) if store.agrees(rows_in(plan.framed)) else None


def _plan(found: Words, name: str, drawn: Drawn) -> Plan | None:
    """What the first pages settle, None where they hold anything but one table with a header."""
    framed: _Framed = frames_of([line for page in pages_of(found) for line in lines_of(page)], drawn)
    frames = [(frame, taken) for frame, taken, _ in framed if frame is not None]
    if not frames or not frames[0][1] or any(frame is not frames[0][0] for frame, _ in frames):
        return None
    frame, taken = frames[0]
    place = taken[0].page, taken[0].number, len(taken)
    plan = Plan(frame, place, Part({}, [], [], Facts()), Kindred("bank"), framed)
    return _understood(rows_in(framed), plan, name)


def _understood(rows: Rows, plan: Plan, name: str) -> Plan | None:
    """*plan* with what the columns of *rows* mean, None where they are no one plain account of a bank."""
    found = segments(rows)
    if not found:
        return None
    what, parts = divided(rows, found, name)
    part = parts[0]
    plain = what.kind in {"bank", "cashbook"} and not set(_WORDED) & set(part.columns)
    if len(parts) > 1 or not plain or not part.columns.get("balance") or len(part.columns.get("counterparty", ())) > 1:
        return None
    if any(list_sign("title", title) for title in part.titles):
        return None
    part.rest = [i for i in part.rest if i < len(plan.frame.titles)]  # text lines stand behind the columns
    part.facts.end = part.facts.end or named_end(PurePath(name).stem)
    return replace(plan, part=part, what=what)


def _same(part: Part, other: Part) -> bool:
    return (part.columns, part.rest, part.comma) == (other.columns, other.rest, other.comma)


def _gathered(document: Document, plan: Plan) -> Store | None:
    """The lines of all pages, None where one is out of the way; some pages are let go before the next are read."""
    store = Store(plan.frame, plan.part)
    return store if all(map(partial(_taken, store, plan), document.chunks())) else None


def _taken(store: Store, plan: Plan, chunk: Words) -> bool:
    """Whether *store* could take over the lines of further pages."""
    if not len(chunk.start):
        return False
    found = cut(chunk, plan.frame.bounds)
    if store.head is None:
        page, number, size = plan.first
        at = np.flatnonzero((found.page == page) & (found.number == number)).tolist()
        if not at:
            return False
        cells = [tuple(found.cell[k].tolist()) for k in range(at[0], at[0] + size)]
        store.head = Head(cells, (float(found.left[at[0]]), float(found.right[at[0]])))
    return store.take(found, chunk)


def _judged(store: Store, plan: Plan, name: str) -> tuple[Tables, Shown] | None:
    """The account that the stored rows make, None where its balances do not close."""
    part, n = plan.part, len(store)
    unclear = part.joined or part.carried or part.dropped or part.unread or part.disputed or len(set(part.section)) != 1
    if unclear or store.plain_seen() != part.rows:
        return None
    sample = [store.seen().cells[i] for i in part.rows]
    dates = _dated(store, part)
    everything = np.arange(n)
    texts = store.texts(dates.time, everything)
    codes, signs = currencies_of(sample, part, plan.what), texts.get("direction")
    if dates.clamped or (codes[0] and decimals(codes[0]) != 2) or not all(map(direction, set(signs or ()))):  # noqa: PLR2004 decimals most have
        return None
    heading = headed(name, part)
    section, listed = (np.full(n, sign, np.int8) for sign in (part.section[0], list_sign("heading", heading)))
    table = Table(store.money(), signs, [], [], plan.what.kind, section, listed)
    groups = {next(iter(groups_of(sample, part, codes))): everything}
    page, line, box = store.places()
    every = Rows([], page, line, box, exact=False)
    part = replace(part, rows=array("i", range(n)))
    give_back()  # what reading took, before judging takes as much
    found = closing(Body(every, part, plan.what, name, table, groups, dates, texts, 2))
    give_back()
    return (found, store.all_shown()) if found else None


def _dated(store: Store, part: Part) -> Dates:
    """The day of each row, and its time where dates carry one."""
    printed, code = store.days()
    days = days_of(printed, part)
    return replace(days, day=days.day[code], time=days.time and [days.time[k] for k in code.tolist()])
