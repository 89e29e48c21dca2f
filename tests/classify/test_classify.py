"""Every line gets a category, a reason and a confidence, in the declared order of authority."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from recon.classify.categories import categories, understand
from recon.classify.classify import classify
from recon.classify.decisions import Decision, line_keys, read, write
from recon.classify.effective import effective
from recon.core.errors import ReconError
from recon.core.facts import About, AccountForm, Case, Loan, Owner, Related, Stated
from recon.core.settings import settings
from recon.core.tables import TRANSACTIONS, verify
from recon.core.words import tell
from recon.events.build import build
from recon.reading.result import Reading
from tests.events.byhand import Row, bank, pay, said, wallet

SETTINGS = settings()
SHOP = Case(case=About(trade="restaurant"), owner=Owner(name="张三丰", spouse="李慕白"))


def named(
    *readings: Reading, case: Case = SHOP, decisions: tuple[Decision, ...] = ()
) -> tuple[pd.DataFrame, list[str]]:
    """The classified frame by id and the findings' codes."""
    frame, accounts, _ = build(readings, case, SETTINGS)
    done, found = classify(frame, case, accounts, SETTINGS, decisions)
    verify(done, TRANSACTIONS)
    assert set(done["category"]) <= {*categories(), "set_aside"}
    assert done["confidence"].between(0, 1).all()
    assert (done["reason"] != "").all()
    assert all(tell("en", finding) and tell("zh-CN", finding) for finding in found)
    return done.set_index("id", drop=False), [finding.code for finding in found]


def one(row: Row, case: Case = SHOP) -> tuple[str, str]:
    """Category and reason of a single bank line."""
    frame, _ = named(bank("b.csv", [row]), case=case)
    return str(frame["category"].iloc[0]), str(frame["reason"].iloc[0])


@pytest.mark.parametrize(
    ("amount", "party", "words", "want"),
    [
        (312, "", "批量结息", "interest_income"),
        (-1500, "", "短信服务费", "bank_fees"),
        (-450_000, "陈国强", "三月房租", "rent"),
        (-88_000, "国网江苏省电力有限公司", "", "utilities"),
        (-56_000, "国家税务总局苏州市税务局", "实时扣税", "taxes"),
        (-900_000, "", "代发工资", "wages"),
        (5_000_000, "", "贷款发放", "loan_in"),
        (-200_000, "深圳前海微众银行", "微粒贷还款", "loan_repaid"),
        (-30_000, "", "贷款利息", "loan_interest"),
        (3_000_000, "赵德柱", "借款", "private_loan_in"),
        (-3_000_000, "赵德柱", "还款", "private_loan_repaid"),
        (88_800, "拉卡拉支付股份有限公司", "商户结算", "sales"),
        (-30_000, "", "ATM取款", "cash_withdrawn"),
        (30_000, "", "现金存入", "cash_deposited"),
        (-1_000_000, "", "理财申购", "investment_out"),
        (1_000_000, "", "理财赎回", "investment_back"),
        (-120_000, "顺丰速运有限公司", "", "freight"),
        (-100_000, "王房东", "店铺押金", "deposit_paid"),
        (-66_000, "刘记粮油经营部", "", "purchases"),
        (-20_000, "", "Electricity direct debit", "utilities"),
        (-250_000, "HMRC VAT", "", "taxes"),
        (120_000, "WORLDPAY", "card takings", "sales"),
    ],
)
def test_plain_lines_of_statements(amount: int, party: str, words: str, want: str) -> None:
    """Words that stand in real statements, both directions and both languages."""
    assert one(said("2025-03-05", amount, party, words))[0] == want


def test_the_reason_names_the_rule_and_the_words_that_hit() -> None:
    """A reviewer sees why."""
    assert one(said("2025-03-05", -450_000, "陈国强", "三月房租")) == ("rent", "rule:rent 房租")


def test_english_words_hit_only_as_whole_words() -> None:
    """A "rental" is no "rent", "parenting" is neither; a plural is."""
    assert one(said("2025-03-05", -4500, "Parenting Weekly", ""))[0] == "unknown_out"
    assert one(said("2025-03-05", -4500, "", "bank charges"))[0] == "bank_fees"


