"""Overlapping files of one account merged row by row, so that every line counts once and equal payments stay apart."""

import re

import numpy as np
import pandas as pd

from recon.core.finding import Finding
from recon.core.source import Source
from recon.events.words import plain

#: What makes two rows of two files one line, strongest first; each needs its column filled in both files.
_LEVELS = ("number", "order", "time", "words")
#: The share of rows that must have it: a brought-forward line or two may lack a balance.
_NEARLY_ALL = 0.9
#: Lines in equal lists that make two files printings of the same days.
_SEVERAL = 3
_FILL = ("time", "counterparty", "counterparty_account", "type", "method", "status", "order", "given_category")


def set_aside(frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Set aside the rows of *frame* that an earlier file of the same account already shows.

    Rows are compared file against file as multisets: what stands twice in both stays twice, what stands twice in one
    file is never a duplicate. Rows are one line when day and amount agree and so do, in this order of preference, the
    balance, the order number, the time, or the words. Files with nothing of these in common, or whose words agree in
    part only, are merged over whole days on which both list exactly the same amounts.

    Returns:
        The frame with ``set_aside`` = ``duplicate`` and ``paired_with`` = the kept row's id, kept rows enriched by
        texts that only the duplicate prints; and a finding per file with duplicates.
    """
    frame = frame.copy()
    frame["words"] = _words(frame)
    frame["number"] = frame["balance"].astype("object").where(frame["balance"].notna(), "").astype(str)
    twins: dict[int, int] = {}
    for _, rows in frame.groupby("account", sort=True):
        files = _by_trust(rows)
        for position, later in enumerate(files):
            for earlier in files[:position]:
                _merge(earlier, later, twins)
    frame = _mark(frame, twins).drop(columns=["words", "number"])
    return frame, _findings(frame)


def _words(frame: pd.DataFrame) -> list[str]:
    texts = (frame["counterparty"] + frame["description"]).tolist()
    known = {text: re.sub(r"[\W_]", "", plain(text)) for text in set(texts)}
    return [known[text] for text in texts]


def _by_trust(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """The account's files: proven before unproven, then by name; the first to show a line keeps it."""
    files = [part for _, part in rows.groupby("file", sort=True)]
    return sorted(files, key=lambda part: not part["proven"].iloc[0])


def _merge(earlier: pd.DataFrame, later: pd.DataFrame, twins: dict[int, int]) -> None:
    """Note in *twins* (later row → earlier row) what both files show."""
    start, end = max(earlier["date"].min(), later["date"].min()), min(earlier["date"].max(), later["date"].max())
    if not start <= end:
        return
    one = earlier[earlier["date"].between(start, end)]
    two = later[later["date"].between(start, end)]
    one, two = one[~one.index.isin(list(twins))], two[~two.index.isin(list(twins))]
    level = next((name for name in _LEVELS if _usable(one, two, name)), None)
    found = _same_rows(one, two, [level]) if level else _same_days(one, two)
    twins.update(found | _reworded(one, two, found) if level == "words" else found)


def _usable(one: pd.DataFrame, two: pd.DataFrame, name: str) -> bool:
    """Whether nearly all rows of both files have the column, and (for words) some of them agree."""
    if one.empty or two.empty or any((part[name] != "").mean() < _NEARLY_ALL for part in (one, two)):
        return False
    return name != "words" or bool(set(one["words"]) & set(two["words"]))


def _same_rows(one: pd.DataFrame, two: pd.DataFrame, extra: list[str]) -> dict[int, int]:
    """Rows of *two* that are in *one* too, each used once: equal keys are matched in order."""
    keys = ["date", "amount", *extra]
    left, right = (part[keys].assign(row=part.index, nth=part.groupby(keys).cumcount()) for part in (one, two))
    both = left.merge(right, on=[*keys, "nth"], suffixes=("", "_later"))
    return dict(zip(both["row_later"].tolist(), both["row"].tolist(), strict=True))


def _same_days(one: pd.DataFrame, two: pd.DataFrame) -> dict[int, int]:
    """Rows of whole days on which both files list the same amounts the same number of times, if there are several.

    One or two equal amounts on the day where one file ends and the next begins may be two payments.
    """
    lists = ({day: sorted(rows) for day, rows in part.groupby("date")["amount"]} for part in (one, two))
    first, second = lists
    days = [day for day, amounts in first.items() if second.get(day) == amounts]
    if sum(len(first[day]) for day in days) < _SEVERAL:
        return {}
    return _same_rows(one[one["date"].isin(days)], two[two["date"].isin(days)], [])


def _reworded(one: pd.DataFrame, two: pd.DataFrame, found: dict[int, int]) -> dict[int, int]:
    """Rows that two printings of the same days word differently, besides those *found* by equal words.

    Only where nearly all days list the same amounts: the files are then printings of one account's same days.
    """
    same = _same_days(one, two)
    days = set(one["date"]) | set(two["date"])
    if two.loc[list(same), "date"].nunique() < _NEARLY_ALL * len(days):
        return {}
    rest = _same_rows(one[~one.index.isin(list(found.values()))], two[~two.index.isin(list(found))], [])
    return {row: kept for row, kept in rest.items() if row in same}


def _mark(frame: pd.DataFrame, twins: dict[int, int]) -> pd.DataFrame:
    if not twins:
        return frame
    rows, kept = np.array(list(twins)), np.array(list(twins.values()))
    frame.loc[rows, "set_aside"] = "duplicate"
    frame.loc[rows, "paired_with"] = frame.loc[kept, "id"].to_numpy()
    for name in _FILL:
        empty = frame.loc[kept, name].to_numpy() == ""
        frame.loc[kept[empty], name] = frame.loc[rows[empty], name].to_numpy()
    balances = frame["balance"]
    bare = balances.loc[kept].isna().to_numpy()
    frame.loc[kept[bare], "balance"] = balances.loc[rows[bare]].to_numpy()
    return frame


def _findings(frame: pd.DataFrame) -> tuple[Finding, ...]:
    doubled = frame[frame["set_aside"] == "duplicate"]
    return tuple(
        Finding("duplicates_merged", "info", Source(str(file)), {
            "count": len(rows), "account": str(rows["account"].iloc[0]),
        })
        for file, rows in doubled.groupby("file", sort=True)
    )
