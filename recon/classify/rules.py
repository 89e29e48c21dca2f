"""Rules as data: the words of a line and of its counterparty against the tables of ``templates/rules``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from recon.classify.categories import categories
from recon.classify.lexicon import Lexicon
from recon.classify.names import COMPANY, PERSON, RULE_COLUMNS
from recon.core.errors import ReconError
from recon.core.knowledge import nearest, table
from recon.core.source import Source
from recon.events.words import plain

_ALLOWED = {"direction": ("in", "out", "any"), "who": ("any", PERSON, COMPANY), "where": ("any", "party", "words")}


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a table of rules; *confidence* is 0 to 1, *trades* is empty where it holds for all."""

    code: str
    category: str
    direction: str
    who: str
    where: str
    confidence: float
    trades: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a line was for: category, reason (code and words), confidence 0 to 1."""

    category: str
    reason: str
    confidence: float


NOTHING_SAID = Verdict("", "", 0.0)


#: Words of purposes and goods, and the names of firms and offices.
_TABLES = ("rules/classify.tsv", "rules/firms.tsv")


@cache
def loaded() -> tuple[tuple[Rule, ...], Lexicon]:
    """Every rule of the tables, and their words with the number of the rule."""
    rules: list[Rule] = []
    words: list[tuple[str, int]] = []
    for name in _TABLES:
        for row in table(name, RULE_COLUMNS):
            words += [(word, len(rules)) for word in row["words"].split("|")]
            rules.append(_rule(name, row))
    return tuple(rules), Lexicon(" + ".join(_TABLES), words)


def _rule(name: str, row: Mapping[str, str]) -> Rule:
    for column, allowed in {**_ALLOWED, "category": tuple(categories())}.items():
        if row[column] not in allowed:
            raise ReconError(
                "unknown_key", Source(name, field=row["rule"]), key=row[column], nearest=nearest(row[column], allowed),
            )
    trades = frozenset() if row["trades"] == "*" else frozenset(row["trades"].split(","))
    return Rule(
        row["rule"], row["category"], row["direction"], row["who"], row["where"], float(row["confidence"]), trades,
    )


def shipped_words(trade: str, *, incoming: bool) -> dict[str, str]:
    """Every plain word of the tables that may stand in a line of *trade* and one direction, with its category."""
    direction = "in" if incoming else "out"
    found: dict[str, str] = {}
    for rule, words in by_rule():
        if rule.direction in ("any", direction) and (not rule.trades or trade in rule.trades):
            found |= dict.fromkeys(words, rule.category)
    sides = ("sells", "goods", "goods_sold") if incoming else ("buys", "goods", "goods_bought")
    for row in table("rules/goods.tsv", _GOODS_COLUMNS):
        if row["trade"] == trade and row["side"] in sides:
            goods = (plain(word) for word in row["words"].split("|"))
            found |= dict.fromkeys(goods, "sales" if incoming else "purchases")
    return found


@cache
def by_rule() -> tuple[tuple[Rule, tuple[str, ...]], ...]:
    """Each rule with its plain words."""
    rows = [row for name in _TABLES for row in table(name, RULE_COLUMNS)]
    words = [tuple(plain(word) for word in row["words"].split("|")) for row in rows]
    return tuple(zip(loaded()[0], words, strict=True))


@dataclass(frozen=True, slots=True)
class Line:
    """What rules look at: *party* and *words* plain, *incoming* the direction, *who* as of :mod:`names`."""

    party: str
    words: str
    incoming: bool
    who: str


#: How far a rule of another category may lie below the best one and still raise doubt, and how much.
_RIVAL, _DOUBT = 0.04, 0.1


def by_rules(line: Line, trade: str) -> Verdict:
    """The surest rule that hits, less sure where a rule of another category hits nearly as well elsewhere."""
    hits = _hits(line, trade)
    if not hits:
        return NOTHING_SAID
    best, word = hits[0]
    rival = any(
        rule.category != best.category
        and best.confidence - rule.confidence <= _RIVAL
        and other not in word
        and word not in other
        for rule, other in hits[1:]
    )
    return Verdict(best.category, f"rule:{best.code} {word}", best.confidence - _DOUBT * rival)


def _hits(line: Line, trade: str) -> list[tuple[Rule, str]]:
    rules, lexicon = loaded()
    direction = "in" if line.incoming else "out"
    fit: list[tuple[Rule, str]] = []
    for where, text in (("words", line.words), ("party", line.party)):
        fit += _longest([
            (rules[n] if where == "words" else _named(rules[n]), word) for word, n in lexicon.find(text)
            if rules[n].direction in ("any", direction)
            and rules[n].where in ("any", where)
            and (not rules[n].trades or trade in rules[n].trades)
            and (rules[n].who == "any" or (rules[n].who == PERSON) == (line.who == PERSON))
        ])
    return sorted(fit, key=lambda hit: (-hit[0].confidence, -len(hit[1]), hit[0].code))


#: How much less a word of purposes says where it stands in a name than where it says what a payment was for.
_IN_A_NAME = 0.04


def _named(rule: Rule) -> Rule:
    """*rule* as it holds for a name: as it is where it looks for names."""
    for_names = rule.where == "party" or rule.code.endswith("_firm")
    return rule if for_names else replace(rule, confidence=rule.confidence - _IN_A_NAME)


def _longest(hits: list[tuple[Rule, str]]) -> list[tuple[Rule, str]]:
    """*hits* without words that stand inside a longer word hit: a rent deposit is no rent."""
    words = {word for _, word in hits}
    inner = {word for word in words if any(word != other and word in other for other in words)}
    return [hit for hit in hits if hit[1] not in inner]


_GOODS_COLUMNS = ("trade", "side", "confidence", "words")


@cache
def _goods(trade: str, side: str) -> tuple[float, Lexicon, tuple[str, ...]]:
    """How sure a hit is, the words of two characters and more, and the single characters that end a name."""
    rows = [
        row for row in table("rules/goods.tsv", _GOODS_COLUMNS)
        if (row["trade"], row["side"]) == (trade, side)
    ]
    sure = max((float(row["confidence"]) for row in rows), default=0.0)
    words = [word for row in rows for word in row["words"].split("|")]
    endings = tuple(word for word in words if len(word) == 1)
    return sure, Lexicon("rules/goods.tsv", [(word, 0) for word in words if len(word) > 1]), endings


def by_trade(line: Line, trade: str) -> Verdict:
    """A company whose name fits the trade's suppliers (money out) or customers (money in)."""
    if line.who != COMPANY or not line.party:
        return NOTHING_SAID
    sure, lexicon, endings = _goods(trade, "sells" if line.incoming else "buys")
    hits = [word for word, _ in lexicon.find(line.party)] or [end for end in endings if line.party.endswith(end)]
    if not hits:
        return NOTHING_SAID
    return Verdict("sales" if line.incoming else "purchases", f"trade:{trade} {max(hits, key=len)}", sure)


