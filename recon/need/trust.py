"""How far failed checks count: each takes off the trust in the figures that need and capacity rest on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import pandas as pd

from recon.checks.check import Check, Reason
from recon.checks.desk import percent
from recon.core.knowledge import table
from recon.core.settings import Settings
from recon.statements.book import Statements

#: Statement lines that differences are weighed against.
_BASES = {"assets": ("balance_sheet", 30), "sales": ("income_statement", 1)}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A failed check and the share, 0 to 1, that it takes off; *stops*: no verdict is given before it clears."""

    check: Check
    off: Fraction
    stops: bool


@dataclass(frozen=True, slots=True)
class Trust:
    """What is left of trust after all doubts, 0 to 1: the product of what each leaves."""

    doubts: tuple[Doubt, ...]

    @property
    def share(self) -> Fraction:
        """1 where no failed check counts, 0 where one stops the verdict."""
        left = Fraction(1)
        for doubt in self.doubts:
            left *= 1 - doubt.off
        return left

    @property
    def stopping(self) -> tuple[Doubt, ...]:
        """Doubts that must be cleared before any verdict."""
        return tuple(doubt for doubt in self.doubts if doubt.stops)

    def reasons(self) -> Iterable[Reason]:
        """Each failed check that moves the amount, then those that are told only."""
        for doubt in sorted(self.doubts, key=lambda d: -d.off):
            if doubt.stops:
                continue
            code = "check_weighs" if doubt.off else "check_failed"
            yield Reason(code, {"check": doubt.check.title, "share": percent(doubt.off)})


def trust(
    checks: Sequence[Check], statements: Statements, transactions: pd.DataFrame | None, settings: Settings
) -> Trust:
    """The doubts that failed checks raise; of articulation only what is off by little (:func:`off_by_little`)."""
    failed = [
        check for check in checks
        if check.outcome == "fail" and (check.group != "articulation" or off_by_little(check, statements, settings))
    ]
    return Trust(tuple(_doubt(check, statements, transactions, settings) for check in failed))


def off_by_little(check: Check, statements: Statements, settings: Settings) -> bool:
    """Whether books fail to tie only to a printed or counted balance, by a share of total assets that moves nothing.

    An opening told in round sums puts cash out by a few coins; statements that contradict each other are never little.
    """
    assets = abs(statements.line(*_BASES["assets"]).amount or 0)
    most = Fraction(settings.number("tie_little")) * assets
    gaps = [(part, (part.actual or 0) - (part.expected or 0)) for part in check.parts
            if part.actual is not None and part.expected is not None]
    wrong = [(part, gap) for part, gap in gaps if (gap < 0 if part.relation == ">=" else gap != 0)]
    return bool(wrong) and all("[printed." in part.right and abs(gap) <= most for part, gap in wrong)


def _doubt(check: Check, statements: Statements, rows: pd.DataFrame | None, settings: Settings) -> Doubt:
    way = _way(check.id)
    if way == "all":
        return Doubt(check, Fraction(1), stops=True)
    off = min(Fraction(1), abs(_off(way, check, statements, rows)))
    floor = Fraction(settings.number("trust_check_floor"))
    return Doubt(check, off if off >= floor else Fraction(0), stops=False)


@cache
def _ways() -> tuple[tuple[str, str], ...]:
    return tuple((row["check"], row["by"]) for row in table("need/trust.tsv", ("check", "by")))


def _way(check_id: str) -> str:
    """How a check counts: the first row of ``templates/need/trust.tsv`` that fits its id."""
    return next(
        by for name, by in _ways() if name == check_id or (name.endswith("*") and check_id.startswith(name[:-1]))
    )


def _off(way: str, check: Check, statements: Statements, rows: pd.DataFrame | None) -> Fraction:
    """The share that a failed check takes off, before bounds."""
    difference, actual = check.difference, check.actual
    if way == "none" or difference is None or actual is None:
        return Fraction(0)
    if way == "expected":
        return Fraction(difference) / abs(Fraction(check.expected or 0)) if check.expected else Fraction(1)
    if way in _BASES:
        base = statements.line(*_BASES[way]).amount
        return Fraction(difference) / base if base else Fraction(1)
    if way == "files":
        return _value_in(check.sources, rows)
    return 1 - Fraction(actual) if way == "shortfall" else Fraction(actual)


def _value_in(files: Sequence[str], rows: pd.DataFrame | None) -> Fraction:
    """The share of all lines' value that stands in *files*."""
    if rows is None or rows.empty:
        return Fraction(0)
    weight = rows.loc[rows["set_aside"] == "", ["file", "amount"]]
    total = int(weight["amount"].abs().sum())
    bad = int(weight.loc[weight["file"].isin(files), "amount"].abs().sum())
    return Fraction(bad, total) if total else Fraction(0)
