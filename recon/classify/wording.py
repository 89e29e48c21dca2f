"""What the words of a line say: lenders, rules, trade and goods together, refunds turned round, amounts looked at."""

import re
from dataclasses import replace
from functools import cache

from recon.classify.categories import returned
from recon.classify.rules import NOTHING_SAID, Line, Verdict, by_goods, by_lender, by_rules, by_trade, on_account
from recon.events.words import has, role

#: What a line that gives money back is first taken for: the words alone do not tell what was given back.
_TRADE = ("", "sales", "purchases", "sales_refund", "purchase_refund")
#: How sure the payment's own words must be before a refund follows them, and what turning round costs.
_ENOUGH, _TURNED = 0.55, 0.03


def by_words(line: Line, trade: str) -> Verdict:
    """The surest of what the words and names of *line* say in *trade*.

    A line that gives money back is first read as the payment that it gives back: without the words for giving back,
    in the other direction. Money back from a household's shop so returns to the household. The same holds for money
    that comes in by a way of paying merchants (快捷支付): it is no income, whoever's name stands beside it.
    """
    said = _surest(line, trade)
    undone = line.incoming and has(line.words, role("paying"))
    if said.category not in _TRADE or not (undone or has(line.words, role("refund"))):
        return said
    paid = _surest(replace(line, words=_giving_back().sub("", line.words), incoming=not line.incoming), trade)
    if paid.confidence < _ENOUGH:
        return NOTHING_SAID if undone else said
    return Verdict(returned(paid.category), f"refund:{paid.reason}", paid.confidence - _TURNED)


def _surest(line: Line, trade: str) -> Verdict:
    every = (by_lender(line), by_rules(line, trade), by_trade(line, trade), by_goods(line, trade), NOTHING_SAID)
    return max(every, key=lambda verdict: verdict.confidence)


@cache
def _giving_back() -> re.Pattern[str]:
    words = sorted(role("refund"), key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in words))


def settle(verdict: Verdict, words: str, amount: int, small: int, *, cash: bool) -> Verdict:
    """*verdict* in the light of the amount and of the book that the line stands in.

    Things that cost less than *small* (minor units) are no fixed assets: parts and small tools that keep the others
    running. Goods in a cash book are paid at once, unless the *words* tell of settling an account.
    """
    if verdict.category == "fixed_asset_bought" and -amount < small:
        return Verdict("repairs", f"small {verdict.reason}", verdict.confidence)
    at_once = {"purchases": "cash_purchases", "sales": "cash_sales"}.get(verdict.category)
    if cash and at_once and not on_account(words):
        return Verdict(at_once, verdict.reason, verdict.confidence)
    return verdict
