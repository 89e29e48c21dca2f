"""A Word document becomes a grid: its paragraphs as rows of one cell, its tables row by row, in their order."""

import io
from typing import Any

from recon.evidence.page import Grid

#: The part of the archive that makes it a Word document.
PART = "word/document.xml"


def grid(data: bytes) -> Grid:
    """The text of a DOCX file, numbered by its rows; raises what python-docx raises where the bytes are none."""
    import docx  # noqa: PLC0415 loaded only when a Word document comes
    from docx.table import Table  # noqa: PLC0415 likewise

    parts = docx.Document(io.BytesIO(data)).iter_inner_content()
    rows = [row for part in parts for row in (_rows(part) if isinstance(part, Table) else [_cells(part.text)])]
    return Grid(0, rows, list(range(1, len(rows) + 1)))


def _rows(table: Any) -> list[list[str]]:
    """The rows of a table; a cell over several columns stands in the first of them."""
    found = []
    for row in table.rows:
        cells = row.cells
        first = [k == 0 or cell._tc is not cells[k - 1]._tc for k, cell in enumerate(cells)]  # noqa: SLF001 its identity
        found.append([cell.text.strip() if own else "" for cell, own in zip(cells, first, strict=True)])
    return found


def _cells(text: str) -> list[str]:
    return [part.strip() for part in text.split("\t")]
