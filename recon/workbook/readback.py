"""A workbook that came back, cell by cell as its file holds it: constants, formulas, and the mark of its run."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from recon.core.errors import ReconError
from recon.core.source import Source
from recon.workbook.plan import column

#: Bytes that a workbook's parts may unpack to, and unpacked for packed bytes of one part.
_BYTES, _RATIO = 1 << 30, 500
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d*)")
#: A reference inside a formula that is not part of a name or a string.
_MOVING = re.compile(r"(?<![A-Za-z_.$\d])(\$?)([A-Z]{1,3})(\$?)([1-9]\d*)(?![\d(A-Za-z_!])")
#: Characters that the format writes as ``_x000D_``.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Constant = str | float | bool | None


@dataclass(frozen=True, slots=True)
class Seen:
    """One cell as found: its constant, or its formula (without ``=``) with the value cached beside it."""

    value: Constant
    formula: str = ""


Cells = dict[tuple[int, int], Seen]


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook that came back: the marks of its run, its sheets in order, and who saved it last."""

    properties: Mapping[str, str]
    sheets: Mapping[str, Cells]
    saved_by: str = ""


def read(path: Path) -> Returned:
    """Read the workbook at *path*; cells are numbered from 0 and blank ones left out.

    Raises:
        ReconError: ``workbook_missing``, ``workbook_format`` (no .xlsx), ``workbook_broken`` or ``workbook_large``.
    """
    if not path.is_file():
        raise ReconError("workbook_missing", Source(str(path)))
    try:
        with zipfile.ZipFile(path) as archive:
            _capped(archive, path)
            return _workbook(archive)
    except (zipfile.BadZipFile, KeyError) as slip:
        raise ReconError("workbook_format", Source(path.name)) from slip
    except (ET.ParseError, zlib.error, OSError, ValueError, IndexError, NotImplementedError, RuntimeError) as slip:
        raise ReconError("workbook_broken", Source(path.name)) from slip


def _capped(archive: zipfile.ZipFile, path: Path) -> None:
    parts = archive.infolist()
    dense = any(p.file_size > max(1 << 22, _RATIO * p.compress_size) for p in parts)
    if sum(p.file_size for p in parts) > _BYTES or dense:
        raise ReconError("workbook_large", Source(path.name))


def _workbook(archive: zipfile.ZipFile) -> Returned:
    names = set(archive.namelist())
    shared = list(_shared(archive)) if "xl/sharedStrings.xml" in names else []
    book = _tree(archive, "xl/workbook.xml")
    targets = {
        link.get("Id", ""): link.get("Target", "") for link in _tree(archive, "xl/_rels/workbook.xml.rels")
    }
    sheets = {}
    for entry in book.iter(f"{_MAIN}sheet"):
        target = targets[entry.get(f"{_LINKS}id", "")]
        place = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if "/worksheets/" not in place:
            continue
        sheets[entry.get("name", "")] = _sheet(archive, place, shared)
    return Returned(_properties(archive, names), sheets, _saved_by(archive, names))


def _tree(archive: zipfile.ZipFile, name: str) -> ET.Element:
    data = archive.read(name)
    if b"<!DOCTYPE" in data[:2048]:
        raise ValueError(name)  # entities have no business here
    return ET.fromstring(data)  # noqa: S314 - no document type, so no entity can grow


def _properties(archive: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    if "docProps/custom.xml" not in names:
        return {}
    return {
        entry.get("name", ""): "".join(entry.itertext()).strip() for entry in _tree(archive, "docProps/custom.xml")
    }


def _saved_by(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "docProps/core.xml" not in names:
        return ""
    tags = (entry for entry in _tree(archive, "docProps/core.xml") if entry.tag.endswith("}lastModifiedBy"))
    return next(((entry.text or "").strip() for entry in tags), "")


def _shared(archive: zipfile.ZipFile) -> Iterator[str]:
    """The strings that cells share; of phonetic guides nothing."""
    for entry in _elements(archive, "xl/sharedStrings.xml", f"{_MAIN}si"):
        parts = [part for part in entry if part.tag in (f"{_MAIN}t", f"{_MAIN}r")]
        yield _plain("".join(text for part in parts for text in _texts(part)))


def _texts(part: ET.Element) -> Iterator[str]:
    for node in part.iter(f"{_MAIN}t"):
        yield node.text or ""


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)


def _elements(archive: zipfile.ZipFile, name: str, tag: str) -> Iterator[ET.Element]:
    """Elements *tag* of a part, one after another, none kept."""
    with archive.open(name) as handle:
        if b"<!DOCTYPE" in handle.read(2048):
            raise ValueError(name)
    with archive.open(name) as handle:
        for _, entry in ET.iterparse(handle):  # noqa: S314 - no document type
            if entry.tag == tag:
                yield entry
                entry.clear()


def _sheet(archive: zipfile.ZipFile, place: str, shared: list[str]) -> Cells:
    cells: Cells = {}
    masters: dict[str, tuple[str, int, int]] = {}
    for row in _elements(archive, place, f"{_MAIN}row"):
        for entry in row:
            at = _CELL.fullmatch(entry.get("r", ""))
            if at is None:
                continue
            where = int(at[2]) - 1, _number(at[1])
            seen = _seen(entry, where, shared, masters)
            if seen.formula or seen.value not in (None, ""):
                cells[where] = seen
    return cells


def _seen(
    entry: ET.Element, where: tuple[int, int], shared: list[str], masters: dict[str, tuple[str, int, int]]
) -> Seen:
    kind, text, formula = entry.get("t", "n"), None, ""
    for part in entry:
        if part.tag == f"{_MAIN}v":
            text = part.text
        elif part.tag == f"{_MAIN}f":
            formula = _formula(part, where, masters)
        elif part.tag == f"{_MAIN}is":
            text = "".join(_texts(part))
    return Seen(_constant(kind, text, shared), formula)


def _constant(kind: str, text: str | None, shared: list[str]) -> Constant:
    if text is None:
        return None
    if kind == "s":
        return shared[int(text)]
    if kind == "n":
        return float(text)
    return text == "1" if kind == "b" else _plain(text)


def _formula(part: ET.Element, where: tuple[int, int], masters: dict[str, tuple[str, int, int]]) -> str:
    """The cell's own formula; a shared one is moved from the cell that holds its text."""
    text, group = part.text or "", part.get("si", "")
    if part.get("t") != "shared":
        return text
    if text:
        masters[group] = text, *where
        return text
    master, row, column = masters[group]
    return moved(master, where[0] - row, where[1] - column)


def moved(formula: str, down: int, right: int) -> str:
    """*formula* as it stands *down* rows and *right* columns from where it was written: relative references move."""
    def shift(at: re.Match[str]) -> str:
        letters = at[2] if at[1] else column(_number(at[2]) + right)
        row = at[4] if at[3] else str(int(at[4]) + down)
        return f"{at[1]}{letters}{at[3]}{row}"

    parts = re.split(r"(\"[^\"]*\"|'[^']*'!)", formula)
    return "".join(part if n % 2 else _MOVING.sub(shift, part) for n, part in enumerate(parts))


def _number(letters: str) -> int:
    total = 0
    for letter in letters:
        total = total * 26 + ord(letter) - 64
    return total - 1
