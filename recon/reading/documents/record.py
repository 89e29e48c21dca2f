"""A paper becomes a typed record: every field with its place and certainty, its lines, and what a person should see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

import numpy as np

from recon.core.finding import Finding
from recon.core.money import decimals, from_decimal
from recon.core.settings import shipped
from recon.core.source import Source
from recon.reading.documents.figures import Figure
from recon.reading.documents.labels import (
    Spot,
    amount_beside,
    credit_days,
    document_number,
    due_date,
    percentage,
    words_beside,
)
from recon.reading.documents.paper import Paper
from recon.reading.documents.vocabulary import find
from recon.reading.result import Item, Receipt, Seen

#: How sure a total is that the paper's own sums prove, one that nothing contradicts, and one in doubt.
_PROVEN, _FAIR, _OPEN = 0.995, 0.96, 0.5
#: Kinds that speak of a loan.
_LOANS = frozenset({"loan_statement", "loan_contract"})
#: What a paper may have stamped on it, and the class of the words that say so.
_STAMPS = {"void": "void", "unpaid": "unpaid", "paid": "settled"}
#: Where each field was found.
Spots = dict[str, Spot | None]


@dataclass(frozen=True)
class Record:
    """The record of one paper."""

    paper: Paper

    @property
    def receipt(self) -> Receipt:
        """What it says, amounts in minor units of its currency."""
        paper = self.paper
        choice, day, due = paper.choice, paper.date, self._due
        (seller, seller_at), (buyer, buyer_at) = paper.parties
        spots: Spots = {"number": paper.numbered[1], "seller": seller_at, "buyer": buyer_at,
                        "date": day[2] if day else None, "due": due[1] if due else None, "total": self._total_spot,
                        "net": self._spot("net"), "tax": self._spot("tax")}
        amounts, terms = self._amounts(spots), self._terms(spots)
        return Receipt(
            date=_day(day[0] if day else None),
            total=self._minor(choice.value if choice else None),
            tax=self._minor(self._part("tax")),
            net=self._minor(self._part("net")),
            seller=seller,
            buyer=buyer,
            number=paper.number,
            currency=paper.currency[0],
            page=choice.figure.row.page if choice else paper.rows[0].page,
            uncertain=self._uncertain(spots),
            kind=paper.kind_name,
            due=_day(due[0] if due else None),
            lines=tuple(self._lines()),
            amounts=amounts,
            terms=terms,
            seen={name: _seen(spot) for name, spot in spots.items() if spot is not None},
        )

    @cached_property
    def _due(self) -> tuple[date, Spot] | None:
        """The day printed, else the paper's own day and the days of credit that it gives."""
        paper = self.paper
        printed = due_date(paper.rows, paper.currency[0], paper.order)
        if printed or paper.date is None or self.paper.kind != "invoice":
            return printed
        given = credit_days(paper.rows)
        return (paper.date[0] + timedelta(days=given[0]), given[1]) if given else None

    @cached_property
    def _total_spot(self) -> Spot | None:
        choice = self.paper.choice
        if choice is None:
            return None
        how = _OPEN if "total" in self.paper.uncertain else _PROVEN if choice.proven else _FAIR
        return Spot(choice.figure.row, choice.figure.cell, how)

    def _part(self, role: str) -> Decimal | None:
        """Net or tax: from the sum that closes, else the only figure that is named so."""
        choice = self.paper.choice
        if choice is None:
            return None
        named = {f.value for f in self.paper.figures if f.role == role and f.value < choice.value}
        summed = choice.tax if role == "tax" else choice.net
        return summed if summed is not None else named.pop() if len(named) == 1 else None

    def _spot(self, role: str) -> Spot | None:
        """Where net or tax stands."""
        value = self._part(role)
        figure = next((f for f in reversed(self.paper.figures) if f.value == value and _may_be(f, role)), None)
        return None if value is None or figure is None else Spot(figure.row, figure.cell)

    def _minor(self, value: Decimal | None) -> int | None:
        """Minor units, negative on a credit note; None where the figure has more decimals than its currency."""
        sign = -1 if self.paper.credit else 1
        try:
            return None if value is None else sign * from_decimal(value, decimals(self.paper.currency[0]))
        except ValueError:
            return None

    def _lines(self) -> Iterator[Item]:
        """The table's rows; where there is none, the goods of a slip above its first total."""
        table = self.paper.listing
        if table is not None and table.entries:
            for entry in table.entries:
                yield Item(entry.name, self._minor(entry.amount), entry.count, _seen(Spot(entry.row, entry.cell)))
            return
        rows: dict[int, Figure] = {}
        for figure in self.paper.figures:
            if figure.role in {"grand", "total", "subtotal", "net", "paid"}:
                break
            if figure.role == "item":
                rows[id(figure.row)] = figure
        for figure in rows.values():
            yield Item(figure.row.cells[0].text, self._minor(figure.value), "", _seen(Spot(figure.row, figure.cell)))

    def _amounts(self, spots: Spots) -> dict[str, int]:
        """Further amounts: what a payroll is before deductions, what a loan was for."""
        made: dict[str, int] = {}
        kind = self.paper.kind_name
        table = self.paper.listing
        for name, wanted in (("gross_pay", kind == "payroll"), ("principal", kind == "loan_statement")):
            above = [row for row in self.paper.rows if table is None or row is not table.header]
            found = amount_beside(above, name) if wanted else None
            listed = wanted and table is not None and table.sums.get(name) is not None
            if listed and table is not None and (found is None or name == "gross_pay"):
                found = table.sums[name], Spot(table.header, table.header.cells[0])
            if found is not None and (minor := self._minor(found[0])) is not None:
                made[name], spots[name] = minor, found[1]
        return made

    def _terms(self, spots: Spots) -> dict[str, str]:
        """Further words: a loan's rate, the period, the number of the document that this one takes back."""
        made: dict[str, str] = {}
        paper = self.paper
        found = {"rate": percentage(paper.rows) if paper.kind_name in _LOANS else None,
                 "period": words_beside(paper.rows, "period")}
        cancels = document_number(paper.rows, "cancels")
        if cancels[1] is not None:
            found["cancels"] = cancels[0], cancels[1]
        for name, each in found.items():
            if each is not None:
                made[name], spots[name] = each
        made |= {name: "yes" for name, kind in _STAMPS.items() if paper.stamped(kind)}
        return made | ({"cash": "yes"} if self._in_cash else {})

    @property
    def _in_cash(self) -> bool:
        """Whether cash, and nothing else, is said to have been given."""
        given = [figure.row.text for figure in self.paper.figures if figure.role == "paid" and figure.value]
        said = [{kind for hit in find(text) for kind in hit.classes} for text in given]
        return bool(said) and all("coins" in kinds and "card" not in kinds for kinds in said)

    def _uncertain(self, spots: Spots) -> tuple[str, ...]:
        """Fields that a person should check: those in doubt by what they say, and those that were badly read."""
        poor = float(shipped().number("ocr_poor"))
        read_badly = [name for name, spot in spots.items() if spot is not None and spot.cell.sure < poor]
        return tuple(dict.fromkeys((*self.paper.uncertain, *(name for name in read_badly if name != "total"))))

    def findings(self, name: str) -> Iterator[Finding]:
        """What a person should look at."""
        paper, where = self.paper, self._source(name)
        for sides in paper.contradictions:
            place = Source(name, sides.row.page, sides.row.line)
            yield Finding(sides.code, "serious", place, {"total": str(sides.printed), "other": str(sides.other)})
        if paper.choice is None:
            yield Finding("document_total_missing", "look", where)
        elif "total" in paper.uncertain and not paper.contradictions:
            yield Finding("document_total_uncertain", "look", where, {"total": str(paper.choice.value)})
        if paper.date is None:
            yield Finding("document_date_missing", "look", where)
        elif "date" in paper.uncertain:
            yield Finding("document_date_uncertain", "look", where, {"date": paper.date[0].isoformat()})

    def _source(self, name: str) -> Source:
        """Where the total stands, or the page."""
        if self.paper.choice is None:
            return Source(name, self.paper.rows[0].page)
        figure = self.paper.choice.figure
        return Source(name, figure.row.page, figure.row.line, figure.cell.box)


def _may_be(figure: Figure, role: str) -> bool:
    return figure.role in ({"tax", "total", "summary"} if role == "tax" else {"net", "subtotal", "total", "summary"})


def _day(day: date | None) -> np.datetime64 | None:
    return np.datetime64(day, "D") if day else None


def _seen(spot: Spot) -> Seen:
    """The place of a field as readings keep it."""
    return Seen(spot.row.page, spot.row.line, spot.cell.box, spot.sure)

