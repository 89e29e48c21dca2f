"""What a statement prints around its tables: whose account, which period, which currency, opening, closing, totals."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise, takewhile

from recon.reading.dates import see
from recon.reading.numbers import amounts, decimal_comma
from recon.reading.result import NOTHING
from recon.reading.scale import FINEST
from recon.reading.tables.days import last_day, printed_days
from recon.reading.vocabulary import currency, facts, folded, side_row

_LABEL = re.compile(r"([^\s:：\[\]()（）,，;；]{1,24}(?: [^\W\d][^\s:：\d]{0,14}){0,3})\s*[:：]")
_SPACED = re.compile(
    r"(?:(?<=\s)|^)([\u3400-\u9fff])[ \u3000]{1,6}([\u3400-\u9fff])(?:[ \u3000]{1,6}([\u3400-\u9fff]))?(?=\s*(?:[:：]|$))"  # noqa: E501 one pattern
)
_LEADING = re.compile(r"(?P<label>[^\d:：*]{2,40}?)[\s:：]*(?P<value>[-+(]?\s?[¥￥$€£]?\s?[\d*].*)$")
_COUNTED = re.compile(
    r"(?P<count>\d+)\s*笔[，,、:：\s]*(?:金额|共|合计)?[:：\s]*(?P<amount>[¥￥]?\s*-?[\d,]+(?:\.\d+)?)?\s*元?"
)
_COUNT = re.compile(r"\d+\s*笔")
_RECORDS = re.compile(r"共\s*(\d+)\s*(?:笔|条)")
_NUMBER = re.compile(r"(?!n[.°º])[0-9A-Za-z*Xx](?:[0-9A-Za-z*Xx@._\- ]|/(?=\d)){2,}")
#: Words behind a number that are no part of it; how many of what; rows below a label that may be its values.
_NAMED, _COUNTING, _BELOW = re.compile(r"(?<=\d)(?:\s+(?![Xx*]+\b)[^\W\d]+)+\s*$"), re.compile(r"\d{1,6}"), 8
#: Words of a value that follows its label without a colon, of a label and its value; characters of a heading.
_VALUE, _PAIR, _HEADING_LENGTH = 4, 2, 60
_HEADING = re.compile(
    r"(人民币|美元|港币|欧元|英镑|日元|外币)(?:账户|帐户|交易|明细)|\b([A-Z]{3}) (?:A/C|Account|Transaction|Statement|"
    r"Current|Savings|balance)|(?i:account|transactions?|history|statement|activity)\W+(?:in )?([A-Z]{3})$"
)
#: A figure at the end of a line, with what stands behind it.
_LAST = re.compile(
    r"(?:^|\s)([-+(]?\s?[¥￥$€£]?\s?(?:\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3})+|\d+)[.,]\d{2}\)?"
    r"\s?(?:[-+€]|[^\W\d_]{1,4})*)\s*$"
)
_CERTIFIED = re.compile(r"兹证明[:：]?\s*([^\s(（,，:：]{2,20})\s*[(（]")
_OF_ACCOUNT = re.compile(r"在其(?:微信号|支付宝账[号户]|京东账[号户])[:：]?\s*([0-9A-Za-z_*@.\-]{3,})")
#: A currency's code beside a figure.
_CODE = re.compile(r"\b[A-Z]{3}\b")
#: Letters of one script: 人民币CNY.
_SCRIPT = re.compile(r"[\u3400-\u9fff]+|[A-Za-z]+")
#: A label with a figure that a comma may have cut, and what stood behind the comma.
_CUT = re.compile(r"[:：共].*(?<![\d.])\d{1,3}$")
_REST = re.compile(r"\d{3}(?!\d)")
_ENDS = frozenset({"opening", "closing"})
_MONEY = frozenset({"opening", "closing", "total_in", "total_out", "total_neutral"})
_COUNTS = frozenset({"count", "count_in", "count_out"})


@dataclass(slots=True)
class Facts:
    """Facts printed around a table; money in thousandths, with the row it was seen in; *dated* are balances by day.

    *said* are all different values of each total and count: of several some are those of months or pages.
    """

    money: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    place: dict[str, int] = field(default_factory=dict)
    account: str = ""
    holder: str = ""
    currency: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    text: list[str] = field(default_factory=list)
    dated: list[tuple[dt.date, int]] = field(default_factory=list)
    said: dict[str, set[int]] = field(default_factory=dict)

    def update(self, other: "Facts") -> None:
        """Take over what *other* knows; where both know, *other* is later and wins for ends, the first for the rest."""
        opened = {"opening": self.money["opening"]} if "opening" in self.money else {}
        placed = {"opening": self.place["opening"]} if opened and "opening" in self.place else {}
        self.money = {**self.money, **other.money, **opened}
        self.counts = {**self.counts, **other.counts}
        self.place = {**self.place, **other.place, **placed}
        self.account = other.account or self.account
        self.holder = self.holder or other.holder
        self.currency = other.currency or self.currency
        self.start, self.end = self.start or other.start, max(filter(None, [self.end, other.end]), default=None)
        self.text += other.text
        self.dated += other.dated
        for name, values in other.said.items():
            self.said[name] = self.said.get(name, set()) | values

    def count(self, name: str, value: int) -> None:
        """Take over a printed count."""
        self.counts.setdefault(name, value)
        self.said.setdefault(name, set()).add(value)


def shared(facts: Facts, above: Facts) -> Facts:
    """What an account takes over from the one before it: whose it is, and the period unless it prints its own."""
    own = above.start or above.end
    return Facts(holder=facts.holder, start=None if own else facts.start, end=None if own else facts.end)


def merged(old: Facts, new: Facts) -> Facts:
    """*old* brought up to date by *new*, its money and counts left behind: they were those of the table before."""
    together = Facts(account=old.account, holder=old.holder, currency=old.currency, start=old.start)
    together.end = None if new.end else old.end
    together.update(new)
    return together


def gather(rows: Sequence[tuple[int, Sequence[str]]], *, comma: bool = False) -> Facts:
    """Facts of the text *rows*, each with its number; *comma* is the decimal mark of figures that leave a choice."""
    found = Facts()
    for at, (number, row) in enumerate(rows):
        below = _summed([row for _, row in rows[at + 1 : at + _BELOW]])
        cells = _joined([cell.strip() for cell in row])
        filled = [cell for cell in cells if cell]
        text = "  ".join(filled)
        found.text.append(text)
        for label, value in (*_pairs(cells, below), *_stacked(filled, [row for _, row in rows[at + 1 : at + 3]])):
            _take(found, facts()[label], value.strip(), number, comma=comma)
        beside = [f"{a}  {b}" for a, b in pairwise(filled[1:]) if a[:1].isalpha() and _LAST.search(b)]
        for said in (text, *beside):
            _dated_balance(found, said, number, comma=comma)
        _certified(found, text)
        found.currency = found.currency or _heading_currency(text)
        records = _RECORDS.search(text)
        if records:
            found.count("count", int(records[1]))
            found.place.setdefault("count", number)
    if found.end is None:
        found.end = last_day(found.text)
    return found


def _summed(below: Sequence[Sequence[str]]) -> Sequence[str]:
    """The row below, or of several alike the one that sums them up: no other is about the whole of a statement."""
    filled = [[cell for cell in row if cell.strip()] for row in below]
    alike = list(takewhile(lambda row: len(row) == len(filled[0]) > 1 and any(map(_LAST.search, row)), filled))
    if len(alike) > 1:
        return next((row for row in alike if side_row(row[0]) == "total"), ())
    return below[0] if below else ()


def _certified(found: Facts, text: str) -> None:
    """Whose account a wallet's certificate is on: 兹证明：王某（身份证…），在其微信号：…中的交易明细如下."""
    holder, account = _CERTIFIED.search(text), _OF_ACCOUNT.search(text)
    found.holder = found.holder or (holder[1] if holder else "")
    found.account = found.account or (account[1] if account else "")


