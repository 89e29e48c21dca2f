# ruff: noqa: E501, ISC004, Q003  pieces of evidence stand as they are printed, line by line
"""Traps that real statements and other readers' users have reported: each by its name, with the answer it should have."""

import io
import re
import zipfile
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import xlsxwriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from recon.reading.pages.completeness import absent, printed_page
from recon.reading.pages.doubt import garbled, overprinted, revisions
from recon.reading.read import read_bytes

ZH = "交易日期,摘要,收入,支出,余额\n"
ROWS = "2025-01-02,货款,100.00,,1100.00\n2025-01-03,房租,,50.00,1050.00\n2025-01-04,货款,1.00,,1051.00\n"
ROWS += "2025-01-05,货款,1.00,,1052.00\n"
FOUR = [10000, -5000, 100, 100]


def amounts(reading):
    return [a for account in reading.accounts for a in account.lines.amount.tolist()]


TABLES = {
    "a header below any preamble": ("".join(f"第{i}行说明\n" for i in range(30)) + ZH + ROWS, "utf-8", FOUR, "proven"),
    "a header repeated": (ZH + ZH.join(row + "\n" for row in ROWS.splitlines()), "utf-8", FOUR, "proven"),
    "gb18030 with trailing tabs and padding": (
        ZH + "".join(re.sub(",", " \t,", row) + "\n" for row in ROWS.splitlines()), "gb18030", FOUR, "proven",
    ),
    "full-width and Kangxi characters": (
        ZH.replace("日", "⽇").replace("支", "⽀") + ROWS.replace("100.00", "１００．００"), "utf-8", FOUR, "proven",
    ),
    "an account number spoilt by a spreadsheet": (
        ZH.replace("交易", "对方账号,交易") + "".join(f"6.22E+18,{row}\n" for row in ROWS.splitlines()), "utf-8", FOUR, "proven",
    ),
    "direction words with signed amounts": (
        "交易日期,借贷,金额,余额,摘要\n20250102,借,-50.00,950.00,a\n20250103,贷,100.00,1050.00,b\n"
        "20250104,借,-50.00,1000.00,c\n20250105,借,-50.00,950.00,c\n", "utf-8", [-5000, 10000, -5000, -5000], "proven",
    ),
    "two accounts in one sheet": (
        f"账号：6222000011112222\n{ZH}{ROWS}\n账号：6222000033334444\n{ZH}{ROWS}", "gb18030", FOUR + FOUR, "proven",
    ),
    "pages carried over and subtotals": (
        "日期,摘要,借方,贷方,余额\n2025-01-01,承前页,,,1000.00\n2025-01-02,货款,,100.00,1100.00\n"
        "2025-01-03,房租,50.00,,1050.00\n,本页小计,50.00,100.00,\n,过次页,,,1050.00\n,承前页,,,1050.00\n"
        "2025-01-04,货款,,1.00,1051.00\n2025-01-05,货款,,1.00,1052.00\n,本月合计,50.00,102.00,1052.00\n",
        "gb18030", FOUR, "proven",
    ),
    "a total that includes the opening balance": (
        "期初余额：1000.00\n收入合计：1102.00\n支出合计：50.00\n" + ZH + ROWS, "utf-8", FOUR, "proven",
    ),
    "a date carried down from the row above": (ZH + ROWS.replace("2025-01-04", ""), "utf-8", FOUR, "proven"),
    "page 1 of 5": ("第1页 共5页\n" + ZH + ROWS, "utf-8", FOUR, "doubtful"),
    "totals that include pages that are missing": (
        "第1页/共5页\n收入合计：900.00\n支出合计：800.00\n" + ZH + ROWS, "utf-8", FOUR, "doubtful",
    ),
    "html that says xls": (
        "<html><table>" + "".join(
            f"<tr><td>{row.replace(',', '</td><td>')}</td></tr>" for row in (ZH + ROWS).splitlines()
        ) + "</table></html>", "gb18030", FOUR, "proven",
    ),
    "one unknown status keeps its row": (
        "交易时间,交易类型,收/支,金额(元),支付方式,当前状态\n2025-03-02 12:45:27,付款,支出,5.00,零钱,没见过\n", "utf-8", [-500], "unprovable",
    ),
    "German export": (
        "Buchungstag;Valutadatum;Name Zahlungsbeteiligter;Buchungstext;Verwendungszweck;Betrag;Waehrung;Saldo nach Buchung\n"
        "05.02.2025;05.02.2025;REWE;Lastschrift;Einkauf;-95,44;EUR;1204,56\n04.02.2025;04.02.2025;X;Lastschrift;x;-100;EUR;1300\n"
        "03.02.2025;03.02.2025;X;Gutschrift;x;400;EUR;1400\n02.02.2025;02.02.2025;X;Lastschrift;x;500;EUR;1000\n",
        "utf-8", [50000, 40000, -10000, -9544], "proven",
    ),
    "French export with thousands by space": (
        "Solde au 05/02/2025 1 204,56 €\n\nDate;Libellé;Débit euros;Crédit euros;\n05/02/2025;\"CB\nPARIS\";95,44;;\n"
        "13/02/2025;VIR;;1 000,00;\n", "cp1252", [-9544, 100000], "unprovable",
    ),
    "Dutch export with Af and Bij": (
        '"Datum";"Naam / Omschrijving";"Rekening";"Af Bij";"Bedrag (EUR)";"Saldo na mutatie"\n'
        '"20250205";"A";"NL01";"Af";"95,44";"1204,56"\n"20250204";"B";"NL01";"Bij";"1000,00";"1300,00"\n'
        '"20250203";"B";"NL01";"Bij";"100,00";"300,00"\n"20250202";"B";"NL01";"Bij";"100,00";"200,00"\n',
        "utf-8", [10000, 10000, 100000, -9544], "proven",
    ),
    "Spanish export": (
        "FECHA OPERACIÓN;FECHA VALOR;CONCEPTO;IMPORTE EUR;SALDO\n13/02/2025;13/02/2025;Compra;-95,44;1.204,56\n"
        "12/02/2025;12/02/2025;Nómina;1.000,00;1.300,00\n11/02/2025;11/02/2025;N;100,00;300,00\n"
        "11/02/2025;11/02/2025;N;100,00;200,00\n", "cp1252", [10000, 10000, 100000, -9544], "proven",
    ),
    "Russian export with two columns": (
        "Номер счета;Валюта;Дата операции;Описание операции;Приход;Расход\n40817;RUR;05.02.25;Покупка;0;95,44\n"
        "40817;RUR;03.02.25;Зарплата;10000;0\n", "cp1251", [1000000, -9544], "unprovable",
    ),
    "Hungarian export with dotted dates": (
        "Könyvelés dátuma;Partner név;Közlemény;Összeg;Devizanem;Egyenleg\n2025.02.05.;R;vásárlás;-9 544;HUF;123 456\n"
        "2025.02.04.;A;fizetés;100 000;HUF;133 000\n2025.02.03.;A;f;1 000;HUF;33 000\n2025.02.02.;A;f;1 000;HUF;32 000\n",
        "cp1250", [100000, 100000, 10000000, -954400], "proven",
    ),
    "Czech export": (
        "číslo účtu;datum zaúčtování;částka;měna;zůstatek\n1;05.02.2025;-95,44;CZK;1204,56\n1;04.02.2025;1000,00;CZK;1300,00\n"
        "1;03.02.2025;100,00;CZK;300,00\n1;02.02.2025;100,00;CZK;200,00\n", "cp1250", [10000, 10000, 100000, -9544], "proven",
    ),
    "Italian export": (
        "Data contabile;Data valuta;Descrizione;Accrediti;Addebiti\n05.02.2025;05.02.2025;POS;;-95,44\n"
        "03.02.2025;03.02.2025;Bonifico;1.000,00;\n", "cp1252", [100000, -9544], "unprovable",
    ),
    "Portuguese export": (
        "Data mov. ;Data valor ;Descrição ;Débito ;Crédito ;Saldo contabilístico ;Categoria ;\n"
        "02-02-2025;02-02-2025;COMPRA;95,44;;904,56;D;\n03-02-2025;03-02-2025;O;;1.000,00;1.904,56;D;\n"
        "04-02-2025;04-02-2025;O;;10,00;1.914,56;D;\n15-02-2025;15-02-2025;O;;10,00;1.924,56;D;\n",
        "cp1252", [-9544, 100000, 1000, 1000], "proven",
    ),
    "credits printed negative on a card": (
        "Status,Date,Description,Debit,Credit,Member Name\nCleared,02/05/2025,TARGET,95.44,,J\n"
        "Cleared,02/15/2025,PAYMENT,,-1000.00,J\n", "utf-8", [-9544, 100000], "unprovable",
    ),
    "an empty column that is named like another": (
        "Date,Name,Amount,Receipt,Money Out,Money In\n05/02/2025,Tesco,-95.44,,-95.44,\n15/02/2025,AG,1000.00,,,1000.00\n",
        "utf-8", [-9544, 100000], "unprovable",
    ),
    "fees taken beside the amount": (
        "Started Date,Description,Amount,Fee,Currency,Balance\n2025-02-02,A,-95.44,0.00,EUR,904.56\n"
        "2025-02-03,B,1000.00,1.00,EUR,1903.56\n2025-02-04,C,10.00,0.00,EUR,1913.56\n2025-02-05,C,10.00,0.00,EUR,1923.56\n",
        "utf-8", [-9544, 99900, 1000, 1000], "proven",
    ),
    "JD bill": (
        "京东账号名：jd_123\n共：2笔记录\n收入：1笔 10.00元\n支出：1笔 95.44元\n\n"
        "交易时间,商户名称,交易说明,金额,收/付款方式,交易状态,收/支,交易订单号\n"
        "2025-01-02 10:11:12\t,某商户,手机壳,95.44,银行卡,交易成功,支出,1\t\n2025-01-03 10:11:12\t,京东,红包,10.00,余额,交易成功,收入,2\t\n",
        "utf-8-sig", [-9544, 1000], "proven",
    ),
    "Meituan bill": (
        "美团交易账单\n共2笔\n支出：1笔 95.44元\n收入：1笔 5.00元\n\n交易创建时间,交易类型,订单标题,收/支,支付方式,订单金额,实付金额,交易单号\n"
        "2025-01-02 10:00:00,支付,外卖,支出,月付,¥100.00,¥95.44,1\n2025-01-03 10:00:00,退款,外卖,收入,月付,¥5.00,¥5.00,3\n",
        "utf-8", [-9544, 500], "proven",
    ),
}


