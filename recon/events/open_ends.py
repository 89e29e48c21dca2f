"""What is left after pairing: own transfers without their other end, and accounts that nobody handed in."""

from collections import defaultdict

import numpy as np
import pandas as pd

from recon.core.finding import Finding
from recon.core.money import decimals, to_text
from recon.events.accounts import Accounts, OwnAccount
from recon.events.columns import Bools, amounts, days, empty, hits, live, place, texts, total
from recon.events.lines import outside
from recon.events.marks import Marks, signs
from recon.events.words import has

#: How sure a leg without its other end is: a transfer by its words, or the owner's money by the lack of a statement.
_UNPAIRED, _UNSEEN = 0.6, 0.65
#: Days between two files of an account that need no file of their own.
_QUIET = 20


def close(frame: pd.DataFrame, marks: Marks, accounts: Accounts) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Name what the clearing account is left with.

    A leg whose other account is handed in and covers the day stays ``own_transfer``, with a serious finding each. A
    leg to an account that nobody handed in becomes ``owner_in`` or ``owner_out``, since the money came from or left
    for where nothing can be seen, with one finding per such account and its totals.
    """
    frame = frame.copy()
    home, method, money, day = texts(frame, "account"), texts(frame, "method"), amounts(frame), days(frame)
    missing: dict[str, list[int]] = defaultdict(list)
    entries: dict[int, tuple[str, str, float]] = {}
    found: list[Finding] = []
    for row in np.flatnonzero(looking(frame, marks)).tolist():
        name, own = other_end(row, marks, accounts, home[row], method[row])
        if own is not None and covers(own, int(day[row])):
            entries[row] = ("own_transfer", f"transfer_unpaired {own.id}", _UNPAIRED)
            found.append(_unpaired(frame, row, own.id))
            continue
        label = own.id if own is not None else name
        entries[row] = ("owner_in" if money[row] > 0 else "owner_out", f"account_not_handed_in {label}", _UNSEEN)
        missing[label].append(row)
    for row, label in _funding_gaps(frame, accounts):
        missing[label].append(row)
    for at, column in enumerate(("category", "reason", "confidence")):
        frame.loc[list(entries), column] = [entry[at] for entry in entries.values()]
    found += [*_funding_unpaired(frame, accounts), *_cash_unpaired(frame, marks, accounts)]
    handed = {own.id for own in accounts if own.files}
    return frame, (*found, *(_missing(frame, label, rows, handed) for label, rows in sorted(missing.items())))


def looking(frame: pd.DataFrame, marks: Marks) -> Bools:
    """Unpaired rows that look like one end of an own transfer."""
    free = live(frame) & empty(frame, "category", "paired_with", "funded_by")
    moves = hits(marks.words, lambda text: has(text, signs("wallet_move")))
    to_wallet = (marks.provider != "") & moves & ~marks.foreign
    role = np.isin(marks.role, ("withdraw", "top_up", "card_repay"))
    repays = marks.card_repay & ~marks.foreign & (marks.role == "")
    own_word = marks.own_word & ~marks.foreign & (marks.role == "")
    named = marks.own_name | marks.own_number | (marks.alike != "")
    found: Bools = free & ~marks.cash & (role | named | own_word | to_wallet | repays)
    return found


def other_end(row: int, marks: Marks, accounts: Accounts, home: str, method: str) -> tuple[str, OwnAccount | None]:
    """What the row calls its other end, and the own account that this is, if only one can be."""
    said = [own for own, says in zip(accounts, marks.says[row], strict=True) if says and own.id != home]
    wallet = [own for own in accounts if marks.provider[row] and own.provider == marks.provider[row] and own.id != home]
    fits = said or [own for own in accounts if own.id == marks.alike[row]] or wallet
    if marks.tail[row]:
        name = f"{marks.bank[row]}({marks.tail[row]})"
    else:
        paid_by = outside(method) if marks.role[row] else ""
        card = "credit_card" if marks.card_repay[row] else ""
        name = str(marks.provider[row] or paid_by or card or marks.party[row])
    return name or "?", fits[0] if len(fits) == 1 else None


def covers(own: OwnAccount, day: int) -> bool:
    """Whether the account's files cover *day* (whole days since 1970).

    Files tell less than they span: a few quiet days between two of them are covered, a month that is not there is not,
    unless the account prints balances, from which what moved in it is told.
    """
    if own.start is None or own.end is None:
        return False
    at = np.datetime64(day, "D")
    if own.balanced or any(first <= at <= last for first, last in own.spans):
        return bool(own.start <= at <= own.end)
    before, after = [last for _, last in own.spans if last < at], [first for first, _ in own.spans if first > at]
    return bool(before and after and (min(after) - max(before)).astype(int) <= _QUIET)


def _unpaired(frame: pd.DataFrame, row: int, other: str) -> Finding:
    line = frame.iloc[row]
    return Finding("transfer_unpaired", "serious", place(frame, row), {
        "amount": to_text(int(amounts(frame)[row]), decimals(str(line["currency"]))), "date": str(line["date"])[:10],
        "account": str(line["account"]), "other": other,
    })


def _funding_gaps(frame: pd.DataFrame, accounts: Accounts) -> list[tuple[int, str]]:
    """Wallet payments funded by accounts that nobody handed in, as rows and labels."""
    handed = {own.id for own in accounts if own.files}
    funders = texts(frame, "funded_by")
    rows = np.flatnonzero(live(frame) & ~empty(frame, "funded_by")).tolist()
    return [(row, funders[row]) for row in rows if funders[row] not in handed]


def _funding_unpaired(frame: pd.DataFrame, accounts: Accounts) -> list[Finding]:
    """One finding per funding account that covers the days but does not show the payments."""
    by_id = {own.id: own for own in accounts if own.files}
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    funders, home, day = texts(frame, "funded_by"), texts(frame, "account"), days(frame)
    for row in np.flatnonzero(live(frame) & empty(frame, "paired_with")).tolist():
        own = by_id.get(funders[row])
        if own is not None and covers(own, int(day[row])):
            groups[home[row], funders[row]].append(row)
    return [
        Finding("funding_unpaired", "serious", place(frame, rows[0]), {
            "account": wallet, "other": funder, "count": len(rows), "total": total(frame.iloc[rows], -1),
            "back": total(frame.iloc[rows], 1),
        })
        for (wallet, funder), rows in sorted(groups.items())
    ]


def _cash_unpaired(frame: pd.DataFrame, marks: Marks, accounts: Accounts) -> list[Finding]:
    """Cash drawn from or paid into banks on days that a cash book covers, which does not show it."""
    books = [own for own in accounts if own.kind == "cash" and own.files]
    bank, day = frame["account_kind"].to_numpy(dtype=object) != "cash", days(frame)
    loose = np.flatnonzero(live(frame) & empty(frame, "paired_with", "category") & marks.cash & bank).tolist()
    rows = [row for row in loose if any(covers(book, int(day[row])) for book in books)]
    if not rows:
        return []
    group = frame.iloc[rows]
    return [Finding("cash_unpaired", "look", place(frame, rows[0]), {
        "book": books[0].id, "count": len(rows), "drawn": total(group, -1), "banked": total(group, 1),
    })]


def _missing(frame: pd.DataFrame, label: str, rows: list[int], handed: set[str]) -> Finding:
    """Movements with an account that nobody handed in, or with one of those *handed* in on days that no file covers."""
    group = frame.iloc[rows]
    told = {"label": label, "count": len(rows), "money_in": total(group, 1), "money_out": total(group, -1)}
    if label not in handed:
        return Finding("account_not_handed_in", "serious", place(frame, rows[0]), told)
    months = ", ".join(sorted(set(group["date"].dt.strftime("%Y-%m"))))
    return Finding("account_days_not_handed_in", "serious", place(frame, rows[0]), {**told, "months": months})
