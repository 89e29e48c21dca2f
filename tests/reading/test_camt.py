"""CAMT.052, .053 and .054: versions, directions, balances, batches, several accounts, and hostile or broken XML."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recon.core import words
from recon.core.money import to_text
from recon.reading.messages.camt import looks_like, read

BODIES = {
    "052": ("BkToCstmrAcctRpt", "Rpt"),
    "053": ("BkToCstmrStmt", "Stmt"),
    "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}


def balance(code, value, currency="EUR", day="2025-01-01"):
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{value.lstrip("-")}</Amt>'
        f"<CdtDbtInd>{'DBIT' if value.startswith('-') else 'CRDT'}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>\n"
    )


def entry(
    value,
    more="",
    currency="EUR",
    direction="",
    date="<BookgDt><Dt>2025-01-02</Dt></BookgDt>",
    status="<Sts>BOOK</Sts>",
):
    direction = direction or ("DBIT" if value.startswith("-") else "CRDT")
    amt = f'<Amt Ccy="{currency}">{value.lstrip("-")}</Amt><CdtDbtInd>{direction}</CdtDbtInd>'
    return f"<Ntry>{amt}{status}{date}{more}</Ntry>\n"


def statement(*parts, kind="053", account="NL26BANK0123456789", currency="EUR"):
    tag = BODIES[kind][1]
    ccy = f"<Ccy>{currency}</Ccy>" if currency else ""
    return f"<{tag}><Id>1</Id>\n<Acct><Id><IBAN>{account}</IBAN></Id>{ccy}</Acct>\n{''.join(parts)}</{tag}>\n"


def document(*statements, kind="053", version="02", suffix=""):
    body = BODIES[kind][0] + suffix
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{version}">\n'
        f"<{body}><GrpHdr><CreDtTm>2025-01-31T10:00:00</CreDtTm></GrpHdr>\n{''.join(statements)}</{body}></Document>"
    ).encode()


def amounts(got):
    return [int(value) for account in got.accounts for value in account.lines.amount]


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("version", ["01", "02", "03", "04", "06", "08"])
def test_every_message_and_version_is_read(kind, version):
    data = document(
        statement(balance("OPBD", "10.00"), entry("-3.00"), balance("CLBD", "7.00"), kind=kind),
        kind=kind,
        version=version,
        suffix="V01" if version == "01" else "",
    )
    assert looks_like(data)
    got = read(data, "f")
    assert (got.outcome, amounts(got), got.accounts[0].account) == ("proven", [-300], "NL26BANK0123456789")


def test_a_contradiction_is_told_with_its_size():
    got = read(document(statement(balance("OPBD", "10.00"), entry("-3.00"), balance("CLBD", "7.50"))), "f")
    assert (got.outcome, got.findings[0].params["difference"]) == ("inconsistent", "-0.50")


@pytest.mark.parametrize(("direction", "minor"), [("CRDT", 300), ("DBIT", -300)])
def test_a_reversal_is_already_booked_in_the_direction_it_states(direction, minor):
    got = read(document(statement(entry("3.00", "<RvslInd>true</RvslInd>", direction=direction))), "f")
    assert (amounts(got), got.accounts[0].lines.text["type"]) == ([minor], ["RvslInd"])


def test_decimals_beyond_the_currency_are_fine_if_they_are_zeros_and_doubtful_if_not():
    exact = read(document(statement(balance("OPBD", "1.00000"), entry("8.85000"), balance("CLBD", "9.850"))), "f")
    assert (exact.outcome, amounts(exact)) == ("proven", [885])
    loose = read(document(statement(entry("8.85321"))), "f")
    assert (loose.outcome, amounts(loose)) == ("doubtful", [885])
    assert loose.findings[0].params == {"printed": "8.85321", "used": "8.85"}


def test_a_batch_is_one_line_whose_details_keep_their_names():
    details = "".join(
        f"<TxDtls><Amt Ccy='EUR'>{n}.00</Amt><RltdPties><Cdtr><Nm>Payee {n}</Nm></Cdtr></RltdPties>"
        f"<RmtInf><Ustrd>Invoice {n}</Ustrd></RmtInf></TxDtls>"
        for n in (1, 2)
    )
    got = read(
        document(statement(entry("-3.00", f"<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>{details}</NtryDtls>"))), "f"
    )
    assert amounts(got) == [-300]
    text = got.accounts[0].lines.text
    assert text["description"] == ["Payee 1 EUR 1.00 Invoice 1 · Payee 2 EUR 2.00 Invoice 2"]
    assert "counterparty" not in text


@pytest.mark.parametrize("wrap", ["", "Pty"])
def test_the_other_side_is_named_by_the_direction(wrap):
    def party(name):
        return f"<{wrap}><Nm>{name}</Nm></{wrap}>" if wrap else f"<Nm>{name}</Nm>"

    parties = (
        f"<NtryDtls><TxDtls><RltdPties><Dbtr>{party('Payer')}</Dbtr><DbtrAcct><Id><IBAN>NL11</IBAN></Id></DbtrAcct>"
        f"<Cdtr>{party('Payee')}</Cdtr><CdtrAcct><Id><Othr><Id>22</Id></Othr></Id></CdtrAcct></RltdPties>"
        "</TxDtls></NtryDtls>"
    )
    got = read(document(statement(entry("1.00", parties), entry("-1.00", parties))), "f")
    assert got.accounts[0].lines.text["counterparty"] == ["Payer", "Payee"]
    assert got.accounts[0].lines.text["counterparty_account"] == ["NL11", "22"]


def test_charges_stay_words_and_make_no_line():
    got = read(document(statement(entry("-3.00", "<Chrgs><Amt Ccy='EUR'>0.31</Amt></Chrgs>"))), "f")
    assert (amounts(got), got.accounts[0].lines.text["remark"]) == ([-300], ["charges EUR 0.31"])


def test_statements_that_chain_on_are_one_account_and_other_accounts_stay_apart():
    one = statement(balance("OPBD", "10.00"), entry("-3.00"), balance("CLBD", "7.00", day="2025-01-31"))
    two = statement(balance("OPBD", "7.00", day="2025-02-01"), entry("1.00"), balance("CLBD", "8.00", day="2025-02-28"))
    other = statement(balance("OPBD", "-5.00"), balance("CLBD", "-5.00"), account="NL99")
    got = read(document(two, other, one), "f")
    assert sorted((a.account, a.opening, a.closing, a.proven) for a in got.accounts) == [
        ("NL26BANK0123456789", 1000, 800, True),
        ("NL99", -500, -500, True),
    ]


def test_interim_balances_open_and_close_pages():
    first = statement(balance("OPBD", "10.00"), entry("-3.00"), balance("ITBD", "7.00"))
    last = statement(
        balance("ITBD", "7.00", day="2025-01-02"), entry("1.00"), balance("CLBD", "8.00", day="2025-01-02")
    )
    got = read(document(first, last), "f")
    assert [(a.opening, a.closing, a.proven) for a in got.accounts] == [(1000, 800, True)]


def test_an_interim_balance_of_the_day_is_no_contradiction_in_a_report():
    parts = (balance("OPBD", "10.00"), entry("-3.00"), balance("ITBD", "6.00"))
    assert read(document(statement(*parts, kind="052"), kind="052"), "f").outcome == "unprovable"
    assert read(document(statement(*parts)), "f").outcome == "inconsistent"


def test_the_previous_closing_balance_opens_and_available_balances_prove_nothing():
    got = read(
        document(
            statement(balance("PRCD", "10.00"), balance("CLAV", "99.00"), entry("-3.00"), balance("CLBD", "7.00"))
        ),
        "f",
    )
    assert got.outcome == "proven"
    got = read(document(statement(balance("OPAV", "10.00"), entry("-3.00"), balance("CLAV", "7.00"))), "f")
    assert (got.outcome, got.accounts[0].opening) == ("unprovable", None)


def test_a_balance_or_an_entry_in_another_currency_stays_out_of_the_account():
    got = read(document(statement(balance("OPBD", "10.00"), entry("-3.00"), balance("CLBD", "7.00", "SEK"))), "f")
    assert (got.outcome, got.accounts[0].closing, got.findings[0].code) == ("unprovable", None, "camt_balance_currency")
    got = read(
        document(
            statement(balance("OPBD", "10.00"), entry("-3.00"), entry("500", currency="JPY"), balance("CLBD", "7.00"))
        ),
        "f",
    )
    assert [(a.currency, a.lines.amount.tolist(), a.proven) for a in got.accounts] == [
        ("EUR", [-300], True),
        ("JPY", [500], False),
    ]


def test_the_summary_proves_or_contradicts():
    def summary(credit, debit):
        return (
            f"<TxsSummry><TtlCdtNtries><NbOfNtries>1</NbOfNtries><Sum>{credit}</Sum></TtlCdtNtries>"
            f"<TtlDbtNtries><NbOfNtries>1</NbOfNtries><Sum>{debit}</Sum></TtlDbtNtries></TxsSummry>"
        )

    assert read(document(statement(summary("5.00", "3.00"), entry("-3.00"), entry("5.00"))), "f").outcome == "proven"
    assert (
        read(document(statement(summary("5.00", "4.00"), entry("-3.00"), entry("5.00"))), "f").outcome == "inconsistent"
    )


def test_days_may_be_times_and_an_entry_without_one_is_doubtful():
    timed = "<BookgDt><DtTm>2025-01-03T10:15:00+01:00</DtTm></BookgDt>"
    valued = "<ValDt><Dt>2025-01-04</Dt></ValDt>"
    got = read(document(statement(entry("1.00", date=timed), entry("1.00", date=valued))), "f")
    assert ([str(one) for one in got.accounts[0].lines.date], got.outcome) == (
        ["2025-01-03", "2025-01-04"],
        "unprovable",
    )
    got = read(document(statement(entry("1.00", date=""), balance("CLBD", "7.00", day="2025-01-31"))), "f")
    assert ([str(one) for one in got.accounts[0].lines.date], got.outcome) == (["2025-01-31"], "doubtful")


@pytest.mark.parametrize("status", ["<Sts>PDNG</Sts>", "<Sts><Cd>PDNG</Cd></Sts>"])
def test_a_pending_entry_is_kept_and_counts_in_no_balance(status):
    got = read(
        document(
            statement(balance("OPBD", "10.00"), entry("-3.00"), entry("9.00", status=status), balance("CLBD", "7.00"))
        ),
        "f",
    )
    assert (got.outcome, amounts(got), got.accounts[0].lines.text["status"]) == (
        "unprovable",
        [-300, 900],
        ["", "PDNG"],
    )


def test_lines_are_those_of_the_file():
    data = document(statement(entry("1.00"), entry("2.00")))
    wanted = [n for n, line in enumerate(data.decode().split("\n"), 1) if "<Ntry>" in line]
    assert read(data, "f").accounts[0].lines.line.tolist() == wanted


def test_prefixes_byte_order_marks_and_wrong_encoding_headers_do_not_matter():
    data = document(
        statement(
            balance("OPBD", "10.00"), entry("-3.00", "<AddtlNtryInf>Café</AddtlNtryInf>"), balance("CLBD", "7.00")
        )
    )
    prefixed = re.sub(r"<(/?)(?=[A-Z])", r"<\1n:", data.decode()).replace("xmlns=", "xmlns:n=")
    variants = [
        prefixed.encode(),
        b"\xef\xbb\xbf" + data,
        data.decode().encode("cp1252"),
        data.decode().encode("utf-16"),
        b"\n\n" + data,
        data.replace(b"UTF-8", b"GB18030"),
    ]
    for one in variants:
        assert looks_like(one)
        got = read(one, "f")
        assert (got.outcome, got.accounts[0].lines.text["description"]) == ("proven", ["Café"]), one[:80]


def test_document_types_and_their_entities_are_refused():
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
        b"<Document><BkToCstmrStmt><Stmt>&b;</Stmt></BkToCstmrStmt></Document>"
    )
    outside = b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><Document><BkToCstmrStmt/></Document>'
    for data in (bomb, outside):
        got = read(data, "f")
        assert (got.outcome, got.reason, got.accounts) == ("refused", "xml_doctype", ())


def test_broken_xml_is_refused_with_the_line():
    data = document(statement(entry("1.00")))
    got = read(data[:-40], "f")
    assert (got.outcome, got.reason) == ("refused", "xml_broken")
    assert int(got.params["line"]) > 3
    assert read(b"", "f").outcome == "refused"


def test_a_message_without_a_statement_is_refused_and_deep_nesting_is_survived():
    assert read(document(), "f").reason == "statement_none"
    deep = (
        b"<Document><BkToCstmrStmt><Stmt>"
        + b"<a>" * 200_000
        + b"</a>" * 200_000
        + b"</Stmt></BkToCstmrStmt></Document>"
    )
    assert read(deep, "f").outcome == "unprovable"


def test_an_amount_without_direction_or_that_is_none_makes_the_file_doubtful():
    for part in (entry("1.00", direction="XXXX"), entry("abc"), entry("9" * 30)):
        got = read(document(statement(balance("OPBD", "1.00"), part, balance("CLBD", "1.00"))), "f")
        assert (got.outcome, amounts(got)) == ("doubtful", [])


def test_other_formats_are_not_taken_for_camt():
    for data in (b"", b"<html><body>x</body></html>", b"<OFX></OFX>", b"date;amount\n", b"camt.053 is a format"):
        assert not looks_like(data)


@st.composite
def valid(draw):
    """A statement of up to eight entries that closes, and its signed amounts."""
    opening = draw(st.integers(-(10**9), 10**9))
    moves = draw(st.lists(st.integers(-(10**9), 10**9).filter(bool), max_size=8))
    entries = (entry(to_text(value)) for value in moves)
    parts = (balance("OPBD", to_text(opening)), *entries, balance("CLBD", to_text(opening + sum(moves))))
    return document(statement(*parts)), moves


@given(valid())
@settings(max_examples=50, deadline=None)
def test_every_valid_message_is_proven_with_its_amounts(case):
    got = read(case[0], "f")
    assert (got.outcome, amounts(got)) == ("proven", case[1])


@given(valid(), st.data())
@settings(max_examples=300, deadline=None)
def test_a_damaged_message_never_crashes_and_never_proves_amounts_that_do_not_close(case, data):
    """Letters and figures are changed and tags cut out; a proof needs balances that close over every entry."""
    raw = bytearray(case[0])
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 2))] = data.draw(
            st.sampled_from([b"", b"7", b"a", b".", b",", b"<", b"\xe9", b"\x00"])
        )
    got = read(bytes(raw), "f")
    assert all(words.tell(language, finding) for finding in got.findings for language in words.LANGUAGES)
    for account in got.accounts:
        assert not np.isnat(account.lines.date).any()
        if account.proven:
            assert account.opening + sum(map(int, account.lines.amount)) == account.closing
    if got.outcome == "proven":
        assert len(amounts(got)) == bytes(raw).count(b"</Ntry>"), bytes(raw)
