"""Which rows each own account's evidence shows, and who writes it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from recon.simulate.calendar import add_months
from recon.simulate.evidence import (
    alipay,
    bank_pdf,
    bank_sheet,
    cash_book,
    english,
    export,
    invoice,
    jd,
    on_paper,
    photo,
    structured,
    table_pdf,
    waybill,
    wechat,
)
from recon.simulate.evidence.frame import Period, Statement
from recon.simulate.journal import Row, balances
from recon.simulate.world import Account, World

if TYPE_CHECKING:
    from recon.simulate.faults.catalogue import Faults

WRITERS: dict[str, Callable[[Statement], bytes]] = {
    "bank_pdf": bank_pdf.personal, "company_pdf": bank_pdf.company, "bank_xls": bank_sheet.xls,
    "bank_csv": bank_sheet.csv_newest_first, "wechat": wechat.xlsx, "alipay": alipay.csv,
    "jd": jd.csv,
    "cash_paid": cash_book.paid, "cash_spent": cash_book.paid, "cash_book": cash_book.full,
    "bank_xlsx": export.bank_xlsx, "mt940": structured.mt940, "camt": structured.camt, "ofx": structured.ofx,
    "en_csv": export.en_csv, "en_xlsx": export.en_xlsx, "processor": export.processor,
    "en_cash_book": export.en_cash_book, "en_cash_paid": export.en_cash_paid, "en_cash_spent": export.en_cash_paid,
    **table_pdf.writers(),
}
NAMES = {
    "bank_pdf": "{bank}交易流水_{tail}_{span}.pdf", "company_pdf": "{bank}对账单_{tail}_{span}.pdf",
    "bank_xls": "{bank}交易明细_{tail}_{span}.xls", "bank_csv": "{bank}_{tail}_{span}.csv",
    "wechat": "微信支付账单({span}).xlsx", "alipay": "支付宝交易明细({span}).csv",
    "jd": "京东交易流水({span}).csv",
    "cash_paid": "现金支出.xlsx", "cash_spent": "现金支出.xlsx", "cash_book": "现金日记账.xlsx",
    "bank_xlsx": "{bank}交易明细_{tail}_{span}.xlsx", "mt940": "{tail}_{span}.sta", "camt": "camt053_{tail}_{span}.xml",
    "ofx": "{tail}_{span}.ofx", "en_csv": "{tail}_{span}.csv", "en_xlsx": "{bank} transactions {tail} {span}.xlsx",
    "processor": "{bank} report {span}.csv", "en_cash_book": "Cash book.xlsx", "en_cash_paid": "Cash payments.xlsx",
    "en_cash_spent": "Cash payments.xlsx",
    **{name: ("{bank} statement {tail} {span}.pdf" if style.language == "en" else "{bank}交易明细_{tail}_{span}.pdf")
       for name, style in table_pdf.styles().items()},
}


def write_evidence(folder: Path, world: World, tell: Callable[[str], None], faults: "Faults") -> list[Row]:
    """Write every statement, receipt and invoice under *folder*; returns the true rows that they show, with places."""
    shown: list[Row] = []
    for account in world.accounts.values():
        rows = account_rows(world, account)
        if account.form.layout == on_paper.LAYOUT:
            for name, data in on_paper.papers(world, rows):
                _save(folder / "receipts" / name, data)
            continue
        for name, statement in faults.statements(account, _statements(world, account, rows)):
            tell(name)
            _save(folder / "statements" / name, WRITERS[account.form.layout](statement))
            for row, ordinal in statement.printed:
                row.place = (f"statements/{name}", ordinal)
                shown += [row] if row.event else []
    papers = [*photo.receipts(world, shown, english.till_receipt), *invoice.invoices(world, shown)]
    for name, data in [*papers, *waybill.waybills(world)]:
        tell(name)
        _save(folder / "receipts" / name, data)
    return faults.folder(folder, shown)


def account_rows(world: World, account: Account) -> list[Row]:
    """The period's rows of an account, in order, each with the balance after it.

    Raises:
        AssertionError: the rows do not lead from the ledger's opening to its closing balance: a slip of ours.
    """
    rows = [row for event in world.events for row in event.rows
            if row.account == account.form.id and world.first <= row.when.date() <= world.last]
    rows.sort(key=lambda r: (r.when, r.event))
    balance = opening = opening_balance(world, account)
    for row in rows:
        balance += row.amount if row.moves else 0
        row.balance = balance
    closing = balances(world.events, world.last).get(account.ledger, 0)
    if balance != closing:
        raise AssertionError(f"{account.form.id}: {opening} does not lead to {closing} but to {balance}")
    return [row for row in rows if _noted(account.form.layout, row)]


def _noted(layout: str, row: Row) -> bool:
    """Whether the evidence shows a row: a list of cash paid has no takings, a careless one not what went home."""
    if not layout.endswith(("cash_paid", "cash_spent")):
        return True
    return row.kind == "paid" and (layout.endswith("cash_paid") or row.category != "owner_out")


def opening_balance(world: World, account: Account) -> int:
    """What the account held on the eve of the period."""
    return balances(world.events, world.first - dt.timedelta(days=1)).get(account.ledger, 0)


def _statements(world: World, account: Account, rows: list[Row]) -> list[tuple[str, Statement]]:
    """The account's rows cut into its files, each with its name."""
    months = (world.last.year - world.first.year) * 12 + world.last.month - world.first.month + 1
    opening, made, files = opening_balance(world, account), [], min(account.form.files, months)
    for number in range(files):
        first = add_months(world.first, months * number // files)
        last = add_months(world.first, months * (number + 1) // files) - dt.timedelta(days=1)
        part = [row for row in rows if first <= row.when.date() <= last]
        statement = Statement(account, world, Period(first, last), part, opening)
        opening = part[-1].balance if part else opening
        made.append((file_name(account, f"{first:%Y%m%d}-{last:%Y%m%d}"), statement))
    return made


def file_name(account: Account, span: str) -> str:
    """The file's name as the bank or wallet would give it; with ``*`` as *span*, the glob of all of the account's."""
    return NAMES[account.form.layout].format(bank=account.form.bank, tail=account.number[-4:], span=span)


def _save(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
