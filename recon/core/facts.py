"""What people said about a business: the case form's fields as frozen structs, amounts in minor units."""

import datetime as dt
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any, Literal

import msgspec


class Minor(int):
    """An amount of the form, already in minor units."""

    __slots__ = ()


class Depreciation:
    """``"straight_line"`` by asset, or an amount: minor units, None for straight line.

    A plain class, because the form library would decode a dataclass by itself.
    """

    __slots__ = ("amount",)

    def __init__(self, amount: int | None) -> None:
        self.amount = amount


Ratio = Decimal  # a rate or share: 0.15 is 15 %
Trade = Literal["restaurant", "retail", "wholesale", "manufacturing", "services", "transport", "farming", "other"]
Done = Literal["done", "clear", "adverse", "not_done"]
Grade = Literal["good", "fair", "poor"]


class _Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the form: an unknown key is an error."""


class About(_Form, frozen=True, kw_only=True):
    """``[case]``: who, what trade, which period; *unknown* names what happened and nobody wrote down."""

    name: str = ""
    trade: Trade = "other"
    currency: str = "CNY"
    language: Literal["zh-CN", "en"] = "zh-CN"
    from_: dt.date | None = msgspec.field(default=None, name="from")
    to: dt.date | None = None
    opened: dt.date | None = None
    unknown: tuple[str, ...] = ()


class Owner(_Form, frozen=True, kw_only=True):
    """``[owner]``."""

    name: str = ""
    spouse: str = ""


class Related(_Form, frozen=True, kw_only=True):
    """``[[related]]``: a person or firm whose money is not the business's income."""

    name: str
    relation: str = ""
    account: str = ""


class Request(_Form, frozen=True, kw_only=True):
    """``[request]``: the loan asked for."""

    amount: Minor
    term_months: int | None = None
    annual_rate: Ratio | None = None
    repayment: Literal["annuity", "level_principal", "interest_then_principal", "seasonal", "free"] | None = None
    purpose: str = ""
    own_funds: Minor | None = None
    other_funding: Minor | None = None


class AccountForm(_Form, frozen=True, kw_only=True):
    """``[[account]]``: an own account and the files (glob, relative to the case folder) that belong to it."""

    id: str
    kind: Literal["bank", "wallet", "card", "cash"] = "bank"
    number: str = ""
    holder: str = ""
    file: str = ""
    password: str = ""
    opening: Minor | None = None
    closing: Minor | None = None
    category_of_everything: str = ""

    def shows(self, file: str) -> bool:
        """Whether the glob fits *file*, relative to the case folder; neither case nor the way of slashes counts."""
        glob = self.file.replace("\\", "/").removeprefix("./").casefold()
        return bool(glob) and any(
            fnmatchcase(file.casefold(), each) for each in (glob, glob.replace("**/", "*").replace("**", "*"))
        )


class Position(_Form, frozen=True, kw_only=True):
    """``[opening]`` or ``[closing]``: what the business had and owed; None is *not known*, zero is zero."""

    cash: Minor | None = None
    bank: Minor | None = None
    inventory: Minor | None = None
    receivables: Minor | None = None
    prepayments: Minor | None = None
    other_receivables: Minor | None = None
    payables: Minor | None = None
    advances: Minor | None = None
    wages_payable: Minor | None = None
    taxes_payable: Minor | None = None
    other_payables: Minor | None = None
    prepaid_expenses: Minor | None = None
    accrued_expenses: Minor | None = None
    fixed_assets: Minor | None = None
    accumulated_depreciation: Minor | None = None
    bills_receivable: Minor | None = None
    bills_payable: Minor | None = None
    investments: Minor | None = None
    dividends_payable: Minor | None = None
    equity: Minor | None = None


class Item(_Form, frozen=True, kw_only=True):
    """``[[receivable]]``, ``[[payable]]`` or ``[[stock]]``: the detail of a closing position."""

    name: str = ""
    amount: Minor
    date: dt.date | None = None
    overdue_days: int | None = None
    proof: str = ""


class FixedAsset(_Form, frozen=True, kw_only=True):
    """``[[fixed_asset]]``."""

    name: str = ""
    cost: Minor
    bought: dt.date | None = None
    life_months: int | None = None
    residual: Minor | None = None
    rate: Ratio | None = None
    base: Literal["cost", "net", "closing"] = "cost"
    proof: str = ""
    sold: dt.date | None = None
    proceeds: Minor | None = None


class Loan(_Form, frozen=True, kw_only=True):
    """``[[loan]]``: a borrowing of any kind.

    *use* is what it was taken for: one for equipment, vehicles or a home is no working capital.
    """

    lender: str
    kind: Literal["bank", "private", "platform", "card"] = "bank"
    opening: Minor | None = None
    closing: Minor | None = None
    annual_rate: Ratio | None = None
    monthly_payment: Minor | None = None
    due: dt.date | None = None
    overdue_days: int | None = None
    use: Literal["trade", "equipment", "home"] | None = None