@pytest.mark.parametrize("trap", TABLES)
def test_a_table_with_a_trap_is_read_right(trap):
    text, encoding, expected, outcome = TABLES[trap]
    reading = read_bytes(text.encode(encoding), "statement.csv")
    assert (amounts(reading), reading.outcome) == (expected, outcome)
    assert all(account.proven == (outcome == "proven") for account in reading.accounts)


@pytest.mark.parametrize(
    "text",
    [
        "日期,币种,账户余额\n2025-01-01,人民币,1000.00\n2025-01-02,人民币,1100.00\n2025-01-03,人民币,900.00\n",
        "日期,日初余额,日终余额,日均余额\n2025-01-01,1000.00,1100.00,1050.00\n2025-01-02,1100.00,900.00,1000.00\n",
        "Date,Opening Balance,Total Credits,Total Debits,Closing Balance\n2025-01-01,1000.00,100.00,0.00,1100.00\n"
        "2025-01-02,1100.00,0.00,200.00,900.00\n2025-01-03,900.00,10.00,0.00,910.00\n",
    ],
)
def test_balances_by_day_are_no_transactions(text):
    assert read_bytes(text.encode(), "a.csv").reason == "daily_balances"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.csv", "日期,收款人,事由,金额\n2025-01-02,老王,买菜,56\n2025-01-04,小李,工资,1500.5\n", [-5600, -150050]),
        ("a.csv", "日期,付款人,事由,金额\n2025-01-02,老王,货款,56\n2025-01-03,老张,货款,3000\n", [5600, 300000]),
        ("a.csv", "现金支出明细,,\n日期,付给,金额\n2025-01-02,老王,56\n2025-01-03,房东,3000\n", [-5600, -300000]),
        ("现金支出.csv", "日期,事由,金额\n2025-01-02,买菜,56\n2025-01-03,房租,3000\n", [-5600, -300000]),
        ("a.csv", "Date,Paid to,For,Cash paid\n2025-01-02,Wang,vegetables,56\n2025-01-03,Li,rent,3000\n", [-5600, -300000]),
        ("2025年1月.csv", "日期,摘要,收入,支出,结余\n,上月结转,,,500\n1月2日,卖货,100,,600\n1月3日,买菜,,50,550\n", [10000, -5000]),
    ],
)
def test_a_hand_cash_book_tells_in_from_out_by_who_stands_in_it(name, text, expected):
    reading = read_bytes(text.encode(), name)
    assert (reading.kind, amounts(reading)) == ("cashbook", expected)
    assert reading.outcome in {"unprovable", "proven"}


