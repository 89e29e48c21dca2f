"""What a finding would do to the need: the regulator's formula on the books as they are and as they would be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from recon.checks.check import Check
from recon.checks.desk import ratio, whole
from recon.checks.scope import scope
from recon.core.facts import Case
from recon.core.money import decimals, to_text
from recon.core.settings import Settings
from recon.ledger.build import Ledger
from recon.need.formulas import calculate
from recon.need.model import Input
from recon.statements.book import Statements

_SHOWN = ("margin", "turns", "working_capital", "new_limit")


def with_need(
    checks: Sequence[Check], case: Case, ledger: Ledger, statements: Statements, settings: Settings
) -> Iterator[Check]:
    """*checks*, each correction with margin, turns, working capital and new limit before and after it."""
    before: Mapping[str, Input] | None = None
    places = decimals(case.case.currency)
    for check in checks:
        if check.move is None:
            yield check
            continue
        before = before or calculate("regulator", scope(case, ledger, statements, settings), settings)
        after = calculate("regulator", scope(case, ledger, check.move.after, settings), settings)
        need = {name: (_text(before[name], places), _text(after[name], places)) for name in _SHOWN}
        yield replace(check, move=replace(check.move, need=need))


def _text(each: Input, places: int) -> str | None:
    """Money in major units, other figures with four decimals; None where unknown."""
    if each.value is None:
        return None
    return to_text(whole(each.value), places) if each.unit == "money" else str(ratio(each.value))
