"""Lesson 1: a bank statement and its proof."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from recon.training.check import Hint, Judge, Seal, each
from recon.training.draw import Draw, breaks, depth, with_balance

Facts = Mapping[str, Any]
OUTCOMES = ("proven", "unprovable", "inconsistent", "doubtful", "refused")
_START = dt.date(2025, 3, 1)
_TRIALS = 8


def _statement(draw: Draw) -> tuple[Decimal, pd.DataFrame]:
    kinds = ["sales"] * 4 + ["purchases"] * 3 + ["owner_out", "utilities", "wages"]
    rows = draw.lines(*kinds, start=_START).drop(columns="category")
    opening = draw.money(3000, 9000, "0.5") + depth(rows)
    return opening, with_balance(rows, opening)


def closing(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """The closing balance of ten lines."""
    opening, rows = _statement(draw)
    moved = sum(rows["amount"])
    rule = seal.number(
        opening + moved, forgot_opening=moved, only_in=opening + sum(a for a in rows["amount"] if a > 0),
        added_all=opening + sum(abs(a) for a in rows["amount"]),
    )
    return {"opening": opening, "rows": rows.drop(columns="balance")}, rule


def smudge(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """The amount under a coffee stain."""
    opening, rows = _statement(draw)
    place = draw.whole(3, len(rows) - 2)
    right = rows["amount"][place]
    rule = seal.number(right, balance_itself=rows["balance"][place], next_line=rows["amount"][place + 1])
    return {"opening": opening, "rows": rows.assign(amount=rows["amount"].where(rows.index != place))}, rule


def altered(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """The line whose amount somebody changed."""
    opening, rows = _statement(draw)
    place = draw.whole(2, len(rows) - 3)
    rows["amount"] = [a * 10 if i == place else a for i, a in enumerate(rows["amount"])]
    right = int(rows["id"][place])
    rule = seal.number(right, 0, line_after=right + 1, line_before=right - 1)
    return {"opening": opening, "rows": rows}, rule


def retyped(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """Two neighbouring breaks: which figure of which line was retyped, and what stood there?"""
    opening, rows = _statement(draw)
    place = draw.whole(2, len(rows) - 3)
    was = rows["balance"][place]
    rows["balance"] = [b + draw.whole(100, 900, 100) if i == place else b for i, b in enumerate(rows["balance"])]
    options = ("amount", "balance")
    rule = each({
        "line": seal.number(int(rows["id"][place]), 0, line_after=int(rows["id"][place]) + 1),
        "column": seal.choice("balance", options), "should_be": seal.number(was, kept=rows["balance"][place]),
    })
    return {"opening": opening, "rows": rows, "columns": ", ".join(options)}, rule


def prover(draw: Draw, _seal: Seal) -> tuple[Facts, Judge]:
    """A function that finds every break of any statement: judged on statements that nobody has seen."""
    trials = []
    for number in range(_TRIALS):
        opening, rows = _statement(draw)
        for place in draw.random.sample(range(len(rows)), number % 3):
            rows["amount"] = [a + draw.whole(10, 90, 10) if i == place else a for i, a in enumerate(rows["amount"])]
        trials.append((opening, rows))
    opening, rows = _statement(draw)
    return {"opening": opening, "rows": rows}, lambda answer: _proves(answer, trials)


def _proves(answer: Any, trials: list[tuple[Decimal, pd.DataFrame]]) -> Hint | None:
    if not callable(answer):
        return Hint("no_function")
    for opening, rows in trials:
        want = breaks(opening, rows)
        given = answer(opening, rows.copy())
        if given is None:
            return Hint("no_result")
        got = sorted(int(n) for n in given)
        if got == want:
            continue
        missed = set(want) - set(got)
        kind = "false_alarm" if not want else "first_line" if 1 in missed else "missed" if missed else "too_many"
        return Hint(kind)
    return None


def outcomes(draw: Draw, seal: Seal) -> tuple[Facts, Judge]:
    """What may be said of five files."""
    told = {
        "proven": draw.say("银行 PDF，每一行的余额都等于上一行余额加本行金额。",
                           "A bank PDF; each balance is the one before plus the line's amount."),
        "unprovable": draw.say("老板自己记的现金支出本，只有日期和金额，没有余额也没有合计。",
                               "The owner's cash book: dates and amounts, no balance and no total."),
        "inconsistent": draw.say("银行流水第 3 页第 12 行：金额与前后余额对不上，文字清晰可读。",
                                 "Page 3, line 12: legible, yet the amount does not lead from balance to balance."),
        "doubtful": draw.say("手机翻拍的流水，有两处数字被反光遮住，读出来的结果没有把握。",
                             "A phone photo of a statement; glare covers two figures, and the reading is not sure."),
        "refused": draw.say("打开后是一份加了密码的文件，密码没有提供。",
                            "The file is locked with a password that nobody has given."),
    }
    letters = dict(zip("ABCDE", draw.random.sample(list(told), len(told)), strict=True))
    files = {letter: told[outcome] for letter, outcome in letters.items()}
    rule = each({letter: seal.choice(outcome, OUTCOMES) for letter, outcome in letters.items()})
    return {"files": files, "options": ", ".join(OUTCOMES)}, rule


EXERCISES = (closing, smudge, altered, retyped, prover, outcomes)
