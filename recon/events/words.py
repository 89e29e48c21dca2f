"""The words that events go by, from ``templates/rules``: wallet products, statuses and the marks of own transfers."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache

from recon.core.knowledge import table


def plain(text: str) -> str:
    """*text* as rules compare it: NFKC, lower case, without spaces around Chinese characters."""
    folded = unicodedata.normalize("NFKC", text).lower().strip()
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", re.sub(r"\s+", " ", folded))


#: Characters of a Chinese name's beginning, and words of a Latin one's, that two printings of it share; how alike two
#: are of which one was misread.
_HEAD, _WORDS, _ALIKE = 4, 2, 0.8
#: What many names share: the province and town at the front, the legal form at the end.
_PLACE = re.compile(r"^(?:\w{2,3}省)?(?:\w{2,3}市)?(?=\w{3})")
_FORM = re.compile(
    r"(?:集团)?(?:股份|责任|有限)*公司$"
    r"|[\s,]+(?:limited|ltd|llc|inc|plc|llp|corp|company|co|gmbh|bv|sdn bhd|bhd)\.?$"
)


def same_party(one: str, two: str) -> bool:
    """Whether two plain names may be one party's: one holds the other or its beginning, or was misread by a letter.

    What stands before the beginning is a wallet's or a bank's; firms of a town and a trade share all but the middle.
    """
    if not one or not two:
        return False
    first, second = _core(one), _core(two)
    if one in two or two in one or _head(first) in second or _head(second) in first:
        return True
    return min(len(first), len(second)) >= _HEAD and SequenceMatcher(None, first, second).ratio() >= _ALIKE


@cache
def _core(name: str) -> str:
    """A plain name without its place and its legal form; the name itself where nothing would be left."""
    bare = _FORM.sub("", _FORM.sub("", name)).strip(" .,")
    return _PLACE.sub("", bare) or bare or name


def _head(core: str) -> str:
    """The beginning by which a name is known: some characters, of a Latin name two words."""
    return core[:_HEAD] if not core.isascii() else " ".join(core.split()[:_WORDS])


@cache
def role(name: str) -> tuple[str, ...]:
    """Every word of a role of ``rules/wallets.tsv``, plain."""
    return tuple(word for words in _roles()[name].values() for word in words)


@cache
def providers() -> dict[str, tuple[str, ...]]:
    """Names of each wallet by its id, plain."""
    return _roles()["provider"]


@cache
def _roles() -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in table("rules/wallets.tsv", ("role", "item", "words")):
        words = tuple(plain(word) for word in row["words"].split("|"))
        items = found.setdefault(row["role"], {})
        items[row["item"]] = items.get(row["item"], ()) + words
    return found


def has(text: str, words: Iterable[str]) -> bool:
    """Whether the plain *text* holds one of the plain *words*."""
    return any(word in text for word in words)


def provider(text: str) -> str:
    """The wallet whose name the plain *text* holds, or an empty string."""
    return next((item for item, words in providers().items() if has(text, words)), "")


#: An account as people print it in passing: 招商银行(1234), 工商银行储蓄卡(尾号1234), Visa ending 1234, SAV ...7788.
_LABEL = re.compile(
    r"([^\s\d()（）,;，；:：/-]*?)\s*"
    r"(?:\((?:尾号)?[*x]*(\d{4})\)|尾号[为:]?(\d{4})|ending(?: in)? (\d{4})|(?:[*x]{2,}|\.{3})(\d{4})(?!\d))"
)


_LEAD = re.compile(r"^.*(?:还款|转账|转入|转出|来自|提现|充值|支付|[到至向|])")


def label(text: str) -> tuple[str, str]:
    """Bank name and last four digits of the first account named in the plain *text*; empty strings where none."""
    hit = _LABEL.search(text)
    return (_LEAD.sub("", hit.group(1)), next(g for g in hit.groups()[1:] if g)) if hit else ("", "")


def digits(number: str) -> str:
    """An account number without separators; masked places stay as stars."""
    return re.sub(r"[^0-9a-z*]", "", number.lower().replace("x", "*") if re.search(r"\d", number) else "")


#: How many digits at its end a number is known by when the rest is masked or left out.
TAIL = 4
#: Fewest digits of an account number that a bank prints without its branch.
_WHOLE = 7


def tail(number: str) -> str:
    """The last four digits of a number, or an empty string where they are not printed."""
    end = digits(number)[-TAIL:]
    return end if len(end) == TAIL and end.isdigit() else ""


def same_number(one: str, two: str) -> bool:
    """Whether two printed numbers may be one account's: full, masked, or the last four digits alone.

    A comparison needs the last four digits of both, so an empty number is nobody's; fronts that both print must agree.
    A branch printed before a full number (a sort code, an IBAN's bank) may be left out.
    """
    if not tail(one) or tail(one) != tail(two):
        return False
    first, second = digits(one), digits(two)
    if "*" not in first + second and min(len(first), len(second)) > TAIL:
        shorter, longer = sorted((first, second), key=len)
        return longer.endswith(shorter) if len(shorter) >= _WHOLE else first == second
    fronts = [number.split("*")[0] if "*" in number or len(number) > TAIL else "" for number in (first, second)]
    length = min(len(fronts[0]), len(fronts[1]))
    return fronts[0][:length] == fronts[1][:length]
