"""One receipt or invoice: its fields, how far they can be trusted, and whether its own arithmetic closes."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np

from recon.core.settings import shipped
from recon.evidence.page import Page
from recon.reading.documents.amounts import amounts, currency
from recon.reading.documents.dates import dates
from recon.reading.documents.figures import Figure, Role, figures
from recon.reading.documents.items import Listing, listing
from recon.reading.documents.kinds import PaperKind, kind_of, known, title_kind
from recon.reading.documents.labels import Spot, document_date, document_number, order_of_days
from recon.reading.documents.parties import Named, parties
from recon.reading.documents.rows import Row, rows
from recon.reading.documents.sides import Sides, contradictions
from recon.reading.documents.total import Choice, choose
from recon.reading.documents.vocabulary import find
from recon.reading.pages.completeness import printed_page
from recon.reading.result import Kind, Outcome
from recon.reading.scans.apart import cuts

#: Signs that must come together: fewer for a picture, which nobody hands in but as a document.
_ENOUGH_OCR, _ENOUGH_DIGITAL = 3, 4

#: A paper whose kind nothing tells.
_ANY = PaperKind("receipt", "seller", "")
#: Rows that begin with a date and hold two amounts: a list of transactions, where any word speaks of a statement.
_DATED_ROWS = 3


#: Papers of several pages of which only the first says what they are.
_CONTRACTS = frozenset({"loan_contract", "lease_contract"})
#: Kinds that list days or amounts and yet are no statement of a bank: their title settles it.
LISTS = frozenset({
    "vat_special", "vat_normal", "vat_electronic", "vat_digital",
    "payroll", "loan_statement", *_CONTRACTS, "stock_count", "tax_certificate", "utility_bill", "delivery_note",
})
#: Columns of what was paid on a loan.
_REPAID = frozenset({"principal", "interest"})
#: Roles that name a total.
_NAMED = frozenset({"grand", "total", "capitals"})
#: Roles that name the total of one kind of paper only.
_OWN_TOTALS = frozenset({"net_pay", "gross_pay", "owed", "principal", "figure", "rent"})


def papers(pages: list[Page]) -> list["Paper"]:
    """The receipts and invoices on *pages*; none where the pages are something else, a bank statement for one."""
    whole = Paper(rows(pages), _confidence(pages))
    if whole.statement:
        return []
    pages = [part for page in pages for part in _apart(page)]
    return [paper for part in _parts(pages) if (paper := Paper(rows(part), _confidence(part))).enough]


def names_itself(pages: list[Page]) -> bool:
    """Whether the first page is headed as a payroll, a loan's statement or another list that is no bank statement."""
    document = rows(pages[:1])
    return title_kind(document) in LISTS or _repays(listing(document))


def lends(pages: list[Page]) -> bool:
    """Whether the first page is a loan's statement: its balances are a debt, though they follow like a bank's."""
    document = rows(pages[:1])
    titled, table = title_kind(document) == "loan_statement", listing(document)
    return _repays(table) or (titled and table is not None and bool(_REPAID & {name for name, _ in table.columns}))


def _repays(table: Listing | None) -> bool:
    """Whether a table parts payments into principal and interest, as no bank account does."""
    return table is not None and {name for name, _ in table.columns} >= _REPAID


def speaks_of_account(pages: list[Page]) -> bool:
    """Whether the words are those of a bank statement or a valuation."""
    return Paper(rows(pages), _confidence(pages)).statement


def _apart(page: Page) -> list[Page]:
    """The papers that lie on one picture, each as a page of its own."""
    for cut in cuts(page):
        one, other = (Paper(rows([part]), _confidence([part])) for part in (cut.first, cut.second))
        if _differ(one, other, beside=cut.beside):
            return [*_apart(cut.first), *_apart(cut.second)]
    return [page]


