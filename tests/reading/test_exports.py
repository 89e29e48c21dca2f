"""Statements in the styles of real exports: cards among each other, balances by day, one's own books."""

import pytest

from recon.reading.read import read_bytes
from recon.reading.report import as_json

SPARSE = (
    "{opening}交易日期;摘要;借/贷;交易金额;余额\n2024年3月1日;甲;贷;10.00元;\n2024年3月1日;乙;借;4.00元;106.00元\n"
    "2024年3月2日;丙;借;6.00元;\n2024年3月2日;丁;贷;1.00元;101.00元\n2024年3月4日;戊;贷;{last}元;108.00元\n"
    "2024年3月5日;己;借;8.00元;100.00元\n"
)
CARDS = (
    "交易日期;卡号;摘要;金额;余额;对方账号\n"
    "2024-01-02;6222000000000001;a;1.00;11.00;9001\n2024-01-02;6222000000000002;b;-2.00;98.00;9001\n"
    "2024-01-03;6222000000000001;c;2.00;13.00;9002\n2024-01-04;6222000000000001;d;-3.00;10.00;9001\n"
    "2024-01-04;6222000000000002;e;5.00;103.00;9002\n2024-01-05;6222000000000001;f;4.00;{f};9003\n"
    "2024-01-06;6222000000000002;g;1.00;104.00;9001\n2024-01-07;6222000000000002;h;1.00;105.00;9002\n"
)


def read(text, name="statement.csv"):
    return read_bytes(text.encode(), name)


def amounts(reading):
    return [a for account in reading.accounts for a in account.lines.amount.tolist()]


def test_lines_of_two_cards_among_each_other_are_parted_and_a_changed_digit_is_caught():
    reading = read(CARDS.format(f="14.00"))
    assert reading.outcome == "proven"
    assert {a.account: len(a.lines) for a in reading.accounts} == {"6222000000000001": 4, "6222000000000002": 4}
    assert read(CARDS.format(f="19.00")).outcome != "proven"


def test_several_cards_of_one_account_stay_one_account():
    rows = ["Date;Card number;Description;Amount;Balance"]
    rows += [f"2024-01-{k + 1:02};****{1000 + k % 3};x;{k + 1}.00;{100 + (k + 1) * (k + 2) // 2}.00" for k in range(12)]
    reading = read("\n".join(rows))
    assert (reading.outcome, len(reading.accounts)) == ("proven", 1)


def test_a_renewed_card_hides_no_step_at_which_a_balance_breaks():
    rows = ["Date;Card number;Description;Amount;Balance"]
    rows += [f"2024-01-{k + 1:02};****{1000 + k // 6};x;{9 if k == 6 else 1}.00;{101 + k}.00" for k in range(12)]
    assert read("\n".join(rows)).outcome == "inconsistent"


