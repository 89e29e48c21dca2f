"""Statements made to say more: an amount edited in a printed file, rows put in with every balance recomputed."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from recon.simulate.calendar import add_months
from recon.simulate.evidence.frame import Statement
from recon.simulate.faults import sheets
from recon.simulate.faults.fault import Fault, File, Record, accounts
from recon.simulate.faults.flows import rounded
from recon.simulate.journal import Row
from recon.simulate.world import Account, World

LEAST_MONTHS = 6
ROWS = 3


class EditedAmount(Fault):
    """One amount of money in is edited in a printed statement; balances and totals are left as they were."""

    name = "edited_amount"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.printed: dict[str, Statement] = {}

    def statements(self, account: Account, files: list[File]) -> list[File]:
        """Note what each printed file shows."""
        self.printed |= {name: statement for name, statement in files
                         if name.endswith(".pdf") and account.form.kind == "bank"}
        return files

    def folder(self, place: Path, shown: list[Row]) -> list[Row]:
        """Edit the amount, as a PDF editor does it."""
        found = [(name, row) for name, statement in sorted(self.printed.items()) for row in statement.rows
                 if row.amount >= self.world.about(1000) and row.event and row.place[0]]
        if not found:
            raise self.impossible("no_pages")
        name, row = self.rng.choice(found)
        rows = [each for each, _ in self.printed[name].printed if each.place[0]]
        nth = next(n for n, each in enumerate(rows) if each is row)
        new = self.world.text(raised(row.amount))
        page, old, new = sheets.edit(place / "statements" / name, rows, nth, new)
        self.records.append(Record(f"statements/{name}", raised(row.amount) - row.amount, (row.when.date(),),
                                   f"page {page + 1}: {old} became {new}"))
        return shown


def raised(amount: int) -> int:
    """An amount whose first figure was made a nine, or that has a one before it where it is a nine already."""
    place = int("1".ljust(len(str(amount)), "0"))
    return amount + (9 - amount // place) * place if amount // place < 9 else amount + place * 10  # noqa: PLR2004


class ForgedBalance(Fault):
    """Sales that never were stand in a bank's file and every later balance is recomputed: only interest tells."""

    name = "forged_balance"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        months = (world.last.year - world.first.year) * 12 + world.last.month - world.first.month + 1
        if months < LEAST_MONTHS:
            raise self.impossible("too_short")
        self.account = ""
        self.rows: list[Row] = []

    def statements(self, account: Account, files: list[File]) -> list[File]:
        """Put the rows into the files of the account that holds most, and lift every later balance."""
        if not self.rows:
            self._prepare()
        if account.form.id != self.account:
            return files
        return [(name, self._forged(statement)) for name, statement in files]

    def _prepare(self) -> None:
        """Choose the account with the largest mean balance that earns interest, and invent its first months' rows."""
        paid = {row.account for event in self.world.events for row in event.rows
                if row.kind == "interest" and row.when.date() >= self.world.first}
        banks = {account.form.id: sum(held for day, held in account.daily if day >= self.world.first)
                 for account in accounts(self.world, "bank") if account.form.id in paid}
        if not banks:
            raise self.impossible("no_interest")
        self.account = max(banks, key=lambda name: banks[name])
        mean = banks[self.account] // ((self.world.last - self.world.first).days + 1)
        whole = max(mean * self.rng.randint(80, 150) // 100, self.world.about(20_000))
        party, number = self.stranger("buyer", "firm")
        for nth in range(ROWS):
            day = add_months(self.world.first, nth) + dt.timedelta(days=self.rng.randint(2, 25))
            when = dt.datetime.combine(day, dt.time(self.rng.randint(9, 16), self.rng.randint(0, 59), 17))
            amount = rounded(whole // ROWS, self.world.about(1000)) + self.rng.randint(1, 9) * 10 * self.world.unit
            self.rows.append(Row(self.account, when, amount, "receipt", "", party, number,
                                 self.rng.choice(self.words("sale"))))
            self.records.append(Record(self.account, amount, (day,), f"in from {party}, who never paid"))

    def _forged(self, statement: Statement) -> Statement:
        """The file with the rows in it; the true rows keep their amounts, their printed balances are lifted."""
        first, last = statement.period.first, statement.period.last
        opening = statement.opening + sum(row.amount for row in self.rows if row.when.date() < first)
        rows = statement.rows + [row for row in self.rows if first <= row.when.date() <= last]
        rows.sort(key=lambda row: (row.when, row.event))
        balance = opening
        for row in rows:
            balance += row.amount if row.moves else 0
            row.balance = balance
        return replace(statement, rows=rows, opening=opening, printed=[])
