"""The journal: every line, opening position and figure found becomes a balanced entry with its source and rule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from recon.classify.categories import categories
from recon.core.facts import Case
from recon.core.money import spread
from recon.core.period import Period, month_of
from recon.core.tables import JOURNAL
from recon.ledger.adjust import accruals, long_term
from recon.ledger.chart import positions, variables
from recon.ledger.control import Figure, Solution
from recon.ledger.known import Known, OwnAccount, live
from recon.ledger.undetermined import undetermined

OPENING = "opening"
CLEARING, CASH, EQUITY, RESULT = "1012.99", "1001", "3001", "3103"
NET_CHANGE_ENTRY = 9998
#: Accounts that are cash and bank in the cash-flow statement.
CASH_GROUPS = ("1001", "1002", "1012")
_OWN = {"bank": "1002", "wallet": "1012", "card": "2241.05", "cash": CASH}
_CARD_PAID, _CARD_DRAWN = 6, 2  # a card's debt is an operating payable: repaying it is line 6, drawing on it line 2
_OWNER_LINE = 15
_INTEREST_LINE, _PRINCIPAL_LINE = 17, 16
_EXPENSES = {"wages": "5602.01", "social_insurance": "5602.01", "taxes": "5403.01"}
_OTHER_EXPENSE = "5602.99"
_UNEXPLAINED_IN, _UNEXPLAINED_OUT = "2241.09", "1221.09"
#: Positions that stand on more accounts than one.
_POSITION_ACCOUNTS = {"loans": ("2001", "2501"), "fixed_assets": ("1601", "1602"), "cash": (CASH, CLEARING)}


@dataclass(slots=True)
class Entries:
    """Postings being collected: one list per column of the journal."""

    rows: list[tuple[object, ...]] = field(default_factory=list)
    count: int = 0

    def add(
        self,
        day: object,
        month: str,
        postings: Iterable[tuple[str, int, int]],
        source: str,
        rule: str,
        basis: str,
    ) -> None:
        """One entry: *postings* are (account, signed minor units, debit +, cash-flow line); zeros are left out."""
        self.count += 1
        name = f"A{self.count:04d}"
        for account, amount, line in postings:
            if amount:
                debit, credit = max(0, amount), max(0, -amount)
                self.rows.append((name, day, month, account, debit, credit, line, source, rule, basis))


def account_code(account: OwnAccount) -> str:
    """The ledger account of an own account: ``1002.<id>``, ``1012.<id>``, card debt ``2241.05.<id>``, or ``1001``."""
    return _code(account.id, account.kind)


def _code(name: str, kind: str) -> str:
    return CASH if kind == "cash" else f"{_OWN[kind]}.{name}"


def is_cash(account: str) -> bool:
    """Whether an account belongs to cash and bank."""
    return account.startswith(CASH_GROUPS)


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
    _unrecorded(book, solution, weights, period)
    _found(book, solution, weights, period, known)
    _accruals(book, case, period, solution)
    _disposals(book, period, known, solution)
    _loans(book, case, period, solution, weights)
    _bank_without_statement(book, period, solution)
    made = JOURNAL.frame(pd.DataFrame(book.rows, columns=[c.name for c in JOURNAL.columns]))
    posted = pd.concat([made, _lines(rows, accounts)], ignore_index=True)
    whole = pd.concat([posted, _net_changes(posted, period, solution)], ignore_index=True)
    return JOURNAL.frame(whole.sort_values(["month", "date"], key=_opening_first, kind="stable", ignore_index=True))


def _opening_first(column: pd.Series) -> pd.Series:
    return column.replace(OPENING, "") if column.name == "month" else column


def _lines(rows: pd.DataFrame, accounts: Sequence[OwnAccount]) -> pd.DataFrame:
    """Two postings a line: the own account against the category's account."""
    if rows.empty:
        return JOURNAL.frame()
    table = categories()
    inward = rows["amount"] >= 0
    own = pd.Series([_code(a, k) for a, k in zip(rows["account"], rows["account_kind"], strict=True)], rows.index)
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


