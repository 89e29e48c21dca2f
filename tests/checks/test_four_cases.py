"""Every check of the catalogue: a case that passes, one that raises it, one not to be judged, an innocent one.

A check that is added to the catalogue without its four cases fails here.
"""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest

from recon.checks.catalogue import catalogue, entry
from recon.checks.run import CHECKS, at_desk
from recon.core.settings import settings
from recon.events.accounts import OwnAccount
from recon.events.matching import Match
from recon.reading.result import Reading, Receipt
from tests.checks.cases import line, rebuild
from tests.checks.test_authenticity import statement

BANK = OwnAccount("bank", "bank", opening=1_000_000)
POSITIONS = {
    "opening": {"cash": 0, "bank": 0, "inventory": 20000, "receivables": 5000, "payables": 4000},
    "closing": {"cash": 0, "bank": 0, "inventory": 24000, "receivables": 6000, "payables": 3000},
}


@dataclass(frozen=True)
class Case:
    """Changes to a shop that sells 120,000 and buys 84,000 of goods a year: sales 121,000, cost 79,000, profit 42,000.

    *more* is further form, *closing* and *opening* change positions (None takes one away), *rows* come on top.
    """

    more: str = ""
    closing: tuple = ()
    opening: tuple = ()
    rows: tuple = ()
    bare: bool = False
    accounts: tuple = (BANK,)
    readings: tuple = ()
    matches: tuple = ()
    period: tuple = ("2025-01-01", "2025-12-31")
    aside: tuple = ()

    def desk(self):
        """The rebuilt shop as checks see it."""
        trade = [row(m, 10_000, "sales", day=f"2025-{m:02d}-05") for m in range(1, 13)]
        trade += [row(20 + m, -7_000, "purchases", day=f"2025-{m:02d}-06") for m in range(1, 13)]
        made = rebuild(self.form(), [*([] if self.bare else trade), *self.rows, *self.aside], self.accounts)
        return at_desk(made.case, made.ledger, made.statements, made.accounts, made.transactions,
                       settings(made.case.settings), self.readings, self.matches)

    def form(self):
        """The case form as TOML."""
        parts = [f'[case]\ntrade = "retail"\nfrom = {self.period[0]}\nto = {self.period[1]}']
        for end in ("opening", "closing"):
            held = {**POSITIONS[end], **dict(getattr(self, end))}
            parts.append("\n".join([f"[{end}]", *(f"{k} = {v}" for k, v in held.items() if v is not None)]))
        return "\n".join([*parts, self.more])


@cache
def desk_of(number):
    """Each case is rebuilt once; *number* is its id()."""
    return ALIVE[number].desk()


ALIVE = {}
#: Entries of the catalogue that stand for all checks whose ids begin so.
FAMILIES = {"control", "interest", "turnover_road"}


def outcome(case, name):
    """Of the check, or of the first of its family; cannot_judge where the case gives it no facts at all."""
    ALIVE[id(case)] = case
    found = (check for function in CHECKS[1:] for check in function(desk_of(id(case))))
    family = name in FAMILIES
    mine = next((c for c in found if c.id == name or (family and c.id.startswith(f"{name}_"))), None)
    if mine is None:
        return "cannot_judge"
    for language in ("zh-CN", "en"):
        assert mine.tell(language)
        assert mine.as_json(language=language, places=2)["title"]
    return mine.outcome


def row(number, amount, category, day="2025-06-10", party="", account="bank", kind="bank", **more):
    """A line of *amount* major units."""
    return line(number, account, kind, day, round(amount * 100), category, counterparty=party, **more)


def monthly(amount, category, party="", months=range(1, 13), start=100, day=10):
    """The same line every month."""
    return tuple(row(start + m, amount, category, day=f"2025-{m:02d}-{day:02d}", party=party) for m in months)


#: A shop that takes 400 on each of 25 days a month and buys once.
DAILY = (
    *(row(1000 + 31 * m + d, 400, "sales", day=f"2025-{m:02d}-{d:02d}") for m in range(1, 13) for d in range(1, 26)),
    *monthly(-7_000, "purchases", start=1500),
)


def stated(*facts):
    return "[stated]\n" + "\n".join(facts)


