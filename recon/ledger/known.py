"""What is known before anything is found: the facts of a case, and what people must look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

import numpy as np
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
    def files(self) -> tuple[str, ...]:
        """The files that show it; empty where nobody handed it in."""
    @property
    def spans(self) -> Sequence[tuple[np.datetime64, np.datetime64]]:
        """First and last day that each file covers; empty where they do not say."""
    @property
    def opening(self) -> int | None:
        """Minor units at the period's start; None where nothing prints it."""
    @property
    def closing(self) -> int | None:
        """Minor units at the period's end; None where nothing prints it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What the files handed in can show.

    Attributes:
        flows: the share of the period's flows, 0 to 1; 1 where no month of a known account and no account is missing.
        balances: the share of the balances at its ends; 1 where no account is missing.
        beyond: the most that customers may have paid where no file shows it, minor units.
    """

    flows: Fraction = Fraction(1)
    balances: Fraction = Fraction(1)
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that :func:`recon.ledger.control.solve` is given, and what posting needs besides.

    Attributes:
        system, facts, fallbacks, margin: arguments of ``solve``.
        openings: opening balance of each own account, minor units, owed on a card negative.
        least: by account of the chart, what a position that nobody mentioned must have held at first; minor units.
        gaps: by own account, printed closing less (opening + lines): money that moved where no line was handed in.
        assets: the fixed-asset schedules.
        evidence: whether any line was handed in.
        reach: how much of the flows and balances the lines can show.
        guessed: ids of the lines whose name was guessed, that have none, or that a failed check doubts.
        findings: what a person should look at.
        doubted: by how much a failed check says that printed figures are off, in lines it cannot name; minor units.
    """

    system: tuple[Equation, ...]
    facts: Mapping[str, Figure]
    fallbacks: tuple[tuple[str, Figure], ...]
    margin: tuple[Fraction, str] | None
    openings: Mapping[str, int] = field(default_factory=dict)
    gaps: Mapping[str, int] = field(default_factory=dict)
    least: Mapping[str, int] = field(default_factory=dict)
    assets: tuple[Schedule, ...] = ()
    evidence: bool = False
    reach: Reach = Reach()
    guessed: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    doubted: int = 0


def live(transactions: pd.DataFrame) -> pd.DataFrame:
    """The rows that count."""
    return transactions[transactions["set_aside"] == ""]
