"""CAMT.052, .053 and .054 of any version: each entry is one line, its details are its words."""

import re
from collections.abc import Iterable

import numpy as np

from recon.core.errors import ReconError
from recon.evidence.text import decode
from recon.reading.messages.statement import Notes, Row, Statement, Total, day, money, place, reading, refusal
from recon.reading.messages.xmltree import Node, parse
from recon.reading.result import Reading

#: Statement, report or notification by the body that holds it; version 1 writes its number behind the body's name.
_STATEMENTS = {"BkToCstmrStmt": "Stmt", "BkToCstmrAcctRpt": "Rpt", "BkToCstmrDbtCdtNtfctn": "Ntfctn"}
_SIGN = {"CRDT": 1, "DBIT": -1}
_ACCOUNT = ("Id/IBAN", "Id/Othr/Id", "Id/BBAN", "Id/UPIC", "Id/PrtryAcct/Id")


def looks_like(data: bytes) -> bool:
    """Whether the file says by its content that it is a CAMT.052, .053 or .054 message."""
    head = decode(data[:1 << 16]).text
    return "<" in head and bool(re.search(r"camt\.05[234]|BkToCstmr(Stmt|AcctRpt|DbtCdtNtfctn)", head))


def read(data: bytes, name: str) -> Reading:
    """The entries of every statement, report or notification; see :class:`recon.reading.result.Reading`.

    The sign is CdtDbtInd's alone: a reversal (RvslInd) is already booked in the direction that it states.
    """
    notes = Notes(name)
    try:
        top = parse(decode(data).text)
    except ReconError as slip:
        return refusal(data, notes, slip.code, line=slip.source.line, **slip.params)
    bodies = ((body, _STATEMENTS.get(re.sub(r"V[0-9]+$", "", body.tag))) for body in top.walk())
    found = [node for body, tag in bodies if tag for node in body.all(tag)]
    return reading(data, "bank", [_statement(node, notes) for node in found], notes)


def _statement(node: Node, notes: Notes) -> Statement:
    balances = [(bal.words("Tp/CdOrPrtry/Cd", "Tp/CdOrPrtry/Prtry", "Tp/Cd").upper(), bal) for bal in node.all("Bal")]
    booked = [bal for code, bal in balances if code in {"OPBD", "PRCD", "ITBD", "CLBD"}]
    currency = node.words("Acct/Ccy") or _currencies([*booked, *node.all("Ntry")])
    statement = Statement(
        node.words(*(f"Acct/{path}" for path in _ACCOUNT)), currency,
        node.words("Acct/Ownr/Nm", "Acct/Ownr/Pty/Nm", "Acct/Nm"),
        node.words("Acct/Svcr/FinInstnId/Nm", "Acct/Svcr/FinInstnId/BICFI", "Acct/Svcr/FinInstnId/BIC"),
        start=_only(_day(node.first("FrToDt/FrDtTm", "FrToDt/FrDt"))),
        end=_only(_day(node.first("FrToDt/ToDtTm", "FrToDt/ToDt"))), line=node.line,
    )
    _balances(statement, balances, notes)
    statement.interim = statement.interim and node.tag != "Stmt"
    last = statement.end or _only(_day(node.first("CreDtTm")))  # for an entry that states no day
    rows = (_row(entry, statement, last, notes) for entry in node.all("Ntry"))
    statement.rows = [row for row in rows if row]
    statement.totals = tuple(_totals(node, statement, notes))
    return statement


def _currencies(nodes: Iterable[Node]) -> str:
    """The first currency that *nodes* (balances, then entries) state, where the account states none."""
    said = [amt.attributes.get("Ccy", "") for node in nodes for amt in node.all("Amt")]
    return next((currency for currency in said if currency), "")


