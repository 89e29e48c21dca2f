"""The evidence says what truly happened, row by row, in the forms that banks and wallets use."""

import ast
import csv
import datetime as dt
import io
import re
from decimal import Decimal
from pathlib import Path

import pdfplumber
import pytest
import xlrd
from PIL import Image
from python_calamine import CalamineWorkbook

from recon.core.knowledge import folder, table
from recon.simulate.evidence.photo import capitals
from recon.simulate.people import card_number, stream
from recon.simulate.samples import regenerate

ROOT = Path(__file__).resolve().parents[2]
AMOUNT = re.compile(r"-?[\d,]+\.\d\d$")


def money(text):
    return Decimal(text.replace(",", "").replace("¥", "").strip())


def sheet(path):
    book = CalamineWorkbook.from_path(path)
    return book.get_sheet_by_name(book.sheet_names[0]).to_python()


def after(rows, word):
    """The rows below the one whose first cell is *word*."""
    return rows[next(n for n, row in enumerate(rows) if row and str(row[0]).strip() == word) + 1:]


def amounts(lived, path):
    return [Decimal(row["amount"]) for row in lived.rows(f"statements/{path.name}")]


def ends(lived, identity):
    account = next(a for a in lived.truth["accounts"] if a["id"] == identity)
    return Decimal(account["opening"]), Decimal(account["closing"])


def assert_chain(opening, movements, balances, closing):
    for movement, balance in zip(movements, balances, strict=True):
        opening += movement
        assert opening == balance
        assert balance >= 0
    assert opening == closing


def test_a_wechat_bill_shows_every_true_row_newest_first(lived):
    path = lived["restaurant"].statement("微信*.xlsx")
    rows = after(sheet(path), "交易时间")
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), reverse=True)
    for row, true in zip(rows, amounts(lived["restaurant"], path), strict=True):
        assert money(row[5]) == abs(true)
        assert row[4] == "/" or (row[4] == "收入") == (true > 0)


def test_a_wechat_bill_counts_what_it_lists(lived):
    rows = sheet(lived["retail"].statement("微信*.xlsx"))
    listed = after(rows, "交易时间")
    for way in ("收入", "支出"):
        said = next(str(row[0]) for row in rows if str(row[0]).startswith(f"{way}："))
        found = [money(row[5]) for row in listed if row[4] == way]
        assert said == f"{way}：{len(found)}笔 {sum(found)}元"


def test_a_withdrawal_takes_its_fee_from_the_wallet_and_reaches_the_bank_without_it(lived):
    true = lived["restaurant"]
    fees = {row[8].strip(): (money(row[5]), Decimal(row[10].removeprefix("服务费¥")))
            for row in after(sheet(true.statement("微信*.xlsx")), "交易时间") if str(row[10]).startswith("服务费")}
    assert fees
    by_amount = {abs(Decimal(row["amount"])) for event in true.truth["events"] for row in event["rows"]
                 if row["account"] == "cmb" and row["category"] == "own_transfer"}
    for amount, fee in fees.values():
        assert amount - fee in by_amount


def test_an_alipay_bill_is_padded_gb18030_and_shows_every_true_row(lived):
    path = lived["restaurant"].statement("支付宝*.csv")
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("gb18030"))))
    listed = after(rows, "交易时间")
    assert all(len(row) == 13 for row in listed), "a comma ends each line"
    for row, true in zip(listed, amounts(lived["restaurant"], path), strict=True):
        assert money(row[6]) == abs(true)


def test_a_bank_table_runs_from_opening_to_closing_newest_first(lived):
    path = lived["wholesale"].statement("工商银行*.csv")
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("gb18030"))))
    body = [row for row in after(rows, "交易日期") if not row[0].startswith("合计")]
    moved = [money(row[3]) if row[3].strip() != "-" else -money(row[4]) for row in body]
    assert moved == amounts(lived["wholesale"], path)
    opening, closing = ends(lived["wholesale"], "personal")
    assert_chain(opening, moved[::-1], [money(row[5]) for row in body[::-1]], closing)