def test_direction_decides_what_a_word_means() -> None:
    """Goods money in is a sale, out a purchase; a refund likewise."""
    assert one(said("2025-03-05", 45_000, "兴隆商贸有限公司", "货款"))[0] == "sales"
    assert one(said("2025-03-05", -45_000, "兴隆商贸有限公司", "货款"))[0] == "purchases"
    assert one(said("2025-03-05", -4_500, "兴隆商贸有限公司", "退款"))[0] == "sales_refund"


def test_what_nobody_can_tell_stays_unexplained() -> None:
    """A single transfer to a person says nothing, and no category is invented."""
    frame, codes = named(bank("b.csv", [said("2025-03-05", -45_000, "钱多多", "转账")]))
    assert (frame["category"].iloc[0], frame["confidence"].iloc[0] < 0.55, codes) == (
        "unknown_out",
        True,
        ["unexplained"],
    )


def test_family_and_related_parties_are_never_income() -> None:
    """The spouse, a related firm by name, a related person by account number: also where the words say otherwise."""
    case = Case(
        case=About(trade="restaurant"),
        owner=Owner(name="张三丰", spouse="李慕白"),
        related=(
            Related(name="三丰实业有限公司", relation="affiliate"),
            Related(name="张大哥", relation="brother", account="6217001112223334"),
        ),
    )
    rows = [
        said("2025-03-05", 100, "李慕白", "货款"),
        said("2025-03-06", 100, "三丰实业有限公司", "货款"),
        said("2025-03-07", 100, "", "转账", counterparty_account="6217001112223334"),
        said("2025-03-08", -100, "李慕白", "转账"),
    ]
    frame, _ = named(bank("b.csv", rows), case=case)
    assert frame["category"].tolist() == ["owner_in"] * 3 + ["owner_out"]


def test_declared_lenders_are_lenders() -> None:
    """A private lender's money is a private loan, whatever the words leave open."""
    case = Case(
        case=About(trade="restaurant"), loan=(Loan(lender="周伯通", kind="private"), Loan(lender="桃花岛村镇银行"))
    )
    rows = [
        said("2025-03-05", 9_00_000, "周伯通", "转账"),
        said("2025-04-05", -9_000, "周伯通", "四月利息"),
        said("2025-04-06", -50_000, "桃花岛村镇银行"),
    ]
    frame, _ = named(bank("b.csv", rows), case=case)
    assert frame["category"].tolist() == ["private_loan_in", "private_loan_interest", "loan_repaid"]


def test_a_lending_bank_also_charges_fees_and_pays_interest() -> None:
    """Its name alone makes no loan of them."""
    case = Case(case=About(trade="restaurant"), loan=(Loan(lender="桃花岛村镇银行"),))
    rows = [
        said("2025-03-05", -1500, "桃花岛村镇银行", "短信服务费"),
        said("2025-03-21", 312, "桃花岛村镇银行", "结息"),
    ]
    frame, _ = named(bank("b.csv", rows), case=case)
    assert frame["category"].tolist() == ["bank_fees", "interest_income"]


def test_people_paid_on_one_day_every_month_are_staff() -> None:
    """Three people, four months, the tenth: wages; the one who is paid alone and irregularly is not."""
    rows = [
        said(f"2025-0{m}-10", -amount - 100 * m, name, "转账")
        for m in range(1, 5)
        for name, amount in (("孙小美", 420_000), ("钱夫人", 380_000), ("沙隆巴斯", 500_000))
    ]
    rows += [said("2025-02-17", -77_000, "金贝贝", "转账")]
    frame, _ = named(bank("b.csv", sorted(rows, key=lambda r: r[0]), opening=10**9))
    by_party = frame.groupby("counterparty")["category"].agg(set).to_dict()
    assert by_party["孙小美"] == by_party["钱夫人"] == {"wages"}
    assert by_party["金贝贝"] == {"unknown_out"}


def test_a_round_receipt_paid_back_in_level_instalments_is_a_loan() -> None:
    """No word says loan; the pattern does."""
    rows = [
        said("2025-01-08", 10_000_000, "胡一刀", "转账"),
        *(said(f"2025-0{m}-08", -1_750_000, "胡一刀", "转账") for m in range(2, 8)),
    ]
    frame, _ = named(bank("b.csv", rows, opening=10**9))
    assert frame["category"].tolist() == ["private_loan_in"] + ["private_loan_repaid"] * 6


