"""Cross-verification and evidence: roads that agree, that do not, and that cannot be judged."""

from dataclasses import replace

import numpy as np
import pytest

from recon.checks.run import run
from recon.core.finding import Finding
from recon.core.settings import settings
from recon.core.source import Source
from recon.core.words import known, say
from recon.events.accounts import OwnAccount
from recon.reading.result import Reading, Receipt
from tests.checks.cases import line, rebuild

FORM = """
[case]
trade = "retail"
from = 2025-01-01
to = 2025-12-31
[opening]
cash = 0
bank = 0
inventory = 20000
receivables = 5000
payables = 4000
[closing]
cash = 0
bank = 0
inventory = 24000
receivables = 6000
payables = 3000
[[loan]]
lender = "bank"
opening = 10000
closing = {loan}
[stated]
{stated}
"""
BANK = OwnAccount("bank", "bank", opening=1_000_000)


def shop(stated="", loan=10000, rows=(), accounts=(BANK,)):
    """Sales 120,000 and 1,000 more receivable; purchases 84,000, 1,000 less owed, 4,000 more in stock."""
    months = [line(m, "bank", "bank", f"2025-{m:02d}-05", 1_000_000, "sales") for m in range(1, 13)]
    months += [line(20 + m, "bank", "bank", f"2025-{m:02d}-06", -700_000, "purchases") for m in range(1, 13)]
    return rebuild(FORM.format(stated=stated, loan=loan), [*months, *rows], accounts)


def checks(**more):
    return shop(**more).checks


@pytest.mark.parametrize(("said", "outcome"), [("0.35", "pass"), ("0.30", "explain"), ("0.20", "fail")])
def test_stated_margin_is_graded_against_the_rebuilt_one(said, outcome):
    """Cost by hand: 84,000 − 1,000 − 4,000 = 79,000, so the margin is 42 ÷ 121."""
    found = checks(stated=f"margin = {said}")["margin_stated"]
    assert found.outcome == outcome
    assert str(found.actual) == "0.3471"


def test_no_more_stock_is_overstated_than_there_is():
    """At 5 % cost would be 114,950 and not 79,000: 35,950 more, of which the stock of 24,000 can hold no more."""
    found = checks(stated="margin = 0.05")["margin_stated"]
    assert (found.move.risk, found.move.amount) == ("stock_overstated", 2_400_000)
    assert [each.amount for each in found.explanations if each.code == "overstated_stock"] == [2_400_000]


def test_a_margin_that_the_books_themselves_used_is_not_judged():
    form = FORM.format(stated="margin = 0.35", loan=10000).replace("inventory = 24000\n", "")
    rows = [line(1, "bank", "bank", "2025-01-05", 100, "sales")]
    assert rebuild(form, rows, (BANK,)).checks["margin_stated"].outcome == "cannot_judge"


def test_product_mix_weighs_each_margin_by_its_share():
    """(1 − 6/10) × 0.75 + (1 − 9/10) × 0.25 = 0.325."""
    stated = """
[[stated.product]]
cost = 6
price = 10
share = 0.75
[[stated.product]]
cost = 9
price = 10
share = 0.25
"""
    found = checks(stated=stated)["margin_products"]
    assert str(found.expected) == "0.3250"
    assert found.outcome == "pass"


@pytest.mark.parametrize(("sales", "outcome"), [(10000, "pass"), (7000, "fail"), (9000, "explain"), (12000, "explain")])
def test_stated_sales_are_graded_and_their_cause_is_suggested(sales, outcome):
    found = checks(stated=f"monthly_sales = {sales}")["turnover_stated"]
    assert found.expected == sales * 1200
    assert found.outcome == outcome


def test_days_of_a_month_and_days_of_a_year_mean_the_same_business():
    month = "good_day = 600\nnormal_day = 300\npoor_day = 100\n"
    by_month = checks(stated=month + "good_days = 10\nnormal_days = 12\npoor_days = 4")["turnover_days"]
    by_year = checks(stated=month + "good_days = 120\nnormal_days = 144\npoor_days = 48")["turnover_days"]
    assert by_month.expected == by_year.expected == 12_000_000


def test_the_share_through_accounts_scales_the_flows():
    found = checks(stated="share_through_accounts = 0.8")["turnover_flows"]
    assert found.expected == 15_100_000, "and 1,000 more is owed at the end"


def test_too_few_roads_are_a_matter_to_explain():
    found = checks(stated="monthly_sales = 10000")["turnover_roads"]
    assert found.outcome == "explain"
    assert "Only 1" in found.tell("en")
    assert checks()["turnover"].outcome == "cannot_judge"
    assert checks()["turnover_roads"].outcome == "explain"


def test_a_declared_loan_that_the_flows_contradict_fails_its_control_account():
    found = checks(loan=25000)["control_loans"]
    assert found.outcome == "fail"
    assert abs(found.difference) == 1_500_000
    assert checks()["control_loans"].outcome == "pass"


