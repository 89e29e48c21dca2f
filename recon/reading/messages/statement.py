"""Statements as message formats print them: rows between balances, proven by their sums and joined into accounts."""

import calendar
import datetime as dt
import hashlib
import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

import numpy as np

from recon.core.finding import Finding, Severity
from recon.core.money import LIMIT, decimals, to_text
from recon.core.source import Source
from recon.reading.result import NOTHING, TEXTS, Account, Kind, Lines, Outcome, Reading

#: Years outside of these are slips of the file, not dates of a statement.
_YEARS = range(1950, 2100)


@dataclass(slots=True)
class Row:
    """One entry: booking day, signed minor units, its line in the file, and text columns by name (of TEXTS).

    *booked* is False for entries that the bank only announces: no booked balance holds them.
    """

    date: np.datetime64
    amount: int
    line: int
    currency: str = ""
    balance: int = NOTHING
    booked: bool = True
    text: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Total:
    """A printed total: *side* +1 of credits, −1 of debits, 0 of both; *amount* signed, minor units."""

    side: int
    count: int | None
    amount: int | None


@dataclass(slots=True)
class Statement:
    """One statement of one account in one currency, amounts in minor units, None where nothing is printed.

    *interim* says that *closing* was taken during the day and need not hold every row.
    """

    account: str = ""
    currency: str = ""
    holder: str = ""
    bank: str = ""
    opening: int | None = None
    closing: int | None = None
    rows: list[Row] = field(default_factory=list)
    totals: tuple[Total, ...] = ()
    start: np.datetime64 | None = None
    end: np.datetime64 | None = None
    line: int = 0
    interim: bool = False


@dataclass(slots=True)
class Notes:
    """Findings gathered while reading *file*; *doubts* counts those that make the reading doubtful."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    doubts: int = 0

    def say(self, code: str, line: int = 0, severity: Severity = "look", **params: object) -> None:
        """Keep a finding."""
        self.findings.append(Finding(code, severity, Source(self.file, line=line), params))

    def doubt(self, code: str, line: int = 0, **params: object) -> None:
        """Keep a finding after which nobody can be sure that all was read right."""
        self.say(code, line, "serious", **params)
        self.doubts += 1


def decimal_mark(texts: Iterable[str]) -> str:
    """The sign before the decimals in a file's amounts, ``.`` or ``,``, by those that leave no choice; else empty."""
    votes = {".": 0, ",": 0}
    for text in texts:
        marks = re.findall("[.,]", text)
        last = re.search(r"([.,])([0-9]*)[^0-9]*$", text)
        if last and (len(set(marks)) == 2 or (len(marks) == 1 and len(last[2]) != 3)):  # noqa: PLR2004 both marks, or no group of three: then it is no thousands mark
            votes[last[1]] += 1
    if votes["."] == votes[","]:
        return ""
    return max(votes, key=lambda mark: votes[mark])


def amount(text: str, places: int, mark: str = "") -> tuple[int, bool]:
    """Minor units of a printed amount, and whether they are exact and certain.

    A currency sign, thousands marks, parentheses and a trailing minus are understood. More decimals than the currency
    has are rounded (half away from zero) and reported as not exact, as is ``1,234`` in a file that never shows
    its decimal *mark*.

    Raises:
        ValueError: not an amount, or too large for the tables.
    """
    plain = re.sub(r"[\s'’$€£¥]", "", unicodedata.normalize("NFKC", text)).replace("−", "-")
    plain = re.sub(r"^([-+(]?)[A-Z]{1,3}(?=[-+0-9])|(?<=[0-9])[A-Z]{3}$", r"\1", plain)
    shape = re.fullmatch(r"(\()?([-+]?)([0-9][0-9.,]*|[.,][0-9]+)([-+]?)(\))?", plain)
    if not shape or bool(shape[1]) != bool(shape[5]) or (shape[2] and shape[4]):
        raise ValueError(f"not an amount: {text!r}")
    digits, certain = _digits(shape[3], places, mark)
    minor, exact = _scaled(digits, places)
    negative = bool(shape[1]) != ("-" in {shape[2], shape[4]})
    return (-minor if negative else minor), certain and exact


