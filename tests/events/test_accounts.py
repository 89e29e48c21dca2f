"""Files find their account by the form's glob as Windows would, and a card's own words pair what pays it."""

import pytest

from recon.core.facts import About, AccountForm, Case, Owner
from recon.core.settings import settings
from recon.events.build import build
from recon.events.words import label, plain
from tests.events.byhand import bank, said

OWNER = Owner(name="Rosa Martinez")


@pytest.mark.parametrize("glob", [
    "statements/chase4431*.csv", "statements\\Chase4431*.CSV", "./statements/*.csv", "statements/**/*.csv", "**/*4431*",
])
def test_a_glob_of_the_form_heeds_neither_case_nor_the_way_of_its_slashes(glob: str) -> None:
    assert AccountForm(id="a", file=glob).shows("statements/Chase4431_Activity.CSV")


@pytest.mark.parametrize("glob", ["Chase4431*.csv", "statements/chase90*.csv", ""])
def test_a_glob_without_its_folder_or_of_other_files_and_none_at_all_fit_nothing(glob: str) -> None:
    assert not AccountForm(id="a", file=glob).shows("statements/Chase4431_Activity.CSV")


def test_an_account_whose_files_are_not_there_is_told() -> None:
    case = Case(case=About(trade="retail"), owner=OWNER, account=(
        AccountForm(id="icbc", file="statements/icbc*.csv"), AccountForm(id="cmb", file="statements/cmb*.csv"),
        AccountForm(id="till", kind="cash"),
    ))
    _, _, found = build([bank("statements/ICBC-2025.CSV", [said("2025-03-05", -100)])], case, settings())
    told = [f for f in found if f.code == "account_without_file"]
    assert [(f.params["account"], f.params["file"]) for f in told] == [("cmb", "statements/cmb*.csv")]


def test_a_cards_thanks_for_a_payment_pair_it_with_the_banks_line_however_that_is_worded() -> None:
    case = Case(case=About(trade="retail", currency="USD"), owner=OWNER, account=(
        AccountForm(id="main", file="a.csv"), AccountForm(id="ink", kind="card", file="c.csv", opening=-200_000),
    ))
    line = said("2025-03-25", -180_000, "", "Payment to Chase card ending in 9010")
    thanks = said("2025-03-25", 180_000, "", "Payment Thank You-Mobile")
    readings = [bank("a.csv", [line], currency="USD"),
                bank("c.csv", [thanks], "", None, kind="card", currency="USD", name="")]
    frame, _, _ = build(readings, case, settings())
    assert frame["category"].tolist() == ["own_transfer"] * 2


@pytest.mark.parametrize(("text", "end"), [
    ("Online Transfer to SAV ...7788 transaction#: 12345", "7788"), ("Payment to card ending in 9010", "9010"),
    ("转入 招商银行(1234)", "1234"), ("to XXXX5678", "5678"), ("order ...778812", ""),
])
def test_the_last_digits_of_an_account_are_read_from_passing_words(text: str, end: str) -> None:
    assert label(plain(text))[1] == end
