"""Documents and payments that meet many to one: a month's invoices paid at once, an invoice paid in parts."""

from collections.abc import Callable, Sequence
from itertools import combinations

#: Most items that are added up, and how many of the nearest are tried.
_MOST, _TRIED = 6, 12


def adding_up(total: int, items: Sequence[tuple[int, int]], distance: Callable[[int], int]) -> tuple[int, ...]:
    """Names of the two to six *items* that add up to *total*, if only one set of the fewest does.

    Args:
        total: minor units, > 0.
        items: (name, minor units > 0).
        distance: days from the other side, by name; the nearest twelve items are tried.

    Returns:
        The names, ascending; empty where nothing adds up or where two sets of one size do: a guess would be no match.
    """
    near = sorted((item for item in items if item[1] < total), key=lambda item: (distance(item[0]), item[0]))[:_TRIED]
    for size in range(2, min(_MOST, len(near)) + 1):
        sets = [chosen for chosen in combinations(near, size) if sum(money for _, money in chosen) == total]
        if sets:
            return tuple(sorted(name for name, _ in sets[0])) if len(sets) == 1 else ()
    return ()