def _balances(statement: Statement, balances: list[tuple[str, Node]], notes: Notes) -> None:
    """Opening and closing as booked; an interim balance opens a page that has none, or closes one."""
    own: dict[str, list[Node]] = {}
    for code, bal in balances:
        if code in {"OPBD", "PRCD", "ITBD", "CLBD"}:
            own.setdefault(code, []).append(bal)
    own = {code: kept for code, nodes in own.items() if (kept := _in_currency(nodes, statement, notes))}
    interim = sorted(own.get("ITBD", []), key=lambda bal: str(_only(_day(bal.first("Dt"))) or ""))
    opening = next(iter(own.get("OPBD") or own.get("PRCD") or ()), None)
    if opening is None and (len(interim) > 1 or (interim and "CLBD" in own)):
        opening = interim.pop(0)
    closing: Node | None = next(reversed(own.get("CLBD", [])), None)
    if closing is None and interim:
        closing, statement.interim = interim[-1], True
    if opening:
        statement.opening = _signed(opening, statement.currency, notes)
        statement.start = statement.start or _only(_day(opening.first("Dt")))
    if closing:
        statement.closing = _signed(closing, statement.currency, notes)
        statement.end = statement.end or _only(_day(closing.first("Dt")))


def _in_currency(nodes: list[Node], statement: Statement, notes: Notes) -> list[Node]:
    """The balances in the account's currency; one that stands only in another is put on record and not used."""
    own = [bal for bal in nodes if _ccy(bal) in {"", statement.currency}]
    if not own:
        notes.say("camt_balance_currency", nodes[0].line, printed=_ccy(nodes[0]), currency=statement.currency)
    return own


def _ccy(node: Node) -> str:
    amt = node.first("Amt")
    return amt.attributes.get("Ccy", "").upper() if amt else ""


def _signed(node: Node, currency: str, notes: Notes) -> int | None:
    """The node's Amt with the sign of its CdtDbtInd, minor units."""
    sign, value = _SIGN.get(node.words("CdtDbtInd").upper()), money(node.words("Amt"), currency, node.line, notes, ".")
    if sign is None:
        notes.doubt("camt_no_direction", node.line, printed=node.words("Amt"))
        return None
    return None if value is None else sign * value


def _totals(node: Node, statement: Statement, notes: Notes) -> Iterable[Total]:
    if len({row.currency for row in statement.rows} | {statement.currency}) > 1:
        return  # a sum over currencies is no sum
    for tag, side in (("TtlCdtNtries", 1), ("TtlDbtNtries", -1)):
        for total in node.all(f"TxsSummry/{tag}"):
            text, count = total.words("Sum"), total.words("NbOfNtries")
            value = money(text, statement.currency, total.line, notes, ".") if text else None
            yield Total(side, _count(count), None if value is None else side * value)
    for total in node.all("TxsSummry/TtlNtries"):
        sign = _SIGN.get(total.words("TtlNetNtry/CdtDbtInd", "CdtDbtInd").upper())
        text = total.words("TtlNetNtry/Amt", "TtlNetNtryAmt")
        value = money(text, statement.currency, total.line, notes, ".") if text and sign else None
        yield Total(0, _count(total.words("NbOfNtries")), None if value is None or sign is None else sign * value)


def _count(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,15}", text) else None


