"""One reader of tables by meaning: rows of cells in, accounts with signed, ordered and proven lines out."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from recon.core.finding import Finding
from recon.core.money import decimals
from recon.core.source import Source
from recon.reading.columns import Rows, Segment, column, segments
from recon.reading.dates import Dates, dates, month_first
from recon.reading.facts import Facts, gather
from recon.reading.guess import guessed
from recon.reading.kind import Kindred, kindred
from recon.reading.numbers import Amounts, amounts, decimal_comma, printed_currency
from recon.reading.proof import UNCOUNTED, Chain, Printed, Verdict, follow, prove
from recon.reading.result import NOTHING, Account, Kind, Lines
from recon.reading.signs import Proposal, Table, heading_sign, proposals
from recon.reading.vocabulary import closed, currency, direction, side_row, whole_side_row

_Ints = npt.NDArray[np.int64]
_ORDER = ("proven", "unprovable", "doubtful", "inconsistent")
#: Steps of a chain that must close before it settles the sign of amounts.
_SETTLED = 2
#: Days by which a booking may leave the printed period.
_SLACK = np.timedelta64(10, "D")
_EMPTY = re.compile(r"[-/\s—]*\Z")


@dataclass(frozen=True, slots=True)
class Tables:
    """What the tables of a file say; *verdict* is the weakest of its accounts'."""

    kind: Kind
    bank: str
    accounts: tuple[Account, ...]
    verdict: Verdict
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Part:
    """Lines of tables with the same columns under the same account, as printed."""

    columns: dict[str, list[int]]
    rest: list[int]
    titles: list[str]
    facts: Facts
    rows: list[int] = field(default_factory=list)
    carried: dict[int, int] = field(default_factory=dict)
    named: bool = True
    totals: list[tuple[int, int]] = field(default_factory=list)
    joined: dict[int, list[int]] = field(default_factory=dict)
    section: list[int] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)


def read_tables(rows: Rows, name: str) -> Tables | None:
    """The accounts that the tables in *rows* show, or None where no table of movements is found."""
    found = segments(rows) or guessed(rows)
    if not found:
        return None
    outside = _outside(rows, found)
    what = kindred(" ".join(outside), found, name)
    parts = _parts(rows, found, what)
    results = [_read_part(rows, part, what, name) for part in parts]
    accounts = tuple(a for accounts, _, _ in results for a in accounts)
    verdicts = [v for _, verdicts, _ in results for v in verdicts]
    findings = [f for _, _, findings in results for f in findings]
    if not verdicts:
        return None
    weakest = max(verdicts, key=lambda v: _ORDER.index(v.outcome))
    return Tables(what.kind, what.bank, accounts, weakest, tuple(findings))


def _outside(rows: Rows, found: Sequence[Segment]) -> list[str]:
    texts = [cell for s in found for i in s.above for cell in rows.cells[i] if cell.strip()]
    return texts + [cell for row in rows.cells[found[-1].stop :] for cell in row if cell.strip()]


def _parts(rows: Rows, found: Sequence[Segment], what: Kindred) -> list[_Part]:
    """Tables of the same columns and the same account put together."""
    parts: list[_Part] = []
    facts = Facts()
    trailing: list[tuple[int, Sequence[str]]] = []
    for segment in found:
        above = gather([*trailing, *((i, rows.cells[i]) for i in segment.above)])
        other = _differs(above.account, facts.account) or _differs(above.currency, facts.currency)
        if other or not parts or parts[-1].columns != segment.columns:
            facts = _merged(Facts(holder=facts.holder, start=facts.start, end=facts.end) if other else facts, above)
            parts.append(_Part(segment.columns, segment.rest, segment.titles, facts, named=segment.named))
        else:
            parts[-1].facts.update(above)
        below = _collect(rows, segment, parts[-1], " ".join(above.text[-3:]), what)
        end = next((k for k, row in enumerate(below) if _opens(gather([row]))), len(below))
        end = len(below) if segment is found[-1] else end
        parts[-1].facts.update(gather(below[:end]))
        trailing = below[end:]
    return parts


def _opens(facts: Facts) -> bool:
    """Whether a row of text speaks of the table that follows: an account, a currency, an opening balance."""
    return bool(facts.account or facts.currency or "opening" in facts.money)


def _differs(new: str, old: str) -> bool:
    return bool(new and old) and new != old


