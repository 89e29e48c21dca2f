"""Fields that stand beside or under their labels: days, number, rate, amounts and words."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from recon.reading.documents.amounts import amounts
from recon.reading.documents.dates import Printed, dates, month_first
from recon.reading.documents.rows import Cell, Row
from recon.reading.documents.vocabulary import classes, find, plain

_NUMBER = re.compile(r"(?=[\w/.-]*\d[\w/.-]*\d)[A-Za-z0-9][A-Za-z0-9_/.-]{2,39}")
_BY = re.compile(  # pay by 28 January 2025
    r"\b(?:pay|paid|payment|due|payable|settled?)\b[^\d]{0,30}\b(?:by|before|no later than)\s*$", re.IGNORECASE
)
_OF_CHARACTERS = re.compile(  # 江农商借字2024第0118号
    r"[A-Z一-鿿()〔〕\[\]【】-]{1,14}\d[\dA-Z一-鿿()〔〕\[\]【】-]{1,20}号"
)
_MIXED_NUMBER = re.compile(r"[A-Z]{1,5}[-/]?\d[\d/-]{1,18}\d|\d{5,20}|[A-Z]{0,4}-?\d[\d-]{4,20}\d")
_BARE_NUMBER = re.compile(r"(?:\bN[o0O]|№)[.:：\s°]*(\d{6,12})(?!\d)")  # a printed form's own number
_BARE_LABEL = re.compile(r"^(?:n[o0]|nr|№|n°)\s*[.:：°]*\s*(.*)$", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"[A-Z]{0,4}-?\d[\d-]{4,20}\d")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_PERCENT = re.compile(r"(\d{1,2}(?:\.\d{1,4})?)\s*%")
_YEARLY = re.compile(r"(\d{1,2}(?:\.\d{1,4})?)\s*%\s*(?:per\s+annum|per\s+year|a\s+year|p\.?\s?a\b)", re.IGNORECASE)
_BEFORE = re.compile(r"^\s*[日号]?\s*(?:之?前|以前)")  # 请于 2025-04-25 前缴纳
_CREDIT = re.compile(r"net\s?(\d{1,3})(?![\d.,])|(?<![\d.,月])(\d{1,3})\s?(?:days?\b|天|日)")
#: A label and its value; rows of more cells that hold amounts are lines of a table.
_PAIR = 2
_DATE_KINDS = frozenset({"date", "not_date"})
#: Classes of words that label a field: a cell of one is no value.
FIELDS = frozenset({
    "seller", "buyer", "payee", "payer", "business", "date", "not_date", "due", "number", "period", "rate", "principal",
    "owed", "total", "grand", "subtotal", "tax", "figure", "header", "phone",
    "terms",
})
#: How sure a field is that stands beside its label, and one that is only taken for it.
LABELLED, GUESSED = 0.98, 0.75


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a field was found and how sure it is: what the OCR says of the cell, times how it was found."""

    row: Row
    cell: Cell
    how: float = LABELLED

    @property
    def sure(self) -> float:
        """0 to 1."""
        return round(self.cell.sure * self.how, 3)


def order_of_days(document: list[Row], currency: str) -> bool | None:
    """Whether months stand first, by dates that can be read only one way, or because nothing is due before its date."""
    shown = month_first(row.text for row in document)
    if shown is not None:
        return shown
    for order in (None, True):
        day, due = document_date(document, currency, order), due_date(document, currency, order)
        if day is None or due is None:
            return None
        if due[0] >= day[0]:
            return order
    return None


def document_date(document: list[Row], currency: str, order: bool | None) -> tuple[date, bool, Spot] | None:  # noqa: FBT001  a fact of three values
    """The day, whether it is sure, its place: beside a label for it, else beside a clock time, else the commonest.

    *order* is what :func:`order_of_days` says.
    """
    votes: Counter[date] = Counter()
    sure: dict[date, bool] = {}
    spots: dict[date, tuple[int, Spot]] = {}
    for i, row in enumerate(document):
        for cell in row.cells:
            for printed in dates(cell.text, currency, months_first=order):
                worth = _date_worth(printed, cell, row, document[i - 1] if i else None)
                votes[printed.day] += worth
                sure[printed.day] = sure.get(printed.day, False) or (printed.sure and worth > 0)
                if printed.day not in spots or worth > spots[printed.day][0]:
                    spots[printed.day] = worth, Spot(row, cell, LABELLED if worth >= _LABEL_WORTH else GUESSED)
    if not votes:
        return None
    best = max(votes.values())
    day = max(day for day, worth in votes.items() if worth == best)  # a paper is made after the days that it speaks of
    others = [(other, worth) for other, worth in votes.items() if other != day]
    clear = best > 0 and all(best > other for _, other in others)
    return day, clear and sure[day], spots[day][1]


