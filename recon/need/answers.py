"""Answers of the need beside those of the checks: orders and plans, the largest customer, service of loans."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pandas as pd

from recon.checks.rounding import half_step
from recon.checks.scope import Fact, Scope
from recon.classify.concentration import concentration
from recon.classify.names import COMPANY, PERSON
from recon.core.facts import Case, Order
from recon.core.money import divide
from recon.core.settings import Settings

_MONTHS = 12
_ONE_CUSTOMER = (COMPANY, PERSON)
#: Takings settled by a wallet, a card terminal or a platform come from many customers, not from one.
_SETTLED = ("rule:collect", "rule:wallet_collect", "rule:platform_in")


def need_scope(scope: Scope, case: Case, settings: Settings, transactions: pd.DataFrame | None = None) -> Scope:
    """*scope* with the answers that only the need asks for; *transactions* are those of the case, classified."""
    more = {
        "customers.largest_share": Fact(largest_share(transactions, case), "number"),
        "loans.assumed_payment": Fact(_assumed_payment(case, settings), "money"),
        "household.rounding": Fact(Fraction(half_step(case.stated.household or 0)), "money"),
        **_orders(case.order),
    }
    return replace(scope, answers={**scope.answers, **more})


def largest_share(transactions: pd.DataFrame | None, case: Case) -> Fraction | None:
    """The largest customer's share of all takings, 0 to 1; without lines, of the receivables that the form lists.

    Only names that are a firm's or a person's count. None where no customer is named.
    """
    if transactions is not None and len(transactions):
        total = concentration(transactions).total
        table = concentration(transactions[~transactions["reason"].str.startswith(_SETTLED)]).table
        named = table[table["who"].isin(_ONE_CUSTOMER) & (table["amount"] > 0)]
        if named.empty or total <= 0:
            return None
        return Fraction(min(int(named["amount"].max()), total), total)
    owed: dict[str, int] = {}
    for each in case.receivable:
        if each.name:
            owed[each.name] = owed.get(each.name, 0) + each.amount
    total = sum(each.amount for each in case.receivable)
    return Fraction(max(owed.values()), total) if owed and total > 0 else None


def _assumed_payment(case: Case, settings: Settings) -> Fraction | None:
    """A month's interest on the loans still owed, where neither flows nor the form say what they take."""
    owed = [(loan.closing, loan.annual_rate) for loan in case.loan]
    if any(closing is None for closing, _ in owed):
        return None
    usual = settings.number("assumed_rate")
    cost = sum((Fraction(c or 0) * Fraction(usual if r is None else r) / _MONTHS for c, r in owed), Fraction(0))
    return Fraction(divide(cost.numerator, cost.denominator))


def _orders(orders: tuple[Order, ...]) -> Mapping[str, Fact]:
    """Sums of the orders and plans, and the most cash that they have out at one time."""
    sums = {
        "cost": sum(o.cost for o in orders), "paid": sum(o.paid or 0 for o in orders),
        "deposits": sum(o.deposit or 0 for o in orders), "credit": sum(o.credit or 0 for o in orders),
        "peak": peak(orders),
    }
    return {f"orders.{name}": Fact(Fraction(value) if orders else None, "money") for name, value in sums.items()}


def outlay(order: Order) -> int:
    """Own cash that one order still takes: cost, less what is laid out, deposit and suppliers' credit; minor units."""
    return max(0, order.cost - (order.paid or 0) - (order.deposit or 0) - (order.credit or 0))


def span(order: Order) -> int | None:
    """Days from the first cash out until the customer has paid (or the goods are delivered); None without dates."""
    end = order.payment or order.due
    return max(0, (end - order.start).days) if order.start and end else None


def peak(orders: tuple[Order, ...]) -> int:
    """The most cash that *orders* have out at one time: each from its start until it is paid, for good without dates.

    Money that comes back on a day pays nothing that goes out on the same day.
    """
    dated: list[tuple[dt.date, int, int]] = []
    for order in orders:
        start, end = order.start or dt.date.min, order.payment or order.due or dt.date.max
        dated += [(start, 0, outlay(order)), (max(start, end), 1, -outlay(order))]
    most = out = 0
    for _, _, amount in sorted(dated):
        out += amount
        most = max(most, out)
    return most