def _row(entry: Node, statement: Statement, last: np.datetime64 | None, notes: Notes) -> Row | None:
    currency = _ccy(entry) or statement.currency
    value = _signed(entry, currency, notes)
    when = _day(entry.first("BookgDt")) or _day(entry.first("ValDt"))
    printed = entry.words("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
    row_day = place(when, last, printed, entry.line, notes)
    if value is None or row_day is None:
        return None
    status = entry.words("Sts", "Sts/Cd", "Sts/Prtry").upper()
    booked = status in {"", "BOOK"}
    if not booked:
        notes.say("statement_entry_pending", entry.line, status=status)
    return Row(row_day, value, entry.line, currency, booked=booked,
               text=_text(entry, value, statement.account) | {"status": "" if booked else status})


def _text(entry: Node, value: int, own: str) -> dict[str, str]:
    """The entry's words; of a batch, the name, amount and purpose of each detail."""
    parts = entry.all("NtryDtls/TxDtls")
    reversal = entry.words("RvslInd").lower() in {"true", "1"}
    roles = ("Dbtr", "Cdtr") if (value > 0) != reversal else ("Cdtr", "Dbtr")
    parties = [_party(part, roles, own) for part in parts]
    single = len(parts) == 1
    purposes = [" ".join(filter(None, (*_batch_words(part, name, single), *_purpose(part))))
                for part, (name, _) in zip(parts, parties, strict=True)]
    kind = entry.words("BkTxCd/Prtry/Cd", "BkTxCd/Domn/Fmly/SubFmlyCd")
    return {
        "counterparty": parties[0][0] if single else "",
        "counterparty_account": parties[0][1] if single else "",
        "description": " · ".join(filter(None, (*purposes, entry.words("AddtlNtryInf")))),
        "type": " ".join(filter(None, (kind, "RvslInd" if reversal else ""))),
        "order": entry.words("NtryDtls/TxDtls/Refs/EndToEndId", "AcctSvcrRef", "NtryRef").replace("NOTPROVIDED", ""),
        "remark": _charges(entry),
    }


def _batch_words(part: Node, name: str, single: bool) -> tuple[str, str]:  # noqa: FBT001 whether the entry has one detail
    amt = part.first("AmtDtls/TxAmt/Amt", "Amt")
    return ("", "") if single or amt is None else (name, f"{amt.attributes.get('Ccy', '')} {amt.text.strip()}".strip())


def _party(part: Node, roles: tuple[str, str], own: str) -> tuple[str, str]:
    """Name and account of the detail's other side: the first of *roles*, unless that is the account itself."""
    accounts = [part.words(*(f"RltdPties/{role}Acct/{path}" for path in _ACCOUNT)) for role in roles]
    which = int(bool(own) and accounts[0] == own and accounts[1] not in {"", own})
    base, ultimate = f"RltdPties/{roles[which]}", f"RltdPties/Ultmt{roles[which]}"
    return part.words(f"{base}/Nm", f"{base}/Pty/Nm", f"{ultimate}/Nm", f"{ultimate}/Pty/Nm"), accounts[which]


def _purpose(part: Node) -> list[str]:
    free = [" ".join(node.text.split()) for node in part.all("RmtInf/Ustrd")]
    reference = part.words("RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/CdtrRefInf/CdtrRef")
    more = part.words("RmtInf/Strd/AddtlRmtInf"), part.words("AddtlTxInf")
    return list(dict.fromkeys(filter(None, (*free, reference, *more))))


def _charges(entry: Node) -> str:
    """Charges as printed; they are part of the entry's amount or entries of their own, never a line of ours."""
    amounts = [amt for path in ("Chrgs/TtlChrgsAndTaxAmt", "Chrgs/Amt", "Chrgs/Rcrd/Amt", "NtryDtls/TxDtls/Chrgs/Amt",
                                "NtryDtls/TxDtls/Chrgs/TtlChrgsAndTaxAmt") for amt in entry.all(path)]
    return f"charges {amounts[0].attributes.get('Ccy', '')} {amounts[0].text.strip()}" if amounts else ""


def _day(node: Node | None) -> tuple[np.datetime64, bool] | None:
    """The day of a node with Dt or DtTm, nested or its own text."""
    text = node.words("Dt", "DtTm", "Dt/Dt", "Dt/DtTm") or node.text.strip() if node else ""
    found = re.match("([0-9]{4})-?([0-9]{2})-?([0-9]{2})", text)
    return day(*map(int, found.groups())) if found else None


def _only(found: tuple[np.datetime64, bool] | None) -> np.datetime64 | None:
    return found[0] if found else None
