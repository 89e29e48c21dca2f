"""Evidence that is not all there, or there twice: a month, a page, an account, a file in a second format."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from recon.simulate.calendar import add_months
from recon.simulate.evidence.frame import Period, Statement
from recon.simulate.evidence.write import WRITERS
from recon.simulate.faults import sheets
from recon.simulate.faults.fault import Fault, File, Record, Table, accounts
from recon.simulate.journal import Row
from recon.simulate.world import Account, World

LEAST_MONTHS = 3
#: The suffix of a file by the layout that writes it a second time, for each country's banks.
SECOND = {"zh-CN": {"bank_csv": ".csv", "bank_xls": ".xls"}, "en": {"en_csv": ".csv", "en_xlsx": ".xlsx"}}


def span(period: Period) -> str:
    """A period as file names tell it."""
    return f"{period.first:%Y%m%d}-{period.last:%Y%m%d}"


def part(statement: Statement, first: dt.date, last: dt.date) -> Statement:
    """The days from *first* to *last* of a statement, as a file of its own."""
    before = [row for row in statement.rows if row.when.date() < first]
    rows = [row for row in statement.rows if first <= row.when.date() <= last]
    opening = before[-1].balance if before else statement.opening
    return replace(statement, period=Period(first, last), rows=rows, opening=opening, printed=[])


class MonthMissing(Fault):
    """One account's file stops and another begins a month later: the month between was not handed in."""

    name = "month_missing"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        months = (world.last.year - world.first.year) * 12 + world.last.month - world.first.month + 1
        if months < LEAST_MONTHS:
            raise self.impossible("too_short")
        self.first = add_months(world.first, self.rng.randint(1, months - 2))
        self.last = add_months(self.first, 1) - dt.timedelta(days=1)
        self.account = self.rng.choice([*accounts(world, "bank", "wallet")]).form.id

    def statements(self, account: Account, files: list[File]) -> list[File]:
        """Cut the month out of the file in which it stands."""
        return [cut for file in files for cut in self._cut(*file)] if account.form.id == self.account else files

    def _cut(self, name: str, statement: Statement) -> list[File]:
        period = statement.period
        if self.last < period.first or period.last < self.first:
            return [(name, statement)]
        lost = part(statement, max(self.first, period.first), min(self.last, period.last))
        self.records.append(Record(self.account, sum(abs(row.amount) for row in lost.rows), (self.first, self.last),
                                   f"{len(lost.rows)} rows"))
        day = dt.timedelta(days=1)
        sides = ((period.first, self.first - day), (self.last + day, period.last))
        left = [part(statement, first, last) for first, last in sides if first <= last]
        return [(name.replace(span(period), span(each.period)), each) for each in left]


class AccountMissing(Fault):
    """One of the owner's accounts is neither named nor handed in; the one that takes in most always is."""

    name = "account_missing"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.account = ""

    def statements(self, account: Account, files: list[File]) -> list[File]:
        """Keep the files of the account back."""
        if not self.account:
            self.account = self._choose()
        if account.form.id != self.account:
            return files
        rows = [row for _, statement in files for row in statement.rows]
        self.records.append(Record(self.account, sum(abs(row.amount) for row in rows),
                                   (self.world.first, self.world.last), account.number))
        return []

    def _choose(self) -> str:
        """Any bank account or wallet but the one with most money coming in."""
        taken = {account.form.id: 0 for account in accounts(self.world, "bank", "wallet")}
        for event in self.world.events:
            for row in event.rows:
                if row.account in taken and row.moves and row.amount > 0:
                    taken[row.account] += row.amount
        others = sorted(taken, key=lambda name: taken[name])[:-1]
        if not others:
            raise self.impossible("one_account")
        return self.rng.choice(sorted(others))

    def form(self, tables: list[Table]) -> list[Table]:
        """Leave the account out of the form."""
        return [(name, content) for name, content in tables
                if name != "[]account" or content["id"] != self.account]


class PageMissing(Fault):
    """A page inside a printed statement was not handed in."""

    name = "page_missing"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.printed: dict[str, Statement] = {}

    def statements(self, account: Account, files: list[File]) -> list[File]:
        """Note what each printed file shows."""
        self.printed |= {name: statement for name, statement in files
                         if name.endswith(".pdf") and account.form.kind == "bank"}
        return files

    def folder(self, place: Path, shown: list[Row]) -> list[Row]:
        """Take the page out of the file, and the places from the rows that stood on it."""
        found = {name: pages for name in sorted(self.printed)
                 if (pages := sheets.count(place / "statements" / name)) > 1}
        if not found:
            raise self.impossible("no_pages")
        name = self.rng.choice(sorted(found))
        page = self.rng.randrange(1, max(2, found[name] - 1))
        path, rows = place / "statements" / name, [row for row, _ in self.printed[name].printed]
        lost = sheets.rows_of_page(path, rows, page)
        sheets.remove(path, page)
        for ordinal, row in enumerate((row for row in rows if row not in lost), 1):
            row.place = (f"statements/{name}", ordinal)
        for row in lost:
            row.place = ("", 0)
        days = tuple(sorted({row.when.date() for row in lost}))
        self.records.append(Record(f"statements/{name}", sum(abs(row.amount) for row in lost), days[:1] + days[-1:],
                                   f"page {page + 1} of {found[name]}, {len(lost)} rows"))
        return [row for row in shown if row.place[0]]


class DoubledFile(Fault):
    """A bank's file handed in a second time, as a table of another kind."""

    name = "doubled_file"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.printed: dict[str, Statement] = {}

    def statements(self, account: Account, files: list[File]) -> list[File]:
        """Note what each file shows."""
        self.printed |= dict(files) if account.form.kind == "bank" else {}
        return files

    def folder(self, place: Path, shown: list[Row]) -> list[Row]:
        """Write the second file beside the first."""
        if not self.printed:
            raise self.impossible("no_bank")
        name = self.rng.choice(sorted(self.printed))
        statement = self.printed[name]
        second = SECOND[self.world.profile.locale]
        layout = self.rng.choice([each for each in second if each != statement.account.form.layout])
        again = Path(name).stem + "_2" + second[layout]
        data = WRITERS[layout](replace(statement, printed=[]))
        (place / "statements" / again).write_bytes(data)
        amount = sum(abs(row.amount) for row in statement.rows)
        self.records.append(Record(f"statements/{again}", amount, (statement.period.first, statement.period.last),
                                   f"the same as statements/{name}"))
        return shown
