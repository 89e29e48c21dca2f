"""Files of several accounts, tables without a readable header, and what the family of layouts taught."""

import random

import pytest

from recon.reading.numbers import amounts
from recon.reading.read import read_bytes
from tests.reading.layouts import Layout
from tests.reading.layouts_joined import Several
from tests.reading.test_layout_family import FORMATS, joined, lines_of


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("seed", [9005, 9025, 9044, 9049, 9051])
def test_every_account_of_a_file_is_proven_by_itself_and_none_is_lost(seed, form):
    several = Several(seed)
    reading = read_bytes(getattr(several, form)(), "statement")
    assert (reading.outcome, lines_of(reading)) == ("proven", sorted(several.expected(), key=str))
    told = {a.account.replace(" ", "") for a in reading.accounts}
    assert told <= {member.account.replace(" ", "") for member in several.members} | {""}
    changed = several.with_slip(random.Random(seed))  # noqa: S311 seeded on purpose
    assert read_bytes(getattr(changed, form)(), "statement").outcome != "proven"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("head", ["none", "unreadable"])
@pytest.mark.parametrize("seed", [9100, 9101, 9104])
def test_columns_without_titles_are_found_by_what_closes_and_a_changed_digit_is_caught(seed, head, form):
    layout = Layout(seed, head_as=head)
    reading = read_bytes(getattr(layout, form)(), "statement")
    assert (reading.outcome, lines_of(reading)) == ("proven", sorted(layout.expected(), key=str))
    k = len(layout.truth) // 2
    changed = Layout(seed, {(k, "balance"): layout.truth[k].balance + 400}, head_as=head)
    assert read_bytes(getattr(changed, form)(), "statement").outcome != "proven"


@pytest.mark.parametrize("seed", [20249, 20310, 20326, 20329, 20332, 21341, 21355, 22323, 22358])
def test_pages_without_readable_titles_are_cut_where_figures_end_with_their_signs_and_currencies(seed):
    layout = Layout(seed, head_as="none" if seed == 20249 else "unreadable")
    reading = read_bytes(layout.as_pdf(), "a.pdf")
    assert (reading.outcome, lines_of(reading)) == ("proven", sorted(layout.expected(), key=str))


@pytest.mark.parametrize("seed", [21239, 21249])
def test_pages_without_titles_whose_lines_share_few_dates_are_a_table_where_balances_close(seed):
    layout = Layout(seed, head_as="none")
    reading = read_bytes(layout.as_pdf(), "a.pdf")
    assert (reading.outcome, lines_of(reading)) == ("proven", sorted(layout.expected(), key=str))


def test_decimals_after_a_comma_say_that_the_day_comes_before_the_month():
    layout = Layout(20262, head_as="none")
    assert read_bytes(layout.as_csv(), "a.csv").outcome == "proven"


def test_a_second_look_that_loses_balances_proves_nothing():
    layout = Layout(7132, {(1, "balance"): 92676})
    assert read_bytes(layout.as_pdf(), "a.pdf").outcome == "inconsistent"


@pytest.mark.parametrize("seed", [7063, 7092, 7173, 7288, 8166, 12064, 12108, 20035, 20049, 23082])
def test_a_page_whose_columns_nearly_touch_is_read_whole(seed):
    layout = Layout(seed)
    reading = read_bytes(layout.as_pdf(), "a.pdf")
    assert (reading.outcome, lines_of(reading)) == ("proven", sorted(layout.expected(), key=str))


TABLE = "Date;Description;Amount;Balance\n2025-01-02;A;1.00;11.00\n2025-01-03;B;2.00;13.00\n2025-01-05;C;3.00;16.00\n"


def test_lines_under_a_header_that_they_do_not_fit_are_not_passed_over():
    lost = "Date;Description;Amount;Balance\nA;2025-02-02;5.00;21.00\nB;2025-02-03;1.00;22.00\n"
    reading = read_bytes(("Opening balance;10.00\n" + TABLE + lost).encode(), "a.csv")
    assert (reading.outcome, reading.reason) == ("doubtful", "rows_unread")


def test_thousands_after_a_dot_are_no_decimals_where_the_currency_has_none():
    rows = "Dátum;Közlemény;Összeg (HUF);Egyenleg\n2025.01.02.;A;57.700;647.100\n2025.01.03.;B;-5.200;641.900\n"
    reading = read_bytes((rows + "2025.01.04.;C;1.100;643.000\n2025.01.05.;D;-3.000;640.000\n").encode(), "a.csv")
    assert reading.accounts[0].lines.amount.tolist() == [5_770_000, -520_000, 110_000, -300_000]


def test_one_table_of_a_file_settles_the_order_of_day_and_month_for_the_others():
    head = "Account;{};\nDate;Description;Amount;Balance;Currency\n"
    one = "31/08/2025;A;1.00;11.00;USD\n01/09/2025;B;2.00;13.00;USD\n02/09/2025;C;3.00;16.00;USD\n"
    two = "05/01/2025;A;1.00;11.00;USD\n06/01/2025;B;2.00;13.00;USD\n07/01/2025;C;3.00;16.00;USD\n"
    reading = read_bytes((head.format("111222333") + one + head.format("444555666") + two).encode(), "a.csv")
    assert [str(a.lines.date[0]) for a in reading.accounts] == ["2025-08-31", "2025-01-05"]


def test_an_account_number_in_groups_of_four_is_no_amount():
    found = amounts(["6222 0200 1234 5678", "1 234 567,89"], comma=True)
    assert (found.bad.tolist(), found.minor.tolist()[1]) == ([True, False], 123_456_789)


def test_two_statements_that_print_no_opening_and_do_not_meet_are_parted_but_not_proven():
    layout = next(one for one in map(Layout, range(500, 600)) if one.ends == "none" and len(one.truth) > 30
                  and one.totals != "labels" and any(label == one.words["period"] for label, _ in one.preamble()))
    third = len(layout.truth) // 3
    parts = layout.part(0, third), layout.part(2 * third, len(layout.truth))
    reading = read_bytes(joined(*parts), "a.pdf")
    assert (reading.outcome, reading.reason, len(reading.accounts)) == ("doubtful", "statements_apart", 2)
    assert lines_of(reading) == sorted(parts[0].expected() + parts[1].expected(), key=str)
    assert not any(account.proven for account in reading.accounts)
