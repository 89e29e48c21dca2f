"""Fields that stand beside or under their labels: date, number, seller, buyer."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from recon.reading.documents.dates import Printed, dates
from recon.reading.documents.rows import Cell, Row
from recon.reading.documents.vocabulary import chinese, classes, company_words, find, plain

_NUMBER = re.compile(r"(?=[\w/.-]*\d[\w/.-]*\d)[A-Za-z0-9][A-Za-z0-9_/.-]{2,39}")
_BARE_NUMBER = re.compile(r"(?:\bN[o0O]|№)[.:：\s°]*(\d{6,12})(?!\d)")  # a printed form's own number
_NAME_FIELD = re.compile(r"称\s*[:：]\s*(\S.{1,60}?)(?=\s{2,}|\s*[销售购买方]?\s*名\s*称|$)")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_LETTERS = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(
    r"\b(?:tel|fax|phone|street|st|road|rd|jalan|jln|jin|lot|avenue|ave|no|level|floor|www|http|email|e-mail|box)\b"
    r"|\b(?:reg|id|page|seite)\b"
    r"|@|\d{5}|电话|地址|税号|识别号",
    re.IGNORECASE,
)
_REGISTRATION = re.compile(
    r"\s*\(?(?:co\.?\s*)?(?:reg|company)?\.?\s*(?:no\.?)?\s*[:(]\s*[\dA-Z][\w\s-]*\d[\w\s-]*\)?\s*$", re.IGNORECASE
)
_DATE_KINDS = frozenset({"date", "not_date"})
#: How many rows from the top a shop's name stands in.
_HEAD_ROWS = 10


def document_date(document: list[Row], currency: str) -> tuple[date, bool] | None:
    """The day and whether it is sure: beside a label for it, else beside a clock time, else the commonest."""
    votes: Counter[date] = Counter()
    sure: dict[date, bool] = {}
    for i, row in enumerate(document):
        for cell in row.cells:
            for printed in dates(cell.text, currency):
                worth = _date_worth(printed, cell, row, document[i - 1] if i else None)
                votes[printed.day] += worth
                sure[printed.day] = sure.get(printed.day, False) or (printed.sure and worth > 0)
    if not votes:
        return None
    (day, best), *others = votes.most_common()
    clear = best > 0 and all(best > other for _, other in others)
    return day, clear and sure[day]


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
    worth = 6 if "date" in kinds else 2
    return worth + (3 if _CLOCK.search(row.text) else 0)


def _over(cell: Cell, above: Row) -> list[Cell]:
    """Cells of the row *above* that stand over *cell* and hold no date of their own."""
    return [o for o in above.cells if o.box[0] < cell.box[2] and cell.box[0] < o.box[2] and not dates(o.text)]


def document_number(document: list[Row]) -> str:
    """The number behind the first label for one, in its row or right under it in its column."""
    for i, row in enumerate(document):
        for k, cell in enumerate(row.cells):
            for hit in find(cell.text):
                if "number" not in hit.classes:
                    continue
                places = [cell.text[hit.end :]]
                if _ends(cell.text, hit.end):
                    places += [other.text for other in (*row.cells[k + 1 : k + 2], *_under(cell, document, i))]
                found = next((number for text in places if (number := _number_in(text))), "")
                if found:
                    return found
    match = next((m for row in document if (m := _BARE_NUMBER.search(row.text))), None)
    return match[1] if match else ""


def _under(cell: Cell, document: list[Row], i: int) -> list[Cell]:
    """Cells of the next two rows that stand under *cell*, as far as the next label."""
    found: list[Cell] = []
    for row in document[i + 1 : i + 3]:
        below = [o for o in row.cells if o.box[0] < cell.box[2] and cell.box[0] < o.box[2]]
        if row.page != document[i].page or any(find(o.text) for o in below if o.text[0] != "#"):
            break
        found += below
    return found


def _ends(text: str, end: int) -> bool:
    """Whether nothing but marks stands behind a label."""
    return not re.search(r"\w{2}", text[end:])


def _number_in(text: str) -> str:
    """A number of a document at the start of *text*: digits with letters and marks, not a date, a time or an amount."""
    marks = r"[\s:：.#№°º)\]\[/(-]*"
    head = re.sub(rf"^{marks}(?:no|nr|number|num|id|date)?{marks}(?:date)?{marks}", "", text, flags=re.IGNORECASE)
    match = _NUMBER.match(head)
    if match is None and "#" in text[: len(text) - len(head)]:
        match = re.match(r"[\w/.-]*\d[\w/.-]*", head)
    if not match:
        return ""
    word = match.group().rstrip(".-/")
    whole_date = any(d.start == 0 and d.end >= len(word) for d in dates(word))
    return "" if whole_date or re.fullmatch(r"\d+[.,]\d\d", word) else word


def parties(document: list[Row]) -> tuple[str, str]:
    """Seller and buyer; each empty where the document does not say."""
    seller, buyer = _named_twice(document)
    seller = seller or _labelled(document, "seller")
    buyer = buyer or _labelled(document, "buyer")
    return seller or _at_the_head(document, buyer), buyer


def _named_twice(document: list[Row]) -> tuple[str, str]:
    """Seller and buyer behind two 名称: of a Chinese invoice: the left or the upper one buys."""
    names = [match[1].strip() for row in document for match in _NAME_FIELD.finditer(row.text) if chinese(match[1])]
    return (names[1], names[0]) if len(names) > 1 else ("", "")


def _labelled(document: list[Row], kind: str) -> str:
    """The name behind a label of that kind, or under it in the same column."""
    for i, row in enumerate(document):
        for cell in row.cells:
            hit = next((hit for hit in find(cell.text) if kind in hit.classes and hit.start < 3), None)  # noqa: PLR2004  a label leads its cell
            if hit is None or "date" in classes(cell.text) or "number" in classes(cell.text[hit.end :]):
                continue
            behind = re.sub(r"^[\s:：*#]*(?:名称|name)?[\s:：]*", "", cell.text[hit.end :], flags=re.IGNORECASE)
            marked = re.match(r"\s*(?:名称|name)?\s*[:：]", cell.text[hit.end :], re.IGNORECASE)
            if marked and _nameable(behind):
                return _clean(behind)
            if not _LETTERS.search(behind) and (found := next(_beside_or_under(document, i, cell), "")):
                return found
    return ""


def _beside_or_under(document: list[Row], i: int, label: Cell) -> Iterator[str]:
    """The cell right of a label if it stands close, else the cells below it in its column."""
    for cell in document[i].cells:
        if 0 < cell.box[0] - label.box[2] < 6 * label.height and _nameable(cell.text):
            yield _clean(cell.text)
    for row in document[i + 1 : i + 4]:
        for cell in row.cells:
            near = row.page == document[i].page and abs(cell.box[0] - label.box[0]) < 3 * label.height
            if near and _nameable(cell.text):
                yield _clean(cell.text)


def _nameable(text: str) -> bool:
    """Whether *text* may be the name of a person or a firm."""
    letters = len(_LETTERS.findall(text))
    long_enough = letters >= (2 if chinese(text) else 4)
    mostly = letters * 2 > len(text.replace(" ", ""))
    return long_enough and mostly and text.lstrip()[0] not in "(（[" and not dates(text)


def _clean(text: str) -> str:
    """A name without marks at its ends and without a registration number behind it."""
    bare = _REGISTRATION.sub("", text.strip())
    return bare.strip(" :：,，;*#-_=|>")


def _at_the_head(document: list[Row], buyer: str) -> str:
    """The shop's name at the top: the first line with a firm's word, else the first line of letters."""
    head: list[str] = []
    for row in document[:_HEAD_ROWS]:
        text = _clean(_untitled(row.cells[0].text))
        if _nameable(text) and text != buyer and not _ADDRESS.search(text) and not _title(row.cells[0].text):
            head.append(f"{head.pop()} {text}" if head and _only_form(row.cells[0].text) else text)
    firm = next((text for text in head if _firm(text)), "")
    return firm or next(iter(head), "")


def _untitled(text: str) -> str:
    """*text* without the kind of paper behind the name: ``兴旺批发部 送货单``."""
    name, _, last = text.rpartition(" ")
    return name if name and _title(last) and classes(last) & {"receipt", "invoice"} else text


def _only_form(text: str) -> bool:
    """Whether a line holds nothing but a firm's legal form, its name standing on the line above."""
    return re.sub(r"[.,]", "", plain(text)) in company_words()


def _title(text: str) -> bool:
    """Whether a line only says what the paper is, or thanks its reader."""
    hits = find(text)
    if "courtesy" in classes(text) or (hits and hits[0].start == 0 and "receipt" in hits[0].classes):
        return True
    low = plain(text)
    covered = sum(hit.end - hit.start for hit in hits)
    return covered * 2 > len(low.replace(" ", ""))


def _firm(text: str) -> bool:
    """Whether a line carries a word that firms carry."""
    low = plain(text)
    latin = re.sub(r"[.,]", "", low)
    for word in company_words():
        if chinese(word):
            if re.search(re.escape(word) + r"(?:\(.*\))?$", low):
                return True
        elif re.search(rf"\b{re.escape(word)}\b", latin):
            return True
    return False
