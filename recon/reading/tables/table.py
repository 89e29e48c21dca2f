"""One reader of tables by meaning: rows of cells in, accounts with signed, ordered and proven lines out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np

from recon.core.errors import ReconError
from recon.core.finding import Finding
from recon.core.source import Source
from recon.reading.proof import Verdict
from recon.reading.result import NOTHING, Account, Kind
from recon.reading.scale import FINEST, scaled_one
from recon.reading.shapes.abreast import unfolded
from recon.reading.shapes.blocks import parted
from recon.reading.shapes.columnar import by_column
from recon.reading.shapes.dayparts import one_date
from recon.reading.shapes.marks import unmarked
from recon.reading.shapes.records import tabled
from recon.reading.shapes.two_sided import two_sided
from recon.reading.shapes.undated import undated, with_days, without_days
from recon.reading.tables.accounts import ORDER, Body, Judged, judged
from recon.reading.tables.columns import HEADER_ROWS, Rows, Segment, header, segments, summarised
from recon.reading.tables.days import named_end
from recon.reading.tables.fields import (
    currencies_of,
    days_of,
    groups_of,
    joined,
    listed,
    money_of,
    opposed,
    other_groups,
    texts_of,
)
from recon.reading.tables.guess import guessed
from recon.reading.tables.kind import Kindred, kindred, says
from recon.reading.tables.parts import Part, parts_of
from recon.reading.tables.pooled import pooled
from recon.reading.tables.sections import sectioned
from recon.reading.tables.several import apart
from recon.reading.tables.signs import Table

#: Rows in which a figure is sought whose mark may part thousands or decimals; such a figure.
_SAMPLE = 2000
_OPEN = re.compile(r"(?<![\d.,])\d{1,3}[.,]\d{3}(?![\d.,])")
#: Rows of text above a table that may say what it lists.
_HEADING = 6
#: Text columns whose words may sign an amount.
_SIGNING = ("type", "counterparty", "description", "status")


@dataclass(frozen=True, slots=True)
class Tables:
    """What the tables of a file say; *verdict* is the weakest of its accounts', *text* what stands around its lines."""

    kind: Kind
    bank: str
    accounts: tuple[Account, ...]
    verdict: Verdict
    findings: tuple[Finding, ...]
    text: tuple[str, ...] = ()


def read_tables(rows: Rows, name: str) -> Tables | None:
    """The accounts that the tables in *rows* show, or None where no table of movements is found.

    Raises:
        ReconError: ``daily_balances`` where the file's only table lists balances by day.
    """
    rows, told = by_column(unmarked(rows), name)
    rows = unfolded(one_date(parted(rows)))
    found = segments(rows)
    if not found and (records := tabled(rows)):
        rows, found = records, segments(records)
    if (events := two_sided(rows, found)) is not rows:
        rows, found = events, segments(events)
    whole = _read(rows, found, name)
    if whole is not None and told:
        return replace(whole, findings=(*whole.findings, *told))
    if whole is None or whole.verdict.outcome == "proven":
        return whole
    return apart(rows, found, lambda piece: _read(piece, segments(piece), name), name) or whole


def _read(rows: Rows, found: list[Segment], name: str) -> Tables | None:
    """The accounts that the tables *found* show, taken as one statement."""
    head = summarised(rows, found)
    if head is not None:
        raise ReconError("daily_balances", Source(name, rows.page[head], rows.line[head]))
    summary = None if found else with_days(rows, name)
    if summary is not None:
        return _summary(summary, name)
    found = found or guessed(rows)
    if not found:
        return _empty(rows, name)
    tables = _judged(rows, found, name, None)
    if tables is None or tables.verdict.outcome == "proven" or not _leaves_open(rows):
        return tables
    others = (_judged(rows, found, name, comma) for comma in (True, False))
    return next((other for other in others if other is not None and other.verdict.outcome == "proven"), tables)


def _leaves_open(rows: Rows) -> bool:
    """Whether three digits stand behind a mark that may part thousands or decimals."""
    return any(_OPEN.search(cell) for row in rows.cells[:_SAMPLE] for cell in row)


def _judged(rows: Rows, found: Sequence[Segment], name: str, comma: bool | None) -> Tables | None:  # noqa: FBT001 None is a third answer
    """The same with such figures read with a decimal *comma* or a point; None leaves it to what else tells."""
    what, parts = divided(rows, found, name, comma)
    for part in parts:
        part.facts.end = part.facts.end or named_end(PurePath(name).stem)
    bodies = [body_of(rows, part, what, name) for part in parts]
    whole = pooled(found, bodies)
    results = [whole] if whole else [_parted(body) for body in bodies]
    accounts = tuple(a for accounts, _, _ in results for a in accounts)
    verdicts = [v for _, verdicts, _ in results for v in verdicts]
    findings = [f for _, _, findings in results for f in findings]
    if not verdicts:
        return None
    weakest = max(verdicts, key=lambda v: ORDER.index(v.outcome))
    if weakest.outcome == "proven" and "links" in weakest.params:  # of all accounts together
        weakest = replace(weakest, params={"links": sum(int(str(v.params.get("links", 0))) for v in verdicts)})
    text = tuple(line for part in parts for line in part.facts.text)
    return Tables(what.kind, what.bank, accounts, weakest, tuple(findings), text)