def _merged(old: Facts, new: Facts) -> Facts:
    merged = Facts(account=old.account, holder=old.holder, currency=old.currency, start=old.start, end=old.end)
    merged.update(new)
    return merged


def _collect(rows: Rows, segment: Segment, part: _Part, heading: str, what: Kindred) -> list[tuple[int, Sequence[str]]]:
    """Sort a table's rows into lines, continuations, and text; the text below its last line is returned."""
    body = rows.cells[segment.first : segment.stop]
    dated = np.zeros(len(body), bool)
    for i in segment.columns["date"]:
        dated |= ~np.isnat(dates(column(body, i), dt.date(2000, 12, 31)).day)
    moved = np.zeros(len(body), bool)
    for name in ("amount", "in", "out"):
        for i in segment.columns.get(name, ()):
            moved |= amounts(column(body, i)).present
    sides = _sides(body, segment, dated & moved)
    sign = heading_sign(heading)
    if (dated & moved & (sides == "")).all():
        part.rows += range(segment.first, segment.stop)
        part.section += [sign] * len(body)
        return []
    if what.kind == "card" and segment.columns.get("in"):
        moved |= dated & (sides == "")  # a card's dated row without an amount moves nothing, but it is a row
    return _sorted(body, segment, part, dated, moved, sides, sign)


def _sorted(
    body: Sequence[Sequence[str]],
    segment: Segment,
    part: _Part,
    dated: npt.NDArray[np.bool_],
    moved: npt.NDArray[np.bool_],
    sides: npt.NDArray[np.str_],
    sign: int,
) -> list[tuple[int, Sequence[str]]]:
    """The same row by row, where some are no plain lines: a row is a line, goes on with one, or is text."""
    text: list[tuple[int, Sequence[str]]] = []
    waiting: int | None = None
    last: int | None = None
    for i, row in enumerate(body, segment.first):
        k = i - segment.first
        if sides[k]:
            _side(part, str(sides[k]), row, segment, i)
            text.append((i, row))
        elif moved[k] and (dated[k] or ((waiting, last) != (None, None) and _belongs(row, segment))):
            if not dated[k]:
                _carry(part, i, waiting, last)
            last, waiting = i, None
            part.rows.append(i)
            part.section.append(sign)
        elif dated[k]:
            waiting = i
            part.dropped.append(i)
            if _like_a_line(row, segment):
                part.unread.append(i)
        elif last is not None and _continues(row, segment, i, last, part):
            part.joined.setdefault(last, []).append(i)
        else:
            sign = heading_sign(" ".join(cell for cell in row if cell.strip())) or sign
            text.append((i, row))
            if _like_a_line(row, segment):
                part.unread.append(i)
    end = max((n for n in (last, waiting) if n is not None), default=-1)
    part.facts.update(gather([row for row in text if row[0] < end]))
    return [row for row in text if row[0] > end]


def _like_a_line(row: Sequence[str], segment: Segment) -> bool:
    """Whether a row that was not read has figures in two money columns: a line with a damaged date or amount."""
    cells = [
        row[i] for name in ("amount", "in", "out", "balance") for i in segment.columns.get(name, ()) if i < len(row)
    ]
    return sum(any(ch.isdigit() for ch in cell) for cell in cells) >= _SETTLED


def _carry(part: _Part, number: int, waiting: int | None, last: int | None) -> None:
    """An undated line belongs to the dated row above that has no amount, or shares the date of the line above."""
    if waiting is not None:
        part.joined[number] = [waiting]
        part.dropped.remove(waiting)
        part.unread = [i for i in part.unread if i != waiting]
        part.carried[number] = waiting
    elif last is not None:
        part.carried[number] = part.carried.get(last, last)


def _sides(body: Sequence[Sequence[str]], segment: Segment, whole: npt.NDArray[np.bool_]) -> npt.NDArray[np.str_]:
    """``opening``, ``closing`` or ``total`` by row; for rows marked *whole* only where such words fill a whole cell."""
    texts = [
        i
        for name in ("description", "type", "remark", "counterparty", "category")
        for i in segment.columns.get(name, ())
    ]
    texts += segment.rest
    result = np.full(len(body), "", dtype="<U7")
    for i in texts:
        cells = column(body, i)
        known = {cell: side_row(cell) for cell in set(cells) if cell and len(cell) < 40}
        for k in [k for k, cell in enumerate(cells) if known.get(cell)] if any(known.values()) else ():
            result[k] = known[cells[k]] if not whole[k] or whole_side_row(cells[k]) else result[k]
    for k in np.flatnonzero(~whole).tolist():
        result[k] = result[k] or side_row(next((cell for cell in body[k] if cell.strip()), ""))
    return result


