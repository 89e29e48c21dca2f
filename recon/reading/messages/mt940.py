"""MT940 and MT942: statements as SWIFT fields, wrapped, enveloped or in fragments, each proven by its balances."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from recon.evidence.text import decode
from recon.reading.messages.mt940_words import details
from recon.reading.messages.statement import Notes, Row, Statement, Total, day, money, place, reading
from recon.reading.result import Reading

_TAGS = "20|21|25P?|28C?|13D?|34F|60[FM]?|61|62[FM]?|64|65|86|90[CD]|NS"
_FIELD = re.compile(rf"\s?:({_TAGS}):(.*)", re.DOTALL)
_AT_SIGNS = re.compile(r"@@:(?:2[058]C?|6[012]F?|86):")
#: Gaps are bounded: an open-ended one beside an optional part would try every way to share out a long blank.
_BALANCE = re.compile(r"\s{0,4}([CD])\s{0,4}([0-9]{6})\s{0,4}([A-Z]{3})?\s{0,4}([0-9.,]+)\s{0,4}")
_DATED = (r"\s{0,4}(?P<value>[0-9]{6})\s{0,4}?(?P<entry>[0-9]{4})?\s{0,4}"
          r"(?P<mark>R[CD]|E?[CD])\s{0,4}(?P<funds>[A-Z])?\s{0,4}")
_ENTRY = re.compile(_DATED + r"(?P<amount>[0-9][0-9.,]*)(?P<type>[A-Za-z][A-Za-z0-9 ]{3})(?P<rest>.*)", re.DOTALL)
#: The same without a type, which then must have its decimals, so that no figure can be missing.
_BARE_ENTRY = re.compile(_DATED + r"(?P<amount>[0-9]+,[0-9]{2})(?P<type>)(?P<rest>(?:[^0-9].*)?)", re.DOTALL)
_TOTAL = re.compile(r"\s{0,4}([0-9]{0,5})\s{0,4}([A-Z]{3})\s{0,4}([0-9.,]+)\s{0,4}")
_IBAN = re.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
#: Years are written with two digits: 80 to 99 are of the last century.
_PIVOT = 80


@dataclass(slots=True)
class _Field:
    """One field: its tag, the line it starts on, and its lines as they stand."""

    tag: str
    line: int
    lines: list[str]

    @property
    def first(self) -> str:
        return self.lines[0].strip()


@dataclass(slots=True)
class _Entry:
    """A :61: with the :86: and :NS: fields that explain it."""

    line: int
    lines: list[str]
    words: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Message:
    """One statement's fields; *over* once its closing balance or its end mark has been seen."""

    line: int
    fields: dict[str, _Field] = field(default_factory=dict)
    entries: list[_Entry] = field(default_factory=list)
    closed: bool = False
    over: bool = False


def looks_like(data: bytes) -> bool:
    """Whether a line near the start is a field of an MT940 or MT942 message."""
    lines = _lines(decode(data[:1 << 14]).text)[:60]
    return any(_FIELD.match(_without_envelope(line)) for line in lines)


def read(data: bytes, name: str) -> Reading:
    """The entries of every statement in the file; see :class:`recon.reading.result.Reading`.

    A reversed credit (RC) is money out, a reversed debit (RD) money in.
    """
    notes = Notes(name)
    messages = [one for one in _messages(_fields(decode(data).text), notes) if _holds_something(one)]
    return reading(data, "bank", [_statement(one, notes) for one in messages], notes)


def _holds_something(message: _Message) -> bool:
    return bool(message.entries) or any(tag[:2] in {"25", "60", "62", "90"} for tag in message.fields)


