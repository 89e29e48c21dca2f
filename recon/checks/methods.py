"""The examiner's four indirect methods, each a line of its own: what the evidence says beside what was declared."""

from collections.abc import Iterator

from recon.checks.check import Check, Reason
from recon.checks.desk import Desk, against, unknown, whole
from recon.checks.equity import equity_as_counted, rolled_openings
from recon.checks.lines import SALES
from recon.checks.margin import margin_error, mix_margin, said_margin
from recon.checks.precision import counts, monthly_error, of_profit
from recon.checks.roads import customers_owe_more, rests_on, stated_margin
from recon.checks.rounding import together
from recon.ledger.naming import names


def _declared_sales(desk: Desk) -> int | None:
    said = desk.case.stated.monthly_sales
    return None if said is None else said * len(desk.ledger.period.months)


def _declared_profit(desk: Desk) -> int | None:
    said = desk.case.stated.monthly_profit
    return None if said is None else said * len(desk.ledger.period.months)


def deposits(desk: Desk) -> Iterator[Check]:
    """Bank deposits: takings of every account, cash that no line shows, and what customers owe more, as sales."""
    said, owed = _declared_sales(desk), customers_owe_more(desk)
    rows = desk.transactions
    if said is None or rows.empty or owed is None:
        yield unknown("method_deposits", "cross", "method_deposits_unknown")
        return
    taken = int(rows.loc[rows["category"].isin((*SALES, "sales_refund")), "amount"].sum())
    unseen = desk.ledger.value("cash_sales.unrecorded") or 0
    error = together(monthly_error(desk.case.stated.monthly_sales, desk), counts(desk))
    yield against("method_deposits", said, taken + unseen + owed, "stated.monthly_sales", desk, error=error)


def net_worth(desk: Desk) -> Iterator[Check]:
    """Net worth: its rise as counted plus what the household spent less what was put in is the profit."""
    said, household = _declared_profit(desk), desk.case.stated.household
    opening, closing = desk.ledger.value("opening.equity"), equity_as_counted(desk)
    introduced = desk.ledger.value("introduced")
    lived = desk.ledger.value("drawings") if household is None else household * len(desk.ledger.period.months)
    rolled = rolled_openings(desk)
    if rolled:
        yield unknown("method_net_worth", "cross", Reason("equity_opening_not_counted", {"positions": names(rolled)}))
        return
    if said is None or opening is None or closing is None or introduced is None or lived is None:
        yield unknown("method_net_worth", "cross", "method_net_worth_unknown")
        return
    goods = desk.ledger.value("goods_taken_by_owner") or 0
    earned = closing - opening + lived + goods - introduced
    error = together(monthly_error(desk.case.stated.monthly_profit, desk), monthly_error(household, desk),
                     counts(desk, lasting=True))
    yield of_profit(against("method_net_worth", said, earned, "stated.monthly_profit", desk, error=error), desk)


def source_application(desk: Desk) -> Iterator[Check]:
    """Source and application: assets laid in and household spending against profit, declared loans and capital."""
    said, household, value = _declared_profit(desk), desk.case.stated.household, desk.ledger.value
    closing, opening, introduced = equity_as_counted(desk), value("opening.equity"), value("introduced")
    owed = value("closing.loans"), value("opening.loans")
    borrowed = [(loan.opening, loan.closing) for loan in desk.case.loan]
    if (said is None or household is None or closing is None or opening is None or introduced is None
            or None in owed or any(None in each for each in borrowed) or rolled_openings(desk)):
        yield unknown("method_source_application", "cross", "method_source_unknown")
        return
    sources = said + introduced + sum((after or 0) - (before or 0) for before, after in borrowed)
    laid_in = closing + (owed[0] or 0) - opening - (owed[1] or 0)
    lived = household * len(desk.ledger.period.months) + (value("goods_taken_by_owner") or 0)
    error = together(monthly_error(desk.case.stated.monthly_profit, desk), monthly_error(household, desk),
                     counts(desk, lasting=True))
    yield of_profit(against("method_source_application", sources, laid_in + lived, "stated.monthly_profit", desk,
                            base=abs(said), error=error), desk)


def mark_up(desk: Desk) -> Iterator[Check]:
    """Mark-up: cost of what was sold, from purchases and counts, at the stated margin, against declared sales."""
    said, margin, source = _declared_sales(desk), said_margin(desk), stated_margin(desk.case)
    if margin is None:
        margin, source = mix_margin(desk), "stated.product"
    cost = desk.ledger.value("cost_of_goods_sold")
    if said is None or margin is None or margin >= 1 or cost is None:
        yield unknown("method_markup", "cross", "method_markup_unknown")
        return
    if source in rests_on(desk.ledger, "cost_of_goods_sold"):
        yield unknown("method_markup", "cross", "margin_circular")
        return
    follows = whole(cost / (1 - margin))
    error = together(monthly_error(desk.case.stated.monthly_sales, desk), counts(desk),
                     follows * margin_error(desk) / (1 - margin))
    yield against("method_markup", said, follows, "stated.monthly_sales", desk, error=error)


METHODS = (deposits, net_worth, source_application, mark_up)

