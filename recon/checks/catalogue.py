"""The catalogue of checks, as data: group, worst outcome, settings, what a finding corrects and what explains it."""

from dataclasses import dataclass
from functools import cache

from recon.checks.check import Group, Outcome
from recon.core.finding import Words
from recon.core.knowledge import table

_COLUMNS = ("id", "group", "worst", "limits", "settings", "above", "below", "explain_above", "explain_below")


@dataclass(frozen=True, slots=True)
class Entry:
    """One check, or one family of checks whose ids begin with it.

    Attributes:
        id: the id, or what the ids of a family begin with before an underscore.
        group, worst: where it is shown, and the worst outcome that it can have.
        limits: name before ``_pass`` and ``_explain`` of its two thresholds, or empty.
        settings: every other setting that it looks at.
        above, below: risk of ``templates/checks/risks.tsv`` by the sign of the difference, or empty.
        explain_above, explain_below: codes of explanations that are considered, by the sign of the difference.
    """

    id: str
    group: Group
    worst: Outcome
    limits: str
    settings: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    explain_above: tuple[str, ...]
    explain_below: tuple[str, ...]

    @property
    def thresholds(self) -> tuple[str, ...]:
        """Names of all its settings."""
        ends = (f"{self.limits}_pass", f"{self.limits}_explain") if self.limits else ()
        return (*ends, *self.settings)


@cache
def catalogue() -> dict[str, Entry]:
    """Every entry by id, in the order of ``templates/checks/catalogue.tsv``."""
    return {
        row["id"]: Entry(
            row["id"], row["group"], row["worst"], row["limits"], tuple(row["settings"].split()),  # type: ignore[arg-type] # a slip here fails the tests
            *(tuple(row[column].split()) for column in ("above", "below", "explain_above", "explain_below")),
        )
        for row in table("checks/catalogue.tsv", _COLUMNS)
    }


def entry(check_id: str) -> Entry:
    """The entry of a check: its own, or that of its family; ``K01`` and the like belong to ``articulation``.

    Raises:
        KeyError: the catalogue has no such check: a slip of ours.
    """
    known = catalogue()
    name = "articulation" if check_id[:1] == "K" and check_id[1:].isdigit() else check_id
    while name not in known and "_" in name:
        name = name.rpartition("_")[0]
    return known[name]


@dataclass(frozen=True, slots=True)
class Risk:
    """A correcting entry: debit and credit account, and the cash-flow lines between which the money moves."""

    id: str
    debit: str
    credit: str
    cash_from: int
    cash_to: int
    title: Words


@cache
def risks() -> dict[str, Risk]:
    """The correcting entries of ``templates/checks/risks.tsv`` by id."""
    columns = ("risk", "debit", "credit", "cash_from", "cash_to", "zh", "en")
    return {
        row["risk"]: Risk(row["risk"], row["debit"], row["credit"], int(row["cash_from"]), int(row["cash_to"]),
                          Words(row["zh"], row["en"]))
        for row in table("checks/risks.tsv", columns)
    }
