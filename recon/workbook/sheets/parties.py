"""Counterparties by value: few parties explain most of the money, so a reviewer decides by party first."""

from collections.abc import Callable

import pandas as pd

from recon.classify.reasons import explain
from recon.workbook.model import Model
from recon.workbook.plan import FIRST, HEAD, Block, Choice, Input, Sheet
from recon.workbook.sheets.transactions import note

_HEADS = (
    "rank", "counterparty", "count", "money_in", "money_out", "category", "reason", "confidence", "decide", "note",
)
_DECIDE = _HEADS.index("decide")


def parties(model: Model) -> tuple[Sheet, Callable[[str], str]]:
    """Lay out the parties; the second result gives the cell where a party is decided on, or an empty string."""
    sheet = model.sheet("counterparties", freeze=(FIRST, 2), landscape=True)
    sheet.key = 1
    sheet.widths = dict(enumerate((7, 34, 8, 16, 16, 30, 38, 9, 20, 30)))
    sheet.row(HEAD, [model.say(f"party.{name}") for name in _HEADS], "head")
    homes: dict[str, str] = {}
    for row, (name, group) in enumerate(_ranked(model.rebuilt.transactions), FIRST):
        _party(model, sheet, row, name, group)
        homes[name] = sheet.ref(row, _DECIDE)
    last = FIRST + len(homes) - 1
    if homes:
        block = Block(FIRST, _DECIDE, last, _DECIDE)
        sheet.choices.append(Choice(block, model.ranges["category.choice"]))
        sheet.filter = Block(HEAD, 0, last, len(_HEADS) - 1)
    return sheet, lambda name: homes.get(name, "")


def _ranked(transactions: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Named parties of the lines that count, the largest turnover first."""
    live = transactions[(transactions["set_aside"] == "") & (transactions["counterparty"] != "")]
    groups = [(str(name), group) for name, group in live.groupby("counterparty", sort=True)]
    return sorted(groups, key=lambda pair: -int(pair[1]["amount"].abs().sum()))


def _party(model: Model, sheet: Sheet, row: int, name: str, group: pd.DataFrame) -> None:
    weight = group["amount"].abs().groupby(group["category"]).sum()
    main = str(weight.idxmax())
    shown = group[group["category"] == main].iloc[0]
    more = len(weight) - 1
    category = model.category(main) + (model.say("party.more", count=more) if more else "")
    amounts = group["amount"]
    sheet.put(row, 0, row - FIRST + 1, "whole.quiet")
    sheet.put(row, 1, name)
    sheet.put(row, 2, len(group), "count")
    sheet.put(row, 3, int(amounts.clip(lower=0).sum()), "money")
    sheet.put(row, 4, int((-amounts).clip(lower=0).sum()), "money")
    sheet.put(row, 5, category)
    sheet.put(row, 6, explain(str(shown["reason"]), model.rebuilt.language), "text.quiet")
    sheet.put(row, 7, float(shown["confidence"]), "percent.quiet")
    said = "|".join(str(each) for each in weight.sort_values(ascending=False).index)
    sheet.ask(row, _DECIDE, None, "text", Input("counterparty", name, "category", said))
    note(model, sheet, row, _DECIDE + 1, name)
