"""What no line shows becomes entries: figures found, accruals, disposals and loans, each spread over its months."""

import pandas as pd

from recon.classify.categories import categories
from recon.core.facts import Case
from recon.core.money import spread
from recon.core.period import Period
from recon.ledger.adjust import accruals, long_term
from recon.ledger.chart import positions, variables
from recon.ledger.control import Figure, Solution
from recon.ledger.entry import CASH, CLEARING, Entries, basis_of
from recon.ledger.known import Known

_INTEREST_LINE, _PRINCIPAL_LINE = 17, 16
_EXPENSES = {"wages": "5602.01", "social_insurance": "5602.01", "taxes": "5403.01"}
_OTHER_EXPENSE = "5602.99"


def post(book: Entries, case: Case, period: Period, known: Known, solution: Solution, weights: "Weights") -> None:
    """Add to *book* every entry that a figure without lines makes."""
    _unrecorded(book, solution, weights, period)
    _found(book, solution, weights, period, known)
    _accruals(book, case, period, solution)
    _disposals(book, period, known, solution)
    _loans(book, case, period, solution, weights)
    _bank_without_statement(book, period, solution)


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
                     f"{name}.unrecorded", f"unrecorded_cash:{entry.spread or 'time'}", basis_of(figure))


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
                     name, f"spread:{entry.spread}" if figure.equation else figure.source, basis_of(figure))


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
                         f"{at}.{key}", f"{kind}:{category}", basis_of(figure))


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
                 "disposal_gain", basis_of(solution.figures["disposal_gain"]))


def _loans(book: Entries, case: Case, period: Period, solution: Solution, weights: Weights) -> None:
    """Interest inside level instalments, and the part of each loan that falls due after more than a year."""
    interest = solution.figures.get("interest_in_instalments", Figure(None))
    if interest.value:
        months = spread(interest.value, weights.of("loans_repaid"))
        for month, amount in zip(period.months, months, strict=True):
            book.add(pd.Timestamp(period.last_day(month)), month, [
                ("5603.01", amount, 0), ("2001.01", -amount, 0),
                (CLEARING, amount, _PRINCIPAL_LINE), (CLEARING, -amount, _INTEREST_LINE),
            ], "interest_in_instalments", "spread:loans_repaid", basis_of(interest))
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
