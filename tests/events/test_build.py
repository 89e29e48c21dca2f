"""Each economic event counts once: merged files, paired transfers, linked refunds, and what is missing is named."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from recon.core.facts import About, AccountForm, Case, Owner
from recon.core.settings import settings
from recon.core.tables import TRANSACTIONS, verify
from recon.core.words import known, tell
from recon.events.accounts import Accounts
from recon.events.build import build
from recon.reading.result import Reading
from tests.events.byhand import CASE, Row, bank, pay, said, wallet

SETTINGS = settings()


def events(*readings: Reading, case: Case = CASE) -> tuple[pd.DataFrame, Accounts, dict[str, list[dict[str, object]]]]:
    """The frame by id, the accounts, and the findings' parameters by code."""
    frame, accounts, found = build(readings, case, SETTINGS)
    verify(frame, TRANSACTIONS)
    assert frame["id"].is_unique
    for finding in found:
        assert known(f"finding.{finding.code}")
        assert tell("zh-CN", finding) != tell("en", finding)
    codes: dict[str, list[dict[str, object]]] = {}
    for finding in found:
        codes.setdefault(finding.code, []).append(dict(finding.params))
    return frame.set_index("id", drop=False), accounts, codes


def counted(frame: pd.DataFrame) -> list[tuple[str, int]]:
    """Days and amounts of the rows that count, sorted."""
    live = frame[frame["set_aside"] == ""]
    return sorted(zip(live["date"].dt.strftime("%Y-%m-%d"), live["amount"], strict=True))


def test_no_evidence_gives_an_empty_table() -> None:
    """An empty folder is no reason to stop."""
    frame, accounts, codes = events()
    assert (len(frame), accounts, codes) == (0, (), {})


def test_refused_files_have_no_rows() -> None:
    """A refused file takes no part."""
    frame, accounts, _ = events(Reading("x.pdf", "unknown", "refused", "locked"))
    assert (len(frame), accounts) == (0, ())


# --- accounts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("second", ["6225000000001234", "6225****1234", "************1234", "1234"])
def test_full_masked_and_last_four_digits_are_one_account(second: str) -> None:
    """Two months of one account, its number printed in full and otherwise."""
    first = bank("1.csv", [said("2025-01-05", 100)])
    later = bank("2.csv", [said("2025-02-05", 200)], second, 1_000_100)
    _, accounts, _ = events(first, later)
    assert [(own.files, own.opening, own.closing) for own in accounts] == [(("1.csv", "2.csv"), 1_000_000, 1_000_300)]


def test_two_accounts_of_one_bank_stay_two() -> None:
    """Different numbers are different accounts, whatever else agrees."""
    _, accounts, _ = events(
        bank("1.csv", [said("2025-01-05", 100)]), bank("2.csv", [said("2025-02-05", 2)], "6225000000005678")
    )
    assert len(accounts) == 2


def test_a_masked_number_that_fits_two_accounts_founds_its_own() -> None:
    """Guessing would mix two accounts up."""
    one, two = "6225000000001234", "6217000000001234"
    files = [bank("1.csv", [said("2025-01-05", 1)], one), bank("2.csv", [said("2025-01-05", 1)], two, name="建设银行")]
    _, accounts, _ = events(*files, bank("3.csv", [said("2025-03-05", 1)], "1234", name="农业银行"))
    assert len(accounts) == 3


def test_files_without_numbers_join_by_their_balances() -> None:
    """One month's closing balance is the next month's opening balance."""
    files = [bank("jan.csv", [said("2025-01-05", 100)], "", 777, holder="", name="")]
    files += [bank("second.csv", [said("2025-02-05", 5)], "", 877, holder="", name="")]
    files += [bank("other.csv", [said("2025-02-05", 5)], "", 5, holder="", name="")]
    _, accounts, _ = events(*files)
    assert sorted(own.files for own in accounts) == [("jan.csv", "second.csv"), ("other.csv",)]


def test_the_case_form_names_accounts_by_glob_and_gives_balances() -> None:
    """The form's id, kind and balances hold where the file prints none."""
    form = AccountForm(id="till", kind="cash", file="statements/**/till*.csv", opening=500, closing=900)
    case = Case(case=About(), account=(form,))
    file = bank("statements/2025/till-01.csv", [said("2025-01-05", 400)], "", None, holder="", name="")
    frame, accounts, _ = events(file, case=case)
    assert [(own.id, own.kind, own.opening, own.closing) for own in accounts] == [("till", "cash", 500, 900)]
    assert set(frame["account_kind"]) == {"cash"}


