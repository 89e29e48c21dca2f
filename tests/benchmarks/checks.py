"""How the checks' time grows with lines: run ``python -m tests.benchmarks.checks``; prints ratios, not seconds.

Each size is twice the last; a ratio a little above 2 is n log n, 4 would be n². Lines are those of a busy shop: many
customers and suppliers, round and odd amounts, interest, taxes, repeated parties and equal days.
"""

import datetime as dt
import math
import random
import time
from itertools import pairwise

from recon.checks.run import CHECKS, at_desk
from recon.core.settings import settings
from recon.events.accounts import OwnAccount
from tests.checks.cases import line, rebuild

SIZES = (12_500, 25_000, 50_000, 100_000)
FORM = """
[case]
trade = "wholesale"
from = 2025-01-01
to = 2025-12-31
[owner]
name = "王建国"
[opening]
cash = 0
bank = 0
inventory = 20000
receivables = 5000
payables = 4000
[closing]
cash = 0
bank = 0
inventory = 24000
receivables = 6000
payables = 3000
[stated]
monthly_sales = 10000
margin = 0.3
"""


def rows(count: int) -> list[dict[str, object]]:
    """*count* lines of a year in order of time; the same every run."""
    luck, balance = random.Random(count), 10_000_000  # noqa: S311 - made-up lines, no secret
    made: list[dict[str, object]] = []
    for number in range(count):
        day = dt.date(2025, 1, 1) + dt.timedelta(days=365 * number // count)
        kind = luck.choice(("sales",) * 6 + ("purchases",) * 3 + ("unknown_out", "owner_out", "taxes", "wages"))
        size = luck.choice((100_000, 1_000_000, luck.randint(1_000, 900_000)))
        amount = size if kind == "sales" else -size
        balance += amount
        made.append(line(number, "bank", "bank", day, amount, kind, balance=balance,
                         counterparty=f"party {luck.randint(1, max(2, count // 20))}", description="货款"))
    return made


def main() -> None:
    """Time every check at every size, each the best of three; print each size's time over the one before it."""
    taken: dict[str, list[float]] = {}
    for count in SIZES:
        made = rebuild(FORM, rows(count), (OwnAccount("bank", "bank", opening=10_000_000),))
        desk = at_desk(made.case, made.ledger, made.statements, made.accounts, made.transactions, settings())
        for function in CHECKS:
            name = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"
            taken.setdefault(name, []).append(min(_once(function, desk) for _ in range(3)))
        taken.setdefault("all", []).append(sum(times[-1] for name, times in taken.items() if name != "all"))
    for name, times in sorted(taken.items(), key=lambda item: -item[1][-1]):
        ratios = " ".join(f"{after / before:5.2f}" for before, after in pairwise(times))
        print(f"{name:32} share {times[-1] / taken['all'][-1]:5.1%}   ×2 lines: {ratios}")  # noqa: T201 - a report
    bound = [2 * math.log(after) / math.log(before) for before, after in pairwise(SIZES)]
    print("n log n would be".ljust(46) + "            " + " ".join(f"{each:5.2f}" for each in bound))  # noqa: T201 - a report


def _once(function: object, desk: object) -> float:
    begun = time.process_time()
    list(function(desk))  # type: ignore[operator] # a check
    return time.process_time() - begun


if __name__ == "__main__":
    main()
