"""``recon report`` and ``recon new``: every shape of the report, a template's slips, and a form for Excel."""

import re
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from recon.case.form import load
from tests.case.excel import filled
from tests.cli.test_commands import BANK, FORM, run


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    (folder / "statements").mkdir(parents=True)
    (folder / "case.toml").write_text(FORM, encoding="utf-8")
    (folder / "statements" / "bank.csv").write_text(BANK, encoding="gb18030")
    return folder


def template(path: Path, *lines: str) -> Path:
    """A Word template of a bank's own."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


@pytest.mark.parametrize(("lang", "words"), [("en", "borrower"), ("zh-CN", "最接近")])
def test_check_template_names_every_slip_and_leaves_with_two(lang, words, tmp_path):
    done = run("report", "--check-template", template(tmp_path / "own.docx", "{{ borower }}", "{%p if terms %}"),
               "--lang", lang)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 2
    assert "borower" in done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_check_template_passes_a_sound_one(tmp_path):
    done = run("report", "--check-template", template(tmp_path / "own.docx", "{{ borrower }}"))
    assert done.returncode == 0, done.stderr
    assert "own.docx" in done.stdout


def test_the_report_is_written_alone_in_a_template_of_ones_own_and_for_phones(case, tmp_path):
    own = template(tmp_path / "own.docx", "THE BANK'S OWN", "{{ borrower }} / {{ verdict }}")
    done = run("report", case, "--template", own, "--html", "--lang", "en")
    assert done.returncode == 0, done.stderr
    said = "\n".join(p.text for p in Document(str(case / "out" / "report.docx")).paragraphs)
    assert said.startswith("THE BANK'S OWN\n试验店 / Verdict")
    assert "<details open>" in (case / "out" / "report.html").read_text(encoding="utf-8")
    assert not (case / "out" / "books.json").exists()


@pytest.mark.parametrize("words", [["report"], ["report", "nowhere"], ["report", "--check-template", "nowhere.docx"]])
def test_nothing_to_report_on_is_one_sentence(words):
    done = run(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("lang", ["zh-CN", pytest.param("en", marks=pytest.mark.slow)])
def test_a_new_folder_brings_an_excel_form_that_a_rebuild_reads(lang, tmp_path):
    folder = tmp_path / "case"
    assert run("new", folder, "--lang", lang).returncode == 0
    assert len(openpyxl.load_workbook(folder / "case.xlsx").sheetnames) > 15
    blank = run("rebuild", folder, "--lang", lang)
    assert blank.returncode == 2
    assert "case.xlsx" in blank.stderr
    filled(folder, {"case.name": "One shop", "known.total_sales": "12,000", "case.from": "2025-01-01",
                    "case.to": "2025-03-31", "closing.cash": "abc"}, lang)
    slip = run("rebuild", folder, "--lang", lang)
    assert slip.returncode == 2
    assert re.search(r"case\.xlsx.*![B-C]4", slip.stderr), slip.stderr
    filled(folder, {"case.name": "One shop", "known.total_sales": "12,000", "case.from": "2025-01-01",
                    "case.to": "2025-03-31", "closing.cash": 5}, lang)
    done = run("rebuild", folder, "--lang", lang)
    assert done.returncode == 0, done.stderr
    assert "12,000.00" in done.stdout
    assert load(folder).case.language == lang
