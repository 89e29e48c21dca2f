"""How far the evidence reaches: months that no file covers, and shares of value proven and named."""

from dataclasses import dataclass

from recon.events.accounts import OwnAccount
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
    found = {a.id: _missing(a, rebuilt) for a in rebuilt.accounts if a.files}
    return {name: months for name, months in found.items() if months}


def _missing(account: OwnAccount, rebuilt: Rebuilt) -> list[str]:
    mine = rebuilt.transactions[rebuilt.transactions["account"] == account.id]
    if mine.empty:
        return []
    first = str(account.start or mine["date"].min())[:7]
    last = str(account.end or mine["date"].max())[:7]
    present = set(mine["date"].dt.strftime("%Y-%m"))
    gap = account.id in rebuilt.ledger.known.gaps
    return [
        month for month in rebuilt.ledger.period.months
        if month < first or month > last or (gap and month not in present)
    ]
