"""How a finding travels: its correcting entry posted on a copy of the books, every line before and after."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from recon.checks.catalogue import Risk, entry, risks
from recon.checks.check import Check, Move, Moved
from recon.checks.desk import Desk
from recon.core.finding import Words
from recon.core.tables import JOURNAL
from recon.ledger.balances import balances
from recon.ledger.build import Ledger
from recon.ledger.posting import is_cash
from recon.statements.book import Statements, statements
from recon.statements.forms import STATEMENTS, forms

_TOLD = ("explain", "fail")
#: The account whose cash-flow tags a correction swaps; its balance does not move.
_CASH = "1002"
_NUMBERED = re.compile(r"^(?:[一二三四五六七]、|\d+\. )")
_SIGNED = re.compile(r"（[^（）]*号填列）| \([^()]*negative[^()]*\)")


def with_moves(checks: Sequence[Check], desk: Desk) -> Iterator[Check]:
    """*checks*, those that failed or are to be explained with what their correction would move."""
    done: dict[tuple[str, int], Move] = {}
    for check in checks:
        amount = check.at_stake if check.outcome in _TOLD else None
        risk = _risk(check, amount)
        if risk is None or not amount:
            yield check
            continue
        key = risk.id, amount
        if key not in done:
            done[key] = move(risk, amount, desk)
        yield replace(check, move=done[key])


def _risk(check: Check, amount: int | None) -> Risk | None:
    """The entry that would correct *check*: by the sign of its amount."""
    if not amount:
        return None
    known = entry(check.id)
    return risks().get(known.above if amount > 0 else known.below)


def move(risk: Risk, amount: int, desk: Desk) -> Move:
    """The books corrected for *risk* by *amount* minor units (its size counts), line by line."""
    after = statements(_posted(desk.ledger, risk, abs(amount)), forms())
    return Move(risk.id, risk.title, abs(amount), tuple(_moved(desk.statements, after)), after)


def _posted(ledger: Ledger, risk: Risk, amount: int) -> Ledger:
    """A copy of *ledger* with the correcting entry in its last month."""
    month = ledger.period.months[-1]
    sides = [(risk.debit, amount, 0, 0), (risk.credit, 0, amount, risk.cash_from if is_cash(risk.credit) else 0)]
    if risk.cash_to:
        sides += [(_CASH, amount, 0, risk.cash_to), (_CASH, 0, amount, risk.cash_from)]
    rows = [
        ("correction", pd.Timestamp(ledger.period.end), month, account, debit, credit, line, risk.id, "correction",
         "estimated")
        for account, debit, credit, line in sides
    ]
    more = JOURNAL.frame(pd.DataFrame(rows, columns=[column.name for column in JOURNAL.columns]))
    journal = pd.concat([ledger.journal, more], ignore_index=True)
    return replace(ledger, journal=journal, balances=balances(journal, ledger.period.months))


def _plain(name: str) -> str:
    """A line's name inside a sentence: without its number in the form and the form's note on signs."""
    return _NUMBERED.sub("", _SIGNED.sub("", name))


def _moved(before: Statements, after: Statements) -> Iterator[Moved]:
    """Every numbered line that both know and that differs."""
    for statement in STATEMENTS:
        for old in getattr(before, statement):
            if not old.form.number:
                continue
            new = after.line(statement, old.form.number)
            if old.amount is not None and new.amount is not None and old.amount != new.amount:
                title = Words(_plain(old.form.zh), _plain(old.form.en))
                yield Moved(statement, old.form.number, title, old.amount, new.amount)
