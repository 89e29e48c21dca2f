"""Long statements with known truth for the benchmark of reading: PDFs of three families, CSV and XLSX."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from recon.core.knowledge import folder

PAYEES = ("杭州某某贸易有限公司", "张三", "国网浙江省电力有限公司", "李四餐饮店", "支付宝（中国）网络技术有限公司")
PURPOSES = ("货款", "转账汇款", "工资", "电费", "网上支付", "结息")
SAID = ("CARD PAYMENT TO GREENGROCER HIGH STREET", "STANDING ORDER RENT", "FASTER PAYMENT RECEIVED", "DIRECT DEBIT")
FURTHER = ("REF 7731 ACME SUPPLIES LIMITED", "VALUE DATE AS BOOKED", "INVOICE 118 AND 119", "THANK YOU FOR YOUR CUSTOM")
#: Left edges of a ruled Chinese statement's columns, and of an unruled one's; the last is the right end.
RULED = (28, 58, 116, 172, 300, 412, 482, 568)
UNRULED = (40, 110, 350, 440, 530)


@dataclass(frozen=True)
class Row:
    """One line of a statement, as it must be read."""

    day: dt.date
    amount: int
    balance: int
    said: str
    party: str = ""


def money(minor: int) -> str:
    """As banks print it."""
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100:,}.{abs(minor) % 100:02}"


def _rows(seed: int, *, chinese: bool) -> Iterator[tuple[Row, list[str]]]:
    """Endless lines, each with the text lines of its description."""
    r, balance, day = random.Random(seed), 10**7, dt.date(2015, 1, 1)  # noqa: S311 seeded on purpose
    while True:
        day += dt.timedelta(days=r.random() < 0.12)
        amount = r.choice([-1, 1]) * r.randint(1, 10 ** r.randint(3, 7))
        balance += amount
        said = [r.choice(PURPOSES)] if chinese else [r.choice(SAID), *r.sample(FURTHER, r.choice([0, 0, 1, 1, 2]))]
        yield Row(day, amount, balance, " ".join(said), r.choice(PAYEES) if chinese else ""), said


def ruled_chinese(path: Path, pages: int, *, embedded: bool) -> list[Row]:
    """A statement with a full grid and 30 lines a page, its font embedded or not."""
    font = "ReconSans" if embedded else "STSong-Light"
    if embedded:
        pdfmetrics.registerFont(TTFont(font, folder("templates") / "fonts" / "recon-sans-sc.ttf"))
    else:
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    canvas, rows, truth = Canvas(str(path), pagesize=(595, 842)), _rows(2, chinese=True), []
    titles = ("序号", "交易日期", "摘要", "对方户名", "对方账号", "交易金额", "账户余额")
    for page in range(pages):
        canvas.setFont(font, 12)
        canvas.drawString(220, 812, "账户交易明细")
        canvas.setFont(font, 8)
        canvas.drawString(30, 796, "户名：某某小吃店    账号：6222020200112345678    币种：人民币")
        grid = [780 - 24 * k for k in range(32)]
        for y in grid:
            canvas.line(RULED[0], y, RULED[-1], y)
        for x in RULED:
            canvas.line(x, grid[0], x, grid[-1])
        _cells(canvas, RULED, titles, 764)
        for k in range(30):
            row, _ = next(rows)
            number, account = str(len(truth) + 1), f"6228{abs(row.balance) % 10**13:013}"
            cells = (number, str(row.day), row.said, row.party, account, money(row.amount), money(row.balance))
            _cells(canvas, RULED, cells, 740 - 24 * k)
            truth.append(row)
        canvas.drawString(270, 20, f"第 {page + 1} 页 共 {pages} 页")
        canvas.showPage()
    canvas.save()
    return [Row(r.day, r.amount, r.balance, r.said, r.party.translate(str.maketrans("（）", "()"))) for r in truth]


def unruled_latin(path: Path, pages: int) -> list[Row]:
    """A statement without lines, its descriptions printed over one to three lines; about 38 lines a page."""
    canvas, rows, truth = Canvas(str(path), pagesize=(595, 842)), _rows(3, chinese=False), []
    for page in range(pages):
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(40, 810, "Statement of account")
        canvas.setFont("Helvetica", 8)
        canvas.drawString(40, 796, "Account holder: Corner Shop Ltd    Account number: 12345678    Currency: GBP")
        _cells(canvas, UNRULED, ("Date", "Description", "Amount", "Balance"), 776)
        y = 760.0
        while y > 60:
            row, said = next(rows)
            cells = (row.day.strftime("%d %b %Y"), said[0], money(row.amount), money(row.balance))
            _cells(canvas, UNRULED, cells, y)
            for further in said[1:]:
                y -= 9
                canvas.drawString(UNRULED[1] + 2, y, further)
            y -= 12
            truth.append(row)
        canvas.drawString(270, 20, f"Page {page + 1} of {pages}")
        canvas.showPage()
    canvas.save()
    return truth


def _cells(canvas: Canvas, edges: Sequence[int], cells: Sequence[str], y: float) -> None:
    """Text from the left, the last two cells from the right."""
    for x, cell in zip(edges, cells[:-2], strict=False):
        canvas.drawString(x + 2, y, cell)
    for right, cell in zip(edges[-2:], cells[-2:], strict=True):
        canvas.drawRightString(right - 3, y, cell)


def csv_file(path: Path, count: int) -> None:
    """A separated text of *count* lines with a running balance."""
    rows = _rows(1, chinese=False)
    with path.open("w", encoding="utf-8") as out:
        out.write("Date,Description,Counterparty,Amount,Balance\n")
        for k in range(count):
            row, _ = next(rows)
            plain = ",".join(money(minor).replace(",", "") for minor in (row.amount, row.balance))
            out.write(f"{row.day},{row.said} {k},Party {k % 3000},{plain}\n")


def workbook(path: Path, count: int) -> None:
    """A workbook of *count* lines."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, rows = book.add_worksheet(), _rows(1, chinese=True)
        sheet.write_row(0, 0, ("交易日期", "摘要", "对方户名", "交易金额", "账户余额"))
        for k in range(count):
            row, _ = next(rows)
            sheet.write_row(k + 1, 0, (str(row.day), row.said, row.party, row.amount / 100, row.balance / 100))
