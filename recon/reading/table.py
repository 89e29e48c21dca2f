"""One reader of tables by meaning: rows of cells in, accounts with signed, ordered and proven lines out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np
import numpy.typing as npt

from recon.core.errors import ReconError
from recon.core.finding import Finding
from recon.core.money import decimals, divide
from recon.core.source import Source
from recon.reading.columns import Rows, Segment, segments, summarised
from recon.reading.dates import Dates
from recon.reading.facts import named_end
from recon.reading.fields import currencies_of, days_of, groups_of, joined, listed, money_of, texts_of
from recon.reading.guess import guessed
from recon.reading.kind import Kindred, kindred
from recon.reading.late import LateTexts
from recon.reading.numbers import Amounts
from recon.reading.parts import Part, parts_of
from recon.reading.proof import UNCOUNTED, Chain, Printed, Verdict, follow, prove
from recon.reading.result import NOTHING, Account, Kind, Lines
from recon.reading.scale import FINEST, scaled, scaled_one
from recon.reading.signs import Proposal, Table, proposals
from recon.reading.undated import undated, with_days, without_days
from recon.reading.vocabulary import closed

_Ints = npt.NDArray[np.int64]
_ORDER = ("proven", "unprovable", "doubtful", "inconsistent")
#: Steps of a chain that must close before it settles the sign of amounts.
_SETTLED = 2
#: Days by which a booking may leave the printed period.
_SLACK = np.timedelta64(10, "D")
#: Rows of text above a table that may say what it lists.
_HEADING = 6


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
    found = segments(rows)
    head = summarised(rows, found)
    if head is not None:
        raise ReconError("daily_balances", Source(name, rows.page[head], rows.line[head]))
    summary = None if found else with_days(rows, name)
    if summary is not None:
        return _summary(summary, name)
    found = found or guessed(rows)
    if not found:
        return None
    outside = _outside(rows, found)
    what = kindred(" ".join(outside), found, name)
    parts = parts_of(rows, found, what)
    for part in parts:
        part.facts.end = part.facts.end or named_end(PurePath(name).stem)
    results = [_read_part(rows, part, what, name) for part in parts]
    accounts = tuple(a for accounts, _, _ in results for a in accounts)
    verdicts = [v for _, verdicts, _ in results for v in verdicts]
    findings = [f for _, _, findings in results for f in findings]
    if not verdicts:
        return None
    weakest = max(verdicts, key=lambda v: _ORDER.index(v.outcome))
    text = tuple(line for part in parts for line in part.facts.text)
    return Tables(what.kind, what.bank, accounts, weakest, tuple(findings), text)


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


def _read_part(rows: Rows, part: Part, what: Kindred, name: str) -> tuple[list[Account], list[Verdict], list[Finding]]:
    body = [rows.cells[i] for i in part.rows]
    for k, i in enumerate(part.rows):
        if i in part.joined or i in part.carried:
            body[k] = joined(rows, part, i)
    day, seen = days_of(body, part)
    codes = currencies_of(body, part, what)
    money, places = money_of(body, part, codes)
    text = texts_of(body, part, money, seen)
    words = [
        " ".join(parts)
        for parts in zip(
            *(text.get(m) or [""] * len(body) for m in ("type", "counterparty", "description", "status")), strict=True
        )
    ]
    table = Table(
        money,
        text.get("direction"),
        words,
        text.get("method") or [""] * len(body),
        what.kind,
        np.array(part.section, np.int8),
        listed(body, part.titles, " ".join([PurePath(name).stem, *part.facts.text[:_HEADING]])),
    )
    return judged(rows, part, what, name, table, groups_of(body, part, codes), day, seen, text, places)


def judged(
    rows: Rows,
    part: Part,
    what: Kindred,
    name: str,
    table: Table,
    groups: Mapping[tuple[str, str], npt.NDArray[np.intp]],
    day: npt.NDArray[np.datetime64],
    seen: Dates,
    text: Mapping[str, list[str]],
    places: int,
) -> tuple[list[Account], list[Verdict], list[Finding]]:
    """Accounts, verdicts and findings of a part's columns; *groups* holds line numbers by account and currency."""
    money = table.money
    findings: list[Finding] = []
    best, balance, chains = _choose(proposals(table), money["balance"], groups, day)
    accounts, verdicts = [], []
    for (number, code), at in groups.items():
        account, verdict, more = _account(
            rows,
            part,
            what,
            name,
            best,
            balance,
            chains[number, code],
            at,
            day,
            text,
            number,
            code,
            places,
            len(groups),
        )
        settled = chains[number, code].links - len(chains[number, code].broken) >= _SETTLED
        verdict, doubts = _doubted(verdict, best, seen, part, rows, name, settled=settled, astray=_astray(account))
        accounts.append(replace(account, proven=verdict.outcome == "proven"))
        verdicts.append(verdict)
        findings += more + doubts
    rounded = [i for columns in money.values() for c in columns for i in c.rounded]
    return accounts, verdicts, findings + _noted(best, seen, part, rows, name, rounded)


