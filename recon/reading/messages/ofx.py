"""OFX and QFX: SGML or XML, closed tags or not, in any order, read for what stands in them."""

import re
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from recon.core.money import decimals
from recon.evidence.text import decode
from recon.reading.messages.ofx_loan import loans
from recon.reading.messages.ofx_markup import pieces, stamped
from recon.reading.messages.statement import (
    Notes,
    Row,
    Statement,
    amount,
    decimal_mark,
    money,
    place,
    reading,
)
from recon.reading.result import NOTHING, Kind, Reading

#: How deep each aggregate that matters stands; opening one ends all that stand as deep or deeper, closed or not.
_LEVEL = {
    "SONRS": 1, "STMTTRNRS": 1, "CCSTMTTRNRS": 1, "INVSTMTTRNRS": 1, "ACCTINFO": 1, "SECLIST": 1,
    "STMTRS": 2, "CCSTMTRS": 2, "INVSTMTRS": 2, "STATUS": 2, "FI": 2,
    "BANKACCTFROM": 3, "CCACCTFROM": 3, "INVACCTFROM": 3, "BANKTRANLIST": 3, "INVTRANLIST": 3, "BANKTRANLISTP": 3,
    "LEDGERBAL": 3, "AVAILBAL": 3, "BALLIST": 3, "INVBAL": 3, "INVPOSLIST": 3, "INVOOLIST": 3, "INV401K": 3,
    "INV401KBAL": 3,
    "STMTTRN": 4, "STMTTRNP": 4, "INVTRAN": 4,
    "PAYEE": 5, "EXTDPAYEE": 5, "BANKACCTTO": 5, "CCACCTTO": 5, "CURRENCY": 5, "ORIGCURRENCY": 5, "IMAGEDATA": 5,
}
_STATEMENTS = {"STMTRS", "CCSTMTRS", "INVSTMTRS"}
_ACCOUNTS = {"BANKACCTFROM", "CCACCTFROM", "INVACCTFROM"}


@dataclass(slots=True)
class _Raw:
    """A statement's texts by tag, and its entries' texts by tag with the line each starts on."""

    kind: str
    line: int
    texts: dict[str, str] = field(default_factory=dict)
    entries: list[tuple[int, dict[str, str]]] = field(default_factory=list)


class _Gatherer:
    """Follows the tags of one file and gathers statements, forgiving all that is not closed or out of order."""

    def __init__(self) -> None:
        self.raws: list[_Raw] = []
        self.current: _Raw | None = None
        self.stack: list[str] = []
        self.bank = ""
        self.status: list[tuple[int, dict[str, str]]] = []
        self.securities = self.pending = 0

    def start(self, tag: str, line: int) -> None:
        while self.stack and _LEVEL[self.stack[-1]] >= _LEVEL[tag]:
            self.stack.pop()
        self.stack.append(tag)
        if _LEVEL[tag] == 1:
            self.current = None
        elif tag in _STATEMENTS:
            self._open(tag, line)
        elif tag == "STMTTRN":
            (self.current or self._open("STMTRS", line)).entries.append((line, {}))
        elif tag == "STATUS":
            self.status.append((line, {}))
        self.securities += tag == "INVTRAN"
        self.pending += tag == "STMTTRNP"

    def end(self, tag: str) -> None:
        if tag in self.stack:
            del self.stack[self.stack.index(tag):]
        if tag in _STATEMENTS:
            self.current = None

    def value(self, tag: str, text: str, line: int) -> None:
        inner = self.stack[-1] if self.stack else ""
        if inner == "STATUS":
            self.status[-1][1].setdefault(tag, text)
        elif inner == "FI":
            self.bank = self.bank or (text if tag == "ORG" else "")
        elif "STMTTRN" in self.stack and self.current:
            key = tag if inner == "STMTTRN" else f"{inner}.{tag}"
            self.current.entries[-1][1].setdefault(key, text)
        elif self.current and inner not in {"SONRS", "ACCTINFO", "SECLIST", "STMTTRNP", "INVTRAN"}:
            self._statement_value(inner, tag, text, line)

    def _statement_value(self, inner: str, tag: str, text: str, line: int) -> None:
        owner = "ACCOUNT" if inner in _ACCOUNTS else inner if inner.endswith("BAL") and tag != "CURDEF" else ""
        key = f"{owner}.{tag}" if owner else tag
        raw = self.current
        if raw and key == "ACCOUNT.ACCTID" and raw.texts.get(key, text) != text:  # a second account under one head
            kept = {name: raw.texts[name] for name in ("CURDEF",) if name in raw.texts}
            raw = self._open(raw.kind, line)
            raw.texts.update(kept)
        if raw:
            raw.texts.setdefault(key, text)

    def _open(self, kind: str, line: int) -> _Raw:
        self.current = _Raw(kind, line)
        self.raws.append(self.current)
        return self.current


def looks_like(data: bytes) -> bool:
    """Whether the file says by its content that it is OFX."""
    head = decode(data[:1 << 16]).text.upper()
    return "<OFX>" in head or "OFXHEADER" in head or ("<STMTTRN>" in head and "<TRNAMT>" in head)


