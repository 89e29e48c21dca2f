"""What Chinese banks print in their own ways: labels in two languages, two lines to a row, names with their numbers."""

import io

import numpy as np
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from recon.reading.pages.lines import Line
from recon.reading.pages.rules import rules_between
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


def test_tabs_behind_each_cell_do_not_hide_the_commas_between_them():
    rows = [[cell.replace(",", "") for cell in row.split(";")] for row in chained("甲乙丙丁")]
    tabbed = [",".join(f"{cell}\t" for cell in row) for row in rows]
    account = sheet("交易时间,摘要,交易金额（元）,账户余额（元）", tabbed)
    assert account.lines.amount.tolist() == [100000, -2000, 30000, -8000]
    assert account.lines.text["description"] == list("甲乙丙丁")


def test_marks_that_keep_figures_text_are_no_part_of_them():
    for front, back in (("'", ""), ("`", ""), ('="', '"')):
        cells = (row.split(";") for row in chained(["62220001", "62220002", "62220003", "62220004"]))
        rows = [f"{front}{day}{back};{front}{number}{back};{a};{b}" for day, number, a, b in cells]
        account = sheet("记账日期;对方账号;交易金额;余额", rows)
        assert account.lines.text["counterparty_account"] == [f"6222000{k}" for k in range(1, 5)]


def test_totals_below_an_export_are_whole_though_its_commas_cut_them_and_no_lines():
    rows = [row.replace("1,000.00", "1000.00").replace(",", "").replace(";", ",") for row in chained("甲乙丙丁")]
    foot = ["# 收入合计: 2 笔，共 1,300.00 元", "# 支出合计: 2 笔，共 100.00 元"]
    above = ["# 账    号: [一卡通:621483******5678 王某]"]
    account = sheet("交易日期,交易备注,交易金额,余额", [*rows, *foot], above)
    assert account.account == "621483******5678"
    wrong = "\n".join(["交易日期,交易备注,交易金额,余额", *rows, "# 收入合计: 2 笔，共 1,310.00 元", foot[1]])
    assert read_bytes(wrong.encode(), "a.csv").reason == "totals_differ"
    sheet("交易时间;收入金额;支出金额;账户余额", [
        "2024-01-02;5.00;0.00;15.00", "2024-01-03;0.00;3.00;12.00", "2024-01-04;1.00;0.00;13.00",
        "收入总笔数;2;收入总金额;6.00", "支出总笔数;1;支出总金额;3.00"])


def test_of_payer_and_payee_with_their_accounts_the_other_side_is_named():
    own, other = "1001;某某公司", "2002;供应商甲"
    rows = [f"2024-01-02;{own};{other};-20.00;5,980.00", f"2024-01-03;{other};{own};300.00;6,280.00",
            f"2024-01-04;{own};;;-80.00;6,200.00", f"2024-01-05;{own};{own};-1.00;6,199.00"]
    text = sheet("交易日期;付款人账号;付款人名称;收款人账号;收款人名称;交易金额;余额", rows).lines.text
    assert text["counterparty"] == ["供应商甲", "供应商甲", "", "某某公司"]
    assert text["counterparty_account"] == ["2002", "2002", "", "1001"]


def test_a_column_that_names_the_holder_in_every_line_is_no_description():
    account = sheet("交易日期;账户名称;摘要;交易金额;余额", chained(["某某公司"] * 4, "甲乙丙丁"))
    assert (account.holder, account.lines.text["description"]) == ("某某公司", list("甲乙丙丁"))


def test_credit_and_debit_may_be_told_by_the_first_letters_of_how_they_sound():
    account = sheet("交易日期;借贷标志;发生额;余额", [row.replace(";-", ";") for row in chained("DJDJ")])
    assert account.lines.amount.tolist() == [100000, -2000, 30000, -8000]


