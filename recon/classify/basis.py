"""How well each line is known: documented, corroborated or stated (``method.md`` §1).

- ``documented``: the line stands inside a proven chain of a statement that a bank, card issuer or wallet made.
- ``corroborated``: not proven itself, but a source independent of its file agrees with it. One of these holds:

  1. it is paired with a line of another own account (another file of the same account is no second source: a copy
     says nothing that the first did not);
  2. a receipt or an invoice of the same amount, time and party was matched to it;
  3. it stands in a wallet that *closes*: the balance that the form states for the opening, plus every line of the
     wallet's own money, is the balance that it states for the closing, to the cent (somebody read the balances off the
     telephone, and they agree with the bill);
  4. it is money into a wallet that *reached a proven statement*: what left the wallet in withdrawals that a proven
     bank statement shows must have come in before. The wallet's money is taken out in the order in which it came in,
     the opening balance first; a receipt counts only if such withdrawals took all of it. Spending takes its turn in
     the same queue and supports nothing.

- ``stated``: everything else. A hand cash book is somebody's word even where its balance runs, and a wallet's export
  without balances leaves nothing to prove it with.

A line is never ``estimated``: what the toolkit derives enters the ledger under its own rule.
"""

from collections import deque

import numpy as np
import numpy.typing as npt
import pandas as pd

from recon.events.accounts import Accounts, OwnAccount

Bools = npt.NDArray[np.bool_]


def basis(frame: pd.DataFrame, accounts: Accounts, receipted: frozenset[str] = frozenset()) -> npt.NDArray[np.object_]:
    """The basis of every row of *frame*; *receipted* are the ids of lines that a document was matched to."""
    documented = (frame["proven"] & (frame["account_kind"] != "cash")).to_numpy()
    agreed = _paired(frame, accounts) | frame["id"].isin(receipted).to_numpy()
    for own in accounts:
        if own.kind == "wallet" and own.files and not own.proven:
            rows = ((frame["account"] == own.id) & (frame["set_aside"] == "")).to_numpy()
            agreed |= rows if closes(frame[rows], own) else _reached(frame, rows, own, documented)
    return np.select([documented, agreed], ["documented", "corroborated"], "stated").astype(object)


def _paired(frame: pd.DataFrame, accounts: Accounts) -> Bools:
    """Lines that another own account shows too."""
    own = {account.id for account in accounts if account.files}
    home = dict(zip(frame["id"], frame["account"], strict=True))
    other = frame["paired_with"].map(home).fillna("")
    found: Bools = (other.isin(own) & (other != frame["account"])).to_numpy()
    return found


def closes(lines: pd.DataFrame, own: OwnAccount) -> bool:
    """Whether the account's opening balance and its own money in *lines* add up to its closing balance."""
    if own.opening is None or own.closing is None:
        return False
    moved = int(lines.loc[lines["funded_by"] == "", "amount"].sum())
    return own.opening + moved == own.closing


def _reached(frame: pd.DataFrame, rows: Bools, own: OwnAccount, documented: Bools) -> Bools:
    """Receipts of a wallet that withdrawals shown by a proven statement took out again, first in, first out."""
    proven = set(frame.loc[documented, "id"])
    lines = frame[rows & (frame["funded_by"] == "").to_numpy()].sort_values(["date", "time"], kind="stable")
    queue: deque[list[int]] = deque([[-1, own.opening or 0]])
    supported: dict[int, int] = {}
    for row, amount, pair in zip(lines.index, lines["amount"].tolist(), lines["paired_with"], strict=True):
        if amount > 0:
            queue.append([row, amount])
        else:
            _take(queue, -amount, supported if pair in proven else None)
    size = dict(zip(lines.index, lines["amount"].tolist(), strict=True))
    whole = [row for row, amount in supported.items() if amount == size.get(row)]
    found: Bools = frame.index.isin(whole)
    return found


def _take(queue: deque[list[int]], amount: int, supported: dict[int, int] | None) -> None:
    """Take *amount* from the front of the queue of [row, money left], noting in *supported* whose money it was."""
    while queue and amount > 0:
        row, left = queue[0]
        taken = min(left, amount)
        amount -= taken
        queue[0][1] -= taken
        if supported is not None:
            supported[row] = supported.get(row, 0) + taken
        if not queue[0][1]:
            queue.popleft()
