"""What a report rests on: files, accounts, gaps, lines set aside, checks, assumptions and findings."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

import pandas as pd

from recon.checks.check import Check
from recon.core.words import known, say
from recon.events.accounts import OwnAccount
from recon.events.lines import codes
from recon.ledger.chart import variables
from recon.need.coverage import missing_months, weigh
from recon.need.rebuilt import Rebuilt
from recon.reading.report import reason
from recon.report.fields import Check as CheckRow
from recon.report.fields import Explained, File, Group, Note, Setting
from recon.report.fields import OwnAccount as AccountRow
from recon.report.sentences import Voice
from recon.statements.basis import percentages

BASES = ("documented", "corroborated", "stated", "estimated")
OUTCOMES = ("fail", "explain", "cannot_judge", "pass")
_SEVERITIES = ("serious", "look", "info")
_DIGITS = 12


def coverage(rebuilt: Rebuilt, voice: Voice) -> tuple[str, ...]:
    """How much was read, proven and named, in sentences."""
    weighed = weigh(rebuilt)
    if not weighed.whole:
        return (voice("rests.nothing"),)
    said = [voice(
        "rests.lines", files=len(rebuilt.readings), lines=f"{len(rebuilt.transactions):,}",
        proven=voice.share(weighed.proven, weighed.whole), classified=voice.share(weighed.named, weighed.whole),
    )]
    with_files = sum(bool(a.files) for a in rebuilt.accounts)
    return (*said, voice("coverage.accounts", count=len(rebuilt.accounts), with_files=with_files))


def rests_on(rebuilt: Rebuilt, voice: Voice) -> tuple[str, ...]:
    """What page one says of its own ground: coverage and its gaps, the basis of sales, the checks from other roads."""
    said = [coverage(rebuilt, voice)[0]]
    sales = rebuilt.ledger.figure("total_sales")
    shares = percentages(sales.shares) if sales.value else {}
    if shares:
        told = {basis: f"{shares.get(basis, 0)}%" for basis in BASES}
        said.append(voice("rests.basis", name=voice.figure("total_sales"), **told))
    said += gaps(rebuilt, voice)
    groups = {g: [c for c in rebuilt.checks if c.group == g] for g in ("cross", "authenticity", "evidence")}
    said += [_count(group, checks, voice) for group, checks in groups.items() if checks]
    if not any(c.outcome != "cannot_judge" for c in groups["cross"]):
        said.append(voice("rests.no_cross"))
    return tuple(said)


def _count(group: str, checks: Sequence[Check], voice: Voice) -> str:
    counts = {("passed" if o == "pass" else o): sum(c.outcome == o for c in checks) for o in OUTCOMES}
    return voice("rests.checks", group=voice(f"group.{group}"), **counts)


def summary(group: str, checks: Sequence[Check], voice: Voice) -> str:
    """How the checks of a group came out."""
    return _count(group, checks, voice) if checks else voice("checks.none", group=voice(f"group.{group}"))


def check_rows(rebuilt: Rebuilt, checks: Iterable[Check], voice: Voice) -> tuple[CheckRow, ...]:
    """Checks as rows, with the lines, files, answers or statement lines that they compare."""
    code = codes(rebuilt.readings)
    return tuple(
        CheckRow(
            c.id, c.title.tell(voice.language), say(voice.language, f"outcome.{c.outcome}"),
            amount(c.expected, c.unit, voice), amount(c.actual, c.unit, voice),
            amount(c.difference, c.unit, voice), voice.prose(c.tell(voice.language)),
            voice.places_of([code.get(s, s) for s in c.rows or c.sources]),
        )
        for c in checks
    )


def worst_first(checks: Iterable[Check]) -> list[Check]:
    """Checks that failed, then those to explain, to judge, passed."""
    return sorted(checks, key=lambda c: OUTCOMES.index(c.outcome))


def amount(value: int | Decimal | None, unit: str, voice: Voice) -> str:
    """A side of a check in its unit; a dash where it is unknown."""
    if value is None:
        return voice("word.none")
    if unit == "money":
        return voice.money(int(value))
    if unit == "ratio":
        return voice.percent(Decimal(value))
    shown = f"{Decimal(value).quantize(Decimal(1) if Decimal(value) == int(value) else Decimal('0.01')):,f}"
    return voice(f"word.{unit}", count=shown) if unit in ("days", "turns") else shown


def accounts(rebuilt: Rebuilt, voice: Voice) -> tuple[AccountRow, ...]:
    """Own accounts with what their files cover and their balances at the period's ends."""
    return tuple(_account(a, voice) for a in rebuilt.accounts)


def _account(own: OwnAccount, voice: Voice) -> AccountRow:
    proven = voice("word.yes" if own.proven else "word.partly") if own.files else voice("word.none")
    covered = voice.span(own.start, own.end) if own.files else voice("word.no_files")
    return AccountRow(
        voice.own(own.id), voice(f"account_kind.{own.kind}"), voice.text(masked(own.number)), covered,
        voice.money(own.opening), voice.money(own.closing), proven,
    )


def masked(number: str) -> str:
    """An account number as documents that travel show it: the first and last four digits."""
    return re.sub(r"^(\w{4})[\w\s\-*]+(\w{4})$", r"\1****\2", number)


