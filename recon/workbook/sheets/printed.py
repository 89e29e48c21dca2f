"""Printed rows of the evidence: a small picture of each of the largest lines, cut from its page."""

from collections.abc import Mapping
from dataclasses import dataclass

from recon.need.rebuilt import Rebuilt
from recon.workbook.model import Model
from recon.workbook.plan import FIRST, HEAD, Picture, Sheet

_HEADS = ("id", "date", "amount", "file", "page", "line", "picture")
_AT = {name: column for column, name in enumerate(_HEADS)}
_HIGH = 18.0


@dataclass(frozen=True, slots=True)
class Printed:
    """A line that stands on a page: its id, where it lies in TRANSACTIONS, and its place in the file."""

    id: str
    row: int
    file: str
    page: int
    box: tuple[float, float, float, float]


def printed(rebuilt: Rebuilt) -> list[Printed]:
    """The lines that count and stand on a page, the largest ``picture_rows`` of them, in order of place."""
    boxes = {
        (reading.file, int(page), int(line)): tuple(map(float, box))
        for reading in rebuilt.readings for account in reading.accounts if account.lines.box is not None
        for page, line, box in zip(account.lines.page, account.lines.line, account.lines.box, strict=True)
    }
    frame = rebuilt.transactions
    columns = ("id", "file", "page", "line", "set_aside", "amount")
    keys = zip(*(frame[column] for column in columns), strict=True)
    found = [
        (abs(int(amount)), Printed(name, n, file, int(page), boxes[file, int(page), int(line)]))  # type: ignore[arg-type] # four
        for n, (name, file, page, line, aside, amount) in enumerate(keys)
        if not aside and _drawable(boxes.get((file, int(page), int(line))))
    ]
    largest = sorted(found, key=lambda pair: -pair[0])[: rebuilt.settings.whole("picture_rows")]
    return sorted((row for _, row in largest), key=lambda row: row.row)


def _drawable(box: tuple[float, ...] | None) -> bool:
    return box is not None and box[2] > box[0] and box[3] > box[1]


def pictured(model: Model, transactions: Sheet, rows: Mapping[str, int], pictures: Mapping[str, Picture]) -> Sheet:
    """Lay out the printed rows.

    Args:
        model: the workbook in the making.
        transactions: the sheet of lines.
        rows: row here of each line, as :func:`places` gives them.
        pictures: the picture of each line, by its id.
    """
    sheet = model.sheet("printed", freeze=(FIRST, 1))
    sheet.widths = {_AT["id"]: 16, _AT["date"]: 11, _AT["amount"]: 14, _AT["file"]: 34, _AT["page"]: 6,
                    _AT["line"]: 6, _AT["picture"]: 138}
    sheet.row(HEAD, [model.say(f"line.{name}") for name in _HEADS], "head")
    frame = model.rebuilt.transactions
    for name, at in rows.items():
        line = frame.iloc[model.rows[f"line.{name}"] - FIRST]
        target = transactions.ref(model.rows[f"line.{name}"], 0).replace("$", "")
        sheet.put(at, _AT["id"], name, "link", f'=HYPERLINK("#{target}","{name}")')
        sheet.put(at, _AT["date"], line["date"].date(), "date")
        sheet.put(at, _AT["amount"], int(line["amount"]), "money")
        sheet.put(at, _AT["file"], line["file"])
        sheet.put(at, _AT["page"], int(line["page"]) or "", "whole")
        sheet.put(at, _AT["line"], int(line["line"]), "whole")
        if name in pictures:
            sheet.pictures[at, _AT["picture"]] = pictures[name]
            sheet.heights[at] = max(_HIGH, pictures[name].height + 4)
    if not rows:
        sheet.put(FIRST, 0, model.say("printed.none"), "text.quiet")
    return sheet


def places(rebuilt: Rebuilt) -> dict[str, int]:
    """Row of each printed line on the sheet of pictures, by its id."""
    return {row.id: at for at, row in enumerate(printed(rebuilt), FIRST)}
