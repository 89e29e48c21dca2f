"""The first sheets: what the workbook is, its headline with charts, and what a reviewer's changes did."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from recon.workbook.model import MONTH, TOTAL, Model
from recon.workbook.plan import FIRST, HEAD, Block, Chart, Series, Sheet, a1

_STATEMENTS = {"B": "balance_sheet", "I": "income_statement", "C": "cash_flow"}
#: Headline: name, and the statement lines that make it (sign, form, number).
_HEADLINE = (
    ("revenue", ((1, "I", 1),)), ("gross_profit", ((1, "I", 1), (-1, "I", 2))), ("net_profit", ((1, "I", 32),)),
    ("operating_cash", ((1, "C", 7),)), ("closing_cash", ((1, "B", 1),)), ("receivables", ((1, "B", 4),)),
    ("inventory", ((1, "B", 9),)), ("payables", ((1, "B", 33),)), ("assets", ((1, "B", 30),)),
    ("liabilities", ((1, "B", 47),)), ("equity", ((1, "B", 52),)),
)
#: Figures that customers' money feeds; rows that a chart takes.
_TURNOVER, _CHART = ("received", "cash_sales"), 14
#: Column of the second chart in a row.
_SECOND = 2
_POOLS = ("bank", "wallet", "card", "cash")
#: Ratios: name, numerator and denominator.
_RATIOS = (
    ("gross_margin", "gross_profit", "revenue"), ("net_margin", "net_profit", "revenue"),
    ("debt_ratio", "liabilities", "assets"),
)


def about(model: Model) -> Sheet:
    """What this is, from what it was made, how to read it, and what the colours mean."""
    sheet = model.sheet("about", landscape=False, freeze=(FIRST, 0))
    sheet.widths = {0: 22, 1: 90}
    row = HEAD
    for key in ("what", "read", "change", "sure", "limits"):
        row += 1
        sheet.put(row, 0, model.say(f"about.{key}.name"), "wrap.bold")
        sheet.put(row, 1, model.say(f"about.{key}.text"), "wrap")
    row += 2
    sheet.put(row, 0, model.say("about.colours"), "section")
    for style in ("text.input", "text.found", "text.stated", "text.estimated", "text"):
        row += 1
        name = style.partition(".")[2] or "plain"
        sheet.put(row, 0, model.say(f"colour.{name}.name"), style)
        sheet.put(row, 1, model.say(f"colour.{name}.text"))
    row += 2
    sheet.put(row, 0, model.say("about.sheets"), "section")
    model.rows["about.sheets"] = row + 1
    return sheet


def contents(model: Model, sheet: Sheet, sheets: Iterable[Sheet]) -> None:
    """The list of sheets, each a link, under what the workbook is."""
    row = model.rows["about.sheets"]
    for row, other in enumerate(sheets, row):  # noqa: B020 - continues where the list begins
        target = other.ref(0, 0).replace("$", "")
        sheet.put(row, 0, other.name, "link", f'=HYPERLINK("#{target}","{other.name}")')
        note = str(other.cells[1, 0].value).split("　" if model.zh else " · ")[-1]
        sheet.put(row, 1, note, "text.quiet")


@dataclass(frozen=True, slots=True)
class _Figure:
    value: int | None
    cell: str


def summary(model: Model, days: Sheet) -> Sheet:
    """Headline figures, need against request, and charts."""
    sheet = model.sheet("summary", landscape=False, freeze=(FIRST, 0))
    sheet.widths = {0: 30, 1: 20, 2: 4, 3: 30, 4: 20}
    sheet.row(HEAD, [model.say("head.figure"), model.say("head.amount"), "", model.say("need.road"),
                     model.say("need.amount")], "head")
    figures = {name: _headline(model, sheet, row, name, parts)
               for row, (name, parts) in enumerate(_HEADLINE, FIRST)}
    row = FIRST + len(_HEADLINE)
    for name, above, below in _RATIOS:
        _ratio(model, sheet, row, name, figures[above], figures[below])
        row += 1
    last = _roads(model, sheet)
    sources = _sources(model, sheet, max(row, last + 5) + 1)
    _charts(model, sheet, sources.bottom + 2, last, days, sources)
    return sheet


def _headline(model: Model, sheet: Sheet, row: int, name: str, parts: tuple[tuple[int, str, int], ...]) -> _Figure:
    values, text = [], ""
    for sign, form, number in parts:
        amount = model.rebuilt.statements.line(_STATEMENTS[form], number).amount
        values.append(None if amount is None else sign * amount)
        page, line = model.lines[form, number]
        text += ("-" if sign < 0 else "+") + page.ref(line, TOTAL)
    known = [value for value in values if value is not None]
    total = sum(known) if len(known) == len(values) else None
    sheet.put(row, 0, model.say(f"headline.{name}"))
    sheet.put(row, 1, model.unknown if total is None else total, "money.bold",
              f"={model.homes['mark']}" if total is None else f"={text.removeprefix('+')}")
    return _Figure(total, a1(row, 1))


def _ratio(model: Model, sheet: Sheet, row: int, name: str, above: _Figure, below: _Figure) -> None:
    sheet.put(row, 0, model.say(f"headline.{name}"))
    mark = model.homes["mark"]
    if above.value is None or not below.value:
        sheet.put(row, 1, model.unknown, "percent.right", f"={mark}")
    else:
        exact = Decimal(above.value) / Decimal(below.value)
        sheet.put(row, 1, exact, "percent", f"=IFERROR({above.cell}/{below.cell},{mark})")


def _roads(model: Model, sheet: Sheet) -> int:
    """Requested, recommended and the new money of each road; the last row."""
    need, row = model.rebuilt.need, FIRST
    advice = need.recommended
    rows = [
        (model.say("loan.requested"), need.requested.amount if need.requested else None, model.homes["need.requested"]),
        (model.say("loan.recommended"), advice.amount if advice else None, model.homes["need.recommended"]),
    ]
    rows += [(model.say(f"need.{m.id}"), m.limit, model.homes[f"need.limit.{m.id}"]) for m in need.methods]
    for row, (label, value, home) in enumerate(rows, FIRST):
        sheet.put(row, 3, label)
        sheet.put(row, 4, model.unknown if value is None else value, "money.bold", f"={home}")
    sheet.put(row + 2, 3, model.say("loan.verdict"))
    sheet.put(row + 2, 4, model.say(f"verdict.{need.verdict}"), "text.bold.right", f"={model.homes['need.verdict']}")
    sheet.put(row + 3, 3, model.say("headline.effective"))
    sheet.put(row + 3, 4, model.rebuilt.effective.total, "money")
    return row


def _sources(model: Model, sheet: Sheet, row: int) -> Block:
    """Where takings came from: customers' money by kind of account, and cash that no line shows; labels and amounts."""
    sheet.put(row, 0, model.say("source.turnover"), "section")
    frame, ranges = model.rebuilt.transactions, model.ranges
    live = frame[frame["set_aside"] == ""]
    feeds = live["category"].map({name: entry.control for name, entry in model.categories.items()})
    top = row + 1
    held = {account.kind for account in model.rebuilt.accounts}
    pools = [kind for kind in _POOLS if kind in held]
    for at, kind in enumerate(pools, top):
        amount = int(live.loc[feeds.isin(_TURNOVER) & (live["account_kind"] == kind), "amount"].sum())
        parts = (f'SUMIFS({ranges["line.amount"]},{ranges["line.kind"]},"{kind}",{ranges["line.feeds"]},"{name}")'
                 for name in _TURNOVER)
        sheet.put(at, 0, model.say(f"accountkind.{kind}"))
        sheet.put(at, 1, amount, "money", f"={'+'.join(parts)}")
    names = [f"{name}.unrecorded" for name in _TURNOVER]
    values = [model.figure(name).value for name in names]
    known = [value for value in values if value is not None]
    unknown = len(known) < len(values)
    last = top + len(pools)
    sheet.put(last, 0, model.say("source.unrecorded"))
    sheet.put(last, 1, model.unknown if unknown else sum(known), "money.estimated",
              f"={model.homes['mark']}" if unknown else f"={'+'.join(model.homes[name] for name in names)}")
    return Block(top, 0, last, 1)


