"""Articulation (勾稽关系): do the three statements agree with each other, each figure by two roads. Proves no truth."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from recon.checks.check import RANK, Check, Outcome, Part, Reason
from recon.checks.desk import Desk
from recon.core.finding import Words
from recon.statements.expression import LineOf, Node, Variable, evaluate, leaves, parse, rows

TABLE = "checks/articulation.tsv"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: a comparison of two expressions."""

    id: str
    part: str
    left: Node
    right: Node
    texts: tuple[str, str]
    relation: str
    title: Words


@cache
def rules() -> tuple[Rule, ...]:
    """The articulation rules.

    Raises:
        ReconError: an expression that cannot be read; names file and line.
    """
    columns = ("id", "part", "left", "relation", "right", "zh", "en")
    return tuple(
        Rule(row["id"], row["part"], parse(row["left"], place), parse(row["right"], place), (row["left"], row["right"]),
             row["relation"], Words(row["zh"], row["en"]))
        for row, place in rows(TABLE, columns)
    )


def articulation(desk: Desk) -> Iterator[Check]:
    """K01 to K23, all their parts in order."""
    for name, group in groupby(rules(), key=lambda rule: rule.id):
        yield _check(name, tuple(group), desk)


def _check(name: str, group: tuple[Rule, ...], desk: Desk) -> Check:
    """One id: the worst part decides, and its sides are shown."""
    judged = [_judge(rule, desk) for rule in group if not _no_second_road(rule, desk)]
    outcome, part = max(judged, key=lambda pair: RANK.index(pair[0]))
    because = tuple(_because(each, shown, desk) for each, shown in judged)
    sources = dict.fromkeys(source for rule in group for source in _sources(rule))
    return Check(
        name, "articulation", outcome, part.title, part.expected, part.actual, 0, "money", because, tuple(sources),
        tuple(shown for _, shown in judged),
    )


def _no_second_road(rule: Rule, desk: Desk) -> bool:
    """Where no statement prints and nobody counted a balance, that comparison has no second side."""
    return rule.part == "printed" and "[printed." in rule.texts[1] and _no_print(rule, desk)


def _no_print(rule: Rule, desk: Desk) -> bool:
    end = "opening" if "[printed.opening]" in rule.texts[1] else "closing"
    return desk.scope.answers[f"printed.{end}"].value is None


def _judge(rule: Rule, desk: Desk) -> tuple[Outcome, Part]:
    left, right = evaluate(rule.left, desk.scope), evaluate(rule.right, desk.scope)
    sides = [None if side is None else int(side) for side in (right, left)]
    part = Part(rule.title, rule.texts[0], rule.relation, rule.texts[1], sides[0], sides[1])
    if left is None or right is None:
        return "cannot_judge", part
    holds = left >= right if rule.relation == ">=" else left == right
    return ("pass" if holds else "fail"), part


def _because(outcome: Outcome, part: Part, desk: Desk) -> Reason:
    params = {
        "title": part.title, "left": desk.text(part.actual), "right": desk.text(part.expected),
        "difference": desk.text(None if part.actual is None or part.expected is None else part.actual - part.expected),
    }
    return Reason(f"articulation_{outcome}", params)


def _sources(rule: Rule) -> Iterator[str]:
    names = {"B": "balance_sheet", "I": "income_statement", "C": "cash_flow"}
    for side in (rule.left, rule.right):
        for leaf in leaves(side):
            if isinstance(leaf, LineOf):
                yield f"{names[leaf.form]}.{leaf.number}"
            elif isinstance(leaf, Variable):
                yield leaf.name
