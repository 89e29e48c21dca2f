"""How long `recon read` takes beside well-known tools on the same generated file: ratios of processor time, one run.

Run ``python -m tests.benchmarks.reading.speed --rows 1000000 --pages 1000``. A CSV is held against ``pandas.read_csv``
with its default engine, PDFs against ``pdftotext -layout`` where that is installed. Whole processes, children included.
"""

import argparse
import datetime as dt
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

#: Reads one file as the command does, and says how many lines came of it and whether they are proven.
READ = """
import sys
from pathlib import Path
from recon.reading.guard import read_all
found = read_all([Path(sys.argv[1])])[0]
print(found.outcome, sum(len(account.lines) for account in found.accounts))
"""
PANDAS = "import sys, pandas; pandas.read_csv(sys.argv[1])"


def money(minor: int) -> str:
    """As banks print it."""
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100:,}.{abs(minor) % 100:02}"


def write_csv(path: Path, rows: int) -> None:
    """A statement of *rows* lines with a running balance."""
    r, balance, day = random.Random(1), 0, dt.date(2020, 1, 1)  # noqa: S311 seeded on purpose
    with path.open("w", encoding="utf-8") as out:
        out.write("Date,Description,Counterparty,Amount,Balance\n")
        for k in range(rows):
            day += dt.timedelta(days=k % 600 == 0)
            amount = r.randint(-99999, 100000)
            balance += amount
            cells = (f"Payment {r.randint(1, 10**6)}", f"Party {r.randint(1, 3000)}", money(amount), money(balance))
            out.write(f"{day}," + ",".join(cell.replace(",", "") for cell in cells) + "\n")


def write_pdf(path: Path, pages: int, *, chinese: bool) -> None:
    """A statement: ruled Chinese with a font that is not embedded, or unruled Latin with wrapped descriptions."""
    r, balance, day = random.Random(2), 10**6, dt.date(2020, 1, 1)  # noqa: S311 likewise
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=(595, 842))
    head = "交易日期 摘要 对方户名 交易金额 账户余额" if chinese else "Date Description Reference Amount Balance"
    for page in range(pages):
        canvas.setFont("STSong-Light" if chinese else "Helvetica", 8)
        y = 800.0
        _row(canvas, head.split(), y)
        for _ in range(30 if chinese else 38):
            day += dt.timedelta(days=r.random() < 0.1)
            amount = r.choice([-1, 1]) * r.randint(1, 10**6)
            balance += amount
            y -= 24 if chinese else 19
            latin = ["Card payment to a shop", f"REF{r.randint(1, 10**6)}"]
            said = ["货款", "杭州某某贸易有限公司"] if chinese else latin
            _row(canvas, [str(day), *said, money(amount), money(balance)], y)
            if chinese:
                canvas.line(30, y - 6, 565, y - 6)
            elif r.random() < 0.4:
                canvas.drawString(110, y - 9, "that goes on below")
        canvas.drawString(270, 20, f"第 {page + 1} 页 共 {pages} 页" if chinese else f"Page {page + 1} of {pages}")
        canvas.showPage()
    canvas.save()


def _row(canvas: Canvas, cells: Sequence[str], y: float) -> None:
    for x, cell in zip((30, 110, 250), cells[:3], strict=True):
        canvas.drawString(x, y, cell)
    for x, cell in zip((470, 560), cells[3:], strict=True):
        canvas.drawRightString(x, y, cell)


def seconds(command: Sequence[str]) -> tuple[float, str]:
    """Processor seconds of a command and its children, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout.strip()


def compare(path: Path, other: Sequence[str], name: str) -> str:
    """One line: what came of the file and how many times the *other* command's time it took."""
    theirs, _ = seconds(other)
    ours, told = seconds([sys.executable, "-c", READ, str(path)])
    return f"{path.name:12} {told:22} {ours / theirs:6.2f} × {name}"


def main() -> None:
    """Print a line per file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pages", type=int, default=1000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "rows.csv"
        write_csv(table, chosen.rows)
        print(compare(table, [sys.executable, "-c", PANDAS, str(table)], "pandas.read_csv"))  # noqa: T201 a report
        tool = shutil.which("pdftotext")
        for name in ("latin.pdf", "chinese.pdf") if tool else ():
            path = Path(folder) / name
            write_pdf(path, chosen.pages, chinese=name == "chinese.pdf")
            told = compare(path, [str(tool), "-layout", str(path), str(path.with_suffix(".txt"))], "pdftotext -layout")
            print(told)  # noqa: T201 likewise


if __name__ == "__main__":
    main()
