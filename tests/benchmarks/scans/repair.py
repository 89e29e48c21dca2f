"""Repair by arithmetic alone, on figures misread at random: ``python -m tests.benchmarks.scans.repair [--rows N]``.

Prints for each share of misread cells: rows right before and after, and of the *verified*, *repaired* and *suspect*
ones how many there are and how many are wrong. Eight in ten misreadings take a digit for one that looks alike, others
take any digit, lose one or double one. A page in three prints its opening balance, one in three its closing one.
"""

import argparse
from collections import Counter
from random import Random

import numpy as np

from recon.reading.result import NOTHING
from recon.reading.scans.repair import Figures, repaired

ALIKE = dict(zip("0123456789", ("869", "74", "7", "85", "91", "638", "580", "12", "3690", "480"), strict=True))


def misread(value: int, rng: Random) -> int:
    """*value* as a recogniser may have it."""
    digits, how = list(str(abs(value))), rng.random()
    at = rng.randrange(len(digits))
    if how < 0.80:
        digits[at] = rng.choice(ALIKE[digits[at]])
    elif how < 0.92:
        digits[at] = rng.choice("0123456789")
    elif how < 0.96:
        digits.pop(at)
    else:
        digits.insert(at, digits[at])
    return (-1 if value < 0 else 1) * int("".join(digits) or 0)


def page(rng: Random, share: float) -> tuple[np.ndarray, np.ndarray, Figures]:
    """A page's true amounts and balances, and what was read of them."""
    n = rng.choice((12, 24, 40))
    opening = rng.randrange(10**5, 10**8)
    amount = np.array([rng.choice((1, -1)) * rng.choice((rng.randrange(100, 10**5), rng.randrange(10**4, 10**7),
                                                          100 * rng.randrange(1, 10**4))) for _ in range(n)], np.int64)
    balance = opening + np.cumsum(amount)
    read = [np.array([_cell(int(v), rng, share) for v in column], np.int64) for column in (amount, balance)]
    ends = [int(v) if rng.random() < 1 / 3 else None for v in (opening, balance[-1])]
    return amount, balance, Figures(read[0], read[1], {}, {}, ends[0], ends[1])


def _cell(value: int, rng: Random, share: float) -> int:
    if rng.random() >= share:
        return value
    return NOTHING if rng.random() < 0.1 else misread(value, rng)


def tally(rows: int, share: float, seed: int = 1) -> Counter[str]:
    """Counts over about so many *rows*."""
    rng, found = Random(f"{seed} {share}"), Counter[str]()  # noqa: S311 - seeded on purpose
    while found["rows"] < rows:
        amount, balance, figures = page(rng, share)
        done = repaired(figures)
        raw = (figures.amount == amount) & (figures.balance == balance)
        right = (done.amount == amount) & (done.balance == balance)
        found["rows"] += len(amount)
        found["raw"] += int(raw.sum())
        found["right"] += int(right.sum())
        for state, good in zip(done.state, right, strict=True):
            found[state] += 1
            found[f"{state} wrong"] += not good
    return found


def main() -> None:
    """Print the table."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--rows", type=int, default=10_000)
    ask.add_argument("--seed", type=int, default=1)
    told = ask.parse_args()
    for share in (0.0, 0.01, 0.02, 0.05, 0.10):
        found = tally(told.rows, share, told.seed)
        states = "  ".join(f"{s} {found[s]} ({found[s + ' wrong']} wrong)" for s in ("verified", "repaired", "suspect"))
        print(f"{share:5.0%} of cells misread: {found['rows']} rows, right {found['raw'] / found['rows']:7.2%} raw, "  # noqa: T201
              f"{found['right'] / found['rows']:7.2%} repaired;  {states}")


if __name__ == "__main__":
    main()
