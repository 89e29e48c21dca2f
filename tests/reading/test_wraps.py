"""Wrapped lines of many pages find their rows as they would one by one."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from recon.reading.pages.wraps import BESIDE, LINE_GAP, owners

KINDS = st.sampled_from(["anchor", "loose", "loose", "text"])
LINES = st.lists(st.tuples(KINDS, st.integers(1, 30), st.integers(6, 14), st.sampled_from([0] * 8 + [1])), max_size=40)


def one_by_one(page, middle, height, anchor, loose):
    """The same for one table, in words."""
    anchors, found = np.flatnonzero(anchor).tolist(), {}
    for k in np.flatnonzero(loose).tolist():
        before, after = [a for a in anchors if a < k][-1:], [a for a in anchors if a > k][:1]
        near = [a for a in before + after if page[a] == page[k] and abs(middle[a] - middle[k]) < BESIDE * height[a]]
        if near:
            found[k] = min(near, key=lambda a: abs(middle[a] - middle[k]))
    first, last = middle.copy(), middle.copy()  # of a row with the lines beside it
    for k, a in found.items():
        first[a], last[a] = min(first[a], middle[k]), max(last[a], middle[k])
    for start, stop in pairwise([-1, *anchors, len(page)]):
        between = [k for k in range(start + 1, stop) if loose[k] and k not in found]
        gaps = [
            first[b] - last[a] if a >= 0 and b < len(page) and page[a] == page[b] else 1e6
            for a, b in pairwise([start, *between, stop])
        ]
        widest = gaps.index(max(gaps))
        cut = widest if gaps[widest] > 1.15 * min(gaps) else len(between)
        found |= {
            k: start if at < cut else stop
            for at, k in enumerate(between)
            if max(gaps[: at + 1] if at < cut else gaps[at + 1 :]) < LINE_GAP * height[between[0]]
            and 0 <= (start if at < cut else stop) < len(page)
        }
    return [found.get(k, -1) for k in range(len(page))]


@given(LINES)
@settings(max_examples=150, deadline=None)
def test_all_lines_at_once_find_their_rows_as_one_by_one(lines):
    page = np.cumsum([turn for *_, turn in lines], dtype=np.intp)
    middle = np.cumsum([step for _, step, _, _ in lines], dtype=float)
    height = np.array([tall for _, _, tall, _ in lines], float)
    anchor, loose = (np.array([kind == name for kind, *_ in lines], bool) for name in ("anchor", "loose"))
    table = np.zeros(len(lines), np.intp)
    found = owners(page, table, middle, height, anchor, loose).tolist()
    assert found == one_by_one(page, middle, height, anchor, loose)


def test_lines_of_another_table_are_nobodys():
    anchor, loose = np.array([True, False, False]), np.array([False, True, True])
    place = np.array([10.0, 19.0, 28.0]), np.array([8.0, 8.0, 8.0])
    assert owners(np.zeros(3, int), np.array([0, 0, 1]), *place, anchor, loose).tolist() == [-1, 0, -1]
