"""Bank statements as PDF: a person's, unruled with two-line rows, and a firm's, ruled with totals."""

import datetime as dt
from typing import Any

from recon.simulate.evidence.frame import Statement, grouped, other_side, remark, summary
from recon.simulate.evidence.paper import FONT, Column, canvas, cells, finish, paginate, put
from recon.simulate.journal import Row
from recon.simulate.people import digits

PERSONAL = (
    Column(("记账日期", "Date"), 40, 58), Column(("货币", "Currency"), 98, 42),
    Column(("交易金额", "Transaction Amount"), 140, 72), Column(("联机余额", "Balance"), 212, 70),
    Column(("交易摘要", "Transaction Type"), 282, 70), Column(("对手信息", "Counter Party"), 352, 122),
    Column(("客户摘要", "Customer Type"), 474, 86),
)
COMPANY = (
    Column(("序号",), 24, 30, "centre"), Column(("交易日期",), 54, 56, "centre"),
    Column(("交易流水号",), 110, 96, "centre"), Column(("摘要",), 206, 60), Column(("借方发生额",), 266, 82, "right"),
    Column(("贷方发生额",), 348, 82, "right"), Column(("账户余额",), 430, 88, "right"), Column(("对方户名",), 518, 72),
    Column(("对方账号",), 590, 116), Column(("附言",), 706, 112),
)
BODY, SMALL, LEAD = 7.2, 6.2, 9.6


def personal(statement: Statement) -> bytes:
    """A card's statement: signed amounts, running balance, no lines, the header on every page."""
    rows = statement.print_in(statement.rows)
    page, buffer = canvas(title="交易流水")
    texts = [_personal_cells(row) for row in rows]
    wrapped = [cells(PERSONAL, text, SMALL) for text in texts]
    heights = [max(len(c) for c in row) * LEAD + 5 for row in wrapped]
    pages = paginate(heights, 560, 640)
    for number, rows_here in enumerate(pages, 1):
        top = _personal_head(page, statement, first=number == 1)
        for index in rows_here:
            for column, lines in zip(PERSONAL, wrapped[index], strict=True):
                for step, line in enumerate(lines):
                    put(page, column, line, top - step * LEAD, SMALL if column.left in (98, 352, 474) else BODY)
            top -= heights[index]
        if number == len(pages):
            _personal_totals(page, statement, top - 6)
        page.setFont(FONT, BODY)
        page.drawRightString(560, 36, f"{number}/{len(pages)}")
        page.showPage()
    return finish(page, buffer)


def _personal_cells(row: Row) -> tuple[str, ...]:
    party, number = other_side(row)
    return (f"{row.when:%Y-%m-%d}", "CNY", grouped(row.amount), grouped(row.balance), summary(row),
            f"{party} {number}".strip(), remark(row))


def _personal_head(page: Any, statement: Statement, *, first: bool) -> float:
    """The preamble (on page one) and the column heads; returns the first row's baseline."""
    top = 790.0
    account, period = statement.account, statement.period
    if first:
        page.setFont(FONT, 11)
        page.drawCentredString(298, top, f"{account.form.bank}交易流水")
        page.setFont(FONT, 8)
        page.drawCentredString(298, top - 16, "Transaction Statement")
        page.drawCentredString(298, top - 30, f"{period.first} -- {period.last}")
        asked = dt.datetime.combine(period.last + dt.timedelta(days=8), dt.time(10, 12, 33))
        branch = statement.world.profile.town.removesuffix("市") + "建设路支行"
        pairs = ((f"户    名：{account.holder}", "Name", f"账号：{account.number}", "Account No"),
                 ("账户类型：借记卡/人民币", "Account Type", f"开 户 行：{branch}", "Sub Branch"),
                 (f"申请时间：{asked}", "Date", f"验 证 码：{digits(statement.rng(), 8)}", "Verification Code"))
        for step, (one, english, two, also) in enumerate(pairs):
            base = top - 52 - step * 24
            for x, text, small in ((42, one, english), (320, two, also)):
                page.setFont(FONT, BODY)
                page.drawString(x, base, text)
                page.setFont(FONT, 5.6)
                page.drawString(x, base - 9, small)
        top -= 132
    for column in PERSONAL:
        put(page, column, column.heads[0], top, BODY)
        put(page, column, column.heads[1], top - 9, 5.4)
    return top - 26


