"""A ruled table is read by its cells: wallets' certificates break times, names and numbers inside of them."""

import unicodedata
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

from recon.evidence import pdf
from recon.evidence.rulings import with_rulings
from recon.reading.guard import read_all
from recon.reading.pages.ruled import rows_by_cells
from recon.reading.result import Account, Reading

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
PLAIN = ParagraphStyle("plain", fontName="STSong-Light", fontSize=8, leading=10, wordWrap="CJK")
WECHAT = ("交易单号", "交易时间", "交易类型", "收/支/其他", "交易方式", "金额(元)", "交易对方", "商户单号")
ALIPAY = ("收/支", "交易对方", "商品说明", "收/付款方式", "金额", "交易订单号", "商家订单号", "交易时间")
BANK = ("交易时间", "摘要", "借方发生额", "贷方发生额", "余额", "对方户名", "附言")
PARTIES = ("永康市力拓五金工具厂（普通合伙）", "*明", "张三丰", "顺风耳装修有限公司")
LONG = "2024年度第三季度五金配件货款及运费"


def draw(path: Path, above: list[str], table: list[list[str]], widths: list[int], *, valign: str, rules: str) -> Path:
    body = Table([[Paragraph(cell, PLAIN) for cell in row] for row in table], colWidths=widths, repeatRows=1)
    style = [("VALIGN", (0, 0), (-1, -1), valign)]
    body.setStyle(TableStyle([*style, (rules, (0, 0), (-1, -1), 0.5, "#999999")] if rules else style))
    story: list[Flowable] = [*(Paragraph(line, PLAIN) for line in above), body]
    SimpleDocTemplate(str(path), pagesize=A4, leftMargin=30, rightMargin=30).build(story)
    return path


def payments(count: int = 40) -> list[tuple[str, str, int, str, str]]:
    """Time, side, minor units, party and number, newest first as wallets print them."""
    return [
        (f"2025-03-{1 + k // 2:02d} {8 + k % 12:02d}:05:{k:02d}", ("支出", "收入", "收入", "其他")[k % 4],
         1050 + 977 * k, PARTIES[k % 4], f"{4200009636436079036195000000 + 31 * k}")
        for k in reversed(range(count))
    ]


def read(path: Path) -> tuple[Reading, Account]:
    reading = read_all([path])[0]
    return reading, reading.accounts[0]


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


STYLES = [("MIDDLE", "GRID"), ("TOP", "GRID"), ("TOP", ""), ("MIDDLE", "LINEBELOW")]


@pytest.mark.parametrize(("valign", "rules"), STYLES[:3])
def test_a_wechat_certificate_is_read_line_by_line(tmp_path: Path, valign: str, rules: str):
    rows = [[number, when, "商户消费" if side == "支出" else "零钱提现" if side == "其他" else "二维码收款", side,
             "农业银行(6688)", f"{minor / 100:.2f}", party, "/"] for when, side, minor, party, number in payments()]
    above = ["微信支付交易明细证明", "兹证明：王建国（居民身份证：3205****），在其微信号：wxid_abc中的明细如下："]
    path = draw(tmp_path / "wx.pdf", above, [list(WECHAT), *rows], [92, 62, 62, 44, 62, 52, 72, 90],
                valign=valign, rules=rules)
    reading, account = read(path)
    assert (reading.kind, reading.outcome) == ("wallet", "unprovable")
    assert (account.bank, account.holder, account.account) == ("WeChat", "王建国", "wxid_abc")
    assert_exact(account)


def test_an_alipay_certificate_is_read_line_by_line(tmp_path: Path):
    rows = [[side, party, "五金配件 螺丝 扳手一批", "花呗", f"{minor / 100:.2f}", number, "5E1B" * 7, when]
            for when, side, minor, party, number in payments()]
    above = ["交易流水证明", "兹证明:王建国(证件号码:3205****)在其支付宝账号138******12中明细信息如下:"]
    path = draw(tmp_path / "ali.pdf", above, [list(ALIPAY), *rows], [34, 74, 90, 70, 50, 90, 76, 58],
                valign="MIDDLE", rules="GRID")
    reading, account = read(path)
    assert (reading.kind, account.bank, account.account) == ("wallet", "Alipay", "138******12")
    assert_exact(account)


def assert_exact(account: Account) -> None:
    lines, want = account.lines, payments()[::-1]
    assert lines.date.astype(str).tolist() == [when[:10] for when, *_ in want]
    assert lines.text["time"] == [when[11:] for when, *_ in want]
    assert abs(lines.amount).tolist() == [minor for _, _, minor, _, _ in want]
    assert all(a > 0 for a, (_, side, *_) in zip(lines.amount.tolist(), want, strict=True) if side == "收入")
    assert all(a < 0 for a, (_, side, *_) in zip(lines.amount.tolist(), want, strict=True) if side == "支出")
    assert lines.text["counterparty"] == [plain(party) for *_, party, _ in want]
    assert lines.text["order"] == [number for *_, number in want]


@pytest.mark.parametrize(("valign", "rules"), STYLES)
def test_a_banks_time_below_its_date_and_words_that_wrap_beside_it_stay_with_their_row(
    tmp_path: Path, valign: str, rules: str,
):
    balance, rows = 5_000_000, []
    for when, side, minor, party, _ in payments()[::-1]:
        signed = minor if side == "收入" else -minor
        balance += signed
        sides = ["", f"{minor / 100:,.2f}"] if signed > 0 else [f"{minor / 100:,.2f}", ""]
        rows.append([when, "转账", *sides, f"{balance / 100:,.2f}", party, LONG if minor % 2 else "货款"])
    path = draw(tmp_path / "bank.pdf", ["某某银行账户交易明细"], [list(BANK), *rows], [62, 60, 70, 70, 80, 84, 100],
                valign=valign, rules=rules)
    reading, account = read(path)
    assert reading.outcome == "proven"
    assert account.lines.text["counterparty"] == [plain(row[5]) for row in rows]
    described = account.lines.text["description"]
    assert all(plain(row[6]) in said for row, said in zip(rows, described, strict=True))
    assert account.lines.text["time"] == [row[0][11:] for row in rows]


def test_no_word_of_a_page_is_lost_between_the_rules(tmp_path: Path):
    """A box of text on top, a note in the margin and cells over several columns are kept, as text or in a cell."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 for this page alone

    path = tmp_path / "odd.pdf"
    sheet = Canvas(str(path), pagesize=A4)
    sheet.rect(40, 740, 500, 60)
    sheet.drawString(50, 770, "Holder: Anna Roe")
    for y in range(500, 721, 20):
        sheet.line(40, y, 540, y)
    for x in (40, 140, 340, 440, 540):
        sheet.line(x, 500, x, 700)
    sheet.drawString(200, 706, "Movements of the year")
    for k in range(10):
        for x, text in ((45, f"2025-01-{k + 1:02d}"), (145, f"payment{k}"), (345, f"{k + 1}.50"), (445, "note")):
            sheet.drawString(x, 686 - 20 * k, text)
    sheet.drawString(550, 600, "margin")
    sheet.save()
    pages = with_rulings(pdf.pages(path.read_bytes(), "odd.pdf"), path.read_bytes(), "odd.pdf")
    rows = rows_by_cells(pages)
    assert rows is not None
    said = sorted(" ".join(cell for row in rows.cells for cell in row).split())
    assert said == sorted(word for page in pages for word in page.words)
    assert next(row[:4] for row in rows.cells if row[0]) == ["2025-01-01", "payment0", "1.50", "note"]
