"""The best one-to-one assignment by total score, exactly where candidates are few, greedily where they are many."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from recon.events.columns import Ints

Floats = npt.NDArray[np.float64]

#: The longest side of a component that is solved exactly (time grows with its cube).
_EXACT = 60


def assign(left: Ints, right: Ints, score: Floats) -> Ints:
    """Choose candidate pairs so that each row is used once and the sum of scores is largest.

    Args:
        left: row number of one end of each candidate.
        right: row number of the other end; a row may not stand on both sides.
        score: gain of each candidate, > 0.

    Returns:
        Positions of the chosen candidates, ascending.
    """
    chosen: list[int] = []
    for edges in _components(left.tolist(), right.tolist()):
        at = np.array(edges, dtype=np.int64)
        rows, row_of = np.unique(left[at], return_inverse=True)
        columns, column_of = np.unique(right[at], return_inverse=True)
        if max(len(rows), len(columns)) > _EXACT:
            chosen += _greedy(at, left, right, score)
            continue
        gain = np.zeros((len(rows), len(columns)))
        gain[row_of, column_of] = score[at]
        best = set(_hungarian(gain))
        cells = zip(row_of.tolist(), column_of.tolist(), strict=True)
        chosen += [int(edge) for edge, cell in zip(at, cells, strict=True) if cell in best]
    return np.array(sorted(chosen), dtype=np.int64)


def _components(left: list[int], right: list[int]) -> Iterable[list[int]]:
    """Candidates that hang together through shared rows, as lists of positions."""
    parent: dict[tuple[int, int], tuple[int, int]] = {}

    def root(node: tuple[int, int]) -> tuple[int, int]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, two in zip(left, right, strict=True):
        parent[root((0, one))] = root((1, two))
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for position, one in enumerate(left):
        groups[root((0, one))].append(position)
    return groups.values()


def _greedy(at: Ints, left: Ints, right: Ints, score: Floats) -> list[int]:
    """Highest score first, earlier rows first among equals."""
    order = at[np.lexsort((right[at], left[at], -score[at]))]
    used_left: set[int] = set()
    used_right: set[int] = set()
    chosen = []
    for edge in order.tolist():
        one, two = int(left[edge]), int(right[edge])
        if one not in used_left and two not in used_right:
            used_left.add(one)
            used_right.add(two)
            chosen.append(edge)
    return chosen


def _hungarian(gain: Floats) -> list[tuple[int, int]]:
    """Cells of the assignment of largest total *gain*; cells of gain 0 mean "not assigned" and are left out.

    Shortest augmenting paths with potentials (Jonker and Volgenant), rows not more than columns.
    """
    if gain.shape[0] > gain.shape[1]:
        return [(r, c) for c, r in _hungarian(gain.T)]
    rows, columns = gain.shape
    cost = gain.max() - gain
    u, v = np.zeros(rows + 1), np.zeros(columns + 1)
    match = np.zeros(columns + 1, dtype=np.int64)
    for row in range(1, rows + 1):
        _augment(row, cost, u, v, match)
    return [(int(r) - 1, c) for c, r in enumerate(match[1:]) if r and gain[r - 1, c] > 0]


def _augment(row: int, cost: Floats, u: Floats, v: Floats, match: Ints) -> None:
    """Add *row* to the matching along a cheapest path; column 0 is the artificial start."""
    columns = cost.shape[1]
    least, came = np.full(columns + 1, np.inf), np.zeros(columns + 1, dtype=np.int64)
    done = np.zeros(columns + 1, dtype=bool)
    match[0], column = row, 0
    while match[column]:
        done[column] = True
        at = int(match[column])
        slack = cost[at - 1] - u[at] - v[1:]
        nearer = ~done[1:] & (slack < least[1:])
        least[1:][nearer], came[1:][nearer] = slack[nearer], column
        following = 1 + int(np.argmin(np.where(done[1:], np.inf, least[1:])))
        delta = least[following]
        u[match[done]] += delta
        v[done] -= delta
        least[~done] -= delta
        column = following
    while column:
        match[column] = match[came[column]]
        column = int(came[column])
