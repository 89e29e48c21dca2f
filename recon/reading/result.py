"""What reading a file yields: its outcome, its accounts with their lines, its documents, and findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from recon.core.finding import Finding
from recon.core.money import decimals

Outcome = Literal["proven", "unprovable", "inconsistent", "doubtful", "refused"]
Kind = Literal["bank", "card", "wallet", "cashbook", "receipt", "invoice", "unknown"]

#: Stands in int64 amount columns where the evidence prints nothing.
NOTHING = np.iinfo(np.int64).min

#: Text columns that lines may carry; a column that a file has not is absent from ``Lines.text``.
TEXTS = (
    "time", "counterparty", "counterparty_account", "description", "type", "method", "status", "order", "remark",
    "direction", "category",
)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one account in one file, in the order of the file, as columns of equal length n.

    Attributes:
        date: datetime64[D], booking day.
        amount: int64 minor units, in +, out −, from the account holder's view.
        balance: int64 minor units after the line, NOTHING where none is printed.
        page: int32, page or sheet from 1, 0 where the file has none.
        line: int32, line or row on the page from 1.
        text: text columns by name (of TEXTS), each a list of n strings, empty where nothing is printed.
        box: float32 (n, 4) left, top, right, bottom in points on the page, or None where there is no picture.
        unpinned: positions of lines that no arithmetic confirms even where the account is proven: the first line's
            amount where no opening balance is printed, and lines of a picture that are not *verified*.
        state: of a picture, by line: ``verified`` (as read, and confirmed by the balances around it), ``repaired`` (a
            misread figure was put right by arithmetic) or ``suspect``; empty for a digital file.
        repairs: by position of a repaired line: the field, what was read, and what was taken instead.
    """

    date: npt.NDArray[np.datetime64]
    amount: npt.NDArray[np.int64]
    balance: npt.NDArray[np.int64]
    page: npt.NDArray[np.int32]
    line: npt.NDArray[np.int32]
    text: Mapping[str, list[str]] = field(default_factory=dict)
    box: npt.NDArray[np.float32] | None = None
    unpinned: tuple[int, ...] = ()
    state: tuple[str, ...] = ()
    repairs: Mapping[int, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many lines."""
        return len(self.amount)

    @property
    def pinned(self) -> npt.NDArray[np.bool_]:
        """Which lines arithmetic confirms where their account is proven: all but the *unpinned*."""
        held = np.ones(len(self), bool)
        held[list(self.unpinned)] = False
        return held


@dataclass(frozen=True, slots=True)
class Account:
    """One account as one file shows it.

    Attributes:
        account: number as printed (masked ones keep their stars), or empty.
        holder: name as printed, or empty.
        currency: ISO 4217; empty where the file says none.
        opening: minor units before the first line in time, printed or implied by the first balance; None if unknown.
        closing: minor units after the last line in time; None if unknown.
        lines: the lines; newest-first files are given oldest first, original places in page and line.
        proven: every line stands inside a chain or total that closes, but for ``lines.unpinned``. A line counts as
            proven (``TRANSACTIONS.proven``) where ``account.proven`` and ``account.lines.pinned`` both hold.
        start, end: the period that the file says it covers, None where it says none.
        unnamed_places: decimals of the minor units where the file names no currency: 2, or 3 where it prints so many.
    """

    account: str
    holder: str
    currency: str
    opening: int | None
    closing: int | None
    lines: Lines
    proven: bool = False
    start: np.datetime64 | None = None
    end: np.datetime64 | None = None
    bank: str = ""
    unnamed_places: int = 2

    @property
    def places(self) -> int:
        """Digits after the point that the minor units stand for."""
        return decimals(self.currency) if self.currency else self.unnamed_places


@dataclass(frozen=True, slots=True)
class Seen:
    """Where one field of a document stands, and how sure its reading is.

    Attributes:
        page, line: from 1; 0 where the document is data and has no page.
        box: left, top, right, bottom in points of the page, in pixels of a picture; None where nothing is printed.
        sure: 0 to 1.
    """

    page: int = 0
    line: int = 0
    box: tuple[float, float, float, float] | None = None
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a document: goods, a person on a payroll, a tax; *amount* in minor units, None where not read."""

    name: str
    amount: int | None = None
    quantity: str = ""
    seen: Seen = Seen()


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt, invoice or other business document; amounts in minor units, None where not found.

    Attributes:
        date, due: the document's day, and the day by which it is to be paid or ends.
        total: what it comes to, tax included; negative where it takes back what another document gave.
        seller, buyer: who gets the money and who gives it; of a loan who lends and who borrows.
        uncertain: names of the fields that a person should check.
        kind: the kind of paper, of ``templates/documents/kinds.tsv``; empty where it is none of them.
        lines: what it lists.
        amounts: further amounts by name (``principal``, ``gross_pay`` …), minor units.
        terms: further words by name (``rate``, ``period``; ``cancels``: the number of the document it takes back;
            ``cash``: it says that it was paid in cash).
        seen: place and certainty of each field found, by the field's name.
    """

    date: np.datetime64 | None = None
    total: int | None = None
    tax: int | None = None
    net: int | None = None
    seller: str = ""
    buyer: str = ""
    number: str = ""
    currency: str = ""
    page: int = 0
    uncertain: tuple[str, ...] = ()
    kind: str = ""
    due: np.datetime64 | None = None
    lines: tuple[Item, ...] = ()
    amounts: Mapping[str, int] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, Seen] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """One file, read.

    *reason* is the code of a sentence under ``reading.reason`` in the words, *params* what it is filled with;
    *digest* is the file's SHA-256 in hex; *shapes* tells by page how it lies in its picture (``evidence.page.Page``).
    """

    file: str
    kind: Kind
    outcome: Outcome
    reason: str
    params: Mapping[str, object] = field(default_factory=dict)
    accounts: tuple[Account, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    findings: tuple[Finding, ...] = ()
    digest: str = ""
    pages: int = 0
    shapes: Mapping[int, tuple[float, ...]] = field(default_factory=dict)
