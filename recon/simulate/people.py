"""Invented people, firms and numbers: names made of word lists, account and order numbers made of digits."""

import datetime as dt
from functools import cache
from random import Random
from typing import Any

from recon.core.knowledge import document


@cache
def _words(locale: str = "zh-CN") -> dict[str, Any]:
    return document("simulate/_names.toml" if locale == "zh-CN" else f"simulate/_names_{locale}.toml")


def stream(seed: str, topic: str) -> Random:
    """A random stream of its own for *topic*, so that a change in one part leaves the others' draws alone."""
    return Random(f"{seed}/{topic}")  # noqa: S311  an invented business needs repeatable draws, not secrecy


class People:
    """Invents names; never the same person or firm twice."""

    def __init__(self, rng: Random, locale: str = "zh-CN") -> None:
        self.rng, self.locale = rng, locale
        self.words = _words(locale)
        self.space = "" if locale == "zh-CN" else " "
        self.used: set[str] = set()

    def _fresh(self, make: Any) -> str:
        for _ in range(1000):
            name = str(make())
            if name not in self.used:
                self.used.add(name)
                return name
        raise RuntimeError("the word lists of templates/simulate/_names.toml are too short")

    def person(self, sex: str = "") -> str:
        """A person's name: one of the *women*, of the *men*, or of either."""
        given = self.words[sex or self.rng.choice(("women", "men"))]
        return self._fresh(lambda: self._named(self.rng.choice(self.words["surnames"]), given))

    def _named(self, surname: str, given: list[str]) -> str:
        """A full name: the surname first in Chinese, last in English."""
        own = self.rng.choice(given)
        return surname + own if self.locale == "zh-CN" else f"{own} {surname}"

    def couple(self) -> tuple[str, str]:
        """An owner and a spouse."""
        sexes = self.rng.choice((("women", "men"), ("men", "women")))
        owner = self.person(sexes[0])
        if self.locale == "zh-CN":
            return owner, self.person(sexes[1])
        return owner, self._fresh(lambda: self._named(owner.rpartition(" ")[2], self.words[sexes[1]]))

    def sibling(self, of: str) -> str:
        """Another person with the surname of *of*."""
        surname = of[0] if self.locale == "zh-CN" else of.rpartition(" ")[2]
        return self._fresh(lambda: self._named(surname, self.words["men"] + self.words["women"]))

    def buyer(self) -> str:
        """A passer-by's nickname as a wallet shows it; may come back."""
        words = self.words
        if self.locale != "zh-CN":
            return str(words["nicks"][0])
        if self.rng.random() < 0.6:  # noqa: PLR2004  more nicknames than names
            return str(self.rng.choice(words["nicks"]))
        return "*" + str(self.rng.choice(words["men"] + words["women"]))[-1]

    def party(self, kind: str, suffix: str = "") -> str:
        """A customer's or supplier's name of a *kind*; *suffix* replaces the kind's own ending."""
        words = self.words
        if kind == "person":
            return self.person()
        if kind == "stall":
            return self._fresh(lambda: self.rng.choice(words["stalls"]))
        tail = [suffix] if suffix else words[f"{kind}_tail"]
        parts = (words["towns"], words["firm"], tail)
        return self._fresh(lambda: self.space.join(self.rng.choice(part) for part in parts))


def digits(rng: Random, count: int) -> str:
    """*count* random digits, the first not zero."""
    return str(rng.randint(10 ** (count - 1), 10**count - 1))


def card_number(rng: Random, head: str = "621483") -> str:
    """A 16-digit card number with a valid check digit (Luhn)."""
    body = head + digits(rng, 15 - len(head))
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004  Luhn: cast out nines
    return body + str(-total % 10)


def masked(rng: Random) -> str:
    """A party's account as a wallet masks it."""
    return f"{rng.choice(['13', '15', '17', '18', '13'])}{rng.randint(0, 9)}******{rng.randint(10, 99)}"


def order_number(rng: Random, when: dt.datetime, head: str, length: int) -> str:
    """An order number: *head*, the day and random digits, *length* digits in all."""
    body = head + when.strftime("%Y%m%d")
    return body + digits(rng, length - len(body))


def tax_number(rng: Random) -> str:
    """An 18-character registration number of the look of a unified social credit code."""
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    return "92320" + digits(rng, 3) + "MA" + "".join(rng.choice(letters) for _ in range(8))