def test_a_binary_workbook_runs_from_opening_to_closing(lived):
    path = lived["manufacturing"].statement("建设银行*.xls")
    book = xlrd.open_workbook(path).sheet_by_index(0)
    body = [row for row in (book.row_values(n) for n in range(book.nrows)) if re.fullmatch(r"\d{8}", str(row[0]))]
    moved = [Decimal(f"{row[4]:.2f}") - Decimal(f"{row[3]:.2f}") for row in body]
    assert moved == amounts(lived["manufacturing"], path)
    opening, closing = ends(lived["manufacturing"], "ccb")
    assert_chain(opening, moved, [Decimal(f"{row[5]:.2f}") for row in body], closing)


def pdf_words(path):
    with pdfplumber.open(path) as document:
        return [page.extract_text(keep_blank_chars=False) for page in document.pages]


def test_a_persons_pdf_runs_from_opening_to_closing(lived):
    true = lived["restaurant"]
    path = true.statement("招商银行*.pdf")
    pages = pdf_words(path)
    found = re.findall(r"^\d{4}-\d\d-\d\d CNY (-?[\d,]+\.\d\d) ([\d,]+\.\d\d)", "\n".join(pages), re.MULTILINE)
    assert [money(amount) for amount, _ in found] == amounts(true, path)
    opening, closing = ends(true, "cmb")
    assert_chain(opening, [money(a) for a, _ in found], [money(b) for _, b in found], closing)
    assert f"期末余额：{closing:,}" in pages[-1]
    assert pages[0].splitlines()[-1] == f"1/{len(pages)}"


def test_a_firms_pdf_repeats_its_header_and_prints_true_totals(lived):
    true = lived["wholesale"]
    opening, closing = ends(true, "corporate")
    moved = []
    for path in sorted((true.folder / "statements").glob("*对账单*.pdf")):
        pages = pdf_words(path)
        assert all("对方户名" in page and f"共 {len(pages)} 页" in page for page in pages)
        rows = amounts(true, path)
        total = sum(-a for a in rows if a < 0)
        assert f"借方合计金额：{total:,.2f}" in pages[-1]
        moved += rows
    assert opening + sum(moved) == closing
    assert f"期末余额：{closing:,}" in pages[-1]


def test_a_cash_book_carries_its_balance_down(lived):
    true = lived["manufacturing"]
    rows = after(sheet(true.statement("现金日记账*")), "日期")
    opening, closing = ends(true, "cash")
    moved = [Decimal(str(row[2] or 0)) - Decimal(str(row[3] or 0)) for row in rows[1:]]
    assert moved == amounts(true, true.statement("现金日记账*"))
    assert_chain(opening, moved, [Decimal(str(row[4])) for row in rows[1:]], closing)


def test_every_row_of_truth_has_one_place_in_the_evidence(one):
    places = [(row["file"], row["ordinal"]) for event in one.truth["events"] for row in event["rows"]]
    assert len(places) == len(set(places))
    for file in {file for file, _ in places}:
        assert (one.folder / file).is_file()
        assert [row["ordinal"] for row in one.rows(file)] == list(range(1, len(one.rows(file)) + 1))


def test_both_ends_of_an_own_transfer_are_of_one_event_and_one_sum(one):
    rows = {(row["file"], row["ordinal"]): (event["id"], row) for event in one.truth["events"] for row in event["rows"]}
    assert one.truth["transfers"]
    for left, right in one.truth["transfers"]:
        (first, out), (second, into) = rows[tuple(left)], rows[tuple(right)]
        assert first == second
        same_side = Decimal(out["amount"]) * Decimal(into["amount"]) > 0
        assert same_side == (out["category"] != into["category"]), "a card pays for a wallet, or money changes accounts"


def test_bank_interest_is_what_the_daily_balances_earn(lived):
    """Independent of the builder: printed balances of 21 March to 20 June 2025 at 0.05%, by 360 days."""
    path = lived["wholesale"].statement("工商银行*.csv")
    body = after(list(csv.reader(io.StringIO(path.read_bytes().decode("gb18030")))), "交易日期")
    rows = [(dt.date.fromisoformat(row[0].strip()), money(row[5]), row[2].strip(), row[3])
            for row in body if not row[0].startswith("合计")][::-1]
    day, paid = [(d, money(amount)) for d, _, kind, amount in rows if kind == "结息"][1]
    assert day == dt.date(2025, 6, 21)
    nights = [dt.date(2025, 3, 21) + dt.timedelta(days=n) for n in range(92)]
    total = sum([b for d, b, _, _ in rows if d <= night][-1] for night in nights)
    assert round(total * Decimal("0.0005") / 360, 2) == paid


