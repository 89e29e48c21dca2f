"""How what nobody mentioned is taken (basis estimated), in an order that lets known flows speak first."""

from recon.classify.categories import categories
from recon.ledger import naming
from recon.ledger.chart import PositionEntry, positions, variables
from recon.ledger.control import NO_RECORD, Figure, equations, fact
from recon.ledger.desk import STATED, Desk

#: Cash that pays for a cost: where the cost is known, so is that it was paid, also without a line.
_PAID_FOR = {
    "wages_paid": "wages", "taxes_paid": "taxes", "loan_interest_paid": "loan_interest",
    "expense.other_expense": "expenses_paid",
}
#: Cash that only balances show: silence about it means none even where nobody spoke of the period.
_BALANCE_ONLY = {"loans_drawn", "loans_repaid", "introduced", "investments_made", "lent"}
#: Where the form asks for a position that has no key under ``[opening]``.
_FIELD = {"loans": "loan.opening"}
_NOT_MENTIONED = fact(0, "estimated", "rule:not_mentioned")
_NOTHING = fact(0, "estimated", NO_RECORD)


def silence(desk: Desk) -> None:
    """Add to *desk* the facts and fallbacks that stand for what the form and the lines do not say."""
    quiet = {
        key: position for key, position in positions().items()
        if position.none_in(desk.case.case.trade)
        and not any(f"{end}.{key}" in desk.facts for end in ("opening", "closing"))
    }
    _newly_opened(desk)
    for key, position in quiet.items():
        for end in ("opening",) if position.rolls else ("opening", "closing"):
            held = _held_before(desk, position) if position.rolls else _NOT_MENTIONED
            if f"{end}.equity" in desk.facts:
                desk.fallbacks.append((f"{end}.{key}", held))  # a stated equity may yet determine it
            else:
                desk.facts[f"{end}.{key}"] = held
    _worn(desk)
    _nothing_on_account(desk)
    for name in _cash_in_order(desk):
        _no_other_cash(desk, name)
    desk.fallbacks += [(f"closing.{key}", _NOT_MENTIONED) for key, position in quiet.items() if position.rolls]
    desk.fallbacks.append(("dividends_paid", _NOT_MENTIONED))


def _held_before(desk: Desk, position: PositionEntry) -> Figure:
    """What a position that nobody mentioned held at first: nothing, or the least that what came back asks for.

    A debt that is paid off, or money that returns, stood open before: each account of the position is lifted so far
    that no day ends below zero.
    """
    flows = {t.variable for e in equations() if e.name == position.key for t in e.terms}
    fed = {name: c.account_out for name, c in categories().items() if c.control in flows}
    if (flows & (desk.answers.keys() | desk.unknown)) or not fed or _opened_inside(desk):
        return _NOT_MENTIONED
    account = desk.rows["category"].map(fed)
    moved = (-position.sign * desk.rows["amount"]).groupby([account, desk.rows["date"]]).sum()
    lowest = moved.groupby(level=0).cumsum().groupby(level=0).min()
    desk.least |= {str(code): -int(amount) for code, amount in lowest.items() if amount < 0}
    least = -int(lowest.clip(upper=0).sum())
    if not least:
        return _NOT_MENTIONED
    field = _FIELD.get(position.key, f"opening.{position.key}")
    desk.find("opening_least", "look", field, amount=desk.text(least), account=naming.account(position.key))
    return fact(least, "estimated", "rule:least_held")


def _opened_inside(desk: Desk) -> bool:
    opened = desk.case.case.opened
    return opened is not None and opened >= desk.period.start


def _newly_opened(desk: Desk) -> None:
    """A business that opened inside the period began with what the form states, and nothing besides."""
    if not _opened_inside(desk) or "opening.equity" in desk.facts:
        return
    for key in positions():
        desk.facts.setdefault(f"opening.{key}", fact(0, "stated", "case.opened"))


def _worn(desk: Desk) -> None:
    """Without evidence, carrying amounts that fell while nobody spoke of buying or wear are worn, not sold for cash."""
    before, after = (desk.facts.get(f"{end}.fixed_assets") for end in ("opening", "closing"))
    fell = before is not None and after is not None and (after.value or 0) < (before.value or 0)
    silent = desk.facts.get("depreciation", _NOTHING).source == "rule:none_stated"
    spoken = desk.evidence or desk.assets or "fixed_assets_bought" in desk.answers
    if fell and silent and not spoken:
        del desk.facts["depreciation"]
        desk.find("depreciation_inferred", "look", "adjust.depreciation")


def _cash_in_order(desk: Desk) -> list[str]:
    """Kinds of cash that the form does not name; what decides cost comes first, what absorbs a remainder best last.

    Cost before sales: a margin then finds the sales that nobody recorded, as practice does, never a negative purchase.
    """
    early = ("cash_purchases", "direct_costs")
    first, last = (desk.facts.get(f"{end}.loans") for end in ("opening", "closing"))
    rose = first is not None and last is not None and (last.value or 0) > (first.value or 0)
    late = ("loans_drawn" if rose else "loans_repaid", "expense.other_expense", "wages_paid", "taxes_paid", "drawings")
    names = [name for name, entry in variables().items() if entry.cash]
    names.sort(key=lambda name: late.index(name) if name in late else -1 - (name in early))
    return [name for name in names if name not in desk.answers and name not in desk.unknown]


def _no_other_cash(desk: Desk, name: str) -> None:
    """Cash that no line shows is none, unless the case itself shows that it happened."""
    unrecorded = f"{name}.unrecorded"
    if desk.evidence and unrecorded in desk.facts:
        return  # what the lines cannot show was worked out
    if name in ("refunds_paid", "refunds_received"):
        desk.facts[unrecorded] = _NOTHING
    elif not desk.evidence:
        if name not in ("received", "paid") and unrecorded not in desk.facts and _spoken(desk, name):
            desk.fallbacks.append((unrecorded, _NOT_MENTIONED if name == "drawings" else _NOTHING))
    elif name == "cash_sales" and _takings_unwritten(desk):
        desk.fallbacks.append((unrecorded, _NOT_MENTIONED))
    elif _PAID_FOR.get(name, "") in desk.answers:
        desk.fallbacks.append((unrecorded, _NOTHING))
    else:
        desk.facts[unrecorded] = _NOTHING


def _spoken(desk: Desk, name: str) -> bool:
    """Without evidence silence means none only where somebody spoke of the period at all."""
    said = any(getattr(desk.case.stated, key) is not None for key in STATED)
    return name in _BALANCE_ONLY or bool(desk.answers) or said


def _takings_unwritten(desk: Desk) -> bool:
    """Whether sales happened that no line shows: cash was banked that nobody recorded taking, or none shows at all."""
    if desk.facts["cash_sales.lines"].value:
        return False
    banked = (desk.facts["banked"].value or 0) - (desk.facts["withdrawn"].value or 0)
    return banked > 0 or not desk.facts["received.lines"].value


def _nothing_on_account(desk: Desk) -> None:
    """Where nobody owed at either end, and cash sales or purchases were stated or no stock is held, none more."""
    nothing = fact(0, "estimated", "rule:nothing_on_account")
    stockless = positions()["inventory"].none_in(desk.case.case.trade)
    for name, key, said in (
        ("received", "receivables", "cash_sales" in desk.answers),
        ("paid", "payables", "cash_purchases" in desk.answers or stockless),
    ):
        owed = [desk.facts.get(f"{end}.{key}") for end in ("opening", "closing")]
        if said and name not in desk.unknown and all(f is not None and f.value == 0 for f in owed):
            desk.fallbacks.append((f"{name}.unrecorded", nothing))
