"""``recon review``: a workbook comes back, its edits are kept, the books rebuilt, and what changed is told."""

import csv
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from recon.case.pipeline import rebuild
from recon.case.review import review
from recon.cli.main import cli
from recon.core.errors import ReconError
from recon.core.words import tell

FORM = """
[case]
name = "{name}"
trade = "services"
language = "en"
from = 2025-01-01
to = 2025-03-31
[request]
amount = "20000.00"
term_months = 12
annual_rate = "0.06"
[[account]]
id = "main"
file = "statements/bank.csv"
[opening]
cash = "100.00"
[closing]
cash = "100.00"
inventory = "0"
[stated]
household = "300"
"""
BANK = """Date,Counterparty,Description,Amount,Balance
2025-01-05,=Acme Studio,consulting invoice 1,5000.00,7000.00
2025-01-09,City Estates,office,-800.00,6200.00
2025-02-05,=Acme Studio,consulting invoice 2,5500.00,11700.00
2025-02-09,City Estates,office,-800.00,10900.00
2025-03-05,Unclear Ltd,ref 77,-450.00,10450.00
2025-03-07,Unclear Ltd,ref 78,-450.00,10000.00
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small case, and the workbook of its first run."""
    root = tmp_path_factory.mktemp("case")
    (root / "statements").mkdir()
    (root / "statements" / "bank.csv").write_text(BANK, encoding="utf-8")
    (root / "case.toml").write_text(FORM.format(name="Studio"), encoding="utf-8")
    rebuild(root).write(root / "out")
    return root


@pytest.fixture
def case(made, tmp_path):
    """A copy of it that a test may change."""
    return Path(shutil.copytree(made, tmp_path / "case"))


def edit(case: Path, *, party: str = "", amount: float | None = None, note: str = "", sheet: str = "") -> Path:
    """The workbook as a reviewer hands it back."""
    book = openpyxl.load_workbook(case / "out" / "workbook.xlsx")
    lines = book["Transactions"]
    heads = {cell.value: cell.column for cell in lines[5]}
    row = next(r for r in range(6, 20) if lines.cell(r, heads["Counterparty"]).value == "Unclear Ltd")
    lines.cell(row, heads["Note"]).value = note or None
    if party:
        people = book["Counterparties"]
        at = next(r for r in range(6, 20) if people.cell(r, 2).value == "Unclear Ltd")
        people.cell(at, 9).value = party
    if amount is not None:
        figures = book["Figures"]
        at = next(r for r in range(6, 90) if figures.cell(r, 2).value == "cash")
        figures.cell(at, 4).value = amount
    if sheet:
        book[sheet]["E8"] = 1
    book.save(case.parent / "back.xlsx")
    return case.parent / "back.xlsx"


