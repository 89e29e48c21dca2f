"""Time in which LibreOffice opens, recalculates and saves a large workbook whose cached values are all zero.

Run ``python -m tests.benchmarks.workbook.open [LINES]``; it also says whether every formula cell came back right.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

from recon.workbook.build import plan
from recon.workbook.readback import read
from recon.workbook.verify import formula_cells, same
from recon.workbook.write import write
from tests.benchmarks.workbook.build import case
from tests.workbook.office import saved_again

LINES = 50_000


def main() -> None:
    """Print the seconds and the count of cells that differ."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    book = plan(case(lines))
    with tempfile.TemporaryDirectory() as folder:
        small = write(plan(case(5)), Path(folder) / "first.xlsx")
        saved_again([small], Path(folder))  # the first start makes a profile
        file = write(book, Path(folder) / "large.xlsx", zeroed=True)
        start, before = time.perf_counter(), _used()
        again, = saved_again([file], Path(folder))
        seconds, used = time.perf_counter() - start, _used() - before
        sheets = read(again).sheets
        cells = list(formula_cells(book))
        wrong = sum(
            not same(cell, seen.value if (seen := sheets[name].get((row, column))) else None, book.places)
            for name, row, column, cell in cells
        )
    took = f"{seconds:.0f} s ({used:.0f} s of processor)"
    sys.stdout.write(f"{lines} lines, {len(cells)} formulas: {took}, {wrong} differ\n")


def _used() -> float:
    """Processor seconds of all programs started so far."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    main()
