"""Who a counterparty is by its name: a person, a company, a public office, or not to be told."""

import re
from functools import cache

from recon.classify.lexicon import Lexicon
from recon.core.knowledge import table
from recon.events.words import plain

#: Columns of a table of rules (see :mod:`rules`).
RULE_COLUMNS = ("rule", "category", "direction", "who", "where", "confidence", "trades", "words")
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
#: Two to four Latin words, some of them initials: Mary Jane Doe, J. R. Doe, Doe J.
_LATIN_NAME = re.compile(r"(?=.*[a-z][a-z'\-]+)[a-z][a-z'\-]*\.?(?: [a-z][a-z'\-]*\.?){1,3}")


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
    if longer.find(text) or bare.endswith(endings) or _firms().find(text):
        return COMPANY
    return PERSON if _is_latin_person(bare) else UNKNOWN


def _is_latin_person(bare: str) -> bool:
    """A given name or a form of address alone, or words that only a person's name consists of."""
    first = re.split(r"[ .]", bare)[0]
    return first in _known("prefix") or bare in _known("given") or bool(_LATIN_NAME.fullmatch(bare))


@cache
def _firms() -> Lexicon:
    """The names of firms in ``rules/firms.tsv``: its rules whose codes end so."""
    rows = [row for row in table("rules/firms.tsv", RULE_COLUMNS) if row["rule"].endswith("_firm")]
    return Lexicon("rules/firms.tsv", [(word, 0) for row in rows for word in row["words"].split("|")])


def legal_forms() -> tuple[str, ...]:
    """What ends the name of a firm in Latin letters: Ltd, LLC, GmbH."""
    return _words("form")


@cache
def _known(kind: str) -> frozenset[str]:
    return frozenset(_words(kind))


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
