"""Chinese e-invoices as data: fully digital XML, and OFD with attached XML, tags or page text only."""

import hashlib
import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import PurePosixPath

import numpy as np

from recon.core.errors import ReconError
from recon.core.finding import Finding
from recon.core.knowledge import table
from recon.core.money import from_decimal, to_text
from recon.core.source import Source
from recon.evidence.page import Page
from recon.reading.documents.dates import dates
from recon.reading.documents.document import read_pages
from recon.reading.messages.xmltree import Node, parse
from recon.reading.result import Item, Outcome, Reading, Receipt

#: Minor units by which the tax of a line may differ from its rate: unit prices with tax are rounded before.
_ROUNDING = 2
#: What a damaged archive may raise.
_ZIP_TROUBLE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, OSError, RuntimeError, ValueError)
#: Bytes that one part, and all parts, of an OFD may unpack to; and how many parts it may have.
_PART, _WHOLE, _PARTS = 20_000_000, 100_000_000, 2_000


def read(data: bytes, name: str) -> Reading | None:
    """An e-invoice; None where *data* is none.

    Args:
        data: the whole file.
        name: the file's name in messages and sources.

    Raises:
        ReconError: ``xml_doctype`` for a document type, ``ofd_too_large`` for a bomb, ``ofd_broken`` if damaged.
    """
    if data[:4] == b"PK\x03\x04":
        reading = _ofd(data, name)
    elif b"EInvoice" in data[:4096] or b"eInvoice" in data[:4096]:
        reading = _structured(parse(_decoded(data)), name)
    else:
        return None
    return reading and replace(reading, digest=hashlib.sha256(data).hexdigest())


