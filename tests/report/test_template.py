"""Templates: what ships is sound, a bank's own works, and a slip is named in one sentence."""

import re
import zipfile
from pathlib import Path

import pytest
from docx import Document

from recon.core.errors import ReconError
from recon.core.knowledge import folder
from recon.core.words import LANGUAGES, keys, known, tell
from recon.ledger.control import equations
from recon.report.document import build, check_template, slips
from recon.report.sentences import Voice
from recon.report.template import make
from tests.report.books import spoken
from tests.report.reading import text


def own(path: Path, *lines: str) -> Path:
    """A small Word template."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_templates_are_sound_and_what_the_script_makes(language: str, tmp_path: Path) -> None:
    shipped = folder("templates") / "report" / f"report.{language}.docx"
    check_template(shipped)
    made = next(p for p in make(tmp_path) if p.name == shipped.name)
    assert _members(made) == _members(shipped)
    again = {p.name: p for p in make(tmp_path / "again")}
    assert again[made.name].read_bytes() == made.read_bytes()
    phone = shipped.with_suffix(".html")
    assert again[phone.name].read_text(encoding="utf-8") == phone.read_text(encoding="utf-8")


def _members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_templates_has_a_chinese_font_and_tables_repeat_their_heads(language: str) -> None:
    members = _members(folder("templates") / "report" / f"report.{language}.docx")
    styles = members["word/styles.xml"].decode()
    assert 'w:eastAsia="宋体"' in styles
    assert 'w:eastAsia="黑体"' in styles
    body = members["word/document.xml"].decode()
    fixed = 1  # the signatures have no heads
    assert body.count("<w:tblHeader") == body.count("<w:tbl>") - fixed
    assert re.search(r'w:w="119\d\d" w:h="168\d\d"', body)


def test_a_banks_own_template_is_filled_with_its_own_words(tmp_path: Path) -> None:
    template = own(
        tmp_path / "bank.docx", "某某村镇银行　授信报告：{{ borrower }}",
        "{%p for fact in headline[:2] %}",
        "{{ loop.index }}. {{ fact.label }}＝{{ fact.value }}", "{%p endfor %}",
        "{% set who = borrower %}{{ who|upper }}",
    )
    said = text(build(spoken(), tmp_path / "report.docx", template))
    assert said.startswith("\n\n某某村镇银行　授信报告：老街粮油店\n1. 营业收入＝460,000.00\n2. 净利润＝")


@pytest.mark.parametrize(("line", "field", "like"), [
    ("{{ borower }}", "borower", "borrower"),
    ("{{ terms[0].label }}{{ verdikt }}", "verdikt", "verdict"),
    ("{% for row in balance_sheet %}{{ row.closin }}{% endfor %}", "row.closin", "row.closing"),
    ("{% for m in methods %}{% for i in m.inputs %}{{ i.lable }}{% endfor %}{% endfor %}", "i.lable", "i.label"),
    ("{% if borrower %}{% else %}{{ perod }}{% endif %}", "perod", "period"),
    ("{% for row in balancesheet %}{{ row.anything }}{% endfor %}", "balancesheet", "balance_sheet"),
])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_misspelt_field_is_named_with_the_nearest_known_one(
    line: str, field: str, like: str, language: str, tmp_path: Path
) -> None:
    with pytest.raises(ReconError) as slip:
        build(spoken(), tmp_path / "report.docx", own(tmp_path / "own.docx", line))
    said = tell(language, slip.value)
    assert said.startswith("own.docx")
    assert f"“{field}”" in said
    assert f"“{like}”" in said


def test_a_field_that_resembles_nothing_lists_those_there_are(tmp_path: Path) -> None:
    slip = next(slips(own(tmp_path / "own.docx", "{% for row in terms %}{{ row.zzzzzzzz }}{% endfor %}")))
    assert "label, recommended, requested" in tell("en", slip)


def test_the_running_head_is_checked_too(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].add_run("{{ borrwer }}")
    document.save(str(tmp_path / "own.docx"))
    assert [s.params["nearest"] for s in slips(tmp_path / "own.docx")] == ["borrower"]


def test_several_slips_are_all_named(tmp_path: Path) -> None:
    found = list(slips(own(tmp_path / "own.docx", "{{ borower }}", "{{ perod }}")))
    assert [s.params["field"] for s in found] == ["borower", "perod"]


@pytest.mark.parametrize(("lines", "near"), [
    (("{%p for row in terms %}", "{{ row.label }}"), "for row in terms"),
    (("{%p if borrower %}", "x"), "if borrower"),
    (("{% for row in terms %}{% if row %}{% endfor %}",), "if row"),
    (("one", "{{ borrower | nofilter }}"), "nofilter"),
    (("one", "{{ borrower "), "borrower"),
])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_loop_or_bracket_is_named_where_it_stands(
    lines: tuple[str, ...], near: str, language: str, tmp_path: Path
) -> None:
    with pytest.raises(ReconError) as slip:
        build(spoken(), tmp_path / "report.docx", own(tmp_path / "own.docx", *lines))
    assert near in tell(language, slip.value)


@pytest.mark.parametrize(("lines", "codes"), [
    (("{%p for row in terms %}", "{{ row.lable }}", "{{ borower }}"), ["open", "field", "field"]),
    (("{%p fro row in terms %}", "{{ row.label }}", "{%p endfor %}"), ["tag"]),
    (("{% for row in terms %}{% if row.label %}", "{% endfor %}{% endif %}"), ["crossed", "stray"]),
    (("{% else %}", "x"), ["stray"]),
    (("{{ borrower }", "y"), ["bracket"]),
    (("borrower }}",), ["bracket"]),
    (("{% if borrower",), ["bracket"]),
    (("{%tr for row in terms %}", "{{ row.label }}", "{%tr endfor %}"), ["row"]),
    (("{{ verdict | money }}",), ["filter"]),
    (("{{ 1 + }}",), ["slip"]),
])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slip_is_told_in_plain_words_with_its_paragraph(
    lines: tuple[str, ...], codes: list[str], language: str, tmp_path: Path
) -> None:
    found = list(slips(own(tmp_path / "own.docx", *lines)))
    assert [s.code.removeprefix("report_template_").removesuffix("_far") for s in found] == codes
    for slip in found:
        said = tell(language, slip)
        assert any(line in said for line in lines), said
        assert not re.search(r"jinja|Jinja|Expected|Encountered|unexpected|token", said)


def test_a_tag_that_word_cut_into_pieces_is_still_one(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph()
    for piece in ("{", "{ borr", "ower }", "}"):
        paragraph.add_run(piece).bold = piece == "ower }"
    document.save(str(tmp_path / "own.docx"))
    assert list(slips(tmp_path / "own.docx")) == []
    assert "老街粮油店" in text(build(spoken(), tmp_path / "report.docx", tmp_path / "own.docx"))


@pytest.mark.parametrize("line", ["{{ terms[99].label }}", "{{ borrower + 1 }}", "{{ ''.__class__.__mro__ }}"])
def test_a_slip_that_only_filling_in_shows_is_one_sentence(line: str, tmp_path: Path) -> None:
    with pytest.raises(ReconError) as slip:
        build(spoken(), tmp_path / "report.docx", own(tmp_path / "own.docx", line))
    assert tell("zh-CN", slip.value).startswith("own.docx")
    assert not (tmp_path / "report.docx").exists()


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_word_file_is_refused_in_one_sentence(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "own.docx"
    path.write_bytes(data)
    with pytest.raises(ReconError) as slip:
        check_template(path)
    assert "Word" in tell("en", slip.value)
    with pytest.raises(ReconError) as gone:
        check_template(tmp_path / "nowhere.docx")
    assert "no such report template" in tell("en", gone.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_and_equation_of_the_system_has_a_name(language: str) -> None:
    voice, rebuilt = Voice(language, 2), spoken()
    for equation in rebuilt.ledger.known.system:
        assert voice.account(equation.name) != equation.name, equation.name
        for term in equation.terms:
            assert voice.figure(term.variable) != term.variable, term.variable
    assert equations()


def test_every_word_of_the_report_has_both_languages_and_the_same_blanks() -> None:
    for key in keys():
        if key.startswith(("report.", "error.report_")):
            blanks = [set(re.findall(r"{(\w+)}", _raw(language, key))) for language in LANGUAGES]
            extra = {"statement", "line", "lines"} if ".statement_place" in key else {"detail"}
            assert blanks[0] ^ blanks[1] <= extra, key
            assert known(key)


def _raw(language: str, key: str) -> str:
    from recon.core.words import _entries  # noqa: PLC0415 - only this test looks behind the words

    return _entries()[key][language]
