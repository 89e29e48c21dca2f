"""What the message formats share: amounts, days, proofs and the joining of statements."""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recon.core import words
from recon.core.money import to_text
from recon.reading.messages import camt, mt940, ofx, qif, statement
from recon.reading.messages.statement import Notes, Row, Statement, Total, amount, day, decimal_mark, judge, reading


@pytest.mark.parametrize(
    ("text", "mark", "minor"),
    [
        ("12.30", ".", 1230),
        ("12,30", ",", 1230),
        ("1.234,56", ",", 123456),
        ("1,234.56", ".", 123456),
        ("1'234.56", ".", 123456),
        ("1 234,56", ",", 123456),
        ("(1,234.56)", ".", -123456),
        ("1,234.56-", ".", -123456),
        ("−5", ".", -500),
        ("+7.5", ".", 750),
        ("$120", "", 12000),
        ("USD 12.00", ".", 1200),
        ("12.00 EUR", ".", 1200),
        ("¥1,200.00", ".", 120000),
        ("500,", ",", 50000),
        (",50", ",", 50),
        ("000000000147,64", ",", 14764),
        ("-00000000001500.0000", ".", -150000),
        ("1,234,567", ".", 123456700),
        ("-0.00", ".", 0),
        ("１２.３０", ".", 1230),
        ("1.234", ",", 123400),
        ("1,234", ".", 123400),
        ("8.850", ".", 885),
    ],
)
def test_amounts_are_read_exactly_however_they_are_written(text, mark, minor):
    assert amount(text, 2, mark) == (minor, True)


@pytest.mark.parametrize(
    ("text", "places", "mark", "minor"),
    [
        ("115.8331", 2, ".", 11583),
        ("-197.106", 2, ".", -19711),
        ("1,234", 2, "", 123400),
        ("1.234", 2, "", 123),
        ("12.5", 0, ".", 13),
        ("123.45", 2, ",", 12345),
    ],
)
def test_an_amount_that_is_not_certain_says_so(text, places, mark, minor):
    assert amount(text, places, mark) == (minor, False)


@pytest.mark.parametrize(
    "text", ["", "abc", "1e5", "12a4", "--5", "1,2,3", "1.23.4", "(5", "-5-", "9" * 25, "NaN", "1.234,5,6"]
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match="amount"):
        amount(text, 2, ".")


@given(st.integers(-(10**15), 10**15), st.sampled_from([0, 2, 3]), st.sampled_from([".", ","]))
def test_every_printed_amount_comes_back(minor, places, mark):
    """Written with either decimal mark, an amount is read back to the minor unit."""
    printed = to_text(minor, places).replace(".", mark)
    assert amount(printed, places, mark) == (minor, True)


def test_without_decimals_a_group_of_three_can_only_be_thousands():
    assert amount("1.000", 0, "") == (1000, True)
    assert amount("1,000", 0, "") == (1000, True)
    assert amount("R$ 10,50", 2, ",") == (1050, True)


def test_a_count_alone_contradicts_nothing_where_the_balances_close():
    counted = (Total(-1, 7, -50), Total(1, 1, 20))
    assert judge(_statement(100, 70, -50, 20, totals=counted), Notes("f")) == "proven"
    assert judge(_statement(None, None, -50, 20, totals=counted), Notes("f")) == "inconsistent"


def test_the_decimal_mark_is_decided_over_all_amounts():
    assert decimal_mark(["1.234", "1.234,50"]) == ","
    assert decimal_mark(["1,234", "7.50"]) == "."
    assert decimal_mark(["1,234", "5"]) == ""
    assert decimal_mark(["1,234,567.89"]) == "."


def test_a_day_after_the_end_of_february_is_its_last():
    assert day(2016, 2, 30) == (np.datetime64("2016-02-29"), False)
    assert day(2016, 2, 29) == (np.datetime64("2016-02-29"), True)
    assert day(2016, 13, 1) is None
    assert day(2016, 1, 32) is None
    assert day(9012, 1, 1) is None


def _statement(opening, closing, *amounts, account="A", start="2025-01-01", totals=()):
    rows = [Row(np.datetime64(start), value, at) for at, value in enumerate(amounts, 1)]
    return Statement(
        account, "EUR", opening=opening, closing=closing, rows=rows, start=np.datetime64(start), totals=totals
    )


def test_balances_that_close_prove_and_others_contradict_with_their_difference():
    notes = Notes("f")
    assert judge(_statement(100, 70, -50, 20), notes) == "proven"
    assert judge(_statement(None, 70, -50, 20), notes) == "unprovable"
    assert not notes.findings
    assert judge(_statement(100, 71, -50, 20), notes) == "inconsistent"
    assert notes.findings[0].params["difference"] == "-0.01"


