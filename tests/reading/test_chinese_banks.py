"""What Chinese banks print in their own ways: labels in two languages, two lines to a row, names with their numbers."""

import io

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from recon.reading.read import read_bytes

CHAIN = [("1,000.00", "6,000.00"), ("-20.00", "5,980.00"), ("300.00", "6,280.00"), ("-80.00", "6,200.00")]


def sheet(titles, rows, above=()):
    """One account of a CSV file."""
    reading = read_bytes("\n".join([*above, titles, *rows]).encode(), "statement.csv")
    assert reading.outcome == "proven", (reading.outcome, reading.reason)
    (account,) = reading.accounts
    return account


def chained(*texts):
    """Rows of a CSV file with a running balance, *texts* between day and amount."""
    rows = zip(CHAIN, zip(*texts, strict=True), strict=True)
    return [f"2024-01-0{k};{';'.join(said)};{a};{b}" for k, ((a, b), said) in enumerate(rows, 2)]


def page(lines):
    """A PDF of lines, each the words with the place at which they begin, or end where it is negative."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(842, 595))
    canvas.setFont("STSong-Light", 8)
    for y, words in lines:
        for x, text in words:
            (canvas.drawString if x > 0 else canvas.drawRightString)(abs(x), 595 - y, text)
    canvas.save()
    reading = read_bytes(out.getvalue(), "statement.pdf")
    assert reading.outcome == "proven", (reading.outcome, reading.reason)
    (account,) = reading.accounts
    return account


def test_labels_may_stand_beside_another_language_or_name_two_things_of_one_kind():
    above = ("账号/卡号Account/Card No: 6222600170012345678;户名Account Name: 王某", "币种Currency: 人民币CNY",
             "查询起日Query Starting Date: 2024-01-01;查询止日Query Ending Date: 2024-01-31",
             "查询时间Query Time: 2024年07月01日 10:00:00")
    account = sheet("交易日期;摘要;交易金额;余额", chained("甲乙丙丁"), above)
    assert (account.account, account.holder, account.currency) == ("6222600170012345678", "王某", "CNY")
    assert (str(account.start), str(account.end)) == ("2024-01-01", "2024-01-31")


def test_a_label_may_stand_before_its_value_without_a_colon():
    above = ("户名 王某;账号 20010122000123456;币种 人民币",)
    account = sheet("交易日期;摘要;交易金额;余额", chained("甲乙丙丁"), above)
    assert (account.account, account.holder, account.currency) == ("20010122000123456", "王某", "CNY")


def test_times_without_colons_and_times_behind_their_day_are_times_of_day():
    account = sheet("交易日期;交易时间;交易金额;余额", chained(["093122", "93123", "235959", "000001"]))
    assert account.lines.text["time"] == ["09:31:22", "09:31:23", "23:59:59", "00:00:01"]
    days = [f"2024-01-0{k} 10:00:0{k}" for k in range(2, 6)]
    account = sheet("记账日;交易时间;交易金额;余额", chained(days))
    assert account.lines.text["time"] == ["10:00:02", "10:00:03", "10:00:04", "10:00:05"]


def test_a_name_is_parted_from_the_number_behind_it_though_a_narrow_cell_breaks_that():
    said = ["某某贸易有限公司/62874 1610340098", "/", "王某/6222021102012345678", "李某/6222021102012 345679"]
    account = sheet("交易日期;对方户名/账号;交易金额;余额", chained(said))
    assert account.lines.text["counterparty"] == ["某某贸易有限公司", "", "王某", "李某"]
    assert account.lines.text["counterparty_account"] == [
        "628741610340098", "", "6222021102012345678", "6222021102012345679"]
    account = sheet("交易日期;对手信息;交易金额;余额", chained([each.replace("/", " ").strip() for each in said]))
    assert account.lines.text["counterparty"] == ["某某贸易有限公司", "", "王某", "李某"]


def test_a_name_that_ends_in_figures_now_and_then_keeps_them():
    account = sheet("交易日期;交易对方;交易金额;余额", chained(["某某商户 20240102123456", "王某", "李某", "赵某"]))
    assert account.lines.text["counterparty"][0] == "某某商户 20240102123456"


def test_a_second_day_above_or_below_its_row_and_what_wraps_beside_it_belong_to_the_row():
    titles = [(30, "交易时间"), (90, "记账日"), (-240, "支出"), (-310, "收入"), (-390, "账户余额"), (400, "对方户名")]
    lines = [(60, titles)]
    for k, (a, b) in enumerate(CHAIN):
        y = 80 + 22 * k
        lines += [(y, [(30, f"2024-01-0{k + 2}"), (400, "某某轻纺有限公")]),
                  (y + 4.5, [(90, f"2024-01-0{k + 2}"), (-310 if a[0] != "-" else -240, a.strip("-")), (-390, b)]),
                  (y + 9, [(30, f"09:00:0{k}"), (400, "司")])]
    account = page(lines)
    assert account.lines.text["counterparty"] == ["某某轻纺有限公司"] * 4
    assert account.lines.text["time"] == [f"09:00:0{k}" for k in range(4)]


def test_a_second_line_of_a_header_in_chinese_names_what_stands_below_in_the_same_cells():
    lines = [(60, [(30, "交易日期"), (100, "摘要"), (-390, "交易金额"), (-480, "余额")]),
             (70, [(30, "交易时间"), (100, "流水号")])]
    for k, (a, b) in enumerate(CHAIN):
        y = 85 + 24 * k
        lines += [(y, [(30, f"2024-01-0{k + 2}"), (100, "手续费"), (-390, a), (-480, b)]),
                  (y + 10, [(30, f"09:00:0{k}"), (100, f"53191250{k}")])]
    account = page(lines)
    assert account.lines.text["description"] == [f"手续费 53191250{k}" for k in range(4)]
    assert account.lines.text["time"] == [f"09:00:0{k}" for k in range(4)]
