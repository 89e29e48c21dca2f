"""A business lived day by day, and the folder it leaves: the case form, its evidence and, beside them, the truth."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from recon.core.errors import ReconError
from recon.core.money import decimals
from recon.simulate.calendar import add_months
from recon.simulate.evidence.choice import laid_out
from recon.simulate.evidence.write import write_evidence
from recon.simulate.faults.catalogue import Faults, known
from recon.simulate.figures import measure
from recon.simulate.form import write_form
from recon.simulate.journal import check
from recon.simulate.life.costs import PREPAID, Costs
from recon.simulate.life.finance import Finance
from recon.simulate.life.owner import Owner
from recon.simulate.life.sales import Sales
from recon.simulate.life.supplies import Supplies
from recon.simulate.profile import Profile, profile
from recon.simulate.truth import write_truth
from recon.simulate.world import World

MONTHS_BEFORE = 4
LONGEST = 36


def build(folder: Path, *, trade: str, months: int = 12, seed: int = 1, start: dt.date | None = None,
          language: str = "", faults: Sequence[str] = (), quality: str = "", answers: str = "",
          locale: str = "", currency: str = "", layouts: str = "",
          progress: Callable[[str], None] | None = None) -> None:
    """Write a simulated business into *folder*: ``case.toml``, ``statements/``, ``receipts/`` and ``truth.json``.

    The same arguments give the same bytes.

    Args:
        folder: a new or empty folder.
        trade: one of ``templates/simulate/*.toml``.
        months: length of the period, 1 to 36.
        seed: which of the trade's possible businesses.
        start: first day of the period, by default 1 January 2025; taken to the first of its month.
        language: of the case form's prose; by default the locale's.
        quality: the family that it belongs to: clean, ordinary or messy papers, of a business larger or smaller than
            the trade's file says, with a request drawn for it; empty for the trade's file as it stands.
        answers: how the owner answers: exact, rounded, understated, overstated or missing; by default as the quality
            has it, rounded without one.
        locale: whose country, names and papers: zh-CN or en; by default by the currency.
        currency: ISO code; CNY, or with the locale ``en`` any, by default GBP.
        layouts: ``usual`` for the trade's own, ``any`` to draw each account's layout by seed; by default any where a
            quality is named.
        faults: names of ``faults.catalogue``: what the evidence and the answers shall hide; the truth tells.
        progress: called with the name of what is being worked on: the business, then each file.

    Raises:
        ReconError: the folder is not empty, the trade or a fault is unknown, the number of months is out of range, or
            the business has no place for a fault, or a quality, an answer or a currency is not to be had.
    """
    if not 1 <= months <= LONGEST:
        raise ReconError("simulate_months", months=months)
    if folder.exists() and any(folder.iterdir()):
        raise ReconError("simulate_not_empty", folder=folder)
    known(faults)
    tell = progress or (lambda _: None)
    first = (start or dt.date(2025, 1, 1)).replace(day=1)
    last = add_months(first, months) - dt.timedelta(days=1)
    locale = locale or ("zh-CN" if currency.upper() in ("", "CNY") else "en")
    form = profile(trade, seed=seed, locale=locale, currency=currency, quality=quality, answers=answers)
    if layouts == "any" or (quality and not layouts):
        form = laid_out(form, seed)
    business = live(form, seed, first, last, faults)
    world = business.world
    tell(world.name)
    folder.mkdir(parents=True, exist_ok=True)
    shown = write_evidence(folder, world, tell, business.faults)
    true = measure(world, business.finance)
    write_form(folder, true, business.sales, business.supplies, language or locale, business.faults)
    write_truth(folder, true, shown, seed, business.faults)
    tell("truth.json")


@dataclass(frozen=True, slots=True)
class Business:
    """A business at the end of its period: its world and the parts that lived in it."""

    world: World
    finance: Finance
    sales: Sales
    supplies: Supplies
    faults: Faults


def live(form: Profile, seed: int, first: dt.date, last: dt.date, faults: Sequence[str] = ()) -> Business:
    """Live a business through every day until *last*.

    It is born some months before *first*, so that the period opens on a position that was lived, not made up.
    """
    world = World(form, seed, first, last, add_months(first, -MONTHS_BEFORE))
    finance, costs, sales = Finance(world), Costs(world), Sales(world)
    supplies, owner = Supplies(world, _daily_cost(form)), Owner(world)
    spoil = Faults(world, faults)
    _capital(world, finance, costs)
    for number in range((last - world.birth).days + 1):
        world.wake(world.birth + dt.timedelta(days=number))
        for part in (finance, costs, supplies, sales, owner, spoil):
            part.step()
        world.sleep()
    check(world.events)
    return Business(world, finance, sales, supplies, spoil)


def _daily_cost(form: Profile) -> int:
    """What a usual day's sales cost, in minor units: the first guess that stock is laid in by."""
    unit: int = 10 ** decimals(form.currency)
    tills = sum((t.tickets[0] + t.tickets[1]) * t.amount[1] * unit // 2 for t in form.till if not t.daily)
    tills += sum(t.amount[1] * unit for t in form.till if t.daily)
    orders = sum(c.count * c.orders * c.amount[1] * unit // 30 for c in form.customers)
    return (tills + orders) * sum(form.cost_percent) // 200


def _capital(world: World, finance: Finance, costs: Costs) -> None:
    """The opening entry at birth: what there is and what is owed; the rest is the owner's."""
    event = world.event("opening")
    sides = [(a.ledger, a.balance) for a in world.accounts.values()]
    sides += [("1405", world.stock), ("1221.01", world.profile.deposit * world.unit)]
    sides += [("1601", finance.opening_cost()), ("1602", -finance.opening_worn())]
    sides += [(f"{PREPAID}.{category}", amount) for category, amount in costs.prepaid_at_birth().items()]
    sides += [("2001.01" if d.form.kind == "bank" else "2001.02", -d.owed) for d in finance.debts]
    for account, amount in sides:
        if amount:
            world.post(event, account, "3001", amount)
