"""The statements' forms: lines and formulas as data, so that another standard is another folder of tables."""

import re
from dataclasses import dataclass
from functools import cache

from recon.core.errors import ReconError
from recon.core.knowledge import folder, table
from recon.core.source import Source

#: The standard whose line numbers checks, need and report address.
REFERENCE = "small_enterprise"
STATEMENTS = ("balance_sheet", "income_statement", "cash_flow")
_TERM = re.compile(r"([+-]?)(?:([DCPETO])\(([\d.]+)\)|L(\d+)|(0)(?!\d))")


@dataclass(frozen=True, slots=True)
class Atom:
    """One term of a formula.

    *kind*: D debit balance, C credit balance, P income, E expense of the accounts that begin with *of*; T net cash in
    tagged with line *of*; O opening balance-sheet line *of*; L line *of* of the same form.
    """

    sign: int
    kind: str
    of: str


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line: number (0: heading), kind (heading, line, of_which, total), names, formula and stand-in figures."""

    number: int
    kind: str
    zh: str
    en: str
    formula: tuple[Atom, ...]
    figure: tuple[str, ...]

    def figures(self, end: str) -> tuple[str, ...]:
        """The figures that stand in: at the period's *end* (``opening``, ``closing``), or of the period (empty).

        What is on its way between own accounts (``clearing``) is there at the close alone, and has no other end.
        """
        if not end:
            return self.figure
        places = {"evidence": f"evidence.{end}", "clearing": "clearing"}
        names = (name for name in self.figure if name != "clearing" or end == "closing")
        return tuple(places.get(name, f"{end}.{name}") for name in names)


@dataclass(frozen=True, slots=True)
class Forms:
    """The three forms of one standard."""

    balance_sheet: tuple[FormLine, ...]
    income_statement: tuple[FormLine, ...]
    cash_flow: tuple[FormLine, ...]

    def of(self, statement: str) -> tuple[FormLine, ...]:
        """One of ``STATEMENTS``."""
        lines: tuple[FormLine, ...] = getattr(self, statement)
        return lines


@cache
def forms(standard: str = REFERENCE) -> Forms:
    """The forms under ``templates/forms/<standard>``.

    Raises:
        ReconError: no such standard, or a formula that cannot be read; names file and line.
    """
    if not (folder("templates") / "forms" / standard).is_dir():
        known = ", ".join(sorted(p.name for p in (folder("templates") / "forms").iterdir()))
        raise ReconError("unknown_standard", Source("case.toml", field="settings.standard"), name=standard, known=known)
    return Forms(*(_read(f"forms/{standard}/{name}.tsv") for name in STATEMENTS))


def _read(name: str) -> tuple[FormLine, ...]:
    rows = table(name, ("line", "kind", "zh", "en", "formula", "figure"))
    return tuple(
        FormLine(
            int(row["line"] or 0), row["kind"], row["zh"], row["en"], parse(row["formula"], name),
            tuple(row["figure"].split("+")) if row["figure"] else (),
        )
        for row in rows
    )


def parse(formula: str, name: str = "") -> tuple[Atom, ...]:
    """The terms of a formula such as ``D(1001)+D(1002)-L19``.

    Raises:
        ReconError: something in it is no term.
    """
    atoms, at = [], 0
    while at < len(formula):
        found = _TERM.match(formula, at)
        if found is None:
            raise ReconError("bad_formula", Source(name), formula=formula)
        sign, kind, code, line, zero = found.groups()
        if not zero:
            atoms.append(Atom(-1 if sign == "-" else 1, kind or "L", code or line))
        at = found.end()
    return tuple(atoms)
