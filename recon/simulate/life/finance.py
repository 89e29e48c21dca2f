"""Equipment and its wear, loans and their interest, what the bank pays on balances and takes for services."""

import datetime as dt
from dataclasses import dataclass

from recon.core.money import divide
from recon.simulate.calendar import add_months, demand_rate, is_month_end
from recon.simulate.profile import Asset, Borrowing, Grant
from recon.simulate.world import World, percent

DEPRECIATION, WORN, YEAR = "5602.04", "1602", 360
RATE_SCALE = 100_000


@dataclass(slots=True)
class Owned:
    """A piece of equipment, amounts in minor units."""

    form: Asset
    bought: dt.date
    cost: int
    residual: int
    paid: bool

    def worn(self, day: dt.date) -> int:
        """Depreciation to the end of the month of *day*: straight line from the month after purchase."""
        months = (day.year - self.bought.year) * 12 + day.month - self.bought.month
        return divide((self.cost - self.residual) * min(max(months, 0), self.form.life_months), self.form.life_months)


@dataclass(slots=True)
class Debt:
    """A loan as it stands: what is owed, and the day up to which its interest is paid."""

    form: Borrowing
    lender: str
    owed: int
    since: dt.date


class Finance:
    """Assets, borrowings and the bank's interest."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.assets = [self._own(form) for form in world.profile.asset]
        self.debts = [Debt(form, self._lender(form), 0 if form.drawn_month else form.amount * world.unit, world.birth)
                      for form in world.profile.borrowing]

    def _own(self, form: Asset) -> Owned:
        bought = self.world.first - dt.timedelta(days=form.age_days)
        cost = form.cost * self.world.unit
        return Owned(form, bought, cost, percent(cost, form.residual_percent), bought < self.world.birth)

    def _lender(self, form: Borrowing) -> str:
        return self.world.relative if form.lender == "relative" else form.lender

    def step(self) -> None:
        """A day of the bank's and the lenders' doings."""
        for asset in self.assets:
            self._buy(asset)
        for debt in self.debts:
            self._debt(debt)
        for grant in self.world.profile.grant:
            self._grant(grant)
        if self.world.today.day == 21 and self.world.today.month % 3 == 0:  # noqa: PLR2004  quarter day, method §9
            self._bank_interest()
        if is_month_end(self.world.today):
            self._wear()

    def _buy(self, asset: Owned) -> None:
        world = self.world
        if asset.paid or world.today < asset.bought:
            return
        account = world.able(asset.form.account, asset.cost)
        if account:
            wallet, _, card = account.partition("+")
            asset.bought, asset.paid = world.today, True
            world.move("fixed_asset_bought", wallet, -asset.cost, "payment", asset.form.seller, asset.form.name,
                       when=world.at("assets", 10, 16), card=card)

    def _grant(self, form: Grant) -> None:
        """What an authority gives, on its day."""
        world = self.world
        if world.today.day == form.day and world.today.month in form.months:
            amount = world.draw(world.rng("grants"), form.amount, form.step)
            world.move("grant", form.account, amount, "receipt", form.party, form.text, when=world.at("grants", 9, 11))

    def _wear(self) -> None:
        """A month's depreciation of everything owned."""
        before = self.world.today.replace(day=1) - dt.timedelta(days=1)
        amount = sum(a.worn(self.world.today) - a.worn(before) for a in self.assets if a.paid)
        if amount:
            self.world.post(self.world.event("depreciation", amount), DEPRECIATION, WORN, amount)

    def _debt(self, debt: Debt) -> None:
        form, today = debt.form, self.world.today
        nth = (today.year - self.world.first.year) * 12 + today.month - self.world.first.month + 1
        if today.day == form.day:
            self._interest(debt)
            self._repay(debt, nth)
        if today.day == min(form.day + 1, 28):
            self._draw(debt, nth)

    def _interest(self, debt: Debt) -> None:
        """Interest of the days since the last, on what was owed."""
        world, form = self.world, debt.form
        days = (world.today - debt.since).days
        debt.since = world.today
        amount = divide(debt.owed * int(form.rate * 10000) * days, 10000 * YEAR)
        if form.kind == "private":  # between relatives a round sum a month
            amount = divide(debt.owed * int(form.rate * 10000), 120000 * world.unit) * world.unit
        if amount:
            bank = form.kind == "bank"
            world.cover(form.account, amount)
            world.move("loan_interest" if bank else "private_loan_interest", form.account, -amount,
                       "loan_interest" if bank else "payment", debt.lender,
                       world.say("bank_interest" if bank else "private_interest"),
                       when=world.at("loans", 8, 9))

    def _repay(self, debt: Debt, nth: int) -> None:
        form = debt.form
        amount = min(debt.owed, form.instalment * self.world.unit)
        if nth in (form.repaid_month, form.renewed_month) and nth > 0:
            amount = min(debt.owed, form.repaid * self.world.unit) if nth == form.repaid_month else debt.owed
        if amount and self.world.able((form.account,), amount):
            self._principal(debt, -amount)

    def _draw(self, debt: Debt, nth: int) -> None:
        if debt.owed == 0 and nth > 0 and nth in (debt.form.drawn_month, debt.form.renewed_month):
            debt.since = self.world.today
            self._principal(debt, debt.form.amount * self.world.unit)

    def _principal(self, debt: Debt, amount: int) -> None:
        """Principal in (+) or back (−)."""
        bank = debt.form.kind == "bank"
        category = ("" if bank else "private_") + ("loan_in" if amount > 0 else "loan_repaid")
        kind = ("loan_in" if amount > 0 else "loan_out") if bank else ("receipt" if amount > 0 else "payment")
        text = self.world.say(("bank" if bank else "private") + ("_in" if amount > 0 else "_out"))
        debt.owed += amount
        self.world.move(category, debt.form.account, amount, kind, debt.lender, text,
                        when=self.world.at("loans", 9, 10))

    def _bank_interest(self) -> None:
        """Interest on each day's closing balance since the last quarter day.

        A person's account bears the settlement day's rate throughout, a firm's the rate of each day.
        """
        for account in self.world.accounts.values():
            if account.form.kind != "bank" or self.world.profile.locale == "en":  # English current accounts bear none
                continue
            owner, settled = account.form.holder == "owner", self.world.today - dt.timedelta(days=1)
            product = sum(balance * demand_rate(settled if owner else day) for day, balance in account.daily)
            account.daily.clear()
            amount = divide(product, RATE_SCALE * YEAR)
            if amount > 0:
                self.world.move("interest_income", account.form.id, amount, "interest", "", "",
                                when=dt.datetime.combine(self.world.today, dt.time(2, 11, 7)))

    def opening_cost(self) -> int:
        """Cost of the equipment owned at birth."""
        return sum(a.cost for a in self.assets if a.paid)

    def opening_worn(self) -> int:
        """Its depreciation before birth."""
        before = add_months(self.world.birth, -1)
        return sum(a.worn(before) for a in self.assets if a.paid)


