"""The owner's household, which lives in the same accounts, and money moved between them."""

import datetime as dt
from dataclasses import dataclass

from recon.simulate.calendar import days_in_month, is_month_end
from recon.simulate.journal import Row
from recon.simulate.profile import Habit, Pocket, Refill, Sweep
from recon.simulate.world import World

TAKEN, GOODS = "3104.02", "1405"
KINDS = {"shop": "shop", "transfer": "payment", "packet": "packet", "cash": "paid"}


@dataclass(slots=True)
class Parked:
    """Money in a wallet's fund, until a day."""

    form: Pocket
    amount: int
    until: dt.date


class Owner:
    """What the owner does with money that is not business."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rng = world.rng("owner")
        self.parked: list[Parked] = []

    def step(self) -> None:
        """A day at home, and the evening's moving of money."""
        for habit in self.world.profile.habit:
            days = days_in_month(self.world.today)
            for _ in range(sum(self.rng.randint(1, days) == 1 for _ in range(self.rng.randint(*habit.times)))):
                self._habit(habit)
        self._goods()
        for pocket in self.world.profile.pocket:
            self._pocket(pocket)
        for sweep in self.world.profile.sweep:
            self._sweep(sweep)
        for refill in self.world.profile.refill:
            self._refill(refill)

    def _habit(self, habit: Habit) -> None:
        world = self.world
        party = self.rng.choice(habit.parties).format(
            spouse=world.spouse, relative=world.relative, owner=world.owner, friend=world.say("friend"))
        amount = world.draw(self.rng, habit.amount, habit.step)
        when = world.at("home", 18, 22)
        if habit.incoming:
            account = self.rng.choice(habit.accounts)
            kind = "packet" if habit.kind == "packet" else "receipt"
            world.move("owner_in", account, amount, kind, party, habit.text, when=when)
            return
        account = self.rng.choice(habit.accounts)
        if not world.able((account,), amount):
            return
        wallet, _, card = account.partition("+")
        kind = "paid" if wallet == "cash" else KINDS[habit.kind]
        event = world.move("owner_out", wallet, -amount, kind, party, habit.text, when=when, card=card,
                           group=habit.group)
        if kind == "shop" and world.accounts[wallet].form.kind == "wallet":
            self._second_thoughts(event.rows[0].party, wallet, card, amount, when, habit)

    def _second_thoughts(self, party: str, wallet: str, card: str, amount: int, when: dt.datetime,
                         habit: Habit) -> None:
        """Some orders are sent back, in WeChat's bill wholly, in Alipay's in part; some are closed unpaid."""
        luck, world = self.rng.random(), self.world
        alipay = world.accounts[wallet].form.layout == "alipay"
        if luck < 0.04 and amount > 3 * world.unit:  # noqa: PLR2004  one order in twenty-five comes back
            back = amount // (3 * world.unit) * world.unit if alipay else amount
            status = "refund" if alipay else "full_refund"
            world.events[-1].rows[0].status = "" if alipay else status
            world.move("owner_out", wallet, back, "refund_in", party, habit.text, status=status, card=card,
                       when=when + dt.timedelta(minutes=50), group=world.say("refund"))
        elif luck > 0.92 and alipay:  # noqa: PLR2004  twice as many are closed unpaid
            event = world.event("set_aside", 0, wallet, party, habit.text)
            event.rows.append(Row(wallet, when - dt.timedelta(minutes=4), -amount, "shop", "set_aside", party, "",
                                  habit.text, status="closed", group=habit.group, moves=False, event=event.number))

    def _goods(self) -> None:
        """Goods that the household takes from the shelf, each month's end, at cost."""
        if is_month_end(self.world.today):
            amount = self.world.draw(self.rng, self.world.profile.goods_taken, self.world.unit)
            if self.world.profile.goods_taken[2] and amount <= self.world.stock:
                self.world.post(self.world.event("goods_taken_by_owner", amount), TAKEN, GOODS, amount)
                self.world.stock -= amount

    def _pocket(self, form: Pocket) -> None:
        """Into the wallet's own money-market fund for some days: the bill shows it, the money stays the wallet's."""
        world, amount = self.world, form.amount * self.world.unit
        for parked in [p for p in self.parked if p.form is form and p.until <= world.today]:
            self.parked.remove(parked)
            self._park(form.account, parked.amount, "fund_out", 8)
        until = world.today + dt.timedelta(days=form.days)
        fits = world.today.month in form.months and world.today.day == 12 and until < world.last  # noqa: PLR2004  a day
        if fits and world.today >= world.first and world.able((form.account,), amount):
            self._park(form.account, -amount, "fund_in", 20)
            self.parked.append(Parked(form, amount, until))

    def _park(self, account: str, amount: int, kind: str, hour: int) -> None:
        """A row of the bill that moves nothing out of the wallet."""
        event = self.world.event("own_transfer", amount, account)
        event.rows.append(Row(account, self.world.at("fund", hour, hour + 1), amount, kind, "own_transfer", moves=False,
                              event=event.number))

    def _sweep(self, form: Sweep) -> None:
        world = self.world
        source = world.accounts[form.source]
        evening = source.form.kind == "wallet"
        held = source.balance if evening else source.free
        if world.today.weekday() not in form.weekdays or held < form.above * world.unit:
            return
        amount = (held - form.keep * world.unit) * 1000 // (1000 + form.fee_permille) // (form.step * world.unit)
        amount *= form.step * world.unit
        if amount > 0:
            fee = amount * form.fee_permille // 1000
            late = form.next_day and world.today < world.last and self.rng.random() < 0.3  # noqa: PLR2004  now and then
            world.transfer(form.source, form.target, amount, world.at("sweep", *((22, 23) if evening else (15, 16))),
                           fee, next_day=late)

    def _refill(self, form: Refill) -> None:
        world, amount = self.world, form.amount * self.world.unit
        if world.accounts[form.target].balance < form.below * world.unit and world.able((form.source,), amount):
            world.transfer(form.source, form.target, amount, world.at("refill", 16, 17))