def _decoded(data: bytes) -> str:
    """Text of an XML file in the encoding that it declares, UTF-8 where it declares none that is known."""
    declared = re.match(rb"[^>]{0,100}encoding=[\"']([\w-]+)", data)
    try:
        return data.decode(declared[1].decode() if declared else "utf-8-sig", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


@cache
def _elements(field: str) -> tuple[str, ...]:
    """Names of elements that may hold *field*, best first."""
    rows = table("documents/einvoice.tsv", ("field", "element"))
    return tuple(row["element"] for row in rows if row["field"] == field)


def _structured(top: Node, name: str, texts: dict[str, str] | None = None) -> Reading | None:
    """An invoice from its elements; None without a total. *texts* are page texts by id, which elements point to."""
    nodes: dict[str, list[Node]] = {}
    for node in top.walk():
        nodes.setdefault(node.tag, []).append(node)
    word = {field: _first(nodes, field, texts) for field in ("number", "date", "seller", "buyer")}
    total, net, tax = (_minor(_first(nodes, field, texts)) for field in ("total", "net", "tax"))
    if total is None:
        return None
    days = dates(word["date"], "CNY")
    goods = _goods(nodes, texts)
    cancels = _cancels(nodes, texts)
    receipt = Receipt(
        date=np.datetime64(days[0].day, "D") if days else None,
        total=total,
        tax=tax,
        net=net,
        seller=word["seller"],
        buyer=word["buyer"],
        number=word["number"],
        currency="CNY",
        page=1,
        uncertain=() if days else ("date",),
        kind="vat_digital",
        lines=tuple(Item(each.name, each.net) for each in goods),
        terms={"cancels": cancels} if cancels else {},
    )
    findings = _contradictions(receipt, goods, name)
    outcome: Outcome = "inconsistent" if findings else "unprovable" if None in {net, tax} else "proven"
    return Reading(name, "invoice", outcome, f"document_{outcome}", receipts=(receipt,), findings=findings, pages=1)


def _first(nodes: dict[str, list[Node]], field: str, texts: dict[str, str] | None) -> str:
    """The first text that stands in any element for *field*."""
    found = (_text(node, texts) for element in _elements(field) for node in nodes.get(element, []))
    return next((text for text in found if text), "")


def _text(node: Node, texts: dict[str, str] | None) -> str:
    """An element's own text, or the page texts that its references point to."""
    own = " ".join(node.text.split())
    if own or texts is None:
        return own
    return "".join(texts.get(ref.text.strip(), "") for ref in node.children if ref.tag == "ObjectRef")


def _minor(text: str) -> int | None:
    """Minor units of an amount as an element holds it; None where it holds none."""
    try:
        return from_decimal(re.sub(r"[¥￥\s]", "", text)) if text else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Goods:
    """One line of goods: its name, net, tax and rate of tax, None where none is printed."""

    name: str
    net: int | None
    tax: int | None
    rate: Decimal | None


def _goods(nodes: dict[str, list[Node]], texts: dict[str, str] | None) -> list[_Goods]:
    """The lines of goods."""
    found = []
    for node in (node for element in _elements("line") for node in nodes.get(element, [])):
        said = {
            field: next((_text(child, texts) for child in node.children if child.tag in _elements(field)), "")
            for field in ("line_name", "line_net", "line_tax", "line_rate")
        }
        found.append(_Goods(said["line_name"], _minor(said["line_net"]), _minor(said["line_tax"]),
                            _rate(said["line_rate"])))
    return found


def _rate(text: str) -> Decimal | None:
    """A rate of tax as a share: ``0.13``, ``13%``; None for words such as 免税."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(%?)", text.strip())
    if not match:
        return None
    value = Decimal(match[1])
    return value / 100 if match[2] or value > 1 else value


def _cancels(nodes: dict[str, list[Node]], texts: dict[str, str] | None) -> str:
    """The number of the invoice that a red one takes back: in an element of its own, or in the remark."""
    own = _first(nodes, "cancels", texts)
    match = re.search(r"(?:红冲|蓝字|正数|原)[^\d]{0,24}(\d{8,20})", _first(nodes, "remark", texts))
    return own or (match[1] if match else "")


def _contradictions(receipt: Receipt, goods: list[_Goods], name: str) -> tuple[Finding, ...]:
    """Net plus tax against the total; the lines of goods against net and tax; each line's tax against its rate."""
    source, found = Source(name, 1), []
    if receipt.net is not None and receipt.tax is not None and receipt.net + receipt.tax != receipt.total:
        sides = {"total": to_text(receipt.total or 0), "other": to_text(receipt.net + receipt.tax)}
        found.append(Finding("document_contradiction", "serious", source, sides))
    for printed, column in ((receipt.net, [each.net for each in goods]), (receipt.tax, [each.tax for each in goods])):
        parts = [value for value in column if value is not None]
        if printed is not None and parts and len(parts) == len(column) and sum(parts) != printed:
            sides = {"total": to_text(printed), "other": to_text(sum(parts))}
            found.append(Finding("document_lines_differ", "serious", source, sides))
    for each in goods:
        if each.net is None or each.tax is None or not each.rate:
            continue
        due = int((each.net * each.rate).to_integral_value(ROUND_HALF_UP))
        if abs(due - each.tax) > _ROUNDING:
            sides = {"total": to_text(each.tax), "other": to_text(due)}
            found.append(Finding("document_tax_differs", "serious", source, sides))
    return tuple(found)


def _ofd(data: bytes, name: str) -> Reading | None:
    """An OFD: its attached XML or its tags where they hold an invoice, else its page text; None if no OFD."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "OFD.xml" not in archive.namelist():
                return None
            parts = _unpacked(archive, name)
    except _ZIP_TROUBLE as slip:
        raise ReconError("ofd_broken", Source(name)) from slip
    trees = {path: tree for path, data in parts.items() if (tree := _tree(data)) is not None}
    shown = [node for path, tree in trees.items() if "content" in path.lower() for node in tree.walk()]
    texts = {node.attributes.get("ID", ""): node.words("TextCode") for node in shown if node.tag == "TextObject"}
    for path in sorted(trees, key=_structure_rank):
        if _structure_rank(path) < _OTHER_PART:
            reading = _structured(trees[path], name, texts)
            if reading is not None:
                return reading
    return read_pages(_text_pages(trees), name)


#: Rank of parts that hold no invoice as data.
_OTHER_PART = 2


def _structure_rank(path: str) -> int:
    """Attached data first, then tags that point into the page's text."""
    low = path.lower()
    if "attach" in low or "invoice" in PurePosixPath(low).name or low.endswith(".xbrl"):
        return 0
    return 1 if "tag" in low else _OTHER_PART


def _unpacked(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    """Every XML part, measured while it unpacks: sizes that an archive declares may lie."""
    members = [info for info in archive.infolist() if info.filename.lower().endswith((".xml", ".xbrl"))]
    parts: dict[str, bytes] = {}
    whole = 0
    for info in members:
        with archive.open(info) as part:
            parts[info.filename] = part.read(_PART + 1)
        whole += len(parts[info.filename])
        if len(parts[info.filename]) > _PART or whole > _WHOLE or len(members) > _PARTS:
            raise ReconError("ofd_too_large", Source(name))
    return parts


def _tree(data: bytes) -> Node | None:
    """A part's tree; None where it is not well formed, as tags of real files sometimes are."""
    try:
        return parse(_decoded(data))
    except ReconError as slip:
        if slip.code == "xml_doctype":
            raise
        return None


def _text_pages(trees: dict[str, Node]) -> list[Page]:
    """Each page's text with its place in millimetres; text of page templates belongs to the first page."""
    pages = sorted(path for path in trees if "page" in path.lower() and "content" in path.lower())
    forms = [path for path in sorted(trees) if "tpl" in path.lower() and "content" in path.lower()]
    parts = [[path, *(forms if number == 1 else [])] for number, path in enumerate(pages, 1)]
    return [_text_page(number, [trees[path] for path in part]) for number, part in enumerate(parts, 1)]


def _text_page(number: int, trees: list[Node]) -> Page:
    words, boxes = [], []
    for node in (node for tree in trees for node in tree.walk() if node.tag == "TextObject"):
        place = _boundary(node)
        if place and node.words("TextCode"):
            words.append(node.words("TextCode"))
            boxes.append(place)
    box = np.array(boxes, np.float32).reshape(-1, 4)
    width, height = (float(box[:, 2].max()), float(box[:, 3].max())) if len(box) else (0.0, 0.0)
    return Page(number, width, height, words, box)


def _boundary(node: Node) -> tuple[float, float, float, float] | None:
    """Left, top, right and bottom of a text object."""
    try:
        left, top, width, height = (float(part) for part in node.attributes.get("Boundary", "").split())
    except ValueError:
        return None
    return left, top, left + width, top + height
