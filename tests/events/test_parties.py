"""A party's cell is read as name and number, and the business's own name is never somebody else's."""

import pandas as pd
import pytest

from recon.classify.classify import classify
from recon.core.facts import About, AccountForm, Case, Owner
from recon.core.settings import settings
from recon.events.build import build
from recon.events.marks import is_own
from recon.events.parties import parted
from tests.events.byhand import Row, bank, pay, said, wallet

FIRM, FIRM_NUMBER, OWN_NUMBER = "江州利丰五金批发有限公司", "3205971476248507577", "6214839233446384"
CASE = Case(
    case=About(name=FIRM, trade="wholesale"), owner=Owner(name="万强"),
    account=(AccountForm(id="firm", kind="bank", number=FIRM_NUMBER, file="firm*", holder=FIRM),
             AccountForm(id="own", kind="bank", number=OWN_NUMBER, file="own*", holder="万强")),
)


@pytest.mark.parametrize(("cell", "name", "number"), [
    ("利丰五金 320597147624 8507577", "利丰五金", "3205971476248507577"),
    ("利丰五金3205971476\n248507577", "利丰五金", "3205971476248507577"),
    ("张三/6222****1234", "张三", "6222****1234"),
    ("6225 0000 0000 1234 张三", "张三", "6225000000001234"),
    ("刘记粮油（6225000000001234）", "刘记粮油", "6225000000001234"),
    ("J Doe 20-83-48 28950077", "J Doe", "20834828950077"),
    ("7-Eleven 1234", "7-Eleven 1234", ""),
    ("ACME LTD 20250103 000123", "ACME LTD 20250103 000123", ""),
    ("ACME INV1234567890", "ACME INV1234567890", ""),
    ("123456789012345", "123456789012345", ""),
    ("万强", "万强", ""),
    ("", "", ""),
])
def test_a_wrapped_number_beside_a_name_is_one_number(cell: str, name: str, number: str) -> None:
    """References, shop numbers and numbers alone stay what they are."""
    assert parted(cell, "") == (name, number)


@pytest.mark.parametrize(("party", "own"), [
    (FIRM, True), (f"{FIRM}南京分公司", True), ("利丰五金批发有限公司", False), ("万强", True), ("万强五金店", False),
    ("bridgeway trade supplies", True), ("bridgeway trade supplies ltd main account", True),
    ("bridgeway trade supplies limitless", False), ("tessa singh", True), ("tessa singh catering supplies", False),
])
def test_a_firm_is_itself_whatever_its_bank_writes_behind_its_name(party: str, own: bool) -> None:  # noqa: FBT001 - drawn
    """A person's name begins other firms' names, a firm's whole name does not."""
    assert is_own(party, (FIRM, "万强", "bridgeway trade supplies ltd", "tessa singh")) is own


def _classified(*files: tuple[str, list[Row], str, str]) -> pd.DataFrame:
    readings = [bank(name, rows, number, holder=holder) for name, rows, number, holder in files]
    frame, accounts, _ = build(readings, CASE, settings())
    return classify(frame, CASE, accounts, settings())[0]


def test_transfers_between_the_firm_and_its_owner_are_paired_though_the_number_is_wrapped() -> None:
    """Neither is the firm its own supplier nor the transfer the owner's capital."""
    firm = [said("2025-01-06", 11_000_000, "万强", "汇入汇款")]
    own = [said("2025-01-06", -11_000_000, f"{FIRM} 320597147624 8507577", "转账汇款")]
    frame = _classified(("firm.xml", firm, FIRM_NUMBER, FIRM), ("own.pdf", own, OWN_NUMBER, "万强"))
    assert set(frame["category"]) == {"own_transfer"}
    assert (frame["paired_with"] != "").all()


@pytest.mark.parametrize("amount", [-120_000, 120_000])
@pytest.mark.parametrize("words", ["货款", "五金 材料款", "进货", "现金 货款"])
@pytest.mark.parametrize("party", [FIRM, f"{FIRM} 基本户", "万强"])
def test_the_own_name_is_neither_supplier_nor_customer(party: str, words: str, amount: int) -> None:
    """With the other end nowhere to be seen it is the owner's money or an open transfer, whatever the words say."""
    frame = _classified(("own.pdf", [said("2025-01-06", amount, party, words)], OWN_NUMBER, "万强"))
    assert frame["category"].tolist()[0] in {
        "owner_in", "owner_out", "own_transfer", "cash_withdrawn", "cash_deposited", "unknown_in", "unknown_out"
    }


def test_a_wallet_payment_to_the_own_code_by_an_own_card_is_no_purchase() -> None:
    """The bank's side is the transfer; what the wallet paid itself stays the owner's money."""
    readings = [wallet("wx.xlsx", [pay("2025-01-06", -5_000, FIRM, "招商银行(1234)", description="五金 货款")])]
    frame, accounts, _ = build(readings, CASE, settings())
    assert classify(frame, CASE, accounts, settings())[0]["category"].tolist() == ["owner_out"]
