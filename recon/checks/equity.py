"""The equity check (权益检验): what the owner should own by now against what the counted position shows (method §8)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from recon.checks.check import Check, Outcome, Reason
from recon.checks.desk import Desk, choice, grade, percent, title, unknown, whole
from recon.checks.roads import found_by
from recon.checks.scope import counted
from recon.core.facts import History
from recon.ledger.chart import positions
from recon.ledger.naming import names

_NEAR = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bridge:
    """Initial equity to expected equity; minor units."""

    initial: int
    profit: int
    introduced: int
    revaluation: int
    withdrawn: int
    depreciation: int

    @property
    def expected(self) -> int:
        """Initial + profit + introduced + revaluation − withdrawn − depreciation (zero where profit is after it)."""
        return self.initial + self.profit + self.introduced + self.revaluation - self.withdrawn - self.depreciation


def equity(desk: Desk) -> Iterator[Check]:
    """``equity``: since ``[history]`` where it is given, else over the period; with history, ``equity_period`` too."""
    if desk.case.history is None:
        yield over_period(desk, "equity")
        return
    yield _since(desk, desk.case.history)
    yield over_period(desk, "equity_period")


def over_period(desk: Desk, name: str) -> Check:
    """The check from the counted opening to the counted closing, by the rebuilt profit."""
    missing = _why_not(desk)
    bridge = _rebuilt(desk, desk.ledger.value("opening.equity"))
    actual = equity_as_counted(desk)
    if missing is not None:
        return unknown(name, "cross", missing)
    if bridge is None or actual is None:
        return unknown(name, "cross", "equity_unknown")
    return _judged(desk, name, bridge, actual, ("opening", "closing", "income_statement.32"))


def _why_not(desk: Desk) -> Reason | None:
    """Why the period's check could not fail, and so proves nothing; None where it can."""
    rolled = rolled_openings(desk)
    if rolled:
        return Reason("equity_opening_not_counted", {"positions": names(rolled)})
    found = found_by(desk.ledger, "cash")
    return Reason("equity_circular", {"figure": names([found])}) if found else None


def rolled_openings(desk: Desk) -> list[str]:
    """Keys of the opening positions that nobody knows, or that only followed from the flows."""
    figures = {key: desk.ledger.figure(f"opening.{key}") for key in positions()}
    return [f"opening.{key}" for key, f in figures.items() if f.value is None or (f.equation and f.value)]


def _rebuilt(desk: Desk, initial: int | None) -> Bridge | None:
    """The period's bridge from the rebuilt books; its profit is after depreciation, which is not taken off again."""
    value = desk.ledger.value
    profit, introduced = value("net_profit"), value("introduced")
    taken = [value(name) for name in ("drawings", "goods_taken_by_owner", "dividends_declared")]
    if initial is None or profit is None or introduced is None or None in taken:
        return None
    return Bridge(initial, profit, introduced, 0, sum(t for t in taken if t is not None), 0)


def equity_as_counted(desk: Desk) -> int | None:
    """Closing net worth with every position as it was counted, also those that gave way to the books."""
    ledger = desk.ledger
    own = ledger.solution.stated.get("closing.equity")
    closing = ledger.value("closing.equity") if own is None else own.value
    if closing is None:
        return None
    gave_way = 0
    for key, position in positions().items():
        stated, used = counted(ledger, f"closing.{key}"), ledger.value(f"closing.{key}")
        if stated is not None and used is not None:
            gave_way += position.sign * ((stated.value or 0) - used)
    return closing + gave_way


def _since(desk: Desk, history: History) -> Check:
    """From the net worth of an earlier day to today's counted one."""
    actual = equity_as_counted(desk)
    bridge = _history_bridge(desk, history)
    if bridge is None or actual is None:
        return unknown("equity", "cross", "equity_history_missing" if bridge is None else "equity_unknown")
    return _judged(desk, "equity", bridge, actual, ("history", "closing"))


def _history_bridge(desk: Desk, history: History) -> Bridge | None:
    """The bridge as the form tells it; where history begins with the period, silence is filled from the books."""
    starts = history.date is not None and abs(history.date - desk.ledger.period.start) <= _NEAR
    books = _rebuilt(desk, history.equity) if starts else None
    if history.equity is None or (history.profit is None and books is None):
        return None
    said = choice(desk.settings, "history_profit", ("before_depreciation", "after_depreciation"))
    before = said == "before_depreciation"
    worn = (history.depreciation or 0) if before and history.profit is not None else 0
    introduced, withdrawn = (books.introduced, books.withdrawn) if books else (0, 0)
    profit = history.profit if history.profit is not None or books is None else books.profit
    return Bridge(
        history.equity, profit or 0, introduced if history.introduced is None else history.introduced,
        history.revaluation or 0, withdrawn if history.withdrawn is None else history.withdrawn, worn,
    )


def _judged(desk: Desk, name: str, bridge: Bridge, actual: int, sources: tuple[str, ...]) -> Check:
    expected, gap = bridge.expected, actual - bridge.expected
    bases = {
        "expected": abs(expected), "profit": abs(bridge.profit), "sales": abs(desk.ledger.value("total_sales") or 0),
        "larger": max(abs(expected), abs(actual)),
    }
    chosen = choice(desk.settings, "equity_denominator", tuple(bases))
    base = bases[chosen]
    least, most = desk.settings.number("equity_pass"), desk.settings.number("equity_explain")
    outcome: Outcome = grade(Fraction(gap, base), least, most) if base else ("pass" if gap == 0 else "fail")
    because = [Reason("equity_bridge", {**_bridge_words(desk, bridge), "actual": desk.text(actual)})]
    shares = {key: percent(Fraction(gap, value)) if value else "—" for key, value in bases.items()}
    because.append(Reason(f"equity_denominator_{chosen}", {}))
    because.append(Reason("equity_deviation", {"difference": desk.text(gap), **shares}))
    if outcome != "pass":
        because.append(Reason("equity_above" if gap > 0 else "equity_below"))
    allowed = whole(Fraction(least) * base)
    return Check(name, "cross", outcome, title(name), expected, actual, allowed, "money", tuple(because), sources)


def _bridge_words(desk: Desk, bridge: Bridge) -> dict[str, object]:
    names = ("initial", "profit", "introduced", "revaluation", "withdrawn", "depreciation", "expected")
    return {name: desk.text(getattr(bridge, name)) for name in names}
