"""A cash book kept by hand in a spreadsheet: with a running balance, or only what was paid out."""

from recon.simulate.evidence.frame import Statement
from recon.simulate.evidence.xlsx import Cell, sheet
from recon.simulate.journal import Row

BROUGHT = "上年结转"


def _units(minor: int) -> Cell:
    """An amount as a spreadsheet's number: whole where it is whole."""
    return minor // 100 if minor % 100 == 0 else minor / 100


def _text(row: Row) -> str:
    words = {"withdraw_cash_in": "银行取现", "bank_cash_out": "存银行", "takings": "当日营业款"}
    return words.get(row.kind) or " ".join(w for w in (row.text, row.party) if w)


def paid(statement: Statement) -> bytes:
    """Only what went out of the till, one line each, with no balance."""
    rows = statement.print_in(statement.rows)
    lines: list[list[Cell]] = [[f"{statement.world.name} 现金支出"], ["日期", "摘要", "支出", "备注"]]
    lines += [[f"{r.when:%Y-%m-%d}", r.text, _units(-r.amount), r.party if r.party != r.text else ""] for r in rows]
    return sheet(lines, "现金支出", (14, 24, 10, 16))


def full(statement: Statement) -> bytes:
    """Everything in and out of the cash box, the balance carried down."""
    rows = statement.print_in(statement.rows)
    lines: list[list[Cell]] = [[f"{statement.world.name} 现金日记账"], ["日期", "摘要", "收入", "支出", "余额"]]
    lines.append([f"{statement.period.first:%Y-%m-%d}", BROUGHT, None, None, _units(statement.opening)])
    for row in rows:
        into, out = (_units(row.amount), None) if row.amount > 0 else (None, _units(-row.amount))
        lines.append([f"{row.when:%Y-%m-%d}", _text(row), into, out, _units(row.balance)])
    return sheet(lines, "现金日记账", (14, 28, 12, 12, 12))