def evidence_text(path):
    if path.suffix == ".pdf":
        return "\n".join(pdf_words(path))
    if path.suffix in (".xlsx", ".xls"):
        return "\n".join(str(cell) for row in sheet(path) for cell in row)
    if path.suffix == ".csv":
        data = path.read_bytes()
        return data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030")
    return path.name


def test_no_evidence_holds_the_truths_category_words(one):
    categories = table("categories.tsv", ("category", "account_in", "account_out", "cash_in", "cash_out", "control",
                                          "effective", "zh", "en"))
    # one-word ids such as "rent" are ordinary words that may stand in evidence; the others could only leak
    words = {row["category"] for row in categories} | {row["zh"] for row in categories if len(row["zh"]) >= 5}
    for path in sorted((one.folder / "statements").iterdir()) + sorted((one.folder / "receipts").iterdir()):
        text = evidence_text(path)
        assert not [word for word in words if word in text], path.name


def test_receipts_are_pictures_or_invoices_of_true_events(one):
    assert one.truth["receipts"]
    events = {event["id"]: event for event in one.truth["events"]}
    for receipt in one.truth["receipts"]:
        path = one.folder / receipt["file"]
        assert abs(Decimal(events[receipt["event"]]["amount"])) == Decimal(receipt["total"])
        if path.suffix == ".jpg":
            with Image.open(path) as picture:
                assert min(picture.size) > 600
        else:
            text = "".join(pdf_words(path)).replace(",", "")
            assert receipt["number"] in text
            assert (receipt["total"] if receipt["kind"] == "waybill" else f"（小写）¥{receipt['total']}") in text


@pytest.mark.parametrize(("minor", "text"), [
    (123456789, "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"), (10000, "壹佰元整"), (1000500, "壹万零伍元整"),
    (100007, "壹仟元零柒分"), (50, "零元伍角整"), (1010000, "壹万零壹佰元整"), (20000000, "贰拾万元整"),
])
def test_amounts_in_capitals(minor, text):
    assert capitals(minor) == text


def test_card_numbers_pass_the_banks_check():
    for seed in range(20):
        digits = [int(d) for d in reversed(card_number(stream(str(seed), "card")))]
        doubled = [d * 2 - 9 * (d * 2 > 9) if place % 2 else d for place, d in enumerate(digits)]
        assert sum(doubled) % 10 == 0


def imports(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_simulate_stands_alone_and_the_rebuilding_side_knows_nothing_of_it():
    """The command line and the lessons call it; nothing that reads, classifies, posts, checks or judges may."""
    outside = {ROOT / "recon" / room for room in ("simulate", "cli", "training")}
    allowed = tuple(f"recon.core.{room}" for room in ("money", "errors", "knowledge", "source", "words"))
    for path in sorted((ROOT / "recon").rglob("*.py")):
        inside = path.is_relative_to(ROOT / "recon" / "simulate")
        for module in imports(path):
            if inside and module.startswith("recon"):
                assert module.startswith(("recon.simulate", *allowed)), f"{path}: {module}"
            if not outside.intersection(path.parents):
                assert not module.startswith("recon.simulate"), f"{path}: {module}"


def test_the_samples_are_complete_and_small():
    for name in ("noodle-shop", "hardware-wholesale", "garment-workshop"):
        place = folder("samples") / name
        assert {p.name for p in place.iterdir()} == {"case.toml", "statements", "receipts", "truth.json"}
        assert sum(p.stat().st_size for p in place.rglob("*") if p.is_file()) < 3_000_000


@pytest.mark.slow
def test_the_samples_are_what_the_simulator_makes_today(tmp_path):
    """Pictures and compressed files may differ with the version of a library; what they say may not."""
    regenerate(tmp_path)
    for made in sorted(tmp_path.rglob("*")):
        kept = folder("samples") / made.relative_to(tmp_path)
        assert kept.exists() == made.exists()
        if made.suffix in (".toml", ".json", ".csv"):
            assert made.read_bytes() == kept.read_bytes(), kept
        elif made.suffix in (".xlsx", ".xls"):
            assert sheet(made) == sheet(kept), kept
