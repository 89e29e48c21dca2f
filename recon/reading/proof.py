"""Whether a statement's own arithmetic closes: row chain, opening to closing, printed totals and counts."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from recon.core.settings import shipped
from recon.reading.result import NOTHING, Outcome

#: Side of a line that printed totals leave out.
UNCOUNTED = 2
_Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chain:
    """A running balance followed through the lines.

    Attributes:
        order: line numbers, oldest first, in the order in which the chain closes best.
        links: steps from one printed balance to the next.
        broken: numbers (as in *order*'s values) of the lines at whose printed balance a step does not close.
        opening: minor units before the first line that the first printed balance implies; None without balances.
        closing: minor units after the last line, likewise.
        known: how many lines print a balance.
        head, tail: lines before the first and after the last printed balance.
        first: lines of the printed row that holds the first balance.
    """

    order: npt.NDArray[np.intp]
    links: int
    broken: tuple[int, ...]
    opening: int | None
    closing: int | None
    known: int
    head: int = 0
    tail: int = 0
    first: int = 1


@dataclass(frozen=True, slots=True)
class Printed:
    """What a statement prints about one account beside its lines; None where it prints nothing. Minor units."""

    opening: int | None = None
    closing: int | None = None
    total_in: int | None = None
    total_out: int | None = None
    total_neutral: int | None = None
    count: int | None = None
    count_in: int | None = None
    count_out: int | None = None
    count_neutral: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for one account, the reason's code with its parameters, and the line where a break is first seen."""

    outcome: Outcome
    reason: str
    params: Mapping[str, object] = field(default_factory=dict)
    at: int | None = None


def follow(day: npt.NDArray[np.datetime64], amount: _Ints, balance: _Ints, row: _Ints | None = None) -> Chain:
    """The order of lines in which the running balance closes best: of file, reversed, by date, and within each day.

    *row* tells the printed row of each line: of a row with several lines the last holds the balance behind them all.
    """
    if row is None or not len(row):
        return _follow(day, amount, balance)
    shared = (row[1:] == row[:-1]) & (balance[:-1] == NOTHING)
    if not shared.any():
        return _follow(day, amount, balance)
    starts = np.flatnonzero(np.concatenate([[True], ~shared]))
    stops = np.append(starts[1:], len(row))
    chain = _follow(day[starts], np.add.reduceat(amount, starts), balance[stops - 1])
    order = np.concatenate([np.arange(starts[k], stops[k]) for k in chain.order])
    size = (stops - starts)[chain.order]
    return replace(
        chain, order=order, broken=tuple(int(stops[k] - 1) for k in chain.broken), head=int(size[: chain.head].sum()),
        tail=int(size[len(size) - chain.tail :].sum()), first=int(size[chain.head]) if chain.known else 1,
    )


def _follow(day: npt.NDArray[np.datetime64], amount: _Ints, balance: _Ints) -> Chain:
    n = len(amount)
    forward = np.arange(n)
    backward = forward[::-1]
    rank = day.view(np.int64)
    ordered = bool((rank[1:] >= rank[:-1]).all())
    reversed_ = not ordered and bool((rank[1:] <= rank[:-1]).all())
    tries = [backward, forward] if reversed_ else [forward, backward]
    best = _measure(tries[0], amount, balance)
    if best.links and not best.broken:
        return best
    sorts = [order[np.argsort(rank[order], kind="stable")] for order in tries]
    if not best.links:
        return _measure(sorts[0], amount, balance)
    one_way = (ordered or reversed_) and rank[0] != rank[-1]  # equal amounts close either way, the days tell which
    for order in (*sorts, *(() if one_way else tries[1:])):
        if not best.broken:
            return best
        best = min(best, _measure(order, amount, balance), key=lambda chain: len(chain.broken))
    for order in sorts:
        if best.broken and best.known == n:
            best = min(
                best, _measure(_within_days(order, rank, amount, balance), amount, balance), key=lambda c: len(c.broken)
            )
    return best


def _measure(order: npt.NDArray[np.intp], amount: _Ints, balance: _Ints) -> Chain:
    running = np.cumsum(amount[order])
    printed = balance[order]
    at = np.flatnonzero(printed != NOTHING)
    if not len(at):
        return Chain(order, 0, (), None, None, 0)
    offset = printed[at]
    offset -= running[at]
    breaks = at[1:][offset[1:] != offset[:-1]]
    closing = int(offset[-1] + running[-1])
    head, tail = int(at[0]), len(order) - 1 - int(at[-1])
    return Chain(order, len(at) - 1, tuple(int(order[i]) for i in breaks), int(offset[0]), closing, len(at), head, tail)


def _within_days(order: npt.NDArray[np.intp], rank: _Ints, amount: _Ints, balance: _Ints) -> npt.NDArray[np.intp]:
    """*order* with the lines of each day put in the order in which their balances follow one another."""
    bounds = np.flatnonzero(np.diff(rank[order])) + 1
    result, before = [], None
    for day in np.split(order, bounds):
        walk = _walk([int(i) for i in day], amount, balance, before)
        result.extend(walk)
        before = int(balance[walk[-1]])
    return np.array(result, np.intp)


def _walk(lines: list[int], amount: _Ints, balance: _Ints, before: int | None) -> list[int]:
    """An Eulerian path through balances as nodes and lines as edges, or *lines* as they are where there is none."""
    leaving: dict[int, list[int]] = defaultdict(list)
    degree: dict[int, int] = defaultdict(int)
    for i in reversed(lines):
        leaving[int(balance[i] - amount[i])].append(i)
        degree[int(balance[i] - amount[i])] += 1
        degree[int(balance[i])] -= 1
    starts = [node for node, d in degree.items() if d > 0]
    start = (
        before
        if before in leaving and (not starts or starts == [before])
        else (starts or [int(balance[lines[0]] - amount[lines[0]])])[0]
    )
    stack: list[tuple[int, int | None]] = [(start, None)]
    path: list[int] = []
    while stack:
        node, edge = stack[-1]
        if leaving[node]:
            taken = leaving[node].pop()
            stack.append((int(balance[taken]), taken))
        else:
            stack.pop()
            if edge is not None:
                path.append(edge)
    path.reverse()
    return path if len(path) == len(lines) else lines


def prove(  # noqa: C901, PLR0911 a return for each outcome
    amount: _Ints,
    chain: Chain,
    printed: Printed,
    *,
    exact: bool,
    lenient_totals: bool = False,
    side: npt.NDArray[np.int8] | None = None,
) -> Verdict:
    """The verdict on one account.

    Args:
        amount: minor units of its lines.
        chain: their running balance.
        printed: what stands around them.
        exact: cells were separate in the file, so that a break is the document's and not the reader's.
        side: +1, −1 or 0 (neither) by line, where the file itself says on which side it counts a line; by sign if None.
        lenient_totals: totals that disagree are information only (wallets leave deleted records out).
    """
    n = len(amount)
    if not n:
        return Verdict("unprovable", "no_lines")
    if not amount.any():  # a column of noughts closes under any column of noughts
        return Verdict("unprovable", "nothing_to_prove_with")
    need = shipped().whole("proof_links")
    if chain.broken and chain.known * 100 >= n * shipped().whole("proof_share_least"):
        return _broken(chain, need, exact=exact)
    differ = _totals_differ(amount, printed, np.sign(amount) if side is None else side)
    wrong = ends_differ(amount, chain, printed) or ("" if lenient_totals else differ)
    if wrong:
        return Verdict("inconsistent", wrong)
    opened, closed = printed.opening is not None, printed.closing is not None or (chain.known > 0 and not chain.tail)
    links = chain.links + opened + (printed.closing is not None)
    if _pinned(chain, n, opened=opened, closed=closed) and links >= need:
        totals = printed.total_in is not None and printed.total_out is not None and not differ
        return Verdict("proven", "chain_closes" if opened or totals else "chain_closes_after_first", {"links": links})
    if opened and closed and not chain.broken:
        return Verdict("proven", "ends_close")
    if differ:
        return Verdict("unprovable", "totals_incomplete")
    if printed.total_in is not None and printed.total_out is not None:
        return Verdict("proven", "totals_close")
    if chain.known == n:
        return Verdict("unprovable", "short_chain", {"lines": n})
    if chain.known:
        return Verdict("unprovable", "few_balances", {"known": chain.known, "lines": n})
    return Verdict("unprovable", "nothing_to_prove_with")


def _pinned(chain: Chain, n: int, *, opened: bool, closed: bool) -> bool:
    """Whether an unbroken chain holds the lines: enough print a balance, and those beyond its ends have a printed end.

    Lines between two balances are held by their sum.
    """
    ends = (not chain.head or opened) and closed
    return not chain.broken and ends and chain.known * 100 >= n * shipped().whole("proof_share_least")


def _broken(chain: Chain, need: int, *, exact: bool) -> Verdict:
    closing = chain.links - len(chain.broken)
    sure = closing >= (len(chain.broken) if exact else max(need, len(chain.broken)))
    params = {"breaks": len(chain.broken), "links": chain.links}
    return Verdict(
        "inconsistent" if sure else "doubtful",
        "chain_breaks" if sure else "chain_never_closes",
        params,
        chain.broken[0],
    )


def ends_differ(amount: _Ints, chain: Chain, printed: Printed) -> str:
    """Which printed end the lines contradict, or an empty string."""
    total = int(amount.sum())
    if printed.opening is not None and chain.opening is not None and printed.opening != chain.opening:
        return "opening_differs"
    if printed.closing is not None and chain.closing is not None and printed.closing != chain.closing:
        return "closing_differs"
    if printed.opening is not None and printed.closing is not None and printed.opening + total != printed.closing:
        return "ends_differ"
    return ""


def _totals_differ(amount: _Ints, printed: Printed, side: npt.NDArray[np.int8] | _Ints) -> str:
    """Whether printed totals or counts disagree with the lines; a total of income may include the opening balance."""
    size = np.abs(amount)
    came, went, neither = (int(size[side == which].sum()) for which in (1, -1, 0))
    with_opening = came + (printed.opening or 0)
    if printed.total_in is not None and abs(printed.total_in) not in {came, with_opening}:
        return "totals_differ"
    if printed.total_out is not None and abs(printed.total_out) != went:
        return "totals_differ"
    if printed.total_neutral is not None and printed.total_neutral != neither:
        return "totals_differ"
    counts = (
        (printed.count, len(amount)),
        (printed.count_in, int((side == 1).sum())),
        (printed.count_out, int((side == -1).sum())),
        (printed.count_neutral, int((side == 0).sum())),
    )
    return "counts_differ" if any(said is not None and said != have for said, have in counts) else ""
