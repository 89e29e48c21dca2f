"""The true verdict on the request: what the true books need, what a true month can carry, and what follows."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from recon.core.money import divide
from recon.simulate.books import Books, total
from recon.simulate.life.finance import Debt, Finance
from recon.simulate.world import HUNDRED, World

#: Lines of the cash-flow form that come back next year: operations, interest, the owner's withdrawals.
RECURRING = {1: 1, 2: 1, 3: -1, 4: -1, 5: -1, 6: -1, 17: -1, 18: -1}
CASH = ("1001", "1002", "1012")
GOODS_TAKEN = "3104.02"
#: Share of a month's disposable cash that an instalment may take; the rest is the buffer (practice of micro lenders).
BUFFERED = Fraction(7, 10)
HALF_YEAR = 182
WITHIN, PADDED, POOR = 45, 85, 100


@dataclass(frozen=True, slots=True)
class Room:
    """What there is room for, in minor units.

    Attributes:
        limit: the regulator's new limit on the true books; negative where funds at hand exceed the need.
        gap: how far below zero cash falls if the coming year repeats the days of the last; None under half a year.
        deepest: the day of the period after which it falls deepest, where it does.
        disposable: what a true month earns after household and the service of existing loans.
        affordable: the largest loan on the terms asked for that a month's disposable cash carries with its buffer.
    """

    limit: int
    gap: int | None
    deepest: dt.date | None
    disposable: int
    affordable: int

    @classmethod
    def of(cls, world: World, finance: Finance, kept: Books, limit: int) -> "Room":
        """The room of a lived period."""
        gap, day = cash_gap(world, sum(total(kept.closing, account) for account in CASH))
        disposable = _disposable(world, finance, kept)
        return cls(limit, gap, day, disposable, _affordable(world, disposable))

    @property
    def need(self) -> int:
        """The most that any road justifies."""
        return max(self.limit, self.gap or 0)

    @property
    def most(self) -> int:
        """What may be lent at most."""
        return max(0, min(self.need, self.affordable))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What truly follows: justified, reduce or decline, why, and the right amount in minor units."""

    verdict: str
    because: str
    amount: int


def judge(room: Room, asked: int, character: str) -> Verdict:
    """As much as is needed and can be repaid, no more; to a bad character never (method §10 and §11)."""
    if character == "poor":
        return Verdict("decline", "character_poor", 0)
    if room.need <= 0:
        return Verdict("decline", "no_need", 0)
    if room.affordable <= 0:
        return Verdict("decline", "no_capacity", 0)
    if asked <= room.most:
        return Verdict("justified", "within_room", asked)
    return Verdict("reduce", "need" if room.need <= room.affordable else "capacity", room.most)


def clearance(room: Room, asked: int, character: str, gross: int, month: int) -> Fraction:
    """How far the verdict is from being another one, as a share: near 0 it hangs on a trifle, 1 is beyond doubt.

    Of a request within its room, the part of the room that is left; of one above it, the part that is too much or, if
    less, the room as a share of the *gross* need; of no need or no capacity, what is lacking as a share of the gross
    need or of a *month*'s sales. Amounts in minor units.
    """
    verdict = judge(room, asked, character)
    if verdict.because == "within_room":
        return Fraction(room.most - asked, room.most)
    if verdict.verdict == "reduce":
        return min(Fraction(asked - room.most, asked), Fraction(room.most, max(gross, room.most)))
    lacking = {"no_need": Fraction(-room.limit, max(gross, 1)),
               "no_capacity": Fraction(-room.disposable, max(month, 1))}
    return min(lacking.get(verdict.because, Fraction(1)), Fraction(1))


def drawn(world: World, room: Room, usual: int) -> tuple[str, int]:
    """The owner's character and the amount asked for, drawn so that every verdict occurs.

    Where there is room, the request lies well within it or well above it, seldom near the line.
    """
    rng, step = world.rng("request"), world.about(1000)
    luck, low, high = rng.randint(1, 100), rng.randint(60, 92), rng.randint(125, 220)
    share = low if luck <= WITHIN else high
    wished = room.most * share // (HUNDRED * step) * step if room.most >= step * 5 else usual
    return ("poor" if PADDED < luck <= POOR else "good"), max(wished, step)


def cash_gap(world: World, cash: int) -> tuple[int | None, dt.date | None]:
    """How deep cash falls below zero, and after which day, if next year repeats this one's days from *cash* on."""
    days = (world.last - world.first).days + 1
    if days < HALF_YEAR:
        return None, None
    flows = dict.fromkeys((world.first + dt.timedelta(days=n) for n in range(days)), 0)
    for event in world.events:
        for posting in event.postings:
            if posting.cash_line in RECURRING and posting.date in flows:
                flows[posting.date] += posting.amount
    lowest, deepest = 0, None
    for day, moved in flows.items():
        cash += moved
        if cash < lowest:
            lowest, deepest = cash, day
    return -lowest, deepest


def _disposable(world: World, finance: Finance, kept: Books) -> int:
    """A month's profit before wear and interest, less what the household takes in money and goods, and loan service."""
    months = len(kept.income_statement[0].months)
    income, cash = kept.income_statement, kept.cash_flow
    wear = total(kept.opening, "1602") - total(kept.closing, "1602")
    taken = cash[17].amount + total(kept.closing, GOODS_TAKEN)
    earned = income[31].amount + wear + cash[16].amount - taken
    return divide(earned, months) - sum(service(world, debt) for debt in finance.debts)


def service(world: World, debt: Debt) -> int:
    """A month's instalment and interest on a debt as it stands at the end."""
    interest = divide(debt.owed * int(debt.form.rate * 10_000), 120_000)
    return min(debt.form.instalment * world.unit, debt.owed) + interest


def _affordable(world: World, disposable: int) -> int:
    """The loan that the month's budget repays in level instalments, or whose interest it carries."""
    asking = world.profile.asking
    budget, rate = max(disposable, 0) * BUFFERED, Fraction(asking.rate) / 12
    factor = (1 - (1 + rate) ** -asking.term_months) / rate if asking.repayment == "annuity" else 1 / rate
    return int(budget * factor)