#: What a date's own label is worth.
_LABEL_WORTH = 6


def due_date(document: list[Row], currency: str, order: bool | None) -> tuple[date, Spot] | None:  # noqa: FBT001  likewise
    """The day by which it is to be paid or ends: behind or under a label for it, or the end of a term."""
    for i, row in enumerate(document):
        for cell in row.cells:
            kinds = classes(cell.text)
            printed = dates(cell.text, currency, months_first=order)
            if "starts" in kinds and len(printed) > 1:
                return printed[-1].day, Spot(row, cell)
            before = next((p for p in printed if _by_then(cell.text, p)), None)
            if before and "due" not in kinds and "starts" not in kinds:
                return before.day, Spot(row, cell)
            if "due" not in kinds:
                continue
            at = next(hit.end for hit in find(cell.text) if "due" in hit.classes)
            behind = next((p for p in printed if p.start >= at), None)
            if behind:
                return behind.day, Spot(row, cell)
            for other_row, other in _near(cell, document, i):
                if found := dates(other.text, currency, months_first=order):
                    return found[0].day, Spot(other_row, other)
    return None


def _by_then(text: str, printed: Printed) -> bool:
    """Whether words around a day in a sentence say that it is to be paid by then."""
    return bool(_BEFORE.match(text[printed.end :]) or _BY.search(text[: printed.start]))


def credit_days(document: list[Row]) -> tuple[int, Spot] | None:
    """The days of credit behind, beside or under a label for them: ``Terms: net 30 days``, ``账期：30天``."""
    for i, row in enumerate(document):
        for cell in row.cells:
            hit = next((hit for hit in find(cell.text) if "terms" in hit.classes), None)
            if hit is None:
                continue
            for other_row, other in ((row, cell), *_near(cell, document, i)):
                text = plain(cell.text)[hit.start :] if other is cell else plain(other.text)
                if match := _CREDIT.search(text):
                    return int(match[1] or match[2]), Spot(other_row, other)
    return None


def _near(cell: Cell, document: list[Row], i: int) -> Iterator[tuple[Row, Cell]]:
    """The next cell right of a label, then the cells under it."""
    row = document[i]
    k = row.cells.index(cell)
    yield from ((row, other) for other in row.cells[k + 1 : k + 2])
    for below in document[i + 1 : i + 3]:
        if below.page == row.page:
            yield from ((below, o) for o in below.cells if o.box[0] < cell.box[2] and cell.box[0] < o.box[2])


def percentage(document: list[Row]) -> tuple[str, Spot] | None:
    """The yearly rate of a loan as printed, without its sign."""
    for i, row in enumerate(document):
        for cell in row.cells:
            if "rate" not in classes(cell.text):
                continue
            for other_row, other in ((row, cell), *_near(cell, document, i)):
                if match := _PERCENT.search(other.text):
                    return match[1], Spot(other_row, other)
    return next(((match[1], Spot(row, cell)) for row in document for cell in row.cells
                 if (match := _YEARLY.search(cell.text))), None)


def amount_beside(document: list[Row], kind: str) -> tuple[Decimal, Spot] | None:
    """The amount behind, beside or under a label of class *kind*."""
    for i, row in enumerate(document):
        for cell in row.cells:
            hit = next((hit for hit in find(cell.text) if kind in hit.classes), None)
            if hit is None:
                continue
            own = [a for a in amounts(cell.text, whole=True) if a.start >= hit.end]
            if own:
                return own[-1].value, Spot(row, cell)
            for other_row, other in _near(cell, document, i):
                if not dates(other.text) and (found := amounts(other.text, whole=True)):
                    return found[-1].value, Spot(other_row, other)
    return None


def words_beside(document: list[Row], kind: str) -> tuple[str, Spot] | None:
    """What stands behind, beside or under a label of class *kind*, as printed."""
    for i, row in enumerate(document):
        for cell in row.cells:
            hit = next((hit for hit in find(cell.text) if kind in hit.classes and hit.start < 3), None)  # noqa: PLR2004  a label leads its cell
            if hit is None:
                continue
            behind = cell.text[hit.end :].strip(" :：.#")
            if re.search(r"\w", behind):
                return behind, Spot(row, cell)
            for other_row, other in _near(cell, document, i):
                if not is_label(other.text):
                    return other.text.strip(" :："), Spot(other_row, other)
    return None


