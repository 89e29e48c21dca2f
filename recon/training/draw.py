"""Figures of a small shop, drawn from the trainee's seed: the same seed gives the same figures."""

import datetime as dt
from decimal import Decimal
from functools import cache
from itertools import accumulate
from random import Random
from typing import TypeVar

import pandas as pd

from recon.core.knowledge import table

T = TypeVar("T")
_COLUMNS = ("category", "low", "high", "step", "party_zh", "party_en", "text_zh", "text_en")


@cache
def _lines() -> tuple[dict[str, str], ...]:
    return tuple(dict(row) for row in table("training/lines.tsv", _COLUMNS))


class Draw:
    """Draws amounts (Decimal, whole yuan or tenths), days, and lines of a shop's statement in one language."""

    def __init__(self, seed: int | str, topic: str, language: str) -> None:
        self.random = Random(f"{seed}/{topic}")  # noqa: S311 - figures to practise on, no secret
        self.seed, self.language = seed, language

    def pick(self, *options: T) -> T:
        """One of *options*."""
        return self.random.choice(options)

    def say(self, zh: str, en: str) -> str:
        """The text in the language of the lesson."""
        return zh if self.language == "zh-CN" else en

    def whole(self, low: int, high: int, step: int = 1) -> int:
        """A whole number from *low* to *high* in steps."""
        return self.random.randrange(low, high + 1, step)

    def money(self, low: int, high: int, step: str = "1") -> Decimal:
        """An amount in yuan from *low* to *high*, a multiple of *step*, with two decimals."""
        unit = Decimal(step)
        return (self.random.randint(int(low / unit), int(high / unit)) * unit).quantize(Decimal("0.01"))

    def lines(self, *categories: str, start: dt.date, days: int = 28) -> pd.DataFrame:
        """A statement's lines by date: id, date, party, text, amount (in +, out −; Decimal yuan), category."""
        dates = sorted(start + dt.timedelta(days=self.random.randrange(days)) for _ in categories)
        rows, used = [], set[tuple[str, str]]()
        for category in self.random.sample(categories, len(categories)):
            options = [r for r in _lines() if r["category"] == category]
            fresh = [r for r in options if (r["party_en"], r["text_en"]) not in used] or options
            row = self.random.choice(fresh)
            used.add((row["party_en"], row["text_en"]))
            amount = self.money(abs(int(row["low"])), abs(int(row["high"])), row["step"])
            rows.append({
                "party": self.say(row["party_zh"], row["party_en"]), "text": self.say(row["text_zh"], row["text_en"]),
                "amount": -amount if row["low"].startswith("-") else amount, "category": category,
            })
        frame = pd.DataFrame(rows)
        frame.insert(0, "date", dates)
        frame.insert(0, "id", range(1, len(frame) + 1))
        return frame


def depth(rows: pd.DataFrame) -> Decimal:
    """How far below nothing *rows* would lead from nothing: an account that opens higher is never overdrawn."""
    reached: list[Decimal] = list(accumulate(rows["amount"]))
    return -min(Decimal(), *reached)


def with_balance(rows: pd.DataFrame, opening: Decimal) -> pd.DataFrame:
    """*rows* with the balance after each."""
    held, balances = opening, []
    for amount in rows["amount"]:
        held += amount
        balances.append(held)
    return rows.assign(balance=balances)


def breaks(opening: Decimal, rows: pd.DataFrame) -> list[int]:
    """Ids of the rows whose balance is not the one before plus their amount."""
    before = [opening, *rows["balance"].tolist()[:-1]]
    steps = zip(rows["id"].tolist(), before, rows["amount"].tolist(), rows["balance"].tolist(), strict=True)
    return [number for number, held, amount, after in steps if held + amount != after]
