"""A part's columns become accounts: amounts signed and balances chained as they close best, each account proven."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from recon.core.finding import Finding
from recon.core.money import decimals, divide
from recon.core.source import Source
from recon.reading.dates import Dates, asked_until
from recon.reading.numbers import amounts
from recon.reading.proof import UNCOUNTED, Chain, Printed, Verdict, ends_differ, follow, prove
from recon.reading.result import NOTHING, Account, Lines
from recon.reading.scale import FINEST, scaled, scaled_one
from recon.reading.tables.columns import Rows
from recon.reading.tables.kind import Kindred
from recon.reading.tables.late import LateTexts
from recon.reading.tables.parts import Part
from recon.reading.tables.signs import Proposal, Table, proposals
from recon.reading.vocabulary import closed

#: Outcomes of a table, the weakest last.
ORDER = ("proven", "unprovable", "doubtful", "inconsistent")
#: Steps of a chain that must close before it settles the sign of amounts.
_SETTLED = 2
#: One line in so many without a balance is not how a statement prints them.
_FEW = 10
#: Days by which a booking may leave the printed period.
_SLACK = np.timedelta64(10, "D")
_Ints = npt.NDArray[np.int64]
_Places = npt.NDArray[np.intp]
Key = tuple[str, str]
Judged = tuple[list[Account], list[Verdict], list[Finding]]


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of a part as columns, and where they stand.

    Attributes:
        rows, part, what, name: the file's rows, the part of them, what kind of file it is and what it is called.
        table: money columns and the words that sign them.
        groups: line numbers by account number and currency.
        dates: the booking day of each line, and how sure it is.
        text: text columns by name.
        places: decimals of the minor units in *table*.
        other_groups: further ways to tell its accounts apart.
    """

    rows: Rows
    part: Part
    what: Kindred
    name: str
    table: Table
    groups: Mapping[Key, _Places]
    dates: Dates
    text: Mapping[str, list[str]]
    places: int
    other_groups: Callable[[], Iterable[Mapping[Key, _Places]]] = tuple

    def source(self, rows: Sequence[int] = ()) -> Source:
        """The first of *rows* (numbers in the file), or the whole file."""
        return Source(self.name, self.rows.page[rows[0]], self.rows.line[rows[0]]) if rows else Source(self.name)

    def printed_rows(self) -> _Ints:
        """A number for each line that lines of one printed row share."""
        at = np.array(self.part.rows, np.intp)
        return np.asarray(self.rows.page, np.int64)[at] << np.int64(32) | np.asarray(self.rows.line, np.int64)[at]

    def noted(self, code: str, rows: Sequence[int]) -> list[Finding]:
        """A finding on *rows*, at the first of them; nothing where there are none."""
        return [Finding(code, "look", self.source(rows), {"rows": len(rows)})] if rows else []


@dataclass(frozen=True, slots=True)
class _Choice:
    """The proposal taken, the balance column that goes with it, and the chain of each account."""

    way: Proposal
    balance: _Ints
    chains: Mapping[Key, Chain]


def judged(body: Body) -> Judged:
    """Accounts, verdicts and findings of a part's columns."""
    choice = _choose(proposals(body.table), body)
    accounts, verdicts, findings = [], [], []
    for key in body.groups:
        account, verdict, told = _account(body, choice, key)
        verdict, doubts = _doubted(verdict, account, body, choice, key)
        accounts.append(replace(account, proven=verdict.outcome == "proven"))
        verdicts.append(verdict)
        findings += told + doubts
    return accounts, verdicts, findings + _noted(choice.way, body)


