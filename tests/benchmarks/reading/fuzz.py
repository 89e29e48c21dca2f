"""Damaged files of every format through the reader, in a guarded child: none may hang, crash or be proven wrong.

Run ``nice python -m tests.benchmarks.reading.fuzz --seeds 0 20000``: a line per seed that fails, then the outcomes.
Seeds that fail become regression tests in ``tests/reading/test_damaged.py``.
"""

import argparse
import multiprocessing
import os
import resource
import signal
from collections import Counter
from typing import Any

from recon.core.errors import ReconError
from recon.core.source import Source
from recon.reading.pages import paged
from recon.reading.read import read_bytes
from recon.reading.result import Reading
from tests.reading.damaged import damaged, slip

#: Seconds that one file may take; bytes of address space of the child.
SECONDS, MEMORY = 20, 2 << 30


def _unread(_data: bytes, name: str, *_: object) -> Reading:
    """Pages that lost their text would go to OCR, which takes seconds a page and is no part of this."""
    raise ReconError("no_words", Source(name))


def _serve(pipe: Any, first: int, stop: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    paged._scanned = _unread
    for stream in (1, 2):  # native libraries print as they die
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    for seed in range(first, stop):
        signal.alarm(SECONDS)
        form, data, truth = damaged(seed)
        reading = read_bytes(data, f"a.{form.split()[-1]}")
        mistake = f"internal: {dict(reading.params)}" if reading.reason == "internal" else ""
        pipe.send((seed, form, reading.outcome, slip(reading, truth) or mistake))
    pipe.close()


def run(first: int, stop: int) -> Counter[str]:
    """How often each outcome came of the seeds from *first* up to *stop*; failures are printed."""
    tally: Counter[str] = Counter()
    at = first
    while at < stop:
        ours, theirs = multiprocessing.Pipe(duplex=False)
        child = multiprocessing.Process(target=_serve, args=(theirs, at, stop))
        child.start()
        theirs.close()
        try:
            while at < stop:
                seed, form, outcome, slip = ours.recv()
                tally[f"{form} {outcome}"] += 1
                if slip:
                    print(seed, form, slip, flush=True)  # noqa: T201 a report is what this is for
                at = seed + 1
        except EOFError:
            child.join()
            print(at, "the child ended with", child.exitcode, flush=True)  # noqa: T201 a report is what this is for
            tally["crashed or hung"] += 1
            at += 1
        child.join()
    return tally


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", nargs=2, type=int, default=(0, 20000))
    for key, count in sorted(run(*parser.parse_args().seeds).items()):
        print(f"{count:6} {key}")  # noqa: T201 a report is what this is for
