"""A payment provider's lump sums to the bank against the takings in its own export, grossed up by the fee it kept."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from recon.core.finding import Finding
from recon.core.money import decimals, to_text
from recon.core.settings import Settings
from recon.events.accounts import Accounts, OwnAccount
from recon.events.columns import Bools, Ints, amounts, days, empty, live, place, texts
from recon.events.marks import Marks

#: Lump sums that must fit before any is believed: one alone may fit by chance.
_FEW = 3
#: Most days of takings in one lump sum: a long holiday.
_LONGEST = 9
_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Settlement:
    """A bank row and the takings of the days *first* to *last* (whole days since 1970), in minor units."""

    row: int
    first: int
    last: int
    gross: int
    net: int

    @property
    def rate(self) -> int:
        """The fee in thousandths of the takings, rounded."""
        return round(_THOUSAND * (self.gross - self.net) / self.gross)


def settle(
    frame: pd.DataFrame, marks: Marks, accounts: Accounts, settings: Settings,
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Pair lump sums that a wallet's provider paid into a bank account with the wallet's takings of the days before.

    The bank's row becomes an ``own_transfer``. As the wallet's export shows no line for it, two rows are added there,
    standing where the bank's row stands: the transfer out (id with ``-T``) and the fee kept (``-C``, platform_fees),
    together the takings of the days settled. Believed only where several lump sums fit at one fee rate.

    Returns:
        The frame; and a finding per wallet on lump sums that fit no days: they stay what their words say.
    """
    frame = frame.reset_index(drop=True)
    added: list[pd.DataFrame] = []
    found: list[Finding] = []
    for own in accounts:
        if own.kind != "wallet" or not own.files or not own.provider:
            continue
        lumps = _lumps(frame, marks, own)
        fitting = _believed(_fit(frame, own, np.flatnonzero(lumps), settings.whole("settlement_fee")))
        added += [_rows(frame, item, own) for item in fitting]
        left = sorted(set(np.flatnonzero(lumps).tolist()) - {item.row for item in fitting})
        if fitting and left:
            found.append(_unmatched(frame, left, own))
        for item in fitting:
            frame.loc[item.row, "category"], frame.loc[item.row, "reason"] = "own_transfer", f"settlement {own.id}"
            frame.loc[item.row, "confidence"], frame.loc[item.row, "paired_with"] = 0.95, _id(frame, item.row) + "-T"
    whole = pd.concat([frame, *added], ignore_index=True) if added else frame
    return whole.astype(frame.dtypes), tuple(found)


def _lumps(frame: pd.DataFrame, marks: Marks, own: OwnAccount) -> Bools:
    """Money into a bank account that names the wallet's provider and is paired with nothing."""
    bank = (frame["account_kind"] == "bank").to_numpy(dtype=np.bool_)
    named: Bools = marks.provider == own.provider
    return named & bank & live(frame) & empty(frame, "category", "paired_with") & (amounts(frame) > 0)


def _fit(frame: pd.DataFrame, own: OwnAccount, rows: Ints, fee: int) -> list[Settlement]:
    """For each lump sum the shortest run of unsettled days whose takings exceed it by *fee* thousandths at most."""
    takings, day, money = _takings(frame, own), days(frame), amounts(frame)
    done: set[int] = set()
    fitting = []
    for row in sorted(rows.tolist(), key=lambda r: (int(day[r]), r)):
        net, when = int(money[row]), int(day[row])
        spans = [(last - length + 1, last) for length in range(1, _LONGEST + 1) for last in (when - 1, when)]
        for first, last in spans:
            run = range(first, last + 1)
            gross = sum(takings.get(one, 0) for one in run)
            if done.isdisjoint(run) and net <= gross and _THOUSAND * (gross - net) <= fee * gross:
                fitting.append(Settlement(row, first, last, gross, net))
                done.update(run)
                break
    return fitting


def _takings(frame: pd.DataFrame, own: OwnAccount) -> dict[int, int]:
    """The wallet's money in less what it gave back, by day."""
    mine = frame[live(frame) & (frame["account"] == own.id).to_numpy() & empty(frame, "category", "funded_by")]
    back = mine["paired_with"].isin(set(mine.loc[mine["amount"] > 0, "id"]))
    rows = mine[(mine["amount"] > 0) | back]
    takings: dict[int, int] = {}
    for day, amount in zip(days(rows).tolist(), amounts(rows).tolist(), strict=True):
        takings[day] = takings.get(day, 0) + amount
    return takings


def _believed(fitting: list[Settlement]) -> list[Settlement]:
    """Those of the commonest fee rate, if there are a few."""
    if not fitting:
        return []
    rates = [item.rate for item in fitting]
    common = max(sorted(set(rates)), key=rates.count)
    kept = [item for item in fitting if item.rate == common]
    return kept if len(kept) >= _FEW else []


def _id(frame: pd.DataFrame, row: int) -> str:
    return str(frame["id"].iloc[row])


def _rows(frame: pd.DataFrame, item: Settlement, own: OwnAccount) -> pd.DataFrame:
    """The wallet's side of a settlement: transfer and fee."""
    name, fee = _id(frame, item.row), item.gross - item.net
    extra = frame.loc[[item.row, item.row]].copy()
    extra["id"], extra["amount"] = [f"{name}-T", f"{name}-C"], [-item.net, -fee]
    extra["account"], extra["account_kind"], extra["balance"] = (
        own.id,
        own.kind,
        pd.array([pd.NA, pd.NA], dtype="Int64"),
    )
    extra["category"], extra["paired_with"] = ["own_transfer", "platform_fees"], [name, ""]
    extra["reason"], extra["confidence"] = [f"settlement {own.id}", "settlement_fee"], 0.95
    return extra if fee else extra.iloc[:1]


def _unmatched(frame: pd.DataFrame, rows: list[int], own: OwnAccount) -> Finding:
    total = int(amounts(frame)[rows].sum())
    return Finding("settlement_unmatched", "look", place(frame, rows[0]), {
        "wallet": own.id, "count": len(rows), "total": to_text(total, decimals(texts(frame, "currency")[rows[0]])),
    })
