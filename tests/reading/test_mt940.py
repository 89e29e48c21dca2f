"""MT940 and MT942: signs, chains, wraps, envelopes, fragments, and messages that were damaged on the way."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recon.core import words
from recon.core.money import to_text
from recon.reading.messages.mt940 import looks_like, read

HEAD = ":20:REF\n:25:12345678/1020304050\n:28C:1/1\n"


def message(*fields, opening="C250101EUR100,00", closing=None):
    tail = f":62F:{closing}\n-\n" if closing else ""
    return (HEAD + f":60F:{opening}\n" + "".join(f"{field}\n" for field in fields) + tail).encode()


def amounts(got):
    return [int(value) for account in got.accounts for value in account.lines.amount]


@pytest.mark.parametrize(
    ("mark", "sign"),
    [("C", 1), ("D", -1), ("RC", -1), ("RD", 1), ("CR", 1), ("DR", -1), ("RCR", -1), ("RDR", 1), ("CN", 1), ("DD", -1)],
)
def test_a_reversed_credit_is_out_and_a_reversed_debit_in(mark, sign):
    """RC and RD reverse; a letter after C or D is the funds code and says nothing of direction."""
    closing = f"C250102EUR{to_text(10000 + sign * 1250).replace('.', ',')}"
    got = read(message(f":61:2501020102{mark}12,50NTRFREF1//B1", closing=closing), "f")
    assert amounts(got) == [sign * 1250]
    assert (got.outcome, got.accounts[0].closing) == ("proven", 10000 + sign * 1250)


@pytest.mark.parametrize(
    "line",
    [
        ":61:250102    D12,50NTRFNONREF",
        ":61:250102D12,5NTRFNONREF",
        ":61:2501020102D000000000012,50NTRFNONREF",
        ":61:2501020102DR\n12,50NTRFNONREF",
        ":61:2501020102D1\n2,50NTRFNONREF",
        ":61:2501020102D12,5\n0NTRFNONREF",
        ":61:2501020102D12,50S   X",
        ":61:2501020102D12,50",
        ":61:2501020102D12,50//BANKREF",
        ":61:2501020102D12,50Ntrfnonref",
        ":61:2501020102D12,50N0440121470966      W.P. NAME",
        ":61:2501020102D12.50NTRFNONREF",
    ],
)
def test_an_entry_is_read_however_it_is_spaced_or_wrapped(line):
    got = read(message(line, closing="C250102EUR87,50"), "f")
    assert amounts(got) == [-1250]
    assert got.outcome == ("doubtful" if "12.50" in line else "proven")


def test_amounts_may_end_in_a_bare_comma_or_have_none():
    got = read(message(":61:2501020102D7,NTRFNONREF", ":61:2501020102C500NTRFNONREF", closing="C250102EUR593,"), "f")
    assert (amounts(got), got.outcome) == ([-700, 50000], "proven")


def test_a_contradiction_says_by_how_much():
    got = read(message(":61:2501020102D12,50NTRFNONREF", closing="C250102EUR90,00"), "stmt.sta")
    assert got.outcome == "inconsistent"
    finding = got.findings[0]
    assert (finding.params["difference"], finding.source.file) == ("-2.50", "stmt.sta")
    assert "2.50" in words.tell("en", finding)
    assert "2.50" in words.tell("zh-CN", finding)


def test_several_statements_of_one_account_chain_into_one():
    one = message(":61:2501020102D10,00NTRFNONREF", closing="C250102EUR90,00")
    two = message(":61:2501030103D10,00NTRFNONREF", opening="C250103EUR90,00", closing="C250103EUR80,00")
    got = read(one + two, "f")
    assert [(a.opening, a.closing, len(a.lines)) for a in got.accounts] == [(10000, 8000, 2)]
    assert got.accounts[0].lines.line.tolist() == [5, 12]


def test_pages_with_intermediate_balances_are_one_statement():
    text = (
        HEAD
        + ":60F:C250101EUR100,00\n:61:2501020102D10,00NTRFNONREF\n:62M:C250102EUR90,00\n-\n"
        + HEAD
        + ":60M:C250102EUR90,00\n:61:2501030103D10,00NTRFNONREF\n:62F:C250103EUR80,00\n-\n"
    )
    got = read(text.encode(), "f")
    assert [(a.opening, a.closing, a.proven) for a in got.accounts] == [(10000, 8000, True)]


def test_a_gap_between_statements_is_a_finding():
    one = message(closing="C250101EUR100,00")
    two = message(opening="C250103EUR120,00", closing="C250103EUR120,00")
    got = read(one + two, "f")
    assert [f.params["difference"] for f in got.findings if f.code == "statement_chain_gap"] == ["20.00"]
    assert len(got.accounts) == 2


def test_an_empty_statement_whose_balances_agree_is_proven_and_one_balance_alone_is_not():
    assert read(message(closing="C250101EUR100,00"), "f").outcome == "proven"
    assert read(message(), "f").outcome == "unprovable"


def test_a_debit_balance_is_negative_and_may_lack_its_currency():
    got = read(message(":61:2501020102D10,00NTRFNONREF", opening="D250101EUR5,00", closing="D25010215,00"), "f")
    assert (got.accounts[0].opening, got.accounts[0].closing, got.outcome) == (-500, -1500, "proven")


def test_currencies_without_cents_stay_whole():
    got = read(message(":61:2501020102C500,NTRFNONREF", opening="C250101JPY1000,", closing="C250102JPY1500,"), "f")
    assert (got.accounts[0].opening, amounts(got)) == (1000, [500])


def test_swift_envelopes_bank_preambles_control_characters_and_line_ends_do_not_matter():
    body = message(":61:2501020102D10,00NTRFNONREF", closing="C250102EUR90,00").decode()
    wrapped = "{1:F01BANKNL21XXXX0000000000}{2:O940BANKNL21XXXXN}{3:}{4:\n" + body.rstrip("-\n") + "\n-}{5:}\n"
    variants = [
        wrapped,
        wrapped.replace("{4:\n", "{4:"),
        "\x01\n" + body.replace("-\n", "-\x03"),
        "BANKNL2A\n940\nBANKNL2A\n" + body,
        body.replace("\n", "\r\n"),
        body.replace("\n", "\r"),
        body.rstrip("\n"),
        body.replace(":20:", "\n\n:20:"),
    ]
    for text in variants:
        assert looks_like(text.encode())
        got = read(text.encode(), "f")
        assert (got.outcome, amounts(got)) == ("proven", [-1000]), text


def test_the_booking_day_is_the_entry_date_in_the_year_next_to_the_value_date():
    fields = [":61:2412310102D1,00NTRFNONREF", ":61:2501021231D1,00NTRFNONREF", ":61:250105D1,00NTRFNONREF"]
    got = read(message(*fields, closing="C250105EUR97,00"), "f")
    assert [str(one) for one in got.accounts[0].lines.date] == ["2025-01-02", "2024-12-31", "2025-01-05"]


def test_the_thirtieth_of_february_is_the_last_day_with_a_finding_unless_an_entry_date_stands_beside_it():
    got = read(message(":61:250230D1,00NTRFNONREF", ":61:2502300301D1,00NTRFNONREF", closing="C250301EUR98,00"), "f")
    assert [str(one) for one in got.accounts[0].lines.date] == ["2025-02-28", "2025-03-01"]
    assert [f.code for f in got.findings] == ["statement_date_not_in_calendar"]
    assert got.outcome == "proven"


def test_a_row_without_a_possible_date_is_kept_on_the_last_day_and_makes_the_file_doubtful():
    got = read(message(":61:251301D1,00NTRFNONREF", closing="C250301EUR99,00"), "f")
    assert ([str(one) for one in got.accounts[0].lines.date], got.outcome) == (["2025-03-01"], "doubtful")


def test_the_words_come_out_of_numbered_subfields_however_they_are_wrapped():
    details = (
        ":86:166?00GUTSCHRIFT?100399?20EREF+END TO END 4711     ?21SVWZ+Rechnung 4711 vom zw?22eiten Januar"
        "?30DRESDEFF?31DE\n"
        "1450880500194785000?32ERIKA MUSTER\n?33MANN GMBH"
    )
    got = read(message(":61:2501020102C1,00NTRFNONREF//B7", details, closing="C250102EUR101,00"), "f")
    text = {key: column[0] for key, column in got.accounts[0].lines.text.items()}
    assert text == {
        "counterparty": "ERIKA MUSTER MANN GMBH",
        "counterparty_account": "DE1450880500194785000",
        "description": "EREF+END TO END 4711 SVWZ+Rechnung 4711 vom zw eiten Januar",
        "type": "GUTSCHRIFT",
        "order": "B7",
    }


def test_a_full_subfield_runs_on_in_the_next_without_a_space():
    details = ":86:166?00X?20ABCDEFGHIJKLMNOPQRSTUVWXYZA?21BC"
    got = read(message(":61:2501020102C1,00NTRFNONREF", details, closing="C250102EUR101,00"), "f")
    assert got.accounts[0].lines.text["description"] == ["ABCDEFGHIJKLMNOPQRSTUVWXYZABC"]


def test_the_words_come_out_of_coded_and_plain_text():
    coded = ":86:/TRTP/SEPA OVERBOEKING/IBAN/NL12BANK0123456789/BIC/BANKNL2A\n"
    coded += "/NAME/J. JANSEN/REMI/FACTUUR 12/EREF/NOTPROVIDED"
    plain = ":86:GIRO 428428 TELECOM\nFACTUUR D.D. 20-05-2011"
    own = ":NS:01Purpose one\n02Purpose two\n15Pa\n16rty\n17Kind\n34998877"
    entry = ":61:2501020102C1,00NTRFNONREF"
    got = read(message(entry, coded, entry, plain, entry, own, closing="C250102EUR103,00"), "f")
    text = got.accounts[0].lines.text
    assert text["counterparty"] == ["J. JANSEN", "", "Party"]
    assert text["counterparty_account"] == ["NL12BANK0123456789", "", "998877"]
    assert text["description"][1:] == ["GIRO 428428 TELECOM FACTUUR D.D. 20-05-2011", "Purpose one Purpose two"]
    assert "FACTUUR 12" in text["description"][0]


def test_a_time_of_day_wrapped_before_its_colon_is_no_field():
    for minutes in ("20:15", "12:11", "25", "28:00 Terminal"):
        got = read(
            message(
                ":61:2501020102D1,00NTRFNONREF",
                f":86:CARD 2025-01-02T13\n:{minutes}",
                ":61:2501020102D1,00NTRFNONREF",
                closing="C250102EUR98,00",
            ),
            "f",
        )
        assert (len(got.accounts), got.outcome, len(amounts(got))) == (1, "proven", 2), minutes


def test_a_dash_inside_the_words_does_not_end_the_statement():
    got = read(
        message(
            ":61:2501020102D1,00NTRFNONREF",
            ":86:LINE ONE\n-\nLINE TWO",
            ":61:2501020102D1,00NTRFNONREF",
            closing="C250102EUR98,00",
        ),
        "f",
    )
    assert (got.outcome, len(amounts(got))) == ("proven", 2)


def test_entries_after_the_closing_balance_belong_to_no_proof():
    got = read(message(closing="C250101EUR100,00") + b":61:2501020102D1,00NTRFNONREF\n", "f")
    assert [(a.proven, len(a.lines)) for a in got.accounts] == [(True, 0), (False, 1)]
    assert got.outcome == "unprovable"


def test_an_entry_that_cannot_be_read_is_named_with_its_line_and_makes_the_file_doubtful():
    got = read(message(":61:GARBAGE", closing="C250101EUR100,00"), "f")
    assert got.outcome == "doubtful"
    assert [(f.code, f.source.line) for f in got.findings] == [("mt940_entry_unreadable", 5)]


def test_mt942_is_proven_by_its_counts_and_sums():
    body = HEAD + ":34F:EUR0,\n:13D:2501021815+0100\n:61:2501020102C2,50NTRFNONREF\n:61:2501020102D1,00NTRFNONREF\n"
    assert read(f"{body}:90D:1EUR1,00\n:90C:1EUR2,50\n-".encode(), "f").outcome == "proven"
    assert read(f"{body}:90D:1EUR2,30\n".encode(), "f").outcome == "inconsistent"
    assert read(f"{body}:90D:2EUR1,00\n:90C:1EUR2,50\n".encode(), "f").outcome == "inconsistent"
    assert read(body.encode(), "f").outcome == "unprovable"
    assert read(body.encode(), "f").accounts[0].currency == "EUR"


@pytest.mark.parametrize(
    "fragment",
    [
        ":20:X",
        ":25:123EUR",
        ":28C:1",
        ":60F:C250101EUR1,",
        ":61:250101C1,NTRFX",
        ":62F:C250101EUR1,",
        ":64:C250101EUR1,",
        ":86:words",
        ":NS:",
        ":NS:22Holder",
        ":61:",
        ":60F:",
        ":25:",
        "-",
        ":90C:",
        ":13D:x",
        ":60F:C251399EUR1,",
    ],
)
def test_a_fragment_gives_what_is_in_it_and_never_a_proof(fragment):
    got = read(fragment.encode(), "f")
    assert got.outcome in {"unprovable", "refused", "doubtful"}
    assert len(amounts(got)) == (fragment == ":61:250101C1,NTRFX")


@pytest.mark.parametrize("field", [":61:250102", ":62F:C", ":60F:C250101", ":90D:", ":86:166?20", "{1:"])
def test_a_long_blank_is_no_trap(field):
    """Patterns that try every way to share out a blank would not end on these."""
    got = read(f":25:1\n:61:2501020102D1,00NTRF\n{field}{' ' * 50_000}D{' ' * 50_000}x".encode(), "f")
    assert got.outcome in {"unprovable", "doubtful"}


def test_other_formats_are_not_taken_for_mt940():
    for text in (
        "date,amount\n2025-01-01,5\n",
        "1\n2\n3\n",
        "",
        "<?xml version='1.0'?><a/>",
        "12:30:45 log line",
        "note :20: inside",
    ):
        assert not looks_like(text.encode())


MONEY = st.integers(1, 10**9)


@st.composite
def valid(draw):
    """A message of up to eight entries whose balances close, and its signed amounts."""
    opening = draw(st.integers(-(10**9), 10**9))
    signed = [(mark, draw(MONEY)) for mark in draw(st.lists(st.sampled_from(["C", "D", "RC", "RD"]), max_size=8))]
    moves = [value if mark in {"C", "RD"} else -value for mark, value in signed]
    fields = [
        f":61:2501020102{mark}{to_text(value).replace('.', ',')}NTRFNONREF//B\n:86:166?00X?20words {value}?32NAME"
        for mark, value in signed
    ]

    def balance(value):
        return f"{'D' if value < 0 else 'C'}250102EUR{to_text(abs(value)).replace('.', ',')}"

    return message(*fields, opening=balance(opening), closing=balance(opening + sum(moves))), moves


@given(valid())
@settings(max_examples=50, deadline=None)
def test_every_valid_message_is_proven_with_its_amounts(case):
    data, moves = case
    got = read(data, "f")
    assert (got.outcome, amounts(got)) == ("proven", moves)


@given(valid(), st.data())
@settings(max_examples=300, deadline=None)
def test_a_damaged_message_never_crashes_and_never_proves_amounts_that_do_not_close(case, data):
    """Flipped, cut out and truncated bytes: proof needs balances that close and every :61: line read."""
    raw = bytearray(case[0])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=2))
    raw = raw[: data.draw(st.integers(len(raw) // 2, len(raw)))]
    got = read(bytes(raw), "f")
    assert all(words.tell(language, finding) for finding in got.findings for language in words.LANGUAGES)
    for account in got.accounts:
        assert account.lines.date.dtype == np.dtype("datetime64[D]")
        assert not np.isnat(account.lines.date).any()
        if account.proven and account.opening is not None:
            assert account.opening + sum(map(int, account.lines.amount)) == account.closing
    if got.outcome == "proven":
        text = bytes(raw).decode("latin-1")
        assert len(amounts(got)) == len(re.findall(r"(?:^|[\r\n])\s?:61:", text)), text


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_at_all_are_survived(data):
    assert read(data, "f").outcome in {"refused", "unprovable", "doubtful", "inconsistent", "proven"}
    looks_like(data)


@pytest.mark.parametrize("end", ["", "\n"])
def test_at_signs_may_stand_for_the_ends_of_lines(end):
    fields = ["", ":20:START", ":25:12345678/1020304050", ":28C:1/1", ":60F:C250131EUR100,00",
              ":61:2502010201D10,00NMSCREF", ":86:two", "words", ":62F:C250201EUR90,00", "-"]
    reading = read(("@@" + end).join(fields).encode(), "a.sta")
    assert (reading.outcome, reading.accounts[0].lines.amount.tolist()) == ("proven", [-1000])
    kept = read("\n".join(fields).replace("two", "a@@b").encode(), "a.sta")
    assert "a@@b" in kept.accounts[0].lines.text["description"][0]
