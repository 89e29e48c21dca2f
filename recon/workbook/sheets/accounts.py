"""Every account by month: what moved, summed from the journal, and the balance carried from month to month."""

from itertools import accumulate

from recon.ledger.posting import CLEARING
from recon.workbook.model import KEY, MONTH, NAME, OPENING, TOTAL, Model
from recon.workbook.plan import FIRST, PERIODS, Sheet, a1
from recon.workbook.recipes import Recipe

#: Where a gain or loss on disposal goes, should there be one.
_DISPOSALS = ("1606", "5301.03", "5711.04")


def accounts(model: Model, made: list[Recipe]) -> Sheet:
    """Lay out movements and balances; rows are ranges ``moved.<column>`` and ``balance.<column>`` by number."""
    heads = (model.say("head.class"), model.say("head.account"), model.say("head.opening"), model.say("head.total"))
    sheet = model.monthly("accounts", heads)
    sheet.widths |= {0: 16, NAME: 42, KEY: 26}
    codes = _codes(model, made)
    top = FIRST + 1
    sheet.put(FIRST, NAME, model.say("section.moved"), "section")
    for row, code in enumerate(codes, top):
        _names(model, sheet, row, code)
        _moved(model, sheet, row, code)
    last = top + len(codes) - 1
    _control(model, sheet, last + 1, top)
    second = last + 5
    sheet.put(second - 1, NAME, model.say("section.balances"), "section")
    for row, code in enumerate(codes, second):
        _names(model, sheet, row, code)
        _balance(model, sheet, row, code, row - second + top)
    for key, first in (("moved", top), ("balance", second)):
        model.rows[f"{key}.first"], model.rows[f"{key}.last"] = first, first + len(codes) - 1
    return sheet


def _codes(model: Model, made: list[Recipe]) -> list[str]:
    """Every account that anything can be posted to, in order."""
    ledger = model.rebuilt.ledger
    used = {str(code) for code in ledger.journal["account"].unique()} | set(ledger.own.values())
    used |= {code for entry in model.categories.values() for code in (entry.account_in, entry.account_out)}
    used |= {posting.account for recipe in made for posting in recipe.postings} | {CLEARING}
    used |= set(_DISPOSALS)
    return sorted(used)


def _names(model: Model, sheet: Sheet, row: int, code: str) -> None:
    sheet.put(row, 0, model.kind(code), "text.quiet")
    sheet.put(row, NAME, model.account(code))
    sheet.put(row, KEY, model.group(code), "text.quiet")


def _movement(model: Model, code: str) -> list[int]:
    balances = model.balances
    if code not in balances.accounts:
        return [0] * (len(model.months) + 1)
    return [int(v) for v in balances.movement[balances.accounts.index(code)]]


def _moved(model: Model, sheet: Sheet, row: int, code: str) -> None:
    """Opening balance and net debit of each month; the total is the closing balance."""
    ranges, values = model.ranges, _movement(model, code)

    def formula(c: int) -> str:
        return (f"=SUMIFS({ranges['journal.net']},{ranges['journal.account']},{a1(row, NAME, rows=False)},"
                f"{ranges['journal.month']},{a1(PERIODS, c, columns=False)})")

    sheet.put(row, OPENING, values[0], "money", formula(OPENING))
    across = f"={a1(row, OPENING)}+SUM({a1(row, MONTH)}:{a1(row, model.last)})"
    sheet.put(row, TOTAL, sum(values), "money.bold", across)
    sheet.along(row, MONTH, values[1:], "money", formula)


def _balance(model: Model, sheet: Sheet, row: int, code: str, moved: int) -> None:
    """Balance at the opening and each month's end: what stood before and what moved."""
    running = list(accumulate(_movement(model, code)))
    sheet.put(row, OPENING, running[0], "money", f"={a1(moved, OPENING, columns=False)}")
    sheet.put(row, TOTAL, running[-1], "money.bold", f"={a1(row, model.last)}")
    sheet.along(row, MONTH, running[1:], "money",
                lambda c: f"={a1(moved, OPENING)}+SUM({a1(moved, MONTH)}:{a1(moved, c, columns=False)})")


def _control(model: Model, sheet: Sheet, row: int, top: int) -> None:
    """All accounts together: zero in every month, for every entry balances; the next row holds the widest gap."""
    sheet.put(row, NAME, model.say("all_accounts"), "text.total")
    width, places = len(model.months) + 2, model.rebuilt.places
    sheet.along(row, OPENING, [0] * width, "money.total",
                lambda c: f"=ROUND(SUM({a1(top, c, columns=False)}:{a1(row - 1, c, columns=False)}),{places})")
    sheet.put(row + 1, NAME, model.say("widest"), "text.quiet")
    ends = f"{a1(row, OPENING)}:{a1(row, model.last)}"
    sheet.put(row + 1, TOTAL, 0, "money.quiet", f"=MAX({ends})-MIN({ends})")
    model.homes["all_accounts"] = sheet.ref(row + 1, TOTAL)
