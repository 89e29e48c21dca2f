"""What a loan decision is made of: the need by each road, what a month can carry, and what follows for the request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from recon.checks.check import Reason, Words
from recon.core.facts import Request

Verdict = Literal["justified", "reduce", "decline", "cannot_judge"]
Unit = Literal["money", "days", "ratio", "turns"]


@dataclass(frozen=True, slots=True)
class Input:
    """One result of a formula table, exact; minor units where *unit* is money, None where unknown.

    *expression* is its text (``recon.statements.expression``), for the workbook's live formula.
    """

    name: str
    value: Fraction | None
    unit: Unit
    title: Words
    expression: str


@dataclass(frozen=True, slots=True)
class Method:
    """The need by one road.

    Attributes:
        id: regulator, cycle, cash_gap or order.
        amount: minor units; for ``regulator`` the new limit, for ``cycle`` the cash tied up; None where unknown.
        low, high: the range over the disputed choices; minor units.
        inputs: by name, in the order of their table.
        because: how it came about, or what is missing.
        limit: new money needed after own funds and loans; comparable with a request. Minor units, None if unknown.
    """

    id: str
    amount: int | None
    low: int | None
    high: int | None
    inputs: Mapping[str, Input]
    because: tuple[Reason, ...]
    limit: int | None
    limit_high: int | None


@dataclass(frozen=True, slots=True)
class Instalment:
    """One month's payment, in whole minor units."""

    principal: int
    interest: int

    @property
    def total(self) -> int:
        """Principal and interest."""
        return self.principal + self.interest


@dataclass(frozen=True, slots=True)
class Capacity:
    """What the business can carry; minor units a month, None where unknown.

    Attributes:
        monthly_disposable: after household and the service of existing loans.
        months: the same by ``YYYY-MM``.
        worst_month, worst_amount: the month that leaves least; empty and None where months are unknown.
        instalment: the largest regular payment of the request; the bullet at the end is not one.
        coverage: monthly_disposable ÷ instalment.
        short_months: months that leave less than the instalment.
        affordable: the largest loan that the disposable cash repays in the recommended term.
        annual_rate: of the request, or the assumed one.
        schedule: the requested loan's payments.
        inputs: the table behind it.
        because: in sentences.
    """

    monthly_disposable: int | None
    months: Mapping[str, int]
    worst_month: str
    worst_amount: int | None
    instalment: int | None
    coverage: Fraction | None
    short_months: tuple[str, ...]
    affordable: int | None
    annual_rate: Fraction
    schedule: Sequence[Instalment]
    inputs: Mapping[str, Input]
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommended:
    """What to lend: amount and range in minor units, term in months, repayment form; *binding* is what decided it."""

    amount: int
    low: int
    high: int
    term_months: int
    repayment: str
    binding: str


@dataclass(frozen=True, slots=True)
class Need:
    """Need against request; *reasons* are ranked, the most weighty first."""

    requested: Request | None
    methods: tuple[Method, ...]
    capacity: Capacity
    recommended: Recommended | None
    verdict: Verdict
    reasons: tuple[Reason, ...] = field(default_factory=tuple)

    def method(self, name: str) -> Method:
        """One road by its id."""
        return next(method for method in self.methods if method.id == name)
