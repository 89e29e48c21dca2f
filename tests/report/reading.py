"""What a finished report says, and which of its figures no book holds."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from recon.case.export import books
from recon.checks.desk import whole
from recon.core.facts import Minor
from recon.core.money import to_display
from recon.need.rebuilt import Rebuilt

_MONEY = {
    0: re.compile(r"(?<![\w.,:\-−])[-−]?\d{1,3}(?:,\d{3})+(?![\w.,%\-−])"),
    2: re.compile(r"(?<![\w.,])[-−]?\d{1,3}(?:,\d{3})*\.\d{2}(?![\d%.])"),
    3: re.compile(r"(?<![\w.,])[-−]?\d{1,3}(?:,\d{3})*\.\d{3}(?![\d%.])"),
}


def blocks(path: Path) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables in their order."""
    document = Document(str(path))
    return document.iter_inner_content()


def text(path: Path) -> str:
    """All words of a report, heads and feet included, a line for each paragraph and cell."""
    document = Document(str(path))
    said = [p.text for s in document.sections for p in (*s.header.paragraphs, *s.footer.paragraphs)]
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            said += [cell.text for row in block.rows for cell in row.cells]
        else:
            said.append(block.text)
    return "\n".join(said)


def empty_headings(path: Path) -> list[str]:
    """Headings that nothing follows before the next heading of their own or a higher rank."""
    found: list[str] = []
    waiting: list[tuple[int, str]] = []
    for block in blocks(path):
        style = block.style.name if isinstance(block, Paragraph) and block.style else ""
        if style.startswith("Heading"):
            level = int(style[-1])
            found += [name for rank, name in waiting if rank >= level]
            waiting = [(rank, name) for rank, name in waiting if rank < level] + [(level, block.text)]
        elif isinstance(block, Table) or block.text.strip() or "graphic" in block._p.xml:
            waiting = []
    return found + [name for _, name in waiting]


def strange(said: str, rebuilt: Rebuilt) -> list[str]:
    """Amounts in *said* that are neither a figure of the books nor of the form."""
    known = figures(rebuilt)
    return [hit for hit in _MONEY[rebuilt.places].findall(said) if hit.replace("−", "-") not in known]


def figures(rebuilt: Rebuilt) -> set[str]:
    """Every amount that the books, checks, need, evidence or form hold, as a report would print it."""
    amounts = {*_books(rebuilt), *_judged(rebuilt), *_flows(rebuilt), *_form(rebuilt.case)}
    shown = {to_display(int(a), rebuilt.places) for a in amounts if a is not None}
    shown |= _told(rebuilt) | printed(books(rebuilt), rebuilt.places)
    return shown | {s.removeprefix("-") for s in shown}


def missing(said: str, rebuilt: Rebuilt) -> list[str]:
    """Figures of ``books.json`` that a report must tell and *said* does not."""
    whole = books(rebuilt)
    wanted = [line[end] for name in ("balance_sheet", "income_statement", "cash_flow") for line in whole[name]
              for end in ("opening", "closing", "amount") if end in line and not _left_out(line)]
    wanted += [method[key] for method in whole["need"]["methods"] for key in ("amount", "limit")]
    wanted += [(whole["need"][key] or {}).get("amount") for key in ("requested", "recommended")]
    shown = [f"{Decimal(amount):,}" for amount in wanted if amount is not None]
    text_ = said.replace("−", "-")
    return [amount for amount in shown if not re.search(rf"(?<![\d,.]){re.escape(amount)}(?![\d,.]\d|\d)", text_)]


def _left_out(line: dict[str, Any]) -> bool:
    """Lines of zero are not printed unless they are totals; the workbook holds them all."""
    return all(Decimal(line[end] or 0) == 0 for end in ("opening", "closing", "amount") if end in line)


def printed(node: object, places: int) -> set[str]:
    """Every number that a part of ``books.json`` holds, as a report would print it."""
    if isinstance(node, dict):
        return set().union(*(printed(value, places) for value in node.values()))
    if isinstance(node, list):
        return set().union(*(printed(value, places) for value in node))
    numbers = [Decimal(n.replace(",", "")) for n in re.findall(r"-?\d[\d,]*(?:\.\d+)?", str(node))]
    return {f"{n:,}" for n in numbers} | {f"{n.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}" for n in numbers}


