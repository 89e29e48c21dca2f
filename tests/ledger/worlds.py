"""Complete random businesses for property tests: every flow is drawn, every closing follows from it by hand."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from recon.case.form import from_mapping
from recon.core.period import Period
from recon.core.tables import TRANSACTIONS
from recon.ledger.build import Ledger, build
from recon.statements.book import Statements, statements
from recon.statements.forms import forms

POSITIONS = (
    "cash", "bank", "inventory", "receivables", "payables", "prepayments", "advances", "other_receivables",
    "other_payables", "wages_payable", "taxes_payable", "prepaid_expenses", "accrued_expenses", "fixed_assets",
    "bills_receivable", "bills_payable", "investments", "dividends_payable",
)
FLOWS = (
    "received", "cash_sales", "paid", "cash_purchases", "direct_costs", "wages_paid", "social_insurance_paid",
    "taxes_paid", "expense.rent", "expense.utilities", "expense.other_expense", "other_operating_income", "grants",
    "interest_income", "loan_interest_paid", "fixed_assets_bought", "introduced", "drawings", "discount_allowed",
    "discount_received", "bad_debts", "set_off", "sales_returns", "purchase_returns", "goods_taken_by_owner",
    "stock_lost", "cash_lost", "depreciation", "cost_of_goods_sold",
)
CHANGES = ("prepayments", "advances", "bills_receivable", "bills_payable", "prepaid_expenses", "accrued_expenses")
ADJUST = (
    "discount_allowed", "discount_received", "bad_debts", "set_off", "sales_returns", "purchase_returns",
    "goods_taken_by_owner", "stock_lost", "cash_lost", "depreciation",
)


@dataclass(frozen=True)
class World:
    """Openings, flows and closings in minor units, all consistent."""

    opening: dict[str, int]
    flow: dict[str, int]
    closing: dict[str, int]

    @property
    def net_profit(self) -> int:
        """By hand, from the flows and the changes of accruals."""
        f, o, c = self.flow, self.opening, self.closing
        sales = f["credit_sales"] + f["cash_sales"] - f["sales_returns"]
        wages = f["wages_paid"] + f["social_insurance_paid"] + c["wages_payable"] - o["wages_payable"]
        taxes = f["taxes_paid"] + c["taxes_payable"] - o["taxes_payable"]
        expenses = f["expense.rent"] + f["expense.utilities"] + f["expense.other_expense"]
        expenses += c["accrued_expenses"] - o["accrued_expenses"] - c["prepaid_expenses"] + o["prepaid_expenses"]
        income = f["other_operating_income"] + f["grants"] + f["interest_income"] + f["discount_received"]
        losses = f["bad_debts"] + f["discount_allowed"] + f["stock_lost"] + f["cash_lost"] + f["depreciation"]
        return sales - f["cost_of_goods_sold"] + income - wages - taxes - expenses - losses - f["loan_interest_paid"]

    @property
    def equity(self) -> tuple[int, int]:
        """Opening and closing net worth."""
        owed = {"payables", "advances", "other_payables", "wages_payable", "taxes_payable", "accrued_expenses",
                "bills_payable", "dividends_payable"}
        ends = (self.opening, self.closing)
        return tuple(sum(-v if k in owed else v for k, v in end.items()) for end in ends)  # type: ignore[return-value]

    def form(self) -> dict[str, object]:
        """The case form that states every fact; amounts as decimal text."""
        hidden = {"cost_of_goods_sold", "credit_sales", "credit_purchases", *ADJUST}
        known = {k: text(v) for k, v in self.flow.items() if k not in hidden}
        return {
            "case": {"name": "world", "trade": "retail", "from": "2025-01-01", "to": "2025-06-30"},
            "opening": {k: text(v) for k, v in self.opening.items()},
            "closing": {k: text(v) for k, v in self.closing.items()},
            "known": known,
            "adjust": {k: text(self.flow[k]) for k in ADJUST},
        }


def text(minor: int) -> str:
    """Decimal text of minor units."""
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02d}"


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A consistent world: sales, purchases and closings follow from what was drawn."""
    amount = st.integers(0, 10_000_000)
    opening = {k: draw(amount) for k in POSITIONS}
    flow = {k: draw(amount) for k in FLOWS}
    end = {k: draw(amount) for k in CHANGES}
    end |= {k: draw(amount) for k in ("receivables", "payables", "wages_payable", "taxes_payable")}
    moved = {k: end[k] - opening[k] for k in end}
    flow["credit_sales"] = (
        flow["received"] + flow["discount_allowed"] + flow["sales_returns"] + flow["bad_debts"] + flow["set_off"]
        + moved["bills_receivable"] + moved["receivables"] - moved["advances"]
    )
    flow["credit_purchases"] = (
        flow["paid"] + flow["discount_received"] + flow["purchase_returns"] + flow["set_off"] + moved["bills_payable"]
        + moved["payables"] - moved["prepayments"]
    )
    closing = dict(opening) | end
    bought = flow["credit_purchases"] + flow["cash_purchases"] + flow["direct_costs"] - flow["purchase_returns"]
    used = flow["cost_of_goods_sold"] + flow["goods_taken_by_owner"] + flow["stock_lost"]
    closing["inventory"] = opening["inventory"] + bought - used
    closing["fixed_assets"] = opening["fixed_assets"] + flow["fixed_assets_bought"] - flow["depreciation"]
    inward = ("received", "cash_sales", "other_operating_income", "grants", "interest_income", "introduced")
    outward = (
        "paid", "cash_purchases", "direct_costs", "wages_paid", "social_insurance_paid", "taxes_paid", "expense.rent",
        "expense.utilities", "expense.other_expense", "loan_interest_paid", "fixed_assets_bought", "drawings",
        "cash_lost",
    )
    closing["cash"] = opening["cash"] + sum(flow[k] for k in inward) - sum(flow[k] for k in outward)
    return World(opening, flow, closing)


