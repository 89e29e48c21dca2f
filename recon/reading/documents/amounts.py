"""Amounts of money as receipts print them, exact, with their currency; and amounts in Chinese capitals (大写)."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from recon.core.knowledge import table
from recon.reading.documents.vocabulary import chinese, plain

#: Letters that OCR puts for digits.
_CONFUSED = str.maketrans("OoDQcClI|SsBZ", "0000001115582")
#: Units of measure that run on behind a number; other letters behind two decimals are tax codes.
_UNITS = frozenset({"x", "kg", "g", "l", "ml", "m", "cm", "mm"})
#: Tax codes have one letter or two.
_TAX_CODE = 2

#: The largest amount that a receipt is believed to be for.
_LARGEST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Amount:
    """A number printed as money at characters start to end of a text; *repaired* where letters stood for digits."""

    value: Decimal
    start: int
    end: int
    currency: str = ""
    repaired: bool = False


@cache
def _signs() -> dict[str, tuple[str, bool]]:
    """Sign → currency and whether it can mean no other."""
    rows = table("documents/currencies.tsv", ("sign", "currency", "sure"))
    return {row["sign"].upper(): (row["currency"], row["sure"] == "yes") for row in rows}


@cache
def _hints() -> tuple[tuple[str, str], ...]:
    """Words of one country's law and geography → its currency, for slips that print no sign."""
    rows = table("documents/countries.tsv", ("word", "currency"))
    return tuple((plain(row["word"]), row["currency"]) for row in rows)


@cache
def _sign_pattern() -> str:
    return "|".join(re.escape(sign) for sign in sorted(_signs(), key=len, reverse=True))


@cache
def _strict() -> re.Pattern[str]:
    """A number with its sign of money; OCR often sees ¥ as Y or 羊."""
    return re.compile(
        rf"""(?<![A-Za-z0-9_.,/%-])(?<!\d:)(?:(?<![A-Za-z])[Y羊](?=\d))?(?P<minus>-\s?|\((?=[^()]*\d\)))?
        (?P<sign>{_sign_pattern()})?[ ]?(?P<inner>-\s?)?
        (?P<number>\d{{1,3}}(?:[ ]\d{{3}})+,\d{{2}}|\d{{1,3}}(?:[,.'’]\d{{3}})+(?:[.,]\d{{1,2}})?
            |\d*[.,][ ]?\d{{1,2}}|\d+)
        (?P<closing>\))?(?P<behind>-)?
        [ ]?(?P<unit>{_sign_pattern()})?
        (?![\d%:/]|[.,]\d|[ ]?%)""",
        re.VERBOSE | re.IGNORECASE,
    )


def amounts(text: str, *, whole: bool = False) -> list[Amount]:
    """Amounts in *text*, left to right: those with two decimals or a currency's sign.

    Args:
        text: a cell or a row.
        whole: whole numbers and one decimal count too (a labelled total of 35 yuan).
    """
    found = []
    for match in _strict().finditer(text):
        value = _value(match["number"])
        sign = (match["sign"] or match["unit"] or "").upper()
        if value is None or value > _LARGEST or not (whole or sign or _two_decimals(match["number"])):
            continue
        if _glued_letters(text, match):
            continue
        minus = any((match[part] or "").strip() in {"-", "("} for part in ("minus", "inner", "behind"))
        minus = minus and not (match["minus"] == "(" and _repeats(text, match.start()))
        named, _ = _signs().get(sign, ("", False))
        found.append(Amount(-value if minus else value, match.start(), match.end(), named))
    return found


def repaired(text: str) -> list[Amount]:
    """Amounts in *text* once letters among digits are read as the digits that they look like (``RMO.65``, ``0N0``)."""
    digit = r"[\dOoDQlISsBcCZ]"
    pattern = rf"(?:{_sign_pattern()})?\s?(?=[\w.,]*\d)((?:{digit}|,)+[.,]\s?{digit}{{2}})(?=[A-Z]{{0,2}}(?!\w))"
    found = []
    for match in re.finditer(pattern, text):
        value = _value(match[1].translate(_CONFUSED))
        if value is not None and value <= _LARGEST:
            found.append(Amount(value, match.start(), match.end(), repaired=True))
    return found