def test_printed_totals_prove_only_if_they_cover_both_sides_with_sum_and_count():
    notes = Notes("f")
    full = (Total(1, 1, 20), Total(-1, 1, -50))
    assert judge(_statement(None, None, -50, 20, totals=full), notes) == "proven"
    assert judge(_statement(None, None, -50, 20, totals=full[:1]), notes) == "unprovable"
    assert judge(_statement(None, None, -50, 20, totals=(Total(0, 3, -30),)), notes) == "inconsistent"
    assert judge(_statement(100, 70, -50, 20, totals=(Total(1, 1, 21),)), notes) == "inconsistent"


def test_chained_statements_become_one_account_whatever_their_order_in_the_file():
    first, second = _statement(100, 70, -30), _statement(70, 90, 20, start="2025-02-01")
    second.rows[0].line = 9
    got = reading(b"", "bank", [second, first], Notes("f"))
    assert [(a.opening, a.closing, a.proven, a.lines.amount.tolist()) for a in got.accounts] == [
        (100, 90, True, [-30, 20])
    ]
    assert got.outcome == "proven"


def test_a_gap_keeps_statements_apart_and_is_named():
    first, second = _statement(100, 70, -30), _statement(75, 95, 20, start="2025-02-01")
    got = reading(b"", "bank", [first, second], Notes("f"))
    assert len(got.accounts) == 2
    assert [(f.code, f.params["difference"]) for f in got.findings if f.code == "statement_chain_gap"] == [
        ("statement_chain_gap", "0.05")
    ]


def test_one_contradicting_statement_does_not_take_the_proof_from_the_others():
    parts = [
        _statement(100, 70, -30),
        _statement(70, 91, 20, start="2025-02-01"),
        _statement(91, 92, 1, start="2025-03-01"),
    ]
    got = reading(b"", "bank", parts, Notes("f"))
    assert got.outcome == "inconsistent"
    assert [a.proven for a in got.accounts] == [True, False, True]


def test_rows_of_another_currency_never_stand_in_the_account():
    statement = _statement(100, 70, -30)
    statement.rows.append(Row(np.datetime64("2025-01-02"), 500, 2, "JPY"))
    got = reading(b"", "bank", [statement], Notes("f"))
    assert [(a.currency, a.lines.amount.tolist(), a.proven) for a in got.accounts] == [
        ("EUR", [-30], True),
        ("JPY", [500], False),
    ]
    assert got.outcome == "unprovable"


def test_an_entry_that_is_not_booked_counts_in_no_balance_and_takes_the_proof():
    statement = _statement(100, 70, -30, 500)
    statement.rows[1].booked = False
    got = reading(b"", "bank", [statement], Notes("f"))
    assert (got.outcome, len(got.accounts[0].lines)) == ("unprovable", 2)


def test_newest_first_is_turned_round_and_entries_on_one_line_are_numbered():
    rows = [Row(np.datetime64(f"2025-01-0{d}"), d, 1) for d in (3, 2, 1)]
    got = reading(b"", "bank", [Statement("A", "EUR", rows=rows)], Notes("f"))
    assert got.accounts[0].lines.amount.tolist() == [1, 2, 3]
    assert sorted(got.accounts[0].lines.line.tolist()) == [1, 2, 3]
    assert [f.code for f in got.findings] == ["statement_lines_are_entries"]


def test_a_sum_beyond_int64_is_a_contradiction_and_no_overflow():
    got = reading(b"", "bank", [_statement(0, 5, 2**63 - 1, 2**63 - 1)], Notes("f"))
    assert got.outcome == "inconsistent"


def test_every_outcome_has_its_sentence_in_both_languages():
    params = {"accounts": 1, "lines": 2, "doubts": 1, "contradictions": 1, "line": 3, "detail": "x"}
    for code in (
        "statement_closes",
        "statement_unprovable",
        "statement_contradicts",
        "statement_doubtful",
        "statement_none",
        "xml_doctype",
        "xml_broken",
    ):
        for language in words.LANGUAGES:
            assert words.say(language, f"reading.reason.{code}", **params)


def test_every_finding_of_the_message_formats_has_its_sentence():
    source = "".join(Path(module.__file__).read_text("utf-8") for module in (camt, mt940, ofx, qif, statement))
    codes = set(re.findall(r'notes\.(?:say|doubt)\(\s*"([a-z0-9_]+)"', source))
    assert len(codes) > 20
    assert not [code for code in codes if not words.known(f"finding.{code}")]
