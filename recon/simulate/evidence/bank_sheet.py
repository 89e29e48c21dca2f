"""Bank statements as tables: an old binary workbook, and a padded GB18030 table with the newest row first."""

import io

import xlwt

from recon.simulate.evidence.frame import Statement, grouped, other_side, remark, summary
from recon.simulate.journal import Row

XLS_HEAD = ("记账日", "交易日期", "交易时间", "支出", "收入", "账户余额", "币种", "摘要", "对方账号", "对方户名",
            "交易地点/附言")
HEAD_WIDTH = 12
CSV_HEAD = ("交易日期", "交易时间", "摘要", "交易金额(收入)", "交易金额(支出)", "余额", "对方户名", "对方账户", "附言")
CSV_WIDTHS = (11, 9, 10, 14, 14, 14, 24, 20, 16)


def xls(statement: Statement) -> bytes:
    """A workbook of the old binary kind, in file order, amounts as numbers."""
    rows = statement.print_in(statement.rows)
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(f"交易明细_{statement.account.number[-4:]}")
    account, branch = statement.account, f"{statement.world.profile.town}分行营业部"
    head = ((f"{account.form.bank}个人活期账户交易明细",), ("开户机构：", branch), ("户　　名：", account.holder),
            ("币　　种：", "人民币"), ("账　　号：", account.number), (), [text.ljust(HEAD_WIDTH) for text in XLS_HEAD])
    for line, texts in enumerate(head):
        for column, text in enumerate(texts):
            sheet.write(line, column, text)
    money = xlwt.easyxf(num_format_str="#,##0.00")
    for line, row in enumerate(rows, len(head)):
        for column, value in enumerate(_xls_cells(row)):
            sheet.write(line, column, value, *((money,) if isinstance(value, float) else ()))
    end = len(head) + len(rows)
    sheet.write(end, 0, "以上数据仅供参考，具体内容请以柜台为准")
    for column, width in enumerate((12, 12, 10, 14, 14, 14, 8, 14, 24, 30, 36)):
        sheet.col(column).width = width * 256
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xls_cells(row: Row) -> tuple[str | float, ...]:
    party, number = other_side(row)
    day = f"{row.when:%Y%m%d}"
    out, into = max(-row.amount, 0), max(row.amount, 0)
    return (day, day, f"{row.when:%H:%M:%S}", out / 100, into / 100, row.balance / 100, "人民币", summary(row), number,
            party, remark(row))


def csv_newest_first(statement: Statement) -> bytes:
    """A table in GB18030, cells padded with blanks and tabs, the newest transaction first."""
    rows = statement.print_in(statement.rows[::-1])
    account, period = statement.account, statement.period
    into = sum(r.amount for r in rows if r.amount > 0)
    out = -sum(r.amount for r in rows if r.amount < 0)
    lines = ["明细查询文件下载", "", f"卡号: {account.number},户名: {account.holder},币种: 人民币", "",
             f"起始日期: {period.first},截止日期: {period.last},子账户类别: 活期", "", ",".join(CSV_HEAD)]
    lines += [_csv_line(row) for row in rows]
    lines.append(f'合计,,,"{grouped(into)}","{grouped(out)}",,,,')
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


def _csv_line(row: Row) -> str:
    party, number = other_side(row)
    into, out = (grouped(row.amount), "-") if row.amount > 0 else ("-", grouped(-row.amount))
    texts = (f"{row.when:%Y-%m-%d}", f"{row.when:%H:%M:%S}", summary(row), into, out, grouped(row.balance), party,
             number, remark(row))
    return ",".join(f'"{text.ljust(width)}\t"' for text, width in zip(texts, CSV_WIDTHS, strict=True))
