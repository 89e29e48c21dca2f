"""Live a business, rebuild it from its evidence alone, measure it: a row of plain JSON for each, kept for ever."""

import json
import signal
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd

from recon.case.api import rebuild
from recon.case.books import Books
from recon.core.errors import ReconError
from recon.simulate.build import build
from tests.benchmarks import flows
from tests.benchmarks.accuracy import measure, verdict, yardsticks
from tests.benchmarks.accuracy.pictures import Kept, cpu
from tests.benchmarks.accuracy.plan import QUALITY, Task

#: No business may hold up the others for ever.
LONGEST = 900
MOST = 8


def one(task: Task, out: Path, keep: Path | None = None, *, photos: bool = True) -> dict[str, Any]:
    """The row of one business; what went wrong stands under ``error``: no business is left out of the table.

    Readings of photographs are kept under *out*, the simulated folder under *keep* where it is named;
    without *photos* no photograph is handed in.
    """
    row: dict[str, Any] = {"key": task.key, **asdict(task), "faults": [], "error": None}
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(LONGEST)
    try:
        with tempfile.TemporaryDirectory() as place:
            folder = (keep or Path(place)) / task.key.replace("/", "-")
            faults = lived(folder, task)
            row["faults"] = list(faults)
            for photo in () if photos else (folder / "receipts").glob("*.jpg"):
                photo.unlink()
            row |= rebuilt(folder, Kept(out / "pictures"))
    except Exception as slip:  # noqa: BLE001 - a crash is a result of this measurement
        row["error"] = f"{type(slip).__name__}: {slip}"
    finally:
        signal.alarm(0)
    return row


def _too_long(*_: object) -> None:
    raise TimeoutError(f"more than {LONGEST} s")


def lived(folder: Path, task: Task) -> tuple[str, ...]:
    """Simulate the business with the first fault of each group that it has a place for; returns those seeded."""
    groups = [list(group) for group in task.wanted]
    while True:
        chosen = tuple(group[0] for group in groups)
        try:
            build(folder, trade=task.trade, months=task.months, seed=task.seed, faults=chosen, locale=task.locale,
                  language=task.locale, quality=QUALITY[task.family])
        except ReconError as slip:
            if not slip.code.startswith("fault_"):
                raise
            groups = [group[1:] if group[0] == slip.params["fault"] else group for group in groups]
            _clear(folder)
        else:
            return chosen


def _clear(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def rebuilt(folder: Path, kept: Kept) -> dict[str, Any]:
    """Rebuild and measure a simulated folder; the truth is not in the folder while it is rebuilt."""
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    (folder / "truth.json").unlink()
    wall, before = time.perf_counter(), cpu()
    with patch("recon.case.folder.read_all", kept.read_all):
        books = rebuild(folder)
    spent = {"seconds": round(time.perf_counter() - wall, 2), "cpu_seconds": round(cpu() - before + kept.saved, 2)}
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False), "utf-8")
    form = tomllib.loads((folder / "case.toml").read_text("utf-8"))
    return {**spent, **statements(truth, books.to_dict()), **answers(books), **_verdict(truth, form, books),
            **_flows(books, truth), "yardsticks": _yardsticks(form, books, truth),
            "seeded": truth.get("faults", [])}


def statements(truth: Mapping[str, Any], books: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that follows from the two files alone."""
    pairs = list(measure.compared(truth, books))
    wrong = [(place, str(true), None if found is None else str(found)) for place, kind, true, found in pairs
             if kind == "period" and found != true]
    return {
        "exact": measure.exactness(pairs), "wrong": wrong, "articulates": measure.articulates(books),
        "figures": measure.figures(truth, books), "need": measure.need(truth, books),
        "ranges": measure.ranges(truth, books), "documented": measure.documented(books),
        "documented_wrong": measure.documented_and_wrong(truth, books),
        "questions": books.get("questions", []), "value_proven": books["coverage"]["value_proven"],
    }


def answers(books: Books) -> dict[str, Any]:
    """What checks and findings said."""
    return {
        "checks": {check.id: check.outcome for check in books.checks},
        "groups": {check.id: check.group for check in books.checks},
        "findings": dict(Counter(finding.code for finding in books.findings)),
        "serious": sorted({finding.code for finding in books.findings if finding.severity == "serious"}),
    }


def _verdict(truth: Mapping[str, Any], form: Mapping[str, Any], books: Books) -> dict[str, Any]:
    given, need, unit = books.need.recommended, truth["need"], Decimal(10) ** books.places
    asked = Decimal(str(form["request"]["amount"]))
    return {"verdict": {
        "found": books.need.verdict, "right": verdict.right(truth, asked), "asked": str(asked),
        "need": need["amount"], "affordable": need["capacity"]["affordable"], "because": need["because"],
        "recommended": None if given is None else str(Decimal(given.amount) / unit),
        "capacity": None if books.need.capacity.affordable is None else str(books.need.capacity.affordable / unit),
        "reasons": [reason.code for reason in books.need.reasons],
    }}


def _flows(books: Books, truth: Mapping[str, Any]) -> dict[str, Any]:
    """What pairing and classifying reached, and the largest confusions of one category with another."""
    table = pd.DataFrame(books.transactions)
    named = flows.with_truth(table, dict(truth))
    mine, true = (flows.alike(named[column]) for column in ("category", "true"))
    wrong = named[(named["set_aside"] == "") & ~true.isin(("", "set_aside")) & (true != mine)]
    confused = [
        {"true": true, "found": found, "count": len(rows), "value": int(rows["amount"].abs().sum()),
         "like": str(rows.loc[rows["amount"].abs().idxmax(), ["counterparty", "description", "reason"]].tolist())}
        for (true, found), rows in wrong.groupby(["true", "category"])
    ]
    largest = sorted(confused, key=lambda each: -int(str(each["value"])))[:MOST]
    return {"flows": dict(flows.measured(table, dict(truth))), "confused": largest}


def _yardsticks(form: Mapping[str, Any], books: Books, truth: Mapping[str, Any]) -> dict[str, Any]:
    months = len(truth["income_statement"][0]["months"])
    rows, unit = _credits(books), Decimal(10) ** books.places
    cash = sum((Decimal(int(a.closing)) / unit for a in books.accounts if a.closing is not None and a.kind != "cash"),
               Decimal(0))
    equity = yardsticks.counted_equity(form, cash)
    made = {
        "credits": yardsticks.credits_by_margin(form, rows, months),
        "deposits": yardsticks.bank_deposits(form, rows, months),
        "stated": yardsticks.as_stated(form, months) | {"equity": equity},
        "share": {"need": yardsticks.need_by_share(form)}, "formula": {"need": yardsticks.need_as_stated(form)},
    }
    return {name: {k: None if v is None else str(v) for k, v in each.items()} for name, each in made.items()}


def _credits(books: Books) -> list[yardsticks.Credit]:
    """The lines of banks and wallets as they are printed, duplicates and failed orders left out."""
    table = pd.DataFrame(books.transactions)
    table = table[table["account_kind"].isin(("bank", "wallet")) & (table["set_aside"] == "")]
    unit = Decimal(10) ** books.places
    return [yardsticks.Credit(a, day.date(), Decimal(int(amount)) / unit, str(party)) for a, day, amount, party
            in zip(table["account"], table["date"], table["amount"], table["counterparty"], strict=True)]
