"""Formula tables of the need: rows in order, each an expression over the books and the rows above it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from recon.checks.desk import choice
from recon.checks.scope import Scope
from recon.core.finding import Words
from recon.core.settings import Settings
from recon.core.source import Source
from recon.need.model import Input, Unit
from recon.statements.expression import Node, Value, evaluate, parse, rows

TABLES = ("regulator", "cycle", "capacity", "order")


@dataclass(frozen=True, slots=True)
class Formula:
    """One row: *when* is the setting and value that picks it, or empty."""

    name: str
    when: tuple[str, str] | None
    text: str
    tree: Node
    unit: Unit
    title: Words


@cache
def formulas(name: str) -> tuple[Formula, ...]:
    """The rows of ``templates/need/<name>.tsv``.

    Raises:
        ReconError: an expression that cannot be read; names file and line.
    """
    columns = ("name", "when", "expression", "unit", "zh", "en")
    return tuple(_formula(row, place) for row, place in rows(f"need/{name}.tsv", columns))


def _formula(row: Mapping[str, str], place: Source) -> Formula:
    setting, _, value = row["when"].partition("=")
    when = (setting, value) if setting else None
    tree = parse(row["expression"], place)
    return Formula(row["name"], when, row["expression"], tree, cast("Unit", row["unit"]), Words(row["zh"], row["en"]))


def choices(name: str) -> dict[str, tuple[str, ...]]:
    """The named choices that a table offers: values by setting."""
    found: dict[str, dict[str, None]] = {}
    for formula in formulas(name):
        if formula.when:
            found.setdefault(formula.when[0], {})[formula.when[1]] = None
    return {setting: tuple(values) for setting, values in found.items()}


def chosen(name: str, settings: Settings, other: Mapping[str, str] | None = None) -> dict[str, str]:
    """The choice made for each setting of a table, *other* first.

    Raises:
        ReconError: a setting that names no such choice; names those there are.
    """
    made = {}
    for setting, values in choices(name).items():
        made[setting] = (other or {}).get(setting) or choice(settings, setting, values)
    return made


def calculate(
    name: str, scope: Scope, settings: Settings, other: Mapping[str, str] | None = None
) -> dict[str, Input]:
    """Every result of a table in its order, under the settings' choices or those of *other*."""
    made = chosen(name, settings, other)
    results: dict[str, Input] = {}
    values: dict[str, Value] = {}
    known = scope.knowing(values)  # each row sees those above it
    for formula in formulas(name):
        if formula.when and made[formula.when[0]] != formula.when[1]:
            continue
        value = values[formula.name] = evaluate(formula.tree, known)
        results[formula.name] = Input(formula.name, value, formula.unit, formula.title, formula.text)
    return results