def test_an_account_of_the_form_that_nobody_handed_in_is_known_without_files() -> None:
    """Its number still tells transfers to it apart."""
    case = Case(case=About(), account=(AccountForm(id="icbc", number="6222020200005678"),), owner=Owner(name="张三丰"))
    rows = [said("2025-01-05", -300, "张三丰", "转账", counterparty_account="6222020200005678")]
    frame, accounts, codes = events(bank("a.csv", rows), case=case)
    assert [own.files for own in accounts if own.id == "icbc"] == [()]
    assert codes["account_not_handed_in"][0]["label"] == "icbc"
    assert frame["category"].tolist() == ["owner_out"]


def test_balances_are_rolled_to_the_bounds_of_the_period() -> None:
    """Lines before and after the period count into the balances and nowhere else."""
    case = Case(case=About(from_=dt.date(2025, 2, 1), to=dt.date(2025, 2, 28)))
    rows = [said("2025-01-31", 10), said("2025-02-01", 100), said("2025-02-28", 1000), said("2025-03-01", 5)]
    frame, accounts, codes = events(bank("a.csv", rows, opening=0), case=case)
    assert (accounts[0].opening, accounts[0].closing) == (10, 1110)
    assert counted(frame) == [("2025-02-01", 100), ("2025-02-28", 1000)]
    assert codes["out_of_period"][0]["count"] == 2


def test_an_account_that_did_not_move_in_the_period_keeps_its_balance() -> None:
    """No line in the period: opening is closing is the last balance before it."""
    case = Case(case=About(from_=dt.date(2025, 2, 1), to=dt.date(2025, 2, 28)))
    _, accounts, _ = events(bank("a.csv", [said("2025-01-15", 10)], opening=0), case=case)
    assert (accounts[0].opening, accounts[0].closing) == (10, 10)


def test_foreign_currency_is_set_aside_and_named() -> None:
    """Nothing is converted and nothing is dropped in silence."""
    frame, _, codes = events(
        bank("usd.csv", [said("2025-01-15", 1050)], currency="USD"), bank("a.csv", [said("2025-01-15", 1)], "99887766")
    )
    assert frame.loc[frame["file"] == "usd.csv", "set_aside"].tolist() == ["foreign_currency"]
    assert codes["foreign_currency"][0]["money_in"] == "10.50"


# --- duplicates -----------------------------------------------------------------------------------------------------


def test_two_equal_payments_in_one_file_stay_two() -> None:
    """Without balances, times and orders even: one file never repeats itself."""
    rows = [said("2025-01-05", -500, "刘记", "货款"), said("2025-01-05", -500, "刘记", "货款")]
    frame, _, _ = events(bank("a.csv", rows, opening=None))
    assert counted(frame) == [("2025-01-05", -500)] * 2


def test_overlapping_exports_merge_by_row() -> None:
    """Two real equal payments stand twice in both exports and stay two; the overlap counts once."""
    rows = [said("2025-01-05", -500, "刘记"), said("2025-01-05", -500, "刘记"), said("2025-01-06", 70, "王五")]
    later = [*rows[1:], said("2025-01-07", -9, "李四")]
    frame, accounts, codes = events(bank("a.csv", rows), bank("b.csv", later, opening=999_500))
    assert counted(frame) == [("2025-01-05", -500)] * 2 + [("2025-01-06", 70), ("2025-01-07", -9)]
    assert codes["duplicates_merged"][0]["count"] == 2
    assert accounts[0].closing == 1_000_000 - 1000 + 70 - 9


def test_the_same_month_in_two_formats_counts_once_and_keeps_all_texts() -> None:
    """One export prints the party, the other breaks the words differently and prints no balance."""
    rows = [
        ("2025-01-05", -500, "刘记粮油", "货款 一月"),
        ("2025-01-06", 70, "王五", "餐费"),
        ("2025-01-09", 70, "赵六", "餐费"),
    ]
    full = bank("a.csv", [said(d, a, p, w) for d, a, p, w in rows])
    bare = bank(
        "b.pdf",
        [said(d, a, "", w[:1] + " " + w[1:], order=str(n)) for n, (d, a, _, w) in enumerate(rows)],
        "1234",
        None,
    )
    frame, _, _ = events(full, bare)
    assert counted(frame) == [("2025-01-05", -500), ("2025-01-06", 70), ("2025-01-09", 70)]
    assert frame.loc[frame["set_aside"] == "", "order"].tolist() == ["0", "1", "2"]


