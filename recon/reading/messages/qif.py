"""QIF: one letter a line, ``^`` after each entry; the order of day and month is decided over all dates of the file."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from recon.core.money import to_text
from recon.evidence.text import decode
from recon.reading.messages.statement import Notes, Row, Statement, amount, day, decimal_mark, money, place, reading
from recon.reading.result import Kind, Reading

_KIND = {"bank": "bank", "cash": "cashbook", "ccard": "card", "oth a": "bank", "oth l": "bank", "invst": "securities",
         "port": "securities"}
_OPENING = re.compile("opening balance|期初余额|anfangssaldo|solde initial|saldo inicial|beginsaldo", re.IGNORECASE)
_HEAD = re.compile(r"\s*!(type|account|option|clear)\b", re.IGNORECASE)
#: Places of year, month and day among a date's three numbers.
_ORDERS = {"month_first": (2, 0, 1), "day_first": (2, 1, 0), "year_first": (0, 1, 2)}
#: Two-digit years: 70 to 99 are of the last century.
_PIVOT = 70


@dataclass(slots=True)
class _Record:
    """One entry's lines as (letter, text), and where it starts."""

    line: int
    pairs: list[tuple[str, str]] = field(default_factory=list)

    def one(self, letter: str) -> str:
        return next((text for key, text in self.pairs if key == letter and text), "")


@dataclass(slots=True)
class _Section:
    """The records under one ``!Type:`` of one account."""

    kind: str
    account: str
    line: int
    records: list[_Record] = field(default_factory=list)


def looks_like(data: bytes) -> bool:
    """Whether the first line with text is a QIF head, or the file is QIF entries without one."""
    lines = [line.strip() for line in decode(data[:1 << 14]).text.splitlines() if line.strip()]
    bare = bool(lines) and re.match(r"D[0-9 ]{1,4}[/.\-'][0-9 ]", lines[0]) is not None
    return bool(lines) and (_HEAD.match(lines[0]) is not None or (bare and "^" in lines))


def read(data: bytes, name: str) -> Reading:
    """The entries of a QIF file's bank, cash and card accounts; see :class:`recon.reading.result.Reading`.

    QIF prints no balances, so a file is *unprovable* at best.
    """
    notes = Notes(name)
    sections = _sections(decode(data).text, notes)
    records = [record for section in sections for record in section.records]
    mark = decimal_mark(text for record in records for letter, text in record.pairs if letter in "TU$")
    order = _order([record.one("D") for record in records], notes)
    statements = [_statement(section, order, mark, notes) for section in sections]
    kinds = {section.kind for section in sections}
    kind: Kind = "card" if kinds == {"card"} else "cashbook" if kinds == {"cashbook"} else "bank"
    return reading(data, kind, statements, notes)


def _sections(text: str, notes: Notes) -> list[_Section]:
    """Accounts with their entries; lists of categories and the like hold none, and securities are put on record."""
    found: list[_Section] = []
    kind, account, section, record = "bank", "", None, _Record(0)
    for number, line in _lines(text):
        if _HEAD.match(line):
            word, _, name = line.strip()[1:].partition(":")
            kind = "account" if word.lower() == "account" else _KIND.get(name.strip().lower(), "list") \
                if word.lower() == "type" else kind
            section, record = None, _Record(0)
        elif line.strip() == "^":
            section = _keep(found, section, kind, account, record, notes)
            account = record.one("N") if kind == "account" else account
            record = _Record(0)
        else:
            record.line = record.line or number
            record.pairs.append((line.strip()[0], line.strip()[1:].strip()))
    _keep(found, section, kind, account, record, notes)
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(re.split(r"\r\n?|\n", text), 1):
        if line.strip():
            yield number, line


def _keep(found: list[_Section], section: _Section | None, kind: str, account: str, record: _Record,
          notes: Notes) -> _Section | None:
    """File *record* under its section, opening one where there is none; entries of securities are only counted."""
    if not record.pairs or kind in {"account", "list"}:
        return section
    if kind == "securities":
        notes.say("qif_securities_left_out", record.line)
        return section
    if section is None:
        section = _Section(kind, account, record.line)
        found.append(section)
    section.records.append(record)
    return section