def _digits(text: str, places: int, mark: str) -> tuple[str, bool]:
    """*text* with a point before the decimals and nothing else, and whether there was no other way to read it."""
    marks = re.findall("[.,]", text)
    if not marks:
        return text, True
    if len(set(marks)) == 2:  # noqa: PLR2004 point and comma: the last one stands before the decimals
        decimal = marks[-1]
    elif len(marks) > 1 or (mark != marks[0] and _grouped(text, marks[0]) and _thousands(marks[0], mark, places)):
        decimal = ""
    else:
        decimal = marks[0]
    whole, _, rest = text.rpartition(decimal) if decimal else (text, "", "")
    other = "," if decimal == "." else "."
    if (marks[-1] in whole or other in whole) and not (_grouped(whole, ",") or _grouped(whole, ".")):
        raise ValueError(f"not an amount: {text!r}")
    guessed = len(marks) == 1 and not mark and places in {1, 2} and _grouped(text, marks[0])
    foreign = len(marks) == 1 and mark not in {"", decimal} and bool(decimal)
    return f"{re.sub('[.,]', '', whole) or '0'}.{rest or '0'}", not (guessed or foreign)


def _thousands(sign: str, mark: str, places: int) -> bool:
    """Whether the one *sign* before three digits parts thousands: another is the decimal mark, or there is none.

    With neither known a comma means thousands and a point decimals, both reported as not certain.
    """
    return bool(mark) or places == 0 or (sign == "," and places != 3)  # noqa: PLR2004 three decimals look alike


def _grouped(text: str, mark: str) -> bool:
    return re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+", text) is not None


def _scaled(digits: str, places: int) -> tuple[int, bool]:
    try:
        value = Decimal(digits)
    except InvalidOperation as slip:
        raise ValueError(f"not an amount: {digits!r}") from slip
    whole, _, rest = format(value, "f").partition(".")
    kept, lost = rest[:places].ljust(places, "0"), rest[places:]
    minor = int(whole + kept) + (lost[:1] >= "5")
    if minor > LIMIT:
        raise ValueError(f"amount out of range: {digits!r}")
    return minor, not lost.strip("0")


def day(year: int, month: int, number: int) -> tuple[np.datetime64, bool] | None:
    """The calendar day, and whether it exists; the 30th of February is that month's last day, as banks mean it."""
    if year not in _YEARS or not 1 <= month <= 12 or not 1 <= number <= 31:  # noqa: PLR2004 months and days
        return None
    last = calendar.monthrange(year, month)[1]
    return np.datetime64(dt.date(year, month, min(number, last)), "D"), number <= last


def place(row_date: tuple[np.datetime64, bool] | None, end: np.datetime64 | None, printed: str, line: int,
          notes: Notes) -> np.datetime64 | None:
    """A row's day: its own, or, with a doubt on record, the statement's last; None if neither is there."""
    if row_date:
        if not row_date[1]:
            notes.say("statement_date_not_in_calendar", line, "info", printed=printed, used=str(row_date[0]))
        return row_date[0]
    if end is None:
        notes.doubt("statement_row_left_out_undated", line, printed=printed)
        return None
    notes.doubt("statement_row_undated", line, printed=printed, used=str(end))
    return end


def money(text: str, currency: str, line: int, notes: Notes, mark: str = "") -> int | None:
    """*text* as minor units of *currency*; None, with a doubt on record, where it is no amount."""
    try:
        minor, certain = amount(text, decimals(currency), mark)
    except ValueError:
        notes.doubt("statement_amount_unreadable", line, printed=text[:60])
        return None
    if not certain:
        notes.doubt("statement_amount_uncertain", line, printed=text[:60], used=to_text(minor, decimals(currency)))
    return minor


def by_currency(statement: Statement) -> list[Statement]:
    """*statement* with its own currency's rows, and one more without balances for each other one among them."""
    if not statement.currency:
        said = {row.currency for row in statement.rows if row.currency}
        statement = replace(statement, currency=said.pop() if len(said) == 1 else "")
    parts = {statement.currency: replace(statement, rows=[])}
    for row in statement.rows:
        currency = row.currency or statement.currency
        if currency not in parts:
            parts[currency] = replace(statement, currency=currency, rows=[], opening=None, closing=None, totals=())
        parts[currency].rows.append(row)
    return list(parts.values())


