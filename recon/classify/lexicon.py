"""Finds every word of a rule table in a text in one pass, by an index on the first characters of the words."""

from collections.abc import Iterable

from recon.core.errors import ReconError
from recon.core.source import Source
from recon.events.words import plain


class Lexicon:
    """Words with what they stand for, ready to be looked up in many texts.

    Chinese needs no word segmentation for this: every position of a text is looked up, and a longer word that fits
    is found beside the shorter ones inside it.
    """

    def __init__(self, name: str, words: Iterable[tuple[str, int]]) -> None:
        """*words* are pairs of a word and the number of its rule; *name* is the table, for errors.

        Raises:
            ReconError: a word has fewer than two characters: it would hit nearly everywhere.
        """
        self._index: dict[str, list[tuple[str, int]]] = {}
        for word, rule in words:
            text = plain(word)
            if len(text) < 2:  # noqa: PLR2004 - the index needs two characters
                raise ReconError("rule_word_short", Source(name), word=word)
            self._index.setdefault(_key(text), []).append((text, rule))

    def find(self, text: str) -> list[tuple[str, int]]:
        """Words of the plain *text* with their rules; Latin words must stand alone, plurals by s included."""
        index = self._index
        return [
            (word, rule)
            for at in range(len(text) - 1)
            for key in ({text[at:at + n] for n in _LENGTHS} if text[at].isascii() else (text[at:at + 2],))
            for word, rule in index.get(key, ())
            if text.startswith(word, at) and _stands(text, at, at + len(word))
        ]


#: Characters by which a word is looked up: two of a Chinese one, up to four of a Latin one, whose letters are common.
_LENGTHS = (2, 3, 4)


def _key(word: str) -> str:
    return word[:4] if word[:4].isascii() else word[:3] if word[:3].isascii() else word[:2]


def _stands(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is not a piece of a longer Latin word."""
    before = start and text[start].isascii() and text[start].isalnum() and _latin(text[start - 1])
    after = end < len(text) and text[end - 1].isascii() and text[end - 1].isalnum() and _latin(text[end])
    if after and text[end] == "s":
        after = end + 1 < len(text) and _latin(text[end + 1])
    return not before and not after


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