def test_a_day_split_over_two_files_is_not_taken_for_a_repetition() -> None:
    """The morning's and the afternoon's equal payment differ in time."""
    morning = wallet("a.csv", [pay("2025-01-05", -500, "刘记", time="09:00:00")])
    evening = wallet("b.csv", [pay("2025-01-05", -500, "刘记", time="19:00:00")])
    frame, _, _ = events(morning, evening)
    assert counted(frame) == [("2025-01-05", -500)] * 2


ROW = st.tuples(st.integers(1, 90), st.sampled_from([-500, -500, 500, 1200, 7]), st.sampled_from(["刘记", "王五", ""]))


def _rows(drawn: list[tuple[int, int, str]]) -> list[Row]:
    start = dt.date(2025, 1, 1)
    return [
        said(str(start + dt.timedelta(day)), amount, party) for day, amount, party in sorted(drawn, key=lambda r: r[0])
    ]


def _key(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    live = frame[frame["set_aside"] == ""]
    return sorted(zip(live["date"], live["amount"], live["counterparty"], live["category"], strict=True))


@pytest.mark.slow
@effort(max_examples=30, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=25), st.integers(1, 89), st.integers(0, 30), st.booleans())
def test_splitting_repeating_and_ordering_files_changes_nothing(
    drawn: list[tuple[int, int, str]],
    cut: int,
    overlap: int,
    turn: bool,  # noqa: FBT001 - drawn
) -> None:
    """One file, the same file twice, or two overlapping halves in any order: the same events and balances."""
    rows = _rows(drawn)
    whole, accounts, _ = events(bank("a.csv", rows))
    edge, back = str(dt.date(2025, 1, 1) + dt.timedelta(cut)), str(dt.date(2025, 1, 1) + dt.timedelta(cut - overlap))
    first = [row for row in rows if row[0] <= edge]
    second = [row for row in rows if row[0] >= back]
    left = sum(row[1] for row in rows if row[0] < back)
    files = [bank("a.csv", first), bank("b.csv", second, "6225****1234", 1_000_000 + left)]
    halves, again, _ = events(*[f for f in (files[::-1] if turn else files) if len(f.accounts[0].lines)])
    twice, _, _ = events(bank("a.csv", rows), bank("copy.csv", rows))
    assert _key(whole) == _key(halves) == _key(twice)
    assert (accounts[0].opening, accounts[0].closing) == (again[0].opening, again[0].closing)


# --- transfers ------------------------------------------------------------------------------------------------------


def test_a_card_funded_wallet_payment_is_one_event() -> None:
    """The wallet's row is the event and names the account; the bank's row is the transfer."""
    frame, _, codes = events(
        bank("b.csv", [said("2025-01-03", -2816, "财付通", "快捷支付 粮油店")]),
        wallet("w.csv", [pay("2025-01-03", -2816, "粮油店", "招商银行(1234)")]),
    )
    event, transfer = frame.loc["S02-P01-L0001"], frame.loc["S01-P01-L0001"]
    assert (event["funded_by"], event["paired_with"], event["category"]) == ("bank-1234", transfer["id"], "")
    assert (transfer["paired_with"], transfer["category"]) == (event["id"], "own_transfer")
    assert not codes


def test_a_wallet_withdrawal_reaches_the_bank_less_its_fee() -> None:
    """The fee becomes a row of its own; both rows add to what the bill prints."""
    row = (
        "2025-01-04",
        100_100,
        {"type": "零钱提现", "method": "招商银行", "status": "提现已到账", "direction": "/", "remark": "服务费¥1.00"},
    )
    frame, _, _ = events(bank("b.csv", [said("2025-01-05", 100_000, "财付通", "零钱提现")]), wallet("w.csv", [row]))
    own = frame[frame["account_kind"] == "wallet"]
    assert own[["amount", "category"]].to_numpy().tolist() == [[-100_000, "wallet_top_up"], [-100, "bank_fees"]]
    assert frame.loc["S01-P01-L0001", "paired_with"] == "S02-P01-L0001"


