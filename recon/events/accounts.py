"""Which own account each file shows: by the case form, by number (full, masked, last four), by name and by balance."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from recon.core.facts import AccountForm, Case
from recon.core.finding import Finding
from recon.core.source import Source
from recon.events.copies import same
from recon.events.words import plain, provider, role, same_number, tail
from recon.reading.result import NOTHING, Account, Reading
from recon.reading.scale import in_currency

Kind = Literal["bank", "wallet", "card", "cash"]
_KINDS: dict[str, Kind] = {"bank": "bank", "wallet": "wallet", "card": "card", "cashbook": "cash"}


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """An account of the business or its owner.

    Attributes:
        id: the case form's id, or one made of the kind and the last four digits.
        kind: bank, wallet, card or cash.
        number: the fullest number printed or given, or empty.
        files: the files that show it; empty where the case names it and nobody handed it in.
        opening, closing: minor units at the bounds of the case period; None where neither printed nor given.
        start, end: first and last day that the files cover; None without files.
        spans: first and last day of each file, as printed, widened by its lines.
        balanced: its files print balances, beside the lines or at their ends.
        proven: every file of it stands inside a chain or total that closes.
        provider: which wallet it is (``wechat``, ``alipay`` …), or empty.
    """

    id: str
    kind: Kind
    number: str = ""
    holder: str = ""
    currency: str = ""
    bank: str = ""
    files: tuple[str, ...] = ()
    opening: int | None = None
    closing: int | None = None
    start: np.datetime64 | None = None
    end: np.datetime64 | None = None
    proven: bool = False
    provider: str = ""
    spans: tuple[tuple[np.datetime64, np.datetime64], ...] = ()
    balanced: bool = False


Accounts = tuple[OwnAccount, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One account as one file shows it, how many of its lines its currency had to round, and whose account it is."""

    reading: Reading
    account: Account
    rounded: int
    own: str
    kind: Kind
    currency: str


@dataclass(slots=True)
class _Group:
    """Parts that show one account, while they are gathered."""

    parts: list[tuple[Reading, Account]] = field(default_factory=list)
    form: AccountForm | None = None


def identify(readings: Sequence[Reading], case: Case) -> tuple[tuple[Part, ...], Accounts]:
    """Sort the accounts of all files into own accounts; opening and closing are not rolled yet."""
    groups = [_Group(form=form) for form in case.account]
    shown = [(r, a) for r in sorted(readings, key=lambda r: r.file) for a in r.accounts if r.outcome != "refused"]
    for reading, account in sorted(shown, key=lambda pair: _rank(groups, *pair)):
        home = next((g for g in _fitting(groups, reading, account)), None)
        if home is None:
            groups.append(home := _Group())
        home.parts.append((reading, account))
    names = _names(groups)
    owned = tuple(_own(group, name, case.case.currency) for group, name in zip(groups, names, strict=True))
    parts = [
        Part(reading, *in_currency(account, own.currency), own.id, own.kind, account.currency or own.currency)
        for group, own in zip(groups, owned, strict=True) for reading, account in group.parts
    ]
    return tuple(sorted(parts, key=lambda p: (p.reading.file, p.account.account))), owned


def without_file(readings: Sequence[Reading], case: Case) -> tuple[Finding, ...]:
    """Accounts of the form whose files are named and none of them is there."""
    return tuple(
        Finding("account_without_file", "look", Source("case.toml", field="account.file"),
                {"account": form.id, "file": form.file})
        for form in case.account if form.file and not any(form.shows(reading.file) for reading in readings)
    )


def _rank(groups: Sequence[_Group], reading: Reading, account: Account) -> tuple[bool, int]:
    """Files that the form claims come first, then fuller numbers: a copy elsewhere then joins what it is a copy of."""
    claimed = any(group.form and _matches_form(group.form, reading, account) for group in groups)
    return not claimed, -_digits(account.account)


def _digits(number: str) -> int:
    """How much of a number is printed: full numbers found the groups that masked ones then join."""
    return sum(c.isdigit() for c in number)


def _fitting(groups: Sequence[_Group], reading: Reading, account: Account) -> list[_Group]:
    """The group that the account belongs to, or nothing: form, then number, then lines, then name, then balances."""
    formed = [g for g in groups if g.form and _matches_form(g.form, reading, account)]
    numbered = [g for g in groups if _number_fits(g, reading, account)]
    if formed:
        return [g for g in formed if g in numbered][:1] or formed[:1]
    if len(numbered) == 1:
        return numbered
    copied = [g for g in groups if any(_kind(r, a) == _kind(reading, account) and same(a, account) for r, a in g.parts)]
    if copied:
        return copied[:1]
    if tail(account.account):
        return [g for g in numbered if any(a.bank and a.bank == account.bank for _, a in g.parts)][:1]
    return [g for g in groups if any(_continues(r, a, reading, account) for r, a in g.parts)][:1]


def _matches_form(form: AccountForm, reading: Reading, account: Account) -> bool:
    if not form.shows(reading.file):
        return False
    both = bool(tail(account.account) and tail(form.number))
    return not both or len(reading.accounts) == 1 or same_number(form.number, account.account)