def read(data: bytes, name: str) -> Reading:
    """The bank, card and investment-cash lines of an OFX file; see :class:`recon.reading.result.Reading`.

    OFX prints a closing balance and no opening one, so a file is rarely more than *unprovable*.
    """
    text = decode(data).text
    notes, gathered = Notes(name), _gather(text)
    if not gathered.raws and re.search("<LOANSTMTRS>", text, re.IGNORECASE):
        return loans(data, text, gathered.bank, notes)
    for line, status in gathered.status:
        if status.get("CODE", "0").strip("0") or status.get("SEVERITY", "").upper() == "ERROR":
            notes.say("ofx_server_error", line, status=status.get("CODE", ""), message=status.get("MESSAGE", "")[:120])
    mark = decimal_mark(entry.get("TRNAMT", "") for raw in gathered.raws for _, entry in raw.entries)
    statements = [_statement(raw, gathered.bank, mark, notes) for raw in gathered.raws]
    if gathered.securities:
        notes.say("ofx_securities_left_out", count=gathered.securities)
    if gathered.pending:
        notes.say("ofx_pending_left_out", count=gathered.pending)
    kinds = {raw.kind for raw in gathered.raws}
    kind: Kind = "card" if kinds == {"CCSTMTRS"} else "bank"
    return reading(data, kind, statements, notes)


def _gather(text: str) -> _Gatherer:
    gatherer = _Gatherer()
    for line, kind, tag, words in pieces(text):
        if kind == "value":
            gatherer.value(tag, words, line)
        elif tag in _LEVEL and kind == "close":
            gatherer.end(tag)
        elif tag in _LEVEL:
            gatherer.start(tag, line)
    return gatherer


def _statement(raw: _Raw, bank: str, mark: str, notes: Notes) -> Statement:
    texts, currency = raw.texts, raw.texts.get("CURDEF", "").upper()
    if not currency:
        said = {entry.get("CURRENCY.CURSYM", "").upper() for _, entry in raw.entries}
        currency = said.pop() if len(said) == 1 else ""
    start, end = (stamped(texts.get(key, "")) for key in ("DTSTART", "DTEND"))
    as_of = stamped(texts.get("LEDGERBAL.DTASOF", ""))
    last = end or as_of
    statement = Statement(texts.get("ACCOUNT.ACCTID", ""), currency, bank=bank or texts.get("ACCOUNT.BANKID", ""),
                          start=start[0] if start else None, end=last[0] if last else None, line=raw.line)
    for line, entry in raw.entries:
        row = _row(entry, line, statement, mark, notes)
        if row:
            statement.rows.append(row)
    statement.closing = _closing(raw, statement, as_of, notes)
    _question_signs(raw, statement, notes)
    _question_ids(raw, notes)
    return statement


def _closing(raw: _Raw, statement: Statement, as_of: tuple[np.datetime64, bool] | None, notes: Notes) -> int | None:
    """LEDGERBAL, unless it is older than the last row and so no closing balance."""
    printed = raw.texts.get("LEDGERBAL.BALAMT", "")
    if not printed or (as_of and any(row.date > as_of[0] for row in statement.rows)):
        return None
    return money(printed, statement.currency, raw.line, notes, decimal_mark([printed]))


def _row(entry: dict[str, str], line: int, statement: Statement, mark: str, notes: Notes) -> Row | None:
    currency = entry.get("CURRENCY.CURSYM", "").upper() or statement.currency
    value = money(entry.get("TRNAMT", ""), currency, line, notes, mark)
    posted = entry.get("DTPOSTED", "")
    when = place(stamped(posted) or stamped(entry.get("DTUSER", "")), statement.end, posted, line, notes)
    if value is None or when is None:
        return None
    name = entry.get("NAME") or entry.get("PAYEE.NAME") or entry.get("EXTDPAYEE.NAME") or ""
    memo = entry.get("MEMO", "")
    text = {
        "counterparty": name,
        "counterparty_account": entry.get("BANKACCTTO.ACCTID") or entry.get("CCACCTTO.ACCTID") or "",
        "description": memo or name,
        "type": entry.get("TRNTYPE", ""),
        "order": entry.get("FITID", ""),
        "remark": " ".join(filter(None, (entry.get("CHECKNUM", "").strip("0"), entry.get("REFNUM", "")))),
    }
    return Row(when, value, line, currency, _balance(entry.get("ACCTBAL", ""), currency), text=text)


def _balance(printed: str, currency: str) -> int:
    """A running balance, which some banks add; the format does not know it, so an unreadable one is no loss."""
    try:
        return amount(printed, decimals(currency), decimal_mark([printed]))[0]
    except ValueError:
        return NOTHING


def _question_signs(raw: _Raw, statement: Statement, notes: Notes) -> None:
    """A file whose debits are all positive, or credits all negative, has lost its signs."""
    for word, sign in (("DEBIT", -1), ("CREDIT", 1)):
        amounts = [row.amount for row in statement.rows if row.text["type"].upper() == word and row.amount]
        if amounts and all(value * sign < 0 for value in amounts):
            notes.doubt("ofx_signs", raw.line, type=word, count=len(amounts))


def _question_ids(raw: _Raw, notes: Notes) -> None:
    counts = Counter(entry["FITID"] for _, entry in raw.entries if entry.get("FITID"))
    for line, entry in raw.entries:
        if counts.pop(entry.get("FITID", ""), 1) > 1:
            notes.say("ofx_id_twice", line, id=entry["FITID"][:40])
