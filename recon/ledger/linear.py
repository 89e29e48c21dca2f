"""Exact elimination over fractions: which unknowns linear equations determine, and what else must be asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Number = int | Fraction


@dataclass(frozen=True, slots=True)
class Row:
    """Σ coefficient × unknown = Σ coefficient × known."""

    unknown: Mapping[str, Number]
    known: Mapping[str, Number]


def determined(rows: Sequence[Row]) -> dict[str, list[tuple[Fraction, str]]]:
    """Each unknown that *rows* fix, as coefficients over known names."""
    columns = sorted({name for row in rows for name in row.unknown})
    found = {}
    for row in _reduced(rows, columns):
        if len(row.unknown) == 1:
            name, pivot = next(iter(row.unknown.items()))
            found[name] = [(Fraction(coefficient) / pivot, other) for other, coefficient in row.known.items()]
    return found


def free_columns(rows: Sequence[Row], order: Sequence[str]) -> list[str]:
    """A smallest set of unknowns which, once known, fixes all of *order*; later names of *order* are preferred."""
    pivots = {_pivot(row, order) for row in _reduced(rows, order)}
    return [name for name in order if name not in pivots]


def _pivot(row: Row, order: Sequence[str]) -> str:
    return next(name for name in order if name in row.unknown)


def _reduced(rows: Sequence[Row], order: Sequence[str]) -> list[Row]:
    """Reduced row echelon form, pivots taken in *order*; rows without an unknown are dropped."""
    work = [(_plain(row.unknown), _plain(row.known)) for row in rows]
    done: list[tuple[dict[str, Number], dict[str, Number]]] = []
    for name in order:
        at = next((i for i, (unknown, _) in enumerate(work) if unknown.get(name)), None)
        if at is None:
            continue
        unknown, known = work.pop(at)
        pivot = unknown[name]
        top = ({k: _over(v, pivot) for k, v in unknown.items()}, {k: _over(v, pivot) for k, v in known.items()})
        for row in (*work, *done):
            factor = row[0].get(name)
            if factor:
                _subtract(row[0], top[0], factor)
                _subtract(row[1], top[1], factor)
        done.append(top)
    return [Row(unknown, known) for unknown, known in done]


def _plain(terms: Mapping[str, Number]) -> dict[str, Number]:
    """Whole coefficients as ints: nearly all are ±1, and int arithmetic is some ten times faster than fractions."""
    return {name: int(c) if c == int(c) else c for name, c in terms.items()}


def _over(above: Number, below: Number) -> Number:
    """The exact quotient, whole where it is."""
    return above // below if not above % below else Fraction(above) / below


def _subtract(row: dict[str, Number], top: Mapping[str, Number], factor: Number) -> None:
    for name, coefficient in top.items():
        left = row.get(name, 0) - factor * coefficient
        if left:
            row[name] = left
        else:
            row.pop(name, None)
