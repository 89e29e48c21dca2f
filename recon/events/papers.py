"""Documents of one event counted once: copies of a paper, a cancelled original and what took it back, void papers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from recon.core.finding import Finding
from recon.core.money import decimals, to_text
from recon.core.source import Source
from recon.events.words import plain, same_party
from recon.reading.documents.dates import MONTH_FIRST
from recon.reading.result import Reading, Receipt

#: A number of fewer characters is a till's or a pad's running number, which other papers bear too.
_OWN = 6
#: Days between a delivery note and the invoice for the same goods, and between two dates read off one paper.
_BILLED, _NEAR = 31, 1
#: A number up to this may be a month's.
_MONTHS = 12
#: Papers that state something without asking for money or saying that it was paid.
NO_MONEY = frozenset({"stock_count", "loan_statement", "payroll", "lease_contract"})
#: Certainty of a total from which a reading is preferred to another of the same paper.
_DATA = 1.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A document, its file, and why it is no event of its own: ``copy``, ``cancelled``, ``void`` … or empty."""

    file: str
    receipt: Receipt
    aside: str = ""


def in_order(readings: Sequence[Reading], home: str) -> tuple[Reading, ...]:
    """*readings* with every day whose order nothing on its paper shows, as it is written where *home* is the currency.

    Such a day is in doubt no more, and the question about it is dropped.
    """
    return tuple(_settled(reading, home) if reading.receipts else reading for reading in readings)


def _settled(reading: Reading, home: str) -> Reading:
    """*reading* with the days of its documents in order."""
    receipts = tuple(_in_order(receipt, home) for receipt in reading.receipts)
    sure = {str(old.date)[:10] for old, new in zip(reading.receipts, receipts, strict=True) if new is not old}
    findings = tuple(finding for finding in reading.findings
                     if finding.code != "document_date_uncertain" or finding.params.get("date") not in sure)
    return replace(reading, receipts=receipts, findings=findings)


def sorted_out(readings: Sequence[Reading]) -> tuple[tuple[Paper, ...], tuple[Finding, ...]]:
    """Every document of *readings* in order of file, those that are no event of their own marked.

    Args:
        readings: the evidence.

    Returns:
        The papers; and a finding for each copy, each cancelled pair, and each number that two papers bear with
        different totals, both sides shown.
    """
    ordered = sorted(readings, key=lambda reading: reading.file)
    papers = [Paper(reading.file, receipt) for reading in ordered for receipt in reading.receipts]
    papers = [replace(p, aside="void") if p.receipt.terms.get("void") else p for p in papers]
    found: list[Finding] = [Finding("document_void", "info", _place(p), _named(p)) for p in papers if p.aside]
    found += _copies(papers)
    found += _cancelled(papers)
    return tuple(papers), tuple(found)


def _in_order(receipt: Receipt, home: str) -> Receipt:
    """*receipt* with a day whose order nothing on it showed, as it is written where *home* is the currency."""
    if receipt.date is None or "date" not in receipt.uncertain or receipt.currency or not home:
        return receipt
    day = receipt.date.astype("datetime64[D]").item()
    if day.day > _MONTHS or day.day == day.month:
        return receipt  # in doubt for another reason
    turned = day.replace(day=day.month, month=day.day) if home in MONTH_FIRST else day
    left = tuple(name for name in receipt.uncertain if name != "date")
    return replace(receipt, date=np.datetime64(turned, "D"), uncertain=left)


def _copies(papers: list[Paper]) -> list[Finding]:
    """Mark all but the best reading of one paper, in place."""
    found = []
    best_first = sorted(range(len(papers)), key=lambda n: (-_certainty(papers[n].receipt), n))
    kept: list[int] = []
    for n in best_first:
        if papers[n].aside or papers[n].receipt.kind in NO_MONEY:
            continue
        twin = next((k for k in kept if _one_paper(papers[k].receipt, papers[n].receipt)), None)
        if twin is None:
            kept.append(n)
            continue
        differ = _differ(papers[twin].receipt, papers[n].receipt)
        params = _named(papers[n]) | {"other": papers[twin].file, "other_total": _money(papers[twin].receipt)}
        place = _place(papers[n])
        found.append(Finding("document_number_twice", "serious", place, params) if differ
                     else Finding("document_copy", "info", place, params))
        papers[n] = replace(papers[n], aside="copy")
    return found


def _certainty(receipt: Receipt) -> float:
    """How sure the total is: data before print, print before a photograph; a numbered paper before one without."""
    seen = receipt.seen.get("total")
    sure = _DATA if seen is None and receipt.total is not None else seen.sure if seen is not None else 0.0
    return sure + bool(receipt.number)


