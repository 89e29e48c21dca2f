"""One receipt or invoice: its fields, how far they can be trusted, and whether its own arithmetic closes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np

from recon.core.finding import Finding
from recon.core.money import decimals, from_decimal
from recon.core.settings import shipped
from recon.core.source import Source
from recon.evidence.page import Page
from recon.reading.documents.amounts import amounts, currency
from recon.reading.documents.dates import dates
from recon.reading.documents.figures import Figure, figures
from recon.reading.documents.labels import document_date, document_number, parties
from recon.reading.documents.rows import Row, rows
from recon.reading.documents.total import Choice, choose
from recon.reading.documents.vocabulary import find
from recon.reading.result import Kind, Outcome, Receipt

#: Signs that must come together: fewer for a picture, which nobody hands in but as a document.
_ENOUGH_OCR, _ENOUGH_DIGITAL = 3, 4

#: Rows that begin with a date and hold two amounts: a list of transactions, where any word speaks of a statement.
_DATED_ROWS = 3


def papers(pages: list[Page]) -> list["Paper"]:
    """The receipts and invoices on *pages*; none where the pages are something else, a bank statement for one."""
    whole = Paper(rows(pages), _confidence(pages))
    if whole.statement:
        return []
    return [paper for part in _parts(pages) if (paper := Paper(rows(part), _confidence(part))).enough]


def speaks_of_account(pages: list[Page]) -> bool:
    """Whether the words are those of a bank statement or a valuation."""
    return Paper(rows(pages), _confidence(pages)).statement


def _parts(pages: list[Page]) -> list[list[Page]]:
    """Pages that belong together: one that has a total and another number than the document so far begins a new one."""
    parts: list[list[Page]] = []
    number, complete = "", False
    for page in pages:
        paper = Paper(rows([page]), _confidence([page]))
        total = paper.choice is not None and paper.choice.figure.role in {"grand", "total"}
        own = paper.number
        if not parts or (complete and total and (own != number or not own)):
            parts.append([])
            number, complete = "", False
        parts[-1].append(page)
        number, complete = number or own, complete or total
    return parts


def _confidence(pages: list[Page]) -> float | None:
    """The OCR's mean confidence, None for digital text."""
    seen = [page.confidence for page in pages if page.confidence is not None and len(page.confidence)]
    return float(np.concatenate(seen).mean()) if seen else None


