"""Small pictures of printed rows and doubtful fields, cut from the pages of the evidence for the workbook."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from recon.case.folder import password
from recon.evidence import pdf, picture
from recon.evidence.disk import holds_pdf
from recon.need.rebuilt import Rebuilt
from recon.reading.guard import apart
from recon.workbook.plan import Picture
from recon.workbook.sheets.doubtful import cuts
from recon.workbook.sheets.printed import Printed, printed

#: White space around a row, and the most that one is worth, in points and bytes.
_MARGIN, _WIDE, _HIGH, _BYTES = 3.0, 760.0, 75.0, 40_000
#: How much larger than printed a row is shown.
_LARGER = 1.25


def pictures(rebuilt: Rebuilt) -> dict[str, Picture]:
    """Pictures of the rows and fields that the workbook shows, by their names; what cannot be cut is left out.

    The evidence is not trusted: each file is drawn in a child process with limits.
    """
    if rebuilt.root is None:
        return {}
    by_file: dict[str, list[Printed]] = {}
    for row in (*printed(rebuilt), *cuts(rebuilt)):
        by_file.setdefault(row.file, []).append(row)
    shapes = {reading.file: reading.shapes for reading in rebuilt.readings}
    found: dict[str, Picture] = {}
    for name, rows in by_file.items():
        path = rebuilt.root / name
        if path.is_file():
            rows.sort(key=lambda row: row.page)
            found |= _cut(path, name, rows, password(name, rebuilt.case), shapes.get(name, {}))
    return found


def _cut(
    path: Path, name: str, rows: Sequence[Printed], secret: str | None, shapes: Mapping[int, tuple[float, ...]]
) -> dict[str, Picture]:
    places = [(max(1, row.page), _around(row.box)) for row in rows]
    digital = holds_pdf(path) and not shapes  # a PDF of pictures has shapes, as a picture has
    pieces = apart(_of_pdf, path, name, places, secret) if digital else apart(
        _of_picture, path, name, places, secret, dict(shapes)
    )
    return {
        row.id: Picture(png, *_size(box)) for row, png, (_, box) in zip(rows, pieces or (), places, strict=False)
        if 0 < len(png) <= _BYTES
    }


def _of_pdf(path: Path, name: str, places: list[tuple[int, pdf.Box]], secret: str | None) -> list[bytes]:
    return pdf.pictures(path.read_bytes(), name, places, secret)


def _of_picture(
    path: Path, name: str, places: list[tuple[int, pdf.Box]], secret: str | None, shapes: dict[int, tuple[float, ...]]
) -> list[bytes]:
    return picture.pieces(path, name, places, shapes=shapes, password=secret)


def _around(box: pdf.Box) -> pdf.Box:
    left, top, right, bottom = box
    return left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN


def _size(box: pdf.Box) -> tuple[float, float]:
    """Width and height on the sheet, in points: somewhat larger than printed, where there is room."""
    width, height = box[2] - box[0], box[3] - box[1]
    scale = min(_LARGER, _WIDE / width, _HIGH / height)
    return width * scale, height * scale