def test_payer_and_payee_in_two_columns_make_one_counterparty():
    text = "日期,收款人,付款人,内容,收入,支出,结余\n2025-01-02,,老王,货款,100,,600\n2025-01-03,房东,,房租,,50,550\n"
    both = "日期,收款人,付款人,金额,币种\n2025-01-02,我,老王,100,CNY\n2025-01-03,房东,我,-50,CNY\n"
    for data in (text, both):
        assert read_bytes(data.encode(), "a.csv").accounts[0].lines.text["counterparty"] == ["老王", "房东"]


def test_a_stray_note_does_not_refuse_an_archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("readme.txt", "please read")
        target.writestr("../../a.csv", ZH + ROWS)
    reading = read_bytes(out.getvalue(), "a.zip")
    assert (reading.outcome, amounts(reading)) == ("proven", FOUR)
    assert [f.code for f in reading.findings if f.severity == "serious"] == ["no_table"]


def test_spreadsheet_dates_serial_or_as_text_are_days():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write_row(0, 0, ["交易日期", "摘要", "收入", "支出", "余额"])
    for i, (day, came, left) in enumerate([(45659, 100, 1100), (45660, 50, 1150), (45661, 5, 1155), (45662, 5, 1160)], 1):
        page.write_row(i, 0, [day, "货款", came, "", left])
    book.close()
    reading = read_bytes(out.getvalue(), "a.xlsx")
    assert str(reading.accounts[0].lines.date[0]) == "2025-01-02"
    assert reading.outcome == "proven"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(range(256)), "picture_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "locked_workbook"),
    ],
)
def test_what_cannot_be_opened_says_what_to_do(data, reason):
    assert read_bytes(data, "a.jpg").reason == reason


