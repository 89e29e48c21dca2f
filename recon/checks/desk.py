"""The desk that every check works at: the case, its books and its evidence, with the small tools that checks share."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from recon.checks.check import Check, Group, Outcome, Reason, Unit, Words
from recon.checks.scope import Scope
from recon.core.errors import ReconError
from recon.core.facts import Case
from recon.core.money import decimals, divide, to_display
from recon.core.settings import Settings
from recon.core.source import Source
from recon.core.words import say
from recon.events.accounts import OwnAccount
from recon.ledger.build import Ledger
from recon.ledger.chart import positions, variables
from recon.reading.result import Reading
from recon.statements.book import Statements

UNKNOWN = "—"


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that a check may look at; *transactions* are the live rows only."""

    case: Case
    ledger: Ledger
    statements: Statements
    accounts: Sequence[OwnAccount]
    transactions: pd.DataFrame
    settings: Settings
    readings: Sequence[Reading]
    scope: Scope

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


def label(name: str) -> Words:
    """A variable or position of the ledger as people call it."""
    end, _, key = name.partition(".")
    if end in ("opening", "closing") and key in positions():
        entry = positions()[key]
        return Words(f"{'期初' if end == 'opening' else '期末'}{entry.zh}", f"{end} {entry.en.lower()}")
    found = variables().get(name.removesuffix(".unrecorded").removesuffix(".lines"))
    return Words(found.zh, found.en) if found else Words(name, name)


def listed(names: Sequence[Words]) -> Words:
    """Several names as one."""
    return Words("、".join(name.zh for name in names), ", ".join(name.en for name in names))
