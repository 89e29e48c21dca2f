"""The ledger of a case: gather what is known, find what is missing, post it all, and sum it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from recon.core.facts import Case
from recon.core.finding import Finding
from recon.core.money import decimals, to_text
from recon.core.period import Period
from recon.core.source import Source
from recon.events.owing import Owed
from recon.ledger.balances import Balances, balances
from recon.ledger.chart import positions, variables
from recon.ledger.control import Equation, Figure, Solution, solve
from recon.ledger.gather import gather
from recon.ledger.instalments import hold_to_rate
from recon.ledger.known import FORM, Known, OwnAccount
from recon.ledger.naming import account, names
from recon.ledger.posting import account_code, journal, position_balance
from recon.ledger.provisions import provide
from recon.ledger.recorded import stand
from recon.ledger.roads import rests_on
from recon.ledger.undetermined import Undetermined, undetermined


@dataclass(frozen=True, slots=True)
class Control:
    """One control account as people read it; minor units, None where unknown.

    *difference* is opening + increases − decreases − closing as stated; *found* names the variable that the account
    found, empty where it found none.
    """

    name: str
    opening: int | None
    increases: Mapping[str, int | None]
    decreases: Mapping[str, int | None]
    closing: int | None
    difference: int | None
    found: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that the statements, checks and need are made from.

    Attributes:
        period: first and last day.
        journal: frame of ``core.tables.JOURNAL``.
        balances: by account and month.
        solution: every figure of the period, its source or the road by which it was found.
        known: what it was found from.
        controls: the control accounts by name.
        open: what stays undetermined.
        own: ledger account code of each own account by its id.
    """

    period: Period
    journal: pd.DataFrame
    balances: Balances
    solution: Solution
    known: Known
    controls: Mapping[str, Control]
    open: Undetermined
    own: Mapping[str, str]

    def figure(self, name: str) -> Figure:
        """A variable of the system; one that the case has not is a figure without value."""
        return self.solution.figures.get(name, Figure(None))

    def value(self, name: str) -> int | None:
        """Minor units of a variable, None where it cannot be known."""
        return self.figure(name).value


def build(
    transactions: pd.DataFrame, accounts: Sequence[OwnAccount], case: Case, period: Period, bills: Sequence[Owed] = (),
    doubted: frozenset[str] = frozenset(),
) -> tuple[Ledger, tuple[Finding, ...]]:
    """Books from whatever *case* and the classified *transactions* hold; findings say what is missing or differs.

    *bills* are those on paper that nobody had paid by the period's end. The lines *doubted* (ids) count as they are
    named, and as no better known than a guess.
    """
    known = gather(transactions, accounts, case, period, bills, doubted)
    askable = [f"{end}.{key}" for end in ("opening", "closing") for key in _positions(known) if key != "equity"]
    askable += [name for name, entry in variables().items() if entry.ask]
    solution = solve(known.system, known.facts, known.fallbacks, known.margin, askable)
    known, recorded = stand(known, solution, decimals(case.case.currency))
    if recorded:
        solution = solve(known.system, known.facts, known.fallbacks, known.margin, askable)
    known, held = hold_to_rate(known, solution, case, period)
    known, provided = provide(known, solution, case)
    if held or provided:
        solution = solve(known.system, known.facts, known.fallbacks, known.margin, askable)
    entries = journal(transactions, accounts, case, period, known, solution)
    sums = balances(entries, period.months)
    ledger = Ledger(
        period, entries, sums, solution, known,
        {e.name: _control(e, solution) for e in known.system if e.kind == "control"},
        undetermined(solution), {a.id: account_code(a) for a in accounts},
    )
    return ledger, (*known.findings, *_findings(ledger, case))


def _positions(known: Known) -> list[str]:
    return [n.removeprefix("opening.") for e in known.system for n in e.of("opening") if n.startswith("opening.")]


def _control(equation: Equation, solution: Solution) -> Control:
    def total(role: str) -> int | None:
        values = [_shown(n, solution) for n in equation.of(role)]
        return None if None in values else sum(v for v in values if v is not None)

    def parts(role: str) -> dict[str, int | None]:
        return {n: v for n in equation.of(role) if (v := solution.value(n)) != 0}

    found = next((t.variable for t in equation.terms if solution.figures[t.variable].equation == equation.name), "")
    closing = total("closing")
    known_all = all(solution.figures[t.variable].value is not None for t in equation.terms)
    difference = solution.differences.get(equation.name, 0) if known_all else None
    return Control(equation.name, total("opening"), parts("increase"), parts("decrease"), closing, difference, found)


def _shown(name: str, solution: Solution) -> int | None:
    """A closing that gave way is shown as it was stated, beside its difference."""
    return solution.stated[name].value if name in solution.stated else solution.value(name)


def _findings(ledger: Ledger, case: Case) -> list[Finding]:
    places = decimals(case.case.currency)
    found = [
        Finding("control_difference", "serious", Source(FORM), {
            "account": account(name), "amount": to_text(amount, places),
        })
        for name, amount in ledger.solution.differences.items()
    ]
    questions = ledger.solution.questions
    if questions:
        found.append(Finding("ask_owner", "serious", Source(FORM), {"questions": names(questions)}))
    return found + _by_margin(ledger, places) + _below_zero(ledger, places) + _negative(ledger, case, places)


def _by_margin(ledger: Ledger, places: int) -> list[Finding]:
    """Positions that only the stated margin determines: a slip of a point in it moves them by a hundredth of sales.

    Stock is left out, which a margin is commonly used for.
    """
    figures = ledger.solution.figures
    ends = [f"{end}.{key}" for key in positions() if key != "inventory" for end in ("opening", "closing")]
    return [
        Finding("position_by_margin", "serious", Source(FORM, field=name), {
            "figure": names([name]), "amount": to_text(figures[name].value or 0, places)})
        for name in ends
        if name in figures and figures[name].equation
        and any(figures[n].equation == "margin" for n in rests_on(name, figures))
    ]


def _below_zero(ledger: Ledger, places: int) -> list[Finding]:
    """A figure found below zero that can only be zero or more: the facts around it cannot all be right."""
    results = ("gross_profit", "net_profit")
    return [
        Finding("negative_found", "serious", Source(FORM), {
            "figure": names([name]), "amount": to_text(figure.value, places),
        })
        for name, figure in ledger.solution.figures.items()
        if name in variables() and variables()[name].ask and name not in results
        and figure.equation and figure.value is not None and figure.value < 0
    ]


def _negative(ledger: Ledger, case: Case, places: int) -> list[Finding]:
    """Stock, receivables, payables, cash or loans below zero at a month's end: something is missing or misnamed.

    A trade without stock has direct costs only, which months with few sales carry over: that is no stock.
    """
    found = []
    stockless = positions()["inventory"].none_in(case.case.trade)
    for key, prefix, sign in (("inventory", "1405", 1), ("receivables", "1122", 1), ("payables", "2202", -1),
                              ("cash", "1001", 1), ("loans", "2001", -1)):
        series = sign * ledger.balances.balance(prefix)
        if key == "inventory" and stockless:
            continue
        if prefix not in ledger.open.accounts | ledger.open.openings and (series < 0).any():
            at = int(series.argmin())
            month = "opening" if at == 0 else ledger.period.months[at - 1]
            params = {"account": names([key]), "month": month, "amount": to_text(int(series[at]), places)}
            found.append(Finding("negative_balance", "look", Source(), params))
    return found


__all__ = ["Control", "Ledger", "build", "position_balance"]
