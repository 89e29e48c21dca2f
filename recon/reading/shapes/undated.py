"""Summaries of money by category that print no dates: each line gets the day on which its month or period ends."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

import numpy as np

from recon.core.finding import Finding
from recon.core.source import Source
from recon.reading.numbers import amounts
from recon.reading.result import Account
from recon.reading.tables.columns import HEADER_ROWS, Rows
from recon.reading.tables.days import named_end
from recon.reading.vocabulary import folded, meanings, months, side_row

#: Stands for a period that the file does not name; no statement reaches back so far.
_NO_DAY = "1970-01-01"
_MONEY = frozenset({"amount", "in", "out"})
MONTH_TITLES = frozenset({"month", "月份", "月", "会计期间", "期间", "period"})
_MONTH = re.compile(r"\s*(20\d\d)\s*[-/.年]?\s*(1[0-2]|0?[1-9])\s*月?\s*$")


def with_days(rows: Rows, name: str) -> Rows | None:
    """*rows* with a column of days put in front, where a table names categories and money and no date; else None."""
    head = next((i for i, row in enumerate(rows.cells[:HEADER_ROWS]) if _is_header(row)), None)
    if head is None:
        return None
    titles = rows.cells[head]
    month = next((i for i, title in enumerate(titles) if folded(title) in MONTH_TITLES), None)
    money = [i for i, title in enumerate(titles) if {m.name for m in meanings(title)} & _MONEY]
    whole = str(named_end(PurePath(name).stem) or _NO_DAY)
    cells = [
        ["date" if i == head else _day(row, money, month, whole) if i > head else "", *row]
        for i, row in enumerate(rows.cells)
    ]
    return replace(rows, cells=cells)


def without_days(account: Account) -> Account:
    """*account* with no day where the file named no period."""
    day = account.lines.date
    unknown = day == np.datetime64(_NO_DAY)
    return replace(account, lines=replace(account.lines, date=np.where(unknown, np.datetime64("NaT"), day)))


def undated(name: str, rows: int) -> Finding:
    """Says that the lines of a file stand for a period, not for days."""
    return Finding("summary_without_dates", "look", Source(name), {"rows": rows})


def _is_header(row: Sequence[str]) -> bool:
    names = {m.name for cell in row for m in meanings(cell)[:1]}
    figures = any(ch.isdigit() for cell in row for ch in cell)
    return "category" in names and bool(names & _MONEY) and "date" not in names and not figures


def _day(row: Sequence[str], money: Sequence[int], month: int | None, whole: str) -> str:
    """The last day of the row's month, or of the *whole* period; empty for a row that is no line."""
    words = next((cell for cell in row if cell.strip()), "")
    if side_row(words) or not any(i < len(row) and bool(amounts([row[i]]).present[0]) for i in money):
        return ""
    if month is None or month >= len(row):
        return whole
    return month_end(row[month]) or whole


def month_end(text: str) -> str:
    """The last day of the month that *text* names with its year; nothing where it is no month."""
    found = _MONTH.match(text)
    if found:
        return _last(int(found[1]), int(found[2]))
    number = months().get(folded(re.sub(r"\d|月", "", text)))
    year = re.search(r"20\d\d", text)
    return _last(int(year[0]), number) if number and year else ""


def _last(year: int, month: int) -> str:
    return str(np.datetime64(f"{year + month // 12}-{month % 12 + 1:02d}-01") - np.timedelta64(1, "D"))
