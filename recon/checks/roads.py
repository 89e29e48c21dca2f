"""By which facts a figure was found: a check whose two sides share their road proves nothing."""

from recon.checks.desk import Desk
from recon.core.facts import Case
from recon.ledger.build import Ledger
from recon.ledger.control import Equation, Figure, solve

#: Double entry makes this equation follow from the control accounts together: it lends none of them independence.
_SUM_OF_ALL = "equity"


def rests_on(ledger: Ledger, name: str) -> frozenset[str]:
    """Sources (``lines``, keys of the case form, ``rule:…``) of every fact that the figure *name* was found from."""
    seen: set[str] = set()
    sources: set[str] = set()
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each in seen:
            continue
        seen.add(each)
        figure = ledger.figure(each)
        if figure.source and figure.value:
            sources.add(figure.source)
        waiting += [part for _, part in figure.terms]
    return frozenset(sources)


def facts(ledger: Ledger) -> dict[str, Figure]:
    """Every figure that was not found but given, also those that gave way, as they were given."""
    given = {n: f for n, f in ledger.solution.figures.items() if f.value is not None and not f.equation}
    return given | dict(ledger.solution.stated)


def found_by(ledger: Ledger, name: str) -> str:
    """A figure that only control account *name* could find; empty where all its figures are known without it.

    Only in the second case can the account fail to close, and only then does its closing prove anything.
    """
    equation = equation_of(ledger, name)
    given = facts(ledger)
    if all(term.variable in given for term in equation.terms):
        return ""
    others = [e for e in ledger.known.system if e.name not in (name, _SUM_OF_ALL)]
    known = solve(others, given, (), ledger.known.margin)
    unknown = [term.variable for term in equation.terms if known.value(term.variable) is None]
    return max(unknown, key=lambda each: abs(ledger.value(each) or 0), default="")


def equation_of(ledger: Ledger, name: str) -> Equation:
    """The control account *name* of the ledger's system."""
    return next(e for e in ledger.known.system if e.name == name)


def stated_margin(case: Case) -> str:
    """The key of ``[stated]`` that says a margin, or an empty string."""
    if case.stated.margin is not None:
        return "stated.margin"
    return "stated.markup" if case.stated.markup is not None else ""


def customers_owe_more(desk: Desk) -> int | None:
    """By how much more customers owe at the end, advances taken off: sales that no flow shows yet; None if unknown."""
    names = ("closing.receivables", "opening.receivables", "closing.advances", "opening.advances")
    after, before, ahead, was_ahead = (desk.ledger.value(name) for name in names)
    if after is None or before is None or ahead is None or was_ahead is None:
        return None
    return (after - before) - (ahead - was_ahead)
