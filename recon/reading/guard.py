"""Untrusted files are read in a child process with limits, so that a bomb, a loop or a crash ends in a reason."""

import datetime as dt
import faulthandler
import math
import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from recon.core import progress as steps
from recon.core.errors import ReconError
from recon.core.settings import shipped
from recon.evidence.disk import as_text
from recon.reading.dates import asked
from recon.reading.read import read_file, refused
from recon.reading.result import Reading

#: By how much the clock may run longer than the processor: other work on the machine is no fault of the file.
_PATIENCE = 3

Passwords = Callable[[Path], str | None] | Mapping[str, str]


def read_all(
    paths: Iterable[Path],
    *,
    passwords: Passwords | None = None,
    progress: Callable[[str], None] | None = None,
    names: Mapping[Path, str] | None = None,
    until: dt.date | None = None,
) -> list[Reading]:
    """Readings of *paths*, in their order; whatever one file does, the others are read.

    Args:
        paths: the files.
        passwords: password of a locked file, by path or by name; never printed or kept.
        progress: told each file's name before it is read, and of a file of pictures which page is being read.
        names: what to call files in sources, by path.
        until: last day of the year that a case asks about: it settles the years that a file prints nowhere.
    """
    child = _Child(until)
    try:
        return [_one(child, path, passwords, progress, (names or {}).get(path)) for path in paths]
    finally:
        child.stop()


def _one(
    child: "_Child", path: Path, passwords: Passwords | None, progress: Callable[[str], None] | None, name: str | None
) -> Reading:
    if progress:
        progress(name or as_text(path.name))
    if passwords is None:
        password = None
    elif isinstance(passwords, Mapping):
        password = passwords.get(str(path)) or passwords.get(name or as_text(path.name))
    else:
        password = passwords(path)
    return child.read(path, name or as_text(path.name), password, progress)


@dataclass(slots=True)
class _Child:
    """A warm process that reads one file after another, replaced where a file kills it."""

    until: dt.date | None = None
    process: BaseProcess | None = None
    pipe: Connection | None = None

    def read(
        self, path: Path, name: str, password: str | None, progress: Callable[[str], None] | None = None
    ) -> Reading:
        """*path* read within the limits, or the reason why it was given up."""
        if self.pipe is None or self.process is None or not self.process.is_alive():
            self._start()
        assert self.pipe is not None  # noqa: S101  _start sets it
        try:
            self.pipe.send((path, name, password))
            while self.pipe.poll(_PATIENCE * _seconds()):
                told, count = self.pipe.recv()
                if isinstance(told, bytes):
                    return _received(self.pipe, told, count)
                if progress and count > 1:
                    progress(f"{name} · {told}/{count}")
        except (EOFError, OSError):
            return refused(name, ReconError("too_slow" if self._spent() else "crashed"))
        self.stop()
        return refused(name, ReconError("too_slow"))

    def _spent(self) -> bool:
        """Stop; whether the process had ended because it used up its processor time."""
        process = self.process
        if process is not None:
            process.join(1)
        self.stop()
        return process is not None and process.exitcode == -getattr(signal, "SIGXCPU", 0)

    def _start(self) -> None:
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() and os.name == "posix" else "spawn"
        context: Any = multiprocessing.get_context("spawn" if _macos() else method)
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, self.pipe, self.until), daemon=True)
        self.process.start()
        theirs.close()

    def stop(self) -> None:
        """End the process at once; it holds nothing that needs saving."""
        if self.pipe is not None:
            self.pipe.close()
        if self.process is not None:
            self.process.kill()
            self.process.join()
        self.process = self.pipe = None


def _seconds() -> float:
    return shipped().whole("read_seconds")


def _macos() -> bool:
    return os.uname().sysname == "Darwin" if hasattr(os, "uname") else False


def _serve(pipe: Connection, parents: Connection, until: dt.date | None = None) -> None:
    """The child's life: limits first, then one file after another until the pipe closes."""
    parents.close()
    _hush()
    _limit()
    while True:
        try:
            path, name, password = pipe.recv()
        except (EOFError, OSError):
            return
        start = _allow(_seconds())

        def page(done: int, total: int, start: float = start) -> None:
            _allow(_seconds() + done * shipped().whole("read_page_seconds"), start)
            pipe.send((done, total))

        with steps.heard(page), asked(until):
            answer = read_file(path, name=name, password=password)
        _send(pipe, answer)


def _send(pipe: Connection, reading: Reading) -> None:
    """Hand a reading over, its columns behind it as they stand: in one piece with it they would take room again."""
    columns: list[pickle.PickleBuffer] = []
    pipe.send((pickle.dumps(reading, 5, buffer_callback=columns.append), len(columns)))
    for column in columns:
        pipe.send_bytes(column.raw())


def _received(pipe: Connection, told: bytes, count: int) -> Reading:
    """The reading that *told* says, with as many columns behind it."""
    reading: Reading = pickle.loads(told, buffers=[bytearray(pipe.recv_bytes()) for _ in range(count)])  # noqa: S301 our own child's
    return reading


def _hush() -> None:
    """Native libraries print as they die; what there is to say comes from the parent."""
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _allow(seconds: float, start: float | None = None) -> float:
    """Let this process use so many seconds of the processor since *start* (now), where the platform can tell.

    Returns:
        *start*: the seconds that it had used then.
    """
    try:
        import resource  # noqa: PLC0415 not on every platform
    except ImportError:
        return 0.0
    used = resource.getrusage(resource.RUSAGE_SELF)
    start = used.ru_utime + used.ru_stime if start is None else start
    soft, hard = math.ceil(start + seconds), resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
    return start


def _limit() -> None:
    """Cap the address space where the platform can; elsewhere the caps on sizes and the clock remain."""
    try:
        import resource  # noqa: PLC0415 not on every platform
    except ImportError:
        return
    size = shipped().whole("read_megabytes") << 20
    try:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        return


def apart(job: Callable[..., Any], *arguments: object) -> Any:
    """What *job* gives for *arguments* in a child within the limits; None where it fails, hangs or dies there.

    For work on untrusted files besides reading them. *job* stands in a module, and what goes in and out is small.
    """
    method = "spawn" if _macos() or os.name != "posix" else "fork"
    context: Any = multiprocessing.get_context(method)
    pipe, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, job, arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        return pipe.recv() if pipe.poll(_PATIENCE * _seconds()) else None
    except (EOFError, OSError):
        return None
    finally:
        pipe.close()
        process.kill()
        process.join()


def _work(pipe: Connection, job: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    """One job in the child; a slip of it is no answer."""
    _hush()
    _limit()
    _allow(_seconds())
    try:
        result = job(*arguments)
    except Exception:  # noqa: BLE001 - whatever a hostile file makes a library raise
        result = None
    pipe.send(result)
