"""What a trade looks like: accounts, tills, customers, suppliers, costs, habits, read from ``templates/simulate``."""

from decimal import Decimal
from typing import Literal

import msgspec

from recon.core.errors import ReconError
from recon.core.knowledge import document, folder, nearest
from recon.core.source import Source
from recon.simulate.people import stream
from recon.simulate.variants import HOME, in_currency, kept, varied

#: lowest, most usual and highest value, in whole major units
Range = tuple[int, int, int]
Layout = Literal[
    "bank_pdf", "company_pdf", "bank_xls", "bank_csv", "bank_xlsx", "mt940", "camt", "ofx",
    "pdf_lines", "pdf_grid", "pdf_two", "pdf_direction", "pdf_ledger",
    "en_columns", "en_daily", "en_ruled", "en_signed", "en_csv", "en_xlsx", "en_cash_book", "en_cash_paid",
    "en_cash_spent", "processor", "wechat", "alipay", "jd", "cash_paid", "cash_spent", "cash_book",
    "papers",
]


class _Part(msgspec.Struct, frozen=True):
    """A table of a trade's file: an unknown key is an error."""


class OwnAccount(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An own account: who keeps it, what it holds at the start and the layout of its evidence."""

    id: str
    kind: Literal["bank", "wallet", "cash"]
    layout: Layout
    bank: str = ""
    holder: Literal["owner", "firm"] = "owner"
    opening: Range
    files: int = 1
    reserve: int = 0


class Till(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Sales settled at once: so many tickets a day of such amounts into an account. *daily* books one sum a day.

    *fee* is what the card processor keeps, in ten-thousandths. Where *goods* is false nothing leaves the shelf for
    them: work, or another's wares sold for a commission.
    """

    account: str
    tickets: tuple[int, int]
    amount: Range
    step: int = 100
    text: str = ""
    daily: bool = False
    party: str = ""
    refund_permille: int = 0
    goods: bool = True
    fee: int = 0


class Customers(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Buyers on account: orders a month, amounts, days until they pay, what they pay ahead; *goods* as of a till."""

    names: Literal["firm", "shop", "brand", "site", "person"]
    count: int
    orders: int
    amount: Range
    step: int = 100
    delay: Range
    pays_into: tuple[str, ...]
    texts: tuple[str, ...]
    ahead_percent: int = 0
    lead: tuple[int, int] = (0, 0)
    rounds_down: bool = False
    defaults: int = 0
    batch: bool = False
    suffix: str = ""
    goods: bool = True


class Suppliers(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Sellers of goods: their weight in all purchases, how often they deliver, and when and how they are paid.

    *season* holds the percentage of a year's purchases made in each month; without it the shelves are kept filled.
    """

    names: Literal["firm", "shop", "brand", "site", "person", "stall"]
    count: int
    weight: int
    every: tuple[int, int]
    delay: Range
    pays_from: tuple[str, ...]
    texts: tuple[str, ...]
    step: int = 10
    lead: tuple[int, int] = (0, 0)
    refunds: int = 0
    suffix: str = ""
    season: tuple[int, ...] = ()


class Expense(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A running cost: paid at once, ahead (a prepaid expense) or behind (an accrued one)."""

    category: str
    party: str
    text: str
    amount: Range
    account: tuple[str, ...]
    covers: Literal["now", "ahead", "behind"] = "now"
    months: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
    day: int = 0
    times: int = 1
    step: int = 100
    follows_sales: bool = False


class Staff(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Wages: so many people paid on a day of the next month from an account."""

    account: str
    wages: Range
    count: int
    day: int
    text: str = "工资"
    step: int = 5000
    bonus_month: int = 0


class Taxes(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Taxes of a quarter, paid on a day of the month after it, in ten-thousandths of sales."""

    account: str
    rate: int
    day: int = 15


class Asset(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Equipment: bought so many days before (or, negative, after) the period's first day."""

    name: str
    cost: int
    age_days: int
    life_months: int
    residual_percent: int = 5
    seller: str = ""
    account: tuple[str, ...] = ()


class Borrowing(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A loan: what is owed at the period's start, or drawn in it; interest by month, then instalments or one sum."""

    lender: str
    kind: Literal["bank", "private"]
    account: str
    amount: int
    rate: Decimal
    day: int
    drawn_month: int = 0
    renewed_month: int = 0
    instalment: int = 0
    repaid_month: int = 0
    repaid: int = 0


class Grant(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money that an authority gives: so much on a day of some months."""

    party: str
    text: str
    amount: Range
    account: str
    months: tuple[int, ...]
    day: int
    step: int = 100


class Habit(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The owner's household: so many payments a month to such parties."""

    parties: tuple[str, ...]
    text: str
    amount: Range
    times: tuple[int, int]
    accounts: tuple[str, ...]
    step: int = 1
    kind: Literal["shop", "transfer", "packet", "cash"] = "shop"
    group: str = "日用百货"
    incoming: bool = False


class Sweep(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money moved between own accounts once a balance passes a mark."""

    source: str
    target: str
    above: int
    keep: int
    step: int = 100
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    fee_permille: int = 0
    next_day: bool = False


class Refill(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money brought into an account once it runs low."""

    source: str
    target: str
    below: int
    amount: int


class Pocket(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money of a wallet put into its money-market fund, and taken back."""

    account: str
    amount: int
    months: tuple[int, ...]
    days: int


class Product(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A thing sold: cost and price in minor units, share of sales in percent."""

    name: str
    cost: int
    price: int
    share: int


class Asking(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The loan asked for: months, rate, purpose, its percentage of the true need, the growth hoped for."""

    term_months: int
    rate: Decimal
    repayment: Literal["annuity", "interest_then_principal", "free"]
    purpose_zh: str
    purpose_en: str
    percent_of_need: int = 110
    growth: Decimal = Decimal("0.08")
    own_funds_percent: int = 30
    least: int = 50000


class Calendar(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When the business is open and busy, in percent of a usual day."""

    weekday: tuple[int, int, int, int, int, int, int]
    month: tuple[int, int, int, int, int, int, int, int, int, int, int, int]
    festival_closed: tuple[int, int]
    festival: Literal["spring", "christmas"] = "spring"


class Profile(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole trade."""

    trade: str
    names: tuple[str, ...]
    slip_goods: tuple[str, ...]
    cost_percent: tuple[int, int]
    stock_days: int
    calendar: Calendar
    account: tuple[OwnAccount, ...]
    till: tuple[Till, ...] = ()
    customers: tuple[Customers, ...] = ()
    suppliers: tuple[Suppliers, ...] = ()
    expense: tuple[Expense, ...] = ()
    staff: tuple[Staff, ...] = ()
    taxes: Taxes
    asset: tuple[Asset, ...] = ()
    borrowing: tuple[Borrowing, ...] = ()
    grant: tuple[Grant, ...] = ()
    habit: tuple[Habit, ...] = ()
    sweep: tuple[Sweep, ...] = ()
    refill: tuple[Refill, ...] = ()
    pocket: tuple[Pocket, ...] = ()
    product: tuple[Product, ...]
    asking: Asking
    deposit: int = 0
    goods_taken: Range = (0, 0, 0)
    receipts: int = 5
    invoices: int = 0
    waybills: int = 0
    locale: Literal["zh-CN", "en"] = "zh-CN"
    currency: str = "CNY"
    quality: Literal["", "clean", "ordinary", "messy", "paper"] = ""
    answers: Literal["exact", "rounded", "understated", "overstated", "missing"] = "rounded"
    remembered: bool = False
    request: Literal["usual", "drawn"] = "usual"
    unknown: tuple[str, ...] = ()
    town: str = "江州市"


def trades() -> tuple[str, ...]:
    """The trades that can be simulated."""
    return tuple(sorted(p.stem for p in (folder("templates") / "simulate").glob("*.toml") if "_" not in p.stem))


def profile(trade: str, *, seed: int = 1, locale: str = "zh-CN", currency: str = "", quality: str = "",
            answers: str = "") -> Profile:
    """The trade named *trade*, as it looks in a country, in a currency and with an owner of some *quality*.

    Args:
        trade: its name in the contract.
        seed: picks among the businesses of a *quality*; without one they differ in what they live through alone.
        locale: whose words, papers and holidays: zh-CN or en.
        currency: ISO code; by default the locale's own.
        quality: clean, ordinary, messy, paper, or empty for the trade's file as it stands.
        answers: how the owner answers, or empty for the quality's own way.

    Raises:
        ReconError: there is no such trade or quality (names the nearest), or the file is not as it should be (says
            where), or Chinese papers are asked for in another currency than the yuan.
    """
    if trade not in trades():
        raise ReconError("no_trade", trade=trade, nearest=nearest(trade, trades()), trades=", ".join(trades()))
    home = HOME[locale]
    currency = currency.upper() or home
    if locale == "zh-CN" and currency != home:
        raise ReconError("simulate_currency", currency=currency)
    place = f"simulate/{trade}.toml" if locale == "zh-CN" else f"simulate/{locale}/{trade}.toml"
    raw = in_currency(document(place), currency, home) if currency != home else document(place)
    raw = {**raw, "locale": locale, "currency": currency}
    if quality:
        rng = stream(f"{trade}/{seed}", f"quality/{quality}")
        raw = kept(varied(raw, rng), quality, rng)
    try:
        return msgspec.convert(raw | ({"answers": answers} if answers else {}), Profile)
    except msgspec.ValidationError as slip:
        raise ReconError("bad_trade", Source(place), detail=str(slip)) from slip
