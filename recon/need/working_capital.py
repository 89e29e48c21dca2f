"""The need for working capital by the regulator's formula and by the operating cycle (method §10)."""

from collections.abc import Iterator, Mapping
from itertools import product

from recon.checks.check import Reason
from recon.checks.desk import listed, whole
from recon.checks.scope import Scope
from recon.core.finding import Words
from recon.core.money import decimals, to_display
from recon.core.settings import Settings
from recon.need.formulas import calculate, choices, chosen
from recon.need.model import Input, Method

#: Choices that are disputed but fixed by what the borrower says; the range is over the others.
_FIXED = ("own_funds_by",)
#: Balance-sheet lines that the days are worked out from.
_BALANCES = (4, 5, 9, 33, 34)
#: Values that a case may choose and that no bank would set against the others.
_UNDISPUTED = ("opening",)


def regulator(scope: Scope, settings: Settings, currency: str) -> Method:
    """New limit by the regulator's formula; its range is over margin and balances as banks differ on them."""
    inputs = calculate("regulator", scope, settings)
    amount = _minor(inputs, "new_limit")
    low, high = _range(amount, [_minor(other, "new_limit") for other in elsewhere("regulator", scope, settings)])
    because = (*_regulator_because(inputs, amount, currency), *_one_end(scope, settings, amount))
    return Method("regulator", amount, low, high, inputs, because, amount, high)


def cycle(scope: Scope, settings: Settings, currency: str) -> Method:
    """Cash tied up by the operating cycle; its range is over the balances as banks differ on them."""
    inputs = calculate("cycle", scope, settings)
    amount, limit = _minor(inputs, "working_capital"), _minor(inputs, "new_limit")
    others = list(elsewhere("cycle", scope, settings))
    low, high = _range(amount, [_minor(other, "working_capital") for other in others])
    _, limit_high = _range(limit, [_minor(other, "new_limit") for other in others])
    because = (*_cycle_because(inputs, amount, limit, currency), *_one_end(scope, settings, amount))
    return Method("cycle", amount, low, high, inputs, because, limit, limit_high)


def _one_end(scope: Scope, settings: Settings, amount: int | None) -> Iterator[Reason]:
    """Balances of which only one end is known, so that it stands for the average."""
    lines = [scope.statements.line("balance_sheet", number).form for number in _BALANCES
             if scope.line("B", number, "avg") is None]
    if lines and amount is not None and settings.text("balances_by") == "average":
        yield Reason("one_end", {"names": listed([Words(line.zh, line.en.lower()) for line in lines])})


def combinations(table: str, settings: Settings) -> list[dict[str, str]]:
    """The disputed choices of a table: the one made first, then every other combination that banks use."""
    made = chosen(table, settings)
    disputed = {
        setting: [v for v in values if v not in _UNDISPUTED or v == made[setting]]
        for setting, values in choices(table).items() if setting not in _FIXED
    }
    first = {setting: made[setting] for setting in disputed}
    every = [dict(zip(disputed, values, strict=True)) for values in product(*disputed.values())]
    return [first, *(each for each in every if each != first)]


def elsewhere(table: str, scope: Scope, settings: Settings) -> Iterator[Mapping[str, Input]]:
    """A table's results under every combination of the disputed choices but the one made."""
    for other in combinations(table, settings)[1:]:
        yield calculate(table, scope, settings, other)


def _range(amount: int | None, others: list[int | None]) -> tuple[int | None, int | None]:
    known = [other for other in others if other is not None]
    return (None, None) if amount is None else (min([amount, *known]), max([amount, *known]))


def _minor(inputs: Mapping[str, Input], name: str) -> int | None:
    value = inputs[name].value
    return None if value is None else whole(value)


def missing(inputs: Mapping[str, Input]) -> Reason:
    """The first figures of a table that are not known: what has to be asked for."""
    names = [each.title for each in inputs.values() if each.value is None and each.unit == "money"]
    first = names[0] if names else next(each.title for each in inputs.values() if each.value is None)
    return Reason("need_missing", {"figure": first})


def _shown(inputs: Mapping[str, Input], currency: str) -> dict[str, object]:
    """Every input as text: money by the currency, days and turns with two decimals, ratios in per cent."""
    return {name: _text(each, currency) for name, each in inputs.items()}


def _text(each: Input, currency: str) -> str:
    if each.value is None:
        return "—"
    if each.unit == "money":
        return to_display(whole(each.value), decimals(currency))
    hundredths = to_display(whole(each.value * (10_000 if each.unit == "ratio" else 100)), 2)
    return f"{hundredths}%" if each.unit == "ratio" else hundredths


def _regulator_because(inputs: Mapping[str, Input], amount: int | None, currency: str) -> tuple[Reason, ...]:
    if amount is None:
        return (missing(inputs),)
    shown = _shown(inputs, currency)
    cycle_days = inputs["cycle_days"].value
    if cycle_days is not None and cycle_days <= 0:
        return (Reason("regulator_no_cycle", shown),)
    return (Reason("regulator_turns", shown), Reason("regulator_limit", shown))


def _cycle_because(
    inputs: Mapping[str, Input], amount: int | None, limit: int | None, currency: str
) -> tuple[Reason, ...]:
    if amount is None:
        return (missing(inputs),)
    shown = _shown(inputs, currency)
    return (Reason("cycle_product", shown),) + ((Reason("cycle_limit", shown),) if limit is not None else ())
