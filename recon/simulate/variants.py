"""A trade's data made over: in another currency, larger or smaller, kept by a tidy owner or a careless one."""

import copy
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

from recon.core.errors import ReconError
from recon.core.knowledge import document, nearest
from recon.core.money import decimals

#: Keys of a trade's file that hold amounts in whole major units, those that grow with the business, and in minor units.
WAGES, MINOR = "wages", ("step", "price")
MONEY = ("amount", "opening", "goods_taken", "reserve", "deposit", "above", "keep", "below", "instalment", "repaid",
         "least")
SIZES = (55, 170)
HOME = {"zh-CN": "CNY", "en": "GBP"}
QUALITIES = ("clean", "ordinary", "messy")
#: The family of businesses of which half of the purchases and a third of the sales stand on paper only.
PAPER = "paper"


def level(currency: str) -> Decimal:
    """What a thing that costs one yuan costs in *currency*, in major units; 1 where no table says."""
    return Decimal(str(document("simulate/_currencies.toml")["level"].get(currency, 1)))


def nice(amount: Decimal) -> int:
    """The nearest of 1, 2, 5, 10, 20, 50 … to a positive amount."""
    steps = [mantissa * 10**power for power in range(12) for mantissa in (1, 2, 5)]
    return int(min(steps, key=lambda step: abs(step - amount)))


def in_currency(raw: dict[str, Any], currency: str, home: str) -> dict[str, Any]:
    """The trade's file *raw*, whose amounts stand in *home*, with believable amounts in *currency*."""
    factor, places = level(currency) / level(home), decimals(currency)
    minor = factor * Decimal(10) ** (places - decimals(home))
    made: dict[str, Any] = _changed(raw, lambda key, value: _exchanged(key, value, factor, minor))
    return made


def _exchanged(key: str, value: int, factor: Decimal, minor: Decimal) -> int:
    if key == "step":
        return nice(value * minor)
    if key in ("product.cost", "price"):
        return max(round(value * minor), 1 if value else 0)
    if key in (*MONEY, WAGES, "cost"):
        return max(round(value * factor), 1 if value else 0)
    return value


def _changed(raw: Any, change: Callable[[str, int], int], key: str = "", table: str = "") -> Any:
    """*raw* with each whole number run through *change* under its key; a product's cost is ``product.cost``."""
    if isinstance(raw, dict):
        return {name: _changed(value, change, name, key) for name, value in raw.items()}
    if isinstance(raw, list):
        return [_changed(value, change, key, table) for value in raw]
    if isinstance(raw, bool) or not isinstance(raw, int):
        return raw
    return change("product.cost" if (table, key) == ("product", "cost") else key, raw)


