"""Purchases and sales that stand on paper only: settled in cash, as far as the papers allow to say so."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from recon.core.facts import Case
from recon.core.finding import Finding
from recon.core.money import decimals, to_text
from recon.core.settings import Settings
from recon.core.source import Source
from recon.core.tables import TRANSACTIONS
from recon.events.accounts import Accounts, OwnAccount
from recon.events.columns import live
from recon.events.matching import ON_PAPER, Match, Matches, place, receipted
from recon.events.owing import BILLS, later, other
from recon.events.till import Till
from recon.events.words import plain, same_party
from recon.reading.result import Receipt

#: The account in which events stand that papers alone show, where the form names none for cash.
ACCOUNT = "papers"
#: Papers that say that they were paid when they were made.
_PAID = frozenset({"till_receipt", "hand_receipt", "rent_receipt", "tax_certificate"})
#: Categories that a kind of paper settles by itself.
_CATEGORY = {"utility_bill": "utilities", "rent_receipt": "rent", "tax_certificate": "taxes", "waybill": "freight"}
#: Days within which a party is paid that is paid at once.
_AT_ONCE = 3


def unseen(
    matches: Matches, frame: pd.DataFrame, codes: Mapping[str, str], case: Case, accounts: Accounts, settings: Settings,
    bounds: tuple[pd.Timestamp, pd.Timestamp],
) -> tuple[pd.DataFrame, tuple[OwnAccount, ...], tuple[Finding, ...]]:
    """Rows of TRANSACTIONS for documents that no line pays and that were settled in cash.

    Nothing is added where a cash book was handed in: it would show them. A receipt was paid when it was made. A bill
    counts as paid in cash only if its party has no line that may hold it among others, is not among the debts of the
    form, and it is not larger than ``paper_cash_most`` of what moves in a month. A larger bill of a supplier counts if
    the till held its amount on that day and is short of it by its count. All others stay questions.

    Args:
        matches: the documents and their lines.
        frame: TRANSACTIONS as the statements show them.
        codes: the short name of each file.
        case: the case form.
        accounts: the own accounts.
        settings: ``receipt_days``, ``paper_cash_most`` and ``paper_paid_most`` are looked at.
        bounds: first and last day of the period.

    Returns:
        The rows; the account in which they stand, if the form has none for cash; and a finding on their total.
    """
    if any(own.kind == "cash" and own.files for own in accounts):
        return frame.iloc[:0], (), ()
    judge = _Judge(matches, frame, case, settings, bounds)
    chosen = [match for match in matches if judge.settled(match)]
    chosen += judge.spent(matches, chosen)
    if not chosen:
        return frame.iloc[:0], (), ()
    till = next((own for own in accounts if own.kind == "cash"), None)
    name = till.id if till else ACCOUNT
    rows = TRANSACTIONS.frame(pd.DataFrame([_row(match, codes, name, case.case.currency) for match in chosen]))
    more = () if till else (OwnAccount(ACCOUNT, "cash", currency=case.case.currency),)
    return rows, more, tuple(_told(chosen, case.case.currency))


class _Judge:
    """Which documents were settled in cash: what is known of their parties and of a month's money."""

    def __init__(
        self, matches: Matches, frame: pd.DataFrame, case: Case, settings: Settings,
        bounds: tuple[pd.Timestamp, pd.Timestamp],
    ) -> None:
        self.case, self.window = case, settings.whole("receipt_days")
        rows = frame[live(frame)]
        paid = receipted(matches)
        self.free = {plain(str(name)) for name in rows.loc[~rows["id"].isin(list(paid)), "counterparty"] if name}
        self.first, self.last = bounds
        self.most = _most(rows, matches, settings)
        self.debts = {plain(each.name) for each in (*case.receivable, *case.payable) if each.name.strip()}
        self.gaps = _gaps(matches, rows)
        self.till = Till.of(case, rows)

    def settled(self, match: Match) -> bool:
        """Whether the document of *match* was settled in cash."""
        receipt = match.receipt
        if match.line or match.aside or match.side not in {"sale", "purchase"} or not self._read(receipt):
            return False
        size = abs(int(receipt.total or 0))
        if receipt.kind in _PAID:
            return size <= self.most["paid" if match.side == "purchase" else "sale"]
        return receipt.kind in BILLS and size <= self.most[match.side] and not self._on_account(match)

    def spent(self, matches: Matches, settled: Sequence[Match]) -> list[Match]:
        """Bills of suppliers, beside those *settled*, that the till paid, as the cash shows that is missing from it."""
        self.till.moves += [(_stamp(m.receipt), _money(m)) for m in settled]
        bills = [m for m in matches if m.side == "purchase" and not m.line and not m.aside and not self.settled(m)
                 and m.receipt.kind in BILLS and self._read(m.receipt) and not self._on_account(m)]
        found = []
        for match in sorted(bills, key=lambda match: _stamp(match.receipt)):
            if self.till.carries(_stamp(match.receipt), -_money(match)):
                self.till.moves.append((_stamp(match.receipt), _money(match)))
                found.append(match)
        return found

    def _read(self, receipt: Receipt) -> bool:
        """Whether total and day are certain and lie in the case's currency and period."""
        if not receipt.total or receipt.total < 0 or receipt.date is None or {"total", "date"} & set(receipt.uncertain):
            return False
        home = receipt.currency in {"", self.case.case.currency}
        return home and bool(self.first <= _stamp(receipt) <= self.last)

    def _on_account(self, match: Match) -> bool:
        """Whether the bill may still be owed, or be part of a larger payment to the same party."""
        if later(match.receipt, self.last):
            return True
        party = plain(other(match))
        if not party:
            return match.side == "purchase"  # who buys over the counter gives no name
        if any(_alike(party, name) for name in (*self.debts, *self.free)):
            return True
        gap = max((gap for name, gap in self.gaps.items() if _alike(party, name)), default=0)
        age = (self.last - _stamp(match.receipt)).days
        return gap > _AT_ONCE and age <= max(gap, self.window)


