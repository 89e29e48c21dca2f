"""The fields of the case form, read off the structs of ``core.facts``: one schema for TOML, Excel and messages."""

import datetime as dt
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal

import msgspec

from recon.core.facts import Case, Depreciation, Done, Grade, Minor
from recon.core.words import known, say
from recon.ledger.chart import positions

Kind = Literal["amount", "ratio", "date", "whole", "choice", "yes_no", "text", "names", "depreciation"]
_KINDS: dict[Any, Kind] = {
    Minor: "amount", Decimal: "ratio", dt.date: "date", bool: "yes_no", int: "whole", str: "text",
    Depreciation: "depreciation",
}
#: Choices that several fields share have their words once.
_SHARED = {Grade: "grade", Done: "done"}


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the form.

    Attributes:
        table: dotted name of its table, such as ``adjust.accrual``.
        name: its key there.
        kind: what an answer is.
        choices: the answers that a choice allows, in the form's own keys.
        words: where the names of the choices stand.
        required: whether a table that is filled in must have it.
        usual: what silence means, where it is one of the choices.
    """

    table: str
    name: str
    kind: Kind
    choices: tuple[str, ...]
    words: str
    required: bool = False
    usual: str = ""

    @property
    def path(self) -> str:
        """``request.amount``."""
        return f"{self.table}.{self.name}"

    def label(self, language: str) -> str:
        """What the form asks, in *language*."""
        if self.table in ("opening", "closing") and self.name in positions():
            entry = positions()[self.name]
            return entry.zh if language == "zh-CN" else entry.en
        key = f"form.label.{'opening' if self.table == 'closing' else self.table}.{self.name}"
        return say(language, key) if known(key) else self.name.replace("_", " ")

    def note(self, language: str) -> str:
        """A hint or an example; empty where the label says it all."""
        return say(language, f"form.note.{self.path}") if known(f"form.note.{self.path}") else ""

    def choice(self, key: str, language: str) -> str:
        """The name of one of the choices."""
        return say(language, f"form.choice.{self.words}.{key}") if known(f"form.choice.{self.words}.{key}") else key


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the form; *many* where it may stand several times, *optional* where leaving it out says something."""

    path: str
    fields: tuple[Field, ...]
    many: bool
    optional: bool = False


@cache
def tables() -> dict[str, Table]:
    """Every table that has fields of its own by its path, in the order of the structs."""
    return {table.path: table for table in _tables(Case, "")}


@cache
def field(path: str) -> Field | None:
    """The field at *path* (indices left out), or None."""
    head, _, tail = path.rpartition(".")
    table = tables().get(head)
    return next((f for f in table.fields if f.name == tail), None) if table else None


def _tables(struct: Any, path: str) -> Iterator[Table]:
    for entry in msgspec.structs.fields(struct):
        inner = struct_in(entry.type)
        if inner is None:
            continue
        name = f"{path}.{entry.encode_name}".lstrip(".")
        fields = tuple(_field(name, f) for f in msgspec.structs.fields(inner) if struct_in(f.type) is None)
        optional = type(None) in typing.get_args(entry.type)
        yield Table(name, fields, typing.get_origin(entry.type) is tuple, optional)
        yield from _tables(inner, name)


def struct_in(annotation: Any) -> Any:
    """The struct inside an annotation such as ``tuple[Loan, ...]`` or ``History | None``; None without one."""
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return annotation
    return next((s for a in typing.get_args(annotation) if (s := struct_in(a)) is not None), None)


def _field(table: str, entry: Any) -> Field:
    bare = next((a for a in typing.get_args(entry.type) if a is not type(None)), entry.type) \
        if type(None) in typing.get_args(entry.type) else entry.type
    name, words = entry.encode_name, f"{table}.{entry.encode_name}"
    if typing.get_origin(bare) is Literal:
        return Field(table, name, "choice", typing.get_args(bare), _SHARED.get(bare, words), entry.required,
                     entry.default if isinstance(entry.default, str) else "")
    if typing.get_origin(bare) is tuple:
        return Field(table, name, "names", (), "", entry.required)
    kind = _KINDS.get(bare, "text")
    choices = ("straight_line",) if kind == "depreciation" else ()
    return Field(table, name, kind, choices, words, entry.required)
