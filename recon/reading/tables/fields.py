"""What the columns of a table's lines hold: days, currencies, text, and the accounts that the lines belong to."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from recon.core.money import decimals
from recon.reading.dates import Dates, asked_until, century, dates, month_first, see, style
from recon.reading.numbers import Amounts, amounts, decimal_comma, printed_currency
from recon.reading.scale import FINEST
from recon.reading.tables.columns import Rows, column
from recon.reading.tables.kind import Kindred
from recon.reading.tables.own import dollars, iban_currency, only_iban
from recon.reading.tables.parts import MONEY, SAMPLE, Part
from recon.reading.vocabulary import currency, direction, foreign, list_sign, year_first

_EMPTY = re.compile(r"[-/\s—]*\Z")
_DASHES = ("", "-", "/", "—")
#: A number and a name in one cell, parted by a stroke, and a name with a number long enough to be an account's right
#: behind it. A narrow cell breaks numbers.
_NUMBERED = re.compile(
    r"(?P<number>[\d*][\d* ]{7,})\s*[/|]\s*(?P<name>\D.*)|(?P<first>\D[^/|]*?)\s*[/|]\s*(?P<last>[\d*][\d* ]{7,})"
)
_FOLLOWED = re.compile(r"(?P<name>\D*[^\W\d]\D*?) ?(?P<number>\d[\d* ]{9,})")
#: A number with what a narrow cell put between its digits.
_DIGITS = re.compile(r"[\d* ]+")
#: Digits of a time of day with its seconds; its characters.
_CLOCK, _LONG = 6, 8
#: 借 and 贷 by the first letters of how they sound, which alone mean other things elsewhere.
_SPELLED = {"J": "借", "D": "贷"}
#: A figure that a currency of three decimals may print so: three digits behind its only comma.
_COMMA_THREE = re.compile(r"[^\d.,]*\d+,\d{3}[^\d.,]*")
#: What names a currency in a title.
_MONEY_WORD = re.compile(r"[A-Z]{3}\b|\b[Ee]uros?\b|人民币|美元|港币|欧元|[€£]")
#: Without one of these no cell begins with a dash, and none holds a blank too many, which takes longer to search for.
_BEGUN = ("\n-", "\n/", "\n—")
_MARKS = ("  ", "\n ", " \n", "\t", "\r", "\f", "\v", "\xa0", "\u3000")
_UNTIDY = re.compile(r"[ \t\r\f\v\xa0\u3000]{2}|[\t\r\xa0\u3000]|^ | $", re.MULTILINE)


_TEXT_COLUMNS = (
    "time", "counterparty", "counterparty_account", "type", "method", "status", "order", "remark", "direction",
    "category",
)


def text_columns(part: Part) -> dict[str, list[int]]:
    """Which columns make each text column; the description gathers all that say what a line was for."""
    found = {name: list(at) for name in _TEXT_COLUMNS if (at := part.columns.get(name))}
    found = {name: at if name in {"remark", "category"} else at[:1] for name, at in found.items()}
    said = [*part.columns.get("description", ()), *part.columns.get("place", ()), *part.rest]
    return found | ({"description": said} if said else {})


def texts_of(
    body: Sequence[Sequence[str]], part: Part, money: Mapping[str, Sequence[Amounts]], seen: Dates
) -> dict[str, list[str]]:
    """Text columns by name; the description gathers all columns that say what a line was for."""
    where = text_columns(part)
    said = where.pop("description", [])
    text = {name: _glued(body, at) for name, at in where.items()}
    for name, own in (("counterparty", part.facts.holder), ("counterparty_account", part.facts.account)):
        if len(part.columns.get(name, ())) > 1:
            text[name] = _others(body, part.columns[name], own)
    _part_numbers(text)
    text["description"] = (
        _glued(body, said) if said else list(text.get("remark") or text.get("type") or [""] * len(body))
    )
    if "order" in text:  # a narrow cell breaks a number
        text["order"] = ["".join(cell.split()) for cell in text["order"]]
    if "counterparty_account" in text:
        cells = text["counterparty_account"]
        text["counterparty_account"] = ["".join(c.split()) if " " in c and _DIGITS.fullmatch(c) else c for c in cells]
    if "time" in text:
        text["time"] = _clocks(text["time"])
    elif seen.time:
        text["time"] = seen.time
    if set(text.get("direction", ())) == set(_SPELLED):
        text["direction"] = [_SPELLED[cell] for cell in text["direction"]]
    if "direction" not in text and text.get("type") and _directs(text["type"]) and _unsigned(money["amount"]):
        text["direction"] = text["type"]
    tails = {k: t for c in money["amount"][:1] for k, t in c.tail.items() if not re.fullmatch(r"[A-Z]{2,3}", t)}
    if tails:
        status = text.setdefault("status", [""] * len(body))
        text["status"] = [f"{s} {tails[k]}".strip() if k in tails else s for k, s in enumerate(status)]
    return text


def _clocks(cells: list[str]) -> list[str]:
    """Times of day alone, and with colons where a column prints six digits, of which a spreadsheet drops a nought."""
    if any(len(cell) > _LONG for cell in cells[:1]):
        return [day.time if (day := see(cell)) and day.time else cell for cell in cells]
    if not all(cell.isdigit() and len(cell) <= _CLOCK for cell in cells if cell) or max(map(len, cells)) < _CLOCK - 1:
        return cells
    return [":".join(re.findall("..", cell.zfill(_CLOCK))) if cell else "" for cell in cells]


def _part_numbers(text: dict[str, list[str]]) -> None:
    """Part a counterparty's number from its name where one column holds both: 6222…/张三, or the other way round."""
    cells = text.get("counterparty", [])
    filled = [cell for cell in cells[:SAMPLE] if any(map(str.isdigit, cell)) or "*" in cell]
    if not filled:
        return
    followed = [cell for cell in filled if _FOLLOWED.fullmatch(cell)]
    if not any(map(_NUMBERED.fullmatch, filled)) and len(followed) * 2 <= sum(map(bool, cells[:SAMPLE])):
        return
    found = [_NUMBERED.fullmatch(cell) or (_FOLLOWED.fullmatch(cell) if followed else None) for cell in cells]
    number = text.setdefault("counterparty_account", [""] * len(found))
    for k, match in enumerate(found):
        if match:
            said = match.groupdict()
            cells[k] = said["name"] or said["first"]
            number[k] = number[k] or "".join((said["number"] or said["last"]).split())


