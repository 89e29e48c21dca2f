"""Who a counterparty is by its name: a person, a company, a public office, or not to be told."""

import re
from functools import cache

from recon.classify.lexicon import Lexicon
from recon.core.knowledge import table
from recon.events.words import plain

PERSON, COMPANY, OFFICE, UNKNOWN = "person", "company", "office", ""


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(
        w for row in table("rules/names.tsv", ("kind", "words")) if row["kind"] == kind for w in row["words"].split("|")
    )


@cache
def _marks(kind: str) -> tuple[Lexicon, tuple[str, ...]]:
    """A kind's words: those of two characters and more, and single characters that end a name."""
    words = _words(kind)
    return Lexicon("rules/names.tsv", [(w, 0) for w in words if len(w) > 1]), tuple(w for w in words if len(w) == 1)


_TITLED = 2  # 王姐, 李老板
_GIVEN = 2  # characters of a given name, at most
_LATIN_NAME = re.compile(r"(?:(?:mr|mrs|ms|miss|dr)\.? )?[a-z][a-z'\-]+(?: [a-z]\.?)?(?: [a-z][a-z'\-]+){1,2}")


def who(name: str) -> str:
    """PERSON, COMPANY, OFFICE or UNKNOWN for a counterparty's *name*."""
    text = plain(name)
    bare = re.sub(r"[(（].*?[)）]", "", text).strip(" /-")
    if not bare:
        return UNKNOWN
    if _marks("office")[0].find(text):
        return OFFICE
    if _is_chinese_person(bare):
        return PERSON
    longer, endings = _marks("company")
    if longer.find(text) or bare.endswith(endings):
        return COMPANY
    return PERSON if _LATIN_NAME.fullmatch(bare) else UNKNOWN


def _is_chinese_person(bare: str) -> bool:
    """A family name with one or two characters after it, masked or with a title."""
    if re.fullmatch(r"\*{1,2}[一-鿿]{1,2}|[一-鿿]\*{1,2}[一-鿿]?", bare):
        return True
    if not re.fullmatch(r"[一-鿿·]+", bare):
        return False
    for surname in (bare[:2], bare[:1]):
        rest = bare[len(surname):]
        if (
            surname in _surnames()
            and rest
            and (
                len(rest) <= _GIVEN
                or rest[:-_TITLED] == ""
                or (rest.endswith(_words("title")) and len(rest) <= _GIVEN + _TITLED)
            )
        ):
            return not rest.endswith(_marks("company")[1])
    return bool(re.fullmatch(r"[一-鿿]{1,3}·[一-鿿·]{1,8}", bare))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(_words("surname"))
