"""The words of receipts and invoices, from ``templates/documents``, and finding them in print that OCR may misspell."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from recon.core.errors import ReconError
from recon.core.knowledge import nearest, table
from recon.core.source import Source

_CJK = re.compile(r"[぀-ヿ㐀-鿿]")
#: Every class that a word may have.
_CLASSES = frozenset({
    "total", "grand", "subtotal", "exclusive", "inclusive", "contains", "tax", "discount", "extra", "rounding", "cash",
    "card", "change", "quantity", "other", "summary", "header", "invoice", "receipt", "credit_note", "statement",
    "date", "not_date", "number", "seller", "buyer", "name", "courtesy", "due", "period", "rate", "gross_pay",
    "net_pay", "business", "phone", "principal", "owed", "figure", "cancels", "starts", "payee", "payer",
    "void", "unpaid", "settled", "terms", "coins", "not_number", "carried", "rent",
})
#: Before the name of a kind of paper, a class of words: ``kind.payroll``.
KIND = "kind."
#: A word of this many letters may be one letter off.
_FORGIVING = 5
#: Of words just so long only these: "paint" is no "point".
_SHORT_FORGIVEN = frozenset({"total", "round", "gross"})
#: In a word of this many letters that may be the first one.
_LONG = 7


def plain(text: str) -> str:
    """Lower case, full-width and accents removed."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", "".join(c for c in folded if not unicodedata.combining(c)))


def chinese(text: str) -> bool:
    """Whether any Chinese (or Japanese) character stands in it."""
    return bool(_CJK.search(text))


@dataclass(frozen=True, slots=True)
class Hit:
    """A known word at characters start to end of a plain text; *classes* are what it may mean."""

    start: int
    end: int
    classes: frozenset[str]


@cache
def _words() -> dict[str, frozenset[str]]:
    """Word → classes, as ``words.tsv`` says.

    Raises:
        ReconError: ``unknown_key`` for a class that no rule knows.
    """
    found: dict[str, set[str]] = {}
    for row in table("documents/words.tsv", ("class", "word")):
        if row["class"] not in _CLASSES:
            near = nearest(row["class"], _CLASSES)
            raise ReconError("unknown_key", Source("documents/words.tsv"), key=row["class"], nearest=near)
        found.setdefault(plain(row["word"]), set()).add(row["class"])
    papers = {word: kinds & {"invoice", "receipt"} for word, kinds in found.items() if kinds & {"invoice", "receipt"}}
    for word, kinds in found.items():
        if kinds & {"number", "date"}:  # an invoice number speaks of an invoice
            parts = {p for p in papers if p in word} if chinese(word) else set(word.split()) & papers.keys()
            kinds.update(*(papers[part] for part in parts))
    for kind, word in kind_words():
        found.setdefault(word, set()).add(KIND + kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def kind_words() -> dict[tuple[str, str], str]:
    """(kind of paper, plain word) → whether the word is its title, a title shared with others, or only a sign."""
    rows = table("documents/kinds.tsv", ("kind", "says", "word"))
    return {(row["kind"], plain(row["word"])): row["says"] for row in rows}


@cache
def _by_length() -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    """Alphabetic phrases as word tuples, most words first."""
    phrases = [(tuple(word.split()), classes) for word, classes in _words().items() if not chinese(word)]
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase[0]), -sum(map(len, phrase[0])))))


@cache
def _ideographic() -> tuple[tuple[str, frozenset[str]], ...]:
    """Chinese and Japanese words, longest first."""
    return tuple(sorted(((w, c) for w, c in _words().items() if chinese(w)), key=lambda pair: -len(pair[0])))


@cache
def find(text: str) -> tuple[Hit, ...]:
    """Known words in *text*, longest first where they overlap, in order of place.

    Letters are compared word by word (one letter off is forgiven in long words, words run together are tried apart);
    Chinese is compared by characters, spaces inside a word left out.
    """
    low = plain(text)
    taken = [False] * len(low)
    hits = list(_alphabetic_hits(low, taken)) + list(_ideographic_hits(low, taken))
    return tuple(sorted(hits, key=lambda hit: hit.start))


def classes(text: str) -> frozenset[str]:
    """Every class that *text* has a word of."""
    return frozenset(c for hit in find(text) for c in hit.classes)


def _alphabetic_hits(low: str, taken: list[bool]) -> Iterable[Hit]:
    words = [(m.start(), m.group()) for m in re.finditer(r"[a-z]+", low)]
    for alike in (_itself, _alike):  # spelt right before misspelt
        for rank, i in _candidates([word for _, word in words], alike):
            phrase, kinds = _by_length()[rank]
            start, (last, word) = words[i][0], words[i + len(phrase) - 1]
            end = last + len(word)
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                yield Hit(start, end, kinds)
    yield from _glued_hits(words, taken)


