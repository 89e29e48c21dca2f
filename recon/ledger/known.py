"""What is known before anything is found: sums of evidence lines, positions, answers, and their equations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

import pandas as pd

from recon.classify.categories import categories
from recon.core.facts import Case, Position
from recon.core.finding import Finding
from recon.core.money import decimals, to_text
from recon.core.period import Period
from recon.core.source import Source
from recon.ledger.adjust import Schedule, accruals, rated_depreciation, schedules
from recon.ledger.chart import positions, variable_of, variables
from recon.ledger.control import NO_RECORD, Equation, Figure, Term, by_basis, equations, fact

FORM = "case.toml"
#: Accrued expenses of these categories are the detail of a position of their own.
_ACCRUED_TO = {"wages": "wages_payable", "taxes": "taxes_payable", "loan_interest": "interest_payable"}
#: Monthly answers of [stated] that stand in for a period's fact where there is no evidence at all.
_STATED = {
    "monthly_sales": "total_sales", "cash_sales": "cash_sales", "wages": "wages", "rent": "expense.rent",
    "utilities": "expense.utilities", "household": "drawings",
}
#: Cash that pays for a cost: where the cost is known, so is that it was paid, also without a line.
_PAID_FOR = {
    "wages_paid": "wages", "taxes_paid": "taxes", "loan_interest_paid": "loan_interest",
    "expense.other_expense": "expenses_paid",
}
_ADJUST = (
    "bad_debts", "discount_allowed", "discount_received", "sales_returns", "purchase_returns", "set_off",
    "goods_taken_by_owner", "stock_lost", "cash_lost", "loss_recoverable",
)


class OwnAccount(Protocol):
    """What the ledger needs of an own account: see ``recon.events.accounts``."""

    @property
    def id(self) -> str:
        """Unique among the own accounts."""
    @property
    def kind(self) -> str:
        """Bank, wallet, card or cash."""
    @property
    def opening(self) -> int | None:
        """Minor units at the period's start; None where nothing prints it."""
    @property
    def closing(self) -> int | None:
        """Minor units at the period's end; None where nothing prints it."""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that :func:`recon.ledger.control.solve` is given, and what posting needs besides.

    Attributes:
        system, facts, fallbacks, margin: arguments of ``solve``.
        openings: opening balance of each own account, minor units, owed on a card negative.
        gaps: by own account, printed closing less (opening + lines): money that moved where no line was handed in.
        assets: the fixed-asset schedules.
        evidence: whether any line was handed in.
        findings: what a person should look at.
    """

    system: tuple[Equation, ...]
    facts: Mapping[str, Figure]
    fallbacks: tuple[tuple[str, Figure], ...]
    margin: tuple[Fraction, str] | None
    openings: Mapping[str, int] = field(default_factory=dict)
    gaps: Mapping[str, int] = field(default_factory=dict)
    assets: tuple[Schedule, ...] = ()
    evidence: bool = False
    findings: tuple[Finding, ...] = ()


def live(transactions: pd.DataFrame) -> pd.DataFrame:
    """The rows that count."""
    return transactions[transactions["set_aside"] == ""]


def gather(transactions: pd.DataFrame, accounts: Sequence[OwnAccount], case: Case, period: Period) -> Known:
    """Collect the facts of *case* and of the classified *transactions* (``core.tables.TRANSACTIONS``)."""
    rows = live(transactions)
    desk = _Desk(case, period, rows, accounts)
    desk.from_lines()
    desk.from_accounts()
    desk.from_positions()
    desk.from_loans()
    desk.from_assets()
    desk.from_accruals()
    desk.from_answers()
    desk.silence()
    return desk.known()


class _Desk:
    """The desk on which one case's facts are collected."""

    def __init__(self, case: Case, period: Period, rows: pd.DataFrame, accounts: Sequence[OwnAccount]) -> None:
        self.case, self.period, self.rows, self.accounts = case, period, rows, accounts
        self.facts: dict[str, Figure] = {}
        self.fallbacks: list[tuple[str, Figure]] = []
        self.findings: list[Finding] = []
        self.openings: dict[str, int] = {}
        self.gaps: dict[str, int] = {}
        self.assets = tuple(schedules(case, period))
        self.evidence = len(rows) > 0
        self.unknown = {variable_of(word, "case.unknown") for word in case.case.unknown}
        self.answers = {variable_of(word, "known"): (word, amount) for word, amount in case.known.items()}
        self.places = decimals(case.case.currency)

    # -- evidence ---------------------------------------------------------------------------------------------------

    def from_lines(self) -> None:
        """``x.lines`` of each cash variable, and what moved between pools."""
        control = self.rows["category"].map({name: c.control for name, c in categories().items()})
        for name, entry in variables().items():
            if entry.cash:
                self.facts[f"{name}.lines"] = self._sum(self.rows[control == name], 1 if entry.cash == "in" else -1)
        outside = self.rows[(self.rows["funded_by"] != "") & ~self._funded_inside()]
        owner = self._sum(outside, -1)
        before = self.facts["introduced.lines"]
        parts = {b: before.parts.get(b, 0) + owner.parts.get(b, 0) for b in sorted({*before.parts, *owner.parts})}
        self.facts["introduced.lines"] = by_basis(sum(parts.values()), parts, "lines")
        hand = self.rows["account_kind"] == "cash"
        self.facts["cash_book"] = self._sum(self.rows[hand], 1)
        self.facts["withdrawn"] = self._sum(self.rows[~hand & (self.rows["category"] == "cash_withdrawn")], -1)
        self.facts["banked"] = self._sum(self.rows[~hand & (self.rows["category"] == "cash_deposited")], 1)
        self.facts["unexplained"] = self._sum(self.rows[self.rows["category"].isin(("unknown_in", "unknown_out"))], 1)
        between = self.rows["category"].isin(("own_transfer", "wallet_top_up"))
        own = self._sum(self.rows[between | (hand & control.isin(("withdrawn", "banked")))], -1)
        self.facts["clearing"] = _plus(own, int(self.rows.loc[self._funded_inside(), "amount"].sum()))

    def _funded_inside(self) -> pd.Series:
        """Wallet payments that another handed-in account paid for."""
        return self.rows["funded_by"].isin([a.id for a in self.accounts])

    def _sum(self, rows: pd.DataFrame, sign: int) -> Figure:
        sums = rows["amount"].groupby(rows["basis"]).sum()
        parts = {str(basis): sign * int(amount) for basis, amount in sums.items()}
        return by_basis(sum(parts.values()), parts, "lines")

    def from_accounts(self) -> None:
        """Balances of the accounts that statements cover; a printed closing that the lines miss is a gap."""
        opening = closing = 0
        for account in self.accounts:
            if account.kind == "cash":
                continue
            moved = self._moved(account.id)
            start = account.opening if account.opening is not None else self._without_balance(account)
            self.openings[account.id] = start
            gap = 0 if account.closing is None else account.closing - start - moved
            if gap:
                self.gaps[account.id] = gap
                self._find("statement_gap", "serious", account=account.id, amount=self._text(gap))
            opening += start
            closing += start + moved + gap
        gaps = sum(self.gaps.values())
        self.facts["evidence.opening"] = fact(opening, "documented", "lines")
        self.facts["evidence.closing"] = fact(closing, "documented", "lines")
        self.facts["unexplained"] = _plus(self.facts["unexplained"], gaps)

    def _moved(self, account: str) -> int:
        """What the lines moved on *account* itself: a wallet payment funded from outside moves nothing there."""
        mine = self.rows[self.rows["account"] == account]
        return int(mine.loc[mine["funded_by"] == "", "amount"].sum())

    def _without_balance(self, account: OwnAccount) -> int:
        """The least opening balance with which an account that prints none never falls below zero (estimated)."""
        stated = self.case.opening.bank if account.kind == "bank" else None
        alone = sum(a.kind == "bank" and a.opening is None for a in self.accounts) == 1
        if stated is not None and alone:
            return stated
        if account.kind == "card":
            return 0
        mine = self.rows[(self.rows["account"] == account.id) & (self.rows["funded_by"] == "")]
        lowest = int(mine.sort_values(["date", "time"], kind="stable")["amount"].cumsum().min()) if len(mine) else 0
        start = max(0, -lowest)
        self._find("opening_estimated", "look", account=account.id, amount=self._text(start))
        return start

    # -- the form ---------------------------------------------------------------------------------------------------

    def from_positions(self) -> None:
        """``opening.x`` and ``closing.x``; a position that a bank statement covers is not counted twice."""
        covered = any(a.kind == "bank" for a in self.accounts)
        for end, position in (("opening", self.case.opening), ("closing", self.case.closing)):
            for key in positions():
                value = getattr(position, key, None)
                if value is not None and not (key == "bank" and covered):
                    self.facts[f"{end}.{key}"] = fact(value, "stated", f"{end}.{key}")
            if position.equity is not None:
                self.facts[f"{end}.equity"] = fact(position.equity, "stated", f"{end}.equity")
            if covered and position.bank is not None:
                self._compare_bank(end, position)
        self._from_book()
        for key, rows in (("receivables", self.case.receivable), ("payables", self.case.payable),
                          ("inventory", self.case.stock)):
            if rows:
                self._detail(f"closing.{key}", sum(r.amount for r in rows), key)

    def _compare_bank(self, end: str, position: Position) -> None:
        balances = [getattr(a, end) for a in self.accounts if a.kind == "bank"]
        if None not in balances and sum(balances) != position.bank:
            self._find("bank_position_differs", "look", f"{end}.bank", stated=self._text(position.bank or 0),
                       printed=self._text(sum(balances)))

    def _from_book(self) -> None:
        """Balances that a hand cash book prints stand in where the form says nothing of cash."""
        books = [a for a in self.accounts if a.kind == "cash"]
        for end in ("opening", "closing"):
            printed = [getattr(a, end) for a in books]
            if books and None not in printed:
                if f"{end}.cash" not in self.facts:
                    self.facts[f"{end}.cash"] = fact(sum(printed), "stated", "lines")
                elif self.facts[f"{end}.cash"].value != sum(printed):
                    self._find("cash_book_differs", "look", f"{end}.cash", printed=self._text(sum(printed)),
                               stated=self._text(self.facts[f"{end}.cash"].value or 0))

    def _detail(self, name: str, total: int, rows: str) -> None:
        """Rows are the detail of a position: they stand in for it, or the difference is told."""
        if name not in self.facts:
            self.facts[name] = fact(total, "stated", rows)
        elif self.facts[name].value != total:
            self._find("detail_differs", "look", name, stated=self._text(self.facts[name].value or 0),
                       rows=self._text(total))

    def from_loans(self) -> None:
        """Borrowings at both ends from the ``[[loan]]`` rows."""
        for end in ("opening", "closing"):
            amounts = [getattr(loan, end) for loan in self.case.loan]
            if amounts and None not in amounts:
                self.facts[f"{end}.loans"] = fact(sum(amounts), "stated", f"loan.{end}")
        instalments = any(loan.monthly_payment for loan in self.case.loan)
        if not (instalments and {"opening.loans", "closing.loans"} <= self.facts.keys()):
            self.facts["interest_in_instalments"] = fact(0, "estimated", "rule:no_instalments")

    def from_assets(self) -> None:
        """Opening carrying amount, disposals and depreciation."""
        if self.case.fixed_asset:
            self._detail_assets()
        if any(s.disposed or s.released for s in self.assets):
            self.facts["disposals"] = fact(sum(s.disposed for s in self.assets), "stated", "fixed_asset")
        else:
            self.facts["disposals"] = fact(0, "estimated", "rule:none_stated")
        if not self.evidence:
            self._assets_without_lines()
        rule = self.case.adjust.depreciation
        if rule is not None and rule.amount is None:
            self._depreciation(sum(sum(s.months) for s in self.assets), "rule:straight_line", "estimated")
        elif rule is not None:
            self._depreciation(rule.amount or 0, "adjust.depreciation", "stated")
        elif self.case.adjust.depreciation_rate is not None:
            held = (self.facts["opening.fixed_assets"].value or 0) if "opening.fixed_assets" in self.facts else 0
            held += (self.facts["fixed_assets_bought.lines"].value or 0) + sum(s.bought for s in self.assets)
            charge = rated_depreciation(self.case, held, self.period)
            self._depreciation(charge, "adjust.depreciation_rate", "estimated")
        elif "depreciation" not in self.unknown:
            self._depreciation(0, "rule:none_stated", "estimated")

    def _assets_without_lines(self) -> None:
        """Without evidence the form's own rows say what was bought and sold for cash."""
        bought, proceeds = sum(s.bought for s in self.assets), sum(s.proceeds or 0 for s in self.assets)
        for name, amount in (("fixed_assets_bought", bought), ("disposal_proceeds", proceeds)):
            if amount:
                self.facts[f"{name}.unrecorded"] = fact(amount, "stated", "fixed_asset")

    def _detail_assets(self) -> None:
        opening = sum(s.opening_cost - s.opening_accumulated for s in self.assets)
        if all(a.life_months or a.rate for a in self.case.fixed_asset) or "opening.fixed_assets" not in self.facts:
            self._detail("opening.fixed_assets", opening, "fixed_asset")

    def _depreciation(self, amount: int, source: str, basis: str) -> None:
        if "depreciation" not in self.answers:
            self.facts["depreciation"] = fact(amount, basis, source)

    def from_accruals(self) -> None:
        """Expenses owed or paid ahead at each end: rows are the detail of their position."""
        for at in ("opening", "closing"):
            prepaid = accruals(self.case.adjust.accrual, "prepaid", at)
            accrued = accruals(self.case.adjust.accrual, "accrued", at)
            if prepaid:
                self._detail(f"{at}.prepaid_expenses", sum(prepaid.values()), "adjust.accrual")
            own = {c: a for c, a in accrued.items() if c not in _ACCRUED_TO}
            if own:
                self._detail(f"{at}.accrued_expenses", sum(own.values()), "adjust.accrual")
            for category, key in _ACCRUED_TO.items():
                if category in accrued:
                    self._detail(f"{at}.{key}", accrued[category], "adjust.accrual")
        self._no_row()

    def _no_row(self) -> None:
        """Rows list what was owed or paid ahead: at the end where a position has none, and no total, there was none."""
        keys = ("prepaid_expenses", "accrued_expenses", *_ACCRUED_TO.values())
        listed = {key for key in keys for at in ("opening", "closing")
                  if f"{at}.{key}" in self.facts and self.facts[f"{at}.{key}"].source == "adjust.accrual"}
        for name in (f"{at}.{key}" for key in sorted(listed) for at in ("opening", "closing")):
            self.facts.setdefault(name, fact(0, "estimated", "rule:no_row"))

    def from_answers(self) -> None:
        """``[known]``, ``[adjust]`` and, where there is no evidence at all, the months of ``[stated]``."""
        self.facts["provision"] = fact(0, "estimated", "rule:none_stated")
        for variable, (word, amount) in self.answers.items():
            self.facts[variable] = fact(amount, "stated", f"known.{word}")
        for name in _ADJUST:
            amount = getattr(self.case.adjust, name)
            if amount is not None:
                self.facts[name] = fact(amount, "stated", f"adjust.{name}")
            elif name not in self.unknown and name not in self.facts:
                self.facts[name] = fact(0, "estimated", "rule:none_stated")
        if not self.evidence:
            months = len(self.period.months)
            for key, variable in _STATED.items():
                amount = getattr(self.case.stated, key)
                if amount is not None and variable not in self.facts:
                    self.fallbacks.append((variable, fact(amount * months, "stated", f"stated.{key}")))

    # -- silence ----------------------------------------------------------------------------------------------------

    def silence(self) -> None:
        """How what nobody mentioned is taken (basis estimated), in an order that lets known flows speak first."""
        none = fact(0, "estimated", "rule:not_mentioned")
        self._newly_opened()
        quiet = {
            key: position for key, position in positions().items()
            if position.none_in(self.case.case.trade)
            and not any(f"{end}.{key}" in self.facts for end in ("opening", "closing"))
        }
        for key, position in quiet.items():
            for end in ("opening",) if position.rolls else ("opening", "closing"):
                if f"{end}.equity" in self.facts:
                    self.fallbacks.append((f"{end}.{key}", none))  # a stated equity may yet determine it
                else:
                    self.facts[f"{end}.{key}"] = none
        self._no_other_cash()
        self.fallbacks += [(f"closing.{key}", none) for key, position in quiet.items() if position.rolls]
        self.fallbacks.append(("dividends_paid", none))

    def _newly_opened(self) -> None:
        """A business that opened inside the period began with what the form states, and nothing besides."""
        opened = self.case.case.opened
        if opened is None or opened < self.period.start or "opening.equity" in self.facts:
            return
        for key in positions():
            self.facts.setdefault(f"opening.{key}", fact(0, "stated", "case.opened"))

    def _no_other_cash(self) -> None:
        """Cash that no line shows is none, unless the form says that it happened."""
        for name in self._cash_in_order():
            nothing = fact(0, "estimated", NO_RECORD)
            if name in ("refunds_paid", "refunds_received"):
                self.facts[f"{name}.unrecorded"] = nothing
            elif not self.evidence:
                if name not in ("received", "paid") and f"{name}.unrecorded" not in self.facts and self._spoken(name):
                    left = fact(0, "estimated", "rule:not_mentioned") if name == "drawings" else nothing
                    self.fallbacks.append((f"{name}.unrecorded", left))
            elif name == "cash_sales" and self._takings_unwritten():
                self.fallbacks.append(("cash_sales.unrecorded", fact(0, "estimated", "rule:not_mentioned")))
            elif _PAID_FOR.get(name, "") in self.answers:
                self.fallbacks.append((f"{name}.unrecorded", nothing))
            else:
                self.facts[f"{name}.unrecorded"] = nothing
        self._nothing_on_account()

    def _cash_in_order(self) -> list[str]:
        """Kinds of cash that the form does not name; what absorbs a remainder best comes last."""
        ends = [self.facts.get(f"{end}.loans") for end in ("opening", "closing")]
        rose = all(f is not None for f in ends) and (ends[1].value or 0) > (ends[0].value or 0)  # type: ignore[union-attr] # tested
        last = ("loans_drawn" if rose else "loans_repaid", "expense.other_expense", "wages_paid", "taxes_paid", "drawings")
        names = [name for name, entry in variables().items() if entry.cash]
        names.sort(key=lambda name: last.index(name) if name in last else -1)
        return [name for name in names if name not in self.answers and name not in self.unknown]

    def _takings_unwritten(self) -> bool:
        """Whether sales happened that no line shows: cash was banked that nobody recorded taking, or none shows at all."""
        if self.facts["cash_sales.lines"].value:
            return False
        banked = (self.facts["banked"].value or 0) - (self.facts["withdrawn"].value or 0)
        return banked > 0 or not self.facts["received.lines"].value

    def _nothing_on_account(self) -> None:
        """Where nobody owed at either end, and cash sales or purchases were stated or no stock is held, none more."""
        nothing = fact(0, "estimated", "rule:nothing_on_account")
        stockless = positions()["inventory"].none_in(self.case.case.trade)
        for name, key, said in (
            ("received", "receivables", "cash_sales" in self.answers),
            ("paid", "payables", "cash_purchases" in self.answers or stockless),
        ):
            owed = [self.facts.get(f"{end}.{key}") for end in ("opening", "closing")]
            if said and name not in self.unknown and all(f is not None and f.value == 0 for f in owed):
                self.fallbacks.append((f"{name}.unrecorded", nothing))

    def _outside_evidence(self, name: str) -> bool:
        """Whether the case itself shows cash that its lines do not: a known cost, or takings seen only when banked."""
        if name == "cash_sales" and not self.facts["cash_sales.lines"].value:
            banked = (self.facts["banked"].value or 0) - (self.facts["withdrawn"].value or 0)
            return banked > 0 or not self.facts["received.lines"].value
        return _PAID_FOR.get(name, "") in self.answers

    def _spoken(self, name: str) -> bool:
        """Without evidence silence means none only where somebody spoke of the period at all."""
        balance_only = name in {"loans_drawn", "loans_repaid", "introduced", "investments_made", "lent"}
        said = any(getattr(self.case.stated, key) is not None for key in _STATED)
        return balance_only or bool(self.answers) or said

    def known(self) -> Known:
        """What was collected."""
        rate = _margin(self.case)
        return Known(
            tuple(_system()), self.facts, tuple(self.fallbacks), rate, self.openings, self.gaps, self.assets,
            self.evidence, tuple(self.findings),
        )

    def _text(self, amount: int) -> str:
        return to_text(amount, self.places)

    def _find(self, code: str, severity: str, key: str = "", **params: object) -> None:
        source = Source(FORM, field=key) if key else Source()
        self.findings.append(Finding(code, severity, source, params))  # type: ignore[arg-type] # our own three words


