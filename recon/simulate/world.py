"""The state of a business as it lives: money in its accounts, goods, what is owed, and the book of what happened."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from random import Random
from typing import Any

from recon.core.knowledge import document
from recon.core.money import decimals, divide, to_text
from recon.simulate.journal import TRANSIT, Event, Posting, Row, ledger_account, rules
from recon.simulate.people import People, card_number, digits, stream, tax_number
from recon.simulate.profile import OwnAccount, Profile, Range
from recon.simulate.variants import level, nice

HUNDRED = 100


def draw(rng: Random, values: Range, step: int = 1, unit: int = HUNDRED) -> int:
    """A value of the range *values* (major units of *unit* minor ones), in minor units, rounded to *step* of them."""
    low, mode, high = values
    return max(step, round(rng.triangular(low, high, mode) * unit / step) * step) if high else 0


def percent(amount: int, rate: int) -> int:
    """*rate* percent of *amount*."""
    return divide(amount * rate, HUNDRED)


@dataclass(slots=True)
class Account:
    """An own account: its number as the bank writes it, its balance now and what is left of this morning's balance."""

    form: OwnAccount
    number: str
    holder: str
    balance: int
    free: int = 0
    daily: list[tuple[dt.date, int]] = field(default_factory=list)

    @property
    def ledger(self) -> str:
        """Its account in the ledger."""
        return ledger_account(self.form.kind, self.form.id)

    @property
    def label(self) -> str:
        """As a wallet names the card that paid: bank and last four digits."""
        return f"{self.form.bank}({self.number[-4:]})"


