"""The words by which statements are read, from ``templates/reading``: headers, directions, facts, kinds, currencies."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from recon.core.knowledge import table

#: Meanings of columns, in the order in which a tie between them is settled.
MONEY = ("amount", "in", "out", "balance", "original_amount", "fee", "refunded")
#: Marks that stand by themselves once a letter is taken apart.
_ACCENTS = re.compile("[\u0300-\u036f]+")
#: The sign of a column, whose title may as well stand in every line.
_SIDE_OF = {"in": 1, "out": -1}
#: Rows of tables that are no transactions.
_SIDES = frozenset({"opening", "closing", "total"})
#: Languages that write the year before the month, and the month before the day.
_YEAR_FIRST = frozenset({"zh", "hu", "ja", "ko"})
#: No header cell of a real statement is longer.
_LONGEST = 60
#: Letters of a title's word, at least, where the title names both ways.
_WORD = 4


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header cell may mean; of two columns with one meaning the lower rank is taken first."""

    name: str
    rank: int


@cache
def _simplified() -> dict[int, int]:
    rows = table("reading/characters.tsv", ("traditional", "simplified"))
    return {ord(a): ord(b) for row in rows for a, b in zip(row["traditional"], row["simplified"], strict=True)}


def unaccented(text: str) -> str:
    """*text* in compatibility forms and without accents, which capitals often leave out."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))


def folded(text: str) -> str:
    """*text* as words are compared: simplified characters, small letters, no accents, no spaces, no punctuation."""
    if not text.isascii():
        text = unaccented(text).translate(_simplified())
    text = text.casefold()
    return text if text.isalnum() else re.sub(r"[\W_]+", "", text) or text.strip()


@cache
def headers() -> dict[str, tuple[Meaning, ...]]:
    """Every folded header word with its meanings."""
    found: dict[str, list[Meaning]] = {}
    for row in table("reading/headers.tsv", ("meaning", "rank", "language", "words")):
        for word in row["words"].split("|"):
            meanings = found.setdefault(folded(word), [])
            if all(m.name != row["meaning"] for m in meanings):
                meanings.append(Meaning(row["meaning"], int(row["rank"])))
    return {word: tuple(meanings) for word, meanings in found.items()}


@cache
def meanings(cell: str) -> tuple[Meaning, ...]:
    """What a header *cell* may mean: the whole of it, else a part of it, else its core."""
    text = cell.strip()
    if not text or len(text) > _LONGEST:
        return ()
    known = headers()
    forms = _forms(text)
    if _both_ways(text):
        return (*known.get(forms[0], ()), Meaning("amount", 1))
    for form in forms:
        if form in known:
            return known[form]
    return _dated(text) or _core(folded(text)) or _core(folded(_bare(text)))


def _both_ways(text: str) -> bool:
    """Whether a title names money in and money out, for both in one column: ``Withdrawal (Dr) / Deposit (Cr)``."""
    parts = _bare(text).split("/")
    said = [{m.name for m in headers().get(folded(part), ())} for part in parts if len(part) >= _WORD]
    return {"in"} in said and {"out"} in said


def _dated(text: str) -> tuple[Meaning, ...]:
    """A date where the first of several words says so: ``Data do movimento``."""
    first, *others = text.split()
    return tuple(Meaning("date", m.rank + 1) for m in headers().get(folded(first), ()) if m.name == "date" and others)


@cache
def _languages() -> dict[str, frozenset[str]]:
    rows = table("reading/headers.tsv", ("meaning", "rank", "language", "words"))
    found: dict[str, set[str]] = {}
    for row in rows:
        for word in row["words"].split("|"):
            found.setdefault(folded(word), set()).add(row["language"])
    return {word: frozenset(languages) for word, languages in found.items()}


def foreign(titles: Sequence[str]) -> bool:
    """Whether *titles* are in no language that may write the month before the day: none of them is English."""
    spoken = [languages for title in titles if (languages := _languages().get(folded(title)))]
    return bool(spoken) and not all("en" in languages for languages in spoken)


def year_first(titles: Sequence[str]) -> bool:
    """Whether *titles* are in a language that writes year, month and day in this order."""
    spoken = [languages for title in titles if (languages := _languages().get(folded(title)))]
    return bool(spoken) and all(languages & _YEAR_FIRST for languages in spoken)


def known(cell: str) -> bool:
    """Whether the whole of a header *cell* is a known word."""
    return folded(cell) in headers()


def _bare(text: str) -> str:
    """*text* without what stands in brackets."""
    return re.sub(r"[(\[（【].*?[)\]）】]", "", unicodedata.normalize("NFKC", text))


def _forms(text: str) -> list[str]:
    wide, bare = unicodedata.normalize("NFKC", text), _bare(text)
    parts = [part for part in re.split(r"[\n/|]| {2,}", bare) if part.strip()]
    chinese = "".join(re.findall(r"[\u3400-\u9fff/]+", bare))
    latin = " ".join(re.findall(r"[A-Za-z.#()/]+", bare)) if chinese else ""
    return [folded(form) for form in (wide, bare, *parts, chinese, latin) if form.strip()]


def _core(text: str) -> tuple[Meaning, ...]:
    """The longest known word that begins or ends *text* and makes up half of it or more."""
    known = headers()
    for size in range(len(text) - 1, max(2 if not text.isascii() else 4, (len(text) + 1) // 2) - 1, -1):
        for part in (text[-size:], text[:size]):
            if part in known:
                return known[part]
    return ()


@cache
def directions() -> dict[str, int]:
    """Folded direction words: +1 in, −1 out, 0 neither."""
    signs = {"+": 1, "-": -1, "0": 0}
    rows = table("reading/directions.tsv", ("sign", "words"))
    return {folded(word): signs[row["sign"]] for row in rows for word in row["words"].split("|")}


def direction(cell: str, *, titles: bool = True) -> int | None:
    """The sign that a direction *cell* gives, 0 for neither, None where it is no direction word.

    *titles* says that words which title a column of money in, or out, are such words too.
    """
    known, text = directions(), folded(cell)
    if text in known:
        return known[text]
    named = {_SIDE_OF[m.name] for m in headers().get(text, ()) if m.name in _SIDE_OF}
    if named and titles:
        return named.pop() if len(named) == 1 else None
    parts = [folded(p) for p in re.findall(r"[\u3400-\u9fff]+|[^\W\d_]+", cell)]
    return next((known[p] for p in parts if p in known), None)


@cache
def neutral() -> tuple[tuple[int, re.Pattern[str], re.Pattern[str]], ...]:
    """Rules for wallet rows that are neither income nor spending: sign, text pattern, method pattern."""
    rows = table("reading/neutral.tsv", ("sign", "text", "method"))
    return tuple((1 if r["sign"] == "+" else -1, re.compile(r["text"]), re.compile(r["method"])) for r in rows)


@cache
def card_words() -> tuple[tuple[int, re.Pattern[str]], ...]:
    """Words of card bills: sign and pattern."""
    rows = table("reading/cards.tsv", ("sign", "text"))
    return tuple((1 if r["sign"] == "+" else -1, re.compile(r["text"], re.IGNORECASE)) for r in rows)


@cache
def side_rows() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Rows that are no transactions: opening, closing, total; the pattern stands at the beginning."""
    rows = table("reading/rows.tsv", ("kind", "text"))
    found = ((r["kind"], re.compile(rf"[\W\d]*(?:{unaccented(r['text'])})", re.IGNORECASE)) for r in rows)
    return tuple((kind, pattern) for kind, pattern in found if kind in _SIDES)


