"""Time of merging, pairing and classifying by the number of lines over six accounts; run by hand.

Run ``python -m tests.benchmarks.scale``: a row per size, and the exponent of growth between neighbouring sizes (n log n
is about 1.1 here).
"""

import math
import time

import numpy as np

from recon.classify.classify import classify
from recon.core.facts import About, Case, Owner
from recon.core.settings import settings
from recon.events.build import build
from recon.reading.result import Reading
from tests.events.byhand import Row, bank, pay, said, wallet

SIZES = (10_000, 30_000, 100_000, 300_000)
_DAYS = 365


def evidence(lines: int) -> list[Reading]:
    """Four banks, handed in with overlapping months, and two wallets: custom, supply, transfers and card funding."""
    rng = np.random.default_rng(lines)
    each = lines // 6
    first = np.datetime64("2025-01-01")
    rows: list[list[Row]] = [[] for _ in range(6)]
    for n in range(each):
        for account in range(6):
            day = str(first + int(rng.integers(_DAYS)))
            amount = int(rng.integers(100, 5_000_000))
            rows[account].append(_line(account, day, amount, n))
    for n in range(each // 10):  # one line in ten has its other end in the next bank
        day, amount = str(first + int(rng.integers(_DAYS))), int(rng.integers(100, 5_000_000))
        rows[n % 4].append(said(day, -amount, "张三丰", "转账"))
        rows[(n + 1) % 4].append(said(day, amount, "张三丰", "转账"))
    for every in rows:
        every.sort(key=lambda row: row[0])
    made: list[Reading] = []
    for account in range(4):
        number, half = f"622500000000{1234 + account}", len(rows[account]) // 2
        made.append(bank(f"a{account}.csv", rows[account], number))
        made.append(bank(f"b{account}.csv", rows[account][:half], number))
    return [*made, wallet("w.csv", rows[4]), wallet("z.csv", rows[5], "支付宝")]


def _line(account: int, day: str, amount: int, n: int) -> Row:
    if account >= 4:
        return pay(day, -amount, f"商户{n % 997}", "招商银行(1234)" if n % 3 else "零钱")
    return said(day, amount if n % 2 else -amount, f"第{n % 1999}经营部", "货款" if n % 3 else "转账")


def main() -> None:
    """Print the table."""
    case, chosen = Case(case=About(trade="wholesale"), owner=Owner(name="张三丰")), settings()
    before: tuple[int, float] | None = None
    for size in SIZES:
        readings = evidence(size)
        start = time.perf_counter()
        frame, accounts, _ = build(readings, case, chosen)
        middle = time.perf_counter()
        classify(frame, case, accounts, chosen)
        end = time.perf_counter()
        growth = math.log((end - start) / before[1]) / math.log(len(frame) / before[0]) if before else float("nan")
        print(f"{len(frame):8} lines: events {middle - start:6.1f} s, classify {end - middle:6.1f} s, n^{growth:.2f}")  # noqa: T201 - a table is what this is for
        before = (len(frame), end - start)


if __name__ == "__main__":
    main()