def _stamp(receipt: Receipt) -> pd.Timestamp:
    """The day of a document that has one."""
    return pd.Timestamp(str(receipt.date))


def _money(match: Match) -> int:
    """What the document of *match* moved, in minor units: in +, out −."""
    return int(match.receipt.total or 0) * (1 if match.side == "sale" else -1)


def _alike(one: str, two: str) -> bool:
    return one in two or two in one


def _most(rows: pd.DataFrame, matches: Matches, settings: Settings) -> dict[str, int]:
    """The largest sum that is believed to have moved in cash, in minor units: a share of a month's money.

    Where no account was handed in, a month's money is what the papers come to.
    ``sale`` and ``purchase`` are for papers that anybody can write or that ask for money; ``paid`` is for receipts of
    others that say they were paid: that the goods were bought is then known, and to leave them out flatters the profit.
    """
    if rows.empty:
        own = [m for m in matches if m.side in {"sale", "purchase"} and not m.aside and m.receipt.date is not None]
        rows = pd.DataFrame({"date": [_stamp(m.receipt) for m in own], "amount": [_money(m) for m in own]})
        rows = rows.astype({"date": "datetime64[s]", "amount": "int64"})
    months = max(1, rows["date"].dt.to_period("M").nunique())
    share, receipted_share = settings.number("paper_cash_most"), settings.number("paper_paid_most")
    money = rows["amount"]
    came, went = int(money[money > 0].sum()), int(-money[money < 0].sum())
    return {"sale": int(share * came / months), "purchase": int(share * went / months),
            "paid": int(receipted_share * went / months)}


def _gaps(matches: Matches, rows: pd.DataFrame) -> dict[str, int]:
    """Most days between a party's documents and the lines in its name that paid them."""
    day = dict(zip(rows["id"], rows["date"], strict=True))
    name = dict(zip(rows["id"], rows["counterparty"], strict=True))
    gaps: dict[str, int] = defaultdict(int)
    for match in matches:
        agrees = match.line in day and same_party(plain(other(match)), plain(str(name[match.line])))
        if agrees and match.receipt.date is not None:
            gap = abs((day[match.line] - _stamp(match.receipt)).days)
            gaps[plain(other(match))] = max(gaps[plain(other(match))], gap)
    return {name: gap for name, gap in gaps.items() if name}


def _row(match: Match, codes: Mapping[str, str], account: str, currency: str) -> dict[str, Any]:
    """The event of a document as a row of cash."""
    receipt, sale = match.receipt, match.side == "sale"
    _, page, line = place(match.file, receipt)
    goods = " ".join(dict.fromkeys(item.name for item in receipt.lines if item.name))[:120]
    blank = ("time", "counterparty_account", "method", "status", "funded_by", "set_aside", "paired_with", "category",
             "reason", "basis")
    return {
        **dict.fromkeys(blank, ""), "id": f"{codes[match.file]}-P{page:02d}-L{line:04d}-D",
        "account": account, "account_kind": "cash", "date": _stamp(receipt),
        "amount": _money(match), "balance": pd.NA, "currency": currency,
        "counterparty": other(match), "description": goods, "type": ON_PAPER, "order": receipt.number,
        "given_category": "" if sale else _CATEGORY.get(receipt.kind, ""), "proven": False, "confidence": 0.0,
        "file": match.file, "page": page, "line": line,
    }


def _told(chosen: Sequence[Match], currency: str) -> list[Finding]:
    """How many purchases and sales are counted on paper alone, and their sums."""
    found = []
    for side in ("purchase", "sale"):
        mine = [match for match in chosen if match.side == side]
        if mine:
            total = to_text(sum(int(match.receipt.total or 0) for match in mine), decimals(currency))
            found.append(Finding(f"paper_only_{side}", "look", Source(mine[0].file, mine[0].receipt.page),
                                 {"count": len(mine), "total": total}))
    return found
