"""Fields that stand beside or under their labels: date, number, seller, buyer."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from recon.reading.documents.dates import Printed, dates
from recon.reading.documents.rows import Cell, Row
from recon.reading.documents.vocabulary import chinese, classes, company_words, find, plain

_NUMBER = re.compile(r"(?=[\w/.-]*\d[\w/.-]*\d)[A-Za-z0-9][A-Za-z0-9_/.-]{2,39}")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_LETTERS = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(
    r"\b(?:tel|fax|phone|street|st|road|rd|jalan|jln|jin|lot|avenue|ave|no|level|floor|www|http|email|e-mail|box|reg|id)\b[.:]?"
    r"|@|\d{5}|电话|地址|税号|识别号",
    re.IGNORECASE,
)
#: How many rows from the top a shop's name stands in.
_HEAD_ROWS = 10


def document_date(document: list[Row], currency: str) -> tuple[date, bool] | None:
    """The day of the document and whether it is sure: beside a label for it, else beside a clock time, else the commonest."""
    votes: Counter[date] = Counter()
    sure: dict[date, bool] = {}
    above: Row | None = None
    for row in document:
        for printed in dates(row.text, currency):
            worth = _date_worth(printed, row, above)
            votes[printed.day] += worth
            sure[printed.day] = sure.get(printed.day, False) or (printed.sure and worth > 0)
        above = row
    if not votes:
        return None
    (day, best), *others = votes.most_common()
    clear = best > 0 and all(best > other for _, other in others)
    return day, clear and sure[day]


def _date_worth(printed: Printed, row: Row, above: Row | None) -> int:
    """What its surroundings say for a date being the document's: 0 for a due date or a period."""
    before = classes(plain(row.text)[: printed.start])
    if not before & {"date", "not_date"} and above is not None and not dates(above.text):
        before |= classes(above.text) & {"date", "not_date"}
    if "not_date" in before or "statement" in before:
        return 0
    worth = 6 if "date" in before else 2
    return worth + (3 if _CLOCK.search(row.text) else 0)


def document_number(document: list[Row]) -> str:
    """The number behind the first label for one, in its row or right under it."""
    for i, row in enumerate(document):
        for hit in find(row.text):
            if "number" not in hit.classes:
                continue
            under = document[i + 1].text if i + 1 < len(document) else ""
            found = _number_in(row.text[hit.end :]) or (_number_in(under) if _ends(row.text, hit.end) else "")
            if found:
                return found
    return ""


def _ends(text: str, end: int) -> bool:
    """Whether nothing but marks stands behind a label."""
    return not re.search(r"\w{2}", text[end:])


def _number_in(text: str) -> str:
    """A number of a document at the start of *text*: digits with letters and marks, not a date, a time or an amount."""
    head = re.sub(r"^[\s:：.#№)\]\[/(-]*(?:no|nr|number|num|id|date|#)?[\s:：.#№)\[\]/(-]*(?:date)?[\s:：.#\[(]*", "", text, flags=re.IGNORECASE)
    match = _NUMBER.match(head)
    if not match:
        return ""
    word = match.group().rstrip(".-/")
    return "" if dates(word) or re.fullmatch(r"\d+[.,]\d\d", word) else word


def parties(document: list[Row]) -> tuple[str, str]:
    """Seller and buyer; each empty where the document does not say."""
    seller, buyer = _named_twice(document)
    seller = seller or _labelled(document, "seller")
    buyer = buyer or _labelled(document, "buyer")
    return seller or _at_the_head(document, buyer), buyer


def _named_twice(document: list[Row]) -> tuple[str, str]:
    """Two names under 名称: on a Chinese invoice: side by side the left one buys, one above the other the upper one."""
    names: list[tuple[Row, Cell, str]] = []
    for row in document:
        for cell in row.cells:
            match = re.search(r"名\s*称\s*[:：]\s*([^:：]{2,60}?)(?=\s*名\s*称\s*[:：]|$)", cell.text)
            if match and chinese(match[1]):
                names.append((row, cell, match[1].strip()))
            if match and (second := re.search(r"名\s*称\s*[:：]\s*([^:：]{2,60})$", cell.text[match.end() :])):
                names.append((row, cell, second[1].strip()))
    if len(names) < 2:  # noqa: PLR2004  buyer and seller
        return "", ""
    return names[1][2], names[0][2]


def _labelled(document: list[Row], kind: str) -> str:
    """The name behind a label of that kind, or under it in the same column."""
    for i, row in enumerate(document):
        for cell in row.cells:
            hit = next((hit for hit in find(cell.text) if kind in hit.classes and hit.start < 3), None)  # noqa: PLR2004  a label leads its cell
            if hit is None or "date" in classes(cell.text) or "number" in classes(cell.text[hit.end :]):
                continue
            behind = re.sub(r"^[\s:：*#]*(?:名称|name)?[\s:：]*", "", cell.text[hit.end :], flags=re.IGNORECASE)
            if _nameable(behind) and re.match(r"\s*(?:名称|name)?\s*[:：]", cell.text[hit.end :], re.IGNORECASE):
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
            if abs(cell.box[0] - label.box[0]) < 3 * label.height and _nameable(cell.text) and row.page == document[i].page:
                yield _clean(cell.text)


def _nameable(text: str) -> bool:
    """Whether *text* may be the name of a person or a firm."""
    letters = len(_LETTERS.findall(text))
    long_enough = letters >= (2 if chinese(text) else 4)
    return long_enough and letters * 2 > len(text.replace(" ", "")) and not dates(text)


def _clean(text: str) -> str:
    """A name without marks at its ends and without a registration number behind it."""
    bare = re.sub(r"\s*\(?(?:co\.?\s*)?(?:reg|company)?\.?\s*(?:no\.?)?\s*[:(]\s*[\dA-Z][\w\s-]*\d[\w\s-]*\)?\s*$", "", text.strip(), flags=re.IGNORECASE)
    return bare.strip(" :：,，;*#-_=|>")


def _at_the_head(document: list[Row], buyer: str) -> str:
    """The shop's name at the top: the first line with a firm's word, else the first line of letters."""
    head: list[str] = []
    for row in document[:_HEAD_ROWS]:
        text = _clean(row.cells[0].text)
        if _nameable(text) and text != buyer and not _ADDRESS.search(text) and not _title(row.cells[0].text):
            head.append(f"{head.pop()} {text}" if head and _only_form(text) else text)
    firm = next((text for text in head if _firm(text)), "")
    return firm or next(iter(head), "")


def _only_form(text: str) -> bool:
    """Whether a line holds nothing but a firm's legal form, its name standing on the line above."""
    return re.sub(r"[.,]", "", plain(text)) in company_words()


def _title(text: str) -> bool:
    """Whether a line only says what the paper is, or thanks its reader."""
    if "courtesy" in classes(text):
        return True
    low = plain(text)
    covered = sum(hit.end - hit.start for hit in find(text))
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