def test_the_stated_rent_finds_the_landlord() -> None:
    """A quarter's rent to a person, twice, equal to three stated months."""
    case = Case(case=About(trade="restaurant"), stated=Stated(rent=500_000))
    frame, _ = named(
        bank(
            "b.csv", [said("2025-01-08", -1_500_000, "胡一刀"), said("2025-04-08", -1_500_000, "胡一刀")], opening=10**9
        ),
        case=case,
    )
    assert set(frame["category"]) == {"rent"}


def test_the_order_of_authority() -> None:
    """Reviewer over evidence over the account's word over rules, on one and the same line."""
    row = said("2025-03-05", -45_000, "刘记粮油经营部", "货款")
    marked = (row[0], row[1], row[2] | {"category": "房租"})
    plain_case = Case(case=About(trade="restaurant"), account=(AccountForm(id="b", file="b.csv"),))
    everything = Case(
        case=About(trade="restaurant"), account=(AccountForm(id="b", file="b.csv", category_of_everything="owner_out"),)
    )
    by_party = Decision("counterparty", "刘记粮油经营部", "travel", "王复核")
    by_line = Decision("line", "2025-03-05 -450.00 b #1", "办公通讯", "王复核")
    assert one(row, plain_case)[0] == "purchases"
    assert one(row, everything)[0] == "owner_out"
    assert one(marked, everything)[0] == "rent"
    frame, _ = named(bank("b.csv", [marked]), case=everything, decisions=(by_party,))
    assert frame["category"].tolist() == ["travel"]
    frame, _ = named(bank("b.csv", [marked]), case=everything, decisions=(by_line, by_party))
    assert frame[["category", "reason"]].to_numpy().tolist() == [["office", "decision line 王复核"]]


def test_a_category_in_the_evidence_is_understood_or_asked_about() -> None:
    """Keys, both names and common words; an unknown word names the nearest and leaves the line unexplained."""
    rows = [said("2025-03-05", -100, category=word) for word in ("wages", "工资", "Wages", "买菜", "salary", "工姿")]
    frame, codes = named(bank("b.csv", rows, kind="cashbook"))
    assert frame["category"].tolist() == ["wages", "wages", "wages", "cash_purchases", "wages", "unknown_out"]
    assert codes == ["category_unknown", "unexplained"]


def test_categories_of_a_banks_own_are_not_taken_and_its_lines_are_named_by_their_words() -> None:
    """A card's “Groceries” and “Travel” are no reviewer's; a few of our words with one slip still are."""
    own = [said("2025-03-05", -8800, "国网江苏省电力有限公司", category="Bills & Utilities"),
           said("2025-03-06", -4500, "", "ZZQX 77", category="Groceries"),
           said("2025-03-07", -4600, "国网江苏省电力有限公司", category="Travel")]
    frame, codes = named(bank("card.csv", own))
    assert frame["category"].tolist() == ["utilities", "unknown_out", "utilities"]
    assert codes == ["category_foreign", "unexplained"]
    ours = [said("2025-03-05", -100, category=word) for word in ("wages", "rent", "repairs", "utilties")]
    frame, codes = named(bank("b.csv", ours))
    assert frame["category"].tolist() == ["wages", "rent", "repairs", "unknown_out"]
    assert codes == ["category_unknown", "unexplained"]


@pytest.mark.parametrize("name", list(categories()))
def test_every_category_is_understood_by_all_its_names(name: str) -> None:
    """Key, Chinese name and English name mean the category itself."""
    category = categories()[name]
    assert [understand(word) for word in (name, category.zh, category.en)] == [name] * 3


def test_a_refund_takes_the_category_of_what_it_gives_back() -> None:
    """A refunded purchase is a purchase refund; a refunded unknown nets out as unknown."""
    rows = [
        pay("2025-01-03", -5000, "刘记粮油店", order="1"),
        pay("2025-01-05", 2000, "刘记粮油店", type="退款", direction="收入", order="1"),
        pay("2025-01-03", -700, "某某", order="2"),
        pay("2025-01-05", 700, "某某", type="退款", direction="收入", order="2"),
    ]
    frame, _ = named(wallet("w.csv", rows))
    assert frame.sort_values("line")["category"].tolist() == [
        "purchases",
        "purchase_refund",
        "unknown_out",
        "unknown_out",
    ]


