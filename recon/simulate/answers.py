"""What the owner answers when asked: exactly, in round sums, too little, too much, or not at all; and what is true."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from recon.core.money import divide
from recon.simulate.people import stream
from recon.simulate.world import HUNDRED

if TYPE_CHECKING:
    from recon.simulate.figures import Truth

#: Answers that an owner who talks his business up or down bends, in the same proportion.
BENT = ("monthly_sales", "monthly_profit", "cash_sales", "good_day", "normal_day", "poor_day")
BIAS = {"understated": (55, 85), "overstated": (118, 165)}
FORGOTTEN = 55  # of a hundred answers that an owner who does not answer leaves open


@dataclass(frozen=True, slots=True)
class Answers:
    """What is true and what was said, by the form's key; a key that was not answered is missing from *said*."""

    mode: str
    percent: int
    true: dict[str, str]
    said: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """As ``truth.json`` keeps it."""
        missing = [name for name in self.true if name not in self.said]
        return {"mode": self.mode, "percent": self.percent, "true": self.true, "missing": missing}


def answers(true: "Truth") -> Answers:
    """The owner's answers about the period."""
    world, mode = true.world, true.world.profile.answers
    rng = stream(world.seed, "answers")  # of its own: asked twice, the owner says the same
    bent = rng.randint(*BIAS[mode]) if mode in BIAS else HUNDRED
    amounts, shares = _amounts(true), _shares(true)
    exact = {name: world.text(amount) for name, amount in amounts.items()} | {n: ratio(*s) for n, s in shares.items()}
    if mode == "exact":
        said: dict[str, Any] = dict(exact)
    else:
        said = {name: rounded(divide(amount * bent, HUNDRED) if name in BENT else amount, world.unit)
                for name, amount in amounts.items()}
        said |= {name: twentieths(part, whole) for name, (part, whole) in shares.items()}
    said |= {"good_days": 7, "normal_days": 16, "poor_days": 7 if _open_days(true) > _months(true) * 27 else 4,
             "expected_growth": plain(world.profile.asking.growth)}
    if mode == "missing":
        said = {name: value for name, value in said.items() if rng.randint(1, HUNDRED) > FORGOTTEN}
    return Answers(mode, bent, exact, {name: said[name] for name in ORDER if name in said})


ORDER = ("monthly_sales", "margin", "monthly_profit", "wages", "rent", "utilities", "household", "cash_sales",
         "good_day", "normal_day", "poor_day", "good_days", "normal_days", "poor_days", "share_through_accounts",
         "expected_growth")


def _months(true: "Truth") -> int:
    return len(true.books.income_statement[0].months)


def _open_days(true: "Truth") -> int:
    return len(_takings(true))


def _takings(true: "Truth") -> list[int]:
    """Sales of the days that had any, from the poorest up."""
    return sorted(amount for day, amount in true.world.daily_sales.items() if day >= true.world.first and amount > 0)


def _amounts(true: "Truth") -> dict[str, int]:
    """True amounts of a month, and of days, in minor units."""
    figures, months, days = true.figures, _months(true), _takings(true)
    paid = {c: -sum(e.amount for e in true.events if e.category == c and e.account) for c in ("rent", "utilities")}
    good, usual, poor = (days[len(days) * part // HUNDRED] if days else 0 for part in (88, 50, 15))
    of_month = {
        "monthly_sales": figures["total_sales"], "monthly_profit": figures["net_profit"],
        "wages": figures["wages_paid"], "rent": paid["rent"], "utilities": paid["utilities"],
        "household": figures["drawings"],
    }
    found = {name: amount // months for name, amount in of_month.items()}
    if figures["cash_sales"]:
        found["cash_sales"] = figures["cash_sales"] // months
    return found | {"good_day": good, "normal_day": usual, "poor_day": poor}


def _shares(true: "Truth") -> dict[str, tuple[int, int]]:
    sales = true.figures["total_sales"]
    return {"margin": (true.figures["gross_profit"], sales),
            "share_through_accounts": (sales - true.figures["cash_sales"], sales)}


def rounded(minor: int, unit: int = HUNDRED) -> str:
    """An amount as an owner says it: to two leading figures."""
    major = abs(divide(minor, unit))
    step = 10 ** max(len(str(major)) - 2, 0)
    return str((1 if minor >= 0 else -1) * divide(major, step) * step)


def plain(value: Decimal) -> str:
    """A ratio without trailing zeros or an exponent."""
    return f"{value.normalize():f}"


def ratio(part: int, whole: int) -> str:
    """A share to four places."""
    return plain(Decimal(divide(part * 10_000, max(whole, 1))) / 10_000)


def twentieths(part: int, whole: int) -> str:
    """A share as an owner says it: to five hundredths."""
    return plain(Decimal(divide(part * 20, max(whole, 1)) * 5) / HUNDRED)
