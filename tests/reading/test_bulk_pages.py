"""A long PDF read many pages at once comes out word for word as it does line by line, or is left to that reader."""

import datetime as dt
import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from recon.reading.pages import bulk_pages
from recon.reading.read import read_bytes

SHAPES = {
    "latin": (("Date", 40), ("Description", 110), ("Amount", 430), ("Balance", 540)),
    "two columns": (("Date", 40), ("Details", 110), ("Withdrawals", 360), ("Deposits", 450), ("Balance", 540)),
    "chinese": (("交易日期", 40), ("摘要", 110), ("对方户名", 190), ("交易金额", 430), ("账户余额", 540)),
    "words of sign": (("交易日期", 40), ("摘要", 110), ("借贷标志", 300), ("交易金额", 430), ("账户余额", 540)),
}
FIGURES = {"Amount", "Balance", "Withdrawals", "Deposits", "交易金额", "账户余额"}
SAID = {
    "latin": ["Card payment", "Transfer to savings", "Fee", "Rent 24"],
    "chinese": ["货款", "工资", "水电费", "转账（网银）"],
}
FURTHER = {"latin": ["REF 1234 of the month", "ACME Ltd"], "chinese": ["杭州某某贸易", "有限公司"]}


def money(minor):
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100:,}.{abs(minor) % 100:02}"


def statement(shape, seed, pages=5, change=None):
    """A statement of some pages; *change* spoils one thing on the fourth."""
    r = random.Random(seed)  # noqa: S311 seeded on purpose
    language = "latin" if SHAPES[shape][0][0] == "Date" else "chinese"
    out, day, balance = io.BytesIO(), dt.date(2024, 1, 2), r.randint(0, 10**6)
    canvas = Canvas(out, pagesize=(595, 842))
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    each, above, ruled, pitch = r.random() < 0.7, r.random() < 0.5, r.random() < 0.5, r.choice([9, 10])
    for page in range(pages):
        canvas.setFont("STSong-Light", 8)
        canvas.drawString(40, 815, r.choice(["", "Statement of account"]) if page == 0 else "")
        titles = {title: title for title, _ in SHAPES[shape]}
        if each or not page:
            row(canvas, shape, titles, 800)
        y = 780
        while y > 60:
            day += dt.timedelta(days=r.random() < 0.3)
            amount = r.choice([-1, 1]) * r.randint(1, 10 ** r.randint(2, 6))
            balance += amount
            cells = {"Date": day.strftime("%d/%m/%Y"), "交易日期": str(day), "Amount": money(amount)}
            cells |= {"Withdrawals" if amount < 0 else "Deposits": money(abs(amount)), "交易金额": money(amount)}
            cells |= {"Balance": money(balance), "账户余额": money(balance), "借贷标志": "贷" if amount > 0 else "借"}
            cells["对方户名"] = r.choice(["张三", "李四餐饮店"])
            cells["Description"] = cells["Details"] = cells["摘要"] = r.choice(SAID[language])
            if shape == "words of sign":
                cells["交易金额"] = money(abs(amount))
            if change and page == 3 and y == 780:
                cells |= change
            lines = r.sample(FURTHER[language], r.choice([0, 0, 1, 2]))
            for k, line in enumerate(lines):
                canvas.drawString(110, y - pitch * (k + 1) if not above else y - pitch * k, line)
            top = y if not above else y - pitch * len(lines)
            row(canvas, shape, cells, top)
            y -= pitch * (len(lines) + 1) + 6
            if ruled:
                canvas.line(30, y + 11, 560, y + 11)
        canvas.drawString(270, 20, f"第 {page + 1} 页 共 {pages} 页")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def row(canvas, shape, cells, y):
    for title, x in SHAPES[shape]:
        text = cells.get(title, "")
        (canvas.drawRightString if title in FIGURES else canvas.drawString)(x, y, text)


def told(reading):
    lines = [
        (a.account, a.holder, a.currency, a.opening, a.closing, a.start, a.end, a.proven, a.lines.unpinned,
         a.lines.date.tolist(), a.lines.amount.tolist(), a.lines.balance.tolist(), a.lines.page.tolist(),
         a.lines.line.tolist(), a.lines.box.tolist(), {name: list(cells) for name, cells in a.lines.text.items()})
        for a in reading.accounts
    ]  # fmt: skip
    return reading.kind, reading.outcome, reading.reason, dict(reading.params), reading.findings, reading.pages, lines


def both(data, monkeypatch):
    """The reading as the program has it, the one line by line, and whether many pages were read at once."""
    real, used = bulk_pages.read, []
    with monkeypatch.context() as patch:
        patch.setattr(bulk_pages, "read", lambda *given: used.append(real(*given)) or used[-1])
        first = read_bytes(data, "statement.pdf")
        patch.setattr(bulk_pages, "read", lambda *_: None)
        return first, read_bytes(data, "statement.pdf"), used[0] is not None


@pytest.mark.parametrize("shape", SHAPES)
@given(seed=st.integers(0, 10**6))
@settings(max_examples=6, deadline=None)
def test_many_pages_at_once_say_what_they_say_line_by_line(shape, seed):
    with pytest.MonkeyPatch.context() as monkeypatch:
        first, second, _ = both(statement(shape, seed), monkeypatch)
    assert told(first) == told(second)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_plain_statement_is_read_many_pages_at_once(shape, monkeypatch):
    first, _, used = both(statement(shape, 3), monkeypatch)
    assert used
    assert first.outcome == "proven"


@pytest.mark.parametrize("change", [
    {"Balance": "1.23"}, {"Balance": ""}, {"Amount": "7.77"}, {"Date": ""}, {"Date": "31/31/2024"}, {"Amount": "n/a"},
    {"Description": "Opening balance"}, {"Description": "Closing balance"},
    {"Date": "", "Amount": "", "Balance": "9.99"},
    {"Description": "Card payment of a customer from overseas in pounds that runs into figures 12.34"},
    {"Date": "Date", "Description": "Description", "Amount": "Amount", "Balance": "Balance"},
    {"Date": "Account", "Description": "number: 99887766", "Amount": "", "Balance": ""},
])  # fmt: skip
def test_what_is_not_plain_on_a_later_page_is_read_as_line_by_line(change, monkeypatch):
    first, second, _ = both(statement("latin", 11, change=change), monkeypatch)
    assert told(first) == told(second)
