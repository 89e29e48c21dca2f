"""The three statements: each line's formula stands once, in the form's data, and becomes formulas here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from recon.statements.basis import percentages
from recon.statements.book import Line
from recon.statements.forms import Atom
from recon.workbook.model import KEY, MONTH, NAME, NUMBER, OPENING, TOTAL, Model
from recon.workbook.plan import FIRST, HEAD, PERIODS, Sheet, a1, column, quoted
from recon.workbook.trail import trail

_FORMS = {"balance_sheet": "B", "income_statement": "I", "cash_flow": "C"}
#: Digits of an account of the chart; fewer name a class, more a detail.
_GROUP = 4


@dataclass(frozen=True, slots=True)
class _Form:
    """One statement being laid out: its sheet, form letter and the row of each numbered line."""

    model: Model
    sheet: Sheet
    name: str
    rows: dict[int, int]
    accounts: Sheet
    lines: Sequence[Line]
    letters: str

    @property
    def balance(self) -> bool:
        return self.name == "balance_sheet"


def statement(model: Model, name: str, accounts: Sheet, *, other: bool = False) -> Sheet:
    """Lay out one statement; ``model.lines`` learns where each line stands.

    *other* takes the standard that the case chose beside the reference form, on a sheet of its own.
    """
    ends = ("head.opening", "head.closing") if name == "balance_sheet" else ("", "head.amount")
    heads = (model.say("head.number"), model.say("head.line"), *(model.say(end) if end else "" for end in ends))
    sheet = model.monthly(f"other_{name}" if other else name, heads)  # type: ignore[arg-type] # four words
    sheet.widths |= {NAME: 36, KEY: 11}
    sheet.landscape, sheet.tall, sheet.key = False, 1, NAME
    sheet.put(HEAD, KEY, model.say("head.basis"), "head")
    books = model.rebuilt.statements
    lines: Sequence[Line] = getattr(books.presented if other else books, name)
    rows = {line.form.number: row for row, line in enumerate(lines, FIRST) if line.form.number}
    form = _Form(model, sheet, name, rows, accounts, lines, "other " if other else "")
    for row, line in enumerate(lines, FIRST):
        _put(form, row, line)
    for number, row in rows.items():
        model.lines[form.letters + _FORMS[name], number] = (sheet, row)
    return sheet


def _put(form: _Form, row: int, line: Line) -> None:
    bold = (".total" if line.form.kind == "total" else "") + _doubt(line)
    label = form.model.pick(line.form)
    if not line.form.number:
        form.sheet.put(row, NAME, label, "text.bold")
        return
    target = trail(form.model, line)
    if target:
        number = str(line.form.number)
        form.sheet.put(row, NUMBER, number, "number.link", f'=HYPERLINK("#{target}","{number}")')
    else:
        form.sheet.put(row, NUMBER, line.form.number, "number")
    _basis(form, row, line)
    total = ".total" if line.form.kind == "total" else ""
    form.sheet.put(row, NAME, label, f"text{'.indent' if line.form.kind == 'of_which' else ''}{total}.wrap")
    if form.balance:
        _cell(form, row, OPENING, line, line.opening, bold)
    _cell(form, row, TOTAL, line, line.amount, f"{bold}.bold")
    for c, month in enumerate(form.model.months, MONTH):
        _cell(form, row, c, line, line.months[month], bold)


def _doubt(line: Line) -> str:
    """The mark of an amount most of which was said or worked out, not documented."""
    name = max(line.shares, key=lambda key: line.shares[key]) if line.amount and any(line.shares.values()) else ""
    return f".{name}" if name in ("stated", "estimated") else ""


def _basis(form: _Form, row: int, line: Line) -> None:
    """What most of the amount rests on, and how much of it, as the books were built."""
    total = ".total" if line.form.kind == "total" else ""
    if not line.amount or not any(line.shares.values()):
        form.sheet.put(row, KEY, None, f"key{total}")
        return
    name = max(line.shares, key=lambda key: line.shares[key])
    mark = f".{name}" if name in ("stated", "estimated") else ""
    text = f"{form.model.say(f'basis.{name}')} {percentages(line.shares)[name]}%"
    form.sheet.put(row, KEY, text, f"key{mark}{total}")


def _cell(form: _Form, row: int, c: int, line: Line, value: int | None, style: str) -> None:
    """One amount: the form's formula, a figure that stands in, or the mark of what cannot be known."""
    if value is None:
        form.sheet.put(row, c, form.model.unknown, f"money{style}.quiet", f"={form.model.homes['mark']}")
        return
    form.sheet.put(row, c, value, f"money{style}", _formula(form, row, c, line))