@cache
def continued() -> re.Pattern[str]:
    """Words of a dated row that goes on with the line before or after it."""
    rows = table("reading/rows.tsv", ("kind", "text"))
    inner = "|".join(r["text"] for r in rows if r["kind"] == "continued")
    return re.compile(rf"\W*(?:{inner})\W*", re.IGNORECASE)


@cache
def closed() -> re.Pattern[str]:
    """Statuses of orders that were never paid; some bills leave them out of their totals."""
    rows = table("reading/rows.tsv", ("kind", "text"))
    return re.compile("|".join(r["text"] for r in rows if r["kind"] == "closed"), re.IGNORECASE)


@cache
def pending() -> re.Pattern[str]:
    """Statuses of lines that a bank has not booked, or has taken back."""
    rows = table("reading/rows.tsv", ("kind", "text"))
    return re.compile("|".join(r["text"] for r in rows if r["kind"] in {"pending", "closed"}), re.IGNORECASE)


@cache
def lists() -> tuple[tuple[int, str, re.Pattern[str]], ...]:
    """Words of one-sided lists: sign, title or heading, pattern."""
    rows = table("reading/lists.tsv", ("sign", "place", "text"))
    return tuple((1 if r["sign"] == "+" else -1, r["place"], re.compile(r["text"], re.IGNORECASE)) for r in rows)


