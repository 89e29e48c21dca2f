"""Tables as banks and wallets really print them, each with a known answer."""

import pytest

from recon.reading.read import read_bytes


def read(text, encoding="utf-8", name="statement.csv"):
    return read_bytes(text.encode(encoding), name)


def amounts(reading):
    return [a for account in reading.accounts for a in account.lines.amount.tolist()]


def test_german_export_newest_first_with_two_equal_rows_on_one_day():
    reading = read(
        '"Kontostand vom 05.02.2025:";"1.204,56 EUR"\n\n'
        "Buchungstag;Wertstellung;Buchungstext;Auftraggeber / Begünstigter;Verwendungszweck;Betrag (EUR);Saldo (EUR)\n"
        "05.02.2025;05.02.2025;Lastschrift;Stadtwerke Köln;Strom;-95,44;1.204,56\n"
        "03.02.2025;03.02.2025;Überweisung;Müller GmbH;Rechnung 17;-200,00;1.300,00\n"
        "03.02.2025;03.02.2025;Überweisung;Müller GmbH;Rechnung 17;-200,00;1.500,00\n"
        "01.02.2025;01.02.2025;Gutschrift;Arbeitgeber AG;Gehalt;1.650,00;1.700,00\n",
        "cp1252",
    )
    assert (reading.outcome, amounts(reading)) == ("proven", [165000, -20000, -20000, -9544])
    assert reading.accounts[0].currency == "EUR"
    assert reading.accounts[0].lines.text["counterparty"][1] == "Müller GmbH"


def test_lines_of_one_day_out_of_order_are_put_in_the_order_of_their_balances():
    reading = read(
        "交易日期,摘要,收入,支出,余额\n2025-01-02,甲,100.00,,1100.00\n2025-01-03,丙,,30.00,1120.00\n"
        "2025-01-03,乙,50.00,,1150.00\n2025-01-03,丁,5.00,,1125.00\n2025-01-04,戊,,25.00,1100.00\n",
        "gb18030",
    )
    assert reading.outcome == "proven"
    assert reading.accounts[0].lines.line.tolist() == [2, 4, 3, 5, 6]


def test_no_header_at_all_is_read_by_content_and_arithmetic():
    reading = read(
        "09/01/2025;Sale;;12,00;1.951,45\n05/01/2025;Fuel;60,55;;1.939,45\n03/01/2025;Sale;;250,00;2.000,00\n"
        "03/01/2025;Sale;;250,00;1.750,00\n13/12/2024;Rent;500,00;;1.500,00\n"
    )
    assert (reading.outcome, amounts(reading)) == ("proven", [-50000, 25000, 25000, -6055, 1200])


def test_a_truncated_statement_contradicts_its_printed_closing_balance():
    reading = read(
        "期初余额：1000.00\n期末余额：1150.00\n交易日期,交易金额,余额,摘要\n2025-01-02,100.00,1100.00,货款\n"
        "2025-01-03,20.00,1120.00,货款\n2025-01-04,20.00,1140.00,货款\n"
    )
    assert (reading.outcome, reading.reason) == ("inconsistent", "closing_differs")


def test_totals_and_counts_prove_where_no_balance_is_printed():
    text = (
        "户名：张三    账号：6222 0212 3456 7890\n收入合计：300.00   支出合计：50.00   收入笔数：2  支出笔数：1\n"
        "交易日期,交易金额,对方户名,摘要\n2025-01-02,100.00,甲,货款\n2025-01-03,200.00,甲,货款\n2025-01-05,-50.00,乙,货款\n"
    )
    reading = read(text)
    assert (reading.outcome, reading.reason) == ("proven", "totals_close")
    assert (reading.accounts[0].account, reading.accounts[0].holder) == ("6222 0212 3456 7890", "张三")
    assert read(text.replace("支出笔数：1", "支出笔数：2")).outcome == "inconsistent"


def test_one_column_of_totals_proves_nothing_about_the_other():
    text = "收入合计：300.00\n交易日期,交易金额,摘要\n2025-01-02,300.00,货款\n2025-01-05,-50.00,货款\n"
    assert read(text).outcome == "unprovable"


