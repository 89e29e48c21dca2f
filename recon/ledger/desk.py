"""The desk on which a case's facts are collected: sums of evidence lines, positions, rows and answers."""

from collections.abc import Sequence

import pandas as pd

from recon.classify.categories import categories
from recon.core.facts import Case, Position
from recon.core.finding import Finding
from recon.core.money import decimals, to_text
from recon.core.period import Period
from recon.core.source import Source
from recon.events.owing import Owed
from recon.events.words import plain, same_party
from recon.ledger import naming
from recon.ledger.adjust import accruals, rated_depreciation, schedules
from recon.ledger.chart import positions, variable_of, variables
from recon.ledger.control import ASSUMED, Figure, by_basis, fact
from recon.ledger.known import FORM, OwnAccount, Reach
from recon.ledger.reach import guessed, reach, weaken

#: Accrued expenses of these categories are the detail of a position of their own.
_ACCRUED_TO = {"wages": "wages_payable", "taxes": "taxes_payable", "loan_interest": "interest_payable"}
#: Monthly answers of [stated] that stand in for a period's fact where there is no evidence at all.
STATED = {
    "monthly_sales": "total_sales", "cash_sales": "cash_sales", "wages": "wages", "rent": "expense.rent",
    "utilities": "expense.utilities", "household": "drawings",
}
_ADJUST = (
    "bad_debts", "discount_allowed", "discount_received", "sales_returns", "purchase_returns", "set_off",
    "goods_taken_by_owner", "stock_lost", "cash_lost", "loss_recoverable",
)


