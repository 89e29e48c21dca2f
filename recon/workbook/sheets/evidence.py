"""What was read: every file with its outcome, every own account, what is missing, and every receipt."""

from recon.core.words import say
from recon.need.coverage import missing_months
from recon.reading.report import as_json
from recon.reading.result import Reading
from recon.workbook.model import Model, rows_of
from recon.workbook.plan import FIRST, HEAD, Sheet, a1

_FILES = ("file", "kind", "outcome", "reason", "lines", "documents", "", "", "", "digest")
_ACCOUNTS = ("account", "kind", "number", "holder", "opening", "closing", "lines", "start", "end", "proven_mark")
_RECEIPTS = ("file", "page", "date", "seller", "buyer", "number", "total", "tax", "currency", "uncertain")


def evidence(model: Model) -> Sheet:
    """Lay out coverage first, then files, accounts and gaps."""
    sheet = model.sheet("evidence", freeze=(FIRST, 1))
    sheet.widths = {0: 46, 1: 14, 2: 22, 3: 46, 4: 15, 5: 15, 6: 9, 7: 12, 8: 12, 9: 54}
    sheet.row(HEAD, [model.say("evidence.coverage"), "", *[""] * 8], "head")
    row = _coverage(model, sheet, FIRST)
    row = _files(model, sheet, row + 2)
    row = _accounts(model, sheet, row + 2)
    row = _months(model, sheet, row + 2)
    _aside(model, sheet, row + 2)
    return sheet


def _coverage(model: Model, sheet: Sheet, row: int) -> int:
    """Shares of value named and proven, over the lines that count."""
    ranges = model.ranges
    frame = model.rebuilt.transactions
    live = frame[frame["set_aside"] == ""]
    weight = live["amount"].abs()
    named = weight[~live["category"].isin(("unknown_in", "unknown_out"))].sum()

    def size(extra: str = "") -> str:
        base = f'SUMIFS({ranges["line.amount"]},{ranges["line.kind"]},"<>–"{extra},{ranges["line.amount"]}'
        return f'({base},">0")-{base},"<0"))'

    unknown = "+".join(size(f',{ranges["line.feeds"]},"{name}"') for name in ("unknown_in", "unknown_out"))
    sheet.put(row, 0, model.say("evidence.value"))
    sheet.put(row, 1, int(weight.sum()), "money", f"={size()}")
    whole = a1(row, 1)
    sheet.put(row + 1, 0, model.say("evidence.unexplained"))
    sheet.put(row + 1, 1, int(weight.sum() - named), "money", f"={unknown}")
    sheet.put(row + 2, 0, model.say("evidence.named"))
    share = float(named / weight.sum()) if weight.sum() else 0.0
    sheet.put(row + 2, 1, share, "percent", f"=IF({whole}=0,0,1-{a1(row + 1, 1)}/{whole})")
    sheet.put(row + 3, 0, model.say("evidence.proven"))
    sheet.put(row + 3, 1, float(weight[live["proven"]].sum() / weight.sum()) if weight.sum() else 0.0, "percent")
    return row + 3


def _files(model: Model, sheet: Sheet, row: int) -> int:
    sheet.put(row, 0, model.say("evidence.files"), "section")
    sheet.row(row + 1, [model.say(f"evidence.{head}") if head else "" for head in _FILES], "head")
    row += 1
    for reading in model.rebuilt.readings:
        row += 1
        told = as_json(reading, language=model.rebuilt.language)
        sheet.put(row, 0, reading.file)
        sheet.put(row, 1, model.say(f"filekind.{reading.kind}"))
        sheet.put(row, 2, model.say(f"fileoutcome.{reading.outcome}"), "text.bold")
        sheet.put(row, 3, told.get("reason") or "", "wrap")
        sheet.put(row, 4, sum(len(a.lines) for a in reading.accounts), "count")
        sheet.put(row, 5, len(reading.receipts), "count")
        sheet.put(row, 9, reading.digest, "key")
    return row


