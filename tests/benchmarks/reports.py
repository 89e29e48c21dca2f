"""Reports of ten simulated odd businesses, read back: ``python -m tests.benchmarks.reports [FOLDER]``.

Months missing, no interview, negative equity, no request, another currency: in both languages no heading is empty, no
key is raw, no field is unfilled, and every figure is one of the books. Takes about five minutes of one processor.
"""

import dataclasses
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from recon.case.pipeline import rebuild
from recon.core.words import LANGUAGES
from recon.report import phone
from recon.report.document import build
from recon.simulate.build import build as simulate
from tests.report.test_document import check

TRADES = ("restaurant", "retail", "wholesale", "manufacturing", "services", "transport", "farming", "other")


def _without(table: str) -> Callable[[str], str]:
    return lambda form: re.sub(rf"(?ms)^\[+{table}[\].].*?(?=^\[|\Z)", "", form)


def _drowned(form: str) -> str:
    return re.sub(r"(?m)^payables = .*$", 'payables = "99999999.00"', form)


def _abroad(form: str) -> str:
    return form.replace('currency = "CNY"', 'currency = "USD"')


CASES: tuple[tuple[str, bool, Callable[[str], str]], ...] = (
    ("as it is", False, str), ("months missing", True, str), ("no interview", False, _without("stated")),
    ("negative equity", False, _drowned), ("no request", False, _without("request")),
    ("another currency", False, _abroad), ("months missing", True, str), ("no interview", False, _without("stated")),
    ("no request", False, _without("request")), ("another currency", True, _abroad),
)


def main(into: Path) -> None:
    """Make each business, its reports in both languages, and check them."""
    for number, (name, gap, change) in enumerate(CASES):
        case = into / f"{number}"
        simulate(case, trade=TRADES[number % len(TRADES)], months=3 + number % 2, seed=50 + number, start=None,
                 language=LANGUAGES[number % 2], progress=lambda _: None)
        if gap:
            max(p for p in (case / "statements").rglob("*") if p.is_file()).unlink()
        form = case / "case.toml"
        form.write_text(change(form.read_text(encoding="utf-8")), encoding="utf-8")
        books = rebuild(case)
        for language in LANGUAGES:
            told = dataclasses.replace(books, language=language)
            check(build(told, case / f"report.{language}.docx"), told)
            phone.build(told, case / f"report.{language}.html")
        print(f"{number}: {name}, {books.need.verdict}: both reports hold")  # noqa: T201 - what this script is for


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp()))