class World:
    """A business between its birth (some months before the period) and the period's end."""

    def __init__(self, profile: Profile, seed: int, first: dt.date, last: dt.date, birth: dt.date) -> None:
        self.profile, self.first, self.last, self.birth = profile, first, last, birth
        self.seed = f"{profile.trade}/{seed}"
        self.places = decimals(profile.currency)
        self.unit: int = 10**self.places
        self.today = birth
        self.people = People(stream(self.seed, "people"), profile.locale)
        numbers = stream(self.seed, "numbers")
        self.name = str(numbers.choice(profile.names))
        self.owner, self.spouse = self.people.couple()
        self.relative = self.people.sibling(self.owner)
        self.accounts = {form.id: self._open(form, numbers) for form in profile.account}
        self.events: list[Event] = []
        self.stock = 0
        self.sales_today = self.cost_today = 0
        self.monthly_sales: dict[tuple[int, int], int] = defaultdict(int)
        self.daily_sales: dict[dt.date, int] = {}
        self.streams: dict[str, Random] = {}
        self.tax_number = tax_number(numbers)
        self.receipts: list[dict[str, Any]] = []
        self._pairs = 0
        self._arriving: list[tuple[Account, int]] = []

    def _open(self, form: OwnAccount, rng: Random) -> Account:
        number = ""
        if self.profile.locale == "en":
            number = {"bank": f"20-{rng.randint(10, 99)}-{rng.randint(10, 99)} {digits(rng, 8)}",
                      "wallet": "MC" + digits(rng, 8)}.get(form.kind, "")
        elif form.kind == "bank":
            number = card_number(rng) if form.holder == "owner" else "3205" + digits(rng, 15)
        elif form.kind == "wallet":
            number = "138" + digits(rng, 8)
        return Account(form, number, self.owner if form.holder == "owner" else self.name, self.draw(rng, form.opening))

    def draw(self, rng: Random, values: Range, step: int = 1) -> int:
        """A value of the range *values* (major units), in minor units, rounded to *step* minor units."""
        return draw(rng, values, step, self.unit)

    def about(self, yuan: int) -> int:
        """A round sum worth about so many yuan, in minor units of the business's currency."""
        if self.profile.currency == "CNY":
            return yuan * HUNDRED
        return nice(yuan * level(self.profile.currency) * self.unit)

    def text(self, minor: int) -> str:
        """An amount in major units with the currency's decimals."""
        return to_text(minor, self.places)

    def say(self, key: str) -> str:
        """A word of the business's own papers."""
        words: str = document("simulate/_texts.toml")[self.profile.locale][key]
        return words.format(town=self.profile.town, last=self.relative[-1] if self.profile.locale == "zh-CN" else
                            self.people.words["surnames"][len(self.relative)])

    def rng(self, topic: str) -> Random:
        """The random stream of *topic*."""
        return self.streams.setdefault(topic, stream(self.seed, topic))

    def at(self, topic: str, first: int, last: int) -> dt.datetime:
        """A moment of today between two hours."""
        seconds = self.rng(topic + "/time").randint(first * 3600, last * 3600 - 1)
        return dt.datetime.combine(self.today, dt.time()) + dt.timedelta(seconds=seconds)

    def wake(self, day: dt.date) -> None:
        """Begin *day*: what may be spent today is what the accounts held last night."""
        self.today, self.sales_today = day, 0
        for account, amount in self._arriving:
            account.balance += amount
        self._arriving.clear()
        for account in self.accounts.values():
            account.free = account.balance

    def sleep(self) -> None:
        """End the day: note each bank account's balance for its interest."""
        for account in self.accounts.values():
            if account.form.kind == "bank":
                account.daily.append((self.today, account.balance))

    def event(self, category: str, amount: int = 0, account: str = "", party: str = "", text: str = "") -> Event:
        """Open a new event of today."""
        made = Event(len(self.events) + 1, self.today, category, amount, account, party, text)
        self.events.append(made)
        return made

    def post(self, event: Event, debit: str, credit: str, amount: int) -> None:
        """Post an amount that no money of today shows."""
        event.postings += [Posting(self.today, debit, amount), Posting(self.today, credit, -amount)]

    def able(self, accounts: tuple[str, ...], amount: int) -> str:
        """The first of *accounts* that can pay *amount* today above its reserve, or an empty string.

        ``"wechat+card"`` is the wallet with money of the bank account *card* behind it.
        """
        for name in accounts:
            payer = self.accounts[name.partition("+")[2] or name]
            if payer.free >= amount + payer.form.reserve * self.unit:
                return name
        return ""

    def cover(self, account: str, amount: int) -> None:
        """Bring an account up to *amount*: from the other own accounts, then from the spouse's savings."""
        for name, other in self.accounts.items():
            short = amount - self.accounts[account].free
            thousand = self.about(1000)
            sum_ = -(-short // thousand) * thousand
            if short > 0 and name != account and other.form.kind != "cash" and other.free >= sum_:
                self.transfer(name, account, sum_, self.at("cover", 7, 8), self._fee(name, sum_))
                self.accounts[account].free += sum_
        short = amount - self.accounts[account].free
        if short > 0:
            sum_ = -(-short // self.about(10_000)) * self.about(10_000)
            self.move("owner_in", account, sum_, "receipt", self.spouse, self.say("savings"),
                      when=self.at("cover", 7, 8))
            self.accounts[account].free += sum_

    def _fee(self, source: str, amount: int) -> int:
        return max((amount * s.fee_permille // 1000 for s in self.profile.sweep if s.source == source), default=0)

    def move(self, category: str, account: str, amount: int, kind: str, party: str = "", text: str = "", *,
             when: dt.datetime, target: str = "", party_account: str = "", status: str = "", group: str = "",
             card: str = "") -> Event:
        """Money of *account* moves by *amount* (in +, out −) for *category*: one event, its row and its postings.

        A wallet's payment with a *card* (an own bank account's id) moves that account's money; both show a row.
        """
        event = self.event(category, amount, card or account, party, text)
        payer = self.accounts[card or account]
        row = Row(account, when, amount, kind, category, party, party_account, text, status=status, group=group,
                  event=event.number)
        event.rows.append(row)
        if card:
            row.funded, row.moves = payer.label, False
            event.rows.append(Row(card, when, amount, "quick_pay", "own_transfer", self.accounts[account].form.bank,
                                  "", party, event=event.number))
            self._tie(*event.rows)
        rule = rules()[category]
        line = rule.cash_in if amount > 0 else rule.cash_out
        event.postings += [Posting(self.today, payer.ledger, amount, line),
                           Posting(self.today, target or rule.account, -amount)]
        payer.balance += amount
        payer.free += min(amount, 0)
        return event

    def _tie(self, one: Row, other: Row) -> None:
        self._pairs += 1
        one.pair = other.pair = self._pairs

    def transfer(self, source: str, target: str, amount: int, when: dt.datetime, fee: int = 0, *,
                 next_day: bool = False) -> None:
        """Move *amount* between own accounts; *fee* stays with the source's provider, beyond the amount."""
        giver, taker = self.accounts[source], self.accounts[target]
        kind = self._transfer_kind(giver, taker)
        category = {"withdraw_cash": "cash_withdrawn", "bank_cash": "cash_deposited"}.get(kind, "own_transfer")
        event = self.event(category, -amount, source, taker.holder, "")
        arrival = when + dt.timedelta(hours=9 if next_day else 0, minutes=0 if next_day else 2)
        out = Row(source, when, -amount - fee, kind + "_out", category, taker.holder, taker.number,
                  taker.label if taker.form.kind == "bank" else taker.form.bank, funded=taker.label, fee=fee,
                  event=event.number)
        into = Row(target, arrival, amount, kind + "_in", category, giver.holder, giver.number, giver.form.bank,
                   funded=giver.label if kind == "top_up" else "", event=event.number)
        event.rows += [out, into]
        self._tie(out, into)
        event.postings += [Posting(self.today, giver.ledger, -amount), Posting(self.today, TRANSIT, amount),
                           Posting(arrival.date(), TRANSIT, -amount), Posting(arrival.date(), taker.ledger, amount)]
        if fee:
            event.postings += [Posting(self.today, giver.ledger, -fee, rules()["bank_fees"].cash_out),
                               Posting(self.today, rules()["bank_fees"].account, fee)]
        giver.balance -= amount + fee
        giver.free -= amount + fee
        if next_day:
            self._arriving.append((taker, amount))
        else:
            taker.balance += amount

    @staticmethod
    def _transfer_kind(giver: Account, taker: Account) -> str:
        kinds = (giver.form.kind, taker.form.kind)
        return {("wallet", "bank"): "withdraw", ("bank", "wallet"): "top_up", ("bank", "cash"): "withdraw_cash",
                ("cash", "bank"): "bank_cash"}.get(kinds, "own")
