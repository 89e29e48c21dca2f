"""Own transfers of months for which a wallet's bill was not handed in are no cash that the wallet lost."""

from recon.core.facts import About, AccountForm, Case, Owner
from recon.core.settings import settings
from recon.events.build import build
from tests.events.byhand import Row, bank, pay, said, wallet

CASE = Case(case=About(trade="retail"), owner=Owner(name="张三丰"))


def bill(month: int) -> list[Row]:
    """A wallet's month from the first to the last days, with one withdrawal to the bank."""
    days = [pay(f"2025-{month:02d}-{day:02d}", 50_000 + day, "*敏", type="收款", direction="收入", status="已收钱")
            for day in (1, 9, 17, 25, 28)]
    out = pay(f"2025-{month:02d}-20", -120_000 - month, "招商银行(1234)", type="提现", direction="/")
    return [*days[:3], out, *days[3:]]


def bankbook(*months: int) -> list[Row]:
    """The bank's side of the withdrawals."""
    return [said(f"2025-{m:02d}-20", 120_000 + m, "支付宝(中国)网络技术有限公司", "支付宝提现") for m in months]


def events(*months: int):
    """Bank over January to April, the wallet's bills of *months*."""
    files = [wallet(f"支付宝{m}.csv", bill(m), "支付宝") for m in months]
    case = Case(case=CASE.case, owner=CASE.owner,
                account=(AccountForm(id="支付宝", kind="wallet", file="支付宝*.csv", opening=0),
                         AccountForm(id="招行", kind="bank", file="bank.csv")))
    return build([bank("bank.csv", bankbook(1, 2, 3, 4)), *files], case, settings())


def test_what_came_from_a_wallet_in_a_month_without_a_bill_is_the_owners_money_and_is_asked_for_by_month() -> None:
    """It came from takings that nobody can see: no income, and no cash that the wallet is short of."""
    frame, _, found = events(1, 2, 4)
    lone = frame[(frame["account"] == "招行") & (frame["paired_with"] == "")]
    assert lone["category"].tolist() == ["owner_in"]
    told = [f for f in found if f.code in ("account_days_not_handed_in", "transfer_unpaired")]
    assert [(f.code, f.params["label"], f.params["months"]) for f in told] == [
        ("account_days_not_handed_in", "支付宝", "2025-03")]


def test_with_every_bill_handed_in_all_is_paired() -> None:
    """A quiet week between two bills is no missing file."""
    frame, _, found = events(1, 2, 3, 4)
    assert (frame.loc[frame["account"] == "招行", "paired_with"] != "").all()
    assert not [f for f in found if f.code in ("account_days_not_handed_in", "transfer_unpaired")]
