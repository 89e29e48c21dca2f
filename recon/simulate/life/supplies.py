"""Supplies: goods ordered to keep the shelves filled, paid at once, later or ahead, sometimes sent back."""

import datetime as dt
from collections import deque
from dataclasses import dataclass, field

from recon.core.money import divide
from recon.simulate.people import digits
from recon.simulate.profile import Suppliers
from recon.simulate.world import HUNDRED, World, percent

GOODS, PAYABLE, PREPAID = "1405", "2202", "1123"
SENT_BACK = 0.2  # payments after which a supplier who still owes a refund takes goods back


@dataclass(slots=True)
class Supplier:
    """A seller of goods: when the next order is due, what is owed and what is on its way."""

    name: str
    group: Suppliers
    number: str
    next_order: dt.date
    owed: list[tuple[dt.date, int, dt.date]] = field(default_factory=list)
    coming: list[tuple[dt.date, int]] = field(default_factory=list)
    refunds: int = 0


class Season:
    """A year in which goods are laid in and used up in different months: what should lie in store in each."""

    def __init__(self, world: World, daily_cost: int) -> None:
        self.world, calendar = world, world.profile.calendar
        self.year = daily_cost * 365 * sum(calendar.month) * sum(calendar.weekday) // (12 * 7 * HUNDRED * HUNDRED)
        weights = sum(s.weight * s.count for s in world.profile.suppliers)
        bought = [sum(self.year * s.weight * s.count * s.season[month] for s in world.profile.suppliers if s.season)
                  // (weights * HUNDRED) for month in range(12)]
        used = [self.year * part // sum(calendar.month) for part in calendar.month]
        self.stock = [0]
        for month in range(11):
            self.stock.append(self.stock[-1] + bought[month] - used[month])
        least = min(before + min(bought[month] - used[month], 0) for month, before in enumerate(self.stock))
        self.stock = [held - least + daily_cost * world.profile.stock_days for held in self.stock]

    def expected(self, day: dt.date) -> int:
        """What should lie in store at the beginning of the month of *day*."""
        return self.stock[day.month - 1]

    def wanted(self, group: Suppliers, gap: int) -> int:
        """What is bought of all goods in *gap* days of this month, and a part of what the store lacks."""
        share = group.season[self.world.today.month - 1]
        short = self.expected(self.world.today) - self.world.stock if share else 0
        return self.year * share * gap // (30 * HUNDRED) + short * min(gap, 28) // 90


class Supplies:
    """The buying side of a business."""

    def __init__(self, world: World, daily_cost: int) -> None:
        self.world = world
        self.rng = world.rng("supplies")
        self.used: deque[int] = deque([daily_cost] * 28, maxlen=28)
        self.suppliers = [self._meet(g) for g in world.profile.suppliers for _ in range(g.count)]
        self.weights = sum(s.group.weight for s in self.suppliers)
        self.season = Season(world, daily_cost) if any(s.season for s in world.profile.suppliers) else None
        world.stock, world.cost_today = daily_cost * world.profile.stock_days, daily_cost
        if self.season:
            world.stock = self.season.expected(world.birth)

    def _meet(self, group: Suppliers) -> Supplier:
        rng = self.world.people.rng
        first = self.world.birth + dt.timedelta(days=rng.randint(0, group.every[1]))
        return Supplier(self.world.people.party(group.names, group.suffix), group, digits(rng, 18), first,
                        refunds=group.refunds)

    def step(self) -> None:
        """A day of buying; called before the day's sales, so that yesterday's use is the last known."""
        self.used.append(self.world.cost_today)
        for supplier in self.suppliers:
            self._receive(supplier)
            if self.world.today >= supplier.next_order:
                self._order(supplier)
            self._pay(supplier)

    def _order(self, supplier: Supplier) -> None:
        world, group = self.world, supplier.group
        gap = self.rng.randint(*group.every)
        supplier.next_order = world.today + dt.timedelta(days=gap)
        wanted = self.season.wanted(group, gap) if self.season and group.season else self._used_up(gap)
        amount = divide(wanted * group.weight, self.weights * group.step) * group.step
        if amount < group.step * 5:
            return
        if group.pays_from[0] == "cash":
            self._buy_with_cash(supplier, amount)
        elif group.lead[1]:
            self._prepay(supplier, amount)
        else:
            self._take_in(supplier, amount)

    def _used_up(self, gap: int) -> int:
        """What *gap* days take off the shelves as of late, and a share of what they lack."""
        world, average = self.world, sum(self.used) // len(self.used)
        wanted = average * gap * self.rng.randint(90, 110) // 100
        return wanted + (average * world.profile.stock_days - world.stock - self._on_the_way()) * min(gap, 28) // 28

    def _on_the_way(self) -> int:
        return sum(amount for s in self.suppliers for _, amount in s.coming)

    def _buy_with_cash(self, supplier: Supplier, amount: int) -> None:
        world, group = self.world, supplier.group
        if not world.able(("cash",), amount):
            self._draw(group, amount)
        if world.able(("cash",), amount):
            world.move("cash_purchases", "cash", -amount, "paid", supplier.name, self.rng.choice(group.texts),
                       when=world.at("supplies", 6, 9))
            world.stock += amount

    def _draw(self, group: Suppliers, amount: int) -> None:
        """Draw cash in round sums from a bank account that stands behind the cash box, where one is named."""
        world = self.world
        thousand = world.about(1000)
        wanted = -(-(amount + world.accounts["cash"].form.reserve * world.unit) // thousand) * thousand
        named = [name for name in group.pays_from if name in world.accounts]
        bank = world.able(tuple(name for name in named if world.accounts[name].form.kind == "bank"), wanted)
        if bank:
            world.transfer(bank, "cash", wanted, world.at("cover", 5, 6))
            world.accounts["cash"].free += wanted

    def _prepay(self, supplier: Supplier, amount: int) -> None:
        world, group = self.world, supplier.group
        account = world.able(group.pays_from, amount)
        if account:
            self._hand_over(supplier, account, amount, PREPAID)
            supplier.coming.append((world.today + dt.timedelta(days=self.rng.randint(*group.lead)), amount))

    def _receive(self, supplier: Supplier) -> None:
        for day, amount in [c for c in supplier.coming if c[0] <= self.world.today]:
            supplier.coming.remove((day, amount))
            self._take_in(supplier, amount, prepaid=True)

    def _take_in(self, supplier: Supplier, amount: int, *, prepaid: bool = False) -> None:
        world = self.world
        event = world.event("credit_purchases", amount, party=supplier.name)
        world.post(event, GOODS, PAYABLE, amount)
        world.stock += amount
        if prepaid:
            world.post(event, PAYABLE, PREPAID, amount)
            return
        low, mode, high = supplier.group.delay
        wait = dt.timedelta(days=round(self.rng.triangular(low, high, mode)) if high else 0)
        supplier.owed.append((world.today + wait, amount, world.today))

    def _pay(self, supplier: Supplier) -> None:
        """Pay the oldest delivery that is due, as soon as an account can."""
        world = self.world
        due = [o for o in supplier.owed if o[0] <= world.today]
        amount = sum(owed for _, owed, _ in due)
        account = world.able(supplier.group.pays_from, amount) if due else ""
        if not account and due:
            due, amount = due[:1], due[0][1]
            account = world.able(supplier.group.pays_from, amount)
        if account:
            supplier.owed = [o for o in supplier.owed if o not in due]
            self._hand_over(supplier, account, amount, PAYABLE)
            self._send_back(supplier, account, amount)

    def _hand_over(self, supplier: Supplier, account: str, amount: int, target: str) -> None:
        world = self.world
        text = self.rng.choice(supplier.group.texts)
        wallet, _, card = account.partition("+")
        world.move("purchases", wallet, -amount, "payment", supplier.name, text, when=world.at("supplies", 8, 17),
                   target=target, party_account=supplier.number, card=card)

    def _send_back(self, supplier: Supplier, account: str, amount: int) -> None:
        """Goods sent back, and money for them: a part of a payment, so many times in the supplier's life."""
        if not supplier.refunds or self.world.today < self.world.first or self.rng.random() > SENT_BACK:
            return
        back = percent(amount, 12) // self.world.unit * self.world.unit
        if back > self.world.stock:
            return
        supplier.refunds -= 1
        wallet, _, card = account.partition("+")
        event = self.world.move("purchase_refund", card or wallet, back, "refund_in", supplier.name,
                                self.world.say("returned"), when=self.world.at("refunds", 17, 18),
                                party_account=supplier.number)
        self.world.post(event, PAYABLE, GOODS, back)
        self.world.stock -= back
