"""The contact sheet: every field that a person should compare with the paper, its picture beside what was read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from recon.core.money import decimals, to_display
from recon.core.words import known
from recon.need.rebuilt import Rebuilt
from recon.reading.result import Account, Reading, Receipt
from recon.workbook.model import Model
from recon.workbook.plan import FIRST, HEAD, Picture, Sheet
from recon.workbook.sheets.printed import Printed

_HEADS = ("state", "field", "read", "taken", "picture", "file", "page", "line", "id")
_AT = {name: column for column, name in enumerate(_HEADS)}
_HIGH = 18.0
#: White around a field in a picture, in heights of the field: a line's worth, so that its neighbours show.
_AROUND = 0.6
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A field of a picture that a person should look at.

    Attributes:
        state: ``repaired`` (arithmetic put it right), ``suspect`` (nothing confirms a line) or ``uncertain`` (of a
            document: badly read, or contradicted).
        field: of a line ``amount``, ``balance`` or ``line`` for all of it; of a document the field's own name.
        read, taken: what was read, where another figure was taken, and what stands in the books.
        box: left, top, right, bottom on the page as it lies flat; None where no place is known.
    """

    state: str
    field: str
    read: str
    taken: str
    file: str
    page: int
    line: int
    box: Box | None


def doubtful(rebuilt: Rebuilt) -> list[Doubtful]:
    """Every doubtful field of the files read, those that arithmetic put right first."""
    found = [field for reading in rebuilt.readings for field in _of(reading)]
    order = ("repaired", "uncertain", "suspect")
    return sorted(found, key=lambda field: order.index(field.state))


def _of(reading: Reading) -> Iterator[Doubtful]:
    for account in reading.accounts:
        yield from _lines(reading.file, account)
    for receipt in reading.receipts:
        yield from _fields(reading.file, receipt)


def _lines(file: str, account: Account) -> Iterator[Doubtful]:
    """The lines of a photographed statement that are not verified."""
    lines = account.lines
    for k, state in enumerate(lines.state):
        if state == "verified":
            continue
        place = (file, int(lines.page[k]), int(lines.line[k]))
        box = None if lines.box is None else _box(lines.box[k].tolist())
        for field, read, taken in lines.repairs.get(k, ()):
            yield Doubtful(state, field, read, taken, *place, box)
        if k not in lines.repairs:
            amount = to_display(int(lines.amount[k]), account.places)
            yield Doubtful(state, "line", "", f"{str(lines.date[k])[:10]}  {amount}", *place, box)


def _fields(file: str, receipt: Receipt) -> Iterator[Doubtful]:
    """The fields of a document that its reader was unsure of."""
    for name in receipt.uncertain:
        seen = receipt.seen.get(name)
        page, line, box = (seen.page, seen.line, seen.box) if seen else (receipt.page, 0, None)
        yield Doubtful("uncertain", name, "", _value(receipt, name), file, page, line, _box(box) if box else None)


def _value(receipt: Receipt, name: str) -> str:
    """A document's field as text; empty where it was not found."""
    value = receipt.amounts.get(name, receipt.terms.get(name, getattr(receipt, name, "")))
    if value is None:
        return ""
    return to_display(value, decimals(receipt.currency)) if isinstance(value, int) else str(value)


def _box(edges: list[float] | Box) -> Box:
    left, top, right, bottom = edges
    return float(left), float(top), float(right), float(bottom)


def cuts(rebuilt: Rebuilt) -> list[Printed]:
    """The pictures that the sheet shows, at most ``picture_rows``, each named by its place on the sheet."""
    found = [
        Printed(_name(n), n, field.file, field.page, _wider(field.box))
        for n, field in enumerate(doubtful(rebuilt))
        if field.box is not None and field.box[2] > field.box[0] and field.box[3] > field.box[1]
    ]
    return found[: rebuilt.settings.whole("picture_rows")]


def _wider(box: Box) -> Box:
    more = _AROUND * (box[3] - box[1])
    return box[0] - more, box[1] - more, box[2] + more, box[3] + more


def _name(number: int) -> str:
    return f"doubtful-{number}"


def contact(model: Model, transactions: Sheet, pictures: Mapping[str, Picture]) -> Sheet:
    """Lay out the doubtful fields.

    Args:
        model: the workbook in the making.
        transactions: the sheet of lines, to go to.
        pictures: by the names that :func:`cuts` gives.
    """
    sheet = model.sheet("doubtful", freeze=(FIRST, 2))
    sheet.widths = {_AT["state"]: 12, _AT["field"]: 12, _AT["read"]: 18, _AT["taken"]: 24, _AT["picture"]: 120,
                    _AT["file"]: 34, _AT["page"]: 6, _AT["line"]: 6, _AT["id"]: 16}
    sheet.row(HEAD, [model.say(f"doubtful.{name}") for name in _HEADS], "head")
    frame = model.rebuilt.transactions
    places = zip(frame["file"], frame["page"].tolist(), frame["line"].tolist(), strict=True)
    ids = dict(zip(places, frame["id"], strict=True))
    row = HEAD
    for number, field in enumerate(doubtful(model.rebuilt)):
        row += 1
        _entry(model, sheet, row, field)
        name = ids.get((field.file, field.page, field.line), "") if field.line else ""
        if name and f"line.{name}" in model.rows:
            target = transactions.ref(model.rows[f"line.{name}"], 0).replace("$", "")
            sheet.put(row, _AT["id"], name, "link", f'=HYPERLINK("#{target}","{name}")')
        picture = pictures.get(_name(number))
        if picture is not None:
            sheet.pictures[row, _AT["picture"]] = picture
            sheet.heights[row] = max(_HIGH, picture.height + 4)
    if row == HEAD:
        sheet.put(FIRST, 0, model.say("doubtful.none"), "text.quiet")
    return sheet


def _entry(model: Model, sheet: Sheet, row: int, field: Doubtful) -> None:
    """What was read of one field, and where it stands."""
    named, style = f"workbook.field.{field.field}", "text.bold" if field.state == "repaired" else "text"
    sheet.put(row, _AT["state"], model.say(f"state.{field.state}"), style)
    sheet.put(row, _AT["field"], model.say(f"field.{field.field}") if known(named) else field.field)
    sheet.put(row, _AT["read"], field.read, "entry")
    sheet.put(row, _AT["taken"], field.taken or model.say("doubtful.nothing"), "entry")
    sheet.put(row, _AT["file"], field.file)
    sheet.put(row, _AT["page"], field.page or "", "whole")
    sheet.put(row, _AT["line"], field.line or "", "whole")
