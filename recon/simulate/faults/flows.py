"""Money that really moved and says that it was something else: a loan, and the owner's own money, dressed as sales."""

import datetime as dt
from dataclasses import replace

from recon.core.money import divide
from recon.simulate.calendar import add_months
from recon.simulate.faults.fault import Fault, Record, accounts
from recon.simulate.journal import Posting
from recon.simulate.world import Account, World

INTEREST, LOAN = "5603.01", "2001.02"
INTEREST_LINE = 17


def rounded(amount: int, step: int) -> int:
    """*amount* in whole *step*, at least one."""
    return max(1, divide(amount, step)) * step


def busiest(world: World) -> Account:
    """The bank account that customers pay into, else the first one."""
    into = [name for group in world.profile.customers for name in group.pays_into]
    into += [till.account for till in world.profile.till]
    banks = [account for account in accounts(world, "bank") if account.form.id in into] or [*accounts(world, "bank")]
    return banks[0]


class HiddenLoan(Fault):
    """A loan that no answer declares: it comes in as if a customer paid, and goes back in level monthly payments."""

    name = "hidden_loan"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.account = busiest(world).form.id
        self.lender, self.number = self.stranger("lender", self.rng.choice(("person", "firm")))
        months = (world.last.year - world.first.year) * 12 + world.last.month - world.first.month + 1
        drawn = add_months(world.first, self.rng.randint(0, max(0, months // 3)))
        self.drawn = drawn + dt.timedelta(days=self.rng.randint(4, 24))
        self.instalments = self.rng.choice((6, 10, 12))
        self.rate = self.rng.choice((12, 15, 18, 24))  # per cent a year, usual between private parties
        self.sum = self.owed = self.level = 0

    def step(self) -> None:
        """Draw the loan on its day, then pay the level amount on the same day of every month until nothing is owed."""
        today = self.world.today
        if today == self.drawn:
            self._draw()
        elif self.owed and today == add_months(self.drawn, self._months(today)):
            self._pay()

    def _months(self, today: dt.date) -> int:
        return (today.year - self.drawn.year) * 12 + today.month - self.drawn.month

    def _draw(self) -> None:
        self.sum = self.owed = rounded(self.month_of_sales() * self.rng.randint(60, 120) // 100,
                                       self.world.about(10_000))
        whole = 1200 * self.instalments * self.world.unit
        self.level = divide(self.sum * (1200 + self.rate * self.instalments), whole) * self.world.unit
        self._move("private_loan_in", self.sum, self.rng.choice(self.words("sale")))
        self.records.append(Record(self.account, self.sum, (self.world.today,), f"drawn from {self.lender}"))

    def _pay(self) -> None:
        """One level payment: interest of a flat rate in it, the rest principal."""
        nth = self._months(self.world.today)
        principal = self.owed if nth >= self.instalments else divide(self.sum, self.instalments)
        amount = self.level if nth < self.instalments else principal + self.level - divide(self.sum, self.instalments)
        self.world.cover(self.account, amount)
        self._move("private_loan_repaid", -amount, self.rng.choice(self.words("return")), amount - principal)
        self.owed -= principal
        self.records.append(Record(self.account, amount, (self.world.today,), f"repaid to {self.lender}"))

    def _move(self, category: str, amount: int, text: str, interest: int = 0) -> None:
        event = self.world.move(category, self.account, amount, "receipt" if amount > 0 else "payment", self.lender,
                                text, when=self.world.at("fault/loan", 9, 17), party_account=self.number)
        if interest:
            cash, loan = event.postings
            event.postings = [
                replace(cash, amount=cash.amount + interest), replace(loan, amount=loan.amount - interest),
                Posting(cash.date, cash.account, -interest, INTEREST_LINE), Posting(cash.date, INTEREST, interest),
            ]


class RoundTrips(Fault):
    """The owner's money goes out to somebody and comes back some days later as if a customer paid."""

    name = "round_trips"
    EVERY, AWAY = (12, 20), (2, 5)

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.account = busiest(world).form.id
        self.friend, self.number = self.stranger("friend")
        self.next = world.first + dt.timedelta(days=self.rng.randint(5, 15))
        self.back: tuple[dt.date, int] | None = None

    def step(self) -> None:
        """Send money out when its day has come, and take it in again some days later."""
        world = self.world
        if self.back is not None and world.today >= self.back[0]:
            self._move("owner_in", self.back[1], "receipt", self.rng.choice(self.words("sale")))
            self.back = None
        elif self.back is None and self.next <= world.today <= world.last - dt.timedelta(days=self.AWAY[1] + 1):
            amount = rounded(self.month_of_sales() * self.rng.randint(8, 14) // 100, world.about(1000))
            if world.able((self.account,), amount):
                self._move("owner_out", -amount, "payment", self.rng.choice(self.words("stranger")))
                self.back = (world.today + dt.timedelta(days=self.rng.randint(*self.AWAY)), amount)
                self.next = world.today + dt.timedelta(days=self.rng.randint(*self.EVERY))

    def _move(self, category: str, amount: int, kind: str, text: str) -> None:
        self.world.move(category, self.account, amount, kind, self.friend, text, party_account=self.number,
                        when=self.world.at("fault/trip", 10, 17))
        self.records.append(Record(self.account, abs(amount), (self.world.today,),
                                   f"{'in from' if amount > 0 else 'out to'} {self.friend}"))


class SameDay(Fault):
    """A friend's money comes in as if a customer paid and leaves the same day to another friend."""

    name = "same_day"
    EVERY = (10, 18)

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.account = busiest(world)
        self.giver, self.taker = self.stranger("giver"), self.stranger("taker")
        self.next = world.first + dt.timedelta(days=self.rng.randint(5, 15))

    def step(self) -> None:
        """In, and out again, on the days of the fault."""
        world = self.world
        if not world.first <= self.next <= world.today:
            return
        self.next = world.today + dt.timedelta(days=self.rng.randint(*self.EVERY))
        amount = rounded(self.month_of_sales() * self.rng.randint(12, 20) // 100, world.about(1000))
        gone = amount - min(self.rng.choice((0, 0, world.about(200), world.about(500))), amount // 20)
        for category, moved, kind, (party, number), topic, hours in (
            ("owner_in", amount, "receipt", self.giver, "sale", (9, 12)),
            ("owner_out", -gone, "payment", self.taker, "stranger", (13, 17)),
        ):
            world.move(category, self.account.form.id, moved, kind, party, self.rng.choice(self.words(topic)),
                       when=world.at("fault/same", *hours), party_account=number)
            self.account.free += max(moved, 0)
            self.records.append(Record(self.account.form.id, abs(moved), (world.today,),
                                       f"{'in from' if moved > 0 else 'out to'} {party}"))
