"""The whole story in one screen: a folder of evidence becomes checked statements and a loan figure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import pandas as pd

from recon.case import folder as case_folder
from recon.case.books import Books, Table
from recon.case.form import FORM, form_of
from recon.case.reviewed import open_still, reviewed, stamp
from recon.checks.doubts import doubts, with_doubts
from recon.checks.run import run as run_checks
from recon.classify.classify import classify
from recon.classify.decisions import FILE as DECISIONS
from recon.classify.decisions import Decisions, before_last, of_lines
from recon.classify.decisions import read as read_decisions
from recon.classify.effective import effective
from recon.core.errors import ReconError
from recon.core.facts import Case
from recon.core.money import decimals
from recon.core.period import Period
from recon.core.settings import settings as case_settings
from recon.core.source import Source
from recon.events.build import build as build_events
from recon.events.matching import match
from recon.events.owing import owing
from recon.events.papers import in_order
from recon.events.period import period as evidence_period
from recon.ledger.build import build as build_ledger
from recon.need.assess import assess
from recon.need.travel import with_need
from recon.reading.result import Reading
from recon.statements.book import statements as make_statements
from recon.statements.forms import forms

#: Told the stage, and within it the item, its number and how many there are.
Progress = Callable[[str, str, int, int], None]
STAGES = ("read", "events", "classify", "ledger", "checks", "need")


def rebuild(
    root: Path, language: str | None = None, progress: Progress | None = None, readings: Sequence[Reading] | None = None
) -> Books:
    """Rebuild the books of the case folder *root*.

    Args:
        root: a folder with ``case.toml`` and evidence (see the contract).
        language: zh-CN or en; the form's own where None.
        progress: told what is being done.
        readings: the evidence as a run just now read it; read again where None.

    Raises:
        ReconError: the run cannot go on; one sentence says why and what to do.
    """
    tell = progress or (lambda *_: None)
    name, case = form_of(root)
    decisions = read_decisions(root / DECISIONS)
    if readings is None:
        readings = case_folder.read(root, case, lambda name, n, of: tell("read", name, n, of))
    try:
        books = _rebuild(case, readings, decisions, language, tell)
    except ReconError as slip:
        raise ReconError(slip.code, _of_form(slip.source, name), **slip.params) from slip
    books = replace(books, findings=tuple(replace(f, source=_of_form(f.source, name)) for f in books.findings))
    earlier = before_last(decisions)
    before = None if earlier is None else _rebuild(case, readings, earlier, language, tell)
    return replace(books, before=before, stamp=stamp(root), root=root)


def _rebuild(
    form: Case, readings: Sequence[Reading], decisions: Decisions, language: str | None, tell: Progress
) -> Books:
    """Everything after reading, with the form's answers as *decisions* left them."""
    case, told = reviewed(form, decisions)
    settings, readings = case_settings(case.settings), in_order(readings, case.case.currency)
    tell("events", "", 0, 0)
    transactions, accounts, found = build_events(readings, case, settings)
    period = _period(transactions, case)
    case = _with_period(case, period)
    tell("classify", "", 0, 0)
    matches, _ = match(readings, transactions, case, accounts, settings)
    transactions, more = classify(transactions, case, accounts, settings, of_lines(decisions), matches)
    tell("ledger", "", 0, 0)
    bills = owing(matches, transactions, pd.Timestamp(period.end), case.case.currency)
    ledger, missing = build_ledger(transactions, accounts, case, period, bills)
    statements = make_statements(ledger, forms(settings.text("standard")))
    tell("checks", "", 0, 0)
    found_out = run_checks(case, ledger, statements, accounts, transactions, settings, readings, matches)
    checks = tuple(with_need(found_out, case, ledger, statements, settings))
    doubted = doubts(checks, transactions, ledger)
    ledger, statements = with_doubts(
        ledger, statements, doubted, forms(settings.text("standard")),
        lambda rows: build_ledger(transactions, accounts, case, period, bills, rows)[0],
    )
    tell("need", "", 0, 0)
    need, last = assess(case, ledger, statements, checks, settings, transactions)
    table = Table.of(transactions, ["amount", "balance"], decimals(case.case.currency))
    return Books(
        case, language or case.case.language, settings, tuple(readings), accounts, table, ledger, statements, checks,
        need, effective(transactions),
        (*told, *(f for r in readings for f in r.findings), *open_still(found, transactions), *more, *missing,
         *last), decisions,
    )


def _of_form(source: Source, name: str) -> Source:
    """*source* with the file in which this case's form was filled in."""
    return replace(source, file=name) if source.file == FORM else source


def _period(transactions: pd.DataFrame, case: Case) -> Period:
    """The case's period: as the form says, else the whole months that the evidence spans."""
    bounds = evidence_period(transactions, case)
    if bounds is None:
        raise ReconError("no_period", Source(FORM, field="case.from"))
    return Period(bounds[0].date(), bounds[1].date())


def _with_period(case: Case, period: Period) -> Case:
    about = msgspec.structs.replace(case.case, from_=period.start, to=period.end)
    return msgspec.structs.replace(case, case=about)