def _plus(figure: Figure, amount: int) -> Figure:
    parts = {**figure.parts, "documented": figure.parts.get("documented", 0) + amount}
    return by_basis((figure.value or 0) + amount, parts, figure.source)


def _margin(case: Case) -> tuple[Fraction, str] | None:
    """The margin of sales that the owner stated; a markup m of cost is a margin of m ÷ (1 + m) (method §5)."""
    if case.stated.margin is not None:
        return Fraction(case.stated.margin), "stated.margin"
    if case.stated.markup is not None:
        markup = Fraction(case.stated.markup)
        return markup / (1 + markup), "stated.markup"
    return None


def _system() -> list[Equation]:
    """The equations of the data, and those that follow from the variables and positions themselves."""
    cash = {name: entry for name, entry in variables().items() if entry.cash}
    split = [
        Equation(name, "identity", (Term("plus", f"{name}.lines"), Term("plus", f"{name}.unrecorded"),
                                    Term("minus", name)))
        for name in cash
    ]
    unrecorded = tuple(
        Term("increase" if entry.cash == "in" else "decrease", f"{name}.unrecorded") for name, entry in cash.items()
    )
    expenses = Equation("expenses_paid", "identity", (
        *(Term("plus", name) for name in cash if name.startswith("expense.")), Term("minus", "expenses_paid"),
    ))
    system = [*split, expenses]
    for equation in equations():
        extra = unrecorded if equation.name == "cash" else ()
        system.append(Equation(equation.name, equation.kind, (*equation.terms, *extra)))
    return [*system[:-1], _net_worth("opening"), _net_worth("closing"), system[-1]]


def _net_worth(end: str) -> Equation:
    """Equity is what the business has less what it owes."""
    terms = [
        Term("plus" if position.side == "asset" else "minus", f"{end}.{key}") for key, position in positions().items()
    ]
    terms.append(Term("plus", f"evidence.{end}"))
    if end == "closing":
        terms += [Term("plus", "clearing"), Term("minus", "unexplained")]
    return Equation(f"{end}_equity", "identity", (*terms, Term("minus", f"{end}.equity")))