@dataclass(frozen=True)
class Paper:
    """One document: its rows, and the OCR's mean confidence (None for digital text)."""

    rows: list[Row]
    confidence: float | None

    @cached_property
    def classes(self) -> list[str]:
        """The classes of all known words on it, once for each word."""
        return [c for row in self.rows for hit in find(row.text) for c in hit.classes]

    @cached_property
    def figures(self) -> list[Figure]:
        """Its amounts with their roles; on a credit note that prints them negative, with their signs turned."""
        found = figures(self.rows)
        if self.credit and any(f.role in {"grand", "total"} and f.value < 0 for f in found):
            return [f if f.role == "capitals" else replace(f, value=-f.value) for f in found]
        return found

    @cached_property
    def choice(self) -> Choice | None:
        """Its total."""
        return choose(self.figures)

    @property
    def credit(self) -> bool:
        """Whether it takes back: a credit note, a refund, a red invoice (红字), or capitals marked 负数."""
        return "credit_note" in self.classes

    @cached_property
    def currency(self) -> tuple[str, bool]:
        """Its currency and whether that is sure."""
        return currency("\n".join(row.text for row in self.rows))

    @cached_property
    def date(self) -> tuple[date, bool] | None:
        """Its day and whether that is sure."""
        return document_date(self.rows, self.currency[0])

    @cached_property
    def number(self) -> str:
        """Its number."""
        return document_number(self.rows)

    @property
    def statement(self) -> bool:
        """Whether it speaks of an account's balances: a bank statement or a valuation, not a receipt."""
        words = {hit for row in self.rows for hit in _statement_words(row.text)}
        dated = sum(bool(dates(row.cells[0].text)) and len(amounts(row.text)) > 1 for row in self.rows)
        return len(words) > 1 or (bool(words) and dated >= _DATED_ROWS)

    @property
    def enough(self) -> bool:
        """Whether enough signs of a receipt or an invoice come together."""
        roles = {figure.role for figure in self.figures}
        titled = bool({"invoice", "receipt"} & set(self.classes))
        named = bool({"grand", "total"} & roles)
        signs = 2 * titled + 2 * named + ("tax" in roles) + bool({"paid", "change"} & roles) + (self.date is not None)
        return signs + bool(self.number) >= (_ENOUGH_DIGITAL if self.confidence is None else _ENOUGH_OCR)

    @property
    def kind(self) -> Kind:
        """An invoice asks for money, a receipt says that it was paid."""
        paid = "change" in {figure.role for figure in self.figures} or "receipt" in self.classes
        official = any("发票" in row.text or "發票" in row.text for row in self.rows)
        return "invoice" if official or ("invoice" in self.classes and not paid) else "receipt"

    @cached_property
    def uncertain(self) -> tuple[str, ...]:
        """Fields that a person should check."""
        doubts = [("total", self._total_open()), ("date", self.date is None or not self.date[1])]
        return tuple(name for name, doubt in doubts if doubt)

    def _total_open(self) -> bool:
        """Whether another figure could be the total, or one weakly named or badly read figure stands alone."""
        choice = self.choice
        if choice is None or choice.open or self._contradiction() is not None:
            return True
        figure = choice.figure
        roles = {f.role for f in self.figures}
        if {"paid", "change"} <= roles and "cash_change" not in choice.evidence:
            return True
        named = {f.value for f in self.figures if f.role in {"grand", "total"} and f.last}
        unexplained = figure.role in {"paid", "subtotal"} and bool(named - choice.bases - {figure.value})
        if unexplained or (figure.repaired and len(choice.evidence) < 2):  # noqa: PLR2004  two roads to a repaired figure
            return True
        clear = figure.cell.sure >= float(shipped().number("ocr_clear"))
        named_well = figure.role in {"grand", "total"} and not figure.taxed
        return not choice.evidence and not (clear and named_well)

    @cached_property
    def outcome(self) -> Outcome:
        """Proven where its own sums close; inconsistent where digital text contradicts itself."""
        if self._contradiction() is not None:
            return "inconsistent" if self.confidence is None else "doubtful"
        poor = self.confidence is not None and self.confidence < float(shipped().number("ocr_poor"))
        if poor or "total" in self.uncertain:
            return "doubtful"
        return "proven" if self.choice is not None and self.choice.proven else "unprovable"

    def _contradiction(self) -> tuple[Decimal, Decimal] | None:
        """Two printed sides that should be equal and are not: capitals against figures, net and tax against total."""
        choice = self.choice
        if choice is None:
            return None
        capitals = {f.value for f in self.figures if f.role == "capitals"}
        if len(capitals) == 1 and choice.value not in capitals:
            return choice.value, capitals.pop()
        nets, taxes = ({f.value for f in self.figures if f.role == role} for role in ("net", "tax"))
        moved = any(f.role in {"extra", "discount", "rounding"} for f in self.figures)
        if choice.evidence or moved or choice.figure.role != "grand" or len(nets) != 1 or len(taxes) != 1:
            return None
        together = nets.pop() + taxes.pop()
        return None if together == choice.value else (choice.value, together)

    @cached_property
    def receipt(self) -> Receipt:
        """What it says, amounts in minor units of its currency."""
        seller, buyer = parties(self.rows)
        choice = self.choice
        return Receipt(
            date=np.datetime64(self.date[0], "D") if self.date else None,
            total=self._minor(choice.value if choice else None),
            tax=self._minor(self._part("tax")),
            net=self._minor(self._part("net")),
            seller=seller,
            buyer=buyer,
            number=self.number,
            currency=self.currency[0],
            page=choice.figure.row.page if choice else self.rows[0].page,
            uncertain=self.uncertain,
        )

    def _part(self, role: str) -> Decimal | None:
        """Net or tax: from the sum that closes, else the only figure that is named so."""
        choice = self.choice
        if choice is None:
            return None
        summed = choice.tax if role == "tax" else choice.net
        named = {f.value for f in self.figures if f.role == role and f.value < choice.value}
        return summed if summed is not None else named.pop() if len(named) == 1 else None

    def _minor(self, value: Decimal | None) -> int | None:
        """Minor units, negative on a credit note; None where the figure has more decimals than its currency."""
        sign = -1 if self.credit else 1
        try:
            return None if value is None else sign * from_decimal(value, decimals(self.currency[0]))
        except ValueError:
            return None

    def findings(self, name: str) -> Iterator[Finding]:
        """What a person should look at."""
        sides = self._contradiction()
        where = self._source(name)
        if sides is not None:
            yield Finding("document_contradiction", "serious", where, {"total": str(sides[0]), "other": str(sides[1])})
        if self.choice is None:
            yield Finding("document_total_missing", "look", where)
        elif "total" in self.uncertain and sides is None:
            yield Finding("document_total_uncertain", "look", where, {"total": str(self.choice.value)})
        if self.date is None:
            yield Finding("document_date_missing", "look", where)
        elif "date" in self.uncertain:
            yield Finding("document_date_uncertain", "look", where, {"date": self.date[0].isoformat()})

    def _source(self, name: str) -> Source:
        """Where the total stands, or the page."""
        if self.choice is None:
            return Source(name, self.rows[0].page)
        figure = self.choice.figure
        return Source(name, figure.row.page, figure.row.line, figure.cell.box)


def _statement_words(text: str) -> list[str]:
    return [text[hit.start : hit.end].casefold() for hit in find(text) if "statement" in hit.classes]
