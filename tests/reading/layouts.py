"""A family of statement layouts in eleven languages with known truth, drawn by a seed and rendered in three formats."""

import csv
import datetime as dt
import io
import random
import tomllib
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pypdfium2
import xlsxwriter

from tests.reading.layout_pdf import Look, pages

WORDS = tomllib.loads((Path(__file__).parent / "layout_words.toml").read_text(encoding="utf-8"))
#: Columns that hold money, and those that stand to the right.
MONEY = frozenset({"amount", "in", "out", "balance"})
#: Currencies without decimals in this family.
WHOLE = "HUF"


@dataclass(frozen=True)
class Line:
    """A movement: its day, signed minor units, the balance after it, and its words."""

    day: dt.date
    amount: int
    balance: int
    said: str
    party: str


@dataclass
class Row:
    """A printed row: *kind* is line, opening, closing, total, subtotal; *line* the movement's place in the truth."""

    kind: str
    cells: dict[str, str]
    line: int = -1
    numbers: dict[str, int] = field(default_factory=dict)


@dataclass
class Layout:
    """One layout with its statement. Everything is drawn from *seed*; *changed* alters minor units as printed.

    *part_of* keeps the movements of a shorter period; *twin* is the number of another account in the same layout.
    """

    seed: int
    changed: dict[tuple[int, str], int] = field(default_factory=dict)
    part_of: tuple[int, int] | None = None
    twin: int = 0
    head_as: str = "named"

    def __post_init__(self):
        r = self.r = random.Random(self.seed)  # noqa: S311 seeded on purpose
        self.language = r.choice(sorted(WORDS))
        self.words = {key: r.choice(value) if isinstance(value, list) and key not in {"purposes", "parties", "months"}
                      else value for key, value in WORDS[self.language].items()}
        self.money = r.choice(["one", "one", "two", "two", "word", "marked"])
        if self.money == "marked" and self.language not in {"en", "de", "es", "pt"}:
            self.money = "two"
        self.marks = {"en": ("CR", "DR"), "de": ("H", "S"), "es": ("H", "D"), "pt": ("C", "D")}.get(self.language)
        self.number, self.code, self.says_currency = self.words["numbers"], self.words["code"], False
        self.whole = self.words["code"] == WHOLE and (not self.number[2] or r.random() < 0.5)
        self.minus = r.choice(["-", "-", "-", "x-", "()", "−"])
        self.plus, self.negative_out = r.random() < 0.15, r.random() < 0.2
        self.nothing = r.choice(["", "", "", "0", "-"])
        self.carried, self.sparse = r.random() < 0.15, r.random() < 0.12
        self.newest = not self.carried and r.random() < 0.3
        self.ends = r.choice(["labels", "labels", "rows", "none"])
        self.ends = "labels" if self.sparse and self.ends == "none" else self.ends
        self.yearless = r.random() < 0.12
        self.totals = r.choice(["", "", "row", "labels"])
        self.subtotals = self.money == "two" and r.random() < 0.2
        self.columns = self._columns()
        self.r = random.Random(f"{self.seed} {self.twin}") if self.twin else r  # noqa: S311 likewise
        self.truth = self._truth()
        if self.part_of:
            start, stop = self.part_of
            self.first = self.truth[start - 1].balance if start else self.first
            self.truth = self.truth[start:stop]
            self.changed = {(k - start, name): value for (k, name), value in self.changed.items()}
        self.rows = self._rows()

    def _columns(self):
        r = self.r
        money = {"one": ["amount"], "two": r.choice([["out", "in"], ["in", "out"]]), "word": ["sign", "amount"],
                 "marked": ["amount"]}[self.money]
        some = [name for name in ("party", "order", "value", "currency") if r.random() < 0.35]
        before, after = [n for n in some if n == "value"], [n for n in some if n != "value"]
        columns = ["date", *before, "said", *after, *money, "balance"]
        if r.random() < 0.2:
            r.shuffle(columns)
        return (["number"] if r.random() < 0.15 else []) + columns

    def _truth(self):
        r, day = self.r, dt.date(self.r.choice([2023, 2024, 2025]), self.r.randint(1, 12), self.r.randint(1, 28))
        unit = 100 if self.whole else 1
        balance = self.first = r.randint(0, 10**6) * unit
        found = []
        for _ in range(r.choice([6, 15, 40, 90])):
            day += dt.timedelta(days=r.choice([0, 0, 1, 3]))
            size = r.choice([r.randint(1, 999), r.randint(10**3, 10**5), r.randint(10**5, 10**7)])
            amount = r.choice([1, -1]) * size * unit
            balance += amount
            said = " ".join(r.choice(self.words["purposes"]) for _ in range(r.choice([1, 1, 2, 4])))
            found.append(Line(day, amount, balance, said, r.choice(self.words["parties"])))
        return found

    # -- cells ---------------------------------------------------------------------------------------------------

    def day(self, day, *, short=False):
        """A day as printed."""
        name = self.words["months"][day.month - 1]
        pattern = self.words["short" if short else "dates"]
        return pattern.format(y=day.year, yy=day.year % 100, m=day.month, d=day.day, name=name, NAME=name.upper())

    def figure(self, minor):
        """Minor units as printed."""
        before, group, mark, after = self.number
        whole = f"{abs(minor) // 100:,}".replace(",", group)
        text = before + (whole if self.whole else f"{whole}{mark}{abs(minor) % 100:02}") + after
        if minor >= 0:
            return text
        return {"-": f"-{text}", "x-": f"{text}-", "()": f"({text})", "−": f"−{text}"}[self.minus]

    def _money(self, k, line):
        """The numbers and the printed cells of a movement's money columns."""
        amount = self.changed.get((k, "amount"), abs(line.amount)) * (1 if line.amount > 0 else -1)
        balance = self.changed.get((k, "balance"), line.balance)
        numbers, cells = {"balance": balance}, {"balance": self.figure(balance)}
        if self.money == "two":
            here, other = ("in", "out") if line.amount > 0 else ("out", "in")
            value = -abs(amount) if here == "out" and self.negative_out else abs(amount)
            blank = {"0": self.figure(0), "-": "-"}.get(self.nothing, "")
            numbers |= {other: 0} if self.nothing == "0" else {}
            return numbers | {here: value}, cells | {here: self.figure(value), other: blank}
        if self.money == "one":
            plus = "+" if self.plus and amount > 0 else ""
            return numbers | {"amount": amount}, cells | {"amount": plus + self.figure(amount)}
        mark = self.words["marks"][amount < 0] if self.money == "word" else self.marks[amount < 0]
        printed = self.figure(abs(amount))
        cells |= {"amount": printed, "sign": mark} if self.money == "word" else {"amount": f"{printed} {mark}"}
        return numbers | ({"amount": abs(amount)} if self.money == "word" else {}), cells

    def _line(self, k, *, dated, balanced):
        line = self.truth[k]
        numbers, cells = self._money(k, line)
        if not balanced:
            cells["balance"] = ""
            numbers.pop("balance")
        cells |= {"date": self.day(line.day, short=self.yearless) if dated else "",
                  "said": line.said, "party": line.party,
                  "value": self.day(line.day + dt.timedelta(days=k % 3), short=self.yearless),
                  "order": f"{7_000_000_000 + 37 * k}", "number": str(k + 1), "currency": self.code}
        return Row("line", cells, k, numbers)

    def _side(self, kind, **minor):
        """A row that is no movement: its words in the description."""
        figures = {name: self.figure(value) for name, value in minor.items()}
        return Row(kind, {"said": self.words[kind]} | figures, -1, minor)

    def _sums(self, lines):
        came = sum(line.amount for line in lines if line.amount > 0)
        went = -sum(line.amount for line in lines if line.amount < 0)
        return {"in": came, "out": -went if self.negative_out else went}

    def _rows(self):
        rows = []
        for _, group in groupby(range(len(self.truth)), key=lambda k: self.truth[k].day):
            day = list(group)
            rows += [self._line(k, dated=k == day[0] or not self.carried, balanced=k == day[-1] or not self.sparse)
                     for k in day]
        if self.newest:
            rows.reverse()
        rows = self._with_subtotals(rows)
        if self.ends == "rows":
            ends = [self._side("opening", balance=self.first), self._side("closing", balance=self.truth[-1].balance)]
            rows = [*ends[:: -1 if self.newest else 1][:1], *rows, *ends[:: -1 if self.newest else 1][1:]]
        if self.totals == "row" and self.money == "two":
            rows.append(self._side("total", **self._sums(self.truth)))
        return rows

    def _with_subtotals(self, rows):
        if not self.subtotals:
            return rows
        found = []
        for _, group in groupby(rows, key=lambda row: self.truth[row.line].day.month):
            month = list(group)
            found += [*month, self._side("subtotal", **self._sums([self.truth[row.line] for row in month]))]
        return found

    def preamble(self):
        """Label and value of what is printed above the table."""
        w, r = self.words, random.Random(self.seed + 1)  # noqa: S311 likewise
        full = [self.day(day) for day in (self.truth[0].day, self.truth[-1].day)]
        own = [(w["holder"], r.choice(w["parties"])), (w["account"], self.account)]
        found = own if r.random() < 0.7 or self.twin else []
        if self.yearless or r.random() < 0.5:
            found.append((w["period"], w["until"].join(full)))
        if self.ends == "labels":
            found += [(w["opening"], self.figure(self.first)), (w["closing"], self.figure(self.truth[-1].balance))]
        if self.says_currency:
            found.append((w["currency"], self.code))
        if self.totals == "labels":
            sums = self._sums(self.truth)
            found += [(w["total_in"], self.figure(sums["in"])), (w["total_out"], self.figure(abs(sums["out"])))]
        return found

    @property
    def account(self):
        """The account's number."""
        return f"6222 0200 1234 {5678 + 1111 * self.twin}"

    def head(self):
        """Titles of the columns: as they are named, in glyphs that no font maps to letters, or nothing."""
        titles = [self.words[name] for name in self.columns]
        if self.head_as == "unreadable":
            return ["".join("\u25a1" if ch.isalnum() else ch for ch in title) for title in titles]
        return titles if self.head_as == "named" else []

    def cells(self, row):
        """A row's cells in the order of the columns."""
        return [row.cells.get(name, "") for name in self.columns]

    # -- formats -------------------------------------------------------------------------------------------------

    def as_csv(self, *others):
        """Separated text in an encoding that holds it; *others* follow below."""
        r = random.Random(self.seed + 2)  # noqa: S311 likewise
        apart, out = r.random() < 0.5, io.StringIO()
        quoting = r.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
        writer = csv.writer(out, delimiter=r.choice(",;\t,;\t|"), quoting=quoting)
        blank = r.random() < 0.3
        for each in (self, *others):
            writer.writerows([list(pair) if apart else [": ".join(pair)] for pair in each.preamble()])
            if blank:
                writer.writerow([])
            writer.writerows([*filter(None, [each.head()]), *(each.cells(row) for row in each.rows)])
        own = {"zh": ["gb18030"], "ru": ["cp1251"], "cs": ["cp1250"], "hu": ["cp1250"]}.get(self.language, ["cp1252"])
        choices = ["utf-8", "utf-8-sig", "utf-16", *own]
        try:
            return out.getvalue().encode(r.choice(choices))
        except UnicodeEncodeError:
            return out.getvalue().encode("utf-8")

    def as_xlsx(self, *others):
        """A workbook, its figures and days text or true numbers; *others* follow below or on sheets of their own."""
        r, out = random.Random(self.seed + 3), io.BytesIO()  # noqa: S311 likewise
        book = xlsxwriter.Workbook(out)
        sheet, numbers, serial = book.add_worksheet(), r.random() < 0.5, r.random() < 0.4
        formats = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "#,##0.00"})
        at, sheets = r.choice([0, 0, 2]), bool(others) and r.random() < 0.5
        for each in (self, *others):
            if each is not self and sheets:
                sheet, at = book.add_worksheet(), 0
            at = each.write_to(sheet, at, formats, r, numbers=numbers, serial=serial)
        book.close()
        return out.getvalue()

    def write_to(self, sheet, at, formats, r, *, numbers, serial):
        """Write the statement from row *at* of *sheet*; the row below it."""
        days, figures = formats
        for label, value in self.preamble():
            sheet.write_row(at, 0, [label, value] if r.random() < 0.5 else [f"{label}: {value}"])
            at += 1
        sheet.write_row(at, 0, self.head())
        for i, row in enumerate(self.rows, at + bool(self.head())):
            for j, name in enumerate(self.columns):
                if numbers and name in row.numbers:
                    sheet.write_number(i, j, row.numbers[name] / 100, figures)
                elif serial and name == "date" and row.line >= 0 and row.cells["date"]:
                    sheet.write_datetime(i, j, dt.datetime.combine(self.days[row.line], dt.time()), days)
                elif row.cells.get(name):
                    sheet.write_string(i, j, row.cells[name])
        return at + bool(self.head()) + len(self.rows)

    @property
    def days(self):
        """The day of each line."""
        return [line.day for line in self.truth]

    def as_pdf(self, *others):
        """Pages drawn in a look of their own; *others* follow on pages of theirs."""
        out, target = pypdfium2.PdfDocument.new(), io.BytesIO()
        for each in (self, *others):
            out.import_pages(pypdfium2.PdfDocument(each.drawn()))
        out.save(target)
        return target.getvalue() if others else self.drawn()

    def drawn(self):
        """Pages drawn in a look of their own."""
        look = Look.drawn(random.Random(self.seed + 4), self.words["page"], self.language)  # noqa: S311 likewise

        def carry(kind, line):
            return self.cells(Row(kind, {"said": self.words[kind], "balance": self.figure(self.truth[line].balance)}))

        preamble = [": ".join(pair) for pair in self.preamble()]
        rows = [(row.line, self.cells(row)) for row in self.rows]
        right = [name in MONEY for name in self.columns]
        wraps = [name in {"said", "party"} for name in self.columns]
        carries = look.carries and not (self.newest or self.sparse)
        head = self.head() or [""] * len(self.columns)
        return pages(look, preamble, head, rows, right, wraps, carry if carries else None)

    # -- what may be asked of a reading --------------------------------------------------------------------------

    def expected(self):
        """Day, amount and printed balance of each line, in time; None where no balance is printed."""
        shown = {row.line: bool(row.cells.get("balance")) for row in self.rows if row.kind == "line"}
        return [(line.day, line.amount, line.balance if shown[k] else None) for k, line in enumerate(self.truth)]

    def slips(self):
        """Every (line, column) whose digits a chain holds: all balances, all amounts but an unopened first one."""
        held = [k for k in range(len(self.truth)) if k or self.ends != "none"]
        printed = [row.line for row in self.rows if row.kind == "line" and row.cells.get("balance")]
        return [(k, "amount") for k in held] + [(k, "balance") for k in printed]

    def part(self, start, stop):
        """The statement of the lines from *start* to *stop* alone."""
        return Layout(self.seed, dict(self.changed), (start, stop), self.twin, self.head_as)

    def with_slip(self, r):
        """The same statement with one digit of an amount or a balance changed."""
        k, name = r.choice(self.slips())
        true = abs(self.truth[k].amount) if name == "amount" else self.truth[k].balance
        digits = list(str(abs(true)).rjust(3, "0"))
        at = r.randrange(len(digits) - (2 if self.whole else 0))
        digits[at] = r.choice([d for d in "0123456789" if d != digits[at]])
        value = int("".join(digits)) * (1 if true >= 0 else -1)
        return Layout(self.seed, {(k, name): value}, None, self.twin, self.head_as)
