"""Whose account and which currency, where no label says so: an IBAN, a number behind n°, and words of a country."""

import re
from collections.abc import Sequence
from functools import cache

from recon.core.knowledge import table

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d\d(?: ?[0-9A-Z]){11,32}")
#: What an IBAN leaves over when it is divided (ISO 13616), and by what.
_LEFT, _DIVISOR = 1, 97
#: Characters of a heading; what a heading calls a number.
_HEADING = 80
_CALLED = r"(?<!\w)(?:n[.°º]{1,2}|№|nr\.?|no\.?|num\.?|number|nummer|numero|número|numéro)\s*:?\s*"
#: A figure with decimals, which no heading holds.
_FIGURE = re.compile(r"\d[.,]\d\d(?!\d)")


@cache
def _countries() -> dict[str, tuple[int, str]]:
    rows = table("reading/ibans.tsv", ("country", "length", "currency"))
    return {row["country"]: (int(row["length"]), row["currency"]) for row in rows}


def ibans(text: str) -> list[str]:
    """The valid IBANs in *text*, without blanks."""
    found = []
    for match in _IBAN.finditer(text):
        letters = match[0].replace(" ", "")
        length = _countries().get(letters[:2], (0, ""))[0]
        if length and _valid(letters[:length], length):
            found.append(letters[:length])
    return found


def _valid(letters: str, length: int) -> bool:
    turned = letters[4:] + letters[:4]
    return len(letters) == length and int("".join(str(int(ch, 36)) for ch in turned)) % _DIVISOR == _LEFT


def iban_currency(account: str) -> str:
    """The money of the country whose IBAN *account* is, an empty string where it is none."""
    letters = "".join(account.split())
    return _countries()[letters[:2]][1] if ibans(letters) == [letters] else ""


def only_iban(texts: Sequence[str]) -> str:
    """The one valid IBAN in *texts*, an empty string where there is none or several."""
    found = {iban for text in texts for iban in ibans(text)}
    return found.pop() if len(found) == 1 else ""


@cache
def _numbered() -> re.Pattern[str]:
    rows = table("reading/facts.tsv", ("fact", "language", "words"))
    words = {re.escape(w) for row in rows if row["fact"] == "account" for w in row["words"].split("|") if w.isalpha()}
    inner = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{inner})\b[^\d:：]{{0,40}}?{_CALLED}(\d[\d .-]{{5,}}\w*(?: \d+)*)", re.IGNORECASE)


def heading_number(texts: Sequence[str]) -> str:
    """The account that the last heading in *texts* numbers, as in ``Livret A n° 01 234 567 890`` has it."""
    headings = (text for text in reversed(texts) if len(text) < _HEADING and not _FIGURE.search(text))
    found = next(filter(None, map(_numbered().search, headings)), None)
    return found[1].strip(" .-") if found else ""


@cache
def _dollars() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = table("reading/dollars.tsv", ("currency", "words"))
    return tuple((row["currency"], re.compile(rf"\b(?:{row['words']})\b", re.IGNORECASE)) for row in rows)


def dollars(texts: Sequence[str], otherwise: str = "USD") -> str:
    """Whose dollars a ``$`` among *texts* means; *otherwise* where no word of theirs tells."""
    text = "\n".join(texts)
    named = re.search(r"US\$|USD|FDIC", text)
    return "USD" if named else next((code for code, words in _dollars() if words.search(text)), otherwise)
