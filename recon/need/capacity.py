"""Capacity: what each month leaves after household and existing loans, and what instalment it carries (method §10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from recon.checks.check import Reason
from recon.checks.desk import percent, whole
from recon.checks.scope import Scope
from recon.core.facts import Request
from recon.core.money import decimals, to_display
from recon.core.settings import Settings
from recon.need.formulas import calculate
from recon.need.model import Capacity, Input
from recon.need.ranges import left_open
from recon.need.repayment import affordable, regular, schedule, season
from recon.need.term import form
from recon.need.working_capital import missing

_OPERATING, _PROFIT = 7, 32
_LONGEST = 600  # fifty years: a slip of the pen in the term must not make a schedule without end
_UNKNOWN_IN = "2241.09"


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms that a loan is judged by: those asked for, or the usual ones where nothing was said."""

    months: int
    annual_rate: Fraction
    repayment: str


def terms(request: Request | None, months: int, settings: Settings) -> Terms:
    """The request's rate and form over *months*."""
    rate = request.annual_rate if request is not None else None
    rate = settings.number("assumed_rate") if rate is None else rate
    return Terms(months, max(Fraction(0), Fraction(rate)), form(request))


def capacity(
    scope: Scope, settings: Settings, request: Request | None, months: int, currency: str, rows: pd.DataFrame
) -> Capacity:
    """What the business can carry, the request's own instalments, and the largest loan over *months*.

    *rows*: the classified lines (``core.tables.TRANSACTIONS``), which say how far the figures are open.
    """
    inputs = calculate("capacity", scope, settings)
    value = inputs["monthly_disposable"].value
    disposable = None if value is None else whole(value)
    by_month = _by_month(scope, inputs)
    worst = min(by_month, key=lambda month: by_month[month], default="")
    agreed = terms(request, months, settings)
    asked = min(_LONGEST, max(1, (request.term_months if request else None) or months))
    weights = season(by_month, asked) if agreed.repayment == "seasonal" else []
    earned = scope.line("I", _PROFIT, "close") is not None
    payments = schedule(request.amount, agreed.annual_rate, asked, agreed.repayment, weights) if request else []
    instalment = regular(payments) if request else None
    less, more = (None, None) if disposable is None else _open(scope, inputs, rows)
    return Capacity(
        disposable, by_month, worst, by_month.get(worst), instalment, _coverage(disposable, instalment),
        tuple(month for month, left in by_month.items() if instalment is not None and left < instalment),
        largest(disposable, agreed, settings),
        agreed.annual_rate, payments, inputs,
        _because(inputs, disposable, instalment, currency, earned=earned), months, less, more,
        None if less is None else largest((disposable or 0) - less, agreed, settings),
        None if more is None else largest((disposable or 0) + more, agreed, settings),
    )


def _open(scope: Scope, inputs: Mapping[str, Input], rows: pd.DataFrame) -> tuple[int | None, int | None]:
    """How much less and more a month may leave; where the owner's word decides the household, to its rounding."""
    paid, household = inputs["household_paid"].value, inputs["household"].value
    found = left_open(scope.ledger, rows, taken=household == paid)
    if found is None:
        return None, None
    months = len(scope.ledger.period.months)
    said = 0 if household == paid else whole(scope.answer("household.rounding") or Fraction(0))
    return found[0] // months + said, found[1] // months + said


def largest(disposable: int | None, agreed: Terms, settings: Settings) -> int | None:
    """The largest loan that the usable share of *disposable* (minor units a month) repays on the terms *agreed*."""
    if disposable is None:
        return None
    budget = int(disposable * Fraction(settings.number("instalment_share")))
    return affordable(budget, agreed.annual_rate, agreed.months, agreed.repayment)


def _coverage(disposable: int | None, instalment: int | None) -> Fraction | None:
    return Fraction(disposable, instalment) if disposable is not None and instalment else None


def _by_month(scope: Scope, inputs: Mapping[str, Input]) -> dict[str, int]:
    """Disposable cash by month: that month's operating cash, less a usual month's household and loan service."""
    line = scope.statements.line("cash_flow", _OPERATING)
    taken = [inputs[name].value for name in ("household", "debt_service")]
    if None in taken or not line.months or None in line.months.values():
        return {}
    level = sum(t for t in taken if t is not None)
    unknown = -scope.ledger.balances.moved(_UNKNOWN_IN)[1:]
    return {
        month: whole(Fraction(amount or 0) - max(0, int(unknown[i])) - level)
        for i, (month, amount) in enumerate(line.months.items())
    }


def _because(
    inputs: Mapping[str, Input], disposable: int | None, instalment: int | None, currency: str, *, earned: bool
) -> tuple[Reason, ...]:
    if disposable is None:
        return (missing(inputs),)
    places = decimals(currency)
    shown = {name: to_display(whole(each.value or Fraction(0)), places) for name, each in inputs.items()}
    said = [Reason("capacity_month", shown)] + ([] if earned else [Reason("capacity_by_cash")])
    share = _coverage(disposable, instalment)
    if share is not None:
        params = {"instalment": to_display(instalment or 0, places), "share": percent(share)}
        said.append(Reason("capacity_covers", params))
    return tuple(said)