def _books(rebuilt: Rebuilt) -> Iterator[int | None]:
    lines = rebuilt.statements
    for line in (*lines.balance_sheet, *lines.income_statement, *lines.cash_flow):
        yield from (line.opening, line.amount, *line.months.values())
    solution = rebuilt.ledger.solution
    yield from (f.value for f in (*solution.figures.values(), *solution.stated.values()))
    for control in rebuilt.ledger.controls.values():
        yield from (control.opening, control.closing, control.difference)
        if control.closing is not None and control.difference is not None:
            yield control.closing + control.difference  # what the account says the closing should be


def _judged(rebuilt: Rebuilt) -> Iterator[int | None]:
    for check in rebuilt.checks:
        if check.unit == "money":
            yield from (check.expected, check.actual, check.difference)  # type: ignore[misc] # money is whole
    need = rebuilt.need
    tables = [need.capacity.inputs]
    for method in need.methods:
        yield from (method.amount, method.low, method.high, method.limit)
        tables.append(method.inputs)
    yield from (whole(i.value) for t in tables for i in t.values() if i.unit == "money" and i.value is not None)
    room = need.capacity
    yield from (room.monthly_disposable, room.worst_amount, room.instalment, room.affordable)
    if need.recommended:
        yield from (need.recommended.amount, need.recommended.low, need.recommended.high)


def _flows(rebuilt: Rebuilt) -> Iterator[int | None]:
    yield from (rebuilt.effective.total, *rebuilt.effective.months.values())
    yield from (int(a) for a in rebuilt.effective.excluded["amount"])
    yield from (a for own in rebuilt.accounts for a in (own.opening, own.closing))
    rows = rebuilt.transactions.assign(size=rebuilt.transactions["amount"].abs())
    for keys in (["set_aside"], ["counterparty", "category"]):
        yield from (int(a) for a in rows.groupby(keys)["size"].sum())


def _form(node: object) -> Iterator[int]:
    if isinstance(node, Minor):
        yield int(node)
    elif isinstance(node, msgspec.Struct):
        for name in node.__struct_fields__:
            yield from _form(getattr(node, name))
    elif isinstance(node, dict):
        for value in node.values():
            yield from _form(value)
    elif isinstance(node, tuple | list):
        for value in node:
            yield from _form(value)


def _told(rebuilt: Rebuilt) -> set[str]:
    """Amounts inside the sentences of checks, need and findings, and days, turns and settings, which are no money."""
    reasons = [r for c in rebuilt.checks for r in c.because] + list(rebuilt.need.reasons)
    reasons += [r for m in rebuilt.need.methods for r in m.because] + list(rebuilt.need.capacity.because)
    said = "\n".join(r.tell(rebuilt.language) for r in reasons)
    said += "\n".join(str(v) for f in rebuilt.findings for v in f.params.values())
    said += "\n".join(str(s.value) for s in rebuilt.settings.entries.values())
    numbers = set(re.findall(r"-?\d[\d,]*(?:\.\d+)?", said))
    grouped = {f"{Decimal(n.replace(',', '')):,}" for n in numbers}
    others = [
        i.value for t in (*(m.inputs for m in rebuilt.need.methods), rebuilt.need.capacity.inputs)
        for i in t.values() if i.unit != "money" and i.value is not None
    ]
    others += [r for r in (rebuilt.need.capacity.coverage, _current(rebuilt)) if r is not None]
    exact = [Decimal(f.numerator) / Decimal(f.denominator) for f in map(Fraction, others)]
    return numbers | grouped | {f"{e.quantize(Decimal('0.01')):,f}" for e in exact}


def _current(rebuilt: Rebuilt) -> Decimal | None:
    """Current assets over current liabilities, worked out anew."""
    assets, debts = (rebuilt.statements.line("balance_sheet", n).amount for n in (15, 41))
    return Decimal(assets) / Decimal(debts) if assets is not None and debts else None
