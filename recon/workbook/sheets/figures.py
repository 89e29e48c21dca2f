"""The facts of the case and the figures found from them: each has one cell here, and its formula is the road to it."""

from collections.abc import Callable
from fractions import Fraction
from itertools import groupby

from recon.core.source import Source
from recon.core.words import where
from recon.ledger.adjust import accruals
from recon.ledger.chart import positions, variables
from recon.ledger.control import Figure
from recon.ledger.instalments import BY_RATE, at_rate
from recon.workbook.inputs import ask
from recon.workbook.model import Model
from recon.workbook.plan import HEAD, Sheet, a1

_NAME, _KEY, _FIRST, _SECOND, _THIRD, _HOW = 0, 1, 2, 3, 4, 5
_ENDS = ("opening", "closing")


class Figures:
    """The sheet of figures: :meth:`place` gives every figure its cell, :meth:`fill` writes them all."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.sheet = model.sheet("figures")
        self.sheet.widths = {_NAME: 34, _KEY: 24, _FIRST: 17, _SECOND: 17, _THIRD: 17, _HOW: 90}
        self.cells: dict[str, tuple[int, int]] = {}
        self.row = HEAD
        self.ledger = model.rebuilt.ledger

    # -- places -----------------------------------------------------------------------------------------------------

    def place(self) -> None:
        """Give every figure and input its cell."""
        self._inputs()
        self._ends()
        self._money()
        self._others()
        self._stated()

    def _section(self, key: str, heads: tuple[str, ...]) -> None:
        if self.row > HEAD:
            self.row += 2
        self.sheet.put(self.row, _NAME, self.model.say(f"section.{key}"), "section")
        self.row += 1
        names = [self.model.say(f"head.{head}") if head else "" for head in heads]
        self.sheet.row(self.row, names, "head")

    def _line(self, label: str, key: str, *figures: str, start: int = _FIRST) -> None:
        """A row with a cell for each of *figures*."""
        self.row += 1
        self.sheet.put(self.row, _NAME, label)
        self.sheet.put(self.row, _KEY, key, "key")
        for column, name in enumerate(figures, start):
            if name:
                self.cells[name] = (self.row, column)
                self.model.homes[name] = self.sheet.ref(self.row, column)

    def _inputs(self) -> None:
        """Units, margin, own accounts, loans and accruals: what the form and the statements give as they stand."""
        model, known = self.model, self.ledger.known
        self._section("inputs", ("input", "key", "value", "", "", "how"))
        self._line(model.say("input.units", unit=10**model.rebuilt.places), "units", "input.units")
        self._line(model.say("input.mark"), "mark", "mark")
        if known.margin:
            self._line(model.say("input.margin"), known.margin[1], "input.margin")
        self._line(model.say("input.worn"), "accumulated_depreciation", "input.worn")
        if self._by_rate():
            self._line(model.say("input.at_rate"), "annual_rate", "input.at_rate")
        self._section("accounts", ("account", "key", "opening", "gap", "", "how"))
        for name in known.openings:
            self._line(name, self.ledger.own[name], f"account.opening.{name}", f"account.gap.{name}")
        if model.rebuilt.case.loan:
            self._section("loans", ("lender", "kind", "opening", "closing", "", "how"))
            for number, loan in enumerate(model.rebuilt.case.loan):
                self._line(loan.lender, loan.kind, f"loan.{number}.opening", f"loan.{number}.closing")
        if model.rebuilt.case.adjust.accrual:
            self._section("accruals", ("figure", "key", "opening", "closing", "", "how"))
            self._accruals()

    def _accruals(self) -> None:
        rows = self.model.rebuilt.case.adjust.accrual
        for kind in ("prepaid", "accrued"):
            for category in dict.fromkeys(r.category for r in rows if r.kind == kind):
                label = f"{self.model.say(f'accrual.{kind}')}：{self.model.category(category)}"
                self._line(label, f"{kind}.{category}", *(f"accrual.{at}.{kind}.{category}" for at in _ENDS))

    def _ends(self) -> None:
        """What the business has and owes at both ends."""
        self._section("positions", ("position", "key", "opening", "closing", "", "how"))
        for key, position in sorted(positions().items(), key=lambda item: item[1].side):
            self._line(self.model.pick(position), key, f"opening.{key}", f"closing.{key}")
        for key in ("evidence", "equity"):
            names = [f"evidence.{end}" if key == "evidence" else f"{end}.equity" for end in _ENDS]
            self._line(self.model.name(key), key, *names)

    def _money(self) -> None:
        """What evidence lines and unrecorded cash feed, money in first."""
        self._section("flows", ("figure", "key", "from_lines", "unrecorded", "total", "how"))
        cash = {name: entry for name, entry in variables().items() if entry.cash}
        for name, entry in sorted(cash.items(), key=lambda item: item[1].cash):
            self._line(self.model.pick(entry), name, f"{name}.lines", f"{name}.unrecorded", name)

    def _others(self) -> None:
        """All other figures of the system."""
        self._section("others", ("figure", "key", "", "", "total", "how"))
        for name in self.ledger.solution.figures:
            if name not in self.cells:
                self._line(self.model.name(name), name, name, start=_THIRD)

    def _stated(self) -> None:
        """Closings that gave way to what their control account says."""
        stated = self.ledger.solution.stated
        if stated:
            self._section("stated", ("figure", "key", "value", "", "", "how"))
            for name in stated:
                self._line(self.model.name(name), name, f"stated.{name}")

    # -- values -----------------------------------------------------------------------------------------------------

    def fill(self) -> Sheet:
        """Write every cell, after the sheets that it reads from have their places."""
        self._fill_inputs()
        figures = self.ledger.solution.figures
        for name in self.cells:
            if name in figures:
                self._figure(name, figures[name])
        for name, figure in self.ledger.solution.stated.items():
            self._ask(f"stated.{name}", figure.value, figure.source)
            self._say(self.cells[f"stated.{name}"][0], self.model.say("how.gave_way", source=self._source(figure)))
        return self.sheet

    def _put(self, name: str, value: object, style: str, formula: str = "") -> None:
        row, column = self.cells[name]
        self.sheet.put(row, column, value, style, formula)

    def _ask(self, name: str, value: object, path: str, style: str = "money") -> None:
        """A given figure: an input where the form has an answer of its own for it, else as it stands."""
        row, column = self.cells[name]
        if not ask(self.model, self.sheet, row, column, value, style, path):
            self.sheet.put(row, column, value, style)

    def _say(self, row: int, text: str) -> None:
        """Add *text* to the row's last column."""
        old = self.sheet.cells.get((row, _HOW))
        before = f"{old.value}；" if old and self.model.zh else f"{old.value}; " if old else ""
        self.sheet.put(row, _HOW, before + text, "text.quiet")

    def _fill_inputs(self) -> None:
        model, known = self.model, self.ledger.known
        self._put("input.units", 10**model.rebuilt.places, "whole")
        self._put("mark", model.unknown, "text.right")
        if known.margin:
            self._ask("input.margin", float(known.margin[0]), known.margin[1], "percent")
        self._ask("input.worn", worn(model), "opening.accumulated_depreciation")
        if self._by_rate():
            self._put("input.at_rate", at_rate(model.rebuilt.case, self.ledger.period), "money.estimated")
        for name, amount in known.openings.items():
            self._ask(f"account.opening.{name}", amount, self._opening(name))
            self._put(f"account.gap.{name}", known.gaps.get(name, 0), "money")
            self._say(self.cells[f"account.opening.{name}"][0], self._printed(name))
        for number, loan in enumerate(model.rebuilt.case.loan):
            for end in _ENDS:
                self._ask(f"loan.{number}.{end}", getattr(loan, end) or 0, f"loan.{number}.{end}")
        for kind in ("prepaid", "accrued"):
            for at in _ENDS:
                rows = accruals(model.rebuilt.case.adjust.accrual, kind, at)
                for category in dict.fromkeys(r.category for r in model.rebuilt.case.adjust.accrual if r.kind == kind):
                    self._ask(f"accrual.{at}.{kind}.{category}", rows.get(category, 0),
                              f"adjust.accrual.{kind}.{at}.{category}")

    def _by_rate(self) -> bool:
        return any(figure.source == BY_RATE for figure in self.ledger.solution.figures.values())

    def _opening(self, name: str) -> str:
        """Where the form says what an own account held; nowhere for a balance that its statement prints."""
        given = next((a.opening for a in self.model.rebuilt.case.account if a.id == name), None)
        account = next(a for a in self.model.rebuilt.accounts if a.id == name)
        return f"account.{name}.opening" if account.opening in (None, given) else ""

    def _printed(self, name: str) -> str:
        account = next(a for a in self.model.rebuilt.accounts if a.id == name)
        return self.model.say("how.printed" if account.opening is not None else "how.least")

    def _figure(self, name: str, figure: Figure) -> None:
        """One figure: an input, sums of lines, an assumption, or found."""
        row, _ = self.cells[name]
        if figure.value is None:
            self._put(name, self.model.unknown, "money.quiet")
            self._say(row, self._told(name, self.model.say("how.unknown")))
            return
        formula = self._formula(name, figure)
        if formula or figure.source == "lines" or figure.source.startswith("rule:"):
            self._put(name, figure.value, f"money{_mark(figure)}", formula)
        else:
            self._ask(name, figure.value, name if name.partition(".")[0] in _ENDS else figure.source)
        if figure.value or figure.equation or figure.source != "lines":
            self._say(row, self._told(name, self._how(figure)))

    def _told(self, name: str, how: str) -> str:
        """Which of a row's figures the words are about."""
        end, _, _ = name.partition(".")
        part = name.rpartition(".")[2]
        if end in _ENDS:
            return f"{self.model.say(f'end.{end}').strip()}{'：' if self.model.zh else ': '}{how}"
        if part in ("lines", "unrecorded"):
            return f"{self.model.say(f'part.{part}')}{'：' if self.model.zh else ': '}{how}"
        return how

    def _how(self, figure: Figure) -> str:
        if figure.equation:
            return self.model.say("how.found", equation=self._equations(figure.equation))
        return self._source(figure)

    def _equations(self, names: str) -> str:
        return " + ".join(self.model.equation(name) for name in names.split("+"))

    def _source(self, figure: Figure) -> str:
        if figure.source == "lines":
            return self.model.say("how.lines")
        if figure.source.startswith("rule:"):
            return self.model.assumption(figure.source.removeprefix("rule:"))
        place = where(self.model.rebuilt.language, Source("case.toml", field=figure.source))
        return self.model.say("how.form", place=place)

    # -- formulas ---------------------------------------------------------------------------------------------------

    def _formula(self, name: str, figure: Figure) -> str:
        if figure.equation:
            return self._found(figure)
        if name.endswith(".lines"):
            return self._lines(name.removesuffix(".lines"))
        special = _SPECIAL.get(name)
        if special and figure.source == "lines":
            return special(self)
        if figure.source in ("loan.opening", "loan.closing"):
            refs = [self._cell(f"loan.{n}.{figure.source[5:]}") for n in range(len(self.model.rebuilt.case.loan))]
            return f"=SUM({refs[0]}:{refs[-1]})"
        return self._ruled(figure.source)

    def _ruled(self, rule: str) -> str:
        """The road of a figure that a rule gives; nothing where the rule gives a plain amount."""
        if rule == "rule:straight_line" and "schedule.total" in self.model.homes:
            return f"={self.model.homes['schedule.total']}"
        if rule == BY_RATE:
            return f"=MAX(0,{self._cell('input.at_rate')}-{self._cell('loan_interest_paid')})"
        return ""

    def _cell(self, name: str) -> str:
        return a1(*self.cells[name])

    def _lines(self, name: str) -> str:
        sign = "-" if variables()[name].cash == "out" else ""
        owner = f'-{self.sum(funding="outside")}' if name == "introduced" else ""
        return f"={sign}{self.sum(feeds=name)}{owner}"

    def sum(self, **criteria: str) -> str:
        """Sum of the lines' amounts that meet *criteria*, column by column."""
        ranges = self.model.ranges
        tests = "".join(f',{ranges[f"line.{column}"]},"{key}"' for column, key in criteria.items())
        return f"SUMIFS({ranges['line.amount']}{tests})"

    def all_of(self, prefix: str) -> str:
        """Sum of the cells whose names begin with *prefix*, which stand below each other."""
        cells = [cell for name, cell in self.cells.items() if name.startswith(prefix)]
        return f"SUM({a1(*cells[0])}:{a1(*cells[-1])})" if cells else "0"

    def _found(self, figure: Figure) -> str:
        """Coefficient × figure, added; a margin is taken from its input, and the sum rounded as Python rounds it."""
        known = self.model.rebuilt.ledger.known.margin
        shares = _shares(known[0]) if known else {}
        whole = [(int(c), n) for c, n in figure.terms if abs(c) == 1]
        rest = [(c, n) for c, n in figure.terms if abs(c) != 1]
        text = self._runs(whole)
        for coefficient, name in rest:
            sign, size = ("-" if coefficient < 0 else "+"), abs(coefficient)
            by = shares.get(size, f"*{size.numerator}/{size.denominator}")
            text += f"{sign}{self._cell(name)}{by.replace('M', self._cell('input.margin')) if size in shares else by}"
        text = text.removeprefix("+")
        return f"=ROUND({text},{self.model.rebuilt.places})" if rest else f"={text or 0}"

    def _runs(self, terms: list[tuple[int, str]]) -> str:
        """Signed cells; three or more below each other with one sign become a sum of a range."""
        placed = sorted((self.cells[n][1], self.cells[n][0], sign) for sign, n in terms)
        text = ""
        for _, group in groupby(enumerate(placed), key=lambda item: (item[1][0], item[1][2], item[1][1] - item[0])):
            run = [cell for _, cell in group]
            sign = "-" if run[0][2] < 0 else "+"
            if len(run) > 2:  # noqa: PLR2004 - two cells are shorter written out
                text += f"{sign}SUM({a1(run[0][1], run[0][0])}:{a1(run[-1][1], run[-1][0])})"
            else:
                text += "".join(f"{sign}{a1(row, column)}" for column, row, _ in run)
        return text