def test_basis_says_how_well_a_line_is_known() -> None:
    """Proven chain, paired without a chain, hand cash book."""
    cash = bank("cash.csv", [said("2025-01-06", 100, "", "卖面")], "", 0, kind="cashbook", holder="", name="")
    frame, _ = named(
        bank("b.csv", [said("2025-01-03", -2816, "财付通", "快捷支付")]),
        wallet("w.csv", [pay("2025-01-03", -2816, "粮油店", "招商银行(1234)"), pay("2025-01-04", -100, "粮油店")]),
        cash,
    )
    assert frame["basis"].to_dict() == {
        "S01-P01-L0001": "documented",
        "S02-P01-L0001": "stated",
        "S03-P01-L0001": "corroborated",
        "S03-P01-L0002": "stated",
    }


def test_rows_set_aside_say_why_and_count_for_nothing() -> None:
    """The contract's category for them, with the reason."""
    frame, _ = named(wallet("w.csv", [pay("2025-01-03", -100, "甲", status="交易关闭")]))
    assert frame[["category", "reason"]].to_numpy().tolist() == [["set_aside", "closed"]]
    assert effective(frame).total == 0


# --- decisions ------------------------------------------------------------------------------------------------------


def test_decisions_survive_writing_and_reading(tmp_path: Path) -> None:
    """Also a party whose name looks like a formula."""
    made = (
        Decision("counterparty", "=HYPERLINK(1)", "sales", "王", "2025-03-01", "unknown_in", "客户"),
        Decision("line", "2025-03-05 -1.00 b #1", "rent"),
    )
    write(tmp_path / "decisions.csv", made)
    assert read(tmp_path / "decisions.csv") == made
    assert "\n=" not in (tmp_path / "decisions.csv").read_text(encoding="utf-8-sig").replace(",=", "\n=")
    assert read(tmp_path / "none.csv") == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [("scope,key\nline,x\n", "bad_decision"), ("scope,key,category\nparty,x,sales\n", "bad_decision_scope")],
)
def test_a_broken_decisions_file_says_what_is_wrong(tmp_path: Path, text: str, code: str) -> None:
    """One sentence with the line."""
    (tmp_path / "decisions.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ReconError) as slip:
        read(tmp_path / "decisions.csv")
    assert (slip.value.code, slip.value.source.line) == (code, 2)
    assert tell("en", slip.value) != tell("zh-CN", slip.value)


def test_line_keys_survive_another_export_of_the_account() -> None:
    """Ids change when files come and go; keys do not."""
    rows = [said("2025-01-05", -500, "刘记"), said("2025-01-05", -500, "刘记"), said("2025-01-06", 70, "王五")]
    alone, _, _ = build([bank("b.csv", rows)], SHOP, SETTINGS)
    both, _, _ = build([bank("a.csv", rows[1:], opening=999_500), bank("b.csv", rows)], SHOP, SETTINGS)
    kept = both[both["set_aside"] == ""]
    assert sorted(line_keys(alone)) == sorted(
        key for key, live in zip(line_keys(both), both["set_aside"] == "", strict=True) if live
    )
    assert len(kept) == 3


def test_a_decision_that_fits_nothing_is_named() -> None:
    """Neither a strange category nor a strange party passes in silence."""
    decisions = (Decision("counterparty", "无此人", "sales"), Decision("counterparty", "刘记", "salez"))
    _, codes = named(bank("b.csv", [said("2025-03-05", -4500, "刘记", "货款")]), decisions=decisions)
    assert codes == ["decision_unmatched", "category_unknown"]


# --- effective revenue ----------------------------------------------------------------------------------------------


def test_effective_revenue_lists_every_exclusion() -> None:
    """Sales and banked cash count, refunds come off, loans, family and interest are listed apart."""
    rows = [
        said("2025-01-05", 10_000, "兴隆商贸有限公司", "货款"),
        said("2025-01-06", 5_000, "", "现金存入"),
        said("2025-01-07", 900_000, "", "贷款发放"),
        said("2025-02-05", 7_000, "李慕白", "转账"),
        said("2025-02-06", 300, "", "结息"),
        said("2025-02-07", -1_000, "兴隆商贸有限公司", "退款"),
    ]
    frame, _ = named(bank("b.csv", rows))
    result = effective(frame)
    assert (result.total, result.months) == (14_000, {"2025-01": 15_000, "2025-02": -1_000})
    assert result.excluded.set_index("category")["amount"].to_dict() == {
        "interest_income": 300,
        "loan_in": 900_000,
        "owner_in": 7_000,
        "sales_refund": 1_000,
    }


def test_cash_sales_of_a_cash_book_count_once_they_are_banked() -> None:
    """Takings in the book are no flow through an account; their banking is."""
    book = bank(
        "cash.csv",
        [said("2025-01-05", 8000, "", "今日现金收入"), said("2025-01-06", -5000, "", "存银行")],
        "",
        None,
        kind="cashbook",
        holder="",
        name="",
    )
    frame, _ = named(bank("b.csv", [said("2025-01-06", 5000, "", "现金存入")]), book)
    assert effective(frame).total == 5000


# --- properties -----------------------------------------------------------------------------------------------------

TEXT = st.text(st.sampled_from("张三货款利息转账abcrent0=|（）*\n税"), max_size=12)


@pytest.mark.slow
@effort(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(-(10**12), 10**12), TEXT, TEXT), max_size=15),
    st.sampled_from(["restaurant", "transport", "other"]),
)
def test_any_text_gets_a_category_and_money_is_kept(drawn: list[tuple[int, int, str, str]], trade: str) -> None:
    """Nothing crashes, no amount changes, no row is lost."""
    start = dt.date(2025, 1, 1)
    rows = [said(str(start + dt.timedelta(d)), a, p, w) for d, a, p, w in sorted(drawn, key=lambda r: r[0])]
    frame, _ = named(bank("b.csv", rows), case=Case(case=About(trade=trade), owner=Owner(name="张三")))
    assert sorted(frame["amount"]) == sorted(row[1] for row in rows)


