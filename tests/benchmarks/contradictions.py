"""Contradictions seeded at random in simulated papers, and how many are found; and how often clean papers are accused.

    python -m tests.benchmarks.contradictions [--papers 20] [--wrong]

Text only: PDFs and e-invoices as data. *total*: the printed total is not what the lines come to. *tax*: the tax is not
what its rate makes. *closing*: a book's last balance does not follow. *owed*: a loan's balance is not its last row's.
*duplicate*: one purchase as two files. *same number*: one number, two totals. *cancelled*: an original, the red
invoice that takes it back, and its replacement.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from recon.events.papers import sorted_out
from recon.reading.read import read_bytes, read_file
from recon.reading.result import Reading
from recon.simulate.evidence.on_paper import xml
from recon.simulate.evidence.papers.make import as_pdf, paper
from recon.simulate.evidence.papers.marks import Sheet
from recon.simulate.evidence.papers.said import Said, kinds

#: Findings by which a paper is said to contradict itself or another.
ACCUSED = frozenset({
    "document_contradiction", "document_lines_differ", "document_tax_differs", "document_number_twice",
    "balance_breaks", "totals_differ",
})
TOTALS = ("vat_special", "vat_normal", "vat_electronic", "vat_digital", "invoice", "delivery_note", "payroll",
          "stock_count", "tax_certificate")
TAXED = ("vat_special", "vat_normal", "vat_electronic", "vat_digital")
FIRST_SEED = 20_000


def _off(rng: Random, amount: int) -> int:
    """Another amount: a digit changed, or a good part more or less."""
    return amount + rng.choice((1, -1)) * rng.choice((100, 900, 10_000, amount // 10 + 100))


def total(rng: Random) -> Callable[[Said], None]:
    """The printed total is not what the lines come to."""
    def spoil(said: Said) -> None:
        said.total = abs(_off(rng, said.total or 0)) or 100
    return spoil


def tax(rng: Random) -> Callable[[Said], None]:
    """The tax is not what its rate makes of the net; net and tax still make the total."""
    def spoil(said: Said) -> None:
        said.tax = (said.tax or 0) * rng.choice((12, 15, 20, 30)) // 10 + 100
        said.total = (said.net or 0) + said.tax
    return spoil


def closing(rng: Random) -> Callable[[Said], None]:
    """The last balance of a book does not follow from the one before."""
    def spoil(said: Said) -> None:
        last = said.lines[-1].columns
        last["left"] = said.money(abs(_off(rng, said.amounts["closing"])) + 1)
    return spoil


def owed(rng: Random) -> Callable[[Said], None]:
    """What a loan's statement says is owed is not what its last row leaves."""
    def spoil(said: Said) -> None:
        said.total = abs(_off(rng, said.total or 0)) + 1
    return spoil


ALONE = (("total", total, TOTALS), ("tax", tax, TAXED), ("closing", closing, ("hand_ledger",)),
         ("owed", owed, ("loan_statement",)))


def read(name: str, data: bytes, place: Path) -> Reading:
    """One file, read."""
    path = place / name
    path.write_bytes(data)
    return read_file(path)


def accused(reading: Reading) -> bool:
    """Whether a reading says that the paper contradicts itself."""
    return bool(ACCUSED & {finding.code for finding in reading.findings}) or reading.outcome == "inconsistent"


def pairs(seed: int, place: Path) -> Iterator[tuple[str, bool, str]]:
    """Papers of one event handed in as several files: what they are, whether that was found, and what was."""
    rng = Random(seed)  # noqa: S311  repeatable draws
    said, sheet = paper("vat_digital", "zh-CN", seed)
    printed, data = read("a.pdf", as_pdf(sheet), place), read_bytes(xml(said), "b.xml")
    _, found = sorted_out((printed, data))
    yield "duplicate", [f.code for f in found] == ["document_copy"], str([f.code for f in found])
    other = replace(said, total=abs(_off(rng, said.total or 0)) + 1)
    _, found = sorted_out((printed, read_bytes(xml(other), "b.xml")))
    yield "same number", [f.code for f in found] == ["document_number_twice"], str([f.code for f in found])
    red = replace(said, total=-(said.total or 0), number=said.number[:-3] + f"{seed % 1000:03d}")
    again = replace(said, total=(said.total or 0) + 5000, number=said.number[:-4] + f"{(seed + 777) % 10_000:04d}")
    named = f"被红冲蓝字数电发票号码：{said.number}" if rng.random() < 0.7 else ""  # some name no number
    papers, found = sorted_out((data, read_bytes(xml(red, named), "c.xml"), read_bytes(xml(again), "d.xml")))
    whole = [p.aside for p in papers] == ["cancelled", "cancelled", ""]
    yield "cancelled", whole and [f.code for f in found] == ["document_cancelled"], str([p.aside for p in papers])


def clean(seed: int, place: Path) -> Iterator[tuple[str, bool, str]]:
    """Papers that contradict nothing: whether any is accused."""
    readings = []
    for locale in ("zh-CN", "en"):
        for kind in kinds(locale):
            _, sheet = paper(kind, locale, seed)
            reading = read(f"{kind}-{locale}.pdf", as_pdf(sheet), place)
            readings.append(reading)
            yield f"clean {kind}", not accused(reading), str([f.code for f in reading.findings])
    _, found = sorted_out(readings)
    yield "clean together", not found, str([f.code for f in found])


def _printed(said: Said, sheet: Sheet) -> bool:
    """Whether the total stands on the paper."""
    amounts = {said.money(said.total), said.money(said.total, grouped=True)}
    return any(text.text.endswith(tuple(amounts)) for text in sheet.texts)


def cases(papers: int, place: Path) -> Iterator[tuple[str, bool, str]]:
    """Everything that is measured: its name, whether it was judged right, and what was said."""
    for seed in range(FIRST_SEED, FIRST_SEED + papers):
        rng = Random(seed)  # noqa: S311  repeatable draws
        for name, spoil, among in ALONE:
            for kind in among:
                locale = rng.choice(("zh-CN", "en")) if kind in kinds("en") else "zh-CN"
                said, sheet = paper(kind, locale, seed, spoil(rng))
                if name == "total" and not _printed(said, sheet):
                    continue  # some print no total beside the table's own row of sums
                reading = read(f"{kind}.pdf", as_pdf(sheet), place)
                yield name, accused(reading), f"{kind} {seed} {reading.outcome} {[f.code for f in reading.findings]}"
        yield from pairs(seed, place)
        yield from clean(seed, place)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=20, help="seeds, each a paper of every kind and fault")
    parser.add_argument("--wrong", action="store_true", help="print what was judged wrong")
    args = parser.parse_args()
    right: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        for name, hit, said in cases(args.papers, Path(place)):
            for key in (name, "clean" if name.startswith("clean") else "seeded"):
                whole[key] += 1
                right[key] += hit
            if not hit and args.wrong:
                sys.stdout.write(f"{name}: {said}\n")
    for key in sorted(whole, key=lambda key: (key.startswith("clean "), key)):
        sys.stdout.write(f"{key:24} {100 * right[key] / whole[key]:6.1f}% of {whole[key]}\n")


if __name__ == "__main__":
    main()
