"""Thresholds and choices: each with a value, its origin, and a mark where nobody has verified it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from recon.core.errors import ReconError
from recon.core.knowledge import document, entry, nearest
from recon.core.source import Source

Value = int | str | bool | Decimal


@dataclass(frozen=True, slots=True)
class Setting:
    """One entry of ``templates/settings.toml``: value, room that uses it, origin in both languages, verified or not."""

    value: Value
    room: str
    zh: str
    en: str
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a run: the shipped ones, overridden by the case's ``[settings]``."""

    entries: Mapping[str, Setting]

    def number(self, name: str) -> Decimal:
        """The setting as an exact number."""
        return Decimal(str(self.entries[name].value))

    def whole(self, name: str) -> int:
        """The setting as a whole number."""
        return int(self.number(name))

    def text(self, name: str) -> str:
        """The setting as text, for named choices."""
        return str(self.entries[name].value)

    def flag(self, name: str) -> bool:
        """The setting as yes or no."""
        return bool(self.entries[name].value)


class _Shipped(Mapping[str, Setting]):
    """What ``templates/settings.toml`` says, each entry read when asked for: to read a file takes few of them."""

    def __init__(self) -> None:
        self._known: dict[str, Setting] = {}

    def __getitem__(self, name: str) -> Setting:
        """The entry of that name."""
        if name not in self._known:
            found = entry("settings.toml", name)
            self._known[name] = Setting(**found) if found else _all()[name]
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        """All names."""
        return iter(_all())

    def __len__(self) -> int:
        """How many entries."""
        return len(_all())


@cache
def _all() -> dict[str, Setting]:
    return {name: Setting(**found) for name, found in document("settings.toml").items()}


@cache
def shipped() -> Settings:
    """What ``templates/settings.toml`` says."""
    return Settings(_Shipped())


def settings(overrides: Mapping[str, Value] | None = None) -> Settings:
    """The shipped settings with a case's own *overrides*.

    Raises:
        ReconError: an override that no setting has the name of, or of another type; names the nearest known one.
    """
    entries = dict(shipped().entries)
    for name, value in (overrides or {}).items():
        if name not in entries:
            place = Source("case.toml", field="settings")
            raise ReconError("unknown_key", place, key=name, nearest=nearest(name, entries))
        old = entries[name]
        numeric = not isinstance(old.value, str | bool)
        if numeric != (not isinstance(value, str | bool)) or isinstance(old.value, bool) != isinstance(value, bool):
            raise ReconError("setting_type", Source("case.toml", field=f"settings.{name}"), value=value, old=old.value)
        entries[name] = Setting(value, old.room, old.zh, old.en, old.unverified)
    return Settings(entries)