def _side(part: _Part, kind: str, row: Sequence[str], segment: Segment, number: int) -> None:
    """Take over what a row that is no transaction prints in the table's own columns."""

    def printed(name: str) -> int | None:
        for i in segment.columns.get(name, ()):
            cell = row[i] if i < len(row) else ""
            minor = int(amounts([cell], decimal_comma([cell]) or False).minor[0])
            if minor != NOTHING:
                return minor
        return None

    if kind == "total":
        came, went = printed("in"), printed("out")
        if came is not None or went is not None:
            part.totals.append((came or 0, abs(went or 0)))
        return
    value = printed("balance")
    if value is None:
        value = printed("amount") if printed("in") is None else printed("in")
    if value is not None and (kind == "closing" or "opening" not in part.facts.money):
        part.facts.money[kind] = value
        part.facts.place[kind] = number


def _belongs(row: Sequence[str], segment: Segment) -> bool:
    """Whether an undated row with an amount looks like a line: its date is left out and a text column says something."""
    if any(i < len(row) and row[i].strip() for i in segment.columns["date"]):
        return False
    texts = [i for name in ("description", "type", "counterparty", "remark") for i in segment.columns.get(name, ())]
    return any(i < len(row) and row[i].strip() for i in [*texts, *segment.rest]) or not texts


def _continues(row: Sequence[str], segment: Segment, number: int, last: int, part: _Part) -> bool:
    """Whether a row of text alone goes on with the line above: it stands right below, in a text column."""
    texts = {
        i for name in ("description", "type", "counterparty", "remark", "place") for i in segment.columns.get(name, ())
    }
    filled = [i for i, cell in enumerate(row) if cell.strip()]
    reach = last + 1 + len(part.joined.get(last, ()))
    return bool(filled) and number == reach and all(i in texts for i in filled)


def _read_part(rows: Rows, part: _Part, what: Kindred, name: str) -> tuple[list[Account], list[Verdict], list[Finding]]:
    body = [rows.cells[i] for i in part.rows]
    for k, i in enumerate(part.rows):
        if i in part.joined or i in part.carried:
            body[k] = _joined(rows, part, i)
    findings: list[Finding] = []
    day, seen = _days(body, part)
    codes = _currencies(body, part, what)
    places = max([decimals(c) for c in set(codes)] or [2])
    places = max(places, 2)
    money = {m: [_column(body, i, places) for i in part.columns.get(m, ())] for m in ("amount", "in", "out", "balance")}
    text = _texts(body, part, money, seen)
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
    )
    groups = _groups(body, part, codes)
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
        verdict, doubts = _doubts(
            verdict, best, seen, part, rows, name, settled=settled, out_of_order=_astray(account)
        )
        accounts.append(replace(account, proven=verdict.outcome == "proven"))
        verdicts.append(verdict)
        findings += more + doubts
    return accounts, verdicts, findings


def _joined(rows: Rows, part: _Part, i: int) -> list[str]:
    """A line's cells with those of its other rows put in."""
    row = list(rows.cells[i])
    dated = part.columns["date"]
    others = [rows.cells[j] for j in part.joined.get(i, ())]
    if i in part.carried:
        for j in dated:
            row += [""] * (j + 1 - len(row))
            source = rows.cells[part.carried[i]]
            row[j] = row[j] or (source[j] if j < len(source) else "")
    for other in others:
        row += [""] * (len(other) - len(row))
        for j, cell in enumerate(other):
            if cell.strip() and j not in dated:
                row[j] = f"{row[j]} {cell}".strip() if part.joined[i][0] > i else f"{cell} {row[j]}".strip()
    return row


def _days(body: Sequence[Sequence[str]], part: _Part) -> tuple[npt.NDArray[np.datetime64], Dates]:
    """The booking day of each line; where its cell is blank, the next best date column of the row."""
    columns = [column(body, i) for i in part.columns["date"]]
    swap = month_first([cell for cells in columns for cell in cells])
    swap = _customary(part) if swap is None else swap
    first, *others = [dates(cells, part.facts.end, swap) for cells in columns]
    day = first.day.copy()
    for other in others:
        day = np.where(np.isnat(day), other.day, day)
    times = next((d.time for d in (first, *others) if d.time), None)
    return day, replace(first, time=times)