def _parted(body: Body) -> Judged:
    """What a part's columns say, its lines told apart by another column where their balances close so alone."""
    first = judged(body)
    if all(verdict.outcome == "proven" for verdict in first[1]) or not body.table.money["balance"]:
        return first
    return next(filter(_closes, (judged(replace(body, groups=groups)) for groups in body.other_groups())), first)


def _closes(way: Judged) -> bool:
    """Whether no account contradicts itself, and most lines are those of proven ones."""
    accounts, verdicts, _ = way
    held = sum(len(a.lines) for a in accounts if a.proven)
    return {v.outcome for v in verdicts} <= {"proven", "unprovable"} and 2 * held > sum(len(a.lines) for a in accounts)


def _empty(rows: Rows, name: str) -> Tables | None:
    """A list with a header and nothing below it but sums, or None where there is no header either."""
    head = next((i for i, row in enumerate(rows.cells[:HEADER_ROWS]) if header(row)), None)
    if head is None or any(any(ch in "123456789" for ch in cell) for row in rows.cells[head + 1 :] for cell in row):
        return None
    columns = {what[0].name: [i] for i, what in header(rows.cells[head]).items()}
    what = kindred((), [Segment(columns, [], range(head), head + 1, len(rows.cells), True, rows.cells[head])], name)
    return Tables(what.kind, what.bank, (), Verdict("unprovable", "no_lines"), ())


def divided(
    rows: Rows, found: Sequence[Segment], name: str, comma: bool | None = None  # noqa: FBT001 likewise
) -> tuple[Kindred, list[Part]]:
    """What kind of account the tables *found* show, and their lines put together by account."""
    what = kindred(_outside(rows, found), found, name)
    return what, parts_of(rows, sectioned(rows, found), what, comma)


def _summary(rows: Rows, name: str) -> Tables | None:
    """What a summary by category says, its lines without days where it names no period."""
    tables = read_tables(rows, name)
    if tables is None:
        return None
    accounts = tuple(without_days(account) for account in tables.accounts)
    told = undated(name, sum(len(account.lines) for account in accounts))
    return replace(tables, accounts=accounts, findings=(*tables.findings, told))


def _outside(rows: Rows, found: Sequence[Segment]) -> list[str]:
    texts = [cell for s in found for i in s.above for cell in rows.cells[i] if cell.strip()]
    return texts + [cell for row in rows.cells[found[-1].stop :] for cell in row if cell.strip()]


def headed(name: str, part: Part) -> str:
    """What may say what a table lists: the file's *name* and the first lines around the table."""
    return " ".join([PurePath(name).stem, *part.facts.text[:_HEADING]])


def body_of(rows: Rows, part: Part, what: Kindred, name: str) -> Body:
    """The columns of a part's lines."""
    body = [rows.cells[i] for i in part.rows]
    for k, i in enumerate(part.rows):
        if i in part.joined or i in part.carried or i in part.daily:
            body[k] = joined(rows, part, i)
    dates = days_of(body, part)
    codes = currencies_of(body, part, what)
    money, places = money_of(body, part, codes)
    text, blank = texts_of(body, part, money, dates), [""] * len(body)
    words = [" ".join(said) for said in zip(*(text.get(m) or blank for m in _SIGNING), strict=True)]
    table = Table(
        money, text.get("direction"), words, text.get("method") or blank, what.kind, np.array(part.section, np.int8),
        listed(body, part.titles, headed(name, part)), lambda: opposed(body, part),
        scaled_one(part.facts.money.get("opening"), FINEST, places),
        says("books", " ".join([*part.facts.text, *part.titles]).casefold()),
    )
    return Body(
        rows, part, what, name, table, groups_of(body, part, codes), dates, text, places,
        lambda: other_groups(body, part, codes, dates.day),
    )


def closing(body: Body) -> Tables | None:
    """The account that columns make, None where not every line prints a balance or the chain does not close."""
    accounts, verdicts, findings = judged(body)
    closes = verdicts[0].outcome == "proven" and bool((accounts[0].lines.balance != NOTHING).all())
    return Tables(body.what.kind, body.what.bank, tuple(accounts), verdicts[0], tuple(findings)) if closes else None
