"""How many fields of simulated business papers are read right, by kind, language and quality of the picture.

    python -m tests.benchmarks.documents --digital 40 --photos 2 [--kind invoice] [--locale en] [--wrong]

Digital papers are PDFs with text; photographs cost three seconds or more of processor time each. Every figure stands
beside the number of fields it was measured on. A field that a paper does not print is not counted.
"""

import argparse
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from recon.reading.read import read_file
from recon.reading.result import Reading, Receipt
from recon.simulate.evidence.papers.make import as_pdf, as_photo, paper
from recon.simulate.evidence.papers.said import Said, kinds

QUALITIES = ("digital", "clear", "usual", "hard")
#: Seeds from here on are for measuring; lower ones were looked at while the rules were written.
FIRST_SEED = 10_000


def fields(said: Said) -> dict[str, Any]:
    """Every field that the paper prints, as it should be read."""
    made = {"kind": said.kind, "number": said.number, "date": str(said.date), "seller": plain(said.seller),
            "buyer": plain(said.buyer), "due": str(said.due) if said.due else None, "net": said.net, "tax": said.tax,
            "total": said.total, "lines": sorted(line.amount for line in said.lines)}
    if said.kind == "till_receipt":
        del made["buyer"]
    made |= said.amounts
    made |= {name: said.terms[name] for name in ("rate",) if name in said.terms}
    if said.kind == "hand_ledger":
        made = {name: made[name] for name in ("kind", "lines", "opening", "closing")}
    return {name: value for name, value in made.items() if value not in (None, "", [])}


def plain(name: str) -> str:
    """A name without spaces and marks."""
    return re.sub(r"[\W_]", "", name).casefold()


def found(reading: Reading) -> dict[str, Any]:
    """The same fields of a reading."""
    if reading.accounts:
        account = reading.accounts[0]
        kind = "hand_ledger" if reading.kind == "cashbook" else reading.kind
        return {"kind": kind, "lines": sorted(account.lines.amount.tolist()), "opening": account.opening,
                "closing": account.closing}
    if not reading.receipts:
        return {"kind": reading.reason}
    receipt: Receipt = reading.receipts[0]
    return {"kind": receipt.kind, "number": receipt.number, "date": str(receipt.date), "seller": plain(receipt.seller),
            "buyer": plain(receipt.buyer), "due": str(receipt.due) if receipt.due else None, "net": receipt.net,
            "tax": receipt.tax, "total": receipt.total,
            "lines": sorted(item.amount for item in receipt.lines if item.amount is not None),
            **receipt.amounts, **receipt.terms}


def cases(args: argparse.Namespace) -> Iterator[tuple[str, str, str, int]]:
    """Quality, language, kind and seed of every paper to read."""
    for quality in QUALITIES:
        count = args.digital if quality == "digital" else args.photos
        for locale in ("zh-CN", "en"):
            for kind in kinds(locale):
                if (not args.kind or kind in args.kind) and args.locale in (None, locale):
                    yield from ((quality, locale, kind, args.seed + n) for n in range(count))


def read(quality: str, locale: str, kind: str, seed: int, place: Path) -> tuple[Said, Reading]:
    """One paper, made and read."""
    said, sheet = paper(kind, locale, seed)
    path = place / f"{kind}.{'pdf' if quality == 'digital' else 'jpg'}"
    path.write_bytes(as_pdf(sheet) if quality == "digital" else as_photo(sheet, quality, seed))
    return said, read_file(path)


def main() -> None:
    """Read the papers and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--digital", type=int, default=20, help="digital papers of each kind and language")
    parser.add_argument("--photos", type=int, default=0, help="photographs of each kind, language and quality")
    parser.add_argument("--kind", action="append", help="only this kind (may be given several times)")
    parser.add_argument("--locale", help="only this language")
    parser.add_argument("--seed", type=int, default=FIRST_SEED, help="the first seed")
    parser.add_argument("--wrong", action="store_true", help="print every field that was read wrong")
    args = parser.parse_args()
    right: dict[tuple[str, ...], int] = defaultdict(int)
    whole: dict[tuple[str, ...], int] = defaultdict(int)
    sure = sure_right = 0
    with tempfile.TemporaryDirectory() as place:
        for quality, locale, kind, seed in cases(args):
            said, reading = read(quality, locale, kind, seed, Path(place))
            got = found(reading)
            for name, want in fields(said).items():
                hit = got.get(name) == want
                for key in ((quality, "all"), (quality, kind), (quality, f"field {name}"), (quality, locale)):
                    whole[key] += 1
                    right[key] += hit
                if not hit and args.wrong:
                    _say(f"{quality} {locale} {kind} {seed} {name}: {got.get(name)!r}, true {want!r}")
            if reading.receipts and "total" not in reading.receipts[0].uncertain and said.total is not None:
                sure += 1
                sure_right += reading.receipts[0].total == said.total
    table(right, whole)
    _say(f"totals not flagged: {sure_right} of {sure} right")


def table(right: dict[tuple[str, ...], int], whole: dict[tuple[str, ...], int]) -> None:
    """Share of fields right by quality, of how many."""
    names = list(dict.fromkeys(key[1] for key in whole))
    _say(f"{'fields right':22}" + "".join(f"{quality:>18}" for quality in QUALITIES))
    for name in sorted(names, key=lambda name: (name != "all", name.startswith("field"), name)):
        cells = [f"{100 * right[q, name] / whole[q, name]:6.1f}% of {whole[q, name]:<6}" if (q, name) in whole else ""
                 for q in QUALITIES]
        _say(f"{name:22}" + "".join(f"{cell:>18}" for cell in cells))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