def _numbers(text: str) -> tuple[int, int, int] | None:
    """The three numbers of a date such as ``1/15'04``, ``15.01.2004`` or ``2004-01-15``."""
    found = re.fullmatch(r"([0-9]{1,4})\s*[/.\-']\s*([0-9]{1,2})\s*[/.\-']\s*([0-9]{1,4})", text.strip())
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def _dated(text: str, order: str) -> tuple[np.datetime64, bool] | None:
    numbers = _numbers(text)
    if not numbers:
        return None
    year, month, number = (numbers[at] for at in _ORDERS[order])
    if year < 100:  # noqa: PLR2004 two digits
        year += 2000 if "'" in text or year < _PIVOT else 1900
    return day(year, month, number)


def _order(dates: list[str], notes: Notes) -> str:
    """The one order in which every date exists; between two, the one in which the entries run on in time.

    Points between the numbers are European and mean day first. Where nothing decides, month first (the format is
    American), with a doubt on record.
    """
    dates = [text for text in dates if _numbers(text)]
    read_as = {order: [_dated(text, order) for text in dates] for order in _ORDERS}
    fits = {order: sum(bool(one and one[1]) for one in found) for order, found in read_as.items()}
    best = [order for order in _ORDERS if fits[order] == max(fits.values(), default=0)]
    if len(best) == 1 or not dates:
        return best[0]
    if all("." in text for text in dates) and "day_first" in best:
        return "day_first"
    runs = [order for order in best if _runs_on([one[0] for one in read_as[order] if one])]
    if len(runs) == 1:
        notes.say("qif_order_by_time", severity="info", order=runs[0])
        return runs[0]
    if len({tuple(str(one) for one in read_as[order]) for order in best}) > 1:
        notes.doubt("qif_order_unknown", printed=dates[0], used=best[0])
    return best[0]


def _runs_on(dates: list[np.datetime64]) -> bool:
    pairs = list(itertools.pairwise(dates))
    return all(a <= b for a, b in pairs) or all(a >= b for a, b in pairs)


def _statement(section: _Section, order: str, mark: str, notes: Notes) -> Statement:
    statement = Statement(section.account, line=section.line)
    for at, record in enumerate(section.records):
        printed = record.one("T") or record.one("U")
        value = money(printed, "", record.line, notes, mark)
        if value is not None and at == 0 and _OPENING.match(record.one("P")):
            statement.opening = value
            notes.say("qif_opening_entry", record.line, "info", amount=to_text(value))
            continue
        when = place(_dated(record.one("D"), order), None, record.one("D"), record.line, notes)
        if value is not None and when is not None:
            _question_splits(record, value, mark, notes)
            statement.rows.append(Row(when, value, record.line, text=_text(record)))
    return statement


def _question_splits(record: _Record, value: int, mark: str, notes: Notes) -> None:
    """Splits that do not add up to their entry are put on record."""
    texts = [text for letter, text in record.pairs if letter == "$"]
    try:
        total = sum(amount(text, 2, mark)[0] for text in texts)
    except ValueError:
        total = None
    if texts and total != value:
        printed = "—" if total is None else to_text(total)
        notes.doubt("qif_splits_differ", record.line, amount=to_text(value), splits=printed)


def _text(record: _Record) -> dict[str, str]:
    label = record.one("L")
    splits = [f"{text}" if letter in "SE" else f"({text})" for letter, text in record.pairs if letter in "SE$" and text]
    parts = dict.fromkeys(filter(None, (record.one("M"), label, " ".join(splits))))
    return {
        "counterparty": record.one("P"),
        "description": " · ".join(parts) or record.one("P"),
        "order": record.one("N"),
        "remark": " ".join(text for letter, text in record.pairs if letter == "A" and text),
    }
