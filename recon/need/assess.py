"""Need against request: how much, how long, how repaid, and what follows for the loan that was asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from recon.checks.check import Check
from recon.checks.desk import whole
from recon.checks.scope import Scope, scope
from recon.core.facts import Case
from recon.core.finding import Finding
from recon.core.settings import Settings
from recon.core.source import Source
from recon.core.tables import TRANSACTIONS
from recon.ledger.build import Ledger
from recon.ledger.naming import names
from recon.need import sensitivity
from recon.need.answers import need_scope
from recon.need.capacity import Terms, capacity, largest, terms
from recon.need.cash_gap import cash_gap, forecast
from recon.need.differ import differ
from recon.need.existing import borrowings
from recon.need.formulas import calculate
from recon.need.further import further
from recon.need.model import Borrowing, Instalment, Method, Need, Recommended, Swing, Weeks, Would
from recon.need.orders import orders
from recon.need.ranges import balances_open
from recon.need.repayment import regular, runs_dry, schedule, season
from recon.need.term import AMORTISED, term
from recon.need.trust import trust
from recon.need.verdict import Judge, bounds, need, sure, widened
from recon.need.watch import inspection, watch
from recon.need.working_capital import cycle, regulator
from recon.statements.book import Statements

_FORM = "case.toml"
_CASH = 1  # line of the balance sheet


def assess(
    case: Case, ledger: Ledger, statements: Statements, checks: Sequence[Check], settings: Settings,
    transactions: pd.DataFrame | None = None,
) -> tuple[Need, tuple[Finding, ...]]:
    """The need by every road the case has facts for, capacity, and a verdict with its reasons, the weightiest first.

    Without *transactions* (classified) loans, customers and doubtful files are known by the form alone.
    """
    desk = Desk(case, ledger, statements, checks, settings, transactions)
    return desk.need(), tuple(desk.findings())


@dataclass(frozen=True)
class Desk:
    """One case under assessment."""

    case: Case
    ledger: Ledger
    statements: Statements
    checks: Sequence[Check]
    settings: Settings
    transactions: pd.DataFrame | None

    @cached_property
    def figures(self) -> Scope:
        """What the formulas may name."""
        base = scope(self.case, self.ledger, self.statements, self.settings)
        return need_scope(base, self.case, self.settings, self.transactions)

    @cached_property
    def gap(self) -> Method | None:
        """The cash gap, which no assumption moves."""
        return cash_gap(self.ledger, self.settings, self.case.case.currency)

    def roads(self, figures: Scope) -> tuple[Method, ...]:
        """The need by every road."""
        currency = self.case.case.currency
        found = (
            regulator(figures, self.settings, currency), cycle(figures, self.settings, currency), self.gap,
            orders(self.case, figures, self.settings),
        )
        return tuple(method for method in found if method is not None)

    @cached_property
    def judge(self) -> Judge:
        """The case with everything that a verdict needs."""
        methods = self.roads(self.figures)
        length = term(self.case, methods, self.settings)
        rows = TRANSACTIONS.frame() if self.transactions is None else self.transactions
        room = capacity(self.figures, self.settings, self.case.request, length.months, self.case.case.currency, rows)
        doubts = trust(self.checks, self.statements, self.transactions, self.settings)
        methods = tuple(widened(method, sure(self.ledger, doubts), self.within) for method in methods)
        return Judge(self.case, self.ledger, self.checks, self.settings, methods, room, length, doubts)

    @cached_property
    def within(self) -> int:
        """How far the balances that the need rests on are open, minor units."""
        return balances_open(self.ledger)

    @cached_property
    def terms(self) -> Terms:
        """The terms of the recommended loan but its form."""
        return terms(self.case.request, self.judge.length.months, self.settings)

    def need(self) -> Need:
        """Everything about the need."""
        judge, settings = self.judge, self.settings
        verdict, reasons = judge.decide()
        advised = self._advised() if verdict in ("reduce", "justified") else None
        room, loans = judge.room, self.loans
        would = self._would() if advised is not None or verdict == "decline" else ()
        amount, payment = (None, None) if advised is None else (advised.amount, regular(advised.schedule))
        instalment = room.instalment if payment is None else payment
        stresses = tuple(sensitivity.stress(room, instalment, self.figures, settings))
        visit = inspection(self.case, amount, loans, settings)
        swings = self._swings() if advised is not None else ()
        more = further(judge, advised, stresses, swings, would, loans, self.top_up, visit)
        return Need(
            self.case.request, judge.methods, room, advised, verdict, (*reasons, *more), judge.trust.share, judge.sure,
            tuple(differ(judge.methods, self.case.case.currency)), stresses, swings, would, self.top_up, loans,
            self._weeks(advised), tuple(watch(self.figures, judge.methods, room, payment, settings)), visit,
            self.within,
        )

    # -- the recommended loan ---------------------------------------------------------------------------------------

    def _advised(self) -> Recommended:
        judge, found = self.judge, self.judge.bounds or {}
        amount = min(found.values())
        repayment, payments = self._repaid(amount)
        low = max(0, min(amount, judge.low))
        return Recommended(amount, low, judge.high, judge.length.months, repayment, judge.binding, found, payments)

    def _repaid(self, amount: int) -> tuple[str, tuple[Instalment, ...]]:
        """The form asked for; level payments that run the cash dry give way to the season where that does not."""
        months, rate, asked = self.terms.months, self.terms.annual_rate, self.terms.repayment
        left = season(self.judge.room.months, months)
        payments = schedule(amount, rate, months, asked, left)
        by_season = schedule(amount, rate, months, "seasonal", left)
        cash = self.statements.line("balance_sheet", _CASH).amount or 0
        usual = self._usual(months)
        if asked in AMORTISED and asked != "seasonal" and any(left) and usual:
            dry = runs_dry(payments, usual, cash) is not None
            if dry and runs_dry(by_season, usual, cash) is None:
                return "seasonal", tuple(by_season)
        return asked, tuple(payments)

    def _usual(self, months: int) -> list[int]:
        """What each coming month usually leaves, bad months included; empty where months are unknown."""
        left = self.judge.room.months
        worst = min(left.values(), default=0)
        raised = {month: amount - worst for month, amount in left.items()}
        return [amount + worst for amount in season(raised, months)] if left else []

    def _weeks(self, advised: Recommended | None) -> Weeks:
        if advised is None:
            return forecast(self.ledger, self.settings, 0, ())
        return forecast(self.ledger, self.settings, advised.amount, advised.schedule)

    # -- existing clients -------------------------------------------------------------------------------------------

    @cached_property
    def loans(self) -> tuple[Borrowing, ...]:
        """The loans there are, against ours."""
        return tuple(borrowings(
            self.case, self.transactions, self.ledger.period, self.terms.annual_rate, self.judge.length.months,
        ))

    @cached_property
    def top_up(self) -> int | None:
        """Room for new money beside the loans there are: what need and capacity both leave; minor units."""
        owed = [loan for loan in self.loans if loan.declared and loan.balance]
        needed, most = self.judge.need, self.judge.room.affordable
        return None if not owed or needed is None or most is None else max(0, min(needed, most))

    # -- how sure ---------------------------------------------------------------------------------------------------

    def _would(self) -> tuple[Would, ...]:
        request, judge = self.case.request, self.judge
        if request is None:
            return ()
        return tuple(sensitivity.would_be_right(
            judge.methods, judge.room, int(request.amount), judge.length.months, self.terms.repayment, self.settings,
        ))

    def _swings(self) -> tuple[Swing, ...]:
        inputs, room = self.judge.methods[0].inputs, self.judge.room
        request, bound = self.case.request, self.judge.bounds
        if request is None or bound is None:
            return ()
        judged = sensitivity.Judged(
            self.figures, self._most, int(request.amount), min(v for name, v in bound.items() if name != "request"),
            None if request.own_funds is None else inputs["own_funds"].value, room.inputs["household"].value,
        )
        return tuple(sensitivity.swings(judged, self.settings))

    def _most(self, figures: Scope) -> int | None:
        """The most that could be lent under other answers, whatever was asked for; the term stays."""
        needed = need(self.roads(figures))
        value = calculate("capacity", figures, self.settings)["monthly_disposable"].value
        most = largest(None if value is None else whole(value), self.terms, self.settings)
        found = bounds(self.case, self.settings, self.judge.trust, needed, most)
        return None if found is None else min(v for name, v in found.items() if name != "request")

    # -- what to ask ------------------------------------------------------------------------------------------------

    def findings(self) -> Iterable[Finding]:
        """What to ask for where need or capacity cannot be known, and a request that no end of any range carries."""
        asked = self.ledger.solution.questions
        if asked and (self.judge.need is None or self.judge.room.affordable is None):
            told = names(asked)
            yield Finding("need_unknown", "serious", Source(_FORM), {"zh": told.zh, "en": told.en})
        request, most = self.case.request, self.judge.at_most
        if request is not None and most is not None and request.amount > most and self._unjudged:
            amounts = {"requested": self.judge.text(int(request.amount)), "most": self.judge.text(most)}
            yield Finding("request_above_most", "serious", Source(_FORM, field="request.amount"), amounts)

    @cached_property
    def _unjudged(self) -> bool:
        return self.judge.decide()[0] == "cannot_judge"