def _lines(text: str) -> list[str]:
    """Lines without control characters; some banks' programs send ``@@`` for the end of a line."""
    text = text.replace("@@", "\n") if _AT_SIGNS.search(text) else text
    return [re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", line) for line in re.sub(r"\r+\n|\r", "\n", text).split("\n")]


def _without_envelope(line: str) -> str:
    """*line* without SWIFT's blocks in front, ``{1:F01…}{2:…}{4:``."""
    blocks = r"^\s*(?:\{[1235]:(?:[^{}]|\{[^{}]*\})*\})*\s*\{4:"
    return re.sub(blocks, "", line) if line.lstrip().startswith("{") else line


def _fields(text: str) -> Iterator[_Field]:
    """The file's fields in order; ``-`` stands for the end of a message, lines before the first field are left."""
    current: _Field | None = None
    pending = ""
    for number, raw in enumerate(_lines(text), 1):
        line = pending + _without_envelope(raw)
        pending = ":" if line.strip() == ":" else ""  # a tag torn behind its first colon
        if pending:
            continue
        found = _FIELD.match(line)
        if found and not _torn_time(current, found):
            if current:
                yield current
            current = _Field(found[1], number, [found[2]])
        elif re.match(r"-(\}|[A-Z]{0,3}$|\s*$)", line):
            if current:
                yield current
            current = _Field("-", number, [""])
        elif current:
            current.lines.append(line)
    if current:
        yield current


def _torn_time(current: _Field | None, found: re.Match[str]) -> bool:
    """Whether what looks like a field is the minutes of a time of day that was wrapped before its colon."""
    before = current.lines[-1] if current and current.tag in {"86", "61"} else ""
    return bool(re.search(r"(?<![0-9])[0-2][0-9]$", before) and re.match(r"[0-5][0-9](?![0-9])", found[2]))


def _messages(fields: Iterator[_Field], notes: Notes) -> Iterator[_Message]:
    """Fields sorted into statements; a field that would stand twice in one begins the next."""
    message: _Message | None = None
    for one in fields:
        if message is None or _begins(message, one):
            if message:
                yield message
            message = _next(message, one)
        _take(message, one, notes)
    if message:
        yield message


def _begins(message: _Message, one: _Field) -> bool:
    if one.tag == "20":
        return bool(message.fields or message.entries)
    if one.tag[:2] == "25":
        return ("25" in message.fields and not message.entries) or message.over
    if one.tag[:2] == "60":
        return "60" in message.fields
    return one.tag == "61" and message.over


def _next(before: _Message | None, one: _Field) -> _Message:
    """An opening balance without a head of its own is of the account before."""
    kept = {"25": before.fields["25"]} if before and one.tag[:2] == "60" and "25" in before.fields else {}
    return _Message(one.line, kept)


def _take(message: _Message, one: _Field, notes: Notes) -> None:
    key = one.tag if one.tag[:2] in {"90", "NS"} else one.tag[:2]
    if one.tag == "-":
        message.over = message.over or message.closed
    elif one.tag == "61":
        message.entries.append(_Entry(one.line, one.lines))
    elif one.tag in {"86", "NS"} and message.entries and not message.closed:
        entry = message.entries[-1]
        (entry.words if one.tag == "86" else entry.own).extend(one.lines)
    elif key in message.fields and key in {"25", "62"}:
        notes.doubt("mt940_field_out_of_place", one.line, tag=one.tag, printed=one.first[:40])
    else:
        message.fields.setdefault(key, one)
        message.closed = message.closed or one.tag[:2] in {"62", "90"}


def _statement(message: _Message, notes: Notes) -> Statement:
    account, currency, holder = _head(message)
    opening, start = _balance(message.fields.get("60"), currency, notes)
    closing, end = _balance(message.fields.get("62"), currency, notes)
    if "13" in message.fields and end is None:
        end = _only(_day(message.fields["13"].first[:6]))
    totals = tuple(filter(None, (_total(message.fields.get(tag), sign, currency, notes)
                                 for tag, sign in (("90C", 1), ("90D", -1)))))
    statement = Statement(account, currency, holder, "", opening, closing, [], totals, start, end, message.line)
    rows = (_row(entry, currency, end, notes) for entry in message.entries)
    statement.rows = [row for row in rows if row]
    return statement


def _head(message: _Message) -> tuple[str, str, str]:
    """Account number, currency (of a balance, the account field's end, the floor limit or a total) and holder."""
    account = "".join(message.fields["25"].lines).strip() if "25" in message.fields else ""
    said = (re.match(r"\s*[CD]\s*[0-9]{6}\s*([A-Z]{3})", message.fields[tag].first) for tag in ("60", "62")
            if tag in message.fields)
    tail = re.search(r"(?<=[0-9]|/)([A-Z]{3})$", account)
    extra = (re.match(r"[0-9]{0,5}([A-Z]{3})", message.fields[tag].first) for tag in ("34", "90C", "90D")
             if tag in message.fields)
    currency = next((found[1] for found in (*said, tail, *extra) if found), "")
    own = message.fields["NS"].lines if "NS" in message.fields else []
    holder = next((line[2:].strip() for line in own if line.startswith("22")), "")
    return account, currency, holder


def _balance(one: _Field | None, currency: str, notes: Notes) -> tuple[int | None, np.datetime64 | None]:
    """A balance, minor units, debit negative, and its day."""
    if one is None:
        return None, None
    found = _BALANCE.fullmatch("".join(one.lines).strip()) or _BALANCE.match(one.first)
    if not found:
        notes.doubt("mt940_balance_unreadable", one.line, tag=one.tag, printed=one.first[:40])
        return None, None
    value = money(found[4], currency, one.line, notes, ",")
    return (value if value is None or found[1] == "C" else -value), _only(_day(found[2]))


def _total(one: _Field | None, sign: int, currency: str, notes: Notes) -> Total | None:
    if one is None:
        return None
    found = _TOTAL.fullmatch(one.first)
    if not found:
        notes.doubt("mt940_balance_unreadable", one.line, tag=one.tag, printed=one.first[:40])
        return None
    value = money(found[3], currency, one.line, notes, ",")
    return Total(sign, int(found[1]) if found[1] else None, None if value is None else sign * value)


def _row(entry: _Entry, currency: str, end: np.datetime64 | None, notes: Notes) -> Row | None:
    found, more = _parse(entry.lines)
    if not found:
        notes.doubt("mt940_entry_unreadable", entry.line, printed=entry.lines[0].strip()[:60])
        return None
    value = money(found["amount"], currency, entry.line, notes, ",")
    printed = found["value"] + (found["entry"] or "")
    when = place(_booked(found), end, printed, entry.line, notes)
    if value is None or when is None:
        return None
    if found["mark"][0] == "E":
        notes.say("statement_entry_pending", entry.line, status=found["mark"])
    negative = found["mark"] in {"D", "RC", "ED"}
    return Row(when, -value if negative else value, entry.line, booked=found["mark"][0] != "E",
               text=_text(entry, found, more))


def _parse(lines: list[str]) -> tuple[re.Match[str] | None, list[str]]:
    """The entry's parts and the lines that are left as its supplement; an entry may be wrapped anywhere."""
    for taken in (1, 2):
        found = _ENTRY.fullmatch("".join(line.strip() for line in lines[:taken]))
        if found:
            return found, lines[taken:]
    return _BARE_ENTRY.fullmatch(lines[0].strip()), lines[1:]


def _booked(found: re.Match[str]) -> tuple[np.datetime64, bool] | None:
    """The entry date, in the year that brings it nearest to the value date; the value date where there is none."""
    value = _day(found["value"])
    if not found["entry"] or not value:
        return value
    year, month, number = int(str(value[0])[:4]), int(found["entry"][:2]), int(found["entry"][2:])
    near = [one for one in (day(year + step, month, number) for step in (0, -1, 1)) if one]
    return min(near, key=lambda one: abs(int((one[0] - value[0]).astype(int))), default=value)


def _day(text: str) -> tuple[np.datetime64, bool] | None:
    if not re.fullmatch("[0-9]{6}", text):
        return None
    year, month, number = int(text[:2]), int(text[2:4]), int(text[4:])
    return day(year + (1900 if year >= _PIVOT else 2000), month, number)


def _only(found: tuple[np.datetime64, bool] | None) -> np.datetime64 | None:
    return found[0] if found else None


def _text(entry: _Entry, found: re.Match[str], more: list[str]) -> dict[str, str]:
    """The entry's words: its references, its supplement, and what :86: and :NS: say."""
    customer, _, bank = found["rest"].strip().partition("//")
    text = details(entry.words, entry.own)
    text["type"] = text["type"] or found["type"].strip()
    if _IBAN.fullmatch(customer.strip()):  # some banks print the other side's account for a reference
        text["counterparty_account"] = text["counterparty_account"] or customer.strip()
        customer = ""
    order, beyond = customer[:16].strip(), customer[16:].strip()
    text["order"] = next((ref for ref in (order, bank.strip()) if ref not in {"", "NONREF"}), "")
    supplement = " ".join(" ".join([beyond, *more]).split())
    if _IBAN.fullmatch(supplement) and not text["counterparty_account"]:
        text["counterparty_account"] = supplement
    elif not text["description"]:
        text["description"] = supplement
    elif supplement not in text["description"]:
        text["remark"] = supplement
    return text
