"""The chart of accounts and what the case form's positions and variables post to, read from ``templates/``."""

from dataclasses import dataclass
from functools import cache

from recon.core.errors import ReconError
from recon.core.knowledge import nearest, table
from recon.core.source import Source


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """One account: its code, type (asset, contra_asset, liability, equity, cost, revenue, expense) and names."""

    code: str
    type: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class PositionEntry:
    """A position key of the form: its account, side (asset or liability) and how silence about it is taken."""

    key: str
    account: str
    side: str
    silence: str
    zh: str
    en: str

    @property
    def sign(self) -> int:
        """+1 for an asset, −1 for a liability: how it enters equity."""
        return 1 if self.side == "asset" else -1

    def none_in(self, trade: str) -> bool:
        """Whether a position that nobody mentioned is taken as none in *trade*."""
        words = self.silence.split()
        return words[0] != "ask" or trade in words[1:]

    @property
    def rolls(self) -> bool:
        """Whether a closing that nobody mentioned follows the flows before it is taken as none."""
        return self.silence == "roll"


@dataclass(frozen=True, slots=True)
class VariableEntry:
    """A fact of the period: what feeds it, what entry it makes and how its months are spread."""

    variable: str
    cash: str
    debit: str
    credit: str
    spread: str
    ask: bool
    aliases: tuple[str, ...]
    zh: str
    en: str


@cache
def accounts() -> dict[str, AccountEntry]:
    """The chart by code."""
    return {row["code"]: AccountEntry(**row) for row in table("chart.tsv", ("code", "type", "zh", "en"))}


@cache
def positions() -> dict[str, PositionEntry]:
    """The positions by key of the case form."""
    columns = ("key", "account", "side", "silence", "zh", "en")
    return {row["key"]: PositionEntry(**row) for row in table("positions.tsv", columns)}


@cache
def variables() -> dict[str, VariableEntry]:
    """The period's facts by name."""
    columns = ("variable", "cash", "debit", "credit", "spread", "ask", "aliases", "zh", "en")
    return {
        row["variable"]: VariableEntry(
            row["variable"], row["cash"], row["debit"], row["credit"], row["spread"], row["ask"] == "yes",
            tuple(row["aliases"].split()), row["zh"], row["en"],
        )
        for row in table("variables.tsv", columns)
    }


@cache
def _names() -> dict[str, str]:
    return {name: v.variable for v in variables().values() for name in (v.variable, *v.aliases)}


def variable_of(word: str, field: str) -> str:
    """The variable that *word* of the form's *field* names.

    Raises:
        ReconError: no variable of that name; names the nearest.
    """
    if word not in _names():
        raise ReconError("unknown_key", Source("case.toml", field=field), key=word, nearest=nearest(word, _names()))
    return _names()[word]
