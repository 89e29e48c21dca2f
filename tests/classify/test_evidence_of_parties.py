"""Assets of the form, goods by their words, silent lines by their party, refunds turned round, and who named what."""

import datetime as dt

import pandas as pd
import pytest

from recon.classify.classify import classify
from recon.classify.concentration import SUPPLY, concentration, named_by
from recon.core.facts import About, Case, FixedAsset, Loan, Owner
from recon.core.settings import settings
from recon.events.build import build
from recon.reading.result import Reading
from tests.events.byhand import Row, bank, pay, said, wallet

SHOP = Case(case=About(trade="restaurant"), owner=Owner(name="张三丰"))


def named(*readings: Reading, case: Case = SHOP) -> pd.DataFrame:
    """The classified frame."""
    frame, accounts, _ = build(readings, case, settings())
    return classify(frame, case, accounts, settings())[0]


def categories(rows: list[Row], case: Case = SHOP, **more: object) -> list[str]:
    """Categories of a bank account's lines, in order."""
    return named(bank("b.csv", rows, **more), case=case)["category"].tolist()


def owning(**asset: object) -> Case:
    """A case with one fixed asset."""
    one = FixedAsset(name="压面机", **asset)
    return Case(case=About(trade="restaurant"), owner=Owner(name="张三丰"), fixed_asset=(one,))


def test_a_payment_of_the_form_s_cost_near_its_day_bought_the_asset() -> None:
    """The seller's name alone says food."""
    rows = [said("2025-05-14", -680_000, "江州食品机械有限公司"), said("2025-05-15", -680_000, "刘记粮油有限公司")]
    frame = named(bank("b.csv", rows), case=owning(cost=680_000, bought=dt.date(2025, 5, 14)))
    assert frame["category"].tolist() == ["fixed_asset_bought", "purchases"]
    assert frame["reason"].iloc[0] == "case:asset 压面机"


@pytest.mark.parametrize(
    ("day", "amount"), [("2025-09-14", -680_000), ("2025-05-16", -680_001), ("2025-05-16", 680_000)]
)
def test_another_day_amount_or_direction_bought_nothing(day: str, amount: int) -> None:
    """Each of the three must agree."""
    case = owning(cost=680_000, bought=dt.date(2025, 5, 16))
    assert "fixed_asset" not in categories([said(day, amount, "刘记粮油有限公司")], case)[0]


def test_wages_of_the_same_amount_are_no_asset() -> None:
    """Words that surely say something else are not overruled by an amount."""
    case = owning(cost=680_000, bought=dt.date(2025, 5, 16))
    assert categories([said("2025-05-16", -680_000, "", "代发工资")], case) == ["wages"]


def test_a_deposit_and_the_balance_bought_the_asset_together() -> None:
    """Two payments to one company add up to the cost."""
    rows = [said("2025-05-01", -200_000, "宏图贸易有限公司"), said("2025-05-16", -480_000, "宏图贸易有限公司")]
    assert categories(rows, owning(cost=680_000, bought=dt.date(2025, 5, 16))) == ["fixed_asset_bought"] * 2


def test_the_proceeds_of_the_form_sold_the_asset() -> None:
    """A person pays what the form says the machine brought."""
    case = owning(cost=680_000, sold=dt.date(2025, 6, 2), proceeds=150_000)
    assert categories([said("2025-06-03", 150_000, "钱小二", "转账")], case) == ["fixed_asset_sold"]


def test_small_things_from_a_machine_shop_are_no_fixed_assets() -> None:
    """Parts for hundreds of yuan keep the machine running; the machine itself is an asset."""
    rows = [said("2025-05-01", -35_000, "兴达缝纫机门市"), said("2025-05-02", -1_850_000, "兴达缝纫机门市")]
    case = Case(case=About(trade="manufacturing"), owner=Owner(name="张三丰"))
    assert categories(rows, case) == ["repairs", "fixed_asset_bought"]


@pytest.mark.parametrize(("words", "want"), [
    ("茄子 土豆", "cash_purchases"), ("老刘肉铺 五花肉", "cash_purchases"), ("付上月菜款欠款", "purchases"),
    ("家里买菜", "owner_out"), ("员工加班餐", "other_expense"), ("洗碗阿姨工钱", "wages"), ("老王", "unknown_out"),
])
def test_a_restaurant_s_list_of_cash_paid(words: str, want: str) -> None:
    """Food is bought and paid at once unless an account is settled; the household comes before the goods."""
    book = bank("cash.csv", [said("2025-01-05", -5000, "", words)], "", None, kind="cashbook", holder="", name="")
    assert named(book)["category"].tolist() == [want]


