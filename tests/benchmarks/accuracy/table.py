"""The accuracy tables as markdown in both languages, and every business as a row of a CSV."""

import csv
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tests.benchmarks.accuracy import summary
from tests.benchmarks.accuracy.summary import Row, Rows, Spread

ERRORS = ("revenue", "gross_profit", "net_profit", "equity")
HONEST = ("clean", "ordinary")
BESIDE = ("ordinary", "messy", "dishonest")
Words = Callable[..., str]


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


def report(rows: Rows, language: str, command: str) -> str:
    """All tables of *rows*, which *command* measures."""
    def say(key: str, **params: object) -> str:
        return _words()[key]["zh" if language == "zh-CN" else "en"].format(**params) if key in _words() else key

    done = [row for row in rows if not row["error"]]
    families = summary.groups(rows, lambda row: row["family"])
    ordinary = families.get("ordinary", [])
    code = ", ".join(sorted({row.get("code", "") for row in rows}))
    parts = [
        f"## {say('title', n=len(rows))}\n\n{say('how', command=command, code=code)}",
        f"### {say('by_family')}\n\n{_measures(families, say)}",
        f"### {say('by_trade')}\n\n{_measures(summary.groups(ordinary, lambda row: row['trade']), say)}",
        *(f"### {say('yardsticks', family=say(family))}\n\n" + _yardsticks(
            [row for row in families[family] if not row["error"]], say) for family in BESIDE if family in families),
        f"### {say('faults')}\n\n{_faults(done, say)}",
        f"### {say('false_alarms')}\n\n{_alarms(done, say)}",
    ]
    failed = [f"- {row['key']} {' '.join(row['faults'])}: {row['error']}" for row in rows if row["error"]]
    if failed:
        parts.append(f"### {say('errors')}\n\n" + "\n".join(failed))
    return "\n\n".join(parts) + "\n"