class Order(_Form, frozen=True, kw_only=True):
    """``[[order]]``: a contract or a stocking plan that the money is for.

    *amount* is what its sale brings, *cost* what it takes in cash, of which *paid* is laid out already; *deposit* is
    the customer's money in advance, *credit* what suppliers wait for until the customer has paid.
    """

    customer: str = ""
    kind: Literal["order", "stocking"] = "order"
    amount: Minor | None = None
    cost: Minor
    paid: Minor | None = None
    deposit: Minor | None = None
    credit: Minor | None = None
    start: dt.date | None = None
    due: dt.date | None = None
    payment: dt.date | None = None
    proof: str = ""


class Accrual(_Form, frozen=True, kw_only=True):
    """``[[adjust.accrual]]``: an expense owed (accrued) or paid ahead (prepaid) at one end of the period."""

    category: str
    amount: Minor
    kind: Literal["accrued", "prepaid"]
    at: Literal["opening", "closing"] = "closing"


class Adjust(_Form, frozen=True, kw_only=True):
    """``[adjust]``: facts of the period that no cash shows; a missing key means none, unless ``unknown`` names it."""

    depreciation: Depreciation | None = None
    depreciation_rate: Ratio | None = None
    bad_debts: Minor | None = None
    provision_rate: Ratio | None = None
    discount_allowed: Minor | None = None
    discount_received: Minor | None = None
    sales_returns: Minor | None = None
    purchase_returns: Minor | None = None
    set_off: Minor | None = None
    goods_taken_by_owner: Minor | None = None
    stock_lost: Minor | None = None
    cash_lost: Minor | None = None
    loss_recoverable: Minor | None = None
    accrual: tuple[Accrual, ...] = ()


class Product(_Form, frozen=True, kw_only=True):
    """``[[stated.product]]``: cost and price per unit, share of sales."""

    name: str = ""
    cost: Minor
    price: Minor
    share: Ratio | None = None


class Road(_Form, frozen=True, kw_only=True):
    """``[[stated.road]]``: another way to a month's sales: *amount* ÷ *share* of sales, or *count* × *price*.

    Examples: commission ÷ its rate, electricity units × sales a unit, seats × turns × bill, sales declared for tax.
    *category* takes the amount from the lines of that category instead.
    """

    name: str
    amount: Minor | None = None
    share: Ratio | None = None
    count: Ratio | None = None
    price: Minor | None = None
    category: str = ""


class Stated(_Form, frozen=True, kw_only=True):
    """``[stated]``: what the owner said in the interview; amounts are a month's unless their name says otherwise."""

    monthly_sales: Minor | None = None
    margin: Ratio | None = None
    markup: Ratio | None = None
    monthly_profit: Minor | None = None
    wages: Minor | None = None
    rent: Minor | None = None
    utilities: Minor | None = None
    household: Minor | None = None
    cash_sales: Minor | None = None
    good_day: Minor | None = None
    normal_day: Minor | None = None
    poor_day: Minor | None = None
    good_days: int | None = None
    normal_days: int | None = None
    poor_days: int | None = None
    share_through_accounts: Ratio | None = None
    expected_growth: Ratio | None = None
    product: tuple[Product, ...] = ()
    road: tuple[Road, ...] = ()


class History(_Form, frozen=True, kw_only=True):
    """``[history]``: an earlier net worth, for the equity check alone."""

    date: dt.date | None = None
    equity: Minor | None = None
    profit: Minor | None = None
    introduced: Minor | None = None
    withdrawn: Minor | None = None
    revaluation: Minor | None = None
    depreciation: Minor | None = None


class Guarantor(_Form, frozen=True, kw_only=True):
    """``[[guarantor]]``."""

    name: str
    net_assets: Minor | None = None
    willingness: Ratio | None = None
    relation: str = ""
    joint: bool = False


class Judgement(_Form, frozen=True, kw_only=True):
    """``[judgement]``: the three goods."""

    character: Grade | None = None
    product: Grade | None = None
    collateral: Grade | None = None


class Queries(_Form, frozen=True, kw_only=True):
    """``[queries]``: verifications made outside the evidence; missing is *not done*."""

    credit_register: Done = "not_done"
    blacklist: Done = "not_done"
    account_ledger: Done = "not_done"
    identity: Done = "not_done"
    business: Done = "not_done"
    credit: Done = "not_done"
    position: Done = "not_done"
    purpose: Done = "not_done"


class Case(_Form, frozen=True, kw_only=True):
    """A whole case form.

    ``[known]`` and ``[settings]`` stay mappings: their names are those of ``templates/variables.tsv`` and
    ``templates/settings.toml``.
    """

    case: About = About()
    owner: Owner = Owner()
    related: tuple[Related, ...] = ()
    request: Request | None = None
    account: tuple[AccountForm, ...] = ()
    opening: Position = Position()
    closing: Position = Position()
    known: dict[str, Minor] = {}
    receivable: tuple[Item, ...] = ()
    payable: tuple[Item, ...] = ()
    stock: tuple[Item, ...] = ()
    fixed_asset: tuple[FixedAsset, ...] = ()
    loan: tuple[Loan, ...] = ()
    order: tuple[Order, ...] = ()
    adjust: Adjust = Adjust()
    stated: Stated = Stated()
    history: History | None = None
    guarantor: tuple[Guarantor, ...] = ()
    judgement: Judgement = Judgement()
    queries: Queries = Queries()
    settings: dict[str, Any] = {}