def test_the_best_assignment_beats_the_first_match() -> None:
    """Two transfers of one amount a day apart: taking the first fit each would leave one unpaired or crossed."""
    one = bank("a.csv", [said("2025-01-05", -700, "张三丰", "转账"), said("2025-01-08", -700, "张三丰", "转账")])
    two = bank(
        "b.csv",
        [said("2025-01-08", 700, "张三丰", "转账"), said("2025-01-10", 700, "张三丰", "转账")],
        "6222000000005678",
        name="工商银行",
    )
    frame, _, codes = events(one, two)
    assert frame.loc["S01-P01-L0001", "paired_with"] == "S02-P01-L0001"
    assert frame.loc["S01-P01-L0002", "paired_with"] == "S02-P01-L0002"
    assert not codes


def test_equal_amounts_with_strangers_are_no_transfer() -> None:
    """A customer pays in and a supplier is paid the same amount on the same day from another account."""
    one = bank("a.csv", [said("2025-01-05", 70_000, "兴隆商贸有限公司", "转账")])
    two = bank("b.csv", [said("2025-01-05", -70_000, "刘记粮油店", "转账")], "6222000000005678", name="工商银行")
    frame, _, _ = events(one, two)
    assert frame["paired_with"].tolist() == ["", ""]


def test_a_named_other_account_rules_a_pair_out() -> None:
    """The line says that the money went to an account ending 9999, so the equal receipt elsewhere is something else."""
    one = bank("a.csv", [said("2025-01-05", -700, "张三丰", "转账至平安银行(9999)")])
    two = bank("b.csv", [said("2025-01-05", 700, "张三丰", "转账")], "6222000000005678", name="工商银行")
    frame, _, codes = events(one, two)
    assert frame["paired_with"].tolist() == ["", ""]
    assert {p["label"] for p in codes["account_not_handed_in"]} == {"平安银行(9999)", "张三丰"}


def test_cash_taken_to_the_bank_is_paired_with_the_cash_book() -> None:
    """Both ends are own money: nothing becomes income or expense."""
    book = bank("cash.csv", [said("2025-01-05", -5000, "", "存银行")], "", None, kind="cashbook", holder="", name="")
    frame, _, _ = events(bank("b.csv", [said("2025-01-05", 5000, "", "ATM存款")]), book)
    assert set(frame["category"]) == {"own_transfer"}
    assert set(frame["reason"]) == {"transfer_cash"}


def test_cash_that_the_cash_book_does_not_show_is_named() -> None:
    """The book covers the days and knows nothing of what was drawn."""
    rows = [said("2025-01-01", -5, "", "买菜"), said("2025-01-31", -5, "", "买菜")]
    book = bank("cash.csv", rows, "", None, kind="cashbook", holder="", name="")
    _, _, codes = events(bank("b.csv", [said("2025-01-05", -5000, "", "ATM取款")]), book)
    assert codes["cash_unpaired"] == [{"book": "cash", "count": 1, "drawn": "50.00", "banked": "0.00"}]


def test_a_card_repayment_is_paired_with_the_card() -> None:
    """The bank's line names the card by its last digits."""
    card = bank(
        "card.csv", [said("2025-01-06", 3000, "", "还款")], "4392250000008888", name="招商银行信用卡", kind="card"
    )
    frame, _, _ = events(bank("b.csv", [said("2025-01-05", -3000, "", "信用卡还款 尾号8888")]), card)
    assert set(frame["category"]) == {"own_transfer"}


def test_taking_one_file_of_a_pair_away_makes_a_finding_not_income() -> None:
    """The leg that is left names the account that is missing."""
    there = bank("a.csv", [said("2025-01-05", -700, "张三丰", "转账", counterparty_account="6222000000005678")])
    here = bank(
        "b.csv",
        [said("2025-01-05", 700, "张三丰", "转账", counterparty_account="6225000000001234")],
        "6222000000005678",
        name="工商银行",
    )
    both, _, nothing = events(there, here)
    assert set(both["category"]) == {"own_transfer"}
    assert not nothing
    alone, _, codes = events(here)
    assert alone["category"].tolist() == ["owner_in"]
    assert codes["account_not_handed_in"][0]["money_in"] == "7.00"