class Weights:
    """What the months of a figure follow: the lines of a variable by month, time, or the last month."""

    def __init__(self, rows: pd.DataFrame, period: Period) -> None:
        self.months = period.months
        control = rows["category"].map({name: c.control for name, c in categories().items()})
        month = rows["date"].dt.strftime("%Y-%m")
        summed = rows["amount"].groupby([control, month]).sum() if len(rows) else pd.Series(dtype="int64")
        self._by: dict[str, list[int]] = {}
        for name, entry in variables().items():
            sign = -1 if entry.cash == "out" else 1
            self._by[name] = [sign * int(summed.get((name, m), 0)) for m in self.months]

    def of(self, driver: str) -> list[int]:
        """Weights by month; where the driver has no lines, every month weighs the same."""
        if driver == "last":
            return [0] * (len(self.months) - 1) + [1]
        if driver == "sales":
            return [a + b for a, b in zip(self._by["received"], self._by["cash_sales"], strict=True)]
        return self._by.get(driver) or [1] * len(self.months)


def _basis(figure: Figure) -> str:
    """The weakest basis that has a share: what a posting of a mixed figure is shown as."""
    order = ("estimated", "stated", "corroborated", "documented")
    return next((b for b in order if figure.shares.get(b)), "estimated")


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
            _put(book, day, [(account, position.sign * amount, 0)], f"opening.{key}", rule, _basis(figure), solution)


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
    if key == "fixed_assets":
        stated = case.opening.accumulated_depreciation
        worn = stated if stated is not None else sum(s.opening_accumulated for s in known.assets)
        return [(account, value + worn), ("1602", -worn)]
    if key == "loans":
        return _by_loan(case, "opening", value, period)
    return [(account, value)]


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
            other, line = (_UNEXPLAINED_IN, 2) if amount > 0 else (_UNEXPLAINED_OUT, 6)
            postings = [(account_code(account), amount, line if account.kind != "card" else 0), (other, -amount, 0)]
            book.add(pd.Timestamp(period.last_day(month)), month, postings, f"gap:{account.id}", "statement_gap",
                     "documented")


def _jumps(rows: pd.DataFrame, gap: int, period: Period) -> list[tuple[str, int]]:
    """Where the printed balances jump, by month; what they do not place stands in the last month."""
    if not gap:
        return []
    printed = rows[rows["balance"].notna()].sort_values(["date", "page", "line"], kind="stable")
    jump = (printed["balance"] - printed["balance"].shift() - printed["amount"]).iloc[1:]
    middle = (printed["date"].shift() + (printed["date"] - printed["date"].shift()) / 2).iloc[1:]
    found = [(month_of(day.date()), int(by)) for day, by in zip(middle, jump, strict=True) if by]
    left = gap - sum(by for _, by in found)
    return found + ([(period.months[-1], left)] if left else [])


def _unrecorded(book: Entries, solution: Solution, weights: Weights, period: Period) -> None:
    """Cash that no line shows, against the account of its category."""
    for name, entry in variables().items():
        figure = solution.figures.get(f"{name}.unrecorded", Figure(None))
        if not entry.cash or not figure.value:
            continue
        category = next(c for c in categories().values() if c.control == name)
        inward = (figure.value > 0) == (entry.cash == "in")
        account, line = (
            (category.account_in, category.cash_in) if inward else (category.account_out, category.cash_out)
        )
        sign = 1 if entry.cash == "in" else -1
        for month, amount in zip(period.months, spread(figure.value, weights.of(entry.spread or "time")), strict=True):
            book.add(pd.Timestamp(period.last_day(month)), month,
                     [(CASH, sign * amount, line), (account, -sign * amount, 0)],
                     f"{name}.unrecorded", f"unrecorded_cash:{entry.spread or 'time'}", _basis(figure))