def listed(body: Sequence[Sequence[str]], titles: Sequence[str], heading: str) -> npt.NDArray[np.int8]:
    """+1 or −1 by line where whose name fills it, or the *heading*, says receipt or payment; 0 elsewhere."""
    sign = np.zeros(len(body), np.int8)
    for i, title in enumerate(titles):
        told = list_sign("title", title)
        if told:
            sign += np.array([told if cell.strip() else 0 for cell in column(body, i)], np.int8)
    return np.where(sign == 0, np.int8(list_sign("heading", heading)), np.sign(sign))


def _directs(cells: Sequence[str]) -> bool:
    """Whether the words of a column of types say which way the money went: a charge or a deposit may go either way."""
    return sum(direction(cell, titles=False) not in {None, 0} for cell in cells) * 2 >= len(cells)


def _others(body: Sequence[Sequence[str]], at: Sequence[int], mine: str) -> list[str]:
    """The other side where payer and payee have a column each: not the holder, who stands in every line.

    A line that names nobody else names nobody, unless the holder pays himself.
    """
    columns = [_cleaned(column(body, i)) for i in at]
    names = [list(filter(None, names)) for names in zip(*columns, strict=True)]
    everywhere = set(names[0]).intersection(*names[1:]) if len(names) > 1 else set()
    own = everywhere | {mine}
    return [next((n for n in line if n not in own), line[0] if len(line) > 1 else "") for line in names]


def _unsigned(columns: Sequence[Amounts]) -> bool:
    """Whether there are amounts, and none prints a sign of its own."""
    return bool(columns) and not any((c.minor[c.present] < 0).any() for c in columns)


def _glued(body: Sequence[Sequence[str]], indexes: Sequence[int]) -> list[str]:
    columns = [_cleaned(column(body, i)) for i in indexes]
    if len(columns) == 1:
        return columns[0]
    return [" ".join(dict.fromkeys(part for part in parts if part)) for parts in zip(*columns, strict=True)]


def _cleaned(cells: list[str]) -> list[str]:
    """Cells with single spaces; those that hold only dashes are empty."""
    text = "\n" + "\n".join(cells) + "\n"
    if any(map(text.__contains__, _MARKS)) and _UNTIDY.search(text[1:-1]):
        cells = [" ".join(cell.split()) for cell in cells]
    if not any(map(text.__contains__, _BEGUN)):
        return cells
    return ["" if cell[:1] in _DASHES and _EMPTY.match(cell) else cell for cell in cells]


