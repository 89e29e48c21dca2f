"""Processor time of reading a photographed page against plain rapidocr on the same picture, both warm, no cache.

``python -m tests.benchmarks.scans.cost [--pages N]``: a row for each picture, and the ratio of the sums. *read* is the
room of pictures alone, *whole* the reading of the file: tables, proof, and another look at what does not close.
"""

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from recon.evidence import picture
from recon.reading.documents.document import read_picture
from recon.simulate.evidence import passbook
from recon.simulate.evidence.camera import QUALITIES
from tests.benchmarks.scans.__main__ import photographed_pages, shortened, statements, styles, writers


def pictures(folder: Path, pages: int) -> list[Path]:
    """Photographs of statement and passbook pages, in turn of languages and qualities."""
    made = []
    for number in range(pages):
        language, quality = ("zh-CN", "en")[number % 2], list(QUALITIES)[number % 3]
        statement = shortened(next(statements(language, number + 1)), 22)
        path = folder / f"{number}-{language}-{quality}.jpg"
        if number % 4 == 3:
            path.write_bytes(passbook.photographs(statement, QUALITIES[quality])[0])
        else:
            pdf = writers()[styles(language)[number % len(styles(language))]](statement)
            path.write_bytes(photographed_pages(pdf, Random(number), quality)[0])  # noqa: S311 - seeded on purpose
        made.append(path)
    return made


def spent(job: Callable[[], Any]) -> float:
    """Processor seconds of *job*, those of programs that it starts included."""
    before = os.times()
    job()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def main() -> None:
    """Print the table."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--pages", type=int, default=6)
    told = ask.parse_args()
    os.environ["RECON_CACHE"] = "off"
    from rapidocr import RapidOCR  # noqa: PLC0415 - what is measured against

    plain = RapidOCR(params={"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": 2,
                             "EngineConfig.onnxruntime.inter_op_num_threads": 1})
    sums = [0.0, 0.0, 0.0]
    with tempfile.TemporaryDirectory() as folder:
        paths = pictures(Path(folder), told.pages)
        plain(str(paths[0]))
        picture.read(paths[0], "warm")
        for path in paths:
            jobs = (lambda p=path: plain(str(p)), lambda p=path: picture.read(p, p.name),
                    lambda p=path: read_picture(p, p.name))
            costs = [spent(job) for job in jobs]
            sums = [a + b for a, b in zip(sums, costs, strict=True)]
            _print(path.name, costs)
    _print("all", sums)


def _print(name: str, costs: list[float]) -> None:
    plain, read, whole = costs
    print(f"{name:24} plain {plain:6.2f}  read {read / plain:5.2f}  whole {whole / plain:5.2f}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
