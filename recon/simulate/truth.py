"""``truth.json``: the true statements, every event with its category and its place in the evidence, the true need."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recon.simulate.books import Line, total
from recon.simulate.figures import Truth
from recon.simulate.journal import Event, Row, ledger_account
from recon.simulate.need import YEAR, ratio

if TYPE_CHECKING:
    from recon.simulate.faults.catalogue import Faults

POLICIES = {
    "revenue": "when sold, tax included; taxes in taxes and surcharges",
    "wages": "administrative expenses, none in cost of sales",
    "cost_of_sales": "goods and materials used, nothing else",
    "depreciation": "straight line on cost less residual, from the month after purchase",
    "loan_interest": "when paid", "equity": "opening equity stands in paid-in capital; drawings and profit in line 51",
    "money_market_fund": "part of the wallet that it belongs to",
    "direct_costs": "fuel, tolls, hired machines and hands: through stock into cost of sales on the day",
    "capacity": ("profit of a month before wear and interest, less what the household takes in money and goods and "
                 "the service of loans as they stand at the end"),
    "verdict": ("as much as the regulator's formula or the deepest gap of the true cash path justifies, and as a "
                "month's capacity carries with 30% to spare (of one repaid at its end, the interest); to a bad "
                "character never"),
    "owner": "household spending and the owner's pay are drawings",
}
CONTROL = {
    "receivables": "1122",
    "payables": "2202",
    "inventory": "1405",
    "cash": "1001", "loans": "2001", "wages": "2211", "taxes": "2221",
}


Text = Callable[[int], str]


def write_truth(folder: Path, true: Truth, shown: list[Row], seed: int, faults: "Faults") -> None:
    """Write what truly happened to ``truth.json``; amounts are strings in major units."""
    world, kept = true.world, true.books
    data = {
        "schema": "recon/truth/1",
        "case": {"name": world.name, "trade": world.profile.trade, "currency": world.profile.currency, "seed": seed,
                 "locale": world.profile.locale, "quality": world.profile.quality,
                 "from": str(world.first), "to": str(world.last)},
        "policies": POLICIES, "answers": true.answers,
        "figures": {name: world.text(amount) for name, amount in true.figures.items()},
        "balance_sheet": [_line(line, world.text, opening=True) for line in kept.balance_sheet],
        "income_statement": [_line(line, world.text) for line in kept.income_statement],
        "cash_flow": [_line(line, world.text) for line in kept.cash_flow],
        "accounts": _accounts(true),
        "ledger": {name: {"opening": world.text(kept.opening.get(name, 0)), "closing": world.text(amount)}
                   for name, amount in sorted(kept.closing.items())},
        "control_accounts": _control(true),
        "events": [_event(event, world.text) for event in true.events],
        "transfers": _pairs(shown),
        "receipts": _receipts(true),
        "need": _need(true),
        "faults": faults.as_json(),
    }
    # one item of a list a line: large lists stay readable and compare line by line
    parts = [f" {json.dumps(key)}: {_block(value)}" for key, value in data.items()]
    (folder / "truth.json").write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def _block(value: Any) -> str:
    if value and isinstance(value, list):
        items = ("  " + json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in value)
        return "[\n" + ",\n".join(items) + "\n ]"
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n ")


def _line(line: Line, text: Text, *, opening: bool = False) -> dict[str, Any]:
    months = {month: text(amount) for month, amount in line.months.items()}
    if opening:
        ends = {"opening": text(line.opening), "closing": text(line.amount)}
        return {"line": line.number, **ends, "months": months}
    return {"line": line.number, "amount": text(line.amount), "months": months}


def _accounts(true: Truth) -> list[dict[str, str]]:
    """Opening and closing balance of every own account."""
    made = []
    for account in true.world.accounts.values():
        ledger = ledger_account(account.form.kind, account.form.id)
        opening, closing = (true.world.text(total(side, ledger)) for side in (true.books.opening, true.books.closing))
        made.append({"id": account.form.id, "kind": account.form.kind, "number": account.number,
                     "opening": opening, "closing": closing})
    return made


def _control(true: Truth) -> dict[str, Any]:
    """Each control account's opening and closing balance and its movements by the category of the event."""
    made: dict[str, Any] = {}
    text = true.world.text
    for name, account in CONTROL.items():
        moved: dict[str, int] = {}
        for event in true.events:
            for p in event.postings:
                if p.account.split(".")[0] == account and true.world.first <= p.date <= true.world.last:
                    moved[event.category] = moved.get(event.category, 0) + p.amount
        opening, closing = (total(side, account) for side in (true.books.opening, true.books.closing))
        if opening + sum(moved.values()) != closing:
            raise AssertionError(f"control account {name} does not close")
        made[name] = {"opening": text(opening), "moved": {k: text(v) for k, v in sorted(moved.items())},
                      "closing": text(closing)}
    return made


