"""Reports of ordinary and odd cases: complete, without raw keys, and with no figure that the books do not hold."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recon.case.pipeline import rebuild
from recon.core.finding import Finding
from recon.core.knowledge import folder
from recon.core.source import Source
from recon.core.words import LANGUAGES, _entries, keys
from recon.need.rebuilt import Rebuilt
from recon.report.document import build
from recon.report.sentences import Voice
from tests.report.books import SPOKEN, evidenced, in_language, spoken
from tests.report.reading import empty_headings, missing, strange, text

BARE = "[case]\nfrom = 2025-01-01\nto = 2025-01-31\n"
LONG = "长" * 180
ODD = {
    "nothing but a period": BARE,
    "one position and nothing else": BARE + '[closing]\ncash = "10"\n',
    "no request": re.sub(r"\[request\][^\[]*", "", SPOKEN),
    "a request without terms": re.sub(r"\[request\][^\[]*", '[request]\namount = "5"\n', SPOKEN),
    "negative equity": SPOKEN.replace('payables = "41000.00"', 'payables = "9941000.00"'),
    "a loss": SPOKEN.replace('wages = "40000.00"', 'wages = "940000.00"'),
    "positions that contradict each other": SPOKEN.replace(
        'rent = "12000.00"', 'rent = "12000.00"\ncredit_sales = "1.00"'),
    "a currency without decimals": re.sub(r'(\d+)\.00"', r'\1"', SPOKEN).replace(
        "trade =", 'currency = "JPY"\ntrade ='),
    "a currency with three decimals": SPOKEN.replace("trade =", 'currency = "KWD"\ntrade ='),
    "names that no page is wide enough for": SPOKEN.replace("老街粮油店", LONG) + (
        f'[owner]\nname = "{LONG}"\n[[guarantor]]\nname = "{LONG}"\n[[loan]]\nlender = "{LONG}"\nclosing = "1.00"\n'),
    "text that looks like markup": SPOKEN.replace("老街粮油店", "<w:p>&amp;{{ borrower }} {% for") + (
        '[[related]]\nname = "a\\u0007b\\nc"\nrelation = "{_{ x }_}"\n'),
    "zero amounts everywhere": re.sub(r'"\d+\.00"', '"0.00"', SPOKEN),
    "very large amounts": SPOKEN.replace('"412000.00"', '"41200000000000.00"'),
    "a century": SPOKEN.replace("2025-01-01", "1990-01-01"),
    "guarantors of every kind": SPOKEN + (
        '[[guarantor]]\nname = "甲"\nnet_assets = "500000.00"\nwillingness = "0.8"\njoint = true\n'
        '[[guarantor]]\nname = "乙"\nnet_assets = "0.00"\nwillingness = "1"\n[[guarantor]]\nname = "丙"\n'),
    "adverse verifications and poor character": SPOKEN + (
        '[queries]\ncredit_register = "adverse"\nidentity = "done"\n[judgement]\ncharacter = "poor"\n'),
}
_RAW = re.compile(r"\b(?:[a-z]+_[a-z_]+|(?:opening|closing|stated|known|adjust|expense)\.[a-z_]+)\b")


def check(path: Path, rebuilt: Rebuilt) -> None:
    """What every report must hold to."""
    said = text(path)
    names = {word for word in _RAW.findall(said) if word not in rebuilt.settings.entries}
    assert not names, names
    assert empty_headings(path) == []
    assert strange(said, rebuilt) == []
    assert missing(said, rebuilt) == []
    assert not re.search(r"\b(None|nan|NaN|NaT|Undefined|InlineImage)\b|{%p|{%tr|{{ row", said)


@pytest.mark.parametrize("language", ["zh-CN", pytest.param("en", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", ODD)
def test_an_odd_case_gives_a_complete_report(name: str, language: str, tmp_path: Path) -> None:
    rebuilt = spoken(ODD[name], language)
    check(build(rebuilt, tmp_path / "report.docx"), rebuilt)


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> Rebuilt:
    return evidenced(tmp_path_factory.mktemp("case") / "case")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_with_evidence_shows_flows_gaps_and_questions(
    stated: Rebuilt, language: str, tmp_path: Path
) -> None:
    rebuilt = in_language(stated, language)
    path = build(rebuilt, tmp_path / "report.docx")
    check(path, rebuilt)
    said = text(path)
    for word in ("江海建筑公司", "永兴五金厂", "20,800.25", "11,400.50", "second", "6222****2333", "777.77"):
        assert word in said, word
    assert "Harbour Works {{ seven }}" in said
    assert "North Gate Tools & <Sons>" in said


def test_the_same_case_gives_the_same_bytes(stated: Rebuilt, tmp_path: Path) -> None:
    first = build(stated, tmp_path / "a.docx").read_bytes()
    assert build(stated, tmp_path / "b.docx").read_bytes() == first


def test_a_figure_that_no_book_holds_is_noticed() -> None:
    rebuilt = spoken()
    assert strange("销售 440,000.00，另 123,456.78", rebuilt) == ["123,456.78"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", [
    "closing.inventory", "cost_of_goods_sold", "direct_costs", "fixed_assets", "closing.bank, closing.cash",
    "expense.other_expense", "loan_interest",
])
def test_no_finding_names_anything_by_its_key(key: str, language: str) -> None:
    voice = Voice(language, 2)
    for code in (k.removeprefix("finding.") for k in keys() if k.startswith("finding.")):
        blanks = re.findall(r"{(\w+)}", _entries()[f"finding.{code}"][language])
        for field in ("", key.partition(",")[0], "account.category_of_everything"):
            said = voice.finding(Finding(code, "look", Source("case.toml", field=field), dict.fromkeys(blanks, key)))
            assert key not in said, said
            assert not _RAW.findall(said), said


def test_the_missing_figure_is_told_with_its_road(tmp_path: Path) -> None:
    """Worked by hand: 412,000 + 3,500 + 2,500 + 96,000 − 74,000 = 440,000."""
    said = text(build(spoken(), tmp_path / "report.docx"))
    assert (
        "赊销收入 440,000.00 = 销售回款 412,000.00 + 给予客户的现金折扣 3,500.00 + 坏账损失 2,500.00 "
        "+ 期末应收账款 96,000.00 − 期初应收账款 74,000.00。"
    ) in said
    assert "460,000.00" in said


def test_what_cannot_be_known_says_so(tmp_path: Path) -> None:
    rebuilt = spoken(ODD["one position and nothing else"])
    said = text(build(rebuilt, tmp_path / "report.docx"))
    assert "不详" in said
    assert "不作结论" in said
    assert "请说明或提供" in said


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_part_of_a_form_gives_a_complete_report(data: st.DataObject, tmp_path: Path) -> None:
    """Lines of the form left out at random, amounts swapped for others."""
    lines = SPOKEN.splitlines()
    kept = data.draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    amounts = st.integers(-10**9, 10**12).map(lambda n: f'"{n // 100}.{n % 100:02d}"')
    chosen = [
        re.sub(r'"\d+\.00"', lambda _: data.draw(amounts), line) for line, keep in zip(lines, kept, strict=True)
        if keep or line.startswith(("[", "from", "to", "amount"))
    ]
    rebuilt = spoken("\n".join(chosen), data.draw(st.sampled_from(LANGUAGES)))
    check(build(rebuilt, tmp_path / "report.docx"), rebuilt)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(p.name for p in folder("samples").iterdir() if p.is_dir()))
def test_the_samples_give_complete_reports(name: str, tmp_path: Path) -> None:
    books = rebuild(folder("samples") / name)
    for language in LANGUAGES:
        rebuilt = in_language(books, language)
        check(build(rebuilt, tmp_path / "report.docx"), rebuilt)
