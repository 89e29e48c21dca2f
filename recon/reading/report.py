"""A reading as the object that ``recon read --json`` prints, and its reason as a sentence."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice, repeat
from typing import Any

import numpy as np

from recon.core.finding import Finding
from recon.core.money import decimals, to_text
from recon.core.words import known, say
from recon.reading.result import NOTHING, Account, Reading, Receipt

#: Transactions put into text at once: the encoder takes as long to begin as for one of them.
_TOGETHER = 500


def reason(reading: Reading, language: str) -> str:
    """Why the outcome is what it is, as one sentence."""
    key = f"reading.reason.{reading.reason}"
    key = key if known(key) else f"error.{reading.reason}"
    return say(language, key, **reading.params) if known(key) else reading.reason


def as_json(reading: Reading, *, language: str, transactions: bool = True) -> dict[str, Any]:
    """*reading* as the contract's object; amounts are text in major units, dates ISO 8601, unknown figures None."""
    accounts = [_account(account, transactions=transactions) for account in reading.accounts]
    return {
        "file": reading.file,
        "kind": reading.kind,
        "outcome": reading.outcome,
        "reason": reason(reading, language),
        "findings": [_finding(finding, language) for finding in reading.findings],
        "accounts": accounts,
        "receipts": [_receipt(receipt) for receipt in reading.receipts],
    }


def json_text(readings: Iterable[Reading], *, language: str) -> Iterator[str]:
    """The array of all *readings* as :func:`as_json` gives them, in pieces, a line for each transaction."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    yield "["
    for number, reading in enumerate(readings):
        told = as_json(reading, language=language, transactions=False)
        accounts = told.pop("accounts")
        yield f"{',' if number else ''}\n{encode(told)[:-1]}, \"accounts\": ["
        for k, (account, head) in enumerate(zip(reading.accounts, accounts, strict=True)):
            yield f"{',' if k else ''}\n {encode(head)[:-1]}, \"transactions\": ["
            lines, comma = _transactions(account), ""
            while some := list(islice(lines, _TOGETHER)):  # the mark between two never stands inside of a text
                yield comma + "\n  " + encode(some)[1:-1].replace('}, {"date": ', '},\n  {"date": ')
                comma = ","
            yield "]}"
        yield "]}"
    yield "\n]\n"


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    kind = "finding" if known(f"finding.{finding.code}") else "error"
    text = say(language, f"{kind}.{finding.code}", **finding.params)
    source = finding.source
    return {"code": finding.code, "severity": finding.severity, "page": source.page, "line": source.line, "text": text}


def _money(minor: int | None, places: int) -> str | None:
    return None if minor is None or minor == NOTHING else to_text(int(minor), places)


def _date(day: np.datetime64 | None) -> str | None:
    return None if day is None or np.isnat(day) else str(day)


def _account(account: Account, *, transactions: bool) -> dict[str, Any]:
    places = account.places
    result: dict[str, Any] = {
        "account": account.account,
        "holder": account.holder,
        "currency": account.currency,
        "opening": _money(account.opening, places),
        "closing": _money(account.closing, places),
    }
    if transactions:
        result["transactions"] = list(_transactions(account))
    return result


def _transactions(account: Account) -> Iterator[dict[str, Any]]:
    lines, places = account.lines, account.places
    blank = [""] * len(lines)
    columns = (
        np.datetime_as_string(lines.date).tolist(),
        lines.amount.tolist(),
        lines.balance.tolist(),
        lines.text.get("counterparty", blank),
        list(map(_said, lines.text.get("description", blank), lines.text.get("type", blank))),
        lines.page.tolist(),
        lines.line.tolist(),
    )
    states = ({"state": state} for state in lines.state) if lines.state else repeat({}, len(lines))
    for (day, amount, balance, party, said, page, line), state in zip(zip(*columns, strict=True), states, strict=True):
        yield {
            "date": None if day == "NaT" else day,
            "amount": _money(amount, places),
            "balance": _money(balance, places),
            "counterparty": party,
            "description": said,
            "page": page,
            "line": line,
            **state,
        }


def _said(description: str, kind: str) -> str:
    """What a line says it was for; its kind, such as 账户结息, where it says no more."""
    return description if description.strip("/ ") else kind or description


def _receipt(receipt: Receipt) -> dict[str, Any]:
    places = decimals(receipt.currency)
    return {
        "kind": receipt.kind,
        "date": _date(receipt.date),
        "due": _date(receipt.due),
        "total": _money(receipt.total, places),
        "net": _money(receipt.net, places),
        "tax": _money(receipt.tax, places),
        "seller": receipt.seller,
        "buyer": receipt.buyer,
        "number": receipt.number,
        "currency": receipt.currency,
        "lines": [
            {"name": item.name, "quantity": item.quantity, "amount": _money(item.amount, places)}
            for item in receipt.lines
        ],
        "amounts": {name: _money(amount, places) for name, amount in receipt.amounts.items()},
        "terms": dict(receipt.terms),
        "uncertain": list(receipt.uncertain),
        "seen": {
            name: {"page": seen.page, "line": seen.line, "box": seen.box and [round(edge, 1) for edge in seen.box],
                   "confidence": seen.sure}
            for name, seen in receipt.seen.items()
        },
    }
