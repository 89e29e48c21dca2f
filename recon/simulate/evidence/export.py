"""Tables that accounts export: a Chinese bank's workbook, an English one's and its CSV, a card processor's report."""

import csv
import io
from typing import Any

from recon.core.money import to_display, to_text
from recon.simulate.evidence.frame import Statement, english, other_side, remark, summary
from recon.simulate.evidence.xlsx import Cell, sheet
from recon.simulate.journal import Row
from recon.simulate.people import digits


def bank_xlsx(statement: Statement) -> bytes:
    """A Chinese bank's workbook: a preamble, one signed column, the balance, text throughout."""
    rows, account = statement.print_in(statement.rows), statement.account
    lines: list[list[Cell]] = [
        [f"{account.form.bank}账户交易明细"], ["账户名称", account.holder, None, "账号", account.number],
        ["查询区间", f"{statement.period.first} 至 {statement.period.last}", None, "币种", "人民币"], [],
        ["交易时间", "收支", "交易金额", "账户余额", "对方户名", "对方账号", "摘要", "附言"],
    ]
    for row in rows:
        party, number = other_side(row)
        lines.append([f"{row.when:%Y-%m-%d %H:%M:%S}", "收入" if row.amount > 0 else "支出",
                      to_display(row.amount, 2), to_display(row.balance, 2), party, number,
                      summary(row, "company" if account.form.holder == "firm" else "personal"), remark(row)])
    return sheet(lines, "交易明细", (20, 8, 14, 16, 28, 24, 14, 24))


def en_csv(statement: Statement) -> bytes:
    """An English bank's download: newest first, day before month, money out and in apart, a balance a row."""
    rows = statement.print_in(statement.rows[::-1])
    lines = [["Transaction Date", "Transaction Type", "Sort Code", "Account Number", "Transaction Description",
              "Debit Amount", "Credit Amount", "Balance"]]
    places, number = statement.world.places, statement.account.number
    for row in rows:
        code, words = english(row)
        out, into = (to_text(-row.amount, places), "") if row.amount < 0 else ("", to_text(row.amount, places))
        lines.append([f"{row.when:%d/%m/%Y}", code, "'" + number.partition(" ")[0], number.partition(" ")[2] or number,
                      words, out, into, to_text(row.balance, places)])
    return _csv(lines)


def _csv(lines: list[list[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return out.getvalue().encode()


def en_xlsx(statement: Statement) -> bytes:
    """An English bank's workbook: one signed column of numbers and the balance."""
    rows, account, world = statement.print_in(statement.rows), statement.account, statement.world
    lines: list[list[Cell]] = [
        [f"{account.form.bank} transactions"], ["Account", account.number, "Name", account.holder],
        ["Currency", world.profile.currency, "Opening balance", _number(statement, statement.opening)], [],
        ["Date", "Description", "Counterparty", "Amount", "Balance"],
    ]
    lines += [[f"{r.when:%Y-%m-%d}", english(r)[1], r.party, _number(statement, r.amount),
               _number(statement, r.balance)] for r in rows]
    return sheet(lines, "Transactions", (14, 44, 28, 14, 14))


def _number(statement: Statement, minor: int) -> Cell:
    """An amount as a spreadsheet's number: whole where it is whole."""
    unit = statement.world.unit
    return minor // unit if minor % unit == 0 else minor / unit


PROCESSED = {"qr": "Payment", "platform_fee": "Payment fee", "refund_out": "Refund", "withdraw_out": "Payout"}


def processor(statement: Statement) -> bytes:
    """A card processor's report: payments, fees, refunds and payouts, each a row, with a running balance."""
    rows, rng = statement.print_in(statement.rows), statement.rng()
    currency, places = statement.world.profile.currency, statement.world.places
    lines = [["Date", "Time", "Transaction type", "Reference", "Card", "Description", "Currency", "Amount", "Balance"]]
    for row in rows:
        card = "" if row.kind in ("withdraw_out", "platform_fee") else _card(rng.choice(("Visa", "Mastercard")), rng)
        words = f"Payout to bank account {row.funded}" if row.kind == "withdraw_out" else row.text
        lines.append([f"{row.when:%Y-%m-%d}", f"{row.when:%H:%M:%S}", PROCESSED.get(row.kind, "Adjustment"),
                      f"T{digits(rng, 9)}", card, words, currency, to_text(row.amount, places),
                      to_text(row.balance, places)])
    return _csv(lines)


def _card(brand: str, rng: Any) -> str:
    return f"{brand} **** {digits(rng, 4)}"


def en_cash_book(statement: Statement) -> bytes:
    """A cash book kept in a spreadsheet, the balance carried down."""
    rows = statement.print_in(statement.rows)
    lines: list[list[Cell]] = [[f"{statement.world.name} - cash book"],
                               ["Date", "Details", "Cash in", "Cash out", "Balance"],
                               [f"{statement.period.first:%d/%m/%Y}", "Balance brought forward", None, None,
                                _number(statement, statement.opening)]]
    for row in rows:
        amount = _number(statement, abs(row.amount))
        into, out = (amount, None) if row.amount > 0 else (None, amount)
        lines.append([f"{row.when:%d/%m/%Y}", _cash_words(row), into, out, _number(statement, row.balance)])
    return sheet(lines, "Cash book", (14, 34, 12, 12, 12))


def en_cash_paid(statement: Statement) -> bytes:
    """Only what was paid out of the till, with no balance."""
    rows = statement.print_in(statement.rows)
    lines: list[list[Cell]] = [[f"{statement.world.name} - cash payments"], ["Date", "Paid to", "For", "Amount paid"]]
    lines += [[f"{r.when:%d/%m/%Y}", r.party, r.text, _number(statement, -r.amount)] for r in rows]
    return sheet(lines, "Cash paid", (14, 26, 26, 12))


def _cash_words(row: Row) -> str:
    words = {"withdraw_cash_in": "Drawn from bank", "bank_cash_out": "Paid into bank", "takings": "Till takings"}
    return words.get(row.kind) or " - ".join(w for w in (row.party, row.text) if w)