def paper(party, paid="", total=500_000):
    return Match(Receipt(date=np.datetime64("2025-06-01"), total=total, seller=party, buyer="us"), "a.pdf", "purchase",
                 paid, 1.0 if paid else 0.0)


def reading(outcome):
    return (Reading("a.csv", "bank", outcome, ""),)


def loan(**facts):
    return "[[loan]]\n" + "\n".join(f"{k} = {v}" for k, v in facts.items()) + "\n"


NOTHING = Case()
EMPTY = Case(bare=True)
NO_SALES = Case(opening=(("receivables", None),), closing=(("receivables", None),))
LENT = loan(lender='"friend"', kind='"private"', opening=10000, closing=10000)
RATED = loan(lender='"bank"', opening=50000, closing=50000, annual_rate='"0.12"')
PRODUCT = "[[stated.product]]\ncost = {cost}\nprice = 100\n"
ROAD = '[[stated.road]]\nname = "electricity"\ncount = {count}\nprice = 10\n'


def _until(last: str) -> OwnAccount:
    """The bank account with a file from the first of January to *last*."""
    days = (np.datetime64("2025-01-01"), np.datetime64(last))
    return replace(BANK, files=("bank.csv",), start=days[0], end=days[1], spans=(days,))


FILED, SHORT = _until("2025-12-31"), _until("2025-09-30")
BOOK = replace(SHORT, id="till", kind="cash", files=("till.csv",))
WALLET = OwnAccount("wallet", "wallet", files=("w.csv",), opening=0, start=FILED.start, end=FILED.end,
                     spans=FILED.spans)
BENFORD = tuple(row(1000 + n, round(10 ** (1 + 3 * n / 400), 2), "sales") for n in range(400))
LEVEL = tuple(row(1000 + n, 5_000 + n % 900, "sales") for n in range(400))


def interest(**how):
    return Case(bare=True, rows=tuple(statement(**how)), accounts=(OwnAccount("b", "bank", opening=10_000_000),),
                period=("2024-01-01", "2025-12-31"))


def sweep():
    rows = statement()
    for n, each in enumerate(r for r in rows if r["category"] == "interest_income"):
        each["amount"] *= 20 + n
    return replace(interest(), rows=tuple(rows))


def wallet(paired):
    return Case(accounts=(FILED, WALLET), rows=(
        row(300, -500, "purchases", account="wallet", kind="wallet", funded_by="bank", paired_with=paired),))


def copied(file):
    return Case(aside=(row(400, 10_000, "sales", file=file, set_aside="duplicate"),))


