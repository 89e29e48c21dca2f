"""Gross margin (毛利率): as stated and by product mix, against the one that the books lead to."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from recon.checks.check import Check, Reason
from recon.checks.desk import Desk, percent, ratio, title, unknown, whole
from recon.checks.precision import counts, covered
from recon.checks.roads import rests_on, stated_margin
from recon.checks.rounding import half_share, together
from recon.checks.season import between_seasons

_FINE = 10**9  # shares are put together in parts of so many
#: Trades that sell what they buy: the unit cost stands on the supplier's invoice.
_RESALE = ("retail", "wholesale")


def margin(desk: Desk) -> Iterator[Check]:
    """Gross margin as stated, and by product mix, against the rebuilt one."""
    said, mixed = said_margin(desk), mix_margin(desk)
    for name, value, source, error in (
        ("margin_stated", said, stated_margin(desk.case), said_error(desk)),
        ("margin_products", mixed, "stated.product", mix_error(desk)),
    ):
        if value is None:
            yield unknown(name, "cross", f"not_stated_{name}", "ratio")
        else:
            yield _margin(name, value, source, error, desk)


def said_margin(desk: Desk) -> Fraction | None:
    """The margin of sales that the owner stated, as margin or as mark-up."""
    known = desk.ledger.known.margin
    return known[0] if known else None


def mix_margin(desk: Desk) -> Fraction | None:
    """Σ (1 − cost ÷ price) × share over the stated products; shares that nobody gave are equal."""
    products = [p for p in desk.case.stated.product if p.price > 0]
    shares = [Fraction(1) if p.share is None else Fraction(p.share) for p in products]
    if not products or not sum(shares):
        return None
    weighed = sum((1 - Fraction(p.cost, p.price)) * s for p, s in zip(products, shares, strict=True))
    return Fraction(weighed) / sum(shares)


def said_error(desk: Desk) -> Fraction:
    """How far the stated margin is open because it was said in a round share."""
    said = desk.case.stated.margin if desk.case.stated.margin is not None else desk.case.stated.markup
    return Fraction(0) if said is None else half_share(said)


def mix_error(desk: Desk) -> Fraction:
    """How far the margin by product mix is open: by what unit costs leave out, of the part of the price they are."""
    mixed = mix_margin(desk)
    name = "unit_cost_resale" if desk.case.case.trade in _RESALE else "unit_cost_made"
    return Fraction(0) if mixed is None else Fraction(desk.settings.number(name)) * abs(1 - mixed)


def margin_error(desk: Desk) -> Fraction:
    """How far the margin is open that roads to turnover use: the stated one, else that by product mix."""
    return mix_error(desk) if said_margin(desk) is None else said_error(desk)


def _margin(name: str, said: Fraction, source: str, error: Fraction, desk: Desk) -> Check:
    sales, gross = desk.ledger.value("total_sales"), desk.ledger.value("gross_profit")
    if not sales or gross is None:
        return unknown(name, "cross", "not_rebuilt", "ratio")
    if stated_margin(desk.case) and stated_margin(desk.case) in rests_on(desk.ledger, "gross_profit"):
        return unknown(name, "cross", "margin_circular", "ratio")
    rebuilt, seen = Fraction(gross, sales), Fraction(counts(desk), abs(sales))
    least, most = (Fraction(together(Fraction(limit) * _FINE, error * _FINE, seen * _FINE), _FINE)
                   for limit in desk.limits(name))
    gap = abs(rebuilt - said)
    params = {"said": percent(said), "rebuilt": percent(rebuilt), "prudent": percent(min(said, rebuilt))}
    because = [Reason("margin_sides", params)]
    if error and gap > Fraction(desk.limits(name)[0]):
        because.append(Reason("margin_rounded", {"error": percent(error)}))
    if gap > least:
        because.append(Reason("margin_lower" if rebuilt < said else "margin_higher"))
    check = Check(name, "cross", "pass" if gap <= least else "explain" if gap <= most else "fail", title(name),
                  ratio(said), ratio(rebuilt), ratio(least), "ratio", tuple(because),
                  (source, "income_statement.1", "income_statement.2"), amount=whole((rebuilt - said) * sales))
    return check if check.outcome == "pass" else _excused(check, whole(least * abs(sales)), desk)


def _excused(check: Check, allowed: int, desk: Desk) -> Check:
    """A *check* of margin that is off, not judged between two seasons or where unexplained lines may hold it all."""
    if between_seasons(desk):
        return replace(check, outcome="cannot_judge", because=(check.because[0], Reason("margin_between_seasons")))
    why = covered(desk, check.amount or 0, allowed)
    if why is None:
        return check
    return replace(check, outcome="cannot_judge", because=(check.because[0], why[0]), rows=why[1])
