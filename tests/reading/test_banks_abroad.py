"""Ways of printing that real banks' statements have and no layout of our own had: each once, with its known truth."""

import csv
import io

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from recon.reading.dates import century, see
from recon.reading.pages.lines import Line, cells_of
from recon.reading.read import read_bytes
from recon.reading.tables.days import printed_days
from recon.reading.tables.facts import gather
from recon.reading.tables.own import dollars, heading_number, iban_currency, ibans
from recon.reading.vocabulary import meanings


def sheet(*rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def only(data, name="statement.csv"):
    reading = read_bytes(data, name)
    assert len(reading.accounts) == 1
    return reading, reading.accounts[0]


def test_a_day_and_a_month_of_one_digit_each_are_a_date():
    data = sheet(
        ["Statement period", "3/1/2024 - 3/31/2024"],
        ["Date", "Description", "Deposits", "Withdrawals", "Balance"],
        ["3/1", "Opening balance", "", "", "100.00"], ["3/2", "Sale", "50.00", "", "150.00"],
        ["3/4", "Goods", "", "20.00", "130.00"],
        ["3/15", "Sale", "5.00", "", "135.00"],
    )
    reading, account = only(data)
    assert reading.outcome == "proven"
    assert account.lines.date.astype(str).tolist() == ["2024-03-02", "2024-03-04", "2024-03-15"]
    assert see("3/1") is not None
    assert see("3-1") is None


@pytest.mark.parametrize("title", ["Withdrawal (Dr)/ Deposit (Cr)", "TERHELÉS/JÓVÁÍRÁS", "Débit / Crédit"])
def test_a_title_that_names_both_ways_is_one_column_of_signed_amounts(title):
    assert "amount" in [m.name for m in meanings(title)]


def test_columns_of_noughts_prove_nothing_about_each_other():
    rows = [[f"2024-03-{day:02d}", "paid", f"{day * 10}.00", "0.00", "0.00", f"{day * 10}.00", "USD"]
            for day in range(1, 15)]
    data = sheet(["Payout Day", "State", "Charges", "Adjustments", "Reserved Funds", "Total", "Currency"], *rows)
    reading = read_bytes(data, "payouts.csv")
    assert reading.outcome != "proven"
    assert all(account.lines.amount.any() for account in reading.accounts)


def test_two_digits_of_a_year_lead_where_they_alone_stay_the_same():
    assert century(["24.03.04", "24.03.05", "24.02.29", ""]) == ["2024.03.04", "2024.03.05", "2024.02.29", ""]
    assert century(["04.03.24", "05.03.24"]) is None


def test_a_month_in_a_title_tells_the_year():
    assert str(gather([(0, ["EXTRACTO DE CUENTA", "MARZO 2024"])]).end) == "2024-03-31"
    assert str(gather([(0, ["ag 1234", "cc 12345-6", "mar 2024"])]).end) == "2024-03-31"
    assert [str(day) for day in printed_days("FEB 29/24 - MAR 29/24")] == ["2024-02-29", "2024-03-29"]


def test_a_blank_between_equally_wide_characters_parts_no_cells():
    words = [(0.0, 24.0, "STATE"), (28.8, 38.4, "OF"), (43.2, 76.8, "ACCOUNT"), (120.0, 139.2, "PAGE")]
    assert [text for _, _, text in cells_of(Line(1, 1, 0.0, 9.0, words))] == ["STATE OF ACCOUNT", "PAGE"]


def test_days_that_no_title_names_go_before_value_dates():
    data = sheet(
        ["Extracto", "Marzo 2024"], ["F. OPR", "F. VALOR", "CONCEPTO", "IMPORTE", "SALDO"],
        ["01/03", "02/03", "A", "1,00", "11,00"], ["05/03", "04/03", "B", "2,00", "13,00"],
        ["14/03", "15/03", "C", "-3,00", "10,00"],
    )
    _, account = only(data)
    assert account.lines.date.tolist() == np.array(["2024-03-01", "2024-03-05", "2024-03-14"], "M8[D]").tolist()


def page(*lines, size=(595, 842), step=13):
    """A PDF whose *lines* are (place, text) by turns; at a negative place the text ends. None begins a further page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    y = size[1] - 40
    for line in lines:
        if line is None:
            canvas.showPage()
            y = size[1] - 40
            continue
        canvas.setFont("Helvetica", 8.5)
        for x, text in zip(line[::2], line[1::2], strict=True):
            (canvas.drawString if x >= 0 else canvas.drawRightString)(abs(x), y, text)
        y -= step
    canvas.save()
    return out.getvalue()


HEAD = (40, "Date", 95, "Details", -400, "Paid out", -480, "Paid in", -560, "Balance")


def test_a_row_may_begin_with_its_day_and_end_with_its_money():
    data = page(
        (40, "Statement 1 December 2023 to 31 January 2024"), HEAD,
        (40, "13 Dec 23", 95, "BALANCE BROUGHT FORWARD", -560, "100.00"),
        (40, "14 Dec 23", 95, "GREEN GROCER"), (95, "INV 1", -400, "10.00"),
        (95, "KATE NOVAK"), (95, "INV 2", -480, "60.00", -560, "150.00"),
        (40, "16 Dec 23", 95, "RENT", -400, "50.00"), (95, "STRIPE"), (95, "INV 3", -480, "5.00", -560, "105.00"),
        (40, "02 Jan 24", 95, "POWER"), (95, "INV 4", -400, "5.00", -560, "100.00"),
        (95, "BALANCE CARRIED FORWARD", -560, "100.00"),
        None, HEAD,
        (40, "02 Jan 24", 95, "BALANCE BROUGHT FORWARD", -560, "100.00"),
        (95, "TOOLS"), (95, "INV 5", -400, "20.00", -560, "80.00"),
        (40, "05 Jan 24", 95, "OLGA"), (95, "INV 6", -480, "1.00", -560, "81.00"),
        None, HEAD, (40, "06 Jan 24", 95, "CHEQUE", -400, "1.00"), (95, "ANNA"),
        (95, "INV 7", -400, "2.00", -560, "78.00"),
    )
    reading, account = only(data, "a.pdf")
    assert reading.outcome == "proven"
    assert account.lines.text["description"] == [
        "GREEN GROCER INV 1", "KATE NOVAK INV 2", "RENT", "STRIPE INV 3", "POWER INV 4", "TOOLS INV 5", "OLGA INV 6",
        "CHEQUE", "ANNA INV 7"]
    assert account.lines.amount.tolist() == [-1000, 6000, -5000, 500, -500, -2000, 100, -100, -200]


def test_a_second_day_below_the_first_belongs_to_the_same_row():
    head = (40, "Date", 110, "Details", -470, "Amount", -560, "Balance")
    rows = [((40, f"0{k}.03.2024", 110, f"CARD {k}", -470, "-1,00", -560, f"{100 - k},00"),
             (40, f"1{k}.03.2024", 110, f"SHOP {k} WARSZAWA")) for k in range(1, 6)]
    reading, account = only(page(head, *(line for row in rows for line in row)), "a.pdf")
    assert reading.outcome == "proven"
    assert account.lines.text["description"] == [f"CARD {k} SHOP {k} WARSZAWA" for k in range(1, 6)]
    assert account.lines.date.astype(str).tolist() == [f"2024-03-0{k}" for k in range(1, 6)]


def test_an_iban_needs_no_label_and_names_its_money_unless_the_statement_does():
    assert ibans("Girokonto, DE89 3704 0044 0532 0130 00, BIC COBADEFF") == ["DE89370400440532013000"]
    assert ibans("DE88 3704 0044 0532 0130 00") == []
    assert iban_currency("GB29 NWBK 6016 1331 9268 19") == "GBP"
    data = sheet(["Girokonto", "DE89 3704 0044 0532 0130 00"], ["Buchungstag", "Zweck", "Betrag", "Saldo"],
                 ["01.03.2024", "A", "1,00", "11,00"], ["02.03.2024", "B", "-2,00", "9,00"])
    _, account = only(data)
    assert (account.account, account.currency) == ("DE89370400440532013000", "EUR")


def test_whose_dollars_a_sign_means_is_told_by_words_of_the_country():
    assert [dollars([text]) for text in ("BSB 062-000", "Royal Bank of Canada", "Member FDIC", "")] == [
        "AUD", "CAD", "USD", "USD"]


def test_a_heading_numbers_an_account():
    assert heading_number(["Compte Courant n° 20 041 01000", "Livret A n° 01 234 567 890"]) == "01 234 567 890"
    assert heading_number(["Rue n° 12 rue 345678"]) == ""


@pytest.mark.parametrize(("rows", "money"), [
    ([["Beginning balance on 3/1", "$17.10", "GREEN LLC"], ["Ending balance on 3/31", "$6.00", "x"]], (17100, 6000)),
    ([["Your opening balance on December 12, 2023", "$1.00"], ["Your closing balance on May 1, 2024", "= $2.00"]],
     (1000, 2000)),
    ([["Filialnummer", "Kontonummer", "Alter Saldo per 29.12.2023"], ["123", "0123456 00", "EUR", "+ 15.811,79"]],
     (15811790, None)),
    ([["Opening Balance", "Dr Count", "Debits", "Closing Bal"], ["98.10", "14", "12.00", "86.10"]], (98100, 86100)),
])
def test_balances_are_found_under_beside_and_behind_the_day_of_their_labels(rows, money):
    found = gather(list(enumerate(rows))).money
    assert (found.get("opening"), found.get("closing")) == money


def test_a_summary_in_several_rows_tells_only_its_total():
    rows = [["TRANSACTION TYPE", "PAID IN", "PAID OUT"], ["CASH OUT:", "0.00", "3.00"], ["SEND MONEY:", "7.00", "4.00"],
            ["TOTAL:", "7.00", "7.00"]]
    found = gather(list(enumerate(rows))).money
    assert (found["total_in"], found["total_out"]) == (7000, 7000)
    assert "total_in" not in gather(list(enumerate(rows[:-1]))).money


def test_a_count_before_a_total_is_no_total():
    found = gather([(0, ["Credits", "14", "2,000.00", "Debits", "16", "1,000.00"])]).money
    assert (found["total_in"], found["total_out"]) == (2000000, 1000000)


def test_a_word_behind_a_number_is_no_part_of_it():
    assert gather([(0, ["Account No : 50100123456789   OTHER"])]).account == "50100123456789"
    assert gather([(0, ["Rekeningnummer", "NL69 INGB 0123 4567 89 EUR"])]).account == "NL69 INGB 0123 4567 89"
    assert gather([(0, ["Account number: 4512 XXXX XXXX"])]).account == "4512 XXXX XXXX"


def checks(first="946.02"):
    return page(
        (40, "Account number: 4460 1234 5678   March 1, 2024 to March 31, 2024"),
        (40, "Beginning balance on March 1, 2024", -300, "$5,000.00"),
        (40, "Withdrawals and other debits", -300, "-17.76"), (40, "Checks", -300, "-2,354.94"),
        (40, "Ending balance on March 31, 2024", -300, "$2,627.30"), (40, ""),
        (40, "Date", 100, "Description", -560, "Amount"), (40, "03/21/24", 100, "Card purchase", -560, "-17.76"),
        (40, "Total withdrawals and other debits", -560, "-$17.76"), (40, "Checks"),
        (40, "Date", 100, "Check #", -280, "Amount", 310, "Date", 370, "Check #", -550, "Amount"),
        (40, "03/01/24", 100, "881", -280, "-3.98", 310, "03/03/24", 370, "882", -550, f"-{first}"),
        (40, "03/05/24", 100, "883", -280, "-1,300.95", 310, "03/05/24", 370, "884", -550, "-103.99"),
        (310, "Total checks", -550, "-$2,354.94"), (310, "Total # of checks", -550, "4"),
        (40, "Daily ledger balances"),
        (40, "Date", -190, "Balance ($)", 220, "Date", -370, "Balance ($)", 400, "Date", -550, "Balance ($)"),
        (40, "03/01", -190, "4,996.02", 220, "03/03", -370, "4,050.00", 400, "03/05", -550, "2,645.06"),
        (40, "03/21", -190, "2,627.30"),
    )


def test_lists_side_by_side_are_read_one_after_the_other_and_balances_by_day_are_no_lines():
    reading, account = only(checks(), "a.pdf")
    assert (reading.outcome, reading.reason) == ("proven", "ends_close")
    assert sorted(account.lines.amount.tolist()) == [-130095, -94602, -10399, -1776, -398]
    assert [account.opening, account.closing] == [500000, 262730]
    assert read_bytes(checks("946.03"), "a.pdf").outcome == "inconsistent"


def test_two_columns_of_a_page_follow_each_other():
    rows = [[f"0{k}/03/2024", f"SHOP {k}", "-1.00", f"{100 - k}.00", f"1{k}/03/2024", f"BAR {k}", "-1.00",
             f"{95 - k}.00"] for k in range(1, 6)]
    reading, account = only(sheet(["Date", "Details", "Amount", "Balance"] * 2, *rows))
    assert reading.outcome == "proven"
    assert account.lines.text["description"] == [f"{shop} {k}" for shop in ("SHOP", "BAR") for k in range(1, 6)]


def sections(*, title="ELECTRONIC WITHDRAWALS", paid="72.22"):
    return page(
        (40, "Account Number: 000000712345678   March 01, 2024 through March 30, 2024"),
        (40, "Beginning Balance", -430, "$1,000.00"), (40, "Deposits and Additions", -330, "2", -430, "431.93"),
        (40, "Checks Paid", -330, "2", -430, "-719.81"), (40, title.title(), -330, "2", -430, "-82.22"),
        (40, "Ending Balance", -330, "6", -430, "$629.90"), (40, ""),
        (40, "DEPOSITS AND ADDITIONS"), (40, "DATE", 110, "DESCRIPTION", -560, "AMOUNT"),
        (40, "03/04", 110, "ACH credit", -560, "$331.93"), (40, "03/09", 110, "Remote deposit", -560, "100.00"),
        (40, "Total Deposits and Additions", -560, "$431.93"), (40, ""),
        (40, "CHECKS PAID"), (40, "CHECK NO.", 160, "DESCRIPTION", 330, "DATE PAID", -560, "AMOUNT"),
        (40, "1201 ^", 330, "03/01", -560, "$18.24"), (40, "1202 ^", 330, "03/05", -560, "701.57"),
        (40, "Total Checks Paid", -560, "$719.81"), (40, ""),
        (40, title), (40, "DATE", 110, "DESCRIPTION", -560, "AMOUNT"),
        (40, "03/13", 110, "Card purchase", -560, f"${paid}"), (40, "03/14", 110, "Rent", -560, "10.00"),
        (40, "DAILY ENDING BALANCE"), (40, "DATE", -190, "AMOUNT", 220, "DATE", -370, "AMOUNT"),
        (40, "03/01", -190, "$981.76", 220, "03/05", -370, "$612.12"),
    )


@pytest.mark.parametrize("title", ["ELECTRONIC WITHDRAWALS", "OTHER ACTIVITY"])
def test_sections_of_one_account_are_one_account_and_close_together(title):
    reading, account = only(sections(title=title), "a.pdf")
    assert (reading.outcome, reading.reason) == ("proven", "ends_close")
    assert account.lines.amount.tolist() == [-1824, 33193, -70157, 10000, -7222, -1000]
    assert (account.opening, account.closing, account.account) == (100000, 62990, "000000712345678")


@pytest.mark.parametrize("title", ["ELECTRONIC WITHDRAWALS", "OTHER ACTIVITY"])
def test_a_changed_digit_in_a_section_is_not_proven(title):
    assert read_bytes(sections(title=title, paid="72.23"), "a.pdf").outcome in {"doubtful", "inconsistent"}


def test_a_mark_behind_a_day_is_no_part_of_it():
    assert see("03/08/24*") == see("03/08/24")


def test_what_fees_leave_is_the_amount_whether_fees_are_printed_negative_or_not():
    head = ["Date", "Name", "Gross", "Fee", "Net"]
    rows = [("03/15/2024", "Ann", 136.20, 5.24), ("03/16/2024", "Ben", -74.75, 0), ("03/19/2024", "Cat", 9.96, 0.83)]
    for sign in (1, -1):
        data = sheet(head, *([day, who, f"{a:.2f}", f"{sign * fee:.2f}", f"{a - fee:.2f}"]
                             for day, who, a, fee in rows))
        assert only(data)[1].lines.amount.tolist() == [13096, -7475, 913]


def test_a_summary_behind_the_lines_is_no_line_but_tells_the_ends():
    rows = [(40, f"Karte {k}", 360, f"0{k}.03.2024", -560, "-1,00€") for k in range(1, 5)]
    data = page((40, "Beschreibung", 360, "Verbuchungsdatum", -560, "Betrag"), *rows, None,
                (40, "Zusammenfassung"), (40, "Dein alter Kontostand", -560, "+9,00€"),
                (40, "Ausgehende Transaktionen", -560, "-4,00€"), (40, "Eingehende Transaktionen", -560, "+0,00€"),
                (40, "Dein neuer Kontostand", -560, "+5,00€"))
    reading, account = only(data, "a.pdf")
    assert (reading.outcome, account.opening, account.closing, len(account.lines)) == ("proven", 900, 500, 4)


def test_accounts_whose_headings_number_them_are_two():
    head = (40, "Date", 100, "Opération", -470, "Débit (€)", -560, "Crédit (€)")
    data = page(
        (40, "Compte Courant n° 20 041 01000"), head, (100, "Ancien solde au 29/02/2024", -560, "10,00"),
        (40, "04/03", 100, "ACHAT", -470, "1,00"), (100, "Nouveau solde au 31/03/2024", -560, "9,00"),
        (40, "Livret A n° 01 234 567 890"), head, (100, "Ancien solde au 29/02/2024", -560, "20,00"),
        (40, "05/03", 100, "VIR", -560, "5,00"), (100, "Nouveau solde au 31/03/2024", -560, "25,00"),
    )
    reading = read_bytes(data, "a.pdf")
    assert reading.outcome == "proven"
    assert [(a.account, a.opening, a.closing) for a in reading.accounts] == [
        ("20 041 01000", 1000, 900), ("01 234 567 890", 2000, 2500)]


def test_a_payment_that_failed_moved_nothing():
    data = sheet(["Date", "Description", "Card number", "Status", "Amount"], ["2024-03-01", "A", "*1", "OK", "-1.00"],
                 ["2024-03-02", "B", "*1", "FAILED", "-100.00"], ["2024-03-03", "C", "*1", "OK", "2.00"])
    reading = read_bytes(data, "operations.csv")
    assert [a for account in reading.accounts for a in account.lines.amount.tolist()] == [-100, 200]
    assert "pending_left_out" in [finding.code for finding in reading.findings]


def test_a_balance_printed_twice_with_different_figures_is_doubted():
    for closing, outcome in (("81.00", "proven"), ("81.10", "doubtful")):
        data = page((40, "Ending balance on 3/31/2024", -300, f"${closing}"), HEAD,
                    (40, "03/14/2024", 95, "RENT", -400, "19.00", -560, "81.00"),
                    (40, "03/15/2024", 95, "POWER", -400, "1.00", -560, "80.00"),
                    (40, "03/16/2024", 95, "SALE", -480, "1.00", -560, "81.00"),
                    (95, "Ending balance on 3/31", -560, "81.00"))
        assert read_bytes(data, "a.pdf").outcome == outcome


def test_labels_in_two_lines_have_their_values_in_the_third():
    rows = [["Beginning", "Deposits and", "Ending"], ["balance", "other additions", "balance"],
            ["10.00", "5.00", "15.00"]]
    found = gather(list(enumerate(rows))).money
    assert (found["opening"], found["closing"]) == (10000, 15000)


def test_a_code_beside_a_balance_and_a_sign_with_a_country_tell_the_money():
    assert gather([(0, ["Ingående saldo: 1 234,00 SEK"])]).currency == "SEK"
    data = sheet(["Westpac ABN 33 007 457 141 Australia"], ["Opening Balance", "+ $10.00"],
                 ["Date", "Details", "Debit", "Credit", "Balance"], ["01/03/24", "A", "", "1.00", "11.00"],
                 ["15/03/24", "B", "2.00", "", "9.00"])
    assert only(data)[1].currency == "AUD"


def test_months_are_known_in_more_languages():
    assert [str(gather([(0, [text])]).end) for text in ("PERIODE : MARET 2024", "Ağustos 2024")] == [
        "2024-03-31", "2024-08-31"]


def test_a_box_beside_a_table_is_no_part_of_its_lines():
    box = [("Start balance", "£100.00"), ("Money in", "£6.00"), ("Money out", "£20.00"), ("End balance", "£86.00")]
    head = (40, "Date", 85, "Description", -300, "Money out £", -360, "Money in £", -420, "Balance £")
    rows = [(40, "1 Mar", 85, "Start balance", -420, "100.00"), (40, "2 Mar", 85, "Bill", -300, "9.00", -420, "91.00"),
            (40, "3 Mar", 85, "Rent", -300, "11.00", -420, "80.00"),
            (40, "4 Mar", 85, "Sale", -360, "6.00", -420, "86.00")]
    lines = [(40, "Statement 01 - 31 Mar 2024"),
             *((*row, 436, label, -564, value) for row, (label, value) in zip([head, *rows[:3]], box, strict=True)),
             rows[3]]
    reading, account = only(page(*lines), "a.pdf")
    assert reading.outcome == "proven"
    assert account.lines.amount.tolist() == [-900, -1100, 600]
    assert account.lines.text["description"] == ["Bill", "Rent", "Sale"]


def card(spent="28.44"):
    return page(
        (40, "Account Number: XXXX XXXX XXXX 1234"), (40, "Previous Balance", -290, "$62.58"),
        (40, "New Balance", -290, "$128.44"), (40, "Minimum Payment Due", -290, "$35.00"),
        (40, "Opening/Closing Date", 200, "03/01/24 - 03/31/24"), (40, ""),
        (40, "ACCOUNT ACTIVITY"), (40, "Date of"),
        (40, "Transaction", 200, "Merchant Name or Transaction Description", -560, "$ Amount"),
        (40, "PAYMENTS AND OTHER CREDITS"), (40, "03/09", 110, "Payment Thank You-Mobile", -560, "-62.58"),
        (40, "PURCHASE"), (40, "03/02", 110, "TOOLS", -560, "100.00"), (40, "03/03", 110, "BOOKS", -560, spent),
        step=11,
    )


def test_a_card_closes_by_what_was_owed_before_and_is_owed_now():
    reading, account = only(card(), "a.pdf")
    assert (reading.kind, reading.outcome, account.opening, account.closing) == ("card", "proven", -6258, -12844)
    assert sorted(account.lines.amount.tolist()) == [-10000, -2844, 6258]
    assert read_bytes(card("28.45"), "a.pdf").outcome != "proven"


def test_a_bank_that_praises_its_credit_card_is_no_card():
    praise = (40, "Did you know? Earn 2% cash back with our Visa credit card. Apply today.")
    rows = [(40, f"03/{k + 12}/2024", 95, f"SHOP {k}", -400, "1.00", -560, f"{100 - k}.00") for k in range(1, 5)]
    reading, _ = only(page((40, "Business Checking"), HEAD, *rows, praise), "a.pdf")
    assert (reading.kind, reading.outcome) == ("bank", "proven")


def test_days_head_their_rows_and_an_overdraft_is_told_by_its_sign():
    data = page(
        (40, "Kontoauszug vom 28.03.2024"),
        (40, "Angaben zu den Umsätzen", 330, "Valuta", -460, "zu Ihren Lasten", -560, "zu Ihren Gunsten"),
        (40, "Alter Kontostand vom 29.02.2024", -560, "10,00"), (40, "Buchungsdatum: 01.03.2024"),
        (40, "Entgelt", 330, "01.03", -460, "7,00-"), (40, "Buchungsdatum: 02.03.2024"),
        (40, "Miete", 330, "02.03", -460, "9,00-"), (40, "Gutschrift", 330, "02.03", -560, "1,00"),
        (40, "Neuer Kontostand vom 28.03.2024", -460, "5,00-"),
    )
    reading, account = only(data, "a.pdf")
    assert (reading.outcome, account.opening, account.closing) == ("proven", 1000, -500)
    assert account.lines.text["description"] == ["Entgelt", "Miete", "Gutschrift"]


def test_rules_of_stars_are_no_cells_of_a_column():
    stars = ["********"] * 5
    rows = [[f"{k + 12}/03/24", f"SHOP {k}", "1.00", "", f"{100 - k}.00"] for k in range(1, 8)]
    data = sheet(["Date", "Narration", "Withdrawal Amt.", "Deposit Amt.", "Closing Balance"], stars, *rows,
                 ["21/03/24", "SALE", "", "5.00", "98.00"], stars)
    reading, account = only(data)
    assert (reading.outcome, int(account.lines.amount[-1])) == ("proven", 500)


def test_a_summary_below_its_labels_is_no_line_that_was_not_read():
    rows = [(40, f"{k + 12}/03/24", 95, f"SHOP {k}", -400, "1.00", -560, f"{100 - k}.00") for k in range(1, 6)]
    data = page(HEAD, *rows, (40, ""), (40, "Opening Balance", 140, "Dr Count", 290, "Debits", 390, "Credits", 490,
                "Closing Bal"), (40, "100.00", 140, "5", 290, "5.00", 390, "0.00", 490, "95.00"))
    assert read_bytes(data, "a.pdf").outcome == "proven"
