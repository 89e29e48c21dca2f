"""A provider's payout without its line in the export is a transfer, told by the payouts that have theirs."""

import datetime as dt

import pandas as pd

from recon.core.facts import About, Case, Owner
from tests.events.byhand import Row, bank, pay, said, wallet
from tests.events.test_build import events

CASE = Case(case=About(from_=dt.date(2025, 1, 1), to=dt.date(2025, 3, 31)), owner=Owner(name="张三丰"))


def _paid_out(lone: list[Row], pairs: int = 6, words: str = "ACQUIRA PAYOUT REF") -> tuple[pd.DataFrame, set[str]]:
    """*pairs* payouts that both sides show, and *lone* lines of the bank, with the codes of the findings."""
    days = [str(dt.date(2025, 1, 2) + dt.timedelta(7 * week)) for week in range(pairs)]
    export = [pay(day, -1000 - n, "", type="Payout", description="transfer to bank") for n, day in enumerate(days)]
    takings = [pay("2025-01-01", 900_000, "", type="Payment", description="Card sale"),
               pay("2025-03-31", 100, "", type="Payment", description="Card sale")]
    rows = [said(day, 1000 + n, "", f"{words} A{n}77") for n, day in enumerate(days)]
    ends = [said("2025-01-01", 5, "刘记"), said("2025-03-31", 5, "刘记")]
    file = bank("b.csv", sorted([*rows, *lone, *ends], key=lambda row: row[0]))
    frame, _, codes = events(wallet("w.csv", [*takings[:1], *export, *takings[1:]], "Acquira"), file, case=CASE)
    return frame[(frame["account_kind"] == "bank") & (frame["amount"] > 100)], set(codes)


def test_a_lone_payout_is_a_transfer_and_asked_for() -> None:
    """In the middle of the period the export should show it."""
    rows, codes = _paid_out([said("2025-02-18", 4321, "", "ACQUIRA PAYOUT REF B9")])
    assert set(rows["category"]) <= {"own_transfer", "wallet_top_up"}
    assert "transfer_unpaired" in codes


def test_a_payout_of_the_days_before_the_period_was_in_transit() -> None:
    """It left the provider before the first day."""
    rows, codes = _paid_out([said("2025-01-01", 4321, "", "ACQUIRA PAYOUT REF B9")])
    assert set(rows["category"]) <= {"own_transfer", "wallet_top_up"}
    assert "arrived_in_transit" in codes


def test_other_words_or_too_few_pairs_prove_nothing() -> None:
    """A customer's line is none; nor is a wording that is as often somebody else's."""
    rows, _ = _paid_out([said("2025-02-18", 4321, "", "HOLT INVOICE B9")])
    assert rows.loc[rows["amount"] == 4321, "category"].tolist() == [""]
    lone = [said(f"2025-02-{day}", 4321, "", "ACQUIRA PAYOUT REF B9") for day in (17, 18, 20)]
    rows, _ = _paid_out(lone)
    assert set(rows.loc[rows["amount"] == 4321, "category"]) == {""}


def test_a_supplier_whom_a_bank_often_paid_through_the_wallet_is_no_payout() -> None:
    """A card-funded purchase pairs with the bank's line too; one without its wallet line stays a purchase."""
    days = [f"2025-01-{day:02d}" for day in range(2, 8)]
    bill = [pay(day, -500 - n, "刘记粮油", "招商银行(1234)") for n, day in enumerate(days)]
    lines = [said(day, -500 - n, "财付通-刘记粮油", "快捷支付") for n, day in enumerate(days)]
    lines += [said("2025-02-18", -4321, "财付通-刘记粮油", "快捷支付"), said("2025-03-31", 5, "王五")]
    frame, _, codes = events(wallet("w.csv", bill), bank("b.csv", lines), case=CASE)
    assert frame.loc[frame["amount"] == -4321, "category"].tolist() == [""]
    assert "transfer_unpaired" not in codes