def _formula(form: _Form, row: int, c: int, line: Line) -> str:
    if c in (OPENING, TOTAL) and line.form.figure and _stands_in(form, c, line):
        end = {OPENING: "opening", TOTAL: "closing"}[c] if form.balance else ""
        return "=" + "+".join(form.model.homes[name] for name in line.form.figures(end))
    if not line.form.formula:
        return "=0"
    summed = c == TOTAL and not form.balance and all(a.kind not in "LO" for a in line.form.formula)
    if summed:
        return f"=SUM({a1(row, MONTH, rows=False)}:{a1(row, form.model.last, rows=False)})"
    parts = [(atom.sign, part) for atom in line.form.formula for part in _atom(form, c, atom)]
    text = "".join(("-" if sign * inner < 0 else "+") + ref for sign, (inner, ref) in parts)
    return f"={text.removeprefix('+') or 0}"


def _stands_in(form: _Form, c: int, line: Line) -> bool:
    """Whether the amount is a figure of the period because the form's own formula cannot be known."""
    return _own(form, line.form.number, c) is None


def _own(form: _Form, number: int, c: int) -> object:
    """What the form's formula gives by itself: None where one of its accounts or lines is undetermined."""
    by_number = {line.form.number: line for line in form.lines}
    for atom in by_number[number].form.formula:
        if atom.kind == "L":
            part = by_number[int(atom.of)]
            if (part.opening if c == OPENING else part.amount) is None:
                return None
        elif atom.kind in "DCPE" and _undetermined(form.model, atom.of, opening=c == OPENING, balance=form.balance):
            return None
    return number


def _undetermined(model: Model, code: str, *, opening: bool, balance: bool) -> bool:
    """As ``recon.statements.book`` decides it."""
    unknown, ledger = model.rebuilt.ledger.open, model.rebuilt.ledger

    def touches(accounts: frozenset[str]) -> bool:
        return any(account.startswith(code) or code.startswith(f"{account}.") for account in accounts)

    if balance and touches(unknown.openings):
        return True
    settled = balance and bool((ledger.journal["rule"] == "net_change").any())
    return not opening and touches(unknown.accounts) and not settled


Signed = tuple[int, str]
Maker = Callable[[_Form, int, str], list[Signed]]


def _atom(form: _Form, c: int, atom: Atom) -> list[Signed]:
    """One term of the form's formula as signed references and sums for column *c*."""
    makers: dict[str, Maker] = {"L": _line, "O": _opening, "T": _tagged}
    if atom.kind in makers:
        return makers[atom.kind](form, c, atom.of)
    sign = -1 if atom.kind in "CP" else 1
    return [(sign, ref) for ref in _account(form, c, atom.of)]


def _line(form: _Form, c: int, number: str) -> list[Signed]:
    return [(1, a1(form.rows[int(number)], c, rows=False, columns=False))]


def _opening(form: _Form, c: int, number: str) -> list[Signed]:
    """A balance-sheet line at the start of the column's month; the period starts where its first month does."""
    sheet, row = form.model.lines[f"{form.letters}B", int(number)]
    before = OPENING if c in (TOTAL, MONTH) else c - 1
    return [(1, f"{quoted(sheet.name)}!{a1(row, before, rows=False, columns=False)}")]


def _tagged(form: _Form, c: int, number: str) -> list[Signed]:
    """Cash of the column's month that belongs to a line of the cash-flow form."""
    ranges = form.model.ranges
    key = form.model.cash_line(int(number))
    tests = f'{ranges["journal.cash_line"]},"{key}",{ranges["journal.month"]},{a1(PERIODS, c, columns=False)}'
    return [(1, f"SUMIFS({ranges['journal.net']},{tests})")]


def _account(form: _Form, c: int, code: str) -> list[str]:
    """Sums over the accounts that begin with *code*, in the column's month."""
    model, name = form.model, quoted(form.accounts.name)
    block = "balance" if form.balance else "moved"
    top, bottom = model.rows[f"{block}.first"] + 1, model.rows[f"{block}.last"] + 1
    values = f"{name}!{column(c)}${top}:{column(c)}${bottom}"
    if len(code) > _GROUP:
        labels = [str(form.accounts.cells[row, NAME].value) for row in range(top - 1, bottom)]
        found = [label for label in labels if label.split(" ")[0] == code or label.startswith(f"{code}.")]
        return [f'SUMIFS({values},{name}!$B${top}:$B${bottom},"{label}")' for label in found]
    if len(code) == _GROUP:
        return [f'SUMIFS({values},{name}!$C${top}:$C${bottom},"{model.group(code)}")'] if _any(form, code) else []
    return [f'SUMIFS({values},{name}!$A${top}:$A${bottom},"{model.kind(code)}")']


def _any(form: _Form, code: str) -> bool:
    """Whether any account of the group is laid out."""
    first, last = form.model.rows["balance.first"], form.model.rows["balance.last"]
    label = form.model.group(code)
    return any(form.accounts.cells[row, 2].value == label for row in range(first, last + 1))