def joined(rows: Rows, part: Part, i: int) -> list[str]:
    """A line's cells with those of its other rows put in."""
    row = list(rows.cells[i])
    dated = part.columns["date"]
    others = [rows.cells[j] for j in part.joined.get(i, ())]
    if i in part.carried:
        for j in dated:
            row += [""] * (j + 1 - len(row))
            source = rows.cells[part.carried[i]]
            row[j] = row[j] or (source[j] if j < len(source) else "")
    if i in part.daily:
        for j in part.columns["balance"]:
            row += [""] * (j + 1 - len(row))
            row[j] = row[j] or column([rows.cells[part.daily[i]]], j)[0]
    for other in others:
        row += [""] * (len(other) - len(row))
        for j, cell in enumerate(other):
            if cell.strip() and j not in dated:
                row[j] = f"{row[j]} {cell}".strip() if part.joined[i][0] > i else f"{cell} {row[j]}".strip()
    return row


def days_of(body: Sequence[Sequence[str]], part: Part) -> Dates:
    """The booking day of each line; where its cell is blank, the day above, or the next best date column of the row."""
    columns = [column(body, i) for i in part.columns["date"]]
    if year_first(part.titles):
        columns = [century(cells) or cells for cells in columns]
    columns[0] = _said_once(columns[0], [column(body, i) for i in part.columns.get("balance", ())])
    every = [cell for cells in columns for cell in cells]
    swap = month_first(every)
    swap = part.month_first if swap is None else swap
    swap = _customary(part, *style(every)) if swap is None else swap
    first, *others = [dates(cells, part.facts.end or asked_until(), swap) for cells in columns]
    day = first.day.copy()
    for other in others:
        day = np.where(np.isnat(day), other.day, day)
    times = next((d.time for d in (first, *others) if d.time), None)
    return replace(first, day=day, time=times)


def _said_once(cells: list[str], balances: Sequence[Sequence[str]]) -> list[str]:
    """The blanks of a column that prints each day once filled with the day above; any other column as it is.

    Blanks at the end alone, with no balance beside them, are lines that are not booked yet.
    """
    filled = [i for i, cell in enumerate(cells) if cell.strip()]
    blanks = len(cells) - len(filled)
    repeated = sum(a + 1 == b and cells[a] == cells[b] for a, b in pairwise(filled))
    if not blanks or filled[:1] != [0] or 4 * repeated > blanks:
        return cells
    booked = any(column[k].strip() for column in balances for k in range(len(filled), len(cells)))
    if filled[-1] == len(filled) - 1 and not booked:
        return cells
    result: list[str] = []
    for cell in cells:
        result.append(cell if cell.strip() else result[-1])
    return result


def opposed(body: Sequence[Sequence[str]], part: Part) -> list[list[str]]:
    """Columns that hold one of two words on every line, as may say which way the money went, in any language."""
    taken = {i for name in ("date", *MONEY) for i in part.columns.get(name, ())}
    width = max(map(len, body), default=0)
    columns = ([cell.strip() for cell in column(body, i)] for i in range(width) if i not in taken)
    return [cells for cells in columns if len(set(cells)) == 2 and all(cells)]  # noqa: PLR2004 in and out


def money_of(
    body: Sequence[Sequence[str]], part: Part, codes: Sequence[str]
) -> tuple[dict[str, list[Amounts]], int]:
    """The money columns by meaning, and the decimals of their minor units.

    Those are the ones of the finest currency named in *codes*; where a line names none, as many as are printed, so
    that nothing is rounded before the currency is known.
    """
    places = max([2, *(decimals(code) for code in set(codes) if code)])
    money = _money(body, part, places)
    if places < FINEST and "" in codes and _rounded(money):
        finer = _money(body, part, FINEST)
        if not _rounded(finer):
            return finer, FINEST
    return money, places


def _money(body: Sequence[Sequence[str]], part: Part, places: int) -> dict[str, list[Amounts]]:
    found: dict[str, list[Amounts]] = {}
    for name in (*MONEY, "fee"):
        columns = [column(body, i) for i in part.columns.get(name, ())]
        found[name] = [amounts(cells, comma=comma_of(cells, part, places), places=places) for cells in columns]
    return found


def comma_of(cells: Sequence[str], part: Part, places: int) -> bool:
    """Whether a column's decimals stand after a comma: by its own figures, the file's, or three digits behind each."""
    own = decimal_comma(cells[:SAMPLE])
    if own is None:
        own = part.comma
    return own if own is not None else places == FINEST and all(map(_COMMA_THREE.fullmatch, filter(None, cells)))


