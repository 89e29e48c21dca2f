"""What many businesses come to: quantiles that name how many they are of, shares, faults found and false alarms."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
Rows = Sequence[Row]
#: Name of a figure by the name of the figure whose true amount its error is a share of.
BASE = {"revenue": "revenue", "gross_profit": "revenue", "net_profit": "revenue", "equity": "equity",
        "effective_revenue": "effective_revenue"}
LEAST_NEED = Decimal("0.01")
ALARMS = ("explain", "fail")


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and P90 of the errors judged; *of* counts the abstained with them."""

    median: Decimal | None
    p90: Decimal | None
    judged: int
    of: int


def spread(errors: Iterable[Decimal | None]) -> Spread:
    """Quantiles by nearest rank; None is an abstention."""
    every = list(errors)
    known = sorted(e for e in every if e is not None)
    return Spread(quantile(known, 50), quantile(known, 90), len(known), len(every))


def quantile(ordered: Sequence[Decimal], percent: int) -> Decimal | None:
    """The smallest value that at least *percent* of the values do not exceed."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else None


def share(good: int, of: int) -> Decimal | None:
    """A part of a whole; None of nothing."""
    return Decimal(good) / of if of else None


def error(row: Row, name: str) -> Decimal | None:
    """Size of the error of a rebuilt figure as a share of its base; None where it was not rebuilt."""
    return off(row, name, row["figures"][name][1])


def off(row: Row, name: str, found: str | None) -> Decimal | None:
    """Size of the error of *found* for the figure *name* of a business."""
    true, base = Decimal(row["figures"][name][0]), abs(Decimal(row["figures"][BASE[name]][0]))
    return None if found is None or not base else abs(Decimal(found) - true) / base


def need_error(row: Row, found: str | None) -> Decimal | None:
    """Size of the error of a gross need, of the true need or of a hundredth of sales where there is next to none."""
    true = Decimal(row["need"]["true"])
    base = max(true, Decimal(row["need"]["sales"]) * LEAST_NEED)
    return None if found is None or not base else abs(Decimal(found) - true) / base


def exact(rows: Rows, kind: str) -> tuple[int, int, int]:
    """Statement figures that are right, of how many, and how many of them are abstained."""
    sums: Counter[str] = Counter()
    for row in rows:
        sums.update(row["exact"][kind])
    return sums["right"], sum(sums.values()), sums["abstained"]


def wholly(row: Row) -> bool:
    """Whether every figure of the three statements for the period is right to the last minor unit."""
    return not row["exact"]["period"]["wrong"] and not row["exact"]["period"]["abstained"]


def cash(row: Row) -> bool:
    """Whether closing cash is right to the last minor unit."""
    true, found = row["figures"]["closing_cash"]
    return found is not None and Decimal(true) == Decimal(found)


def held(rows: Rows) -> dict[str, tuple[int, int]]:
    """For each figure of which a range was stated: how often truth lies inside it, of how many."""
    found: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        for name, each in row["ranges"].items():
            found[name].append(Decimal(each["low"]) <= Decimal(each["true"]) <= Decimal(each["high"]))
    return {name: (sum(inside), len(inside)) for name, inside in found.items()}


def flow(rows: Rows, part: str, whole: str) -> Decimal | None:
    """One sum of the flows' measurements as a share of another, over all rows."""
    return share(sum(row["flows"].get(part, 0) for row in rows), sum(row["flows"].get(whole, 0) for row in rows))


def near(row: Row) -> bool:
    """Whether effective revenue is within a hundredth of the true one."""
    made = off(row, "effective_revenue", row["figures"]["effective_revenue"][1])
    return made is not None and made <= LEAST_NEED


# -- faults and false alarms ------------------------------------------------------------------------------------------


@cache
def accepted() -> Mapping[str, tuple[str, ...]]:
    """The table ``answers.tsv``: for each fault what counts as finding it."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in (Path(__file__).parent / "answers.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith(("#", "fault\t")):
            fault, answer = line.split("\t")
            found[fault].append(answer)
    return {fault: tuple(answers) for fault, answers in found.items()}


def raised(row: Row) -> dict[str, int]:
    """Everything that a case raised: checks not passed, findings with their count, and the verdict."""
    made = {f"check:{name}": 1 + (outcome == "fail") for name, outcome in row["checks"].items() if outcome in ALARMS}
    made |= {f"finding:{code}": count for code, count in row["findings"].items()}
    return made | {f"verdict:{row['verdict']['found']}": 1}


def answered(row: Row, fault: str, twin: Row | None = None) -> list[str]:
    """What a case raised that counts as finding *fault*; with a *twin* only what the honest twin did not raise.

    A check that was to be explained in the twin and fails here is raised anew, and so is a further finding.
    """
    before = raised(twin) if twin else {}
    return sorted(code for code, weight in raised(row).items()
                  if weight > before.get(code, 0) and any(fnmatch(code, each) for each in accepted().get(fault, ())))


@dataclass(frozen=True, slots=True)
class Caught:
    """A kind of fault: how often seeded, found, found beyond what the honest twin raised (of *twins*), and by what."""

    seeded: int
    found: int
    anew: int
    twins: int
    by: Counter[str]


def caught(rows: Rows, twins: Mapping[str, Row]) -> dict[str, Caught]:
    """Every kind of fault that was seeded in *rows*; *twins* are honest businesses by their key."""
    made: dict[str, Caught] = {}
    for fault in sorted({fault for row in rows for fault in row["faults"]}):
        here = [row for row in rows if fault in row["faults"]]
        paired = [(row, twins[key]) for row in here if (key := twin_of(row)) in twins]
        anew = [answered(row, fault, twin) for row, twin in paired]
        by = Counter(code for codes in anew for code in codes)
        made[fault] = Caught(len(here), sum(bool(answered(row, fault)) for row in here), sum(map(bool, anew)),
                             len(paired), by)
    return made


def twin_of(row: Row) -> str:
    """The key of the ordinary business that a faulty one is held against."""
    return f"ordinary/{row['trade']}/{row['seed']}/{row['months']}/{row['locale']}"


def alarms(rows: Rows) -> dict[str, Counter[str]]:
    """Outcomes of every check over *rows*; interest of several accounts counts as one check, the worst outcome."""
    rank = ("pass", "cannot_judge", "explain", "fail")
    made: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        worst: dict[str, str] = {}
        for name, outcome in row["checks"].items():
            plain = "interest" if name.startswith("interest_") else name
            worst[plain] = max(worst.get(plain, "pass"), outcome, key=rank.index)
        for name, outcome in worst.items():
            made[name][outcome] += 1
    return made


def groups(rows: Iterable[Row], by: Callable[[Row], str]) -> dict[str, list[Row]]:
    """*rows* by a key, in order of first appearance."""
    made: dict[str, list[Row]] = {}
    for row in rows:
        made.setdefault(by(row), []).append(row)
    return made
