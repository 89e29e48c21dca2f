"""Counted stock: against what the margin leaves of purchases, and against the stock that the period began with."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import isqrt

from recon.checks.check import Check, Reason
from recon.checks.desk import Desk, against, ratio, title, unknown, whole
from recon.checks.lines import SALES
from recon.checks.margin import margin_error, mix_margin, said_margin
from recon.checks.precision import of_profit
from recon.checks.roads import rests_on, stated_margin
from recon.checks.rounding import together
from recon.checks.season import between_seasons, by_month

_YEAR_DAYS = 365
_HUNDREDTH = Decimal("0.01")
_QUARTER = 3
_MOST = 2  # most of the growth: more than one part in so many
_TELLING = 2  # times what three months usually differ by
_DELIVERED = ("purchases", "cash_purchases")
_BOUGHT = ("purchases", "cash_purchases", "direct_costs", "purchase_refund")


def stock(desk: Desk) -> Iterator[Check]:
    """Counted stock against what the margin leaves of opening stock and purchases; of two margins the kinder one."""
    held = desk.ledger.value("closing.inventory")
    left = _beyond_margin(desk)
    if isinstance(left, str) or not held:
        yield unknown("stock_by_margin", "cross", left if isinstance(left, str) else "stock_unknown")
        return
    over, seen = left
    resolution = Reason("stock_seen", {"seen": desk.text(whole(seen))})
    if held <= seen:
        yield unknown("stock_by_margin", "cross", replace(resolution, code="stock_small"))
        return
    check = against("stock_by_margin", held - over, held, "closing.inventory", desk, held)
    if abs(over) <= seen:
        yield replace(check, outcome="pass", because=(check.because[0], resolution))
    else:
        yield of_profit(replace(check, because=(*check.because, resolution)), desk)


def _beyond_margin(desk: Desk) -> tuple[int, Fraction] | str:
    """Counted stock above what the margin leaves, and how finely the margin sees; minor units, or why not."""
    margins = [each for each in (mix_margin(desk), said_margin(desk)) if each is not None]
    sales, cost = (desk.ledger.value(n) for n in ("total_sales", "cost_of_goods_sold"))
    if not margins or not sales or cost is None:
        return "stock_unknown"
    if stated_margin(desk.case) and stated_margin(desk.case) in rests_on(desk.ledger, "gross_profit"):
        return "margin_circular"
    over = min((whole(sales * (1 - margin)) - cost for margin in margins), key=abs)
    return over, max(Fraction(desk.settings.number("stock_margin_error")), margin_error(desk)) * sales


def stock_growth(desk: Desk) -> Iterator[Check]:
    """Closing against opening stock: how much it grew, how many days of purchases that is, whether lines show it."""
    held, before, bought = (desk.ledger.value(n) for n in ("closing.inventory", "opening.inventory", "purchases"))
    figure = desk.ledger.figure("opening.inventory")
    years = desk.scope.answer("period.years")
    if held is None or not before or before < 0 or figure.equation or not bought or bought < 0 or not years:
        yield unknown("stock_growth", "cross", "stock_growth_unknown", "ratio")
        return
    times, days = Fraction(held, before), Fraction(held - before) * _YEAR_DAYS * years / bought
    most, least = desk.settings.number("stock_growth"), desk.settings.whole("stock_growth_deliveries")
    grown = times > Fraction(most) and held - before > least * delivery(desk)
    params = {"before": desk.text(before), "after": desk.text(held), "days": whole(days),
              "times": str(ratio(times).quantize(_HUNDREDTH))}
    if grown and between_seasons(desk):
        yield unknown("stock_growth", "cross", Reason("stock_between_seasons", params), "ratio")
        return
    laid = laid_in(desk) if grown else None
    code = "stock_steady" if not grown else "stock_grown"
    if laid is not None and laid >= held - before:
        grown, code, params = False, "stock_laid_in", params | {"laid": desk.text(laid)}
    left = _beyond_margin(desk) if grown else ""
    if not isinstance(left, str) and abs(left[0]) * _MOST <= held - before:
        if left[1] > held - before:
            yield unknown("stock_growth", "cross", Reason("stock_margin_coarse", params), "ratio")
            return
        grown, code = False, "stock_unsold"
    yield Check("stock_growth", "cross", "explain" if grown else "pass", title("stock_growth"), ratio(Fraction(1)),
                ratio(times), most - 1, "ratio", (Reason(code, params),),
                ("opening.inventory", "closing.inventory"), amount=held - before)


def delivery(desk: Desk) -> int:
    """What is usually paid for goods at a time: half of what was bought came in larger payments; minor units.

    Either count may stand before or after one delivery, so stock that grew by less than two of them shows nothing.
    """
    rows = desk.transactions
    paid = -rows.loc[rows["category"].isin(_DELIVERED) & (rows["amount"] < 0), "amount"].sort_values()
    return 0 if paid.empty else int(paid[paid.cumsum() * 2 >= paid.sum()].iloc[0])


def laid_in(desk: Desk) -> int | None:
    """Goods bought in the last three months beyond what their sales used up, by the months before; minor units.

    Paid for in these months, or owed to suppliers more than at the start. None where there are too few months, or
    where three months running differ by so much anyway.
    """
    months, rows = desk.ledger.period.months, desk.transactions
    sold = by_month(rows[rows["category"].isin(SALES)], months)
    bought = -by_month(rows[rows["category"].isin(_BOUGHT)], months)
    owed = (desk.ledger.value("closing.payables"), desk.ledger.value("opening.payables"))
    before = int(sold[:-_QUARTER].sum())
    if len(months) < 3 * _QUARTER or before <= 0 or None in owed:
        return None
    used = Fraction(int(bought[:-_QUARTER].sum()), before)
    left = [int(b) - whole(used * int(s)) for b, s in zip(bought, sold, strict=True)]
    running = [sum(left[start:start + _QUARTER]) for start in range(len(left) - _QUARTER + 1)]
    usual = together(*running[:-_QUARTER]) // isqrt(len(running[:-_QUARTER]))
    more = running[-1] + (owed[0] or 0) - (owed[1] or 0)
    return more if more >= _TELLING * usual else None
