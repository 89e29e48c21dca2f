"""What is known before anything is found: the facts of a case, and what people must look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

import pandas as pd

from recon.core.finding import Finding
from recon.ledger.adjust import Schedule
from recon.ledger.control import Equation, Figure

FORM = "case.toml"


class OwnAccount(Protocol):
    """What the ledger needs of an own account: see ``recon.events.accounts``."""

    @property
    def id(self) -> str:
        """Unique among the own accounts."""
    @property
    def kind(self) -> str:
        """Bank, wallet, card or cash."""
    @property
    def opening(self) -> int | None:
        """Minor units at the period's start; None where nothing prints it."""
    @property
    def closing(self) -> int | None:
        """Minor units at the period's end; None where nothing prints it."""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that :func:`recon.ledger.control.solve` is given, and what posting needs besides.

    Attributes:
        system, facts, fallbacks, margin: arguments of ``solve``.
        openings: opening balance of each own account, minor units, owed on a card negative.
        gaps: by own account, printed closing less (opening + lines): money that moved where no line was handed in.
        assets: the fixed-asset schedules.
        evidence: whether any line was handed in.
        findings: what a person should look at.
    """

    system: tuple[Equation, ...]
    facts: Mapping[str, Figure]
    fallbacks: tuple[tuple[str, Figure], ...]
    margin: tuple[Fraction, str] | None
    openings: Mapping[str, int] = field(default_factory=dict)
    gaps: Mapping[str, int] = field(default_factory=dict)
    assets: tuple[Schedule, ...] = ()
    evidence: bool = False
    findings: tuple[Finding, ...] = ()


def live(transactions: pd.DataFrame) -> pd.DataFrame:
    """The rows that count."""
    return transactions[transactions["set_aside"] == ""]
