"""The house's knowledge: tables in ``templates/`` that people may change without code, validated when loaded."""

import csv
import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from recon.core.errors import ReconError
from recon.core.source import Source


@cache
def folder(name: str) -> Path:
    """``templates`` or ``samples``: inside the installed package, or at the top of a checkout.

    ``RECON_TEMPLATES`` names another templates folder, for a bank that keeps its own.
    """
    own = os.environ.get("RECON_TEMPLATES") if name == "templates" else None
    package = Path(__file__).resolve().parent.parent
    for candidate in ([Path(own)] if own else []) + [package / name, package.parent / name]:
        if candidate.is_dir():
            return candidate
    raise ReconError("no_templates", Source(name))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like *word*, or an empty string."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)), "")


def table(name: str, columns: tuple[str, ...]) -> tuple[Mapping[str, str], ...]:
    """Rows of the tab-separated ``templates/<name>``, each a mapping of exactly *columns*; ``#`` lines are comments.

    Raises:
        ReconError: a column is missing or unknown, or a row is short; names the file and line.
    """
    path = folder("templates") / name
    with path.open(encoding="utf-8-sig", newline="") as handle:
        lines = [(n, line) for n, line in enumerate(handle, 1) if line.strip() and not line.startswith("#")]
    rows = list(csv.reader((line for _, line in lines), delimiter="\t", quoting=csv.QUOTE_NONE))
    head = tuple(rows[0]) if rows else ()
    for column in head:
        if column not in columns:
            raise ReconError("unknown_key", Source(name, 0, 1), key=column, nearest=nearest(column, columns))
    for (number, _), row in zip(lines, rows, strict=True):
        if len(row) != len(columns) or head != columns:
            raise ReconError("bad_table_row", Source(name, 0, number), columns=", ".join(columns))
    return tuple(dict(zip(columns, (cell.strip() for cell in row), strict=True)) for row in rows[1:])


def document(name: str) -> dict[str, Any]:
    """The TOML file ``templates/<name>``; decimals arrive as ``Decimal``.

    Raises:
        ReconError: not valid TOML; says where.
    """
    try:
        return tomllib.loads(_text(folder("templates") / name), parse_float=Decimal)
    except tomllib.TOMLDecodeError as slip:
        raise ReconError("bad_toml", Source(name), detail=str(slip)) from slip


def entry(name: str, heading: str) -> dict[str, Any] | None:
    """What stands under ``[heading]`` in the TOML file ``templates/<name>``, read without all the rest of it.

    None where no line is that heading or what follows it cannot be read by itself: :func:`document` then tells.
    """
    _, found, after = f"\n{_text(folder('templates') / name)}".partition(f"\n[{heading}]\n")
    if not found:
        return None
    try:
        return tomllib.loads(after.partition("\n[")[0], parse_float=Decimal)
    except tomllib.TOMLDecodeError:
        return None


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")
