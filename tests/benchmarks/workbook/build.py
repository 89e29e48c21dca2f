"""Time of building a workbook against writing the same cells with xlsxwriter alone, in processor seconds; run by hand.

Run ``python -m tests.benchmarks.workbook.build [LINES]``.
"""

import datetime as dt
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from recon.need.rebuilt import Rebuilt
from recon.workbook.build import build, plan
from recon.workbook.plan import Book
from tests.workbook.books import ACCOUNTS, dice, form, line, table

LINES, SEED, TIMES = 5000, 1, 3


def case(lines: int) -> Rebuilt:
    """A drawn case of exactly so many lines over four accounts."""
    random = dice(SEED)
    return table(form(random), [line(random, n, ACCOUNTS) for n in range(lines)], ACCOUNTS)


def bare(book: Book, path: Path) -> None:
    """The same cells, one call each and two formats in all."""
    file = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    day = file.add_format({"num_format": "yyyy-mm-dd"})
    for sheet in book.sheets:
        page = file.add_worksheet(sheet.name)
        for (row, column), cell in sheet.cells.items():
            value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
            if cell.formula:
                page.write_formula(row, column, cell.formula, None, "" if value is None else value)
            elif value is None or value == "":
                page.write_blank(row, column, None, day)
            elif isinstance(value, dt.date):
                page.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
            elif isinstance(value, int | float):
                page.write_number(row, column, value)
            else:
                page.write_string(row, column, str(value))
    file.close()


def main() -> None:
    """Print both times and their ratio: the least of some runs each."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    rebuilt = case(lines)
    book = plan(rebuilt)
    cells = sum(len(sheet.cells) for sheet in book.sheets)
    with tempfile.TemporaryDirectory() as folder:
        ours = min(_seconds(build, rebuilt, Path(folder) / "ours.xlsx") for _ in range(TIMES))
        plain = min(_seconds(bare, book, Path(folder) / "bare.xlsx") for _ in range(TIMES))
    sys.stdout.write(
        f"{lines} lines, {cells} cells: built in {ours:.2f} s, xlsxwriter alone {plain:.2f} s, {ours / plain:.2f} ×\n"
    )


def _seconds(job: object, *arguments: object) -> float:
    start = time.process_time()
    job(*arguments)  # type: ignore[operator] # a function
    return time.process_time() - start


if __name__ == "__main__":
    main()