def grid(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    """A markdown table."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def percent(value: Decimal | None) -> str:
    """A share with a decimal of a per cent, a dash where there is none."""
    return "–" if value is None else f"{value * 100:.1f}%"


def _of(good: int, of: int) -> str:
    return f"{percent(summary.share(good, of))} ({good}/{of})"


def _spread(each: Spread) -> str:
    return f"{percent(each.median)} / {percent(each.p90)} ({each.judged}/{each.of})"


def _measures(columns: Mapping[str, Rows], say: Words) -> str:
    """The main table: a row a measure, a column a family or trade."""
    made = [_column(rows, say) for rows in columns.values()]
    names = list(dict.fromkeys(name for column in made for name in column))
    return grid([say("measure"), *map(say, columns)], [[n, *(column.get(n, "–") for column in made)] for n in names])


def _column(rows: Rows, say: Words) -> dict[str, str]:
    done = [row for row in rows if not row["error"]]
    if not done:
        return {say("businesses"): f"{len(rows)} ({len(rows)})"}
    right, of, abstained = summary.exact(done, "period")
    made = {
        say("businesses"): f"{len(rows)} ({len(rows) - len(done)})",
        say("lines_exact"): _of(right, of), say("lines_abstained"): _of(abstained, of),
        say("wholly"): _of(sum(map(summary.wholly, done)), len(done)),
        say("articulates"): _of(sum(row["articulates"] == "pass" for row in done), len(done)),
        say("cash"): _of(sum(map(summary.cash, done)), len(done)),
    }
    made |= {say(name): _spread(summary.spread(summary.error(row, name) for row in done)) for name in ERRORS}
    made[say("need")] = _spread(summary.spread(summary.need_error(row, row["need"]["found"]) for row in done))
    wrong, shown = sum(len(row["documented_wrong"]) for row in done), sum(row["documented"] for row in done)
    made[say("documented")] = f"{wrong}/{shown}"
    made |= {say("calibration", name=say(f"range_{name}")): _of(*each) for name, each in summary.held(done).items()}
    made |= _decided(done, say)
    return made | _flows(done, say)


def _decided(done: Rows, say: Words) -> dict[str, str]:
    verdicts = [row["verdict"] for row in done]
    return {say("verdict"): _of(sum(v["found"] == v["right"] for v in verdicts), len(done)),
            say("verdict_unknown"): _of(sum(v["found"] == "cannot_judge" for v in verdicts), len(done))}


def _flows(done: Rows, say: Words) -> dict[str, str]:
    times = sorted(Decimal(str(row["cpu_seconds"])) for row in done)
    return {
        say("categories"): percent(summary.flow(done, "right", "named")),
        say("named"): percent(summary.flow(done, "named", "live")),
        say("effective"): _of(sum(map(summary.near, done)), len(done)),
        say("transfers_right"): percent(summary.flow(done, "well", "paired")),
        say("transfers_found"): percent(summary.flow(done, "well", "pairs")),
        say("time"): f"{summary.quantile(times, 50):.0f} / {summary.quantile(times, 90):.0f}",
    }


def _yardsticks(done: Rows, say: Words) -> str:
    """Errors of recon and of each way of practice on the same businesses."""
    columns = [*ERRORS, "need"]
    made = [[say("recon"), *(_spread(summary.spread(summary.error(row, name) for row in done)) for name in ERRORS),
             _spread(summary.spread(summary.need_error(row, row["need"]["found"]) for row in done))]]
    for way in ("credits", "deposits", "stated", "share", "formula"):
        known = {name for row in done for name in row["yardsticks"][way]}
        made.append([say(way), *(_way(done, way, name) if name in known else "–" for name in columns)])
    return grid([say("way"), *map(say, columns)], made)


def _way(done: Rows, way: str, name: str) -> str:
    found = [(row, row["yardsticks"][way].get(name)) for row in done]
    if name == "need":
        return _spread(summary.spread(summary.need_error(row, value) for row, value in found))
    return _spread(summary.spread(summary.off(row, name, value) for row, value in found))


def _faults(done: Rows, say: Words) -> str:
    twins = {row["key"]: row for row in done}
    caught = summary.caught(done, twins)
    body = [[fault, _of(each.found, each.seeded), _of(each.anew, each.twins),
             ", ".join(f"{code} {count}" for code, count in each.by.most_common(4)) or "–"]
            for fault, each in caught.items()]
    sums = [sum(getattr(each, name) for each in caught.values()) for name in ("found", "seeded", "anew", "twins")]
    body.append(["**Σ**", _of(*sums[:2]), _of(*sums[2:]), ""])
    return grid([say("fault"), say("found"), say("anew"), say("by")], body)


def _alarms(done: Rows, say: Words) -> str:
    """Checks that were not quiet on honest businesses, by family."""
    counts = {family: summary.alarms([row for row in done if row["family"] == family]) for family in HONEST}
    names = sorted({name for each in counts.values() for name in each})
    loud = [name for name in names if any(counts[f][name][o] for f in HONEST for o in ("explain", "fail"))]
    head = [say("check"), *(f"{say(f)}: {say(o)}" for f in HONEST for o in ("alarm", "explain", "cannot_judge"))]
    body = [[name, *(_of(counts[f][name][o], counts[f][name].total()) for f in HONEST
                     for o in ("fail", "explain", "cannot_judge"))] for name in loud]
    return grid(head, body) + "\n\n" + say("quiet", n=len(names) - len(loud))


def sheet(rows: Rows, path: Path) -> None:
    """Every business as a row of figures, for those who want to reckon for themselves."""
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        made = [_flat(row) for row in rows]
        names = list(dict.fromkeys(name for row in made for name in row))
        writer = csv.DictWriter(handle, names)
        writer.writeheader()
        writer.writerows(made)


def _flat(row: Row) -> dict[str, Any]:
    made: dict[str, Any] = {name: row[name] for name in ("family", "trade", "seed", "months", "error")}
    made |= {"code": row.get("code", ""), "faults": " ".join(row["faults"])}
    if row["error"]:
        return made
    made |= {"seconds": row["seconds"], "cpu_seconds": row["cpu_seconds"], "articulates": row["articulates"],
             **{f"lines_{name}": count for name, count in row["exact"]["period"].items()}}
    for name, (true, found) in row["figures"].items():
        made |= {f"{name}_true": true, f"{name}_found": found}
    made |= {"need_true": row["need"]["true"], "need_found": row["need"]["found"],
             "verdict": row["verdict"]["found"], "verdict_right": row["verdict"]["right"]}
    return made