def test_a_leg_missing_from_a_statement_that_covers_the_day_is_serious() -> None:
    """The other account is handed in and covers the day, but has no such line."""
    rows = [said("2025-01-01", 1, "王五"), said("2025-01-31", 1, "王五")]
    other = bank("b.csv", rows, "6222000000005678", name="工商银行")
    frame, _, codes = events(
        bank("a.csv", [said("2025-01-05", -700, "张三丰", "转账", counterparty_account="6222000000005678")]), other
    )
    assert frame.loc["S01-P01-L0001", "category"] == "own_transfer"
    assert codes["transfer_unpaired"][0]["other"] == "bank-5678"


def test_a_wallet_payment_by_an_unseen_card_names_it() -> None:
    """The label stays, and the account is asked for with its total."""
    frame, _, codes = events(wallet("w.csv", [pay("2025-01-03", -2816, "粮油店", "平安银行(9999)")]))
    assert frame["funded_by"].tolist() == ["平安银行(9999)"]
    assert codes["account_not_handed_in"] == [
        {"label": "平安银行(9999)", "count": 1, "money_in": "0.00", "money_out": "28.16"}
    ]


@effort(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 80), st.sampled_from([10_000, 10_000, 20_000, 35_000]), st.integers(0, 2)), max_size=12
    ),
    st.lists(ROW, min_size=1, max_size=12),
)
def test_own_transfers_pair_whatever_else_happens(
    moves: list[tuple[int, int, int]], drawn: list[tuple[int, int, str]]
) -> None:
    """Any number of own transfers between two accounts, equal ones included: every leg pairs, no other row does."""
    start = dt.date(2025, 1, 1)
    out = [said(str(start + dt.timedelta(d)), -a, "张三丰", "转账") for d, a, _ in moves]
    into = [said(str(start + dt.timedelta(d + wait)), a, "张三丰", "转账") for d, a, wait in moves]
    trade = [
        said(d, a, p or "兴隆商行", "货款")
        for d, a, (_, _, p) in zip((r[0] for r in _rows(drawn)), (r[1] for r in _rows(drawn)), drawn, strict=True)
    ]
    one = bank("a.csv", sorted([*out, *trade], key=lambda r: r[0]))
    two = bank("b.csv", sorted(into, key=lambda r: r[0]), "6222000000005678", name="工商银行")
    frame, _, codes = events(one, *([two] if into else []))
    legs = frame["counterparty"] == "张三丰"
    assert (frame.loc[legs, "category"] == "own_transfer").all()
    assert (frame.loc[~legs, "paired_with"] == "").all()
    assert frame.loc[frame["category"] == "own_transfer", "amount"].sum() == 0
    assert "account_not_handed_in" not in codes


