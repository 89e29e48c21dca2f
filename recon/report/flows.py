"""The flow analysis: months, what was left out of effective revenue, and who the money came from and went to."""

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


def notes(rebuilt: Rebuilt, voice: Voice) -> tuple[str, ...]:
    """Season and concentration: the best and worst month, the largest customer and supplier."""
    said, by_month = [], {m: rebuilt.effective.months.get(m, 0) for m in rebuilt.ledger.period.months}
    if rebuilt.effective.counted and len(by_month) > 1:
        best, worst = max(by_month, key=lambda m: by_month[m]), min(by_month, key=lambda m: by_month[m])
        most, least = voice.money(by_month[best]), voice.money(by_month[worst])
        said.append(voice("flows.season", best=best, most=most, worst=worst, least=least))
    for name, rows in (("customer", receipts(rebuilt, voice)), ("supplier", payments(rebuilt))):
        named = [g for g in largest(rows, voice) if g[0] not in (voice("word.takings"), voice("word.nobody"))]
        if named:
            whole = int(rows["amount"].abs().sum())
            five = voice.share(sum(total for *_, total in named[:5]), whole)
            params = {"name": named[0][0], "share": voice.share(named[0][2], whole), "five": five}
            said.append(voice(f"flows.largest_{name}", **params))
    return tuple(said)


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
    return parties(receipts(rebuilt, voice), voice)


def receipts(rebuilt: Rebuilt, voice: Voice) -> pd.DataFrame:
    """Lines that count as effective revenue, banked takings under one name."""
    rows = rebuilt.transactions[rebuilt.transactions["id"].isin(rebuilt.effective.counted)]
    sold = rows["category"].map({name: c.effective == "yes" for name, c in categories().items()}).astype(bool)
    return rows.assign(counterparty=rows["counterparty"].where(sold, voice("word.takings")))


def suppliers(rebuilt: Rebuilt, voice: Voice) -> tuple[Group, ...]:
    """Who was paid most for goods, with the share of all payments for goods."""
    return parties(payments(rebuilt), voice)


def payments(rebuilt: Rebuilt) -> pd.DataFrame:
    """Lines that pay for goods."""
    rows = rebuilt.transactions
    return rows[(rows["set_aside"] == "") & rows["category"].isin(_SUPPLIES) & (rows["amount"] < 0)]


def parties(rows: pd.DataFrame, voice: Voice) -> tuple[Group, ...]:
    """The largest counterparties of *rows* by value."""
    whole = int(rows["amount"].abs().sum())
    return tuple(
        Group(name, f"{len(group):,}", voice.money(total), voice.share(total, whole), first_of(group, voice))
        for name, group, total in largest(rows, voice)
    )


def largest(rows: pd.DataFrame, voice: Voice) -> list[tuple[str, pd.DataFrame, int]]:
    """Name, rows and total without sign of the largest counterparties."""
    groups = [
        (voice.text(str(name)) if str(name).strip() else voice("word.nobody"), group, int(group["amount"].abs().sum()))
        for name, group in rows.groupby("counterparty", sort=True)
    ]
    return sorted(groups, key=lambda g: -g[2])[:MOST]
