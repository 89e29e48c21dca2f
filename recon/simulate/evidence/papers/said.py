"""What an invented paper says, before anybody lays it out: the truth that a reader is held to."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import Any

from recon.core.knowledge import document
from recon.core.money import divide, to_text
from recon.simulate.evidence.photo import capitals
from recon.simulate.people import People, digits, tax_number

HUNDRED = 100
#: Kinds of paper that show tax.
TAXED = ("vat_", "invoice")
CURRENCIES = {"zh-CN": ("CNY",), "en": ("GBP", "USD", "EUR", "SGD", "MYR")}


@dataclass(slots=True)
class Line:
    """One line of a table: name, unit, quantity, unit price and amount, in minor units."""

    name: str
    unit: str
    count: int
    price: int
    amount: int
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Said:
    """A paper's truth; amounts in minor units, None where the paper shows none.

    Attributes:
        kind, form: the kind of paper, and which of its forms (``special``, ``till`` …).
        seller, buyer: who gets and who gives the money; of a loan who lends and who borrows.
        amounts, terms: further figures and words by name.
        extra: words beside the fields that a reader must not fall for (telephone, tax numbers, a bank account).
    """

    kind: str
    locale: str
    currency: str
    number: str
    date: dt.date
    seller: str = ""
    buyer: str = ""
    due: dt.date | None = None
    net: int | None = None
    tax: int | None = None
    total: int | None = None
    rate: int = 0
    lines: list[Line] = field(default_factory=list)
    amounts: dict[str, int] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)

    def money(self, minor: int | None, *, grouped: bool = False) -> str:
        """An amount as printed."""
        if minor is None:
            return ""
        whole, point, rest = to_text(abs(minor)).partition(".")
        return ("-" if minor < 0 else "") + (f"{int(whole):,}" if grouped else whole) + point + rest

    @property
    def capitals(self) -> str:
        """The total in capitals; empty in English."""
        return capitals(self.total or 0) if self.locale == "zh-CN" else ""


def templates(locale: str) -> dict[str, Any]:
    """The words of papers in *locale*."""
    made: dict[str, Any] = document("simulate/_documents.toml")[locale]
    return made


def kinds(locale: str) -> tuple[str, ...]:
    """Every kind of paper that can be made in *locale*."""
    return tuple(templates(locale)["titles"])


def say(kind: str, locale: str, rng: Random) -> Said:
    """Invent what a paper of *kind* says."""
    words, people = templates(locale), People(rng, locale)
    day = dt.date(2025, 1, 1) + dt.timedelta(days=rng.randrange(500))
    said = Said(kind, locale, rng.choice(CURRENCIES[locale]), _number(kind, day, rng), day)
    said.seller = people.party(rng.choice(("shop", "firm")))
    said.buyer = people.party(rng.choice(("shop", "brand", "firm")))
    said.extra = {"phone": "0" + digits(rng, 10), "tax_number": tax_number(rng), "clerk": people.person(),
                  "checker": people.person(), "account": digits(rng, 19), "time": f"{rng.randint(8, 20):02d}:"
                  f"{rng.randint(0, 59):02d}"}
    _CONTENT.get(kind, _goods)(said, words, people, rng)
    return said


def _number(kind: str, day: dt.date, rng: Random) -> str:
    if kind == "vat_digital":
        return f"{day:%y}32200000{digits(rng, 10)}"
    if kind.startswith("vat"):
        return digits(rng, 8)
    return rng.choice((digits(rng, 7), f"{day:%Y%m%d}{digits(rng, 3)}", f"{rng.choice('ABHKSX')}{digits(rng, 6)}",
                       f"{rng.choice(('XS', 'HD', 'SN', 'RF'))}-{day:%Y}-{digits(rng, 4)}"))


def _goods(said: Said, words: dict[str, Any], _: People, rng: Random) -> None:
    """Lines of goods, with tax where the kind shows it, due later where money is asked for."""
    names = rng.sample(words["goods"], rng.randint(1, 5 if said.kind.startswith("vat") else 8))
    for name in names:
        count, price = rng.randint(1, 40), rng.randint(80, 40_000)
        said.lines.append(Line(name, rng.choice(words["units"]), count, price, count * price))
    net = sum(line.amount for line in said.lines)
    said.total = net
    if said.kind.startswith(TAXED) and not (said.kind == "invoice" and rng.random() < 0.3):  # noqa: PLR2004 some charge no tax
        said.rate = rng.choice((1, 3, 6, 9, 13) if said.locale == "zh-CN" else (5, 8, 9, 19, 20))
        said.net, said.tax = net, divide(net * said.rate, HUNDRED)
        said.total = net + said.tax
    if said.kind == "invoice":
        said.due = said.date + dt.timedelta(days=rng.choice((7, 14, 30, 60)))


def _hand(said: Said, words: dict[str, Any], people: People, rng: Random) -> None:
    """Somebody got money for something."""
    said.total = rng.choice((rng.randint(20, 90) * 10_000, rng.randint(1000, 400_000)))
    said.terms["purpose"] = rng.choice(words["goods"])
    if rng.random() < 0.3:  # noqa: PLR2004 some sell as persons
        said.seller = people.person()


def _rent(said: Said, words: dict[str, Any], people: People, rng: Random) -> None:
    said.total = rng.randint(15, 300) * 10_000
    said.terms["purpose"] = rng.choice(words["rent"])
    end = said.date + dt.timedelta(days=rng.choice((29, 89)))
    said.terms["period"] = f"{_day(said.date, said)} {words['to']} {_day(end, said)}"
    said.seller = people.person()


def _utility(said: Said, words: dict[str, Any], people: People, rng: Random) -> None:
    """A bill for what two readings of a meter differ by."""
    service = rng.choice(words["services"])
    said.seller = f"{people.words['towns'][rng.randrange(8)]}{people.space}{service['supplier']}"
    used, price = rng.randint(40, 2600), rng.randint(30, 420)
    before = rng.randint(1000, 90_000)
    said.lines = [Line(service["name"], service["unit"], used, price, used * price)]
    said.total = used * price
    said.due = said.date + dt.timedelta(days=rng.randint(8, 25))
    said.extra |= {"before": str(before), "after": str(before + used), "used": f"{used}", "service": service["title"]}


def _payroll(said: Said, _: dict[str, Any], people: People, rng: Random) -> None:
    """A month's wages: pay, extra, deductions and what each takes home."""
    gross = 0
    for _each in range(rng.randint(3, 9)):
        pay, extra, off = rng.randint(28, 90) * 10_000, rng.randint(0, 20) * 5000, rng.randint(0, 9) * 4350
        gross += pay + extra
        said.lines.append(Line(people.person(), "", 1, pay, pay + extra - off, {
            "pay": said.money(pay), "extra": said.money(extra), "gross": said.money(pay + extra),
            "off": said.money(off)}))
    said.total = sum(line.amount for line in said.lines)
    said.amounts["gross_pay"] = gross
    said.seller, said.terms["period"] = "", f"{said.date:%Y-%m}"


