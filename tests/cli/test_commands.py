"""The commands keep the contract: outputs, exit status, and one clear sentence where something is wrong."""

import csv
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).parents[2]
FORM = """
[case]
name = "试验店"
trade = "retail"
from = 2025-01-01
to = 2025-03-31
[opening]
cash = 0
inventory = 0
receivables = 0
payables = 0
[closing]
inventory = 0
receivables = 0
payables = 0
"""
BANK = """账号：6222021001112233,户名：张三
交易日期,摘要,收入金额,支出金额,余额,对方户名
2025-01-02,货款,1000.00,,1500.00,李四商行
2025-01-15,房租,,300.00,1200.00,王五
2025-02-03,货款,800.00,,2000.00,李四商行
2025-02-20,购货款,,500.00,1500.00,赵六批发部
2025-03-05,货款,700.00,,2200.00,李四商行
2025-03-21,结息,0.50,,2200.50,
"""


def run(*words: object, lang: str = "en") -> subprocess.CompletedProcess[str]:
    """The installed command, as a user would run it."""
    locale = "zh_CN.UTF-8" if lang == "zh-CN" else "C.UTF-8"
    env = {**os.environ, "LC_ALL": locale, "COLUMNS": "200"}
    code = "from recon.cli.main import main; main()"
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=env, check=False)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    (folder / "statements").mkdir(parents=True)
    (folder / "case.toml").write_text(FORM, encoding="utf-8")
    (folder / "statements" / "bank.csv").write_text(BANK, encoding="gb18030")
    return folder


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a command that could not be done."""
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_a_small_case_gives_all_five_files(case):
    done = run("rebuild", case, "--out", case / "out")
    assert done.returncode == 0, done.stderr
    written = {p.name for p in (case / "out").iterdir()}
    assert written == {"books.json", "workbook.xlsx", "report.docx", "transactions.csv", "journal.csv"}
    books = json.loads((case / "out" / "books.json").read_text(encoding="utf-8"))
    assert books["schema"] == "recon/books/1"
    assert books["figures"]["total_sales"] == "2500.00"
    assert books["balance_sheet"][0]["opening"] == "500.00"
    assert books["balance_sheet"][0]["closing"] == "2200.50"
    assert [f["outcome"] for f in books["coverage"]["files"]] == ["proven"]
    rows = list(csv.DictReader((case / "out" / "transactions.csv").open(encoding="utf-8-sig")))
    assert [r["amount"] for r in rows][:2] == ["1000.00", "-300.00"]
    assert all(r["file"] == "statements/bank.csv" and r["line"] for r in rows)
    postings = list(csv.DictReader((case / "out" / "journal.csv").open(encoding="utf-8-sig")))
    debit, credit = (sum(int(r[side].replace(".", "")) for r in postings) for side in ("debit", "credit"))
    assert debit == credit
    assert all(r["source"] and r["rule"] for r in postings)


def test_reading_prints_the_contracts_object(case):
    done = run("read", case / "statements" / "bank.csv", "--json")
    assert done.returncode == 0, done.stderr
    (file,) = json.loads(done.stdout)
    assert (file["kind"], file["outcome"]) == ("bank", "proven")
    (account,) = file["accounts"]
    assert (account["opening"], account["closing"], len(account["transactions"])) == ("500.00", "2200.50", 6)
    assert account["transactions"][1] == {
        "date": "2025-01-15", "amount": "-300.00", "balance": "1200.00", "counterparty": "王五", "description": "房租",
        "page": 0, "line": 4,
    }


@pytest.mark.parametrize(("lang", "words"), [
    ("en", "There is neither case.xlsx nor case.toml"), ("zh-CN", "没有 case.xlsx 或 case.toml"),
])
def test_an_empty_folder_is_told_in_one_sentence(tmp_path, lang, words):
    assert words in refusal(run("rebuild", tmp_path, lang=lang))


def test_a_folder_that_is_not_there(tmp_path):
    assert "no such folder" in refusal(run("rebuild", tmp_path / "nowhere"))


def test_a_form_without_a_figure_and_without_evidence(tmp_path):
    (tmp_path / "case.toml").write_text('[case]\nname = "x"\n', encoding="utf-8")
    assert "nothing to build from" in refusal(run("rebuild", tmp_path))


@pytest.mark.parametrize(("form", "words"), [
    (FORM.replace("inventory = 0", "inventry = 0", 1), "inventory"),
    (FORM.replace("trade =", "trad =", 1), "trade"),
    (FORM + "\n[settings]\ndays_in_yaer = 365\n", "days_in_year"),
    (FORM + "\n[known]\ncash_sale = 3\n", "cash_sales"),
    (FORM.replace("cash = 0", 'cash = "12,x"'), "closing"),
    (FORM.replace("to = 2025-03-31", "to = 2024-03-31"), "starts on"),
    (FORM + "\n[opening\n", "TOML"),
], ids=["key", "key of case", "setting", "known", "amount", "dates", "syntax"])
def test_a_slip_in_the_form_is_named_with_what_to_write_instead(case, form, words):
    (case / "case.toml").write_text(form, encoding="utf-8")
    told = refusal(run("rebuild", case))
    assert "case.toml" in told
    assert words in told or "12,x" in told


def test_hostile_files_are_refused_by_name_and_the_others_go_on(case):
    folder = case / "statements"
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "junk.xlsx").write_bytes(os.urandom(3000))
    (folder / "notes.txt").write_text("明天去银行\n", encoding="utf-8")
    Image.new("RGB", (400, 300), "white").save(folder / "blank.png")
    with zipfile.ZipFile(folder / "nested.zip", "w") as archive:
        archive.writestr("../../escape.csv", BANK)
    (folder / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n")
    done = run("rebuild", case, "--out", case / "out")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    books = json.loads((case / "out" / "books.json").read_text(encoding="utf-8"))
    outcomes = {Path(f["file"]).name: f["outcome"] for f in books["coverage"]["files"]}
    assert outcomes["bank.csv"] == "proven"
    for name in ("empty.pdf", "junk.xlsx", "notes.txt", "blank.png", "cut.pdf"):
        assert outcomes[name] == "refused", name
    assert all(f["reason"] for f in books["coverage"]["files"])
    assert not (case.parent / "escape.csv").exists()


def test_a_folder_of_pictures_that_are_no_documents(tmp_path):
    (tmp_path / "receipts").mkdir()
    (tmp_path / "case.toml").write_text('[case]\nname = "x"\nfrom = 2025-01-01\nto = 2025-12-31\n', encoding="utf-8")
    for n in range(2):
        Image.new("RGB", (300, 200), (n * 90, 120, 80)).save(tmp_path / "receipts" / f"{n}.jpg")
    done = run("rebuild", tmp_path, "--out", tmp_path / "out")
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 2)
    if done.returncode == 0:
        books = json.loads((tmp_path / "out" / "books.json").read_text(encoding="utf-8"))
        assert {f["outcome"] for f in books["coverage"]["files"]} == {"refused"}
        assert books["need"]["verdict"] == "cannot_judge"


def test_a_statement_outside_the_period_is_set_aside_and_told(case):
    text = FORM.replace("2025-01-01", "2026-01-01").replace("2025-03-31", "2026-03-31")
    (case / "case.toml").write_text(text, encoding="utf-8")
    done = run("rebuild", case, "--out", case / "out")
    assert done.returncode == 0, done.stderr
    books = json.loads((case / "out" / "books.json").read_text(encoding="utf-8"))
    assert books["coverage"]["set_aside"] == {"out_of_period": 6}
    assert any(f["code"] == "out_of_period" and "bank.csv" in f["text"] for f in books["findings"])


def test_strict_exits_with_one_where_a_check_failed(case):
    text = FORM + '\n[stated]\nmonthly_sales = 90000\nmargin = "0.9"\nmonthly_profit = 80000\n'
    (case / "case.toml").write_text(text, encoding="utf-8")
    done = run("rebuild", case, "--out", case / "out", "--strict")
    assert done.returncode == 1, done.stdout


def test_a_new_case_folder_can_be_filled_in_and_is_never_overwritten(tmp_path):
    for lang in ("zh-CN", "en"):
        folder = tmp_path / lang
        assert run("new", folder, "--lang", lang).returncode == 0
        assert (folder / "statements").is_dir()
        (folder / "statements" / "bank.csv").write_text(BANK, encoding="utf-8")
        done = run("rebuild", folder, "--out", folder / "out")
        assert done.returncode == 0, done.stderr
        refusal(run("new", folder, lang=lang))


def test_text_of_the_evidence_never_becomes_a_formula(case):
    text = BANK.replace("李四商行", '"=HYPERLINK(""http://x"",""y"")"').replace("王五", "@SUM(A1)")
    (case / "statements" / "bank.csv").write_text(text, encoding="utf-8")
    assert run("rebuild", case, "--out", case / "out").returncode == 0
    for row in csv.DictReader((case / "out" / "transactions.csv").open(encoding="utf-8-sig")):
        assert not row["counterparty"].startswith(("=", "+", "-", "@"))


def test_a_locked_pdf_says_so_and_opens_with_its_password(tmp_path):
    path = tmp_path / "locked.pdf"
    page = Canvas(str(path), pagesize=A4, encrypt="s3cret")
    rows = [("Date", "Description", "Amount", "Balance"), ("2025-01-02", "Sale", "100.00", "150.00"),
            ("2025-01-03", "Rent", "-30.00", "120.00"), ("2025-01-04", "Sale", "50.00", "170.00"),
            ("2025-01-05", "Sale", "40.00", "210.00"), ("2025-01-06", "Fee", "-10.00", "200.00")]
    for n, row in enumerate(rows):
        for x, cell in zip((50, 150, 300, 400), row, strict=True):
            page.drawString(x, 780 - 20 * n, cell)
    page.save()
    (locked,) = json.loads(run("read", path, "--json").stdout)
    assert locked["outcome"] == "refused"
    assert "password" in locked["reason"].lower()
    done = run("read", path, "--json", "--password", "s3cret")
    (opened,) = json.loads(done.stdout)
    assert opened["outcome"] == "proven"
    assert "s3cret" not in done.stdout + done.stderr


@pytest.mark.slow
def test_the_demo_runs_in_both_languages(tmp_path):
    for lang, word in (("en", "Recommended"), ("zh-CN", "建议金额")):
        done = run("demo", "--out", tmp_path / lang, "--lang", lang)
        assert done.returncode == 0, done.stderr
        assert word in done.stdout
        assert {"workbook.xlsx", "report.docx", "books.json"} <= {p.name for p in (tmp_path / lang).iterdir()}
        shutil.rmtree(tmp_path / lang)
