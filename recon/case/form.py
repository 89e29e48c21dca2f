"""The case form: case.toml, or case.xlsx with the same fields, validated into the facts of a case."""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from recon.core.errors import ReconError
from recon.core.facts import Case, Depreciation, Minor
from recon.core.knowledge import nearest
from recon.core.money import decimals, from_decimal
from recon.core.settings import settings
from recon.core.source import Source
from recon.ledger.chart import variable_of

FORM = "case.toml"


def load(folder: Path) -> Case:
    """The form of a case folder.

    Raises:
        ReconError: no form, not TOML, an unknown key (the nearest known one is named) or a value of the wrong kind.
    """
    path = folder / FORM
    if not folder.is_dir():
        raise ReconError("no_folder", Source(str(folder)))
    if not path.is_file():
        raise ReconError("no_form", Source(str(folder)))
    return parse(path.read_bytes(), FORM)


def parse(data: bytes, name: str = FORM) -> Case:
    """A form's bytes as :class:`recon.core.facts.Case`; amounts become minor units of the case's currency."""
    try:
        raw = tomllib.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as slip:
        raise ReconError("form_encoding", Source(name)) from slip
    except tomllib.TOMLDecodeError as slip:
        raise ReconError("bad_toml", Source(name), detail=str(slip)) from slip
    return from_mapping(raw, name)


def from_mapping(raw: Mapping[str, Any], name: str = FORM) -> Case:
    """A form already read into nested tables; used by every way of filling it in."""
    about = raw.get("case", {})
    currency = about.get("currency", "CNY") if isinstance(about, Mapping) else "CNY"
    if not isinstance(currency, str) or not re.fullmatch(r"[A-Za-z]{3}", currency):
        raise ReconError("bad_currency", Source(name, field="case.currency"), value=currency)
    places = decimals(currency)

    def decode(kind: type, value: Any) -> Any:
        if kind is Minor:
            return _amount(value, places)
        if kind is Depreciation:
            return Depreciation(None if value == "straight_line" else _amount(value, places))
        raise NotImplementedError(kind)

    try:
        case = msgspec.convert(raw, Case, dec_hook=decode)
    except msgspec.ValidationError as slip:
        raise _explained(str(slip), raw, name) from slip
    return _checked(case, name)


def _amount(value: Any, places: int) -> Minor:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError(f"not an amount: {value!r}")  # noqa: TRY004 - the form library turns ValueError into its message
    return Minor(from_decimal(value, places))


def _explained(message: str, raw: Mapping[str, Any], name: str) -> ReconError:
    """The library's message as one sentence of ours, naming the field."""
    unknown = re.match(r"Object contains unknown field `(.+?)`(?: - at `\$\.?(.*)`)?$", message)
    if unknown:
        key, path = unknown[1], unknown[2] or ""
        return ReconError("unknown_key", Source(name, field=_plain(path)), key=key, nearest=nearest(key, _keys(path)))
    at = re.search(r" - at `\$\.?(.*?)`$", message)
    field = _plain(at[1]) if at else ""
    return ReconError("bad_value", Source(name, field=field), value=_value(raw, at[1] if at else ""),
                      detail=re.sub(r" - at `.*$", "", message))


def _plain(path: str) -> str:
    return path.replace("[...]", "")


def _value(raw: Any, path: str) -> object:
    for part in path.replace("[...]", "").split("."):
        raw = raw.get(part) if isinstance(raw, Mapping) else None
    return raw if isinstance(raw, str | int | Decimal) else "…"


def _keys(path: str) -> list[str]:
    """The keys that the form knows at *path*."""
    node: Any = Case
    for part in filter(None, _plain(path).split(".")):
        field = next((f for f in msgspec.structs.fields(node) if f.encode_name == part), None)
        found = _struct(field.type) if field else None
        if found is None:
            return []
        node = found
    return [f.encode_name for f in msgspec.structs.fields(node)]


def _struct(annotation: Any) -> Any:
    """The struct inside an annotation such as ``tuple[Loan, ...]`` or ``History | None``."""
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return annotation
    return next((s for a in getattr(annotation, "__args__", ()) if (s := _struct(a)) is not None), None)


def _checked(case: Case, name: str) -> Case:
    """What types alone do not say: an order of dates, names that must exist, settings that must exist."""
    about = case.case
    if about.from_ and about.to and about.from_ > about.to:
        raise ReconError("period_order", Source(name, field="case.from"), start=about.from_, end=about.to)
    for word in about.unknown:
        variable_of(word, "case.unknown")
    for word in case.known:
        variable_of(word, "known")
    ids = [a.id for a in case.account]
    twice = next((i for i in ids if ids.count(i) > 1), None)
    if twice is not None:
        raise ReconError("account_twice", Source(name, field="account.id"), id=twice)
    settings(case.settings)
    return case