def _charts(model: Model, sheet: Sheet, row: int, last: int, days: Sheet, sources: Block) -> None:
    """Revenue and profit by month, cash by day, need against request, sources of turnover."""
    def months(form: str, number: int) -> Series:
        page, line = model.lines[form, number]
        return Series(page.ref(line, 1), page.across(HEAD, MONTH, model.last), page.across(line, MONTH, model.last))

    page, cash = model.lines["B", 1]
    by_day = model.rows["daily.last"]
    held = Series(days.ref(HEAD, 4), days.down(0, FIRST, by_day), days.down(4, FIRST, by_day)) if by_day else Series(
        page.ref(cash, 1), page.across(HEAD, MONTH, model.last), page.across(cash, MONTH, model.last))
    need = Series(sheet.ref(HEAD, 4), sheet.down(3, FIRST, last), sheet.down(4, FIRST, last))
    came = Series(sheet.ref(sources.top - 1, 0), sheet.down(0, sources.top, sources.bottom),
                  sheet.down(1, sources.top, sources.bottom))
    plans: tuple[tuple[Literal["column", "line", "bar"], str, tuple[Series, ...]], ...] = (
        ("column", "revenue", (months("I", 1), months("I", 32))),
        ("line", "cash_by_day" if by_day else "cash", (held,)),
        ("bar", "need", (need,)), ("bar", "turnover", (came,)),
    )
    sheet.charts = [
        Chart(kind, model.say(f"chart.{name}"), row + _CHART * (n // 2), _SECOND * (n % 2), series, 348,
              dates=name == "cash_by_day")
        for n, (kind, name, series) in enumerate(plans)
    ]
    sheet.tall = 1
    sheet.put(row + _CHART * (len(plans) // 2), 0, "")
