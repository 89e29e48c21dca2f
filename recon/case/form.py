"""The case form: case.toml, or case.xlsx with the same fields, validated into the facts of a case."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from recon.case import form_excel
from recon.case.form_slips import Place, explained
from recon.classify.categories import suggest, understand
from recon.core.errors import ReconError
from recon.core.facts import About, Case, Depreciation, Minor
from recon.core.money import decimals, from_decimal
from recon.core.settings import settings
from recon.core.source import Source
from recon.core.words import LANGUAGES
from recon.ledger.chart import variable_of

FORM, EXCEL = "case.toml", "case.xlsx"
#: A number as people write it: thousands apart or not.
_NUMBER = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?|[-+]?\.\d+")


def load(folder: Path) -> Case:
    """The facts of a case folder's form; see ``form_of``."""
    return form_of(folder)[1]


def form_of(folder: Path) -> tuple[str, Case]:
    """Name and facts of a case folder's form; of two forms the one that is filled in.

    Raises:
        ReconError: no form, one that cannot be read, an unknown key (the nearest known one is named), a value of the
            wrong kind (its line or cell is named), or two forms that are both filled in and differ.
    """
    if not folder.is_dir():
        raise ReconError("no_folder", Source(str(folder)))
    forms = [(path.name, _read(path)) for path in (folder / FORM, folder / EXCEL) if path.is_file()]
    if not forms:
        raise ReconError("no_form", Source(str(folder)))
    filled = [(name, case) for name, case in forms if _comparable(case) != _comparable(Case())]
    if len({repr(_comparable(case)) for _, case in filled}) > 1:
        raise ReconError("two_forms", Source(str(folder)))
    return (filled or forms)[0]


def _read(path: Path) -> Case:
    if path.name == FORM:
        return parse(path.read_bytes(), FORM)
    answers = form_excel.read(path.read_bytes(), path.name)
    return from_mapping(answers.raw, path.name, answers.place)


def _comparable(case: Case) -> tuple[Case, object]:
    """A form without what a blank one already says, and its depreciation, which has no equality of its own."""
    plain = About()
    about = msgspec.structs.replace(case.case, language=plain.language, currency=case.case.currency.upper())
    given = case.adjust.depreciation
    adjust = msgspec.structs.replace(case.adjust, depreciation=None)
    return msgspec.structs.replace(case, case=about, adjust=adjust), given and (given.amount, "given")


def parse(data: bytes, name: str = FORM) -> Case:
    """A form's bytes as :class:`recon.core.facts.Case`; amounts become minor units of the case's currency."""
    try:
        raw = tomllib.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as slip:
        raise ReconError("form_encoding", Source(name)) from slip
    except tomllib.TOMLDecodeError as slip:
        raise ReconError("bad_toml", Source(name), detail=str(slip)) from slip
    return from_mapping(raw, name)


def from_mapping(raw: Mapping[str, Any], name: str = FORM, place: Place | None = None) -> Case:
    """A form already read into nested tables; used by every way of filling it in.

    Args:
        raw: the tables; amounts as text, whole numbers or ``Decimal``.
        name: the form's file.
        place: where the answer at a path such as ``loan[0].due`` stands; the path itself where None.
    """
    where = place or (lambda path: Source(name, field=re.sub(r"\[\.\.\.\]", "", path)))
    about = raw.get("case", {})
    about = about if isinstance(about, Mapping) else {}
    currency = about.get("currency", "CNY")
    if not isinstance(currency, str) or not re.fullmatch(r"[A-Za-z]{3}", currency):
        raise ReconError("bad_currency", where("case.currency"), value=currency)
    places = decimals(currency)
    _amounts(raw.get("known", {}), places, where)

    def decode(kind: type, value: Any) -> Any:
        if kind is Minor:
            return _amount(value, places)
        if kind is Depreciation:
            return Depreciation(None if value == "straight_line" else _amount(value, places))
        raise NotImplementedError(kind)

    try:
        case = msgspec.convert(raw, Case, dec_hook=decode)
    except msgspec.ValidationError as slip:
        language = about.get("language", LANGUAGES[0])
        raise explained(str(slip), raw, where, language if language in LANGUAGES else LANGUAGES[0]) from slip
    return _checked(case, where)


def _amounts(known: Any, places: int, where: Place) -> None:
    """Every amount of ``[known]``, each by its own name: the library would not say which one is wrong."""
    for key, value in known.items() if isinstance(known, Mapping) else ():
        try:
            _amount(value, places)
        except ValueError as slip:
            raise ReconError("form_amount", where(f"known.{key}"), value=value) from slip


def _amount(value: Any, places: int) -> Minor:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError(f"not an amount: {value!r}")  # noqa: TRY004 - the form library turns ValueError into its message
    if isinstance(value, str):
        value = unicodedata.normalize("NFKC", value).strip()
        if not _NUMBER.fullmatch(value):
            raise ValueError(f"not an amount: {value!r}")
    return Minor(from_decimal(value, places))


def _checked(case: Case, where: Place) -> Case:
    """What types alone do not say: an order of dates, names that must exist, settings that must exist, shares."""
    about = case.case
    if about.from_ and about.to and about.from_ > about.to:
        raise ReconError("period_order", where("case.from"), start=about.from_, end=about.to)
    ids = [a.id for a in case.account]
    twice = next((n for n, i in enumerate(ids) if i in ids[:n]), None)
    if twice is not None:
        raise ReconError("account_twice", where(f"account[{twice}].id"), id=ids[twice])
    try:
        for word in about.unknown:
            variable_of(word, "case.unknown")
        for word in case.known:
            variable_of(word, "known")
        settings(case.settings)
    except ReconError as slip:
        raise ReconError(slip.code, where(slip.source.field), **slip.params) from slip
    for path, ratio in _shares(case):
        if ratio is not None and ratio > 1:
            raise ReconError("form_ratio_large", where(path), value=f"{ratio:f}")
    return _with_categories(case, where)


def _with_categories(case: Case, where: Place) -> Case:
    """Accruals by the key of the category that their word means."""
    kept = []
    for number, accrual in enumerate(case.adjust.accrual):
        category = understand(accrual.category)
        if not category:
            place = where(f"adjust.accrual[{number}].category")
            raise ReconError("form_category", place, value=accrual.category, nearest=suggest(accrual.category))
        kept.append(msgspec.structs.replace(accrual, category=category))
    return msgspec.structs.replace(case, adjust=msgspec.structs.replace(case.adjust, accrual=tuple(kept)))


def _shares(case: Case) -> list[tuple[str, Decimal | None]]:
    """Rates and shares that cannot be above one."""
    return [
        ("request.annual_rate", case.request.annual_rate if case.request else None),
        ("stated.margin", case.stated.margin), ("stated.share_through_accounts", case.stated.share_through_accounts),
        ("adjust.depreciation_rate", case.adjust.depreciation_rate),
        ("adjust.provision_rate", case.adjust.provision_rate),
        *((f"stated.product[{n}].share", p.share) for n, p in enumerate(case.stated.product)),
        *((f"fixed_asset[{n}].rate", a.rate) for n, a in enumerate(case.fixed_asset)),
        *((f"loan[{n}].annual_rate", x.annual_rate) for n, x in enumerate(case.loan)),
        *((f"guarantor[{n}].willingness", g.willingness) for n, g in enumerate(case.guarantor)),
    ]
