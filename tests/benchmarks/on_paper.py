"""Businesses of which half of the purchases and a third of the sales stand on paper only: how true their books are.

    python -m tests.benchmarks.on_paper [--seed 1] [--months 6] [--businesses 16] [--keep FOLDER] [--wrong]

A line for each business with the error of each figure as a share of its base, as in the accuracy table; then median
and P90 over all. Trades in turn, first Chinese, then English. The same seed gives the same businesses.
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from recon.simulate.build import build
from recon.simulate.profile import trades
from recon.simulate.variants import PAPER
from tests.benchmarks.accuracy.pictures import Kept
from tests.benchmarks.accuracy.run import rebuilt
from tests.benchmarks.accuracy.summary import error, need_error, spread

FIGURES = ("revenue", "gross_profit", "net_profit", "equity")


def measured(folder: Path, trade: str, locale: str, seed: int, months: int, kept: Path) -> dict[str, Any]:
    """The row of one business, as the accuracy benchmark keeps it."""
    build(folder, trade=trade, months=months, seed=seed, quality=PAPER, locale=locale, language=locale)
    return rebuilt(folder, Kept(kept))


def errors(row: dict[str, Any]) -> dict[str, Decimal | None]:
    """Errors by figure; what a road does not show is None."""
    true, found = row["figures"].get("purchases", ("0", None))
    made = {name: error(row, name) for name in FIGURES}
    made["need"] = need_error(row, row["need"]["found"])
    made["purchases"] = None if found is None or not Decimal(true) else abs(Decimal(found) / Decimal(true) - 1)
    return made


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--businesses", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--months", type=int, default=6)
    parser.add_argument("--keep", type=Path, default=None, help="keep the simulated folders here, for a closer look")
    parser.add_argument("--wrong", action="store_true", help="print the figures and flows that are wrong")
    args = parser.parse_args()
    known, every = trades(), defaultdict(list)
    with tempfile.TemporaryDirectory() as place:
        for number in range(args.businesses):
            trade, locale = known[number % len(known)], ("zh-CN", "en")[number // len(known) % 2]
            seed = args.seed * 1000 + number
            folder = (args.keep or Path(place)) / f"{trade}-{locale}-{seed}"
            row = measured(folder, trade, locale, seed, args.months, Path(place) / "pictures")
            found = errors(row)
            for name, each in found.items():
                every[name].append(each)
            said = "  ".join(f"{name} {_share(each)}" for name, each in found.items())
            sys.stdout.write(f"{trade:13} {locale:5} {seed}  {row['articulates']}  {said}  {row['cpu_seconds']} s\n")
            if args.wrong:
                sys.stdout.writelines(f"    {each}\n" for each in [*row["wrong"], *row["confused"]])
            sys.stdout.flush()
    for name, each in every.items():
        over = spread(each)
        known_of = f"{over.judged}/{over.of}"
        sys.stdout.write(f"{name:13} median {_share(over.median)}  P90 {_share(over.p90)}  of {known_of}\n")


def _share(part: Decimal | None) -> str:
    return "    –" if part is None else f"{100 * part:5.2f}%"


if __name__ == "__main__":
    main()
