"""The flow analysis: months, what was left out of effective revenue, and who the money came from and went to."""

from collections.abc import Iterable

import pandas as pd

from recon.classify.categories import categories
from recon.need.rebuilt import Rebuilt
from recon.report.fields import Group, Month
from recon.report.proof import first_of
from recon.report.sentences import Voice

_SUPPLIES = ("purchases", "cash_purchases", "direct_costs")
#: How many customers, suppliers and open questions a report lists.
MOST = 10


def summary(rebuilt: Rebuilt, voice: Voice) -> str:
    """Effective revenue and what was left out."""
    if not rebuilt.effective.counted:
        return voice("flows.none")
    left_out = int(rebuilt.effective.excluded["count"].sum())
    return voice("flows.summary", amount=voice.money(rebuilt.effective.total), excluded=f"{left_out:,}")


def months(rebuilt: Rebuilt, voice: Voice) -> tuple[Month, ...]:
    """Effective revenue, revenue, operating cash and cash by month; nothing where no line was handed in."""
    if not len(rebuilt.transactions):
        return ()
    lines = rebuilt.statements
    sales, operating, cash = (
        lines.line(*place).months for place in (("income_statement", 1), ("cash_flow", 7), ("balance_sheet", 1))
    )
    effective = rebuilt.effective.months
    return tuple(
        Month(m, *(voice.money(v) for v in (effective.get(m, 0), sales.get(m), operating.get(m), cash.get(m))))
        for m in rebuilt.ledger.period.months
    )


def excluded(rebuilt: Rebuilt, voice: Voice) -> tuple[Group, ...]:
    """Money in that is no business income, by kind, the largest first."""
    rows = rebuilt.effective.excluded.sort_values("amount", ascending=False, kind="stable")
    return tuple(
        Group(_kind(str(name), voice), f"{count:,}", voice.money(int(amount)))
        for name, count, amount in zip(rows["category"], rows["count"], rows["amount"], strict=True)
    )


def _kind(name: str, voice: Voice) -> str:
    return voice("excluded.cash_book") if name == "cash_book" else voice.pick(categories()[name])


def customers(rebuilt: Rebuilt, voice: Voice) -> tuple[Group, ...]:
    """Who paid most, with the share of all money in that counts as revenue; banked takings stand as one."""
    rows = rebuilt.transactions[rebuilt.transactions["id"].isin(rebuilt.effective.counted)]
    sold = rows["category"].map({name: c.effective == "yes" for name, c in categories().items()}).astype(bool)
    return parties(rows.assign(counterparty=rows["counterparty"].where(sold, voice("word.takings"))), voice)


def suppliers(rebuilt: Rebuilt, voice: Voice) -> tuple[Group, ...]:
    """Who was paid most for goods, with the share of all payments for goods."""
    rows = rebuilt.transactions
    paid = (rows["set_aside"] == "") & rows["category"].isin(_SUPPLIES) & (rows["amount"] < 0)
    return parties(rows[paid], voice)


def parties(rows: pd.DataFrame, voice: Voice) -> tuple[Group, ...]:
    """The largest counterparties of *rows* by value."""
    whole = int(rows["amount"].abs().sum())
    return tuple(
        Group(name, f"{len(group):,}", voice.money(total), voice.share(total, whole), first_of(group, voice))
        for name, group, total in largest(rows, voice)
    )


def largest(rows: pd.DataFrame, voice: Voice) -> Iterable[tuple[str, pd.DataFrame, int]]:
    """Name, rows and total without sign of the largest counterparties."""
    groups = [
        (voice.text(str(name)) if str(name).strip() else voice("word.nobody"), group, int(group["amount"].abs().sum()))
        for name, group in rows.groupby("counterparty", sort=True)
    ]
    return sorted(groups, key=lambda g: -g[2])[:MOST]