def _choose(ways: Iterable[Proposal], body: Body) -> _Choice:
    """The proposal and balance column under which most steps of the running balance close; the first of equals.

    Of two that close as well, the one that meets the printed opening and closing balance is taken.
    """
    best: _Choice | None = None
    score, day = (-1.0, False, 0), body.dates.day
    none = np.full(len(day), NOTHING, np.int64)
    row = body.printed_rows()
    for way in ways:
        amount = np.where(way.amount == NOTHING, 0, way.amount)
        for balance in [c.minor for c in body.table.money["balance"]] or [none]:
            chains = {key: follow(*(_at(column, at) for column in (day, amount, balance, row)))
                      for key, at in body.groups.items()}
            links = sum(c.links for c in chains.values())
            closing = links - sum(len(c.broken) for c in chains.values())
            choice = _Choice(replace(way, amount=amount), balance, chains)
            meets = not any(ends_differ(_at(amount, at), chains[key], _printed(body, _at(amount, at)))
                            for key, at in body.groups.items())
            this = (closing / links if links else 0.0, meets, links)
            if this > score:
                score, best = this, choice
            if links and closing == links and meets:
                return choice
    assert best is not None  # noqa: S101  a segment has at least one money column
    return best


def _at(column: npt.NDArray[Any], lines: _Places) -> npt.NDArray[Any]:
    """*column* at the *lines* of an account: the column itself where they are all, which takes no room again."""
    return column if len(lines) == len(column) else column[lines]


def _account(body: Body, choice: _Choice, key: Key) -> tuple[Account, Verdict, list[Finding]]:
    """One account with its verdict, and findings on what its arithmetic shows."""
    part, chain = body.part, choice.chains[key]
    printed = _printed(body, choice.way.amount[body.groups[key]])
    verdict, unpinned = _verdict(body, choice, key, printed)
    lines, findings = _lines(body, choice, key)
    verdict, told = _shown(verdict, body, key, lines)
    first = tuple(range(chain.first)) if verdict.reason == "chain_closes_after_first" else ()
    lines = replace(lines, unpinned=first or tuple(np.flatnonzero(unpinned[chain.order]).tolist()))
    opening = chain.opening if chain.opening is not None else printed.opening
    closing = chain.closing if chain.closing is not None else printed.closing
    places = decimals(key[1]) if key[1] else body.places
    account = Account(
        key[0] or part.facts.account, part.facts.holder, key[1],
        scaled_one(opening, body.places, places), scaled_one(closing, body.places, places), lines,
        start=np.datetime64(part.facts.start) if part.facts.start else None,
        end=np.datetime64(part.facts.end) if part.facts.start and part.facts.end else None,
        bank=body.what.bank, unnamed_places=body.places,
    )
    return account, verdict, findings + told


def _lines(body: Body, choice: _Choice, key: Key) -> tuple[Lines, list[Finding]]:
    """An account's lines, oldest first, in the minor units of its currency, and a finding where that rounds them."""
    order = body.groups[key][choice.chains[key].order]
    places = decimals(key[1]) if key[1] else body.places
    source = np.array(body.part.rows, np.intp)[order]
    amount, rounded = scaled(choice.way.amount[order], body.places, places)
    lines = Lines(
        body.dates.day[order], amount, scaled(choice.balance[order], body.places, places)[0],
        np.asarray(body.rows.page, np.int32)[source], np.asarray(body.rows.line, np.int32)[source],
        _ordered(body.text, order), body.rows.box[source] if body.rows.box is not None else None,
    )
    return lines, body.noted("amount_rounded", source[rounded].tolist())


def _ordered(text: Mapping[str, list[str]], order: npt.NDArray[np.intp]) -> Mapping[str, list[str]]:
    if isinstance(text, LateTexts):
        return text.ordered(order)
    return {key: [cells[i] for i in order] for key, cells in text.items()}


def _shown(verdict: Verdict, body: Body, key: Key, lines: Lines) -> tuple[Verdict, list[Finding]]:
    """What a person should see of *verdict*: the place where a chain breaks, and what it leaves unconfirmed."""
    findings = []
    if verdict.at is not None:
        place = body.source([body.part.rows[int(body.groups[key][verdict.at])]])
        findings.append(Finding("balance_breaks", "serious", place, verdict.params))
        verdict = replace(verdict, params={**verdict.params, "page": place.page, "line": place.line})
    if verdict.reason == "chain_closes_after_first":
        first = Source(body.name, int(lines.page[0]), int(lines.line[0]))
        findings.append(Finding("opening_implied", "info", first))
    if verdict.reason == "totals_incomplete":
        findings.append(Finding("totals_incomplete", "look", body.source()))
    return verdict, findings