def test_several_accounts_in_one_table_have_a_chain_each_and_red_entries_keep_their_sign():
    reading = read(
        "账号,交易日期,币种,借贷标志,交易金额,账户余额,摘要\n"
        "6222000000001111,20250102,人民币,贷,100.00,1100.00,货款\n6222000000002222,20250102,人民币,借,50.00,450.00,货款\n"
        "6222000000001111,20250103,人民币,借,30.00,1070.00,退\n6222000000002222,20250104,人民币,贷,25.00,475.00,货款\n"
        "6222000000001111,20250105,人民币,借,-30.00,1100.00,冲正\n6222000000001111,20250106,人民币,借,100.00,1000.00,货款\n"
        "6222000000002222,20250106,人民币,贷,25.00,500.00,货款\n6222000000002222,20250107,人民币,贷,25.00,525.00,货款\n"
    )
    assert reading.outcome == "proven"
    assert [(a.account, a.currency, a.closing) for a in reading.accounts] == [
        ("6222000000001111", "CNY", 100000),
        ("6222000000002222", "CNY", 52500),
    ]
    assert reading.accounts[0].lines.amount.tolist() == [10000, -3000, 3000, -10000]


def test_credits_and_debits_by_their_marks():
    reading = read(
        'Txn Date,Description,Amount (INR),Balance (INR)\n02 Jan 2025,NEFT,"5,000.00 CR","15,000.00 CR"\n'
        '03 Jan 2025,ATM,"2,000.00 DR","13,000.00 CR"\n04 Jan 2025,UPI,"15,000.00 DR","2,000.00 DR"\n'
        '05 Jan 2025,NEFT,"5,000.00 CR","3,000.00 CR"\n'
    )
    assert (reading.outcome, amounts(reading)) == ("proven", [500000, -200000, -1500000, 500000])


def test_dates_that_could_be_either_way_round_are_doubtful():
    assert read("Date,Description,Amount\n01/02/2025,Coffee,-4.50\n03/01/2025,Payroll,20.00\n").reason == "day_or_month"


def test_amounts_that_carry_no_sign_are_doubtful():
    assert read("Date,Description,Amount\n2025-01-02,Coffee,4.50\n2025-01-03,Payroll,20.00\n").reason == "sign_unknown"


def test_a_card_bill_prints_purchases_positive_and_years_turn():
    reading = read(
        "某银行信用卡对账单 2024年01月\n交易日,记账日,交易摘要,人民币金额,卡号末四位\n"
        ",12/29,还款,-30.00,1234\n01/02,01/03,超市,56.78,1234\n"
    )
    assert (reading.kind, amounts(reading)) == ("card", [3000, -5678])
    assert [str(d) for d in reading.accounts[0].lines.date] == ["2023-12-29", "2024-01-03"]


def test_monthly_subtotals_are_no_lines_and_prove_a_hand_cash_book():
    reading = read(
        "日期,摘要,收入,支出,类别\n2025-01-02,营业款,856,,cash_sales\n2025-01-03,房租,,3000,rent\n1月合计,,856,3000,\n"
        "2025-02-02,营业款,100.5,,cash_sales\n2月合计,,100.50,0,\n"
    )
    assert (reading.kind, reading.outcome, amounts(reading)) == ("cashbook", "proven", [85600, -300000, 10050])
    assert reading.accounts[0].lines.text["category"] == ["cash_sales", "rent", "cash_sales"]


def test_a_line_with_an_unreadable_amount_keeps_the_file_from_being_proven():
    rows = "".join(f"2025-01-0{i},货款,10.00,{1000 + 10 * i}.00\n" for i in range(1, 7))
    reading = read("交易日期,摘要,交易金额,余额\n" + rows + "2025-01-07,货款,1O.O0x7,1070.00\n")
    assert (reading.outcome, reading.reason) == ("doubtful", "rows_unread")


