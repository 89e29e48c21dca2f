"""Lines of text that name each value of each transaction, as some banks export them, become one table."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from recon.reading.tables.columns import Rows
from recon.reading.vocabulary import meanings

#: Records that make a table.
_LEAST = 3
_LABELLED = re.compile(r"\s*([^:：\d]{2,30})[:：]\s*(.*)$")
_MONEY = frozenset({"amount", "in", "out"})


def tabled(rows: Rows) -> Rows | None:
    """*rows* with one row for each run of labelled lines, below a row of the labels; None where they are no records."""
    named = [_named(row) for row in rows.cells]
    counts = Counter(label for label, _ in filter(None, named))
    titles = [label for label, count in counts.items() if count >= _LEAST]
    names = {m.name for label in titles for m in meanings(label)}
    if rows.box is not None or not ("date" in names and names & _MONEY):
        return None
    starts = [i for i, each in enumerate(named) if each and each[0] == titles[0]]
    bounds = zip(starts, [*starts[1:], len(named)], strict=True)
    at = list(range(starts[0])) + starts[:1] + starts
    records = [_record(named[a:b], titles) for a, b in bounds]
    return replace(
        rows, cells=[*rows.cells[: starts[0]], titles, *records], page=[rows.page[i] for i in at],
        line=[rows.line[i] for i in at],
    )


def _named(row: Sequence[str]) -> tuple[str, str] | None:
    """The label and the value of a row that is nothing else, where the label may head a column."""
    found = _LABELLED.match(" ".join(row).strip())
    return (found[1].strip(), found[2].strip()) if found and meanings(found[1]) else None


def _record(lines: Sequence[tuple[str, str] | None], titles: Sequence[str]) -> list[str]:
    """One transaction's values in the order of *titles*."""
    values = dict(filter(None, reversed(lines)))  # the first of a label that comes twice
    return [values.get(title, "") for title in titles]
