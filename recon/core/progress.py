"""How far a long job is: told by whoever works on it, heard by whoever waits for it."""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Hearer = Callable[[int, int], None]
_hearer: ContextVar[Hearer | None] = ContextVar("hearer", default=None)


def tell(done: int, total: int) -> None:
    """Say that *done* steps of *total* are behind; nobody need listen."""
    hearer = _hearer.get()
    if hearer is not None:
        hearer(done, total)


@contextmanager
def heard(hearer: Hearer) -> "Iterator[None]":
    """Let *hearer* be told while the block runs."""
    token = _hearer.set(hearer)
    try:
        yield
    finally:
        _hearer.reset(token)
