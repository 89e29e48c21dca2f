"""The business as its evidence shows it: history, staff, premises, customers, suppliers and season."""

from collections.abc import Iterator

import pandas as pd

from recon.need.rebuilt import Rebuilt
from recon.report.fields import Fact
from recon.report.flows import payments, receipts
from recon.report.proof import first_of
from recon.report.sentences import Voice

_MONTHS = 12


def business(rebuilt: Rebuilt, voice: Voice) -> tuple[Fact, ...]:
    """How long, with whom, from where and in which season it trades; what nothing shows is told as not known."""
    return tuple(_facts(rebuilt, voice))


def _facts(rebuilt: Rebuilt, voice: Voice) -> Iterator[Fact]:
    yield _history(rebuilt, voice)
    yield _paid(rebuilt, "wages", "staff", voice)
    yield _paid(rebuilt, "rent", "premises", voice)
    for name, rows in (("customers", receipts(rebuilt, voice)), ("suppliers", payments(rebuilt))):
        yield _parties(rows, name, voice)
    yield _season(rebuilt, voice)


def _history(rebuilt: Rebuilt, voice: Voice) -> Fact:
    opened, end = rebuilt.case.case.opened, rebuilt.ledger.period.end
    if opened is None or opened > end:
        return Fact(voice("business.history"), voice("word.unknown"), voice("word.none"))
    months = (end.year - opened.year) * _MONTHS + end.month - opened.month
    text = voice("business.since", date=voice.day(opened), years=months // _MONTHS, months=months % _MONTHS)
    return Fact(voice("business.history"), text, voice.place("case.opened"))


def _paid(rebuilt: Rebuilt, category: str, name: str, voice: Voice) -> Fact:
    """Wages or rent that the evidence shows: to how many, how much in all and in how many months."""
    rows = rebuilt.transactions
    rows = rows[(rows["set_aside"] == "") & (rows["category"] == category) & (rows["amount"] < 0)]
    if rows.empty:
        stated = getattr(rebuilt.case.stated, category)
        if stated is None:
            return Fact(voice(f"business.{name}"), voice("word.unknown"), voice("word.none"))
        text = voice("business.stated", amount=voice.money(stated))
        return Fact(voice(f"business.{name}"), text, voice.place(f"stated.{category}"))
    named = rows["counterparty"][rows["counterparty"].str.strip() != ""].nunique()
    total, months = int(-rows["amount"].sum()), rows["date"].dt.strftime("%Y-%m").nunique()
    key = f"business.{name}_paid" if named else "business.paid"
    text = voice(key, count=named, amount=voice.money(total), months=months)
    return Fact(voice(f"business.{name}"), text, first_of(rows, voice))


def _parties(rows: pd.DataFrame, name: str, voice: Voice) -> Fact:
    """How many customers or suppliers the lines name."""
    unnamed = {"", voice("word.takings")}
    named = rows[~rows["counterparty"].str.strip().isin(unnamed)]
    if named.empty:
        return Fact(voice(f"business.{name}"), voice("word.unknown"), voice("word.none"))
    count = named["counterparty"].nunique()
    return Fact(voice(f"business.{name}"), voice("business.named", count=f"{count:,}"), first_of(named, voice))


def _season(rebuilt: Rebuilt, voice: Voice) -> Fact:
    """The best and the worst month of effective revenue."""
    by_month = {m: rebuilt.effective.months.get(m, 0) for m in rebuilt.ledger.period.months}
    if not rebuilt.effective.counted or len(by_month) < _MONTHS // 4:
        return Fact(voice("business.season"), voice("word.unknown"), voice("word.none"))
    best, worst = max(by_month, key=lambda m: by_month[m]), min(by_month, key=lambda m: by_month[m])
    text = voice("business.months", best=best, most=voice.money(by_month[best]), worst=worst,
                 least=voice.money(by_month[worst]))
    return Fact(voice("business.season"), text, voice("word.transactions_place"))
