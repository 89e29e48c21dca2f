"""case.toml: every slip is told in both languages by field and kind, without a word of the library's own."""

import re
from pathlib import Path

import pytest

from recon.case.form import load, parse
from recon.core.errors import ReconError
from recon.core.words import LANGUAGES, tell

SLIPS = {
    "an amount in words": ('[request]\namount = "a lot"\n', "request.amount", "“a lot”"),
    "a comma that parts no thousands": ('[opening]\ncash = "12,50"\n', "opening.cash", "“12,50”"),
    "more decimals than the currency has": ("[opening]\ncash = 1.234\n", "opening.cash", "1.234"),
    "true for an amount": ("[opening]\ncash = true\n", "opening.cash", "12000"),
    "a missing amount": ('[[receivable]]\namount = 5\n[[receivable]]\nname = "x"\n', "receivable[1].amount", "金额"),
    "a kind that is none": ('[[loan]]\nlender = "a"\nkind = "bnk"\n', "loan[0].kind", "platform"),
    "a whole number in words": ('[request]\namount = 5\nterm_months = "one"\n', "request.term_months", "“one”"),
    "a date as text": ('[case]\nfrom = "01/02/2025"\n', "case.from", "2025-01-31"),
    "a total in words": ('[known]\ntotal_sales = "much"\n', "known.total_sales", "“much”"),
    "a total that nobody knows": ('[known]\ntotal_sells = "5"\n', "known", "total_sales"),
    "a word for what is unknown": ('[case]\nunknown = ["cash_sale"]\n', "case.unknown", "cash_sales"),
    "a key that is none": ("[request]\namont = 5\n", "request", "amount"),
    "a table where a row is meant": ("[receivable]\namount = 5\n", "receivable", "[["),
    "a share above one": ("[stated]\nmargin = 25\n", "stated.margin", "25"),
    "a setting that is none": ("[settings]\ndays_in_a_year = 365\n", "settings", "days_in_year"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_by_field_and_kind(name: str, language: str) -> None:
    form, field, words = SLIPS[name]
    with pytest.raises(ReconError) as slip:
        parse(form.encode())
    said = tell(language, slip.value)
    assert said.startswith("case.toml")
    assert field in said
    assert words in said or language == "en"
    assert not re.search(r"Expected `|Object |Invalid|None", said)


def test_full_width_digits_and_thousands_are_plain_numbers() -> None:
    case = parse('[opening]\ncash = "１２，０００．５０"\ninventory = "1,234,567.80"\n'.encode())
    assert (case.opening.cash, case.opening.inventory) == (1200050, 123456780)


def test_an_accrual_is_known_by_any_name_of_its_category() -> None:
    form = '[[adjust.accrual]]\ncategory = "{}"\namount = 5\nkind = "accrued"\n'
    for word in ("rent", "房租", "Rent"):
        assert parse(form.format(word).encode()).adjust.accrual[0].category == "rent"


def test_a_folder_without_a_form_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReconError, match="no_form"):
        load(tmp_path)
    with pytest.raises(ReconError, match="no_folder"):
        load(tmp_path / "nowhere")
