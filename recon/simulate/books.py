"""The true statements: opening and closing positions, and the three forms by month and for the period."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from recon.core.knowledge import table
from recon.simulate.calendar import add_months, days_in_month
from recon.simulate.journal import Event, balances

LINES = {"balance": 53, "income": 32, "cash": 22}
INFLOW = (1, 2, 8, 9, 10, 14, 15)
RESULT = "5"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a form: its opening (balance sheet only), its figure for the period or at its end, and by month."""

    number: int
    opening: int
    amount: int
    months: dict[str, int]


@dataclass(frozen=True, slots=True)
class Books:
    """The true books of a period, amounts in minor units (debit +)."""

    opening: dict[str, int]
    closing: dict[str, int]
    balance_sheet: tuple[Line, ...]
    income_statement: tuple[Line, ...]
    cash_flow: tuple[Line, ...]


def month_ends(first: dt.date, last: dt.date) -> list[dt.date]:
    """The last day of each month of the period."""
    days, day = [], first
    while day <= last:
        days.append(day.replace(day=days_in_month(day)))
        day = add_months(day.replace(day=1), 1)
    return days


@cache
def _parts(form: str) -> dict[int, tuple[str, tuple[str, ...]]]:
    rows = table("simulate/_lines.tsv", ("form", "line", "kind", "parts"))
    return {int(r["line"]): (r["kind"], tuple(r["parts"].split())) for r in rows if r["form"] == form}


def _fill(form: str, held: dict[str, int]) -> list[int]:
    """Every line of *form* from account balances; a line that the business has not is zero."""
    found = [0] * (LINES[form] + 1)
    for number, (kind, parts) in sorted(_parts(form).items()):
        for part in parts:
            sign, name = (-1, part[1:]) if part[0] == "-" else (1, part)
            found[number] += sign * (found[int(name)] if kind == "lines" else total(held, name))
    return found


def total(held: dict[str, int], account: str) -> int:
    """Balance of an account with its details (debit +)."""
    return sum(amount for name, amount in held.items() if name == account or name.startswith((account + ".",)))


def _closed(held: dict[str, int]) -> dict[str, int]:
    """The position with all that was earned and drawn before joined to the owner's capital."""
    kept = {name: amount for name, amount in held.items() if not name.startswith((RESULT, "3"))}
    kept["3001"] = -sum(kept.values())
    return kept


def books(events: list[Event], first: dt.date, last: dt.date) -> Books:
    """The books of the period from the events of the business's whole life."""
    eve = first - dt.timedelta(days=1)
    opening, before = _closed(balances(events, eve)), balances(events, eve)
    held: dict[str, dict[str, int]] = {}
    for end in month_ends(first, last):
        now = balances(events, end)
        held[f"{end:%Y-%m}"] = {name: now[name] - before.get(name, 0) + opening.get(name, 0) for name in now}
    closing = list(held.values())[-1]
    sheets = {month: _fill("balance", position) for month, position in held.items()}
    begin = _fill("balance", opening)
    balance = tuple(Line(n, begin[n], _fill("balance", closing)[n], {m: s[n] for m, s in sheets.items()})
                    for n in range(1, LINES["balance"] + 1))
    return Books(opening, closing, balance, _income(held), _cash(events, opening, first, last))


def _income(held: dict[str, dict[str, int]]) -> tuple[Line, ...]:
    months: dict[str, list[int]] = {}
    before = [0] * (LINES["income"] + 1)
    for month, position in held.items():
        reached = _fill("income", position)
        months[month] = [now - then for now, then in zip(reached, before, strict=True)]
        before = reached
    return tuple(Line(n, 0, before[n], {m: v[n] for m, v in months.items()}) for n in range(1, LINES["income"] + 1))


def _cash(events: list[Event], opening: dict[str, int], first: dt.date, last: dt.date) -> tuple[Line, ...]:
    """The cash-flow statement by the tags of the postings."""
    flows: dict[str, list[int]] = {f"{end:%Y-%m}": [0] * (LINES["cash"] + 1) for end in month_ends(first, last)}
    for event in events:
        for p in event.postings:
            if p.cash_line and first <= p.date <= last:
                flows[f"{p.date:%Y-%m}"][p.cash_line] += p.amount if p.cash_line in INFLOW else -p.amount
    whole = [sum(column) for column in zip(*flows.values(), strict=True)]
    held = sum(total(opening, account) for account in ("1001", "1002", "1012"))
    _sum_up(whole, held)
    for flow in flows.values():
        held = _sum_up(flow, held)
    return tuple(Line(n, 0, whole[n], {m: f[n] for m, f in flows.items()}) for n in range(1, LINES["cash"] + 1))


def _sum_up(flow: list[int], opening: int) -> int:
    """Fill the totals of one column; returns its closing cash."""
    flow[7] = flow[1] + flow[2] - flow[3] - flow[4] - flow[5] - flow[6]
    flow[13] = flow[8] + flow[9] + flow[10] - flow[11] - flow[12]
    flow[19] = flow[14] + flow[15] - flow[16] - flow[17] - flow[18]
    flow[20] = flow[7] + flow[13] + flow[19]
    flow[21], flow[22] = opening, opening + flow[20]
    return flow[22]


def by_category(events: list[Event], first: dt.date, last: dt.date) -> dict[str, int]:
    """Sum of the amounts of the period's events, by category."""
    found: dict[str, int] = defaultdict(int)
    for event in events:
        if first <= event.date <= last:
            found[event.category] += event.amount
    return dict(found)