def test_ten_thousand_columns_are_survived():
    text = ",".join(f"c{i}" for i in range(10_000)) + "\n" + ",".join("1" for _ in range(10_000)) + "\n"
    assert read_bytes(text.encode(), "a.csv").outcome == "refused"


@pytest.mark.parametrize(
    ("text", "pages"),
    [("第 1 页 共 5 页", (1, 5)), ("第2页/共3页", (2, 3)), ("共3页 第1页", (1, 3)), ("Page 1 of 5", (1, 5)),
     ("Seite 2 von 4", (2, 4)), ("Página 1 de 2", (1, 2)), ("стр. 1 из 3", (1, 3)), ("5 of 1", None), ("1/2", None)],
)  # fmt: skip
def test_page_numbers_are_known_in_many_languages(text, pages):
    assert printed_page(text) == pages


@pytest.mark.parametrize(
    ("pages", "total", "found"),
    [([(1, 5)], 5, 1), ([(1, 2), (2, 2), (1, 2), (2, 2)], 4, 4), ([None, (2, 3), (3, 3)], 3, 3), ([(1, 3), (3, 3)], 3, 2),
     ([(1, 1)] * 3, 1, 1), ([], 0, 0), ([(1, 2), (1, 2), (2, 2)], 4, 3)],
)  # fmt: skip
def test_pages_are_counted_statement_by_statement(pages, total, found):
    assert absent(pages) == (total, found)


