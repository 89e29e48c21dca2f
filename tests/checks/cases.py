"""Small cases for tests of checks and need: a form in TOML, evidence lines as short tuples, and their books."""

import datetime as dt
from dataclasses import dataclass, replace

import pandas as pd

from recon.case.form import from_mapping, parse
from recon.checks.check import Check
from recon.checks.run import run
from recon.core.facts import Case
from recon.core.period import Period
from recon.core.settings import settings
from recon.core.tables import TRANSACTIONS
from recon.events.accounts import OwnAccount
from recon.ledger.balances import balances
from recon.ledger.build import Ledger, build
from recon.statements.book import Statements, statements
from recon.statements.forms import forms

START, END = dt.date(2025, 1, 1), dt.date(2025, 12, 31)


@dataclass(frozen=True)
class Rebuilt:
    """One rebuilt test case."""

    case: Case
    ledger: Ledger
    statements: Statements
    accounts: tuple[OwnAccount, ...]
    transactions: pd.DataFrame

    @property
    def checks(self) -> dict[str, Check]:
        """Every check by id."""
        chosen = settings(self.case.settings)
        made = run(self.case, self.ledger, self.statements, self.accounts, self.transactions, chosen)
        return {check.id: check for check in made}

    def misposted(self, which, **changes) -> "Rebuilt":
        """The same case after columns of the journal rows that *which* (a mask of the journal) picks were changed."""
        journal = self.ledger.journal.copy()
        assert which(journal).any(), "the slip must touch a posting"
        for column, value in changes.items():
            journal.loc[which(journal), column] = value
        ledger = replace(self.ledger, journal=journal, balances=balances(journal, self.ledger.period.months))
        return replace(self, ledger=ledger, statements=statements(ledger, forms()))


def rebuild(form, rows=(), accounts=()) -> Rebuilt:
    """Books of a form (TOML text, or nested tables) and of lines made by :func:`line`."""
    case = parse(form.encode()) if isinstance(form, str) else from_mapping(form)
    lines = TRANSACTIONS.frame(pd.DataFrame(list(rows), columns=[c.name for c in TRANSACTIONS.columns]))
    ledger, _ = build(lines, accounts, case, Period(case.case.from_, case.case.to))
    return Rebuilt(case, ledger, statements(ledger, forms()), tuple(accounts), lines)


def line(number, account, kind, day, amount, category, **more):
    """A row of TRANSACTIONS: minor units, in +, out −."""
    row = dict.fromkeys((c.name for c in TRANSACTIONS.columns), "")
    row |= {
        "id": f"S01-P01-L{number:04d}", "account": account, "account_kind": kind, "date": pd.Timestamp(day),
        "amount": amount, "balance": pd.NA, "currency": "CNY", "proven": True, "category": category, "confidence": 1.0,
        "basis": "documented", "file": f"{account}.csv", "page": 1, "line": number,
    }
    return row | more