def _kind(reading: Reading, account: Account) -> Kind:
    """What kind of account a file shows; a book with a column of accounts may hold the till beside the bank."""
    return "cash" if plain(account.account) in role("till") else _KINDS.get(reading.kind, "bank")


def _number_fits(group: _Group, reading: Reading, account: Account) -> bool:
    kind = _kind(reading, account)
    if group.form and group.form.kind == kind and same_number(group.form.number, account.account):
        return True
    return any(
        same_number(a.account, account.account)
        and _kind(r, a) == kind and _agree(a.currency, account.currency)
        for r, a in group.parts
    )


def _agree(one: str, two: str) -> bool:
    """Equal, or one of them unsaid."""
    return not one or not two or one == two


def _continues(first: Reading, old: Account, second: Reading, new: Account) -> bool:
    """Whether two files without a common number show one account: same names throughout, and more than that.

    Besides kind, bank, holder and currency that do not contradict, one of these must hold: both print the same
    bank and holder or are the same wallet; their file names differ by digits only and their days do not overlap; or
    one closes with the very balance that the other opens with.
    """
    if first.kind != second.kind or not all(
        _agree(a, b) for a, b in ((old.bank, new.bank), (old.holder, new.holder), (old.currency, new.currency))
    ):
        return False
    if tail(old.account) and tail(new.account):
        return False
    if first.kind == "wallet":
        return _wallet(first, old) == _wallet(second, new) != ""
    if _stem(first.file) == _stem(second.file) and first.file != second.file and not _overlap(old, new):
        return True
    if (old.bank and old.bank == new.bank and old.holder == new.holder) or first.kind == "cashbook":
        return True
    return any(x is not None and x != 0 and x == y for x, y in ((old.closing, new.opening), (new.closing, old.opening)))


def _overlap(one: Account, two: Account) -> bool:
    first, second = _span(one), _span(two)
    return bool(first and second and first[0] <= second[1] and second[0] <= first[1])


def _stem(file: str) -> str:
    """A path without its digits, separators and extension: files of one series share it."""
    return re.sub(r"[\d\W_]+|[年月日]", "", file.rsplit(".", 1)[0])


def _wallet(reading: Reading, account: Account) -> str:
    """Which wallet a file is of, by the names it prints, else by its own name."""
    said = (provider(plain(text)) for text in (account.bank, reading.file, account.account))
    return next((name for name in said if name), plain(account.bank))


def _names(groups: Sequence[_Group]) -> list[str]:
    """An id for each group, unique."""
    wanted = [g.form.id if g.form else _name(*max(g.parts, key=lambda p: _digits(p[1].account))) for g in groups]
    seen: Counter[str] = Counter()
    names = []
    for name in wanted:
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return names


def _name(reading: Reading, account: Account) -> str:
    kind = _kind(reading, account)
    if kind == "cash":
        return "cash"
    detail = _wallet(reading, account) if kind == "wallet" else tail(account.account) or plain(account.bank)
    return f"{kind}-{detail}" if detail else kind


def _own(group: _Group, name: str, currency: str) -> OwnAccount:
    form, accounts = group.form, [a for _, a in group.parts]
    kind = form.kind if form else _kind(*group.parts[0])
    currency = next((a.currency for a in accounts if a.currency), currency)
    spans = tuple(sorted((days[0], days[-1]) for a in accounts if (days := _span(a))))
    number = max([form.number if form else "", *(a.account for a in accounts)], key=_digits)
    wallet = next((w for r, a in group.parts if (w := _wallet(r, a))), "") if kind == "wallet" else ""
    return OwnAccount(
        id=name, kind=kind, number=number,
        holder=(form.holder if form else "") or next((a.holder for a in accounts if a.holder), ""),
        currency=currency,
        bank=next((a.bank for a in accounts if a.bank), ""),
        files=tuple(sorted({r.file for r, _ in group.parts})),
        start=min((first for first, _ in spans), default=None),
        end=max((last for _, last in spans), default=None),
        proven=bool(accounts) and all(in_currency(a, currency)[0].proven for a in accounts),
        provider=wallet or (provider(plain(f"{form.id} {form.number}")) if form and kind == "wallet" else ""),
        spans=spans, balanced=any(a.closing is not None or (a.lines.balance != NOTHING).any() for a in accounts),
    )


def _span(account: Account) -> list[np.datetime64]:
    """First and last day that an account's file covers: as printed, widened by its lines; empty if neither."""
    days = [d for d in (account.start, account.end) if d is not None and not np.isnat(d)]
    lines = [d for d in account.lines.date if not np.isnat(d)]
    known = [np.datetime64(d, "D") for d in [*days, *([min(lines), max(lines)] if lines else [])]]
    return [min(known), max(known)] if known else []


def with_balances(accounts: Accounts, opening: dict[str, int], closing: dict[str, int], case: Case) -> Accounts:
    """*accounts* with their balances at the period's bounds; the form's where the files print none."""
    forms = {form.id: form for form in case.account}
    done = []
    for own in accounts:
        form = forms.get(own.id)
        given = (form.opening, form.closing) if form else (None, None)
        done.append(replace(own, opening=opening.get(own.id, given[0]), closing=closing.get(own.id, given[1])))
    return tuple(done)
