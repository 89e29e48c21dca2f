"""Everything that one run found, as the workbook, the report and the JSON need it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from recon.checks.check import Check
from recon.classify.decisions import Decisions
from recon.classify.effective import Effective
from recon.core.facts import Case
from recon.core.finding import Finding
from recon.core.money import decimals
from recon.core.settings import Settings
from recon.events.accounts import OwnAccount
from recon.ledger.build import Ledger
from recon.need.model import Need
from recon.reading.result import Reading
from recon.statements.book import Statements


@dataclass(frozen=True)
class Rebuilt:
    """One rebuilt case.

    Attributes:
        case: the form as read, its period filled in.
        language: zh-CN or en, of everything that people read.
        settings: shipped settings with the case's own.
        readings: one per file, in order of name.
        accounts: own accounts found.
        transactions: frame of ``core.tables.TRANSACTIONS``, classified.
        ledger, statements, checks, need: each stage's result.
        effective: effective revenue by month and what was excluded.
        findings: of all stages, in their order.
        decisions: what reviewers decided, all of it applied.
        before: the same evidence and form without the last review; None where nobody has reviewed.
        stamp: digests by which a workbook that comes back is known: form and decisions, in hex.
        root: the case folder, where pictures of the evidence can be cut from; None where no folder made the books.
    """

    case: Case
    language: str
    settings: Settings
    readings: Sequence[Reading]
    accounts: Sequence[OwnAccount]
    transactions: pd.DataFrame
    ledger: Ledger
    statements: Statements
    checks: Sequence[Check]
    need: Need
    effective: Effective
    findings: Sequence[Finding] = field(default_factory=tuple)
    decisions: Decisions = ()
    before: "Rebuilt | None" = None
    stamp: Mapping[str, str] = field(default_factory=dict)
    root: Path | None = None

    @property
    def places(self) -> int:
        """Decimals of the case's currency."""
        return decimals(self.case.case.currency)