def _customary(part: _Part) -> bool | None:
    """Month before day where amounts are in US dollars, day first with other currencies or a header not in English."""
    code = part.facts.currency or next(
        (c for t in part.titles for w in re.findall(r"[A-Z]{3}\b", t) if (c := currency(w))), ""
    )
    if code:
        return code == "USD"
    return None if " ".join(part.titles).isascii() else False


def _column(body: Sequence[Sequence[str]], index: int, places: int) -> Amounts:
    cells = column(body, index)
    return amounts(cells, decimal_comma(cells[:2000]) or False, places)


def _currencies(body: Sequence[Sequence[str]], part: _Part, what: Kindred) -> list[str]:
    """ISO code of each line: its own column, else what stands with the amounts, in the titles, or around the table."""
    for i in part.columns.get("currency", ()):
        cells = column(body, i)
        known = {cell: currency(cell) for cell in set(cells)}
        if any(known.values()):
            return [known[cell] or part.facts.currency for cell in cells]
    printed: list[str] = []
    for m in ("amount", "in", "out", "balance"):
        for i in part.columns.get(m, ()):
            printed.append(printed_currency(column(body[:200], i)))
            title = part.titles[i] if i < len(part.titles) else ""
            printed += [currency(word) for word in re.findall(r"[A-Z]{3}\b|人民币|美元|港币|欧元|[€£]", title)]
    return [next(filter(None, printed), "") or part.facts.currency or what.currency] * len(body)


_TEXT_COLUMNS = {
    "time": ("time",),
    "counterparty": ("counterparty",),
    "counterparty_account": ("counterparty_account",),
    "type": ("type",),
    "method": ("method",),
    "status": ("status",),
    "order": ("order",),
    "remark": ("remark",),
    "direction": ("direction",),
    "category": ("category",),
}


def _texts(
    body: Sequence[Sequence[str]], part: _Part, money: Mapping[str, Sequence[Amounts]], seen: Dates
) -> dict[str, list[str]]:
    """Text columns by name; the description gathers all columns that say what a line was for."""
    text: dict[str, list[str]] = {}
    for name, sources in _TEXT_COLUMNS.items():
        found = [i for source in sources for i in part.columns.get(source, ())]
        if found:
            text[name] = _glued(body, found if name in {"remark", "category"} else found[:1])
    said = [*part.columns.get("description", ()), *part.columns.get("place", ()), *part.rest]
    text["description"] = (
        _glued(body, said) if said else list(text.get("remark") or text.get("type") or [""] * len(body))
    )
    if "time" not in text and seen.time:
        text["time"] = seen.time
    if "direction" not in text and text.get("type") and _directs(text["type"]) and len(money["amount"]):
        text["direction"] = text["type"]
    tails = {k: t for c in money["amount"][:1] for k, t in c.tail.items() if not re.fullmatch(r"[A-Z]{2,3}", t)}
    if tails:
        status = text.setdefault("status", [""] * len(body))
        text["status"] = [f"{s} {tails[k]}".strip() if k in tails else s for k, s in enumerate(status)]
    return text


def _directs(cells: Sequence[str]) -> bool:
    return sum(direction(cell) not in {None, 0} for cell in cells) * 2 >= len(cells)


def _glued(body: Sequence[Sequence[str]], indexes: Sequence[int]) -> list[str]:
    columns = []
    for i in indexes:
        cells = column(body, i)
        clean = {cell: "" if _EMPTY.match(cell) else re.sub(r"\s+", " ", cell).strip() for cell in set(cells)}
        columns.append([clean[cell] for cell in cells])
    if len(columns) == 1:
        return columns[0]
    return [" ".join(dict.fromkeys(part for part in parts if part)) for parts in zip(*columns, strict=True)]


