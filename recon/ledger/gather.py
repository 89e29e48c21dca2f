"""Everything that the solver is given: the facts of a case, their equations and the margin that was stated."""

from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from recon.core.facts import Case
from recon.core.period import Period
from recon.events.owing import Owed
from recon.ledger.ahead import paid_ahead
from recon.ledger.cards import cards_sold
from recon.ledger.chart import positions, variables
from recon.ledger.control import Equation, Term, equations
from recon.ledger.desk import Desk
from recon.ledger.financed import financed
from recon.ledger.known import Known, OwnAccount, live
from recon.ledger.silence import silence


def gather(
    transactions: pd.DataFrame, accounts: Sequence[OwnAccount], case: Case, period: Period, bills: Sequence[Owed] = (),
    doubted: frozenset[str] = frozenset(),
) -> Known:
    """Collect the facts of *case*, of the classified *transactions* (``core.tables.TRANSACTIONS``) and of *bills*.

    *doubted*: ids of lines whose names are no better than guessed, whatever their words say.
    """
    desk = Desk(case, period, live(transactions), accounts)
    desk.guessed |= doubted
    desk.from_accounts()
    desk.from_lines()
    desk.from_positions()
    desk.from_loans()
    desk.from_assets()
    desk.from_accruals()
    paid_ahead(desk)
    desk.from_answers()
    cards_sold(desk)
    financed(desk)
    silence(desk)
    desk.from_bills(bills)
    return Known(
        tuple(_system()), desk.facts, tuple(desk.fallbacks), _margin(case), desk.openings, desk.gaps, desk.least,
        desk.assets, desk.evidence, desk.reach, desk.guessed, tuple(desk.findings),
    )


def _margin(case: Case) -> tuple[Fraction, str] | None:
    """The margin of sales that the owner stated; a markup m of cost is a margin of m ÷ (1 + m) (method §5)."""
    if case.stated.margin is not None:
        return Fraction(case.stated.margin), "stated.margin"
    if case.stated.markup is not None:
        markup = Fraction(case.stated.markup)
        return markup / (1 + markup), "stated.markup"
    return None


def _system() -> list[Equation]:
    """The equations of the data, and those that follow from the variables and positions themselves."""
    cash = {name: entry for name, entry in variables().items() if entry.cash}
    split = [
        Equation(name, "identity", (Term("plus", f"{name}.lines"), Term("plus", f"{name}.unrecorded"),
                                    Term("minus", name)))
        for name in cash
    ]
    unrecorded = tuple(
        Term("increase" if entry.cash == "in" else "decrease", f"{name}.unrecorded") for name, entry in cash.items()
    )
    expenses = Equation("expenses_paid", "identity", (
        *(Term("plus", name) for name in cash if name.startswith("expense.")), Term("minus", "expenses_paid"),
    ))
    system = [*split, expenses]
    for equation in equations():
        extra = unrecorded if equation.name == "cash" else ()
        system.append(Equation(equation.name, equation.kind, (*equation.terms, *extra)))
    return [*system[:-1], _net_worth("opening"), _net_worth("closing"), system[-1]]


def _net_worth(end: str) -> Equation:
    """Equity is what the business has less what it owes."""
    terms = [
        Term("plus" if position.side == "asset" else "minus", f"{end}.{key}") for key, position in positions().items()
    ]
    terms.append(Term("plus", f"evidence.{end}"))
    if end == "closing":
        terms += [Term("plus", "clearing"), Term("minus", "unexplained")]
    return Equation(f"{end}_equity", "identity", (*terms, Term("minus", f"{end}.equity")))
