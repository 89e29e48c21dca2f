"""How well events and classify do on simulated businesses, against the truth that only the simulator knows.

Run ``python -m tests.benchmarks.flows --seeds 9001 9041 --months 4``: a row per business and a last row over all;
``--locale en`` has them live in an English-speaking country, ``--trades`` chooses among the trades.
Seeds opened here measure; nobody looks at their words to make rules.
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from recon.case.form import load
from recon.classify.classify import classify
from recon.classify.effective import effective
from recon.core.money import from_decimal
from recon.core.settings import settings
from recon.events.build import build as build_events
from recon.reading.read import read_file
from recon.simulate.build import build as simulate

TRADES = ("restaurant", "wholesale", "manufacturing", "retail", "services", "transport", "farming", "other")
#: Movements of own money go by one name here: which of them it is follows from the accounts handed in.
_OWN = ("own_transfer", "wallet_top_up", "cash_withdrawn", "cash_deposited")
#: A wallet or bank line of sales is a sale either way; on which side of the receivables is the ledger's question.
_ALIKE = {"cash_sales": "sales", "cash_purchases": "purchases"}


def flows(folder: Path) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The classified lines of a case folder's statements, and its truth."""
    case = load(folder)
    chosen = settings(case.settings)
    paths = sorted((folder / "statements").rglob("*"))
    readings = [read_file(p, name=p.relative_to(folder).as_posix()) for p in paths if p.is_file()]
    frame, accounts, _ = build_events(readings, case, chosen)
    frame, _ = classify(frame, case, accounts, chosen)
    return frame, json.loads((folder / "truth.json").read_text(encoding="utf-8"))


def with_truth(frame: pd.DataFrame, truth: dict[str, Any]) -> pd.DataFrame:
    """Every line of evidence with ``true`` category, ``true_pair`` (place of the other end) and ``place``."""
    frame = frame[~frame["id"].str.contains(r"-[A-Z]$")].copy()
    order = frame.sort_values(["page", "line"]).groupby("file").cumcount() + 1
    frame["place"] = list(zip(frame["file"], order.reindex(frame.index), strict=True))
    names = {(r["file"], r["ordinal"]): r["category"] for event in truth["events"] for r in event["rows"]}
    pairs = {tuple(one): tuple(two) for one, two in truth["transfers"]}
    pairs |= {two: one for one, two in pairs.items()}
    frame["true"] = [names.get(place, "") for place in frame["place"]]
    frame["true_pair"] = pd.Series([pairs.get(place) for place in frame["place"]], frame.index, dtype=object)
    return frame


def measured(frame: pd.DataFrame, truth: dict[str, Any]) -> Counter[str]:
    """Sums of value in minor units, from which the ratios of any number of businesses follow."""
    done = effective(frame)
    lines = with_truth(frame, truth)
    value = lines["amount"].abs()
    home = dict(zip(lines["id"], lines["place"], strict=True))
    other = lines["paired_with"].map(home)
    account = lines["paired_with"].map(dict(zip(lines["id"], lines["account"], strict=True)))
    paired = other.notna() & (account != lines["account"]) & (lines["set_aside"] == "")
    good = paired & pd.Series([a == b for a, b in zip(other, lines["true_pair"], strict=True)], index=lines.index)
    live = (lines["set_aside"] == "") & ~lines["true"].isin(["", "set_aside"])
    mine, true = (alike(lines[c]) for c in ("category", "true"))
    named = live & ~lines["category"].str.startswith("unknown")
    wanted = from_decimal(truth["figures"]["effective_revenue"])
    return Counter({
        "lines": len(lines), "lost": int((lines["true"] == "").sum()),
        "merged": int(((lines["set_aside"] == "duplicate") & (lines["true"] != "set_aside")).sum()),
        "paired": int(value[paired].sum()), "well": int(value[good].sum()),
        "pairs": int(value[lines["true_pair"].notna()].sum()),
        "live": int(value[live].sum()), "named": int(value[named].sum()),
        "right": int(value[named & (mine == true)].sum()), "effective": done.total, "wanted": wanted,
    })


def alike(names: "pd.Series[str]") -> "pd.Series[str]":
    """Categories under the names by which they are compared here."""
    return names.replace(_ALIKE).where(~names.isin(_OWN), "own")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:6.2f}" if whole else "     -"


def _row(name: str, sums: Counter[str]) -> str:
    error = _share(sums["effective"] - sums["wanted"], sums["wanted"])
    return (f"{name:22}{sums['lines']:7}{sums['lost']:5}{sums['merged']:7}  {_share(sums['well'], sums['paired'])} "
            f"{_share(sums['well'], sums['pairs'])} {error}  {_share(sums['named'], sums['live'])} "
            f"{_share(sums['right'], sums['named'])}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", nargs=2, type=int, default=(9001, 9041), help="first, and one past the last")
    parser.add_argument("--months", type=int, default=4)
    parser.add_argument("--locale", default="zh-CN", choices=("zh-CN", "en"))
    parser.add_argument("--trades", default=",".join(TRADES), help="names joined by commas, taken in turn")
    chosen = parser.parse_args(arguments)
    print(f"{'business':22}{'lines':>7}{'lost':>5}{'merged':>7}  own-P% own-R% eff-e%  cover%  right%")  # noqa: T201 - a table is what this is for
    every: Counter[str] = Counter()
    within, trades = 0, chosen.trades.split(",")
    for n in range(*chosen.seeds):
        trade = trades[n % len(trades)]
        with tempfile.TemporaryDirectory() as place:
            simulate(Path(place) / "case", trade=trade, months=chosen.months, seed=n, locale=chosen.locale)
            sums = measured(*flows(Path(place) / "case"))
        within += abs(sums["effective"] - sums["wanted"]) * 100 <= sums["wanted"]
        every.update(sums)
        print(_row(f"{trade} {n}", sums), flush=True)  # noqa: T201 - as above
    print(_row("all", every), f" effective revenue within 1 %: {within} of {len(range(*chosen.seeds))}")  # noqa: T201 - as above


if __name__ == "__main__":
    main()
