"""Printed amounts become whole minor units, a column at a time, without a float on the way."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from recon.core.money import LIMIT
from recon.reading.result import NOTHING
from recon.reading.vocabulary import currencies

_BLANK = frozenset({"", "-", "--", "---", "----", "/", "—", "——", "–", "*", "n/a", "无", "nil"})
#: Codes of signs; where the point stands from the end of an amount, and how short and long one is.
_END, _MINUS_SIGN, _POINT_SIGN, _NOUGHT = b"\n-.0"
_POINT, _SHORTEST, _LONGEST = 3, 4, 18
#: Cells from which it is quicker to read them all at once.
_MANY = 16
_DROP = str.maketrans("", "", ", \t¥￥$€£\r\xa0\u202f")
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-", "‐": "-", "‑": "-"})
_NUMBER = re.compile(
    r"(?P<front>[^\d.,]*?)(?P<digits>(?:\d[\d.,'’ \u00a0\u202f]*\d|\d)|[.,]\d+)[.,]?(?P<back>[^\d]*(?:\(.*\))?)$",
    re.DOTALL,
)
#: Nothing, or an amount with two decimals after a point: most columns hold no other.
_POINTED = re.compile(r"[^\d.,]*(?:\d[\d,]*\.\d\d[^\d.,]*)?")
#: Three digits that are decimals: nothing but a nought before the mark, or thousands parted by another sign.
_THOUSANDTHS = re.compile(r"(?:(?<![\d.,])0|\d['’ \u00a0\u202f]\d{3})[.,]\d{3}(?!\d)")
#: Groups of four digits are a card's or an account's number.
_CODE = re.compile(r"\d{4}(?:[ \u00a0\u202f]\d{3,4})+")
#: A figure of which nothing tells whether a mark in it parts thousands or decimals.
_OPEN = re.compile(r"[^\d.,]*\d{1,3}(?:([.,])\d{3})?[^\d.,]*")
#: Words and marks beside an amount and the sign they give; card bills print what is owed so.
_SIGNS = {
    "+": 1,
    "cr": 1,
    "dr": -1,
    "c": 1,
    "d": -1,
    "db": -1,
    "欠款": -1,
    "透支": -1,
    "存款": 1,
    "贷": 1,
    "借": -1,
    "od": -1,
    "k": 0,
    "h": 1,
    "s": -1,
}


@dataclass(frozen=True, slots=True)
class Amounts:
    """A column of amounts.

    Attributes:
        minor: int64 minor units as printed, NOTHING where blank or not an amount.
        bad: cells that hold something that is no amount.
        marked: +1 or −1 where words beside the number (CR, DR, 欠款) or a plus gave the sign, already applied; else 0.
        tail: text in brackets behind a number, such as ``已退款3.00``, by row.
        currency: codes printed with the numbers, in order of first sight.
        rounded: rows whose amounts had more decimals than the currency.
    """

    minor: npt.NDArray[np.int64]
    bad: npt.NDArray[np.bool_]
    marked: npt.NDArray[np.int8]
    tail: dict[int, str]
    currency: tuple[str, ...] = ()
    rounded: tuple[int, ...] = ()

    @property
    def present(self) -> npt.NDArray[np.bool_]:
        """Rows that hold an amount."""
        return np.not_equal(self.minor, NOTHING)


@dataclass(frozen=True, slots=True)
class _Cell:
    minor: int
    bad: bool = False
    mark: int = 0
    tail: str = ""
    currency: str = ""
    rounded: bool = False


def amounts(cells: Sequence[str], *, comma: bool = False, places: int = 2) -> Amounts:
    """*cells* as minor units with *places* decimals; *comma* says that the decimal mark is a comma."""
    plain = not comma and places == 2 and len(cells) >= _MANY  # noqa: PLR2004 decimals that most currencies have
    quick = _quickly(cells) if plain else None
    if quick is not None:
        return Amounts(quick, np.zeros(len(cells), bool), np.zeros(len(cells), np.int8), {})
    parsed = {cell: _parse(cell, places, comma=comma) for cell in set(cells)}
    found = [parsed[cell] for cell in cells]
    codes = dict.fromkeys(cell.currency for cell in found if cell.currency)
    return Amounts(
        np.fromiter((cell.minor for cell in found), np.int64, len(found)),
        np.fromiter((cell.bad for cell in found), bool, len(found)),
        np.fromiter((cell.mark for cell in found), np.int8, len(found)),
        {i: cell.tail for i, cell in enumerate(found) if cell.tail},
        tuple(codes),
        tuple(i for i, cell in enumerate(found) if cell.rounded),
    )


def _quickly(cells: Sequence[str]) -> npt.NDArray[np.int64] | None:
    """A column in which every cell is blank or has two decimals after a point, all cells at once; None for any other.

    A figure is summed up from its end, place by place, for the whole column.
    """
    text = "\n".join([*cells, ""]).translate(_DROP)
    if not text.isascii() or text.count("\n") != len(cells):
        return None
    codes = np.frombuffer(text.encode(), np.uint8)
    stop = np.flatnonzero(codes == _END)
    start = np.concatenate(([0], stop[:-1] + 1)) if len(stop) else stop
    negative, blank = codes[start] == _MINUS_SIGN, start == stop
    width = stop - start - negative
    pointed = (width >= _SHORTEST) & (codes.take(stop - _POINT, mode="clip") == _POINT_SIGN)
    if not (pointed | blank).all() or width.max(initial=0) > _LONGEST:
        return None
    minor, power = np.zeros(len(stop), np.int64), 1
    for place in (place for place in range(1, width.max(initial=0) + 1) if place != _POINT):
        digit = np.where(width >= place, codes.take(stop - place, mode="clip"), _NOUGHT).astype(np.int64) - _NOUGHT
        if ((digit < 0) | (digit > 9)).any():  # noqa: PLR2004 a digit
            return None
        minor, power = minor + digit * power, power * 10
    return np.where(blank, NOTHING, np.where(negative, -minor, minor))


def printed_currency(cells: Sequence[str]) -> str:
    """The first currency that stands with an amount in *cells*, or an empty string."""
    worded = (cell for cell in cells if cell and not cell.strip("-+.,0123456789").isspace())
    return next((code for cell in worded if (code := _parse(cell, 2, comma=False).currency)), "")


def decimal_comma(cells: Sequence[str]) -> bool | None:
    """Whether a column writes its decimals after a comma; None where nothing tells."""
    if all(map(_POINTED.fullmatch, cells)):
        return False if any(cells) and any(ch.isdigit() for cell in cells for ch in cell) else None
    votes = 0
    for cell in cells:
        marks = re.sub(r"[^.,]", "", cell)
        if not marks or not any(ch.isdigit() for ch in cell):
            continue
        behind = len(re.sub(r"\D", "", cell[max(cell.rfind("."), cell.rfind(",")) :]))
        repeated = len(marks) > 1 and marks[0] == marks[-1] and len(set(marks)) == 1
        thousandths = len(marks) == 1 and _THOUSANDTHS.search(cell)
        if repeated:
            votes += -1 if marks[0] == "," else 1
        elif thousandths or len(set(marks)) == 2 or behind in {1, 2}:  # noqa: PLR2004 both marks, or too few digits
            votes += 1 if marks[-1] == "," else -1
    return None if votes == 0 else votes > 0


def open_mark(cells: Sequence[str]) -> str:
    """The mark before three digits in figures that leave open whether it parts thousands or decimals, else nothing."""
    found = [_OPEN.fullmatch(cell) for cell in cells if any(map(str.isdigit, cell))]
    marks = {match[1] for match in found if match and match[1]}
    return marks.pop() if all(found) and len(marks) == 1 else ""


def _parse(cell: str, places: int, *, comma: bool) -> _Cell:
    text = cell.strip() if cell.isascii() else unicodedata.normalize("NFKC", cell).strip().translate(_MINUS)
    if text.casefold() in _BLANK:
        return _Cell(NOTHING)
    match = _NUMBER.match(text)
    if not match:
        return _Cell(NOTHING, bad=True)
    around = _around(match["front"], match["back"])
    if around is None:
        return _Cell(NOTHING, bad=True)
    sign, mark, code, tail, ten_thousand = around
    minor, rounded = _minor(match["digits"], places + 4 * ten_thousand, comma=comma)
    if minor is None:
        return _Cell(NOTHING, bad=True)
    return _Cell(sign * minor, False, mark, tail, code, rounded)


def _around(front: str, back: str) -> tuple[int, int, str, str, bool] | None:
    """Sign, sign mark, currency, bracket text and 万 of what stands beside the digits; None if other words."""
    tail, ten_thousand = "", False
    bracketed = front.count("(") == 1 and ")" not in front and (")" in back and "(" not in back)
    if bracketed:
        front, back = front.replace("(", " "), back.replace(")", " ", 1)
    elif "(" in back:
        back, _, tail = back.partition("(")
        tail = tail.rstrip(") ")
    sign, mark, code = (-1 if bracketed else 1), 0, ""
    for part in re.findall(r"[-+]|[^\W\d_]+\.?|[^\w\s]", front + " " + back):
        word = part.casefold()
        if word == "-":
            sign = -abs(sign) if sign > 0 else sign
        elif part in {"'", "`", "=", ":", '"', "."}:
            continue
        elif word in _SIGNS:
            mark = _SIGNS[word]
        elif word in {"万", "万元"}:
            ten_thousand = True
        elif _code(part):
            code = _code(part)
        else:
            return None
    return (mark * sign if mark else sign), mark, code, tail, ten_thousand


@cache
def _code(word: str) -> str:
    known = currencies()
    return known.get(word) or known.get(word.upper()) or known.get(word.rstrip(".")) or known.get(word.casefold()) or ""


def _minor(digits: str, places: int, *, comma: bool) -> tuple[int | None, bool]:
    """Minor units of bare digits, and whether they had to be rounded (half away from zero)."""
    if _CODE.fullmatch(digits):
        return None, False
    plain = re.sub(r"['’\s]", "", digits)
    plain = plain.replace(".", "").replace(",", ".") if comma else plain.replace(",", "")
    whole, _, part = plain.partition(".")
    if "." in part:
        return None, False
    minor = int((whole or "0") + part[:places].ljust(places, "0"))
    rest = part[places:].rstrip("0")
    minor += rest >= "5"
    return (minor, bool(rest)) if minor <= LIMIT else (None, False)
