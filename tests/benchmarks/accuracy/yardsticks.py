"""What practice does today on the same evidence: credits × margin, the bank-deposits method, what the owner says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

SHARE_OF_TURNOVER = Decimal("0.20")
YEAR, NEAR = 360, 1
TRADE_MARGIN = {
    "restaurant": "0.55", "retail": "0.20", "wholesale": "0.15", "manufacturing": "0.30", "services": "0.60",
    "transport": "0.35", "farming": "0.35", "other": "0.35",
}
ASSETS = ("inventory", "receivables", "prepayments", "other_receivables", "prepaid_expenses", "fixed_assets",
          "bills_receivable", "investments")
DEBTS = ("payables", "advances", "wages_payable", "taxes_payable", "other_payables", "accrued_expenses",
         "bills_payable", "dividends_payable")
Found = dict[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Credit:
    """A line of a bank's or wallet's statement: account, day, signed amount and the other side's name."""

    account: str
    day: date
    amount: Decimal
    party: str


def stated(form: Mapping[str, Any], name: str) -> Decimal | None:
    """An answer of the interview."""
    value = form.get("stated", {}).get(name)
    return None if value is None else Decimal(str(value))


def margin(form: Mapping[str, Any]) -> Decimal:
    """The margin as the owner says it, else one that is usual in the trade."""
    said = stated(form, "margin")
    return Decimal(TRADE_MARGIN[form["case"]["trade"]]) if said is None else said


def net(form: Mapping[str, Any], gross: Decimal, months: int) -> Decimal:
    """Gross profit less wages, rent and utilities as stated."""
    return gross - months * sum((stated(form, name) or Decimal(0)) for name in ("wages", "rent", "utilities"))


def by_sales(form: Mapping[str, Any], sales: Decimal, months: int) -> Found:
    """Revenue, gross and net profit that follow from *sales* and the margin."""
    gross = sales * margin(form)
    return {"revenue": sales, "gross_profit": gross, "net_profit": net(form, gross, months)}


def credits_by_margin(form: Mapping[str, Any], rows: Iterable[Credit], months: int) -> Found:
    """All money in is turnover."""
    return by_sales(form, sum((row.amount for row in rows if row.amount > 0), Decimal(0)), months)


def bank_deposits(form: Mapping[str, Any], rows: Sequence[Credit], months: int) -> Found:
    """Money in, less what comes from own accounts, the household and declared lenders, plus stated cash takings."""
    kept = sum((row.amount for row in _business(form, rows)), Decimal(0))
    return by_sales(form, kept + (stated(form, "cash_sales") or Decimal(0)) * months, months)


def _business(form: Mapping[str, Any], rows: Sequence[Credit]) -> Iterable[Credit]:
    """Credits whose other side is not known to be the owner's and that leave no other own account near that day."""
    owner = form.get("owner", {})
    names = [owner.get("name"), owner.get("spouse"), form["case"].get("name")]
    names += [each["name"] for each in form.get("related", [])] + [each["lender"] for each in form.get("loan", [])]
    known = [name for name in names if name]
    spent: dict[Decimal, list[Credit]] = {}
    for row in rows:
        if row.amount < 0:
            spent.setdefault(-row.amount, []).append(row)
    for row in rows:
        if row.amount <= 0 or any(name in row.party for name in known):
            continue
        other = next((out for out in spent.get(row.amount, ()) if out.account != row.account
                      and abs((out.day - row.day).days) <= NEAR), None)
        if other is None:
            yield row
        else:
            spent[row.amount].remove(other)


def as_stated(form: Mapping[str, Any], months: int) -> Found:
    """Sales, margin and profit as the owner says them."""
    sales, profit = stated(form, "monthly_sales"), stated(form, "monthly_profit")
    turnover = None if sales is None else sales * months
    return {"revenue": turnover, "gross_profit": None if turnover is None else turnover * margin(form),
            "net_profit": None if profit is None else profit * months}


def counted_equity(form: Mapping[str, Any], cash: Decimal) -> Decimal | None:
    """What was counted less what is owed as declared, with *cash* the accounts' closing balances."""
    closing = form.get("closing", {})
    if any(name not in closing for name in ("inventory", "receivables", "payables")):
        return None
    own = sum((Decimal(str(closing.get(name, 0))) for name in ASSETS), Decimal(0))
    debt = sum((Decimal(str(closing.get(name, 0))) for name in DEBTS), Decimal(0))
    loans = sum((Decimal(str(loan.get("closing", 0))) for loan in form.get("loan", [])), Decimal(0))
    return cash + Decimal(str(closing.get("cash", 0))) + own - debt - loans


def need_by_share(form: Mapping[str, Any]) -> Decimal | None:
    """A fifth of a year's stated turnover: the usual rule of thumb for a working-capital limit."""
    sales = stated(form, "monthly_sales")
    return None if sales is None else sales * 12 * SHARE_OF_TURNOVER


def need_as_stated(form: Mapping[str, Any]) -> Decimal | None:
    """The regulator's formula on what the owner says and what was counted; gross of own funds."""
    sales, profit = stated(form, "monthly_sales"), stated(form, "monthly_profit")
    if not sales or profit is None:
        return None
    cost = sales * (1 - margin(form))
    held = {name: _held(form, name) for name in ("inventory", "receivables", "prepayments", "payables", "advances")}
    if None in (held["inventory"], held["receivables"], held["payables"]) or not cost:
        return None
    signs = {"inventory": 1, "receivables": 1, "prepayments": 1, "payables": -1, "advances": -1}
    # balances turn over a month's flow here, so that days are of a month of 30
    days = sum(signs[name] * (value or Decimal(0)) * 30 / (sales if name in ("receivables", "advances") else cost)
               for name, value in held.items())
    growth = stated(form, "expected_growth") or Decimal(0)
    return (sales - profit) * 12 * (1 + growth) * max(days, Decimal(0)) / YEAR


def _held(form: Mapping[str, Any], name: str) -> Decimal | None:
    """The average of what the form says at both ends, or the end that it says."""
    told = [Decimal(str(form[end][name])) for end in ("opening", "closing") if name in form.get(end, {})]
    return sum(told, Decimal(0)) / len(told) if told else None