def _merchant(days: int, rate: int) -> tuple[list[Row], list[Row]]:
    """Daily takings in a merchant export and their settlement next day less *rate* thousandths."""
    takings, lumps = [], []
    for n in range(1, days + 1):
        sums = [1000 + 370 * n, 5000 + 130 * n]
        takings += [
            pay(f"2025-01-{n:02d}", a, "顾客", type="二维码收款", direction="收入", order=f"{n}-{a}") for a in sums
        ]
        lumps.append(
            said(f"2025-01-{n + 1:02d}", sum(sums) - sum(sums) * rate // 1000, "财付通支付科技有限公司", "商户资金结算")
        )
    return takings, lumps


def test_settlements_of_a_provider_are_grossed_up_to_takings_and_fee() -> None:
    """The takings stand in the provider's export; the lump sums are transfers and the rest is the fee."""
    takings, lumps = _merchant(6, 6)
    frame, _, codes = events(wallet("w.csv", takings), bank("b.csv", lumps))
    bank_rows, added = frame[frame["account_kind"] == "bank"], frame[frame["id"].str.contains("-[TC]$")]
    assert set(bank_rows["category"]) == {"own_transfer"}
    assert frame.loc[frame["category"] == "own_transfer", "amount"].sum() == 0
    assert added.loc[added["category"] == "platform_fees", "amount"].sum() == bank_rows["amount"].sum() - sum(
        r[1] for r in takings
    )
    assert not codes


def test_a_lump_sum_that_fits_no_takings_is_named_and_stays() -> None:
    """Perhaps another shop's settlement: not swallowed."""
    takings, lumps = _merchant(6, 6)
    odd = said("2025-01-09", 777_777, "财付通支付科技有限公司", "商户资金结算")
    frame, _, codes = events(wallet("w.csv", takings), bank("b.csv", [*lumps, odd]))
    assert frame.loc["S01-P01-L0007", "category"] == ""
    assert codes["settlement_unmatched"] == [{"wallet": "wallet-wechat", "count": 1, "total": "7777.77"}]


def test_two_lump_sums_that_fit_by_chance_are_not_believed() -> None:
    """Fewer than three prove no pattern."""
    takings, lumps = _merchant(2, 6)
    frame, _, _ = events(wallet("w.csv", takings), bank("b.csv", lumps))
    assert set(frame["category"]) == {""}


# --- refunds and statuses -------------------------------------------------------------------------------------------


def test_closed_and_failed_orders_move_nothing() -> None:
    """Their rows stay, set aside by name."""
    rows = [
        pay("2025-01-03", -100, "甲", status="交易关闭", direction="不计收支"),
        pay("2025-01-03", -100, "乙", status="支付失败"),
    ]
    frame, _, _ = events(wallet("w.csv", [*rows, pay("2025-01-03", -100, "丙")]))
    assert frame["set_aside"].tolist() == ["closed", "failed", ""]


def test_a_part_refund_in_the_status_counts_once() -> None:
    """Where the bill has no refund row, one is added from the status; where it has one, that row is it."""
    paid = pay("2025-01-03", -3000, "甲", status="已退款(￥5.00)", order="1")
    back = pay("2025-01-05", 500, "甲", type="甲-退款", status="已退款(￥5.00)", direction="收入", order="1")
    alone, _, codes = events(wallet("w.csv", [paid]))
    both, _, none = events(wallet("w.csv", [paid, back]))
    assert alone["amount"].tolist() == [-3000, 500]
    assert both["amount"].tolist() == [-3000, 500]
    assert both.loc["S01-P01-L0002", "paired_with"] == "S01-P01-L0001"
    assert (len(codes["refund_in_status"]), none) == (1, {})


def test_an_order_that_closed_by_its_refund_counts_beside_it() -> None:
    """The bill calls both neutral: the payment went out and came back."""
    paid = pay("2025-01-03", 5000, "甲", status="交易关闭", direction="不计收支", order="2025A88")
    back = pay("2025-01-05", 5000, "甲", type="退款", status="退款成功", direction="不计收支", order="2025A88_57")
    frame, _, _ = events(wallet("w.csv", [paid, back], "支付宝"))
    assert counted(frame) == [("2025-01-03", -5000), ("2025-01-05", 5000)]


def test_a_refund_is_linked_only_up_to_what_was_paid() -> None:
    """Two refunds of one payment may not give back more than it."""
    rows = [
        pay("2025-01-03", -1000, "甲"),
        *(pay(f"2025-01-0{n}", 600, "甲", type="退款", direction="收入") for n in (4, 5)),
    ]
    frame, _, _ = events(wallet("w.csv", rows))
    assert frame["paired_with"].tolist() == ["", "S01-P01-L0001", ""]


def test_a_payment_that_the_bank_undid_is_linked_without_a_party() -> None:
    """A returned transfer names nobody; the equal payment of the day before is it, the older one is not."""
    rows = [said("2025-01-03", -700, "甲"), said("2025-01-20", -700, "乙"), said("2025-01-21", 700, "", "退汇")]
    frame, _, _ = events(bank("b.csv", rows))
    assert frame["paired_with"].tolist() == ["", "", "S01-P01-L0002"]


def test_money_between_two_balances_of_one_wallet_has_no_effect() -> None:
    """零钱 to 零钱通 stays inside; from a bank card into 零钱通 does not."""
    inside = (
        "2025-01-03",
        -100,
        {"type": "转入零钱通-来自零钱", "method": "零钱", "status": "支付成功", "direction": "/"},
    )
    filled = (
        "2025-01-04",
        -200,
        {"type": "转入零钱通-来自招商银行(1234)", "method": "招商银行(1234)", "status": "支付成功", "direction": "/"},
    )
    frame, _, _ = events(
        wallet("w.csv", [inside, filled]), bank("b.csv", [said("2025-01-04", -200, "财付通", "零钱充值")])
    )
    own = frame[frame["account_kind"] == "wallet"]
    assert own["set_aside"].tolist() == ["internal", ""]
    assert own["amount"].tolist()[1] == 200
    assert own["category"].tolist()[1] == "wallet_top_up"


# --- transfers with several lines at one end ------------------------------------------------------------------------


def repaid(amount: int) -> tuple[Reading, list[Row]]:
    """A card that received *amount*, and the bank's two payments of 300 and 500 to it."""
    bill = [said("2025-01-02", -80_000, "海鲜行", "消费"), said("2025-01-06", amount, "", "还款")]
    rows = [said(f"2025-01-0{day}", -part, "", "信用卡还款 尾号5678") for day, part in ((5, 30_000), (6, 50_000))]
    return bank("card.csv", bill, "4100000000005678", 0, kind="card"), rows


def test_a_card_repaid_in_parts_is_one_transfer() -> None:
    """The card's bill shows one receipt, the bank two payments to it: nothing is left over."""
    card, rows = repaid(80_000)
    frame, _, codes = events(bank("b.csv", rows), card)
    assert frame["reason"].tolist() == ["transfer_split", "transfer_split", "", "transfer_split"]
    assert frame["paired_with"].to_dict() == {
        "S01-P01-L0001": "S02-P01-L0002", "S01-P01-L0002": "S02-P01-L0002",
        "S02-P01-L0001": "", "S02-P01-L0002": "S01-P01-L0002",
    }
    assert not codes


def test_takings_banked_together_are_the_cash_book_s_two_lines() -> None:
    """Two envelopes, one deposit."""
    rows = [said("2025-01-05", -5000, "", "存银行"), said("2025-01-05", -3000, "", "存银行")]
    book = bank("cash.csv", rows, "", None, kind="cashbook", holder="", name="")
    frame, _, codes = events(bank("b.csv", [said("2025-01-06", 8000, "", "现金存入")]), book)
    assert (set(frame["category"]), set(frame["reason"]), codes) == ({"own_transfer"}, {"transfer_cash"}, {})


def test_parts_that_do_not_add_up_stay_questions() -> None:
    """A cent is missing: nothing is forced together."""
    card, rows = repaid(80_001)
    frame, _, codes = events(bank("b.csv", rows), card)
    assert set(frame["paired_with"]) == {""}
    assert len(codes["transfer_unpaired"]) == 2


def test_strangers_whose_payments_add_up_are_no_transfer() -> None:
    """Two customers' payments happen to equal a payment to a supplier."""
    rows = [said("2025-01-05", 30_000, "兴隆商贸有限公司", "货款"), said("2025-01-05", 40_000, "王记面馆", "货款")]
    one = bank("a.csv", rows)
    two = bank("b.csv", [said("2025-01-05", -70_000, "刘记粮油店", "货款")], "6222000000005678", name="工商银行")
    frame, _, _ = events(one, two)
    assert set(frame["paired_with"]) == {""}


@effort(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 25), st.lists(st.integers(100, 99_999), min_size=1, max_size=3)), max_size=5))
def test_whatever_is_split_clears(moves: list[tuple[int, list[int]]]) -> None:
    """Own money that left in parts and arrived whole within the window leaves the paired rows of both ends at zero."""
    gone, come = [], []
    for day, parts in moves:
        date = f"2025-01-{day + 1:02d}"
        gone += [said(date, -part, "张三丰", "转账 尾号5678") for part in parts]
        come.append(said(date, sum(parts), "张三丰", "转账 尾号1234"))
    frame, _, _ = events(bank("a.csv", gone), bank("b.csv", come, "6222000000005678", name="工商银行"))
    paired = frame[frame["paired_with"] != ""]
    for _, rows in paired.groupby(paired["paired_with"].where(paired["file"] == "a.csv", paired["id"])):
        assert rows["amount"].sum() == 0


