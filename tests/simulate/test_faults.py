"""Each fault changes exactly what it says: the evidence or the answers, never the truth of what happened."""

import csv
import io
import json
import re
import tomllib
from collections import Counter
from decimal import Decimal

import pypdfium2
import pytest

from recon.core.errors import ReconError
from recon.core.words import tell
from recon.simulate.build import build
from recon.simulate.faults.catalogue import CATALOGUE
from recon.simulate.faults.forgery import raised

TRADE, SEED, MONTHS = "wholesale", 12, 6
#: Faults that the business lives with: money really moves. All others leave every event as it was.
LIVED = {"hidden_loan", "round_trips", "same_day"}


class Folder:
    """A simulated folder: its truth, its form and the bytes of its evidence."""

    def __init__(self, place):
        self.place = place
        self.truth = json.loads((place / "truth.json").read_text("utf-8"))
        self.form = tomllib.loads((place / "case.toml").read_text("utf-8"))
        self.files = {str(p.relative_to(place)): p.read_bytes() for p in sorted(place.rglob("*"))
                      if p.is_file() and p.name not in ("case.toml", "truth.json")}

    def rows(self):
        """Every true row that stands in the evidence, with its event."""
        return [(event, row) for event in self.truth["events"] for row in event["rows"]]

    def text(self, file):
        """The text of each page of a PDF."""
        with pypdfium2.PdfDocument(self.files[file]) as document:
            return [page.get_textpage().get_text_range() for page in document]


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """Folders by fault, made when first asked for; no photographs, which no fault touches."""
    made = {}
    patch = pytest.MonkeyPatch()
    patch.setattr("recon.simulate.evidence.photo.receipts", lambda *_: [])

    def of(*faults):
        if faults not in made:
            place = tmp_path_factory.mktemp("faults") / "case"
            build(place, trade=TRADE, seed=SEED, months=MONTHS, faults=faults)
            made[faults] = Folder(place)
        return made[faults]

    yield of
    patch.undo()


@pytest.fixture
def honest(lived):
    return lived()


def differing(one, other):
    """Files that only one of two folders has, or that differ."""
    return {name for name in one.files.keys() | other.files.keys() if one.files.get(name) != other.files.get(name)}