@effort(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 10**7)), max_size=6))
def test_own_transfers_add_no_income(moves: list[tuple[int, int]]) -> None:
    """Effective revenue is the same with and without transfers between own accounts."""
    start = dt.date(2025, 1, 1)
    trade = [
        said("2025-01-05", 10_000, "兴隆商贸有限公司", "货款"),
        said("2025-11-05", 20_000, "兴隆商贸有限公司", "货款"),
    ]
    out = [said(str(start + dt.timedelta(d)), -a, "张三丰", "转账") for d, a in moves]
    into = [said(str(start + dt.timedelta(d)), a, "张三丰", "转账") for d, a in moves]
    one_side = bank("a.csv", sorted([*trade, *out], key=lambda r: r[0]))
    other = bank("b.csv", sorted(into, key=lambda r: r[0]), "6222000000005678", name="工商银行")
    frame, _ = named(one_side, *([other] if into else []))
    assert effective(frame).total == 30_000


@pytest.mark.slow
@effort(max_examples=10, deadline=None)
@given(st.data())
def test_more_of_the_same_evidence_in_any_order_changes_no_name(data: st.DataObject) -> None:
    """One file, its months apart, a second copy with less printed: the same lines count, named and known the same."""
    parties = st.sampled_from(["兴隆商贸有限公司", "李慕白", "刘记粮油店", "甲乙丙", "国家税务总局"])
    words = st.sampled_from(["货款", "往来款", "转账", "房租", "五花肉"])
    line = st.tuples(st.integers(0, 89), st.integers(-99_999, 99_999), parties, words)
    drawn = data.draw(st.lists(line, max_size=25))
    rows = [
        said(str(dt.date(2025, 1, 1) + dt.timedelta(days=day)), amount, party, text)
        for day, amount, party, text in sorted(drawn)
    ]
    whole = bank("whole.csv", rows)
    cut = data.draw(st.integers(0, len(rows)))
    spent = sum(row[1] for row in rows[:cut])
    parts = [bank("m1.csv", rows[:cut]), bank("m2.csv", rows[cut:], opening=1_000_000 + spent)]
    bare = bank("z.csv", [(day, amount, {"description": more["description"]}) for day, amount, more in rows])
    wanted = names(whole)
    assert names(*data.draw(st.permutations([*parts, whole]))) == wanted
    assert names(*parts) == wanted
    assert names(whole, bare) == wanted


def names(*readings: Reading) -> list[tuple[object, ...]]:
    """Day, amount, party and name of the lines that count."""
    frame, _ = named(*readings)
    kept = frame[frame["set_aside"] == ""]
    columns = ["date", "amount", "counterparty", "description", "category", "basis"]
    return sorted(kept[columns].itertuples(index=False, name=None))
