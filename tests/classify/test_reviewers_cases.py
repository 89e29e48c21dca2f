"""Words of real folders that were once misread, one by one, with the category that a reviewer gives them."""

import pytest

from recon.classify.classify import classify
from recon.core.facts import About, Case, Owner
from recon.core.settings import settings
from recon.events.build import build
from tests.events.byhand import bank, said


def category(trade: str, amount: int, party: str, words: str) -> str:
    """What one line alone is taken for."""
    case = Case(case=About(trade=trade), owner=Owner(name="诸葛孔明"))
    frame, accounts, _ = build([bank("a.csv", [said("2025-03-05", amount, party, words)])], case, settings())
    return str(classify(frame, case, accounts, settings())[0]["category"].iloc[0])


@pytest.mark.parametrize(("trade", "amount", "party", "words", "wanted"), [
    ("retail", -500_000, "杭州阿里妈妈软件服务有限公司", "万相台充值", "marketing"),
    ("retail", -268_000, "建设银行个贷中心", "转账支取 房贷", "owner_out"),
    ("services", 800_000, "瑞景酒店有限公司", "转账存入 退质保金", "sales"),
    ("services", -42_000, "", "面包车加油", "travel"),
    ("services", -5_200, "", "员工午饭", "other_expense"),
    ("services", -21_000, "", "工地午餐", "other_expense"),
    ("retail", -60_000, "华润万家", "快捷支付 消费", "owner_out"),
    ("restaurant", 41_000, "STRIPE TRANSFER", "ACH CREDIT STRIPE TRANSFER ST-10397", "sales"),
])
def test_a_line_alone_says_what_it_is(trade: str, amount: int, party: str, words: str, wanted: str) -> None:
    """No neighbour helps it."""
    assert category(trade, amount, party, words) == wanted


@pytest.mark.parametrize("party", ["李建国", "陈阿三果业", "Harriet Vane"])
def test_money_to_somebody_is_never_taken_for_cash_drawn_by_likeness(party: str) -> None:
    """转账支取 is a bank's word for any payment out; a payment to a named party is none of cash."""
    assert category("other", -121_000, party, "转账支取 西瓜") != "cash_withdrawn"
    assert category("other", -121_000, party, "THANK YOU") not in {"private_loan_repaid", "loan_repaid"}
