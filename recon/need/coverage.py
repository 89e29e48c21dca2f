"""How far the evidence reaches: months that no file covers, and shares of value proven and named."""

from dataclasses import dataclass

from recon.ledger import reach
from recon.need.rebuilt import Rebuilt

UNNAMED = ("unknown_in", "unknown_out")


@dataclass(frozen=True, slots=True)
class Weighed:
    """Value of all lines that count, and of those proven and named, in minor units without sign."""

    whole: int
    proven: int
    named: int


def weigh(rebuilt: Rebuilt) -> Weighed:
    """The value of the lines that count."""
    rows = rebuilt.transactions[rebuilt.transactions["set_aside"] == ""]
    weight = rows["amount"].abs()
    named = weight[~rows["category"].isin(UNNAMED)]
    return Weighed(int(weight.sum()), int(weight[rows["proven"]].sum()), int(named.sum()))


def missing_months(rebuilt: Rebuilt) -> dict[str, list[str]]:
    """``YYYY-MM`` of each month of the period that an account's files do not reach, by account."""
    rows, ledger = rebuilt.transactions, rebuilt.ledger
    found = {
        a.id: reach.missing_months(a, rows[rows["account"] == a.id], ledger.period, gap=a.id in ledger.known.gaps)
        for a in rebuilt.accounts if a.files
    }
    return {name: months for name, months in found.items() if months}