def _verdict(body: Body, choice: _Choice, key: Key, printed: Printed) -> tuple[Verdict, npt.NDArray[np.bool_]]:
    """The verdict on an account, and which lines printed totals leave out.

    Those are closed orders, and lines that are neither income nor spending where no total of such is printed.
    """
    at, status, wallet = body.groups[key], body.text.get("status"), body.what.kind == "wallet"
    side = None if choice.way.side is None else choice.way.side[at]

    def proven(side: npt.NDArray[np.int8] | None) -> Verdict:
        amount, exact = choice.way.amount[at], body.rows.exact
        return prove(amount, choice.chains[key], printed, exact=exact, lenient_totals=wallet, side=side)

    verdict, out = proven(side), np.zeros(len(at), bool)
    if wallet and verdict.reason == "totals_incomplete" and side is not None and status is not None:
        shut = np.array([bool(closed().search(status[i])) for i in at.tolist()])
        second = proven(np.where(shut, UNCOUNTED, side).astype(np.int8))
        verdict, out = (second, shut) if second.outcome == "proven" else (verdict, out)
    if verdict.reason == "totals_close" and side is not None and printed.total_neutral is None:
        out = out | (side == 0)
    return verdict, out


def _printed(body: Body, amount: _Ints) -> Printed:
    """Printed ends and totals where the tables show one account, no card, with the decimals of its lines."""
    if len(body.groups) > 1 or body.what.kind == "card":
        return Printed()
    part = body.part
    unit, lines = 10 ** (FINEST - body.places), (int(amount[amount > 0].sum()), int(-amount[amount < 0].sum()))
    told = part.facts.money | _dated_ends(part, body.dates.day)
    money = {name: divide(value, unit) for name, value in told.items()}
    said = {name: {divide(value, unit if name in money else 1) for value in v} for name, v in part.facts.said.items()}
    own = {"total_in": lines[0], "total_out": lines[1], "count": len(amount),
           "count_in": int((amount > 0).sum()), "count_out": int((amount < 0).sum())}
    money, counts = _of_all(money, said, own), _of_all(part.facts.counts, said, own)
    totals = [(divide(came, unit), divide(went, unit)) for came, went in _without_ends(part)]
    total = _total(totals, lines)
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


def _of_all(told: Mapping[str, int], said: Mapping[str, set[int]], own: Mapping[str, int]) -> dict[str, int]:
    """Totals and counts *told*; of one *said* differently several times, as by month, the value that the lines have."""
    unsure = {name for name in told if len(said.get(name, ())) > 1}
    agreed = {name: own[name] for name in unsure & own.keys() if own[name] in map(abs, said[name])}
    return {name: value for name, value in told.items() if name not in unsure} | agreed


def _dated_ends(part: Part, day: npt.NDArray[np.datetime64]) -> dict[str, int]:
    """Opening and closing balance where balances are printed by day: one before all lines and one after them."""
    if not part.facts.dated or {"opening", "closing"} & part.facts.money.keys() or not len(day):
        return {}
    printed = sorted(enumerate(part.facts.dated), key=lambda each: each[1][0])
    before = [each for each in printed if np.datetime64(each[1][0]) <= day.min()]
    after = [each for each in printed if np.datetime64(each[1][0]) >= day.max() and each not in before[-1:]]
    return {"opening": before[-1][1][1], "closing": after[0][1][1]} if before and after else {}


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