@pytest.mark.parametrize("kind", ["cashbook", "wallet"])
def test_a_copy_outside_the_form_s_folder_is_the_same_account(kind: str) -> None:
    """A file without a number, and a copy of it that sorts before the file that the form names."""
    rows = [said("2025-01-05", -5000, "刘记", "买菜"), said("2025-01-06", -5000, "刘记", "买菜")]
    form = AccountForm(id="mine", kind="wallet" if kind == "wallet" else "cash", file="statements/*")
    case = Case(case=About(trade="restaurant"), owner=Owner(name="张三丰"), account=(form,))
    files = [
        wallet(name, rows) if kind == "wallet" else bank(name, rows, "", None, kind=kind, holder="", name="")
        for name in ("copy/a.csv", "statements/a.csv")
    ]
    frame, accounts, codes = events(*files, case=case)
    assert [own.id for own in accounts] == ["mine"]
    assert (len(counted(frame)), list(codes)) == (2, ["duplicates_merged"])


def test_a_transfer_that_arrives_short_by_an_untold_fee_is_paired_and_the_fee_named() -> None:
    """Both rows of the paying end add up to the printed amount; nothing is left for income or findings."""
    there = bank("a.csv", [said("2025-01-05", -1_000_500, "张三丰", "转账")])
    here = bank("b.csv", [said("2025-01-06", 1_000_000, "张三丰", "转账")], "6222000000005678", name="工商银行")
    frame, _, codes = events(there, here)
    assert frame["amount"].sort_values().tolist() == [-1_000_000, -500, 1_000_000]
    assert frame.loc["S01-P01-L0001", "paired_with"] == "S02-P01-L0001"
    assert frame.loc["S01-P01-L0001-X", "category"] == "bank_fees"
    assert not codes


