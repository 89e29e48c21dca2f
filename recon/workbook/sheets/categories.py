"""The table of categories: the account and cash-flow line of each, by direction and by kind of own account."""

from recon.ledger.posting import CASH, CLEARING
from recon.workbook.model import Model
from recon.workbook.plan import FIRST, HEAD, Sheet
from recon.workbook.sheets.transactions import card_line

COLUMNS = (
    "name", "key", "account_in", "account_out", "hand_in", "hand_out", "line_in", "line_out", "card_in", "card_out",
    "feeds",
)

def categories(model: Model) -> Sheet:
    """Lay out the table; its columns become ranges ``category.<column>``."""
    sheet = model.sheet("categories", freeze=(FIRST, 1))
    sheet.widths = {0: 20, 1: 22, 2: 34, 3: 34, 4: 34, 5: 34, 10: 24}
    sheet.row(HEAD, [model.say(f"category.{name}") for name in COLUMNS], "head")
    rows = [
        (
            model.pick(entry), name, *_accounts(model, entry.account_in, entry.account_out),
            model.cash_line(entry.cash_in), model.cash_line(entry.cash_out),
            model.cash_line(card_line(entry.account_in, inward=True)),
            model.cash_line(card_line(entry.account_out, inward=False)), entry.control,
        )
        for name, entry in model.categories.items()
    ]
    rows.append((model.say("set_aside"), "set_aside", *["–"] * 9))
    for row, values in enumerate(rows, FIRST):
        sheet.row(row, values)
    last = FIRST + len(rows) - 1
    for column, name in enumerate(COLUMNS):
        model.ranges[f"category.{name}"] = sheet.down(column, FIRST, last)
    model.ranges["category.choice"] = sheet.down(0, FIRST, last - 1)
    return sheet


def _accounts(model: Model, inward: str, outward: str) -> list[str]:
    """The account by direction; in a hand cash book money of the cash account stands in transit instead."""
    by_hand = [CLEARING if code == CASH else code for code in (inward, outward)]
    return [model.account(code) for code in (inward, outward, *by_hand)]