def _groups(
    body: Sequence[Sequence[str]], part: _Part, codes: Sequence[str]
) -> dict[tuple[str, str], npt.NDArray[np.intp]]:
    """Line numbers by account and currency."""
    numbers = [""] * len(body)
    for i in part.columns.get("account", ())[:1]:
        cells = [cell.strip().strip("'\"=") for cell in column(body, i)]
        if len(set(cells) - {""}) <= max(1, len(cells) // 2):
            numbers = cells
    keys = list(zip(numbers, codes, strict=True))
    distinct = dict.fromkeys(keys)
    if len(distinct) <= 1:
        return dict.fromkeys(distinct or [("", codes[0] if codes else "")], np.arange(len(body)))
    places: dict[tuple[str, str], list[int]] = {key: [] for key in distinct}
    for k, key in enumerate(keys):
        places[key].append(k)
    return {key: np.array(found, np.intp) for key, found in places.items()}


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
    part: _Part,
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
    scale = 10 ** (places - decimals(code)) if code else 10 ** (places - 2)
    source = np.array(part.rows, np.intp)[order]
    lines = Lines(
        day[order],
        _scaled(way.amount[order], scale),
        _scaled(balance[order], scale),
        np.array([rows.page[i] for i in source], np.int32),
        np.array([rows.line[i] for i in source], np.int32),
        {key: [cells[i] for i in order] for key, cells in text.items()},
        rows.box[source] if rows.box is not None else None,
    )
    printed = Printed() if groups > 1 or what.kind == "card" else _printed(part, way.amount[at])
    verdict, unpinned = _verdict(way, chain, printed, at, text.get("status"), exact=rows.exact, wallet=what.kind == "wallet")
    lines = replace(lines, unpinned=tuple(int(k) for k in np.flatnonzero(unpinned[chain.order])))
    findings = []
    if verdict.at is not None:
        place = part.rows[int(at[verdict.at])]
        findings.append(
            Finding("balance_breaks", "serious", Source(name, rows.page[place], rows.line[place]), verdict.params)
        )
        verdict = replace(verdict, params={**verdict.params, "page": rows.page[place], "line": rows.line[place]})
    if verdict.reason == "chain_closes" and printed.opening is None:
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
            _whole_units(opening, scale),
            _whole_units(closing, scale),
            lines,
            start=start,
            end=end,
            bank=what.bank,
        ),
        verdict,
        findings,
    )


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
        way.amount[at], chain, printed, exact=exact, lenient_totals=wallet, side=np.where(shut, UNCOUNTED, side).astype(np.int8)
    )
    return (second, shut) if second.outcome == "proven" else (verdict, none)


def _scaled(minor: _Ints, scale: int) -> _Ints:
    return minor if scale == 1 else np.where(minor == NOTHING, NOTHING, minor // scale)


def _whole_units(minor: int | None, scale: int) -> int | None:
    return None if minor is None else minor // scale


def _printed(part: _Part, amount: _Ints) -> Printed:
    """Printed ends and totals of the one account that the tables show."""
    money, counts = dict(part.facts.money), part.facts.counts
    total = _total(part.totals, (int(amount[amount > 0].sum()), int(-amount[amount < 0].sum())))
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


def _doubts(
    verdict: Verdict, way: Proposal, seen: Dates, part: _Part, rows: Rows, name: str, *, settled: bool, out_of_order: bool
) -> tuple[Verdict, list[Finding]]:
    """What the arithmetic cannot settle: signs, days and months, years, rows left out."""
    findings = []

    def place(i: int) -> Source:
        return Source(name, rows.page[i], rows.line[i])

    if way.assumed:
        findings.append(Finding("sign_assumed", "look", place(part.rows[way.assumed[0]]), {"rows": len(way.assumed)}))
    if part.dropped:
        findings.append(Finding("row_without_amount", "look", place(part.dropped[0]), {"rows": len(part.dropped)}))
    if seen.clamped:
        findings.append(Finding("no_such_day", "look", place(part.rows[seen.clamped[0]]), {"rows": len(seen.clamped)}))
    unsure = ""
    if verdict.outcome == "proven" and out_of_order:
        unsure = "date_out_of_order"
    elif seen.no_year and part.facts.end is None:
        unsure = "year_unknown"
    elif seen.undecided:
        unsure = "day_or_month"
    elif part.unread:
        unsure = "rows_unread"
    elif not part.named and verdict.outcome != "proven":
        unsure = "columns_guessed"
    elif not way.certain and not settled and not way.assumed:
        unsure = "sign_unknown"
    if unsure and _ORDER.index(verdict.outcome) < _ORDER.index("doubtful"):
        verdict = Verdict("doubtful", unsure)
    if unsure:
        findings.append(Finding(unsure, "look", place(part.unread[0]) if unsure == "rows_unread" else Source(name)))
    return verdict, findings