def by_goods(line: Line, trade: str) -> Verdict:
    """Words that name goods of the trade: bought when money goes out, sold when it comes in."""
    found = NOTHING_SAID
    for side in ("goods", "goods_sold" if line.incoming else "goods_bought"):
        sure, lexicon, _ = _goods(trade, side)
        hits = lexicon.find(line.words)
        if hits and sure > found.confidence:
            word = max((word for word, _ in hits), key=len)
            found = Verdict("sales" if line.incoming else "purchases", f"goods:{trade} {word}", sure)
    return found if found.category else _priced(line)


#: A price in Chinese: goods and 款 or 钱 at the end of a word, such as 布款.
_PRICE = re.compile(r"[一-鿿]{1,6}[款钱](?![一-鿿])")
_PRICED = 0.7


def _priced(line: Line) -> Verdict:
    """A price of something (…款) that the table does not know as another kind of payment."""
    strange = _goods("*", "no_goods")[1]
    hit = next((found for found in _PRICE.findall(line.words) if not strange.find(found)), "")
    return Verdict("sales" if line.incoming else "purchases", f"goods:price {hit}", _PRICED) if hit else NOTHING_SAID


def on_account(words: str) -> bool:
    """Whether the plain *words* tell of settling an account rather than of paying at once."""
    return bool(_goods("*", "on_account")[1].find(words))


@cache
def _lenders() -> tuple[Lexicon, tuple[str, ...]]:
    rows = table("rules/lenders.tsv", ("kind", "words"))
    return Lexicon("rules/lenders.tsv", [(w, n) for n, row in enumerate(rows) for w in row["words"].split("|")]), tuple(
        r["kind"] for r in rows
    )


_INTEREST = ("利息", "还息", "收息", "扣息", "罚息", "interest")


def by_lender(line: Line) -> Verdict:
    """A lender's or credit product's name in the counterparty or the words."""
    hits = sorted({word for text in (line.party, line.words) for word, _ in _lenders()[0].find(text)}, key=len)
    if not hits:
        return NOTHING_SAID
    if line.incoming:
        return Verdict("loan_in", f"lender {hits[-1]}", 0.9)
    interest = any(word in line.words for word in _INTEREST)
    return Verdict("loan_interest" if interest else "loan_repaid", f"lender {hits[-1]}", 0.88)
