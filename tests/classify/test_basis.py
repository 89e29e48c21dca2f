"""How well a line is known: what agrees with an independent source is corroborated, and nothing more than that."""

import numpy as np
import pandas as pd

from recon.classify.classify import classify
from recon.core.facts import About, AccountForm, Case, Owner
from recon.core.settings import settings
from recon.events.build import build
from recon.events.matching import match
from recon.reading.result import Reading, Receipt
from tests.events.byhand import Row, bank, pay, said, wallet

OUT = {"type": "零钱提现", "method": "招商银行(1234)", "direction": "/", "status": "提现已到账"}


def take(day: str, amount: int, time: str = "12:00:00") -> Row:
    """A customer's payment into the wallet."""
    return pay(day, amount, "顾客", type="二维码收款", direction="收入", time=time)


def drawn(day: str, amount: int) -> Row:
    """A withdrawal from the wallet to the bank."""
    return day, -amount, OUT | {"counterparty": "招商银行", "time": "20:00:00"}


def known(*readings: Reading, opening: int | None = None, closing: int | None = None) -> pd.DataFrame:
    """The classified frame of a restaurant whose form states the wallet's balances."""
    form = AccountForm(id="wechat", kind="wallet", file="w.csv", opening=opening, closing=closing)
    case = Case(case=About(trade="restaurant"), owner=Owner(name="张三丰"), account=(form,))
    frame, accounts, _ = build(readings, case, settings())
    matches, _ = match(readings, frame, case, accounts, settings())
    return classify(frame, case, accounts, settings(), (), matches)[0]


def of_wallet(frame: pd.DataFrame) -> list[tuple[int, str]]:
    """Amount and basis of the wallet's rows, in order of day."""
    rows = frame[frame["account_kind"] == "wallet"].sort_values(["date", "time"], kind="stable")
    return list(zip(rows["amount"].tolist(), rows["basis"].tolist(), strict=True))


def test_a_wallet_that_closes_on_the_stated_balances_is_corroborated() -> None:
    """Opening 10, in 50, out 20: the telephone shows 40."""
    rows = [take("2025-01-03", 5000), pay("2025-01-04", -2000, "粮油店")]
    assert {b for _, b in of_wallet(known(wallet("w.csv", rows), opening=1000, closing=4000))} == {"corroborated"}


def test_a_cent_off_and_nothing_closes() -> None:
    """A balance that nearly fits agrees with nothing."""
    rows = [take("2025-01-03", 5000), pay("2025-01-04", -2000, "粮油店")]
    assert {b for _, b in of_wallet(known(wallet("w.csv", rows), opening=1000, closing=4001))} == {"stated"}


def test_receipts_that_reached_the_proven_bank_are_corroborated_in_their_order() -> None:
    """30 and 40 come in; the bank shows 50 from the wallet: the first is covered whole, the second only in part."""
    rows = [take("2025-01-03", 3000), take("2025-01-04", 4000), drawn("2025-01-05", 5000), take("2025-01-06", 900)]
    frame = known(bank("b.csv", [said("2025-01-05", 5000, "财付通", "零钱提现")]), wallet("w.csv", rows))
    assert of_wallet(frame) == [
        (3000, "corroborated"), (4000, "stated"), (-5000, "corroborated"), (900, "stated"),
    ]


def test_what_the_wallet_held_and_spent_before_takes_its_turn_first() -> None:
    """The opening balance went to the bank first, and spending takes receipts that support nothing."""
    rows = [
        take("2025-01-03", 3000), pay("2025-01-03", -3500, "粮油店", time="13:00:00"), take("2025-01-04", 4000),
        drawn("2025-01-05", 4000),
    ]
    frame = known(
        bank("b.csv", [said("2025-01-05", 4000, "财付通", "零钱提现")]), wallet("w.csv", rows), opening=1000
    )
    assert dict(of_wallet(frame)) == {3000: "stated", -3500: "stated", 4000: "stated", -4000: "corroborated"}


def test_a_withdrawal_that_no_proven_statement_shows_supports_nothing() -> None:
    """The bank's export has no balances: one unproven file beside another."""
    rows = [take("2025-01-03", 3000), drawn("2025-01-05", 3000)]
    frame = known(bank("b.csv", [said("2025-01-05", 3000, "财付通", "零钱提现")], opening=None), wallet("w.csv", rows))
    assert of_wallet(frame) == [(3000, "stated"), (-3000, "corroborated")]


def test_a_receipt_of_the_same_amount_and_party_corroborates_a_line() -> None:
    """The stall's slip and the wallet's line are two sources."""
    slip = Receipt(np.datetime64("2025-01-04"), 2000, seller="粮油店")
    paper = Reading("r.jpg", "receipt", "unprovable", "x", receipts=(slip,))
    frame = known(wallet("w.csv", [pay("2025-01-04", -2000, "粮油店"), pay("2025-01-04", -2100, "粮油店")]), paper)
    assert of_wallet(frame) == [(-2000, "corroborated"), (-2100, "stated")]
