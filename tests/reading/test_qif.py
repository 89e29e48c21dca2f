"""QIF: the order of day and month, signs, splits, openings, and what holds no entries."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recon.core import words
from recon.core.money import to_text
from recon.reading.messages.qif import looks_like, read


def qif(*records, kind="Bank"):
    return f"!Type:{kind}\n" + "".join("\n".join(record) + "\n^\n" for record in records)


def dates(got):
    return [str(one) for account in got.accounts for one in account.lines.date]


def amounts(got):
    return [int(value) for account in got.accounts for value in account.lines.amount]


@pytest.mark.parametrize(
    ("kind", "expected"), [("Bank", "bank"), ("Cash", "cashbook"), ("CCard", "card"), ("Oth L", "bank")]
)
def test_entries_are_read_with_their_words_and_lines(kind, expected):
    text = qif(
        ("D01/25/2025", "T-1,234.50", "PShop", "MPaper", "LOffice", "N1001"),
        ("D01/26/2025", "U7.00", "PClient"),
        kind=kind,
    )
    got = read(text.encode(), "f")
    assert (got.kind, got.outcome, amounts(got), dates(got)) == (
        expected,
        "unprovable",
        [-123450, 700],
        ["2025-01-25", "2025-01-26"],
    )
    lines = got.accounts[0].lines
    assert lines.line.tolist() == [2, 9]
    assert (lines.text["counterparty"], lines.text["description"], lines.text["order"]) == (
        ["Shop", "Client"],
        ["Paper · Office", "Client"],
        ["1001", ""],
    )


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (("01/25/2025", "02/03/2025"), ["2025-01-25", "2025-02-03"]),
        (("25/01/2025", "03/02/2025"), ["2025-01-25", "2025-02-03"]),
        (("2025-01-25", "2025-02-03"), ["2025-01-25", "2025-02-03"]),
        (("1/25'25", "2/ 3'25"), ["2025-01-25", "2025-02-03"]),
        (("25.01.25", "03.02.25"), ["2025-01-25", "2025-02-03"]),
        (("03.02.2025", "04.02.2025"), ["2025-02-03", "2025-02-04"]),
        (("1/25/99", "2/3/04"), ["1999-01-25", "2004-02-03"]),
    ],
)
def test_the_order_of_day_and_month_is_decided_over_all_rows(printed, expected):
    got = read(qif(*((f"D{date}", "T1.00") for date in printed)).encode(), "f")
    assert (dates(got), got.outcome) == (expected, "unprovable")


def test_dates_that_could_be_both_are_decided_by_time_or_stay_in_doubt():
    by_time = read(qif(("D03/01/2025", "T1.00"), ("D05/01/2025", "T1.00"), ("D02/02/2025", "T1.00")).encode(), "f")
    assert (dates(by_time), by_time.outcome) == (["2025-01-03", "2025-01-05", "2025-02-02"], "unprovable")
    unknown = read(qif(("D03/04/2025", "T1.00")).encode(), "f")
    assert (dates(unknown), unknown.outcome, [f.code for f in unknown.findings]) == (
        ["2025-03-04"],
        "doubtful",
        ["qif_order_unknown"],
    )
    same = read(qif(("D04/04/2025", "T1.00")).encode(), "f")
    assert same.outcome == "unprovable"


def test_amounts_follow_the_decimal_mark_of_the_file():
    got = read(qif(("D25.01.2025", "T-1.234"), ("D25.01.2025", "T-5,50")).encode(), "f")
    assert amounts(got) == [-123400, -550]


def test_splits_stay_words_and_must_add_up():
    parts = ("D01/25/2025", "T-30.00", "SRent", "EJanuary", "$-20.00", "SPower", "$-10.00")
    got = read(qif(parts).encode(), "f")
    assert (amounts(got), got.outcome) == ([-3000], "unprovable")
    assert got.accounts[0].lines.text["description"] == ["Rent January (-20.00) Power (-10.00)"]
    wrong = read(qif((*parts[:-1], "$-11.00")).encode(), "f")
    assert (wrong.outcome, wrong.findings[0].code) == ("doubtful", "qif_splits_differ")


def test_the_first_entry_opening_balance_is_no_transaction():
    got = read(qif(("D01/25/2025", "T100.00", "POpening Balance"), ("D01/26/2025", "T-1.00")).encode(), "f")
    assert (got.accounts[0].opening, amounts(got), got.outcome) == (10000, [-100], "unprovable")


def test_accounts_are_kept_apart_and_lists_are_no_entries():
    text = (
        "!Type:Cat\nNFood\nE\n^\n!Option:AutoSwitch\n!Account\nNHome\nTBank\n^\n"
        + qif(("D01/25/2025", "T1.00"))
        + "!Account\nNPurse\nTCash\n^\n"
        + qif(("D01/26/2025", "T2.00"), kind="Cash")
    )
    got = read(text.encode(), "f")
    assert [(a.account, a.lines.amount.tolist()) for a in got.accounts] == [("Home", [100]), ("Purse", [200])]


def test_securities_are_put_on_record():
    got = read(qif(("D01/25/2025", "NBuy", "YACME", "T99.00"), kind="Invst").encode(), "f")
    assert (got.outcome, [f.code for f in got.findings]) == ("refused", ["qif_securities_left_out"])


def test_an_entry_without_a_date_or_amount_is_named():
    got = read(qif(("T1.00",), ("D01/25/2025", "Tmuch"), ("D01/25/2025", "T2.00")).encode(), "f")
    assert (amounts(got), got.outcome) == ([200], "doubtful")
    assert [f.code for f in got.findings] == ["statement_row_left_out_undated", "statement_amount_unreadable"]


def test_a_missing_last_mark_and_odd_line_ends_lose_nothing():
    text = qif(("D01/25/2025", "T1.00"), ("D01/26/2025", "T2.00"))
    for variant in (
        text.rstrip("^\n"),
        text.replace("\n", "\r\n"),
        text.replace("\n", "\r"),
        "\ufeff" + text,
        text.replace("!Type", "!type"),
    ):
        assert looks_like(variant.encode())
        assert amounts(read(variant.encode(), "f")) == [100, 200]


def test_entries_without_a_head_are_known_by_their_shape_and_other_formats_are_not():
    bare = qif(("D01/25/2025", "T1.00")).split("\n", 1)[1]
    assert looks_like(bare.encode())
    assert amounts(read(bare.encode(), "f")) == [100]
    for data in (b"", b"Date,Amount\n", b":20:X\n", b"<OFX>", b"Dear reader\n^\n"):
        assert not looks_like(data)


@given(st.lists(st.tuples(st.dates(), st.integers(-(10**12), 10**12)), max_size=8), st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_file_never_crashes_and_never_becomes_proof(rows, data):
    """Nothing in a QIF file can prove it, so no damage may."""
    raw = bytearray(qif(*((f"D{day:%m/%d/%Y}", f"T{to_text(value)}") for day, value in rows)).encode())
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=2))
    got = read(bytes(raw), "f")
    assert got.outcome in {"unprovable", "doubtful", "refused"}
    assert all(words.tell(language, finding) for finding in got.findings for language in words.LANGUAGES)
