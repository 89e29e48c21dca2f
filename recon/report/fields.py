"""What a Word template may name: the fields of a report, all of them text as people read it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value, and where the value comes from."""

    label: str
    value: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """One term of the loan, as asked for and as recommended."""

    label: str
    requested: str
    recommended: str


@dataclass(frozen=True, slots=True)
class Person:
    """A related person or firm."""

    name: str
    relation: str
    account: str


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """An own account and what its files cover."""

    name: str
    kind: str
    number: str
    covered: str
    opening: str
    closing: str
    proven: str


@dataclass(frozen=True, slots=True)
class File:
    """One file of evidence; *code* begins the names of its lines, *digest* is the beginning of its SHA-256."""

    code: str
    file: str
    kind: str
    lines: str
    outcome: str
    why: str
    digest: str


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together: a reason, a category or a counterparty, with their number and total."""

    label: str
    count: str
    amount: str
    share: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """A line of the balance sheet; *line* is its official number, empty on a heading; *total* prints bold."""

    line: str
    name: str
    opening: str
    closing: str
    total: bool


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A line of the income statement or the cash flow."""

    line: str
    name: str
    amount: str
    total: bool


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline figure, between which amounts it lies as far as is known, and where it stands."""

    label: str
    value: str
    between: str
    reference: str


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A main figure, how well it is known (shares in per cent) and where it stands."""

    name: str
    amount: str
    documented: str
    corroborated: str
    stated: str
    estimated: str
    reference: str


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the receivables, payables or stock."""

    name: str
    amount: str
    date: str
    overdue: str
    proof: str


@dataclass(frozen=True, slots=True)
class Product:
    """A product as the owner described it: cost and price of a unit, share of sales."""

    name: str
    unit_cost: str
    unit_price: str
    share: str


@dataclass(frozen=True, slots=True)
class Equipment:
    """A fixed asset."""

    name: str
    cost: str
    bought: str
    life: str
    proof: str


@dataclass(frozen=True, slots=True)
class Loan:
    """A borrowing."""

    lender: str
    kind: str
    opening: str
    closing: str
    rate: str
    monthly: str
    due: str


@dataclass(frozen=True, slots=True)
class Control:
    """A control account: what it tells, in one sentence, and the difference it leaves."""

    name: str
    sentence: str
    difference: str


@dataclass(frozen=True, slots=True)
class Check:
    """One check with its two sides."""

    id: str
    name: str
    outcome: str
    expected: str
    actual: str
    difference: str
    because: str
    reference: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the flows."""

    month: str
    effective: str
    sales: str
    operating_cash: str
    cash: str


@dataclass(frozen=True, slots=True)
class Method:
    """One road to the need with its inputs; *limit* is the new money after funds and loans in hand."""

    name: str
    amount: str
    range: str
    limit: str
    because: str
    inputs: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Guarantor:
    """A guarantor as the form describes it."""

    name: str
    relation: str
    net_assets: str
    willingness: str
    joint: str


@dataclass(frozen=True, slots=True)
class Watch:
    """A figure to watch after the loan, its level today and the value that calls for a visit."""

    name: str
    today: str
    trigger: str


@dataclass(frozen=True, slots=True)
class Bound:
    """Something that the amount may not exceed; *decides* is empty unless it is the least."""

    name: str
    amount: str
    decides: str


@dataclass(frozen=True, slots=True)
class Payment:
    """A month's payment of the recommended loan."""

    month: str
    principal: str
    interest: str
    total: str


@dataclass(frozen=True, slots=True)
class Stress:
    """Bad times of one kind, what they leave of a month, and whether that carries the instalment."""

    name: str
    left: str
    holds: str


@dataclass(frozen=True, slots=True)
class Swing:
    """The recommended amount with one assumption moved down and up by *step*, and where the verdict turns."""

    name: str
    step: str
    down: str
    up: str
    turns: str


@dataclass(frozen=True, slots=True)
class Would:
    """A figure as it is and as it would have to be for the requested amount to be right."""

    name: str
    now: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Existing:
    """A loan that the business has; *here* is what it would take a month with this lender."""

    lender: str
    balance: str
    rate: str
    monthly: str
    here: str
    saved: str
    origin: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A check that failed or is to be explained: likely causes, and what its correction would move."""

    name: str
    causes: tuple[str, ...]
    moves: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A threshold that nobody has verified yet."""

    name: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Note:
    """A finding."""

    severity: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture; write ``{{ chart.picture }}`` on a line of its own."""

    caption: str
    picture: object


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. Lists may be empty: a template says what then stands in their place."""

    borrower: str
    trade: str
    period: str
    currency: str
    request_in_brief: str
    verdict: str
    terms: tuple[Terms, ...]
    reasons: tuple[str, ...]
    rests_on: tuple[str, ...]
    headline: tuple[Headline, ...]
    about: tuple[Fact, ...]
    related: tuple[Person, ...]
    interview: tuple[Fact, ...]
    products: tuple[Product, ...]
    business: tuple[Fact, ...]
    internal_checks: tuple[Fact, ...]
    external_checks: tuple[Fact, ...]
    judgement: tuple[Fact, ...]
    coverage: tuple[str, ...]
    accounts: tuple[OwnAccount, ...]
    gaps: tuple[str, ...]
    set_aside: tuple[Group, ...]
    files: tuple[File, ...]
    balance_sheet: tuple[BalanceLine, ...]
    income_statement: tuple[FlowLine, ...]
    cash_flow: tuple[FlowLine, ...]
    statement_notes: tuple[str, ...]
    key_figures: tuple[KeyFigure, ...]
    receivables: tuple[Item, ...]
    payables: tuple[Item, ...]
    stock: tuple[Item, ...]
    equipment: tuple[Equipment, ...]
    loans: tuple[Loan, ...]
    controls: tuple[Control, ...]
    cross_summary: str
    cross_checks: tuple[Check, ...]
    other_checks: tuple[Check, ...]
    explained: tuple[Explained, ...]
    articulation_summary: str
    articulation_checks: tuple[Check, ...]
    flows_summary: str
    flow_notes: tuple[str, ...]
    months: tuple[Month, ...]
    excluded: tuple[Group, ...]
    customers: tuple[Group, ...]
    suppliers: tuple[Group, ...]
    need_summary: str
    methods: tuple[Method, ...]
    differ: tuple[str, ...]
    bounds: tuple[Bound, ...]
    payments: tuple[Payment, ...]
    would: tuple[Would, ...]
    swings: tuple[Swing, ...]
    top_up: str
    existing: tuple[Existing, ...]
    capacity_summary: str
    capacity: tuple[Fact, ...]
    stresses: tuple[Stress, ...]
    guarantee_summary: str
    guarantors: tuple[Guarantor, ...]
    risks: tuple[str, ...]
    questions: tuple[str, ...]
    conclusion: tuple[str, ...]
    conditions: tuple[str, ...]
    watch: tuple[Watch, ...]
    inspection: str
    assumptions: tuple[str, ...]
    settings: tuple[Setting, ...]
    settings_note: str
    findings: tuple[Note, ...]
    revenue_chart: tuple[Chart, ...]
    cash_chart: tuple[Chart, ...]
    flow_chart: tuple[Chart, ...]
    need_chart: tuple[Chart, ...]
    weeks_chart: tuple[Chart, ...]
