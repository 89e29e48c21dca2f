"""One answer of the case form by its path: what it says now, and the form with another answer in its place."""

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from types import NoneType
from typing import Any, TypeVar, get_args

import msgspec

from recon.core.facts import Accrual, Case, Depreciation, Minor, Request
from recon.core.money import decimals, from_decimal, to_text
from recon.core.settings import shipped

#: Tables that hold plain answers.
_TABLES = ("opening", "closing", "stated", "request", "adjust", "history")
#: Kinds of answers that a path may lead to; sentences and dates are not answered by a number.
_KINDS = (Minor, Depreciation, Decimal, int)


Struct = TypeVar("Struct", bound=msgspec.Struct)


def answer(case: Case, path: str) -> str | None:
    """What *case* answers at *path*, amounts in major units; None where nobody answered.

    Paths are ``closing.inventory``, ``known.cash_sales``, ``settings.days_in_year``, ``account.<id>.opening``,
    ``loan.<number from 0>.closing`` and ``adjust.accrual.<kind>.<at>.<category>``.

    Raises:
        LookupError: the form has no such answer.
    """
    value = _find(case, path)
    if isinstance(value, Depreciation):
        value = None if value.amount is None else Minor(value.amount)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise LookupError(path)  # noqa: TRY004 - the form has no number there
    if isinstance(value, Minor):
        return to_text(value, decimals(case.case.currency))
    return format(Decimal(value).normalize(), "f")


def answered(case: Case, path: str, text: str) -> Case:
    """*case* with *text* as its answer at *path*.

    Raises:
        LookupError: the form has no such answer.
        ValueError: *text* is no such amount, number or share.
    """
    parts = path.split(".")
    if parts[0] == "known":
        return _replaced(case, known={**case.known, _rest(parts): _amount(case, text)})
    if parts[0] == "settings":
        return _replaced(case, settings={**case.settings, _rest(parts): _setting(_rest(parts), text)})
    if parts[0] == "account":
        own = ".".join(parts[1:-1])
        return _in_rows(case, "account", parts[-1], text, lambda _, row: row.id == own)
    if parts[0] == "loan":
        return _in_rows(case, "loan", parts[-1], text, lambda number, _: str(number) == parts[1])
    if parts[:2] == ["adjust", "accrual"]:
        return _accrued(case, parts[2:], text)
    if parts[0] not in _TABLES or len(parts) != 2:  # noqa: PLR2004 - table and field
        raise LookupError(path)
    return _in_table(case, parts[0], parts[1], text)


def _find(case: Case, path: str) -> Any:
    parts = path.split(".")
    if parts[0] == "known":
        return case.known.get(_rest(parts))
    if parts[0] == "settings":
        given = case.settings.get(_rest(parts), shipped().entries[_rest(parts)].value)
        return given if isinstance(given, bool | str) else Decimal(str(given))
    if parts[0] in ("account", "loan"):
        own = ".".join(parts[1:-1])
        rows = getattr(case, parts[0])
        found = _row(rows, lambda number, row: own == (row.id if parts[0] == "account" else str(number)))
        return getattr(found, _known(parts[-1]))
    if parts[:2] == ["adjust", "accrual"]:
        rows = [row.amount for row in case.adjust.accrual if [row.kind, row.at, row.category] == parts[2:]]
        return Minor(sum(rows)) if rows else None
    if parts[0] not in _TABLES or len(parts) != 2:  # noqa: PLR2004 - table and field
        raise LookupError(path)
    table = getattr(case, parts[0])
    if table is None and path == "request.amount":
        return None
    if table is None or parts[1] not in table.__struct_fields__:
        raise LookupError(path)
    return getattr(table, parts[1])


def _rest(parts: Sequence[str]) -> str:
    return ".".join(parts[1:])


def _known(name: str) -> str:
    if name not in ("opening", "closing", "monthly_payment", "annual_rate"):
        raise LookupError(name)
    return name


def _row(rows: Sequence[Any], wanted: Callable[[int, Any], bool]) -> Any:
    found = next((row for number, row in enumerate(rows) if wanted(number, row)), None)
    if found is None:
        raise LookupError
    return found


def _in_rows(case: Case, table: str, name: str, text: str, wanted: Callable[[int, Any], bool]) -> Case:
    rows = getattr(case, table)
    old = _row(rows, wanted)
    new = _replaced(old, **{_known(name): _typed(case, type(old), name, text)})
    return _replaced(case, **{table: tuple(new if row is old else row for row in rows)})


def _in_table(case: Case, table: str, name: str, text: str) -> Case:
    old = getattr(case, table)
    if table == "request" and old is None and name == "amount":
        return _replaced(case, request=Request(amount=_amount(case, text)))
    if old is None:
        raise LookupError(f"{table}.{name}")
    return _replaced(case, **{table: _replaced(old, **{name: _typed(case, type(old), name, text)})})


def _accrued(case: Case, parts: Sequence[str], text: str) -> Case:
    """One row of that kind, end and category in place of all there were."""
    kind, at, category = parts
    others = tuple(r for r in case.adjust.accrual if [r.kind, r.at, r.category] != list(parts))
    row = Accrual(category=category, amount=_amount(case, text), kind=kind, at=at)  # type: ignore[arg-type] # checked next
    if kind not in ("accrued", "prepaid") or at not in ("opening", "closing"):
        raise LookupError(".".join(parts))
    return _replaced(case, adjust=_replaced(case.adjust, accrual=(*others, row)))


def _typed(case: Case, struct: type, name: str, text: str) -> Minor | Depreciation | Decimal | int:
    """*text* as the field's own type."""
    found = next((f.type for f in msgspec.structs.fields(struct) if f.encode_name == name), None)
    kind = next((k for k in _KINDS if k in (get_args(found) or (found,))), NoneType)
    if kind is NoneType:
        raise LookupError(name)
    if kind in (Minor, Depreciation):
        amount = _amount(case, text)
        return amount if kind is Minor else Depreciation(amount)
    return _number(text) if kind is Decimal else int(_number(text))


def _setting(name: str, text: str) -> Decimal | int:
    old = shipped().entries[name].value
    if isinstance(old, bool | str):
        raise LookupError(name)  # noqa: TRY004 - the form has no number of that name
    number = _number(text)
    return int(number) if number == int(number) and isinstance(old, int) else number


def _amount(case: Case, text: str) -> Minor:
    return Minor(from_decimal(text, decimals(case.case.currency)))


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as slip:
        raise ValueError(text) from slip


def _replaced(struct: Struct, **values: Any) -> Struct:
    return msgspec.structs.replace(struct, **values)
