"""The desk that every check works at: the case, its books and its evidence, with the small tools that checks share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from recon.checks.catalogue import entry
from recon.checks.check import Check, Group, Outcome, Reason, Unit
from recon.checks.rounding import together
from recon.checks.scope import Scope
from recon.core.errors import ReconError
from recon.core.facts import Case
from recon.core.finding import Words
from recon.core.money import decimals, divide, to_display
from recon.core.settings import Settings
from recon.core.source import Source
from recon.core.words import say
from recon.events.accounts import OwnAccount
from recon.events.matching import Match
from recon.ledger.build import Ledger
from recon.reading.result import Reading
from recon.statements.book import Statements

UNKNOWN = "—"


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that a check may look at.

    *transactions* are the live rows only; *aside* are those set aside; *matches* the documents and what paid them;
    *picked* keeps what several checks pick from the rows alike.
    """

    case: Case
    ledger: Ledger
    statements: Statements
    accounts: Sequence[OwnAccount]
    transactions: pd.DataFrame
    settings: Settings
    readings: Sequence[Reading]
    scope: Scope
    matches: Sequence[Match] = ()
    aside: pd.DataFrame = field(default_factory=pd.DataFrame)
    picked: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    @property
    def minor(self) -> int:
        """Minor units in one major unit of the case's currency."""
        return int(10 ** decimals(self.case.case.currency))

    def limits(self, check_id: str) -> tuple[Decimal, Decimal]:
        """Up to what a deviation passes, and up to what it is to be explained."""
        name = entry(check_id).limits
        return self.settings.number(f"{name}_pass"), self.settings.number(f"{name}_explain")

    def text(self, amount: int | None) -> str:
        """Minor units as people read them, a dash where unknown."""
        return UNKNOWN if amount is None else to_display(amount, decimals(self.case.case.currency))


def choice(settings: Settings, name: str, allowed: Sequence[str]) -> str:
    """A setting that is one of named choices.

    Raises:
        ReconError: ``unknown_choice``, naming those there are.
    """
    value = settings.text(name)
    if value not in allowed:
        known = ", ".join(allowed)
        raise ReconError("unknown_choice", Source("case.toml", field=f"settings.{name}"), value=value, known=known)
    return value


def title(code: str) -> Words:
    """A check's name from ``templates/words`` under ``check.<code>``."""
    return Words(say("zh-CN", f"check.{code}"), say("en", f"check.{code}"))


def unknown(name: str, group: Group, why: str | Reason, unit: Unit = "money") -> Check:
    """A check that cannot be judged, and why."""
    reason = Reason(why) if isinstance(why, str) else why
    return Check(name, group, "cannot_judge", title(name), unit=unit, because=(reason,))


def against(
    name: str, expected: int, actual: int, source: str, desk: Desk, base: int | None = None, error: int = 0,
) -> Check:
    """A figure by another road against the rebuilt one, graded as a share of *base* (the other road where None).

    All in minor units. *error* is how far round answers and counts leave the two sides open; it widens both limits.
    Sentences: ``against``, then ``<family>_higher`` or ``<family>_lower`` where it does not pass.
    """
    gap, below = actual - expected, abs(expected) if base is None else base
    pass_to, explain_to = (together(Fraction(limit) * below, error) for limit in desk.limits(name))
    outcome: Outcome = "pass" if abs(gap) <= pass_to else "explain" if abs(gap) <= explain_to else "fail"
    if outcome == "fail" and entry(name).worst == "explain":
        outcome = "explain"
    share = percent(Fraction(gap, below)) if below else UNKNOWN
    because = [Reason("against", {"expected": desk.text(expected), "actual": desk.text(actual),
                                  "difference": desk.text(gap), "share": share})]
    if error and abs(gap) > Fraction(desk.limits(name)[0]) * below:
        because.append(Reason("rounded", {"error": desk.text(error)}))
    if outcome != "pass":
        because.append(Reason(f"{entry(name).limits}_{'higher' if gap > 0 else 'lower'}"))
    return Check(name, entry(name).group, outcome, title(entry(name).id), expected, actual, pass_to, "money",
                 tuple(because), (source,))


def flagged(name: str, found: pd.DataFrame, base: int, desk: Desk, amount: int | None = None) -> Check:
    """A check of lines that should not be there: their sum (or *amount*) against none, graded by its share of *base*.

    *found* are rows of the transactions, *base* minor units > 0. Sentences: ``<name>_pass`` and ``<name>_found``.
    """
    total = int(found["amount"].abs().sum()) if amount is None else amount
    least, most = desk.limits(name)
    share = Fraction(total, base)
    outcome = grade(share, least, most)
    if outcome == "fail" and entry(name).worst == "explain":
        outcome = "explain"
    ids = tuple(str(each) for each in found["id"])
    params = {"count": len(found), "amount": desk.text(total), "share": percent(share), "rows": some(ids)}
    code = f"{name}_pass" if not total else "below_threshold" if outcome == "pass" else f"{name}_found"
    return Check(name, entry(name).group, outcome, title(name), 0, total, whole(Fraction(least) * base), "money",
                 (Reason(code, params),), ids[:_SHOWN], rows=ids, amount=total)


#: How many line ids a sentence names.
_SHOWN = 5


def some(ids: Sequence[str]) -> str:
    """The first line ids as a sentence shows them."""
    return ", ".join(ids[:_SHOWN]) + (" …" if len(ids) > _SHOWN else "")


def grade(deviation: Fraction | Decimal, least: Decimal, most: Decimal) -> Outcome:
    """Pass up to *least*, explain up to *most*, fail beyond, whatever the sign."""
    size = abs(Fraction(deviation))
    return "pass" if size <= Fraction(least) else "explain" if size <= Fraction(most) else "fail"


def ratio(value: Fraction) -> Decimal:
    """A ratio at four places, rounded half away from zero."""
    return Decimal(divide(value.numerator * 10_000, value.denominator)).scaleb(-4)


def percent(value: Fraction | Decimal) -> str:
    """A share as people read it: ``12.3%``."""
    exact = Fraction(value) * 1000
    return f"{Decimal(divide(exact.numerator, exact.denominator)).scaleb(-1)}%"


def whole(value: Fraction) -> int:
    """Whole minor units, rounded half away from zero."""
    return divide(value.numerator, value.denominator)


def listed(names: Sequence[Words]) -> Words:
    """Several names as one."""
    return Words("、".join(name.zh for name in names), ", ".join(name.en for name in names))
