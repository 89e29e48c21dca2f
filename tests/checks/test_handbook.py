"""The handbook says of every check what a reader needs, in both languages, and never drifts from the program's data."""

import pytest

from recon.checks.catalogue import catalogue, risks
from recon.checks.handbook import handbook
from recon.checks.norms import norms
from recon.core.knowledge import folder
from recon.core.settings import shipped
from recon.core.words import known, say

LANGUAGES = ("zh-CN", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_handbook_is_what_the_program_would_print(language):
    """Made by ``recon handbook --lang LANG > templates/checks/handbook.LANG.md``."""
    path = folder("templates") / "checks" / f"handbook.{language}.md"
    assert path.read_text(encoding="utf-8") == handbook(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_has_a_page_with_what_it_tests_and_what_is_innocent(language):
    text = handbook(language)
    for entry in catalogue().values():
        assert f"`{entry.id}`" in text
        assert all(name in text for name in entry.thresholds)
    for part in ("tests", "innocent"):
        assert say(language, f"handbook.usual.{part}") not in text


def test_the_catalogue_names_only_what_exists():
    for entry in catalogue().values():
        assert set(entry.thresholds) <= set(shipped().entries)
        assert {*entry.above, *entry.below} <= set(risks())
        assert all(known(f"explanation.{code}") for code in (*entry.explain_above, *entry.explain_below))
        assert known(f"check.{entry.id}")
    assert {norm.id for norm in norms()} <= set(catalogue())


def test_every_setting_of_the_checks_says_where_it_comes_from_in_both_languages():
    mine = {name for entry in catalogue().values() for name in entry.thresholds}
    assert all(shipped().entries[name].zh and shipped().entries[name].en for name in mine)
