"""The true figures of a lived period: totals, equity, effective revenue, the need and the loan that is asked for."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from recon.core.money import divide
from recon.simulate.answers import answers
from recon.simulate.books import Books, books, by_category, total
from recon.simulate.journal import Event
from recon.simulate.life.finance import Finance
from recon.simulate.need import Averages, Need, regulator
from recon.simulate.verdict import Room, Verdict, clearance, drawn, judge
from recon.simulate.world import HUNDRED, World

LOANS = "2001"


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything known about a simulated period, amounts in minor units; *year* holds what a year of it would be."""

    world: World
    finance: Finance
    books: Books
    events: tuple[Event, ...]
    sums: dict[str, int]
    figures: dict[str, int]
    year: dict[str, int]
    need: Need
    own_funds: int
    limit: int
    asked: int
    room: Room
    character: str

    @property
    def clearance(self) -> Fraction:
        """How far the verdict is from being another one, from 0 to 1."""
        return clearance(self.room, self.asked, self.character, self.need.gross, self.year["total_sales"] // 12)

    @property
    def answers(self) -> dict[str, Any]:
        """How the owner answered, and the truth of each answer."""
        return answers(self).as_json()

    @property
    def verdict(self) -> Verdict:
        """What truly follows for the request."""
        return judge(self.room, self.asked, self.character)

    def position(self, account: str) -> tuple[int, int]:
        """An account's opening and closing balance, liabilities and contra accounts positive."""
        sign = -1 if account[0] == "2" or account == "1602" else 1
        return sign * total(self.books.opening, account), sign * total(self.books.closing, account)


def measure(world: World, finance: Finance) -> Truth:
    """The truth of *world*'s period."""
    kept = books(world.events, world.first, world.last)
    events = tuple(e for e in world.events if _touches(e, world.first, world.last))
    sums = by_category(world.events, world.first, world.last)
    figures = _figures(kept, sums)
    figures["effective_revenue"] = _effective(world)
    held = Averages(*(_pair(kept, account) for account in ("1405", "1122", "1123", "2202", "2203")))
    asking = world.profile.asking
    year = {name: divide(figures[name] * 12, len(kept.income_statement[0].months))
            for name in ("total_sales", "cost_of_goods_sold", "net_profit")}
    need = regulator(year["total_sales"], year["cost_of_goods_sold"], year["net_profit"], asking.growth, held)
    thousand = world.about(1000)
    own = need.gross * asking.own_funds_percent // (HUNDRED * thousand) * thousand
    limit = need.gross - own + total(kept.closing, LOANS)
    wished = max(limit, 0) * asking.percent_of_need // (HUNDRED * 10 * thousand) * 10 * thousand
    asked = max(asking.least * world.unit, wished)
    room = Room.of(world, finance, kept, limit)
    grade, asked = ("good", asked) if world.profile.request == "usual" else drawn(world, room, asked)
    return Truth(world, finance, kept, events, sums, figures, year, need, own, limit, asked, room, grade)


def _touches(event: Event, first: dt.date, last: dt.date) -> bool:
    days = [p.date for p in event.postings] + [r.when.date() for r in event.rows]
    return any(first <= day <= last for day in days)


def _pair(kept: Books, account: str) -> tuple[int, int]:
    return abs(total(kept.opening, account)), abs(total(kept.closing, account))


def _figures(kept: Books, sums: dict[str, int]) -> dict[str, int]:
    """Totals of the period by the contract's names."""
    sheet, income, cash = kept.balance_sheet, kept.income_statement, kept.cash_flow
    refunds = -sums.get("sales_refund", 0)
    cash_sales = sums.get("cash_sales", 0)
    credit, at_once = sums.get("credit_purchases", 0), -sums.get("cash_purchases", 0)
    sales, cost = income[0].amount, income[1].amount
    return {
        "total_sales": sales, "credit_sales": sales + refunds - cash_sales, "cash_sales": cash_sales,
        "sales_returns": refunds,
        "purchases": credit + at_once, "credit_purchases": credit, "cash_purchases": at_once,
        "purchase_returns": sums.get("purchase_refund", 0), "cost_of_goods_sold": cost, "gross_profit": sales - cost,
        "depreciation": sums.get("depreciation", 0), "net_profit": income[31].amount,
        "drawings": -sums.get("owner_out", 0),
        "goods_taken_by_owner": sums.get("goods_taken_by_owner", 0), "capital_introduced": sums.get("owner_in", 0),
        "opening_equity": sheet[51].opening, "closing_equity": sheet[51].amount,
        "received_from_customers": sums.get("sales", 0), "paid_to_suppliers": -sums.get("purchases", 0),
        "wages_paid": cash[3].amount, "taxes_paid": cash[4].amount, "taxes": income[2].amount,
        "loan_interest": cash[16].amount, "interest_income": sums.get("interest_income", 0),
        "loans_drawn": cash[13].amount, "loans_repaid": cash[15].amount, "fixed_assets_bought": cash[11].amount,
        "discount_allowed": sums.get("discount_allowed", 0), "bad_debts": sums.get("bad_debts", 0),
    }


def _effective(world: World) -> int:
    """Effective revenue: customers' money in the accounts and cash takings paid in (method §4)."""
    rows = [row for event in world.events for row in event.rows if world.first <= row.when.date() <= world.last]
    return sum(r.amount for r in rows if r.amount > 0 and r.kind != "takings"
               and (r.category == "sales" or r.kind == "bank_cash_in"))
