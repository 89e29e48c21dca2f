"""Several accounts in one file, with known truth: one below the other, or line by line among each other."""

import random
from dataclasses import dataclass, field

from tests.reading.layouts import Layout, Row

#: Ways in which a file shows several accounts, and currencies that are not the layout's own.
WAYS = ("sections", "sections", "rows")
OTHER = ("USD", "CHF", "SEK")


class Mixed(Layout):
    """The lines of several accounts among each other in one table, told apart by a column."""

    def __init__(self, members, column):
        """Take the look of the first of *members*; *column* is what tells them apart."""
        self.__dict__.update(members[0].__dict__)
        self.columns = [*members[0].columns] if column in members[0].columns else [*members[0].columns, column]
        rows = [(each.truth[row.line], row, each) for each in members for row in each.rows if row.kind == "line"]
        rows.sort(key=lambda row: row[0].day, reverse=self.newest)
        self.truth = [line for line, _, _ in rows]
        self.rows = [Row("line", row.cells | {column: member.code if column == "currency" else member.account}, k,
                         row.numbers) for k, (_, row, member) in enumerate(rows)]

    def preamble(self):
        """Nothing speaks of one account."""
        return []


@dataclass
class Several:
    """Two or three accounts of one layout in one file; *changed* alters minor units by account, line and column."""

    seed: int
    changed: dict[tuple[int, int, str], int] = field(default_factory=dict)

    def __post_init__(self):
        r = random.Random(f"several {self.seed}")  # noqa: S311 seeded on purpose
        count, self.way = r.choice([2, 2, 3]), r.choice(WAYS)
        first = Layout(self.seed)
        signed = bool(first.number[0].strip() or first.number[3].strip()) or first.whole
        self.foreign = r.random() < 0.4 and not signed and not any("(" in title for title in first.head())
        self.members = []
        for k in range(count):
            changed = {(line, name): value for (which, line, name), value in self.changed.items() if which == k}
            member = Layout(self.seed, changed, twin=k + 1)
            member.code = OTHER[k - 1] if self.foreign and k else member.words["code"]
            for row in member.rows:
                row.cells["currency"] = member.code if row.kind == "line" else ""
            member.says_currency = self.foreign
            self.members.append(member)
        if self.way == "rows" and (first.carried or first.sparse or first.subtotals or first.yearless):
            self.way = "sections"
        self.language, self.money = first.language, f"{first.money} {self.way}{' foreign' * self.foreign}"

    def _told(self, form):
        if self.way == "rows":
            return getattr(Mixed(self.members, "currency" if self.foreign else "account"), form)()
        return getattr(self.members[0], form)(*self.members[1:])

    def as_csv(self):
        """Separated text."""
        return self._told("as_csv")

    def as_xlsx(self):
        """A workbook."""
        return self._told("as_xlsx")

    def as_pdf(self):
        """Pages."""
        return self._told("as_pdf")

    def expected(self):
        """Day, amount and printed balance of each line of each account."""
        return [line for member in self.members for line in member.expected()]

    def with_slip(self, r):
        """The same file with one digit of an amount or a balance changed."""
        which = r.randrange(len(self.members))
        member = self.members[which]
        if self.way == "rows":
            member.ends = "none"
        ((line, name), value) = next(iter(member.with_slip(r).changed.items()))
        return Several(self.seed, {(which, line, name): value})