@pytest.mark.parametrize(("words", "want"), [
    ("布款", "purchases"), ("螺帽款", "purchases"), ("罚款", "other_expense"), ("转账汇款", "unknown_out"),
    ("还贷款", "loan_repaid"),
])
def test_a_price_of_something_is_a_purchase(words: str, want: str) -> None:
    """…款 after goods is their price; other payments end in 款 too."""
    case = Case(case=About(trade="manufacturing"), owner=Owner(name="张三丰"))
    assert categories([said("2025-01-05", -500_000, "章鱼", words)], case) == [want]


def test_silent_lines_of_a_customer_are_what_the_others_are() -> None:
    """往来款 from a party whose other money is for goods; from a stranger it stays a question."""
    rows = [
        said("2025-01-05", 30_000, "甲乙丙", "货款"), said("2025-01-09", 40_000, "甲乙丙", "货款"),
        said("2025-01-15", 35_000, "甲乙丙", "往来款"), said("2025-01-16", 35_000, "丁戊己", "往来款"),
        said("2025-01-17", -35_000, "甲乙丙", "往来款"),
    ]
    assert categories(rows) == ["sales", "sales", "sales", "unknown_in", "unknown_out"]


def test_a_party_that_is_two_things_says_nothing_of_its_silent_lines() -> None:
    """Half rent, half goods."""
    rows = [
        said("2025-01-05", -30_000, "甲乙丙", "房租"), said("2025-01-09", -40_000, "甲乙丙", "货款"),
        said("2025-01-15", -35_000, "甲乙丙", "往来款"),
    ]
    assert categories(rows)[-1] == "unknown_out"


def test_money_back_from_a_household_s_shop_returns_to_the_household() -> None:
    """The platform's name alone would be a sale, the word refund alone a supplier's."""
    rows = [
        pay("2025-01-05", 4500, "淘宝小店", type="退款", direction="/", description="退款-家庭日用"),
        pay("2025-01-06", 8800, "刘记粮油有限公司", type="退款", direction="/", description="退款-大米"),
    ]
    frame = named(wallet("w.csv", rows))
    assert frame.sort_values("date")["category"].tolist() == ["owner_out", "purchase_refund"]


def test_a_gift_to_a_relative_who_also_lends_is_no_repayment() -> None:
    """Words tell the red packet from the loan."""
    loan = Loan(lender="赵德柱", kind="private")
    case = Case(case=About(trade="restaurant"), owner=Owner(name="张三丰"), loan=(loan,))
    rows = [said("2025-01-05", -20_000, "赵德柱", "微信红包"), said("2025-01-06", -500_000, "赵德柱", "转账")]
    assert categories(rows, case) == ["owner_out", "private_loan_repaid"]


def test_cash_paid_in_under_the_owner_s_own_name_is_takings() -> None:
    """The name beside a deposit at the counter is the holder's: no owner's money, no transfer."""
    frame = named(bank("b.csv", [said("2025-01-05", 80_000, "张三丰", "现金存入")]))
    assert frame["category"].tolist() == ["cash_deposited"]


def test_concentration_tells_the_largest_and_its_share() -> None:
    """Refunds come off; a wallet full of strangers counts in the total only as far as it is named."""
    rows = [
        said("2025-01-05", 60_000, "甲食品有限公司", "货款"), said("2025-02-05", 30_000, "乙食品有限公司", "货款"),
        said("2025-02-06", -10_000, "甲食品有限公司", "退货款"), said("2025-02-07", -20_000, "丙粮油有限公司", "货款"),
    ]
    frame = named(bank("b.csv", rows))
    custom, supply = concentration(frame), concentration(frame, SUPPLY)
    assert (custom.total, custom.parties, custom.largest, custom.few) == (80_000, 2, 0.625, 1.0)
    assert custom.table["party"].tolist() == ["甲食品有限公司", "乙食品有限公司"]
    assert (supply.total, supply.largest) == (20_000, 1.0)


def test_concentration_of_nothing_is_nothing() -> None:
    """No sales: no largest customer."""
    empty = concentration(named(bank("b.csv", [said("2025-01-05", -60_000, "", "房租")])))
    assert (empty.total, empty.parties, empty.largest) == (0, 0, None)


def test_who_named_the_value_adds_up_to_all_of_it() -> None:
    """Rule, case and nobody, by value."""
    rows = [
        said("2025-01-05", -60_000, "", "房租"), said("2025-01-06", -30_000, "张三丰"),
        said("2025-01-07", -10_000, "某某"),
    ]
    table = named_by(named(bank("b.csv", rows))).set_index("by")
    assert table["share"].to_dict() == {"rule": 0.6, "pair": 0.3, "nobody": 0.1}


def test_money_in_by_a_way_of_paying_merchants_is_no_income() -> None:
    """The wallet gave back a purchase to the card, and nobody handed in the wallet's bill."""
    parties = ("财付通-顺心大药房", "财付通-客户张先生")
    rows = [said(f"2025-01-0{n}", 8886, party, "快捷支付") for n, party in enumerate(parties, 5)]
    assert categories(rows) == ["owner_out", "unknown_in"]