def difference(statement: Statement) -> int | None:
    """Opening + booked movements − closing, in minor units; None where a balance is missing."""
    if statement.opening is None or statement.closing is None:
        return None
    return statement.opening + sum(row.amount for row in statement.rows if row.booked) - statement.closing


def _total_gaps(statement: Statement) -> list[tuple[int, int]]:
    """For each printed total, how far the rows, with or without pending ones, are from it in money and in number."""
    booked = [row for row in statement.rows if row.booked]
    return [min(_apart(total, statement.rows), _apart(total, booked), key=lambda gap: (abs(gap[0]), abs(gap[1])))
            for total in statement.totals]


def _apart(total: Total, rows: list[Row]) -> tuple[int, int]:
    amounts = [row.amount for row in rows if total.side in (0, (row.amount > 0) - (row.amount < 0))]
    return (0 if total.amount is None else sum(amounts) - total.amount,
            0 if total.count is None else len(amounts) - total.count)


def _totals_cover(statement: Statement) -> bool:
    full = {total.side for total in statement.totals if total.count is not None and total.amount is not None}
    return 0 in full or full >= {1, -1}


def _chain_break(rows: list[Row]) -> int | None:
    """Line of the first row whose printed balance does not follow from the row before; 0 if all follow."""
    if len(rows) < 2 or any(row.balance == NOTHING for row in rows):  # noqa: PLR2004 one balance proves nothing
        return None
    broken = (now.line for was, now in itertools.pairwise(rows) if was.balance + now.amount != now.balance)
    return next(broken, 0)


def judge(statement: Statement, notes: Notes) -> Outcome:
    """Whether the statement's own arithmetic closes; a contradiction is put on record with its size."""
    places, apart, chain = decimals(statement.currency), difference(statement), _chain_break(statement.rows)
    gaps = _total_gaps(statement)
    who = {"account": statement.account or "—", "currency": statement.currency}
    if apart and not statement.interim and statement.opening is not None and statement.closing is not None:
        notes.say("statement_not_closing", statement.line, "serious", **who,
                  opening=to_text(statement.opening, places), closing=to_text(statement.closing, places),
                  movements=to_text(apart - statement.opening + statement.closing, places),
                  difference=to_text(apart, places))
        return "inconsistent"
    # some banks count the details of a batch: where the balances close, a count alone contradicts nothing
    if any(money_gap or (rows_gap and apart != 0) for money_gap, rows_gap in gaps):
        notes.say("statement_totals_differ", statement.line, "serious", **who)
        return "inconsistent"
    if chain:
        notes.say("statement_balance_breaks", chain, "serious", **who)
        return "inconsistent"
    proofs = apart == 0 or chain == 0 or _totals_cover(statement)
    return "proven" if proofs and all(row.booked for row in statement.rows) else "unprovable"


def _oldest_first(statement: Statement) -> Statement:
    dates = [row.date for row in statement.rows]
    if len(dates) > 1 and dates[0] > dates[-1] and all(a >= b for a, b in itertools.pairwise(dates)):
        return replace(statement, rows=statement.rows[::-1])
    return statement


def _in_time(statements: list[Statement]) -> list[Statement]:
    """Statements of one account by the day they start; as in the file where one does not say."""
    if any(statement.start is None for statement in statements):
        return statements
    return sorted(statements, key=lambda one: (str(one.start), str(one.end or one.start)))


def _joined(statements: list[Statement], notes: Notes) -> list[tuple[Statement, Outcome]]:
    """Statements of one account as few as possible: proven ones whose balances chain on become one; gaps are named."""
    done: list[tuple[Statement, Outcome]] = []
    for statement in statements:
        outcome = judge(statement, notes)
        last = done[-1] if done else None
        follows = last is not None and None not in (last[0].closing, statement.opening)
        if last is None or not follows or not statement.account:
            done.append((statement, outcome))
        elif last[0].closing != statement.opening:
            _gap(last[0], statement, notes)
            done.append((statement, outcome))
        elif {last[1], outcome} == {"proven"}:
            rows, end = last[0].rows + statement.rows, statement.end or last[0].end
            done[-1] = (replace(last[0], rows=rows, closing=statement.closing, end=end, totals=()), "proven")
        else:
            done.append((statement, outcome))
    return done


