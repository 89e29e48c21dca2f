"""What differs between two runs of one case: lines of the statements, checks, and the need."""

from collections.abc import Iterator
from dataclasses import dataclass

from recon.checks.check import Check
from recon.core.money import to_display
from recon.core.words import say
from recon.need.rebuilt import Rebuilt

_STATEMENTS = ("balance_sheet", "income_statement", "cash_flow")
#: The sheet on which checks of each group stand.
_SHEETS = {"articulation": "checks", "cross": "cross", "authenticity": "authenticity", "evidence": "authenticity"}
Value = int | str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One figure or outcome before and after; money in minor units, None where it cannot be known.

    *place* is the sheet's key among the words, *line* the form's line or the check's id.
    """

    place: str
    line: str
    item: str
    old: Value
    new: Value


def changed(before: Rebuilt, after: Rebuilt) -> list[Change]:
    """Everything that differs, in the order of the sheets; names in the language of *after*."""
    return [*_statements(before, after), *_checks(before, after), *_need(before, after)]


def _statements(before: Rebuilt, after: Rebuilt) -> Iterator[Change]:
    zh = after.language == "zh-CN"
    for name in _STATEMENTS:
        pairs = zip(getattr(before.statements, name), getattr(after.statements, name), strict=True)
        for old, new in pairs:
            label = new.form.zh if zh else new.form.en
            if name == "balance_sheet" and old.opening != new.opening:
                start = say(after.language, "workbook.end.opening").strip()
                yield Change(name, str(new.form.number), f"{label} · {start}", old.opening, new.opening)
            if old.amount != new.amount:
                yield Change(name, str(new.form.number), label, old.amount, new.amount)


def _checks(before: Rebuilt, after: Rebuilt) -> Iterator[Change]:
    were = {check.id: check for check in before.checks}
    for check in after.checks:
        old = _outcome(were.pop(check.id, None), after)
        if old != (new := _outcome(check, after)):
            yield Change(_SHEETS[check.group], check.id, check.title.tell(after.language), old, new)
    for check in were.values():
        yield Change(_SHEETS[check.group], check.id, check.title.tell(after.language), _outcome(check, after), None)


def _outcome(check: Check | None, rebuilt: Rebuilt) -> str | None:
    """A check's outcome, and how far its sides are apart where they are amounts."""
    if check is None:
        return None
    word = say(rebuilt.language, f"workbook.outcome.{check.outcome}")
    if check.difference is None or not check.difference:
        return word
    apart = to_display(int(check.difference), rebuilt.places) if check.unit == "money" else f"{check.difference:f}"
    return f"{word} ({apart})"


def _need(before: Rebuilt, after: Rebuilt) -> Iterator[Change]:
    for name, old, new in zip(_NAMES, _advice(before, after.language), _advice(after, after.language), strict=True):
        if old != new:
            yield Change("need", "", say(after.language, f"workbook.{name}"), old, new)
    were = {method.id: method for method in before.need.methods}
    for method in after.need.methods:
        past = were.get(method.id)
        if past is None or past.amount != method.amount:
            label = say(after.language, f"workbook.need.{method.id}")
            yield Change("need", "", label, past.amount if past else None, method.amount)


_NAMES = ("loan.requested", "loan.recommended", "loan.verdict", "loan.disposable", "loan.affordable")


def _advice(rebuilt: Rebuilt, language: str) -> tuple[Value, ...]:
    """Requested, recommended, verdict, what a month leaves, and the largest affordable loan."""
    need = rebuilt.need
    return (
        need.requested.amount if need.requested else None, need.recommended.amount if need.recommended else None,
        say(language, f"workbook.verdict.{need.verdict}"), need.capacity.monthly_disposable, need.capacity.affordable,
    )
