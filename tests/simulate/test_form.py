"""The case form is filled in the contract's words, and leaves one unknown at most in every control account."""

import shutil
import tomllib
from collections import defaultdict
from decimal import Decimal

import msgspec
import pytest

from recon.core import facts
from recon.core.errors import ReconError
from recon.core.knowledge import folder
from recon.core.words import tell
from recon.simulate.answers import rounded
from recon.simulate.build import build
from recon.simulate.profile import profile


def known_keys(struct):
    return {field.encode_name: field.type for field in msgspec.structs.fields(struct)}


def inner(kind):
    """The struct inside ``Struct | None`` or ``tuple[Struct, ...]``, or None."""
    for part in (kind, *getattr(kind, "__args__", ())):
        if isinstance(part, type) and issubclass(part, msgspec.Struct):
            return part
    return None


def unknown_keys(data, struct, path=""):
    keys = known_keys(struct)
    for key, value in data.items():
        if key not in keys:
            yield path + key
        elif (child := inner(keys[key])) is not None:
            for item in value if isinstance(value, list) else [value]:
                yield from unknown_keys(item, child, f"{path}{key}.")


def test_the_form_uses_no_key_that_the_contract_has_not(one):
    assert list(unknown_keys(one.form, facts.Case)) == []


def test_every_statement_belongs_to_one_account_of_the_form(one):
    found = [path for account in one.form["account"] for path in one.folder.glob(account["file"])]
    assert sorted(found) == sorted((one.folder / "statements").iterdir())


def test_detail_adds_up_to_its_position(one):
    closing = {key: Decimal(value) for key, value in one.form["closing"].items()}
    for detail, position in (("receivable", "receivables"), ("payable", "payables"), ("stock", "inventory")):
        rows = one.form.get(detail, [])
        assert sum((Decimal(row["amount"]) for row in rows), Decimal(0)) == closing[position]
    for kind, position in (("prepaid", "prepaid_expenses"), ("accrued", "accrued_expenses")):
        for end in ("opening", "closing"):
            rows = [r for r in one.form["adjust"].get("accrual", []) if r["kind"] == kind and r["at"] == end]
            assert sum((Decimal(r["amount"]) for r in rows), Decimal(0)) == Decimal(one.form[end][position])
    assert sum(Decimal(loan["closing"]) for loan in one.form["loan"]) == -Decimal(
        sum(Decimal(v["closing"]) for k, v in one.truth["ledger"].items() if k.startswith("2001")))


def paid(lived):
    """What the evidence shows, by true category, and the truth that no evidence shows."""
    sums = defaultdict(Decimal)
    for event in lived.truth["events"]:
        for row in event["rows"]:
            sums[row["category"], row["account"] == "cash"] += Decimal(row["amount"])
    return sums


def shown(sums, *categories, cash=None):
    return sum(amount for (category, hand), amount in sums.items() if category in categories and cash in (None, hand))


def test_evidence_and_form_leave_one_unknown_in_each_control_account(one):
    """Receivables give credit sales, payables purchases, stock its cost, cash the cash sales: each by method §5."""
    opening, closing = ({k: Decimal(v) for k, v in one.form[end].items()} for end in ("opening", "closing"))
    adjust = {k: Decimal(v) for k, v in one.form["adjust"].items() if isinstance(v, str) and v[0].isdigit()}
    figures = {k: Decimal(v) for k, v in one.truth["figures"].items()}
    sums = paid(one)
    refunds = -shown(sums, "sales_refund")
    credit_sales = (shown(sums, "sales") + adjust.get("discount_allowed", 0) + adjust.get("bad_debts", 0)
                    + closing["receivables"] - opening["receivables"] + opening["advances"] - closing["advances"])
    assert credit_sales == figures["credit_sales"]
    cash_sales = (closing["cash"] - opening["cash"] - shown(sums, "cash_withdrawn", cash=True)
                  + (shown(sums, "cash_withdrawn", cash=False) if not shown(sums, "cash_withdrawn", cash=True) else 0)
                  + shown(sums, "cash_deposited", cash=False)
                  - sum(v for (c, hand), v in sums.items() if hand and c not in ("cash_withdrawn", "cash_deposited")))
    assert cash_sales == figures["cash_sales"]
    assert bool(cash_sales) == ("cash_sales" in one.form["case"].get("unknown", []))
    assert credit_sales + cash_sales - refunds == figures["total_sales"]
    credit_purchases = (-shown(sums, "purchases") + closing["payables"] - opening["payables"]
                        - closing["prepayments"] + opening["prepayments"])
    assert credit_purchases == figures["credit_purchases"]
    cost = (opening["inventory"] + credit_purchases - shown(sums, "cash_purchases", "direct_costs", "purchase_refund")
            - adjust.get("goods_taken_by_owner", 0) - closing["inventory"])
    assert cost == figures["cost_of_goods_sold"]


def test_depreciation_follows_from_the_assets_listed(one):
    """Straight line on cost less residual, a month's share from the month after purchase (to the cent a month)."""
    first, last = one.form["case"]["from"], one.form["case"]["to"]
    total = Decimal(0)
    for asset in one.form["fixed_asset"]:
        base = Decimal(asset["cost"]) - Decimal(asset["residual"])
        worn = []
        for day in (first, last):
            months = (day.year - asset["bought"].year) * 12 + day.month - asset["bought"].month - (day == first)
            worn.append(base * min(max(months, 0), asset["life_months"]) / asset["life_months"])
        total += worn[1] - worn[0]
    assert abs(total - Decimal(one.truth["figures"]["depreciation"])) <= Decimal("0.01") * len(one.form["fixed_asset"])


def test_an_owner_speaks_in_two_figures():
    assert [rounded(n) for n in (5_230_000, 4_449_00, 950, 0, -123_456_00)] == ["52000", "4400", "10", "0", "-120000"]


def test_the_form_speaks_english_when_asked(tmp_path):
    build(tmp_path / "x", trade="services", months=1, seed=3, language="en")
    text = (tmp_path / "x" / "case.toml").read_text("utf-8")
    form = tomllib.loads(text)
    assert form["case"]["language"] == "en"
    assert form["request"]["purpose"].isascii()
    assert text.startswith("# Case form of a simulated business")


@pytest.mark.parametrize(("change", "word"), [
    (("stock_days", "stock_dais"), "stock_dais"), (('kind = "wallet"', 'kind = "purse"'), "purse"),
])
def test_a_slip_in_a_trades_file_is_named(tmp_path, monkeypatch, change, word):
    place = tmp_path / "templates"
    shutil.copytree(folder("templates") / "simulate", place / "simulate")
    path = place / "simulate" / "retail.toml"
    path.write_text(path.read_text("utf-8").replace(*change, 1), encoding="utf-8")
    monkeypatch.setenv("RECON_TEMPLATES", str(place))
    folder.cache_clear()
    try:
        with pytest.raises(ReconError) as slip:
            profile("retail")
    finally:
        monkeypatch.undo()
        folder.cache_clear()
    assert slip.value.code == "bad_trade"
    assert word in tell("en", slip.value)
