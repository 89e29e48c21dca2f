"""Every reason that the toolkit gives can be read in both languages."""

import re
from pathlib import Path

import pytest

import recon
from recon.classify.reasons import explain

GIVEN = [
    "rule:rent 房租", "goods:restaurant 豆腐", "goods:price 布款", "trade:wholesale 店", "lender 微粒贷",
    "case:owner 张三丰", "case:spouse 李慕白", "case:表弟 王五", "case:lender 赵德柱", "case:asset 压面机",
    "profile:round_then_level", "profile:stated_rent", "profile:same_day_people", "profile:company_pays",
    "profile:company_paid", "profile:people_pay", "profile:repeated_custom", "profile:repeated_supply",
    "profile:same_party sales",
    "small rule:equipment_company 设备", "refund:rule:household_shopping 淘宝", "refund_of S01-P01-L0001",
    "decision line 王经理", "given 房租", "given_unknown 杂七杂八", "account cash", "abstain",
    "abstain sales profile:people_pay", "transfer_account", "transfer_cash", "transfer_wallet", "transfer_name",
    "transfer_amount", "transfer_split", "transfer_unpaired bank-1234", "account_not_handed_in 平安银行(9999)",
    "funding_named", "funding_provider", "settlement wechat", "settlement_fee", "fee_in_remark", "transfer_less_fee",
    "fee_of_transfer", "learned 餐费", "abstain sales learned 货款",
    "abstain sales round_trip",
]


@pytest.mark.parametrize("reason", GIVEN)
def test_a_reason_is_a_sentence_in_both_languages(reason: str) -> None:
    """Neither the code nor a placeholder is left, and the Chinese is Chinese."""
    chinese, english = explain(reason, "zh-CN"), explain(reason, "en")
    assert chinese != english
    assert re.search(r"[一-鿿]", chinese)
    for said in (chinese, english):
        assert not re.search(r"[a-z]+:[a-z_]+|[a-z]_[a-z]|\{", said), said


def test_what_was_meant_is_told() -> None:
    """The words that hit, the category by its name, and the reason inside a reason."""
    assert explain("profile:same_party sales", "en") == "nearly all other lines of this party are “Sales (on account)”"
    assert explain("refund:rule:home 家里", "en").endswith("the words say “家里”")
    assert explain("", "en") == ""


def test_no_reason_in_the_code_is_without_a_sentence() -> None:
    """Every literal that starts a reason in classify and events is among those tried above."""
    tried = {re.split(r"[ :]", reason)[0] for reason in GIVEN}
    root = Path(recon.__file__).parent
    code = "".join(p.read_text(encoding="utf-8") for room in ("classify", "events") for p in (root / room).glob("*.py"))
    families = set(re.findall(r'"((?:rule|goods|trade|case|profile|refund|decision|given|account|lender))[: ]', code))
    transfers = set(re.findall(r'"((?:transfer|funding|settlement)_[a-z]+)"', code))
    assert families <= tried
    assert transfers - {"settlement_unmatched", "funding_unpaired", "transfer_days", "transfer_fee"} <= tried
