"""Every sentence exists in both languages, with the same parameters."""

import re
import string
from pathlib import Path

import pytest

from recon.core import words
from recon.core.errors import ReconError
from recon.core.finding import Finding
from recon.core.settings import settings, shipped
from recon.core.source import Source

_FIELDS = string.Formatter()


def _fields(text):
    return {name for _, name, _, _ in _FIELDS.parse(text) if name}


@pytest.mark.parametrize("key", words.keys())
def test_a_sentence_has_both_languages_and_the_same_parameters(key):
    zh, en = (words._entries()[key][language] for language in words.LANGUAGES)
    assert zh.strip()
    assert en.strip() or key == "report.template.pages"  # a counter word, which English has not
    assert _fields(zh) - {"zh"} == _fields(en) - {"en"}  # names that come in both languages as parameters


def test_every_code_in_the_program_has_its_sentence():
    """Codes are literals at the place where a finding or an error is made, so a scan of the source finds them."""
    missing = []
    for path in (Path(__file__).parents[2] / "recon").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        codes = re.findall(r'ReconError\(\s*"(\w+)"', source)
        missing += [f"error.{c} in {path.name}" for c in codes if not words.known(f"error.{c}")]
        codes = re.findall(r'Finding\(\s*"(\w+)"', source)
        missing += [f"{c} in {path.name}" for c in codes if not any(map(words.known, (f"finding.{c}", f"error.{c}")))]
    assert missing == []


def test_a_place_is_said_before_the_sentence():
    slip = ReconError("no_file", Source("a.pdf", 2, 14))
    assert words.tell("en", slip) == "a.pdf, page 2, line 14: There is no such file or folder; check the path."
    assert words.tell("zh-CN", slip).startswith("a.pdf，第2页，第14行：")
    finding = Finding("statement_gap", "serious", params={"account": "b", "amount": "1.00"})
    assert "1.00" in words.tell("en", finding)


@pytest.mark.parametrize(("locale", "language"), [("zh_CN.UTF-8", "zh-CN"), ("C.UTF-8", "en"), ("de_DE", "en")])
def test_the_terminal_speaks_its_locale(monkeypatch, locale, language):
    monkeypatch.setenv("LC_ALL", locale)
    assert words.terminal_language() == language


def test_a_setting_of_another_name_or_type_is_refused():
    assert settings({"days_in_year": 365}).whole("days_in_year") == 365
    with pytest.raises(ReconError) as caught:
        settings({"day_in_year": 365})
    assert caught.value.params["nearest"] == "days_in_year"
    with pytest.raises(ReconError, match="setting_type"):
        settings({"days_in_year": "many"})


def test_every_setting_tells_its_origin_in_both_languages():
    assert all(s.zh and s.en and s.room for s in shipped().entries.values())