def _accounts(model: Model, sheet: Sheet, row: int) -> int:
    sheet.put(row, 0, model.say("evidence.accounts"), "section")
    sheet.row(row + 1, [model.say(f"evidence.{head}") for head in _ACCOUNTS], "head")
    row += 1
    frame = model.rebuilt.transactions
    counts = frame[frame["set_aside"] == ""]["account"].value_counts()
    for account in model.rebuilt.accounts:
        row += 1
        lines = int(counts.get(account.id, 0))
        start, end = (str(day)[:10] if day is not None else "" for day in (account.start, account.end))
        yes = model.say("yes" if account.proven else "no") if account.files else model.say("evidence.not_handed_in")
        sheet.row(row, [account.id, model.say(f"accountkind.{account.kind}"), account.number, account.holder])
        for column, amount in ((4, account.opening), (5, account.closing)):
            sheet.put(row, column, model.unknown if amount is None else amount, "money")
        sheet.put(row, 6, lines, "count")
        sheet.row(row, [start, end, yes], start=7)
    return row


def _months(model: Model, sheet: Sheet, row: int) -> int:
    """Months of the period that an account's files do not reach."""
    sheet.put(row, 0, model.say("evidence.months_missing"), "section")
    missing = missing_months(model.rebuilt)
    for account, months in missing.items():
        row += 1
        sheet.put(row, 0, account)
        sheet.put(row, 1, len(months), "count")
        sheet.put(row, 3, ", ".join(months), "wrap")
    if not missing:
        sheet.put(row + 1, 0, model.say("evidence.none_missing"), "text.quiet")
    return row + (not missing)


def _aside(model: Model, sheet: Sheet, row: int) -> None:
    """What was excluded, with count and amount: rows set aside, and money in that is no revenue."""
    frame = model.rebuilt.transactions
    aside = frame[frame["set_aside"] != ""]
    sheet.put(row, 0, model.say("evidence.aside"), "section")
    sheet.row(row + 1, [model.say(f"evidence.{h}") for h in ("why", "count", "amount")], "head")
    row += 1
    for why, group in aside.groupby("set_aside"):
        row += 1
        sheet.put(row, 0, say(model.rebuilt.language, f"report.set_aside.{why}"))
        sheet.put(row, 1, len(group), "count")
        sheet.put(row, 2, int(group["amount"].abs().sum()), "money")
    row += 2
    sheet.put(row, 0, model.say("evidence.excluded"), "section")
    sheet.row(row + 1, [model.say(f"evidence.{h}") for h in ("category", "count", "amount")], "head")
    row += 1
    for entry in rows_of(model.rebuilt.effective.excluded):
        row += 1
        known = entry.category in model.categories
        sheet.put(row, 0, model.category(entry.category) if known else model.say("evidence.cash_book"))
        sheet.put(row, 1, int(entry.count), "count")
        sheet.put(row, 2, int(entry.amount), "money")


def receipts(model: Model) -> Sheet:
    """Lay out every receipt and invoice; what a person should check is named."""
    sheet = model.sheet("receipts", freeze=(FIRST, 1))
    sheet.widths = {0: 44, 1: 6, 2: 11, 3: 32, 4: 28, 5: 24, 6: 15, 7: 13, 8: 8, 9: 30}
    sheet.row(HEAD, [model.say(f"receipt.{head}") for head in _RECEIPTS], "head")
    row = HEAD
    for reading in model.rebuilt.readings:
        row = _documents(model, sheet, row, reading)
    if row == HEAD:
        sheet.put(FIRST, 0, model.say("receipt.none"), "text.quiet")
    return sheet


def _documents(model: Model, sheet: Sheet, row: int, reading: Reading) -> int:
    for receipt in reading.receipts:
        row += 1
        day = "" if receipt.date is None else str(receipt.date)[:10]
        sheet.row(row, [reading.file, receipt.page or "", day, receipt.seller, receipt.buyer, receipt.number])
        for column, amount in ((6, receipt.total), (7, receipt.tax)):
            sheet.put(row, column, model.unknown if amount is None else amount, "money")
        doubts = "、" if model.zh else ", "
        sheet.row(row, [receipt.currency, doubts.join(receipt.uncertain)], start=8)
    return row