def test_an_amount_too_short_for_a_fee_is_no_pair() -> None:
    """Two percent less is another movement: both ends stay findings."""
    there = bank("a.csv", [said("2025-01-05", -1_000_000, "张三丰", "转账")])
    here = bank("b.csv", [said("2025-01-06", 980_000, "张三丰", "转账")], "6222000000005678", name="工商银行")
    frame, _, codes = events(there, here)
    assert len(frame) == 2
    assert codes


def test_strangers_who_pay_a_little_less_are_no_transfer() -> None:
    """A supplier is paid and a customer pays nearly the same next day."""
    there = bank("a.csv", [said("2025-01-05", -1_000_500, "李四商行", "转账")])
    here = bank("b.csv", [said("2025-01-06", 1_000_000, "王五商行", "转账")], "6222000000005678", name="工商银行")
    frame, _, _ = events(there, here)
    assert set(frame["category"]) == {""}


def test_a_provider_s_export_without_directions_signs_itself() -> None:
    """A refund to a customer is money out where the export prints it so; no word turns it round."""
    sale = ("2025-01-03", 5_280, {"type": "Payment", "description": "Card sale"})
    back = ("2025-01-04", -2_105, {"type": "Refund", "description": "Card sale"})
    frame, _, _ = events(wallet("w.csv", [sale, back], "SumUp"))
    assert frame["amount"].tolist() == [5_280, -2_105]


@pytest.mark.parametrize("words", ["TRANSFER TO SAVINGS", "本人账户互转"])
def test_own_money_to_an_account_that_nobody_handed_in_is_missing_evidence(words: str) -> None:
    """The words say that it is the owner's own account; no name or number says which."""
    frame, _, codes = events(bank("a.csv", [said("2025-01-05", -70_000, "", words)]))
    assert frame["category"].tolist() == ["owner_out"]
    assert "account_not_handed_in" in codes


@pytest.mark.parametrize(
    ("currency", "amounts", "rounded"),
    [("KWD", [12345, -500], []), ("CNY", [1235, -50], [{"rows": 1}]), ("JPY", [12, -1], [{"rows": 2}])],
)
def test_lines_of_a_file_that_names_no_currency_take_the_decimals_of_the_cases(currency, amounts, rounded):
    read = bank("a.csv", [said("2025-01-02", 12345), said("2025-01-03", -500)], currency="", opening=1000)
    read = replace(read, accounts=tuple(replace(account, unnamed_places=3) for account in read.accounts))
    case = Case(case=About(trade="restaurant", currency=currency), owner=Owner(name="张三丰"))
    frame, accounts, codes = events(read, case=case)
    assert frame["amount"].tolist() == amounts
    assert set(frame["currency"]) == {currency}
    assert codes.get("amount_rounded", []) == rounded
    assert accounts[0].proven == (not rounded)