#: By entry of the catalogue: passes, raises it (the worst it can say), not to be judged, and innocent but suspicious.
FOUR = {
    "equity": (
        Case("[history]\ndate = 2023-01-01\nequity = 40000\nprofit = 33000"),
        Case("[history]\ndate = 2023-01-01\nequity = 40000\nprofit = 5000"), Case("[history]\nprofit = 1"),
        Case("[history]\ndate = 2023-01-01\nequity = 20000\nprofit = 40000\nintroduced = 20000\nwithdrawn = 7000"),
    ),
    "margin_stated": (Case(stated("margin = 0.35")), Case(stated("margin = 0.2")), NOTHING,
    Case(stated("markup = 0.5"))),
    "margin_products": (
        Case(PRODUCT.format(cost=65)), Case(PRODUCT.format(cost=80)), NOTHING, Case(PRODUCT.format(cost=61)),
    ),
    "stock_by_margin": (
        Case(stated("margin = 0.35")), Case(stated("margin = 0.2")), NOTHING, Case(stated("margin = 0.36")),
    ),
    "stock_growth": (
        NOTHING, Case(closing=(("inventory", 36000),)), Case(opening=(("inventory", None),)),
        Case(opening=(("inventory", 500),), closing=(("inventory", 900),)),
    ),
    "profit_stated": (
        Case(stated("monthly_profit = 3500")), Case(stated("monthly_profit = 1000")), NOTHING,
        Case(stated("monthly_profit = 3000")),
    ),
    "turnover": (
        Case(stated("monthly_sales = 10000")),
        Case(stated("monthly_sales = 5000", "good_day = 200", "good_days = 25"), bare=True, rows=DAILY),
        NOTHING, Case(stated("monthly_sales = 6000", "margin = 0.35")),
    ),
    "turnover_roads": (
        Case(stated("monthly_sales = 10000", "good_day = 400", "good_days = 25", "margin = 0.35")),
        Case(stated("monthly_sales = 10000")), NO_SALES,
        Case(stated("monthly_sales = 5000", "good_day = 400", "good_days = 25", "margin = 0.35")),
    ),
    "turnover_stated": (
        Case(stated("monthly_sales = 10000")), Case(stated("monthly_sales = 5000")), NO_SALES,
        Case(stated("monthly_sales = 8000")),
    ),
    "turnover_days": (
        Case(stated("good_day = 400", "good_days = 25"), bare=True, rows=DAILY),
        Case(stated("good_day = 200", "good_days = 25"), bare=True, rows=DAILY),
        Case(stated("good_day = 200", "good_days = 25")),  # one line a month: no trade of daily takings
        Case(stated("good_day = 900", "good_days = 90", "poor_day = 200", "poor_days = 200")),
    ),
    "turnover_flows": (
        Case(stated("share_through_accounts = 1")), Case(stated("share_through_accounts = 0.5")), NOTHING,
        Case(stated("share_through_accounts = 1"), closing=(("receivables", 30000),)),
    ),
    "turnover_purchases": (
        Case(stated("margin = 0.35")), Case(stated("margin = 0.6")), NOTHING, Case(stated("margin = 0.40")),
    ),
    "turnover_road": (
        Case(ROAD.format(count=1000)), Case(ROAD.format(count=500)),
        Case('[[stated.road]]\nname = "seats"\ncount = 3'),
        Case('[[stated.road]]\nname = "commission"\namount = 170\nshare = 0.02'),
    ),
    "cash_sales_stated": (
        Case(stated("cash_sales = 0")), Case(stated("cash_sales = 5000")), NOTHING, Case(stated("cash_sales = 500")),
    ),
    "wages_stated": (
        Case(stated("wages = 1000"), rows=monthly(-1000, "wages")),
        Case(stated("wages = 3000"), rows=monthly(-1000, "wages")),
        NOTHING, Case(stated("wages = 1000"), rows=(*monthly(-1000, "wages"), row(150, -1000, "wages"))),
    ),
    "rent_stated": (
        Case(stated("rent = 1000"), rows=monthly(-3000, "rent", months=(1, 4, 7, 10))),
        Case(stated("rent = 4000"), rows=monthly(-3000, "rent", months=(1, 4, 7, 10))), NOTHING,
        Case(stated("rent = 1000"), rows=monthly(-3000, "rent", months=(1, 4, 7, 10, 12))),
    ),
    "utilities_stated": (
        Case(stated("utilities = 500"), rows=monthly(-500, "utilities")),
        Case(stated("utilities = 2000"), rows=monthly(-500, "utilities")), NOTHING,
        Case(stated("utilities = 500"), rows=monthly(-600, "utilities")),
    ),
    "household_stated": (
        Case(stated("household = 2000"), rows=monthly(-2000, "owner_out")),
        Case(stated("household = 6000"), rows=monthly(-2000, "owner_out")), NOTHING,
        Case(stated("household = 2500"), rows=monthly(-2000, "owner_out")),
    ),
    "control": (
        Case(loan(lender='"b"', opening=0, closing=0), rows=(row(90, 5000, "loan_in"), row(91, -5000, "loan_repaid"))),
        Case(loan(lender='"b"', opening=0, closing=5000)), NOTHING, Case("[adjust]\ngoods_taken_by_owner = 1000"),
    ),
    "control_inventory": (
        Case("[known]\ncost_of_goods_sold = 79000"),
        Case("[known]\ncost_of_goods_sold = 79000", (("inventory", 30000),)),
        NOTHING,
        Case("[known]\ncost_of_goods_sold = 79000\n[adjust]\ngoods_taken_by_owner = 1000", (("inventory", 23000),)),
    ),
    "control_receivables": (
        Case("[known]\ntotal_sales = 121000"),
        Case("[known]\ntotal_sales = 121000", (("receivables", 9000),)), NOTHING,
        Case("[known]\ntotal_sales = 121000\n[adjust]\nbad_debts = 500", (("receivables", 5500),)),
    ),
    "control_payables": (
        Case("[known]\ncredit_purchases = 83000"), Case("[known]\ncredit_purchases = 83000", (("payables", 6000),)),
        NOTHING, Case("[known]\ncredit_purchases = 83000\n[adjust]\ndiscount_received = 500", (("payables", 2500),)),
    ),
    "control_loans": (
        Case(LENT), Case(loan(lender='"friend"', kind='"private"', opening=10000, closing=25000)), NOTHING,
        Case(LENT, rows=(row(90, 5000, "private_loan_in", party="friend"),
                         row(91, -5000, "private_loan_repaid", day="2025-09-01", party="friend"))),
    ),
    "control_cash": (
        Case(rows=(row(90, 5000, "cash_sales", account="till", kind="cash"),), closing=(("cash", 5000),)),
        Case(rows=(row(90, 5000, "cash_sales", account="till", kind="cash"),), closing=(("cash", 8000),)),
        Case(closing=(("cash", None),), opening=(("cash", None),)),
        Case("[adjust]\ncash_lost = 100", rows=(row(90, 5000, "cash_sales", account="till", kind="cash"),),
             closing=(("cash", 4900),)),
    ),
    "method_deposits": (
        Case(stated("monthly_sales = 10000")), Case(stated("monthly_sales = 5000")), NOTHING,
        Case(stated("monthly_sales = 9000")),
    ),
    "method_net_worth": (
        Case(stated("monthly_profit = 3500", "household = 0")),
        Case(stated("monthly_profit = 1000", "household = 0")),
        NOTHING, Case(stated("monthly_profit = 3500", "household = 0"), rows=(row(90, 20_000, "owner_in"),)),
    ),
    "method_source_application": (
        Case(stated("monthly_profit = 3500", "household = 0")),
        Case(stated("monthly_profit = 1000", "household = 0")),
        NOTHING,
        Case(loan(lender='"bank"', opening=0, closing=30000) + stated("monthly_profit = 3500", "household = 0"),
             rows=(row(90, 30_000, "loan_in"),)),
    ),
    "method_markup": (
        Case(stated("monthly_sales = 10000", "margin = 0.35")), Case(stated("monthly_sales = 5000", "margin = 0.35")),
        NOTHING, Case(stated("monthly_sales = 10000", "markup = 0.5")),
    ),
    "norm_inventory": (
        NOTHING, Case(closing=(("inventory", 60000),)), Case(closing=(("inventory", None),)),
        Case(closing=(("inventory", 34000),)),
    ),
    "norm_receivables": (
        NOTHING, Case(closing=(("receivables", 30000),)), NO_SALES, Case(closing=(("receivables", 16000),)),
    ),
    "norm_equity": (
        NOTHING, Case(opening=(("fixed_assets", 300_000),), closing=(("fixed_assets", 300_000),)), NO_SALES,
        Case(opening=(("fixed_assets", 150_000),), closing=(("fixed_assets", 150_000),)),
    ),
    "norm_household": (
        Case(rows=monthly(-2000, "owner_out")), Case(rows=monthly(-10_000, "owner_out")), NO_SALES,
        Case(rows=(*monthly(-2000, "owner_out"), row(150, -56_000, "owner_out"))),
    ),
    "norm_wages": (
        Case(rows=monthly(-1000, "wages")), Case(rows=monthly(-4000, "wages")), NO_SALES,
        Case(rows=monthly(-2500, "wages")),
    ),
    "norm_rent": (
        Case(rows=monthly(-1000, "rent")), Case(rows=monthly(-3000, "rent")), NO_SALES,
        Case(rows=monthly(-2000, "rent")),
    ),
    "norm_utilities": (
        Case(rows=monthly(-500, "utilities")), Case(rows=monthly(-1500, "utilities")), NO_SALES,
        Case(rows=monthly(-1000, "utilities")),
    ),
    "norm_taxes": (
        Case(rows=monthly(-400, "taxes")), Case(rows=monthly(-2000, "taxes")), NO_SALES,
        Case(rows=monthly(-1250, "taxes")),
    ),
    "season": (
        NOTHING,
        Case(rows=(*monthly(30_000, "sales", months=(3, 4, 5)), *monthly(-25_000, "purchases", months=(6, 7, 8)))),
        Case(bare=True, rows=monthly(10_000, "sales")),
        Case(rows=(*monthly(30_000, "sales", months=(10, 11, 12)), *monthly(-25_000, "purchases", months=(8, 9, 10)))),
    ),
    "interest": (interest(), interest(raise_by=5_000_000), NOTHING, sweep()),
    "loans_declared": (
        NOTHING, Case(rows=(row(90, 50_000, "private_loan_in", party="王五"),)), EMPTY,
        Case(loan(lender='"王五"', kind='"private"', opening=0, closing=50000),
             rows=(row(90, 50_000, "private_loan_in", party="王五"),)),
    ),
    "lender_names": (
        NOTHING, Case(rows=(row(90, 20_000, "sales", party="重庆度小满小额贷款有限公司"),)), EMPTY,
        Case(loan(lender='"度小满"', kind='"platform"', opening=0, closing=20000),
             rows=(row(90, 20_000, "loan_in", party="度小满"),)),
    ),
    "level_repayments": (
        NOTHING,
        Case(rows=(row(90, 30_000, "sales", day="2025-02-10", party="王五"),
                   *monthly(-5_500, "unknown_out", "王五", range(3, 9)))), EMPTY,
        Case('[[related]]\nname = "王五"\nrelation = "brother who lends and is repaid"',
             rows=(row(90, 30_000, "owner_in", day="2025-02-10", party="王五"),
                   *monthly(-5_500, "owner_out", "王五", range(3, 9)))),
    ),
    "regular_people": (
        NOTHING, Case(rows=monthly(-1000, "unknown_out", "李四", range(1, 9))), EMPTY,
        Case(rows=monthly(-1000, "rent", "李四")),
    ),
    "loan_interest": (
        Case(RATED, rows=(row(90, -6_000, "loan_interest"),)), Case(RATED, rows=(row(90, -20_000, "loan_interest"),)),
        NOTHING,
        Case(loan(lender='"bank"', opening=0, closing=50000, annual_rate='"0.12"'),
             rows=(row(90, 50_000, "loan_in", day="2025-12-01"), row(91, -517, "loan_interest", day="2025-12-31"))),
    ),
    "passed_through": (
        NOTHING, Case(rows=(row(90, 50_000, "sales"), row(91, -48_000, "unknown_out", day="2025-06-11"))), EMPTY,
        Case(rows=(row(90, 50_000, "sales"), row(91, -48_000, "purchases", day="2025-06-11"))),
    ),
    "same_day": (
        NOTHING, Case(rows=(row(90, 50_000, "sales", party="甲"), row(91, -50_000, "unknown_out", party="乙"))), EMPTY,
        Case(rows=(row(90, 50_000, "sales", party="甲"), row(91, -48_765, "purchases", party="乙"))),
    ),
    "loops": (
        NOTHING,
        Case(rows=tuple(each for m in (2, 4, 6, 8) for each in (
            row(90 + m, -20_000, "unknown_out", day=f"2025-{m:02d}-10", party="王五"),
            row(190 + m, 20_000, "sales", day=f"2025-{m:02d}-13", party="王五")))), EMPTY,
        Case(rows=tuple(each for m in (2, 8) for each in (  # a seasonal trade: goods bought, then sold, to others
            row(90 + m, -20_000, "purchases", day=f"2025-{m:02d}-10", party=f"supplier {m}"),
            row(190 + m, 20_100, "sales", day=f"2025-{m:02d}-12", party=f"customer {m}")))),
    ),
    "both_sides": (
        NOTHING,
        Case(rows=(row(90, 60_000, "sales", party="丙公司"), row(91, -70_000, "purchases", "2025-09-01", "丙公司"))),
        EMPTY, Case(rows=(row(90, 10_000, "sales", party="丙公司"), row(91, -10_500,
                   "purchases", "2025-09-01", "丙公司"))),
    ),
    "round_amounts": (
        Case(bare=True, rows=tuple(row(90 + n, 1_234 + n, "sales") for n in range(24))),
        Case(bare=True, rows=tuple(row(90 + n, 5_000, "sales") for n in range(24))), NOTHING,
        Case(bare=True, rows=tuple(row(90 + n, 2_000 if n % 4 == 0 else 2_345, "sales") for n in range(24))),
    ),
    "round_taxes": (
        Case(rows=monthly(-312.45, "taxes", months=(1, 4, 7, 10))),
        Case(rows=monthly(-300, "taxes", months=(1, 4, 7, 10))),
        NOTHING, Case(rows=(*monthly(-312.45, "taxes", months=(1, 4, 7)), row(150, -300, "taxes"))),
    ),
    "equal_sums": (
        NOTHING, Case(bare=True, rows=(*monthly(10_000, "sales"), *monthly(-10_000, "purchases", start=200, day=20))),
        Case(bare=True, rows=(row(90, 10_000, "sales"),)), Case(rows=monthly(-3_000, "purchases", months=(1, 2))),
    ),
    "first_digit": (Case(bare=True, rows=BENFORD), Case(bare=True, rows=LEVEL), NOTHING, Case(bare=True, rows=LEVEL)),
    "blocked_words": (
        NOTHING, Case(rows=(row(90, -3_000, "unknown_out", party="澳门娱乐场", description="博彩充值"),)), EMPTY,
        Case(rows=(row(90, -3_000, "purchases", party="Crypton Street Cafe"),)),
    ),
    "invoices_paid": (
        Case(matches=(paper("甲公司", "L1"),)), Case(matches=(paper("乙公司"),)), NOTHING,
        Case('[[payable]]\nname = "乙公司"\namount = 3000', matches=(paper("乙公司"),)),
    ),
    "wallet_bank": (wallet("L2"), wallet(""), NOTHING, Case(accounts=(FILED, WALLET), rows=(
        *(row(300 + n, -5_000, "purchases", account="wallet", kind="wallet", funded_by="bank", paired_with="x")
          for n in range(9)), row(320, -500, "purchases", account="wallet", kind="wallet", funded_by="bank")))),
    "evidence_proven": (
        NOTHING, Case(rows=(row(90, 300_000, "sales", proven=False),)), EMPTY,
        Case(rows=(row(90, 15_000, "sales", proven=False),)),
    ),
    "evidence_files": (
        Case(readings=reading("proven")), Case(readings=reading("inconsistent")), NOTHING,
        Case(readings=reading("doubtful")),
    ),
    "evidence_months": (
        Case(accounts=(FILED,)), Case(accounts=(SHORT,)), NOTHING, Case(accounts=(FILED, BOOK)),
    ),
    "evidence_unexplained": (
        NOTHING, Case(rows=(row(90, 90_000, "unknown_in"),)), EMPTY, Case(rows=(row(90, 8_000, "unknown_in"),)),
    ),
    "evidence_transfers": (
        NOTHING, Case(rows=(row(90, -5_000, "own_transfer", reason="transfer_unpaired x"),)), EMPTY,
        Case(rows=(row(90, -5_000, "own_transfer", day="2025-12-31", reason="transfer_unpaired x"),)),
    ),
    "evidence_accounts": (
        NOTHING, Case(rows=(row(90, -50_000, "owner_out", reason="account_not_handed_in bank(1234)"),)), EMPTY,
        Case(rows=(row(90, -500, "owner_out", reason="account_not_handed_in bank(1234)"),)),
    ),
    "evidence_copies": (NOTHING, copied("copy.csv"), EMPTY, copied("bank.csv")),
}
#: Articulation compares what the books themselves hold: the cases of its rules stand in test_articulation.py, where
#: another test sees that no rule lacks them.
ELSEWHERE = {"articulation"}


def test_every_check_of_the_catalogue_has_its_four_cases():
    assert set(FOUR) == set(catalogue()) - ELSEWHERE


def test_every_function_of_the_registry_yields_checks_that_have_their_four_cases():
    """A function that is added to the registry, or a check that it newly yields, needs its cases above."""
    desk = Case(LENT + stated("monthly_sales = 10000")).desk()
    yielded = [{entry(check.id).id for check in function(desk)} for function in CHECKS]
    assert all(yielded)
    assert set.union(*yielded) <= set(FOUR) | ELSEWHERE


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FOUR))
def test_a_check_passes_is_raised_cannot_judge_and_spares_the_innocent(name):
    passes, raises, unknown, innocent = FOUR[name]
    assert outcome(passes, name) == "pass"
    assert outcome(raises, name) == catalogue()[name].worst
    assert outcome(unknown, name) == "cannot_judge"
    assert outcome(innocent, name) != "fail"
