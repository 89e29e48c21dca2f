"""Fills a blank case.xlsx as a person would, with another program than the one that wrote it."""

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from recon.case.form_blank import excel


def filled(folder: Path, answers: Mapping[str, Any], language: str = "zh-CN") -> Path:
    """A form in *folder* with *answers* by key; ``loan[].due#2`` is the third row of the borrowings."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "case.xlsx"
    path.write_bytes(_blank(language))
    book = openpyxl.load_workbook(path)
    for key, value in answers.items():
        sheet, row, column = _cell(book, key)
        book[sheet].cell(row, column).value = value
    book.save(path)
    return path


@cache
def _blank(language: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return excel(Path(folder) / "case.xlsx", language).read_bytes()


def _cell(book: Any, key: str) -> tuple[str, int, int]:
    name, _, number = key.partition("#")
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell.value, str) or name not in cell.value.split():
                    continue
                if number:
                    return sheet.title, cell.row + 2 + int(number), cell.column
                return sheet.title, cell.row, 2 + cell.value.split().index(name)
    raise AssertionError(f"the form does not ask for {key}")