def varied(raw: dict[str, Any], rng: Random) -> dict[str, Any]:
    """A business of the trade that is larger or smaller, keeps more or less in stock, is paid sooner or later."""
    size, stock, wait, debt = rng.randint(*SIZES), rng.randint(70, 140), rng.randint(70, 145), rng.randint(0, 150)
    margin = rng.randint(-3, 3)

    def change(key: str, value: int) -> int:
        if key in MONEY or key in ("cost", "count"):
            return max(value * size // 100, 1 if value else 0)
        return max(value * wait // 100, 0) if key == "delay" else value

    made: dict[str, Any] = _changed(raw, change)
    for till, plain in zip(made.get("till", []), raw.get("till", []), strict=True):
        if not till.get("daily"):
            till["amount"] = plain["amount"]
            till["tickets"] = [plain["tickets"][0], max(plain["tickets"][1] * size // 100, 1)]
    for name in ("customers", "suppliers"):
        for group, plain in zip(made.get(name, []), raw.get(name, []), strict=True):
            group["count"] = plain["count"]
    for habit, plain in zip(made.get("habit", []), raw.get("habit", []), strict=True):
        habit["amount"] = plain["amount"]
    made["cost_percent"] = [part + margin for part in raw["cost_percent"]]
    made["stock_days"] = max(raw["stock_days"] * stock // 100, 1)
    made["borrowing"] = [_borrowed(loan, debt) for loan in made.get("borrowing", []) if debt > 20]  # noqa: PLR2004  none
    return made


def _borrowed(loan: dict[str, Any], share: int) -> dict[str, Any]:
    changed = {key: max(loan[key] * share // 100, 1) for key in ("amount", "instalment", "repaid") if loan.get(key)}
    return {**loan, **changed}


def kept(raw: dict[str, Any], quality: str, rng: Random) -> dict[str, Any]:
    """The trade's file as an owner of such *quality* lives and keeps papers.

    Raises:
        ReconError: no such quality; names the nearest.
    """
    if quality not in (*QUALITIES, PAPER):
        raise ReconError("no_quality", quality=quality, nearest=nearest(quality, QUALITIES),
                         qualities=", ".join(QUALITIES))
    habits, made = document("simulate/_quality.toml")[quality], copy.deepcopy(raw)
    if quality == PAPER:
        _on_paper(made)
    for habit in made.get("habit", []):
        habit["times"] = [_times(count, habits["family"]) for count in habit["times"]]
    boxes = [account["id"] for account in made["account"] if account["kind"] == "cash"]
    for account in made["account"]:
        if account["kind"] == "cash" and habits["cash"]:
            english = account["layout"].startswith("en_") and habits["cash"] != "papers"
            account["layout"] = ("en_" if english else "") + habits["cash"]
    for sweep in made.get("sweep", []):
        sweep["above"] = sweep["above"] * (habits["spare"] if sweep["source"] in boxes else 100) // 100
    made["receipts"] = made.get("receipts", 5) * habits["photos"] // 100
    made["invoices"] = made.get("invoices", 0) * habits["invoices"] // 100
    made["unknown"] = _unknown(made, habits["cash"])
    made["answers"], made["remembered"] = rng.choice(habits["answers"]), habits["opening"] == "remembered"
    made["request"], made["quality"] = "drawn", quality
    return made


def _on_paper(raw: dict[str, Any]) -> None:
    """Have half of the goods, by weight, bought for cash and a third of the day's takings come in cash, in place."""
    groups = sorted(raw.get("suppliers", []), key=lambda group: group["pays_from"][0] != "cash")
    whole, bought = sum(group["weight"] * group["count"] for group in groups), 0
    for group in groups:
        if 2 * bought < whole:
            others = [name for name in group["pays_from"] if name != "cash"]  # where cash is drawn
            group |= {"pays_from": ["cash", *others], "delay": [0, 0, 0], "lead": [0, 0]}
            bought += group["weight"] * group["count"]
    tills = raw.get("till", [])
    daily = sum((1 if till.get("daily") else sum(till["tickets"]) / 2) * till["amount"][1] for till in tills
                if till["account"] != "cash")
    for till in tills:
        if till["account"] == "cash" and till.get("daily"):
            till["amount"] = [round(daily * part / 100) for part in (92, 112, 138)]
    raw["sweep"] = [sweep for sweep in raw.get("sweep", []) if sweep["source"] != "cash"]
    for habit in raw.get("habit", []):
        habit["accounts"] = [name for name in habit["accounts"] if name != "cash"] or habit["accounts"]


def _times(count: int, percent: int) -> int:
    return (count * percent + 50) // 100


def _unknown(raw: dict[str, Any], cash: str) -> list[str]:
    """What the owner wrote down nowhere, by what the cash box leaves."""
    tills = any(t["account"] == "cash" for t in raw.get("till", []))
    home = any("cash" in h["accounts"] for h in raw.get("habit", []))
    if cash == "cash_book":
        return []
    if cash in {"cash_spent", "papers"}:
        return ["cash_sales"] * tills + ["drawings"] * home
    return list(raw.get("unknown", []))
