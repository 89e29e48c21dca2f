"""How well the books know a figure: how round the counts behind it are, and what nobody has explained yet."""

from dataclasses import replace

from recon.checks.check import Check, Reason
from recon.checks.desk import Desk, some
from recon.checks.lines import called
from recon.checks.rounding import half_step, together
from recon.ledger.chart import positions

#: Positions that neither turnover nor profit of a period passes through.
_LASTING = ("fixed_assets", "accumulated_depreciation", "investments", "equity")


def monthly_error(monthly: int | None, desk: Desk) -> int:
    """How far a month's answer leaves the period's sum open because it was said in a round sum; minor units."""
    return half_step(monthly or 0) * len(desk.ledger.period.months)


def counts(desk: Desk, *, lasting: bool = False) -> int:
    """How far the books may be off because positions were counted, or remembered, in round sums; minor units.

    Positions that lines or other facts led to add nothing. *lasting* takes in fixed assets and the like, which net
    worth holds and profit does not.
    """
    keys = [key for key in positions() if lasting or key not in _LASTING]
    figures = [desk.ledger.figure(f"{end}.{key}") for key in keys for end in ("opening", "closing")]
    return together(*(half_step(f.value) for f in figures if f.value and f.source.startswith(("opening.", "closing."))))


def unexplained(desk: Desk, gap: int) -> tuple[int, tuple[str, ...]]:
    """Lines without a known use that may hold the cost (*gap* > 0) or the income (< 0) that the books lack: sum, ids.

    A party that money goes to and comes from is left out: what it got may be a loan repaid, and excuses nothing.
    """
    rows, sign = desk.transactions, -1 if gap > 0 else 1
    found = rows[(rows["category"] == ("unknown_out" if gap > 0 else "unknown_in")) & (rows["amount"] * sign > 0)]
    names = called(found)
    back = set(called(rows[rows["amount"] * sign < 0]))
    found = found[~names.isin(back - {""})]
    return int(found["amount"].abs().sum()), tuple(str(each) for each in found["id"])


def covered(desk: Desk, gap: int, allowed: int) -> tuple[Reason, tuple[str, ...]] | None:
    """Why a profit that is *gap* too high or too low says nothing yet: unexplained lines may hold all of it.

    *allowed* is what may differ anyway; both in minor units. None where such lines are too few.
    """
    total, rows = unexplained(desk, gap)
    if not rows or total + allowed < abs(gap):
        return None
    code = "unexplained_cost" if gap > 0 else "unexplained_income"
    return Reason(code, {"amount": desk.text(total), "count": len(rows), "rows": some(rows)}), rows


def of_profit(check: Check, desk: Desk) -> Check:
    """A *check* of profit that is off, not judged where lines that nobody explained may hold the whole difference."""
    why = None if check.outcome == "pass" else covered(desk, int(check.difference or 0), int(check.tolerance))
    if why is None:
        return check
    return replace(check, outcome="cannot_judge", because=(check.because[0], why[0]), rows=why[1])
