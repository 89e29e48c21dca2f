"""Every loan posted as a sale: no articulation check moves, and at least two cross-verification checks fail."""

from random import Random

import pytest

from recon.events.accounts import OwnAccount
from tests.checks.cases import line, rebuild

FORM = """
[case]
trade = "{trade}"
from = 2025-01-01
to = 2025-12-31
[opening]
cash = 0
bank = 0
inventory = {stock}
receivables = {owed}
payables = {owing}
[closing]
cash = 0
bank = 0
inventory = {stock_after}
receivables = {owed_after}
payables = {owing}
{loan}
[stated]
{stated}
"""
LOAN = '[[loan]]\nlender = "the bank"\nopening = 0\nclosing = {sum}'


BANK = OwnAccount("bank", "bank", opening=10_000_000)


class Business:
    """A business drawn by *seed*: its trade, size, margin, costs and a loan of 40 to 120 % of a year's profit."""

    def __init__(self, seed):
        luck = Random(seed)  # noqa: S311 - a drawn business, no secret
        self.month, margin = luck.randint(20, 400) * 1000, luck.uniform(0.15, 0.6)
        self.facts = {
            "trade": luck.choice(("restaurant", "retail", "wholesale", "manufacturing")),
            "stock": self.month // 2, "stock_after": round(self.month * luck.uniform(0.45, 0.55)),
            "owed": self.month, "owed_after": round(self.month * luck.uniform(0.95, 1.05)), "owing": self.month // 3,
        }
        self.rows = []
        for month in range(1, 13):
            sold = round(self.month * luck.uniform(0.8, 1.2))
            for category, amount in (
                ("sales", sold), ("purchases", -round(sold * (1 - margin))), ("rent", -round(self.month * 0.03)),
                ("wages", -round(self.month * margin * 0.4)), ("owner_out", -round(self.month * margin * 0.2)),
            ):
                self.rows.append(self.row(month, amount, category))
        honest = self.books(declared=False)
        self.answers = {name: honest.ledger.value(name) for name in ("total_sales", "gross_profit", "net_profit")}
        self.sum = round(self.answers["net_profit"] / 100 * luck.uniform(0.4, 1.2), -3)
        self.rows.append(self.row(luck.randint(2, 11), int(self.sum), "loan_in"))

    def row(self, month, amount, category):
        """A line of *amount* major units in the middle of a month."""
        return line(len(self.rows) + 1, "bank", "bank", f"2025-{month:02d}-15", amount * 100, category,
                    counterparty="the bank" if category == "loan_in" else "")

    def books(self, *, declared, forged=False):
        """Rebuilt with the owner's rounded answers, once they are known; *forged* posts every loan as a sale."""
        stated = ""
        if hasattr(self, "answers"):
            sales, gross, profit = self.answers.values()
            stated = f"monthly_sales = {round(sales / 1200, -2):.0f}\nmargin = {gross / sales:.2f}\n"
            stated += f"monthly_profit = {round(profit / 1200, -2):.0f}\nhousehold = {self.household():.0f}"
        loan = LOAN.format(sum=int(self.sum)) if declared else ""
        rows = [{**r, "category": "sales"} if forged and r["category"] == "loan_in" else r for r in self.rows]
        return rebuild(FORM.format(loan=loan, stated=stated, **self.facts), rows, (BANK,))

    def household(self):
        """What the owner takes out in a month, major units."""
        return -sum(r["amount"] for r in self.rows if r["category"] == "owner_out") / 1200


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("declared", [True, False])
def test_a_loan_posted_as_a_sale_breaks_no_articulation_and_two_cross_checks(seed, declared):
    business = Business(seed)
    honest, forged = (business.books(declared=declared, forged=f).checks for f in (False, True))
    tied = {name: c.outcome for name, c in forged.items() if c.group == "articulation"}
    assert tied == {name: c.outcome for name, c in honest.items() if c.group == "articulation"}
    assert set(tied.values()) == {"pass"}
    failed = {name for name, c in forged.items() if c.group == "cross" and c.outcome == "fail"}
    assert len(failed) >= 2, failed
    if declared:
        assert not {name for name, c in honest.items() if c.outcome == "fail"}


def test_a_failed_check_says_what_its_correction_would_move():
    """Correcting a hidden loan undoes the forgery: sales, profit and equity fall, borrowings and line 14 rise."""
    business = Business(3)
    found = business.books(declared=False, forged=True).checks["profit_stated"]
    assert found.move.risk == "loan_as_sales"
    moved = {(each.statement, each.number): each.after - each.before for each in found.move.lines}
    amount = found.move.amount
    assert amount == found.difference
    for line_of, sign in (
        (("income_statement", 1), -1), (("income_statement", 32), -1), (("balance_sheet", 52), -1),
        (("balance_sheet", 31), 1), (("cash_flow", 7), -1), (("cash_flow", 14), 1), (("cash_flow", 19), 1),
    ):
        assert moved[line_of] == sign * amount
    assert ("balance_sheet", 1) not in moved, "no cash moves"


@pytest.mark.parametrize(("category", "risk"), [("sales", "loan_as_sales"), ("unknown_in", "loan_unexplained")])
def test_a_lenders_money_is_taken_from_where_it_was_booked(category, risk):
    """An undeclared lender paid 50,000, which the books show as a sale or cannot explain, and got 20,000 back."""
    rows = [line(1, "bank", "bank", "2025-03-01", 5_000_000, category, counterparty="某某小额贷款有限公司"),
            line(2, "bank", "bank", "2025-06-01", -2_000_000, "purchases", counterparty="某某小额贷款有限公司")]
    found = rebuild(FORM.format(loan="", stated="", **Business(3).facts), rows, (BANK,)).checks["lender_names"]
    assert (found.amount, found.move.risk, found.move.amount) == (7_000_000, risk, 5_000_000)


def test_a_repayment_that_the_books_show_as_one_is_no_sale_to_correct():
    rows = [line(1, "bank", "bank", "2025-06-01", -2_000_000, "loan_repaid", counterparty="某某小额贷款有限公司")]
    found = rebuild(FORM.format(loan="", stated="", **Business(3).facts), rows, (BANK,)).checks
    for name in ("lender_names", "loans_declared"):
        assert (found[name].amount, found[name].move) == (2_000_000, None)


def test_what_explains_a_difference_is_ranked_with_the_lines_that_point_to_it():
    """A round receipt that goes back in level months is the first explanation of too much profit."""
    business = Business(4)
    business.rows = [r for r in business.rows if r["category"] != "loan_in"]
    start = len(business.rows)
    lent = business.row(2, 500_000, "sales") | {"counterparty": "王五"}
    business.rows += [lent] + [
        business.row(m, -45_000, "unknown_out") | {"counterparty": "王五", "id": f"S09-P01-L{start + m:04d}"}
        for m in range(3, 11)
    ]
    found = business.books(declared=False).checks["profit_stated"]
    first = found.explanations[0]
    assert (first.code, first.rows) == ("undeclared_loan", (lent["id"],))
    assert first.amount == 50_000_000
    assert "王五" not in first.tell("en", 2)
    assert lent["id"] in first.tell("zh-CN", 2)
