"""``recon read``: evidence becomes transactions, each file with its proof."""

import gc
import os
import sys
from pathlib import Path

import click

from recon.cli.screen import LANGUAGE, bar, file_table
from recon.core.errors import ReconError
from recon.core.source import Source
from recon.core.words import say, terminal_language
from recon.evidence.disk import as_text
from recon.reading.guard import read_all
from recon.reading.report import json_text
from recon.reading.result import Reading


@click.command(help="Read statements, bills, receipts and invoices; say what each file proves.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_data", is_flag=True, help="Print a JSON array, one object per file.")
@click.option("--password", default=None, help="Password of locked files (or the environment's RECON_PASSWORD).")
@LANGUAGE
def read(files: tuple[Path, ...], as_data: bool, password: str | None, lang: str | None) -> None:  # noqa: FBT001 - click passes flags so
    """Read FILE… or every file below a folder; as data, a folder without evidence is an empty array."""
    gc.freeze()  # what is loaded stays: neither the reading child nor the end need look through it for garbage
    language = lang or terminal_language()
    paths = [p for given in files for p in _below(given)]
    names = [as_text(p.relative_to(given).as_posix() if given.is_dir() else p.name)
             for given in files for p in _below(given)]
    if not paths and not as_data:
        raise ReconError("folder_empty", Source(str(files[0])))
    secret = password or os.environ.get("RECON_PASSWORD")
    with bar(language, "read", len(paths)) as step:
        readings = read_all(paths, passwords=lambda _: secret, progress=step)
    if not as_data and secret is None:
        readings = _unlocked(readings, paths, language)
    if as_data:
        sys.stdout.writelines(json_text(readings, language=language))
    else:
        file_table(readings, names, language)


def _unlocked(readings: list[Reading], paths: list[Path], language: str) -> list[Reading]:
    """Locked files read again with the password that a person types, asked for once where there is a terminal."""
    locked = [k for k, reading in enumerate(readings) if reading.reason == "locked"]
    if not locked or not sys.stdin.isatty():
        return readings
    names = ", ".join(readings[k].file for k in locked)
    question = say(language, "read.password", files=names)
    secret = click.prompt(question, hide_input=True, default="", show_default=False, err=True)
    again = read_all([paths[k] for k in locked], passwords=lambda _: secret) if secret else []
    found = dict(zip(locked, again, strict=False))
    return [found.get(k, reading) for k, reading in enumerate(readings)]


def _below(path: Path) -> list[Path]:
    if not path.exists():
        raise ReconError("no_file", Source(str(path)))
    return _inside(path) if path.is_dir() else [path]


def _inside(folder: Path) -> list[Path]:
    """Every file below *folder* that may be evidence: nothing that recon keeps beside a form, and no litter."""
    from recon.case.folder import is_litter  # noqa: PLC0415 - a single file is read without it
    from recon.case.form import EXCEL, FORM  # noqa: PLC0415 - likewise
    from recon.classify.decisions import FILE  # noqa: PLC0415 - likewise

    forms = {folder / FORM, folder / EXCEL}
    own = {*forms, folder / FILE, folder / "out"} if any(form.is_file() for form in forms) else set[Path]()
    return sorted(p for p in folder.rglob("*") if p.is_file() and not own & {p, *p.parents} and not is_litter(p))
