"""The family of layouts through the reader: how many are proven and exact, and whether a changed digit is caught.

Run ``nice python -m tests.benchmarks.reading.layouts --seeds 0 300``: a line per failure, then the rates by format.
``--kind several`` draws files of several accounts or currencies, ``none`` and ``unreadable`` leave the columns' titles
out or print them in glyphs that no font maps to letters.
"""

import argparse
import random
from collections import Counter

from recon.reading.read import read_bytes
from recon.reading.result import NOTHING, Reading
from tests.reading.damaged import slip
from tests.reading.layouts import Layout
from tests.reading.layouts_joined import Several

FORMATS = ("as_csv", "as_xlsx", "as_pdf")


def lines_of(reading: Reading) -> list[tuple[object, int, int | None]]:
    """Day, amount and printed balance of every line read."""
    return [
        (day, amount, None if balance == NOTHING else balance)
        for a in reading.accounts
        for day, amount, balance in zip(
            a.lines.date.tolist(), a.lines.amount.tolist(), a.lines.balance.tolist(), strict=True
        )
    ]


def drawn(kind: str, seed: int) -> Layout | Several:
    """The file of *seed*."""
    return Several(seed) if kind == "several" else Layout(seed, head_as=kind)


def run(first: int, stop: int, only: str | None, slips: int, kind: str) -> Counter[str]:
    """How often each format is proven and exact, and how often a changed digit is; failures are printed."""
    tally: Counter[str] = Counter()
    for seed in range(first, stop):
        layout, r = drawn(kind, seed), random.Random(seed)  # noqa: S311 seeded on purpose
        truth = [(amount, balance) for _, amount, balance in layout.expected()]
        for form in [only] if only else FORMATS:
            reading = read_bytes(getattr(layout, form)(), "statement")
            exact = sorted(lines_of(reading), key=str) == sorted(layout.expected(), key=str)
            proven = reading.outcome == "proven"
            tally[f"{form} {'proven' if proven else 'not proven'} {'exact' if exact else 'wrong'}"] += 1
            if not (proven and exact):
                print(seed, form, layout.language, layout.money, reading.outcome, reading.reason, exact, flush=True)  # noqa: T201 a report
            for _ in range(slips):
                changed = layout.with_slip(r)
                missed = slip(read_bytes(getattr(changed, form)(), "statement"), truth)
                tally[f"{form} slip {'MISSED' if missed else 'caught'}"] += 1
                if missed:
                    print(seed, form, "slip missed", changed.changed, flush=True)  # noqa: T201 likewise
    return tally


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", nargs=2, type=int, default=(0, 300))
    parser.add_argument("--format", choices=FORMATS)
    parser.add_argument("--kind", choices=("named", "none", "unreadable", "several"), default="named")
    parser.add_argument("--slips", type=int, default=1, help="changed digits tried in each file")
    given = parser.parse_args()
    for key, count in sorted(run(*given.seeds, given.format, given.slips, given.kind).items()):
        print(f"{count:6} {key}")  # noqa: T201 likewise
