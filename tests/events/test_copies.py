"""The same month handed in twice in two formats counts once, however each format writes numbers and words."""

import pytest

from recon.events.words import same_number
from tests.events.byhand import Row, bank, said
from tests.events.test_build import counted, events

#: Days, amounts and names of a month in which two equal payments to one party are made on one day.
MONTH = [("2025-01-03", -500, "刘记"), ("2025-01-03", -500, "刘记"), *(
    (f"2025-01-{day:02d}", 37 * day * (-1) ** day, name) for day, name in enumerate("赵钱孙李周吴郑王冯陈" * 2, 5)
)]
ROWS: list[Row] = [said(day, amount, name, "货款") for day, amount, name in MONTH]
OTHER: list[Row] = [said(day, amount, "", f"{name} zk{amount}") for day, amount, name in MONTH]


@pytest.mark.parametrize(("one", "two", "same"), [
    ("20-83-48 28950077", "28950077", True),
    ("GB29 NWBK 6016 1331 9268 19", "60-16-13 31926819", True),
    ("6225 0000 0000 1234", "6225000000001234", True),
    ("20-83-48 28950077", "20-83-49 28950077", False),
    ("9123456", "123456", False),
    ("6225000000001234", "6217000000001234", False),
])
def test_a_branch_or_separators_do_not_make_another_account(one: str, two: str, same: bool) -> None:  # noqa: FBT001 - drawn
    """A number is the same with or without its sort code; two sort codes are two accounts."""
    assert same_number(one, two) == same_number(two, one) == same


@pytest.mark.parametrize("number", ["", "6225000000001234", "********1234", "10998877665544332", "3100123-12345678"])
def test_a_month_in_two_formats_counts_once(number: str) -> None:
    """Without a number, with another one (a card's beside its account's): the same lines and balances tell."""
    frame, accounts, codes = events(bank("a.csv", ROWS), bank("z.xlsx", OTHER, number, holder="", name=""))
    assert counted(frame) == sorted((day, amount) for day, amount, _ in MONTH)
    assert len(accounts) == 1
    assert codes["duplicates_merged"][0]["count"] == len(MONTH)


def test_without_balances_the_same_days_and_amounts_are_merged_though_the_words_agree_in_part() -> None:
    """One line worded alike must not leave all others to count twice."""
    alike = [ROWS[2], *OTHER[:2], *OTHER[3:]]
    frame, _, _ = events(bank("a.csv", ROWS, opening=None), bank("z.xlsx", alike, opening=None))
    assert counted(frame) == sorted((day, amount) for day, amount, _ in MONTH)


def test_a_seam_between_two_files_keeps_its_two_equal_payments() -> None:
    """The first file ends and the second begins on one day with equal payments of different words."""
    first = [said("2025-01-02", 7, "赵"), said("2025-01-05", -500, "刘记")]
    later = [said("2025-01-05", -500, "王五"), said("2025-01-08", 9, "赵")]
    frame, _, _ = events(bank("a.csv", first, opening=None), bank("b.csv", later, opening=None))
    assert counted(frame) == [("2025-01-02", 7), ("2025-01-05", -500), ("2025-01-05", -500), ("2025-01-08", 9)]


def test_two_accounts_with_a_few_equal_lines_stay_two() -> None:
    """Equal amounts on equal days with other balances are another account's."""
    frame, accounts, _ = events(bank("a.csv", ROWS), bank("b.csv", ROWS, "6217000000005678", 40))
    assert (len(accounts), len(counted(frame))) == (2, 2 * len(MONTH))
