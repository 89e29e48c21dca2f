"""Measure accuracy: ``python -m tests.benchmarks.accuracy [--businesses N] [--jobs 2] [--seed S]`` prints the tables.

Results stand in ``--out`` (one line of JSON a business), so that a run goes on where it stopped and tables are made
again without it: ``--table`` only prints. The same seed gives the same businesses.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests.benchmarks.accuracy import table
from tests.benchmarks.accuracy.plan import FAMILIES, Task, tasks
from tests.benchmarks.accuracy.run import one

ROOT = Path(__file__).parents[3]


def main() -> None:
    """Run what is missing, then print the tables in both languages."""
    chosen = _arguments()
    chosen.out.mkdir(parents=True, exist_ok=True)
    name = f"results-{chosen.seed}" + ("" if chosen.photos else "-without-photos")
    file = chosen.out / f"{name}.jsonl"
    wanted = [task for task in tasks(chosen.businesses, chosen.seed) if task.family in chosen.families]
    rows = kept(file)
    missing = [task for task in wanted if task.key not in rows]
    if not chosen.table:
        run(missing, file, chosen)
    rows = kept(file)
    found = [rows[task.key] for task in wanted if task.key in rows]
    command = f"python -m tests.benchmarks.accuracy --businesses {chosen.businesses} --seed {chosen.seed}"
    command += "" if chosen.photos else " --without-photos"
    for language in ("zh-CN", "en"):
        text = table.report(found, language, command)
        (chosen.out / f"accuracy.{language}.md").write_text(text, encoding="utf-8")
    table.sheet(found, chosen.out / f"{name}.csv")
    sys.stdout.write(text)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--businesses", type=int, default=32, help="how many, over all families (default: 32)")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time (default: 2)")
    parser.add_argument("--seed", type=int, default=1, help="which businesses (default: 1)")
    parser.add_argument("--families", nargs="+", choices=FAMILIES, default=FAMILIES, metavar="FAMILY")
    parser.add_argument("--out", type=Path, default=ROOT / ".accuracy", help="folder of the results")
    parser.add_argument("--keep", type=Path, default=None, help="keep the simulated folders here, for a closer look")
    parser.add_argument("--without-photos", dest="photos", action="store_false",
                        help="hand in no photographs: six times as fast, for a busy machine")
    parser.add_argument("--table", action="store_true", help="run nothing, only print what is there")
    return parser.parse_args()


def kept(file: Path) -> dict[str, dict[str, Any]]:
    """The results so far, by key; a line that a stopped run left half written is run again."""
    found = {}
    for line in file.read_text("utf-8").splitlines() if file.exists() else ():
        try:
            row = json.loads(line)
        except json.JSONDecodeError:
            continue
        found[row["key"]] = row
    return found


def run(missing: Iterable[Task], file: Path, chosen: argparse.Namespace) -> None:
    """Measure what is *missing*, writing each row as it comes."""
    waiting, code = list(missing), os.environ.get("CODE") or _commit()
    with ProcessPoolExecutor(chosen.jobs, get_context("spawn")) as pool, file.open("a", encoding="utf-8") as out:
        asked = {pool.submit(one, task, file.parent, chosen.keep, photos=chosen.photos): task for task in waiting}
        for number, done in enumerate(as_completed(asked), 1):
            row = done.result() | {"code": code}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            out.flush()
            told = row["error"] or f"{row['seconds']:.0f} s"
            sys.stderr.write(f"{number}/{len(waiting)} {row['key']} {' '.join(row['faults'])} {told}\n")


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


if __name__ == "__main__":
    main()
