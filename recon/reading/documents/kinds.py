"""What kind of paper a document is, by the name it gives itself and the words that such papers hold."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from recon.core.knowledge import table
from recon.reading.documents.amounts import amounts
from recon.reading.documents.rows import Row
from recon.reading.documents.vocabulary import KIND, Hit, chinese, find, kind_words, plain
from recon.reading.result import Kind

#: A title fills at least this share of its cell, in hundredths.
_TITLE = 60
#: A title stands among the first rows.
_HEAD_ROWS = 8
#: Digits of the number of a fully digital invoice.
_DIGITAL = 20
#: What a title, one that stands inside a line, a shared one and a sign are worth.
_WORTH = {"title": 12, "inside": 4, "weak": 1, "sign": 2}
#: Signs count up to so many.
_SIGNS = 3


@dataclass(frozen=True, slots=True)
class PaperKind:
    """What is known of a kind: what recon calls its file, whose name stands at its head, and what names its total."""

    reading: Kind
    head: str
    total: str


@cache
def known() -> dict[str, PaperKind]:
    """Every kind of ``templates/documents/papers.tsv``."""
    rows = table("documents/papers.tsv", ("kind", "reading", "head", "total"))
    return {
        row["kind"]: PaperKind("invoice" if row["reading"] == "invoice" else "receipt", row["head"], row["total"])
        for row in rows
    }


def scores(document: Sequence[Row]) -> dict[str, int]:
    """What speaks for each kind that anything speaks for."""
    best: dict[str, int] = defaultdict(int)
    signs: dict[str, set[str]] = defaultdict(set)
    for n, row in enumerate(document):
        for cell in row.cells:
            for hit in find(cell.text):
                word = plain(cell.text)[hit.start : hit.end]
                for kind, says in _said(hit, word):
                    if says == "sign":
                        signs[kind].add(word)
                    else:
                        best[kind] = max(best[kind], _worth(cell.text, hit, says, n < _HEAD_ROWS))
    for kind, words in signs.items():
        best[kind] += _WORTH["sign"] * min(len(words), _SIGNS)
    return dict(best)


def _said(hit: Hit, word: str) -> list[tuple[str, str]]:
    """The kinds that a word speaks for, and how."""
    if not any(name.startswith(KIND) for name in hit.classes):
        return []
    return [(name.removeprefix(KIND), kind_words().get((name.removeprefix(KIND), word), "sign"))
            for name in hit.classes if name.startswith(KIND)]


def _worth(text: str, hit: Hit, says: str, head: bool) -> int:  # noqa: FBT001  one of three facts about a word
    """A title that fills its cell near the top is worth most; one inside a sentence little."""
    letters = sum(c.isalnum() for c in text)
    fills = 100 * (hit.end - hit.start) >= _TITLE * max(letters, 1)
    if not fills and not (says == "title" and head and _ends(text, hit)):
        return _WORTH["inside"] if head else _WORTH["sign"]
    return _WORTH[says] if head else _WORTH["inside"]


#: Rows of so many cells, amounts among them, are lines of a table: wages (工资) that a bank lists head nothing.
_LISTED = 3
#: What may stand behind a title: another word for a list, a period, a part, a copy in brackets.
_BEHIND = re.compile(r"(?:清单|明细|汇总|表|单){0,2}\s*(?:\([^()]*\))?\W*")
#: A common kind, and the special one that it is where so much speaks for that: a receipt of rent, an invoice for power.
_SPECIAL = {"hand_receipt": ("rent_receipt", 2), "invoice": ("utility_bill", 4), "till_receipt": ("utility_bill", 4)}
#: A title that ends a longer line: characters of Chinese, words of others.
_LONG = (30, 6)


def _ends(text: str, hit: Hit) -> bool:
    """Whether a line says whose or when and then what the paper is: ``兴旺五金店2025年3月工资表``."""
    folded = plain(text)
    line = len(folded) <= _LONG[0] if chinese(folded) else len(folded.split()) <= _LONG[1]
    return line and bool(_BEHIND.fullmatch(folded, hit.end)) and not re.search(r"[:：,，。;；]", folded[: hit.start])


def titled(text: str) -> int:
    """Where in *text* the paper's full title begins, if it fills or ends the line; -1 where it is none."""
    for hit in find(text):
        word = plain(text)[hit.start : hit.end]
        if any(says == "title" for _, says in _said(hit, word)) and _ends(text, hit):
            return hit.start
    return -1


def title_kind(document: Sequence[Row]) -> str:
    """The kind whose full title stands among the first rows, not in a line of a table, or an empty string."""
    head = scores([row for row in document[:_HEAD_ROWS] if len(row.cells) < _LISTED or not amounts(row.text)])
    kind = max(head, key=lambda name: head[name], default="")
    return kind if kind and head[kind] >= _WORTH["title"] else ""


def kind_of(document: Sequence[Row], number: str, *, paid: bool, official: bool) -> str:
    """The kind of a document.

    Args:
        document: its rows.
        number: its number; a fully digital invoice has one of twenty digits.
        paid: money given or change stand on it: a till's slip where nothing else is said.
        official: the word for a state's invoice stands on it.
    """
    found = scores(document)
    if "vat_digital" in found and not {"vat_electronic"} & found.keys():
        return "vat_digital"
    kind = max(found, key=lambda name: (found[name], name), default="")
    if official and not kind.startswith("vat"):
        return "vat_digital" if len(number) == _DIGITAL else "vat_normal"
    special, least = _SPECIAL.get(kind, ("", 0))
    if special and found.get(special, 0) >= least:
        return special
    till = max(_WORTH["inside"], found.get(kind, 0) - 2 * _WORTH["inside"])
    if kind == "invoice" and paid and found.get("till_receipt", 0) >= till:
        return "till_receipt"
    return kind or ("till_receipt" if paid else "")