def kept(case: Path) -> list[dict[str, str]]:
    """Rows of decisions.csv."""
    with (case / "decisions.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_edits_are_kept_with_who_when_old_and_new_and_move_the_books(case):
    form = (case / "case.toml").read_bytes()
    done = review(case, edit(case, party="Rent", amount=250, note="asked by phone"), "Li")
    first, second, third = kept(case)
    assert (first["scope"], first["key"], first["new"], first["who"]) == ("counterparty", "Unclear Ltd", "rent", "Li")
    assert first["old"].startswith("unknown_out")
    assert first["when"][:2] == "20"
    assert (second["scope"], second["key"], second["old"], second["new"]) == (
        "answer", "closing.cash", "100.00", "250.00")
    assert (third["scope"], third["note"]) == ("note", "asked by phone")
    assert done.problems == ()
    live = done.after.transactions
    assert set(live.loc[live["counterparty"] == "Unclear Ltd", "category"]) == {"rent"}
    assert done.after.case.closing.cash == 250_00
    assert {change.place for change in done.changes} >= {"balance_sheet", "income_statement", "checks"}
    assert (case / "case.toml").read_bytes() == form
    assert "answer_reviewed" in {finding.code for finding in done.after.findings}


def test_a_later_run_stands_by_the_decisions_and_shows_old_beside_new(case):
    done = review(case, edit(case, party="Rent", note="see file"), "Li")
    again = rebuild(case)
    assert again.statements == done.after.statements
    again.write(case / "out")
    book = openpyxl.load_workbook(case / "out" / "workbook.xlsx", data_only=True)
    text = {str(cell.value) for row in book["Changes"].iter_rows() for cell in row if cell.value is not None}
    assert {"Before", "After", "Unclear Ltd", "Li", "Rent"} <= text
    assert "see file" in {cell.value for row in book["Transactions"].iter_rows() for cell in row}


def test_what_is_not_permitted_is_named_and_changes_nothing(case):
    before = rebuild(case)
    done = review(case, edit(case, sheet="Balance sheet"), "Li")
    assert done.taken == ()
    assert [p.code for p in done.problems] == ["returned_formula_gone"]
    assert not (case / "decisions.csv").exists()
    assert done.after.statements == before.statements
    assert done.changes == ()


def test_the_same_workbook_a_second_time_is_a_stale_copy(case):
    back = edit(case, party="Rent")
    review(case, back, "Li")
    with pytest.raises(ReconError) as slip:
        review(case, back, "Li")
    assert slip.value.code == "workbook_stale"
    assert len(kept(case)) == 1
    assert "review" in tell("en", slip.value)


@pytest.mark.parametrize(("change", "code"), [
    (("case.toml", FORM.format(name="Studio").replace("300", "301")), "workbook_stale"),
    (("statements/bank.csv", BANK + "2025-03-09,X,y,1.00,10001.00\n"), "workbook_stale"),
    (("case.toml", FORM.format(name="Somebody else")), "workbook_other_case"),
])
def test_a_workbook_of_another_case_or_run_is_refused_with_the_reason(case, change, code):
    back = edit(case, party="Rent")
    (case / change[0]).write_text(change[1], encoding="utf-8")
    with pytest.raises(ReconError) as slip:
        review(case, back, "Li")
    assert slip.value.code == code
    assert not (case / "decisions.csv").exists()


def test_a_workbook_without_the_mark_is_refused(case):
    openpyxl.Workbook().save(case / "other.xlsx")
    with pytest.raises(ReconError) as slip:
        review(case, case / "other.xlsx")
    assert slip.value.code == "workbook_unmarked"


def test_the_command_tells_what_it_took_and_keeps_the_reviewers_file(case):
    back = edit(case, party="Rent", sheet="Cash flow")
    shutil.copy(back, case / "out" / "workbook.xlsx")
    told = CliRunner().invoke(cli, ["review", str(case), str(case / "out" / "workbook.xlsx"), "--by", "Li",
                                    "--lang", "en"], standalone_mode=False)
    assert told.exception is None, told.exception
    assert "Unclear Ltd" in told.output
    assert "E8" in told.output
    assert "What changed by it" in told.output
    assert (case / "out" / "workbook-returned.xlsx").read_bytes() == back.read_bytes()
    with (case / "out" / "review.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert [row["cell"] for row in csv.DictReader(handle)] == ["E8"]


def test_text_of_evidence_stays_text_in_every_file(case):
    """A counterparty whose name is a formula: in the workbook, in the CSVs and in what reviews keep."""
    out = case / "out"
    for name in ("transactions.csv", "journal.csv"):
        cells = [cell for row in csv.reader((out / name).open(encoding="utf-8-sig", newline="")) for cell in row]
        assert not [cell for cell in cells if cell[:1] in "=@" and cell]
    cell = next(c for row in openpyxl.load_workbook(out / "workbook.xlsx")["Transactions"].iter_rows() for c in row
                if c.value == "=Acme Studio")
    assert cell.data_type == "s"
