"""``recon read``: passwords from the option, the environment or a prompt, never shown; folders as a table."""

import io
import zipfile
from datetime import date

import click
import pytest
from click.testing import CliRunner
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from rich.cells import cell_len
from rich.console import Console

from recon.cli import evidence
from recon.cli.main import cli
from recon.cli.papers import documents
from recon.core.errors import ReconError
from recon.reading.result import Reading, Receipt

SECRET = "wisteria-4711"  # noqa: S105 of files made here
ROWS = [("Date", "Description", "Amount", "Balance"), ("02 Jan 2025", "SALE", "5.00", "15.00"),
        ("03 Jan 2025", "SALE", "5.00", "20.00"), ("04 Jan 2025", "RENT", "-1.00", "19.00"),
        ("05 Jan 2025", "SALE", "2.00", "21.00"), ("06 Jan 2025", "SALE", "2.00", "23.00")]


def locked_pdf():
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(SECRET, strength=128))
    for step, row in enumerate(ROWS):
        for x, cell in zip((40, 140, 300, 400), row, strict=True):
            canvas.drawString(x, 780 - 14 * step, cell)
    canvas.save()
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "locked.pdf").write_bytes(locked_pdf())
    (tmp_path / "sub" / "plain.csv").write_text("\n".join(",".join(row) for row in ROWS))
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    return tmp_path


def run(*arguments, **environment):
    result = CliRunner().invoke(cli, ["read", *map(str, arguments)], env={"COLUMNS": "120", **environment})
    assert SECRET not in result.output
    assert result.exit_code == 0
    return result.output


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_folder_is_a_table_with_a_line_per_file_and_a_count_of_outcomes(folder, language):
    shown = run(folder, "--lang", language)
    assert "sub/plain.csv" in shown
    assert ("3 file(s):  proven 1  refused 2" if language == "en" else "共 3 个文件：  已证实 1  未采用 2") in shown
    assert "•" in shown  # the line that no opening balance confirms
    assert shown.count("broken.pdf") == 1  # why it was refused stands in the table, and nowhere again


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_folder_without_evidence_is_told_in_a_sentence_and_is_an_empty_array_as_data(tmp_path, language):
    (tmp_path / "case.toml").write_text("[case]\n", encoding="utf-8")
    told = CliRunner().invoke(cli, ["read", str(tmp_path), "--lang", language])
    assert isinstance(told.exception, ReconError)
    assert told.exception.code == "folder_empty"
    assert run(tmp_path, "--json") .split() == ["[", "]"]


DOCUMENT = Receipt(kind="vat_digital", number="25322000000168646877", date=date(2025, 3, 9), due=date(2025, 4, 8),
                   seller="清河腾飞电线电缆有限公司", buyer="江州市鼎固五金机电有限公司", net=660792, tax=6608,
                   total=667400, currency="CNY", uncertain=("date",))


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_field_of_a_document_is_shown_whole_at_any_width_and_the_doubted_one_is_marked(width, language):
    screen = io.StringIO()
    reading = Reading(file="paper.pdf", digest="", kind="invoice", outcome="proven", reason="", receipts=(DOCUMENT,))
    documents([reading], ["receipts/paper.pdf"], language, Console(file=screen, width=width))
    shown = screen.getvalue()
    for whole in ("paper.pdf", "2025-03-09?", "2025-04-08", "6,607.92", "66.08", "6,674.00 CNY"):
        assert whole in shown
    assert shown.count("?") == 1
    assert max(map(cell_len, shown.splitlines())) <= width
    assert set(DOCUMENT.seller + DOCUMENT.buyer + DOCUMENT.number) <= set(shown)


def test_a_password_comes_from_the_option_or_the_environment_and_is_never_shown(folder):
    assert "locked" in run(folder / "locked.pdf", "--lang", "en")
    assert "proven" in run(folder / "locked.pdf", "--lang", "en", "--password", SECRET)
    assert "proven" in run(folder / "locked.pdf", "--lang", "en", RECON_PASSWORD=SECRET)
    assert "locked" in run(folder / "locked.pdf", "--lang", "en", "--password", "other")
    assert '"proven"' in run(folder / "locked.pdf", "--json", "--password", SECRET)


def test_a_password_is_asked_for_once_at_a_terminal_and_reads_the_locked_files_again(folder, monkeypatch):
    asked = []
    monkeypatch.setattr(evidence.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "prompt", lambda text, **how: asked.append((text, how)) or SECRET)
    first = evidence.read_all([folder / "locked.pdf", folder / "sub" / "plain.csv"])
    again = evidence._unlocked(first, [folder / "locked.pdf", folder / "sub" / "plain.csv"], "en")
    assert ([r.outcome for r in first], [r.outcome for r in again]) == (["refused", "proven"], ["proven", "proven"])
    assert len(asked) == 1
    assert asked[0][1]["hide_input"] is True
    assert SECRET not in repr(again)


def test_a_locked_archive_says_so(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("a.csv", "x")
    data = bytearray(out.getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1  # the flag of encryption
    (tmp_path / "a.zip").write_bytes(bytes(data))
    assert "password" in run(tmp_path / "a.zip", "--lang", "en")


def test_a_path_that_is_not_there_is_one_clear_message(tmp_path):
    result = CliRunner().invoke(cli, ["read", str(tmp_path / "none.csv")])
    assert result.exit_code != 0
    assert isinstance(result.exception, (ReconError, SystemExit))


def test_a_case_folder_is_read_without_its_form_without_outputs_and_without_what_systems_leave_behind(folder):
    (folder / "out").mkdir()
    for name in ("out/journal.csv", "decisions.csv"):
        (folder / name).write_text("date,amount\n2025-01-01,1.00\n")
    assert "journal.csv" in run(folder, "--lang", "en"), "without a form the folder is no case"
    (folder / "case.toml").write_text("[case]\n")
    assert not {"out/journal.csv", "decisions.csv"} & set(run(folder, "--lang", "en").split())
    (folder / ".DS_Store").write_bytes(b"\0")
    (folder / "sub" / "case.toml").write_text("[case]\n")
    shown = run(folder, "--lang", "en")
    assert ".DS_Store" not in shown
    assert "sub/case.toml" in shown
    begins = [line.split()[0] for line in shown.splitlines() if line.strip()]
    assert "case.toml" not in begins, "only a form at the top is the folder's own"
