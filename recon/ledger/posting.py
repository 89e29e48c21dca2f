"""The journal: every line, opening position and figure found becomes a balanced entry with its source and rule."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from recon.classify.categories import categories
from recon.core.facts import Case
from recon.core.period import Period
from recon.core.tables import JOURNAL
from recon.ledger.adjust import long_term
from recon.ledger.adjusting import Weights, post
from recon.ledger.affairs import net_changes, position_balance
from recon.ledger.chart import positions
from recon.ledger.control import Figure, Solution
from recon.ledger.entry import (
    CASH,
    CASH_GROUPS,
    CLEARING,
    EQUITY,
    OPENING,
    UNEXPLAINED_IN,
    UNEXPLAINED_OUT,
    Entries,
    account_code,
    basis_of,
    is_cash,
    own_code,
)
from recon.ledger.known import Known, OwnAccount, live

_CARD_PAID, _CARD_DRAWN = 6, 2  # a card's debt is an operating payable: repaying it is line 6, drawing on it line 2
_OWNER_LINE = 15


def journal(
    transactions: pd.DataFrame,
    accounts: Sequence[OwnAccount],
    case: Case,
    period: Period,
    known: Known,
    solution: Solution,
) -> pd.DataFrame:
    """All entries of the period as a frame of ``core.tables.JOURNAL``; what is undetermined is not posted."""
    rows = live(transactions)
    book = Entries()
    weights = Weights(rows, period)
    _opening(book, accounts, case, period, known, solution)
    _gaps(book, rows, accounts, period, known)
    post(book, case, period, known, solution, weights)
    made = JOURNAL.frame(pd.DataFrame(book.rows, columns=[c.name for c in JOURNAL.columns]))
    posted = pd.concat([made, _lines(rows, accounts)], ignore_index=True)
    whole = pd.concat([posted, net_changes(posted, period, solution)], ignore_index=True)
    return JOURNAL.frame(whole.sort_values(["month", "date"], key=_opening_first, kind="stable", ignore_index=True))


def _opening_first(column: pd.Series) -> pd.Series:
    return column.replace(OPENING, "") if column.name == "month" else column


def _lines(rows: pd.DataFrame, accounts: Sequence[OwnAccount]) -> pd.DataFrame:
    """Two postings a line: the own account against the category's account."""
    if rows.empty:
        return JOURNAL.frame()
    table = categories()
    inward = rows["amount"] >= 0
    own = pd.Series([own_code(a, k) for a, k in zip(rows["account"], rows["account_kind"], strict=True)], rows.index)
    contra = rows["category"].map({name: c.account_in for name, c in table.items()}).where(
        inward, rows["category"].map({name: c.account_out for name, c in table.items()}))
    contra = contra.where((contra != CASH) | (rows["account_kind"] != "cash"), CLEARING)
    line = rows["category"].map({name: c.cash_in for name, c in table.items()}).where(
        inward, rows["category"].map({name: c.cash_out for name, c in table.items()}))
    card = rows["account_kind"] == "card"
    card_line = np.where(card & contra.str.startswith(CASH_GROUPS), np.where(inward, _CARD_PAID, _CARD_DRAWN), 0)
    rule = "line:" + rows["category"]
    both = [
        _half(rows, own, rows["amount"], line.where(~card, 0), rule),
        _half(rows, contra, -rows["amount"], pd.Series(card_line, rows.index), rule),
    ]
    outside = rows[rows["funded_by"] != ""]
    if len(outside):
        both += _funding(outside, own[outside.index], {a.id for a in accounts})
    frame = pd.concat(both).sort_index(kind="stable")
    return frame[(frame["debit"] > 0) | (frame["credit"] > 0)].reset_index(drop=True)


def _funding(rows: pd.DataFrame, own: pd.Series, inside: set[str]) -> list[pd.DataFrame]:
    """A wallet payment that another account funded: money enters the wallet from that account, or from the owner."""
    seen = rows["funded_by"].isin(inside)
    contra = pd.Series(np.where(seen, CLEARING, EQUITY), rows.index)
    line = pd.Series(np.where(seen, 0, _OWNER_LINE), rows.index)
    rule = pd.Series(np.where(seen, "funded_by_own_account", "funded_from_outside"), rows.index)
    return [
        _half(rows, own, -rows["amount"], line, rule, "F"),
        _half(rows, contra, rows["amount"], line * 0, rule, "F"),
    ]


def _half(
    rows: pd.DataFrame, account: pd.Series, amount: pd.Series, line: pd.Series, rule: pd.Series, mark: str = ""
) -> pd.DataFrame:
    return pd.DataFrame({
        "entry": mark + rows["id"], "date": rows["date"], "month": rows["date"].dt.strftime("%Y-%m"),
        "account": account, "debit": amount.clip(lower=0), "credit": (-amount).clip(lower=0),
        "cash_line": line.astype("int64"), "source": rows["id"], "rule": rule, "basis": rows["basis"],
    })


