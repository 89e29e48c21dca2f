"""Bank statements as PDF in any layout of ``templates/simulate/_pdf.toml``: ruled or not, signed or in two columns."""

import datetime as dt
from collections.abc import Callable
from functools import cache, partial
from random import Random
from typing import Any, Literal

import msgspec

from recon.core.knowledge import document
from recon.core.money import to_display
from recon.simulate.evidence.frame import Statement, english, other_side, remark, summary
from recon.simulate.evidence.paper import Column, canvas, cells, finish, paginate, put, set_font
from recon.simulate.journal import Row
from recon.simulate.people import digits

ALIGN: dict[str, Literal["left", "right", "centre"]] = {"l": "left", "r": "right", "c": "centre"}
CHANNELS = {"quick_pay": "银企对接", "interest": "批处理", "bank_cash_in": "柜台", "withdraw_cash_out": "自助设备"}
WIDE, TALL, FOOT = 842, 595, 46


class Style(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One layout: what is printed where."""

    title: str
    landscape: bool
    rules: Literal["none", "lines", "grid"]
    heads: Literal["each", "first"]
    order: Literal["oldest", "newest"]
    size: float
    date: str
    preamble: tuple[str, ...]
    footer: str
    totals: tuple[str, ...]
    columns: tuple[tuple[str, str, float, float, Literal["l", "r", "c"]], ...]
    dates: Literal["each", "day"] = "each"
    language: Literal["zh-CN", "en"] = "zh-CN"


@cache
def styles() -> dict[str, Style]:
    """Every layout by its name."""
    return {name: msgspec.convert(raw, Style) for name, raw in document("simulate/_pdf.toml").items()}


def writers() -> dict[str, Callable[[Statement], bytes]]:
    """A writer for each layout."""
    return {name: partial(pdf, style) for name, style in styles().items()}


def pdf(style: Style, statement: Statement) -> bytes:
    """The statement printed in *style*."""
    rows = statement.print_in(statement.rows[::-1] if style.order == "newest" else statement.rows)
    return finish(*_Printer(style, statement, rows).run())


class _Printer:
    """Prints one statement, page by page."""

    def __init__(self, style: Style, statement: Statement, rows: list[Row]) -> None:
        self.style, self.statement, self.rows = style, statement, rows
        self.font = set_font(style.language)
        self.page, self.buffer = canvas(landscape=style.landscape, title="", latin=style.language == "en")
        self.columns = [Column((head,), left, width, ALIGN[align]) for head, _, left, width, align in style.columns]
        self.lead = style.size + 2.6
        self.width, self.height = (WIDE, TALL) if style.landscape else (TALL, WIDE)
        self.values = self._values(statement.rng())

    def run(self) -> tuple[Any, Any]:
        """Every page; the canvas and its buffer."""
        rng = self.statement.rng()
        texts = [self._texts(place, row, rng) for place, row in enumerate(self.rows)]
        wrapped = [cells(self.columns, text, self.style.size, self.font) for text in texts]
        heights = [max(len(c) for c in row) * self.lead + 4 for row in wrapped]
        room = self.height - FOOT - 60
        first = room - 16 * len(self.style.preamble) - 34 - 16 * len(self.style.totals)
        pages = paginate(heights, first, first if self.style.heads == "each" else room)
        for number, here in enumerate(pages, 1):
            carried = self.rows[here[0] - 1].balance if here and here[0] else self.statement.opening
            top = self._head(number, len(pages), carried)
            if here:
                self._dated(wrapped[here[0]], self.rows[here[0]])
            for index in here:
                self._row(wrapped[index], top, heights[index])
                top -= heights[index]
            if number == len(pages):
                self._end(top)
            self._text(self.width / 2, FOOT - 18, self.style.footer.format(page=number, pages=len(pages)), centre=True)
            self.page.showPage()
        return self.page, self.buffer

    def _dated(self, lines: list[list[str]], row: Row) -> None:
        """A page's first row names its day again, where days are printed once."""
        for place, (_, field, *_rest) in enumerate(self.style.columns):
            if field == "date":
                lines[place] = [f"{row.when:{self.style.date}}"]

    def _money(self, minor: int) -> str:
        return to_display(minor, self.statement.world.places)

    def _values(self, rng: Random) -> dict[str, Any]:
        """What preamble and totals may say."""
        statement, world = self.statement, self.statement.world
        into = [r.amount for r in statement.rows if r.amount > 0]
        out = [-r.amount for r in statement.rows if r.amount < 0]
        sums = {"opening": statement.opening, "closing": statement.closing, "into": sum(into), "out": sum(out)}
        return {
            "bank": statement.account.form.bank, "holder": statement.account.holder,
            "number": statement.account.number, "currency": world.profile.currency, "serial": digits(rng, 20),
            "first": statement.period.first, "last": statement.period.last, "town": world.profile.town,
            "made": dt.datetime.combine(statement.period.last + dt.timedelta(days=7), dt.time(9, 41, 18)),
            "count": len(statement.rows), "intos": len(into), "outs": len(out),
            **{name: self._money(amount) for name, amount in sums.items()},
        }

    def _texts(self, place: int, row: Row, rng: Random) -> list[str]:
        """One row's cells."""
        party, number = other_side(row) if self.style.language == "zh-CN" else (row.party, row.party_account)
        money, size = self._money, abs(row.amount)
        last_of_day = place + 1 == len(self.rows) or self.rows[place + 1].when.date() != row.when.date()
        first_of_day = not place or self.rows[place - 1].when.date() != row.when.date()
        daily = self.style.dates == "day"
        made = {
            "date": f"{row.when:{self.style.date}}" if first_of_day or not daily else "",
            "balance": money(row.balance) if last_of_day or not daily else "",
            "time": f"{row.when:%H:%M:%S}", "amount": money(row.amount),
            "plus": ("+" if row.amount > 0 else "") + money(row.amount).replace(",", ""), "unsigned": money(size),
            "out": money(size) if row.amount < 0 else "", "in": money(size) if row.amount > 0 else "",
            "party": party, "number": number, "ordinal": str(place + 1), "serial": digits(rng, 9),
            "currency_zh": "人民币", "direction_zh": "贷 Cr" if row.amount > 0 else "借 Dr",
            "channel": CHANNELS.get(row.kind, "网上银行"),
        }
        if self.style.language == "en":
            made["code"], made["words"] = english(row)
        else:
            style = "company" if self.statement.account.form.holder == "firm" else "personal"
            made |= {"summary": summary(row, style), "remark": remark(row)}
        return [made[field] for _, field, *_ in self.style.columns]

    def _text(self, x: float, y: float, text: str, size: float = 0, *, centre: bool = False) -> None:
        self.page.setFont(self.font, size or self.style.size)
        (self.page.drawCentredString if centre else self.page.drawString)(x, y, text)

    def _head(self, number: int, pages: int, carried: int) -> float:
        """Title, preamble and column heads; returns where the first row begins."""
        top = self.height - 44.0
        if number > 1 and self.style.heads == "first":
            return top
        self._text(self.width / 2, top, self.style.title.format(**self.values), 13, centre=True)
        for step, line in enumerate(self.style.preamble):
            parts = line.format(**self.values, page=number, pages=pages, carried=self._money(carried)).split("|")
            for place, part in enumerate(parts):
                self._text(36 + place * (self.width - 60) / len(parts), top - 26 - 15 * step, part,
                           self.style.size + 0.8)
        top -= 26 + 15 * len(self.style.preamble)
        self._row([list(column.heads) for column in self.columns], top, self.lead + 6)
        return top - self.lead - 6

    def _row(self, lines: list[list[str]], top: float, height: float) -> None:
        """A row under *top*, with the rules of the layout."""
        self.page.setLineWidth(0.3)
        base = top - self.lead + 1.2
        for column, texts in zip(self.columns, lines, strict=True):
            if self.style.rules == "grid":
                self.page.rect(column.left, top - height, column.width, height)
            for step, text in enumerate(texts):
                put(self.page, column, text, base - step * self.lead, self.style.size, self.font)
        if self.style.rules == "lines":
            self.page.line(self.columns[0].left, top - height, self.columns[-1].left + self.columns[-1].width,
                           top - height)

    def _end(self, top: float) -> None:
        for step, line in enumerate(self.style.totals):
            self._text(36, top - 16 - 14 * step, line.format(**self.values), self.style.size + 0.4)