WECHAT = (
    "微信支付账单明细,,,,,,,,,,\n微信昵称：[小王],,,,,,,,,,\n"
    "共6笔记录,,,,,,,,,,\n收入：1笔 0.35元,,,,,,,,,,\n支出：1笔 28.16元,,,,,,,,,,\n"
    "中性交易：4笔 3610.10元,,,,,,,,,,\n----------------------微信支付账单明细列表--------------------,,,,,,,,,,\n"
    "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n"
    '2025-03-02 12:45:27,商户消费,面馆,"午餐",支出,¥28.16,招商银行(1234),支付成功,"39\t","12\t","/"\n'
    "2025-03-02 10:10:11,微信红包,朋友,/,收入,¥0.35,/,已存入零钱,40,13,/\n"
    "2025-03-01 16:29:37,零钱提现,招商银行,/,/,¥100.10,招商银行,提现已到账,41,/,服务费¥0.10\n"
    "2025-03-01 10:28:55,零钱充值,工商银行(9876),/,/,¥1300.00,工商银行(9876),充值完成,42,/,/\n"
    "2025-03-01 10:07:31,转入零钱通-来自工商银行(9876),/,/,/,¥2000.00,工商银行(9876),支付成功,43,/,/\n"
    "2025-03-01 09:07:31,某种新类型,/,/,/,¥210.00,零钱,从未见过的状态,44,/,/\n"
)


def test_wechat_rows_are_signed_from_the_wallets_view_and_an_unknown_status_keeps_its_row():
    reading = read(WECHAT)
    account = reading.accounts[0]
    assert (reading.kind, account.bank, account.holder) == ("wallet", "WeChat", "小王")
    by_order = dict(zip(account.lines.text["order"], account.lines.amount.tolist(), strict=True))
    assert by_order == {"39": -2816, "40": 35, "41": -10010, "42": 130000, "43": 200000, "44": -21000}
    assert "从未见过的状态" in account.lines.text["status"]
    assert [f.params["rows"] for f in reading.findings if f.code == "sign_assumed"] == [1]


def test_wallet_totals_that_disagree_prove_nothing_and_accuse_nobody():
    reading = read(WECHAT.replace("共6笔记录", "共7笔记录"))
    assert (reading.outcome, reading.reason) == ("unprovable", "totals_incomplete")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (bytes(range(256)) * 40, "not_evidence"),
        (b"Dear all,\nnothing here.\n", "no_table"),
        (b"%PDF-1.7 nothing", "broken"),
        (b"PK\x03\x04 nothing", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "broken"),
    ],
)
def test_what_is_no_evidence_is_refused_with_a_reason(data, reason):
    reading = read_bytes(data, "file")
    assert (reading.outcome, reading.reason) == ("refused", reason)


def test_formulas_in_text_stay_text():
    reading = read("日期,摘要,收入,支出\n2025-01-02,=cmd|' /C calc'!A0,10.00,\n")
    assert reading.accounts[0].lines.text["description"] == ["=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("torn", [
    "2025-03-05,\n15.00,,115.00\n", "2025-03-05,\n15.00,1,115.00\n", "2025-63-05,15.00,,115.00\n",
])
def test_a_last_line_that_is_torn_or_has_no_such_day_is_no_sum(torn):
    lines = "2025-03-01,10.00,,110.00\n2025-03-02,20.00,,130.00\n2025-03-03,5.00,,135.00\n2025-03-04,,35.00,100.00\n"
    assert read(f"日期,收入,支出,结余\n{lines}").outcome == "proven"
    assert read(f"日期,收入,支出,结余\n{lines}{torn}").outcome == "doubtful"


@pytest.mark.parametrize(("first", "last", "outcome"), [
    ("", "", "proven"),
    ("", "2025-03-05,,,100.00\n", "proven"),
    ("2025-02-28,,,100.00\n", "", "proven"),
    ("", "2025-03-05,,,90.00\n", "doubtful"),
    ("2025-02-28,,,90.00\n", "", "doubtful"),
])
def test_a_balance_at_an_end_that_no_line_reaches_is_a_movement_that_was_not_read(first, last, outcome):
    lines = "2025-03-01,10.00,,110.00\n2025-03-02,20.00,,130.00\n2025-03-03,5.00,,135.00\n2025-03-04,,35.00,100.00\n"
    assert read(f"日期,收入,支出,结余\n{first}{lines}{last}").outcome == outcome
    newest = "".join(f"{line}\n" for line in reversed((first + lines + last).split()))
    assert read(f"日期,收入,支出,结余\n{newest}").outcome == outcome
