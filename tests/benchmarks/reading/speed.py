"""How long and how much memory `recon read` takes beside well-known tools on the same generated files, in one run.

Run ``python -m tests.benchmarks.reading.speed``. Whole processes with their children, ratios of processor time, peaks
of resident memory; the package compiled, as it is once installed. PDFs of three families are held against ``pdftotext
-layout`` and against a loop over pdfplumber's ``extract_table`` with ``close()`` (on a few pages, taken times their
number); CSV against ``pandas.read_csv`` with its default engine; XLSX against python-calamine.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from recon.reading.guard import read_all
from tests.benchmarks.reading.statements import Row, csv_file, ruled_chinese, unruled_latin, workbook

RECON = (sys.executable, "-c", "from recon.cli.main import main; main()", "read")
PANDAS = (sys.executable, "-c", "import sys, pandas; pandas.read_csv(sys.argv[1])")
CALAMINE = (
    sys.executable, "-c",
    "import sys, python_calamine as c; c.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()",
)
PDFPLUMBER = (
    sys.executable, "-c",
    "import sys, pdfplumber\nfor page in pdfplumber.open(sys.argv[1]).pages: page.extract_table(); page.close()",
)
#: Runs a command and prints processor seconds and peak KiB of it with its children; its own peak is less than theirs.
LAUNCH = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
FAMILIES: dict[str, Callable[[Path, int], list[Row]]] = {
    "A ruled Chinese, embedded": partial(ruled_chinese, embedded=True),
    "B unruled Latin, wrapped": unruled_latin,
    "C Chinese, not embedded": partial(ruled_chinese, embedded=False),
}
#: Pages of the loop over pdfplumber.
FEW = 20


@dataclass(frozen=True)
class Cost:
    """Processor seconds, and peak MiB of the largest process."""

    seconds: float
    peak: float


def cost(command: Sequence[str], times: int = 3) -> Cost:
    """The least of several runs of *command*, its children included."""
    found = [_once(command) for _ in range(times)]
    return Cost(min(c.seconds for c in found), min(c.peak for c in found))


def _once(command: Sequence[str]) -> Cost:
    done = subprocess.run([sys.executable, "-S", "-c", LAUNCH, *command], check=True, capture_output=True, text=True)
    seconds, peak = done.stdout.split()
    return Cost(float(seconds), int(peak) / (1 << 20 if sys.platform == "darwin" else 1 << 10))


def exact(path: Path, truth: Sequence[Row]) -> str:
    """Outcome of reading *path*, and how many lines are word for word those of *truth*."""
    found = read_all([path])[0]
    lines = found.accounts[0].lines
    blank = [""] * len(lines)
    columns = (lines.date.tolist(), lines.amount.tolist(), lines.balance.tolist(), lines.text["description"],
               lines.text.get("counterparty", blank))
    same = [Row(*row) == true for row, true in zip(zip(*columns, strict=True), truth, strict=False)]
    return f"{found.outcome}, {sum(same)} of {len(truth)} lines exact" + ("" if len(lines) == len(truth) else " (!)")


def say(text: str) -> None:
    """A line of the report, at once."""
    print(text, flush=True)  # noqa: T201 a report


def pdfs(folder: Path, pages: int) -> None:
    """The families: processor time beside the other tools, memory, short files."""
    tool = shutil.which("pdftotext")
    for name, write in FAMILIES.items():
        sizes = sorted({10, pages // 10, pages})
        paths = {count: folder / f"{name[0]}{count}.pdf" for count in (*sizes, FEW)}
        truth = {count: write(path, count) for count, path in paths.items()}
        ours = {count: cost((*RECON, str(paths[count]))) for count in sizes}
        theirs = cost((tool, "-layout", str(paths[pages]), str(folder / "out.txt"))) if tool else None
        loop = cost((*PDFPLUMBER, str(paths[FEW])), 1)
        say(f"{name}, {pages} pages: {exact(paths[pages], truth[pages])}")
        whole = ours[pages]
        ratio = f"{whole.seconds / theirs.seconds:.2f} × pdftotext -layout; " if theirs else ""
        say(f"  {ratio}1/{loop.seconds / FEW * pages / whole.seconds:.0f} of pdfplumber's loop (from {FEW} pages)")
        say("  " + "; ".join(f"{n} pages: {c.seconds:.2f} s, {c.peak:.0f} MiB" for n, c in ours.items()))


def tables(folder: Path, rows: int) -> None:
    """CSV and XLSX."""
    path = folder / "rows.csv"
    csv_file(path, rows)
    ours, theirs = cost((*RECON, str(path)), 2), cost((*PANDAS, str(path)), 2)
    say(f"CSV, {rows} lines: {ours.seconds / theirs.seconds:.2f} × pandas.read_csv; {ours.peak:.0f} MiB")
    path, few = folder / "rows.xlsx", rows // 10
    workbook(path, few)
    ours, theirs = cost((*RECON, str(path)), 2), cost((*CALAMINE, str(path)), 2)
    say(f"XLSX, {few} lines: {ours.seconds / theirs.seconds:.2f} × python-calamine; {ours.peak:.0f} MiB")


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pages", type=int, default=1000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        pdfs(folder, chosen.pages)
        tables(folder, chosen.rows)


if __name__ == "__main__":
    main()
