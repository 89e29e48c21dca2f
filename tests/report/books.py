"""Rebuilt cases for the report's tests: from a form alone, or from a form and a bank statement."""

import dataclasses
from pathlib import Path

from recon.case.form import parse
from recon.case.pipeline import rebuild
from recon.checks.run import run
from recon.classify.effective import effective
from recon.core.period import Period
from recon.core.settings import settings
from recon.core.tables import TRANSACTIONS
from recon.ledger.build import build
from recon.need.assess import assess
from recon.need.rebuilt import Rebuilt
from recon.statements.book import statements
from recon.statements.forms import forms

SPOKEN = """
[case]
name = "老街粮油店"
trade = "retail"
from = 2025-01-01
to = 2025-12-31
unknown = ["drawings"]
[request]
amount = "80000.00"
term_months = 12
annual_rate = "0.0735"
repayment = "annuity"
purpose = "备货"
own_funds = "20000.00"
[opening]
cash = "500.00"
bank = "3000.00"
inventory = "12000.00"
receivables = "74000.00"
payables = "30000.00"
prepaid_expenses = "100.00"
[closing]
cash = "700.00"
bank = "4500.00"
inventory = "15000.00"
receivables = "96000.00"
payables = "41000.00"
accrued_expenses = "200.00"
prepaid_expenses = "0.00"
[known]
received_from_customers = "412000.00"
cash_sales = "20000.00"
paid_to_suppliers = "300000.00"
wages = "40000.00"
rent = "12000.00"
[adjust]
discount_allowed = "3500.00"
bad_debts = "2500.00"
"""


def spoken(form: str = SPOKEN, language: str = "zh-CN") -> Rebuilt:
    """A case without evidence."""
    case = parse(form.encode())
    if case.case.from_ is None or case.case.to is None:
        raise AssertionError(form)
    chosen, rows = settings(case.settings), TRANSACTIONS.frame()
    ledger, found = build(rows, (), case, Period(case.case.from_, case.case.to))
    lines = statements(ledger, forms())
    checks = run(case, ledger, lines, (), rows, chosen)
    need, more = assess(case, ledger, lines, checks, chosen)
    return Rebuilt(
        case, language, chosen, (), (), rows, ledger, lines, checks, need, effective(rows), (*found, *more)
    )


def in_language(rebuilt: Rebuilt, language: str) -> Rebuilt:
    """The same case told in another language."""
    return dataclasses.replace(rebuilt, language=language)


STATED = """
[case]
name = "North Gate Tools & <Sons>"
trade = "wholesale"
language = "en"
from = 2025-01-01
to = 2025-03-31
[request]
amount = "30000"
[[account]]
id = "main"
kind = "bank"
number = "6222020011112222333"
file = "statements/main.csv"
[[account]]
id = "second"
kind = "bank"
number = "6222020011112222999"
[opening]
inventory = "9000"
receivables = "5000"
payables = "2500"
[closing]
inventory = "8000"
receivables = "6500"
payables = "3100"
[[receivable]]
name = "Harbour Works {{ seven }}"
amount = "6500"
"""

_LINES = (
    ("2025-01-03", "货款", "江海建筑公司", "12000.00", ""),
    ("2025-01-09", "材料采购 货款", "永兴五金厂", "", "7300.50"),
    ("2025-01-15", "代发工资", "张三", "", "3000.00"),
    ("2025-02-04", "货款", "江海建筑公司", "8800.25", ""),
    ("2025-02-11", "材料采购 货款", "永兴五金厂", "", "4100.00"),
    ("2025-02-20", "", "李某某", "777.77", ""),
    ("2025-03-02", "货款", "滨江商行", "6400.00", ""),
    ("2025-03-12", "房租", "东方物业", "", "2100.00"),
    ("2025-03-21", "结息", "", "1.23", ""),
)


def evidenced(folder: Path) -> Rebuilt:
    """A case with a bank statement of three months and an account that nobody handed in."""
    (folder / "statements").mkdir(parents=True)
    (folder / "case.toml").write_text(STATED, encoding="utf-8")
    balance, rows = 1_000_000, ["交易日期,摘要,对方户名,收入金额,支出金额,账户余额"]
    for day, words, party, money_in, money_out in _LINES:
        balance += round(float(money_in or 0) * 100) - round(float(money_out or 0) * 100)
        rows.append(f"{day},{words},{party},{money_in},{money_out},{balance // 100}.{balance % 100:02d}")
    (folder / "statements" / "main.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return rebuild(folder)