def _choose(
    ways: Iterable[Proposal],
    balances: Sequence[Amounts],
    groups: Mapping[tuple[str, str], npt.NDArray[np.intp]],
    day: npt.NDArray[np.datetime64],
) -> tuple[Proposal, _Ints, dict[tuple[str, str], Chain]]:
    """The proposal and balance column under which most steps of the running balance close; the first of equals."""
    best: tuple[Proposal, _Ints, dict[tuple[str, str], Chain]] | None = None
    score = (-1.0, 0)
    none = np.full(len(day), NOTHING, np.int64)
    for way in ways:
        amount = np.where(way.amount == NOTHING, 0, way.amount)
        for balance in [c.minor for c in balances] or [none]:
            chains = {key: follow(day[at], amount[at], balance[at]) for key, at in groups.items()}
            links = sum(c.links for c in chains.values())
            closing = links - sum(len(c.broken) for c in chains.values())
            if (closing / links if links else 0.0, links) > score:
                score, best = (closing / links if links else 0.0, links), (replace(way, amount=amount), balance, chains)
            if links and closing == links:
                return replace(way, amount=amount), balance, chains
    assert best is not None  # noqa: S101  a segment has at least one money column
    return best


def _account(
    rows: Rows,
    part: Part,
    what: Kindred,
    name: str,
    way: Proposal,
    balance: _Ints,
    chain: Chain,
    at: npt.NDArray[np.intp],
    day: npt.NDArray[np.datetime64],
    text: Mapping[str, list[str]],
    number: str,
    code: str,
    places: int,
    groups: int,
) -> tuple[Account, Verdict, list[Finding]]:
    order = at[chain.order]
    to = decimals(code) if code else places
    source = np.array(part.rows, np.intp)[order]
    amount, rounded = scaled(way.amount[order], places, to)
    lines = Lines(
        day[order],
        amount,
        scaled(balance[order], places, to)[0],
        np.asarray(rows.page, np.int32)[source],
        np.asarray(rows.line, np.int32)[source],
        _ordered(text, order),
        rows.box[source] if rows.box is not None else None,
    )
    printed = Printed() if groups > 1 or what.kind == "card" else _printed(part, way.amount[at], places)
    verdict, unpinned = _verdict(
        way, chain, printed, at, text.get("status"), exact=rows.exact, wallet=what.kind == "wallet"
    )
    lines = replace(lines, unpinned=tuple(int(k) for k in np.flatnonzero(unpinned[chain.order])))
    findings = []
    if rounded.any():
        findings.append(_rounding(source[rounded].tolist(), rows, name))
    if verdict.at is not None:
        place = part.rows[int(at[verdict.at])]
        findings.append(
            Finding("balance_breaks", "serious", Source(name, rows.page[place], rows.line[place]), verdict.params)
        )
        verdict = replace(verdict, params={**verdict.params, "page": rows.page[place], "line": rows.line[place]})
    if verdict.reason == "chain_closes_after_first":
        first = Source(name, int(lines.page[0]), int(lines.line[0]))
        findings.append(Finding("opening_implied", "info", first))
        lines = replace(lines, unpinned=(0,))
    if verdict.reason == "totals_incomplete":
        findings.append(Finding("totals_incomplete", "look", Source(name)))
    opening = chain.opening if chain.opening is not None else printed.opening
    closing = chain.closing if chain.closing is not None else printed.closing
    start = np.datetime64(part.facts.start) if part.facts.start else None
    end = np.datetime64(part.facts.end) if part.facts.start and part.facts.end else None
    return (
        Account(
            number or part.facts.account,
            part.facts.holder,
            code,
            scaled_one(opening, places, to),
            scaled_one(closing, places, to),
            lines,
            start=start,
            end=end,
            bank=what.bank,
            unnamed_places=places,
        ),
        verdict,
        findings,
    )


def _ordered(text: Mapping[str, list[str]], order: npt.NDArray[np.intp]) -> Mapping[str, list[str]]:
    if isinstance(text, LateTexts):
        return text.ordered(order)
    return {key: [cells[i] for i in order] for key, cells in text.items()}


