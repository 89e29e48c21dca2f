"""Sales: tickets at the till, deliveries on account, customers who pay late, ahead, rounded down or not at all."""

import datetime as dt
from dataclasses import dataclass, field

from recon.core.money import divide
from recon.simulate.calendar import busy
from recon.simulate.journal import Event
from recon.simulate.people import digits
from recon.simulate.profile import Customers, Till
from recon.simulate.world import World, percent

REVENUE, RECEIVABLE, ADVANCE, BAD_DEBT, DISCOUNT = "5001", "1122", "2203", "5711.01", "5603.04"
EVERY_OTHER = 0.5  # payments of a customer who rounds down that are rounded


@dataclass(slots=True)
class Customer:
    """A buyer on account: unpaid deliveries (due day, rest, day of delivery) and orders not yet delivered."""

    name: str
    group: Customers
    number: str
    owes: list[tuple[dt.date, int, dt.date]] = field(default_factory=list)
    ordered: list[tuple[dt.date, int, int]] = field(default_factory=list)
    bad: bool = False


class Sales:
    """The selling side of a business."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rng = world.rng("sales")
        self.customers = [
            Customer(world.people.party(group.names, group.suffix), group, digits(world.people.rng, 18),
                     bad=place < group.defaults)
            for group in world.profile.customers for place in range(group.count)
        ]
        self.turning = world.first + (world.last - world.first) / 2
        self.goods_today = 0
        self.harvest = any(s.season for s in world.profile.suppliers)

    def step(self) -> None:
        """A day of selling."""
        share = busy(self.world.profile.calendar, self.world.today)
        for till in self.world.profile.till:
            self._till(till, share)
        for customer in self.customers:
            self._deliver(customer)
            self._order(customer, share)
            self._collect(customer)
        self._cost()

    def _till(self, till: Till, share: int) -> None:
        count = divide(self.rng.randint(*till.tickets) * share, 100)
        if count and till.daily:
            amount = self.world.draw(self.rng, till.amount, till.step)
            self._ticket(till, divide(amount * share, 100 * till.step) * till.step)
            return
        for _ in range(count):
            self._ticket(till, self.world.draw(self.rng, till.amount, till.step))

    def _ticket(self, till: Till, amount: int) -> None:
        world = self.world
        if amount <= 0:
            return
        self._sold(amount, goods=till.goods)
        if world.accounts[till.account].form.kind == "cash":
            world.move("cash_sales", till.account, amount, "takings", when=world.at("till", 11, 20))
            return
        buyer = till.party or world.people.buyer()
        when = world.at("till", 10, 20)
        kind = "settlement" if till.party else "qr"
        event = world.move("sales", till.account, amount, kind, buyer, till.text, when=when)
        world.post(event, RECEIVABLE, REVENUE, amount)
        fee = divide(amount * till.fee, 10_000)
        if fee:
            world.move("platform_fees", till.account, -fee, "platform_fee", world.accounts[till.account].form.bank,
                       world.say("card_fee"), when=when + dt.timedelta(seconds=1))
        if self.rng.randint(1, 1000) <= till.refund_permille:
            self._refund(till, event, amount, when)

    def _refund(self, till: Till, sold: Event, amount: int, when: dt.datetime) -> None:
        """Money given back to a till's customer: all of it, or a part in whole units."""
        back = self.rng.choice((amount, max(self.world.unit, amount // (3 * self.world.unit) * self.world.unit)))
        sale = sold.rows[0]
        sale.status = "full_refund" if back == amount else f"refund:{back}"
        event = self.world.move("sales_refund", till.account, -back, "refund_out", sale.party, till.text,
                                when=when + dt.timedelta(minutes=7), status=sale.status)
        self.world.post(event, REVENUE, RECEIVABLE, back)
        self._sold(-back, goods=till.goods)

    def _order(self, customer: Customer, share: int) -> None:
        group, world = customer.group, self.world
        if customer.bad and world.today > self.turning:
            return
        if self.rng.randint(1, 3000) > group.orders * share:
            return
        amount = world.draw(self.rng, group.amount, group.step)
        ahead = percent(amount, group.ahead_percent) // world.about(100) * world.about(100)
        if ahead:
            world.move("sales", group.pays_into[0], ahead, "receipt", customer.name, world.say("ahead"),
                       when=world.at("receipt", 9, 16), target=ADVANCE, party_account=customer.number)
        customer.ordered.append((world.today + dt.timedelta(days=self.rng.randint(*group.lead)), amount, ahead))
        self._deliver(customer)

    def _deliver(self, customer: Customer) -> None:
        world = self.world
        for due, amount, ahead in [o for o in customer.ordered if o[0] <= world.today]:
            customer.ordered.remove((due, amount, ahead))
            event = world.event("credit_sales", amount, party=customer.name)
            world.post(event, RECEIVABLE, REVENUE, amount)
            if ahead:
                world.post(event, ADVANCE, RECEIVABLE, ahead)
            low, mode, high = customer.group.delay
            wait = dt.timedelta(days=round(self.rng.triangular(low, high, mode)))
            customer.owes.append((world.today + wait, amount - ahead, world.today))
            self._sold(amount, goods=customer.group.goods)

    def _collect(self, customer: Customer) -> None:
        """A customer pays what is due, with what falls due in the next days where it pays in batches."""
        world, group = self.world, customer.group
        if customer.bad and world.today > self.turning:
            self._write_off(customer)
            return
        if not any(due <= world.today for due, _, _ in customer.owes):
            return
        horizon = world.today + dt.timedelta(days=9 if group.batch else 0)
        paid = sum(amount for due, amount, _ in customer.owes if due <= horizon)
        customer.owes = [o for o in customer.owes if o[0] > horizon]
        discount = paid % world.about(10) if group.rounds_down and self.rng.random() < EVERY_OTHER else 0
        account = self.rng.choice(group.pays_into)
        world.move("sales", account, paid - discount, "receipt", customer.name, self.rng.choice(group.texts),
                   when=world.at("receipt", 9, 17), party_account=customer.number)
        if discount:
            world.post(world.event("discount_allowed", discount, party=customer.name), DISCOUNT, RECEIVABLE, discount)

    def _write_off(self, customer: Customer) -> None:
        lost = sum(amount for _, amount, _ in customer.owes)
        if lost and self.world.today == self.world.last - dt.timedelta(days=20):
            event = self.world.event("bad_debts", lost, party=customer.name)
            self.world.post(event, BAD_DEBT, RECEIVABLE, lost)
            customer.owes.clear()

    def _sold(self, amount: int, *, goods: bool) -> None:
        self.world.sales_today += amount
        self.goods_today += amount if goods else 0

    def _cost(self) -> None:
        """The day's goods leave the shelf at cost; of a harvest never more than was put into it."""
        world = self.world
        low, high = world.profile.cost_percent
        cost = divide(self.goods_today * self.rng.randint(low * 100, high * 100), 10000)
        if self.harvest:
            cost = min(cost, max(world.stock, 0))
        self.goods_today = 0
        world.cost_today = max(0, cost)
        if cost > 0:
            world.post(world.event("cost_of_goods_sold", cost), "5401", "1405", cost)
            world.stock -= cost
        world.daily_sales[world.today] = world.sales_today
        world.monthly_sales[world.today.year, world.today.month] += world.sales_today
