"""Bank pages photographed in three qualities, in both languages: rows right, by status.

``python -m tests.benchmarks.scans [--pages N] [--seed S] [--only clear,usual,hard] [--rows N]`` prints a row for each
language, kind of page and quality: rows printed, rows read right in day, amount and balance, and of the *verified*,
*repaired* and *suspect* ones how many there are and how many are wrong. About ten processor seconds a page.
"""

import argparse
import dataclasses
import datetime as dt
import io
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pypdfium2
from PIL import Image

from recon.reading.guard import read_all
from recon.reading.result import NOTHING, Reading
from recon.simulate.build import live
from recon.simulate.evidence import bank_pdf, passbook, table_pdf
from recon.simulate.evidence.camera import QUALITIES, photograph
from recon.simulate.evidence.frame import Period, Statement
from recon.simulate.evidence.write import account_rows
from recon.simulate.profile import profile
from recon.simulate.world import Account

#: Pixels of a page's photograph, and of the page on it.
SCENE, PAPER = (2300, 3150), (2040, 2885)
#: Rows of a statement and of a passbook: a page, and two.
ROWS = {"statement": 24, "passbook": 40}
OUTCOMES = ("proven", "unprovable", "doubtful", "inconsistent", "refused")
Line = tuple[str, int, int]


def statements(language: str, seed: int) -> Iterator[Statement]:
    """Runs of rows of simulated bank accounts."""
    trades = ("retail", "restaurant", "wholesale", "services")
    form = profile(trades[seed % len(trades)], seed=seed, locale=language)
    world = live(form, seed, dt.date(2025, 1, 1), dt.date(2025, 12, 31)).world
    for account in world.accounts.values():
        if account.form.kind == "bank":
            rows = account_rows(world, account)
            for first in range(0, len(rows) - 60, 60):
                yield _run(account, rows[first : first + 60], world)


def _run(account: Account, rows: list[Any], world: Any) -> Statement:
    period = Period(rows[0].when.date(), rows[-1].when.date())
    return Statement(account, world, period, rows, rows[0].balance - rows[0].amount)


def shortened(statement: Statement, size: int) -> Statement:
    """Its first *size* rows."""
    rows = statement.rows[:size]
    return dataclasses.replace(statement, rows=rows, period=Period(statement.period.first, rows[-1].when.date()))


def photographed_pages(pdf: bytes, rng: Random, quality: str) -> list[bytes]:
    """A photograph of each page, printed."""
    shots = []
    with pypdfium2.PdfDocument(pdf) as document:
        for leaf in document:
            paper = leaf.render(scale=max(PAPER) / max(leaf.get_size())).to_pil().convert("RGB")
            scene = SCENE[::-1] if paper.width > paper.height else SCENE
            shots.append(photograph(paper, rng, scene, QUALITIES[quality]))
    return shots


def photographed(pdf: bytes, rng: Random, quality: str) -> bytes:
    """A PDF of pictures: each page printed and photographed."""
    shots = [Image.open(io.BytesIO(shot)) for shot in photographed_pages(pdf, rng, quality)]
    out = io.BytesIO()
    shots[0].save(out, "PDF", save_all=True, append_images=shots[1:], resolution=250)
    return out.getvalue()


def writers() -> dict[str, Any]:
    """Every layout of a printed statement, and what prints it."""
    return {"personal": bank_pdf.personal, "company": bank_pdf.company, **table_pdf.writers()}


def made(statement: Statement, kind: str, style: str, quality: str, rng: Random) -> tuple[str, bytes]:
    """A photographed statement: its suffix and bytes."""
    if kind == "passbook":
        return ".tif", passbook.tiff(statement, QUALITIES[quality])
    return ".pdf", photographed(writers()[style](statement), rng, quality)


def styles(language: str) -> list[str]:
    """Layouts of printed statements."""
    drawn = [name for name, style in table_pdf.styles().items() if style.language == language]
    return sorted([*drawn, *(["personal", "company"] if language != "en" else [])])