def _personal_totals(page: Any, statement: Statement, top: float) -> None:
    """What the whole period adds up to."""
    into = [r.amount for r in statement.rows if r.amount > 0]
    out = [-r.amount for r in statement.rows if r.amount < 0]
    page.setFont(FONT, BODY)
    page.drawString(42, top - 8, f"期初余额：{grouped(statement.opening)}")
    page.drawString(232, top - 8, f"期末余额：{grouped(statement.closing)}")
    page.drawString(42, top - 20, f"收入合计：{len(into)}笔 {grouped(sum(into))}")
    page.drawString(232, top - 20, f"支出合计：{len(out)}笔 {grouped(sum(out))}")
    page.drawCentredString(298, top - 36, "—————— 以下无交易记录 ——————")


def company(statement: Statement) -> bytes:
    """A firm's account: ruled, debit (out) and credit (in) columns, page n of m, totals at the end."""
    rows = statement.print_in(statement.rows)
    page, buffer = canvas(landscape=True, title="对账单")
    rng = statement.rng()
    wrapped = [cells(COMPANY, _company_cells(row, n, f"{row.when:%y%m%d}" + digits(rng, 10)), SMALL)
               for n, row in enumerate(rows, 1)]
    heights = [max(len(c) for c in row) * LEAD + 4 for row in wrapped]
    pages = paginate(heights, 400, 400)
    for number, rows_here in enumerate(pages, 1):
        top = _company_head(page, statement, number, len(pages))
        for index in rows_here:
            _ruled(page, wrapped[index], top, heights[index])
            top -= heights[index]
        if number == len(pages):
            _company_totals(page, statement, top)
        page.showPage()
    return finish(page, buffer)


def _company_cells(row: Row, number: int, serial: str) -> tuple[str, ...]:
    party, account = other_side(row)
    out, into = (grouped(-row.amount), "") if row.amount < 0 else ("", grouped(row.amount))
    return (str(number), f"{row.when:%Y%m%d}", serial, summary(row, "company"), out, into, grouped(row.balance), party,
            account, remark(row))


def _ruled(page: Any, lines: list[list[str]], top: float, height: float) -> None:
    """A row inside its box."""
    page.setLineWidth(0.4)
    for column, texts in zip(COMPANY, lines, strict=True):
        page.rect(column.left, top - height, column.width, height)
        base = top - (height - len(texts) * LEAD) / 2 - LEAD + 2.6
        for step, text in enumerate(texts):
            put(page, column, text, base - step * LEAD, SMALL)


def _company_head(page: Any, statement: Statement, number: int, pages: int) -> float:
    account, period = statement.account, statement.period
    page.setFont(FONT, 13)
    page.drawCentredString(421, 560, f"{account.form.bank}单位活期存款账户对账单")
    page.setFont(FONT, 7.6)
    page.drawString(26, 538, f"账户名称：{account.holder}")
    page.drawString(330, 538, f"账号：{account.number}")
    page.drawRightString(816, 538, f"第 {number} 页 / 共 {pages} 页")
    page.drawString(26, 525, f"对账期间：{period.first:%Y年%m月%d日} 至 {period.last:%Y年%m月%d日}")
    page.drawString(330, 525, "币种：人民币    单位：元")
    page.drawRightString(816, 525, f"期初余额：{grouped(statement.opening)}")
    page.setFillGray(0.9)
    page.rect(24, 500, 794, 18, fill=1, stroke=0)
    page.setFillGray(0)
    _ruled(page, [list(column.heads) for column in COMPANY], 518, 18)
    return 500


def _company_totals(page: Any, statement: Statement, top: float) -> None:
    out = [-r.amount for r in statement.rows if r.amount < 0]
    into = [r.amount for r in statement.rows if r.amount > 0]
    page.rect(24, top - 34, 794, 34)
    page.setFont(FONT, 7.4)
    page.drawString(30, top - 13, f"借方合计笔数：{len(out)}    借方合计金额：{grouped(sum(out))}")
    page.drawString(330, top - 13, f"贷方合计笔数：{len(into)}    贷方合计金额：{grouped(sum(into))}")
    page.drawString(30, top - 27, f"期末余额：{grouped(statement.closing)}")
    made = statement.period.last + dt.timedelta(days=5)
    page.drawString(330, top - 27, f"打印日期：{made}    柜员：{digits(statement.rng(), 6)}")
