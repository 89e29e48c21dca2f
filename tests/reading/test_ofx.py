"""OFX and QFX: SGML and XML, unclosed, disordered, wrongly labelled, several accounts, cards, investment cash."""

import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recon.core import words
from recon.core.money import to_text
from recon.reading.messages.ofx import looks_like, read

SGML = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n'


def row(value="-5.00", date="20250102", more=""):
    posted = f"<DTPOSTED>{date}\n" if date is not None else ""
    number = zlib.crc32(f"{value}{date}{more}".encode())
    return f"<STMTTRN>\n<TRNTYPE>OTHER\n{posted}<TRNAMT>{value}\n<FITID>{number}\n{more}</STMTTRN>\n"


def ofx(*rows, account="123", currency="USD", ledger="100.00", head=SGML, dates="<DTSTART>20250101<DTEND>20250131"):
    balance = f"<LEDGERBAL><BALAMT>{ledger}<DTASOF>20250131</LEDGERBAL>\n" if ledger is not None else ""
    return (
        f"{head}<OFX><BANKMSGSRSV1><STMTTRNRS><STATUS><CODE>0</STATUS>\n<STMTRS><CURDEF>{currency}\n"
        f"<BANKACCTFROM><BANKID>9<ACCTID>{account}</BANKACCTFROM>\n<BANKTRANLIST>{dates}\n{''.join(rows)}</BANKTRANLIST>\n"
        f"{balance}</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    )


def amounts(got):
    return [int(value) for account in got.accounts for value in account.lines.amount]


def codes(got):
    return [finding.code for finding in got.findings]


def test_a_file_with_a_closing_balance_alone_is_unprovable_and_read_whole():
    got = read(
        ofx(row("-5.00", more="<NAME>Shop<MEMO>Shop, card 1\n"), row("7.50", "20250103120000.000[-5:EST]")).encode(),
        "f",
    )
    account = got.accounts[0]
    assert (got.outcome, got.kind, amounts(got)) == ("unprovable", "bank", [-500, 750])
    assert (account.account, account.currency, account.opening, account.closing) == ("123", "USD", None, 10000)
    assert [str(one) for one in account.lines.date] == ["2025-01-02", "2025-01-03"]
    assert (account.lines.text["counterparty"][0], account.lines.text["description"][0]) == ("Shop", "Shop, card 1")
    assert (str(account.start), str(account.end)) == ("2025-01-01", "2025-01-31")


def test_lines_are_those_of_the_file():
    text = ofx(row("-5.00"), row("7.50"))
    wanted = [n for n, line in enumerate(text.split("\n"), 1) if "<STMTTRN>" in line]
    assert read(text.encode(), "f").accounts[0].lines.line.tolist() == wanted
    assert read(text.replace("\n", "\r\n").encode(), "f").accounts[0].lines.line.tolist() == wanted


def closed(text):
    """The same file as XML, every leaf closed."""
    lines = []
    for line in text.split("\n"):
        tag, _, value = line.partition(">")
        lines.append(f"{line}</{tag[1:]}>" if tag.startswith("<") and "<" not in value and value.strip() else line)
    return "\n".join(lines)


@pytest.mark.parametrize(
    "change",
    [
        closed,
        lambda text: text.replace("</STMTTRN>\n", ""),
        lambda text: text.replace("</BANKTRANLIST>", "").replace("</STMTTRN>", ""),
        lambda text: text.replace("\n", ""),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.lower(),
        lambda text: text[: text.index("</BANKTRANLIST>")],
        lambda text: text.replace(SGML, XML),
        lambda text: text.replace("<STMTTRN>", "<STMTTRN><CHECKNUM><REFNUM></REFNUM>"),
        lambda text: "\n\n\n" + text,
        lambda text: text.replace("</BANKACCTFROM>", ""),
        lambda text: text.replace("<TRNTYPE>OTHER\n", "<TRNTYPE>\n"),
    ],
    ids=range(12),
)
def test_tags_may_be_closed_unclosed_empty_cut_off_in_any_case_and_on_one_line(change):
    got = read(change(ofx(row("-5.00"), row("7.50", "20250103"))).encode(), "f")
    assert amounts(got) == [-500, 750]
    assert [a.account for a in got.accounts] == ["123"]
    assert looks_like(change(ofx(row())).encode())


def test_elements_may_stand_in_the_wrong_order():
    text = (
        f"{SGML}<OFX><STMTRS><LEDGERBAL><DTASOF>20250131<BALAMT>9.00</LEDGERBAL><BANKTRANLIST>"
        "<STMTTRN><MEMO>m<TRNAMT>-500<DTPOSTED>20250102</STMTTRN><DTEND>20250131<DTSTART>20250101</BANKTRANLIST>"
        "<BANKACCTFROM><ACCTID>77</BANKACCTFROM><CURDEF>JPY</STMTRS></OFX>"
    )
    got = read(text.replace("9.00", "9").encode(), "f")
    assert [(a.account, a.currency, a.closing, a.lines.amount.tolist()) for a in got.accounts] == [
        ("77", "JPY", 9, [-500])
    ]


def test_an_encoding_that_the_header_gets_wrong_is_read_by_its_bytes():
    text = ofx(row(more="<NAME>Café Zürich\n"), head=XML)
    for encoding in ("cp1252", "utf-8", "utf-16"):
        assert read(text.encode(encoding), "f").accounts[0].lines.text["counterparty"] == ["Café Zürich"]
    text = ofx(row(more="<NAME>北京市朝阳区小王面馆\n"))
    assert read(text.encode("gb18030"), "f").accounts[0].lines.text["counterparty"] == ["北京市朝阳区小王面馆"]


def test_entities_and_character_data_are_words():
    got = read(ofx(row(more="<NAME><![CDATA[A <B> & C]]><MEMO>D &amp; E & F\n")).encode(), "f")
    assert (got.accounts[0].lines.text["counterparty"], got.accounts[0].lines.text["description"]) == (
        ["A <B> & C"],
        ["D & E & F"],
    )


def test_long_ids_and_empty_balances_are_no_obstacle():
    got = read(ofx(row(), account="9" * 60, ledger=" ").encode(), "f")
    assert (got.accounts[0].account, got.accounts[0].closing, got.outcome) == ("9" * 60, None, "unprovable")


@pytest.mark.parametrize(
    ("printed", "minor"),
    [
        ("-12,50", -1250),
        ("-1.234,50", -123450),
        ("+7", 700),
        ("-00000000001500.0000", -150000),
        ("$120", 12000),
        ("1,234.50", 123450),
    ],
)
def test_amounts_are_read_with_comma_or_point(printed, minor):
    got = read(ofx(row(printed)).encode(), "f")
    assert (amounts(got), got.outcome) == ([minor], "unprovable")


def test_more_decimals_than_the_currency_has_are_rounded_and_doubtful():
    got = read(ofx(row("115.8331")).encode(), "f")
    assert (amounts(got), got.outcome, codes(got)) == ([11583], "doubtful", ["statement_amount_uncertain"])


def test_an_amount_that_cannot_be_read_is_named_and_doubtful():
    got = read(ofx(row("n/a"), row("1.00")).encode(), "f")
    assert (amounts(got), got.outcome, codes(got)) == ([100], "doubtful", ["statement_amount_unreadable"])


@pytest.mark.parametrize("date", [None, "", "201120000000", "yesterday"])
def test_a_row_without_a_date_is_kept_on_the_last_day_and_doubtful(date):
    got = read(ofx(row(date=date)).encode(), "f")
    assert ([str(one) for one in got.accounts[0].lines.date], got.outcome) == (["2025-01-31"], "doubtful")
    nowhere = read(ofx(row(date=date), dates="", ledger=None).encode(), "f")
    assert (amounts(nowhere), codes(nowhere), nowhere.outcome) == ([], ["statement_row_left_out_undated"], "doubtful")


def test_a_row_falls_back_on_the_day_its_user_gave_and_on_the_end_of_february():
    got = read(ofx(row(date=None, more="<DTUSER>20250105\n"), row(date="20250231")).encode(), "f")
    assert [str(one) for one in got.accounts[0].lines.date] == ["2025-01-05", "2025-02-28"]
    assert codes(got) == ["statement_date_not_in_calendar"]


def test_several_accounts_stay_apart_even_under_one_head():
    one, two = ofx(row("1.00"), account="1"), ofx(row("2.00"), account="2")
    both = read((one.replace("</OFX>\n", "") + two[two.index("<BANKMSGSRSV1>") :]).encode(), "f")
    assert [(a.account, a.lines.amount.tolist()) for a in both.accounts] == [("1", [100]), ("2", [200])]
    text = (
        f"{SGML}<OFX><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST>{row('1.00')}</BANKTRANLIST>"
        f"<BANKACCTFROM><ACCTID>2</BANKACCTFROM><BANKTRANLIST>{row('2.00')}</BANKTRANLIST></STMTRS></OFX>"
    )
    got = read(text.encode(), "f")
    assert [(a.account, a.currency, a.lines.amount.tolist()) for a in got.accounts] == [
        ("1", "USD", [100]),
        ("2", "USD", [200]),
    ]


def test_a_card_is_a_card_and_its_purchases_are_out():
    text = ofx(row("-5.50"), ledger="-123.45").replace("STMTRS", "CCSTMTRS").replace("BANKACCTFROM", "CCACCTFROM")
    got = read(text.encode(), "f")
    assert (got.kind, amounts(got), got.accounts[0].closing) == ("card", [-550], -12345)


def test_investment_cash_is_read_and_securities_are_put_on_record():
    text = (
        f"{SGML}<OFX><INVSTMTRS><CURDEF>USD<INVACCTFROM><ACCTID>X1</INVACCTFROM><INVTRANLIST><DTEND>20250131"
        "<BUYSTOCK><INVBUY><INVTRAN><FITID>1<DTTRADE>20250102<MEMO>BOUGHT</INVTRAN><TOTAL>-99.00</INVBUY></BUYSTOCK>"
        f"<INVBANKTRAN>{row('1.25')}<SUBACCTFUND>CASH</INVBANKTRAN></INVTRANLIST></INVSTMTRS></OFX>"
    )
    got = read(text.encode(), "f")
    assert (amounts(got), got.accounts[0].account, codes(got)) == ([125], "X1", ["ofx_securities_left_out"])


def test_rows_in_another_currency_stand_in_an_account_of_their_own():
    got = read(ofx(row("1.00"), row("500", more="<CURRENCY><CURRATE>0.1<CURSYM>JPY</CURRENCY>\n")).encode(), "f")
    assert [(a.currency, a.lines.amount.tolist(), a.closing) for a in got.accounts] == [
        ("USD", [100], 10000),
        ("JPY", [500], None),
    ]
    converted = read(ofx(row("1.00", more="<ORIGCURRENCY><CURRATE>0.1<CURSYM>JPY</ORIGCURRENCY>\n")).encode(), "f")
    assert [(a.currency, a.lines.amount.tolist()) for a in converted.accounts] == [("USD", [100])]


def test_an_empty_currency_is_taken_from_the_rows_or_stays_empty():
    assert (
        read(ofx(row(more="<CURRENCY><CURSYM>AUD</CURRENCY>"), currency="").encode(), "f").accounts[0].currency == "AUD"
    )
    assert read(ofx(row(), currency="").encode(), "f").accounts[0].currency == ""


def test_running_balances_that_some_banks_add_prove_the_rows_or_contradict_them():
    rows = [row("-5.00", more="<ACCTBAL>95.00\n"), row("7.00", "20250103", more="<ACCTBAL>102.00\n")]
    got = read(ofx(*rows).encode(), "f")
    assert (got.outcome, got.accounts[0].opening, got.accounts[0].lines.balance.tolist()) == (
        "proven",
        10000,
        [9500, 10200],
    )
    got = read(ofx(*(one.replace("102.00", "102.01") for one in rows)).encode(), "f")
    assert (got.outcome, codes(got)) == ("inconsistent", ["statement_balance_breaks"])


def test_a_ledger_balance_older_than_the_last_row_is_not_the_closing_one():
    assert read(ofx(row(date="20250205")).encode(), "f").accounts[0].closing is None


def test_lost_signs_and_repeated_ids_are_findings():
    got = read(ofx(row("5.00").replace("OTHER", "DEBIT")).encode(), "f")
    assert (codes(got), got.outcome) == (["ofx_signs"], "doubtful")
    twice = read(ofx(row("5.00"), row("5.00")).encode(), "f")
    assert (codes(twice), amounts(twice)) == (["ofx_id_twice"], [500, 500])


def test_a_file_without_a_statement_is_refused_with_what_the_server_said():
    status = "<STATUS><CODE>2000</CODE><SEVERITY>ERROR</SEVERITY><MESSAGE>No</MESSAGE></STATUS>"
    text = f"{XML}<OFX><STMTTRNRS>{status}</STMTTRNRS></OFX>"
    got = read(text.encode(), "f")
    assert (got.outcome, got.reason, codes(got)) == ("refused", "statement_none", ["ofx_server_error"])


def test_account_lists_hold_no_statement():
    text = f"{SGML}<OFX><ACCTINFO><BANKACCTINFO><BANKACCTFROM><ACCTID>1</BANKACCTFROM></BANKACCTINFO></ACCTINFO></OFX>"
    assert read(text.encode(), "f").outcome == "refused"


def test_other_formats_are_not_taken_for_ofx():
    for data in (b"", b"<html><body>x</body></html>", b":20:REF\n", b"date,amount\n"):
        assert not looks_like(data)


@given(st.lists(st.integers(-(10**12), 10**12), max_size=8), st.sampled_from([".", ","]))
@settings(max_examples=50, deadline=None)
def test_every_valid_file_comes_back_with_its_amounts(values, mark):
    got = read(ofx(*(row(to_text(value).replace(".", mark)) for value in values)).encode(), "f")
    assert amounts(got) == values
    assert got.outcome == "unprovable"


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=4), st.data())
@settings(max_examples=300, deadline=None)
def test_a_damaged_file_never_crashes_and_never_becomes_proof(values, data):
    """Nothing in such a file can prove it, so no damage may."""
    raw = bytearray(ofx(*(row(to_text(value)) for value in values)).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=2))
    got = read(bytes(raw[: data.draw(st.integers(len(raw) // 2, len(raw)))]), "f")
    assert got.outcome in {"unprovable", "doubtful", "refused"}
    assert not any(np.isnat(account.lines.date).any() for account in got.accounts)
    assert all(words.tell(language, finding) for finding in got.findings for language in words.LANGUAGES)


def test_a_loan_s_statement_is_told_from_an_account_s():
    inside = "<LOANSTMTRS><CURDEF>USD<LOANACCTFROM><LOANACCTID>9</LOANACCTFROM><LOANPRINBAL>98.00</LOANSTMTRS>"
    reading = read(f"OFXHEADER:100\n\n<OFX><LOANMSGSRSV1>{inside}</LOANMSGSRSV1></OFX>\n".encode(), "loan.ofx")
    assert (reading.outcome, reading.reason) == ("refused", "ofx_loan")


def test_a_loan_s_payments_are_read_as_a_document_with_principal_and_interest():
    part = "<LOANTRNAMT><PRINAMT>650.00<INTAMT>200.00</LOANTRNAMT>"
    rows = "".join(f"<LOANSTMTTRN><LOANTRNTYPE>PAYMENT<DTPOSTED>2024{m}01<TRNAMT>850.00{part}<FITID>{m}</LOANSTMTTRN>"
                   for m in ("03", "04"))
    head = "<CURDEF>USD<LOANACCTFROM><LOANACCTID>77<LOANACCTTYPE>MORTGAGE</LOANACCTFROM>"
    listed = f"<LOANTRANLIST><DTSTART>20240301<DTEND>20240430{rows}</LOANTRANLIST>"
    owed = "<PRINBAL><BALAMT>-85000.00<DTASOF>20240430</PRINBAL>"
    text = f"OFXHEADER:100\n\n<OFX><LOANMSGSRSV1><LOANSTMTRS>{head}{listed}{owed}</LOANSTMTRS></LOANMSGSRSV1></OFX>\n"
    reading = read(text.encode(), "loan.ofx")
    assert (reading.outcome, reading.reason, reading.accounts) == ("unprovable", "ofx_loan_read", ())
    loan = reading.receipts[0]
    assert (loan.kind, loan.number, loan.total, str(loan.date)) == ("loan_statement", "77", 8500000, "2024-04-30")
    assert dict(loan.amounts) == {"principal_paid": 130000, "interest_paid": 40000}
    assert (loan.lines[0].amount, loan.lines[0].name) == (85000, "2024-03-01 PAYMENT (PRINAMT 650.00, INTAMT 200.00)")
