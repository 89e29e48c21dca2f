"""Money on the accounts that statements cover, day by day: opening, what moved, gaps, closing."""

import datetime as dt
from itertools import count

from recon.workbook.model import Model, rows_of
from recon.workbook.plan import FIRST, HEAD, Sheet, a1

_DAY, _OPENING, _MOVED, _GAP, _CLOSING = range(5)


def daily(model: Model) -> Sheet:
    """Lay out a row for each day; ``model.rows`` learns ``daily.last``, 0 where no account has lines."""
    sheet = model.sheet("daily", freeze=(FIRST, 1))
    sheet.landscape = False
    sheet.widths = {_DAY: 13, _OPENING: 18, _MOVED: 18, _GAP: 18, _CLOSING: 18}
    heads = ("date", "opening", "moved", "gap", "closing")
    sheet.row(HEAD, [model.say(f"daily.{head}") for head in heads], "head")
    model.rows["daily.last"] = 0
    if not model.rebuilt.ledger.known.openings:
        sheet.put(FIRST, 0, model.say("daily.none"), "text.quiet")
        return sheet
    moved, gaps = _moved(model), _gaps(model)
    period, held = model.rebuilt.ledger.period, model.figure("evidence.opening").value or 0
    for row in count(FIRST):
        day = period.start + dt.timedelta(days=row - FIRST)
        if day > period.end:
            break
        held = _day(model, sheet, row, day, held, moved.get(day, 0), gaps.get(day, 0))
        model.rows["daily.last"] = row
    return sheet


def _day(model: Model, sheet: Sheet, row: int, day: dt.date, held: int, moved: int, gap: int) -> int:
    """One day; what is held at its end."""
    at = [a1(row, column, rows=False) for column in range(5)]
    before = model.homes["evidence.opening"] if row == FIRST else a1(row - 1, _CLOSING, rows=False)
    ranges = model.ranges
    lines = f'SUMIFS({ranges["line.amount"]},{ranges["line.date"]},{at[_DAY]},{ranges["line.funding"]},"none"'
    sheet.put(row, _DAY, day, "date")
    sheet.put(row, _OPENING, held, "money.quiet", f"={before}")
    sheet.put(row, _MOVED, moved, "money", f'={lines})-{lines},{ranges["line.kind"]},"cash")')
    sheet.put(row, _GAP, gap, "money.estimated")
    closing = f"=ROUND({at[_OPENING]}+{at[_MOVED]}+{at[_GAP]},{model.rebuilt.places})"
    sheet.put(row, _CLOSING, held + moved + gap, "money.bold", closing)
    return held + moved + gap


def _moved(model: Model) -> dict[dt.date, int]:
    """What the lines of accounts other than hand cash books moved, each on its own account."""
    frame = model.rebuilt.transactions
    counts = (frame["set_aside"] == "") & (frame["funded_by"] == "") & (frame["account_kind"] != "cash")
    sums = frame[counts].groupby("date")["amount"].sum()
    return {day.date(): int(amount) for day, amount in sums.items()}  # type: ignore[attr-defined] # a timestamp


def _gaps(model: Model) -> dict[dt.date, int]:
    """Money that moved where no line was handed in, on the day that the journal gives it."""
    journal, own = model.rebuilt.ledger.journal, set(model.rebuilt.ledger.own.values())
    found: dict[dt.date, int] = {}
    for row in rows_of(journal[(journal["rule"] == "statement_gap") & journal["account"].isin(own)]):
        day = row.date.date()
        found[day] = found.get(day, 0) + int(row.debit - row.credit)
    return found
