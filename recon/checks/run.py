"""Every check of a case, in their order; the registry is a plain tuple of functions."""

from collections.abc import Callable, Iterator, Sequence

import pandas as pd

from recon.checks.articulation import articulation
from recon.checks.authenticity import AUTHENTICITY
from recon.checks.check import Check
from recon.checks.cross import CROSS
from recon.checks.desk import Desk
from recon.checks.equity import equity
from recon.checks.evidence import EVIDENCE
from recon.checks.scope import scope
from recon.core.facts import Case
from recon.core.settings import Settings
from recon.events.accounts import OwnAccount
from recon.ledger.build import Ledger
from recon.reading.result import Reading
from recon.statements.book import Statements

CHECKS: tuple[Callable[[Desk], Iterator[Check]], ...] = (articulation, equity, *CROSS, *AUTHENTICITY, *EVIDENCE)


def run(
    case: Case, ledger: Ledger, statements: Statements, accounts: Sequence[OwnAccount], transactions: pd.DataFrame,
    settings: Settings, readings: Sequence[Reading] = (),
) -> tuple[Check, ...]:
    """All checks of one rebuilt case.

    Args:
        case: the case form.
        ledger: its ledger.
        statements: the three statements of that ledger.
        accounts: own accounts with what their statements print at both ends.
        transactions: frame of ``core.tables.TRANSACTIONS``, classified.
        settings: thresholds.
        readings: one per file; without them the check of the files themselves is left out.
    """
    live = transactions[transactions["set_aside"] == ""]
    figures = scope(case, ledger, statements, settings, accounts, transactions)
    desk = Desk(case, ledger, statements, accounts, live, settings, readings, figures)
    return tuple(check for function in CHECKS for check in function(desk))