def _gap(before: Statement, after: Statement, notes: Notes) -> None:
    places = decimals(after.currency)
    if before.closing is not None and after.opening is not None:
        notes.say("statement_chain_gap", after.line, account=after.account, closing=to_text(before.closing, places),
                  opening=to_text(after.opening, places), difference=to_text(after.opening - before.closing, places))


def _account(statement: Statement, outcome: Outcome) -> Account:
    rows, n = statement.rows, len(statement.rows)
    opening, closing = statement.opening, statement.closing
    if outcome == "proven" and rows and rows[0].balance != NOTHING:  # a proven chain implies what is not printed
        opening = rows[0].balance - rows[0].amount if opening is None else opening
        closing = rows[-1].balance if closing is None else closing
    columns = {name: [row.text.get(name, "") for row in rows] for name in TEXTS}
    lines = Lines(
        date=np.array([row.date for row in rows], dtype="datetime64[D]"),
        amount=np.array([row.amount for row in rows], dtype=np.int64),
        balance=np.array([row.balance for row in rows], dtype=np.int64),
        page=np.zeros(n, np.int32),
        line=np.array([row.line for row in rows], dtype=np.int32),
        text={name: column for name, column in columns.items() if any(column)},
    )
    if outcome == "proven" and rows and statement.opening is None and not _totals_cover(statement):
        lines = replace(lines, unpinned=(0,))  # no balance before it confirms the first amount
    return Account(statement.account, statement.holder, statement.currency, opening, closing, lines,
                   outcome == "proven", statement.start, statement.end, statement.bank)


def _number_rows(statements: list[Statement], notes: Notes) -> None:
    """Where several rows share a line of the file, a row's place is its number in the file, and a finding says so."""
    rows = sorted((row for statement in statements for row in statement.rows), key=lambda row: row.line)
    if len({row.line for row in rows}) < len(rows):
        for number, row in enumerate(rows, 1):
            row.line = number
        notes.say("statement_lines_are_entries", severity="info", count=len(rows))


def reading(data: bytes, kind: Kind, statements: list[Statement], notes: Notes) -> Reading:
    """The file's reading: accounts joined and proven, the outcome of the weakest, and the findings."""
    statements = [_oldest_first(part) for statement in statements for part in by_currency(statement)]
    if not statements:
        return refusal(data, notes, "statement_none")
    _number_rows(statements, notes)
    groups: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements:
        groups.setdefault((statement.account, statement.currency), []).append(statement)
    judged = [pair for group in groups.values() for pair in _joined(_in_time(group), notes)]
    outcome, reason = _weakest([found for _, found in judged], notes)
    params = {"accounts": len(judged), "lines": sum(len(one.rows) for one, _ in judged), "doubts": notes.doubts,
              "contradictions": sum(found == "inconsistent" for _, found in judged)}
    accounts = tuple(_account(*pair) for pair in judged)
    return Reading(notes.file, kind, outcome, reason, params, accounts, (), tuple(notes.findings), digest(data))


def _weakest(outcomes: list[Outcome], notes: Notes) -> tuple[Outcome, str]:
    if notes.doubts:
        return "doubtful", "statement_doubtful"
    if "inconsistent" in outcomes:
        return "inconsistent", "statement_contradicts"
    if "unprovable" in outcomes:
        return "unprovable", "statement_unprovable"
    return "proven", "statement_closes"


def refusal(data: bytes, notes: Notes, reason: str, **params: object) -> Reading:
    """The reading of a file that is no evidence, or broken."""
    return Reading(notes.file, "unknown", "refused", reason, params, (), (), tuple(notes.findings), digest(data))


def digest(data: bytes) -> str:
    """The file's SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()