def test_posting_a_loan_as_a_sale_breaks_no_articulation_but_shows_elsewhere():
    """30,000 borrowed and named a sale: stated sales, margin and profit no longer agree, while K01 to K23 all pass."""
    stated = "monthly_sales = 10000\nmargin = 0.35\nmonthly_profit = 3500"
    honest = checks(stated=stated)
    forged = checks(stated=stated, rows=[line(90, "bank", "bank", "2025-05-05", 6_000_000, "sales")])
    assert {c.outcome for c in forged.values() if c.group == "articulation"} == {"pass"}
    failed = {n for n, c in forged.items() if c.outcome == "fail" and c.group == "cross"}
    assert len(failed) >= 2
    assert not any(c.outcome == "fail" for c in honest.values())


def test_evidence_is_weighed_by_value():
    rows = [line(90, "bank", "bank", "2025-05-05", 5_000_000, "unknown_in", proven=False)]
    found = checks(rows=rows)
    assert str(found["evidence_proven"].actual) == "0.8031"
    assert found["evidence_proven"].outcome == "explain"
    assert str(found["evidence_unexplained"].actual) == "0.1969"
    assert found["evidence_unexplained"].outcome == "explain"
    assert checks()["evidence_unexplained"].outcome == "pass"


def test_months_that_the_files_do_not_reach_are_named():
    days = (np.datetime64("2025-02-01"), np.datetime64("2025-11-30"))
    short = replace(BANK, files=("a.csv",), spans=(days,))
    found = checks(accounts=(short,))["evidence_months"]
    assert found.outcome == "explain"
    assert "2025-01, 2025-12" in found.tell("en")


def test_a_file_that_contradicts_itself_fails_and_an_unclear_one_is_to_explain():
    made = shop()
    for outcome, expected in (("inconsistent", "fail"), ("doubtful", "explain"), ("proven", "pass")):
        reading = Reading("a.csv", "bank", outcome, "")
        found = run(made.case, made.ledger, made.statements, made.accounts, made.transactions, settings(), [reading])
        assert next(c for c in found if c.id == "evidence_files").outcome == expected


def test_without_any_lines_the_evidence_is_not_judged():
    found = rebuild(FORM.format(stated="", loan=10000)).checks
    assert found["evidence_proven"].outcome == "cannot_judge"


def test_every_control_account_has_a_name_in_both_languages():
    for equation in shop().ledger.known.system:
        if equation.kind == "control" and equation.name != "equity":
            assert known(f"check.control_{equation.name}")
            assert say("zh-CN", f"check.control_{equation.name}")


def test_every_check_tells_its_reason_in_both_languages_and_as_json():
    for check in checks(stated="monthly_sales = 5000\nmargin = 0.1\nmonthly_profit = 1", loan=1).values():
        for language in ("zh-CN", "en"):
            assert check.tell(language)
            told = check.as_json(language=language, places=2)
            assert told["because"]
            assert (told["difference"] is None) == (check.difference is None)


def by_days(rows, stated="good_day = 200\ngood_days = 25", receivables=6000):
    form = FORM.format(stated=stated, loan=10000).replace("receivables = 6000", f"receivables = {receivables}")
    return rebuild(form, rows, (BANK,)).checks


def takings(amounts):
    """A line of sales a day from the first of January, minor units."""
    start = np.datetime64("2025-01-01")
    return [line(n, "bank", "bank", str(start + n), amount, "sales") for n, amount in enumerate(amounts)]


def test_days_that_do_not_add_up_fail_a_shop_but_say_nothing_where_no_day_is_usual():
    """A harvest on a few days, money on few days, and customers who owe for months: by what the lines show."""
    shop_days = by_days(takings([40_000] * 320))["turnover_days"]
    assert shop_days.outcome == "fail"
    harvest = by_days(takings([800_000 if n % 30 == 0 else 10_000 for n in range(320)]))
    assert harvest["turnover_days"].outcome == "cannot_judge"
    assert "tenth of the days" in harvest["turnover_days"].tell("en")
    few = by_days(takings([200_000] * 60))["turnover_days"]
    assert (few.outcome, "60 days" in few.tell("en")) == ("cannot_judge", True)
    owed = by_days(takings([40_000] * 320), receivables=30_000)["turnover_days"]
    assert (owed.outcome, "owe" in owed.tell("en")) == ("cannot_judge", True)


def test_a_road_by_days_that_cannot_be_judged_does_not_pull_the_median_but_counts_as_asked():
    rows = takings([200_000] * 60)
    found = by_days(rows, "good_day = 200\ngood_days = 25\nmonthly_sales = 10000")
    assert found["turnover_days"].outcome == "cannot_judge"
    assert found["turnover"].outcome == "pass"
    assert found["turnover_roads"].actual == 2


def test_days_that_agree_pass_however_few_the_lines():
    assert by_days(takings([200_000] * 60), "good_day = 400\ngood_days = 25")["turnover_days"].outcome == "pass"


