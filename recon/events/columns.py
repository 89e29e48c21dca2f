"""Columns of TRANSACTIONS as plain lists and arrays, and the place of a row."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from recon.core.money import decimals, to_text
from recon.core.source import Source

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Strings = npt.NDArray[np.object_]


def texts(frame: pd.DataFrame, name: str) -> list[str]:
    """A text column."""
    return [str(value) for value in frame[name].tolist()]


def amounts(frame: pd.DataFrame) -> Ints:
    """Amounts in minor units."""
    return frame["amount"].to_numpy(dtype=np.int64)


def days(frame: pd.DataFrame) -> Ints:
    """Booking days as whole days since 1970."""
    return frame["date"].to_numpy().astype("datetime64[D]").astype(np.int64)


def live(frame: pd.DataFrame) -> Bools:
    """Rows that count: not set aside."""
    return (frame["set_aside"] == "").to_numpy(dtype=np.bool_)


def empty(frame: pd.DataFrame, *names: str) -> Bools:
    """Rows whose text columns *names* are all empty."""
    found: Bools = np.logical_and.reduce([(frame[name] == "").to_numpy(dtype=np.bool_) for name in names])
    return found


def each(values: Iterable[str], rule: Callable[[str], Any]) -> Strings:
    """*rule* of every text, worked out once per different text."""
    every = list(values)
    known = {text: rule(text) for text in set(every)}
    done = np.empty(len(every), dtype=object)
    done[:] = [known[text] for text in every]
    return done


def hits(values: Iterable[str], rule: Callable[[str], bool]) -> Bools:
    """Whether *rule* holds for every text, worked out once per different text."""
    return each(values, rule).astype(np.bool_)


def place(frame: pd.DataFrame, row: int) -> Source:
    """Where row number *row* stands in the evidence."""
    return Source(str(frame["file"].iloc[row]), int(frame["page"].iloc[row]), int(frame["line"].iloc[row]))


def total(frame: pd.DataFrame, sign: int) -> str:
    """All money in (*sign* +1) or out (−1) of *frame*, in the currency of its first row, as text without a sign."""
    money = amounts(frame)
    currency = str(frame["currency"].iloc[0]) if len(frame) else ""
    return to_text(int(np.abs(money[money * sign > 0]).sum()), decimals(currency))
