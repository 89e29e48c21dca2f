"""Sections of one statement, as deposits, checks and fees, each a table of its own: together they close, or do not."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import product

import numpy as np
import numpy.typing as npt

from recon.core.finding import Finding
from recon.core.money import divide
from recon.reading.proof import Verdict
from recon.reading.result import Account, Lines
from recon.reading.scale import FINEST
from recon.reading.tables.accounts import Body, Judged, astray, judged
from recon.reading.tables.columns import Segment
from recon.reading.tables.several import one_account
from recon.reading.vocabulary import list_sign

#: Sections whose sign no heading tells that are tried both ways; rows above a table that may head it.
_TRIED, _ABOVE = 8, 4
_FIGURE = re.compile(r"\d[.,]\d\d(?!\d)")
_UNSIGNED, _GUESSED = "sign_unknown", "columns_guessed"
_Ints = npt.NDArray[np.int64]


def pooled(found: Sequence[Segment], bodies: Sequence[Body]) -> Judged | None:
    """The sections in *bodies* as one account held by its printed ends, or None where they are no such sections.

    Signs are those of the file, else those of the sections' headings, else the one way under which the ends close.
    """
    ends = _ends(bodies)
    card = any(body.what.kind == "card" for body in bodies)
    if ends is None or any(column.present.any() for body in bodies for column in body.table.money["balance"]):
        return None
    pieces = [judged(_alone(body)) for body in bodies]
    if any(len(accounts) != 1 or verdicts[0].outcome == "inconsistent" for accounts, verdicts, _ in pieces):
        return None
    open_ = [verdicts[0].reason == _UNSIGNED for _, verdicts, _ in pieces]
    accounts = [accounts[0] for accounts, _, _ in pieces]
    if len({(a.account, a.currency) for a in accounts}) > 1 or not (card or len(bodies) > 1 or any(open_)):
        return None
    groups = [_groups(found, body, account) if free else np.full(len(account.lines), -1)
              for body, account, free in zip(bodies, accounts, open_, strict=True)]
    ways = list(_ways(found, bodies, accounts, groups, _both(ends) if card else [ends]))
    if not ways and card:
        return None  # interest and fees may be charged without a line
    account, verdict = _together(accounts, ways, known=not any(open_), ends=ends)
    doubt = next((v[0] for _, v, _ in pieces if v[0].outcome == "doubtful" and v[0].reason != _UNSIGNED), None)
    findings = [f for _, _, told in pieces for f in told if f.code != _UNSIGNED]
    if verdict.outcome == "proven" and astray(account):
        doubt = doubt or Verdict("doubtful", "date_out_of_order")
    if verdict.reason == _UNSIGNED:
        findings.append(Finding(_UNSIGNED, "look", bodies[0].source()))
    if not (doubt and verdict.outcome == "proven" and doubt.reason == _GUESSED):
        verdict = doubt or verdict
    return [replace(account, proven=verdict.outcome == "proven")], [verdict], findings


def _ends(bodies: Sequence[Body]) -> tuple[int, int] | None:
    """Opening and closing balance in minor units, None where either is printed nowhere or differently."""
    told: list[int] = []
    for name in ("opening", "closing"):
        values = {divide(body.part.facts.money[name], 10 ** (FINEST - body.places))
                  for body in bodies if name in body.part.facts.money}
        if len(values) != 1:
            return None
        told += values
    return told[0], told[1]


def _both(ends: tuple[int, int]) -> list[tuple[int, int]]:
    """A card's balances as what is owed, and as printed."""
    return [(-ends[0], -ends[1]), ends]


def _alone(body: Body) -> Body:
    """*body* without what is printed of the whole statement."""
    facts = replace(body.part.facts, money={}, counts={}, said={}, dated=[])
    return replace(body, part=replace(body.part, facts=facts, totals=[]))


def _groups(found: Sequence[Segment], body: Body, account: Account) -> npt.NDArray[np.intp]:
    """The number of the section of each line; a header that is repeated on a further page begins none."""
    row = {(body.rows.page[i], body.rows.line[i]): i for i in body.part.rows}
    places = zip(account.lines.page.tolist(), account.lines.line.tolist(), strict=True)
    starts = [segment.first for segment in found]
    number = np.array([bisect_right(starts, row[place]) - 1 for place in places], np.intp)
    for k in range(1, len(found)):
        if found[k].titles == found[k - 1].titles and not _heading(body, found[k]):
            number[number == k] = k - 1
    return number


def _heading(body: Body, segment: Segment) -> int:
    """+1 or −1 where a line of text right above a table says which way its money went, else 0."""
    for i in range(segment.first - 1, max(-1, segment.first - 1 - _ABOVE), -1):
        text = " ".join(cell for cell in body.rows.cells[i] if cell)
        if _FIGURE.search(text):
            return 0
        if sign := list_sign("section", text):
            return sign
    return 0


def _ways(
    found: Sequence[Segment], bodies: Sequence[Body], accounts: Sequence[Account],
    groups: Sequence[npt.NDArray[np.intp]], ends: Sequence[tuple[int, int]],
) -> Iterator[tuple[tuple[int, int], list[_Ints]]]:
    """Every way to sign the open sections under which the statement closes: its ends, and the amounts by account."""
    loose = [(n, k) for n, group in enumerate(groups) for k in sorted(set(group.tolist()) - {-1})]
    if len(loose) > _TRIED:
        return
    told = [_heading(bodies[n], found[k]) for n, k in loose]
    for signs in product(*((sign,) if sign else (1, -1) for sign in told)):
        amounts = [account.lines.amount.copy() for account in accounts]
        for (n, k), sign in zip(loose, signs, strict=True):
            own = groups[n] == k
            amounts[n][own] = sign * np.abs(amounts[n][own])
        total = sum(int(amount.sum()) for amount in amounts)
        yield from ((pair, amounts) for pair in ends if pair[0] + total == pair[1])


def _together(
    accounts: Sequence[Account], ways: Sequence[tuple[tuple[int, int], list[_Ints]]], *, known: bool,
    ends: tuple[int, int],
) -> tuple[Account, Verdict]:
    """One account of all sections, in the order of its days, and whether it closes in one way alone."""
    one = len(ways) == 1
    if one:
        ends, amounts = ways[0]
        accounts = [replace(a, lines=replace(a.lines, amount=m)) for a, m in zip(accounts, amounts, strict=True)]
    verdict = Verdict("proven", "ends_close") if one else Verdict("doubtful", _UNSIGNED)
    if known and not ways:
        verdict = Verdict("inconsistent", "ends_differ")
    whole = reduce(one_account, accounts)
    order = np.argsort(whole.lines.date, kind="stable")
    return replace(whole, opening=ends[0], closing=ends[1], lines=_ordered(whole.lines, order)), verdict


def _ordered(lines: Lines, order: npt.NDArray[np.intp]) -> Lines:
    text = {name: [cells[i] for i in order] for name, cells in lines.text.items()}
    box = None if lines.box is None else lines.box[order]
    return Lines(lines.date[order], lines.amount[order], lines.balance[order], lines.page[order], lines.line[order],
                 text, box)