def _rounded(money: Mapping[str, Sequence[Amounts]]) -> bool:
    return any(column.rounded for columns in money.values() for column in columns)


def currencies_of(body: Sequence[Sequence[str]], part: Part, what: Kindred) -> list[str]:
    """ISO code of each line: its own column, else what stands with the amounts, in the titles, or around the table."""
    for i in part.columns.get("currency", ()):
        cells = column(body, i)
        known = {cell: currency(cell) for cell in set(cells)}
        named = set(filter(None, known.values()))
        if named:  # a cell left blank is no other currency where the column names but one
            usual = part.facts.currency or (named.pop() if len(named) == 1 else "")
            return [known[cell] or usual for cell in cells]
    printed: list[str] = []
    for m in ("amount", "in", "out", "balance"):
        for i in part.columns.get(m, ()):
            printed.append(printed_currency(column(body[:200], i)))
            title = part.titles[i] if i < len(part.titles) else ""
            printed += [currency(word) for word in _MONEY_WORD.findall(title)]
    code = next(filter(None, printed), "")
    code = dollars(part.facts.text) if code == "USD" else code
    return [code or part.facts.currency or what.currency or _by_country(part)] * len(body)


def _by_country(part: Part) -> str:
    """The currency of the country of an IBAN, or whose dollars the text around the table speaks of."""
    text = part.facts.text
    code = iban_currency(part.facts.account) or iban_currency(only_iban(text))
    return code or (dollars(text, "") if any("$" in line for line in text) else "")


def _customary(part: Part, yearless: bool, dotted: bool) -> bool | None:  # noqa: FBT001 two traits of one style
    """Month before day where amounts are in US dollars, or where a language writes the year first and prints none.

    Day first with a header in any other language than English, with other currencies, with dots, and where decimals
    stand after a comma.
    """
    if yearless and year_first(part.titles):
        return True
    if dotted or part.comma or foreign(part.titles) or not " ".join(part.titles).isascii():
        return False
    code = part.facts.currency or next(
        (c for t in part.titles for w in re.findall(r"[A-Z]{3}\b", t) if (c := currency(w))), ""
    )
    return code == "USD" if code else None


def groups_of(
    body: Sequence[Sequence[str]], part: Part, codes: Sequence[str]
) -> dict[tuple[str, str], npt.NDArray[np.intp]]:
    """Line numbers by account and currency."""
    numbers = (_numbers(body, i) for i in part.columns.get("account", ())[:1])
    return _grouped(next(filter(None, numbers), [""] * len(body)), codes)


def other_groups(
    body: Sequence[Sequence[str]], part: Part, codes: Sequence[str], day: npt.NDArray[np.datetime64]
) -> Iterator[dict[tuple[str, str], npt.NDArray[np.intp]]]:
    """Further ways to tell accounts apart, for lines whose balances do not close: by other numbers, or not at all.

    A number that changes for good while the days go on parts no accounts: a card was renewed, and the step at which a
    balance breaks would be hidden.
    """
    own = part.columns.get("account", ())
    runs = bool((day[1:] >= day[:-1]).all() or (day[1:] <= day[:-1]).all())
    for i in (*own[1:], *part.columns.get("card", ()), *part.columns.get("counterparty_account", ())):
        numbers = _numbers(body, i)
        if len(set(numbers)) > 1 and not (runs and sum(a != b for a, b in pairwise(numbers)) < len(set(numbers))):
            yield _grouped(numbers, codes)
    if own:
        yield _grouped([""] * len(body), codes)


def _numbers(body: Sequence[Sequence[str]], index: int) -> list[str]:
    """The account of each line by one column; nothing where it holds too many numbers for accounts of one's own."""
    cells = [cell.strip().strip("'\"=") for cell in column(body, index)]
    return cells if len(set(cells) - {""}) <= max(1, len(cells) // 2) else []


def _grouped(numbers: Sequence[str], codes: Sequence[str]) -> dict[tuple[str, str], npt.NDArray[np.intp]]:
    keys = list(zip(numbers, codes, strict=True))
    distinct = dict.fromkeys(keys)
    if len(distinct) <= 1:
        return dict.fromkeys(distinct or [("", codes[0] if codes else "")], np.arange(len(keys)))
    places: dict[tuple[str, str], list[int]] = {key: [] for key in distinct}
    for k, key in enumerate(keys):
        places[key].append(k)
    return {key: np.array(found, np.intp) for key, found in places.items()}
