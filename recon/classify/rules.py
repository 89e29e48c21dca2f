"""Rules as data: the words of a line and of its counterparty against the tables of ``templates/rules``."""

from dataclasses import dataclass
from functools import cache

from recon.classify.categories import categories
from recon.classify.lexicon import Lexicon
from recon.classify.names import COMPANY, OFFICE, PERSON
from recon.core.errors import ReconError
from recon.core.knowledge import nearest, table
from recon.core.source import Source

_COLUMNS = ("rule", "category", "direction", "who", "where", "confidence", "trades", "words")
_ALLOWED = {"direction": ("in", "out", "any"), "who": ("any", PERSON, COMPANY), "where": ("any", "party", "words")}


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of ``rules/classify.tsv``; *confidence* is 0 to 1, *trades* is empty where it holds for all."""

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


@cache
def _loaded() -> tuple[tuple[Rule, ...], Lexicon]:
    rules, words = [], []
    for number, row in enumerate(table("rules/classify.tsv", _COLUMNS)):
        for column, allowed in {**_ALLOWED, "category": tuple(categories())}.items():
            if row[column] not in allowed:
                raise ReconError(
                    "unknown_key",
                    Source("rules/classify.tsv", field=row["rule"]),
                    key=row[column],
                    nearest=nearest(row[column], allowed),
                )
        trades = frozenset() if row["trades"] == "*" else frozenset(row["trades"].split(","))
        rules.append(
            Rule(
                row["rule"],
                row["category"],
                row["direction"],
                row["who"],
                row["where"],
                float(row["confidence"]),
                trades,
            )
        )
        words += [(word, number) for word in row["words"].split("|")]
    return tuple(rules), Lexicon("rules/classify.tsv", words)


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
    rules, lexicon = _loaded()
    direction = "in" if line.incoming else "out"
    found = [(rules[n], word, "words") for word, n in lexicon.find(line.words)]
    found += [(rules[n], word, "party") for word, n in lexicon.find(line.party)]
    fit = [
        (rule, word)
        for rule, word, where in found
        if rule.direction in ("any", direction)
        and rule.where in ("any", where)
        and (not rule.trades or trade in rule.trades)
        and (rule.who == "any" or (rule.who == PERSON) == (line.who == PERSON))
    ]
    return sorted(fit, key=lambda hit: (-hit[0].confidence, -len(hit[1]), hit[0].code))


@cache
def _goods(trade: str, side: str) -> tuple[float, Lexicon]:
    """How sure a company is a trade's supplier (buys) or customer (sells) by its name, and the words."""
    rows = [
        r
        for r in table("rules/goods.tsv", ("trade", "side", "confidence", "words"))
        if (r["trade"], r["side"]) == (trade, side)
    ]
    sure = max((float(row["confidence"]) for row in rows), default=0.0)
    return sure, Lexicon("rules/goods.tsv", [(word, 0) for row in rows for word in row["words"].split("|")])


def by_trade(line: Line, trade: str) -> Verdict:
    """A company whose name fits the trade's suppliers (money out) or customers (money in)."""
    if line.who in (PERSON, OFFICE) or not line.party:
        return NOTHING_SAID
    sure, lexicon = _goods(trade, "sells" if line.incoming else "buys")
    hits = sorted(lexicon.find(line.party), key=lambda hit: -len(hit[0]))
    if not hits or line.who != COMPANY:
        return NOTHING_SAID
    return Verdict("sales" if line.incoming else "purchases", f"trade:{trade} {hits[0][0]}", sure)


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