def rebuild(form: dict[str, object]) -> tuple[Ledger, Statements]:
    """Books of a form without any evidence line."""
    case = from_mapping({**form, "case": {**form["case"], "from": dt.date(2025, 1, 1), "to": dt.date(2025, 6, 30)}})
    ledger, _ = build(TRANSACTIONS.frame(), (), case, Period(case.case.from_, case.case.to))
    return ledger, statements(ledger, forms())


#: The category under which each flow of cash stands in a bank's lines, and its sign.
CATEGORIES = {
    "received": ("sales", 1), "cash_sales": ("cash_sales", 1), "other_operating_income": ("other_operating_income", 1),
    "grants": ("grant", 1), "interest_income": ("interest_income", 1), "introduced": ("owner_in", 1),
    "paid": ("purchases", -1), "cash_purchases": ("cash_purchases", -1), "direct_costs": ("direct_costs", -1),
    "wages_paid": ("wages", -1), "social_insurance_paid": ("social_insurance", -1), "taxes_paid": ("taxes", -1),
    "expense.rent": ("rent", -1), "expense.utilities": ("utilities", -1),
    "expense.other_expense": ("other_expense", -1),
    "loan_interest_paid": ("loan_interest", -1), "fixed_assets_bought": ("fixed_asset_bought", -1),
    "drawings": ("owner_out", -1),
}


FIRST, LAST = np.datetime64("2025-01-01"), np.datetime64("2025-06-30")


@dataclass(frozen=True)
class Bank:
    """An own account as the ledger sees it."""

    id: str
    opening: int
    closing: int
    kind: str = "bank"
    files: tuple[str, ...] = ("bank.csv",)
    spans: tuple[tuple[np.datetime64, np.datetime64], ...] = ((FIRST, LAST),)


@dataclass(frozen=True)
class Entry:
    """One line of a bank: day of the period (from 0), signed minor units, category."""

    day: int
    amount: int
    category: str
    account: str = "main"


def ledger_lines(world: World, days: list[int]) -> list[Entry]:
    """Every flow of cash of *world* as one line; *days* are used in turn."""
    cash = [(name, *CATEGORIES[name]) for name in CATEGORIES if world.flow[name]]
    return [Entry(days[i % len(days)], sign * world.flow[name], category)
            for i, (name, category, sign) in enumerate(cash)]


def from_lines(world: World, entries: list[Entry], standard: str = "small_enterprise") -> tuple[Ledger, Statements]:
    """Books of *world* whose cash is evidence: lines of the bank ``main`` (and others), and no cash on hand."""
    form = world.form()
    form["settings"] = {"standard": standard}
    for end in ("opening", "closing"):
        form[end] = {k: v for k, v in form[end].items() if k not in ("cash", "bank")} | {"cash": 0}
    form["known"] = {}
    form["adjust"]["cash_lost"] = 0
    case = from_mapping({**form, "case": {**form["case"], "from": dt.date(2025, 1, 1), "to": dt.date(2025, 6, 30)}})
    names = sorted({"main", *(e.account for e in entries)})
    moved = {a: sum(e.amount for e in entries if e.account == a) for a in names}
    start = {a: world.opening["cash"] if a == "main" else 0 for a in moved}
    accounts = tuple(Bank(a, start[a], start[a] + moved[a]) for a in moved)
    ledger, _ = build(_frame(entries), accounts, case, Period(case.case.from_, case.case.to))
    return ledger, statements(ledger, forms(standard))


def _frame(entries: list[Entry]) -> pd.DataFrame:
    empty = {"object": "", "int64": 0, "float64": 1.0, "bool": True}
    blank = {column.name: empty.get(column.dtype) for column in TRANSACTIONS.columns}
    rows = []
    for number, entry in enumerate(entries, 1):
        day = pd.Timestamp("2025-01-01") + pd.Timedelta(days=entry.day)
        rows.append(blank | {
            "id": f"S01-P00-L{number:04d}", "account": entry.account, "account_kind": "bank", "date": day,
            "amount": entry.amount, "category": entry.category, "basis": "documented", "line": number,
            "balance": pd.NA, "currency": "CNY",
        })
    return TRANSACTIONS.frame(pd.DataFrame(rows, columns=[c.name for c in TRANSACTIONS.columns]))