def labelled(row: Sequence[str]) -> bool:
    """Whether a row prints facts beside their labels, as below a table: 收入总笔数, 24, 收入总金额, 1,234.00."""
    return any(map(_fact_word, row))


def _pairs(row: Sequence[str], below: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Known labels with their values: ``label: value`` inside a cell, beside a cell, or below it."""
    known = facts()
    cells = [(i, _SPACED.sub(r"\1\2\3", cell.strip())) for i, cell in enumerate(row) if cell.strip()]
    under = _values([cell for _, cell in cells], below)
    for at, (i, cell) in enumerate(cells):
        inside = list(_inside(cell))
        if inside and _COUNT.fullmatch(inside[-1][1]) and at + 1 < len(cells):  # a comma between parted the cells
            inside[-1] = inside[-1][0], f"{inside[-1][1]},{cells[at + 1][1]}"
        yield from inside
        if inside:
            continue
        lead = _LEADING.match(cell)
        bare = re.split(r"[\[(（【]|\s+(?:in|en|em)\s+\w+$", cell.rstrip(":："))[0]
        word = _fact_word(cell.rstrip(":：")) or _fact_word(bare) or _dated_label(cell)
        if word:
            beside = under[at] if under else cells[at + 1][1] if at + 1 < len(cells) else ""
            if not beside or folded(beside) in known:
                beside = _under(i, at, len(cells), below) or ""
            elif known[word] in _MONEY and _COUNTING.fullmatch(beside) and at + 2 < len(cells):
                beside = cells[at + 2][1] if _LAST.fullmatch(cells[at + 2][1]) else beside
            if beside:
                yield word, beside
        elif lead and (word := _fact_word(lead["label"])):
            yield word, lead["value"]
        elif (start := _starting(cell)) is not None:
            yield start


def _values(cells: Sequence[str], below: Sequence[str]) -> list[str]:
    """The values below a row of labels, one for each; empty where *cells* are no such row."""
    values: list[str] = []
    for cell in filter(str.strip, below):
        if values and currency(values[-1]) and _LAST.search(cell):
            values[-1] += f" {cell}"
        else:
            values.append(cell)
    labels = sum(bool(_fact_word(cell) or _dated_label(cell)) for cell in cells)
    bare = all(_dated_label(cell) or not any(map(str.isdigit, cell)) for cell in cells)
    told = any(ch.isdigit() for value in values for ch in value) and not any(map(_fact_word, values))
    return values if bare and told and labels and len(values) == len(cells) and len(cells) + labels > _PAIR + 1 else []


def _stacked(cells: Sequence[str], below: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Labels in two lines, ``Beginning`` over ``balance``, with the values in the line below."""
    second, values = ([cell for cell in row if cell.strip()] for row in below) if len(below) > 1 else ([], [])
    if len(cells) == len(second) == len(values) > 1 and not any(map(str.isdigit, "".join([*cells, *second]))):
        labels = [_fact_word(f"{a} {b}") for a, b in zip(cells, second, strict=True)]
        yield from ((label, value) for label, value in zip(labels, values, strict=True) if label)


@cache
def _dated_label(cell: str) -> str:
    """The known label of an opening or closing balance that a day follows: ``Beginning balance on 3/1``."""
    words = cell.split()
    first = next((k for k, word in enumerate(words) if any(map(str.isdigit, word))), 0)
    for size in range(first, 0, -1):
        label, tail = folded(" ".join(words[:size])), words[size:]
        if facts().get(label) in {"opening", "closing"}:
            days = (" ".join(tail[k : k + n]) for k in range(len(tail)) for n in (1, 2, 3))
            return label if any(map(see, days)) else ""
    return ""


@cache
def _fact_word(label: str) -> str:
    """The known label of a fact that *label* is, or that it says in Chinese beside other scripts; else nothing.

    Of several Chinese words all mean the same fact: 卡号/账号, 账号/卡号Account/Card No.
    """
    known = facts()
    words = [folded(label), *map(folded, re.findall(r"[\u3400-\u9fff]+", unicodedata.normalize("NFKC", label)))]
    if words[0] in known or any(map(str.isdigit, label)):
        return words[0] if words[0] in known else ""
    return words[1] if len({known.get(word, "") for word in words[1:]}) == 1 and words[1] in known else ""


def _dated_balance(found: Facts, text: str, number: int, *, comma: bool) -> None:
    """The balance that a line of text prints for a day: ``Kontostand am 4.3.2024  1.234,56 EUR``."""
    last, days = _LAST.search(text), printed_days(text, short=True)
    minor = figure(last[1], comma=comma) if last and days else NOTHING
    if minor == NOTHING:
        return
    words = (re.match(r"[^\d]*", text) or [""])[0].split()
    labels = (facts().get(folded(" ".join(words[:size])), "") for size in range(len(words), 0, -1))
    label = next(filter(None, labels), "")
    if label in {"opening", "closing"}:
        found.money.setdefault(label, minor)
        found.place.setdefault(label, number)
    elif label.startswith("balance_at"):
        found.dated.append((days[0], -abs(minor) if label == "balance_at_debit" else minor))


def _starting(cell: str) -> tuple[str, str] | None:
    """A label and its value in words with no colon between: ``Account Holder Jane Doe``, ``户名 王某``."""
    words = cell.split()
    for size in range(min(4, len(words) - 1), 0 if len(words) == _PAIR and not words[0].isascii() else 1, -1):
        word = folded(" ".join(words[:size]))
        if word in facts() and len(words) - size <= _VALUE:
            return word, " ".join(words[size:])
    return None


def _joined(cells: list[str]) -> list[str]:
    """Cells with what was set apart put together: a label's letters, ``户`` ``名：``, and figures cut at commas."""
    result = list(cells)
    for i in range(len(cells) - 1, 0, -1):
        if _CUT.search(result[i - 1]) and _REST.match(result[i]):
            result[i - 1], result[i] = f"{result[i - 1]},{result[i]}", ""
    for i, cell in enumerate(result[:-1]):
        if len(cell) == 1 and "\u3400" <= cell <= "\u9fff" and re.match(r"[\u3400-\u9fff]{1,3}[:：]", result[i + 1]):
            result[i], result[i + 1] = "", cell + result[i + 1]
    return result


def _heading_currency(text: str) -> str:
    """The currency that a heading over a table names, as in ``人民币账户交易明细`` or ``USD Transactions``."""
    match = _HEADING.search(text) if len(text) < _HEADING_LENGTH else None
    return currency(match[1] or match[2] or match[3]) if match else ""


def _inside(cell: str) -> Iterator[tuple[str, str]]:
    """Every known label in *cell* with what stands up to the next label, known or not."""
    found = [_label(m) for m in _LABEL.finditer(cell) if not m[1].strip("-./ ").isdigit()]
    starts = [*(start for _, start, _ in found), len(cell), len(cell)]
    for k, (word, _, end) in enumerate(found):
        value = cell[end : starts[k + 1]].strip()
        if not value.strip("[(【（") and k + 1 < len(found) and not found[k + 1][0]:
            value = cell[found[k + 1][2] : starts[k + 2]].strip()  # [一卡通:6214…] names what the number is of
        if word and value:
            yield word, value


def _label(match: re.Match[str]) -> tuple[str, int, int]:
    """A known label or nothing, where it begins, and where its value does; leading words belong to a value before."""
    words = match[1].split(" ")
    for i in range(len(words)):
        tail = " ".join(words[i:])
        if (word := _fact_word(tail)) or i == len(words) - 1:
            return word, match.end(1) - len(tail), match.end()
    raise AssertionError  # split gives one word at least


def _under(column: int, at: int, width: int, below: Sequence[str]) -> str | None:
    filled = [cell for cell in below if cell.strip()]
    if len(filled) == width:
        return filled[at]
    return below[column] if column < len(below) else None


def _take(found: Facts, name: str, value: str, number: int, *, comma: bool) -> None:
    if name in _MONEY:
        _take_money(found, name, value, number, comma=comma)
    elif name in _COUNTS:
        count = re.match(r"\D{0,3}(\d{1,7})\b", value)
        if count:
            found.count(name, int(count[1]))
    elif name in {"period", "span", "end"}:
        days = printed_days(value, short=True)
        if days and (name != "span" or len(days) > 1):  # one day alone is that of the query
            found.start = found.start or (days[0] if name != "end" else None)
            found.end = days[-1] if name == "end" or len(days) > 1 else found.end
    elif name == "account" and not found.account:
        found.account = _account(value)
    elif name == "holder" and not found.holder and ":" not in value:
        found.holder = re.split(r"\s{2,}|[,，;；|]", value.strip("[]【】 "))[0][:60]
    elif name == "currency" and not found.currency:
        value = re.split(r"\s{2,}|[(（]", value)[0]
        found.currency = next(filter(None, map(currency, [value, *_SCRIPT.findall(value)])), "")


def _take_money(found: Facts, name: str, value: str, number: int, *, comma: bool) -> None:
    counted = _COUNTED.match(value)
    if counted:
        found.count(name.replace("total", "count"), int(counted["count"]))
        value = counted["amount"] or ""
    first = re.split(r"\s{2,}|[，；;]", value)[0]
    minor = figure(first, comma=comma)  # with what stands behind it: a currency, CR, DR, OD
    if minor == NOTHING:
        minor = figure(re.split(r"(?<=\d)\s+(?=[^\d\s.,])", first)[0], comma=comma)
    if minor != NOTHING:
        if name in _ENDS:
            found.currency = found.currency or next(filter(None, map(currency, _CODE.findall(first))), "")
        found.money.setdefault(name, minor)
        found.place.setdefault(name, number)
        if name.startswith("total"):
            found.said.setdefault(name, set()).add(minor)


def figure(cell: str, *, comma: bool) -> int:
    """One printed amount in thousandths, NOTHING where there is none; *comma* decides what its own marks leave open."""
    own = decimal_comma([cell])
    return int(amounts([cell], comma=comma if own is None else own, places=FINEST).minor[0])


def _account(value: str) -> str:
    """The account number or name as printed; digits in groups stay together."""
    match = _NUMBER.search(re.split(r"\s{2,}|[,，;；(（]", value.strip("[]【】 '\""))[0])
    if not match:
        return ""
    text = _NAMED.sub("", match[0]).strip(" -.'")
    return text if any(ch.isdigit() for ch in text) or "@" in text or "*" in text else ""
