"""Every check of a case, in their order; the registry is a plain tuple of functions."""

from collections.abc import Callable, Iterator, Sequence

import pandas as pd

from recon.checks.articulation import articulation
from recon.checks.blocked import BLOCKED
from recon.checks.check import Check
from recon.checks.cross import CROSS
from recon.checks.debt import DEBT
from recon.checks.desk import Desk
from recon.checks.equity import equity
from recon.checks.evidence import EVIDENCE
from recon.checks.explain import with_explanations
from recon.checks.flows import FLOWS
from recon.checks.interest import interest
from recon.checks.methods import METHODS
from recon.checks.norms import NORMS
from recon.checks.papers import PAPERS
from recon.checks.scope import scope
from recon.checks.season import SEASON
from recon.checks.stated import STATED
from recon.checks.travel import with_moves
from recon.checks.turnover import turnover
from recon.core.facts import Case
from recon.core.settings import Settings
from recon.events.accounts import OwnAccount
from recon.events.matching import Match
from recon.ledger.build import Ledger
from recon.reading.result import Reading
from recon.statements.book import Statements

CHECKS: tuple[Callable[[Desk], Iterator[Check]], ...] = (
    articulation, equity, turnover, *CROSS, *METHODS, *STATED, *NORMS, *SEASON, interest, *DEBT, *FLOWS, *BLOCKED,
    *PAPERS, *EVIDENCE,
)


def run(
    case: Case, ledger: Ledger, statements: Statements, accounts: Sequence[OwnAccount], transactions: pd.DataFrame,
    settings: Settings, readings: Sequence[Reading] = (), matches: Sequence[Match] = (),
) -> tuple[Check, ...]:
    """All checks of one rebuilt case, those that do not pass with what would explain them and what they would move.

    Args:
        case: the case form.
        ledger: its ledger.
        statements: the three statements of that ledger.
        accounts: own accounts with what their statements print at both ends.
        transactions: frame of ``core.tables.TRANSACTIONS``, classified.
        settings: thresholds.
        readings: one per file; without them the check of the files themselves is left out.
        matches: documents and the lines that paid them.
    """
    desk = at_desk(case, ledger, statements, accounts, transactions, settings, readings, matches)
    found = [check for function in CHECKS for check in function(desk)]
    return tuple(with_moves(tuple(with_explanations(found, desk)), desk))


def at_desk(
    case: Case, ledger: Ledger, statements: Statements, accounts: Sequence[OwnAccount], transactions: pd.DataFrame,
    settings: Settings, readings: Sequence[Reading] = (), matches: Sequence[Match] = (),
) -> Desk:
    """What the checks look at; arguments as of :func:`run`."""
    counts = transactions["set_aside"] == ""
    figures = scope(case, ledger, statements, settings, accounts, transactions)
    return Desk(case, ledger, statements, accounts, transactions[counts], settings, readings, figures, matches,
                transactions[~counts])
