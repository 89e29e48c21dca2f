"""Flows that look like business and may be none: money that goes round, passes through, or is too round or too even."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pandas as pd

from recon.checks.check import Check, Outcome, Reason
from recon.checks.desk import Desk, flagged, percent, ratio, some, title, unknown
from recon.checks.lines import DAY, SALES, called, large, large_from, pairs, parties, takings, with_others
from recon.core.money import divide

#: Money out that is no use of the trade's own.
_AWAY = ("unknown_out", "owner_out", "lent_out", "private_loan_repaid")
_TRADE = ("purchases", "cash_purchases", "direct_costs")
#: The share of first digits that Benford's law gives to 1 … 9.
_BENFORD = np.log10(1 + 1 / np.arange(1, 10))
_ROUND_TAX = 100  # major units
_ROUND_SALE = 1000  # major units


def passed_through(desk: Desk) -> Iterator[Check]:
    """Large credits counted as sales that leave again within a day: turnover made to look larger."""
    rows = with_others(desk)
    sold = _base(rows)
    if not sold:
        yield unknown("passed_through", "authenticity", "no_takings")
        return
    floor = math.ceil(Fraction(desk.settings.number("through_large")) * int(rows["amount"].clip(lower=0).sum()))
    found = [label for _, own in rows.groupby("account") for label in _through(own, floor, desk)]
    yield flagged("passed_through", rows.loc[found], sold, desk)


def _through(own: pd.DataFrame, floor: int, desk: Desk) -> list[int]:
    """Index of each sale of at least *floor* in one account of which nearly all leaves the same or the next day.

    What leaves is looked for in money out to others; purchases, wages, taxes and repayments are the trade's own use.
    """
    sales = own[(own["amount"] > 0) & own["category"].isin(SALES)]
    leaving = own[(own["amount"] < 0) & own["category"].isin(_AWAY)]
    by_day = -leaving["amount"].groupby(leaving["date"]).sum()
    share, found = Fraction(desk.settings.number("through_share")), []
    big = large(sales, floor)
    for index, day, amount in zip(big.index, big["date"], big["amount"], strict=True):
        gone = int(by_day.get(day, 0)) + int(by_day.get(day + DAY, 0))
        if gone >= share * int(amount):
            found.append(int(index))
    return found


def same_day(desk: Desk) -> Iterator[Check]:
    """Large takings of which nearly the same leaves on the same day for no known use, or exactly the same for one."""
    rows = with_others(desk)
    sold = _base(rows)
    if not sold:
        yield unknown("same_day", "authenticity", "no_takings")
        return
    big = large(rows, large_from(rows, desk))
    money_out = big[big["amount"] < 0]
    no_use = money_out["category"].isin(_AWAY) & ~money_out["reason"].str.startswith("case:")
    away, trade = money_out[no_use], money_out[~no_use]
    near, even = (Fraction(desk.settings.number(f"same_day_{name}")) for name in ("band", "even"))
    found = {pair.first for pair, _, _ in pairs(takings(big), away, 0, near)}
    found |= {pair.first for pair, _, _ in pairs(takings(big), trade, 0, even)}
    yield flagged("same_day", rows.loc[sorted(found)], sold, desk)


def loops(desk: Desk) -> Iterator[Check]:
    """Money that comes back: from the party that it went to, or over a second party, repeatedly."""
    rows = with_others(desk)
    sold = _base(rows)
    if not sold:
        yield unknown("loops", "authenticity", "no_takings")
        return
    big = large(rows, large_from(rows, desk))
    money_in, money_out = takings(big), big[(big["amount"] < 0) & (parties(big) != "")]
    found = {*_two_party(money_in, money_out, desk), *_three_party(money_in, money_out, desk)}
    check = flagged("loops", rows.loc[sorted(found)], sold, desk)
    even = rows.loc[sorted(_even(money_in, money_out, desk))]
    if check.outcome == "explain" and int(even["amount"].sum()) > desk.limits("loops")[0] * sold:
        params = {"count": len(even), "amount": desk.text(int(even["amount"].sum())), "rows": some(tuple(even["id"]))}
        check = replace(check, outcome="fail", because=(*check.because, Reason("loops_even", params)))
    yield check


def _even(money_in: pd.DataFrame, money_out: pd.DataFrame, desk: Desk) -> set[int]:
    """Takings of exactly what the same party got within days before or after, where it does so repeatedly."""
    days, least = desk.settings.whole("loop_days"), desk.settings.whole("loop_repeats")
    names_in, names_out = called(money_in), called(money_out)
    found: set[int] = set()
    for name in set(names_in) & set(names_out) - {""}:
        own_in, own_out = money_in[names_in == name], money_out[names_out == name]
        back = {pair.second for pair, _, _ in pairs(own_out, own_in, days, Fraction(0))}
        back |= {pair.first for pair, _, _ in pairs(own_in, own_out, days, Fraction(0))}
        found |= back if len(back) >= least else set()
    return found


def _two_party(money_in: pd.DataFrame, money_out: pd.DataFrame, desk: Desk) -> Iterator[int]:
    """Takings of a party that got, or gets, nearly the same amount within days."""
    days, band = desk.settings.whole("loop_days"), Fraction(desk.settings.number("loop_band"))
    names_in, names_out = called(money_in), called(money_out)
    for name in set(names_in) & set(names_out) - {""}:
        own_in, own_out = money_in[names_in == name], money_out[names_out == name]
        yield from (pair.first for pair, _, _ in pairs(own_in, own_out, days, band))
        yield from (pair.second for pair, _, _ in pairs(own_out, own_in, days, band))


def _three_party(money_in: pd.DataFrame, money_out: pd.DataFrame, desk: Desk) -> Iterator[int]:
    """Takings that answer a payment of like size to another party, where the same two parties do so repeatedly."""
    days, band = desk.settings.whole("loop_far_days"), Fraction(desk.settings.number("loop_far_band"))
    least = desk.settings.whole("loop_repeats")
    ways = (
        [(p.second, (x, y)) for p, x, y in pairs(money_out, money_in, days, band)],
        [(p.first, (x, y)) for p, x, y in pairs(money_in, money_out, days, band)],
    )
    for found in ways:
        often = Counter(between for _, between in found)
        yield from (row for row, (x, y) in found if x and y and x != y and often[x, y] >= least)


def both_sides(desk: Desk) -> Iterator[Check]:
    """Parties that are customer and supplier at once: the smaller of both sums may be money that only goes round."""
    rows = with_others(desk)
    sold = _base(rows)
    if not sold or not (rows["amount"] < 0).any():
        yield unknown("both_sides", "authenticity", "no_takings")
        return
    named = rows.assign(party=parties(rows))
    named = named[named["party"] != ""]
    bought = -named[named["category"].isin(_TRADE) & (named["amount"] < 0)].groupby("party")["amount"].sum()
    paid = named[named["category"].isin(SALES) & (named["amount"] > 0)].groupby("party")["amount"].sum()
    both = pd.concat([bought, paid], axis=1, keys=["out", "in"]).dropna().min(axis=1)
    found = named[named["party"].isin(both.index) & named["category"].isin(SALES)]
    yield flagged("both_sides", found, sold, desk, int(both.sum()))


def round_amounts(desk: Desk) -> Iterator[Check]:
    """The share of larger takings that are whole thousands: prices rarely are."""
    rows = with_others(desk)
    unit = _ROUND_SALE * desk.minor
    sales = rows[rows["category"].isin(SALES) & (rows["amount"] >= unit)]
    if len(sales) < desk.settings.whole("round_least"):
        yield unknown("round_amounts", "authenticity", "too_few_lines")
        return
    yield flagged("round_amounts", sales[sales["amount"] % unit == 0], int(sales["amount"].sum()), desk)


def round_taxes(desk: Desk) -> Iterator[Check]:
    """Tax payments in whole hundreds: taxes are worked out, not agreed."""
    rows = desk.transactions
    paid = rows[(rows["category"] == "taxes") & (rows["amount"] < 0)]
    if len(paid) < desk.settings.whole("round_tax_least"):
        yield unknown("round_taxes", "authenticity", "too_few_taxes")
        return
    found = paid[paid["amount"] % (_ROUND_TAX * desk.minor) == 0]
    yield flagged("round_taxes", found, int(-paid["amount"].sum()), desk)


def equal_sums(desk: Desk) -> Iterator[Check]:
    """Months in which an account pays out just what came in: money that stays nowhere earns nothing."""
    rows = with_others(desk)
    month = rows["date"].dt.strftime("%Y-%m")
    money_in = rows["amount"].clip(lower=0).groupby([rows["account"], month]).sum()
    money_out = (-rows["amount"].clip(upper=0)).groupby([rows["account"], month]).sum()
    used = money_in[(money_in > 0) & (money_in >= 0.02 * money_in.groupby(level=0).transform("sum"))]
    if len(used) < desk.settings.whole("equal_months"):
        yield unknown("equal_sums", "authenticity", "too_few_months", "ratio")
        return
    apart = (used - money_out[used.index]).abs()
    even = apart * 1000 <= used * int(desk.settings.number("equal_band") * 1000)
    share = Fraction(int(even.sum()), len(used))
    most = desk.settings.number("equal_share")
    told = ", ".join(f"{account} {when}" for account, when in used.index[even.to_numpy()][:5]) or "—"
    params = {"count": int(even.sum()), "of": len(used), "share": percent(share), "months": told}
    outcome: Outcome = "explain" if share > Fraction(most) else "pass"
    yield Check("equal_sums", "authenticity", outcome, title("equal_sums"), ratio(Fraction(0)), ratio(share), most,
                "ratio", (Reason(f"equal_sums_{outcome}", params),), ("transactions",))


def first_digit(desk: Desk) -> Iterator[Check]:
    """First digits of all amounts beside Benford's law: for information, never an accusation."""
    amounts = with_others(desk)["amount"].abs().to_numpy()
    amounts = amounts[amounts > 0]
    least = desk.settings.whole("digit_least")
    if len(amounts) < least:
        yield unknown("first_digit", "authenticity", Reason("digit_few", {"count": len(amounts), "least": least}),
                      "ratio")
        return
    digits = amounts // 10 ** np.floor(np.log10(amounts)).astype(np.int64)
    seen = np.bincount(digits.astype(np.int64), minlength=10)[1:10] / len(amounts)
    apart = Fraction(divide(int(np.abs(seen - _BENFORD).sum() * 1_000_000), 9), 1_000_000)
    most = desk.settings.number("digit_apart")
    near = apart <= Fraction(most)
    params = {"count": len(amounts), "apart": percent(apart), "most": percent(most)}
    yield Check("first_digit", "authenticity", "pass" if near else "cannot_judge", title("first_digit"),
                ratio(Fraction(0)), ratio(apart), most, "ratio",
                (Reason("digit_near" if near else "digit_apart", params),), ("transactions",))


def _base(rows: pd.DataFrame) -> int:
    """All takings that came through banks and wallets; minor units."""
    return int(takings(rows)["amount"].sum())


FLOWS = (passed_through, same_day, loops, both_sides, round_amounts, round_taxes, equal_sums, first_digit)
