"""Cross-verification (交叉检验) of profit and counted balances: what was said or counted against the books."""

from collections.abc import Iterator

from recon.checks.check import Check, Outcome, Reason
from recon.checks.desk import Desk, against, title, unknown
from recon.checks.margin import margin
from recon.checks.precision import counts, monthly_error, of_profit
from recon.checks.roads import found_by
from recon.checks.rounding import together
from recon.checks.scope import counted
from recon.checks.stock import stock, stock_growth
from recon.ledger.control import Equation


def profit(desk: Desk) -> Iterator[Check]:
    """Profit as stated, by month, against the rebuilt net profit."""
    said = desk.case.stated.monthly_profit
    if said is None:
        yield unknown("profit_stated", "cross", "not_stated_profit")
        return
    if desk.ledger.value("net_profit") is None:
        yield unknown("profit_stated", "cross", "not_rebuilt")
        return
    expected = said * len(desk.ledger.period.months)
    rebuilt = desk.ledger.value("net_profit") or 0
    error = together(monthly_error(said, desk), counts(desk))
    yield of_profit(against("profit_stated", expected, rebuilt, "stated.monthly_profit", desk, error=error), desk)


# -- control accounts -----------------------------------------------------------------------------------------------


def controls(desk: Desk) -> Iterator[Check]:
    """Each control account whose every figure is known from elsewhere: its closing as counted against the books."""
    for equation in desk.ledger.known.system:
        if equation.kind == "control" and equation.name != "equity":
            check = _control(equation, desk)
            if check is not None:
                yield check


def _control(equation: Equation, desk: Desk) -> Check | None:
    names = equation.of("closing")
    stated = [counted(desk.ledger, name) for name in names]
    booked = [desk.ledger.value(name) for name in names]
    if None in booked or not any(stated) or found_by(desk.ledger, equation.name):
        return None
    actual = sum(value for value in booked if value is not None)
    told = sum((figure.value or 0) if figure else (value or 0) for figure, value in zip(stated, booked, strict=True))
    gap = desk.ledger.solution.differences.get(equation.name, 0)
    if not gap and not any((desk.ledger.value(term.variable) or 0) for term in equation.terms):
        return None
    name = f"control_{equation.name}"
    params = {"counted": desk.text(told), "booked": desk.text(told + gap), "difference": desk.text(gap)}
    outcome: Outcome = "fail" if gap else "pass"
    return Check(name, "cross", outcome, title(name), told + gap if gap else actual, told, 0, "money",
                 (Reason(f"control_{outcome}", params),), tuple(names))


CROSS = (margin, stock, stock_growth, profit, controls)
