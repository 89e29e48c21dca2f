"""Which businesses are lived: families, trades, lengths and faults, all decided by one seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from recon.core.knowledge import folder
from recon.simulate.faults.catalogue import CATALOGUE
from recon.simulate.profile import trades

FAMILIES = ("clean", "ordinary", "messy", "dishonest")
#: The papers and answers that the simulator is asked for; the dishonest keep theirs as well as the ordinary.
QUALITY = {"clean": "clean", "ordinary": "ordinary", "messy": "messy", "dishonest": "ordinary"}
GAPS = ("month_missing", "page_missing", "account_missing", "doubled_file")
ANSWERS = ("stock_overstated", "invoices_bought", "padded_request", "turnover_overstated")
FLOWS = tuple(name for name in CATALOGUE if name not in GAPS + ANSWERS)
LENGTHS = (12, 12, 12, 9, 18)
ENGLISH = 5


@dataclass(frozen=True, slots=True)
class Task:
    """One business to live and rebuild; *wanted* holds groups of faults, of each of which one is seeded."""

    family: str
    trade: str
    seed: int
    months: int
    locale: str
    wanted: tuple[tuple[str, ...], ...] = ()

    @property
    def key(self) -> str:
        """What names it among the results."""
        return f"{self.family}/{self.trade}/{self.seed}/{self.months}/{self.locale}"


def tasks(businesses: int, seed: int) -> Iterator[Task]:
    """*businesses* tasks, families in turn over the same businesses, trades in turn; the same for the same seed.

    More businesses from the same seed begin with the fewer, so that a longer run goes on from a shorter one.
    """
    known = trades()
    for number in range(businesses):
        place, family = divmod(number, len(FAMILIES))
        trade = known[place % len(known)]
        own = seed * 100_000 + place
        months = Random(f"{seed}/{place}").choice(LENGTHS)  # noqa: S311 - repeatable, not secret
        yield Task(FAMILIES[family], trade, own, months, locale(place, trade), wanted(FAMILIES[family], place))


def locale(place: int, trade: str) -> str:
    """Every fifth business is English where its trade is there in English."""
    there = (folder("templates") / "simulate" / "en" / f"{trade}.toml").is_file()
    return "en" if there and place % ENGLISH == ENGLISH - 1 else "zh-CN"


def wanted(family: str, place: int) -> tuple[tuple[str, ...], ...]:
    """Groups of faults, one to be seeded of each: the first of a group that the business has a place for.

    Every kind stands first in turn, over all trades.
    """
    if family == "dishonest":
        flows, answers = (*FLOWS, *GAPS), ANSWERS
        # nine kinds over eight trades move on by themselves; four do not, so they are moved on each round
        return _from(flows, place), _from(answers, place + place // len(trades()))
    if family == "messy" and place % 2:
        return (_from(GAPS, place // 2 + place // len(trades())),)
    return ()


def _from(names: tuple[str, ...], at: int) -> tuple[str, ...]:
    at %= len(names)
    return names[at:] + names[:at]