def list_sign(place: str, text: str) -> int:
    """+1 for receipts, −1 for payments, 0 where *text* says neither or both."""
    return sum({sign for sign, where, pattern in lists() if where == place and pattern.search(text)})


@cache
def _programs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = table("reading/programs.tsv", ("what", "text"))
    return tuple((r["what"], re.compile(r["text"], re.IGNORECASE)) for r in rows)


def programs(told: str) -> str:
    """``edits`` or ``writes`` where a PDF was made by a program that does so to documents, else an empty string."""
    return next((what for what, pattern in _programs() if pattern.search(told)), "")


def side_row(text: str) -> str:
    """``opening``, ``closing`` or ``total`` where *text* begins with such words, else an empty string."""
    text = unaccented(text)
    return next((kind for kind, pattern in side_rows() if pattern.match(text)), "")


def labelled_side(text: str) -> str:
    """The same where *text* ends in the label of a printed balance, or is several words that label a total."""
    words = text.split()
    if len(words) > 1 and facts().get(folded(text), "").startswith("total"):
        return "total"
    tails = (facts().get(folded(" ".join(words[k:])), "") for k in range(len(words)))
    return next((fact for fact in tails if fact in _SIDES), "")


@cache
def _any_side_row() -> re.Pattern[str]:
    inner = "|".join(pattern.pattern.removeprefix(r"[\W\d]*") for _, pattern in side_rows())
    return re.compile(rf"^[^\n\w]*(?:\d[\W\d]*)?(?:{inner})", re.IGNORECASE | re.MULTILINE)


def any_side_row(cells: Sequence[str]) -> bool:
    """Whether any of *cells* begins with such words, found in one pass."""
    return bool(_any_side_row().search(unaccented("\n".join(cells))))


def whole_side_row(text: str) -> bool:
    """Whether such words are all that *text* says, numbers, dates and punctuation aside."""
    text = unaccented(text)
    bare = re.sub(r"[\d\W_]+", " ", text).strip()
    return any(p.fullmatch(bare) or p.fullmatch(text.strip()) for _, p in side_rows())


@cache
def facts() -> dict[str, str]:
    """Folded labels of printed facts, each with the fact's name."""
    rows = table("reading/facts.tsv", ("fact", "language", "words"))
    return {folded(word): row["fact"] for row in rows for word in row["words"].split("|")}


def opens(title: str) -> bool:
    """Whether a column's *title* says opening balance."""
    return facts().get(folded(title)) == "opening"


@cache
def kinds() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Kind of account, its bank's name or nothing, and the words that say so."""
    rows = table("reading/kinds.tsv", ("kind", "bank", "words"))
    return tuple((r["kind"], r["bank"], tuple(word.casefold() for word in r["words"].split("|"))) for r in rows)


@cache
def currencies() -> dict[str, str]:
    """Folded names of currencies with their ISO 4217 codes; signs such as ¥ as they are."""
    rows = table("reading/currencies.tsv", ("code", "words"))
    return {form: row["code"] for row in rows for word in row["words"].split("|") for form in (word, folded(word))}


def currency(text: str) -> str:
    """The ISO 4217 code that *text* names, or an empty string."""
    known = currencies()
    return known.get(text.strip()) or known.get(folded(text)) or ""


@cache
def months() -> dict[str, int]:
    """Folded names of months."""
    rows = table("reading/months.tsv", ("month", "words"))
    return {folded(word): int(row["month"]) for row in rows for word in row["words"].split("|")}