def astray(account: Account) -> bool:
    """Whether a line or two alone break the order of dates, or leave the printed period: a date was misread."""
    day = account.lines.date
    steps = int((day[1:] < day[:-1]).sum())
    inside = (account.start is None or (day >= account.start - _SLACK).all()) and (
        account.end is None or (day <= account.end + _SLACK).all()
    )
    return 0 < steps <= max(1, len(day) // 50) or not inside


def _noted(way: Proposal, body: Body) -> list[Finding]:
    """Findings on rows that were read with a rule's help, at the first such row."""
    lines = body.part.rows
    rounded = [lines[i] for columns in body.table.money.values() for c in columns for i in c.rounded]
    return [
        *body.noted("sign_assumed", [lines[i] for i in way.assumed] if way.side is not None else []),
        *body.noted("row_without_amount", body.part.dropped),
        *body.noted("pending_left_out", body.part.pending),
        *body.noted("no_such_day", [lines[i] for i in body.dates.clamped]),
        *body.noted("amount_rounded", rounded),
        *body.noted("year_of_case", lines if _yearless(body) and asked_until() else []),
    ]


def _yearless(body: Body) -> bool:
    """Whether neither the dates nor anything around them tells a year."""
    return body.dates.no_year and body.part.facts.end is None


def _first_unsigned(verdict: Verdict, body: Body, choice: _Choice, key: Key) -> bool:
    """Whether the first line, that no balance before it confirms, has a sign that no word of the file settles."""
    first = int(body.groups[key][choice.chains[key].order[0]]) if len(body.groups[key]) else -1
    return verdict.reason == "chain_closes_after_first" and first in choice.way.assumed


def _holed(chain: Chain, lines: Lines) -> bool:
    """Whether a few lines print no balance where nearly all do, though they end their day: the page was cut amiss."""
    last = np.append(lines.date[1:] != lines.date[:-1], True)
    blank = lines.balance == NOTHING
    return chain.known * _FEW >= (_FEW - 1) * len(lines) and bool((blank & last).any())


def _moved_unseen(body: Body, account: Account) -> list[int]:
    """Dated rows without an amount outside of all lines whose balance is not the one that the lines begin or end with.

    Between two lines such a row breaks their chain; before and behind them nothing else tells that money moved.
    """
    part, lines = body.part, account.lines
    if len(body.groups) > 1 or not len(lines) or not part.columns.get("balance"):
        return []
    outside = [i for i in part.dropped if not part.rows[0] < i < part.rows[-1]]
    at = part.columns["balance"][0]
    printed = amounts([body.rows.cells[i][at] if at < len(body.rows.cells[i]) else "" for i in outside],
                      comma=bool(part.comma), places=decimals(account.currency))
    ends = [value for k in (0, -1) for value in (lines.balance[k], lines.balance[k] - lines.amount[k])]
    moved = printed.present & ~np.isin(printed.minor, ends)
    return [outside[k] for k in np.flatnonzero(moved).tolist()] if (lines.balance[[0, -1]] != NOTHING).all() else []


def _doubted(
    verdict: Verdict, account: Account, body: Body, choice: _Choice, key: Key
) -> tuple[Verdict, list[Finding]]:
    """The verdict weakened by what arithmetic cannot settle: dates, rows that were not read, columns, signs."""
    part, way, chain = body.part, choice.way, choice.chains[key]
    proven, links = verdict.outcome == "proven", verdict.params.get("links", 0)  # the printed ends among them
    held = verdict.reason == "ends_close" or (proven and int(str(links)) >= _SETTLED)
    settled = held or chain.links - len(chain.broken) >= _SETTLED
    stray = proven and astray(account)
    unread = part.unread or (_moved_unseen(body, account) if proven and part.dropped else [])
    doubts = (
        ("date_out_of_order", stray and not body.rows.dated),
        ("year_unknown", _yearless(body) and asked_until() is None),
        ("day_or_month", body.dates.undecided),
        ("rows_unread", bool(unread)),
        ("ends_disagree", bool(part.disputed)),
        ("balances_unread", proven and not body.rows.exact and _holed(chain, account.lines)),
        ("columns_guessed", not part.named and not (proven and settled)),
        ("sign_unknown", not (way.certain or settled or way.assumed)),
        ("first_sign_unknown", _first_unsigned(verdict, body, choice, key)),
    )
    code = next((code for code, holds in doubts if holds), "")
    if not code:
        return verdict, [Finding("date_out_of_order", "look", body.source())] if stray else []
    place = body.source({"rows_unread": unread, "ends_disagree": part.disputed}.get(code, ()))
    weaker = ORDER.index(verdict.outcome) < ORDER.index("doubtful")
    return Verdict("doubtful", code) if weaker else verdict, [Finding(code, "look", place)]
