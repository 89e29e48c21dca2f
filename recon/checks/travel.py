"""How a finding travels: its correcting entry posted on a copy of the books, every line before and after."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from recon.checks.catalogue import Risk, entry, risks
from recon.checks.check import Check, Move, Moved
from recon.checks.desk import Desk
from recon.checks.lines import SALES
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
#: What brings money to an account from which a correction takes it: sales, and what nobody explained.
_BROUGHT = {"5001": SALES, "2241.09": ("unknown_in",)}
#: Assets of which no more can be overstated than the books show.
_ASSETS = frozenset({"1405", "1122"})
_NUMBERED = re.compile(r"^(?:[一二三四五六七]、|\d+\. )")
_SIGNED = re.compile(r"（[^（）]*号填列）| \([^()]*negative[^()]*\)")


def with_moves(checks: Sequence[Check], desk: Desk) -> Iterator[Check]:
    """*checks*, those that failed or are to be explained with what their correction would move."""
    done: dict[tuple[str, int], Move] = {}
    for check in checks:
        found = _correction(check, desk) if check.outcome in _TOLD else None
        if found is None:
            yield check
            continue
        risk, amount = found
        key = risk.id, amount
        if key not in done:
            done[key] = move(risk, amount, desk)
        yield replace(check, move=done[key])


def _correction(check: Check, desk: Desk) -> tuple[Risk, int] | None:
    """The entry that would correct *check*, by the sign of its amount, and minor units; None where none would.

    Money that its lines brought in can be taken only from where they were booked: a repayment is no sale, and a loan
    that the books show as one stands where it belongs.
    """
    amount, known = check.at_stake or 0, entry(check.id)
    named = [risks()[name] for name in (known.above if amount > 0 else known.below)] if amount else []
    taken = [(risk, _booked(check, risk.debit, desk)) for risk in named if check.rows and risk.debit in _BROUGHT]
    if taken:
        risk, booked = max(taken, key=lambda pair: pair[1])
        return (risk, min(abs(amount), booked)) if booked else None
    if not named:
        return None
    most = _held(named[0], desk)
    size = abs(amount) if most is None else min(abs(amount), most)
    return (named[0], size) if size else None


def _held(risk: Risk, desk: Desk) -> int | None:
    """What there is at most of an asset that *risk* would take off, minor units; None where it takes off none."""
    if risk.credit not in _ASSETS:
        return None
    return max(0, int(desk.ledger.balances.balance(risk.credit)[-1]))


def _booked(check: Check, account: str, desk: Desk) -> int:
    """What the lines of *check* brought to an *account* of income, minor units."""
    rows = desk.transactions
    mine = rows["id"].isin(check.rows) & rows["category"].isin(_BROUGHT[account])
    return max(0, int(rows.loc[mine, "amount"].sum()))


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