def test_numbers_of_payer_and_payee_make_no_accounts():
    rows = ["付款人账号[ Debit Account No. ];收款人账号[ Payee's Account Number ];交易日期;摘要;交易金额;余额"]
    sums = [k * (k + 1) // 2 for k in range(1, 7)]
    rows += [f"{900 + k % 2};{901 - k % 2};2024010{k};x;{k}.00;{total}.00" for k, total in enumerate(sums, 1)]
    reading = read("\n".join(rows))
    assert (reading.outcome, len(reading.accounts)) == ("proven", 1)


def test_balances_on_the_last_line_of_each_day_prove_the_lines_between_them():
    reading = read(SPARSE.format(opening="上期余额：100.00\n", last="7.00"))
    assert (reading.outcome, reading.reason) == ("proven", "chain_closes")
    assert read(SPARSE.format(opening="上期余额：100.00\n", last="1.00")).outcome == "inconsistent"


def test_lines_before_the_first_balance_are_proven_by_a_printed_opening_alone():
    reading = read(SPARSE.format(opening="", last="7.00"))
    assert (reading.outcome, reading.reason) == ("unprovable", "few_balances")


def test_an_opening_balance_and_a_balance_on_the_last_line_alone_prove_all_lines():
    text = "Opening balance;5.00\nDate;Details;Paid out;Paid in;Balance\n2024-01-02;a;;1.00;\n2024-01-03;b;2.00;;\n"
    assert read(text + "2024-01-04;c;;3.00;7.00\n").reason == "ends_close"
    assert read(text + "2024-01-04;c;;4.00;7.00\n").outcome == "inconsistent"


def test_an_opening_balance_marked_overdrawn_is_owed():
    text = "Opening Balance;{opening}\nDate;Details;Amount;Balance\n2024-01-02;a;100.00;400.00 OD\n"
    text += "2024-01-03;b;500.00;100.00\n2024-01-04;c;-300.00;200.00 OD\n"
    assert read(text.format(opening="500.00 OD")).outcome == "proven"
    assert read(text.format(opening="500.00")).outcome == "inconsistent"


LINES = "Datum;Text;Betrag EUR\n02.03.2024;a;-10,00\n05.03.2024;b;25,00\n"


@pytest.mark.parametrize(("last", "outcome"), [("115,00", "proven"), ("116,00", "inconsistent")])
def test_balances_printed_for_the_days_around_the_lines_open_and_close_them(last, outcome):
    text = "Kontostand am 01.03.2024, Auszug Nr. 2;100,00 EUR\n" + LINES
    assert read(text + f"Kontostand am 05.03.2024 um 20:01 Uhr;{last} EUR\n").outcome == outcome


def test_a_balance_printed_for_a_day_among_the_lines_opens_and_closes_nothing():
    text = "Kontostand am 01.03.2024;100,00 EUR\n" + LINES + "Kontostand am 03.03.2024;90,00 EUR\n"
    assert read(text).reason == "nothing_to_prove_with"


def test_a_french_balance_in_the_table_s_own_columns_is_no_line_whatever_its_accents():
    text = "Date;Libellé;Débit;Crédit\n;SOLDE CREDITEUR AU 29/02/2024;;100,00\n02.03;PRLV;150,00;\n05.03;VIR;;20,00\n"
    reading = read(text + ";SOLDE DEBITEUR AU 31/03/2024;30,00;\n")
    assert (reading.outcome, amounts(reading)) == ("proven", [-15000, 2000])
    assert str(reading.accounts[0].lines.date[0]) == "2024-03-02"


def test_daily_balances_below_a_list_of_movements_are_no_lines_and_none_is_unread():
    text = "Beginning balance on March 1, 2024;$100.00\nEnding balance on March 31, 2024;$115.00\n"
    text += "Date;Description;Amount\n03/02/24;a;-10.00\n03/15/24;b;25.00\n"
    reading = read(text + "Daily ledger balances\nDate;Balance;($)\n03/02;90.00;\n03/15;115.00;\n")
    assert (reading.outcome, amounts(reading)) == ("proven", [-1000, 2500])


def test_in_one_s_own_books_a_debit_of_the_bank_is_money_in():
    text = "{title}\n日期;摘要;借方金额;贷方金额;余额\n2024-03-01;a;10.00;;110.00\n2024-03-02;b;;30.00;80.00\n"
    text += "2024-03-03;c;5.00;;85.00\n2024-03-04;d;;1.00;84.00\n2024-03-05;e;2.00;;86.00\n"
    reading = read(text.format(title="科目：1002 银行存款"))
    assert (reading.outcome, amounts(reading)) == ("proven", [1000, -3000, 500, -100, 200])
    assert read(text.format(title="对账单")).outcome != "proven"


@pytest.mark.parametrize("title", ["Směr", "Unknown"])
def test_a_column_of_the_words_for_in_and_out_signs_the_amounts_whatever_its_title(title):
    text = f"Počáteční zůstatek;100,00\nDatum;{title};Částka;Zůstatek\n01.03.2024;Příjem;5,00;\n"
    reading = read(text + "01.03.2024;Výdaj;9,00;\n02.03.2024;Příjem;4,00;100,00\n03.03.2024;Výdaj;1,00;99,00\n")
    assert (reading.outcome, amounts(reading)) == ("proven", [500, -900, 400, -100])


def test_of_two_ways_to_sign_that_close_the_one_that_meets_the_printed_opening_is_taken():
    text = "Opening balance;100.00\nDate;Code;Details;Amount;Balance\n2024-03-01;AB;a;5.00;\n2024-03-01;CD;b;9.00;\n"
    reading = read(text + "2024-03-02;AB;c;4.00;100.00\n2024-03-03;CD;d;1.00;99.00\n2024-03-04;CD;e;2.00;97.00\n")
    assert (reading.outcome, amounts(reading)) == ("proven", [500, -900, 400, -100, -200])


def test_a_row_with_the_balance_of_its_day_alone_closes_the_line_above():
    text = "Saldo anterior;100,00\nData;Descrição;Valor;Saldo\n05/03/2024;a;-10,00;\n05/03/2024;b;4,00;\n"
    text += "05/03/2024;Saldo do dia;;94,00\n06/03/2024;c;{c};\n06/03/2024;Saldo do dia;;95,00\n"
    text += "17/03/2024;d;5,00;\n17/03/2024;Saldo do dia;;100,00\n"
    reading = read(text.format(c="1,00"))
    assert (reading.outcome, amounts(reading)) == ("proven", [-1000, 400, 100, 500])
    assert reading.accounts[0].lines.text["description"][1] == "b"
    assert read(text.format(c="2,00")).outcome == "inconsistent"


def test_amounts_are_out_where_only_those_in_bear_a_plus():
    text = "Дата операции;Описание;Сумма;Остаток\n05.03.2024;a;10,00;90,00\n06.03.2024;b;+4,00;94,00\n"
    reading = read(text + "17.03.2024;c;1,00;93,00\n18.03.2024;d;2,00;91,00\n")
    assert (reading.outcome, amounts(reading)) == ("proven", [-1000, 400, -100, -200])


def test_what_the_fees_leave_of_an_amount_is_what_moves():
    reading = read("Date;Type;Amount;Fee;Net\n2024-03-05;charge;-10.00;1.00;-11.00\n2024-03-06;refund;9.00;0.50;8.50\n")
    assert amounts(reading) == [-1100, 850]


def test_transactions_written_as_labelled_lines_are_a_table():
    each = "Date: {d}/03/2024\nDescription: CARD: SHOP {d}\nAmount: {a}\nBalance: {b}\n\n"
    rows = ((17, "-5.00", "1,094.00"), (16, "-1.00", "1,099.00"), (5, "100.00", "1,100.00"), (4, "1.00", "1,000.00"))
    reading = read("Account: XXXX 1234\n\n" + "".join(each.format(d=d, a=a, b=b) for d, a, b in rows), "a.txt")
    assert (reading.outcome, amounts(reading)) == ("proven", [100, 10000, -100, -500])
    assert reading.accounts[0].lines.line.tolist() == [18, 13, 8, 3]


def test_what_stands_below_a_table_without_a_header_closes_it_and_tells_its_year():
    text = "alter Kontostand vom 29.12.2023;;100,00 H\n30.12.;Strom;10,00 S\n04.01.;Miete;50,00 S\n05.01.;Lohn;9,00 H\n"
    reading = read(text + "neuer Kontostand vom 31.01.2024;;49,00 H\n")
    assert (reading.outcome, amounts(reading)) == ("proven", [-1000, -5000, 900])
    assert [str(day) for day in reading.accounts[0].lines.date] == ["2023-12-30", "2024-01-04", "2024-01-05"]


def test_a_label_may_name_its_currency_behind_it():
    text = "Saldo contabile iniziale in Euro;100,00\nSaldo contabile finale in Euro;95,00\nData;Descrizione;Importo\n"
    assert read(text + "05.03.2024;a;-10,00\n06.03.2024;b;5,00\n").reason == "ends_close"


def test_statements_below_each_other_are_parted_at_their_headers_and_what_lies_between_is_not_proven():
    head = "Date;Description;Amount;Balance\n"
    rows = "{m}-02;a;1.00;{a}\n{m}-03;b;2.00;{b}\n{m}-05;c;3.00;{c}\n{m}-06;d;4.00;{d}\n"
    first = rows.format(m="2025-01", a="11.00", b="13.00", c="16.00", d="20.00")
    for start, outcome, accounts in ((20, "proven", 1), (50, "doubtful", 2)):
        later = rows.format(m="2025-02", **{k: f"{start + n}.00" for k, n in zip("abcd", (1, 3, 6, 10), strict=True)})
        reading = read(head + first + head + later)
        assert (reading.outcome, len(reading.accounts)) == (outcome, accounts)
    broken = rows.format(m="2025-02", a="51.00", b="53.00", c="56.00", d="61.00")
    assert read(head + first + head + broken).outcome == "inconsistent"


def test_a_statement_with_a_changed_balance_is_no_paper_though_a_line_bears_a_paper_s_title():
    rows = "交易日期;摘要;金额;余额\n2025-01-02;水电费;-1.00;10.00\n2025-01-03;工资表;2.00;12.00\n"
    reading = read(rows + "2025-01-05;水电费;-3.00;9.00\n2025-01-06;水电费;4.00;13.00\n2025-01-07;a;4.00;18.00\n")
    assert (reading.outcome, reading.reason) == ("inconsistent", "chain_breaks")


def test_a_bill_s_line_that_is_neither_income_nor_spending_is_not_held_by_totals_of_those():
    text = "支付宝账户：138\n已收入:1笔,5.00元\n已支出:1笔,2.00元\n交易时间,交易对方,收/支,金额,收/付款方式,交易状态\n"
    text += "2024-01-02 10:00:00,a,收入,5.00,余额,交易成功\n2024-01-03 10:00:00,b,支出,2.00,余额,交易成功\n"
    reading = read(text + "2024-01-04 10:00:00,c,收入收入,9.00,余额,交易成功\n")
    assert (reading.outcome, reading.accounts[0].lines.unpinned) == ("proven", (2,))


def test_a_statement_in_traditional_characters_with_years_of_the_republic_is_read():
    text = "帳號;0123456789\n交易日期;摘要;支出金額;存入金額;結餘\n113/03/05;轉帳;1.00;;99.00\n"
    reading = read(text + "113/03/16;轉帳;;5.00;104.00\n113年3月17日;轉帳;4.00;;100.00\n113/03/18;轉帳;;1.00;101.00\n")
    assert (reading.outcome, amounts(reading)) == ("proven", [-100, 500, -400, 100])
    assert (reading.accounts[0].account, str(reading.accounts[0].lines.date[2])) == ("0123456789", "2024-03-17")


def test_a_counterparty_s_number_and_name_in_one_column_are_parted():
    text = "交易日期;摘要;交易金额;账户余额;对方账号与户名\n20250105;转账;1.00;11.00;6222021102012345678/张三\n"
    text += "20250109;消费;-2.00;9.00;\n20250111;转账;-3.00;6.00;顺达管业/32050000123456\n"
    reading = read(text + "20250112;a;1.00;7.00;李四\n")
    said = reading.accounts[0].lines.text
    assert said["counterparty"] == ["张三", "", "顺达管业", "李四"]
    assert said["counterparty_account"] == ["6222021102012345678", "", "32050000123456", ""]


def test_a_line_without_words_is_told_by_its_kind():
    text = "交易日期,收入,支出,余额,交易类型,交易备注\n20250105,1.00,,11.00,账户结息,\n"
    text += "20250106,,2.00,9.00,快捷支付,支付宝\n"
    lines = as_json(read(text), language="en")["accounts"][0]["transactions"]
    assert [line["description"] for line in lines] == ["账户结息", "支付宝"]
