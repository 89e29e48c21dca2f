"""Several statements that stand one after another in one file, each read by itself where each proves itself."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from recon.core.finding import Finding
from recon.core.money import to_text
from recon.core.source import Source
from recon.reading.dates import see
from recon.reading.pages.completeness import printed_page
from recon.reading.proof import Verdict
from recon.reading.result import Account, Lines
from recon.reading.tables.columns import Rows, Segment
from recon.reading.tables.facts import Facts, gather

if TYPE_CHECKING:
    from recon.reading.tables.table import Tables

#: Proofs that hold every line, or all but the first of a statement, which is then not counted as proven.
_HELD = ("chain_closes", "chain_closes_after_first", "ends_close", "totals_close")
_MONEY = ("amount", "in", "out", "balance")


def apart(rows: Rows, found: Sequence[Segment], read: Callable[[Rows], "Tables | None"], name: str) -> "Tables | None":
    """The tables *found* as several statements, or None where they are one or not each of them proves itself.

    Args:
        rows: the file's rows.
        found: its tables.
        read: reads the rows of one statement.
        name: the file's name in findings.
    """
    starts = _starts(rows, found)
    if not starts:
        return None
    bounds = zip([0, *starts], [*starts, len(rows.cells)], strict=True)
    pieces = [read(_cut(rows, a, b)) for a, b in bounds]
    if any(piece is None or piece.verdict.reason not in _HELD for piece in pieces):
        return None
    return _together([piece for piece in pieces if piece is not None], name)


def _starts(rows: Rows, found: Sequence[Segment]) -> list[int]:
    """Rows with which a further statement begins: above a table stand another period, opening balance or first page.

    In a file of cells, which has no pages, any further header may begin one.
    """
    told, starts, firsts = Facts(), [], _first_pages(rows)
    for k, segment in enumerate(found):
        above = _above(rows, found[k - 1], segment) if k else list(segment.above)
        facts = gather([(i, rows.cells[i]) for i in above])
        opening = facts.money.get("opening")
        at = segment.first - 1
        turned = rows.page[at] != rows.page[found[k - 1].first - 1] and rows.page[at] in firsts
        other = (facts.start and told.start and facts.start != told.start) or (
            opening is not None and opening != told.money.get("opening", opening)
        )
        if k and (other or turned or rows.exact):
            starts.append(min([at, *above]))
            told = facts
        else:
            told.update(facts)
    return starts


def _first_pages(rows: Rows) -> set[int]:
    """Pages that print of themselves that they are the first of some."""
    lines = ((page, printed_page(" ".join(filter(None, row)))) for page, row in zip(rows.page, rows.cells, strict=True))
    return {page for page, said in lines if said and said[0] == 1}


def _above(rows: Rows, before: Segment, segment: Segment) -> list[int]:
    """The rows of text between two tables; where the second begins a page, those of its page."""
    at = i = segment.first - 1
    money = [c for name in _MONEY for c in before.columns.get(name, ())]
    while i > before.first and not _in_table(rows.cells[i - 1], before.columns["date"], money):
        i -= 1
    turned = i > 0 and rows.page[i - 1] != rows.page[at]
    return [k for k in range(i, at) if not turned or rows.page[k] == rows.page[at]]


def _in_table(row: Sequence[str], dates: Sequence[int], money: Sequence[int]) -> bool:
    return any(i < len(row) and see(row[i]) for i in dates) or any(i < len(row) and row[i].strip() for i in money)


def _cut(rows: Rows, start: int, stop: int) -> Rows:
    box = None if rows.box is None else rows.box[start:stop]
    return replace(
        rows, cells=rows.cells[start:stop], page=rows.page[start:stop], line=rows.line[start:stop], box=box
    )


def _together(pieces: Sequence["Tables"], name: str) -> "Tables":
    """The statements as one result: those of one account that chain on become one account, gaps between are told."""
    implied = {id(a) for p in pieces if p.verdict.reason == "chain_closes_after_first" for a in p.accounts}
    accounts = sorted((a for piece in pieces for a in piece.accounts), key=_first_day)
    findings = [f for piece in pieces for f in piece.findings]
    findings.append(Finding("several_statements", "info", Source(name), {"count": len(pieces)}))
    done: dict[tuple[str, str], list[Account]] = {}
    unmet = False
    for account in accounts:
        line = done.setdefault((account.account, account.currency), [])
        if line and line[-1].closing == account.opening and line[-1].unnamed_places == account.unnamed_places:
            line[-1] = one_account(line[-1], account)
            continue
        if line:
            findings.append(_gap(line[-1], account, name))
            unmet |= id(account) in implied
        line.append(account)
    links = sum(int(str(piece.verdict.params.get("links", 0))) for piece in pieces)
    verdict = Verdict("proven", "statements_close", {"count": len(pieces), "links": links})
    if unmet:  # a statement is missing, or the first amount after the gap is not what was printed
        verdict = Verdict("doubtful", "statements_apart", {"count": len(pieces)})
        done = {key: [replace(account, proven=False) for account in line] for key, line in done.items()}
    text = tuple(line for piece in pieces for line in piece.text)
    return replace(
        pieces[0], accounts=tuple(a for line in done.values() for a in line), verdict=verdict,
        findings=tuple(findings), text=text,
    )


def _first_day(account: Account) -> str:
    return str(account.start or (account.lines.date.min() if len(account.lines) else ""))


def _gap(before: Account, after: Account, name: str) -> Finding:
    opening, closing = after.opening or 0, before.closing or 0
    amounts = {"closing": closing, "opening": opening, "difference": opening - closing}
    told = {key: to_text(value, after.places) for key, value in amounts.items()}
    return Finding("statement_chain_gap", "look", Source(name), {"account": after.account or "—", **told})


def one_account(one: Account, two: Account) -> Account:
    """Two accounts of one number as one whose lines follow each other."""
    a, b = one.lines, two.lines
    names = dict.fromkeys([*a.text, *b.text])
    text = {
        key: [*(a.text.get(key) or [""] * len(a)), *(b.text.get(key) or [""] * len(b))] for key in names
    }
    box = None if a.box is None or b.box is None else np.concatenate([a.box, b.box])
    lines = Lines(
        np.concatenate([a.date, b.date]), np.concatenate([a.amount, b.amount]),
        np.concatenate([a.balance, b.balance]), np.concatenate([a.page, b.page]), np.concatenate([a.line, b.line]),
        text, box, (*a.unpinned, *(len(a) + k for k in b.unpinned)),
    )
    return replace(one, lines=lines, closing=two.closing, end=two.end or one.end, proven=one.proven and two.proven)
