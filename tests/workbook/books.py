"""Rebuilt cases for the workbook's tests: lines of evidence drawn at random, with forms that leave things open."""

import datetime as dt
from random import Random

import pandas as pd

from recon.case.form import from_mapping
from recon.checks.run import run
from recon.classify.categories import categories
from recon.classify.effective import effective
from recon.core.facts import Case
from recon.core.period import Period
from recon.core.settings import settings
from recon.core.tables import TRANSACTIONS
from recon.events.accounts import OwnAccount
from recon.ledger.build import build
from recon.ledger.chart import positions
from recon.need.assess import assess
from recon.need.rebuilt import Rebuilt
from recon.statements.book import statements
from recon.statements.forms import forms

START, END = dt.date(2025, 1, 1), dt.date(2025, 4, 30)
ACCOUNTS = (
    OwnAccount("main", "bank", "6222020011112222333", files=("bank.csv",), opening=5_000_00),
    OwnAccount("w=chat", "wallet", files=("wallet.csv",)),
    OwnAccount("visa*", "card", files=("card.csv",), opening=-300_00),
    OwnAccount("book", "cash", files=("cash.csv",)),
)
#: Text that a spreadsheet would take for a formula or a pattern.
NASTY = ("=1+1", "+7", "-cmd|' /C calc'!A0", "@SUM(A1)", "张*三", "a~b?c", 'quote "x"', "普通商行", "Plain & Co <x>")


def rebuilt(case: Case, rows: pd.DataFrame, accounts: tuple[OwnAccount, ...], language: str) -> Rebuilt:
    """Everything after classification, as the pipeline does it."""
    chosen = settings(case.settings)
    ledger, found = build(rows, accounts, case, Period(START, END))
    lines = statements(ledger, forms())
    checks = run(case, ledger, lines, accounts, rows[rows["set_aside"] == ""], chosen)
    need, more = assess(case, ledger, lines, checks, chosen)
    return Rebuilt(
        case, language, chosen, (), accounts, rows, ledger, lines, checks, need, effective(rows), (*found, *more)
    )


def dice(seed: int) -> Random:
    """A source of draws that a seed repeats."""
    return Random(seed)  # noqa: S311 - a test's draw


def drawn(random: Random, *, lines: int, language: str = "en") -> Rebuilt:
    """A case of at most *lines* lines; many end undetermined or contradictory, as real ones do."""
    accounts = tuple(a for a in ACCOUNTS if random.random() < 0.7) if lines else ()
    count = random.randint(0, lines) if accounts else 0
    rows = [line(random, n, accounts) for n in range(count)]
    return table(form(random), rows, accounts, language)


def table(
    case: Case, rows: list[dict[str, object]], accounts: tuple[OwnAccount, ...], language: str = "en"
) -> Rebuilt:
    """A rebuilt case of *rows*."""
    frame = pd.DataFrame(rows, columns=[c.name for c in TRANSACTIONS.columns])
    return rebuilt(case, TRANSACTIONS.frame(frame), accounts, language)


def line(random: Random, number: int, accounts: tuple[OwnAccount, ...]) -> dict[str, object]:
    """One line of any account, category, direction and standing."""
    account = random.choice(accounts)
    aside = random.random() < 0.1
    funded = random.choice(["main", "stranger"]) if account.kind == "wallet" and random.random() < 0.2 else ""
    day = START + dt.timedelta(days=random.randint(0, (END - START).days))
    values: dict[str, object] = {c.name: "" for c in TRANSACTIONS.columns}
    return values | {
        "id": f"S01-P00-L{number:04d}", "account": account.id, "account_kind": account.kind, "date": pd.Timestamp(day),
        "amount": random.randint(-900_000, 900_000), "balance": pd.NA, "currency": "CNY",
        "counterparty": random.choice(NASTY), "description": random.choice(NASTY), "funded_by": funded,
        "proven": random.random() < 0.5, "set_aside": "duplicate" if aside else "",
        "category": "set_aside" if aside else random.choice(list(categories())),
        "reason": "drawn", "confidence": 0.5, "basis": random.choice(["documented", "stated", "corroborated"]),
        "file": "a.csv", "page": 0, "line": number + 1,
    }


def form(random: Random) -> Case:
    """A case form with any part missing."""
    def amount(most: int = 900_000) -> str:
        return f"{random.randint(0, most)}.{random.randint(0, 99):02d}"

    raw: dict[str, object] = {"case": {
        "name": "=case", "trade": random.choice(["retail", "services"]), "from": START, "to": END,
        "unknown": random.choice([[], ["drawings"], ["cash_sales"]]),
    }}
    for end in ("opening", "closing"):
        raw[end] = {key: amount() for key in positions() if key in _STATED and random.random() < 0.6}
    raw["adjust"] = {key: amount(9_000) for key in _ADJUST if random.random() < 0.3}
    if random.random() < 0.5:
        raw["stated"] = {"margin": f"0.{random.randint(1, 60):02d}"}
    if random.random() < 0.7:
        raw["request"] = {"amount": amount(), "term_months": random.randint(1, 24), "annual_rate": "0.0675",
                          "repayment": random.choice(["annuity", "interest_then_principal", "free"])}
    if random.random() < 0.5:
        raw["loan"] = [{"lender": "甲", "kind": "private", "opening": amount(), "closing": amount()},
                       {"lender": "=B", "kind": "bank", "opening": amount(), "closing": amount(),
                        "due": dt.date(2028, 1, 1), "monthly_payment": random.choice([None, "900.00"])}]
        raw["loan"] = [{k: v for k, v in loan.items() if v is not None} for loan in raw["loan"]]
    if random.random() < 0.5:
        raw["fixed_asset"] = [{"name": "oven", "cost": "90000.00", "bought": dt.date(2024, 2, 3), "life_months": 60},
                              {"name": "car", "cost": "70000.07", "bought": dt.date(2023, 1, 3), "life_months": 48,
                               "sold": dt.date(2025, 3, 3), "proceeds": "100.00"}]
        raw["adjust"] |= {"depreciation": random.choice(["straight_line", "700.01"])}
    if random.random() < 0.4:
        raw["adjust"] |= {"accrual": [
            {"category": "rent", "amount": amount(9_000), "kind": "prepaid", "at": "opening"},
            {"category": "utilities", "amount": amount(9_000), "kind": "accrued", "at": "closing"},
        ]}
    return from_mapping(raw)


_STATED = (
    "cash", "inventory", "receivables", "payables", "prepayments", "advances", "wages_payable", "taxes_payable",
    "other_receivables", "fixed_assets", "prepaid_expenses", "accrued_expenses", "bills_payable", "bank",
)
_ADJUST = ("discount_allowed", "bad_debts", "set_off", "goods_taken_by_owner", "stock_lost", "cash_lost")