def _opening(
    book: Entries, accounts: Sequence[OwnAccount], case: Case, period: Period, known: Known, solution: Solution
) -> None:
    postings = [(account_code(a), known.openings[a.id], 0) for a in accounts if a.id in known.openings]
    rule, day = "opening_position", pd.Timestamp(period.start)
    _put(book, day, postings, "lines", rule, "documented", solution)
    for key, position in positions().items():
        figure = solution.figures.get(f"opening.{key}", Figure(None))
        if figure.value is None:
            continue
        for account, amount in _detailed(key, figure.value, case, known, period):
            _put(book, day, [(account, position.sign * amount, 0)], f"opening.{key}", rule, basis_of(figure), solution)


def _put(
    book: Entries, day: object, postings: list[tuple[str, int, int]], source: str, rule: str, basis: str,
    solution: Solution,
) -> None:
    """An opening balance against the owner's capital; without a known equity the capital is not posted."""
    total = sum(amount for _, amount, _ in postings)
    if solution.value("opening.equity") is None and not total:
        return
    book.add(day, OPENING, [*postings, (EQUITY, -total, 0)], source, rule, basis)


def _detailed(key: str, value: int, case: Case, known: Known, period: Period) -> list[tuple[str, int]]:
    """An opening position on its accounts: fixed assets gross, loans by kind and term."""
    account = positions()[key].account
    if least := held_before(key, value, known):
        return least
    if key == "fixed_assets":
        stated = case.opening.accumulated_depreciation
        worn = stated if stated is not None else sum(s.opening_accumulated for s in known.assets)
        return [(account, value + worn), ("1602", -worn)]
    if key == "loans":
        return _by_loan(case, "opening", value, period)
    return [(account, value)]


def held_before(key: str, value: int, known: Known) -> list[tuple[str, int]]:
    """A position that nobody mentioned on the accounts out of which it came back; none where it is not that *value*."""
    least = [(code, amount) for code, amount in known.least.items() if code.startswith(positions()[key].account)]
    return least if sum(amount for _, amount in least) == value else []


def _by_loan(case: Case, end: str, value: int, period: Period) -> list[tuple[str, int]]:
    """Borrowings by account: private, other, and what falls due after more than a year."""
    shares = {"2001.01": value, "2001.02": 0, "2501": 0}
    for loan in case.loan:
        amount = int(getattr(loan, end) or 0)
        if long_term(loan.due, period):
            shares["2501"] += amount
            shares["2001.01"] -= amount
        elif loan.kind == "private":
            shares["2001.02"] += amount
            shares["2001.01"] -= amount
    return list(shares.items())


def _gaps(book: Entries, rows: pd.DataFrame, accounts: Sequence[OwnAccount], period: Period, known: Known) -> None:
    """Money that moved on an account where no line was handed in: unexplained, in the month where the balance jumps."""
    for account in accounts:
        gap = known.gaps.get(account.id, 0)
        for month, amount in _jumps(rows[rows["account"] == account.id], gap, period):
            other, line = (UNEXPLAINED_IN, 2) if amount > 0 else (UNEXPLAINED_OUT, 6)
            postings = [(account_code(account), amount, line if account.kind != "card" else 0), (other, -amount, 0)]
            book.add(pd.Timestamp(period.last_day(month)), month, postings, f"gap:{account.id}", "statement_gap",
                     "estimated")


def _jumps(rows: pd.DataFrame, gap: int, period: Period) -> list[tuple[str, int]]:
    """Where the printed balances part from the lines, net by month; what they do not place stands in the last month.

    A month's distance is the most frequent one of its lines, the latest of equals: a day printed in another order than
    it happened, or a single wrong amount, then moves nothing to and fro.
    """
    if not gap:
        return []
    moved = rows["amount"].where(rows["funded_by"] == "", 0).cumsum()
    apart = (rows["balance"] - moved)[rows["balance"].notna()]
    by_month = apart.groupby(rows["date"].dt.strftime("%Y-%m"), sort=True).agg(_usual)
    steps = by_month.diff().iloc[1:]
    found = {str(month): int(by) for month, by in steps.items() if month in period.months}
    found[period.months[-1]] = found.get(period.months[-1], 0) + gap - sum(found.values())
    return [(month, by) for month, by in found.items() if by]


def _usual(values: pd.Series) -> int:
    """The most frequent of *values*, the last of equals."""
    counts = values.map(values.value_counts())
    return int(values[counts == counts.max()].iloc[-1])


__all__ = [
    "CASH", "CLEARING", "EQUITY", "OPENING", "Weights", "account_code", "held_before", "is_cash", "journal",
    "position_balance",
]