def pdf(draw):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont("STSong-Light", 9)
    for i, row in enumerate((ZH + ROWS).splitlines()):
        for j, cell in enumerate(row.split(",")):
            canvas.drawString(40 + 100 * j, 780 - 16 * i, cell)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def test_a_pdf_that_lacks_pages_is_doubtful_and_a_whole_one_is_proven():
    whole = read_bytes(pdf(lambda canvas: canvas.drawString(250, 30, "第 1 页 共 1 页")), "a.pdf")
    part = read_bytes(pdf(lambda canvas: canvas.drawString(250, 30, "第 1 页 共 5 页")), "a.pdf")
    assert (whole.outcome, part.outcome, part.reason) == ("proven", "doubtful", "pages_missing")


def test_figures_printed_over_figures_and_later_revisions_are_told_and_accuse_nobody():
    data = pdf(lambda canvas: canvas.drawString(440, 764, "9100.00"))
    reading = read_bytes(data + b"\nstartxref\n0\n%%EOF\n", "a.pdf")
    assert {"text_over_text", "pdf_revised"} <= {f.code for f in reading.findings}
    assert revisions(data) == 0
    assert "text_over_text" not in {f.code for f in read_bytes(pdf(lambda _: None), "a.pdf").findings}


def test_glyphs_without_meaning_are_garbled_and_rare_names_are_not():
    assert garbled(Counter("\ue001\ue002 2025-01-02 100.00"))
    assert garbled(Counter("".join(chr(0x4E00 + 37 * k) for k in range(200))))
    assert not garbled(Counter("交易日期摘要收入支出余额货款房租工资水电费手续费杭州某某贸易有限公司张三鑫淼饭店"))
    assert not garbled(Counter("帳戶號碼交易日期摘要存入支出結餘轉賬銀行股份有限公司臺灣貨款薪資水電費手續費"))


def test_figures_side_by_side_are_not_over_each_other():
    page = SimpleNamespace(words=["1.00", "2.00"], box=np.array([[0, 0, 20, 10], [21, 0, 40, 10]], np.float32))
    assert overprinted(page) == 0