def _candidates(words: list[str], alike: Callable[[str], frozenset[str]]) -> list[tuple[int, int]]:
    """Rank in :func:`_by_length` and first word of every phrase that stands in *words*, longest phrases first."""
    near = [alike(word) for word in words]
    found = []
    for i, first in enumerate(near):
        for rank in (rank for known in first for rank in _by_first().get(known, ())):
            phrase = _by_length()[rank][0]
            run = near[i : i + len(phrase)]
            if len(run) == len(phrase) and all(word in known for word, known in zip(phrase, run, strict=True)):
                found.append((rank, i))
    return sorted(found)


@cache
def _by_first() -> dict[str, tuple[int, ...]]:
    """First word of a phrase → ranks of the phrases in :func:`_by_length`."""
    ranks: dict[str, list[int]] = {}
    for rank, (phrase, _) in enumerate(_by_length()):
        ranks.setdefault(phrase[0], []).append(rank)
    return {word: tuple(each) for word, each in ranks.items()}


def _itself(word: str) -> frozenset[str]:
    return frozenset({word})


@cache
def _by_size() -> dict[int, tuple[str, ...]]:
    """Every word of every phrase by its length."""
    sizes: dict[int, set[str]] = {}
    for phrase, _ in _by_length():
        for word in phrase:
            sizes.setdefault(len(word), set()).add(word)
    return {size: tuple(sorted(words)) for size, words in sizes.items()}


@cache
def _alike(word: str) -> frozenset[str]:
    """Known words that *word* may be a misspelling of, itself among them."""
    sizes = range(len(word) - 1, len(word) + 2)
    return frozenset({word, *(known for size in sizes for known in _by_size().get(size, ()) if _same(word, known))})


def _glued_hits(words: list[tuple[int, str]], taken: list[bool]) -> Iterable[Hit]:
    """Phrases at either end of words that were run together: ``takeouttotal``, ``cashrm``, ``taxinvoice``.

    What is left of the word must be a known word too, or a currency's letters, unless the phrase
    names a total: ``cornetto`` is not ``netto``.
    """
    for start, word in words:
        if any(taken[start : start + len(word)]) or len(word) < _FORGIVING:
            continue
        for phrase, kinds in _by_length():
            run = "".join(phrase)
            rest = word.removeprefix(run) if word.startswith(run) else word.removesuffix(run)
            bare = rest in _money_letters() and len(run) > 3  # noqa: PLR2004  words long enough to be told apart
            if rest != word and (bare or rest in _words() or (len(run) >= _FORGIVING and kinds & {"total", "grand"})):
                place = 0 if word.startswith(run) else len(rest)
                yield Hit(start + place, start + place + len(run), kinds)
                break


@cache
def _money_letters() -> frozenset[str]:
    """Letters by which currencies go, and none."""
    signs = table("documents/currencies.tsv", ("sign", "currency", "sure"))
    return frozenset({"", *(plain(row["sign"]) for row in signs if row["sign"].isalpha())})


def _ideographic_hits(low: str, taken: list[bool]) -> Iterable[Hit]:
    places = [i for i, c in enumerate(low) if not c.isspace()]
    packed = "".join(low[i] for i in places)
    for word, kinds in _ideographic():
        at = packed.find(word)
        while at >= 0:
            start, end = places[at], places[at + len(word) - 1] + 1
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                yield Hit(start, end, kinds)
            at = packed.find(word, at + 1)


def _same(seen: str, known: str) -> bool:
    """Equal, or one letter off in a long word."""
    if seen == known:
        return True
    short = len(known) == _FORGIVING and known not in _SHORT_FORGIVEN
    if short or len(known) < _FORGIVING or abs(len(seen) - len(known)) > 1:
        return False
    if seen[0] != known[0] and len(known) < _LONG:
        return False
    return _one_off(seen, known) if len(seen) >= len(known) else _one_off(known, seen)


def _one_off(long: str, short: str) -> bool:
    """Whether one letter replaced, or one taken out of *long*, makes them equal."""
    i = next((k for k, (a, b) in enumerate(zip(long, short, strict=False)) if a != b), len(short))
    return long[i + 1 :] == short[i + (len(long) == len(short)) :]


@cache
def company_words() -> tuple[str, ...]:
    """Words that mark the name of a firm or shop."""
    return tuple(plain(row["word"]) for row in table("documents/companies.tsv", ("word",)))
