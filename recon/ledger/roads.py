"""The roads by which figures were found: how much each fact moves them, and what of them rests on whose word."""

from collections.abc import Mapping
from fractions import Fraction

from recon.ledger.control import Figure

_PROVED = ("documented", "corroborated")
_ENDS = ("opening.", "closing.")


def gradient(name: str, figures: Mapping[str, Figure]) -> dict[str, Fraction]:
    """How much *name* moves for each minor unit of every fact that it was found from."""
    found: dict[str, Fraction] = {}
    pending = {name: Fraction(1)}
    for each in rests_on(name, figures):
        slope = pending.pop(each, Fraction(0))
        if not figures[each].terms:
            found[each] = slope
        for coefficient, of in figures[each].terms:
            pending[of] = pending.get(of, Fraction(0)) + slope * coefficient
    return {fact: slope for fact, slope in found.items() if slope}


def rests_on(name: str, figures: Mapping[str, Figure]) -> list[str]:
    """*name* and all that it rests on, each before what it was found from."""
    done: dict[str, None] = {}

    def visit(each: str) -> None:
        if each not in done:
            for _, of in figures[each].terms:
                visit(of)
            done[each] = None

    visit(name)
    return list(reversed(done))


def unnetted(name: str, figures: Mapping[str, Figure]) -> dict[str, Fraction]:
    """*name* by basis, adding up to its value, where what was stated of one account never cancels another's.

    Both ends of one account net to its change. But a stated rise of stock and a stated rise of debts, which cost of
    sales rests on, are two words that were taken, however nearly they cancel. A margin's figure is an estimate.
    """
    figure = figures[name]
    if not figure.terms or figure.equation == "margin" or set(figure.parts) <= set(_PROVED):
        return {basis: Fraction(amount) for basis, amount in figure.parts.items()}
    sums: dict[tuple[str, str], Fraction] = {}
    for fact, slope in gradient(name, figures).items():
        account = next((fact.removeprefix(end) for end in _ENDS if fact.startswith(end)), fact)
        for basis, amount in figures[fact].parts.items():
            sums[account, basis] = sums.get((account, basis), Fraction(0)) + slope * amount
    found: dict[str, Fraction] = {}
    for (_, basis), total in sums.items():
        found[basis] = found.get(basis, Fraction(0)) + (total if basis in _PROVED else abs(total))
    rest = Fraction(figure.value or 0) - sum(found.values(), Fraction(0))
    return found | {"documented": found.get("documented", Fraction(0)) + rest}