def _date_worth(printed: Printed, cell: Cell, row: Row, above: Row | None) -> int:
    """What its surroundings say for a date being the document's: 0 for a due date or a period."""
    kinds = classes(plain(cell.text)[: printed.start]) & _DATE_KINDS
    left = [other for other in row.cells if other.box[2] <= cell.box[0] and classes(other.text) & _DATE_KINDS]
    if not kinds and left:
        kinds = classes(left[-1].text)
    if not kinds and above is not None:
        kinds = frozenset(c for other in _over(cell, above) for c in classes(other.text))
    if kinds & {"not_date", "statement"}:
        return 0
    if len(row.cells) > _PAIR and amounts(row.text) and not classes(row.text) & _DATE_KINDS:
        return 1  # a line of a table: when goods came or a tax was paid
    worth = _LABEL_WORTH if "date" in kinds else 2
    return worth + (3 if _CLOCK.search(row.text) else 0)


def _over(cell: Cell, above: Row) -> list[Cell]:
    """Cells of the row *above* that stand over *cell* and hold no date of their own."""
    return [o for o in above.cells if o.box[0] < cell.box[2] and cell.box[0] < o.box[2] and not dates(o.text)]


def is_label(text: str) -> bool:
    """Whether a cell begins with a label that fills most of it or is followed by a colon."""
    for hit in find(text):
        if hit.start < 2 and hit.classes & FIELDS:  # noqa: PLR2004  a mark may lead
            return bool(re.match(r"\s*(?:\([^()]*\))?\s*(?:[:：]|$)", text[hit.end :])) or hit.end * 4 >= len(text) * 3
    return False


def document_number(document: list[Row], kind: str = "number") -> tuple[str, Spot | None]:
    """The number behind the first label for one, in its row or right under it in its column, and its place."""
    for i, row in enumerate(document):
        for k, cell in enumerate(row.cells):
            for hit in find(cell.text):
                if kind not in hit.classes or (kind == "number" and "cancels" in hit.classes):
                    continue
                places = [(row, cell, cell.text[hit.end :])]
                if _ends(cell.text, hit.end):
                    places += [(row, other, other.text) for other in row.cells[k + 1 : k + 2]]
                    places += [(below, other, other.text) for below, other in _under(cell, document, i)]
                for place, other, text in places:
                    if number := _number_in(text):
                        return number, Spot(place, other)
    return _bare_number(document) if kind == "number" else ("", None)


def _bare_number(document: list[Row]) -> tuple[str, Spot | None]:
    """A form's own number: behind a bare "No" that leads its cell, beside or under it, or printed with it in a row."""
    for i, row in enumerate(document):
        for cell in row.cells:
            label = _BARE_LABEL.match(cell.text)
            if label and _MIXED_NUMBER.fullmatch(label[1]):
                return label[1], Spot(row, cell)
            if label and not label[1]:
                for other_row, other in _near(cell, document, i):
                    if _OWN_NUMBER.fullmatch(other.text):
                        return other.text, Spot(other_row, other)
    for row in document:
        for cell in row.cells:
            if match := _BARE_NUMBER.search(cell.text):
                return match[1], Spot(row, cell)
    return "", None


def _under(cell: Cell, document: list[Row], i: int) -> list[tuple[Row, Cell]]:
    """Cells of the next two rows that stand under *cell*, as far as the next label."""
    found: list[tuple[Row, Cell]] = []
    for row in document[i + 1 : i + 3]:
        below = [o for o in row.cells if o.box[0] < cell.box[2] and cell.box[0] < o.box[2]]
        if row.page != document[i].page or any(find(o.text) for o in below if o.text[0] != "#"):
            break
        found += [(row, other) for other in below]
    return found


def _ends(text: str, end: int) -> bool:
    """Whether nothing but marks stands behind a label."""
    return not re.search(r"\w{2}", text[end:])


def _number_in(text: str) -> str:
    """A number of a document at the start of *text*: digits with letters and marks, not a date, a time or an amount."""
    marks = r"[\s:：.#№°º)\]\[/(-]*"
    head = re.sub(rf"^{marks}(?:no|nr|number|num|id|date)?{marks}(?:date)?{marks}", "", text, flags=re.IGNORECASE)
    match = _OF_CHARACTERS.match(head) or _NUMBER.match(head)
    if match is None and "#" in text[: len(text) - len(head)]:
        match = re.match(r"[\w/.-]*\d[\w/.-]*", head)
    if not match:
        return ""
    word = match.group().rstrip(".-/")
    whole_date = not word.isdigit() and any(d.start == 0 and d.end >= len(word) for d in dates(word))
    return "" if whole_date or re.fullmatch(r"\d+[.,]\d\d", word) else word
