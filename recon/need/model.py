"""What a loan decision is made of: the need by each road, what a month can carry, and what follows for the request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from recon.checks.check import Reason
from recon.core.facts import Request
from recon.core.finding import Words

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
        low, high: the range over the disputed choices, wider where sales are estimated or doubted; minor units.
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
        affordable: the largest loan that the disposable cash repays in *term_months*, the recommended term.
        annual_rate: of the request, or the assumed one.
        schedule: the requested loan's payments.
        inputs: the table behind it.
        because: in sentences.
        less, more: how much less and more a month may leave; None where nobody can know.
        least, most: ``affordable`` of a month that leaves so much less, and so much more.
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
    term_months: int = 0
    less: int | None = None
    more: int | None = None
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Recommended:
    """What to lend.

    Attributes:
        amount, low, high: minor units; *low* is what weak evidence still carries.
        term_months: in months.
        repayment: form of ``Request.repayment``.
        binding: which bound decided: request, need, capacity, cap or evidence.
        bounds: every bound by name, minor units; *amount* is the least of them.
        schedule: the payments of the recommended loan, from the month after the period on.
    """

    amount: int
    low: int
    high: int
    term_months: int
    repayment: str
    binding: str
    bounds: Mapping[str, int] = field(default_factory=dict)
    schedule: Sequence[Instalment] = ()


@dataclass(frozen=True, slots=True)
class Stress:
    """What a month leaves in one kind of bad times, minor units; *size* is how bad, as people read it."""

    name: str
    size: str
    left: int
    holds: bool


@dataclass(frozen=True, slots=True)
class Swing:
    """One assumption moved down and up by *step*: the recommended amounts, and where the verdict turns.

    *turns* is the smallest change, signed, in the unit of *step*, at which the verdict is another; None where it stands
    within all that was tried.
    """

    name: str
    step: Fraction
    unit: Unit
    down: int
    up: int
    turns: Fraction | None


@dataclass(frozen=True, slots=True)
class Would:
    """A figure that would have to be *wanted* instead of *now* for the requested amount to be right, all else equal."""

    name: str
    now: Fraction
    wanted: Fraction
    unit: Unit


@dataclass(frozen=True, slots=True)
class Borrowing:
    """A loan that the business has, by the form, by the flows or both; minor units, None where unknown.

    Attributes:
        lender: name.
        balance: owed at the end of the period.
        annual_rate: as stated, else inferred from the flows.
        inferred: the rate is inferred.
        declared: it stands in the form.
        monthly: what it takes a month, as stated, else as the flows show it.
        instalment: what the same balance would take a month with this lender, repaid alike.
        saved: monthly less instalment, where this loan could replace it and is cheaper.
        overdue_days: days in arrears; 0 where none are told.
    """

    lender: str
    balance: int | None
    annual_rate: Fraction | None
    inferred: bool
    declared: bool
    monthly: int | None
    instalment: int | None
    saved: int | None
    overdue_days: int = 0


@dataclass(frozen=True, slots=True)
class Weeks:
    """Cash at each week's end of the coming year, minor units: middle and low (P10) course, and with the loan."""

    starts: tuple[str, ...] = ()
    without: tuple[int, ...] = ()
    low: tuple[int, ...] = ()
    loan: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Watch:
    """A figure to watch after the loan: its level today and the value that calls for a visit."""

    name: str
    level: Fraction | None
    trigger: Fraction | None
    unit: Unit
    above: bool


@dataclass(frozen=True, slots=True)
class Inspection:
    """Which loans are visited first: exceptional, large or ordinary, and the reasons."""

    kind: Literal["exceptional", "large", "ordinary"]
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """Need against request.

    Attributes:
        reasons: ranked, the most weighty first.
        trust: 1, less what failed checks take off (``recon.need.trust``).
        sure: trust × the share of sales that is not estimated; the low end of the range is the least need times this.
        differ: why the roads to the need differ.
        stress, swings, would: how sure: bad times, assumptions moved, and what would make the request right.
        top_up: room for new money beside the loans there are, minor units; None without loans or where unknown.
        loans: those loans, and what replacing each would save.
        weeks: the coming year's cash; empty where no lines date the flows.
        watch, inspection: for after the loan.
        within: how far round answers and missing files leave the balances open, minor units; in every range.
    """

    requested: Request | None
    methods: tuple[Method, ...]
    capacity: Capacity
    recommended: Recommended | None
    verdict: Verdict
    reasons: tuple[Reason, ...] = field(default_factory=tuple)
    trust: Fraction = Fraction(1)
    sure: Fraction = Fraction(1)
    differ: tuple[Reason, ...] = ()
    stress: tuple[Stress, ...] = ()
    swings: tuple[Swing, ...] = ()
    would: tuple[Would, ...] = ()
    top_up: int | None = None
    loans: tuple[Borrowing, ...] = ()
    weeks: Weeks = Weeks()
    watch: tuple[Watch, ...] = ()
    inspection: Inspection | None = None
    within: int = 0

    def method(self, name: str) -> Method:
        """One road by its id."""
        return next(method for method in self.methods if method.id == name)