def _loan_statement(said: Said, words: dict[str, Any], _: People, rng: Random) -> None:
    """A loan repaid month by month: what was lent, what is still owed."""
    principal, months = rng.randint(5, 80) * 1_000_000, rng.choice((12, 24, 36))
    said.seller, left = rng.choice(words["lenders"]), principal
    rate = rng.choice(("4.35", "5.20", "6.50", "7.80", "12.00"))
    for number in range(rng.randint(3, 9)):
        paid, interest = principal // months, divide(left * int(rate.replace(".", "")), 120_000)
        left -= paid
        day = said.date - dt.timedelta(days=30 * (9 - number))
        said.lines.append(Line(str(number + 1), "", 1, interest, paid + interest, {
            "day": _day(day, said), "principal": said.money(paid), "interest": said.money(interest),
            "left": said.money(left)}))
    said.amounts, said.terms["rate"] = {"principal": principal}, rate
    said.total, said.due = left, said.date + dt.timedelta(days=30 * months)


def _loan_contract(said: Said, words: dict[str, Any], people: People, rng: Random) -> None:
    """Who lends whom how much, at what rate, from when to when."""
    said.seller = rng.choice((rng.choice(words["lenders"]), people.person()))
    said.total = rng.randint(2, 90) * 1_000_000
    said.terms["rate"] = rng.choice(("3.85", "4.35", "6.00", "10.80", "14.40"))
    said.due = said.date + dt.timedelta(days=rng.choice((365, 730, 1095)))


def _tax(said: Said, words: dict[str, Any], people: People, rng: Random) -> None:
    said.seller = words["tax_office"].format(town=rng.choice(people.words["towns"]))
    for name in rng.sample(words["taxes"], rng.randint(1, 4)):
        said.lines.append(Line(name, "", 1, 0, rng.randint(500, 900_000)))
    said.total = sum(line.amount for line in said.lines)


def _stock(said: Said, words: dict[str, Any], people: People, rng: Random) -> None:
    _goods(said, words, people, rng)
    said.seller = ""


def _ledger(said: Said, words: dict[str, Any], _: People, rng: Random) -> None:
    """Money in and out by hand, with what is left after each line."""
    left, day = rng.randint(500, 9000) * 100, said.date
    said.amounts["opening"] = left
    for _each in range(rng.randint(5, 14)):
        amount = rng.randint(10, 3000) * 100 * rng.choice((1, -1))
        if left + amount < 0:
            amount = -amount
        left += amount
        day += dt.timedelta(days=rng.randint(0, 3))
        name = rng.choice(words["ledger_in" if amount > 0 else "ledger_out"])
        said.lines.append(Line(name, "", 1, 0, amount, {
            "day": _day(day, said), "in": said.money(amount) if amount > 0 else "",
            "out": said.money(-amount) if amount < 0 else "", "left": said.money(left)}))
    said.seller, said.total = "", None
    said.amounts["closing"] = left


def _day(day: dt.date, said: Said) -> str:
    """A day as tables print it."""
    if said.locale == "zh-CN":
        return f"{day:%Y-%m-%d}"
    return f"{day:%m/%d/%Y}" if said.currency == "USD" else f"{day:%d/%m/%Y}"


_CONTENT = {
    "hand_receipt": _hand, "rent_receipt": _rent, "utility_bill": _utility, "payroll": _payroll,
    "loan_statement": _loan_statement, "loan_contract": _loan_contract, "tax_certificate": _tax,
    "stock_count": _stock, "hand_ledger": _ledger,
}
