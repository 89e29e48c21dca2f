"""PDF: made where LibreOffice is present, a clear sentence where it is not, and Chinese prints without system fonts."""

import shutil
import subprocess
from pathlib import Path

import pytest

from recon.core.errors import ReconError
from recon.core.words import tell
from recon.report import pdf
from recon.report.document import build
from tests.report.books import spoken


def test_without_libreoffice_one_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(pdf, "_PLACES", ())
    with pytest.raises(ReconError) as slip:
        pdf.convert(tmp_path / "report.docx")
    assert "LibreOffice" in tell("zh-CN", slip.value)
    assert "Word" in tell("en", slip.value)


def test_a_program_that_fails_leaves_no_half_made_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_program", lambda: shutil.which("false") or "false")
    with pytest.raises(ReconError, match="report_office_failed"):
        pdf.convert(build(spoken(), tmp_path / "report.docx"))
    assert not (tmp_path / "report.pdf").exists()


@pytest.mark.slow
@pytest.mark.skipif(not pdf._program(), reason="LibreOffice is not on this machine")
def test_chinese_prints_from_the_font_of_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own fonts are hidden: the text must still be drawn with a font that has it."""
    monkeypatch.setattr(pdf, "_FONTS", pdf._FONTS.replace("/etc/fonts/fonts.conf", "/nowhere"))
    made = pdf.convert(build(spoken(), tmp_path / "report.docx"))
    assert made.read_bytes().startswith(b"%PDF")
    if shutil.which("pdffonts"):
        listed = subprocess.run(["pdffonts", made], capture_output=True, text=True, check=True).stdout
        assert "NotoSans" in listed or "recon" in listed.lower(), listed