def _repeats(text: str, bracket: int) -> bool:
    """Whether a bracket says again what stands right before it: ``壹仟元整(¥1000.00)``; free ones are a minus."""
    return bracket > 0 and chinese(text[bracket - 1])


def _two_decimals(number: str) -> bool:
    return bool(re.search(r"[.,] ?\d{2}$", number))


def _glued_letters(text: str, match: re.Match[str]) -> bool:
    """Whether letters run on behind the number as a unit or a word: ``550ml``, ``3x10``; tax codes are no unit."""
    behind = re.match(r"[A-Za-z]+", text[match.end() :])
    if not behind or match["unit"]:
        return False
    code = len(behind.group()) <= _TAX_CODE and behind.group().lower() not in _UNITS
    return not (code and _two_decimals(match["number"]))


def _value(number: str) -> Decimal | None:
    """The number behind any habit of separators: the last mark parts decimals if one or two digits follow it."""
    body = re.sub(r"[ '’]", "", number)
    last = max(body.rfind("."), body.rfind(","))
    if last >= 0 and len(body) - last - 1 in {1, 2}:
        whole, part = re.sub(r"[.,]", "", body[:last]), body[last + 1 :]
        return Decimal(f"{whole or '0'}.{part}")
    digits = re.sub(r"[.,]", "", body)
    return Decimal(digits) if digits.isdigit() else None


def currency(text: str) -> tuple[str, bool]:
    """The currency that a whole document names most often, and whether its signs can mean no other; empty if none."""
    votes: dict[str, int] = {}
    sure: dict[str, bool] = {}
    low = plain(text)
    pattern = rf"(?<![A-Za-z])({_sign_pattern()})(?![A-Za-z])"
    for match in re.finditer(pattern, text):
        name, certain = _signs()[match[1].upper()]
        votes[name] = votes.get(name, 0) + 1
        sure[name] = sure.get(name, False) or certain
    for hint, name in _hints():
        if hint in low:
            votes.setdefault(name, 1)
            sure[name] = True
    if "JPY" in votes and "CNY" in votes:  # both write ¥
        votes["JPY"] += votes.pop("CNY")
    if not votes:
        return ("CNY", False) if chinese(text) else ("", False)
    if chinese(text) and "CNY" in votes and not any(sure[name] for name in votes if name != "CNY"):
        return "CNY", True
    best = max(votes, key=lambda name: (sure[name], votes[name]))
    return best, sure[best]


_DIGITS = {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")} | {c: i for i, c in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"貳": 2, "貮": 2, "弐": 2, "參": 3, "叄": 3, "陸": 6, "两": 2}
_TENS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_CAPITALS = re.compile(r"[零壹贰叁肆伍陆柒捌玖貳貮參叄陸拾佰仟万萬亿億元圆圓角分整正\s]{3,}")


def in_capitals(text: str) -> Decimal | None:
    """The amount written in Chinese capitals in *text* (``壹佰贰拾叁元肆角伍分``), or None."""
    for match in _CAPITALS.finditer(text):
        run = re.sub(r"\s", "", match.group())
        if re.search(r"[元圆圓角分]", run) and re.search(r"[壹贰叁肆伍陆柒捌玖貳貮參叄陸拾]", run):
            return _capitals(run)
    return None


def _capitals(run: str) -> Decimal:
    """Value of a run of capitals: sections of four digits by 万 and 亿, then 角 and 分."""
    whole, section, digit, cents, bare = 0, 0, 0, 0, True
    for c in run:
        if c in _DIGITS:
            digit, bare = _DIGITS[c], False
            continue
        if c in _TENS:
            section, digit = section + (1 if bare else digit) * _TENS[c], 0  # 拾 is ten, and 零拾 none
        elif c in "万萬":
            whole, section, digit = whole + (section + digit) * 10_000, 0, 0
        elif c in "亿億":
            whole, section, digit = (whole + section + digit) * 100_000_000, 0, 0
        elif c in "元圆圓":
            whole, section, digit = whole + section + digit, 0, 0
        elif c in "角分":
            cents, digit = cents + digit * (10 if c == "角" else 1), 0
        bare = True
    return Decimal(whole + section) + Decimal(cents) / 100
