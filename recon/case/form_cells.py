"""What people type into the cells of the form, as the form's values: numbers, dates, rates and words of any habit."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from recon.case.form_fields import Field, field
from recon.core.settings import shipped
from recon.core.words import LANGUAGES, say
from recon.reading.dates import see

_AMOUNT = re.compile(
    r"(-?)\s*[¥$€£]?\s*(-?)\s*(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?\s*([万亿]?)\s*(?:元|圆|块|rmb|cny|yuan)?", re.IGNORECASE
)
_TIMES = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8)}
_SHARES = {"%": Decimal(100), "‰": Decimal(1000)}
_YES, _NO = {"true", "1", "√", "✓", "y"}, {"false", "0", "×", "x", "n"}


def answer(path: str, text: str) -> Any:
    """A cell's text as the form's value; what cannot be read so stays text, and validation says what is wrong."""
    asked = field(path)
    if path.startswith("known."):
        return _amount(text)
    if asked is None:
        return text
    if asked.kind in ("choice", "depreciation"):
        chosen = _choice(asked, text)
        return _amount(text) if chosen is None and asked.kind == "depreciation" else chosen or text
    read_as = {"amount": _amount, "ratio": _ratio, "whole": _whole, "date": _date, "yes_no": yes_no}
    return read_as[asked.kind](text) if asked.kind in read_as else text


def _folded(text: str) -> str:
    """Full-width digits and signs as plain ones."""
    return unicodedata.normalize("NFKC", text).replace("−", "-").strip()


def _amount(text: str) -> Decimal | str:
    """An amount with its thousands apart, a currency's sign, 万 or 亿; else the text."""
    match = _AMOUNT.fullmatch(_folded(text))
    if not match or (match[1] and match[2]):
        return text
    size = Decimal(match[3].replace(",", "") + (match[4] or "")) * _TIMES[match[5]]
    return -size if match[1] or match[2] else size


def _ratio(text: str) -> Decimal | str:
    plain = _folded(text)
    per = _SHARES.get(plain[-1:], Decimal(1))
    try:
        return Decimal(plain.rstrip("%‰").strip()) / per
    except InvalidOperation:
        return text


def _whole(text: str) -> int | str:
    plain = _folded(text)
    return int(Decimal(plain)) if re.fullmatch(r"-?\d+(?:\.0+)?", plain) else text


def _date(text: str) -> dt.date | str:
    """A day whose year has four digits and whose day and month cannot be taken for one another; else the text."""
    seen = see(text) if re.search(r"\d{4}", _folded(text)) else None
    if seen is None or not seen.year:
        return text
    orders = {(seen.b, seen.a), (seen.a, seen.b)} if seen.swappable else {(seen.b, seen.a)}
    days = [day for month, number in orders if (day := _day(seen.year, month, number))]
    return days[0] if len(days) == 1 else text


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def yes_no(text: str) -> bool | str:
    """Yes or no in any language, a tick or a cross; else the text."""
    word = _folded(text).casefold()
    for answer, more in ((True, _YES), (False, _NO)):
        told = {say(language, "form.yes.yes" if answer else "form.yes.no").casefold() for language in LANGUAGES}
        if word in told | more:
            return answer
    return text


def _choice(asked: Field, text: str) -> str | None:
    """The key of the choice that *text* names in any language."""
    word = _folded(text).casefold()
    names = {
        _folded(name).casefold(): key
        for key in asked.choices for name in (key, key.replace("_", " "), *(asked.choice(key, x) for x in LANGUAGES))
    }
    return names.get(word)


def setting(name: str, text: str) -> Any:
    """A setting of its own, of the kind that the shipped one has; else the text."""
    old = shipped().entries.get(name)
    if old is None or isinstance(old.value, str):
        return text
    if isinstance(old.value, bool):
        return yes_no(text)
    number = _ratio(text)
    return int(number) if isinstance(number, Decimal) and number == number.to_integral_value() else number
