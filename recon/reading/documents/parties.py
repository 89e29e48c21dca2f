"""Who sells and who buys: names beside or under their labels, in a contract's sentence, or at the head of the paper."""

import re
from collections.abc import Iterator

from recon.reading.documents.dates import dates
from recon.reading.documents.items import column_of
from recon.reading.documents.kinds import titled
from recon.reading.documents.labels import FIELDS, GUESSED, LABELLED, Spot, is_label
from recon.reading.documents.rows import Cell, Row
from recon.reading.documents.vocabulary import Hit, chinese, classes, company_words, find, plain

_NAME_FIELD = re.compile(r"称\s*[:：]\s*(\S.{1,60}?)(?=\s{2,}|\s*[销售购买方]?\s*名\s*称|$)")
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
#: What stands between a label and its name: a role in brackets, the word for a name, a colon.
_BETWEEN = re.compile(r"^\s*\)?(?:\([^()]{1,8}\))?[\s*#]*(?:名称|name)?\s*(?P<mark>[:：])?\s*", re.IGNORECASE)
#: What a contract calls its parties: 甲方(借款人).
_PARTY = re.compile(r"^[甲乙丙]方\(?")
#: ``between X (the Lender)``: the role stands behind the name.
_ROLE_BEHIND = re.compile(
    r"^(?:between|and|by)?\s*(\S.{2,60}?)\s*\((?:the\s)?[“\"']?([\w ]{3,20})[”\"']?\)[.,;]?(?:\s+and)?$", re.IGNORECASE
)
#: ``a loan from Anna Reed (the Lender)``: likewise in a sentence.
_ROLE_INSIDE = re.compile(
    r"((?:[A-Z][\w.&'-]*\s){1,6})\((?:hereinafter\s)?(?:called\s)?(?:the\s)[“\"']?(\w{3,20})[”\"']?\)"
)
#: Where a sentence goes on behind the payer's name.
_GOES_ON = re.compile(r"\s(?:for|in payment of|the sum of|on account of)\b.*$|\s+\S*(?:交来|交付|付|款).*$|交来.*$",
                      re.IGNORECASE)
_HEAD_ROWS = 10
#: A row of so many words for columns heads a table.
_HEADED = 3
#: A label's value stands within so many heights right of it, or anywhere in a row of just the two.
_BESIDE, _PAIR = 16, 2
#: Further labels count for papers on which somebody got money by hand, and on a firm's own lists.
_BY_HAND = {"seller": ("payee",), "buyer": ("payer",)}
_OWN_LIST = {"seller": (), "buyer": ("business",)}

#: The month and the sort of list behind a name, before the title: ``兴旺五金店2025年3月份员工工资表``.
_PERIOD = re.compile(
    r"\s*(?:\d{4}\s*年度?)?\s*(?:\d{1,2}\s*月份?)?\s*(?:存货|库存|商品|材料|物资|职工|员工|临时用工|月度|季度|年度)?\s*$"
)
#: What the payer did, behind a name of three characters at least.
_SENTENCE = re.compile(r"(?<=\S{3})(?:交来|缴来|交付|支付|付)")
#: Labels that names do not end with.
_ENDING = frozenset({
    "seller", "buyer", "date", "not_date", "due", "number", "period", "rate", "phone", "principal"})

Named = tuple[str, Spot | None]
_NOBODY: Named = ("", None)


def parties(document: list[Row], head: str, *, by_hand: bool = False) -> tuple[Named, Named]:
    """Seller and buyer with their places; each empty where the document does not say.

    Args:
        document: its rows.
        head: whose name stands at the top where no label says it: ``seller``, ``buyer`` or ``none``.
        by_hand: who received and who paid are the parties, not clerks.
    """
    found = dict(zip(("seller", "buyer"), _named_twice(document), strict=True))
    further = _BY_HAND if by_hand else _OWN_LIST if head == "buyer" else {}
    for side in ("seller", "buyer"):
        if not found[side][0]:
            found[side] = _role_behind(document, side)
        for kind in (side, *further.get(side, ())):
            if not found[side][0]:
                found[side] = _labelled(document, kind)
    if head != "none" and not found[head][0]:
        other = found["buyer" if head == "seller" else "seller"][0]
        found[head] = _at_the_head(document, other)
    return found["seller"], found["buyer"]


def _named_twice(document: list[Row]) -> tuple[Named, Named]:
    """Seller and buyer behind two 名称: of a Chinese invoice: the left or the upper one buys."""
    names = [(match[1].strip(), _spot(row, match[1].strip())) for row in document
             for match in _NAME_FIELD.finditer(row.text) if chinese(match[1])]
    return (names[1], names[0]) if len(names) > 1 else (_NOBODY, _NOBODY)


def _spot(row: Row, name: str) -> Spot:
    """The cell of *row* that holds *name*."""
    cell = next((cell for cell in row.cells if name in cell.text), row.cells[-1])
    return Spot(row, cell)


def _labelled(document: list[Row], kind: str) -> Named:
    """The name behind a label of that kind, or beside or under it; a label with a colon before one without."""
    weak: Named = _NOBODY
    for i, row in enumerate(document):
        if _heads_table(row):
            continue  # the unit of goods (单位) is no firm (单位)
        for cell in row.cells:
            hit = next((hit for hit in find(cell.text) if kind in hit.classes and _leads(hit, cell.text)), None)
            if hit is None or "courtesy" in classes(cell.text) or "number" in classes(cell.text[hit.end :][:8]):
                continue
            behind = cell.text[hit.end :]
            between = _BETWEEN.match(behind)
            name = _GOES_ON.sub("", _up_to_label(behind[between.end() :])) if between else ""
            if kind == "payer" and chinese(name) and name.strip():
                said = [word for word in name.split() if not is_label(word)] or [name]
                name = _SENTENCE.split(said[0])[0]  # a sentence goes on: 今收到 (承租人) X 付 Y 货款
            if between and between["mark"] and _nameable(name):
                return _clean(name), Spot(row, cell)
            if not _LETTERS.search(name):
                found = next(_beside_or_under(document, i, cell), _NOBODY)
                if found[0]:
                    return found
            bracketed = cell.text[: hit.end].endswith(")")  # 收款单位(盖章)江州农机站
            begins = bracketed or _begins_name(behind) or (kind == "payer" and chinese(name))
            if not weak[0] and _LETTERS.search(name) and _nameable(name) and begins:
                weak = _clean(name), Spot(row, cell, GUESSED)
    return weak


