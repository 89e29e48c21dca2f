"""What the public interface offers to a notebook: examples that run, tables for people, marks in both languages."""

import doctest
import re
import shutil

import pytest

import recon
from recon.case import api, books, html
from recon.core.money import to_display
from recon.core.words import keys, say


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """The noodle shop without its photographs, which take long to read."""
    folder = tmp_path_factory.mktemp("case") / "shop"
    shutil.copytree(recon.sample(), folder, ignore=shutil.ignore_patterns("receipts", "truth.json"))
    return {language: recon.rebuild(folder, language=language) for language in ("zh-CN", "en")}


def _cash(made):
    return to_display(made.statements.line("balance_sheet", 1).amount)


@pytest.mark.parametrize("module", [recon, api, books], ids=lambda m: m.__name__)
def test_examples_in_docstrings_run(module):
    done = doctest.testmod(module)
    assert done.attempted
    assert not done.failed


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_piece_shows_itself_in_its_language_without_a_raw_key(shop, language):
    made = shop[language]
    for piece in (made, made.balance_sheet, made.income_statement, made.cash_flow, made.checks, made.need):
        shown = piece._repr_html_()
        text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", shown, flags=re.DOTALL)
        assert not re.search(r"\b(show|outcome|because)\.[a-z_]+|\bNone\b|\{[a-z_]+\}", text)
        other = "en" if language == "zh-CN" else "zh-CN"
        words = [say(other, key) for key in keys() if key.startswith(("show.column", "show.group", "show.statement"))]
        assert not [word for word in words if f" {word} " in text]


def test_a_line_of_a_statement_is_marked_with_its_basis_in_words(shop):
    shown = shop["en"].balance_sheet._repr_html_()
    cash = next(row for row in shown.split("<tr") if _cash(shop["en"]) in row)
    assert re.search(r"(documented|stated|corroborated|estimated) \d+%", cash)


def test_an_outcome_is_a_word_and_a_sign_not_only_a_colour(shop):
    for language, made in shop.items():
        for outcome in {c.outcome for c in made.checks}:
            assert say(language, f"outcome.{outcome}") in made.checks._repr_html_()
        assert say(language, f"outcome.{made.need.verdict}") in made.need._repr_html_()


def test_white_text_on_every_mark_has_the_contrast_that_accessibility_asks_for():
    """WCAG 2: at least 4.5 to 1."""
    def luminance(colour):
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for colour in html.COLOURS.values():
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5, colour


def test_a_part_of_a_statement_is_shown_as_a_table_of_its_own_rows(shop):
    part = shop["en"].balance_sheet.query("line == 1")
    assert _cash(shop["en"]) in part._repr_html_()
    assert "Line" not in part._repr_html_()


def test_text_from_evidence_cannot_become_markup(tmp_path):
    (tmp_path / "a.csv").write_text("date,description,amount,balance\n2025-01-01,<script>x</script>,5,5\n"
                                    "2025-01-02,b,6,11\n")
    shown = recon.read(tmp_path / "a.csv", language="en")._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_an_unknown_amount_is_said_to_be_unknown(tmp_path):
    (tmp_path / "case.toml").write_text("[case]\nfrom = 2025-01-01\nto = 2025-12-31\n[opening]\nreceivables = 10\n")
    made = recon.rebuild(tmp_path, language="en")
    assert "not known" in made._repr_html_()
    assert made.need.verdict == "cannot_judge"


def test_views_are_plain_tables_of_the_same_figures(shop):
    made = shop["en"]
    assert len(made.checks.frame) == len(made.checks)
    assert set(made.files["outcome"]) == {r.outcome for r in made.readings}
    found = made.controls[made.controls["found"] == "✓"]
    assert made.ledger.value("credit_sales") in found["amount"].tolist()
    assert len(made.notes) == len(made.findings)
    assert made.need.roads["limit"].tolist() == [m.limit for m in made.need.methods]