def _verdict(
    way: Proposal,
    chain: Chain,
    printed: Printed,
    at: npt.NDArray[np.intp],
    status: Sequence[str] | None,
    *,
    exact: bool,
    wallet: bool,
) -> tuple[Verdict, npt.NDArray[np.bool_]]:
    """The verdict on the lines *at*; of a wallet whose totals leave closed orders out, also which lines those are."""
    side, none = None if way.side is None else way.side[at], np.zeros(len(at), bool)
    verdict = prove(way.amount[at], chain, printed, exact=exact, lenient_totals=wallet, side=side)
    if not wallet or verdict.reason != "totals_incomplete" or side is None or status is None:
        return verdict, none
    shut = np.array([bool(closed().search(status[i])) for i in at.tolist()])
    second = prove(
        way.amount[at],
        chain,
        printed,
        exact=exact,
        lenient_totals=wallet,
        side=np.where(shut, UNCOUNTED, side).astype(np.int8),
    )
    return (second, shut) if second.outcome == "proven" else (verdict, none)


def _rounding(at: Sequence[int], rows: Rows, name: str) -> Finding:
    """Says that the lines *at* these rows have more decimals than their currency."""
    return Finding("amount_rounded", "look", Source(name, rows.page[at[0]], rows.line[at[0]]), {"rows": len(at)})


def _printed(part: Part, amount: _Ints, places: int) -> Printed:
    """Printed ends and totals of the one account that the tables show, with the decimals of its lines."""
    unit, counts = 10 ** (FINEST - places), part.facts.counts
    money = {name: divide(value, unit) for name, value in part.facts.money.items()}
    totals = [(divide(came, unit), divide(went, unit)) for came, went in _without_ends(part)]
    total = _total(totals, (int(amount[amount > 0].sum()), int(-amount[amount < 0].sum())))
    if total:
        money["total_in"], money["total_out"] = total
    return Printed(
        money.get("opening"),
        money.get("closing"),
        money.get("total_in"),
        money.get("total_out"),
        money.get("total_neutral"),
        counts.get("count"),
        counts.get("count_in"),
        counts.get("count_out"),
        counts.get("count_neutral"),
    )


def _without_ends(part: Part) -> list[tuple[int, int]]:
    """Printed totals; where both sides of a book add to the same, its opening and closing balance are taken out."""
    opening, closing = part.facts.money.get("opening", 0), part.facts.money.get("closing", 0)
    return [
        (came - opening, went - closing) if came == went and opening <= came and closing <= went else (came, went)
        for came, went in part.totals
    ]


def _total(rows: Sequence[tuple[int, int]], lines: tuple[int, int]) -> tuple[int, int] | None:
    """The total row that speaks of all lines: one of several subtotals that agrees, or their sum, or the only one."""
    together = (sum(came for came, _ in rows), sum(went for _, went in rows))
    if lines in (*rows, together):
        return lines
    return rows[0] if len(rows) == 1 else None


def _astray(account: Account) -> bool:
    """Whether a line or two alone break the order of dates, or leave the printed period: a date was misread."""
    day = account.lines.date
    steps = int((day[1:] < day[:-1]).sum())
    inside = (account.start is None or (day >= account.start - _SLACK).all()) and (
        account.end is None or (day <= account.end + _SLACK).all()
    )
    return 0 < steps <= max(1, len(day) // 50) or not inside


def _noted(way: Proposal, seen: Dates, part: Part, rows: Rows, name: str, rounded: Sequence[int]) -> list[Finding]:
    """Findings on rows that were read with a rule's help, at the first such row."""
    noted = (
        ("sign_assumed", [part.rows[i] for i in way.assumed]),
        ("row_without_amount", part.dropped),
        ("no_such_day", [part.rows[i] for i in seen.clamped]),
        ("amount_rounded", [part.rows[i] for i in rounded]),
    )
    return [
        Finding(code, "look", Source(name, rows.page[at[0]], rows.line[at[0]]), {"rows": len(at)})
        for code, at in noted
        if at
    ]


def _doubted(
    verdict: Verdict, way: Proposal, seen: Dates, part: Part, rows: Rows, name: str, *, settled: bool, astray: bool
) -> tuple[Verdict, list[Finding]]:
    """The verdict weakened by what arithmetic cannot settle: dates, rows that were not read, columns, signs."""
    proven = verdict.outcome == "proven"
    doubts = (
        ("date_out_of_order", proven and astray),
        ("year_unknown", seen.no_year and part.facts.end is None),
        ("day_or_month", seen.undecided),
        ("rows_unread", bool(part.unread)),
        ("columns_guessed", not part.named and not proven),
        ("sign_unknown", not (way.certain or settled or way.assumed)),
    )
    code = next((code for code, holds in doubts if holds), "")
    if not code:
        return verdict, []
    place = (
        Source(name, rows.page[part.unread[0]], rows.line[part.unread[0]]) if code == "rows_unread" else Source(name)
    )
    weaker = _ORDER.index(verdict.outcome) < _ORDER.index("doubtful")
    return Verdict("doubtful", code) if weaker else verdict, [Finding(code, "look", place)]
