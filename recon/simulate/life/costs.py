"""Running costs: rent ahead, power behind, wages of last month, taxes of last quarter, small things as they come."""

from collections import defaultdict

from recon.core.money import divide
from recon.simulate.calendar import is_month_end
from recon.simulate.journal import rules
from recon.simulate.profile import Expense
from recon.simulate.world import World

PREPAID, ACCRUED, WAGES, WAGE_COST, TAX, TAX_COST = "1221.04", "2241.02", "2211", "5602.01", "2221", "5403.01"
DIRECT, COST_OF_SALES, GOODS = "direct_costs", "5401", "1405"
QUARTER = 3


class Costs:
    """What the business pays for besides its goods."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rng = world.rng("costs")
        staff = world.profile.staff
        self.staff = [(world.people.person(), group, world.draw(self.rng, group.wages, group.step))
                      for group in staff for _ in range(group.count)]
        self.level = {n: world.draw(self.rng, e.amount, e.step) for n, e in enumerate(world.profile.expense)}
        self.behind: dict[int, int] = defaultdict(int)
        self.taxes = self.wages = 0

    def prepaid_at_birth(self) -> dict[str, int]:
        """What was paid ahead before the first day, by category, so that costs run level from the start."""
        found: dict[str, int] = defaultdict(int)
        for number, item in enumerate(self.world.profile.expense):
            if item.covers == "ahead":
                months = next(n for n in range(12) if (self.world.birth.month + n - 1) % 12 + 1 in item.months) + 1
                found[item.category] += self.level[number] * months
        return dict(found)

    def step(self) -> None:
        """A day of paying."""
        for number, item in enumerate(self.world.profile.expense):
            {"now": self._now, "ahead": self._ahead, "behind": self._behind}[item.covers](number, item)
        self._wages()
        self._taxes()
        if is_month_end(self.world.today):
            self._month_end()

    def _spend(self, item: Expense, amount: int, target: str) -> bool:
        """Pay *amount* from the first account that can; False where none can."""
        account = self.world.able(item.account, amount) if amount > 0 else ""
        if account:
            wallet, _, card = account.partition("+")
            kind = "paid" if wallet == "cash" else "fee" if item.category == "bank_fees" else "payment"
            event = self.world.move(item.category, wallet, -amount, kind, "" if kind == "fee" else item.party,
                                    item.text, when=self.world.at("costs", 9, 17), target=target, card=card,
                                    group="商业服务")
            if item.category == DIRECT:
                self.world.post(event, COST_OF_SALES, GOODS, amount)
        return bool(account)

    def _now(self, number: int, item: Expense) -> None:
        today = self.world.today
        due = today.day == item.day if item.day else self.rng.randint(1, 30) <= item.times
        if due and today.month in item.months:
            level = self.level[number] if item.day else self.world.draw(self.rng, item.amount, item.step)
            self._spend(item, level, rules()[item.category].account)

    def _ahead(self, number: int, item: Expense) -> None:
        """Paid in one month for the months until the next payment; each month bears its share."""
        today = self.world.today
        if today.month in item.months and today.day >= item.day and number not in self.behind:
            months = next(n for n in range(1, 13) if (today.month + n - 1) % 12 + 1 in item.months)
            if self._spend(item, self.level[number] * months, f"{PREPAID}.{item.category}"):
                self.behind[number] = 1
        if is_month_end(today):
            self.behind.pop(number, None)
            event = self.world.event(item.category, self.level[number], party=item.party)
            self.world.post(event, rules()[item.category].account, f"{PREPAID}.{item.category}",
                            self.level[number])

    def _behind(self, number: int, item: Expense) -> None:
        today = self.world.today
        owed = self.behind[number]
        due = owed and today.month in item.months and today.day >= item.day
        if due and self._spend(item, owed, f"{ACCRUED}.{item.category}"):
            self.behind[number] = 0
        if is_month_end(today):
            cost = self.world.draw(self.rng, item.amount, item.step)
            if item.follows_sales:
                cost = divide(cost * self.world.profile.calendar.month[today.month - 1], 100)
            self.behind[number] += cost
            event = self.world.event(item.category, cost, party=item.party)
            self.world.post(event, rules()[item.category].account, f"{ACCRUED}.{item.category}", cost)

    def _wages(self) -> None:
        for name, group, wage in self.staff:
            if self.world.today.day == group.day and self.wages:
                bonus = wage // 2 if self.world.today.month == group.bonus_month else 0
                if bonus:
                    self.world.post(self.world.event("wages", bonus, party=name), WAGE_COST, WAGES, bonus)
                wallet, _, card = group.account.partition("+")
                self.world.cover(card or wallet, wage + bonus)
                self.world.move("wages", wallet, -wage - bonus, "wages", name, group.text, card=card,
                                when=self.world.at("wages", 10, 11))

    def _taxes(self) -> None:
        taxes = self.world.profile.taxes
        if self.taxes and self.world.today.day == taxes.day and self.world.today.month % QUARTER == 1:
            self.world.cover(taxes.account, self.taxes)
            self.world.move("taxes", taxes.account, -self.taxes, "tax", self.world.say("tax_office"),
                            self.world.say("tax"), when=self.world.at("tax", 9, 12))
            self.taxes = 0

    def _month_end(self) -> None:
        """Wages and taxes of the month become owed."""
        today = self.world.today
        self.wages = sum(wage for _, _, wage in self.staff)
        if self.wages:
            self.world.post(self.world.event("wages", self.wages), WAGE_COST, WAGES, self.wages)
        tax = divide(self.world.monthly_sales[today.year, today.month] * self.world.profile.taxes.rate, 10000)
        self.taxes += tax
        if tax:
            self.world.post(self.world.event("taxes", tax), TAX_COST, TAX, tax)