class Desk:
    """The desk on which one case's facts are collected."""

    def __init__(self, case: Case, period: Period, rows: pd.DataFrame, accounts: Sequence[OwnAccount]) -> None:
        self.case, self.period, self.rows, self.accounts = case, period, rows, accounts
        self.facts: dict[str, Figure] = {}
        self.fallbacks: list[tuple[str, Figure]] = []
        self.findings: list[Finding] = []
        self.openings: dict[str, int] = {}
        self.gaps: dict[str, int] = {}
        self.least: dict[str, int] = {}
        self.reach = Reach()
        self.guessed = frozenset(rows.loc[guessed(rows), "id"])
        self.assets = tuple(schedules(case, period))
        self.evidence = len(rows) > 0
        self.unknown = {variable_of(word, "case.unknown") for word in case.case.unknown}
        self.answers = {variable_of(word, "known"): (word, amount) for word, amount in case.known.items()}
        self.places = decimals(case.case.currency)

    # -- evidence ---------------------------------------------------------------------------------------------------

    def from_lines(self) -> None:
        """``x.lines`` of each cash variable, and what moved between pools; after the balances, which show the gaps."""
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
        unexplained = self._sum(self.rows[self.rows["category"].isin(("unknown_in", "unknown_out"))], 1)
        self.facts["unexplained"] = _plus(unexplained, sum(self.gaps.values()), "estimated")
        between = self.rows["category"].isin(("own_transfer", "wallet_top_up"))
        own = self._sum(self.rows[between | (hand & control.isin(("withdrawn", "banked")))], -1)
        self.facts["clearing"] = _plus(own, int(self.rows.loc[self._funded_inside(), "amount"].sum()))

    def _funded_inside(self) -> pd.Series:
        """Wallet payments that another handed-in account paid for."""
        return self.rows["funded_by"].isin([a.id for a in self.accounts])

    def _sum(self, rows: pd.DataFrame, sign: int) -> Figure:
        """The rows' money by basis: what was guessed, and what the files cannot reach, is assumed."""
        basis = rows["basis"].where(~rows["id"].isin(self.guessed), ASSUMED)
        sums = rows["amount"].groupby(basis).sum()
        parts = weaken({str(name): sign * int(amount) for name, amount in sums.items()}, self.reach.flows)
        return by_basis(sum(parts.values()), parts, "lines")

    def from_accounts(self) -> None:
        """Balances of the accounts that statements cover; a printed closing that the lines miss is a gap."""
        opening = closing = 0
        for account in self.accounts:
            if account.kind == "cash":
                continue
            moved = self._moved(account.id)
            start = account.opening if account.opening is not None else self._without_balance(account)
            self._covered_by(start, account)
            self.openings[account.id] = start
            gap = 0 if account.closing is None else account.closing - start - moved
            if gap:
                self.gaps[account.id] = gap
                self.find("statement_gap", "serious", account=account.id, amount=self.text(gap))
            opening += start
            closing += start + moved + gap
        self.reach = reach(self.rows, self.accounts, self.gaps, self.period)
        for end, balance in (("opening", opening), ("closing", closing)):
            parts = weaken({"documented": balance}, self.reach.balances)
            self.facts[f"evidence.{end}"] = by_basis(balance, parts, "lines")

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
        start = self._least(account)
        self.find("opening_estimated", "look", account=account.id, amount=self.text(start))
        return start

    def _least(self, account: OwnAccount) -> int:
        """The least opening with which the lines of *account* never lead below zero."""
        mine = self.rows[(self.rows["account"] == account.id) & (self.rows["funded_by"] == "")]
        running = mine.sort_values(["date", "time"], kind="stable")["amount"].cumsum()
        return max(0, -int(running.min())) if len(mine) else 0

    def _covered_by(self, start: int, account: OwnAccount) -> None:
        """Tell where a wallet without printed balances would fall below zero with the opening that the form states."""
        printed = self.rows.loc[self.rows["account"] == account.id, "balance"].notna().any()
        if account.kind != "wallet" or account.opening is None or printed:
            return
        least = self._least(account)
        if start < least:
            self.find("opening_too_small", "serious", "account.opening", account=account.id, stated=self.text(start),
                      least=self.text(least))

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
            self.find("bank_position_differs", "look", f"{end}.bank", stated=self.text(position.bank or 0),
                       printed=self.text(sum(balances)))

    def _from_book(self) -> None:
        """Balances that a hand cash book prints stand in where the form says nothing of cash.

        A book that opens with the stated cash and bank together keeps both: its balances are then compared with both.
        """
        books = [a for a in self.accounts if a.kind == "cash"]
        both = False
        for end in ("opening", "closing"):
            printed = [getattr(a, end) for a in books]
            if not books or None in printed:
                continue
            bank = self.facts.get(f"{end}.bank", Figure(0)).value or 0
            cash = self.facts.get(f"{end}.cash")
            both = both or (cash is not None and bank != 0 and cash.value == sum(printed) - bank)
            in_till = sum(printed) - (bank if both else 0)
            if cash is None and not (both and not bank):
                self.facts[f"{end}.cash"] = fact(in_till, "stated", "lines")
            elif cash is not None and cash.value != in_till:
                self.find("cash_book_differs", "look", f"{end}.cash", printed=self.text(in_till),
                           stated=self.text(cash.value or 0))

    def from_bills(self, bills: Sequence[Owed]) -> None:
        """Unpaid bills on paper: what is owed where the form is silent; where it is not, it should hold them."""
        for key, rows in (("receivables", self.case.receivable), ("payables", self.case.payable)):
            mine = [bill for bill in bills if bill.position == key]
            if not mine:
                continue
            name, total = f"closing.{key}", sum(bill.amount for bill in mine)
            stated = self.facts.get(name)
            if stated is None:
                self.fallbacks.append((name, fact(total, "estimated", "rule:bills")))
            elif (stated.value or 0) < total:
                self.find("bills_exceed", "serious", name, stated=self.text(stated.value or 0), bills=self.text(total),
                          papers=", ".join(bill.source.file for bill in mine))
            else:
                self._unlisted(mine, [plain(row.name) for row in rows if row.name.strip()], rows=key)

    def _unlisted(self, bills: Sequence[Owed], names: Sequence[str], rows: str) -> None:
        """Bills of parties that the rows of a position, where it has any, do not name."""
        for bill in bills if names else ():
            if not any(same_party(plain(bill.party), name) for name in names):
                self.findings.append(Finding("bill_not_listed", "look", bill.source, {
                    "party": bill.party or "?", "amount": self.text(bill.amount), "account": naming.account(rows)}))

    def _detail(self, name: str, total: int, rows: str) -> None:
        """Rows are the detail of a position: they stand in for it, or the difference is told."""
        if name not in self.facts:
            self.facts[name] = fact(total, "stated", rows)
        elif self.facts[name].value != total:
            self.find("detail_differs", "look", name, stated=self.text(self.facts[name].value or 0),
                       rows=self.text(total))

    def from_loans(self) -> None:
        """Borrowings at both ends from the ``[[loan]]`` rows."""
        for end in ("opening", "closing"):
            amounts = [getattr(loan, end) for loan in self.case.loan]
            if amounts and None not in amounts:
                self.facts[f"{end}.loans"] = fact(sum(amounts), "stated", f"loan.{end}")
        instalments = any(loan.monthly_payment for loan in self.case.loan)
        if not (instalments and {"opening.loans", "closing.loans"} <= self.facts.keys()):
            self.facts["interest_in_instalments"] = fact(0, "estimated", "rule:no_instalments")
        elif not self.evidence and all(loan.opening and loan.closing for loan in self.case.loan):
            paid = sum(loan.monthly_payment or 0 for loan in self.case.loan) * len(self.period.months)
            self.fallbacks.append(("loans_repaid", fact(paid, "stated", "loan.monthly_payment")))

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
            held = self._assets_held()
            charge = rated_depreciation(self.case, held, self.period)
            self._depreciation(charge, "adjust.depreciation_rate", "estimated")
        elif "depreciation" not in self.unknown:
            self._depreciation(0, "rule:none_stated", "estimated")

    def _assets_held(self) -> int:
        """Carrying amount at the period's start and what was bought in it, in minor units."""
        opening = self.facts.get("opening.fixed_assets")
        rows = sum(s.bought for s in self.assets)
        lines = (self.facts["fixed_assets_bought.lines"].value or 0)
        _, answered = self.answers.get("fixed_assets_bought", ("", None))
        bought = answered if answered is not None else lines or rows
        return (opening.value or 0 if opening else 0) + bought

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
            for key, variable in STATED.items():
                amount = getattr(self.case.stated, key)
                if amount is not None and variable not in self.facts:
                    self.fallbacks.append((variable, fact(amount * months, "stated", f"stated.{key}")))

    def text(self, amount: int) -> str:
        """An amount in major units, as sentences show it."""
        return to_text(amount, self.places)

    def find(self, code: str, severity: str, key: str = "", **params: object) -> None:
        """Note something that a person should look at; *key* of the case form, if it stands there."""
        source = Source(FORM, field=key) if key else Source()
        self.findings.append(Finding(code, severity, source, params))  # type: ignore[arg-type] # our own three words


def _plus(figure: Figure, amount: int, basis: str = "documented") -> Figure:
    parts = {**figure.parts, basis: figure.parts.get(basis, 0) + amount}
    return by_basis((figure.value or 0) + amount, parts, figure.source)