def changed(one, other, path=""):
    """Keys of two forms whose values differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = one.keys() | other.keys()
        return {each for key in keys for each in changed(one.get(key), other.get(key), f"{path}.{key}")}
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return {each for a, b in zip(one, other, strict=True) for each in changed(a, b, path)}
    return set() if one == other else {path.lstrip(".")}


@pytest.mark.parametrize("fault", sorted(CATALOGUE))
def test_a_fault_is_recorded_and_leaves_the_truth_as_it_was(lived, honest, fault):
    made = lived(fault)
    assert honest.truth["faults"] == []
    assert {each["kind"] for each in made.truth["faults"]} == {fault}
    assert all(each["where"] for each in made.truth["faults"])
    if fault in LIVED:
        return
    for part in ("figures", "balance_sheet", "income_statement", "cash_flow", "ledger", "control_accounts"):
        assert made.truth[part] == honest.truth[part], part
    assert [{**e, "rows": None} for e in made.truth["events"]] == [{**e, "rows": None} for e in honest.truth["events"]]


def test_a_missing_month_is_cut_out_of_one_account_and_nothing_else(lived, honest):
    made = lived("month_missing")
    record = made.truth["faults"][0]
    first, last = record["dates"]
    touched = differing(made, honest)
    assert len(touched) in (2, 3), "one file is gone, its days before and after stand in its place"
    assert sum(name in honest.files for name in touched) == 1
    kept = {(e["id"], r["account"], r["amount"]) for e, r in made.rows()}
    lost = [(e, r) for e, r in honest.rows() if (e["id"], r["account"], r["amount"]) not in kept]
    assert {r["account"] for _, r in lost} == {record["where"]}
    assert all(first <= e["date"] <= last for e, _ in lost)
    assert not [e for e, r in made.rows() if r["account"] == record["where"] and first <= e["date"] <= last]
    assert sum(abs(Decimal(r["amount"])) for _, r in lost) == Decimal(record["amount"])


def test_a_missing_page_is_gone_from_one_pdf_with_the_rows_that_stood_on_it(lived, honest):
    made = lived("page_missing")
    record = made.truth["faults"][0]
    assert differing(made, honest) == {record["where"]}
    before, after = honest.text(record["where"]), made.text(record["where"])
    page = int(re.match(r"page (\d+) of", record["detail"])[1])
    assert after == before[:page - 1] + before[page:]
    true = [r["amount"] for _, r in sorted(made.rows(), key=lambda pair: pair[1]["ordinal"])
            if r["file"] == record["where"]]
    printed = [line for text in after for line in re.findall(r"\d{8}\s.*", text)]
    assert len(true) < sum(r["file"] == record["where"] for _, r in honest.rows())
    for amount, line in zip(true, [each for each in printed if "," in each or "." in each], strict=False):
        assert f"{abs(Decimal(amount)):,.2f}" in line


def test_an_account_kept_back_is_in_no_file_and_not_in_the_form(lived, honest):
    made = lived("account_missing")
    name = made.truth["faults"][0]["where"]
    assert name in {account["id"] for account in honest.form["account"]}
    assert name not in {account["id"] for account in made.form["account"]}
    assert {r["account"] for _, r in made.rows()} == {r["account"] for _, r in honest.rows()} - {name}
    assert all(made.files.get(file) == data for file, data in honest.files.items() if file in made.files)


def test_a_doubled_file_shows_the_same_amounts_in_another_format(lived, honest):
    made = lived("doubled_file")
    record = made.truth["faults"][0]
    assert differing(made, honest) == {record["where"]}
    assert record["where"] not in honest.files
    source = record["detail"].removeprefix("the same as ")
    true = Counter(abs(Decimal(r["amount"])) for _, r in honest.rows() if r["file"] == source)
    if record["where"].endswith(".csv"):
        rows = list(csv.reader(io.StringIO(made.files[record["where"]].decode("gb18030"))))
        body = rows[next(n for n, row in enumerate(rows) if row and row[0].strip() == "交易日期") + 1:-1]
        shown = Counter(Decimal((row[3] if row[3].strip() != "-" else row[4]).replace(",", "").strip()) for row in body)
        assert shown == true


def test_an_edited_amount_is_one_text_of_one_pdf_that_keeps_its_first_version(lived, honest):
    made = lived("edited_amount")
    record = made.truth["faults"][0]
    assert differing(made, honest) == {record["where"]}
    assert made.files[record["where"]].startswith(honest.files[record["where"]]), "an editor appends"
    page, old, new = re.match(r"page (\d+): (\S+) became (\S+)", record["detail"]).groups()
    before, after = honest.text(record["where"]), made.text(record["where"])
    assert [n for n, (a, b) in enumerate(zip(before, after, strict=True), 1) if a != b] == [int(page)]
    assert Counter(after[int(page) - 1].split()) - Counter(before[int(page) - 1].split()) == Counter([new])
    assert Counter(before[int(page) - 1].split()) - Counter(after[int(page) - 1].split()) == Counter([old])
    gained = Decimal(new.replace(",", "")) - Decimal(old.replace(",", ""))
    assert gained == Decimal(record["amount"]) > 0


@pytest.mark.parametrize(("amount", "higher"), [(170000, 970000), (900000, 1900000), (123456, 923456), (5, 9)])
def test_an_edited_amount_is_higher(amount, higher):
    assert raised(amount) == higher


def test_a_forged_file_closes_with_rows_that_no_event_has(lived, honest):
    made = lived("forged_balance")
    records = made.truth["faults"]
    touched = differing(made, honest)
    account = records[0]["where"]
    assert touched == {r["file"] for _, r in honest.rows() if r["account"] == account}
    forged = [Decimal(record["amount"]) for record in records]
    for file in touched:
        lines = [line for text in made.text(file) for line in text.splitlines()] if file.endswith(".pdf") else []
        true = [Decimal(r["amount"]) for _, r in honest.rows() if r["file"] == file]
        printed = [float(x.replace(",", "")) for line in lines for x in re.findall(r"[\d,]+\.\d\d", line)]
        assert not lines or all(float(abs(amount)) in printed for amount in true), "true amounts stay as they are"
    closing = next(a for a in honest.truth["accounts"] if a["id"] == account)["closing"]
    last = made.text(max(touched))[-1] if max(touched).endswith(".pdf") else made.files[max(touched)].decode("gb18030")
    assert f"{Decimal(closing) + sum(forged):,.2f}" in last


def test_a_hidden_loan_is_true_debt_that_neither_form_nor_remark_tells(lived, honest):
    made = lived("hidden_loan")
    drawn, *repaid = made.truth["faults"]
    assert Decimal(made.truth["figures"]["loans_drawn"]) == (
        Decimal(honest.truth["figures"]["loans_drawn"]) + Decimal(drawn["amount"]))
    assert made.form["loan"] == honest.form["loan"] or len(made.form["loan"]) == len(honest.form["loan"])
    lender = drawn["detail"].removeprefix("drawn from ")
    assert lender not in (made.place / "case.toml").read_text("utf-8")
    event = next(e for e in made.truth["events"] if e.get("party") == lender)
    assert event["category"] == "private_loan_in"
    assert repaid
    assert len({each["amount"] for each in repaid[:-1]}) == 1, "level payments"
    principal = sum(Decimal(p[2]) for e in made.truth["events"] if e.get("party") == lender
                    for p in e["postings"] if p[1] == "2001.02")
    interest = sum(Decimal(p[2]) for e in made.truth["events"] if e.get("party") == lender
                   for p in e["postings"] if p[1] == "5603.01")
    assert -principal == Decimal(drawn["amount"]) - sum(Decimal(each["amount"]) for each in repaid) + interest
    assert interest > 0


@pytest.mark.parametrize(("fault", "days"), [("round_trips", 7), ("same_day", 0)])
def test_family_money_comes_in_as_much_as_it_goes_out_and_is_no_sale_in_truth(lived, fault, days):
    made = lived(fault)
    parties = {re.sub(r"^(in from|out to) ", "", each["detail"]) for each in made.truth["faults"]}
    events = [e for e in made.truth["events"] if e.get("party") in parties]
    into = [Decimal(e["amount"]) for e in events if Decimal(e["amount"]) > 0]
    out = [-Decimal(e["amount"]) for e in events if Decimal(e["amount"]) < 0]
    assert len(into) == len(out) > 3
    assert all(gone <= came <= gone * Decimal("1.06") for came, gone in zip(into, out, strict=True))
    assert {e["category"] for e in events} == {"owner_in", "owner_out"}
    dates = sorted(e["date"] for e in events)
    for first, second in zip(dates[::2], dates[1::2], strict=True):
        assert (int(second[8:]) - int(first[8:])) % 31 <= days + 3
    assert not any(party in (made.place / "case.toml").read_text("utf-8") for party in parties)


@pytest.mark.parametrize(("fault", "keys"), [
    ("stock_overstated", {"closing.inventory", "stock.amount"}),
    ("padded_request", {"request.amount"}),
    ("turnover_overstated", {f"stated.{key}" for key in (
        "monthly_sales", "monthly_profit", "good_day", "normal_day", "poor_day")}),
])
def test_a_false_answer_changes_these_keys_of_the_form_and_no_file(lived, honest, fault, keys):
    made = lived(fault)
    assert changed(made.form, honest.form) == keys
    assert not differing(made, honest)
    assert all(Decimal(each["amount"]) > 0 for each in made.truth["faults"] if "profit" not in each["where"])


def test_overstated_stock_still_adds_up_in_its_parts(lived):
    form = lived("stock_overstated").form
    assert sum(Decimal(each["amount"]) for each in form["stock"]) == Decimal(form["closing"]["inventory"])


def test_bought_invoices_stand_beside_the_true_ones_and_nobody_paid_them(lived, honest):
    made = lived("invoices_bought")
    assert differing(made, honest) == {each["where"] for each in made.truth["faults"]}
    assert made.truth["receipts"] == honest.truth["receipts"]
    for each in made.truth["faults"]:
        party = each["detail"].partition(" with ")[2]
        assert party in "".join(made.text(each["where"])).replace("\n", "")
        assert party not in {e.get("party") for e in made.truth["events"]}


@pytest.mark.parametrize("faults", [("page_missing", "edited_amount", "hidden_loan"), ("forged_balance",)])
def test_the_same_faults_give_the_same_bytes(lived, tmp_path, faults):
    first = lived(*faults)
    build(tmp_path / "again", trade=TRADE, seed=SEED, months=MONTHS, faults=faults)
    again = Folder(tmp_path / "again")
    assert again.files == first.files
    assert again.truth == first.truth


def test_faults_join_and_each_is_recorded(lived):
    made = lived("page_missing", "edited_amount", "hidden_loan")
    assert {each["kind"] for each in made.truth["faults"]} == {"page_missing", "edited_amount", "hidden_loan"}


@pytest.mark.parametrize(("arguments", "code"), [
    ({"faults": ("hiden_loan",)}, "no_fault"), ({"faults": ("month_missing",), "months": 2}, "fault_too_short"),
    ({"faults": ("forged_balance",), "months": 5}, "fault_too_short"),
    ({"faults": ("page_missing",), "trade": "retail", "months": 1}, "fault_no_pages"),
])
def test_a_fault_that_cannot_be_is_refused_in_both_languages(tmp_path, arguments, code):
    with pytest.raises(ReconError) as slip:
        build(tmp_path / "x", **{"trade": "retail", "months": 3, **arguments})
    assert slip.value.code == code
    assert all(tell(language, slip.value) for language in ("zh-CN", "en"))
