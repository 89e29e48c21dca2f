"""What checks that do not pass leave of documented figures: one that the evidence contradicts is not called so."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pandas as pd

from recon.checks.check import Check
from recon.checks.lines import called
from recon.checks.rounding import half_share
from recon.core.knowledge import table
from recon.core.money import divide
from recon.ledger.build import Ledger
from recon.ledger.recorded import RULE, UNRECORDED, with_margin
from recon.statements.book import Line, Statements, statements
from recon.statements.expression import STATEMENT
from recon.statements.forms import STATEMENTS, Forms

#: A statement and the number of one of its lines.
Place = tuple[str, int]
#: What sales in cash that nobody recorded would change: sales, results, what came in and what the owner took.
_SALES = frozenset({("income_statement", n) for n in (1, 21, 30, 32)} | {("cash_flow", n) for n in (1, 7, 18, 19)})
Build = Callable[[frozenset[str]], Ledger]
_PROVED = ("documented", "corroborated")
_TOLD = ("explain", "fail")
#: Which other lines of evidence a check's own lines cast doubt on.
_PARTY, _ACCOUNT, _FILES = "party", "account", "files"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One check that does not pass.

    Attributes:
        rows: ids of the lines that may be something else.
        account: ids of all lines of an account of which only *amount* is in doubt, nobody knows where.
        amount: minor units in doubt.
        lines: statement lines (statement, number) that this money may belong to or be missing from.
    """

    rows: frozenset[str]
    account: frozenset[str]
    amount: int
    lines: frozenset[Place]


def doubts(checks: Sequence[Check], transactions: pd.DataFrame, ledger: Ledger) -> tuple[Doubt, ...]:
    """The doubts that *checks* raise about *transactions* (``core.tables.TRANSACTIONS``), and *ledger* by itself."""
    rows = transactions[transactions["set_aside"] == ""]
    names = called(rows) if len(rows) else pd.Series(dtype=object)
    found = [found for check in checks if check.outcome in _TOLD and (found := _doubt(check, rows, names))]
    assumed = _unrecorded_beyond(ledger)
    return (*found, Doubt(frozenset(), frozenset(), assumed, _SALES)) if assumed else tuple(found)


def with_doubts(
    ledger: Ledger, made: Statements, found: Sequence[Doubt], forms: Forms, build: Build
) -> tuple[Ledger, Statements]:
    """*ledger* and the statements *made* of it, no amount changed, with what is in doubt taken out of documented.

    *build* makes the ledger anew with the lines of these ids no better known than guessed.
    """
    if not found:
        return ledger, made
    rows = frozenset[str]().union(*(doubt.rows for doubt in found))
    off = sum(doubt.amount for doubt in found if doubt.account)
    ledger = build(rows) if rows else ledger
    ledger = replace(ledger, known=replace(ledger.known, doubted=off))
    weak = statements(ledger, forms)
    for doubt in found:
        fed = _known_worse(weak, statements(build(rows | doubt.account), forms)) if doubt.account else frozenset()
        weak = _without(weak, fed | doubt.lines, doubt.amount)
    return ledger, weak


def _unrecorded_beyond(ledger: Ledger) -> int:
    """Sales that the margin would find beyond those in the books if it were half a step higher than said, minor units.

    Zero where no margin speaks of what nobody recorded: neither found by it, nor standing against it.
    """
    known, taken = ledger.known, ledger.figure(UNRECORDED)
    if known.margin is None or (taken.source != RULE and ledger.figure("total_sales").equation != "margin"):
        return 0
    found = with_margin(known, known.margin[0] + half_share(known.margin[0])).value(UNRECORDED)
    return max(0, (found or 0) - (taken.value or 0))


@cache
def _ways() -> tuple[tuple[str, str, frozenset[Place]], ...]:
    return tuple(
        (row["check"], row["rows"], frozenset((STATEMENT[name[0]], int(name[1:])) for name in row["lines"].split()))
        for row in table("checks/doubts.tsv", ("check", "rows", "lines"))
    )


def _way(check: str) -> tuple[str, frozenset[Place]]:
    """How a check counts: the first row of ``templates/checks/doubts.tsv`` that fits its id."""
    fits = (each for each in _ways() if each[0] == check or (each[0].endswith("*") and check.startswith(each[0][:-1])))
    _, way, lines = next(fits, ("", "", frozenset[Place]()))
    return way, lines


def _doubt(check: Check, rows: pd.DataFrame, names: pd.Series) -> Doubt | None:
    """What *check* casts doubt on; None where it says nothing of any line of evidence."""
    way, lines = _way(check.id)
    own = rows[rows["file"].isin(check.sources) if way == _FILES else rows["id"].isin(check.rows)]
    if not way or own.empty:
        return None
    moved = frozenset((line.statement, line.number) for line in check.move.lines) if check.move else frozenset()
    if way == _ACCOUNT:
        every = rows.loc[rows["account"].isin(own["account"]), "id"]
        return Doubt(frozenset(), frozenset(every), abs(check.at_stake or 0), lines | moved)
    named = own if way != _PARTY else rows[names.isin(set(names[own.index]) - {""}) | rows["id"].isin(own["id"])]
    return Doubt(frozenset(named["id"]), frozenset(), int(own["amount"].abs().sum()), lines | moved)


def _known_worse(made: Statements, other: Statements) -> frozenset[Place]:
    """The lines that are known worse in *other*: those that the lines left out there feed."""
    return frozenset(
        (name, line.form.number) for name, line in _lines(made)
        if _proved(other.line(name, line.form.number)) < _proved(line)
    )


def _lines(made: Statements) -> Iterator[tuple[str, Line]]:
    for name in STATEMENTS:
        yield from ((name, line) for line in getattr(made, name) if line.form.number)


def _proved(line: Line) -> int:
    return sum(line.shares.get(basis, 0) for basis in _PROVED)


def _without(made: Statements, lines: frozenset[Place], amount: int) -> Statements:
    """*made* with up to *amount* of each of *lines* taken out of what is proved."""
    def kept(name: str) -> tuple[Line, ...]:
        every: tuple[Line, ...] = getattr(made, name)
        return tuple(_weaker(line, amount) if (name, line.form.number) in lines else line for line in every)

    return replace(made, balance_sheet=kept("balance_sheet"), income_statement=kept("income_statement"),
                   cash_flow=kept("cash_flow"))


def _weaker(line: Line, amount: int) -> Line:
    proved = _proved(line)
    if not proved:
        return line
    left = max(0, proved - amount)
    shares = {b: divide(share * left, proved) if b in _PROVED else share for b, share in line.shares.items()}
    lost = sum(line.shares.values()) - sum(shares.values())
    shares["estimated"] = shares.get("estimated", 0) + lost
    return replace(line, shares={basis: share for basis, share in shares.items() if share})
