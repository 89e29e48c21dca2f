"""How found and stated figures become monthly entries: the same rules as ``recon.ledger.posting``, as data."""

from collections.abc import Sequence
from dataclasses import dataclass

from recon.core.money import spread
from recon.ledger.chart import variables
from recon.ledger.control import Figure
from recon.ledger.known import live
from recon.ledger.posting import CASH, CLEARING, Weights, is_cash
from recon.workbook.model import Model

#: Posted by rules of their own.
_APART = ("interest_in_instalments", "disposals")
_LOST_LINE, _PRINCIPAL_LINE, _INTEREST_LINE = 6, 16, 17
SCHEDULE = "schedule"


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of an entry: account, +1 debit or −1 credit, and cash-flow line."""

    account: str
    sign: int
    line: int = 0


@dataclass(frozen=True, slots=True)
class Recipe:
    """A figure that makes an entry each month.

    Attributes:
        figure: name of the ledger's figure.
        driver: what its months follow: a variable, ``sales``, ``time``, ``last`` or ``schedule``.
        total: minor units.
        shares: minor units by month; they add to *total*.
        postings: the sides of each month's entry.
        basis: how well it is known.
    """

    figure: str
    driver: str
    total: int
    shares: tuple[int, ...]
    postings: tuple[Posting, ...]
    basis: str


class Drivers:
    """Weights of the months by driver."""

    def __init__(self, model: Model) -> None:
        self.weights = Weights(live(model.rebuilt.transactions), model.rebuilt.ledger.period)
        self.months = len(model.months)

    def name(self, driver: str) -> str:
        """The driver that is really used."""
        return driver if driver in {*variables(), "sales", "last"} else "time"

    def raw(self, driver: str) -> list[int]:
        """Weights by month, none below zero."""
        return [max(0, int(w)) for w in self.weights.of(driver)]

    def usable(self, driver: str) -> list[int]:
        """The same weights; where the driver has none, every month weighs one."""
        raw = self.raw(driver)
        return raw if any(raw) else [1] * self.months


def moves(model: Model, name: str) -> bool:
    """Whether a change that a reviewer makes in the workbook can change the figure."""
    memory: dict[str, bool] = {}

    def follow(each: str) -> bool:
        if each not in memory:
            memory[each] = False
            figure = model.figure(each)
            said = figure.source == "lines" or (bool(figure.source) and not figure.source.startswith("rule:"))
            memory[each] = any(follow(n) for _, n in figure.terms) if figure.equation else said
        return memory[each]

    return follow(name)


def recipes(model: Model) -> list[Recipe]:
    """Every figure that is spread over the months, unrecorded cash first."""
    drivers = Drivers(model)
    found = []
    for name, entry in variables().items():
        if entry.cash:
            found += _made(model, drivers, f"{name}.unrecorded", entry.spread, _unrecorded(model, name))
    for name, entry in variables().items():
        if entry.debit and name not in _APART:
            lost = _LOST_LINE if is_cash(entry.credit) else 0
            sides = (Posting(entry.debit, 1), Posting(entry.credit, -1, lost))
            found += _made(model, drivers, name, entry.spread, sides)
    interest = (
        Posting("5603.01", 1), Posting("2001.01", -1), Posting(CLEARING, 1, _PRINCIPAL_LINE),
        Posting(CLEARING, -1, _INTEREST_LINE),
    )
    return found + _made(model, drivers, "interest_in_instalments", "loans_repaid", interest)


def _made(model: Model, drivers: Drivers, name: str, driver: str, postings: Sequence[Posting]) -> list[Recipe]:
    figure = model.figure(name)
    if figure.value is None or not (figure.value or moves(model, name)):
        return []
    follows, shares = drivers.name(driver or "time"), None
    if name == "depreciation":
        shares = scheduled(model, figure.value)
        follows = SCHEDULE if shares else follows
    if not shares:
        shares = spread(figure.value, drivers.usable(follows))
    return [Recipe(name, follows, figure.value, tuple(shares), tuple(postings), basis(figure))]


def scheduled(model: Model, total: int) -> list[int] | None:
    """Depreciation by month as the assets' schedules charge it, where they make up the figure."""
    assets = model.rebuilt.ledger.known.assets
    by_month = [sum(month) for month in zip(*(a.months for a in assets), strict=True)]
    return by_month if by_month and sum(by_month) == total else None


def _unrecorded(model: Model, name: str) -> tuple[Posting, ...]:
    """Cash that no line shows, against the account of its category."""
    entry, figure = variables()[name], model.figure(f"{name}.unrecorded")
    category = next(c for c in model.categories.values() if c.control == name)
    inward = ((figure.value or 0) > 0) == (entry.cash == "in")
    account = category.account_in if inward else category.account_out
    sign = 1 if entry.cash == "in" else -1
    return (Posting(CASH, sign, category.cash_in if inward else category.cash_out), Posting(account, -sign))


def basis(figure: Figure) -> str:
    """The weakest basis that has a share."""
    order = ("estimated", "stated", "corroborated", "documented")
    return next((b for b in order if figure.shares.get(b)), "estimated")