def gaps(rebuilt: Rebuilt, voice: Voice) -> tuple[str, ...]:
    """Months, accounts and files that are missing or were of no use."""
    said = [
        voice("gap.month", account=voice.own(name), months=voice.listing(months))
        for name, months in missing_months(rebuilt).items()
    ]
    said += [voice("gap.file", account=voice.own(a.id)) for a in not_handed_in(rebuilt)]
    refused = sum(r.outcome == "refused" for r in rebuilt.readings)
    unsure = sum(r.outcome in ("doubtful", "inconsistent") for r in rebuilt.readings)
    if refused:
        said.append(voice("gap.refused", count=refused))
    if unsure:
        said.append(voice("gap.unproven", count=unsure))
    return tuple(said)


def not_handed_in(rebuilt: Rebuilt) -> list[OwnAccount]:
    """Accounts that a bank or wallet could print and nobody handed in."""
    return [a for a in rebuilt.accounts if not a.files and a.kind != "cash"]


def set_aside(rebuilt: Rebuilt, voice: Voice) -> tuple[Group, ...]:
    """Lines that were read and do not count, by reason; foreign money is not added up."""
    rows = rebuilt.transactions[rebuilt.transactions["set_aside"] != ""]
    found = []
    for why, group in rows.groupby("set_aside", sort=True):
        key = f"set_aside.{why}" if known(f"report.set_aside.{why}") else "set_aside.other"
        total = voice("word.none") if why == "foreign_currency" else voice.money(int(group["amount"].abs().sum()))
        found.append(Group(voice(key), f"{len(group):,}", total, reference=first_of(group, voice)))
    return tuple(found)


def first_of(rows: pd.DataFrame, voice: Voice) -> str:
    """The id of the first of *rows* in transactions.csv, and that there are more."""
    ids = sorted(rows["id"])
    return str(ids[0]) if len(ids) == 1 else voice("word.and_more", first=ids[0])


def files(rebuilt: Rebuilt, voice: Voice) -> tuple[File, ...]:
    """Every file with its outcome, and the code by which its lines are named."""
    code = codes(rebuilt.readings)
    return tuple(
        File(
            code[r.file], voice.text(r.file), say(voice.language, f"kind.{r.kind}"),
            f"{sum(len(a.lines) for a in r.accounts) + len(r.receipts):,}", say(voice.language, f"outcome.{r.outcome}"),
            voice.text(reason(r, voice.language)), r.digest[:_DIGITS] or voice("word.none"),
        )
        for r in rebuilt.readings
    )


def findings(rebuilt: Rebuilt, voice: Voice) -> tuple[Note, ...]:
    """All findings, the serious first."""
    ordered = sorted(rebuilt.findings, key=lambda f: _SEVERITIES.index(f.severity))
    return tuple(Note(voice(f"severity.{f.severity}"), voice.finding(f)) for f in ordered)


def settings(rebuilt: Rebuilt, voice: Voice) -> tuple[Setting, ...]:
    """Thresholds without a primary source that the loan's amount rests on, and those that this case changed."""
    return tuple(
        Setting(name, voice.text(str(s.value)), voice.pick(s))
        for name, s in rebuilt.settings.entries.items()
        if (s.unverified and s.room == "need") or name in rebuilt.case.settings
    )


def settings_note(rebuilt: Rebuilt, voice: Voice) -> str:
    """How many thresholds have no primary source yet."""
    return voice("settings.count", count=sum(s.unverified for s in rebuilt.settings.entries.values()))


def explained(rebuilt: Rebuilt, voice: Voice) -> tuple[Explained, ...]:
    """For each check that failed or is to be explained: what would explain it, and what its correction would move."""
    rows = []
    for check in worst_first(rebuilt.checks):
        if check.outcome not in ("fail", "explain"):
            continue
        causes = [e.tell(voice.language, voice.places) for e in check.explanations]
        moved = check.move.tell(voice.language, voice.places) if check.move else ""
        if causes or moved:
            rows.append(Explained(
                check.title.tell(voice.language),
                tuple(voice.prose(cause) for cause in causes) or (voice("explained.none"),),
                voice.prose(moved) if moved else voice("explained.no_move"),
            ))
    return tuple(rows)


def assumptions(rebuilt: Rebuilt, voice: Voice) -> tuple[str, ...]:
    """Figures that a rule and nothing else supplied; what a rule takes as none is told in one sentence a rule."""
    figures = rebuilt.ledger.solution.figures
    ruled = {n: f for n, f in figures.items() if f.source.startswith("rule:") and f.value is not None}
    said = [
        voice("assumption.figure", name=voice.figure(n), value=voice.money(f.value), source=voice.rule(f.source))
        for n, f in ruled.items() if f.value
    ]
    none: dict[str, list[str]] = {}
    for name, figure in ruled.items():
        if not figure.value and (name in variables() or name.startswith(("opening.", "closing."))):
            none.setdefault(figure.source, []).append(voice.figure(name))
    said += [
        voice("assumption.zero", source=voice.rule(rule), names=voice.listing(names)) for rule, names in none.items()
    ]
    said += [
        voice("assumption.figure", name=voice.figure(n), value=voice.money(f.value), source=voice.source(f))
        for n, f in figures.items()
        if n not in ruled and f.value and n in variables() and set(f.shares) == {"estimated"}
    ]
    return tuple(said)
