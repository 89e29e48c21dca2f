"""Control accounts and identities as one exact linear system: each missing figure is found, with the road to it.

The equations are data (``templates/control.tsv``, method §5). Facts that contradict each other leave a difference in
the control account where they meet, and its closing gives way to what the account says; nothing is plugged.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from recon.core.knowledge import table
from recon.core.money import divide
from recon.ledger.linear import Row, determined, free_columns

#: Equations of these roles enter with this sign; all of one equation sum to zero.
_SIGNS = {"opening": 1, "increase": 1, "plus": 1, "decrease": -1, "closing": -1, "minus": -1}

#: A part of documented money whose meaning or completeness is assumed (see ``ledger.reach``): shown as estimated.
ASSUMED = "assumed"
#: Source of a fallback that takes a kind of cash nobody mentioned as none.
NO_RECORD = "rule:no_other_record"
#: What is recorded of sales, by whatever road: only what a margin finds beyond it is an estimate.
_RECORDED = tuple((Fraction(sign), name) for sign, name in (
    (1, "credit_sales"), (1, "cash_sales.lines"), (-1, "sales_returns"), (-1, "refund_returns"),
))
#: Accounts that every flow of cash enters: what is left over in them says nothing of any one flow.
_LEFT_OVER = ("cash", "equity")
#: What is owed, sold or bought on account is never less than nothing.
_ON_ACCOUNT = frozenset({"opening.receivables", "credit_sales", "opening.payables", "credit_purchases"})
#: What is asked for before any total: who owed what on a day can be counted and shown, a year's sales only claimed.
_COUNTED = ("opening.", "closing.")


@dataclass(frozen=True, slots=True)
class Term:
    """One variable of an equation with its role (opening, increase, decrease, closing, plus, minus)."""

    role: str
    variable: str

    @property
    def sign(self) -> int:
        """+1 or −1: how the variable enters the sum that is zero."""
        return _SIGNS[self.role]


@dataclass(frozen=True, slots=True)
class Equation:
    """Σ sign × variable = 0. *kind* is control or identity."""

    name: str
    kind: str
    terms: tuple[Term, ...]

    def of(self, *roles: str) -> list[str]:
        """Names of the variables that have one of *roles*."""
        return [t.variable for t in self.terms if t.role in roles]


@dataclass(frozen=True, slots=True)
class Figure:
    """One fact or found figure, in minor units.

    Attributes:
        value: minor units; None where it cannot be known.
        shares: minor units by basis (documented, corroborated, stated, estimated): how well it is known.
        source: ``lines``, a key of the case form, or ``rule:<name>``; empty where it was found.
        equation: the equation that found it; empty for a fact.
        terms: coefficient and variable of each known figure that it was found from.
        parts: the same by basis with signs, adding up to *value*: what is stated at both ends nets to its change, and
            ``ASSUMED`` stands apart from estimated.
    """

    value: int | None
    shares: Mapping[str, int] = field(default_factory=dict)
    source: str = ""
    equation: str = ""
    terms: tuple[tuple[Fraction, str], ...] = ()
    parts: Mapping[str, int] = field(default_factory=dict)


def by_basis(value: int, parts: Mapping[str, int], source: str) -> Figure:
    """A fact whose signed *parts* by basis add up to *value*."""
    kept = {basis: amount for basis, amount in parts.items() if amount}
    return Figure(value, weights(kept), source, parts=kept)


def weights(parts: Mapping[str, int]) -> dict[str, int]:
    """Signed *parts* as weights of the four bases, none below zero; what is assumed is shown as estimated."""
    found: dict[str, int] = {}
    for basis, amount in parts.items():
        if amount:
            name = "estimated" if basis == ASSUMED else basis
            found[name] = found.get(name, 0) + abs(amount)
    return found


def fact(value: int, basis: str, source: str) -> Figure:
    """A fact of one basis."""
    return by_basis(int(value), {basis: int(value)}, source)


@dataclass(frozen=True, slots=True)
class Solution:
    """What follows from the facts.

    Attributes:
        figures: every variable of the system, value None where undetermined.
        differences: minor units by equation, opening + increases − decreases − closing as stated, where not zero.
        stated: closings that gave way, as they were stated.
        questions: a shortest list of variables which, once known, determine all the rest.
    """

    figures: Mapping[str, Figure]
    differences: Mapping[str, int]
    stated: Mapping[str, Figure]
    questions: tuple[str, ...]

    def value(self, name: str) -> int | None:
        """Minor units of *name*; None where it cannot be known."""
        return self.figures[name].value if name in self.figures else None


def equations() -> list[Equation]:
    """The equations of ``templates/control.tsv`` in their order."""
    grouped: dict[tuple[str, str], list[Term]] = {}
    for row in table("control.tsv", ("equation", "kind", "role", "variable")):
        grouped.setdefault((row["equation"], row["kind"]), []).append(Term(row["role"], row["variable"]))
    return [Equation(name, kind, tuple(terms)) for (name, kind), terms in grouped.items()]


def solve(
    system: Sequence[Equation],
    facts: Mapping[str, Figure],
    fallbacks: Sequence[tuple[str, Figure]] = (),
    margin: tuple[Fraction, str] | None = None,
    askable: Iterable[str] = (),
) -> Solution:
    """Find every figure that *facts* determine.

    Args:
        system: the equations; earlier ones are used first.
        facts: known variables.
        fallbacks: facts of lower rank, in order: each is used only while its variable is still undetermined (what the
            owner said of a month, a position that nobody mentioned).
        margin: the share of sales that is margin and its source; used only while cost or sales is undetermined.
        askable: variables that an owner can be asked for.

    While an account contradicts the facts, its closing gives way and leaves a difference under the account's name.
    """
    given = dict(facts)
    differences: dict[str, int] = {}
    stated: dict[str, Figure] = {}
    known = _everything(system, given, fallbacks, margin)
    while clash := next(((e, r) for e in system if (r := _residual(e, known)) and e.name not in differences), None):
        equation, differences[equation.name] = clash
        loser = next((n for n in reversed(equation.of("closing", "minus")) if n in given), None)
        if loser is not None:
            stated[loser] = given.pop(loser)
            known = _everything(system, given, fallbacks, margin)
    names = {t.variable for e in system for t in e.terms}
    missing = sorted(names - known.keys())
    figures = {**known, **dict.fromkeys(missing, Figure(None))}
    wanted = set(askable)
    order = sorted(missing, key=lambda n: (n in wanted, n.startswith(_COUNTED), n))
    questions = tuple(free_columns(_rows(system, known), order)) if missing else ()
    return Solution(figures, differences, stated, questions)


def _everything(
    system: Sequence[Equation],
    facts: Mapping[str, Figure],
    fallbacks: Sequence[tuple[str, Figure]],
    margin: tuple[Fraction, str] | None,
) -> dict[str, Figure]:
    """All that follows from *facts*, then with the margin, then with each fallback whose variable is still open.

    Silence about a kind of cash (``NO_RECORD``) gives way to what its own accounts say, never to what is left over in
    cash or equity: a remainder there is a difference or the one unknown that the form names, not a payment nobody made.
    """
    narrow = _with_fallbacks([e for e in system if e.name not in _LEFT_OVER], facts, fallbacks, margin)
    silent = {n: f for n, f in fallbacks if f.source == NO_RECORD and narrow[n] is f}
    return _with_fallbacks(system, {**facts, **silent}, fallbacks, margin)


def _with_fallbacks(
    system: Sequence[Equation],
    facts: Mapping[str, Figure],
    fallbacks: Sequence[tuple[str, Figure]],
    margin: tuple[Fraction, str] | None,
) -> dict[str, Figure]:
    known = _use_margin(system, _closed(system, facts), margin)
    for name, figure in fallbacks:
        if name not in known:
            known = _use_margin(system, _closed(system, {**known, name: figure}), margin)
    return known


def _residual(equation: Equation, known: Mapping[str, Figure]) -> int:
    """Σ sign × value where every variable is known, else zero."""
    total = 0
    for term in equation.terms:
        figure = known.get(term.variable)
        if figure is None or figure.value is None:
            return 0
        total += term.sign * figure.value
    return total


def _closed(system: Sequence[Equation], facts: Mapping[str, Figure]) -> dict[str, Figure]:
    """*facts* and all that follows: equations with one unknown first, then what several determine together."""
    known = dict(facts)
    while True:
        _propagate(system, known)
        if _settled(system, known):
            continue
        joint = determined(_rows(system, known))
        if not joint:
            return known
        for name, expression in joint.items():
            together = "+".join(e.name for e in system if any(t.variable == name for t in e.terms))
            known[name] = _found(expression, known, together)


def _propagate(system: Sequence[Equation], known: dict[str, Figure]) -> None:
    """Solve equations that have one unknown, the earliest first, until none is left."""
    progress = True
    while progress:
        progress = False
        for equation in system:
            open_terms = [t for t in equation.terms if t.variable not in known]
            if len(open_terms) != 1:
                continue
            target = open_terms[0]
            terms = tuple((Fraction(-target.sign * t.sign), t.variable) for t in equation.terms if t is not target)
            known[target.variable] = _found(terms, known, equation.name)
            progress = True
            break


def _settled(system: Sequence[Equation], known: dict[str, Figure]) -> bool:
    """Open an account with nothing where nothing came of it and nothing is left; whether one was so opened.

    Opening and sales on account, neither of them below zero, add up to what was received and what is owed at the end:
    where that is nothing, both are.
    """
    for equation in system:
        left = [t for t in equation.terms if t.variable not in known]
        rest = sum(t.sign * (known[t.variable].value or 0) for t in equation.terms if t.variable in known)
        opening = next((n for n in equation.of("opening") if n not in known), None)
        if opening and not rest and {t.variable for t in left} <= _ON_ACCOUNT and all(t.sign > 0 for t in left):
            known[opening] = fact(0, "estimated", "rule:nothing_came")
            return True
    return False


def _found(terms: Iterable[tuple[Fraction, str]], known: Mapping[str, Figure], equation: str) -> Figure:
    """The figure that *terms* add to, rounded to whole minor units; its basis is that of its parts, netted."""
    used = tuple((c, n) for c, n in terms if c)
    total = sum((c * (known[n].value or 0) for c, n in used), Fraction(0))
    value = divide(total.numerator, total.denominator)
    return replace(by_basis(value, _netted(used, known, value), ""), equation=equation, terms=used)


def _netted(terms: Sequence[tuple[Fraction, str]], known: Mapping[str, Figure], value: int) -> dict[str, int]:
    """Σ coefficient × part by basis in whole minor units; rounding goes to the largest part."""
    sums: dict[str, Fraction] = {}
    for coefficient, name in terms:
        for basis, amount in known[name].parts.items():
            sums[basis] = sums.get(basis, Fraction(0)) + coefficient * amount
    parts = {basis: divide(exact.numerator, exact.denominator) for basis, exact in sums.items()}
    if parts:
        largest = max(parts, key=lambda basis: abs(parts[basis]))
        parts[largest] += value - sum(parts.values())
    return parts


def _rows(system: Sequence[Equation], known: Mapping[str, Figure]) -> list[Row]:
    """Each equation that still has an unknown, as unknown coefficients = −known coefficients."""
    rows = []
    for equation in system:
        unknowns: dict[str, Fraction] = {}
        knowns: dict[str, Fraction] = {}
        for term in equation.terms:
            side, sign = (knowns, -term.sign) if term.variable in known else (unknowns, term.sign)
            side[term.variable] = side.get(term.variable, Fraction(0)) + sign
        if unknowns:
            rows.append(Row(unknowns, knowns))
    return rows


def _use_margin(
    system: Sequence[Equation], known: dict[str, Figure], margin: tuple[Fraction, str] | None
) -> dict[str, Figure]:
    """Tie cost of goods sold to sales where one of them is undetermined; the figure so found is rounded to the cent."""
    if margin is None or {"total_sales", "cost_of_goods_sold"} <= known.keys():
        return known
    share, source = margin
    rows = [*_rows(system, known), _margin_row(share, known)]
    joint = determined(rows)
    for name in ("cost_of_goods_sold", "total_sales"):
        if name in joint:
            found = _found(joint[name], known, "margin")
            guess = replace(fact(found.value or 0, "estimated", source), equation="margin", terms=found.terms)
            closed = _closed(system, {**known, name: guess})
            rest = _unrecorded(closed) if name == "total_sales" else None
            if rest is None:
                return closed
            parts = _netted(_RECORDED, closed, (guess.value or 0) - rest)
            parts["estimated"] = parts.get("estimated", 0) + rest
            return _closed(system, {**known, name: replace(guess, shares=weights(parts), parts=parts)})
    return known


def _unrecorded(known: Mapping[str, Figure]) -> int | None:
    """Sales that the margin finds beyond the recorded ones, minor units; None where the two do not part so."""
    rest, cash = known.get("cash_sales.unrecorded"), known.get("cash_sales")
    if rest is None or cash is None or (rest.equation, cash.equation) != ("cash_sales", "sales"):
        return None
    return rest.value if rest.value is not None and rest.value >= 0 else None


def _margin_row(share: Fraction, known: Mapping[str, Figure]) -> Row:
    """Cost = (1 − margin) × sales."""
    unknowns: dict[str, Fraction] = {}
    knowns: dict[str, Fraction] = {}
    for name, coefficient in (("cost_of_goods_sold", Fraction(1)), ("total_sales", share - 1)):
        if name in known:
            knowns[name] = -coefficient
        else:
            unknowns[name] = coefficient
    return Row(unknowns, knowns)