def _event(event: Event, text: Text) -> dict[str, Any]:
    made: dict[str, Any] = {"id": event.number, "date": str(event.date), "category": event.category,
                            "amount": text(event.amount), "account": event.account}
    if event.party:
        made["party"] = event.party
    made["rows"] = [{"file": r.place[0], "ordinal": r.place[1], "account": r.account, "amount": text(r.amount),
                     "category": r.category} for r in event.rows if r.place[0]]
    made["postings"] = [[str(p.date), p.account, text(p.amount), p.cash_line] for p in event.postings]
    return made


def _pairs(shown: list[Row]) -> list[list[list[Any]]]:
    """Rows that are two ends of one movement between own accounts."""
    ends: dict[int, list[list[Any]]] = {}
    for row in shown:
        if row.pair:
            ends.setdefault(row.pair, []).append(list(row.place))
    return [pair for pair in ends.values() if len(pair) == 2]  # noqa: PLR2004  both ends are in the evidence


def _receipts(true: Truth) -> list[dict[str, Any]]:
    made = []
    for entry in true.world.receipts:
        row = entry.get("row")
        made.append({"file": entry["file"], "kind": entry["kind"], "number": entry["number"],
                     "date": str(row.when.date() if row else entry["event"].date),
                     "total": true.world.text(abs(row.amount if row else entry["event"].amount)),
                     "party": row.party if row else entry["event"].party,
                     "event": row.event if row else entry["event"].number, "row": list(row.place) if row else None})
    return made


def _need(true: Truth) -> dict[str, Any]:
    """The regulator's formula with every input, and what was asked for."""
    need, year, text = true.need, true.year, true.world.text
    inputs = {
        "working_capital": text(need.gross), "turns": ratio(YEAR / need.cycle) if need.cycle > 0 else None,
        "cycle": ratio(need.cycle), **{name: ratio(days) for name, days in need.days.items()},
        "margin": ratio(need.margin), "growth": ratio(need.growth), "own_funds": text(true.own_funds),
        "existing_loans": text(-total(true.books.closing, "2001")), "other_funding": text(0),
        "sales": text(year["total_sales"]), "cost": text(year["cost_of_goods_sold"]),
        "profit": text(year["net_profit"]),
    }
    method = {"amount": text(max(true.limit, 0)), "exact": text(true.limit), "inputs": inputs}
    room, verdict = true.room, true.verdict
    gap = {"amount": None if room.gap is None else text(room.gap), "deepest": room.deepest and str(room.deepest)}
    return {
        "regulator": method, "requested": text(true.asked), "cash_gap": gap, "amount": text(max(room.need, 0)),
        "capacity": {"monthly_disposable": text(room.disposable), "affordable": text(room.affordable)},
        "character": true.character, "recommended": text(verdict.amount), "verdict": verdict.verdict,
        "because": verdict.because, "clearance": ratio(true.clearance),
    }