#: Traps that other tests hold, by the name of the test.
ELSEWHERE = {
    "wrong encoding headers in OFX": "test_an_encoding_that_the_header_gets_wrong_is_read_by_its_bytes",
    "number styles": "test_printed_amounts",
    "decimal commas": "test_decimal_commas",
    "30 February": "test_the_thirtieth_of_february_is_the_last_day_with_a_finding_unless_an_entry_date_stands_beside_it",
    "years missing, year turns": "test_a_card_bill_prints_purchases_positive_and_years_turn",
    "dates without a separator": "test_printed_dates",
    "no readable header": "test_no_header_at_all_is_read_by_content_and_arithmetic",
    "newest first, two equal rows on one day": "test_german_export_newest_first_with_two_equal_rows_on_one_day",
    "not in order within a day": "test_lines_of_one_day_out_of_order_are_put_in_the_order_of_their_balances",
    "CR and DR": "test_credits_and_debits_by_their_marks",
    "two currencies or accounts in one table": "test_several_accounts_in_one_table_have_a_chain_each_and_red_entries_keep_their_sign",
    "reversal signs in MT940": "test_a_reversed_credit_is_out_and_a_reversed_debit_in",
    "several statements in one MT940": "test_several_statements_of_one_account_chain_into_one",
    "wrapped :61: and :86:": "test_an_entry_is_read_however_it_is_spaced_or_wrapped",
    "camt batches": "test_a_batch_is_one_line_whose_details_keep_their_names",
    "camt charges": "test_charges_stay_words_and_make_no_line",
    "camt five decimals": "test_decimals_beyond_the_currency_are_fine_if_they_are_zeros_and_doubtful_if_not",
    "camt versions": "test_every_message_and_version_is_read",
    "OFX unclosed tags": "test_tags_may_be_closed_unclosed_empty_cut_off_in_any_case_and_on_one_line",
    "OFX wrong order": "test_elements_may_stand_in_the_wrong_order",
    "OFX long ids, empty balances": "test_long_ids_and_empty_balances_are_no_obstacle",
    "wallet neutral rows, unknown statuses": "test_wechat_rows_are_signed_from_the_wallets_view_and_an_unknown_status_keeps_its_row",
    "wallet totals that disagree": "test_wallet_totals_that_disagree_prove_nothing_and_accuse_nobody",
    "no totals: unprovable": "test_one_column_of_totals_proves_nothing_about_the_other",
    "the document is inconsistent": "test_a_truncated_statement_contradicts_its_printed_closing_balance",
    "formulas in text": "test_formulas_in_text_stay_text",
    "paths inside archives": "test_an_archive_gives_names_without_paths",
    "bombs": "test_a_bomb_is_refused",
    "one transaction on two dated lines": "test_one_transaction_on_two_dated_lines_is_one",
    "descriptions wrapped over three lines": "test_descriptions_wrapped_over_three_lines_belong_to_the_line_they_begin_on",
    "watermarks": "test_a_watermark_drawn_through_the_rows_changes_none_of_them",
    "rows merged into one block": "test_rows_merged_into_one_block_are_parted",
    "unreadable glyphs in the header": "test_a_header_of_unreadable_glyphs_leaves_the_columns_to_their_content",
    "saved again by a spreadsheet": "test_a_sheet_saved_again_by_a_spreadsheet_program_is_read_all_the_same",
    "dates carried over pages": "test_a_date_once_a_day_is_carried_over_pages_and_the_printed_ends_prove_the_file",
    "wallet workbook, part refunds": "test_a_wechat_workbook_is_read_wherever_its_header_stands_and_keeps_the_words_of_a_part_refund",
    "passwords kept out of results": "test_a_password_is_in_nothing_that_comes_out",
    "one unknown card number": "test_one_unreadable_card_number_loses_no_line",
    "nested archives": "test_an_archive_in_an_archive_is_told_and_the_rest_is_read",
    "any layout, a changed digit": "test_every_layout_is_proven_and_exact_and_a_changed_digit_is_caught",
    "several statements in one PDF": "test_two_statements_of_one_account_in_one_pdf_are_each_proven_in_either_order",
    "lines not booked": "test_lines_that_a_bank_has_not_booked_stay_out_of_the_chain_and_are_told",
    "empty lists": "test_an_empty_cash_list_holds_no_lines_and_is_not_refused",
    "genuine PDFs raise no sign": "test_statements_as_they_were_made_raise_no_sign",
    "truncated files": "test_a_damaged_file_ends_in_an_outcome_and_is_never_proven_with_what_is_not_so",
}


@pytest.mark.parametrize("trap", ELSEWHERE)
def test_a_trap_held_elsewhere_has_its_test(trap):
    here = Path(__file__).parent
    sources = "".join(p.read_text(encoding="utf-8") for p in [*here.glob("test_*.py"), *here.parent.glob("evidence/test_*.py")])
    assert f"def {ELSEWHERE[trap]}(" in sources


def test_an_archive_that_packs_nothing_is_an_archive_though_a_pdf_shows_in_its_first_bytes():
    page, out = io.BytesIO(), io.BytesIO()
    canvas = Canvas(page)
    for step, row in enumerate([("Date", "Description", "Amount", "Balance"), ("2025-01-02", "SALE", "5.00", "15.00"),
                                ("2025-01-03", "SALE", "5.00", "20.00"), ("2025-01-04", "RENT", "-1.00", "19.00")]):
        for x, cell in zip((40, 140, 300, 400), row, strict=True):
            canvas.drawString(x, 780 - 14 * step, cell)
    canvas.save()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        target.writestr("a.pdf", page.getvalue())
        target.writestr("b.csv", ZH + ROWS)
    assert b"%PDF-" in out.getvalue()[:1024]
    found = read_bytes(out.getvalue(), "both.zip")
    assert [a.lines.amount.tolist() for a in found.accounts] == [[500, 500, -100], FOUR]
