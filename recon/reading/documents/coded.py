"""What the QR code on a Chinese invoice says, and whether the print agrees."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

import numpy as np

from recon.core.finding import Finding
from recon.core.money import from_decimal, to_text
from recon.core.source import Source
from recon.reading.result import Receipt, Seen

#: ``01,type,code,number,amount,yyyymmdd,…``: fewer fields are no code of an invoice.
_FEWEST = 6
#: A field of a photograph that was read so surely contradicts a code.
_WELL = 0.97


@dataclass(frozen=True, slots=True)
class Coded:
    """A code's type of invoice, number, amount in minor units (with tax or without, by type) and day."""

    kind: str
    number: str
    amount: int | None
    day: np.datetime64 | None


def coded(texts: Sequence[str]) -> Coded | None:
    """The first of *texts* that is a Chinese invoice's code, or None."""
    for text in texts:
        parts = [part.strip() for part in text.split(",")]
        if len(parts) < _FEWEST or parts[0] != "01" or not re.fullmatch(r"\d{8}|\d{20}", parts[3]):
            continue
        day = parts[5]
        try:
            when = np.datetime64(f"{day[:4]}-{day[4:6]}-{day[6:8]}", "D") if re.fullmatch(r"\d{8}", day) else None
            amount = from_decimal(Decimal(parts[4])) if parts[4] else None
        except (ValueError, InvalidOperation):
            continue
        return Coded(parts[1], parts[3], amount, when)
    return None


def compared(receipt: Receipt, code: Coded, *, digital: bool) -> Receipt:
    """*receipt* with what the code knows better: nothing where the print is digital text, else number and day."""
    seen = dict(receipt.seen)
    changed: dict[str, object] = {}
    if code.number and (not receipt.number or not digital):
        changed["number"], seen["number"] = code.number, Seen(receipt.page, 0, None, 1.0)
    if code.day is not None and (receipt.date is None or not digital):
        changed["date"], seen["date"] = code.day, Seen(receipt.page, 0, None, 1.0)
    left = tuple(name for name in receipt.uncertain if name not in changed)
    if code.amount is not None and code.amount in {receipt.total, receipt.net}:
        left = tuple(name for name in left if name != "total")
    return replace(receipt, **changed, seen=seen, uncertain=left)  # type: ignore[arg-type]  # fields by name


def differences(receipt: Receipt, code: Coded, name: str, *, digital: bool) -> Iterator[Finding]:
    """A finding, with both sides, for each field in which print and code differ; of a photograph if read well."""
    where = Source(name, receipt.page)
    sides = [("number", receipt.number, code.number),
             ("date", "" if receipt.date is None else str(receipt.date), "" if code.day is None else str(code.day))]
    for field, printed, said in sides:
        well = digital or (field in receipt.seen and receipt.seen[field].sure >= _WELL)
        if printed and said and printed != said and well:
            yield Finding(f"document_code_{field}", "serious", where, {"printed": printed, "code": said})
    amounts = {abs(each) for each in (receipt.total, receipt.net) if each is not None}
    if code.amount is not None and amounts and abs(code.amount) not in amounts:
        yield Finding("document_code_amount", "serious", where,
                      {"printed": to_text(receipt.total or 0), "code": to_text(code.amount)})