def test_what_a_fee_leaves_is_the_amount_in_refunds_too():
    rows = ["2024-03-01;收款;99.00;0.38;98.62", "2024-03-02;退款;-50.00;-0.19;-49.81", "2024-03-03;收款;9.00;0.04;8.96"]
    reading = read_bytes("\n".join(["日期;交易类型;交易金额;手续费;结算金额", *rows]).encode(), "a.csv")
    assert reading.accounts[0].lines.amount.tolist() == [9862, -4981, 896]


def test_a_table_that_goes_on_in_another_currency_is_another_account():
    yuan, dollars = (f"币种：{name};账号：6217;期初余额：5,000.00" for name in ("人民币", "美元"))
    rows = [yuan, *chained("甲乙丙丁"), dollars, *chained("戊己庚辛")]
    reading = read_bytes("\n".join(["对账期间：2024-01", "交易日期;摘要;交易金额;余额", *rows]).encode(), "a.csv")
    assert reading.outcome == "proven"
    assert [(a.currency, a.opening, a.lines.text["description"]) for a in reading.accounts] == [
        ("CNY", 500000, list("甲乙丙丁")), ("USD", 500000, list("戊己庚辛"))]


def test_totals_of_months_between_the_lines_are_no_totals_of_all_but_one_that_is_may_stand_among_them():
    def outcome(march, february, *foot):
        rows = [march, "2024-03-04;-15.00;5.00", "2024-03-02;-5.00;20.00"]
        rows += [february, "2024-02-03;-5.00;25.00", "2024-02-02;30.00;30.00", *foot]
        reading = read_bytes("\n".join(["交易日期;金额;余额", *rows]).encode(), "a.csv")
        return reading.outcome, reading.reason

    march, february = "2024年3月 收入：¥0.00 支出：¥20.00", "2024年2月 收入：¥30.00 支出：¥5.00"
    assert outcome(march, february)[0] == "proven"
    assert outcome(march, february, "总收入：30.00;总支出：25.00")[0] == "proven"
    assert outcome("", "", "总收入：31.00;总支出：25.00") == ("inconsistent", "totals_differ")


def test_titles_and_cells_of_one_line_may_stand_beside_the_middle_of_those_of_three():
    lines = [(60, [(200, "交易金额")]), (64.5, [(30, "日期"), (100, "货币"), (-390, "联机余额")]),
             (69, [(200, "Transaction")]), (73.5, [(30, "Date"), (100, "Currency"), (-390, "Balance")]),
             (78, [(200, "Amount")])]
    for k, (a, b) in enumerate(CHAIN):
        y = 95 + 24 * k
        lines += [(y, [(30, f"2024-01-0{k + 2}")]), (y + 4.5, [(100, "CNY"), (-240, a), (-390, b)]),
                  (y + 9, [(30, f"09:00:0{k}")])]
    account = page(lines)
    assert account.lines.date.astype(str).tolist() == [f"2024-01-0{k}" for k in range(2, 6)]
    assert account.currency == "CNY"
    assert account.lines.text["time"] == [f"09:00:0{k}" for k in range(4)]


def test_a_heading_of_an_earlier_month_behind_the_period_moves_no_year():
    rows = ["2024年6月", "06-19;-20.00;5.00", "06-02;-5.00;25.00"]
    rows += ["2024年2月", "02-12;-5.00;30.00", "02-02;35.00;35.00"]
    account = sheet("交易日期;金额;余额", rows, ["查询区间：2024-01-01 至 2024-06-30"])
    assert account.lines.date.astype(str).tolist() == ["2024-02-02", "2024-02-12", "2024-06-02", "2024-06-19"]


def test_equal_amounts_that_close_only_against_the_days_are_not_turned_round():
    rows = [f"2024-0{k}-10;某;20.00;0.00;{500 - 20 * k}.00" for k in range(1, 8)]
    reading = read_bytes("\n".join(["交易日期;摘要;收入;支出;余额", *rows]).encode(), "a.csv")
    assert reading.outcome == "doubtful"