def _mark(figure: Figure) -> str:
    if figure.equation:
        return ".found"
    return ".estimated" if figure.source.startswith("rule:") else ""


def _shares(margin: Fraction) -> dict[Fraction, str]:
    """How a coefficient that comes of the margin M of sales is written."""
    return {c: text for c, text in (
        (1 - margin, "*(1-M)"), (margin, "*M"),
        *(((1 / (1 - margin), "/(1-M)"), (margin / (1 - margin), "*M/(1-M)")) if margin != 1 else ()),
        *(((1 / margin, "/M"), ((1 - margin) / margin, "*(1-M)/M")) if margin else ()),
    ) if c not in (0, 1)}


def worn(model: Model) -> int:
    """Accumulated depreciation at the opening, minor units."""
    stated = model.rebuilt.case.opening.accumulated_depreciation
    return stated if stated is not None else sum(s.opening_accumulated for s in model.rebuilt.ledger.known.assets)


def _closing(sheet: Figures) -> str:
    moved = f'({sheet.sum(funding="none")}-{sheet.sum(funding="none", kind="cash")})'
    return f"={sheet._cell('evidence.opening')}+{moved}+{sheet.all_of('account.gap.')}"  # noqa: SLF001 - same module


#: What the lines and balances of the accounts give besides the sums of their categories (``recon.ledger.known``).
_SPECIAL: dict[str, Callable[[Figures], str]] = {
    "evidence.opening": lambda s: f"={s.all_of('account.opening.')}",
    "evidence.closing": _closing,
    "cash_book": lambda s: f"={s.sum(kind='cash')}",
    "withdrawn": lambda s: f"=-({s.sum(feeds='withdrawn')}-{s.sum(feeds='withdrawn', kind='cash')})",
    "banked": lambda s: f"={s.sum(feeds='banked')}-{s.sum(feeds='banked', kind='cash')}",
    "unexplained": lambda s: f"={s.sum(feeds='unknown_in')}+{s.sum(feeds='unknown_out')}+{s.all_of('account.gap.')}",
    "clearing": lambda s: (
        f"=-{s.sum(feeds='clearing')}-{s.sum(feeds='withdrawn', kind='cash')}-{s.sum(feeds='banked', kind='cash')}"
        f"+{s.sum(funding='inside')}"
    ),
}
