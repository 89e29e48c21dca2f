"""Worked problems of the need: a form whose figures give round days, so that every answer can be worked by hand."""

from dataclasses import dataclass

from recon.core.settings import settings
from recon.need.assess import Desk, assess
from recon.need.model import Method, Need
from tests.checks.cases import rebuild


@dataclass(frozen=True)
class Problem:
    """A trading year in major units; opening and closing balances as pairs."""

    sales: str = "1200000"
    cost: str = "1080000"
    profit: str = "120000"
    inventory: tuple[str, str] = ("135000", "135000")
    receivables: tuple[str, str] = ("100000", "100000")
    payables: tuple[str, str] = ("60000", "60000")
    prepayments: tuple[str, str] = ("15000", "15000")
    advances: tuple[str, str] = ("33333.33", "33333.34")
    growth: str = "0.10"
    loan: str = "50000"
    drawings: str = "20000"
    request: str = "amount = 50000\nterm_months = 12\nannual_rate = 0.06\nown_funds = 60000"
    more: str = ""
    start: str = "2025-01-01"
    end: str = "2025-12-31"

    def form(self) -> str:
        """The case form."""
        names = ("inventory", "receivables", "payables", "prepayments", "advances")
        ends = [
            "\n".join(f'{name} = "{getattr(self, name)[i]}"' for name in names) for i in (0, 1)
        ]
        request = f"[request]\n{self.request}\n" if self.request else ""
        return f"""
[case]
trade = "retail"
from = {self.start}
to = {self.end}
[opening]
cash = 50000
{ends[0]}
[closing]
{ends[1]}
[known]
total_sales = "{self.sales}"
cost_of_goods_sold = "{self.cost}"
net_profit = "{self.profit}"
cash_sales = 0
drawings = "{self.drawings}"
[[loan]]
lender = "bank"
opening = "{self.loan}"
closing = "{self.loan}"
{request}
[stated]
expected_growth = "{self.growth}"
{self.more}
"""

    def need(self) -> Need:
        """The need of this problem."""
        made = rebuild(self.form())
        return assess(made.case, made.ledger, made.statements, (), settings(made.case.settings))[0]

    def method(self, name: str) -> Method:
        """One road to the need, without the verdict and how sure it is: those take longer."""
        made = rebuild(self.form())
        desk = Desk(made.case, made.ledger, made.statements, (), settings(made.case.settings), None)
        return next(method for method in desk.roads(desk.figures) if method.id == name)