def test_a_loan_whose_principal_is_repaid_in_equal_parts_is_a_paper_and_no_account():
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont("STSong-Light", 9)
    titles = ("期数", "还款日期", "实还本金", "实还利息", "还款总额", "剩余本金")
    rows = [(f"{k}", f"2024-0{k}-20", "2,000.00", f"{20 - k}.00", f"2,0{20 - k}.00", f"{20 - 2 * k},000.00")
            for k in range(1, 9)]
    canvas.drawString(250, 800, "个人贷款还款明细")
    for k, row in enumerate([titles, *rows]):
        for x, cell in zip((30, 100, 180, 270, 350, 440), row, strict=True):
            canvas.drawString(x, 760 - 16 * k, cell)
    canvas.save()
    reading = read_bytes(out.getvalue(), "a.pdf")
    assert ([receipt.kind for receipt in reading.receipts], reading.accounts) == (["loan_statement"], ())


def test_upright_rules_part_columns_whose_cells_are_full_on_one_page_and_on_many():
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    edges, size = (30, 90, 170, 250, 349.5, 470), 8
    titles = ("交易日期", "交易金额", "余额", "对方户名", "对方账号")
    for pages in (1, 4):
        out, said, balance = io.BytesIO(), [], 0
        canvas = Canvas(out, pagesize=(595, 842))
        for page in range(pages):
            canvas.setFont("STSong-Light", size)
            rows = []
            for k in range(20):
                balance += 700 + k
                name = "某某区某某镇某某城管理有" if k % 10 == 1 else "王某"
                said.append((name, f"62444325478{page}{k:05}"))
                rows.append((f"2024-0{page + 1}-{k + 1:02}", f"{7 + k / 100:.2f}", f"{balance / 100:,.2f}", *said[-1]))
            for k, row in enumerate([titles, *rows]):
                for a, b, cell in zip(edges, edges[1:], row, strict=False):
                    canvas.rect(a, 780 - 14 * k, b - a, 14)
                    place = (canvas.drawRightString, b - 1) if "." in cell else (canvas.drawString, a + 1)
                    place[0](place[1], 784 - 14 * k, cell)
            canvas.showPage()
        canvas.save()
        reading = read_bytes(out.getvalue(), "a.pdf")
        text = reading.accounts[0].lines.text
        assert reading.outcome == "proven"
        assert list(zip(text["counterparty"], text["counterparty_account"], strict=True)) == said


def test_a_rule_parts_two_titles_where_it_is_long_alone_and_crossed_by_no_word():
    extents = [(30, 60), (100, 130), (200, 230)]
    head = Line(1, 1, 10, 20, [(*extent, "x") for extent in extents])
    long, short = [(80, 5, 60), (80, 60, 110)], [(150, 10, 25)]
    body = [Line(1, 2, 30, 40, [(30, 70, "a"), (100, 190, "b")]), Line(2, 1, 30, 40, [(30, 190, "c")])]

    def rules(edges):
        return rules_between(extents, head, body, np.array(edges, np.float32))

    assert rules([*long, *short]) == [80, None]
    assert rules([*long, (85, 10, 90), (195, 10, 90)]) == [None, 195]
    assert rules([(150, 10, 90)]) == [None, None]
    assert rules(np.empty((0, 3))) == [None, None]


def test_titles_that_stand_close_beside_each_other_are_each_one():
    lines = [(60, [(30, "交易日期"), (-200, "交易金额"), (-280, "账户余额"), (283.5, "交易地点/附言")])]
    for k, (a, b) in enumerate(CHAIN):
        lines += [(80 + 14 * k, [(30, f"2024-01-0{k + 2}"), (-200, a), (-280, b), (283.5, "房租")])]
    assert page(lines).lines.text["description"] == ["房租"] * 4