def _found(book: Entries, solution: Solution, weights: Weights, period: Period, known: Known) -> None:
    """Figures that make an entry of their own, spread over the months by their driver."""
    skip = ("interest_in_instalments", "disposals")
    for name, entry in variables().items():
        figure = solution.figures.get(name, Figure(None))
        if not entry.debit or not figure.value or name in skip:
            continue
        shares = _charged(known, figure.value) if name == "depreciation" else None
        shares = shares or spread(figure.value, weights.of(entry.spread))
        for month, amount in zip(period.months, shares, strict=True):
            book.add(pd.Timestamp(period.last_day(month)), month,
                     [(entry.debit, amount, 0), (entry.credit, -amount, _lost_line(entry.credit))],
                     name, f"spread:{entry.spread}" if figure.equation else figure.source, _basis(figure))


def _lost_line(account: str) -> int:
    """Cash lost leaves the business like another operating payment."""
    return 6 if account == CASH else 0


def _charged(known: Known, total: int) -> list[int] | None:
    """Depreciation by month as the schedules charge it, where they make up the figure."""
    by_month = [sum(month) for month in zip(*(s.months for s in known.assets), strict=True)] if known.assets else []
    return by_month if sum(by_month) == total and by_month else None


def _accruals(book: Entries, case: Case, period: Period, solution: Solution) -> None:
    """Expenses paid ahead and owed: the opening ones fall into the first month, the closing ones leave the last."""
    for kind, key in (("prepaid", "prepaid_expenses"), ("accrued", "accrued_expenses")):
        account = positions()[key].account
        for at in ("opening", "closing"):
            figure = solution.figures.get(f"{at}.{key}", Figure(None))
            if figure.value is None:
                continue
            rows = accruals(case.adjust.accrual, kind, at)
            held = {c: a for c, a in rows.items() if kind == "prepaid" or c not in ("wages", "taxes", "loan_interest")}
            held["other_expense"] = held.get("other_expense", 0) + figure.value - sum(held.values())
            month = period.months[0 if at == "opening" else -1]
            sign = (1 if kind == "prepaid" else -1) * (-1 if at == "opening" else 1)
            for category, amount in held.items():
                book.add(pd.Timestamp(period.last_day(month)), month,
                         [(account, sign * amount, 0), (_expense(category), -sign * amount, 0)],
                         f"{at}.{key}", f"{kind}:{category}", _basis(figure))


def _expense(category: str) -> str:
    """The profit and loss account of an accrual's category."""
    entry = categories().get(category)
    if entry is not None and entry.account_out.startswith("5"):
        return entry.account_out
    return _EXPENSES.get(category, _OTHER_EXPENSE)


def _disposals(book: Entries, period: Period, known: Known, solution: Solution) -> None:
    """Assets sold leave at their carrying amount; the difference from the proceeds is gain or loss."""
    for asset in known.assets:
        if asset.sold_month is None:
            continue
        month = period.months[asset.sold_month]
        book.add(pd.Timestamp(period.last_day(month)), month,
                 [("1606", asset.disposed, 0), ("1602", asset.released, 0),
                  ("1601", -asset.disposed - asset.released, 0)],
                 f"fixed_asset:{asset.name}", "disposal", "stated")
    gain = solution.value("disposal_gain")
    if gain:
        month = next((period.months[s.sold_month] for s in known.assets if s.sold_month is not None), period.months[-1])
        result = ("5301.03", -gain, 0) if gain > 0 else ("5711.04", -gain, 0)
        book.add(pd.Timestamp(period.last_day(month)), month, [("1606", gain, 0), result], "disposal_gain",
                 "disposal_gain", _basis(solution.figures["disposal_gain"]))


