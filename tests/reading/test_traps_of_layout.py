"""Traps that lie in how a page or a sheet is laid out: wraps, watermarks, continued and merged rows, moved headers."""

import datetime as dt
import io
import zipfile

import pytest
import xlsxwriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from recon.reading.numbers import amounts
from recon.reading.read import read_bytes

TITLES = ("Date", "Description", "Debit", "Credit", "Balance")
PLAIN = [
    ("02 Jan 2025", "TRANSFER FROM HARLOW", "", "100.00", "1,100.00"),
    ("03 Jan 2025", "CARD PURCHASE", "50.00", "", "1,050.00"),
    ("04 Jan 2025", "RENT", "20.00", "", "1,030.00"),
    ("05 Jan 2025", "SALE", "", "5.00", "1,035.00"),
    ("06 Jan 2025", "SALE", "", "5.00", "1,040.00"),
]
FIVE = [10000, -5000, -2000, 500, 500]
LEFT, RIGHT = (40, 120), (390, 470, 560)


def pdf(rows, extra=None, step=14, titles=TITLES, password=None):
    """One page with *rows* at even steps below their *titles*, and whatever *extra* draws over them."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), encrypt=password)
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas.setFont("Helvetica", 9)
    for k, row in enumerate([titles, *rows]):
        for x, cell in zip(LEFT, row[:2], strict=False):
            canvas.drawString(x, 790 - step * k, cell)
        for x, cell in zip(RIGHT, row[2:], strict=False):
            canvas.drawRightString(x, 790 - step * k, cell)
    if extra:
        extra(canvas)
    canvas.save()
    return out.getvalue()


def csv(rows):
    return "\n".join(";".join([*row, *[""] * (len(TITLES) - len(row))]) for row in [TITLES, *rows]).encode()


def read(data):
    return read_bytes(data, "a.pdf" if data.startswith(b"%PDF") else "a.csv")


def told(reading):
    lines = reading.accounts[0].lines
    return lines.amount.tolist(), lines.text["description"]


def test_descriptions_wrapped_over_three_lines_belong_to_the_line_they_begin_on():
    rows = [
        PLAIN[0], ("", "FASTENERS LTD INVOICE"), ("", "NUMBER 4711 THANK YOU"), PLAIN[1],
        ("04 Jan 2025", "RENT FOR THE", "20.00", "", "1,030.00"), ("", "SHOP IN"), ("", "MAIN STREET"), *PLAIN[3:],
    ]
    for data in (pdf(rows), csv(rows)):
        reading = read(data)
        amount, said = told(reading)
        assert (reading.outcome, amount) == ("proven", FIVE)
        assert said[0] == "TRANSFER FROM HARLOW FASTENERS LTD INVOICE NUMBER 4711 THANK YOU"
        assert said[1:3] == ["CARD PURCHASE", "RENT FOR THE SHOP IN MAIN STREET"]


def test_descriptions_wrapped_around_their_line_belong_to_it():
    rows = []
    for row in PLAIN:
        rows += [("", f"{row[1]} ONE"), (row[0], "TWO", *row[2:]), ("", "THREE"), ()]
    reading = read(pdf(rows, step=11))
    assert (reading.outcome, told(reading)) == ("proven", (FIVE, [f"{row[1]} ONE TWO THREE" for row in PLAIN]))


def watermark(text, size, turn, spots):
    def draw(canvas):
        canvas.setFillGray(0.8)
        canvas.setFont("STSong-Light", size)
        for x, y in spots:
            canvas.saveState()
            canvas.translate(x, y)
            canvas.rotate(turn)
            canvas.drawString(0, 0, text)
            canvas.restoreState()
    return draw


WATERMARKS = {
    "slanted": watermark("SPECIMEN COPY 仅供参考", 40, 45, [(150, 620)]),
    "slanted figures": watermark("1,234.56", 30, 30, [(360, 700)]),
    "tiled": watermark("某银行 12345", 9, 30, [(60 + 140 * j, 690 + 16 * k) for k in range(8) for j in range(4)]),
    "large and level": watermark("DUPLICATE 2025", 48, 0, [(60, 745)]),
}


@pytest.mark.parametrize("which", WATERMARKS)
def test_a_watermark_drawn_through_the_rows_changes_none_of_them(which):
    reading = read(pdf(PLAIN, WATERMARKS[which]))
    assert (reading.outcome, told(reading)) == ("proven", (FIVE, [row[1] for row in PLAIN]))


def test_a_page_scanned_slightly_askew_keeps_its_words():
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.rotate(1)
    for k, row in enumerate([TITLES, *PLAIN]):
        for x, cell in zip((40, 120, 330, 410, 490), row, strict=True):
            canvas.drawString(x, 780 - 40 * k, cell)
    canvas.save()
    assert told(read(out.getvalue()))[0] == FIVE


@pytest.mark.parametrize("form", [pdf, csv])
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([PLAIN[0], ("02 Jan 2025", "CONTINUED: NO 4711"), *PLAIN[1:]], "TRANSFER FROM HARLOW CONTINUED: NO 4711"),
        ([("02 Jan 2025", "TRANSFER CONTINUED"), *PLAIN], "TRANSFER CONTINUED TRANSFER FROM HARLOW"),
        ([("02 Jan 2025", "INVOICE 4711"), (PLAIN[0][0], "(cont'd) HARLOW", *PLAIN[0][2:]), *PLAIN[1:]],
         "INVOICE 4711 (cont'd) HARLOW"),
    ],
)  # fmt: skip
def test_one_transaction_on_two_dated_lines_is_one(form, rows, said):
    reading = read(form(rows))
    amount, words = told(reading)
    assert (reading.outcome, amount, words[0]) == ("proven", FIVE, said)
    assert "row_without_amount" not in {finding.code for finding in reading.findings}


@pytest.mark.parametrize("form", [pdf, csv])
def test_a_dated_row_without_an_amount_that_goes_on_with_nothing_is_told(form):
    reading = read(form([PLAIN[0], ("02 Jan 2025", "CHEQUE BOOK SENT"), *PLAIN[1:]]))
    assert told(reading)[0] == FIVE
    assert [f.params["rows"] for f in reading.findings if f.code == "row_without_amount"] == [1]


def block(rows):
    """The rows merged into one, cell by cell."""
    return ",".join('"' + "\n".join(column) + '"' for column in zip(*rows, strict=True))


def test_rows_merged_into_one_block_are_parted():
    head, rest = ",".join(TITLES), "\n".join(",".join(f'"{cell}"' for cell in row) for row in PLAIN[3:])
    reading = read(f"{head}\n{block(PLAIN[:3])}\n{rest}\n".encode())
    assert (reading.outcome, told(reading)) == ("proven", (FIVE, [row[1] for row in PLAIN]))
    assert reading.accounts[0].lines.line.tolist()[:3] == [2, 2, 2]


def test_a_block_that_cannot_be_shared_out_keeps_the_file_from_being_proven():
    head, rest = ",".join(TITLES), "\n".join(",".join(f'"{cell}"' for cell in row) for row in [*PLAIN[3:]] * 3)
    merged = block(PLAIN[:3]).replace('"\n50.00\n20.00"', '"50.00"')
    assert '"50.00"' in merged
    reading = read(f"{head}\n{merged}\n{rest}\n".encode())
    assert reading.outcome in {"doubtful", "inconsistent"}


def test_two_dates_in_one_cell_make_no_second_line():
    text = "Date,Description,Amount,Balance\n"
    text += "".join(f'"2025-01-0{n}\n2025-01-0{n}","A\nB",10.00,{100 + 10 * n}.00\n' for n in range(1, 6))
    reading = read(text.encode())
    assert not reading.accounts or len(reading.accounts[0].lines) <= 5


@pytest.mark.parametrize("titles", [tuple("\ue001\ue002\ue003\ue004\ue005"), ("@#1", "%&", "(*", "$$", "~^")])
def test_a_header_of_unreadable_glyphs_leaves_the_columns_to_their_content(titles):
    text = "\n".join(";".join(row) for row in [titles, *PLAIN])
    assert (read(text.encode()).outcome, told(read(text.encode()))[0]) == ("proven", FIVE)
    if titles[0].isascii():
        assert told(read(pdf(PLAIN, titles=titles)))[0] == FIVE


def test_a_sheet_saved_again_by_a_spreadsheet_program_is_read_all_the_same():
    text = (
        '\ufeff某银行交易明细,,,,,\n账号：,="6222021234567890",,,,\n币种：,人民币,,,,\n交易日期,摘要,收入,支出,余额,\n'
        '2025/1/2,货款,100,,"1,100",\n2025/1/3,房租,,50,"1,050",\n2025/1/4 0:00,货款,1.5,,"1,051.5",\n'
        "2025/1/5,货款,1,,1052.5,\n,,,,,\n,,,,,\n"
    )
    reading = read_bytes(text.encode(), "a.csv")
    assert (reading.outcome, told(reading)[0]) == ("proven", [10000, -5000, 150, 100])
    assert [str(day) for day in reading.accounts[0].lines.date] == [f"2025-01-0{n}" for n in range(2, 6)]
    assert reading.accounts[0].currency == "CNY"


WECHAT = [
    "交易时间", "交易类型", "交易对方", "商品", "收/支", "金额(元)", "支付方式", "当前状态", "交易单号", "商户单号",
    "备注",
]
PAID = [
    ("商户消费", "支出", 5.0, "已退款(￥3.00)"),
    ("商户消费", "支出", 28.16, "支付成功"),
    ("微信红包", "收入", 0.35, "已存入零钱"),
]


@pytest.mark.parametrize("gap", [0, 4])
def test_a_wechat_workbook_is_read_wherever_its_header_stands_and_keeps_the_words_of_a_part_refund(gap):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    top = ["微信支付账单明细", "微信昵称：[小王]", "共3笔记录", "收入：1笔 0.35元", "支出：2笔 33.16元"]
    page.write_column(0, 0, top)
    row = len(top) + gap
    page.write_row(row, 0, WECHAT)
    for n, (kind, way, amount, status) in enumerate(PAID, 1):
        page.write_datetime(row + n, 0, dt.datetime(2025, 3, 9 - n, 12, 45, 27), day)  # noqa: DTZ001 bills print local time
        page.write_row(row + n, 1, [kind, "面馆", "/", way, amount, "零钱", status, f"42{n}", f"1{n}", "/"])
    book.close()
    reading = read_bytes(out.getvalue(), "a.xlsx")
    lines = reading.accounts[0].lines
    assert (reading.kind, reading.outcome, lines.amount.tolist()) == ("wallet", "proven", [35, -2816, -500])
    assert lines.text["status"][2] == "已退款(￥3.00)"


@pytest.mark.parametrize(("cell", "minor"), [("1'234.56", 123456), ("1 234.56", 123456), ("1’234.56", 123456)])
def test_thousands_may_be_parted_by_any_sign(cell, minor):
    assert amounts([cell]).minor.tolist() == [minor]


def test_a_password_is_in_nothing_that_comes_out():
    data = pdf(PLAIN, password="s3cret-word")  # noqa: S106 locks this test's file only
    shut, opened = (read_bytes(data, "a.pdf", None, word) for word in ("wr0ng-word", "s3cret-word"))
    assert (shut.reason, told(opened)[0]) == ("locked", FIVE)
    assert not any(word in repr(reading) for reading in (shut, opened) for word in ("wr0ng-word", "s3cret-word"))


def test_one_unreadable_card_number_loses_no_line():
    rows = [("6222********1234", *PLAIN[0]), ("????", *PLAIN[1]), *(("6222********1234", *row) for row in PLAIN[2:])]
    data = "\n".join(";".join(row) for row in [("Card no", *TITLES), *rows]).encode()
    reading = read(data)
    assert (reading.outcome, told(reading)[0]) == ("proven", FIVE)


def test_an_archive_in_an_archive_is_told_and_the_rest_is_read():
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as target:
        target.writestr("a.csv", csv(PLAIN))
    with zipfile.ZipFile(outer, "w") as target:
        target.writestr("b.csv", csv(PLAIN))
        target.writestr("inner.zip", inner.getvalue())
    reading = read_bytes(outer.getvalue(), "a.zip")
    assert [len(a.lines) for a in reading.accounts] == [len(FIVE)]
    assert "nested_archive" in {f.code for f in reading.findings}