def _differ(one: "Paper", other: "Paper", *, beside: bool) -> bool:
    """Whether two parts of a picture are whole papers, and not a bill and the slip of the card that paid it."""
    if not (one.summed and other.summed and one.date and other.date):
        return False
    days, numbers = one.date[0] != other.date[0], bool(one.number and other.number) and one.number != other.number
    return one.summed != other.summed and (beside or days or numbers)


def _parts(pages: list[Page]) -> list[list[Page]]:
    """Pages that belong together: one that has a total and another number than the document so far begins a new one.

    A page that prints that it is not the first, and one without a title of its own behind a contract, go on.
    """
    parts: list[list[Page]] = []
    number, complete, contract = "", False, False
    for page in pages:
        paper = Paper(rows([page]), _confidence([page]))
        total, own, title = paper.summed is not None, paper.number, title_kind(paper.rows)
        printed = next((said for row in paper.rows if (said := printed_page(row.text))), None)
        goes_on = (printed is not None and printed[0] > 1) or (contract and not title)
        if not parts or (complete and total and (own != number or not own) and not goes_on):
            parts.append([])
            number, complete, contract = "", False, title in _CONTRACTS
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
        found = [replace(f, role=self._role(f)) for f in figures(self.rows)]
        alone = len({f.value for f in found}) == 1 and not any(f.role in _NAMED for f in found)
        if alone and self.about.total == "figure":
            found = [replace(f, role="total") for f in found]  # receipts by hand hold one amount, often without a label
        if self.credit and any(f.role in {"grand", "total"} and f.value < 0 for f in found):
            return [f if f.role == "capitals" else replace(f, value=-f.value) for f in found]
        return found

    def _role(self, figure: Figure) -> Role:
        """What a figure is on this kind of paper that other kinds call their total, or that sums up the table."""
        role, table = figure.role, self.listing
        if role == self.about.total:
            return "total" if role == "figure" else "grand"
        if role in _OWN_TOTALS:
            return "item" if role in {"figure", "rent"} else "other"
        if table is None or figure.row is not table.end:
            return role
        if self.about.total == "owed":
            return "other"  # what was paid in all is not what is owed
        return "subtotal" if role == "item" and figure.last and table.closed else role

    @cached_property
    def listing(self) -> Listing | None:
        """Its table."""
        return listing(self.rows)

    @cached_property
    def choice(self) -> Choice | None:
        """Its total."""
        listed = [entry.amount for entry in self.listing.entries] if self.listing else []
        complete = [amount for amount in listed if amount is not None]
        return choose(self.figures, Decimal(sum(complete)) if len(complete) == len(listed) > 1 else None)

    @property
    def summed(self) -> Decimal | None:
        """Its total where it is named as one."""
        return self.choice.figure.value if self.choice and self.choice.figure.role in {"grand", "total"} else None

    @property
    def credit(self) -> bool:
        """Whether it takes back: a credit note, a refund, a red invoice (红字), or capitals marked 负数."""
        return "credit_note" in self.classes

    @property
    def void(self) -> bool:
        """Whether it was cancelled."""
        return self.stamped("void")

    def stamped(self, kind: str) -> bool:
        """Whether a cell says what words of class *kind* say and nothing else, of no figure in its row."""
        return any(kind in hit.classes and (hit.end - hit.start) * 2 > len(cell.text)
                   for row in self.rows if not amounts(row.text) for cell in row.cells for hit in find(cell.text))

    @cached_property
    def currency(self) -> tuple[str, bool]:
        """Its currency and whether that is sure."""
        return currency("\n".join(row.text for row in self.rows))

    @cached_property
    def order(self) -> bool | None:
        """Whether its dates put the month first; None where nothing shows it."""
        return order_of_days(self.rows, self.currency[0])

    @cached_property
    def date(self) -> tuple[date, bool, Spot] | None:
        """Its day, whether that is sure, and where it stands."""
        return document_date(self.rows, self.currency[0], self.order)

    @cached_property
    def numbered(self) -> tuple[str, Spot | None]:
        """Its number and where that stands."""
        return document_number(self.rows)

    @property
    def number(self) -> str:
        """Its number."""
        return self.numbered[0]

    @cached_property
    def parties(self) -> tuple[Named, Named]:
        """Seller and buyer with their places."""
        return parties(self.rows, self.about.head, by_hand=self.about.total == "figure")

    @property
    def statement(self) -> bool:
        """Whether it speaks of an account's balances: a bank statement or a valuation, not a receipt."""
        if title_kind(self.rows) in LISTS or _repays(self.listing):
            return False
        words = {hit for row in self.rows for hit in _statement_words(row.text)}
        dated = sum(bool(dates(row.cells[0].text)) and len(amounts(row.text)) > 1 for row in self.rows)
        return len(words) > 1 or (bool(words) and dated >= _DATED_ROWS)

    @property
    def enough(self) -> bool:
        """Whether enough signs of a receipt or an invoice come together."""
        roles = {figure.role for figure in self.figures}
        titled = bool({"invoice", "receipt"} & set(self.classes)) or bool(title_kind(self.rows))
        named = bool(_NAMED & roles)
        signs = [titled, titled, bool(title_kind(self.rows)), named, named, "tax" in roles,
                 bool({"paid", "change"} & roles), self.date is not None, bool(self.number)]
        return sum(signs) >= (_ENOUGH_DIGITAL if self.confidence is None else _ENOUGH_OCR)

    @cached_property
    def kind_name(self) -> str:
        """The kind of paper, of ``templates/documents/kinds.tsv``; empty where nothing tells."""
        kinds = set(self.classes)
        official = any("发票" in row.text or "發票" in row.text for row in self.rows)
        kind = kind_of(self.rows, self.number, paid="change" in kinds, official=official)
        return kind or ("till_receipt" if kinds & {"cash", "card"} else "")

    @property
    def about(self) -> PaperKind:
        """What is known of its kind."""
        return known().get(self.kind_name, _ANY)

    @property
    def kind(self) -> Kind:
        """An invoice asks for money, a receipt says that it was paid."""
        if self.kind_name in known() and self.kind_name not in {"invoice", "till_receipt"}:
            return self.about.reading
        paid = "change" in {figure.role for figure in self.figures} or "receipt" in self.classes
        return "invoice" if "invoice" in self.classes and not paid else "receipt"

    @cached_property
    def uncertain(self) -> tuple[str, ...]:
        """Fields that a person should check."""
        doubts = [("total", self._total_open()), ("date", self.date is None or not self.date[1])]
        return tuple(name for name, doubt in doubts if doubt)

    def _total_open(self) -> bool:
        """Whether another figure could be the total, or one weakly named or badly read figure stands alone."""
        choice = self.choice
        if choice is None or choice.open or self.contradictions:
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
        if not clear and named - {figure.value}:
            return True  # its words were badly read, and another figure is called a total
        named_well = figure.role in {"grand", "total"} and not figure.taxed
        return not choice.evidence and not (clear and named_well)

    @cached_property
    def contradictions(self) -> tuple[Sides, ...]:
        """Every two printed sides that should be equal and are not."""
        return tuple(contradictions(self.figures, self.choice, self.listing, self.rows, self.kind_name))

    @cached_property
    def outcome(self) -> Outcome:
        """Proven where its own sums close; inconsistent where digital text contradicts itself."""
        if self.contradictions:
            return "inconsistent" if self.confidence is None else "doubtful"
        poor = self.confidence is not None and self.confidence < float(shipped().number("ocr_poor"))
        if poor or "total" in self.uncertain:
            return "doubtful"
        return "proven" if self.choice is not None and self.choice.proven else "unprovable"


def _statement_words(text: str) -> list[str]:
    return [text[hit.start : hit.end].casefold() for hit in find(text) if "statement" in hit.classes]