def _one_paper(one: Receipt, two: Receipt) -> bool:
    """Whether two readings are of one paper: one number and one issuer, or all else the same where a number lacks."""
    first, second = _number(one), _number(two)
    if first and second:
        if first == second:
            return _alike(one.seller, two.seller) and (len(first) >= _OWN or _same_day(one, two))
        misread = len(first) >= _OWN and _one_off(first, second) and not _both_data(one, two)
        return (misread or _delivered(one, two)) and _same_total(one, two) and _alike(one.seller, two.seller) and (
            _same_day(one, two) or _delivered(one, two))
    if _delivered(one, two):
        return _same_total(one, two) and _alike(one.seller, two.seller)
    known = bool(one.seller and two.seller) and bool(first or second)  # two without a number may be two purchases
    return known and _same_total(one, two) and _same_day(one, two) and _alike(one.seller, two.seller)


def _number(receipt: Receipt) -> str:
    return re.sub(r"\W", "", receipt.number).upper()


def _one_off(one: str, two: str) -> bool:
    """Whether two numbers of one length differ in one character, as when one digit was misread."""
    return len(one) == len(two) and sum(a != b for a, b in zip(one, two, strict=True)) == 1


def _both_data(one: Receipt, two: Receipt) -> bool:
    """Whether both numbers were read without a doubt: then they are two."""
    sure = [receipt.seen["number"].sure if "number" in receipt.seen else _DATA for receipt in (one, two)]
    return min(sure) >= 0.98  # noqa: PLR2004  what a labelled field of digital text has


def _same_total(one: Receipt, two: Receipt) -> bool:
    return one.total is not None and one.total == two.total


def _differ(one: Receipt, two: Receipt) -> bool:
    return one.total is not None and two.total is not None and one.total != two.total


def _days(one: Receipt, two: Receipt) -> int | None:
    if one.date is None or two.date is None:
        return None
    return abs(int((one.date - two.date).astype("timedelta64[D]").astype(np.int64)))


def _same_day(one: Receipt, two: Receipt) -> bool:
    gap = _days(one, two)
    return gap is None or gap <= _NEAR


def _delivered(one: Receipt, two: Receipt) -> bool:
    """Whether one is the note of a delivery and the other may be the invoice for it."""
    kinds = {one.kind, two.kind}
    gap = _days(one, two)
    return "delivery_note" in kinds and kinds != {"delivery_note"} and gap is not None and gap <= _BILLED


def _alike(one: str, two: str) -> bool:
    """Whether two printed names may be one party's; a name that was not read contradicts nothing."""
    first, second = plain(one), plain(two)
    return not first or not second or same_party(first, second)


def _cancelled(papers: list[Paper]) -> list[Finding]:
    """Mark credit notes and the originals that they take back whole, in place."""
    found = []
    for n, paper in enumerate(papers):
        receipt = paper.receipt
        if paper.aside or receipt.total is None or receipt.total >= 0:
            continue
        k = _original(papers, receipt)
        if k is None:
            found.append(Finding("credit_without_original", "look", _place(paper), _named(paper)))
            continue
        params = _named(paper) | {"other": papers[k].file, "other_total": _money(papers[k].receipt)}
        whole = papers[k].receipt.total == -receipt.total
        found.append(Finding("document_cancelled" if whole else "document_credited", "info", _place(paper), params))
        if whole:
            papers[n], papers[k] = replace(paper, aside="cancelled"), replace(papers[k], aside="cancelled")
    return found


def _original(papers: Sequence[Paper], credit: Receipt) -> int | None:
    """The paper that a credit note takes back: by the number that it names, else by party and amount, the latest."""
    named = re.sub(r"\W", "", credit.terms.get("cancels", "")).upper()
    fits = [
        k for k, paper in enumerate(papers)
        if not paper.aside and paper.receipt.total is not None and paper.receipt.total > 0
        and _alike(paper.receipt.seller, credit.seller)
    ]
    numbered = [k for k in fits if named and _number(papers[k].receipt) == named]
    if numbered or named:
        return numbered[0] if numbered else None
    equal = [k for k in fits if papers[k].receipt.total == -(credit.total or 0) and _before(papers[k].receipt, credit)
             and papers[k].receipt.seller and credit.seller]
    return max(equal, key=lambda k: str(papers[k].receipt.date), default=None)


def _before(one: Receipt, two: Receipt) -> bool:
    return one.date is None or two.date is None or bool(one.date <= two.date)


def _place(paper: Paper) -> Source:
    return Source(paper.file, paper.receipt.page)


def _money(receipt: Receipt) -> str:
    return "?" if receipt.total is None else to_text(receipt.total, decimals(receipt.currency or "CNY"))


def _named(paper: Paper) -> dict[str, object]:
    """What findings say of a paper."""
    receipt = paper.receipt
    return {"number": receipt.number or "—", "total": _money(receipt), "party": receipt.seller or "—",
            "date": "—" if receipt.date is None else str(receipt.date)[:10]}