def _loans(book: Entries, case: Case, period: Period, solution: Solution, weights: Weights) -> None:
    """Interest inside level instalments, and the part of each loan that falls due after more than a year."""
    interest = solution.figures.get("interest_in_instalments", Figure(None))
    if interest.value:
        months = spread(interest.value, weights.of("loans_repaid"))
        for month, amount in zip(period.months, months, strict=True):
            book.add(pd.Timestamp(period.last_day(month)), month, [
                ("5603.01", amount, 0), ("2001.01", -amount, 0),
                (CLEARING, amount, _PRINCIPAL_LINE), (CLEARING, -amount, _INTEREST_LINE),
            ], "interest_in_instalments", "spread:loans_repaid", _basis(interest))
    moved = sum((loan.closing or 0) - (loan.opening or 0) for loan in case.loan if long_term(loan.due, period))
    if moved:
        month = period.months[-1]
        book.add(pd.Timestamp(period.end), month, [("2001.01", moved, 0), ("2501", -moved, 0)], "loan",
                 "due_after_a_year", "stated")


def _bank_without_statement(book: Entries, period: Period, solution: Solution) -> None:
    """Where no statement covers the bank, its stated closing is moved out of the common pool of cash."""
    before, after = solution.value("opening.bank"), solution.value("closing.bank")
    if before is not None and after is not None and after != before:
        book.add(pd.Timestamp(period.end), period.months[-1], [("1002", after - before, 0), (CASH, before - after, 0)],
                 "closing.bank", "bank_without_statement", "stated")


def _net_changes(rows: pd.DataFrame, period: Period, solution: Solution) -> pd.DataFrame:
    """Accounts whose two ends are known and whose flows are not: their net change, profit in one sum.

    This is the statement of affairs: made only where every closing, the profit and the owner's money are known, so
    that the entry balances by itself.
    """
    needed = [f"closing.{key}" for key in positions()]
    needed += ["net_profit", "introduced", "drawings", "goods_taken_by_owner"]
    if any(solution.value(name) is None for name in needed) or not undetermined(solution).accounts:
        return JOURNAL.frame()
    signed = (rows["debit"] - rows["credit"]).groupby(rows["account"]).sum()
    balances = {str(account): int(amount) for account, amount in signed.items()}
    postings = []
    for key, position in positions().items():
        missing = position.sign * (solution.value(f"closing.{key}") or 0) - position_balance(balances, key)
        postings.append((position.account, missing, 0))
    result = sum(amount for account, amount in balances.items() if account.startswith("5"))
    postings.append((RESULT, -(solution.value("net_profit") or 0) - result, 0))
    postings += [
        (EQUITY, -(solution.value("introduced") or 0) - _owner(rows, EQUITY), 0),
        ("3104.01", (solution.value("drawings") or 0) - _owner(rows, "3104"), 0),
    ]
    if sum(amount for _, amount, _ in postings):
        return JOURNAL.frame()
    book = Entries()
    book.count = NET_CHANGE_ENTRY
    book.add(pd.Timestamp(period.end), period.months[-1], postings, "closing", "net_change", "stated")
    return JOURNAL.frame(pd.DataFrame(book.rows, columns=[c.name for c in JOURNAL.columns]))


def _owner(rows: pd.DataFrame, account: str) -> int:
    """What the period has already posted to the owner's account, debit +, goods taken left out."""
    mine = rows[rows["account"].str.startswith(account) & (rows["month"] != OPENING) & (rows["account"] != "3104.02")]
    return int((mine["debit"] - mine["credit"]).sum())


def position_balance(balances: Mapping[str, int], key: str) -> int:
    """The ledger's balance of a position, debit +, over the accounts that belong to it."""
    codes = _POSITION_ACCOUNTS.get(key, (positions()[key].account,))
    others = {p.account for p in positions().values()} | {_UNEXPLAINED_IN, _UNEXPLAINED_OUT, _OWN["card"]}
    elsewhere = tuple(o for o in others - set(codes) if any(o.startswith(f"{code}.") for code in codes))
    return sum(
        amount for account, amount in balances.items()
        if any(account == code or account.startswith(f"{code}.") for code in codes)
        and not account.startswith(elsewhere)
        and not (key == "bank" and account != "1002")
    )
