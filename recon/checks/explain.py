"""Where a difference sits: what would explain a check that does not pass, ranked, with the lines that say so."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache

from recon.checks.catalogue import entry
from recon.checks.check import Check, Explanation
from recon.checks.desk import Desk, whole
from recon.checks.lines import large, large_from, parties, takings, with_others
from recon.checks.margin import mix_margin, said_margin
from recon.classify.names import PERSON, who
from recon.core.knowledge import table

_TOLD = ("explain", "fail")
_MOST = 4
_THOUSAND = 1000
_HALF = 2  # what can be at most half of a difference does not explain it
_RANDOM = 2  # a party that paid no more often than this is no regular customer


@cache
def _kinds() -> Mapping[str, tuple[Fraction, tuple[str, ...]]]:
    """How likely each explanation is before any amount is seen, and the checks whose findings show it."""
    rows = table("checks/explanations.tsv", ("code", "prior", "checks"))
    return {row["code"]: (Fraction(row["prior"]), tuple(row["checks"].split())) for row in rows}


def with_explanations(checks: Sequence[Check], desk: Desk) -> Iterator[Check]:
    """*checks*, those that failed or are to be explained with what would explain them, the likeliest first."""
    hints: dict[str, Explanation] = {}
    for check in checks:
        told = check.outcome in _TOLD and check.group != "articulation"
        if told and not hints:
            hints = _hints(checks, desk)
        yield replace(check, explanations=_ranked(check, hints)) if told else check


def _hints(checks: Sequence[Check], desk: Desk) -> dict[str, Explanation]:
    """Every explanation that something in the case points to."""
    found: dict[str, Explanation] = {}
    for code, (_, names) in _kinds().items():
        mine = [c for name in names for c in checks if c.outcome in _TOLD and name in (c.id, entry(c.id).id)]
        rows = tuple(dict.fromkeys(row for check in mine for row in check.rows))
        amounts = [abs(check.at_stake) for check in mine if check.at_stake]
        if mine:
            found[code] = Explanation(code, max(amounts) if amounts else None, rows)
        elif code in _COMPUTED:
            hint = _COMPUTED[code](desk)
            if hint is not None:
                found[code] = hint
    _stock_there_is(found, desk)
    return found


def _ranked(check: Check, hints: Mapping[str, Explanation]) -> tuple[Explanation, ...]:
    """What the catalogue considers for the difference's sign and the case points to; all of it where it is silent."""
    gap = check.at_stake or 0
    known = entry(check.id)
    codes = known.explain_below if gap < 0 else known.explain_above
    ranked = sorted(codes, key=lambda code: -_score(code, hints.get(code), abs(gap)))
    seen = [code for code in ranked if code in hints]
    return tuple(hints.get(code) or Explanation(code) for code in seen or ranked)[:_MOST]


def _score(code: str, hint: Explanation | None, gap: int) -> Fraction:
    """Prior × how near its amount comes to the gap; what nothing in the case points to weighs a tenth."""
    prior = _kinds()[code][0]
    if hint is None:
        return prior / 10
    if not hint.amount or not gap:
        return prior / 2
    near = Fraction(min(hint.amount, gap), max(hint.amount, gap))
    return prior * (Fraction(3, 10) + Fraction(7, 10) * near)


# -- what no check looks for -----------------------------------------------------------------------------------------


def _family(desk: Desk) -> Explanation | None:
    """Takings from people who share the owner's or the spouse's family name, or who stand surety."""
    rows = takings(with_others(desk))
    names = [name for name in (desk.case.owner.name, desk.case.owner.spouse) if len(name) > 1]
    sureties = [each.name for each in desk.case.guarantor]
    kin = [
        who(str(name)) == PERSON and len(str(name)) > 1 and (name in sureties or any(name[0] == n[0] for n in names))
        for name in rows["counterparty"]
    ]
    found = rows[kin]
    if found.empty or not names:
        return None
    found = large(found, large_from(rows, desk))
    return Explanation("family_money", int(found["amount"].sum()), tuple(found["id"])) if len(found) else None


def _odd_receipts(desk: Desk) -> Explanation | None:
    """Large takings in whole thousands from parties that hardly ever pay: perhaps loans."""
    rows = takings(with_others(desk))
    if rows.empty:
        return None
    names = parties(rows)
    often = names.map(names.value_counts())
    unit = _THOUSAND * desk.minor
    floor = max(large_from(rows, desk), desk.settings.whole("round_loan_from") * desk.minor)
    found = rows[(rows["amount"] >= floor) & (rows["amount"] % unit == 0) & ((often <= _RANDOM) | (names == ""))]
    return Explanation("large_receipts", int(found["amount"].sum()), tuple(found["id"])) if len(found) else None


def _stock(desk: Desk) -> Explanation | None:
    """What stock would have to be less for the stated margin to hold."""
    margin = said_margin(desk)
    margin = mix_margin(desk) if margin is None else margin
    sales, cost = desk.ledger.value("total_sales"), desk.ledger.value("cost_of_goods_sold")
    if margin is None or not sales or cost is None:
        return None
    over = whole(sales * (1 - margin)) - cost
    return Explanation("overstated_stock", over) if over > 0 else None


def _stock_there_is(found: dict[str, Explanation], desk: Desk) -> None:
    """No more stock is overstated than there is; less than half of a difference is not its cause."""
    hint, held = found.get("overstated_stock"), desk.ledger.value("closing.inventory")
    if hint is None or held is None or not hint.amount or hint.amount <= held:
        return
    if hint.amount > held * _HALF:
        del found["overstated_stock"]
    else:
        found["overstated_stock"] = replace(hint, amount=held)


def _unpaid_invoices(desk: Desk) -> Explanation | None:
    """Purchase invoices that no line pays."""
    open_ones = [m for m in desk.matches if m.side == "purchase" and not m.line and m.receipt.total]
    total = sum(int(m.receipt.total or 0) for m in open_ones)
    return Explanation("missing_purchases", total) if total else None


def _cash(desk: Desk) -> Explanation | None:
    """Cash sales that the owner stated and the books did not find."""
    said, found = desk.case.stated.cash_sales, desk.ledger.value("cash_sales")
    if said is None or found is None:
        return None
    short = said * len(desk.ledger.period.months) - found
    return Explanation("unrecorded_cash", short) if short > 0 else None


_COMPUTED: Mapping[str, Callable[[Desk], Explanation | None]] = {
    "family_money": _family, "large_receipts": _odd_receipts, "overstated_stock": _stock,
    "missing_purchases": _unpaid_invoices, "unrecorded_cash": _cash,
}
