"""Lesson 7: what a dressed-up statement forgets."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from recon.training.check import Judge, Seal, each
from recon.training.draw import Draw, depth, with_balance

Facts = Mapping[str, Any]
RATE, YEAR = Decimal("0.0005"), 360
_START = dt.date(2025, 9, 21)
_KINDS = ["sales"] * 5 + ["purchases"] * 3 + ["owner_out", "utilities"]
VERDICTS = ("genuine", "edited", "inflated")


def _spans(draw: Draw, low: int = 5000, high: int = 40000) -> pd.DataFrame:
    """A quarter in five spans of level balance."""
    cuts = sorted(draw.random.sample(range(10, 85), 4))
    lengths = [b - a for a, b in zip([0, *cuts], [*cuts, 91], strict=True)]
    return pd.DataFrame({"days": lengths, "balance": [draw.money(low, high, "100") for _ in lengths]})


def _interest(spans: pd.DataFrame, rate: Decimal = RATE) -> Decimal:
    return sum((b * d for b, d in zip(spans["balance"], spans["days"], strict=True)), Decimal()) * rate / YEAR


def broken(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """A sale made ten times larger, the balances after it moved along, all but one."""
    rows = draw.lines(*_KINDS, start=_START).drop(columns="category")
    opening = draw.money(3000, 9000, "0.5") + depth(rows)
    rows = with_balance(rows, opening)
    # of the six lines looked at one at least is a sale, for there are only five others
    place = draw.pick(*(i for i in range(1, 7) if rows["amount"][i] > 0))
    forgotten = draw.whole(place + 2, len(rows) - 1)
    extra = abs(rows["amount"][place]) * 9
    rows["amount"] = [a + extra if i == place else a for i, a in enumerate(rows["amount"])]
    rows["balance"] = [b + extra if place <= i < forgotten else b for i, b in enumerate(rows["balance"])]
    rule = each({"line": seal.number(int(rows["id"][forgotten]), 0, edited_line=int(rows["id"][place])),
                 "added": seal.number(extra)})
    return {"opening": opening, "rows": rows}, rule


def interest(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """The quarter's interest that these balances earn."""
    spans = _spans(draw)
    right = _interest(spans)
    mean = sum(spans["balance"], Decimal()) / len(spans)
    rule = seal.number(right, 2, within=1, year_of_365=right * 360 / 365, simple_mean=mean * 91 * RATE / YEAR,
                       whole_year=right * 360 / 91, rate_in_per_cent=right * 100)
    return {"spans": spans, "rate": RATE, "days_in_year": YEAR}, rule


def implied(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """What the interest says that the average balance was, beside what the statement shows."""
    spans = _spans(draw, 30000, 90000)
    shown = sum((b * d for b, d in zip(spans["balance"], spans["days"], strict=True)), Decimal()) / 91
    printed = (_interest(spans) / draw.pick(4, 5, 8)).quantize(Decimal("0.01"))
    average = printed * YEAR / (RATE * 91)
    rule = each({
        "average": seal.number(average, 0, within=1, year_of_365=printed * 365 / (RATE * 91),
                               whole_year=printed / RATE, no_days=printed * YEAR / RATE),
        "times": seal.number(shown / average, 1, within=1, upside_down=average / shown),
    })
    return {"spans": spans, "printed_interest": printed, "days": 91, "rate": RATE, "days_in_year": YEAR}, rule


def passing(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Money that comes and goes on one day and is called a sale."""
    real = draw.lines(*(["sales"] * 4 + ["purchases"] * 3), start=_START).drop(columns="category")
    friend = draw.say("鑫达商贸", "Xinda Trading")
    rows = real.to_dict("records")
    for day in sorted(draw.random.sample(range(28), 3)):
        amount, date = draw.money(20000, 60000, "1000"), _START + dt.timedelta(days=day)
        rows += [{"date": date, "party": friend, "text": draw.say("货款", "goods"), "amount": amount},
                 {"date": date, "party": draw.say("李某", "Mr Li"), "text": draw.say("往来款", "current account"),
                  "amount": -(amount - draw.money(0, 60, "10"))}]
    frame = pd.DataFrame(rows).sort_values("date", kind="stable").reset_index(drop=True).drop(columns="id")
    frame.insert(0, "id", range(1, len(frame) + 1))
    false = frame[[abs(a) >= 19000 for a in frame["amount"]]]  # noqa: PLR2004 - below every passing amount
    honest = sum((a for a in real["amount"] if a > 0), Decimal())
    rule = each({"ids": seal.members(false["id"].tolist()),
                 "income": seal.number(honest, all_in=sum(a for a in frame["amount"] if a > 0))})
    return {"rows": frame}, rule


def three(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Three quarters of three shops: genuine, edited, inflated by money that only passes through?"""
    letters = dict(zip(draw.random.sample("ABC", 3), VERDICTS, strict=True))
    rows = [_shop(draw, letter, verdict) for letter, verdict in sorted(letters.items())]
    rule = each({letter: seal.choice(verdict, VERDICTS) for letter, verdict in letters.items()})
    return {"shops": pd.DataFrame(rows), "rate": RATE, "days_in_year": YEAR, "options": ", ".join(VERDICTS)}, rule


def _shop(draw: Draw, letter: str, verdict: str) -> dict[str, Any]:
    """A quarter in seven figures: its chain, its interest against its balances, and what leaves on the day it came."""
    average, came = draw.money(12000, 30000, "100"), draw.money(90000, 160000, "1000")
    paid = (average * 91 * RATE / YEAR).quantize(Decimal("0.01"))
    shown = average * draw.pick(4, 6) if verdict == "edited" else average
    same_day = Decimal(draw.whole(2, 6)) / 100 if verdict != "inflated" else Decimal(draw.whole(62, 85)) / 100
    return {"shop": letter, "chain": draw.say("全部闭合", "closes"), "credits": came, "average_balance": shown,
            "interest_paid": paid, "same_day_out": same_day}


EXERCISES = (broken, interest, implied, passing, three)
