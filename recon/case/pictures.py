"""Small pictures of printed rows, cut from the pages of the evidence for the workbook."""

from collections.abc import Sequence
from pathlib import Path

from recon.case.folder import password
from recon.evidence import pdf, picture
from recon.need.rebuilt import Rebuilt
from recon.reading.guard import apart
from recon.workbook.plan import Picture
from recon.workbook.sheets.printed import Printed, printed

#: White space around a row, and the most that one is worth, in points and bytes.
_MARGIN, _WIDE, _HIGH, _BYTES = 3.0, 760.0, 75.0, 40_000
#: How much larger than printed a row is shown.
_LARGER = 1.25


def pictures(rebuilt: Rebuilt) -> dict[str, Picture]:
    """Pictures of the rows that the workbook shows, by the id of their line; what cannot be cut is left out.

    The evidence is not trusted: each file is drawn in a child process with limits.
    """
    if rebuilt.root is None:
        return {}
    by_file: dict[str, list[Printed]] = {}
    for row in printed(rebuilt):
        by_file.setdefault(row.file, []).append(row)
    found: dict[str, Picture] = {}
    for name, rows in by_file.items():
        path = rebuilt.root / name
        if path.is_file():
            found |= _cut(path, name, sorted(rows, key=lambda row: row.page), password(name, rebuilt.case))
    return found


def _cut(path: Path, name: str, rows: Sequence[Printed], secret: str | None) -> dict[str, Picture]:
    places = [(max(1, row.page), _around(row.box)) for row in rows]
    is_pdf = path.suffix.lower() == ".pdf"
    pieces = apart(_of_pdf, path, name, places, secret) if is_pdf else apart(_of_picture, path, name, places)
    return {
        row.id: Picture(png, *_size(box)) for row, png, (_, box) in zip(rows, pieces or (), places, strict=False)
        if len(png) <= _BYTES
    }


def _of_pdf(path: Path, name: str, places: list[tuple[int, pdf.Box]], secret: str | None) -> list[bytes]:
    return pdf.pictures(path.read_bytes(), name, places, secret)


def _of_picture(path: Path, name: str, places: list[tuple[int, pdf.Box]]) -> list[bytes]:
    return picture.pieces(path, name, places)


def _around(box: pdf.Box) -> pdf.Box:
    left, top, right, bottom = box
    return left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN


def _size(box: pdf.Box) -> tuple[float, float]:
    """Width and height on the sheet, in points: somewhat larger than printed, where there is room."""
    width, height = box[2] - box[0], box[3] - box[1]
    scale = min(_LARGER, _WIDE / width, _HIGH / height)
    return width * scale, height * scale
