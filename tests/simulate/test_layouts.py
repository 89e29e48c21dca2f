"""Every layout of a statement is read back row by row, and none tells more than such a paper would."""

import datetime as dt
import io
import zipfile
from decimal import Decimal

import msgspec
import pdfplumber
import pytest

import recon
from recon.core.knowledge import table
from recon.simulate.build import build, live
from recon.simulate.evidence.choice import LAYOUTS
from recon.simulate.evidence.frame import Period, Statement
from recon.simulate.evidence.write import NAMES, WRITERS, account_rows, opening_balance
from recon.simulate.profile import profile

FIRST, LAST = dt.date(2025, 1, 1), dt.date(2025, 1, 31)
BANKS = {locale: tuple(sorted({*LAYOUTS[locale, "owner"], *LAYOUTS[locale, "firm"], "mt940", "camt", "ofx"}))
         for locale in ("zh-CN", "en")}
#: Prints a balance at its end and none at its start, so that nothing in the file proves it.
UNPROVABLE = ("ofx",)


@pytest.fixture(scope="module")
def worlds():
    return {locale: live(profile("wholesale", locale=locale), 4, FIRST, LAST).world for locale in ("zh-CN", "en")}


def written(world, layout):
    """The bytes of the first bank account's month in *layout*, and what stands in it."""
    account = next(each for each in world.accounts.values() if each.form.kind == "bank")
    account.form = msgspec.structs.replace(account.form, layout=layout)
    rows = account_rows(world, account)
    statement = Statement(account, world, Period(FIRST, LAST), rows, opening_balance(world, account))
    return WRITERS[layout](statement), statement


@pytest.mark.parametrize(("locale", "layout"), [(locale, each) for locale, found in BANKS.items() for each in found])
def test_a_layout_is_read_back_row_by_row(tmp_path, worlds, locale, layout):
    data, statement = written(worlds[locale], layout)
    path = tmp_path / NAMES[layout].format(bank="bank", tail="1234", span="20250101-20250131")
    path.write_bytes(data)
    result = recon.read(path)
    lines = result.accounts[0].lines
    read = [(str(day), amount) for day, amount in zip(lines.date, lines.amount.tolist(), strict=True)]
    true = [(f"{row.when:%Y-%m-%d}", row.amount) for row, _ in statement.printed]
    assert sorted(read) == sorted(true)
    if layout in UNPROVABLE:
        assert result.outcome == "unprovable"
    else:
        assert result.outcome == "proven"
        assert (result.accounts[0].opening, result.accounts[0].closing) == (statement.opening, statement.closing)


@pytest.mark.parametrize("layout", ["mt940", "camt", "en_columns", "en_csv"])
def test_the_same_statement_gives_the_same_bytes(worlds, layout):
    assert written(worlds["en"], layout)[0] == written(worlds["en"], layout)[0]


def text_of(path):
    """All that a file says: pages, members of archives, else its bytes as text."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        with pdfplumber.open(io.BytesIO(data)) as document:
            return "\n".join(page.extract_text() for page in document.pages) + str(document.metadata)
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return data.decode("utf-8", "replace") + data.decode("gb18030", "replace") + data.decode("utf-16-le", "replace")


@pytest.mark.parametrize(("trade", "look"), [
    ("restaurant", {"locale": "en", "quality": "messy"}), ("transport", {"quality": "clean"}),
    ("farming", {"locale": "en", "currency": "KES"}),
])
def test_no_file_tells_what_only_truth_knows(tmp_path, trade, look):
    """Words of two parts such as ``owner_out`` could come from truth alone; names of Chinese categories too."""
    build(tmp_path / "x", trade=trade, months=1, seed=6, **look)
    categories = table("categories.tsv", ("category", "account_in", "account_out", "cash_in", "cash_out", "control",
                                          "effective", "zh", "en"))
    words = {row["category"] for row in categories if "_" in row["category"]}
    words |= {row["zh"] for row in categories if len(row["zh"]) >= 5} | {"recon", "truth", "simulat", "seed="}
    for path in [p for p in (tmp_path / "x").rglob("*") if p.is_file() and p.parent.name in ("statements", "receipts")]:
        text = text_of(path).lower()
        assert not [word for word in words if word in text.replace("reconsanssc", "")], path.name


def test_a_processors_report_carries_its_balance_from_payments_less_fees_to_payouts(tmp_path):
    build(tmp_path / "x", trade="services", months=2, seed=3, locale="en")
    lines = next((tmp_path / "x" / "statements").glob("*report*.csv")).read_text("utf-8").splitlines()
    rows = [line.split(",") for line in lines[1:]]
    kinds = {row[2] for row in rows}
    assert {"Payment", "Payment fee", "Payout"} <= kinds
    held = Decimal(rows[0][8]) - Decimal(rows[0][7])
    for row in rows:
        held += Decimal(row[7])
        assert held == Decimal(row[8])
    fees = -sum(Decimal(row[7]) for row in rows if row[2] == "Payment fee")
    sold = sum(Decimal(row[7]) for row in rows if row[2] == "Payment")
    assert abs(fees / sold - Decimal("0.0175")) < Decimal("0.0005")


def test_a_jd_bill_names_the_card_that_the_bank_statement_shows_too(tmp_path):
    build(tmp_path / "x", trade="other", months=1, seed=3)
    text = next((tmp_path / "x" / "statements").glob("京东*.csv")).read_text("utf-8-sig")
    body = text[text.index("交易时间,"):].splitlines()[1:]
    assert body
    assert all("中国银行储蓄卡(" in line for line in body)
    bank = text_of(next((tmp_path / "x" / "statements").glob("中国银行*.pdf")))
    for line in body:
        assert f"{Decimal(line.split(',')[3].partition('(')[0]):,}" in bank