def test_text_that_wraps_right_below_the_header_is_no_title_though_letters_stand_in_it():
    lines = [(60, [(30, "交易日"), (100, "摘要"), (-390, "交易金额"), (-480, "余额")])]
    for k, (a, b) in enumerate(CHAIN):
        y = 73 + 24 * k
        lines += [(y, [(100, "跨行转账：合同编号HT-")]), (y + 4.5, [(30, f"2024-01-0{k + 2}"), (-390, a), (-480, b)]),
                  (y + 9, [(100, "2024-0115尾款")])]
    assert page(lines).lines.text["description"] == ["跨行转账:合同编号HT- 2024-0115尾款"] * 4


def test_four_lines_of_a_cell_stay_with_their_row_though_the_row_is_at_their_middle():
    lines = [(60, [(30, "交易日期"), (100, "用途"), (-390, "交易金额"), (-480, "余额")])]
    for k, (a, b) in enumerate(CHAIN):
        y = 90 + 44 * k
        said = zip((-15, -5, 5, 15), ("采购面料", "尾款合同", "编号乙丙", "丁戊己"), strict=True)
        lines += [(y + dy, [(100, part)]) for dy, part in said]
        lines += [(y, [(30, f"2024-01-0{k + 2}"), (-390, a), (-480, b)])]
    assert page(lines).lines.text["description"] == ["采购面料尾款合同编号乙丙丁戊己"] * 4


def test_numbers_that_only_wrap_keep_to_their_column_on_many_pages_too():
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out, balance = io.BytesIO(), 0
    canvas = Canvas(out, pagesize=(595, 842))
    for number in range(1, 5):
        canvas.setFont("STSong-Light", 8)
        titles = ((33, "交易日期"), (150, "金额"), (240, "余额"), (391, "对方单位"), (452, "对方账号"))
        for x, title in titles:
            canvas.drawString(x, 790, title)
        for k in range(20):
            balance += 700 + k
            y = 770 - 30 * k
            canvas.drawString(33, y, f"2024-0{number}-{k + 1:02}")
            canvas.drawRightString(176, y, f"7.{k:02}")
            canvas.drawRightString(266, y, f"{balance / 100:,.2f}")
            for x, above, below in ((375, "某某省某某县某某", "轻纺有限公司"), (445.8, "621679885688", f"{k:05}")):
                canvas.drawString(x, y + 5, above)
                canvas.drawString(x, y - 5, below)
        canvas.showPage()
    canvas.save()
    reading = read_bytes(out.getvalue(), "a.pdf")
    text = reading.accounts[0].lines.text
    assert (reading.outcome, len(text["counterparty"])) == ("proven", 80)
    assert set(text["counterparty"]) == {"某某省某某县某某轻纺有限公司"}
    assert text["counterparty_account"] == [f"621679885688{k:05}" for k in range(20)] * 4


def test_a_title_of_which_a_narrow_cell_broke_off_one_character_is_whole():
    lines = [(60, [(30, "交易日期"), (100, "对方账号/汇票"), (-390, "交易金额"), (-480, "余额")]), (70, [(100, "号")])]
    for k, (a, b) in enumerate(CHAIN):
        lines += [(90 + 14 * k, [(30, f"2024-01-0{k + 2}"), (100, f"622170000{k}"), (-390, a), (-480, b)])]
    assert page(lines).lines.text["counterparty_account"] == [f"622170000{k}" for k in range(4)]


def test_an_upper_title_over_several_columns_goes_with_each_of_those_below():
    titles = ["交易日期;摘要;发生额;;余额;对方;;", ";;借方;贷方;;户名;账号;开户行"]
    sides = (f"{a[1:]};" if a[0] == "-" else f";{a}" for a, _ in CHAIN)
    rows = [f"2024-01-0{k};货款;{side};{b};某某公司;622170000{k};某行"
            for k, (side, (_, b)) in enumerate(zip(sides, CHAIN, strict=True), 2)]
    account = sheet(titles[0], [titles[1], *rows])
    assert account.lines.amount.tolist() == [100000, -2000, 30000, -8000]
    assert account.lines.text["counterparty"] == ["某某公司"] * 4
    assert account.lines.text["counterparty_account"] == [f"622170000{k}" for k in range(2, 6)]