def truth(statement: Statement) -> Counter[Line]:
    """Day, amount and balance of each row."""
    return Counter((f"{row.when:%Y-%m-%d}", row.amount, row.balance) for row in statement.rows)


def read_lines(reading: Reading) -> list[tuple[str, Line]]:
    """Status and contents of each row read."""
    found = []
    for account in reading.accounts:
        lines = account.lines
        state = lines.state or [""] * len(lines)
        for day, amount, balance, how in zip(lines.date, lines.amount, lines.balance, state, strict=True):
            found.append((how, (str(day), int(amount), int(balance) if balance != NOTHING else 0)))
    return found


def score(statement: Statement, reading: Reading, *, daily: bool) -> Counter[str]:
    """Counts of one file."""
    wanted, tally = truth(statement), Counter[str]()
    if daily:  # one balance a day: nothing to compare on the other rows
        wanted = Counter((day, amount, 0) for (day, amount, _), n in wanted.items() for _ in range(n))
    tally["rows"] = sum(wanted.values())
    for how, whole in read_lines(reading):
        line = (*whole[:2], 0) if daily else whole
        right = wanted[line] > 0
        wanted[line] -= right
        tally["read"] += 1
        tally["right"] += right
        tally[how] += 1
        tally[f"{how} wrong"] += not right
    tally[reading.outcome] += 1
    return tally


def main() -> None:
    """Print the table."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--pages", type=int, default=4, help="files for each language, kind and quality")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--only", default="clear,usual,hard")
    ask.add_argument("--rows", type=int, default=0, help="rows of each file, at most 60; a page's as it is")
    ask.add_argument("--languages", default="zh-CN,en")
    ask.add_argument("--kinds", default="statement,passbook")
    ask.add_argument("--keep", default="", help="folder that keeps the files that were not read right")
    told = ask.parse_args()
    for language in told.languages.split(","):
        for kind in told.kinds.split(","):
            for quality in told.only.split(","):
                _row(told, language, kind, quality)


def _row(told: argparse.Namespace, language: str, kind: str, quality: str) -> None:
    """Make, read and score the files of one row of the table."""
    tally = Counter[str]()
    rng = Random(f"{told.seed}{language}{kind}{quality}")  # noqa: S311 - seeded on purpose
    source = statements(language, told.seed)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(told.pages):
            style = styles(language)[(told.seed + number) % len(styles(language))]
            statement = shortened(next(source), told.rows or ROWS[kind])
            suffix, data = made(statement, kind, style, quality, rng)
            path = Path(folder) / f"{number}-{style if kind == 'statement' else kind}{suffix}"
            path.write_bytes(data)
            reading = read_all([path])[0]
            daily = kind == "statement" and style in table_pdf.styles() and table_pdf.styles()[style].dates == "day"
            part = score(statement, reading, daily=daily)
            tally += part
            if part["right"] < part["rows"] or part["read"] > part["rows"]:
                print(f"    {path.name}: {part['right']} of {part['rows']} right, {reading.outcome} {reading.reason}")  # noqa: T201
                if told.keep:
                    home = Path(told.keep) / f"{language}-{quality}-{path.name}"
                    home.parent.mkdir(exist_ok=True, parents=True)
                    home.write_bytes(data)
    share = tally["right"] / max(1, tally["rows"])
    states = "  ".join(f"{s or 'unmarked'} {tally[s]} ({tally[s + ' wrong']} wrong)"
                       for s in ("verified", "repaired", "suspect", "") if tally[s])
    ends = " ".join(f"{o} {tally[o]}" for o in OUTCOMES if tally[o])
    head = f"{language:6}{kind:10}{quality:6} {tally['right']:5} of {tally['rows']:5} rows right {share:8.2%}"
    print(f"{head}  {states}  [{ends}]", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