def of_files(readings, more=""):
    made = rebuild(FORM.format(stated="", loan=10000) + more)
    found = run(made.case, made.ledger, made.statements, made.accounts, made.transactions, settings(), readings)
    return next(c for c in found if c.id == "evidence_files")


def test_papers_among_the_receipts_and_an_empty_cash_list_are_told_but_are_no_fault():
    """A waybill shows no statement; an unreadable statement, or a locked receipt, stays a matter to explain."""
    till = '[[account]]\nid = "till"\nkind = "cash"\nfile = "statements/Cash*.xlsx"\n'
    fine = [Reading("receipts/waybill.pdf", "unknown", "refused", "no_table"),
            Reading("statements/Cash payments.xlsx", "unknown", "refused", "no_table")]
    found = of_files(fine, till)
    assert (found.outcome, found.actual) == ("pass", 0)
    assert "waybill.pdf, statements/Cash payments.xlsx" in found.tell("en")
    assert of_files(fine).outcome == "explain", "no account says that this list is one of cash"
    for bad in (Reading("statements/bank.pdf", "unknown", "refused", "no_table"),
                Reading("receipts/waybill.pdf", "unknown", "refused", "locked"),
                Reading("statements/Cash scan.pdf", "unknown", "refused", "no_table")):
        assert of_files([bad], till).outcome == "explain"


def test_a_format_that_cannot_prove_itself_is_not_judged_but_does_not_shield_others():
    bare = [line(n, "bank", "bank", "2025-05-05", 5_000_000, "sales", proven=False, file="bank.OFX") for n in range(9)]
    found = checks(rows=bare)["evidence_proven"]
    assert found.outcome == "cannot_judge"
    assert "bank.OFX" in found.tell("en")
    other = [{**row, "file": "b.csv"} for row in bare]
    assert checks(rows=other)["evidence_proven"].outcome == "fail"
    assert checks(rows=[*bare, *({**row, "amount": 9_000_000} for row in other)])["evidence_proven"].outcome == "fail"


def by_months(sold, spent, first=2024, end="2025-12-31", inventory=24000):
    """A shop that sells and buys 1,000 a month, and 20,000 in the months of *sold* and of *spent*, from 1 January."""
    form = FORM.format(stated="", loan=10000).replace("from = 2025", f"from = {first}").replace("2025-12-31", end)
    form = form.replace("inventory = 24000", f"inventory = {inventory}")
    months = [str(m) for m in np.arange(f"{first}-01", np.datetime64(end[:7], "M") + 1, dtype="datetime64[M]")]
    rows = []
    for n, month in enumerate(months):
        for name, sign, busy in (("sales", 1, sold), ("purchases", -1, spent)):
            amount = 20_000_00 if int(month[5:]) in busy else 1_000_00
            rows.append(line(3 * n + sign, "bank", "bank", f"{month}-05", sign * amount, name))
    return rebuild(form, rows, (BANK,)).checks


@pytest.mark.parametrize(("spent", "outcome"), [
    ((7, 8, 9), "pass"), ((4, 5, 6), "cannot_judge"), ((3, 4, 5), "cannot_judge"), ((1, 2, 3), "explain"),
])
def test_the_season_goes_round_in_twelve_months_and_half_a_year_apart_says_nothing(spent, outcome):
    """Sales in October to December of both years; a crop is laid out half a year ahead, bills are paid after."""
    assert by_months((10, 11, 12), spent)["season"].outcome == outcome


def test_purchases_without_a_season_are_not_held_against_the_season_of_sales():
    """Sales in October to December, purchases all year round: there is no laying in that could be early or late."""
    found = by_months((10, 11, 12), ())["season"]
    assert found.outcome == "pass"
    assert "spread evenly" in found.tell("en")


def test_stock_that_grew_between_two_seasons_is_not_judged_but_over_whole_years_it_is_asked_about():
    part = by_months((4, 5, 6), (1, 2, 3), 2025, "2025-09-30", 90_000)["stock_growth"]
    assert part.outcome == "cannot_judge"
    assert "last year" in part.tell("en")
    assert by_months((4, 5, 6), (1, 2, 3), 2024, "2025-12-31", 90_000)["stock_growth"].outcome == "explain"
    assert by_months((), (), 2025, "2025-09-30", 90_000)["stock_growth"].outcome == "explain", "no season, no excuse"


def test_a_waybill_without_a_sum_is_no_file_to_look_into_but_an_invoice_without_one_is():
    def paper(kind):
        note = Finding("document_total_missing", "look", Source("receipts/note.pdf", 1, 0), {})
        return Reading("receipts/note.pdf", "receipt", "doubtful", "document_doubtful", receipts=(Receipt(kind=kind),),
                       findings=(note,))

    assert of_files([paper("waybill")]).outcome == "pass"
    assert of_files([paper("invoice")]).outcome == "explain"