def _heads_table(row: Row) -> bool:
    return sum(bool(column_of(cell.text)) for cell in row.cells) >= _HEADED


def _leads(hit: Hit, text: str) -> bool:
    """Whether a label leads its cell, or was run together with the cell before it."""
    return len(_PARTY.sub("", text[: hit.start])) < 3 or _closes(hit, text)  # noqa: PLR2004  a mark may lead


def _closes(hit: Hit, text: str) -> bool:
    """Whether a label ends its cell, as names do not end."""
    return hit.start > 0 and bool(hit.classes & _ENDING) and not re.search(r"\w", text[hit.end :])


def _begins_name(behind: str) -> bool:
    """Whether what follows a label without a colon may be a name: parted by a space, and no sentence going on."""
    text = behind.strip()
    told = frozenset(c for hit in find(text[:12]) for c in hit.classes)
    return behind[:1].isspace() and (chinese(text) or text[:1].isupper()) and not told & (FIELDS | {"courtesy"})


def _up_to_label(text: str) -> str:
    """*text* as far as the next label that was run together with it: one with a colon, or one that ends the cell."""
    for hit in find(text):
        if hit.start > 1 and hit.classes & FIELDS and re.match(r"\s*[:：]", text[hit.end :]):
            return text[: hit.start]
        if hit.start > 1 and _closes(hit, text):
            return text[: hit.start]
    return text


def _role_behind(document: list[Row], side: str) -> Named:
    """A name with its role in brackets behind it."""
    for row in document:
        for cell in row.cells:
            match = _ROLE_BEHIND.match(cell.text)
            inside = [] if match else _ROLE_INSIDE.finditer(cell.text)
            for each in (match, *inside):
                if each and side in classes(each[2]):
                    return _clean(each[1]), Spot(row, cell)
    return _NOBODY


def _beside_or_under(document: list[Row], i: int, label: Cell) -> Iterator[Named]:
    """The cell right of a label if it stands close and is no label, else the cells below it in its column."""
    row = document[i]
    for cell in row.cells:
        gap = cell.box[0] - label.box[2]
        if 0 < gap < _BESIDE * label.height:
            if is_label(cell.text):
                break
            if _nameable(cell.text):
                yield _clean(_up_to_label(cell.text)), Spot(row, cell)
    for below in document[i + 1 : i + 4]:
        for cell in below.cells:
            near = below.page == row.page and abs(cell.box[0] - label.box[0]) < 3 * label.height
            if near and _nameable(cell.text) and not is_label(cell.text):
                yield _clean(_up_to_label(cell.text)), Spot(below, cell, (LABELLED + GUESSED) / 2)
    last = row.cells[-1]
    if len(row.cells) == _PAIR and last is not label and _nameable(last.text) and not is_label(last.text):
        yield _clean(last.text), Spot(row, last, GUESSED)


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


def _at_the_head(document: list[Row], other: str) -> Named:
    """The shop's name at the top: the first line with a firm's word, else the first line of letters.

    What stands above the paper's title comes first: below it begin those whom the paper is for.
    """
    title = next((n for n, row in enumerate(document[:_HEAD_ROWS]) if any(titled(c.text) >= 0 for c in row.cells)), 0)
    above = _first_name(document[: title + 1], other)
    return above if above[0] else _first_name(document[:_HEAD_ROWS], other)


def _first_name(document: list[Row], other: str) -> Named:
    """The first line with a firm's word, else the first line of letters."""
    head: list[tuple[str, Spot]] = []
    for row in document:
        if _heads_table(row):
            break
        cell = row.cells[0]
        text = _clean(_undated(_untitled(cell.text)))
        title = _title(cell.text) if text == _clean(cell.text) else _title(text)
        is_address = _address(text, first=row is document[0])
        if _nameable(text) and text != other and not (is_address or title or is_label(cell.text)):
            spot = Spot(row, cell, GUESSED)
            head.append((f"{head.pop()[0]} {text}" if head and _only_form(cell.text) else text, spot))
    firm = next((each for each in head if _firm(each[0])), None)
    return firm or next(iter(head), _NOBODY)


def _address(text: str, *, first: bool) -> bool:
    """Whether a line is an address; a paper's first needs figures besides (``Station Road News`` is a shop)."""
    return bool(_ADDRESS.search(text)) and not (first and not re.search(r"[\d@:：]", text))


def _undated(text: str) -> str:
    """*text* without the day or the title that a dash parts from it: ``Harrow Bakes Ltd - Stock at 31 March 2025``."""
    name, dash, rest = re.sub(r"\s[–—-]\s", "\0", text).partition("\0")
    return name if dash and (dates(rest) or titled(rest) >= 0) else text


def _untitled(text: str) -> str:
    """*text* without the kind of paper behind the name: ``兴旺批发部 送货单``."""
    name, _, last = text.rpartition(" ")
    if name and _title(last) and classes(last) & {"receipt", "invoice"}:
        return name
    bare = text[: max(titled(text), 0)]
    return _PERIOD.sub("", bare) or text if chinese(text) and bare else text


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
